"""Which keys hang together: the clusters that a run may change are made again, all others are what they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.resolve.linker import Judgement, Linker
from kg.resolve.state import Link, LocalRow, Root, State

__all__ = ["Clusters", "judgement_of", "links_of"]


class Clusters:
    """Clusters of keys. Those that are asked to be made again are put before `linker`, with all that joins their keys;
    `was` are their keys, each with the root it had before the run."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.linker = Linker()
        self.was: dict[str, str] = {}
        self._members: dict[str, tuple[str, ...]] = {}

    def with_several(self, key: str) -> Iterator[LocalRow]:
        """Yield the local entities that have a key among others."""
        for one in self._state.again.having("key", key):
            row = self._state.locals.get(one.local)
            if row is not None:
                yield row

    def members(self, root: str) -> tuple[str, ...]:
        """Return the keys of a settled cluster, sorted."""
        if root not in self._members:
            self._members[root] = tuple(row.key for row in self._state.roots.having("root", root)) or (root,)
        return self._members[root]

    def open(self, keys: Iterable[str]) -> None:
        """Put all that joins these keys, and those they are or were joined with, before the linker."""
        todo = list(keys)
        while todo:
            key = todo.pop()
            if key in self.was:
                continue
            root = self._state.roots.get(key)
            self.was[key] = root.root if root is not None else key
            if root is not None:
                todo += self.members(root.root)
            for row in self.with_several(key):
                todo += row.keys
                for judgement in links_of(row):
                    self.linker.add(judgement)
            for link in (*self._state.links.having("left", key), *self._state.links.having("right", key)):
                todo += (link.left, link.right)
                self.linker.add(judgement_of(link))

    def link(self, judgement: Judgement) -> None:
        """Put what joins two keys before the linker, if it has one of them; it finds the rest when it comes to them."""
        if judgement.left in self.was or judgement.right in self.was:
            self.open((judgement.left, judgement.right))
            self.linker.add(judgement)

    def root(self, key: str) -> str:
        """Return the smallest key that a key hangs together with."""
        if key in self.was:
            return self.linker.canonical(key)
        root = self._state.roots.get(key)
        return root.root if root is not None else key

    def settle(self, touched: Iterable[str]) -> set[str]:
        """Note which keys hang together now, given all that may hang together with others than before, and return those
        that do."""
        self.open(touched)
        now = {key: cluster for cluster in self.linker.clusters() for key in cluster}
        changed: set[str] = set()
        for key in self.was:
            old, new = self._state.roots.get(key), now.get(key, ())
            if (old.root if old is not None else "") != (new[0] if new else ""):
                changed |= {key, *new, *(self.members(old.root) if old is not None else ())}
        for key in changed:
            if key in now:
                self._state.roots.put(Root(key, now[key][0]))
            else:
                self._state.roots.drop(key)
        self._members.clear()
        return changed

    def root_by_rules(self, key: str) -> str:
        """Return the smallest key that a key hangs together with, for all that is judged by now: not the last time."""
        self.open((key,))
        return self.linker.canonical(key)


def judgement_of(link: Link) -> Judgement:
    """Return what a rule said of two keys, as a judgement."""
    return Judgement.of(link.left, link.right, "same", link.score, *link.reasons)


def links_of(row: LocalRow) -> Iterator[Judgement]:
    """Yield what joins the keys of one local entity."""
    for other in row.more:
        yield Judgement.of(row.key, other, "same", 1.0, f"{row.name} in {row.article} is both")
