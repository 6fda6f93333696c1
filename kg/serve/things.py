"""The page of a thing, an article or a page of a newspaper: the one that the portal has, made from the store."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from urllib.parse import unquote

import pyoxigraph as ox

from exports.catalogue import Portal
from exports.portal import Links, front_of, page_of, parts_of
from exports.portal.places import document_of
from exports.portal.stored import described_in
from exports.rdf import PREFIXES

__all__ = ["LONGEST", "NoPart", "links_below", "thing_page"]

LONGEST = 2_000  # facts; what has more is shown by the plain page, which does not read them all
_SITE = {"": "/", "ontology": "/ontology", "catalogue": "/catalogue"}
_ENDS = tuple(ox.NamedNode(f"{PREFIXES['un']}{name}") for name in ("subject", "object"))


class NoPart(Exception):
    """A page has no part of this number."""


def links_below(base: str) -> Links:
    """Return where the pages of a server lead."""
    return Links(
        iri=lambda key: base + document_of(key),
        page=lambda key: f"/page/{document_of(key)}",
        part=lambda key, part: f"/page/{document_of(key)}?part={part}",
        data=lambda key, suffix: f"/data/{document_of(key)}.{suffix}",
        asset=lambda name: f"/assets/{name}",
        site=lambda name: _SITE.get(name, ""),
    )


def thing_page(store: ox.Store, iri: str, *, base: str, portal: Portal, part: int = 0) -> str | None:
    """Return the page of the thing behind an IRI, or a further part of it; None where it is no thing of the graph, or
    has more facts than one page should cost. Raises NoPart where there is no such part."""
    node = ox.NamedNode(iri)
    facts: Iterable[ox.Quad] = (
        quad for end in _ENDS for quad in store.quads_for_pattern(None, end, node, ox.DefaultGraph())
    )
    many = sum(1 for _ in islice(facts, LONGEST + 1)) > LONGEST
    thing = None if many else described_in(store, unquote(iri.removeprefix(base)), base=base)
    if not 0 <= part <= (parts_of(thing) if thing else 0):
        raise NoPart
    return page_of(thing, links_below(base), front_of(portal, None), part=part) if thing else None
