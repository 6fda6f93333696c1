"""Charts on one HTML page, or in a notebook: drawings inline, under each its figures as a table, no script at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exports.view.charts.drawing import NARROW, WIDE, draw, source
from exports.view.charts.looks import DARK, FONTS, night
from exports.view.charts.records import Figures, Language, Row, Words
from exports.view.page import assemble, asset
from kg.io.markup import Markup, element, joined

__all__ = ["fragment", "page"]

SHOWN = 30  # names in a cell; the others are counted
LISTED = 500  # rows of a table; CSV has all
HEAD = Words("工会新闻图表", "Charts of trade-union news")
DATA = Words("数据表", "The figures")
TOTAL = Words("合计", "total")
ABOVE = Words("上级", "stands under")
FROM_NAMES = Words("由名称推断", "inferred from the name")


def page(charts: Sequence[Figures], *, language: Language = "zh", dark: bool = False) -> str:
    """Return a page with charts, in the order given; `dark` by day as well, else as the reader's system is."""
    workspace = next((figures.workspace for figures in charts if figures.workspace), "")
    title = charts[0].title.said(language) if len(charts) == 1 else HEAD.said(language)
    name = f"{title} · {workspace}" if workspace else title
    body = [
        element(
            "header",
            element("h1", HEAD.said(language)),
            *([element("p", element("bdi", workspace))] if workspace else []),
            *([_contents(charts, language)] if len(charts) > 1 else []),
        ),
        element("main", *(_section(figures, language, dark) for figures in charts)),
        element("footer", "union-news-kg"),
    ]
    rules = night(DARK)
    by_night = "" if dark else f"@media screen and (prefers-color-scheme: dark) {{ {rules} }}\n"
    styles = asset("charts.css").replace("FONTS", FONTS).replace("/* night */", by_night)
    return assemble(
        [element("div", *body, cls="page dark" if dark else "page")], title=name, styles=[styles], language=language
    )


def fragment(figures: Figures, *, language: Language = "zh", dark: bool = False) -> Markup:
    """Return a chart with its figures as a table below it, to stand in a page of someone else."""
    return element("div", Markup(draw(figures, language=language, dark=dark)), _table(figures, language))


def _contents(charts: Iterable[Figures], language: Language) -> Markup:
    links = [element("li", element("a", one.title.said(language), href=f"#{one.name}")) for one in charts]
    return element("nav", element("ul", *links))


def _section(figures: Figures, language: Language, dark: bool) -> Markup:
    """Return a chart as a part of the page: drawn twice, for a desk and for a telephone, of which one is shown."""
    drawings = [
        element("div", Markup(draw(figures, language=language, dark=dark, width=width, inline=True)), cls=cls)
        for width, cls in ((WIDE, "wide"), (NARROW, "narrow"))
    ]
    notes = [element("p", note.said(language)) for note in (*figures.notes, source(figures))]
    return element(
        "section",
        element("h2", figures.title.said(language), id=f"{figures.name}-title"),
        element("p", figures.lead.said(language), cls="lead"),
        element("figure", *drawings, element("figcaption", *notes)),
        _table(figures, language) if figures.rows else Markup(),
        id=figures.name,
        aria_labelledby=f"{figures.name}-title",
    )


def _table(figures: Figures, language: Language) -> Markup:
    """Return the figures as a table that opens at a click."""
    tree = figures.form == "tree"
    names = {row.key: row.label.said(language) for row in figures.rows if row.key}
    sums = len(figures.series) > 1
    things = any(row.things for row in figures.rows)
    heads = [
        element("th", figures.heading.said(language), scope="col"),
        *([element("th", ABOVE.said(language), scope="col")] if tree else []),
        *(element("th", series.label.said(language), scope="col", cls="number") for series in figures.series),
        *([element("th", TOTAL.said(language), scope="col", cls="number")] if sums else []),
        *([element("th", figures.things.said(language), scope="col")] if things else []),
    ]
    lines = []
    for row in figures.rows[:LISTED]:
        cells = [element("th", element("bdi", row.label.said(language)), scope="row", cls=f"in-{min(row.depth, 9)}")]
        if tree:
            told = [element("bdi", names.get(row.above, ""))]
            if row.inferred:
                told.append(element("small", f" {FROM_NAMES.said(language)}"))
            cells.append(element("td", *told))
        shown = ("",) * len(row.values) if row.hidden and not row.key else tuple(f"{value:,}" for value in row.values)
        cells += [element("td", value, cls="number") for value in shown]
        if sums:
            cells.append(element("td", f"{row.total:,}", cls="number"))
        if things:
            cells.append(element("td", _names(row, language), cls="names"))
        lines.append(element("tr", *cells))
    count = len(figures.rows)
    left = count - len(lines)
    said = Words(f"{DATA.zh}（{count} 行）", f"{DATA.en} ({count} rows)").said(language)
    more = Words(f"另有 {left} 行，见 CSV。", f"{left} more rows: see CSV.").said(language)
    return element(
        "details",
        element("summary", said),
        element(
            "div",
            element("table", element("thead", element("tr", *heads)), element("tbody", *lines)),
            *([element("p", more)] if left else []),
            cls="scroll",
            tabindex="0",
        ),
    )


def _names(row: Row, language: Language) -> Markup:
    """Return the names of what a row counts, a long list cut short."""
    shown = [element("bdi", name if len(name) <= 200 else name[:200] + "…") for name in row.things[:SHOWN]]
    left = len(row.things) - len(shown)
    rest = Words(f"，另有 {left} 项", f", and {left} more").said(language) if left else ""
    return joined([joined(shown, "；" if language == "zh" else "; "), rest])
