"""No query reaches another server: the words are looked at, and pyoxigraph itself is the oracle."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve.pages import Example, examples
from queries.sparql_guard import Refused, look

# pyoxigraph asks no port 9 of anybody, and says so: an attempt is seen, and nothing leaves the machine
ELSEWHERE = "http://127.0.0.1:9/"
HEAD = f"PREFIX ex: <{ELSEWHERE}> PREFIX : <{ELSEWHERE}> "


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("select*{}", "SELECT"),
        ("ASK{}", "ASK"),
        ("# SELECT\nASK {}", "ASK"),
        ("BASE <http://x/> PREFIX : <y> PREFIX a.b: <select> CONSTRUCT {} {}", "CONSTRUCT"),
        ("PREFIX select: <http://x/>\nDESCRIBE select:ask", "DESCRIBE"),
        ("", ""),
        ("SELEKT * {}", ""),
    ],
)
def test_the_form_is_told(query: str, form: str) -> None:
    assert look(query).form == form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service silent ?s { ?s ?p ?o } }",
        "SELECT*{SERVICE<http://x/>{?s ?p ?o}}",
        "PREFIX : <http://x/> SELECT * { SERVICE:y { ?s ?p ?o } }",
        "PREFIX y: <http://x/> SELECT * { SERVICEy:y { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?s<?o)SERVICE#>\n<http://x/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '#' . SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p '''a'b''' . SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://x/> { ?s ?p ?o } }",
        "ASK { { SELECT * { SERVICE <http://x/> { ?s ?p ?o } } } }",
    ],
)
def test_service_is_refused(query: str) -> None:
    with pytest.raises(Refused, match="SERVICE is refused"):
        look(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s ?p 'SERVICE <http://x/> {}' }",
        'SELECT * { ?s ?p """a "SERVICE" b""" }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://x/>",
        "SELECT * { ?s <http://x/service#it> ?o }",
        "PREFIX schema: <https://schema.org/> SELECT * { ?s schema:serviceType ?o }",
        "PREFIX schema: <https://schema.org/> SELECT * { ?s a schema:Service . ?t a schema:my-service }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
        "SELECT * { ?s ?p 'x'@en-service }",
    ],
)
def test_words_that_only_look_like_it_are_not(query: str) -> None:
    look(query)
    ox.Store().query(query)


@pytest.mark.parametrize("one", examples(), ids=lambda one: one.name)
def test_examples_are_not_refused(one: Example) -> None:
    assert look(one.query).form
    ox.Store().query(one.query)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://x/>",
        "load silent <file:///etc/passwd>",
        "PREFIX a: <b:> INSERT DATA { a:b a:c a:d }",
        "DELETE WHERE { ?s ?p ?o }",
        "WITH <g:> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP DEFAULT",
        "CREATE GRAPH <g:>",
        "ADD DEFAULT TO <g:>",
        "MOVE DEFAULT TO <g:>",
        "COPY DEFAULT TO <g:>",
    ],
)
def test_updates_are_refused(update: str) -> None:
    with pytest.raises(Refused, match="is refused: this only answers"):
        look(update)


def _store() -> ox.Store:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://a/1"), ox.NamedNode("http://a/p"), ox.Literal("x")))
    return store


STORE = _store()
PIECES = (
    "SERVICE",
    "service",
    "SERVICE SILENT",
    f"<{ELSEWHERE}>",
    "ex:foo",
    ":foo",
    "{?s ?p ?o}",
    "{",
    "}",
    ".",
    " ",
    "\n",
    "#",
    "#>\n",
    "FILTER(1<2)",
    "FILTER(?s<?o",
    "FILTER(1<2",
    ")",
    ">",
    "<",
    '"',
    "'",
    '"""',
    "?s ?p ?o",
    "?s ?p ?o .",
    "?s ?p true",
    "?s ?p 1",
    '?s ?p "x"',
    "@en",
    "OPTIONAL",
    "true",
    "1.",
    "ex:a.",
    "-",
    "\\u0053",
    "\\",
    "a",
    "MINUS",
    "BIND(1 AS ?x)",
    "ex:x.y",
    "^^",
    "_:b",
    "_:b.",
    ";",
    "%41",
    "VALUES ?z {1}",
    "UNION",
    "{}",
)
CALLS = ("SERVICE", "service", "SeRvIcE", "SERVICE#>\n", "SERVICE#\n", "SERVICE ", "SERVICE SILENT ")
WHERE = (f"<{ELSEWHERE}>", "ex:foo", ":foo", "?there", f"#>\n<{ELSEWHERE}>")
some = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)


@given(some, st.sampled_from(CALLS), st.sampled_from(WHERE), st.sampled_from(("", " ", "#>\n")), some)
@settings(max_examples=3000)
def test_what_pyoxigraph_would_follow_is_refused(before: str, call: str, where: str, gap: str, after: str) -> None:
    query = f"{HEAD}SELECT * {{BIND(<{ELSEWHERE}> AS ?there){before}{call}{where}{gap}{{?s ?p ?o}}{after}}}"
    try:
        list(STORE.query(query))  # type: ignore[arg-type]
    except OSError:  # it tried
        with pytest.raises(Refused):
            look(query)
    except (SyntaxError, RuntimeError, ValueError):
        pass
