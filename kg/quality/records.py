"""What a look at a graph finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kg.check import Violation

__all__ = [
    "Components",
    "Edge",
    "Finding",
    "FindingRow",
    "Hub",
    "Quote",
    "Shapes",
    "SpecimenRow",
    "Survey",
    "VerdictRow",
]


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact that is more than a mention, without its words.

    Of a post, `title` is what it is called, `first` and `last` are the first and the last day on which it was in print;
    each is "" where there is none.
    """

    id: str
    subject: str
    predicate: str
    object: str
    status: str
    sources: int
    title: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """The words behind one fact or property: `fact` is a fact id, or the name of the property; `lines` as printed."""

    fact: str
    article: str
    page: str
    lines: str
    quote: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that may well be true, but looks wrong; `kind` is one of `kg.quality.findings.KINDS`.

    `entity` is what it is about, `values` are the names of things, posts, or days that do not go together, and
    `evidence` is what they rest on.
    """

    kind: str
    entity: str
    type: str
    name: str
    values: tuple[str, ...]
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Components:
    """How things (all entities but articles and pages) hang together by facts that are more than a mention.

    `number` counts components of two or more things, `largest` the things in the largest one, `alone` those without
    any such fact.
    """

    things: int
    number: int
    largest: int
    alone: int


@dataclass(frozen=True, slots=True)
class Hub:
    """A thing with `degree` neighbours, `times` as many as the mean of its class."""

    entity: str
    degree: int
    times: float


@dataclass(frozen=True, slots=True)
class Shapes:
    """What the laws of the graph and the SHACL shapes say of specimens: of so many entities and facts."""

    entities: int
    facts: int
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """All that was seen in one look."""

    shapes: Shapes
    components: Components
    suspicious: tuple[Finding, ...]


# ------------------------------------------------------------------------------------- what is kept from look to look


class FindingRow(NamedTuple):
    """A finding as it is told, of a thing, or (`of` starts with "hub") of a hub."""

    id: str
    of: str
    line: str


class SpecimenRow(NamedTuple):
    """The entity or fact (`form` starts with that) that stands for all of its form."""

    form: str
    number: int
    own: str


class VerdictRow(NamedTuple):
    """What is wrong with a specimen that has this hash: violations, a line each."""

    hash: str
    lines: tuple[str, ...]
