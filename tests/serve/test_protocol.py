"""The protocol of SPARQL 1.1, over HTTP, one behaviour after the other."""

from __future__ import annotations

import gzip
import io
import json
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from kg.serve.accept import GRAPHS, ROWS
from tests.serve.server import PREFIX, Server

ONE = "SELECT ?s { ?s ?p ?o } LIMIT 1"
QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"


def post(server: Server, content: str | bytes, kind: str, path: str = "sparql", accept: str = "*/*") -> httpx.Response:
    headers = {"Content-Type": kind, "Accept": accept}
    return httpx.post(server.url + path, content=content, headers=headers, timeout=60)


def test_three_ways_to_ask_give_one_answer(server: Server) -> None:
    query = PREFIX + "SELECT ?name { ?u a un:TradeUnion ; rdfs:label ?name } ORDER BY ?name"
    answers = [
        server.ask(query),
        post(server, "query=" + quote(query), FORM),
        post(server, query, QUERY),
        post(server, query, f"{QUERY}; charset=utf-8"),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert "总工会" in answers[0].text


@pytest.mark.parametrize("one", ROWS, ids=lambda one: one.name)
@pytest.mark.parametrize("query", [ONE, "ASK { ?s ?p ?o }"], ids=["select", "ask"])
def test_every_format_of_rows(server: Server, one: object, query: str) -> None:
    name, media = one.name, one.media[0]  # type: ignore[attr-defined]
    by_header, by_name = server.ask(query, media), server.ask(query, "image/png", format=name)
    assert by_header.status_code == by_name.status_code == 200
    assert by_header.headers["content-type"].split(";")[0] == media
    assert by_header.content == by_name.content
    if name == "csv":
        assert b"https://" in by_header.content or by_header.text == "true\n"
    elif query == ONE or name != "tsv":
        kind = {"json": "JSON", "xml": "XML", "tsv": "TSV"}[name]
        ox.parse_query_results(by_header.content, format=getattr(ox.QueryResultsFormat, kind))
        rdflib.query.Result.parse(io.BytesIO(by_header.content), format=name)


@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.name)
@pytest.mark.parametrize("verb", ["CONSTRUCT { ?s rdfs:label ?o }", "DESCRIBE ?s"])
def test_every_format_of_graphs(server: Server, one: object, verb: str) -> None:
    name, media = one.name, one.media[0]  # type: ignore[attr-defined]
    query = f"{PREFIX}{verb} {{ ?s a un:District ; rdfs:label ?o }}"
    answer = server.ask(query, media)
    assert answer.headers["content-type"].split(";")[0] == media
    read = rdflib.Dataset() if name in ("trig", "nq") else rdflib.Graph()
    kind = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml", "trig": "trig", "nq": "nquads"}[name]
    read.parse(data=answer.content, format=kind)
    expected = rdflib.Graph().parse(data=server.ask(query, "application/n-triples").content, format="nt")
    assert len(read) == len(expected) > 5


def test_q_values_count(server: Server) -> None:
    answer = server.ask(ONE, "text/csv;q=0.5, application/sparql-results+xml;q=0.8, image/png")
    assert answer.headers["content-type"] == "application/sparql-results+xml"
    assert "Accept" in answer.headers["vary"]


def test_a_browser_without_scripts_gets_a_table(server: Server) -> None:
    answer = server.ask(ONE, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert answer.headers["content-type"].startswith("text/html")
    assert '<td><a href="/page/' in answer.text


def test_graphs_are_chosen_by_the_request(server: Server) -> None:
    named = [row["g"] for row in server.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")]
    assert len(named) > 3
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    def count(query: str, **given: str | list[str]) -> int:
        return int(
            server.get("sparql", params={"query": query, **given}).json()["results"]["bindings"][0]["n"]["value"]
        )

    whole = count(everything)
    first = count(everything, **{"default-graph-uri": named[0]})
    assert 0 < first < whole
    assert count(f"SELECT (COUNT(*) AS ?n) FROM <{named[0]}> {{ ?s ?p ?o }}") == first
    assert (
        count(f"SELECT (COUNT(*) AS ?n) FROM <{named[1]}> {{ ?s ?p ?o }}", **{"default-graph-uri": named[0]}) == first
    )
    both = count(everything, **{"default-graph-uri": named[:2]})
    assert first < both < whole
    inside = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(inside, **{"named-graph-uri": named[:2]}) == 2
    assert count(everything, **{"named-graph-uri": named[:2]}) == 0
    body = f"query={quote(everything)}&default-graph-uri={quote(named[0], safe='')}"
    assert post(server, body, FORM).json()["results"]["bindings"][0]["n"]["value"] == str(first)
    direct = post(server, everything, QUERY, f"sparql?default-graph-uri={quote(named[0], safe='')}")
    assert direct.json()["results"]["bindings"][0]["n"]["value"] == str(first)
    assert server.ask(everything, **{"default-graph-uri": "no iri"}).status_code == 400


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * {\n ?s ?p }", "syntax error: line 2, column 9: expected one of LATERAL"),
        ("SELEKT * {}", "syntax error: a query asks by SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("", "syntax error: a query asks by SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELECT * { ?s a no:where }", "syntax error: line 1, column"),
        ("SELECT (<http://x/f>(1) AS ?x) {}", "the query cannot be answered: The custom function"),
        ("SELECT * { FILTER(" + "(" * 100_000, "the query was stopped: it is nested too deeply"),
    ],
)
def test_a_wrong_query_is_told_in_one_line(server: Server, query: str, told: str) -> None:
    answer = post(server, query, QUERY)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith(told)
    assert answer.text.count("\n") == 1
    assert len(answer.text) < 400


@pytest.mark.parametrize(
    ("content", "kind", "status", "told"),
    [
        (
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            QUERY,
            403,
            "SERVICE is refused (line 1, column 12)",
        ),
        ("LOAD <http://127.0.0.1:9/>", QUERY, 403, "LOAD is refused"),
        ("INSERT DATA { <a:b> <a:c> 1 }", QUERY, 403, "INSERT is refused"),
        ("INSERT DATA { <a:b> <a:c> 1 }", "application/sparql-update", 403, "updates are refused"),
        ("update=CLEAR+ALL", FORM, 403, "updates are refused"),
        ("query=ASK{}&update=CLEAR+ALL", FORM, 403, "updates are refused"),
        ("query=ASK{}&query=ASK{}", FORM, 400, "there is more than one query"),
        ("nothing=1", FORM, 400, "there is no query"),
        ("query=%FF", FORM, 400, "the body cannot be read; it has to be UTF-8"),
        (b"ASK { ?s ?p '\xff' }", QUERY, 400, "the body cannot be read; it has to be UTF-8"),
        ("query=ASK{}", "text/plain", 415, "a query comes as"),
        ("query=ASK{}", "multipart/form-data; boundary=x", 415, "a query comes as"),
        ("{}", "application/json", 415, "a query comes as"),
        ("ASK {}" + " " * 2**18, QUERY, 413, "a query may have"),
    ],
)
def test_what_is_refused(server: Server, content: str | bytes, kind: str, status: int, told: str) -> None:
    answer = post(server, content, kind)
    assert (answer.status_code, answer.text[: len(told)]) == (status, told)


def test_a_query_in_the_address_and_in_the_body_is_refused(server: Server) -> None:
    assert post(server, "ASK {}", QUERY, "sparql?query=ASK{}").status_code == 400
    assert server.get("sparql?query=ASK{}&query=ASK{}").status_code == 400
    assert server.get("sparql?update=CLEAR ALL").status_code == 403
    assert server.get("sparql?default-graph-uri=a:b").status_code == 400


def test_a_format_that_does_not_fit_is_refused(server: Server) -> None:
    for answer in (server.ask(ONE, "text/turtle"), server.ask(ONE, format="ttl"), server.ask(ONE, format="docx")):
        assert answer.status_code == 406
        assert "known: json, xml, csv, tsv" in answer.text
    assert server.ask("DESCRIBE <a:b>", "text/csv").status_code == 406


def test_methods(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = httpx.request(method, server.url + "sparql")
        assert answer.status_code == 405
        assert "GET" in answer.headers["allow"]
    head = httpx.head(server.url + "sparql", params={"query": ONE})
    full = server.ask(ONE)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("etag", "content-type", "content-length"):
        assert head.headers[name] == full.headers[name]
    options = httpx.options(server.url + "sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")


def test_an_answer_that_the_client_has_is_not_sent_again(server: Server) -> None:
    first = server.ask(ONE)
    tag = first.headers["etag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = server.get("sparql", params={"query": ONE}, headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert server.get("sparql", params={"query": ONE}, headers={"If-None-Match": '"other"'}).status_code == 200
    assert server.ask(ONE + " OFFSET 500").headers["etag"] != tag
    assert server.ask(ONE, "application/sparql-results+xml").headers["etag"] != tag


def test_long_answers_are_packed_for_those_who_take_it(server: Server) -> None:
    query = {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"}
    with httpx.stream("GET", server.url + "sparql", params=query, headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
        headers = answer.headers
    assert headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in headers["vary"]
    plain = server.get("sparql", params=query, headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) * 3 < len(plain.content)
    assert headers["etag"] != plain.headers["etag"]


def test_pages_of_one_other_origin_may_read(server: Server) -> None:
    theirs, others = {"Origin": "https://example.org"}, {"Origin": "https://example.com"}
    answer = server.get("sparql", params={"query": ONE}, headers=theirs)
    assert answer.headers["access-control-allow-origin"] == "https://example.org"
    assert "Kg-Truncated" in answer.headers["access-control-expose-headers"]
    assert "Origin" in answer.headers["vary"]
    asked = {**theirs, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    before = httpx.options(server.url + "sparql", headers=asked)
    assert before.status_code == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    assert before.headers["access-control-allow-headers"] == "content-type"
    refused = httpx.options(server.url + "sparql", headers={**asked, **others})
    for one in (server.get("sparql", params={"query": ONE}, headers=others), refused, server.ask(ONE)):
        assert "access-control-allow-origin" not in one.headers
    wrong = server.get("sparql", params={"query": "x"}, headers=theirs)
    assert wrong.headers["access-control-allow-origin"] == "https://example.org"


def test_a_host_that_is_not_this_machine_is_refused(server: Server) -> None:
    assert server.get("sparql", params={"query": ONE}, headers={"Host": "evil.example:80"}).status_code == 421
    assert server.get("", headers={"Host": "localhost"}).status_code == 200


def test_the_endpoint_describes_itself(server: Server) -> None:
    answer = server.get("sparql")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    graph = rdflib.Graph().parse(data=answer.content, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = rdflib.URIRef(server.url + "sparql")
    assert (service, rdflib.RDF.type, sd.Service) in graph
    assert (service, sd.endpoint, service) in graph
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert len(list(graph.objects(service, sd.resultFormat))) == 10
    (told,) = [str(one) for one in graph.objects(None, rdflib.RDFS.comment) if getattr(one, "language", "") == "en"]
    assert "#graph; SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists them" in told
    names = [row["g"] for row in server.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")]
    articles = [row["a"] for row in server.rows(f"{PREFIX}SELECT ?a {{ ?a a un:Article }}")]
    assert names
    assert {name.removesuffix("#graph") for name in names} <= set(articles)
    assert not [term for triple in graph for term in triple if isinstance(term, rdflib.BNode)]
    assert server.get("sparql", headers={"Accept": "application/rdf+xml"}).text.startswith("<?xml")
    browser = server.get("sparql", headers={"Accept": "text/html"})
    assert (browser.status_code, browser.headers["location"]) == (303, "/")


def test_nothing_but_reading_is_possible_in_a_browser(server: Server) -> None:
    for path in ("", "sparql", "ontology", "health", "nothing", "assets/serve.js"):
        answer = server.get(path)
        if path != "health":
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
        assert "server" not in answer.headers


def test_health_is_json(server: Server) -> None:
    told = json.loads(server.get("health").content)
    assert told["status"] == "ok"
    assert told["current"] is True
    assert told["workers"]["all"] == 2
    assert told["triples"] > 1000
