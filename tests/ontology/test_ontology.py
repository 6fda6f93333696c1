"""The ontology says what DESIGN's table says, in both languages, and contradicts itself nowhere."""

from __future__ import annotations

import re
import unicodedata

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic, to_isomorphic
from rdflib.namespace import ORG, OWL, RDF, RDFS, SDO, SKOS

from kg.errors import KGError, OntologyError, UnknownName
from ontology import NAMESPACE, Ontology, ontology, resource
from tests.jena import jena

CLASSES = ["TradeUnion", "Enterprise", "District", "Activity", "Person"]
CLASSES += ["Venue", "Product", "Organization", "Article", "Page"]

# relation, Neo4j type, from, to, qualifiers
TABLE = """
organizes       ORGANIZES        TradeUnion,Enterprise,Organization         Activity                    role
participatesIn  PARTICIPATES_IN  Person,TradeUnion,Enterprise,Organization  Activity                    -
heldAt          HELD_AT          Activity                                   Venue,Enterprise            -
heldIn          HELD_IN          Activity                                   District                    -
unionOf         UNION_OF         TradeUnion  Enterprise,District,Organization,Venue                     inferred
subordinateTo   SUBORDINATE_TO   TradeUnion                                 TradeUnion                  inferred
locatedIn       LOCATED_IN       TradeUnion,Enterprise,Venue,District,Organization  District            inferred
hasRole         HAS_ROLE         Person      TradeUnion,Enterprise,Organization,Venue,District          seen,title
quotedIn        QUOTED_IN        Person                                     Article                     quote
provides        PROVIDES         TradeUnion,Enterprise,Organization,Venue   Product                     -
awards          AWARDS           TradeUnion,Enterprise,Organization,Activity  TradeUnion,Enterprise,Person  honour
supports        SUPPORTS         District,TradeUnion,Enterprise             District,TradeUnion,Enterprise  -
reportedBy      REPORTED_BY      Article                                    Person                      role
mentions        MENTIONS         Article                                    *                           -
onPage          ON_PAGE          Article                                    Page                        -
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]

DECLARED = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology)
DECLARED_TOO = (OWL.NamedIndividual, RDFS.Datatype)


@pytest.fixture(scope="module")
def turtle() -> str:
    return resource("union-news.ttl").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def graph(turtle: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=turtle, format="turtle")


def own_terms(graph: rdflib.Graph) -> list[rdflib.URIRef]:
    return sorted({s for s in graph.subjects() if isinstance(s, rdflib.URIRef) and s.startswith(NAMESPACE)})


def test_classes_are_the_ten() -> None:
    assert list(ontology.classes) == sorted(CLASSES)


@pytest.mark.parametrize(("name", "neo4j", "domain", "target", "qualifiers"), ROWS, ids=[row[0] for row in ROWS])
def test_relation_is_as_in_the_table(name: str, neo4j: str, domain: str, target: str, qualifiers: str) -> None:
    relation = ontology.relations[name]
    assert relation.neo4j == neo4j
    assert relation.domain == set(domain.split(","))
    assert relation.range == set(CLASSES if target == "*" else target.split(","))
    assert ",".join(relation.qualifiers) == qualifiers.strip("-")


def test_no_relation_but_those_of_the_table() -> None:
    assert list(ontology.relations) == sorted(row[0] for row in ROWS)


@pytest.mark.parametrize("name", sorted(ontology.relations))
def test_neo4j_type_is_the_name_in_capitals(name: str) -> None:
    assert ontology.relations[name].neo4j == re.sub(r"(?=[A-Z])", "_", name).upper()
    assert ontology.neo4j_types[ontology.relations[name].neo4j] is ontology.relations[name]


def test_every_relation_has_one_inverse_and_what_stands_above_it_is_true_the_other_way_round(
    graph: rdflib.Graph,
) -> None:
    inverses = [relation.inverse for relation in ontology.relations.values()]
    assert all(inverses)
    assert len(set(inverses)) == len(inverses)
    assert len(list(graph.triples((None, OWL.inverseOf, None)))) == len(inverses)
    assert {
        name: relation.inverse_mapped for name, relation in ontology.relations.items() if relation.inverse_mapped
    } == {
        "onPage": (str(SDO.hasPart),),
        "organizes": (str(SDO.organizer),),
        "participatesIn": (str(SDO.participant),),
        "subordinateTo": (str(ORG.hasSubOrganization),),
    }


def test_no_blank_nodes(graph: rdflib.Graph) -> None:
    assert not any(isinstance(node, rdflib.BNode) for triple in graph for node in triple)


def test_versions_follow_each_other(graph: rdflib.Graph) -> None:
    document = rdflib.URIRef(NAMESPACE.removesuffix("#"))
    version = ontology.version
    assert graph.value(document, OWL.versionIRI) == rdflib.URIRef(f"{document}/{version}")
    before = str(graph.value(document, OWL.priorVersion)).removeprefix(f"{document}/")
    assert [int(part) for part in before.split(".")] < [int(part) for part in version.split(".")]


def test_qualifiers_are_properties_of_facts() -> None:
    used = {qualifier for relation in ontology.relations.values() for qualifier in relation.qualifiers}
    assert all("Fact" in ontology.properties[name].domain for name in used)


def test_attributes_have_one_property_each() -> None:
    assert len(ontology.attributes) == len(ontology.properties)
    assert {"name", "aliases", "dateText", "countText"} <= ontology.attributes.keys()


def test_every_term_has_label_and_definition_in_both_languages(graph: rdflib.Graph) -> None:
    for term in own_terms(graph):
        for predicate in (RDFS.label, SKOS.definition):
            texts = [value for value in graph.objects(term, predicate) if isinstance(value, rdflib.Literal)]
            assert sorted(str(text.language) for text in texts) == ["en", "zh"], (term, predicate)
            assert all(text.strip() == str(text) for text in texts)


def test_labels_tell_terms_of_a_kind_apart(graph: rdflib.Graph) -> None:
    for kind in (OWL.Class, OWL.ObjectProperty):
        for language in ("zh", "en"):
            labels = [
                str(label)
                for term in own_terms(graph)
                if (term, RDF.type, kind) in graph
                for label in graph.objects(term, RDFS.label)
                if getattr(label, "language", "") == language
            ]
            assert len(labels) == len(set(labels))


def test_every_term_is_declared_once_and_used_terms_of_others_too(graph: rdflib.Graph, turtle: str) -> None:
    subjects = re.findall(r"^(\S+:\S+) a ", turtle, re.MULTILINE)
    assert len(subjects) == len(set(subjects))
    builtin = (str(RDF), str(RDFS), str(OWL), "http://www.w3.org/2001/XMLSchema#")
    used = {node for triple in graph for node in triple if isinstance(node, rdflib.URIRef) and "#" in node}
    used |= {node for node in graph.predicates() if isinstance(node, rdflib.URIRef)}
    for term in used:
        if str(term).startswith(builtin):
            continue
        if (None, RDFS.seeAlso, term) in graph:  # may name what is not taken over
            continue
        assert any((term, RDF.type, kind) in graph for kind in DECLARED + DECLARED_TOO), term


def test_annotation_properties_have_no_logical_range(graph: rdflib.Graph) -> None:
    """OWL 2 DL: what is an annotation property is nothing else, and has no rdfs:range to reason with."""
    for term in graph.subjects(RDF.type, OWL.AnnotationProperty):
        assert set(graph.objects(term, RDF.type)) == {OWL.AnnotationProperty}
        assert (term, RDFS.range, None) not in graph


def test_a_reasoner_intersects_no_domains(graph: rdflib.Graph) -> None:
    for name, relation in ontology.relations.items():
        term = rdflib.URIRef(NAMESPACE + name)
        for predicate, classes in ((RDFS.domain, relation.domain), (RDFS.range, relation.range)):
            stated = {str(value).removeprefix(NAMESPACE) for value in graph.objects(term, predicate)}
            sound = {"Entity"} if classes == set(CLASSES) else classes if len(classes) == 1 else set()
            assert stated <= sound, (name, predicate)


def test_file_is_tidy(turtle: str) -> None:
    assert unicodedata.is_normalized("NFC", turtle)
    assert not set("\t\r") & set(turtle)
    assert turtle.endswith(".\n")
    assert not re.search(r"[ ]+$", turtle, re.MULTILINE)


def test_rdflib_and_pyoxigraph_read_the_same(graph: rdflib.Graph, turtle: str) -> None:
    triples = ox.serialize(ox.parse(turtle, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES)
    assert isomorphic(graph, rdflib.Graph().parse(data=triples, format="nt"))


@pytest.mark.jena
@pytest.mark.parametrize("name", ["union-news.ttl", "shapes.ttl"])
def test_jena_reads_the_same_without_a_warning(name: str) -> None:
    run = jena("riotcmd.riot", "--check", "--strict", "--output=ntriples", str(resource(name)))
    assert (run.returncode, run.stderr.decode()) == (0, "")
    read = rdflib.Graph().parse(data=run.stdout, format="nt")
    assert to_isomorphic(read) == to_isomorphic(rdflib.Graph().parse(data=resource(name).read_bytes(), format="turtle"))


@pytest.mark.parametrize(
    ("subject", "predicate", "target"),
    [("TradeUnion", "organizes", "Activity"), ("Article", "mentions", "Page"), ("Activity", "date", None)],
)
def test_allowed_triples_pass(subject: str, predicate: str, target: str | None) -> None:
    ontology.check_triple(subject, predicate, target)


@pytest.mark.parametrize(
    ("subject", "predicate", "target", "message"),
    [
        ("Person", "organizes", "Activity", "a Person cannot be its subject; allowed: Enterprise, Organization"),
        ("TradeUnion", "organizes", "Venue", "a Venue cannot be its object; allowed: Activity"),
        ("TradeUnion", "organizes", None, "a literal cannot be its object"),
        ("Person", "date", None, "a Person cannot have it; allowed: Activity"),
        ("Activity", "date", "Activity", "its value is a literal"),
        ("Activity", "organises", "Activity", "no relation or property"),
    ],
)
def test_forbidden_triples_raise(subject: str, predicate: str, target: str | None, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        ontology.check_triple(subject, predicate, target)


def test_forbidden_qualifier_raises() -> None:
    ontology.check_qualifiers("hasRole", {"title": "主席"})
    with pytest.raises(OntologyError, match="no qualifier 'honour'; allowed: seen, title"):
        ontology.check_qualifiers("hasRole", {"honour": "五一劳动奖章"})


def test_unknown_resource_names_what_is_missing() -> None:
    with pytest.raises(UnknownName, match=r"no file of the ontology called 'lexicon/nothing\.tsv'"):
        resource("lexicon/nothing.tsv")


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        (b"un:x a", "is not Turtle"),
        (f"<{NAMESPACE}X> a <{OWL.Class}> ; <{RDFS.subClassOf}> <{NAMESPACE}Entity> .".encode(), "no label in zh"),
    ],
)
def test_a_broken_ontology_says_so(turtle: bytes, message: str) -> None:
    with pytest.raises(KGError, match=message):
        list(Ontology(turtle).classes)
