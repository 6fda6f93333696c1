"""Charts of a graph: figures counted, drawn as SVG, put on a page, or made into PNG; all of it offline.

>>> from exports.view.charts import chart
>>> from kg.graph import read_graph
>>> chart(read_graph("workspace"), "top-organisers")     # a notebook shows it

The same graph gives the same bytes, PNG on one machine with the same fonts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from exports.view.charts import activities, bodies, districts, drawing, png, times
from exports.view.charts import page as pages
from exports.view.charts.news import News, read
from exports.view.charts.records import ALL, STATUSES, Choice, Figures, Language, Period, Row, Series, Words
from exports.view.select import Graph
from kg.errors import UnknownName
from kg.graph import Flow
from queries import Table

__all__ = [
    "ALL",
    "CHARTS",
    "STATUSES",
    "Chart",
    "Choice",
    "Figures",
    "Language",
    "Period",
    "Row",
    "Series",
    "Words",
    "chart",
    "charts",
    "page",
]

# name -> what counts it; in the order of the page
CHARTS: Mapping[str, Callable[[News, Choice], Figures]] = MappingProxyType(
    {
        "activities-over-time": times.over_time,
        "activities-by-kind": activities.by_kind,
        "activities-by-district": districts.by_district,
        "top-organisers": activities.top_organisers,
        "union-hierarchy": bodies.union_hierarchy,
        "articles-over-time": times.articles_over_time,
        "facts-by-relation": bodies.facts_by_relation,
    }
)


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures and how to show them; a notebook shows the drawing."""

    figures: Figures
    language: Language = "zh"
    dark: bool = False

    @property
    def name(self) -> str:
        """The name in CHARTS."""
        return self.figures.name

    @property
    def rows(self) -> tuple[Row, ...]:
        """The figures, row by row."""
        return self.figures.rows

    def svg(self) -> str:
        """Return a document of SVG: well-formed XML, with all that it needs inside."""
        return drawing.draw(self.figures, language=self.language, dark=self.dark)

    def png(self, *, width: int | None = None, scale: float = 2.0) -> bytes:
        """Return a PNG, `width` pixels across, or `scale` for each pixel of the SVG.

        Raises NotAvailable where this machine has no font with Chinese characters, KGError where it gets too large.
        """
        return png.render(self.svg(), width=width, scale=scale)

    def html(self) -> str:
        """Return a page with this chart."""
        return page([self])

    def table(self) -> Table:
        """Return the figures for spreadsheets: a row is named by its label and its key, and series by their names."""
        figures, zh = self.figures, self.language
        nested = any(row.depth for row in figures.rows)
        tree = figures.form == "tree"
        names = {row.key: row.label.said(zh) for row in figures.rows if row.key}
        columns = (
            figures.of,
            "key",
            *(("level", "above", "above_key") if nested or tree else ()),
            *(("inferred",) if tree else ()),
            *(series.name.replace("-", "_") for series in figures.series),
            *(("total",) if len(figures.series) > 1 else ()),
            *(() if tree else ("names",)),
        )
        rows = [
            (
                row.label.said(zh),
                row.key,
                *((row.depth, names.get(row.above, ""), row.above) if nested or tree else ()),
                *((row.inferred,) if tree else ()),
                *row.values,
                *((row.total,) if len(figures.series) > 1 else ()),
                *(() if tree else ("；".join(row.things),)),
            )
            for row in figures.rows
            if row.key or not row.hidden
        ]
        return Table(columns, tuple(rows))

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_html_(self) -> str:
        return pages.fragment(self.figures, language=self.language, dark=self.dark)


def chart(
    graph: Graph | Flow,
    name: str,
    choice: Choice | None = None,
    *,
    language: Language = "zh",
    dark: bool = False,
) -> Chart:
    """Return a chart by its name in CHARTS; raises UnknownName where there is none."""
    return charts(graph, [name], choice, language=language, dark=dark)[0]


def charts(
    graph: Graph | Flow,
    names: Iterable[str] = tuple(CHARTS),
    choice: Choice | None = None,
    *,
    language: Language = "zh",
    dark: bool = False,
) -> list[Chart]:
    """Return charts by their names in CHARTS, of a graph that is gone through once."""
    wanted = list(names)
    for name in wanted:
        if name not in CHARTS:
            raise UnknownName("chart", name, CHARTS)
    news = read(graph)
    return [Chart(CHARTS[name](news, choice or Choice()), language, dark) for name in wanted]


def page(shown: Iterable[Chart]) -> str:
    """Return one HTML page with charts; it needs no network and runs no script. The first says in which language."""
    listed = list(shown)
    first = next(iter(listed), None)
    return pages.page(
        [one.figures for one in listed], language=first.language if first else "zh", dark=bool(first and first.dark)
    )
