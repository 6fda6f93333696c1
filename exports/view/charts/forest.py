"""A forest out of facts that say what stands under what: everything once, whatever circles there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from exports.view.charts.news import Link

__all__ = ["children_of", "forest"]


def forest(links: Iterable[Link]) -> dict[str, Link]:
    """Return for what stands under something the one fact that places it.

    Stated facts go before those inferred from names, then those of more sources, of more confidence, by key; a fact
    that would close a circle, or place a thing a second time, is passed over.
    """
    order = sorted(links, key=lambda link: (link.inferred, -link.sources, -link.confidence, link.key))
    placed: dict[str, Link] = {}
    top: dict[str, str] = {}

    def root(key: str) -> str:
        way = []
        while top.get(key, key) != key:
            way.append(key)
            key = top[key]
        for one in way:
            top[one] = key
        return key

    for link in order:
        if link.subject not in placed and root(link.subject) != root(link.object):
            placed[link.subject] = link
            top[root(link.subject)] = root(link.object)
    return placed


def children_of(placed: Mapping[str, Link]) -> defaultdict[str, list[str]]:
    """Return what stands right under each thing, in the order of keys."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for child in sorted(placed):
        found[placed[child].object].append(child)
    return found
