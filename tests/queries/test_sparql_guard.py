"""No query reaches another server: the words are looked at, and pyoxigraph itself is the oracle."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve.pages import Example, examples
from queries.sparql_guard import Refused, look

# stands in queries for the address of `Ear`: an attempt is seen, also one that fails silently, and nothing leaves the
# machine
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
        "PREFIX ex: <http://x/> SELECT * { ?s ?p ex:.SERVICE <http://x/> { ?s ?p ?o } }",
        'SELECT * { VALUES ?x {"""a"} SERVICE <http://x/> { ?s ?p ?o } }',
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


HIDDEN = (
    # an operator, and a comment that opens what an IRI would leave closed
    f'SELECT * {{ FILTER(1<2)#>"""\nSERVICE <{ELSEWHERE}> {{ ?s ?p ?o }}\n#"""\n}}',
    f'SELECT * {{ FILTER(1<2#>"""\n)SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }}\n#"""\n}}',
    f"SELECT * {{ FILTER(1<2)#>'''\nSERVICE <{ELSEWHERE}> {{ ?s ?p ?o }}\n#'''\n}}",
    # an operator and a string
    f"SELECT * {{ FILTER('a'<'>#')SERVICE <{ELSEWHERE}> {{ ?s ?p ?o }}\n}}",
    f"SELECT * {{ FILTER('a'<'>#')SERVICE SILENT <{ELSEWHERE}> {{ ?s ?p ?o }}\n}}",
    # the end of a sentence behind a prefix alone
    f"PREFIX ex: <http://a/1> SELECT * {{ ?s ?p ex:.SERVICE SILENT <{ELSEWHERE}> {{ ?s ?p ?o }} }}",
    # escapes that are resolved where they stand, not before
    f"SELECT * {{ {{ ?s ?p <http://x/\\u0041'> }} UNION {{ ?s ?p '\\u0022' }} UNION {{ ?s ?p \"\\u0022\" }} UNION "
    f'{{ SERVICE SILENT <{ELSEWHERE}> {{ ?s ?p ?o }} }} }}#\' """',
)


@pytest.mark.parametrize("query", HIDDEN)
def test_a_call_is_refused_though_it_seems_to_stand_in_a_string(query: str, ear: Ear) -> None:
    assert ear.asked(query), "then it is none"
    with pytest.raises(Refused, match="SERVICE is refused"):
        look(query)


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


# What a stranger could send to make the reading of it take long: each is told over and over, at this length.
LONG = 100_000
HEADS = ("", "<http://x/", '"', "'", '"""', "'''", ":", "#", "?", "PREFIX ")
UNITS = (
    *(
        ")service",
        "(",
        "<",
        "<a",
        "<#>",
        "<'>",
        "<\\u0041",
        "\\u0041",
        "\\u",
        "\\",
        '"',
        "'",
        '"""',
        "'''",
        '\\"',
        "\\'",
    ),
    *('\\"""\n', "\\'''\n", '"""\\"', "'''a\"", '"""\'', "'\"", '"a\n', "#", "# \n", ":", ":%41", ":\\'", "?a", "@a-"),
    *("1.", "a.", " ", "PREFIX a: ", "PREFIX ", "BASE "),
)


@pytest.mark.parametrize("head", HEADS)
def test_the_time_it_takes_grows_with_the_length_alone(head: str) -> None:
    for unit in UNITS:
        for end in ("", ">"):
            query = head + unit * (LONG // len(unit)) + end
            began = time.process_time()
            with contextlib.suppress(Refused):
                look(query)
            took = time.process_time() - began
            # some 0.05 s; what grows with the square of the length takes half a minute and more
            assert took < 4, (unit, end)


@dataclass(slots=True)
class Ear:
    """A port of this machine that counts who comes, and sends everybody away."""

    socket: socket.socket
    came: int = 0

    def listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                who, _ = self.socket.accept()
                self.came += 1  # before the other end can go on
                who.close()

    def asked(self, query: str) -> bool:
        """Say whether pyoxigraph asks ELSEWHERE when it is given this query."""
        before = self.came
        address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        with contextlib.suppress(OSError, SyntaxError, RuntimeError, ValueError):
            list(STORE.query(query.replace(ELSEWHERE, address)))  # type: ignore[arg-type]
        return self.came > before


@pytest.fixture(scope="module")
def ear() -> Iterator[Ear]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = Ear(listener)
        thread = threading.Thread(target=found.listen, daemon=True)
        thread.start()
        yield found
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(10)


def _store() -> ox.Store:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://a/1"), ox.NamedNode("http://a/p"), ox.Literal("x")))
    store.add(ox.Quad(ox.NamedNode("http://a/1"), ox.NamedNode("http://a/p"), ox.NamedNode("http://a/1")))
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
    "FILTER('a'<'",
    "#'",
    '#"""\n',
    "'''",
    "ex:",
    "<http://x/\\u0041'>",
    '"\\u0022"',
    '\\"',
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
def test_what_pyoxigraph_would_follow_is_refused(
    ear: Ear, before: str, call: str, where: str, gap: str, after: str
) -> None:
    query = f"{HEAD}SELECT * {{BIND(<{ELSEWHERE}> AS ?there){before}{call}{where}{gap}{{?s ?p ?o}}{after}}}"
    if ear.asked(query):
        with pytest.raises(Refused):
            look(query)


@given(st.lists(st.sampled_from(PIECES), max_size=3).map("".join), st.sampled_from(PIECES), st.sampled_from(PIECES))
@settings(max_examples=2000)
def test_nothing_before_and_behind_it_hides_a_call(ear: Ear, before: str, gap: str, after: str) -> None:
    """As above, with both ends inside of what may be a string."""
    query = f"{HEAD}SELECT * {{{before}#>{gap}\nSERVICE SILENT <{ELSEWHERE}>{{?s ?p ?o}}\n#{gap}{after}\n}}"
    if ear.asked(query):
        with pytest.raises(Refused):
            look(query)
