"""What proposers give and the arbiter picks from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.extract.reading import Reading

__all__ = ["BODIES", "Candidate", "Credit", "Draft", "Proposer", "arbitrate"]


BODIES = ("TradeUnion", "Enterprise", "Organization")  # the types of what acts, and that people hold posts in


@dataclass(frozen=True, slots=True)
class Candidate:
    """A typed span of the folded text.

    `kind` is "name" (stands for itself), "relative" (市总工会: a name that lacks its place), "anaphor" (该公司,
    此次活动) or "generic" (a class of things, never an entity). `core` is the span of the name without the districts
    it is chained to (通州区张家湾镇|X公司), `host` the span of what a union is the union of. `other` are further names
    given to the same thing in place (以下简称X).
    """

    start: int
    end: int
    type: str
    rule: str
    score: float
    kind: str = "name"
    core: tuple[int, int] | None = None
    host: tuple[int, int] | None = None
    other: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """A name of the byline or of a credit line at text[start:end], with its role as printed."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a proposer sees: the article, who is credited with it, and all that the proposers before it have found."""

    reading: Reading
    credits: tuple[Credit, ...]
    found: list[Candidate]


Proposer = Callable[[Draft], Iterable[Candidate]]


def arbitrate(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Pick spans that do not overlap: the higher score, then the longer, then the earlier one wins."""
    taken: list[Candidate] = []
    starts: list[int] = []  # of the spans taken so far, in order; as they do not overlap, their ends are in order too
    ends: list[int] = []
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.start - c.end, c.start, c.type, c.rule)):
        at = bisect_left(starts, candidate.end)
        if at and ends[at - 1] > candidate.start:
            continue
        taken.append(candidate)
        starts.insert(at, candidate.start)
        ends.insert(at, candidate.end)
    return sorted(taken, key=lambda c: (c.start, c.end))
