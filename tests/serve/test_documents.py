"""Documents behind IRIs: a thing leads to its page or its data, and both say the same."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from exports import DEFAULT_BASE
from exports.catalogue import lines_of, portal_of, summarise
from kg.selection import Selection
from kg.serve import pages
from kg.serve.about import About
from kg.serve.accept import GRAPHS
from kg.serve.app import Site, make_app
from kg.serve.gone import Gone
from kg.serve.pool import Limits, Pool
from kg.workspace import Workspace
from queries.twins import twins
from tests.serve.server import PREFIX, Server

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
READERS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml", "trig": "trig", "nq": "nquads"}


@pytest.fixture(scope="module")
def union(server: Server) -> str:
    """Return the key of a union that organised something."""
    query = PREFIX + "SELECT ?u { ?u a un:TradeUnion ; un:organizes ?a } ORDER BY ?u LIMIT 1"
    return server.rows(query)[0]["u"].removeprefix(DEFAULT_BASE)


@pytest.mark.parametrize(
    ("accept", "where"),
    [
        ("", "/page/{}"),
        (BROWSER, "/page/{}"),
        ("*/*", "/page/{}"),
        ("text/turtle", "/data/{}.ttl"),
        ("application/n-triples", "/data/{}.nt"),
        ("application/ld+json", "/data/{}.jsonld"),
        ("application/rdf+xml", "/data/{}.rdf"),
        ("application/trig", "/data/{}.trig"),
        ("application/n-quads", "/data/{}.nq"),
        ("text/html;q=0.4, text/turtle;q=0.6", "/data/{}.ttl"),
        ("text/html;q=0.6, text/turtle;q=0.4", "/page/{}"),
        ("text/turtle;q=0, text/html;q=0, */*;q=0.1", "/data/{}.nt"),
    ],
)
def test_a_thing_leads_to_page_or_data(server: Server, union: str, accept: str, where: str) -> None:
    answer = server.get(f"id/{union}", headers={"Accept": accept} if accept else {"Accept": ""})
    assert (answer.status_code, answer.headers["location"]) == (303, where.format(union))
    assert "Accept" in answer.headers["vary"]
    assert server.get(answer.headers["location"].lstrip("/")).status_code == 200


def test_a_client_that_takes_neither_is_told_what_there_is(server: Server, union: str) -> None:
    answer = server.get(f"id/{union}", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "known: html, ttl" in answer.text


@pytest.mark.parametrize("one", GRAPHS, ids=lambda one: one.name)
def test_data_comes_in_every_format_and_says_the_same(server: Server, union: str, one: object) -> None:
    name, media = one.name, one.media[0]  # type: ignore[attr-defined]
    answer = server.get(f"data/{union}.{name}")
    assert answer.headers["content-type"].split(";")[0] == media
    assert f'<{DEFAULT_BASE}{union}>; rel="describes"' in answer.headers["link"]
    read = rdflib.Dataset() if one.named else rdflib.Graph()  # type: ignore[attr-defined]
    read.parse(data=answer.content, format=READERS[name])
    lines = {line for line in server.get(f"data/{union}.nt").text.splitlines() if line}
    assert len(read) == len(lines)
    negotiated = server.get(f"data/{union}", headers={"Accept": media})
    assert negotiated.content == answer.content
    assert httpx.head(f"{server.url}data/{union}.{name}").headers["etag"] == answer.headers["etag"]
    again = server.get(f"data/{union}.{name}", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_data_holds_what_is_said_of_the_thing_and_what_leads_to_it(server: Server, union: str) -> None:
    iri = f"<{DEFAULT_BASE}{union}>"
    either = f"CONSTRUCT {{ {iri} ?p ?o . ?s ?q {iri} }} {{ {{ {iri} ?p ?o }} UNION {{ ?s ?q {iri} }} }}"
    told = server.ask(either, format="nt")
    assert set(told.text.splitlines()) <= set(server.get(f"data/{union}.nt").text.splitlines())


def test_the_data_of_an_article_holds_its_named_graph(server: Server) -> None:
    query = PREFIX + (
        "SELECT ?a (COUNT(*) AS ?n) { ?a a un:Article . GRAPH ?g { ?s ?p ?o } "
        "FILTER(STR(?g) = CONCAT(STR(?a), '#graph')) } GROUP BY ?a"
    )
    for row in server.rows(query):
        key = row["a"].removeprefix(DEFAULT_BASE)
        quads = list(ox.parse(server.get(f"data/{key}.nq").content, format=ox.RdfFormat.N_QUADS))
        named = [quad for quad in quads if quad.graph_name == ox.NamedNode(f"{row['a']}#graph")]
        assert len(named) == int(row["n"]) > 0
        assert len(quads) > len(named)


def test_a_page_names_things_in_words_and_leads_on(server: Server, union: str) -> None:
    answer = server.get(f"page/{union}", headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.1"})
    (name,) = server.rows(f"{PREFIX}SELECT ?n {{ <{DEFAULT_BASE}{union}> rdfs:label ?n }}")
    assert answer.headers["content-language"] == "zh, en"
    assert f"<h1>{name['n']}" in answer.text
    assert f'href="/data/{union}.ttl"' in answer.text
    assert '<link rel="alternate" type="text/turtle"' in answer.text
    assert 'rel="alternate"; type="application/ld+json"' in answer.headers["link"]
    assert 'id="fact-' in answer.text
    (fact,) = server.rows(
        f"{PREFIX}PREFIX oa: <http://www.w3.org/ns/oa#> SELECT ?q {{ ?f un:subject <{DEFAULT_BASE}{union}> ; "
        "un:predicate un:organizes ; un:evidence/oa:hasTarget/oa:hasSelector/oa:exact ?q } ORDER BY ?q LIMIT 1"
    )
    assert str(fact["q"])[:6] in answer.text
    assert server.get(f"page/{union}/").text == answer.text
    assert server.get(f"id/{union}/").headers["location"].startswith(("/page/", "/data/"))
    for asset in ("portal.css", "portal.js"):
        assert server.get(f"assets/{asset}").status_code == 200
    for link in set(re.findall(r'href="(/page/[^"#?]+)', answer.text)):
        assert server.get(link.lstrip("/")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "id/nothing",
        "data/nothing.ttl",
        "data/nothing",
        "page/nothing",
        "id/",
        "id/%3C%3E",
        "id/%FF",
        "elsewhere",
        "assets/../app.py",
        "assets/app.py",
    ],
)
def test_what_is_not_there_is_not_found(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status_code == 404
    assert answer.text.count("\n") == 1


def test_the_ontology_comes_in_the_format_asked_for(server: Server) -> None:
    expected = rdflib.Graph().parse(data=server.get("ontology").content, format="turtle")
    for accept, name in (
        ("application/rdf+xml", "rdf"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
    ):
        answer = server.get("ontology", headers={"Accept": accept})
        assert answer.headers["content-type"].split(";")[0] == accept
        assert answer.content == server.get(f"ontology.{name}").content == server.get(f"ontology?format={name}").content
        assert len(rdflib.Graph().parse(data=answer.content, format=READERS[name])) == len(expected)
    page = server.get("ontology", headers={"Accept": BROWSER})
    assert page.headers["content-type"].startswith("text/html")
    assert 'id="TradeUnion"' in page.text
    for link in set(re.findall(r'href="(/ontology/[^"#]+)"', page.text)):
        assert server.get(link.lstrip("/")).status_code == 200
    assert server.get("ontology/shapes.ttl").headers["content-type"].startswith("text/turtle")
    assert "@context" in server.get("ontology/context.jsonld").json()
    assert server.get("ontology.docx").status_code == 406


def test_the_catalogue_tells_of_the_data_and_of_the_server(server: Server) -> None:
    expected = rdflib.Graph().parse(data=server.get("catalogue").content, format="turtle")
    dcat, void = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.Namespace("http://rdfs.org/ns/void#")
    assert list(expected.subjects(rdflib.RDF.type, dcat.Catalog))
    endpoint = rdflib.URIRef(server.url + "sparql")
    (service,) = expected.subjects(dcat.endpointURL, endpoint)
    assert list(expected.objects(service, dcat.endpointDescription)) == [endpoint]
    for name in ("rdf", "jsonld", "nt", "ttl"):
        answer = server.get(f"catalogue.{name}")
        assert len(rdflib.Graph().parse(data=answer.content, format=READERS[name])) == len(expected)
    told = rdflib.Graph().parse(data=server.get(".well-known/void").content, format="turtle")
    (data,) = told.subjects(void.sparqlEndpoint, rdflib.URIRef(server.url + "sparql"))
    assert str(told.value(data, void.triples)) == server.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]


def test_a_rule_is_a_document_too(server: Server) -> None:
    rules = server.rows(PREFIX + "SELECT DISTINCT ?r { ?s un:rule ?r } ORDER BY ?r LIMIT 3")
    assert len(rules) == 3
    for row in rules:
        key = row["r"].removeprefix(DEFAULT_BASE)
        assert key.startswith("rule/")
        assert server.get(f"id/{key}").headers["location"] == f"/page/{key}"
        assert "<h1>" in server.get(f"page/{key}").text
        assert "http://www.w3.org/ns/prov#Plan" in server.get(f"data/{key}.nt").text
    assert server.get("data/build.ttl").status_code == 200
    assert server.get("id/rule/none").status_code == 404


def test_every_iri_of_the_data_leads_to_a_document(server: Server) -> None:
    query = f"SELECT DISTINCT ?o {{ ?s ?p ?o FILTER(ISIRI(?o) && STRSTARTS(STR(?o), '{DEFAULT_BASE}')) }}"
    keys = {row["o"].removeprefix(DEFAULT_BASE).partition("#")[0] for row in server.rows(query)}
    assert len(keys) > 50
    assert [key for key in sorted(keys) if server.get(f"id/{key}").status_code != 303] == []


# ---------------------------------------------------------------- a store made by hand


def site_of(data: str, workspace: Path, base: str = DEFAULT_BASE) -> Site:
    store = ox.Store()
    store.load(data, format=ox.RdfFormat.TURTLE)
    limits = Limits(max_rows=12)
    space = Workspace.open(workspace)
    about = About(space, portal_of(space.path, base), summarise(sorted(lines_of(quad.triple for quad in store))))
    shown = Selection(withdrawn={"taken": "asked for by the person"})
    return Site(space, base, store, about, Pool(workspace, limits), limits, Gone.since(space, shown))


def get(site: Site, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(make_app(site))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


HAND = f"""
@prefix id: <{DEFAULT_BASE}> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix un: <https://w3id.org/union-news-kg/ontology#> .
id:old dct:isReplacedBy id:new .
id:taken rdfs:label "taken"@zh .
id:new rdfs:label "新"@zh ; un:organizes id:other .
<{DEFAULT_BASE}new#fact-1> a un:Fact ; un:subject id:new ; un:evidence <{DEFAULT_BASE}a#s-1> .
<{DEFAULT_BASE}new#fact-1-post> un:role <{DEFAULT_BASE}role/%E4%B8%BB%E5%B8%AD> ; un:of <{DEFAULT_BASE}new#fact-1> ;
    un:during <{DEFAULT_BASE}new#fact-1-time> .
<{DEFAULT_BASE}new#fact-1-time> un:first "2025" .
<{DEFAULT_BASE}newer> rdfs:label "newer" .
<{DEFAULT_BASE}newer#x> un:subject id:newer .
<{DEFAULT_BASE}role/%E4%B8%BB%E5%B8%AD> rdfs:label "主席"@zh .
id:far un:knows id:new .
<{DEFAULT_BASE}%3Cscript%3E> rdfs:label "<script>alert(1)</script>" ; rdfs:seeAlso <javascript:alert(1)> .
id:many un:p {", ".join(map(str, range(30)))} .
"""


@pytest.fixture(scope="module")
def site(workspace: Path) -> Site:
    return site_of(HAND, workspace)


def test_a_former_key_leads_to_what_took_its_place(site: Site) -> None:
    for path, where in (("/id/old", "/id/new"), ("/page/old", "/page/new"), ("/data/old.nt", "/data/new.nt")):
        answer = get(site, path)
        assert (answer.status_code, answer.headers["location"]) == (301, where)


def test_what_was_taken_out_is_gone(site: Site) -> None:
    for path in ("/id/taken", "/page/taken", "/data/taken.ttl"):
        answer = get(site, path)
        assert (answer.status_code, answer.text) == (410, "this was withdrawn by the keeper of the data\n")


def test_what_is_withdrawn_while_it_is_served_is_gone_at_once(workspace: Path, tmp_path: Path) -> None:
    copy = tmp_path / "ws"
    shutil.copytree(workspace, copy)
    person, other = [one for one in Workspace.open(copy).entities() if one.type == "Person"][:2]
    things = "".join(f'<{DEFAULT_BASE}{one.id}> <http://x/p> "x" .\n' for one in (person, other))
    site = site_of(things, copy)
    site = replace(site, gone=Gone.since(site.space, Selection()))
    path = f"/data/{person.id}.nt"

    def current() -> bool:
        return bool(get(site, "/health").json()["current"])

    assert (get(site, path).status_code, current()) == (200, True)
    (copy / "withdraw.tsv").write_text(f"{person.id}\tasked for by {person.name}\n", encoding="utf-8")
    gone = get(site, path)
    assert (gone.status_code, person.name in gone.text, current()) == (410, False, False)
    assert get(site, f"/data/{other.id}.nt").status_code == 200
    (copy / "withdraw.tsv").write_text("nothing of this name\twhy\n", encoding="utf-8")
    assert (get(site, path).status_code, current()) == (410, False), "a file with a mistake changes nothing"
    (copy / "withdraw.tsv").write_text("# id\treason\n", encoding="utf-8")
    assert (get(site, path).status_code, current()) == (200, True), "as it was at the start"


@pytest.mark.parametrize("part", ["1", "9", "-1", "x", "5" * 5_000, "１"])
def test_a_part_that_is_not_there_is_not_found(site: Site, part: str) -> None:
    for key in ("new", "many", "role/主席"):
        answer = get(site, f"/page/{key}?part={part}")
        assert (answer.status_code, answer.text) == (404, "the page has no such part\n")
        assert get(site, f"/page/{key}?part=0").content == get(site, f"/page/{key}").content


@pytest.mark.parametrize(
    ("base", "uri"),
    [
        ("https://例子.cn/kg/id/", "https://xn--fsqu00a.cn/kg/id/"),
        ("https://例子.cn:8443/图谱/id/", "https://xn--fsqu00a.cn:8443/%E5%9B%BE%E8%B0%B1/id/"),
        ("https://example.org/图谱/id/", "https://example.org/%E5%9B%BE%E8%B0%B1/id/"),
    ],
)
def test_headers_bear_a_base_in_any_script(workspace: Path, base: str, uri: str) -> None:
    site = site_of(HAND.replace(DEFAULT_BASE, base), workspace, base)
    for path in ("/page/new", "/data/new.ttl", "/page/role/主席", "/data/role/主席"):
        answer = get(site, path)
        assert answer.status_code == 200
        assert (
            f'<{uri}{"new" if "new" in path else "role/%E4%B8%BB%E5%B8%AD"}>; rel="describes"' in answer.headers["link"]
        )
    assert get(site, "/id/new").headers["location"] == "/page/new"
    assert get(site, "/id/old").headers["location"] == "/id/new"


def test_a_server_answers_to_the_address_it_listens_at(site: Site) -> None:
    for host, listens in (("127.0.0.5", "127.0.0.5"), ("127.0.0.5:8000", "127.0.0.5"), ("[::1]:80", "::1")):
        assert get(replace(site, host=listens), "/ontology", {"Host": host}).status_code == 200
    assert get(site, "/ontology", {"Host": "127.0.0.5"}).status_code == 421
    named = replace(site, url="https://例子.cn/")
    assert get(named, "/ontology", {"Host": "xn--fsqu00a.cn"}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("*;q=0, gzip", True),
        ("identity, *", True),
        ("GZIP ; q=0.5", True),
        ("gzip;q=0, *", False),
        ("*, gzip;q=0.0", False),
        ("*;q=0", False),
        ("br", False),
        ("", False),
    ],
)
def test_an_answer_is_packed_where_the_client_takes_it(site: Site, accepted: str, packed: bool) -> None:
    answer = get(site, "/ontology.ttl", {"Accept-Encoding": accepted})
    assert (answer.headers.get("content-encoding") == "gzip") is packed


def test_the_parts_of_a_document_belong_to_it(site: Site) -> None:
    found = {line.split(" ")[0] for line in get(site, "/data/new.nt").text.splitlines()}
    parts = ("new", "new#fact-1", "new#fact-1-post", "new#fact-1-time", "far", "old")
    assert found == {f"<{DEFAULT_BASE}{part}>" for part in parts}
    page = get(site, "/page/new").text
    assert 'id="fact-1-post"' in page
    assert 'href="/page/a#s-1"' in page


def test_a_key_is_found_however_it_is_escaped(site: Site) -> None:
    for path in ("/id/role/%E4%B8%BB%E5%B8%AD", "/id/role/%e4%b8%bb%e5%b8%ad", "/id/role/主席"):
        answer = get(site, path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/page/role/%E4%B8%BB%E5%B8%AD")
    assert "<h1>主席</h1>" in get(site, "/page/" + quote("role/主席")).text
    assert get(site, "/data/role/%E4%B8%BB%E5%B8%AD.ttl").status_code == 200


def test_text_is_text_on_a_page(site: Site) -> None:
    page = get(site, "/page/%3Cscript%3E").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'href="javascript:' not in page


def test_text_is_text_in_rows_and_on_the_query_page() -> None:
    text = "</script><script>alert(1)</script>\x00\ud800"
    cell = {"type": "literal", "value": text}
    body = json.dumps({"head": {"vars": [text]}, "results": {"bindings": [{text: cell}]}}).encode()
    for shown in (
        pages.rows_page(body, DEFAULT_BASE, "zh", truncated=False),
        pages.text_page(b"</pre><script>\x00", "en"),
        pages.query_page(f"https://example.org/</script><script>/{chr(0xD800)}", "zh", seconds=1, max_rows=1),
    ):
        assert not re.search(rb"<script>|</script></script>|\x00", shown)
        shown.decode("utf-8")


def test_every_question_of_the_library_that_wants_nothing_is_an_example() -> None:
    found = {one.name: one for one in pages.examples()}
    for twin in twins().values():
        wanting = any(parameter.default is None for parameter in twin.parameters)
        assert (twin.name in found) is not wanting
        if twin.name in found:
            assert (found[twin.name].zh, found[twin.name].en) == (twin.title_zh, twin.title_en)


def test_a_document_that_is_too_long_is_cut_and_says_so(site: Site) -> None:
    answer = get(site, "/data/many.nt")
    assert answer.headers["kg-truncated"] == "12"
    assert len(answer.text.splitlines()) == 12
    assert "SPARQL 查询" in get(site, "/page/many").text
