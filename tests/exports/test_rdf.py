"""RDF: every syntax holds the same graph, for everyone's parser; what it says of facts and their evidence."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from exports import DEFAULT_BASE, get_exporter
from exports.rdf import PREFIXES, quads, triples
from exports.rdf.describe import Describer
from exports.rdf.terms import EDTF, Terms, edtf
from exports.xmltext import xml_text
from kg.build import build
from kg.errors import InputError, OntologyError
from kg.graph import flow, read_graph
from kg.io import Sorter
from kg.workspace import Workspace
from ontology import ontology
from tests.build.pages import pages
from tests.exports.graphs import AWKWARD, node_id, sample
from tests.jena import riot
from tests.sample import sample_graph

# rdflib's own parsers call what rdflib has deprecated, once a triple
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

# exporter -> name of the syntax in pyoxigraph, rdflib and Jena
SYNTAXES = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle", "turtle"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt", "ntriples"),
    "trig": (ox.RdfFormat.TRIG, "trig", "trig"),
    "nquads": (ox.RdfFormat.N_QUADS, "nquads", "nquads"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld", "jsonld"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "xml", "rdfxml"),
}
NAMED = ("trig", "nquads")
GRAPHS: dict[str, Callable[[], nx.MultiDiGraph[str]]] = {"awkward": sample, "sample": sample_graph}
PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in {**PREFIXES, "id": DEFAULT_BASE}.items())


def export(name: str, graph: nx.MultiDiGraph[str], base: str = DEFAULT_BASE) -> bytes:
    stream = io.BytesIO()
    get_exporter(name).write(graph, stream, base=base)
    return stream.getvalue()


def expected(name: str, graph: nx.MultiDiGraph[str]) -> set[ox.Quad]:
    if name in NAMED:
        return set(quads(graph))
    return {ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples(graph)}


def ask(graph: nx.MultiDiGraph[str], query: str) -> list[tuple[str, ...]]:
    """Return the rows of a SPARQL query over the merged graph, sorted; local names instead of our own IRIs."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(graph))
    found = store.query(PREFIX + query)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(_short(row[i]) for i in range(len(found.variables))) for row in found)


def _short(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value.removeprefix(DEFAULT_BASE).removeprefix(PREFIXES["un"])


def holds(graph: nx.MultiDiGraph[str], pattern: str) -> bool:
    return bool(ask(graph, f"SELECT (1 AS ?one) WHERE {{ {pattern} }} LIMIT 1"))


# ---------------------------------------------------------------- every syntax, everyone's parser


@pytest.mark.parametrize("name", SYNTAXES)
@pytest.mark.parametrize("graph", GRAPHS)
def test_pyoxigraph_reads_what_was_written(name: str, graph: str) -> None:
    data = export(name, GRAPHS[graph]())
    assert set(ox.parse(data, format=SYNTAXES[name][0])) == expected(name, GRAPHS[graph]())


@pytest.mark.parametrize("name", SYNTAXES)
@pytest.mark.parametrize("graph", GRAPHS)
def test_rdflib_reads_the_same_graph(name: str, graph: str) -> None:
    data = export(name, GRAPHS[graph]())
    lines = ox.serialize(expected(name, GRAPHS[graph]()), format=ox.RdfFormat.N_QUADS)
    read = rdflib.Dataset().parse(data=data, format=SYNTAXES[name][1])
    wanted = rdflib.Dataset().parse(data=lines, format="nquads")
    # a syntax without named graphs is read into a graph of rdflib's own naming
    names = {str(g.identifier) for g in wanted.graphs() if str(g.identifier).startswith(DEFAULT_BASE)}
    if name not in NAMED:
        assert not names
        assert isomorphic(_merged(read), _merged(wanted))
        return
    assert {str(g.identifier) for g in read.graphs() if str(g.identifier).startswith(DEFAULT_BASE)} == names
    assert isomorphic(read.default_graph, wanted.default_graph)
    assert all(isomorphic(read.graph(rdflib.URIRef(g)), wanted.graph(rdflib.URIRef(g))) for g in names)


def _merged(dataset: rdflib.Dataset) -> rdflib.Graph:
    merged = rdflib.Graph()
    for subject, predicate, value, _ in dataset.quads():
        merged.add((subject, predicate, value))
    return merged


@pytest.mark.jena
@pytest.mark.parametrize("name", SYNTAXES)
@pytest.mark.parametrize("graph", GRAPHS)
def test_jena_reads_the_same_graph_without_a_warning(name: str, graph: str, tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(export(name, GRAPHS[graph]()))
    assert riot(path, SYNTAXES[name][2]) == expected(name, GRAPHS[graph]())


@pytest.mark.jena
def test_jena_would_have_warned(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text(f'<{DEFAULT_BASE}x> <{PREFIXES["un"]}start> "2026-13-40"^^<{PREFIXES["xsd"]}date> .\n')
    with pytest.raises(AssertionError, match="2026-13-40"):
        riot(path, "ntriples")


def test_no_blank_nodes_and_each_triple_once() -> None:
    found = list(quads(sample()))
    assert not any(isinstance(term, ox.BlankNode) for quad in found for term in (quad.subject, quad.object))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("graph", GRAPHS)
def test_ntriples_are_lines_in_sorted_order(graph: str) -> None:
    lines = export("ntriples", GRAPHS[graph]()).splitlines()
    assert lines == sorted(lines)


@given(st.text(min_size=1, max_size=8).map(lambda text: AWKWARD[:4] + text))
def test_any_text_comes_back(text: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("entity-1", key="entity-1", type="Person", name=text)
    for name, (syntax, _, _) in SYNTAXES.items():
        labels = {
            quad.object.value
            for quad in ox.parse(export(name, graph), format=syntax)
            if isinstance(quad.object, ox.Literal)
        }
        assert labels == {xml_text(text) if name == "rdfxml" else text}


def test_xml_replaces_only_what_it_cannot_hold() -> None:
    assert xml_text("\x00\x08\x0b\x1f\ufffe\uffff") == "\ufffd" * 6
    assert xml_text("\t\n\r \x7f\x85\u2028\ufffd🎉") == "\t\n\r \x7f\x85\u2028\ufffd🎉"


# ---------------------------------------------------------------- IRIs


def test_base_is_what_iris_start_with() -> None:
    base = "https://example.org/kg/"
    subjects = {triple.subject.value for triple in triples(sample(), base=base) if hasattr(triple.subject, "value")}
    assert all(subject.startswith(base) for subject in subjects)
    assert set(ox.parse(export("turtle", sample(), base), format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    "base", ["union/", "https://example.org/a b/", "https://example.org/id", "https://example.org/#/", ""]
)
@pytest.mark.parametrize("name", ["turtle", "nquads"])
def test_a_base_that_cannot_be_one_is_refused(base: str, name: str) -> None:
    with pytest.raises(InputError, match=r"no IRI to start others with|let it end with / and have no #"):
        export(name, sample(), base)


@pytest.mark.jena
def test_any_id_makes_a_sound_iri(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    ids = ["东河区/总工会", "a b", "e\u0301", "<x>", "100%", "?q#f", "🎉"]
    for key in ids:
        graph.add_node(key, key=key, type="Person", name=key)
    path = tmp_path / "data"
    path.write_bytes(export("turtle", graph))
    assert len({quad.subject for quad in riot(path, "turtle")}) == len(ids)


def test_iris_are_composed_and_escaped() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("e\u0301/x", key="e\u0301/x", type="Person", name="x")
    escaped = unicodedata.normalize("NFC", "e\u0301").encode().hex("%").upper()
    assert {str(triple.subject) for triple in triples(graph)} == {f"<{DEFAULT_BASE}%{escaped}%2Fx>"}


def test_iris_stay_what_they_are() -> None:
    """Whoever changes one of these breaks links that others have made."""
    fact = next(d["key"] for *_, d in sample().edges(data=True) if d["predicate"] == "hasRole")
    person, first, second = node_id("person"), node_id("article"), node_id("second")
    query = f"""SELECT ?e ?p ?q {{
        <{DEFAULT_BASE}{person}#{fact}> un:evidence ?e . ?e oa:hasTarget ?p . ?p oa:hasSelector ?q }}"""
    assert ask(sample(), query) == [
        (f"{article}#{statement}", f"{article}#char={span}", f"{article}#{selector}={span}")
        for article, statement, span in sorted(
            (
                (first, "statement-4c34458b75289b81ca6c405d", "41,60"),
                (second, "statement-be0eb8c028ce42efba75a22e", "0,12"),
            )
        )
        for selector in ("position", "quote")
    ]


@pytest.mark.parametrize("graph", GRAPHS)
def test_every_iri_of_ours_is_a_document_or_a_part_of_one(graph: str) -> None:
    """So that whoever follows one finds a page: facts on that of their subject, evidence on that of its article."""
    documents = {quote(key, safe="") for key in GRAPHS[graph]()}
    former = {old for _, data in GRAPHS[graph]().nodes(data=True) for old in data.get("formerKeys", ())}
    documents |= {quote(key, safe="") for key in former} | {"districts"}
    found = set()
    for triple in triples(GRAPHS[graph]()):
        found |= {t.value for t in (triple.subject, triple.object) if isinstance(t, ox.NamedNode)}
    ours = {iri.removeprefix(DEFAULT_BASE).partition("#")[0] for iri in found if iri.startswith(DEFAULT_BASE)}
    assert {name for name in ours if not name.startswith(("role/", "rule/"))} == documents
    assert {name for name in ours if name.startswith("role/")} <= {f"role/{quote(t)}" for t in _titles(graph)}


def _titles(graph: str) -> set[str]:
    return {data["title"] for *_, data in GRAPHS[graph]().edges(data=True) if "title" in data}


def test_a_former_key_leads_to_the_node_that_took_its_place() -> None:
    former, node = sample().nodes[node_id("enterprise")]["formerKeys"], node_id("enterprise")
    rows = ask(
        sample(), "SELECT ?old ?p ?new { ?new a un:Enterprise . ?old ?p ?new . FILTER(?p = dcterms:isReplacedBy) }"
    )
    assert [(old, new) for old, _, new in rows] == [(quote(key, safe=""), node) for key in former[::-1]]
    assert former == ["entity-retired", "entity/早先的"]
    # nothing else is said of what is retired, no literal repeats it, and no article is made to say it
    found = list(quads(sample()))
    retired = {f"{DEFAULT_BASE}{quote(key, safe='')}" for key in former}
    about = [quad for quad in found if {str(quad.subject)[1:-1], str(quad.object)[1:-1]} & retired]
    assert [(quad.predicate.value, quad.graph_name) for quad in about] == [
        ("http://purl.org/dc/terms/isReplacedBy", ox.DefaultGraph())
    ] * 2
    assert not any(isinstance(quad.object, ox.Literal) and quad.object.value in former for quad in found)


# ---------------------------------------------------------------- what is said


def test_a_name_is_a_label_in_chinese() -> None:
    query = """SELECT ?l ?p ?a (LANG(?l) AS ?lang) {
        ?x a un:Enterprise ; rdfs:label ?l ; skos:prefLabel ?p ; skos:altLabel ?a }"""
    name = "江州曙光机械有限公司"
    assert ask(sample(), query) == [(name, name, alias, "zh") for alias in ("曙光公司", "曙光机械")]


@pytest.mark.parametrize("name", SYNTAXES)
@pytest.mark.parametrize(
    ("own", "aliases"), [("总工会", ["总工会", "工会"]), ("工\x01会", ["工\x01会", "工\x02会", "工会"])]
)
def test_no_alias_is_the_name(name: str, own: str, aliases: list[str]) -> None:
    """SKOS S13; two names that XML cannot hold may come to look alike."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("entity-1", key="entity-1", type="TradeUnion", name=own, aliases=aliases)
    said: dict[str, set[str]] = {"prefLabel": set(), "altLabel": set()}
    for quad in ox.parse(export(name, graph), format=SYNTAXES[name][0]):
        assert isinstance(quad.object, ox.Literal | ox.NamedNode)
        said.setdefault(quad.predicate.value.rpartition("#")[2], set()).add(quad.object.value)
    clean = xml_text if name == "rdfxml" else str
    assert said["prefLabel"] == {clean(own)}
    assert said["altLabel"] == {clean(alias) for alias in aliases} - {clean(own)}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("un:TradeUnion", "schema:WorkersUnion"),
        ("un:TradeUnion", "org:FormalOrganization"),
        ("un:Activity", "schema:Event"),
        ("un:Article", "schema:NewsArticle"),
        ("un:Person", "foaf:Person"),
    ],
)
def test_classes_of_others_stand_beside_ours(ours: str, theirs: str) -> None:
    assert holds(sample(), f"?x a {ours} , {theirs}")
    assert not holds(sample(), f"?x a {ours} FILTER NOT EXISTS {{ ?x a {theirs} }}")


def test_relations_of_others_stand_beside_ours() -> None:
    assert holds(sample(), "?x un:heldAt ?y ; schema:location ?y")
    assert not holds(sample(), "?x un:mentions ?y FILTER NOT EXISTS { ?x schema:mentions ?y }")


@pytest.mark.parametrize(
    ("activity", "start", "end"),
    [
        ("activity", '"2025-03-01"^^xsd:date', '"2025-03-02"^^xsd:date'),
        ("month", '"2025-06"^^xsd:gYearMonth', None),
        ("year", '"2026"^^xsd:gYear', None),
        ("training", None, None),  # vague: its interval is ours, not the paper's
    ],
)
def test_calendars_get_dates_as_exact_as_the_text(activity: str, start: str | None, end: str | None) -> None:
    node = f"id:{node_id(activity)}"
    for term, value in (("schema:startDate", start), ("schema:endDate", end)):
        assert holds(sample(), f"{node} {term} ?any") == (value is not None)
        assert value is None or holds(sample(), f"{node} {term} {value}")
    assert holds(sample(), f"{node} un:start ?start ; un:end ?end FILTER(DATATYPE(?start) = xsd:date)")


def test_an_issue_date_may_be_a_month() -> None:
    assert holds(
        sample(), f'id:{node_id("second")} un:issueDate "2025-03"^^xsd:gYearMonth ; schema:datePublished ?same'
    )


def test_a_path_on_a_disk_is_not_published() -> None:
    assert ask(sample(), "SELECT ?p ?s { ?p un:source ?s }") == [
        (node_id("page"), "https://example.org/pages/版面%201.md"),
    ]
    assert b"papers/local.md" not in export("nquads", sample())


def test_the_workspace_is_not_published() -> None:
    assert b'"sample"' not in export("nquads", sample())


@pytest.mark.parametrize(
    ("subject", "relation", "target", "status", "direct"),
    [
        ("union", "organizes", "activity", "happened", True),
        ("union", "organizes", "training", "planned", False),
        ("office", "organizes", "month", "reported", False),
        ("enterprise", "participatesIn", "year", "denied", False),
    ],
)
def test_only_what_happened_is_a_plain_triple(
    subject: str, relation: str, target: str, status: str, direct: bool
) -> None:
    ends = f"id:{node_id(subject)}", f"id:{node_id(target)}"
    fact = (
        f'?f a un:Fact ; un:subject {ends[0]} ; un:predicate un:{relation} ; un:object {ends[1]} ; un:status "{status}"'
    )
    assert holds(sample(), fact)
    assert holds(sample(), f"{ends[0]} un:{relation} {ends[1]}") == direct


def test_only_a_stated_hierarchy_is_a_plain_triple() -> None:
    assert holds(sample(), "?f un:predicate un:subordinateTo ; un:inferred true ; un:status 'happened'")
    assert not holds(sample(), "?x un:subordinateTo ?y")
    assert holds(sample_graph(), "?x un:subordinateTo ?y ; org:subOrganizationOf ?y")
    assert holds(sample(), "?f un:inferred true ; un:subject ?x ; un:object ?y . ?x un:locatedIn ?y")


def test_a_fact_carries_its_qualifiers_sources_and_confidence() -> None:
    query = """SELECT ?t ?seen ?n ?c {
        ?f un:predicate un:hasRole ; un:title ?t ; un:seen ?seen ; un:sources ?n ; un:confidence ?c }"""
    assert ask(sample(), query) == [("主席", "2025-03", "2", "0.99"), ("主席", "2025-03-03", "2", "0.99")]


def test_confidence_is_an_exact_decimal() -> None:
    values = {
        str(triple.object) for triple in triples(sample()) if triple.predicate.value == f"{PREFIXES['un']}confidence"
    }
    assert {f'"{value}"^^<{PREFIXES["xsd"]}decimal>' for value in ("0.000001", "0.95", "1.0")} <= values


def test_evidence_leads_to_quote_offsets_and_lines() -> None:
    query = """SELECT ?rule ?exact ?start ?end ?lines ?article ?derived {
        ?f un:predicate un:quotedIn ; un:evidence ?a ; prov:wasDerivedFrom ?derived .
        ?a a oa:Annotation ; oa:hasBody ?f ; un:rule ?rule ; oa:hasTarget ?p .
        ?p a oa:SpecificResource ; oa:hasSource ?article ; un:lines ?lines ; oa:hasSelector ?q , ?o .
        ?q a oa:TextQuoteSelector ; oa:exact ?exact .
        ?o a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end }"""
    article = node_id("article")
    assert ask(sample(), query) == [("rule/said", f"第71至99字：{AWKWARD}", "71", "99", "2-9", article, article)]


def test_statements_keep_their_ids_and_say_why_an_end_is_missing() -> None:
    graph = sample()
    data = next(data for *_, data in graph.edges(data=True) if data["predicate"] == "reportedBy")
    data.update(statements=["s-1"], whys=["byline"], ranges=["10-12,15-16"])
    query = """SELECT ?a ?why ?ranges {
        ?f un:predicate un:reportedBy ; un:evidence ?a . ?a un:why ?why ; oa:hasTarget/un:pageRanges ?ranges }"""
    assert ask(graph, query) == [(f"{node_id('article')}#s-1", "byline", "10-12,15-16")]


def test_a_rule_is_a_plan_with_its_name() -> None:
    names = {rule for *_, data in sample().edges(data=True) for rule in data["rules"]}
    assert ask(sample(), "SELECT ?r ?l { ?r a prov:Plan ; rdfs:label ?l }") == sorted((f"rule/{n}", n) for n in names)


def test_an_article_says_the_hash_of_the_text_that_offsets_point_into(tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(pages(8), space, workers=1)
    stream = io.BytesIO()
    get_exporter("ntriples").write(flow(space), stream)
    store = ox.Store()
    store.load(stream.getvalue(), format=ox.RdfFormat.N_TRIPLES)
    texts = {article.key: article.text for article in Workspace.open(space).articles()}
    rows = store.query(
        PREFIX
        + """SELECT ?a ?hash ?start ?end ?exact { ?a un:textSha256 ?hash . ?p oa:hasSource ?a ;
            oa:hasSelector [ oa:start ?start ; oa:end ?end ] , [ oa:exact ?exact ] }"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    seen = 0
    for row in rows:
        text = texts[row["a"].value.removeprefix(DEFAULT_BASE)]
        assert hashlib.sha256(text.encode()).hexdigest() == row["hash"].value
        assert text[int(row["start"].value) : int(row["end"].value)] == row["exact"].value
        seen += 1
    assert seen > 100


def test_two_statements_of_one_rule_from_one_passage_are_one_annotation() -> None:
    query = """SELECT ?s ?c {
        ?f un:predicate un:hasRole ; un:evidence ?a . ?a un:confidence ?c ; oa:hasTarget/oa:hasSource ?s }"""
    assert ask(sample(), query) == sorted([(node_id("article"), "0.99"), (node_id("second"), "0.9")])


def test_the_words_of_an_article_are_not_published_beyond_its_quotes() -> None:
    digests = {PREFIXES["un"] + name for name in ("sha256", "textSha256")}
    said = [triple for triple in triples(sample_graph()) if triple.predicate.value not in digests]
    texts = {triple.object.value for triple in said if isinstance(triple.object, ox.Literal)}
    quotes = {quote for *_, data in sample_graph().edges(data=True) for quote in data["quotes"]}
    names = {name for _, data in sample_graph().nodes(data=True) for name in (data["name"], *data.get("aliases", ()))}
    assert max(map(len, texts)) <= max(map(len, quotes | names))


# ---------------------------------------------------------------- words of others


def test_a_post_is_a_membership_in_whose_time_the_days_lie_on_which_it_was_seen() -> None:
    query = """SELECT ?who ?where ?title ?first ?last {
        ?m a org:Membership ; org:member ?who ; org:organization ?where ;
           org:role [ a org:Role ; skos:prefLabel ?title ] ; org:memberDuring ?time .
        ?time a time:Interval ; time:inside [ a time:Instant ; time:inXSDgYearMonth ?first ] ,
            [ a time:Instant ; time:inXSDDate ?last ] }"""
    assert ask(sample(), query) == [(node_id("person"), node_id("union"), "主席", "2025-03", "2025-03-03")]
    assert holds(sample(), f"?m a org:Membership ; org:role <{DEFAULT_BASE}role/%E4%B8%BB%E5%B8%AD>")


@pytest.mark.parametrize("graph", GRAPHS)
def test_nobody_says_when_a_post_began_or_ended(graph: str) -> None:
    """To be seen in print on a day is to be held on that day; a post that was seen once has one instant."""
    assert not holds(GRAPHS[graph](), "?time time:hasBeginning|time:hasEnd ?any")
    held = {
        data["key"]: {min(data["seen"]), max(data["seen"])}
        for *_, data in GRAPHS[graph]().edges(data=True)
        if data["predicate"] == "hasRole" and data["status"] == "happened"
    }
    assert held
    assert {len(days) for days in held.values()} == ({2} if graph == "awkward" else {1, 2})
    rows = ask(
        GRAPHS[graph](),
        """SELECT ?fact ?i ?day { ?m a org:Membership ; prov:wasDerivedFrom ?fact ; org:memberDuring/time:inside ?i .
            ?i ?in ?day FILTER(?in IN (time:inXSDDate, time:inXSDgYearMonth, time:inXSDgYear)) }""",
    )
    assert sorted((fact.partition("#")[2], day) for fact, _, day in rows) == sorted(
        (key, day) for key, days in held.items() for day in days
    )
    assert all(instant.startswith(f"{fact}-post-") for fact, instant, _ in rows)


@pytest.mark.parametrize(
    ("target", "status", "expected"),
    [
        ("union", "happened", True),
        ("venue", "happened", False),
        ("district", "happened", False),
        ("union", "denied", False),
    ],
)
def test_a_membership_is_of_a_body_and_was_held(target: str, status: str, expected: bool) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in ("person", target):
        graph.add_node(
            node_id(name), **{k: v for k, v in sample().nodes[node_id(name)].items() if k in ("type", "name")}
        )
    data = {
        "key": "fact-1",
        "type": "HAS_ROLE",
        "predicate": "hasRole",
        "status": status,
        "confidence": 1.0,
        "sources": 1,
    }
    graph.add_edge(node_id("person"), node_id(target), "fact-1")
    graph.edges[node_id("person"), node_id(target), "fact-1"].update(data, title="主任")
    assert holds(graph, "?m a org:Membership") == expected
    assert holds(graph, "?f a un:Fact ; un:title '主任'")


def test_of_nodes_only_those_are_held_on_which_edges_depend() -> None:
    """Millions of activities flow by: what is kept in memory of nodes grows with districts and venues only."""
    describer = Describer(Terms(DEFAULT_BASE))
    kinds = {}
    for key, data in sample().nodes(data=True):
        kinds[key] = data["type"]
        list(describer.node(key, data))
    assert set(kinds.values()) == set(ontology.classes)
    held = {key for value in vars(describer).values() if isinstance(value, set | dict) for key in value if key in kinds}
    assert {kinds[key] for key in held} == {"District", "Venue"}


def test_who_organises_and_takes_part_stands_on_the_event() -> None:
    query = "SELECT ?who ?p { ?a a schema:Event . ?a ?p ?who FILTER(?p IN (schema:organizer, schema:participant)) }"
    of = [("union", "organizer"), ("enterprise", "organizer"), ("person", "participant")]
    assert ask(sample(), query) == sorted((node_id(who), f"https://schema.org/{what}") for who, what in of)


def test_districts_are_concepts_with_codes_and_what_is_broader() -> None:
    query = """SELECT ?d ?code ?broader {
        ?d a skos:Concept ; skos:inScheme ?s ; skos:notation ?code . ?s a skos:ConceptScheme
        OPTIONAL { ?d skos:broader ?up } BIND(COALESCE(?up, "none") AS ?broader) }"""
    city, district = node_id("city"), node_id("district")
    assert ask(sample(), query) == sorted([(city, "9901", "none"), (district, "990102", city)])
    assert holds(sample(), f'id:{district} un:code "990102" ; skos:notation "990102"^^un:GBT2260')
    assert not holds(sample(), "?d skos:notation ?n FILTER(DATATYPE(?n) != un:GBT2260)")
    assert holds(sample(), f"id:{district} skos:inScheme id:districts")
    assert not holds(sample(), f"id:{node_id('enterprise')} skos:broader ?any")


@pytest.mark.parametrize(
    ("activity", "value"),
    [
        ("activity", "2025-03-01/2025-03-02"),
        ("month", "2025-06"),
        ("year", "2026"),
        ("training", "[2025-02-22..2025-03-01]"),  # 近日: one of these days
    ],
)
def test_when_it_took_place_in_edtf(activity: str, value: str) -> None:
    assert holds(sample(), f'id:{node_id(activity)} dcterms:date "{value}"^^<{EDTF}>')


@pytest.mark.parametrize(
    ("start", "end", "precision", "vague", "expected"),
    [
        ("2025-03-01", "2025-03-01", "day", False, "2025-03-01"),
        ("2025-03-01", "2025-03-01", "day", True, "2025-03-01~"),
        ("2025-03-01", "2025-05-31", "month", False, "2025-03/2025-05"),
        ("2025-01-01", "2026-12-31", "year", False, "2025/2026"),
        ("2025-03-01", "2025-03-07", "interval", False, "2025-03-01/2025-03-07"),
    ],
)
def test_edtf_is_as_exact_as_the_text(start: str, end: str, precision: str, vague: bool, expected: str) -> None:
    assert edtf(start, end, precision, vague) == expected


# ---------------------------------------------------------------- streams


@pytest.mark.parametrize("name", SYNTAXES)
def test_a_workspace_streams_into_the_bytes_of_its_graph(name: str, tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(pages(8), space, workers=1)
    streamed = io.BytesIO()
    get_exporter(name).write(flow(space), streamed)
    assert streamed.getvalue() == export(name, read_graph(space))


def test_texts_are_published_where_that_is_asked_for(tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(pages(8), space, workers=1)
    found = {}
    for quad in triples(flow(space, texts=True)):
        if quad.predicate.value == "https://schema.org/articleBody":
            assert isinstance(quad.subject, ox.NamedNode)
            assert isinstance(quad.object, ox.Literal)
            found[quad.subject.value.removeprefix(DEFAULT_BASE)] = quad.object.value
    assert found == {article.key: article.text for article in Workspace.open(space).articles()}
    assert set(triples(flow(space))) < set(triples(flow(space, texts=True)))
    assert not any("articleBody" in str(triple) for triple in triples(flow(space)))


def test_what_does_not_fit_into_memory_is_sorted_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {name: export(name, sample_graph()) for name in SYNTAXES}
    monkeypatch.setattr(Sorter.__init__, "__kwdefaults__", {"limit": 2000})
    assert {name: export(name, sample_graph()) for name in SYNTAXES} == wanted


# ---------------------------------------------------------------- named graphs


def test_each_article_has_a_graph_of_what_it_says() -> None:
    found = {quad.graph_name for quad in quads(sample()) if isinstance(quad.graph_name, ox.NamedNode)}
    names = sorted(node_id(article) for article in ("article", "second"))
    assert sorted(str(name) for name in found) == [f"<{DEFAULT_BASE}{name}#graph>" for name in names]


def test_the_default_graph_holds_all_that_articles_say() -> None:
    everything = list(quads(sample()))
    default = {quad.triple for quad in everything if isinstance(quad.graph_name, ox.DefaultGraph)}
    assert default == set(triples(sample()))
    assert {quad.triple for quad in everything} == default


def test_a_graph_holds_only_its_own_evidence() -> None:
    store = ox.Store()
    store.extend(quads(sample()))
    rows = store.query(
        PREFIX
        + "SELECT ?g ?article { GRAPH ?g { { ?p oa:hasSource ?article } UNION { ?f prov:wasDerivedFrom ?article } } }"
    )
    assert isinstance(rows, ox.QuerySolutions)
    assert all(row["g"].value == f"{row['article'].value}#graph" for row in rows)


def test_a_graph_says_nothing_of_other_articles_together() -> None:
    """Confidence and number of sources of a fact are over all articles: only the merged graph knows them."""
    store = ox.Store()
    store.extend(quads(sample()))
    rows = store.query(PREFIX + "SELECT ?f { GRAPH ?g { ?f a un:Fact ; un:sources|un:confidence ?x } }")
    assert isinstance(rows, ox.QuerySolutions)
    assert list(rows) == []


# ---------------------------------------------------------------- what is not understood makes a noise


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ({"colour": "red"}, "the ontology gives Activity no attribute 'colour'"),
        ({"code": "110102"}, "the ontology gives Activity no attribute 'code'"),
        ({"start": "3月1日"}, "start cannot be '3月1日'"),
        ({"start": "2025-02-30"}, "start cannot be '2025-02-30'"),
        ({"countMin": "百"}, "countMin cannot be '百'"),
        ({"vague": "perhaps"}, "vague cannot be 'perhaps'"),
        ({"series": ["一", "二"]}, "series has one value only"),
        ({"type": "Union"}, "no class 'Union'"),
    ],
)
def test_a_node_against_the_ontology_is_refused(attributes: dict[str, object], message: str) -> None:
    graph = sample()
    graph.nodes[node_id("month")].update(attributes)
    with pytest.raises(OntologyError, match=message):
        export("ntriples", graph)


@pytest.mark.parametrize(
    ("attributes", "error", "message"),
    [
        ({"predicate": "organises"}, OntologyError, "no relation 'organises'"),
        ({"honour": "奖章"}, OntologyError, "no qualifier 'honour'; allowed: quote"),
        ({"confidence": float("nan")}, OntologyError, "confidence cannot be nan"),
        ({"quotes": []}, InputError, "lists of evidence differ in length"),
    ],
)
def test_an_edge_against_the_ontology_is_refused(
    attributes: dict[str, object], error: type[Exception], message: str
) -> None:
    graph = sample()
    next(data for *_, data in graph.edges(data=True) if data["predicate"] == "quotedIn").update(attributes)
    with pytest.raises(error, match=message):
        export("ntriples", graph)


def test_empty_attributes_are_left_out() -> None:
    graph = sample()
    graph.nodes[node_id("month")].update({"series": "", "aliases": []})
    assert set(triples(graph)) == set(triples(sample()))
