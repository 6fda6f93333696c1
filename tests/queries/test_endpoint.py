"""Asking a SPARQL endpoint over HTTP: the same answers as in this process, and one line where there is none."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import cast
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from exports.rdf import NTriples
from kg.cli import main
from kg.errors import InputError, StoreError
from queries import twins
from queries.triples import ask_sparql, cite_sparql, over_http, over_store
from tests.queries.answers import ANSWERS
from tests.sample import sample_graph

PAGES = Path(__file__).parents[2] / "kg" / "samples"

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    stream = io.BytesIO()
    NTriples().write(sample_graph(), stream)
    store = ox.Store()
    store.bulk_load(stream.getvalue(), format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.fixture(scope="module")
def address(store: ox.Store) -> Iterator[str]:
    """An endpoint under /sparql, and others that do not do what they should."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"][0]
            match self.path:
                case "/sparql":
                    assert self.headers["Accept"] == "application/sparql-results+json"
                    try:
                        answer = cast(ox.QuerySolutions, store.query(asked))
                        self.say(200, answer.serialize(format=ox.QueryResultsFormat.JSON) or b"")
                    except SyntaxError as error:
                        self.say(400, f"cannot be read:\n{error}".encode())
                case "/page":
                    self.say(200, b"<html>")
                case "/array":
                    self.say(200, b'{"head": {"vars": ["x"]}, "results": {"bindings": [7]}}')
                case "/broken":
                    self.say(500, b"<html>no</html>")
                case "/moved":
                    self.send_response(307)
                    self.send_header("Location", "/sparql")
                    self.end_headers()
                case "/cut":
                    self.send_response(200)
                    self.send_header("Content-Length", "1000")
                    self.end_headers()
                    self.wfile.write(b"{")
                case "/slow":
                    time.sleep(2)

        def say(self, code: int, body: bytes) -> None:
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_an_endpoint_answers_as_a_store_does(address: str, store: ox.Store) -> None:
    there, here = over_http(f"{address}/sparql"), over_store(store)
    for answer in ANSWERS:
        if answer.query in twins():
            table = ask_sparql(there, twins()[answer.query], answer.parameters)
            assert list(table.rows) == list(answer.rows)
            assert cite_sparql(there, table) == cite_sparql(here, table)
    text = 'SELECT ?s (1.5 AS ?d) (true AS ?t) ("x"@zh AS ?n) ?none { ?s ?p ?o } ORDER BY ?s ?p ?o'
    assert there(text, limit=9) == here(text, limit=9)
    assert there("ASK { ?s ?p ?o }").rows == ((True,),)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("page", "no SPARQL result in JSON; is it the address of an endpoint"),
        ("array", "no SPARQL result in JSON"),
        ("broken", "HTTP 500 \\(Internal Server Error\\)"),
        ("moved", "HTTP 307"),
        ("cut", "the connection broke|no SPARQL result"),
        ("slow", "no answer in 0.5 seconds"),
    ],
)
def test_what_is_no_endpoint_is_one_line(address: str, path: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as caught:
        over_http(f"{address}/{path}")("SELECT * { ?s ?p ?o }", timeout=0.5)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{address}/{path}: ")


@pytest.mark.parametrize("text", ["http://", "http://a b", "http://x:y/", "http://u:p@x/", "ftp://x/", "http://例.cn/"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no address of a SPARQL endpoint"):
        over_http(text)


# ------------------------------------------------------------------------------------------------ the command


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("built") / "work"
    result = CliRunner().invoke(main, ["build", str(PAGES), "-o", str(folder), "--workers", "1"])
    assert result.exit_code == 0, result.stderr
    return str(folder)


@pytest.fixture
def run() -> Run:
    return lambda *arguments: CliRunner().invoke(main, ["query", *arguments])


@pytest.mark.parametrize(
    "more", [(), ("--evidence",), ("--format", "csv", "--bom"), ("--limit", "2", "--format", "json")]
)
def test_the_command_prints_what_it_prints_in_cypher(run: Run, built: str, more: tuple[str, ...]) -> None:
    for name in ("unions-by-activity", "people-roles", "quotes"):
        cypher, sparql = run(built, name, *more), run(built, name, "--sparql", *more)
        assert (cypher.exit_code, sparql.exit_code) == (0, 0), sparql.stderr
        assert sparql.stdout == cypher.stdout
        assert sparql.stderr == cypher.stderr


def test_the_command_asks_an_endpoint(run: Run, address: str) -> None:
    result = run(f"{address}/sparql", "supports", "--evidence", "--format", "json")
    assert len(json.loads(result.stdout)) == 3
    assert json.loads(run(f"{address}/sparql", "supports", "-p", "name=上海", "--format", "json").stdout) == []
    failed = run(f"{address}/sparql", "--sparql-text", "SELECT * { ?s ?p }")
    assert (failed.exit_code, failed.stdout) == (5, "")
    assert failed.stderr.startswith(f"Error: {address}/sparql: HTTP 400 (cannot be read: ")
    assert failed.stderr.count("\n") == 1


def test_sparql_of_ones_own(run: Run, built: str) -> None:
    un = "PREFIX un: <https://w3id.org/union-news-kg/ontology#> "
    result = run(built, "--sparql-text", un + "SELECT (COUNT(?x) AS ?n) { ?x a un:Page }", "--format", "csv")
    assert result.stdout == "n\n6\n" or result.stdout.splitlines() == ["n", "6"]
    text = (
        un
        + 'SELECT (STRAFTER(STR(?f), "#") AS ?facts) { ?f a un:Fact ; un:predicate un:awards } ORDER BY ?facts LIMIT 1'
    )
    cited = json.loads(run(built, "--sparql-text", text, "--evidence", "--format", "json").stdout)
    assert cited[0]["paper"] == "京华工友报"
    result = run(built, "--sparql-text", "SELECT * { ?s ?p ?o }", "--format", "csv")
    assert len(result.stdout.splitlines()) == 1001
    assert result.stderr == "only the first 1000 rows of the answer; --limit gives more\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("quots", "--sparql"), 2, "no query in SPARQL called 'quots'; did you mean quotes"),
        (("shortest-path", "--sparql"), 2, "is there in Cypher only"),
        (("timeline", "--sparql"), 2, "timeline wants name"),
        (("timeline", "--sparql", "-p", "name=没有"), 2, "no District or Enterprise"),
        (("quotes", "--sparql-text", "ASK {}"), 2, "Give the NAME of a query, or"),
        (("--sparql-text", "ASK {}", "-p", "x=1"), 2, "--sparql-text stands alone"),
        (("--cypher", "RETURN 1", "--sparql"), 2, "Cypher is for"),
        (("--sparql-text", "ASK { SERVICE <http://x/> {} }"), 5, "SERVICE is refused"),
        (("--sparql-text", "CONSTRUCT WHERE {}"), 3, "only SELECT and ASK"),
    ],
)
def test_what_cannot_be_asked_is_said(run: Run, built: str, arguments: tuple[str, ...], code: int, says: str) -> None:
    result = run(built, *arguments)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_targets_that_speak_something_else(run: Run) -> None:
    assert "ask a Neo4j in Cypher" in run("bolt://127.0.0.1:1", "quotes", "--sparql").stderr
    assert "ask an address of http in SPARQL" in run("http://127.0.0.1:1/", "--cypher", "RETURN 1").stderr
    refused = run("http://127.0.0.1:1/", "quotes")
    assert (refused.exit_code, refused.stderr.count("\n")) == (5, 1)
    assert "no SPARQL endpoint answers there" in refused.stderr
