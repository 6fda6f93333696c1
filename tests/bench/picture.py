"""Jobs: the picture, as it is laid out and as it is written."""

from __future__ import annotations

from typing import Any

from tests.bench.measure import measured

__all__ = ["drawn"]


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
