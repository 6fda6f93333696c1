"""Jobs: loading a made-up graph into the embedded store and into a real Neo4j, twice each."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loaders import LoadReport, Store, get_loader
from tests.bench.graphs import WORKSPACE, generated
from tests.bench.measure import Use, measured, server_cpu

if TYPE_CHECKING:
    import networkx as nx

    from tests.neo4j_server import Server

__all__ = ["embedded", "neo4j"]


def _load(store: Store, graph: nx.MultiDiGraph[str], *, changes: bool) -> tuple[Use, float | None]:
    """Load and see to it that the store says what it did; the second figure is what the server took."""
    before = server_cpu()
    with measured() as use:
        report = store.load(graph, workspace=WORKSPACE)
    after = server_cpu()
    _check(report, graph, changes=changes)
    return use, None if before is None or after is None else after - before


def _check(report: LoadReport, graph: nx.MultiDiGraph[str], *, changes: bool) -> None:
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    if changes:
        good = (report.nodes_added, report.edges_added, report.changes) == (nodes, edges, nodes + edges)
    else:
        good = (report.nodes_unchanged, report.edges_unchanged, report.changes) == (nodes, edges, 0)
    if not good:
        raise AssertionError(f"{nodes} nodes and {edges} edges loaded, and the store says {report}")


def embedded(size: int, folder: str, changes: bool) -> dict[str, Any]:
    """Load into the file in `folder`: `changes` says whether it is the first time."""
    graph = generated(size)
    path = Path(folder) / "graph.kgl"
    with get_loader("embedded")(path) as store:
        use, _ = _load(store, graph, changes=changes)
    return {"use": use, "amount": graph.number_of_nodes() + graph.number_of_edges(), "file": path.stat().st_size}


def neo4j(size: int) -> dict[str, Any]:
    """Load into an empty Neo4j: constraints first, then the graph, then the graph again."""
    import pytest

    from tests import live

    if lack := live.missing("neo4j"):
        return {"skipped": lack}
    graph = generated(size)
    answer: dict[str, Any] = {"amount": graph.number_of_nodes() + graph.number_of_edges()}
    try:
        with contextlib.ExitStack() as stack:
            with measured() as start:
                server = stack.enter_context(_server())
            answer["ready"] = {"wall": start.wall, "server": server_cpu()}
            loader = get_loader("neo4j")
            with loader(server.uri, username=server.username, password=server.password, database=server.database) as db:
                for name, what in (("constraints", _none()), ("first", graph), ("second", graph)):
                    use, there = _load(db, what, changes=name == "first")
                    answer[name] = {"use": use, "server": there}
    except pytest.skip.Exception as reason:
        return {"skipped": str(reason)}
    return answer


def _none() -> nx.MultiDiGraph[str]:
    import networkx as nx

    return nx.MultiDiGraph()


@contextlib.contextmanager
def _server() -> Iterator[Server]:
    """Give the server NEO4J_URI names, emptied afterwards, or one that is started and ended here."""
    import os

    from tests import neo4j_server

    named = os.environ.get("NEO4J_URI")
    if not named:
        with neo4j_server._started() as server:
            yield server
        return
    server = neo4j_server._named(named)
    try:
        yield server
    finally:
        neo4j_server.wipe(server)
