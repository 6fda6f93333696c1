"""Which format a client gets: by the name of one, or by its Accept header with q-values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

__all__ = ["GRAPHS", "HTML", "ROWS", "Format", "choose", "named"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name, which is also the extension of its files; the first of `media` is its own name on the
    network. `rdf` is what writes it, where it is a format of graphs; `named` says that it holds named graphs."""

    name: str
    media: tuple[str, ...]
    rdf: ox.RdfFormat | None = None
    named: bool = False
    also: tuple[str, ...] = ()  # other names people give it


# The first is what a client gets that does not care.
ROWS = (
    Format("json", ("application/sparql-results+json", "application/json"), also=("srj",)),
    Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), also=("srx",)),
    Format("csv", ("text/csv",)),
    Format("tsv", ("text/tab-separated-values",)),
)
GRAPHS = (
    Format("ttl", ("text/turtle", "application/x-turtle"), ox.RdfFormat.TURTLE, also=("turtle", "n3")),
    Format("nt", ("application/n-triples", "text/plain"), ox.RdfFormat.N_TRIPLES, also=("ntriples", "n-triples")),
    Format("jsonld", ("application/ld+json", "application/json"), ox.RdfFormat.JSON_LD, also=("json-ld", "json")),
    Format("rdf", ("application/rdf+xml",), ox.RdfFormat.RDF_XML, also=("rdfxml", "rdf+xml", "xml")),
    Format("trig", ("application/trig",), ox.RdfFormat.TRIG, named=True),
    Format("nq", ("application/n-quads",), ox.RdfFormat.N_QUADS, named=True, also=("nquads", "n-quads")),
)
HTML = Format("html", ("text/html", "application/xhtml+xml"))

_RANGE = re.compile(r"\s*([\w!#$&^.+*-]+)/([\w!#$&^.+*-]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d*)?)\s*(?=;|$)", re.IGNORECASE)


def named(name: str, offered: Sequence[Format]) -> Format | None:
    """Return the format of this name, extension or media type."""
    word = name.strip().casefold()
    exact = (one for one in offered if word == one.name or word in one.also or word == one.media[0])
    return next(exact, None) or next((one for one in offered if word in one.media), None)


def choose(accept: str, offered: Sequence[Format]) -> tuple[Format, str] | None:
    """Return what of `offered` the client likes best, and under which media type; None where it takes none of it.

    Where it likes several alike, a type that it names comes before one of `type/*` and that before `*/*`, and then the
    first one offered.
    """
    ranges = _ranges(accept)
    best: tuple[tuple[float, int], Format, str] | None = None
    for one in offered:
        for media in one.media:
            rank = _rank(media, ranges)
            if media != one.media[0] and rank[1] < 2:
                continue  # a name of others for it is given only to those who say it
            if rank[0] > 0 and (best is None or rank > best[0]):
                best = (rank, one, media)
    return (best[1], best[2]) if best else None


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for part in accept.split(","):
        match = _RANGE.fullmatch(part.rstrip())
        if match:
            quality = _QUALITY.search(match[3])
            found.append((match[1].casefold(), match[2].casefold(), min(1.0, float(quality[1])) if quality else 1.0))
    return found or ([("*", "*", 1.0)] if not accept.strip() else [])


def _rank(media: str, ranges: Sequence[tuple[str, str, float]]) -> tuple[float, int]:
    """Return how much a media type is liked, and how exactly it was named; the most exact range counts."""
    kind, _, own = media.partition("/")
    matches = [
        ((first != "*") + (second != "*"), quality)
        for first, second, quality in ranges
        if first in ("*", kind) and second in ("*", own)
    ]
    if not matches:
        return 0.0, 0
    exact, quality = max(matches)
    return quality, exact
