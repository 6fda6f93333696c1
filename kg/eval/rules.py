"""What each rule brings and what it spoils, and whether triples are as sure as they say.

A rule is judged by the triples it reads. Several rules may read one triple, at one place or at several; each of them is
given it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.eval.records import RELATIONS
from kg.eval.score import Scored

__all__ = ["Bin", "Key", "RuleCounts", "RuleWork", "ablate", "entity_work", "reliability", "work_of"]

_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.975, 1.0)
Key = tuple[str, str]  # relation (or class) and rule


@dataclass(slots=True)
class RuleWork:
    """What one rule did: which annotated triples (article, place) it read, how many wrong and optional ones."""

    right: set[tuple[str, int]] = field(default_factory=set)
    wrong: int = 0
    neutral: int = 0


@dataclass(frozen=True, slots=True)
class RuleCounts:
    """What one rule brings to one relation (or class): `only` are the right ones that no other rule brings, `smoothed`
    is its precision as far as so few examples can tell."""

    rule: str
    kind: str
    right: int
    wrong: int
    neutral: int
    only: int
    smoothed: float

    @property
    def precision(self) -> float | None:
        """The share of right ones, None where none was judged."""
        judged = self.right + self.wrong
        return self.right / judged if judged else None


def work_of(scored: Iterable[Scored]) -> dict[Key, RuleWork]:
    """Return what each rule read, by relation and rule."""
    found: dict[Key, RuleWork] = {}
    for one in scored:
        for verdict in one.triples:
            if verdict.triple.predicate not in RELATIONS:
                continue
            for rule in verdict.triple.rules:
                work = found.setdefault((verdict.triple.predicate, rule), RuleWork())
                if verdict.kind in ("right", "repeat") and verdict.gold is not None:
                    work.right.add((one.article.id, verdict.gold))
                work.wrong += verdict.kind == "wrong"
                work.neutral += verdict.kind == "optional"
    return found


def entity_work(scored: Iterable[Scored]) -> dict[Key, RuleWork]:
    """Return which things each rule named, by class and rule, where predictions say it (kg extract --rules)."""
    found: dict[Key, RuleWork] = {}
    for one in scored:
        for verdict in one.entities:
            if verdict.kind == "ignored":
                continue
            for rule in verdict.entity.rules:
                work = found.setdefault((verdict.entity.type, rule), RuleWork())
                if verdict.kind == "right" and verdict.gold is not None:
                    work.right.add((one.article.id, verdict.gold))
                work.wrong += verdict.kind not in ("right", "optional")
                work.neutral += verdict.kind == "optional"
    return found


def ablate(work: Mapping[Key, RuleWork], smoothed: Mapping[Key, float]) -> list[RuleCounts]:
    """Return what would go with each rule, the least sure first."""
    brought = Counter(thing for one in work.values() for thing in one.right)
    rows = [
        RuleCounts(
            rule,
            kind,
            len(one.right),
            one.wrong,
            one.neutral,
            sum(brought[thing] == 1 for thing in one.right),
            smoothed[kind, rule],
        )
        for (kind, rule), one in work.items()
    ]
    return sorted(rows, key=lambda row: (row.smoothed, -row.wrong, row.kind, row.rule))


@dataclass(frozen=True, slots=True)
class Bin:
    """Judged triples whose confidence is at least `low` and under `high`; `confidence` is their average."""

    low: float
    high: float
    judged: int
    right: int
    confidence: float

    @property
    def precision(self) -> float:
        """The share that was right."""
        return self.right / self.judged


def reliability(scored: Sequence[Scored]) -> tuple[list[Bin], float | None]:
    """Return bins of confidence with what was right in them, and how far apart both are on average (None: nothing was
    judged, or predictions do not say how sure they are)."""
    said = [
        (verdict.triple.confidence, verdict.kind == "right")
        for one in scored
        for verdict in one.triples
        if verdict.kind in ("right", "wrong") and verdict.triple.confidence is not None
    ]
    bins = []
    for low, high in zip(_EDGES, (*_EDGES[1:-1], 1.001), strict=False):
        inside = [(sure, right) for sure, right in said if low <= sure < high]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            bins.append(Bin(low, min(high, 1.0), len(inside), sum(right for _, right in inside), mean))
    gap = sum(one.judged * abs(one.precision - one.confidence) for one in bins) / len(said) if said else None
    return bins, gap
