"""What only the whole tells: what hangs together, and which things stand out of their class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.quality.records import Components, Hub

__all__ = ["components_and_hubs"]

HUB, FAR = 20, 10  # neighbours that make a hub, if they are also so many times the mean of the class
HUBS = 20  # are shown, those farthest off first


def components_and_hubs(
    things: Iterable[tuple[str, str]], pairs: Iterable[tuple[str, str]]
) -> tuple[Components, list[Hub]]:
    """Count what hangs together, and find what has far more neighbours than others of its class that have any.

    `things` are id and class of each thing, `pairs` the two ends of each edge, which are no one and the same thing.
    """
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    classes = dict(things)
    sizes = _sizes(near)
    components = Components(len(classes), len(sizes), max(sizes, default=0), len(classes) - len(near))
    return components, _hubs(classes, near)


def _sizes(near: Mapping[str, set[str]]) -> list[int]:
    """Return the size of each component."""
    sizes: list[int] = []
    seen: set[str] = set()
    for start in near:
        if start in seen:
            continue
        found, edge = {start}, {start}
        while edge:
            edge = set[str]().union(*(near[one] for one in edge)) - found
            found |= edge
        seen |= found
        sizes.append(len(found))
    return sizes


def _hubs(classes: Mapping[str, str], near: Mapping[str, set[str]]) -> list[Hub]:
    degrees: dict[str, list[int]] = defaultdict(list)
    for entity, others in near.items():
        degrees[classes[entity]].append(len(others))
    means = {kind: sum(counts) / len(counts) for kind, counts in degrees.items()}
    found = [
        Hub(entity, len(others), len(others) / means[classes[entity]])
        for entity, others in near.items()
        if len(others) >= max(HUB, FAR * means[classes[entity]])
    ]
    return sorted(found, key=lambda hub: (-hub.times, hub.entity))[:HUBS]
