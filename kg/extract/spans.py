"""What proposers give and the arbiter picks from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.extract.reading import Reading

__all__ = ["BODIES", "Candidate", "Credit", "Draft", "Proposer", "arbitrate"]


BODIES = ("TradeUnion", "Enterprise", "Organization")  # the types of what acts, and that people hold posts in


@dataclass(frozen=True, slots=True)
class Candidate:
    """A typed span of the folded text.

    `kind` is "name" (stands for itself), "relative" (市总工会: a name that lacks its place), "anaphor" (该公司,
    此次活动) or "generic" (a class of things, never an entity). `core` is the span of the name without the districts it is
    chained to (通州区张家湾镇|X公司), `host` the span of what a union is the union of. `other` are further names given
    to the same thing in place (以下简称X).
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
    used: list[tuple[int, int]] = []
    for candidate in sorted(candidates, key=lambda c: (-c.score, c.start - c.end, c.start, c.type, c.rule)):
        if any(candidate.start < end and start < candidate.end for start, end in used):
            continue
        taken.append(candidate)
        used.append((candidate.start, candidate.end))
    return sorted(taken, key=lambda c: (c.start, c.end))
