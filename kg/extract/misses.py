"""Sentences that seem to say a relation that no rule read: a trigger, and two things that a relation may join.

A trigger is a verb of the lexicon outside of names. A candidate joins two things named in its sentence between which
the article says nothing, by a relation that the ontology allows between their classes: one that the trigger speaks of
(举办: organizes, heldAt, heldIn), else one that no trigger speaks of (hasRole, locatedIn). The best candidate of a
sentence ranks it. Its score is the sum of

  fit        2 where the trigger speaks of the relation, else 1
  things     a quarter for each thing named in the sentence, 1 at most
  closeness  1 where trigger and things stand side by side, less with what lies between: 10 / (10 + characters)
  silence    1 where nothing at all was read out of the sentence

so it lies above 1 and is 5 at most. Offsets are into the folded text, but those of `Miss` into the text of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from kg.extract import lexicon
from kg.extract.confidence import STRONG, Keep
from kg.extract.entities import build
from kg.extract.ranges import page_ranges
from kg.extract.reading import read
from kg.extract.relations import Claim, claims
from kg.extract.scene import Node, Occurrence, Scene
from kg.model import Article
from ontology import ontology

__all__ = ["Miss", "Thing", "find", "misses"]

SPEAKS_OF = {
    "organize": ("organizes",),
    "hold": ("heldAt", "heldIn", "organizes"),
    "attend": ("participatesIn",),
    "award": ("awards",),
    "win": ("awards",),
    "give": ("provides",),
    "found": ("unionOf", "subordinateTo"),
    "support": ("supports",),
}
_UNSPOKEN = ("hasRole", "locatedIn")  # what no trigger speaks of
_NEAR = 6  # things on each side of a trigger that are looked at
_MANY = 4  # things that a sentence is given credit for
_FAR = 10  # characters between that halve the closeness


@dataclass(frozen=True, slots=True)
class Thing:
    """Something named in the sentence."""

    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence, `article.text[start:end]`, and its best candidate: what the trigger may say of which things.

    `silent` is True where no relation was read out of the sentence.
    """

    start: int
    end: int
    quote: str
    page_ranges: tuple[tuple[int, int], ...]
    trigger: str
    relation: str
    subject: Thing
    object: Thing
    things: tuple[Thing, ...]
    silent: bool
    score: float


def misses(article: Article, *, keep: Keep = STRONG) -> list[Miss]:
    """Return the sentences of an article from which a relation may be missing, in the order of the text."""
    if not article.text.strip():
        return []
    scene = build(read(article))
    return find(scene, claims(scene, keep=keep))


def find(scene: Scene, found: Sequence[Claim], *, silent: bool = False) -> list[Miss]:
    """Return the sentences from which a relation may be missing, where these claims were read; with `silent` only those
    from which none was read."""
    joined = {frozenset((id(c.subject), id(c.object))) for c in found if isinstance(c.object, Node)}
    speaking = {(c.start, c.end) for c in found if c.subject is not None and isinstance(c.object, Node)}
    result = []
    for start, end in scene.reading.sentences:
        told = (start, end) in speaking
        if start < scene.reading.body or (silent and told):
            continue
        named = _named(scene, start, end)
        if len({id(o.node) for o in named}) < 2:
            continue
        best = max(_candidates(scene, start, end, named, joined), key=lambda one: one[0], default=None)
        if best is not None:
            result.append(_miss(scene, (start, end), named, best, told=told))
    return result


Candidate = tuple[float, re.Match[str], str, Node, Node]  # fit and closeness, trigger, relation, subject, object


def _named(scene: Scene, start: int, end: int) -> list[Occurrence]:
    """Return what is named in a sentence, in its order: nothing inside another name, no names of the byline."""
    first = bisect_left(scene.occurrences, start, key=lambda o: o.start)
    last = bisect_left(scene.occurrences, end, key=lambda o: o.start)
    named: list[Occurrence] = []
    for o in scene.occurrences[first:last]:  # of those that start at one place the longer come first
        inside = bool(named) and o.end <= named[-1].end
        if o.named and o.end <= end and not inside and (o.start, o.end) not in scene.credited and o.node.type != "Date":
            named.append(o)
    return named


def _candidates(
    scene: Scene, start: int, end: int, named: Sequence[Occurrence], joined: set[frozenset[int]]
) -> Iterator[Candidate]:
    for trigger in _triggers().finditer(scene.reading.text, start, end):
        at = bisect_left(named, trigger.start(), key=lambda o: o.start)
        if at and trigger.start() < named[at - 1].end:
            continue  # part of a name
        expected = _expected(trigger.group())
        for subject, target in permutations(named[max(0, at - _NEAR) : at + _NEAR], 2):
            if subject.node is target.node or frozenset((id(subject.node), id(target.node))) in joined:
                continue
            allowed = _allowed(subject.node.type, target.node.type)
            relation = next((name for name in (*expected, *_UNSPOKEN) if name in allowed), None)
            if relation is not None:
                close = _FAR / (_FAR + _between(trigger, subject, target))
                yield 1.0 + (relation in expected) + close, trigger, relation, subject.node, target.node


def _between(trigger: re.Match[str], *things: Occurrence) -> int:
    """Return how many characters of the stretch that holds them are of none of them."""
    spans = sorted([trigger.span(), *((o.start, o.end) for o in things)])
    gaps, at = 0, spans[0][1]
    for start, end in spans[1:]:
        gaps += max(0, start - at)
        at = max(at, end)
    return gaps


def _miss(scene: Scene, sentence: tuple[int, int], named: Sequence[Occurrence], best: Candidate, *, told: bool) -> Miss:
    value, trigger, relation, subject, target = best
    article = scene.reading.article
    start, end = scene.reading.folded.raw(*sentence)
    things = tuple(dict.fromkeys(_thing(o.node) for o in named))
    return Miss(
        start,
        end,
        article.text[start:end],
        page_ranges(article, start, end),
        trigger.group(),
        relation,
        _thing(subject),
        _thing(target),
        things,
        not told,
        round(value + min(len(things), _MANY) / _MANY + (not told), 3),
    )


def _thing(node: Node) -> Thing:
    return Thing(node.type, node.name)


@cache
def _triggers() -> re.Pattern[str]:
    return re.compile(lexicon.verb_pattern(*SPEAKS_OF))


@cache
def _expected(trigger: str) -> tuple[str, ...]:
    """Return the relations that a trigger speaks of."""
    kinds = [kind for kind in SPEAKS_OF if trigger in lexicon.verbs(kind)]
    return tuple(dict.fromkeys(relation for kind in kinds for relation in SPEAKS_OF[kind]))


@cache
def _allowed(subject: str, target: str) -> frozenset[str]:
    """Return the relations that the ontology allows between two classes."""
    known = ontology.relations.items()
    return frozenset(name for name, one in known if subject in one.domain and target in one.range)
