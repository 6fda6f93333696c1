"""Asking: parameters as users write them become what the query wants, and rows become citable."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from kg.errors import KGError, UnknownName
from ontology import ontology
from queries.library import FACTS, Parameter, Query
from queries.names import resolve
from queries.table import Run, Table

__all__ = ["CITATION", "ParameterError", "ask", "bind", "cite", "without_facts"]

CITATION = ("paper", "issue_date", "page_number", "page", "line", "quote")

_ARTICLES = """\
MATCH (a:Article)
WHERE a.key IN $keys
RETURN a.key AS key, a.paper AS paper, a.issueDate AS issue_date, a.pageNumber AS page_number, a.page AS page
ORDER BY key
"""


class ParameterError(UnknownName):
    """A parameter that is missing or is not what it should be."""

    def __init__(self, name: str, message: str) -> None:
        KGError.__init__(self, message)
        self.kind, self.name = "parameter", name


def ask(
    run: Run,
    query: Query,
    values: Mapping[str, object] | None = None,
    *,
    timeout: float | None = None,
    limit: int | None = None,
) -> Table:
    """Ask `query` with the parameters `values`; the facts behind a row come back sorted, each once."""
    bound = bind(run, query, values or {}, timeout=timeout)
    table = run(query.cypher, bound, timeout=timeout, limit=limit, happened=query.happened)
    at = table.columns.index(FACTS)
    rows = tuple((*row[:at], _facts(row[at]), *row[at + 1 :]) for row in table.rows)
    return Table(table.columns, rows, table.truncated)


def bind(run: Run, query: Query, values: Mapping[str, object], *, timeout: float | None = None) -> dict[str, str | int]:
    """Return what the query's text wants: names become keys, texts become numbers and days, defaults are filled in."""
    for name in values:
        if name not in {parameter.name for parameter in query.parameters}:
            raise UnknownName(f"parameter of {query.name}", name, [p.name for p in query.parameters])
    bound: dict[str, str | int] = {}
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise ParameterError(
                parameter.name,
                f"{query.name} wants {parameter.name} ({parameter.kind}: {parameter.en}); give -p {parameter.name}=...",
            )
        bound[parameter.variable] = _value(run, parameter, value, timeout)
    return bound


def _value(run: Run, parameter: Parameter, value: object, timeout: float | None) -> str | int:
    if parameter.kind == "integer":
        try:
            return int(str(value))
        except ValueError:
            raise ParameterError(parameter.name, f"{parameter.name}={value}: a whole number is wanted") from None
    text = str(value).strip()
    if parameter.kind == "date" and text:
        try:
            return datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            raise ParameterError(
                parameter.name, f"{parameter.name}={text}: a day written as YYYY-MM-DD is wanted"
            ) from None
    if parameter.classes and text:
        return resolve(run, text, classes=parameter.classes, timeout=timeout).key
    if parameter.default is None and not text:
        raise ParameterError(parameter.name, f"{parameter.name} is empty; {parameter.en}")
    return text


def cite(run: Run, table: Table, *, timeout: float | None = None) -> Table:
    """Return `table` with a row for each sentence behind each row: paper, day, page, line and quote of it.

    A row without a sentence stays, with nothing in those columns.
    """
    if FACTS not in table.columns:
        raise ParameterError(FACTS, "evidence wants a column `facts`: return collect(DISTINCT r.key) AS facts")
    at = table.columns.index(FACTS)
    wanted = sorted({fact for row in table.rows for fact in _facts(row[at])})
    places = _places(run, wanted, timeout)
    rows: list[tuple[object, ...]] = []
    for row in table.rows:
        found = sorted({place for fact in _facts(row[at]) for place in places.get(fact, ())})
        for _, place in found or [((), (None,) * len(CITATION))]:
            rows.append((*row[:at], *row[at + 1 :], *place))
    columns = (*(column for column in table.columns if column != FACTS), *CITATION)
    return Table(columns, tuple(rows), table.truncated)


def without_facts(table: Table) -> Table:
    """Return `table` without its column `facts`."""
    if FACTS not in table.columns:
        return table
    at = table.columns.index(FACTS)
    columns = table.columns[:at] + table.columns[at + 1 :]
    return Table(columns, tuple(row[:at] + row[at + 1 :] for row in table.rows), table.truncated)


_Order = tuple[object, ...]
_Place = tuple[_Order, tuple[object, ...]]


def _places(run: Run, facts: Sequence[str], timeout: float | None) -> dict[str, list[_Place]]:
    """Return, for each fact, the sentences behind it: what to sort them by, and the citation."""
    if not facts:
        return {}
    # Relationship types stand in the text, so that the engine looks through these only.
    types = "|".join(sorted(ontology.neo4j_types))
    edges = run(
        f"MATCH (:Entity)-[r:{types}]->(:Entity) WHERE r.key IN $keys\n"
        "RETURN r.key AS key, r.articles AS articles, r.lines AS lines, r.quotes AS quotes ORDER BY key",
        {"keys": list(facts)},
        timeout=timeout,
    )
    said = [
        (str(key), str(article), str(line), str(quote))
        for key, articles, lines, quotes in edges.rows
        for article, line, quote in zip(_list(articles), _list(lines), _list(quotes), strict=False)
    ]
    articles = run(_ARTICLES, {"keys": sorted({article for _, article, _, _ in said})}, timeout=timeout)
    known = {str(key): tuple(_text(value) for value in rest) for key, *rest in articles.rows}
    places: dict[str, list[_Place]] = {}
    for key, article, line, quote in said:
        paper, issue_date, page_number, page = known.get(article, ("", "", "", ""))
        order = (issue_date, paper, page_number, page, _first_line(line), line, quote)
        places.setdefault(key, []).append((order, (paper, issue_date, page_number, page, line, quote)))
    return places


def _first_line(lines: str) -> int:
    digits = lines.replace("-", ",").split(",")[0]
    return int(digits) if digits.isdigit() else 0


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def _facts(value: object) -> list[str]:
    return sorted({str(item) for item in _list(value) if item is not None})
