"""Jobs: the picture, as it is laid out and as it is written."""

from __future__ import annotations

from typing import Any

from tests.bench.measure import measured

__all__ = ["drawn", "laid_out"]


def drawn(size: int) -> dict[str, Any]:
    """Lay out and write the picture of the sample graph (`size` 0), or of a made-up graph of so many nodes."""
    from exports.view.focused import model, page
    from exports.view.select import everything
    from tests.bench.graphs import generated
    from tests.sample import sample_graph

    graph = generated(size) if size else sample_graph()
    with measured() as layout:
        picture = model(graph, everything(graph))
    with measured() as write:
        made = page(picture)
    edges = sum(edge["drawn"] for edge in picture["edges"])
    return {
        "layout": layout,
        "write": write,
        "nodes": len(picture["nodes"]),
        "edges": edges,
        "bytes": len(made.encode()),
    }


def laid_out(size: int) -> dict[str, Any]:
    """Find the places of a whole made-up city of so many nodes: first in which district each is, then where."""
    from collections import Counter

    from exports.view.layout import plan
    from exports.view.regions import districts_of
    from exports.view.select import everything
    from tests.view.worlds import world

    graph = world(size)
    selection = everything(graph)
    edges = [(u, v) for u, v, key in graph.edges(keys=True) if key in selection.edges]
    degree = Counter(end for edge in edges for end in edge)
    sizes = {node: min(32.0, 8 + round(3.5 * degree[node] ** 0.5)) for node in selection.nodes}
    with measured() as regions:
        districts = districts_of(graph, sizes)
    del graph
    with measured() as layout:
        made = plan(sizes, edges, districts)
    return {
        "regions": regions,
        "layout": layout,
        "nodes": len(sizes),
        "edges": len(edges),
        "districts": len(made.districts),
        "communities": len(made.communities),
    }
