"""The table of confidences: how often each rule was right, smoothed because most rules were judged only a few times.

A rule's precision is drawn towards that of its relation by a Beta prior worth 4 triples: with r right and w wrong ones,
and a relation whose precision is p, its confidence is (r + 4 p) / (r + w + 4). The precision of the relation is drawn
towards that of all triples in the same way, and that one towards a half by a prior worth 2 (the rule of succession).
Nothing is surer than 0.99: the next article may always be the first to be read wrongly. Numbers have three decimals.

The rules are judged on what `kg extract --weak-rules` prints, so a weak rule goes on being measured, and the table does
not depend on what it said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.eval.rules import Key, RuleWork, work_of
from kg.eval.score import Counts, Scored, score
from kg.extract.confidence import ANY, COLUMNS, Measure

__all__ = ["CEILING", "STRENGTH", "measure", "smooth", "smoothed_names", "table_text"]

STRENGTH = 4.0  # triples that the prior is worth
CEILING = 0.99
_HEAD = """\
# How often each rule was right on the articles of tests/gold, split calibrate, and how sure that makes it.
# Made by make calibrate; do not edit. A rule * stands for all of its relation, the relation * for all there is.
"""


def smooth(right: int, wrong: int, towards: float, *, strength: float = STRENGTH) -> float:
    """Return a precision drawn towards another one by a prior worth `strength` examples."""
    return min(CEILING, (right + strength * towards) / (right + wrong + strength))


def measure(scored: Sequence[Scored]) -> list[Measure]:
    """Return the rows of the table: of everything, of each relation, of each rule; sorted."""
    total = score(scored, draws=0)
    overall = _smoothed(total.all_triples, 0.5, strength=2.0)
    rows = [_row(ANY, ANY, total.all_triples, overall)]
    of_relation = {ANY: overall}
    for name, counts in total.triples.items():
        if counts.predicted:
            of_relation[name] = _smoothed(counts, overall)
            rows.append(_row(name, ANY, counts, of_relation[name]))
    for (predicate, rule), work in work_of(scored).items():
        if not work.right and not work.wrong:
            continue  # all it read may be left out as well: nothing is known of it
        rows.append(_rule(predicate, rule, work, of_relation.get(predicate, overall)))
    return sorted(rows, key=lambda row: (row.predicate, row.rule))


def _smoothed(counts: Counts, towards: float, *, strength: float = STRENGTH) -> float:
    return smooth(counts.right, counts.predicted - counts.right, towards, strength=strength)


def _row(predicate: str, rule: str, counts: Counts, sure: float) -> Measure:
    return Measure(predicate, rule, counts.right, counts.predicted - counts.right, round(sure, 3))


def _rule(predicate: str, rule: str, work: RuleWork, towards: float) -> Measure:
    right, wrong = len(work.right), work.wrong
    return Measure(predicate, rule, right, wrong, round(smooth(right, wrong, towards), 3))


def table_text(rows: Iterable[Measure]) -> str:
    """Return the table as it is checked in."""
    lines = ["\t".join(COLUMNS)]
    lines += [f"{row.predicate}\t{row.rule}\t{row.right}\t{row.wrong}\t{row.confidence:.3f}" for row in rows]
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
