"""The graph: one node an entity, one edge a fact, every edge with the sentences behind it.

>>> from kg.graph import read_graph
>>> graph = read_graph("workspace")

`read_graph` holds all of it as a graph of networkx; `flow` yields the same nodes and edges one after the other, for
what needs no more than that.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from kg.model import Article, Entity, Fact, Value
from kg.resolve import IdTable
from kg.resolve.facts import seen_on
from kg.workspace import Workspace
from ontology import ontology

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = ["Edge", "Flow", "Node", "as_flow", "as_graph", "flow", "graph_of", "line_text", "read_graph"]


class Printed(NamedTuple):
    """What an edge tells of an article its evidence stands in."""

    page: str
    issue_date: str


# Who added a fact by hand, and why, is told by kg explain; graphs are handed on and published.
CORRECTION, BY_HAND = "correction", "added by hand"
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


@dataclass(frozen=True, slots=True)
class Flow:
    """A graph that is not held in memory: each call of `nodes` and `edges` yields all of them anew.

    `nodes` yields key and attributes, in the order of keys; `edges` yields subject, object, key and attributes, in the
    order of keys. The attributes are those that `read_graph` gives.
    """

    workspace: str
    nodes: Callable[[], Iterator[Node]]
    edges: Callable[[], Iterator[Edge]]


Node = tuple[str, Mapping[str, Any]]
Edge = tuple[str, str, str, Mapping[str, Any]]


def flow(path: str | os.PathLike[str], *, texts: bool = False) -> Flow:
    """Return the graph of a workspace as a flow; raises WorkspaceError or InputError where a file of it cannot be
    read, now or while it flows. Held are the former ids and where each article stands.

    With `texts` each article has its full text as an attribute, which is not for everyone to publish.
    """
    space = Workspace.open(path)
    living: set[str] = set()
    printed: dict[str, Printed] = {}
    for entity in space.entities():
        living.add(entity.id)
        if entity.type == "Article":
            props = dict(entity.props)
            printed[entity.id] = Printed(sys.intern(str(props.get("page", ""))), str(props.get("issueDate", "")))
    text = space.ids()
    former = IdTable.parse(text, source=str(space.file("ids.tsv"))).former(living) if text else {}
    return Flow(
        space.name,
        lambda: _with_texts(_nodes(space, former), space.texts()) if texts else _nodes(space, former),
        lambda: (_edge(fact, printed) for fact in space.facts()),
    )


def _nodes(space: Workspace, former: Mapping[str, Sequence[str]]) -> Iterator[Node]:
    return (_node(entity, space.name, former) for entity in space.entities())


def _with_texts(nodes: Iterator[Node], texts: Iterator[tuple[str, str]]) -> Iterator[Node]:
    """Give articles their texts; both come in the order of keys."""
    waiting, text = next(texts, ("", ""))
    for key, data in nodes:
        while waiting and waiting < key:
            waiting, text = next(texts, ("", ""))
        yield key, {**data, "text": text} if waiting == key and text else data


def as_flow(graph: MultiDiGraph[str] | Flow) -> Flow:
    """Return a graph of networkx as a flow, and a flow as it is."""
    if isinstance(graph, Flow):
        return graph
    return Flow(
        graph.graph.get("workspace", ""),
        lambda: ((key, graph.nodes[key]) for key in sorted(graph)),
        lambda: iter(sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])),
    )


def read_graph(path: str | os.PathLike[str]) -> MultiDiGraph[str]:
    """Return the graph of a workspace; raises WorkspaceError or InputError where a file of it cannot be read."""
    return as_graph(flow(path))


def graph_of(
    entities: Iterable[Entity],
    facts: Iterable[Fact],
    articles: Mapping[str, Article],
    former: Mapping[str, Sequence[str]],
    *,
    workspace: str,
) -> MultiDiGraph[str]:
    """Return the graph of some entities and of facts between them.

    `articles` are those of the evidence, by key; `former` are the retired ids that lead to an entity, if any.
    """
    printed = {key: Printed(one.page, one.issue_date) for key, one in articles.items()}
    nodes = sorted(entities, key=lambda one: one.id)
    edges = sorted(facts, key=lambda one: one.id)
    return as_graph(
        Flow(
            workspace,
            lambda: (_node(entity, workspace, former) for entity in nodes),
            lambda: (_edge(fact, printed) for fact in edges),
        )
    )


def as_graph(one: MultiDiGraph[str] | Flow) -> MultiDiGraph[str]:
    """Return a flow as a graph of networkx, all of it in memory, and such a graph as it is."""
    if not isinstance(one, Flow):
        return one
    graph: MultiDiGraph[str] = nx.MultiDiGraph(workspace=one.workspace)
    for key, data in one.nodes():
        graph.add_node(key, **data)
    for subject, target, key, data in one.edges():
        graph.add_edge(subject, target, key)
        graph.edges[subject, target, key].update(data)  # not **, for an attribute is called key
    return graph


def _node(entity: Entity, workspace: str, former: Mapping[str, Sequence[str]]) -> Node:
    data = {
        "key": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "nameKey": entity.key,
        "workspace": workspace,
        **{name: _plain(value) for name, value in entity.props},
    }
    if entity.id in former:
        data["formerKeys"] = list(former[entity.id])
    return entity.id, data


def _plain(value: Value) -> str | int | float | bool | list[str]:
    return list(value) if isinstance(value, tuple) else value


def _edge(fact: Fact, articles: Mapping[str, Printed]) -> Edge:
    evidence = [one.evidence for one in fact.statements]
    data = {
        "key": fact.id,
        "type": ontology.relations[fact.predicate].neo4j,
        "predicate": fact.predicate,
        "status": fact.status,
        "confidence": fact.confidence,
        "sources": fact.sources,
        **{name: _qualifier(name, value) for name, value in fact.qualifiers},
        **_seen(fact, articles),
        "statements": [one.id for one in fact.statements],
        "articles": [one.article for one in evidence],
        "pages": [articles[one.article].page for one in evidence],
        "lines": [line_text(one.lines) for one in evidence],
        "ranges": [_range_text(one.page_ranges) for one in evidence],
        "quotes": [one.quote for one in evidence],
        "starts": [one.start for one in evidence],
        "ends": [one.end for one in evidence],
        "rules": [one.rule for one in evidence],
        "confidences": [one.confidence for one in evidence],
        "whys": [BY_HAND if one.rule == CORRECTION else one.why for one in evidence],
    }
    return fact.subject, fact.object, fact.id, data


def _qualifier(name: str, value: str) -> str | bool:
    known = ontology.properties.get(name)
    return value == "true" if known is not None and known.datatype == _BOOLEAN else value


def _seen(fact: Fact, articles: Mapping[str, Printed]) -> dict[str, list[str]]:
    """Return the days of issue on which a post was in print, for relations that keep them."""
    if "seen" not in ontology.relations[fact.predicate].qualifiers:
        return {}
    days = sorted({day for one in fact.statements if (day := seen_on(one, articles[one.evidence.article].issue_date))})
    return {"seen": days} if days else {}


def line_text(lines: Iterable[int]) -> str:
    """Write line numbers in reading order, runs as a range: 7, 7-9, 12,20."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _range_text(ranges: Iterable[tuple[int, int]]) -> str:
    """Write where a quote stands in the text of its page, in code points, half-open: 723-737,740-745."""
    return ",".join(f"{start}-{end}" for start, end in ranges)
