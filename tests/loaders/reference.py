"""The store that databases are compared with: a networkx graph, and the law of a load written out plainly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import neo4j
import networkx as nx

from loaders import EdgeRow, LoadReport, NodeRow
from tests.sample import WORKSPACE

__all__ = ["ReferenceStore", "changed", "everything", "rows_of"]

Element = tuple[str, ...]
Held = dict[Element, dict[str, Any]]


class ReferenceStore:
    """Holds what was loaded last."""

    def __init__(self) -> None:
        self._nodes: Held = {}
        self._edges: Held = {}

    def load(
        self, graph: nx.MultiDiGraph[str], *, workspace: str, batch: int = 5000, dry_run: bool = False
    ) -> LoadReport:
        """Take over `graph`, whatever the size of a batch."""
        assert batch > 0
        nodes: Held = {
            (key, data["type"]): {**_without_type(data), "workspace": workspace} for key, data in graph.nodes(data=True)
        }
        edges: Held = {
            (key, data["type"], subject, obj): {**_without_type(data), "workspace": workspace}
            for subject, obj, key, data in graph.edges(keys=True, data=True)
        }
        report = LoadReport(
            **_counts("nodes", self._nodes, nodes),
            **_counts("edges", self._edges, edges),
        )
        if not dry_run:
            self._nodes, self._edges = nodes, edges
        return report

    def nodes(self) -> Iterator[NodeRow]:
        """Yield nodes in the order of keys."""
        for element in sorted(self._nodes):
            key, label = element
            yield NodeRow(key, label, self._nodes[element])

    def edges(self) -> Iterator[EdgeRow]:
        """Yield edges in the order of keys."""
        for element in sorted(self._edges):
            key, kind, subject, obj = element
            yield EdgeRow(key, kind, subject, obj, self._edges[element])


def _without_type(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "type"}


def _counts(what: str, old: Held, new: Held) -> dict[str, int]:
    """An element is what it is by its key; one whose class, type or ends differ has changed."""
    before = {element[0]: (element, old[element]) for element in old}
    after = {element[0]: (element, new[element]) for element in new}
    same = sum(key in before and repr_of(before[key]) == repr_of(after[key]) for key in after)
    shared = len(before.keys() & after.keys())
    return {
        f"{what}_added": len(after) - shared,
        f"{what}_changed": shared - same,
        f"{what}_unchanged": same,
        f"{what}_removed": len(before) - shared,
    }


def repr_of(pair: tuple[Element, dict[str, Any]]) -> str:
    """A text that tells 1 from 1.0 and from True."""
    element, data = pair
    return repr((element, sorted(data.items())))


def rows_of(store: Any) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Return all that a store holds."""
    return list(store.nodes()), list(store.edges())


def changed(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The sample after a page was read anew: something of everything that may change."""
    graph.remove_node("walk")
    graph.add_node(
        "choir", key="choir", type="Activity", name="合唱节", aliases=["合唱"], nameKey="n", workspace=WORKSPACE
    )
    graph.add_edge("u-dongcheng", "choir", "org-choir")
    graph.edges["u-dongcheng", "choir", "org-choir"].update(graph.edges["u-beijing", "visit", "org-visit"])
    graph.edges["u-dongcheng", "choir", "org-choir"]["key"] = "org-choir"
    graph.nodes["school"]["type"] = "Venue"
    graph.nodes["fair"].update(countMin=120, aliases=[])
    del graph.nodes["fair"]["countUnit"]
    graph.edges["u-xicheng", "fair", "org-fair-x"]["confidence"] = 1.0
    del graph.edges["wang", "u-xicheng", "role-wang-x"]["seen"]
    data = dict(graph.edges["zhao", "contest", "part-contest"])
    graph.remove_edge("zhao", "contest", "part-contest")
    graph.add_edge("zhao", "visit", "part-contest")
    graph.edges["zhao", "visit", "part-contest"].update(data)
    return graph


def everything(session: neo4j.Session) -> list[str]:
    """Return all that a Neo4j holds, ours or not, but no ids of the server: nodes, relationships, constraints."""
    nodes = {
        name: repr((sorted(labels), sorted(held.items())))
        for name, labels, held in session.run("MATCH (n) RETURN elementId(n), labels(n), properties(n)").values()
    }
    edges = session.run("MATCH (s)-[r]->(o) RETURN elementId(s), type(r), elementId(o), properties(r)").values()
    rules = session.run("SHOW CONSTRAINTS YIELD name RETURN name").value()
    return sorted(
        [
            *nodes.values(),
            *(repr((nodes[s], kind, nodes[o], sorted(held.items()))) for s, kind, o, held in edges),
            *rules,
        ]
    )
