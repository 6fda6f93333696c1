"""RDF: six syntaxes of one graph, sorted, without blank nodes, streamed.

What is written for each
  node        its class and properties; `rdfs:label` and SKOS labels for its names; a district is a SKOS concept as well
  former key  `dcterms:isReplacedBy` from its IRI to that of the node
  edge        a `un:Fact` with subject, predicate, object, qualifiers, status, confidence and number of sources, derived
              (PROV-O) from its articles; and the plain triple too, where the fact happened; not for a hierarchy that is
              merely inferred from names; a post that is held as an `org:Membership` with days on which it was seen
  evidence    an `oa:Annotation` for each statement, from the fact to a passage of the article, with a quote and a
              position selector; offsets count code points of the article's text, half-open

How these look is said in `describe`, how they are sorted and written in `write`. In TriG and N-Quads the default graph
holds everything, and one named graph for each article what that article says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, ClassVar, cast

import pyoxigraph as ox

from exports import DEFAULT_BASE
from exports.rdf.describe import Describer
from exports.rdf.terms import PREFIXES, Terms
from exports.rdf.write import named_rows, plain_rows, quad_chunks, serialize, triple_chunks
from exports.xmltext import EscapingStream, xml_text
from kg.graph import Flow, as_flow

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = ["PREFIXES", "JsonLd", "NQuads", "NTriples", "RdfExporter", "RdfXml", "TriG", "Turtle", "quads", "triples"]

LINES = {ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS}  # what we write ourselves


class RdfExporter:
    """Writes one syntax; `named` where it can hold a graph for each article, `xml` where it is XML."""

    syntax: ClassVar[ox.RdfFormat]
    named: ClassVar[bool] = False
    xml: ClassVar[bool] = False

    def write(self, graph: MultiDiGraph[str] | Flow, stream: BinaryIO, *, base: str = DEFAULT_BASE) -> None:
        """Write the whole `graph`, the IRIs of its things starting with `base`."""
        describer = Describer(Terms(base, xml_text if self.xml else None))
        flow = as_flow(graph)
        chunks = quad_chunks(named_rows(flow, describer)) if self.named else triple_chunks(plain_rows(flow, describer))
        if self.syntax in LINES:
            stream.writelines(chunks)
            return
        serialize(
            chunks,
            cast(BinaryIO, EscapingStream(stream)) if self.xml else stream,
            read_as=ox.RdfFormat.N_QUADS if self.named else ox.RdfFormat.N_TRIPLES,
            write_as=self.syntax,
            prefixes=prefixes(base) if self.syntax in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG) else dict(PREFIXES),
        )


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of Turtle and TriG: those of the vocabularies, and `id` for things."""
    return {**PREFIXES, "id": base}


class Turtle(RdfExporter):
    """Writes Turtle, the syntax of RDF that people read."""

    syntax = ox.RdfFormat.TURTLE


class NTriples(RdfExporter):
    """Writes N-Triples: one triple a line, the lines sorted by their bytes."""

    syntax = ox.RdfFormat.N_TRIPLES


class TriG(RdfExporter):
    """Writes TriG: Turtle with one named graph for each article."""

    syntax, named = ox.RdfFormat.TRIG, True


class NQuads(RdfExporter):
    """Writes N-Quads: N-Triples with one named graph for each article."""

    syntax, named = ox.RdfFormat.N_QUADS, True


class JsonLd(RdfExporter):
    """Writes JSON-LD, RDF as JSON in its expanded form."""

    syntax = ox.RdfFormat.JSON_LD


class RdfXml(RdfExporter):
    """Writes RDF/XML; a character that XML cannot hold becomes U+FFFD."""

    syntax, xml = ox.RdfFormat.RDF_XML, True


def triples(graph: MultiDiGraph[str] | Flow, *, base: str = DEFAULT_BASE) -> Iterator[ox.Triple]:
    """Return the merged graph, each triple once, in the order of the lines of N-Triples."""
    for chunk in triple_chunks(plain_rows(as_flow(graph), Describer(Terms(base)))):
        for quad in ox.parse(chunk, format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple


def quads(graph: MultiDiGraph[str] | Flow, *, base: str = DEFAULT_BASE) -> Iterator[ox.Quad]:
    """Return the merged graph as the default graph, then what each article says as a graph named `…#graph`."""
    for chunk in quad_chunks(named_rows(as_flow(graph), Describer(Terms(base)))):
        yield from ox.parse(chunk, format=ox.RdfFormat.N_QUADS)
