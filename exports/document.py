"""The Turtle of the ontology as a document: subjects in their order, prefixes, texts in two languages, other syntaxes.

`ontology` knows what a graph is made of; a publication also shows what that leaves out: words of other vocabularies,
mappings, disjoint classes, inverses, versions.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from ontology import NAMESPACE, resource

__all__ = ["IRI", "Document"]

IRI = NAMESPACE.removesuffix("#")  # of the ontology itself

SYNTAXES = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML}
SYNTAXES["jsonld"] = ox.RdfFormat.JSON_LD


class Document:
    """A Turtle document; names are written `prefix:local` wherever terms are asked for."""

    def __init__(self, turtle: bytes | None = None) -> None:
        """Read `turtle`, or the ontology of this package."""
        self.turtle = resource("union-news.ttl").read_bytes() if turtle is None else turtle
        parser = ox.parse(self.turtle, format=ox.RdfFormat.TURTLE)
        self._triples = [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in parser]
        self.prefixes: dict[str, str] = dict(sorted(parser.prefixes.items()))
        self._said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
        for triple in self._triples:
            # the ontology has no blank nodes (a test says so): they have no place in a page about terms
            assert isinstance(triple.subject, ox.NamedNode)
            assert isinstance(triple.object, ox.NamedNode | ox.Literal)
            said = self._said.setdefault(self.short(triple.subject.value), {})
            said.setdefault(self.short(triple.predicate.value), []).append(triple.object)

    def short(self, iri: str) -> str:
        """Return an IRI as `prefix:local` where a prefix is known, else as it is."""
        for prefix, start in self.prefixes.items():
            if iri.startswith(start) and iri != start:
                return f"{prefix}:{iri[len(start) :]}"
        return iri

    def full(self, name: str) -> str:
        """Return the IRI of `prefix:local`."""
        prefix, _, local = name.partition(":")
        return self.prefixes[prefix] + local if prefix in self.prefixes else name

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """All that is spoken of, in the order of the document."""
        return tuple(self._said)

    def values(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Return terms and literals in the order of the document."""
        found = self._said.get(subject, {}).get(predicate, ())
        return tuple(self.short(one.value) if isinstance(one, ox.NamedNode) else one.value for one in found)

    def value(self, subject: str, predicate: str) -> str:
        """Return the first value, "" where there is none."""
        return next(iter(self.values(subject, predicate)), "")

    def text(self, subject: str, predicate: str, language: str) -> str:
        """Return the text in one language, "" where there is none."""
        found = self._said.get(subject, {}).get(predicate, ())
        return next((one.value for one in found if isinstance(one, ox.Literal) and one.language == language), "")

    def of_type(self, kind: str) -> tuple[str, ...]:
        """Return the subjects of the type `kind`, in the order of the document."""
        return tuple(one for one in self.subjects if kind in self.values(one, "rdf:type"))

    def inverses(self, predicate: str) -> dict[str, tuple[str, ...]]:
        """Return who points to what by `predicate`, from the end of the arrow."""
        found: dict[str, tuple[str, ...]] = {}
        for subject in self.subjects:
            for value in self.values(subject, predicate):
                found[value] = (*found.get(value, ()), subject)
        return found

    def serialize(self, syntax: str) -> bytes:
        """Return the document in another syntax, `nt`, `rdf` or `jsonld`; the same bytes every time."""
        if syntax == "ttl":
            return self.turtle
        triples: Iterable[ox.Triple] = sorted(self._triples, key=str)
        prefixes = self.prefixes if syntax == "rdf" else None
        written = ox.serialize(triples, format=SYNTAXES[syntax], prefixes=prefixes)
        assert written is not None
        return written
