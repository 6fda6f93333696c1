"""What of a helper's answer is added to what the rules found: nothing that overlaps, crosses or repeats it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.confidence import STRONG, Keep
from kg.extract.reading import Reading
from kg.extract.relations.claim import Claim
from kg.extract.spans import Candidate, Draft, Spans, arbitrate

__all__ = ["SCORE", "additions", "fitting", "occurrences"]

SCORE = 0.3  # below every rule


def occurrences(reading: Reading, name: str) -> Iterator[tuple[int, int]]:
    """Yield the spans at which `name`, a piece of folded text, stands word for word."""
    at = reading.text.find(name) if name else -1
    while at >= 0:
        yield at, at + len(name)
        at = reading.text.find(name, at + len(name))


def fitting(draft: Draft, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Of a helper's candidates, those for which the rules left room.

    Activities may hold other things and are held against activities only. A person or a district overlaps no district
    of the table; all else may hold one whole.
    """
    told = _spans(draft.found)
    activities = _spans(c for c in draft.found if c.type == "Activity")
    districts = Spans((hit.start, hit.end, None) for hit in draft.reading.districts)
    alone, acts = [], []
    for c in candidates:
        if c.type == "Activity":
            if not any(activities.overlapping(c.start, c.end)):
                acts.append(c)
        elif not any(told.overlapping(c.start, c.end)) and not _cuts(districts, c):
            alone.append(c)
    return arbitrate(alone) + arbitrate(acts)


def _spans(candidates: Iterable[Candidate]) -> Spans[None]:
    return Spans((c.start, c.end, None) for c in candidates)


def _cuts(districts: Spans[None], c: Candidate) -> bool:
    near = districts.overlapping(c.start, c.end)
    if c.type in ("Person", "District"):
        return any(near)
    return any(start < c.start or c.end < end for start, end, _ in near)


def additions(found: Sequence[Claim], claims: Iterable[Claim], *, keep: Keep = STRONG) -> Iterator[Claim]:
    """Yield the claims that `keep` allows and that say something new: other ends or relations than those of `found`."""
    told = {_sense(claim) for claim in found}
    for claim in claims:
        if keep.allows(claim.predicate, claim.rule) and _sense(claim) not in told:
            told.add(_sense(claim))
            yield claim


def _sense(claim: Claim) -> tuple[int, str, object]:
    thing = claim.object if isinstance(claim.object, str) else id(claim.object)
    return id(claim.subject), claim.predicate, thing
