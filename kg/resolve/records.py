"""What resolve hands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Candidate, Entity, Fact
from kg.resolve.ids import IdTable
from kg.resolve.linker import Contradiction, Judgement
from kg.resolve.tables import Outcome

__all__ = ["Dropped", "Reprint", "Resolution", "Unresolved"]


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that could not be tied to one thing beyond its article; `candidates` are codes of divisions."""

    entity: str
    local: str
    article: str
    type: str
    name: str
    why: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement no fact was made of, and why."""

    statement: str
    why: str


@dataclass(frozen=True, slots=True, order=True)
class Reprint:
    """One story that several articles print: keys of the first and of the `fullest`, and of the `others` in the order
    in which they were printed; `alike` says of each of those how much of it stands in the fullest, or the other way
    round where it is the longer one or the fullest itself."""

    first: str
    fullest: str
    others: tuple[str, ...]
    alike: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Entities and facts, and how they came about.

    `canonical` maps local ids to entity ids, `keys` and `reasons` local ids to their keys and why; `links` are the
    judgements that joined keys, `overruled` those of rules that a person's stands against, `contradictions` those that
    speak against each other. `rejected` are the facts that a person took out, `outcomes` what became of each line that
    people wrote. `ids` is the table to keep for the next time.
    """

    entities: tuple[Entity, ...]
    canonical: Mapping[str, str]
    facts: tuple[Fact, ...]
    candidates: tuple[Candidate, ...]
    unresolved: tuple[Unresolved, ...]
    keys: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, tuple[str, ...]]
    links: tuple[Judgement, ...]
    overruled: tuple[Judgement, ...]
    contradictions: tuple[Contradiction, ...]
    dropped: tuple[Dropped, ...]
    reprints: tuple[Reprint, ...]
    rejected: tuple[Fact, ...]
    outcomes: tuple[Outcome, ...]
    ids: IdTable
