"""Which nodes and facts of a graph a picture shows.

Articles and pages are hubs, so unless asked for they are not drawn but stand in the evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

__all__ = ["Graph", "Selection", "around", "everything", "of_facts", "printed"]

Graph: TypeAlias = "nx.MultiDiGraph[str]"

PRINTED = frozenset({"Article", "Page"})  # classes of what was printed, not of what is spoken of


@dataclass(frozen=True, slots=True)
class Selection:
    """Nodes by id and edges by key that are drawn; `focus` is what was asked for, `left_out` counts nodes dropped."""

    nodes: frozenset[str]
    edges: frozenset[str]
    focus: tuple[str, ...] = ()
    left_out: int = 0


def everything(graph: Graph, *, articles: bool = False, limit: int | None = None) -> Selection:
    """Select the whole graph, or the `limit` best connected nodes of it."""
    nodes = {node for node in graph if articles or not printed(graph, node)}
    return _induced(graph, nodes, _by_degree(graph, nodes, articles=articles), limit=limit)


def around(
    graph: Graph, start: Sequence[str], depth: int, *, articles: bool = False, limit: int | None = None
) -> Selection:
    """Select what is at most `depth` facts away from the nodes `start`, the nearest and best connected first."""
    distance = dict.fromkeys(start, 0)
    ring = list(start)
    for step in range(1, depth + 1):
        reached = {
            other
            for node in ring
            for other in (*graph.successors(node), *graph.predecessors(node))
            if other not in distance and (articles or not printed(graph, other))
        }
        if not reached:
            break
        ring = sorted(reached)
        distance.update(dict.fromkeys(ring, step))
    ranks = {node: rank for rank, node in enumerate(_by_degree(graph, distance, articles=articles))}
    order = sorted(distance, key=lambda node: (distance[node], ranks[node]))
    return _induced(graph, set(distance), order, limit=limit, focus=tuple(start))


def of_facts(graph: Graph, keys: Collection[str], *, limit: int | None = None, focus: Sequence[str] = ()) -> Selection:
    """Select facts by key, whatever they join, with their ends."""
    wanted = frozenset(keys)
    ends = [(u, v, key) for u, v, key in graph.edges(keys=True) if key in wanted]
    return _cut(ends, {node for u, v, _ in ends for node in (u, v)} | set(focus), limit=limit, focus=tuple(focus))


def printed(graph: Graph, node: str) -> bool:
    """Whether a node is an article or a page."""
    return graph.nodes[node]["type"] in PRINTED


def _by_degree(graph: Graph, nodes: Iterable[str], *, articles: bool) -> list[str]:
    """Return the nodes, those in most facts first."""
    degree = {
        node: sum(
            1 for u, v in (*graph.in_edges(node), *graph.out_edges(node)) if articles or not _joins_print(graph, u, v)
        )
        for node in nodes
    }
    return sorted(degree, key=lambda node: (-degree[node], node))


def _joins_print(graph: Graph, u: str, v: str) -> bool:
    return printed(graph, u) or printed(graph, v)


def _induced(
    graph: Graph, nodes: Collection[str], order: Sequence[str], *, limit: int | None, focus: tuple[str, ...] = ()
) -> Selection:
    """Select the first `limit` of `order` and every edge between them."""
    kept = frozenset(order[:limit])
    edges = frozenset(key for u, v, key in graph.edges(kept, keys=True) if u in kept and v in kept)
    return Selection(kept, edges, focus, len(nodes) - len(kept))


def _cut(
    ends: Sequence[tuple[str, str, str]], nodes: Collection[str], *, limit: int | None, focus: tuple[str, ...] = ()
) -> Selection:
    """Select the edges `ends` with their nodes, where they are too many the `limit` best connected ones."""
    degree = dict.fromkeys(nodes, 0)
    for u, v, _ in ends:
        degree[u] += 1
        degree[v] += 1
    order = sorted(nodes, key=lambda node: (node not in focus, -degree[node], node))
    kept = frozenset(order[:limit])
    edges = frozenset(key for u, v, key in ends if u in kept and v in kept)
    return Selection(kept, edges, focus, len(nodes) - len(kept))
