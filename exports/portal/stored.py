"""What a page tells of a thing, found in a store of triples: the way back from what `exports.rdf` writes.

    described_in(store, "entity-03d7…", base="https://example.org/kg/id/")

`store` holds the merged graph as its default graph, as N-Triples, Turtle, TriG or N-Quads of `kg export` give it. The
record is the same that the portal makes of the workspace, so the page is the same, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox

from exports.portal.places import document_of
from exports.portal.records import Described, Known, claim_of, described, known_of, shown_of
from exports.rdf.terms import PREFIXES
from ontology import NAMESPACE, PropertyDef, ontology

__all__ = ["described_in"]

DEFAULT = ox.DefaultGraph()


def _node(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


TYPE, LABEL = _node("rdf:type"), _node("rdfs:label")
REPLACED_BY = _node("dcterms:isReplacedBy")
SUBJECT, PREDICATE, OBJECT = _node("un:subject"), _node("un:predicate"), _node("un:object")
STATUS, CONFIDENCE, SOURCES = _node("un:status"), _node("un:confidence"), _node("un:sources")
EVIDENCE, BODY, TARGET = _node("un:evidence"), _node("oa:hasBody"), _node("oa:hasTarget")
SOURCE, SELECTOR, EXACT = _node("oa:hasSource"), _node("oa:hasSelector"), _node("oa:exact")
START, END, LINES = _node("oa:start"), _node("oa:end"), _node("un:lines")
RULE, WHY = _node("un:rule"), _node("un:why")

Values = Mapping[str, Sequence[Any]]  # of a subject, by the IRI of the predicate


def described_in(store: ox.Store, key: str, *, base: str) -> Described | None:
    """Return what the store says of a thing, an article or a page of a newspaper; None where it knows no such thing."""
    return _Reader(store, base).described(key)


class _Property(NamedTuple):
    attribute: str
    many: bool
    iri: str


@cache
def _properties(kind: str) -> tuple[_Property, ...]:
    """Return what a node of a class, or a Fact, carries, and the IRI under which to look."""
    known = (prop for prop in ontology.properties.values() if kind in prop.domain)
    return tuple(_Property(prop.attribute, prop.many, _written(prop)) for prop in known)


def _written(prop: PropertyDef) -> str:
    return next((iri for iri in prop.written if iri.startswith(NAMESPACE)), prop.written[0])


class _Reader:
    """Reads one page; what is said of other things is looked up once."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self.store, self.base = store, base
        self._known: dict[str, Known] = {}

    def described(self, key: str) -> Described | None:
        node = ox.NamedNode(self.base + document_of(key))
        kind = self._kind(node)
        if not kind:
            return None
        data = self._data(node, key, kind)
        data["formerKeys"] = sorted(self._key(one) for one in self._subjects(REPLACED_BY, node))
        facts = {*self._subjects(SUBJECT, node), *self._subjects(OBJECT, node)}
        for passage in self._subjects(SOURCE, node):
            for statement in self._subjects(TARGET, passage):
                facts.update(self._objects(statement, BODY))
        self._known[key] = known_of(key, data)
        claims = [claim_of(self._row(fact, key), self._known) for fact in facts]
        return described(data, claims)

    def _row(self, fact: ox.NamedNode, page: str) -> Sequence[Any]:
        """Return a fact as a line of a flow has it."""
        said = self._said(fact)
        subject, target = self._end(said, SUBJECT), self._end(said, OBJECT)
        predicate = self._text(said, PREDICATE).removeprefix(NAMESPACE)
        qualifiers: dict[str, Any] = {}
        for prop in _properties("Fact"):
            values = [_value(one) for one in said.get(prop.iri, ())]
            if values and prop.attribute in ontology.relations[predicate].qualifiers:
                qualifiers[prop.attribute] = sorted(values) if prop.many else values[0]
        statements = said.get(EVIDENCE.value, ())
        places = [
            self._place(one)
            for one in statements
            if predicate != "mentions" or self._key(one).partition("#")[0] == page
        ]
        key = unquote(fact.value.partition("#")[2])
        confidence, sources = float(self._text(said, CONFIDENCE)), int(self._text(said, SOURCES))
        head = (key, subject, predicate, target, self._text(said, STATUS), confidence, sources, qualifiers)
        return (*head, len(statements), shown_of(page, predicate, places, self._known))

    def _place(self, statement: ox.NamedNode) -> Sequence[Any]:
        said = self._said(statement)
        passage = self._said(said[TARGET.value][0])
        article = self._end(passage, SOURCE)
        selectors: dict[str, Sequence[Any]] = {}
        for selector in passage[SELECTOR.value]:
            selectors.update(self._said(selector))
        rule = self._key(said[RULE.value][0]).removeprefix("rule/") if RULE.value in said else ""
        return (
            unquote(statement.value.partition("#")[2]),
            article,
            int(self._text(selectors, START)),
            int(self._text(selectors, END)),
            self._text(selectors, EXACT),
            self._text(passage, LINES),
            rule,
            float(self._text(said, CONFIDENCE)),
            self._text(said, WHY),
        )

    # ------------------------------------------------------------------------------------------------------- look-ups

    def _end(self, said: Values, predicate: ox.NamedNode) -> str:
        """Return the key of what a predicate leads to, and keep what others say of it."""
        node = said[predicate.value][0]
        key = self._key(node)
        if key not in self._known and (kind := self._kind(node)):
            self._known[key] = known_of(key, self._data(node, key, kind))
        return key

    def _kind(self, node: ox.NamedNode) -> str:
        names = (one.value.removeprefix(NAMESPACE) for one in self._objects(node, TYPE))
        return next((name for name in names if name in ontology.classes), "")

    def _data(self, node: ox.NamedNode, key: str, kind: str) -> dict[str, Any]:
        """Return a node with its attributes, as a flow has it."""
        said = self._said(node)
        data: dict[str, Any] = {"key": key, "type": kind, "name": self._text(said, LABEL)}
        for prop in _properties(kind):
            values = [_value(one) for one in said.get(prop.iri, ())]
            if values:
                data[prop.attribute] = sorted(values) if prop.many else values[0]
        return data

    def _key(self, node: ox.NamedNode) -> str:
        return unquote(node.value.removeprefix(self.base))

    def _said(self, node: ox.NamedNode) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for quad in self.store.quads_for_pattern(node, None, None, DEFAULT):
            found.setdefault(quad.predicate.value, []).append(quad.object)
        return found

    def _text(self, said: Values, predicate: ox.NamedNode) -> str:
        values = said.get(predicate.value, ())
        return str(values[0].value) if values else ""

    def _objects(self, node: ox.NamedNode, predicate: ox.NamedNode) -> Iterator[Any]:
        return (quad.object for quad in self.store.quads_for_pattern(node, predicate, None, DEFAULT))

    def _subjects(self, predicate: ox.NamedNode, node: ox.NamedNode) -> Iterator[Any]:
        return (quad.subject for quad in self.store.quads_for_pattern(None, predicate, node, DEFAULT))


def _value(literal: ox.Literal) -> Any:
    match literal.datatype.value.rpartition("#")[2]:
        case "integer":
            return int(literal.value)
        case "boolean":
            return literal.value == "true"
    return literal.value
