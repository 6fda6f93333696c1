"""Asking: parameters as users write them become what the query wants, and rows become citable."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.errors import KGError, UnknownName
from ontology import ontology
from queries.library import FACTS, Parameter, Query
from queries.names import resolve
from queries.table import Run, Table

__all__ = [
    "CITATION",
    "ParameterError",
    "Said",
    "ask",
    "bind",
    "check_values",
    "cite",
    "cite_with",
    "without_facts",
]

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

    def key(text: str, classes: Collection[str]) -> str:
        return resolve(run, text, classes=classes, timeout=timeout).key

    checked = check_values(query.name, query.parameters, values, key)
    return {parameter.variable: checked[parameter.name] for parameter in query.parameters}


def check_values(
    query: str,
    parameters: Sequence[Parameter],
    values: Mapping[str, object],
    entity: Callable[[str, Collection[str]], str],
) -> dict[str, str | int]:
    """Return the value of each parameter of `query`, checked, by its name; `entity` says what stands for a name."""
    for name in values:
        if name not in {parameter.name for parameter in parameters}:
            raise UnknownName(f"parameter of {query}", name, [parameter.name for parameter in parameters])
    checked: dict[str, str | int] = {}
    for parameter in parameters:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise ParameterError(
                parameter.name,
                f"{query} wants {parameter.name} ({parameter.kind}: {parameter.en}); give -p {parameter.name}=...",
            )
        checked[parameter.name] = _value(parameter, value, entity)
    return checked


def _value(parameter: Parameter, value: object, entity: Callable[[str, Collection[str]], str]) -> str | int:
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
        return entity(text, parameter.classes)
    if parameter.default is None and not text:
        raise ParameterError(parameter.name, f"{parameter.name} is empty; {parameter.en}")
    return text


class Said(NamedTuple):
    """A sentence behind a fact, and where it stands."""

    fact: str
    paper: str
    issue_date: str
    page_number: str
    page: str
    line: str
    quote: str


def cite(run: Run, table: Table, *, timeout: float | None = None) -> Table:
    """Return `table` with a row for each sentence behind each row: paper, day, page, line and quote of it.

    A row without a sentence stays, with nothing in those columns.
    """
    return cite_with(table, lambda facts: _said(run, facts, timeout))


def cite_with(table: Table, look_up: Callable[[Sequence[str]], Iterable[Said]]) -> Table:
    """Return what `cite` does; `look_up` gives the sentences behind facts."""
    if FACTS not in table.columns:
        raise ParameterError(FACTS, "evidence wants a column `facts`: return collect(DISTINCT r.key) AS facts")
    at = table.columns.index(FACTS)
    wanted = sorted({fact for row in table.rows for fact in _facts(row[at])})
    places: dict[str, list[_Place]] = {}
    for one in look_up(wanted) if wanted else ():
        order = (one.issue_date, one.paper, one.page_number, one.page, _first_line(one.line), one.line, one.quote)
        places.setdefault(one.fact, []).append((order, tuple(one[1:])))
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


def _said(run: Run, facts: Sequence[str], timeout: float | None) -> list[Said]:
    """Return the sentences behind some facts."""
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
    nowhere = ("", "", "", "")
    known = {str(row[0]): (_text(row[1]), _text(row[2]), _text(row[3]), _text(row[4])) for row in articles.rows}
    return [Said(key, *known.get(article, nowhere), line, quote) for key, article, line, quote in said]


def _first_line(lines: str) -> int:
    digits = lines.replace("-", ",").split(",")[0]
    return int(digits) if digits.isdigit() else 0


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def _facts(value: object) -> list[str]:
    return sorted({str(item) for item in _list(value) if item is not None})
