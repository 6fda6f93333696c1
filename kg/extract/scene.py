"""What the relation rules see of one article: its things, what stands for them where, and what is said of them.

All offsets are into the folded text, code points, half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from kg.extract import digest
from kg.extract.posts import Post
from kg.extract.reading import Reading
from kg.extract.spans import Credit, Spans
from kg.extract.things import When

__all__ = ["Node", "Occurrence", "Scene", "most_named"]


# 听取了“X”竞赛和帮扶情况的介绍: an activity that somebody is told of
_SPOKEN_OF = re.compile(r"(?:听取|了解|考察|调研|汇报|通报|回顾|总结)[^，。；]{0,60}(?:情况|介绍|汇报|经验|做法|成效)")


@dataclass(slots=True, eq=False)
class Node:
    """One thing of the article while it is being put together."""

    type: str
    name: str
    names: set[str] = field(default_factory=set)
    spans: list[tuple[int, int, str]] = field(default_factory=list)  # start, end, rule of each mention by name
    code: str = ""  # of a district: its row in the table of divisions
    host: Node | None = None  # of a union: what it is the union of
    full: str = ""  # of a district: its full name in that table
    weak: bool = False  # to be kept only where a relation supports it

    def first(self) -> tuple[int, int]:
        """The span of the first mention; the node must have one."""
        return min((start, end) for start, end, _ in self.spans)


@dataclass(slots=True, eq=False)
class Occurrence:
    """A mention at text[start:end] with the thing it is of; `named` is False for 该公司 and 此次活动."""

    start: int
    end: int
    node: Node
    named: bool


@dataclass(frozen=True, eq=False)
class Scene:
    """All that the relation rules need to see; `occurrences` in the order of the text, the longer first."""

    reading: Reading
    nodes: tuple[Node, ...]
    occurrences: tuple[Occurrence, ...]
    posts: tuple[tuple[Node, Post, Node | None], ...]  # person, post, the body it is held in
    credits: tuple[tuple[Node, Credit], ...]
    dates: tuple[When, ...]
    main: Node | None  # the activity the article is about
    hero: Node | None  # the person it is about, where it is about one
    chains: tuple[tuple[Node, Node, int, int], ...]  # (inner, outer, start, end): a place named in front of another

    @cached_property
    def of_type(self) -> Mapping[str, Spans[Occurrence]]:
        """The occurrences by the type of what they are of."""
        kinds: dict[str, list[tuple[int, int, Occurrence]]] = {}
        for o in self.occurrences:
            kinds.setdefault(o.node.type, []).append((o.start, o.end, o))
        return defaultdict(lambda: Spans(()), {kind: Spans(found) for kind, found in kinds.items()})

    def within(self, start: int, end: int) -> list[Occurrence]:
        """The occurrences that lie in text[start:end], in order."""
        first = bisect_left(self.occurrences, start, key=lambda o: o.start)
        last = bisect_left(self.occurrences, end, lo=first, key=lambda o: o.start)
        return [o for o in self.occurrences[first:last] if o.end <= end]

    @cached_property
    def dates_by_place(self) -> Spans[When]:
        """The dates, by where they stand."""
        return Spans((*when.span, when) for when in self.dates)

    def lead_end(self, *, speech: bool) -> int:
        """Where the first three sentences of the body end; those that somebody says count only with `speech`."""
        body = self.reading.body
        sentences = (s for s in self.reading.sentences if s[0] >= body and (speech or not self._is_said(s[0])))
        return max((end for _, end in islice(sentences, 3)), default=body)

    def _is_said(self, start: int) -> bool:
        """Whether a sentence starts with what somebody says, a quotation too long to be a title."""
        quote = self.reading.in_quote(start + 1, start + 2)
        return quote is not None and quote[1] - quote[0] > 20

    @cached_property
    def own_activity(self) -> Node | None:
        """The activity the article reports: it stands in the headline or early in the body."""
        main = self.main
        if main is None or not main.spans or self.main_first[0] >= self.lead_end(speech=False):
            return None
        (start, end), text = self.main_first, self.reading.text
        low, high = self.reading.sentence_of(start)
        low, stop = max(low, text.rfind("，", low, start)), text.find("，", end, high)
        return None if _SPOKEN_OF.search(text, low, stop if stop >= 0 else high) else main

    @cached_property
    def credited(self) -> frozenset[tuple[int, int]]:
        """The spans of the names of the byline and of credit lines."""
        return frozenset((credit.start, credit.end) for _, credit in self.credits)

    @cached_property
    def bodies_of(self) -> Mapping[Node, Sequence[Node]]:
        """By a person the bodies in which he or she holds a post, in order."""
        found: dict[Node, list[Node]] = {}
        for person, _, body in self.posts:
            if body is not None:
                found.setdefault(person, []).append(body)
        return found

    @cached_property
    def offices(self) -> frozenset[int]:
        """Where bodies that are no unions and no firms end that stand in a post of somebody, and act through him."""
        return frozenset(
            post.body.end for _, post, body in self.posts if post.body and body and body.type == "Organization"
        )

    @cached_property
    def titled(self) -> frozenset[tuple[int, int]]:
        """Where persons stand that have a post in front of their names."""
        return frozenset(post.person for _, post, _ in self.posts)

    @cached_property
    def told(self) -> tuple[tuple[int, Node | None], ...]:
        """From where on the text is about which activity; the article's own, until another part of it starts: an item
        of a digest, or a paragraph that opens with the day of another event and does not come back to the own one."""
        text, body, main = self.reading.text, self.reading.body, self.main
        acts = self.of_type["Activity"]
        if main is None or all(o.node is main for o in acts.starting(body, len(text))):
            return ((0, main),)
        starts = digest.items(text, body)
        if len(starts) > 1:
            firsts = [_first(acts, low, high) for low, high in zip(starts, [*starts[1:], len(text)], strict=True)]
            if len({id(node) for node in firsts if node is not None}) > 1:
                return ((0, main), *zip(starts, firsts, strict=True))
        parts: list[tuple[int, Node | None]] = [(0, main)]
        low = body
        while low < len(text):
            high = text.find("\n", low) + 1 or len(text)
            here = list(acts.starting(low, high))
            other = here[0].node if here and all(o.node is here[0].node for o in here) else main
            if other is not main:
                opening = self.reading.sentence_of(here[0].start)
                dated = next(self.dates_by_place.starting(low, here[0].end), None)
                if dated is None or opening[0] > low + 1 or self.main_first[0] >= low:
                    other = main
            if parts[-1][1] is not other:
                parts.append((low, other))
            low = high
        return tuple(parts)

    @cached_property
    def main_first(self) -> tuple[int, int]:
        """Where the article's own activity is named first; there must be one."""
        assert self.main is not None
        return self.main.first()

    @cached_property
    def _told_from(self) -> list[int]:
        return [start for start, _ in self.told]

    def told_at(self, position: int) -> Node | None:
        """The activity that the text is about there."""
        return self.told[bisect_right(self._told_from, position) - 1][1]

    @cached_property
    def outer(self) -> Mapping[Node, Spans[Node]]:
        """By a thing the places named in front of it, with the spans of both."""
        found: dict[Node, list[tuple[int, int, Node]]] = {}
        for inner, outer, start, end in self.chains:
            found.setdefault(inner, []).append((start, end, outer))
        return {inner: Spans(outers) for inner, outers in found.items()}


def _first(acts: Spans[Occurrence], low: int, high: int) -> Node | None:
    """The first activity named in text[low:high]; a weak one only where there is no other."""
    here = [o.node for o in acts.starting(low, high) if o.named]
    return next((node for node in here if not node.weak), here[0] if here else None)


def most_named(found: Sequence[Occurrence]) -> Occurrence:
    """Of some occurrences (at least one) the first of the thing that occurs most often."""
    counts: dict[int, int] = {}
    for o in found:
        counts[id(o.node)] = counts.get(id(o.node), 0) + 1
    return max(found, key=lambda o: counts[id(o.node)])
