"""RDF: six syntaxes of one graph, sorted, without blank nodes, streamed through pyoxigraph.

What is written for each
  node        its class and properties; `rdfs:label` and SKOS labels for its names
  former key  `dcterms:isReplacedBy` from its IRI to that of the node
  edge        a `un:Fact` with subject, predicate, object, qualifiers, status, confidence and number of sources, derived
              (PROV-O) from its articles; and the plain triple too, where the fact happened; not for a hierarchy that is
              merely inferred from names
  evidence    an `oa:Annotation` from the fact to a passage of the article, with a quote and a position selector;
              offsets count code points of the article's text, half-open

Terms of other vocabularies that the ontology puts above our own are written beside them: nobody needs a reasoner.
In TriG and N-Quads the default graph holds everything, and one named graph for each article what that article says.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, NamedTuple, cast
from urllib.parse import quote as percent

import pyoxigraph as ox

from exports import DEFAULT_BASE
from exports.frame import EDGE_FRAME, FORMER, NODE_FRAME
from exports.xmltext import EscapingStream, xml_text
from kg.errors import InputError, OntologyError
from kg.ids import make_id
from ontology import NAMESPACE, PropertyDef, RelationDef, ontology

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = ["PREFIXES", "JsonLd", "NQuads", "NTriples", "RdfExporter", "RdfXml", "TriG", "Turtle", "quads", "triples"]

PREFIXES: Mapping[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "un": NAMESPACE,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

LANGUAGE = "zh"  # of names: they are as Chinese papers print them
APART = frozenset({"subordinateTo"})  # a hierarchy inferred from names never mixes with the one that is stated

Value = str | int | float | bool
Term = ox.NamedNode | ox.Literal
Pair = tuple[ox.NamedNode, Term]


def _term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


RDF_TYPE, REPLACED_BY = _term("rdf:type"), _term("dcterms:isReplacedBy")
FACT, SUBJECT, PREDICATE, OBJECT = _term("un:Fact"), _term("un:subject"), _term("un:predicate"), _term("un:object")
STATUS, CONFIDENCE, SOURCES = _term("un:status"), _term("un:confidence"), _term("un:sources")
EVIDENCE, RULE, LINES = _term("un:evidence"), _term("un:rule"), _term("un:lines")
DERIVED = _term("prov:wasDerivedFrom")
ANNOTATION, BODY, TARGET = _term("oa:Annotation"), _term("oa:hasBody"), _term("oa:hasTarget")
MOTIVATION, LINKING = _term("oa:motivatedBy"), _term("oa:linking")
PASSAGE, SOURCE, SELECTOR = _term("oa:SpecificResource"), _term("oa:hasSource"), _term("oa:hasSelector")
QUOTE_SELECTOR, EXACT = _term("oa:TextQuoteSelector"), _term("oa:exact")
POSITION_SELECTOR, START, END = _term("oa:TextPositionSelector"), _term("oa:start"), _term("oa:end")
SCHEMA_START, SCHEMA_END = _term("schema:startDate"), _term("schema:endDate")
XSD_INTEGER, XSD_DECIMAL, XSD_BOOLEAN = _term("xsd:integer"), _term("xsd:decimal"), _term("xsd:boolean")
XSD_OFFSET, XSD_URI = _term("xsd:nonNegativeInteger"), _term("xsd:anyURI")
# how much of a date is given, by its form
CALENDAR = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "", _term("xsd:date")),
    (re.compile(r"\d{4}-\d\d"), "-01", _term("xsd:gYearMonth")),
    (re.compile(r"\d{4}"), "-01-01", _term("xsd:gYear")),
)


# ---------------------------------------------------------------- exporters


class RdfExporter:
    """Writes one syntax; `named` where it can hold a graph for each article, `xml` where it is XML."""

    syntax: ClassVar[ox.RdfFormat]
    named: ClassVar[bool] = False
    xml: ClassVar[bool] = False

    def write(self, graph: MultiDiGraph[str], stream: BinaryIO, *, base: str = DEFAULT_BASE) -> None:
        """Write the whole `graph`, the IRIs of its things starting with `base`."""
        prefixes = dict(PREFIXES)
        if self.syntax in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
            prefixes["id"] = base
        clean = xml_text if self.xml else _as_is
        data = quads(graph, base=base) if self.named else triples(graph, base=base, clean=clean)
        output = cast(BinaryIO, EscapingStream(stream)) if self.xml else stream
        ox.serialize(data, output, format=self.syntax, prefixes=prefixes)


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


def triples(
    graph: MultiDiGraph[str], *, base: str = DEFAULT_BASE, clean: Callable[[str], str] | None = None
) -> Iterator[ox.Triple]:
    """Return the merged graph, each triple once, in the order of the lines of N-Triples.

    `clean` is applied to the text of every literal, for a syntax that cannot hold all characters.
    """
    view = _View(graph, base, clean or _as_is)
    return view.triples(view.subjects())


def quads(graph: MultiDiGraph[str], *, base: str = DEFAULT_BASE) -> Iterator[ox.Quad]:
    """Return the merged graph as the default graph, then what each article says as a graph named `…#graph`."""
    view = _View(graph, base, _as_is)
    for triple in view.triples(view.subjects()):
        yield ox.Quad(triple.subject, triple.predicate, triple.object)
    for article, edges in view.by_article():
        name = view.iri(article, "#graph")
        for triple in view.triples(view.subjects(edges, article)):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, name)


# ---------------------------------------------------------------- the graph as subjects


class _Place(NamedTuple):
    """Where a statement stands, as the parallel lists of an edge tell."""

    article: str
    start: int
    end: int
    rule: str
    quote: str
    lines: str
    confidence: float


class _Edge(NamedTuple):
    key: str
    subject: str
    object: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Subject:
    """Something that triples are about: `iri` in full, and how to find what is said of it."""

    iri: str
    kind: str  # node, former, direct, fact, annotation, passage, quote or position
    of: Any


class _View:
    """A graph read as RDF: finds the subjects, sorts them, and describes one after the other."""

    def __init__(self, graph: MultiDiGraph[str], base: str, clean: Callable[[str], str]) -> None:
        try:
            ox.NamedNode(base)
        except ValueError as error:
            raise InputError(
                f"{base!r} is no IRI to start others with: {error}; give one such as {DEFAULT_BASE}"
            ) from error
        if not base.endswith("/") or "#" in base:  # what is behind # is left for parts of things
            raise InputError(f"{base!r} cannot start the IRIs of things: let it end with / and have no #")
        self.graph, self.base, self.clean = graph, base, clean
        self.edges = [_Edge(key, u, v, data) for u, v, key, data in graph.edges(keys=True, data=True)]

    def iri(self, key: str, fragment: str = "") -> ox.NamedNode:
        return ox.NamedNode(self._iri(key) + fragment)

    def _iri(self, key: str) -> str:
        return self.base + percent(unicodedata.normalize("NFC", key), safe="")

    def by_article(self) -> Iterator[tuple[str, list[_Edge]]]:
        """Return each article that is evidence of anything, in the order of their graphs, with its edges."""
        found: dict[str, list[_Edge]] = {}
        for edge in self.edges:
            for article in set(edge.data.get("articles", ())):
                found.setdefault(article, []).append(edge)
        for article in sorted(found, key=self._iri):
            yield article, found[article]

    def subjects(self, edges: list[_Edge] | None = None, article: str | None = None) -> list[_Subject]:
        """Return all subjects, or those that `edges` need where they stand in `article`, sorted by IRI."""
        found: list[_Subject] = []
        passages: dict[tuple[str, int, int], _Place] = {}
        if edges is None:
            found += (_Subject(self._iri(key), "node", key) for key in self.graph)
            for key, retired in self.graph.nodes(data=FORMER, default=()):
                found += (_Subject(self._iri(one), "former", key) for one in retired)
        for edge in self.edges if edges is None else edges:
            places = _annotations(edge, article)
            found.append(_Subject(self._iri(edge.key), "fact", (edge, places, article is None)))
            if _is_direct(edge):
                found.append(_Subject(self._iri(edge.subject), "direct", edge))
            for annotation, place in places.items():
                found.append(_Subject(self._iri(annotation), "annotation", (edge, place)))
                span = place[:3]
                passages[span] = min(passages.get(span, place), place)
        for span, place in passages.items():
            passage = self._iri(_passage(*span))
            found.append(_Subject(passage, "passage", place))
            found.append(_Subject(passage + "#position", "position", place))
            found.append(_Subject(passage + "#quote", "quote", place))
        found.sort(key=lambda subject: f"<{subject.iri}>")
        return found

    def triples(self, subjects: list[_Subject]) -> Iterator[ox.Triple]:
        """Describe `subjects`, which are sorted, each triple once."""
        index = 0
        while index < len(subjects):
            iri = subjects[index].iri
            pairs: dict[str, Pair] = {}
            while index < len(subjects) and subjects[index].iri == iri:
                for predicate, value in self.describe(subjects[index]):
                    pairs[f"{predicate} {value} ."] = (predicate, value)
                index += 1
            node = ox.NamedNode(iri)
            for line in sorted(pairs):
                yield ox.Triple(node, *pairs[line])

    def describe(self, subject: _Subject) -> Iterator[Pair]:
        """Return what is said of one subject."""
        match subject.kind:
            case "node":
                return self.node(subject.of)
            case "former":
                return iter([(REPLACED_BY, self.iri(subject.of))])
            case "direct":
                return self.direct(subject.of)
            case "fact":
                return self.fact(*subject.of)
            case "annotation":
                return self.annotation(*subject.of)
            case "passage":
                return self.passage(subject.of)
            case "quote":
                return self.quote(subject.of)
            case _:
                return self.position(subject.of)

    def text(self, value: str) -> ox.Literal:
        return ox.Literal(self.clean(value))

    def node(self, key: str) -> Iterator[Pair]:
        data = self.graph.nodes[key]
        kind = str(data.get("type"))
        if kind not in ontology.classes:
            raise OntologyError(f"{key}: no class {kind!r} in the ontology; see ontology/union-news.ttl")
        yield RDF_TYPE, ox.NamedNode(ontology.classes[kind].iri)
        for iri in ontology.classes[kind].mapped:
            yield RDF_TYPE, ox.NamedNode(iri)
        for name, value in data.items():
            if name not in NODE_FRAME and name != FORMER:
                yield from self.properties(key, kind, name, value)
        if "start" in data and not data.get("vague"):
            yield from self.public_dates(key, data)

    def public_dates(self, key: str, data: Mapping[str, Any]) -> Iterator[Pair]:
        """Return the dates as calendars want them: as exact as the text, and not where it is vague."""
        length = {"year": 4, "month": 7}.get(str(data.get("precision", "")), 10)
        start = str(data["start"])[:length]
        end = str(data.get("end", start))[:length]
        yield SCHEMA_START, _date(key, "start", start)
        if end != start:
            yield SCHEMA_END, _date(key, "end", end)

    def properties(self, key: str, kind: str, name: str, value: Any) -> Iterator[Pair]:
        """Return the values of the attribute `name` under every property it is written as."""
        prop = ontology.attributes.get(name)
        if prop is None or kind not in prop.domain:
            raise OntologyError(f"{key}: the ontology gives {kind} no attribute {name!r}; see ontology/union-news.ttl")
        if isinstance(value, list | tuple) and not prop.many and len(value) > 1:
            raise OntologyError(f"{key}: {name} has one value only, not {value!r}")
        for single in value if isinstance(value, list | tuple) else (value,):
            literal = self.literal(key, prop, single)
            if literal is not None:
                for iri in prop.written:
                    yield ox.NamedNode(iri), literal

    def literal(self, key: str, prop: PropertyDef, value: Value) -> ox.Literal | None:
        """Return `value` in the datatype of `prop`; None where there is nothing to publish."""
        if value == "":
            return None
        text = str(value)
        match prop.datatype.rpartition("#")[2]:
            case "langString":
                return ox.Literal(self.clean(text), language=LANGUAGE)
            case "string":
                return self.text(text)
            case "date":
                return _date(key, prop.attribute, text)
            case "boolean" if text.lower() in ("true", "false"):
                return ox.Literal(text.lower(), datatype=XSD_BOOLEAN)
            case "integer" if re.fullmatch(r"-?\d+", text, re.ASCII):
                return ox.Literal(text, datatype=XSD_INTEGER)
            case "anyURI":  # a path on someone's disk is nobody's business
                return ox.Literal(text, datatype=XSD_URI) if re.match(r"https?://", text) else None
        raise OntologyError(f"{key}: {prop.attribute} cannot be {value!r}; it is of type {prop.datatype}")

    def direct(self, edge: _Edge) -> Iterator[Pair]:
        relation = _relation(edge)
        target = self.iri(edge.object)
        for iri in (relation.iri, *relation.mapped):
            yield ox.NamedNode(iri), target

    def fact(self, edge: _Edge, places: Mapping[str, _Place], merged: bool) -> Iterator[Pair]:
        data, relation = edge.data, _relation(edge)
        yield RDF_TYPE, FACT
        yield SUBJECT, self.iri(edge.subject)
        yield PREDICATE, ox.NamedNode(relation.iri)
        yield OBJECT, self.iri(edge.object)
        yield STATUS, ox.Literal(data["status"])
        qualifiers = {name: value for name, value in data.items() if name not in EDGE_FRAME}
        ontology.check_qualifiers(relation.name, qualifiers)
        for name, value in qualifiers.items():
            yield from self.properties(edge.key, "Fact", name, value)
        if merged:  # these two are about all articles together
            yield CONFIDENCE, _decimal(edge.key, data["confidence"])
            yield SOURCES, ox.Literal(str(int(data["sources"])), datatype=XSD_INTEGER)
        for annotation, place in places.items():
            yield DERIVED, self.iri(place.article)
            yield EVIDENCE, self.iri(annotation)

    def annotation(self, edge: _Edge, place: _Place) -> Iterator[Pair]:
        yield RDF_TYPE, ANNOTATION
        yield BODY, self.iri(edge.key)
        yield TARGET, self.iri(_passage(*place[:3]))
        yield MOTIVATION, LINKING
        yield CONFIDENCE, _decimal(edge.key, place.confidence)
        if place.rule:
            yield RULE, self.text(place.rule)

    def passage(self, place: _Place) -> Iterator[Pair]:
        iri = _passage(*place[:3])
        yield RDF_TYPE, PASSAGE
        yield SOURCE, self.iri(place.article)
        yield SELECTOR, self.iri(iri, "#position")
        yield SELECTOR, self.iri(iri, "#quote")
        if place.lines:
            yield LINES, self.text(place.lines)

    def quote(self, place: _Place) -> Iterator[Pair]:
        yield RDF_TYPE, QUOTE_SELECTOR
        yield EXACT, self.text(place.quote)

    def position(self, place: _Place) -> Iterator[Pair]:
        yield RDF_TYPE, POSITION_SELECTOR
        yield START, ox.Literal(str(place.start), datatype=XSD_OFFSET)
        yield END, ox.Literal(str(place.end), datatype=XSD_OFFSET)


def _relation(edge: _Edge) -> RelationDef:
    name = edge.data["predicate"]
    if name not in ontology.relations:
        raise OntologyError(f"{edge.key}: no relation {name!r} in the ontology; see ontology/union-news.ttl")
    return ontology.relations[name]


def _is_direct(edge: _Edge) -> bool:
    """Whether the fact is also a plain triple: it happened, and is not of what is kept apart where it is inferred."""
    inferred = str(edge.data.get("inferred", "false")).lower() == "true"
    return edge.data["status"] == "happened" and not (inferred and edge.data["predicate"] in APART)


def _annotations(edge: _Edge, article: str | None) -> dict[str, _Place]:
    """Return the places of an edge (those in `article`, where one is named) by the id of their annotation.

    Two statements of one fact by one rule from one passage are one annotation, with the better confidence.
    """
    lists = [
        edge.data.get(name, ()) for name in ("articles", "starts", "ends", "rules", "quotes", "lines", "confidences")
    ]
    found: dict[str, _Place] = {}
    try:
        for place in map(_Place._make, zip(*lists, strict=True)):
            if article is None or place.article == article:
                annotation = make_id(
                    "annotation", edge.key, place.article, str(place.start), str(place.end), place.rule
                )
                best = max(found.get(annotation, place), place, key=lambda p: (p.confidence, p))
                found[annotation] = best
    except ValueError as error:
        raise InputError(f"{edge.key}: its lists of evidence differ in length; build the workspace again") from error
    return found


def _passage(article: str, start: int, end: int) -> str:
    return make_id("passage", article, str(start), str(end))


def _date(key: str, name: str, text: str) -> ox.Literal:
    """Return a day, a month or a year, whichever `text` gives."""
    for form, rest, datatype in CALENDAR:
        if form.fullmatch(text):
            try:
                datetime.date.fromisoformat(text + rest)
            except ValueError:
                break
            return ox.Literal(text, datatype=datatype)
    raise OntologyError(f"{key}: {name} cannot be {text!r}; a date is written 2025-03-01, 2025-03 or 2025")


def _decimal(key: str, value: float) -> ox.Literal:
    try:
        number = Decimal(str(value)).normalize()
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise OntologyError(f"{key}: confidence cannot be {value!r}; it is a number from 0 to 1")
    text = format(number, "f")
    return ox.Literal(text if "." in text else f"{text}.0", datatype=XSD_DECIMAL)


def _as_is(text: str) -> str:
    return text
