"""What follows from what we publish, with the ontology and the vocabularies it is written in: nothing that is wrong."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, SKOS

from exports import DEFAULT_BASE
from exports.catalogue import Portal, catalogue, catalogue_iri, void_description
from ontology import ontology, resource
from tests.exports.test_catalogue import BUILD, DUMPS, GRAPHS, counted, made, portal, read
from tests.vocabularies import axioms

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # how owlrl says that something is contradictory
WIKIDATA = "http://www.wikidata.org/entity/"
PREFIXES = f"""
@prefix : <{catalogue_iri(Portal())}#> . @prefix id: <{DEFAULT_BASE}> .
@prefix un: <https://w3id.org/union-news-kg/ontology#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix time: <http://www.w3.org/2006/time#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def faults(*graphs: Graph) -> list[str]:
    """Return what contradicts itself in the closure of OWL RL, and the pairs of different IRIs that are one thing."""
    graph = axioms().parse(data=resource("union-news.ttl").read_bytes(), format="turtle")
    for more in graphs:
        graph += more
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    found = {str(message) for message in graph.objects(None, ERROR)}
    for one, other in graph.subject_objects(OWL.sameAs):
        if isinstance(one, URIRef) and isinstance(other, URIRef) and one != other:
            found.add(f"{one} = {other}")
    return sorted(found)


@pytest.mark.parametrize("name", GRAPHS)
def test_data_with_their_catalogue_and_void_are_sound(name: str) -> None:
    found = counted(name)
    about = catalogue(Portal(), found, DUMPS, ontology.version, BUILD, issued="2025-06-01")
    assert faults(read(name), about, void_description(Portal(), found, DUMPS)) == []


def test_a_catalogue_of_which_the_keeper_decided_everything_is_sound(tmp_path: Path) -> None:
    keeps = portal(tmp_path)
    links = tuple((str(match), WIKIDATA, 2) for match in (OWL.sameAs, SKOS.exactMatch))
    about = made(keeps, links=links)
    assert faults(about, void_description(keeps, counted(base=keeps.base), DUMPS)) == []


@pytest.mark.parametrize(
    ("turtle", "fault"),
    [
        (":x foaf:homepage id:a . :y foaf:homepage id:a .", "#x = "),
        ("id:a org:organization id:x , id:y .", "x = "),
        ("id:x a un:TradeUnion . id:y foaf:page id:x .", "Disjoint"),
        ("id:x a un:Page . id:a prov:wasGeneratedBy id:x .", "Disjoint"),
        ("id:x a time:ProperInterval . id:y time:inside id:x .", "Disjoint"),
        ("id:x a un:District . id:y skos:inScheme id:x .", "Disjoint"),
    ],
)
def test_what_is_unsound_is_found(turtle: str, fault: str) -> None:
    found = faults(Graph().parse(data=PREFIXES + turtle, format="turtle"))
    assert any(fault in one for one in found), found
