"""The table of confidences: how often each rule was right, smoothed because most rules were judged only a few times.

A triple from an article that rules were made on counts a quarter: there they were mended until they were right.
A rule's precision is drawn towards that of its relation by a Beta prior worth 4 triples: with r right and w wrong ones,
and a relation whose precision is p, its confidence is (r + 4 p) / (r + w + 4). The precision of the relation is drawn
towards that of all triples in the same way, and that one towards a half by a prior worth 2 (the rule of succession).
Nothing is surer than 0.99: the next article may always be the first to be read wrongly. Numbers have three decimals.

The rules are judged on what `kg extract --weak-rules` prints, so a weak rule goes on being measured, and the table does
not depend on what it said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.eval.rules import Key, RuleWork, work_of
from kg.eval.score import Counts, Scored, score
from kg.extract.confidence import ANY, COLUMNS, PRACTICE, Measure

__all__ = ["CEILING", "STRENGTH", "measure", "smooth", "smoothed_names", "table_text"]

STRENGTH = 4.0  # triples that the prior is worth
CEILING = 0.99
_HEAD = """\
# How often each rule was right on the articles of tests/gold, splits calibrate and
# (practised) tune, and how sure that makes it.
# Made by make calibrate; do not edit. A rule * stands for all of its relation, the relation * for all there is.
"""


def smooth(right: float, wrong: float, towards: float, *, strength: float = STRENGTH) -> float:
    """Return a precision drawn towards another one by a prior worth `strength` examples."""
    return min(CEILING, (right + strength * towards) / (right + wrong + strength))


@dataclass(frozen=True, slots=True)
class _Judged:
    """Right and wrong ones, fresh and practised."""

    right: int = 0
    wrong: int = 0
    practised_right: int = 0
    practised_wrong: int = 0

    def drawn(self, towards: float, *, strength: float = STRENGTH) -> float:
        right = self.right + PRACTICE * self.practised_right
        return smooth(right, self.wrong + PRACTICE * self.practised_wrong, towards, strength=strength)

    def row(self, predicate: str, rule: str, sure: float) -> Measure:
        counts = (self.right, self.wrong, self.practised_right, self.practised_wrong)
        return Measure(predicate, rule, *counts, round(sure, 3))


def measure(fresh: Sequence[Scored], practised: Sequence[Scored] = ()) -> list[Measure]:
    """Return the rows of the table: of everything, of each relation, of each rule that was judged; sorted.

    `practised`: articles that rules were made on, none of which is among the `fresh` ones.
    """
    new, old = score(fresh, draws=0), score(practised, draws=0)
    every = _judged(new.all_triples, old.all_triples)
    overall = every.drawn(0.5, strength=2.0)
    rows = [every.row(ANY, ANY, overall)]
    of_relation = {ANY: overall}
    for name in sorted({*new.triples, *old.triples}):
        judged = _judged(new.triples.get(name, Counts()), old.triples.get(name, Counts()))
        if judged != _Judged():
            of_relation[name] = judged.drawn(overall)
            rows.append(judged.row(name, ANY, of_relation[name]))
    now, before = work_of(fresh), work_of(practised)
    for predicate, rule in {*now, *before}:
        one, other = now.get((predicate, rule), RuleWork()), before.get((predicate, rule), RuleWork())
        judged = _Judged(len(one.right), one.wrong, len(other.right), other.wrong)
        if judged != _Judged():  # else all it read may be left out as well: nothing is known of it
            rows.append(judged.row(predicate, rule, judged.drawn(of_relation.get(predicate, overall))))
    return sorted(rows, key=lambda row: (row.predicate, row.rule))


def _judged(new: Counts, old: Counts) -> _Judged:
    return _Judged(new.right, new.predicted - new.right, old.right, old.predicted - old.right)


def _smoothed(counts: Counts, towards: float, *, strength: float = STRENGTH) -> float:
    return smooth(counts.right, counts.predicted - counts.right, towards, strength=strength)


def table_text(rows: Iterable[Measure]) -> str:
    """Return the table as it is checked in."""
    lines = ["\t".join(COLUMNS)]
    for row in rows:
        counts = (row.right, row.wrong, row.practised_right, row.practised_wrong)
        lines.append("\t".join((row.predicate, row.rule, *map(str, counts), f"{row.confidence:.3f}")))
    return _HEAD + "".join(f"{line}\n" for line in lines)


def smoothed_names(work: Mapping[Key, RuleWork]) -> dict[Key, float]:
    """Return how sure each rule that finds names is: drawn towards its class, and that towards all."""
    counts = {key: Counts(len(one.right), len(one.right) + one.wrong) for key, one in work.items()}
    overall = _smoothed(sum(counts.values(), Counts()), 0.5, strength=2.0)
    kinds = {kind for kind, _ in work}
    of_kind = {
        kind: _smoothed(sum((one for key, one in counts.items() if key[0] == kind), Counts()), overall)
        for kind in kinds
    }
    return {key: round(_smoothed(one, of_kind[key[0]]), 3) for key, one in counts.items()}
