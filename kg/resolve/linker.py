"""Which keys are one thing: a union-find over judgements, kept so that each can be explained and taken back.

What people judge outranks what rules judge. Their "same" joins first; then that of the rules, the surest first, but for
those by which two keys would meet that a person judged different. Such judgements are overruled, and told. Where people
contradict each other (same, same, different), "same" holds, and the contradiction is told with its chain.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = ["Contradiction", "Judgement", "Linker", "Verdict"]

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """Whether two keys mean the same thing, how surely, and why. Symmetric: `left` is the smaller one.

    `by_hand`: a person judged so, not a rule.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...]
    by_hand: bool = False

    @classmethod
    def of(
        cls, one: str, other: str, verdict: Verdict, score: float, *reasons: str, by_hand: bool = False
    ) -> Judgement:
        """Make the judgement on an unordered pair."""
        return cls(min(one, other), max(one, other), verdict, score, reasons, by_hand)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two keys judged different, and the chain of judgements by which they are the same nevertheless."""

    different: Judgement
    chain: tuple[Judgement, ...]


class Linker:
    """Clusters of keys under judgements; they depend on the set of judgements, never on their order."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._judgements: set[Judgement] = set()
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}  # roots -> roots that a person keeps from them
        self._overruled: list[Judgement] = []
        self._near: dict[str, list[tuple[str, Judgement]]] | None = None
        self._stale = False
        for judgement in judgements:
            self.add(judgement)

    def __contains__(self, key: str) -> bool:
        return key in self._roots()

    def add(self, judgement: Judgement) -> None:
        """Take a judgement into account."""
        if judgement in self._judgements:
            return
        self._judgements.add(judgement)
        self._near = None
        if judgement.verdict == "same" and not self._apart and not self._stale:
            self._unite(judgement.left, judgement.right)
        elif judgement.verdict == "same" or (judgement.by_hand and judgement.verdict == "different"):
            self._stale = True

    def discard(self, judgement: Judgement) -> None:
        """Take a judgement back; the clusters are as if it had never been there."""
        if judgement in self._judgements:
            self._judgements.remove(judgement)
            self._near = None
            self._stale = True

    def merge(self, left: str, right: str, *reasons: str) -> None:
        """Judge two keys the same, for certain."""
        self.add(Judgement.of(left, right, "same", 1.0, *reasons))

    def judgements(self) -> list[Judgement]:
        """Return all judgements, sorted."""
        return sorted(self._judgements)

    def canonical(self, key: str) -> str:
        """Return the smallest key of the cluster that `key` is in."""
        parent = self._roots()
        root = key
        while (above := parent.get(root, root)) != root:
            root = above
        while (above := parent.get(key, root)) != root:
            parent[key], key = root, above
        return root

    def clusters(self) -> Iterator[tuple[str, ...]]:
        """Yield every cluster of two or more keys, sorted, in order."""
        members: dict[str, list[str]] = {}
        for key in self._roots():
            members.setdefault(self.canonical(key), []).append(key)
        for root in sorted(members):
            if len(members[root]) > 1:
                yield tuple(sorted(members[root]))

    def chain(self, start: str, goal: str) -> tuple[Judgement, ...]:
        """Return a shortest chain of judgements that joins two keys, () where none does."""
        near = self._neighbours()
        came: dict[str, tuple[str, Judgement] | None] = {start: None}
        todo = deque([start])
        while todo and goal not in came:
            key = todo.popleft()
            for other, judgement in near.get(key, ()):
                if other not in came:
                    came[other] = (key, judgement)
                    todo.append(other)
        steps: list[Judgement] = []
        step = came.get(goal)
        while step is not None:
            steps.append(step[1])
            step = came[step[0]]
        return tuple(reversed(steps))

    def _neighbours(self) -> Mapping[str, list[tuple[str, Judgement]]]:
        """Return what joins each key to others, made once until a judgement comes or goes."""
        if self._near is None:
            self._near = {}
            overruled = set(self.overruled())
            for judgement in self.judgements():
                if judgement.verdict == "same" and judgement not in overruled:
                    self._near.setdefault(judgement.left, []).append((judgement.right, judgement))
                    self._near.setdefault(judgement.right, []).append((judgement.left, judgement))
        return self._near

    def overruled(self) -> list[Judgement]:
        """Return the judgements of rules that join nothing, because a person keeps those keys apart; sorted."""
        self._roots()
        return sorted(self._overruled)

    def contradictions(self) -> list[Contradiction]:
        """Return every pair judged different inside one cluster, with the chain that joins it."""
        return [
            Contradiction(judgement, self.chain(judgement.left, judgement.right))
            for judgement in self.judgements()
            if judgement.verdict == "different" and self.canonical(judgement.left) == self.canonical(judgement.right)
        ]

    def _roots(self) -> dict[str, str]:
        if self._stale:
            self._parent, self._apart, self._overruled, self._stale = {}, {}, [], False
            same = [one for one in self._judgements if one.verdict == "same"]
            for judgement in same:
                if judgement.by_hand:
                    self._unite(judgement.left, judgement.right)
            for judgement in self._judgements:
                if judgement.by_hand and judgement.verdict == "different":
                    self._keep_apart(judgement.left, judgement.right)
            for judgement in sorted((one for one in same if not one.by_hand), key=lambda one: (-one.score, one)):
                if self.canonical(judgement.right) in self._apart.get(self.canonical(judgement.left), ()):
                    self._overruled.append(judgement)
                else:
                    self._unite(judgement.left, judgement.right)
        return self._parent

    def _keep_apart(self, left: str, right: str) -> None:
        one, other = self.canonical(left), self.canonical(right)
        if one != other:  # else people say both, and it is told as a contradiction
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def _unite(self, left: str, right: str) -> None:
        """Hang the larger root under the smaller, so that the root of a cluster is its smallest key."""
        for key in (left, right):
            self._parent.setdefault(key, key)
        one, other = self.canonical(left), self.canonical(right)
        if one == other:
            return
        root, gone = min(one, other), max(one, other)
        self._parent[gone] = root
        for enemy in self._apart.pop(gone, ()):
            self._apart[enemy].discard(gone)
            self._apart[enemy].add(root)
            self._apart.setdefault(root, set()).add(enemy)
