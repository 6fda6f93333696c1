"""What the portal says of itself: ontology, catalogue and VoID, written by those who know them, each with a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox

from exports.catalogue import (
    Build,
    Dump,
    Portal,
    catalogue,
    catalogue_iri,
    day_of_issue,
    measure,
    summarise,
    to_bytes,
    void_description,
)
from exports.catalogue.terms import PREFIXES
from exports.portal.frame import Front, Links, both, shell
from exports.portal.words import Words
from kg.io.markup import Markup, element, joined
from ontology import ontology

__all__ = [
    "SYNTAXES",
    "build_page",
    "catalogue_page",
    "day_of_issue",
    "front_of",
    "measured",
    "triples_of",
    "write_catalogue",
]

SYNTAXES = {"ttl": "turtle", "jsonld": "jsonld", "rdf": "rdfxml"}
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TITLES = (
    "http://purl.org/dc/terms/title",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://xmlns.com/foaf/0.1/name",
)

Triples = Mapping[str, list[tuple[str, ox.NamedNode | ox.Literal]]]


def front_of(portal: Portal, issued: str | None) -> Front:
    """Return what pages say of the portal."""
    return Front(
        title=Words(portal.title.zh, portal.title.en),
        description=Words(portal.description.zh, portal.description.en),
        rights=Words(portal.rights.zh, portal.rights.en),
        licence=portal.licence,
        publisher=portal.publisher.name if portal.publisher != Portal().publisher else "",
        sparql=portal.sparql,
        issued=issued or "",
    )


def measured(paths: Iterable[Path]) -> list[Dump]:
    """Return the dumps that lie in files of the folder `dumps`."""
    return [measure(path, f"dumps/{path.name}") for path in paths]


def write_catalogue(
    folder: Path,
    portal: Portal,
    lines: Path,
    dumps: list[Dump],
    build: Build,
    issued: str | None,
    previous: bytes | None,
) -> bytes:
    """Write the catalogue in three syntaxes and `.well-known/void`; return it as Turtle. `lines` are the N-Triples."""
    with lines.open("rb") as stream:
        summary = summarise(stream, base=portal.base)
    graph = catalogue(portal, summary, dumps, ontology.version, build, issued=issued, previous=previous)
    (folder / "catalogue").mkdir()
    for suffix, syntax in SYNTAXES.items():
        (folder / "catalogue" / f"catalogue.{suffix}").write_bytes(to_bytes(graph, syntax))
    (folder / ".well-known").mkdir()
    (folder / ".well-known" / "void").write_bytes(to_bytes(void_description(portal, summary, dumps)))
    return to_bytes(graph)


def triples_of(turtle: bytes) -> Triples:
    """Return what a document says, by subject, in the order of the document."""
    found: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = {}
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            found.setdefault(quad.subject.value, []).append((quad.predicate.value, quad.object))
    return found


def catalogue_page(portal: Portal, said: Triples, page_of: Callable[[str], str], links: Links, front: Front) -> str:
    """Return the page of the catalogue: all it says of its own things, each at the anchor its IRI names."""
    iri = catalogue_iri(portal)
    own = [one for one in said if one == iri or one.startswith(f"{iri}#")]
    files = [element("a", name, href=f"catalogue.{suffix}") for suffix, name in _FILES.items()]
    files.append(element("a", "VoID", href="../.well-known/void"))
    words = Words("数据目录", "Catalogue")
    content = [
        element("h1", both(words)),
        element("p", *(element("span", one) for one in files), cls="data"),
        *(_described(one, said, own, iri, page_of) for one in _first(own, said)),
        element("h2", both(Words("组成部分", "Parts"))),
        *(_described(one, said, own, iri, page_of, folded=True) for one in own if one not in _first(own, said)),
    ]
    crumbs = [(both(Words("首页", "Home")), links.site("")), (both(words), "")]
    return shell("数据目录", content, links, front, crumbs=crumbs)


_FILES = {"ttl": "Turtle", "jsonld": "JSON-LD", "rdf": "RDF/XML"}


def build_page(iri: str, said: Triples, page_of: Callable[[str], str], links: Links, front: Front) -> str:
    """Return the page of the build that made the data."""
    words = Words("构建", "Build")
    content = [element("h1", both(words)), _described(iri, said, [], iri, page_of)]
    crumbs = [(both(Words("首页", "Home")), links.site("")), (both(words), "")]
    return shell("构建", content, links, front, crumbs=crumbs)


def _first(own: list[str], said: Triples) -> list[str]:
    """Return the catalogue and the dataset; their parts are many."""
    kinds = [f"{PREFIXES['dcat']}{kind}" for kind in ("Catalog", "Dataset")]
    return [one for kind in kinds for one in own if kind in [value.value for name, value in said[one] if name == _TYPE]]


def _described(
    subject: str, said: Triples, own: list[str], document: str, page_of: Callable[[str], str], *, folded: bool = False
) -> Markup:
    """Return all that is said of one subject, a row for each predicate."""
    names = [value.value for predicate, value in said[subject] if predicate in _TITLES]
    rows = []
    for predicate, values in groupby(said[subject], key=lambda one: one[0]):
        shown = [_term(value, said, own, document, page_of) for _, value in values]
        label = "a" if predicate == _TYPE else _short(predicate)
        rows.append(element("div", element("dt", element("code", label)), element("dd", joined(shown, "、"))))
    fragment = unquote(subject.partition("#")[2])  # an id as a browser looks for it
    named = names[0] if names else fragment or _short(subject)
    anchor = {"id": fragment} if fragment else {}
    if folded:
        return element("details", element("summary", named), element("dl", *rows), cls="about", **anchor)
    title = element("h2", named)
    return element("section", title, element("dl", *rows), cls="about", **anchor)


def _term(
    value: ox.NamedNode | ox.Literal, said: Triples, own: list[str], document: str, page_of: Callable[[str], str]
) -> Markup:
    if isinstance(value, ox.Literal):
        # not as lang: both languages of a text are to be seen here
        said_in = element("small", value.language) if value.language else ""
        return joined((value.value, " ", said_in)) if said_in else joined((value.value,))
    iri = value.value
    href = page_of(iri)
    if iri in own or href:
        names = [one.value for predicate, one in said.get(iri, ()) if predicate in _TITLES]
        return element("a", names[0] if names else _short(iri), href=href or f"#{iri.partition('#')[2]}")
    return element("a", _short(iri), href=iri, rel="external")


def _short(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and len(iri) > len(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri
