"""What reasoners say: the ontology is OWL 2 DL and consistent, and what contradicts it is found (HermiT, owlrl)."""

from __future__ import annotations

from collections.abc import Callable

import owlrl
import pytest
import rdflib
from rdflib.namespace import SKOS

from ontology import NAMESPACE, ontology, resource
from tests.robot import hermit, out_of_profile

PREFIXES = f"""
@prefix un: <{NAMESPACE}> .
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
SOUND = """
ex:x a un:Activity ; un:heldIn ex:y . ex:y a un:District ; un:locatedIn ex:z . ex:u un:organizes ex:x .
ex:f a un:Fact ; un:subject ex:u ; un:predicate un:organizes ; un:object ex:x ; un:status "happened" .
"""
CONTRADICTORY = {
    "one thing of two disjoint classes": "ex:x a un:Person , un:TradeUnion .",
    "a firm that is a person": "ex:x a un:Enterprise , un:Person .",
    "a domain against a class": "ex:x a un:Person ; un:heldIn ex:y .",
    "a range by the inverse": "ex:x a un:Venue . ex:x un:reporterOf ex:a .",
    "a fact that is an entity": "ex:x a un:Page . ex:f un:subject ex:x . ex:x un:status 'happened' .",
    "a fact about two things": "ex:f un:subject ex:x , ex:y . ex:x owl:differentFrom ex:y .",
    "an article on two pages": "ex:a un:onPage ex:x , ex:y . ex:x owl:differentFrom ex:y .",
}
UNSATISFIABLE = {
    "a class below two disjoint ones": "ex:Both a owl:Class ; rdfs:subClassOf un:Venue , un:Person .",
    "a class without a possible value": """ex:Odd a owl:Class ; rdfs:subClassOf un:Article ,
        [ a owl:Restriction ; owl:onProperty un:onPage ; owl:someValuesFrom un:Venue ] .""",
}
NOT_DL = {
    "a property of things and of values": "un:heldIn a owl:DatatypeProperty .",
    "a term that is not declared": "ex:x ex:undeclared ex:y .",
    "a word of OWL that there is not": "ex:x a owl:Klass .",
}


def with_ontology(turtle: str = "") -> bytes:
    return resource("union-news.ttl").read_bytes() + (PREFIXES + turtle).encode()


def ask_owlrl(turtle: bytes) -> str:
    """Return what is contradictory in the closure of OWL RL, "" where nothing is."""
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    error = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
    return "\n".join(sorted(str(message) for message in graph.objects(None, error)))


Reasoner = Callable[[bytes], str]
REASONERS = [pytest.param(ask_owlrl, id="owlrl"), pytest.param(hermit, id="hermit", marks=pytest.mark.robot)]


@pytest.mark.parametrize("reasoner", REASONERS)
@pytest.mark.parametrize("turtle", ["", SOUND], ids=["alone", "with things of each kind"])
def test_ontology_is_consistent(turtle: str, reasoner: Reasoner) -> None:
    assert reasoner(with_ontology(turtle)) == ""


@pytest.mark.parametrize("reasoner", REASONERS)
@pytest.mark.parametrize("turtle", CONTRADICTORY.values(), ids=CONTRADICTORY.keys())
def test_a_contradiction_is_found(turtle: str, reasoner: Reasoner) -> None:
    assert reasoner(with_ontology(turtle))


@pytest.mark.robot
@pytest.mark.parametrize("turtle", UNSATISFIABLE.values(), ids=UNSATISFIABLE.keys())
def test_a_class_that_can_have_no_members_is_found(turtle: str) -> None:
    """Only HermiT looks for these: the rules of OWL RL start from members."""
    assert "unsatisfiable" in hermit(with_ontology(turtle))


@pytest.mark.robot
def test_ontology_is_owl_2_dl() -> None:
    assert out_of_profile(with_ontology()) == ""


@pytest.mark.robot
@pytest.mark.parametrize("turtle", NOT_DL.values(), ids=NOT_DL.keys())
def test_what_is_not_owl_2_dl_is_found(turtle: str) -> None:
    assert out_of_profile(with_ontology(turtle))


def test_no_class_or_property_becomes_a_concept() -> None:
    """SKOS S19 and S20: what a relation of concepts joins are concepts; S41 and S42 bring mappings below those."""
    skos = "".join(
        f"<{SKOS[name]}> rdfs:subPropertyOf <{above}> ."
        for name, above in (
            ("broadMatch", SKOS.broader),
            ("broadMatch", SKOS.mappingRelation),
            ("closeMatch", SKOS.mappingRelation),
            ("exactMatch", SKOS.closeMatch),
            ("mappingRelation", SKOS.semanticRelation),
            ("broader", SKOS.semanticRelation),
        )
    )
    skos += f"<{SKOS.semanticRelation}> rdfs:domain <{SKOS.Concept}> ; rdfs:range <{SKOS.Concept}> ."
    graph = rdflib.Graph().parse(data=with_ontology(skos), format="turtle")
    terms = {term for term in graph.subjects() if isinstance(term, rdflib.URIRef)}
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert not terms & set(graph.subjects(rdflib.RDF.type, SKOS.Concept))


def test_a_reasoner_finds_what_exports_write() -> None:
    """What stands above a relation or a class is written beside it, and organizes the other way round too."""
    graph = rdflib.Graph().parse(data=with_ontology("ex:u un:organizes ex:x . ex:d a un:District ."), format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    u, x, d = (rdflib.URIRef(f"https://example.org/{name}") for name in "uxd")
    for iri in ontology.relations["organizes"].inverse_mapped:
        assert (x, rdflib.URIRef(iri), u) in graph
    for name, node in (("Activity", x), ("District", d)):
        assert ontology.classes[name].mapped
        for iri in ontology.classes[name].mapped:
            assert (node, rdflib.RDF.type, rdflib.URIRef(iri)) in graph
