"""Predictions against annotations, one article at a time: who is who, which triple is right, and the counts of it.

Things first: a predicted thing is right when its type fits and one of its names is a name of an annotated thing that is
still free; main names are tried before aliases. Then triples: both ends are looked up by name among the annotated
things, and among the names of predicted things that were found to be one of them. What is annotated as optional counts
neither for nor against, nor does a right triple said again.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kg.eval.names import fold, near, same_day
from kg.eval.records import (
    RELATIONS,
    TYPES,
    GoldArticle,
    GoldEntity,
    PredictedEntity,
    PredictedTriple,
    Prediction,
)
from kg.model import ARTICLE

__all__ = [
    "Counts",
    "EntityVerdict",
    "Interval",
    "Score",
    "Scored",
    "TripleVerdict",
    "compare",
    "intervals",
    "score",
]

DRAWS = 1000
SEED = 0
_VAGUE_TYPES = frozenset({"Activity", "Venue", "Product"})  # whose names have no clear end

EntityKind = Literal["right", "optional", "duplicate", "wrong type", "spurious", "ignored"]
TripleKind = Literal["right", "repeat", "optional", "wrong", "wrong again", "ignored"]
Ends = frozenset[int]  # which annotated things a name may be, by their place in the article


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, were predicted, were expected."""

    right: int = 0
    predicted: int = 0
    expected: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.predicted + other.predicted, self.expected + other.expected)

    @property
    def precision(self) -> float:
        """Right ones among the predicted, 0 where none is."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right ones among the expected, 0 where none is."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class EntityVerdict:
    """What became of a predicted thing; `gold` is the place of the annotated one it is, or looks like."""

    entity: PredictedEntity
    kind: EntityKind
    gold: int | None = None


@dataclass(frozen=True, slots=True)
class TripleVerdict:
    """What became of a predicted triple; `gold` is the place of the annotated one, `title` whether its title is right,
    None where that cannot be said."""

    triple: PredictedTriple
    kind: TripleKind
    subject: Ends
    object: Ends
    gold: int | None = None
    title: bool | None = None


class Scored:
    """One article compared: verdicts in the order of the predictions, and what was missed."""

    def __init__(self, article: GoldArticle, prediction: Prediction, *, relaxed: bool = False) -> None:
        self.article, self.prediction, self.relaxed = article, prediction, relaxed
        self.by_name: dict[str, set[int]] = {}
        for index, entity in enumerate(article.entities):
            for name in entity.names:
                self.by_name.setdefault(fold(name), set()).add(index)
        self.entities = self._judge_entities()
        self._called: dict[str, set[int]] = {}  # names of predicted things that are annotated ones
        for verdict in self.entities:
            if verdict.gold is not None:
                for name in verdict.entity.names:
                    self._called.setdefault(fold(name), set()).add(verdict.gold)
        self.ends = tuple((self.end(t.subjects), self.end(t.objects)) for t in article.triples)
        self.optional_ends = tuple((self.end(t.subjects), self.end(t.objects)) for t in article.optional_triples)
        self.triples = self._judge_triples()

    # ---------------------------------------------------------------------------------------------------- things

    def fits(self, gold: GoldEntity, names: Iterable[str]) -> bool:
        """Whether one of the names is a name of the annotated thing."""
        names = tuple(names)
        if {fold(name) for name in names} & {fold(name) for name in gold.names}:
            return True
        pairs = ((known, name) for known in gold.names for name in names)
        if gold.type == "Date":
            return any(same_day(*pair) for pair in pairs)
        return self.relaxed and gold.type in _VAGUE_TYPES and any(near(*pair) for pair in pairs)

    def _judge_entities(self) -> tuple[EntityVerdict, ...]:
        given = self.prediction.entities
        taken: dict[int, int] = {}  # place of the annotated thing -> place of the predicted one
        for main_only in (True, False):
            for place, one in enumerate(given):
                if place not in taken.values() and one.type in TYPES:
                    best = self._free(one, (one.name,) if main_only else one.names, taken)
                    if best is not None:
                        taken[best] = place
        matched = {place: index for index, place in taken.items()}
        return tuple(
            EntityVerdict(one, "right", matched[place]) if place in matched else self._failed(one, taken)
            for place, one in enumerate(given)
        )

    def _free(self, one: PredictedEntity, names: tuple[str, ...], taken: Mapping[int, int]) -> int | None:
        """Return the place of the annotated thing that these names mean best and nobody has yet."""
        folded = {fold(name) for name in names}
        ranked = [
            (fold(gold.name) not in folded, gold.type != one.type, index)
            for index, gold in enumerate(self.article.entities)
            if not gold.optional
            and index not in taken
            and (one.type == gold.type or one.type in gold.alt_types)
            and self.fits(gold, names)
        ]
        return min(ranked)[2] if ranked else None

    def _failed(self, one: PredictedEntity, taken: Mapping[int, int]) -> EntityVerdict:
        if one.type not in TYPES:
            return EntityVerdict(one, "ignored")
        alike = [index for index, gold in enumerate(self.article.entities) if self.fits(gold, one.names)]
        optional = [index for index in alike if self.article.entities[index].optional]
        if optional:
            return EntityVerdict(one, "optional", optional[0])
        if not alike:
            return EntityVerdict(one, "spurious")
        again = next((index for index in alike if index in taken), None)
        double = again is not None and self.article.entities[again].type == one.type
        return EntityVerdict(one, "duplicate" if double else "wrong type", alike[0])

    @cached_property
    def found(self) -> Ends:
        """The annotated things that were found."""
        return frozenset(v.gold for v in self.entities if v.kind in ("right", "optional") and v.gold is not None)

    # ---------------------------------------------------------------------------------------------------- triples

    def end(self, names: Iterable[str]) -> Ends:
        """Return which annotated things stand at an end of an annotated triple; it names them by their main names."""
        found: set[int] = set()
        for name in names:
            if name != ARTICLE:
                exact = {index for index, entity in enumerate(self.article.entities) if entity.name == name}
                found |= exact or self.by_name.get(fold(name), set())
        return frozenset(found)

    def meant(self, name: str) -> Ends:
        """Return which annotated things a name in a predicted triple may mean."""
        folded = fold(name)
        known = self.by_name.get(folded) or self._called.get(folded)
        if known:
            return frozenset(known)
        days = (index for index, gold in enumerate(self.article.entities) if gold.type == "Date" and not gold.optional)
        return frozenset(index for index in days if self.fits(self.article.entities[index], (name,)))

    def _judge_triples(self) -> tuple[TripleVerdict, ...]:
        done: set[int] = set()
        wrong: set[tuple[object, ...]] = set()
        verdicts = []
        for triple in self.prediction.triples:
            verdict = self._judge(triple, done)
            if verdict.kind == "right" and verdict.gold is not None:
                done.add(verdict.gold)
            if verdict.kind == "wrong":
                key = (triple.predicate, verdict.subject or fold(triple.subject), verdict.object or fold(triple.object))
                if key in wrong:
                    verdict = TripleVerdict(triple, "wrong again", verdict.subject, verdict.object)
                wrong.add(key)
            verdicts.append(verdict)
        return tuple(verdicts)

    def _judge(self, triple: PredictedTriple, done: set[int]) -> TripleVerdict:
        of_article = triple.predicate == "reportedBy"
        subject = frozenset[int]() if of_article else self.meant(triple.subject)
        target = self.meant(triple.object)
        if triple.predicate not in RELATIONS or triple.status != "happened":
            return TripleVerdict(triple, "ignored", subject, target)

        def same(predicate: str, ends: tuple[Ends, Ends]) -> bool:
            if predicate != triple.predicate:
                return False
            return bool((of_article or subject & ends[0]) and target & ends[1])

        hits = [i for i, gold in enumerate(self.article.triples) if same(gold.predicate, self.ends[i])]
        if hits:
            free = next((i for i in hits if i not in done), None)
            if free is None:
                return TripleVerdict(triple, "repeat", subject, target, hits[0])
            return TripleVerdict(triple, "right", subject, target, free, self._title(triple, free))
        if any(same(gold.predicate, self.optional_ends[i]) for i, gold in enumerate(self.article.optional_triples)):
            return TripleVerdict(triple, "optional", subject, target)
        things = self.article.entities
        if any(end and all(things[index].optional for index in end) for end in (subject, target)):
            return TripleVerdict(triple, "optional", subject, target)
        return TripleVerdict(triple, "wrong", subject, target)

    def _title(self, triple: PredictedTriple, index: int) -> bool | None:
        titles = self.article.triples[index].titles
        if triple.predicate != "hasRole" or not titles or not triple.qualifier:
            return None
        return fold(triple.qualifier) in {fold(title) for title in titles}

    # ----------------------------------------------------------------------------------------------------- counts

    @cached_property
    def missed_entities(self) -> tuple[int, ...]:
        """The annotated things that count and were not found."""
        taken = {v.gold for v in self.entities if v.kind == "right"}
        return tuple(i for i, gold in enumerate(self.article.entities) if not gold.optional and i not in taken)

    @cached_property
    def missed_triples(self) -> tuple[int, ...]:
        """The annotated triples that were not found."""
        done = {v.gold for v in self.triples if v.kind == "right"}
        return tuple(i for i in range(len(self.article.triples)) if i not in done)

    @cached_property
    def entity_counts(self) -> Mapping[str, Counts]:
        """Counts by type."""
        right: Counter[str] = Counter()
        predicted: Counter[str] = Counter()
        for verdict in self.entities:
            if verdict.kind == "right" and verdict.gold is not None:
                right[self.article.entities[verdict.gold].type] += 1
                predicted[self.article.entities[verdict.gold].type] += 1
            elif verdict.kind in ("duplicate", "wrong type", "spurious"):
                predicted[verdict.entity.type] += 1
        expected = Counter(gold.type for gold in self.article.entities if not gold.optional)
        return _counts(right, predicted, expected, TYPES)

    @cached_property
    def triple_counts(self) -> Mapping[str, Counts]:
        """Counts by relation."""
        right = Counter(v.triple.predicate for v in self.triples if v.kind == "right")
        predicted = Counter(v.triple.predicate for v in self.triples if v.kind in ("right", "wrong"))
        return _counts(right, predicted, Counter(gold.predicate for gold in self.article.triples), RELATIONS)


def _counts(
    right: Mapping[str, int], predicted: Mapping[str, int], expected: Mapping[str, int], order: Sequence[str]
) -> dict[str, Counts]:
    names = (*order, *sorted((set(predicted) | set(expected)) - set(order)))
    counts = {name: Counts(right.get(name, 0), predicted.get(name, 0), expected.get(name, 0)) for name in names}
    return {name: one for name, one in counts.items() if one != Counts()}


# ------------------------------------------------------------------------------------------------------ all articles


@dataclass(frozen=True, slots=True)
class Interval:
    """Where 95 of 100 sets of articles like these would lie."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of all articles: by kind, together, with their intervals; `titles` right, and given at all."""

    entities: Mapping[str, Counts]
    triples: Mapping[str, Counts]
    all_entities: Counts
    all_triples: Counts
    entity_intervals: Mapping[str, Interval]
    triple_intervals: Mapping[str, Interval]
    titles: tuple[int, int]


def compare(
    articles: Sequence[GoldArticle], predictions: Mapping[str, Prediction], *, relaxed: bool = False
) -> list[Scored]:
    """Compare each article with its prediction; an article without one is all missed."""
    return [Scored(one, predictions.get(one.id, Prediction()), relaxed=relaxed) for one in articles]


def score(scored: Sequence[Scored], *, draws: int = DRAWS) -> Score:
    """Add up what was compared; the intervals come from as many `draws`, 0 for none."""
    entities = [one.entity_counts for one in scored]
    triples = [one.triple_counts for one in scored]
    titles = [v.title for one in scored for v in one.triples if v.title is not None]
    return Score(
        _sum(entities, TYPES),
        _sum(triples, RELATIONS),
        _total(entities),
        _total(triples),
        intervals([_total([one]) for one in entities], draws=draws),
        intervals([_total([one]) for one in triples], draws=draws),
        (sum(titles), len(titles)),
    )


def _sum(parts: Iterable[Mapping[str, Counts]], order: Sequence[str]) -> dict[str, Counts]:
    total: dict[str, Counts] = {}
    for part in parts:
        for name, one in part.items():
            total[name] = total.get(name, Counts()) + one
    return {name: total[name] for name in order if name in total}


def _total(parts: Iterable[Mapping[str, Counts]]) -> Counts:
    return sum((one for part in parts for one in part.values()), Counts())


def intervals(articles: Sequence[Counts], *, draws: int = DRAWS, seed: int = SEED) -> dict[str, Interval]:
    """Return the 95 % intervals of precision, recall and F1 over articles: a bootstrap, the same on every run."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    drawn = [sum((chance.choice(articles) for _ in articles), Counts()) for _ in range(draws)]
    found = {}
    for name in ("precision", "recall", "f1") if drawn else ():
        values = sorted(getattr(one, name) for one in drawn)
        found[name] = Interval(values[int(0.025 * draws)], values[int(0.975 * draws) - 1])
    return found
