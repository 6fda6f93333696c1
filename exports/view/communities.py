"""Who belongs together: communities of a graph, each of a size that can be drawn as one disc.

Found by the method of Leiden (Traag, Waltman and van Eck 2019), from few edges cut to many kept. What hangs together in
small pieces, or with nothing, is one community of its own: a picture with a disc for each pair would be all discs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeAlias

import graspologic_native

__all__ = ["SMALL", "Edge", "components", "partition"]

SEED = 1
SMALL = 8  # fewer nodes are no community of their own
WHOLE = 80  # a component up to this size is one community
LIMIT = 1500  # larger communities are split again, where they can be

Edge: TypeAlias = tuple[int, int, int]


def components(count: int, edges: Sequence[Edge]) -> list[list[int]]:
    """Return the connected components of nodes 0 to `count` - 1, each sorted, in the order of their first nodes."""
    root = list(range(count))

    def find(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for a, b, _ in edges:
        one, two = find(a), find(b)
        if one != two:
            root[max(one, two)] = min(one, two)
    found: dict[int, list[int]] = {}
    for node in range(count):
        found.setdefault(find(node), []).append(node)
    return list(found.values())


def partition(count: int, edges: Sequence[Edge]) -> tuple[list[list[int]], list[list[int]]]:
    """Return communities of nodes 0 to `count` - 1, the largest first, and the components that are too small for one.

    Nodes of each are sorted; `edges` are two nodes and a weight, each pair once, sorted.
    """
    parts = components(count, edges)
    large = [part for part in parts if len(part) >= SMALL]
    loose = [part for part in parts if len(part) < SMALL]
    found = [part for part in large if len(part) <= WHOLE]
    rest = [node for part in large if len(part) > WHOLE for node in part]
    if rest:
        found += _merged(_split(rest, edges, resolution=1.0), edges)
    return sorted(map(sorted, found), key=lambda part: (-len(part), part[0])), loose


def _split(nodes: Sequence[int], edges: Sequence[Edge], *, resolution: float) -> list[list[int]]:
    """Return communities of these nodes, each of which has an edge to another of them."""
    inside = set(nodes)
    kept = [(a, b, weight) for a, b, weight in edges if a in inside and b in inside]
    if not kept:
        return [list(nodes)]
    _, label = graspologic_native.leiden(
        [(str(a), str(b), float(weight)) for a, b, weight in kept],
        resolution=resolution,
        iterations=2,
        seed=SEED,
    )
    groups: dict[int, list[int]] = {}
    for node in nodes:
        groups.setdefault(label.get(str(node), -1), []).append(node)
    found: list[list[int]] = []
    for group in groups.values():
        again = resolution < 64 and len(group) > LIMIT
        found += _split(group, kept, resolution=2 * resolution) if again else [group]
    return found


def _merged(groups: Sequence[list[int]], edges: Sequence[Edge]) -> list[list[int]]:
    """Join groups that are too small to the one they have most edges with, the smallest first."""
    of = {node: i for i, group in enumerate(groups) for node in group}
    ties: list[Counter[int]] = [Counter() for _ in groups]
    for a, b, weight in edges:
        if a in of and b in of and of[a] != of[b]:
            ties[of[a]][of[b]] += weight
            ties[of[b]][of[a]] += weight
    into = list(range(len(groups)))

    def find(group: int) -> int:
        while into[group] != group:
            into[group] = into[into[group]]
            group = into[group]
        return group

    merged = {i: list(group) for i, group in enumerate(groups)}
    for i in sorted(range(len(groups)), key=lambda i: (len(groups[i]), groups[i][0])):
        here = find(i)
        if len(merged[here]) >= SMALL:
            continue
        wanted: Counter[int] = Counter()
        for other, weight in ties[here].items():
            if find(other) != here:
                wanted[find(other)] += weight
        if not wanted:
            continue
        goal = min(wanted, key=lambda other: (-wanted[other], merged[other][0]))
        into[here] = goal
        merged[goal] += merged.pop(here)
        for other, weight in ties[here].items():  # not +=, which goes through all that the goal has
            ties[goal][other] += weight
    return list(merged.values())
