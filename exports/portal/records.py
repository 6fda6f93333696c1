"""What one page tells, as records: `Described` for a thing, made from a node and the edges that touch it.

A node and edges come from a `Flow` (`rows_of`, sorted so that all of one thing stands together) or from a store
(`exports.portal.stored`); from there on nobody can tell which.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from exports.frame import EDGE_FRAME, FORMER, NODE_FRAME
from exports.rdf.describe import places_of
from exports.rdf.terms import iri_key
from kg.errors import InputError

__all__ = [
    "QUOTES",
    "Claim",
    "Described",
    "Known",
    "Passage",
    "Value",
    "claim_of",
    "described",
    "edge_rows",
    "known_of",
    "passages_of",
    "rows_of",
    "shown_of",
]

QUOTES = 5  # passages of a fact that the page of a thing shows; those of an article are all on its own page
OWN = frozenset({"name", "aliases", "nameKey"})  # what a page does not list among properties

Value = str | int | float | bool | tuple[str, ...]


class Known(NamedTuple):
    """What other pages say of a thing when they link to it.

    `when` is the first day of an activity, or the day of issue of what was printed.
    """

    key: str
    type: str
    name: str
    when: str = ""
    paper: str = ""
    number: str = ""  # of the page in its paper


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a statement stands."""

    statement: str
    article: Known
    start: int
    end: int
    quote: str
    lines: str
    rule: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact, with some of the `count` passages it was read in: the latest, or all those in the article of the page."""

    id: str
    subject: Known
    predicate: str
    object: Known
    status: str
    confidence: float
    sources: int
    qualifiers: tuple[tuple[str, Value], ...]
    count: int
    passages: tuple[Passage, ...]

    @property
    def inferred(self) -> bool:
        """Whether only names say so."""
        return dict(self.qualifiers).get("inferred") in (True, "true")

    @property
    def seen(self) -> tuple[str, ...]:
        """The days on which a post was in print."""
        days = dict(self.qualifiers).get("seen", ())
        return tuple(sorted(days)) if isinstance(days, tuple) else (str(days),)


@dataclass(frozen=True, slots=True)
class Described:
    """A thing and all facts it is an end of; of an article also all it was read from. Claims are sorted by id."""

    key: str
    type: str
    name: str
    aliases: tuple[str, ...]
    properties: tuple[tuple[str, Value], ...]
    former: tuple[str, ...]
    claims: tuple[Claim, ...]

    @property
    def values(self) -> Mapping[str, Value]:
        """The properties by name."""
        return dict(self.properties)


def known_of(key: str, data: Mapping[str, Any]) -> Known:
    """Return what others say of a node."""
    kind = str(data["type"])
    when = data.get("start", "") if kind == "Activity" else data.get("issueDate", "")
    name = str(data.get("name") or key)
    return Known(key, kind, name, str(when), str(data.get("paper", "")), str(data.get("pageNumber", "")))


def described(data: Mapping[str, Any], claims: Iterable[Claim]) -> Described:
    """Return the record of a node with these attributes and these claims."""
    properties = tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in sorted(data.items())
        if name not in NODE_FRAME
        and name not in OWN
        and name != FORMER
        and value not in ("", [])
        and _public(name, value)
    )
    return Described(
        data["key"],
        data["type"],
        str(data.get("name") or data["key"]),
        tuple(sorted(set(data.get("aliases", ())) - {data.get("name")})),
        properties,
        tuple(sorted(data.get(FORMER, ()))),
        tuple(sorted(claims, key=lambda one: one.id)),
    )


def _public(name: str, value: Any) -> bool:
    """Whether to tell a value: a path on someone's disk is nobody's business."""
    return name != "source" or str(value).startswith(("https://", "http://"))


# --------------------------------------------------------------------------------------------------------- from a flow


def rows_of(key: str, data: Mapping[str, Any]) -> str:
    """Return a node as a line to sort: the line of a node comes in front of those of its edges."""
    return f"{iri_key(key)}\x1f0{_dump({**data, 'key': key})}"


def edge_rows(edge: tuple[str, str, str, Mapping[str, Any]], known: Mapping[str, Known]) -> Iterator[str]:
    """Return an edge as lines to sort, one for each page that shows it."""
    subject, target, key, data = edge
    places = passages_of(key, data)
    qualifiers = {name: value for name, value in data.items() if name not in EDGE_FRAME}
    head = [key, subject, data["predicate"], target, data["status"], data["confidence"], data["sources"], qualifiers]
    for page in dict.fromkeys((subject, target, *(place[1] for place in places))):
        yield f"{iri_key(page)}\x1f1{_dump([*head, len(places), shown_of(page, data['predicate'], places, known)])}"


def shown_of(
    page: str, predicate: str, places: Sequence[Sequence[Any]], known: Mapping[str, Known]
) -> list[Sequence[Any]]:
    """Return the places of a fact that a page tells: an article all its own, a thing the latest, of mentions none."""
    own = sorted((place for place in places if place[1] == page), key=_where)
    if own or predicate == "mentions":
        return own
    found = sorted(places, key=_where)
    found.sort(key=lambda one: known[one[1]].when if one[1] in known else "", reverse=True)
    return found[:QUOTES]


def _where(place: Sequence[Any]) -> tuple[str, int, str]:
    return place[1], place[2], place[0]


def passages_of(key: str, data: Mapping[str, Any]) -> list[Sequence[Any]]:
    """Return the parallel lists of an edge as a list of places, each as a Passage has it."""
    return [
        (one.statement, one.article, one.start, one.end, one.quote, one.lines, one.rule, one.confidence, one.why)
        for one in places_of(key, data)
    ]


def claim_of(row: Sequence[Any], known: Mapping[str, Known]) -> Claim:
    """Return the claim that a line of `edge_rows` holds."""
    key, subject, predicate, target, status, confidence, sources, qualifiers, count, places = row
    return Claim(
        key,
        _known(key, subject, known),
        predicate,
        _known(key, target, known),
        status,
        confidence,
        sources,
        tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in sorted(qualifiers.items())),
        count,
        tuple(Passage(place[0], _known(key, place[1], known), *place[2:]) for place in places),
    )


def _known(fact: str, key: str, known: Mapping[str, Known]) -> Known:
    found = known.get(key)
    if found is None:
        raise InputError(f"{fact}: it speaks of {key}, which is not in the workspace; build the workspace again")
    return found


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
