"""What people judged, applied to keys: each line of judgements.tsv becomes judgements that a `Linker` understands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.resolve.bearers import Bearers, Unclear
from kg.resolve.ids import APART
from kg.resolve.linker import Judgement
from kg.resolve.state import LocalRow
from kg.resolve.tables import Outcome, Ruling, wording
from kg.text import normal

__all__ = ["Applied", "Split", "apply", "splits"]

FILE = "judgements.tsv"


@dataclass(frozen=True, slots=True)
class Split:
    """Local entities that get a key of their own, because a person says they are not what their key says."""

    locals: tuple[LocalRow, ...]
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one ruling: the keys it speaks of, the judgements it is made of, or why it says nothing."""

    ruling: Ruling
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    idle: str = ""

    @property
    def outcome(self) -> Outcome:
        """The line, and what it touched."""
        ruling = self.ruling
        touched = tuple(sorted({*self.left, *self.right}))
        return Outcome(FILE, ruling.line, ruling.text(), ruling.reason, touched, self.idle)


def splits(rulings: Iterable[Ruling], bearers: Bearers) -> list[Split]:
    """Return what is to be split so that names which come down to one key, and a person judged different, can differ:
    the shorter of the two gets a key of its own. Sorted, and from the keys as they are, so that no order matters."""
    found = {}
    for ruling in rulings:
        one, other = wording(ruling.one), wording(ruling.other)
        if ruling.verdict != "different" or one.how != "name" or other.how != "name":
            continue
        try:
            kind, left, right = _meant(ruling, bearers)
        except Unclear:
            continue
        longer, shorter = sorted((one, other), key=lambda words: (-len(words.text), words.text))
        kept = {local.id for local in bearers.called(longer)}
        moved = [local for local in bearers.called(shorter) if local.type == kind and local.id not in kept]
        for shared in sorted({*left} & {*right}):
            split = Split(tuple(moved), f"{shared}{APART}{normal(shorter.text)}", ruling.reason)
            found[split.key] = split
    return [found[key] for key in sorted(found)]


def apply(rulings: Iterable[Ruling], bearers: Bearers) -> Iterator[Applied]:
    """Read each ruling as judgements on keys; what names nothing, or several things, is told as idle."""
    for ruling in rulings:
        try:
            yield _applied(ruling, bearers)
        except Unclear as unclear:
            yield Applied(ruling, idle=str(unclear))


def _meant(ruling: Ruling, bearers: Bearers) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the class that the two are of, and the keys of each. Raises Unclear."""
    one, other = wording(ruling.one), wording(ruling.other)
    kinds = sorted(bearers.keys(one).keys() & bearers.keys(other).keys())
    if not kinds:
        mine, yours = (", ".join(sorted(bearers.keys(words))) for words in (one, other))
        raise Unclear(f"classes differ: {ruling.one} is {mine}, {ruling.other} {yours}; corrections.tsv can retype")
    if len(kinds) > 1:
        raise Unclear(f"both may be {' or '.join(kinds)}: write the class in front, as in {kinds[0]}:{one.text}")
    return kinds[0], bearers.one(one, kinds[0]), bearers.one(other, kinds[0])


def _applied(ruling: Ruling, bearers: Bearers) -> Applied:
    _, left, right = _meant(ruling, bearers)
    if ruling.verdict == "same":
        first = min((*left, *right), key=lambda key: ("@" in key, key))
        joined = tuple(
            Judgement.of(first, key, "same", 1.0, ruling.reason, by_hand=True)
            for key in sorted({*left, *right} - {first})
        )
        return Applied(ruling, left, right, joined)
    if ruling.verdict == "unsure":
        return Applied(ruling, left, right)
    if shared := sorted({*left} & {*right}):
        raise Unclear(f"both are {shared[0]}: write two names, neither of which an article uses for the other")
    apart = (Judgement.of(a, b, "different", 0.0, ruling.reason, by_hand=True) for a in left for b in right)
    return Applied(ruling, left, right, tuple(apart))
