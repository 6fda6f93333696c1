"""What the store says of one document: of the thing its IRI names, of its parts, and what leads to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote as percent
from urllib.parse import unquote

import pyoxigraph as ox

__all__ = ["Described", "describe", "document", "is_there", "key_of", "replaced_by"]

REPLACED_BY = ox.NamedNode("http://purl.org/dc/terms/isReplacedBy")
DEFAULT = ox.DefaultGraph()
_XSD, _OA = "http://www.w3.org/2001/XMLSchema#", "http://www.w3.org/ns/oa#"
INTEGER, NOT_NEGATIVE = ox.NamedNode(_XSD + "integer"), ox.NamedNode(_XSD + "nonNegativeInteger")
DECIMAL = ox.NamedNode(_XSD + "decimal")
OFFSETS = frozenset({ox.NamedNode(_OA + "start"), ox.NamedNode(_OA + "end")})


@dataclass(frozen=True, slots=True)
class Described:
    """A document: `own` are the triples of the thing and of its parts, `incoming` those that lead there from outside;
    `graph` is what its article says as a named graph. `truncated` where there are more than were wanted."""

    iri: str
    own: tuple[ox.Quad, ...]
    incoming: tuple[ox.Quad, ...]
    graph: tuple[ox.Quad, ...]
    truncated: bool

    def quads(self, *, named: bool) -> list[ox.Quad]:
        """Return all of it, sorted; with `named` also the named graph of an article."""
        found = dict.fromkeys((*self.own, *self.incoming, *(self.graph if named else ())))
        return sorted(found, key=str)


def document(base: str, path: str) -> str:
    """Return the IRI of the document that a path names, however the client escaped it."""
    parts = (unicodedata.normalize("NFC", unquote(part, errors="replace")) for part in path.split("/"))
    return base + "/".join(percent(part, safe="") for part in parts)


def key_of(base: str, iri: str) -> str | None:
    """Return what stands behind `base` in the IRI of a document or of a part of one, escaped; None for other IRIs."""
    return iri[len(base) :].partition("#")[0] if iri.startswith(base) else None


def is_there(store: ox.Store, iri: str) -> bool:
    """Say whether anything is said of this IRI."""
    return next(iter(store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT)), None) is not None


def replaced_by(store: ox.Store, iri: str) -> str | None:
    """Return the IRI that took the place of this one."""
    found = next(iter(store.quads_for_pattern(ox.NamedNode(iri), REPLACED_BY, None, DEFAULT)), None)
    return found.object.value if found is not None and isinstance(found.object, ox.NamedNode) else None


def describe(store: ox.Store, iri: str, *, limit: int) -> Described:
    """Return what is said of a document, at most `limit` triples of each kind.

    Its parts are the IRIs `iri#…`; they hang together with it by triples in either direction, which are followed.
    """
    inside = iri + "#"
    seen, front = {iri}, [iri]
    own: list[ox.Quad] = []
    incoming: list[ox.Quad] = []
    truncated = False
    while front:
        node = ox.NamedNode(front.pop())
        for quad in store.quads_for_pattern(node, None, None, DEFAULT):
            if len(own) >= limit:
                truncated = True
                break
            own.append(quad)
            front += _new(seen, quad.object, inside)
        for quad in store.quads_for_pattern(None, None, node, DEFAULT):
            subject = quad.subject
            if isinstance(subject, ox.NamedNode) and (subject.value == iri or subject.value.startswith(inside)):
                front += _new(seen, subject, inside)
            elif node.value == iri:
                if len(incoming) >= limit:
                    truncated = True
                    break
                incoming.append(quad)
    graph = list(_first(store.quads_for_pattern(None, None, None, ox.NamedNode(f"{iri}#graph")), limit + 1))
    truncated = truncated or len(graph) > limit
    said, leading, named = (tuple(map(_as_exported, quads)) for quads in (own, incoming, graph[:limit]))
    return Described(iri, said, leading, named, truncated)


def _as_exported(quad: ox.Quad) -> ox.Quad:
    """Return a statement as the export writes it. The store keeps numbers, not the words for them: 1.0 comes back as 1,
    and an offset, which must not be negative, as any integer."""
    value = quad.object
    if not isinstance(value, ox.Literal):
        return quad
    if value.datatype == DECIMAL and "." not in value.value:
        value = ox.Literal(f"{value.value}.0", datatype=DECIMAL)
    elif value.datatype == INTEGER and quad.predicate in OFFSETS:
        value = ox.Literal(value.value, datatype=NOT_NEGATIVE)
    else:
        return quad
    return ox.Quad(quad.subject, quad.predicate, value, quad.graph_name)


def _new(seen: set[str], term: object, inside: str) -> list[str]:
    if not isinstance(term, ox.NamedNode) or not term.value.startswith(inside) or term.value in seen:
        return []
    seen.add(term.value)
    return [term.value]


def _first(quads: Iterable[ox.Quad], limit: int) -> Iterator[ox.Quad]:
    for number, quad in enumerate(quads):
        if number >= limit:
            return
        yield quad
