"""How the keys of one thing hang together: which articles, and which lines of people, say that two keys are one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable

from kg.io import load
from kg.model import Decision, KeyLink
from kg.resolve import Outcome
from kg.resolve.rulings import FILE as JUDGEMENTS
from kg.workspace import Workspace

__all__ = ["Link", "Links", "lines_of_people", "overruled"]

Link = tuple[str, str]  # two keys, the smaller first


def lines_of_people(space: Workspace) -> list[Outcome]:
    """Return what became of each line that people wrote."""
    return [load(Outcome, one) for one in space.report()["decisions"]]


def overruled(space: Workspace) -> frozenset[Link]:
    """Return the pairs of keys that rules would join and a person keeps apart."""
    return frozenset((one["left"], one["right"]) for one in space.report()["overruled"])


class Links:
    """Pairs of keys that were joined, with who says so: decisions on local entities, lines of judgements.tsv, rules
    that look at all names."""

    def __init__(
        self,
        decisions: Iterable[Decision],
        lines: Iterable[Outcome],
        rules: Iterable[KeyLink],
        without: frozenset[Link],
    ) -> None:
        self.rules = {(one.left, one.right): one.reasons for one in rules}
        self.decisions: dict[Link, list[Decision]] = defaultdict(list)
        self.lines: dict[Link, list[Outcome]] = defaultdict(list)
        for decision in decisions:
            first, *others = decision.keys
            for key in others:
                if (link := _link(first, key)) not in without:
                    self.decisions[link].append(decision)
        for line in lines:
            if line.file == JUDGEMENTS and not line.idle and line.text.startswith("same\t"):
                first = min(line.touched, key=lambda key: ("@" in key, key))
                for key in line.touched:
                    if key != first:
                        self.lines[_link(first, key)].append(line)
        self._near: dict[str, list[str]] = defaultdict(list)
        for one, other in sorted({*self.decisions, *self.lines, *self.rules}):
            self._near[one].append(other)
            self._near[other].append(one)

    def __contains__(self, link: object) -> bool:
        return link in self.decisions or link in self.lines or link in self.rules

    def chain(self, start: str, goals: Iterable[str]) -> list[Link]:
        """Return a shortest chain of links from a key to one of others, [] where it is one of them or none does."""
        wanted = frozenset(goals)
        came: dict[str, str] = {start: start}
        todo = deque([start])
        at = start
        while todo:
            at = todo.popleft()
            if at in wanted:
                break
            for key in self._near.get(at, ()):
                if key not in came:
                    came[key] = at
                    todo.append(key)
        if at not in wanted:
            return []
        steps = []
        while at != start:
            steps.append(_link(came[at], at))
            at = came[at]
        return steps[::-1]

    def leaving(self, keys: set[str]) -> list[Link]:
        """Return the links that lead from some keys to others, in order."""
        return sorted(_link(key, other) for key in keys for other in self._near.get(key, ()) if other not in keys)

    def joined(self, key: str) -> set[str]:
        """Return all keys that links join to one, and that key."""
        found = {key}
        todo = [key]
        while todo:
            for other in self._near.get(todo.pop(), ()):
                if other not in found:
                    found.add(other)
                    todo.append(other)
        return found


def _link(one: str, other: str) -> Link:
    return (one, other) if one < other else (other, one)
