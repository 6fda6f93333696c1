"""The server and its data in a few triples: the service description of SPARQL 1.1, and what VoID counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from exports.rdf import PREFIXES

__all__ = ["Counts", "count", "service_description", "turtle_prefixes", "void"]

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads"),
)
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a store holds: triples of the default graph, subjects in it, named graphs, things by class (IRI)."""

    triples: int
    subjects: int
    graphs: int
    classes: tuple[tuple[str, int], ...]


def count(store: ox.Store) -> Counts:
    """Count what is in a store."""

    def number(query: str) -> int:
        (row,) = _rows(store, query)
        return int(row[0])

    classes = _rows(store, "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY ?c")
    return Counts(
        number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        number("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        sum(1 for _ in store.named_graphs()),
        tuple((str(name), int(n)) for name, n in classes),
    )


def _rows(store: ox.Store, query: str) -> Iterator[list[str]]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    width = len(found.variables)
    for row in found:
        yield [getattr(row[index], "value", "") for index in range(width)]


def service_description(site: str, counts: Counts) -> list[ox.Triple]:
    """Return the description of the endpoint of a server whose address is `site`."""
    service, data = f"{site}sparql", f"{site}.well-known/void#data"
    said: list[tuple[str, str, str | int]] = [
        (service, "a", SD + "Service"),
        (service, SD + "endpoint", service),
        (service, SD + "supportedLanguage", SD + "SPARQL11Query"),
        *((service, SD + "resultFormat", FORMATS + name) for name in RESULTS),
        (service, SD + "defaultDataset", f"{service}#dataset"),
        (f"{service}#dataset", "a", SD + "Dataset"),
        (f"{service}#dataset", SD + "defaultGraph", f"{service}#default"),
        (f"{service}#default", "a", SD + "Graph"),
        (f"{service}#default", VOID + "triples", counts.triples),
        (f"{service}#dataset", "http://www.w3.org/2000/01/rdf-schema#seeAlso", data),
    ]
    return [_triple(*one) for one in said]


def void(site: str, base: str, counts: Counts) -> list[ox.Triple]:
    """Return what VoID says of the data: how much there is of what, and where it can be asked."""
    data = f"{site}.well-known/void#data"
    said: list[tuple[str, str, str | int]] = [
        (data, "a", VOID + "Dataset"),
        (data, VOID + "sparqlEndpoint", f"{site}sparql"),
        (data, VOID + "uriSpace", base),
        (data, VOID + "triples", counts.triples),
        (data, VOID + "distinctSubjects", counts.subjects),
        (data, VOID + "classes", len(counts.classes)),
        *((data, VOID + "vocabulary", iri) for name, iri in PREFIXES.items() if name not in ("xsd", "rdf")),
    ]
    for number, (name, things) in enumerate(counts.classes, start=1):
        part = f"{site}.well-known/void#class-{number}"
        said += [
            (data, VOID + "classPartition", part),
            (part, VOID + "class", name),
            (part, VOID + "entities", things),
        ]
    return [_triple(*one) for one in said]


def turtle_prefixes() -> dict[str, str]:
    """Return the prefixes for writing either."""
    return {**PREFIXES, "sd": SD, "void": VOID}


# What `uriSpace` and the like want is text, not a link.
_TEXTS = frozenset({VOID + "uriSpace"})


def _triple(subject: str, predicate: str, value: str | int) -> ox.Triple:
    about = ox.NamedNode(subject)
    if predicate == "a":
        return ox.Triple(about, _TYPE, ox.NamedNode(str(value)))
    if isinstance(value, int):
        return ox.Triple(about, ox.NamedNode(predicate), ox.Literal(str(value), datatype=_INTEGER))
    return ox.Triple(about, ox.NamedNode(predicate), ox.Literal(value) if predicate in _TEXTS else ox.NamedNode(value))
