"""Every word of another vocabulary that is used exists there: a misspelt one would be understood by nobody."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
import rdflib
from rdflib import namespace
from rdflib.term import URIRef

from exports import get_exporter
from ontology import NAMESPACE, resource
from tests.sample import sample_graph

# rdflib knows the terms of these; it does not ship Web Annotation, whose terms are here as
# https://www.w3.org/TR/annotation-vocab/ lists them (those that are used)
NAMES = "DCAM DCTERMS FOAF ORG OWL PROV RDF RDFS SDO SH SKOS TIME VANN VOID XSD"
CLOSED = {str(known): known for known in (getattr(namespace, name) for name in NAMES.split())}
OA = "http://www.w3.org/ns/oa#"
BY_HAND = {
    OA: {
        *("Annotation", "Motivation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector"),
        *("end", "exact", "hasBody", "hasSelector", "hasSource", "hasTarget", "linking", "motivatedBy", "start"),
    },
    # https://id.loc.gov/datatypes/edtf.html
    "http://id.loc.gov/datatypes/edtf/": {"EDTF"},
}
OURS = (NAMESPACE, "https://w3id.org/union-news-kg/")


def unknown(terms: set[URIRef]) -> list[str]:
    """Return the terms that their vocabulary does not have, and those of vocabularies nobody looked at."""
    return sorted(term for term in terms if not str(term).startswith(OURS) and not _known(str(term)))


def _known(term: str) -> bool:
    start = re.sub(r"[^/#]*$", "", term)
    local = term.removeprefix(start)
    if start in BY_HAND:
        return local in BY_HAND[start]
    return start in CLOSED and local in CLOSED[start]


def named(graph: rdflib.Graph) -> Iterator[URIRef]:
    """Return the terms in a graph: all properties, classes and datatypes, and what ontologies and shapes speak of."""
    for subject, predicate, value in graph:
        yield from (node for node in (subject, predicate, value) if isinstance(node, URIRef))
        if isinstance(value, rdflib.Literal) and value.datatype:
            yield value.datatype


@pytest.mark.parametrize("name", ["union-news.ttl", "shapes.ttl"])
def test_words_of_others_exist(name: str) -> None:
    graph = rdflib.Graph().parse(data=resource(name).read_bytes(), format="turtle")
    terms = set(named(graph)) - {URIRef("https://www.apache.org/licenses/LICENSE-2.0")}
    assert unknown(terms) == []


def test_words_of_others_in_the_data_exist() -> None:
    stream = io.BytesIO()
    get_exporter("ntriples").write(sample_graph(), stream)
    graph = rdflib.Graph().parse(data=stream.getvalue(), format="nt")
    terms = {*graph.predicates(), *graph.objects(None, rdflib.RDF.type)}
    assert unknown({term for term in terms if isinstance(term, URIRef)}) == []


@pytest.mark.parametrize("name", ["schema:organiser", "org:holder", "oa:hasRule", "time:inDate", "ex:anything"])
def test_a_word_that_does_not_exist_is_found(name: str) -> None:
    prefixes = {
        "schema": namespace.SDO,
        "org": namespace.ORG,
        "oa": OA,
        "time": namespace.TIME,
        "ex": "https://example.org/",
    }
    prefix, _, local = name.partition(":")
    assert unknown({URIRef(str(prefixes[prefix]) + local)}) != []
