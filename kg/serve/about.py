"""The server and its data: the service description of SPARQL 1.1, the catalogue, the VoID of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from exports.catalogue import Portal, Summary, build_of, catalogue, to_bytes, void_description
from exports.rdf import PREFIXES
from kg.serve.accept import Format
from kg.workspace import Workspace
from ontology import ontology

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["About", "service_description", "turtle_prefixes"]

_ADDRESSES = 4  # under which a server is asked, and for which a catalogue is kept
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)
# They are as many as articles, so they are not listed as sd:namedGraph, each with a node of its own.
_GRAPHS = (
    ("zh", "默认图含全部三元组；另外，每篇文章有一个命名图，名为文章的 IRI 加 #graph，含该文章所说的内容。"),
    (
        "en",
        "The default graph holds all triples. Besides, each article has a named graph with what it says, called by the "
        "IRI of the article and #graph; SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists them.",
    ),
)
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_SYNTAXES = {"ttl": "turtle", "nt": "ntriples", "jsonld": "jsonld", "rdf": "rdfxml"}


@dataclass(frozen=True)
class About:
    """What is said of the data as a whole; the catalogue names a server as its endpoint, unless its keeper did."""

    space: Workspace
    portal: Portal
    summary: Summary

    def catalogue(self, site: str, one: Format) -> bytes:
        """Return the catalogue, for a server whose address is `site`."""
        return to_bytes(_catalogue(self.space, self._at(site), self.summary), _SYNTAXES[one.name])

    def void(self, site: str, one: Format) -> bytes:
        """Return its VoID alone."""
        return to_bytes(void_description(self._at(site), self.summary, ()), _SYNTAXES[one.name])

    def store(self, site: str) -> ox.Store:
        """Return the catalogue as a store: rules and the build are documents that only it describes."""
        return _store(self.space, self._at(site), self.summary)

    def _at(self, site: str) -> Portal:
        return replace(self.portal, sparql=self.portal.sparql or f"{site}sparql")


@lru_cache(_ADDRESSES)
def _catalogue(space: Workspace, portal: Portal, summary: Summary) -> Graph:
    return catalogue(portal, summary, (), ontology.version, build_of(space))


@lru_cache(_ADDRESSES)
def _store(space: Workspace, portal: Portal, summary: Summary) -> ox.Store:
    store = ox.Store()
    store.load(to_bytes(_catalogue(space, portal, summary), "ntriples"), format=ox.RdfFormat.N_TRIPLES)
    return store


def service_description(site: str, triples: int) -> list[ox.Triple]:
    """Return the description of the endpoint of a server whose address is `site`."""
    service = f"{site}sparql"
    rdfs = PREFIXES["rdfs"]
    said: list[tuple[str, str, str | int | ox.Literal]] = [
        (service, "a", SD + "Service"),
        (service, SD + "endpoint", service),
        (service, SD + "supportedLanguage", SD + "SPARQL11Query"),
        *((service, SD + "resultFormat", FORMATS + name) for name in RESULTS),
        (service, SD + "defaultDataset", f"{service}#dataset"),
        (f"{service}#dataset", "a", SD + "Dataset"),
        (f"{service}#dataset", SD + "defaultGraph", f"{service}#default"),
        (f"{service}#dataset", rdfs + "seeAlso", f"{site}.well-known/void"),
        *((f"{service}#dataset", rdfs + "comment", ox.Literal(text, language=tongue)) for tongue, text in _GRAPHS),
        (f"{service}#default", "a", SD + "Graph"),
        (f"{service}#default", VOID + "triples", triples),
    ]
    return [_triple(*one) for one in said]


def turtle_prefixes() -> dict[str, str]:
    """Return the prefixes for writing that."""
    return {"rdfs": PREFIXES["rdfs"], "sd": SD, "void": VOID}


def _triple(subject: str, predicate: str, value: str | int | ox.Literal) -> ox.Triple:
    about = ox.NamedNode(subject)
    if predicate == "a":
        return ox.Triple(about, _TYPE, ox.NamedNode(str(value)))
    if isinstance(value, ox.Literal):
        return ox.Triple(about, ox.NamedNode(predicate), value)
    if isinstance(value, int):
        return ox.Triple(about, ox.NamedNode(predicate), ox.Literal(str(value), datatype=_INTEGER))
    return ox.Triple(about, ox.NamedNode(predicate), ox.NamedNode(value))
