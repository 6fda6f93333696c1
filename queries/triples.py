"""Asking RDF in SPARQL: a store in this process, or an endpoint on the web; the answers are tables as from Cypher."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

from kg.errors import InputError, StoreError
from queries.ask import Said, check_values, cite_with
from queries.library import FACTS
from queries.names import HOW, Hit, resolve_with
from queries.sparql_guard import Refused, look
from queries.table import Table
from queries.twins import PREFIXES, Twin, is_iri, literal

__all__ = [
    "LARGEST",
    "RunSparql",
    "ask_sparql",
    "cite_sparql",
    "over_http",
    "over_store",
    "read_json",
    "resolve_iri",
    "with_lists",
]

LARGEST = 256 * 1024 * 1024  # bytes of one answer of an endpoint
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset(
    f"{_XSD}{name}"
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
)
_BROKEN = frozenset(f"{_XSD}{name}" for name in ("decimal", "double", "float"))
_JSON = "application/sparql-results+json"
_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_KEY = re.compile(r"[A-Za-z0-9._~-]+")


class RunSparql(Protocol):
    """Asks RDF. `timeout` is in seconds; `limit` is the most rows to give, None for all."""

    def __call__(self, sparql: str, *, timeout: float | None = None, limit: int | None = None) -> Table:
        """Return the rows of a SELECT, or one row with the answer of an ASK."""


def ask_sparql(
    run: RunSparql,
    twin: Twin,
    values: Mapping[str, object] | None = None,
    *,
    timeout: float | None = None,
    limit: int | None = None,
) -> Table:
    """Ask `twin` with the parameters `values`, as `ask` does; lists come back as lists, `facts` sorted."""

    def iri(text: str, classes: Collection[str]) -> str:
        return resolve_iri(run, text, classes=classes, timeout=timeout).key

    bound = check_values(twin.name, twin.parameters, values or {}, iri)
    table = run(twin.text(bound), timeout=timeout, limit=limit)
    wanted = tuple(column.name for column in twin.columns)
    if table.columns != wanted:
        raise StoreError(
            f"{twin.name}: the endpoint gives columns {', '.join(table.columns)}; {', '.join(wanted)} wanted"
        )
    return with_lists(table, twin.lists)


def with_lists(table: Table, columns: Collection[str]) -> Table:
    """Return `table` with lists in `columns` where texts of an item a line stood."""
    rows = tuple(
        tuple(_list(name, value) if name in columns else value for name, value in zip(table.columns, row, strict=True))
        for row in table.rows
    )
    return Table(table.columns, rows, table.truncated)


def _list(column: str, value: object) -> list[str]:
    items = [item for item in str(value or "").split("\n") if item]
    return sorted(set(items)) if column == FACTS else items


# ---------------------------------------------------------------------------------------------------- names


def resolve_iri(run: RunSparql, text: str, *, classes: Iterable[str] = (), timeout: float | None = None) -> Hit:
    """Return the one entity `text` names: by its IRI, key or a former one, else its name, else an alias; its `key` is
    the IRI. Errors are those of `names.resolve`."""

    def search(exact: list[str], texts: list[str], wanted: Iterable[str], limit: int | None) -> list[Hit]:
        # what is met exactly is looked up; only where nothing is, every name is read
        return _exact(run, exact, wanted, timeout) or _holding(run, texts, wanted, limit, timeout)

    return resolve_with(search, text, classes)


def _exact(run: RunSparql, spellings: Iterable[str], classes: Iterable[str], timeout: float | None) -> list[Hit]:
    names = " ".join(f"{literal(text)}@zh" for text in spellings)
    parts = [f"VALUES ?n {{ {names} }} ?e {by} ?n BIND({HOW.index(how)} AS ?rank)" for by, how in _NAMED]
    for text in spellings:
        if is_iri(text):
            parts.append(f"VALUES ?e {{ <{text}> }} BIND({HOW.index('key')} AS ?rank)")
            parts.append(f"<{text}> dcterms:isReplacedBy ?e BIND({HOW.index('former key')} AS ?rank)")
        elif _KEY.fullmatch(text):
            ends = f"STRENDS(STR(?k), {literal('/' + text)})"
            parts.append(f"?k a ?any FILTER({ends}) BIND(?k AS ?e) BIND({HOW.index('key')} AS ?rank)")
            parts.append(f"?k dcterms:isReplacedBy ?e FILTER({ends}) BIND({HOW.index('former key')} AS ?rank)")
    where = " UNION ".join(f"{{ {part} }}" for part in parts)
    return _hits(run, f"{{ {where} }}", classes, None, timeout)


_NAMED = (("rdfs:label", "name"), ("skos:altLabel", "alias"))


def _holding(
    run: RunSparql, texts: Iterable[str], classes: Iterable[str], limit: int | None, timeout: float | None
) -> list[Hit]:
    held = " || ".join(f"CONTAINS(LCASE(STR(?n)), {literal(text)})" for text in texts)
    where = f"?e rdfs:label|skos:altLabel ?n FILTER({held}) BIND({HOW.index('part')} AS ?rank)"
    return _hits(run, where, classes, limit, timeout)


def _hits(run: RunSparql, where: str, classes: Iterable[str], limit: int | None, timeout: float | None) -> list[Hit]:
    kinds = " ".join(f"un:{name}" for name in sorted(classes))
    table = run(
        f"{_HEAD}SELECT DISTINCT ?e ?class ?name ?rank WHERE {{\n  {where}\n"
        f"  VALUES ?class {{ {kinds} }}\n  ?e a ?class ; rdfs:label ?name .\n}}\n"
        f"ORDER BY ?rank STRLEN(STR(?name)) STR(?name) STR(?e)" + (f"\nLIMIT {limit}" if limit else ""),
        timeout=timeout,
    )
    return [
        Hit(str(iri), str(kind).rpartition("#")[2], str(name), (), HOW[int(str(rank))])
        for iri, kind, name, rank in table.rows
    ]


# ------------------------------------------------------------------------------------------------ evidence


def cite_sparql(run: RunSparql, table: Table, *, timeout: float | None = None) -> Table:
    """Return `table` with a row for each sentence behind each row, as `cite` does."""
    return cite_with(table, lambda facts: _places(run, facts, timeout))


def _places(run: RunSparql, facts: Sequence[str], timeout: float | None) -> list[Said]:
    keys = " ".join(map(literal, facts))
    answer = run(
        _HEAD + "SELECT DISTINCT ?key ?statement ?paper (STR(?issued) AS ?day) ?number ?page ?line ?quote WHERE {\n"
        f"  VALUES ?key {{ {keys} }}\n"
        '  { SELECT ?fact ?key WHERE { ?fact a un:Fact . BIND(STRAFTER(STR(?fact), "#") AS ?key) } }\n'
        "  ?fact un:evidence ?statement .\n"
        "  ?statement oa:hasTarget ?passage .\n"
        "  ?passage oa:hasSource ?d ; oa:hasSelector/oa:exact ?quote .\n"
        "  OPTIONAL { ?passage un:lines ?line }\n"
        "  OPTIONAL { ?d un:paper ?paper }\n"
        "  OPTIONAL { ?d un:issueDate ?issued }\n"
        "  OPTIONAL { ?d un:pageNumber ?number }\n"
        "  OPTIONAL { ?d un:page ?page }\n"
        "}",
        timeout=timeout,
    )
    texts = (tuple("" if value is None else str(value) for value in row) for row in answer.rows)
    return [Said(key, *rest) for key, _, *rest in texts]


# ------------------------------------------------------------------------------------------------ where to ask


def over_store(store: ox.Store) -> RunSparql:
    """Return what asks a store in this process. It asks no other server; a query that takes too long is left behind in
    its thread, which ends with the process."""

    def run(sparql: str, *, timeout: float | None = None, limit: int | None = None) -> Table:
        try:
            look(sparql)
        except Refused as refused:
            raise StoreError(str(refused)) from None
        found: list[Table | Exception] = []

        def work() -> None:
            try:
                found.append(_local(store, sparql, limit))
            except Exception as error:  # noqa: BLE001 (raised again in the thread that asked)
                # what its frames hold of the store may not leave this thread
                found.append(error.with_traceback(None))

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(timeout)
        if not found:
            raise StoreError(f"stopped after {timeout:g} seconds; ask for less, or give more time (--timeout)")
        if isinstance(found[0], SyntaxError):
            raise StoreError(f"not SPARQL: {_one_line(str(found[0]))}")
        if isinstance(found[0], (OSError, ValueError, RuntimeError)):
            raise StoreError(f"the query failed: {_one_line(str(found[0]))}")
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    return run


def _local(store: ox.Store, sparql: str, limit: int | None) -> Table:
    answer = store.query(sparql)
    if isinstance(answer, ox.QueryBoolean):
        return _ask(bool(answer))
    if not isinstance(answer, ox.QuerySolutions):
        raise InputError("only SELECT and ASK give rows; for triples there is kg export")
    columns = tuple(variable.value for variable in answer.variables)
    rows: list[tuple[object, ...]] = []
    for solution in answer:
        if limit is not None and len(rows) == limit:
            return Table(columns, tuple(rows), truncated=True)
        rows.append(tuple(_of_term(solution[at]) for at in range(len(columns))))
    return Table(columns, tuple(rows))


def _of_term(term: object) -> object:
    match term:
        case ox.Literal():
            return _value(term.value, term.datatype.value)
        case ox.NamedNode():
            return term.value
        case None:
            return None
        case _:
            return str(term)


def over_http(address: str) -> RunSparql:
    """Return what asks the SPARQL endpoint at `address` by the SPARQL 1.1 protocol; InputError where it is none."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and parts.port != 0
    except ValueError:  # a port that is no number
        usable = False
    if not usable or not address.isascii() or not address.isprintable() or " " in address:
        raise InputError(f"{address}: no address of a SPARQL endpoint, such as http://localhost:8000/sparql")
    url = urlsplit(address)._replace(fragment="").geturl()

    def run(sparql: str, *, timeout: float | None = None, limit: int | None = None) -> Table:
        return read_json(address, _post(url, address, sparql, timeout), limit)

    return run


def _post(url: str, shown: str, sparql: str, timeout: float | None) -> bytes:
    body = urlencode({"query": sparql}, errors="replace").encode("ascii")
    request = urllib.request.Request(url, data=body, method="POST")  # noqa: S310 (http or https: looked at before)
    request.add_header("Content-Type", "application/x-www-form-urlencoded")
    request.add_header("Accept", _JSON)
    until = None if timeout is None else time.monotonic() + timeout
    late = StoreError(f"{shown}: no answer in {timeout or 0:g} seconds; ask for less, or give more time (--timeout)")
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310 (as above)
            parts: list[bytes] = []
            size = 0
            while part := response.read1(65_536):
                parts.append(part)
                size += len(part)
                if size > LARGEST:
                    raise StoreError(f"{shown}: an answer of more than {LARGEST} bytes; ask for less")
                if until is not None and time.monotonic() > until:
                    raise late
            return b"".join(parts)
    except urllib.error.HTTPError as error:
        with error:
            raise StoreError(f"{shown}: HTTP {error.code} ({_reason(error)})") from None
    except TimeoutError:
        raise late from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise late from None
        why = getattr(error.reason, "strerror", None) or str(error.reason)
        raise StoreError(f"{shown}: no SPARQL endpoint answers there ({_one_line(why)})") from None
    except (OSError, http.client.HTTPException):
        raise StoreError(f"{shown}: the connection broke; try again") from None


def _reason(error: urllib.error.HTTPError) -> str:
    """Return what the server says is wrong: its first words, where these are no page of HTML."""
    try:
        text = error.read(4_000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        text = ""
    said = _one_line(text)
    return said if said and not said.startswith("<") else _one_line(str(error.reason))


def read_json(shown: str, raw: bytes, limit: int | None = None) -> Table:
    """Read SPARQL 1.1 Query Results JSON that came from `shown`; StoreError where it is none."""
    try:
        told = json.loads(raw)
        if "boolean" in told:
            return _ask(bool(told["boolean"]))
        columns = tuple(map(str, told["head"]["vars"]))
        bindings = told["results"]["bindings"]
        rows = tuple(tuple(_of_json(row.get(name)) for name in columns) for row in bindings[:limit])
        return Table(columns, rows, limit is not None and len(bindings) > limit)
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise StoreError(
            f"{shown}: the answer is no SPARQL result in JSON; is it the address of an endpoint?"
        ) from None


def _of_json(cell: Mapping[str, Any] | None) -> object:
    if cell is None:
        return None
    text = str(cell["value"])
    match cell["type"]:
        case "literal" | "typed-literal":
            return _value(text, str(cell.get("datatype", "")))
        case "bnode":
            return f"_:{text}"
        case _:
            return text


def _value(text: str, datatype: str) -> object:
    """Return a literal as Cypher would give it: a number, a truth value or a text."""
    try:
        if datatype in _WHOLE:
            return int(text)
        if datatype in _BROKEN:
            return float(Decimal(text)) if datatype.endswith("decimal") else float(text.replace("INF", "inf"))
    except (ValueError, ArithmeticError):
        return text  # not what it calls itself
    return text in ("true", "1") if datatype == f"{_XSD}boolean" else text


def _ask(answer: bool) -> Table:
    return Table(("answer",), ((answer,),))


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
