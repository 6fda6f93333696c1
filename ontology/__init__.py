"""The ontology as Python sees it: classes, relations and properties, read from `union-news.ttl` on first use.

>>> from ontology import ontology
>>> ontology.relations["organizes"].neo4j
'ORGANIZES'

`ontology.classes` holds what may be a node, `ontology.relations` what may be an edge, `ontology.properties` the
literals that a node, a fact or an annotation carries. Tables of names lie in `lexicon/`, shapes in `shapes.ttl`:
`resource` opens them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from kg.errors import OntologyError, UnknownName

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["NAMESPACE", "ClassDef", "Ontology", "PropertyDef", "RelationDef", "ontology", "resource"]

NAMESPACE = "https://w3id.org/union-news-kg/ontology#"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SCHEMA = "https://schema.org/"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ClassDef:
    """A class of nodes; `mapped` are the classes of other vocabularies it is a subclass of (sorted IRIs)."""

    name: str
    iri: str
    label_zh: str
    label_en: str
    comment_zh: str
    comment_en: str
    mapped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationDef:
    """A relation between nodes; `neo4j` is its relationship type, `qualifiers` the literals its facts may carry.

    `mapped` are the properties of other vocabularies it is a subproperty of (sorted IRIs). `inverse` is the name of the
    same relation the other way round, `inverse_mapped` what that one is a subproperty of.
    """

    name: str
    iri: str
    neo4j: str
    domain: frozenset[str]
    range: frozenset[str]
    qualifiers: tuple[str, ...]
    label_zh: str
    label_en: str
    comment_zh: str = ""
    comment_en: str = ""
    mapped: tuple[str, ...] = ()
    inverse: str = ""
    inverse_mapped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyDef:
    """A literal; `attribute` is its name on nodes and edges of the graph, `written` the IRIs it is written as in RDF.

    `datatype` is an IRI; `domain` names classes of nodes, and "Fact", "Annotation", "SpecificResource" for evidence.
    """

    name: str
    iri: str
    datatype: str
    domain: frozenset[str]
    many: bool
    label_zh: str
    label_en: str
    comment_zh: str = ""
    comment_en: str = ""
    attribute: str = ""
    written: tuple[str, ...] = ()


class Ontology:
    """What a Turtle document declares; nothing is read before it is asked for, and once only."""

    def __init__(self, turtle: bytes | None = None) -> None:
        """Hold `turtle`, or the ontology of this package where it is None."""
        self._turtle = turtle

    @cached_property
    def _terms(self) -> _Terms:
        turtle = resource("union-news.ttl").read_bytes() if self._turtle is None else self._turtle
        return _Terms(turtle)

    @cached_property
    def version(self) -> str:
        """The version the document gives itself."""
        terms = self._terms
        return next((terms.text(s, _OWL + "versionInfo") for s in terms.instances(_OWL + "Ontology")), "")

    @cached_property
    def classes(self) -> Mapping[str, ClassDef]:
        """Every class of nodes by name, in the order of names."""
        terms = self._terms
        found = {}
        for iri in terms.instances(_OWL + "Class"):
            if iri.startswith(NAMESPACE) and NAMESPACE + "Entity" in terms.parents(iri):
                found[_local(iri)] = ClassDef(
                    _local(iri), iri, *terms.labels(iri), *terms.comments(iri), terms.mapped(iri)
                )
        return _sorted(found)

    @cached_property
    def relations(self) -> Mapping[str, RelationDef]:
        """Every relation by name, in the order of names."""
        terms = self._terms
        objects = terms.instances(_OWL + "ObjectProperty")
        inverses = {straight: iri for iri in objects for straight in terms.values(iri, _OWL + "inverseOf")}
        found = {}
        for iri in objects:
            neo4j = terms.text(iri, NAMESPACE + "neo4jType")
            if not neo4j:
                continue
            found[_local(iri)] = RelationDef(
                name=_local(iri),
                iri=iri,
                neo4j=neo4j,
                domain=self._expand(iri, "domainIncludes"),
                range=self._expand(iri, "rangeIncludes"),
                qualifiers=tuple(sorted(_local(q) for q in terms.values(iri, NAMESPACE + "qualifier"))),
                label_zh=terms.labels(iri)[0],
                label_en=terms.labels(iri)[1],
                comment_zh=terms.comments(iri)[0],
                comment_en=terms.comments(iri)[1],
                mapped=terms.mapped(iri),
                inverse=_local(inverses.get(iri, "")),
                inverse_mapped=terms.mapped(inverses.get(iri, "")),
            )
        return _sorted(found)

    @cached_property
    def properties(self) -> Mapping[str, PropertyDef]:
        """Every literal property by name, in the order of names: those of nodes, of facts and of annotations."""
        terms = self._terms
        found = {}
        for iri in (*terms.instances(_OWL + "DatatypeProperty"), *terms.instances(_OWL + "AnnotationProperty")):
            datatypes = terms.values(iri, _SCHEMA + "rangeIncludes")
            if not iri.startswith(NAMESPACE) or not datatypes:
                continue
            name = _local(iri)
            found[name] = PropertyDef(
                name=name,
                iri=iri,
                datatype=datatypes[0],
                domain=self._expand(iri, "domainIncludes"),
                many=terms.text(iri, NAMESPACE + "many") == "true",
                label_zh=terms.labels(iri)[0],
                label_en=terms.labels(iri)[1],
                comment_zh=terms.comments(iri)[0],
                comment_en=terms.comments(iri)[1],
                attribute=terms.text(iri, NAMESPACE + "attribute") or name,
                written=terms.values(iri, NAMESPACE + "writtenAs") or (iri, *sorted(terms.parents(iri))),
            )
        return _sorted(found)

    @cached_property
    def neo4j_types(self) -> Mapping[str, RelationDef]:
        """Every relation by its relationship type."""
        return _sorted({relation.neo4j: relation for relation in self.relations.values()})

    @cached_property
    def attributes(self) -> Mapping[str, PropertyDef]:
        """Every literal property by its name in the graph."""
        return _sorted({prop.attribute: prop for prop in self.properties.values()})

    def check_triple(self, subject_type: str, predicate: str, object_type: str | None = None) -> None:
        """Raise OntologyError where the ontology forbids the triple; a literal has no `object_type`."""
        if predicate in self.relations:
            relation = self.relations[predicate]
            if subject_type not in relation.domain:
                raise OntologyError(
                    f"{predicate}: a {subject_type} cannot be its subject; allowed: {_list(relation.domain)}"
                )
            if object_type not in relation.range:
                what = f"a {object_type}" if object_type is not None else "a literal"
                raise OntologyError(f"{predicate}: {what} cannot be its object; allowed: {_list(relation.range)}")
        elif predicate in self.properties:
            prop = self.properties[predicate]
            if subject_type not in prop.domain:
                raise OntologyError(f"{predicate}: a {subject_type} cannot have it; allowed: {_list(prop.domain)}")
            if object_type is not None:
                raise OntologyError(f"{predicate}: its value is a literal, not a {object_type}")
        else:
            raise OntologyError(f"{predicate}: no relation or property of the ontology; see ontology/union-news.ttl")

    def check_qualifiers(self, predicate: str, qualifiers: Mapping[str, object]) -> None:
        """Raise OntologyError where a fact of the relation `predicate` may not carry one of `qualifiers`."""
        allowed = self.relations[predicate].qualifiers
        for name in qualifiers:
            if name not in allowed:
                raise OntologyError(f"{predicate}: no qualifier {name!r}; allowed: {_list(allowed) or 'none'}")

    def resource(self, name: str) -> Traversable:
        """Return the file `name` of this package, `lexicon/titles.tsv` for example."""
        return resource(name)

    def _expand(self, iri: str, predicate: str) -> frozenset[str]:
        """Return the names of the classes `iri` includes, those below a common class instead of it."""
        names: set[str] = set()
        for value in self._terms.values(iri, _SCHEMA + predicate):
            names.update(self.classes if value == NAMESPACE + "Entity" else [_local(value)])
        return frozenset(names)


class _Terms:
    """The triples of the document by subject and predicate."""

    def __init__(self, turtle: bytes) -> None:
        import pyoxigraph as ox

        self._index: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = {}
        self._types: dict[str, list[str]] = {}
        try:
            for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
                subject, value = quad.subject, quad.object
                if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
                    continue
                self._index.setdefault((subject.value, quad.predicate.value), []).append(value)
                if quad.predicate.value == _RDF + "type":
                    self._types.setdefault(value.value, []).append(subject.value)
        except SyntaxError as error:
            raise OntologyError(f"union-news.ttl is not Turtle: {error}; reinstall the package or mend it") from error

    def instances(self, cls: str) -> tuple[str, ...]:
        return tuple(sorted(self._types.get(cls, ())))

    def values(self, subject: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted({value.value for value in self._index.get((subject, predicate), ())}))

    def text(self, subject: str, predicate: str) -> str:
        return next(iter(self.values(subject, predicate)), "")

    def parents(self, iri: str) -> frozenset[str]:
        """Return every class or property above `iri` that the document names."""
        found: set[str] = set()
        todo = [iri]
        while todo:
            term = todo.pop()
            for predicate in ("subClassOf", "subPropertyOf"):
                new = set(self.values(term, _RDFS + predicate)) - found
                found |= new
                todo.extend(new)
        return frozenset(found)

    def mapped(self, iri: str) -> tuple[str, ...]:
        """Return the classes or properties of other vocabularies above `iri`, sorted."""
        return tuple(sorted(parent for parent in self.parents(iri) if not parent.startswith(NAMESPACE)))

    def labels(self, iri: str) -> tuple[str, str]:
        return self._both(iri, _RDFS + "label")

    def comments(self, iri: str) -> tuple[str, str]:
        return self._both(iri, _SKOS + "definition")

    def _both(self, iri: str, predicate: str) -> tuple[str, str]:
        """Return the text in Chinese and in English."""
        texts = {getattr(value, "language", None): value.value for value in self._index.get((iri, predicate), ())}
        for language in ("zh", "en"):
            if not texts.get(language):
                raise OntologyError(f"union-news.ttl: {iri} has no {_local(predicate)} in {language}; write one")
        return texts["zh"], texts["en"]


def resource(name: str) -> Traversable:
    """Return the file `name` of this package, `shapes.ttl` or `lexicon/titles.tsv` for example."""
    path = files("ontology").joinpath(*name.split("/"))
    if not path.is_file():
        raise UnknownName("file of the ontology", name)
    return path


def _local(iri: str) -> str:
    return iri.replace("/", "#").rsplit("#", 1)[-1]


def _list(names: frozenset[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(names))


def _sorted(found: dict[str, Value]) -> Mapping[str, Value]:
    return MappingProxyType({name: found[name] for name in sorted(found)})


ontology = Ontology()
