"""What proposers give and the arbiter picks from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Generic, TypeVar

from kg.extract.reading import Reading
from kg.extract.record import record

__all__ = ["BODIES", "Candidate", "Credit", "Draft", "Proposer", "Spans", "arbitrate"]


BODIES = ("TradeUnion", "Enterprise", "Organization")  # the types of what acts, and that people hold posts in


@record
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


@record
class Credit:
    """A name of the byline or of a credit line at text[start:end], with its role as printed."""

    start: int
    end: int
    role: str


@record
class Draft:
    """What a proposer sees: the article, who is credited with it, and all that the proposers before it have found."""

    reading: Reading
    credits: tuple[Credit, ...]
    found: list[Candidate]


Proposer = Callable[[Draft], Iterable[Candidate]]


Item = TypeVar("Item")


class Spans(Generic[Item]):
    """Spans, that may overlap, each with something; asked for by place without looking at all of them."""

    def __init__(self, spans: Iterable[tuple[int, int, Item]]) -> None:
        self._spans = sorted(spans, key=itemgetter(0))  # those that start together in the order given
        self._starts = [start for start, _, _ in self._spans]
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def overlapping(self, start: int, end: int) -> Iterator[tuple[int, int, Item]]:
        """Yield, in order, those that share a character with text[start:end]."""
        first = bisect_left(self._starts, start - self._longest)
        for span in self._spans[first : bisect_left(self._starts, end, lo=first)]:
            if span[1] > start:
                yield span

    def starting(self, start: int, end: int) -> Iterator[Item]:
        """Yield, in order, what starts in text[start:end]."""
        first = bisect_left(self._starts, start)
        for _, _, item in self._spans[first : bisect_left(self._starts, end, lo=first)]:
            yield item

    def hold(self, start: int, end: int) -> bool:
        """Whether text[start:end] lies in one of them."""
        return any(low <= start and end <= high for low, high, _ in self.overlapping(start, end))

    def lie_in(self, start: int, end: int) -> bool:
        """Whether one of them lies in text[start:end]."""
        return any(start <= low and high <= end for low, high, _ in self.overlapping(start, end))


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
