"""The graph in memory: one node an entity, one edge a fact, every edge with the sentences behind it.

>>> from kg.graph import read_graph
>>> graph = read_graph("workspace")
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.model import Article, Entity, Fact, Value
from kg.resolve import IdTable
from kg.resolve.facts import seen_on
from kg.workspace import Workspace
from ontology import ontology

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = ["graph_of", "line_text", "read_graph"]

_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def read_graph(path: str | os.PathLike[str]) -> MultiDiGraph[str]:
    """Return the graph of a workspace; raises WorkspaceError or InputError where a file of it cannot be read."""
    space = Workspace.open(path)
    text = space.ids()
    ids = IdTable.parse(text, source=str(space.file("ids.tsv"))) if text else IdTable()
    entities = list(space.entities())
    former = ids.former({entity.id for entity in entities})
    by_key = {article.key: article for article in space.articles()}
    return graph_of(entities, space.facts(), by_key, former, workspace=space.name)


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
    graph: MultiDiGraph[str] = nx.MultiDiGraph(workspace=workspace)
    for entity in sorted(entities, key=lambda one: one.id):
        graph.add_node(entity.id, **_node(entity, workspace))
        if entity.id in former:
            graph.nodes[entity.id]["formerKeys"] = list(former[entity.id])
    for fact in sorted(facts, key=lambda one: one.id):
        graph.add_edge(fact.subject, fact.object, fact.id)
        graph.edges[fact.subject, fact.object, fact.id].update(_edge(fact, articles))
    return graph


def _node(entity: Entity, workspace: str) -> dict[str, Any]:
    return {
        "key": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "nameKey": entity.key,
        "workspace": workspace,
        **{name: _plain(value) for name, value in entity.props},
    }


def _plain(value: Value) -> str | int | float | bool | list[str]:
    return list(value) if isinstance(value, tuple) else value


def _edge(fact: Fact, articles: Mapping[str, Article]) -> dict[str, Any]:
    evidence = [one.evidence for one in fact.statements]
    return {
        "key": fact.id,
        "type": ontology.relations[fact.predicate].neo4j,
        "predicate": fact.predicate,
        "status": fact.status,
        "confidence": fact.confidence,
        "sources": fact.sources,
        **{name: _qualifier(name, value) for name, value in fact.qualifiers},
        **_seen(fact, articles),
        "articles": [one.article for one in evidence],
        "pages": [articles[one.article].page for one in evidence],
        "lines": [line_text(one.lines) for one in evidence],
        "quotes": [one.quote for one in evidence],
        "starts": [one.start for one in evidence],
        "ends": [one.end for one in evidence],
        "rules": [one.rule for one in evidence],
        "confidences": [one.confidence for one in evidence],
    }


def _qualifier(name: str, value: str) -> str | bool:
    known = ontology.properties.get(name)
    return value == "true" if known is not None and known.datatype == _BOOLEAN else value


def _seen(fact: Fact, articles: Mapping[str, Article]) -> dict[str, list[str]]:
    """Return the days of issue on which a post was in print, for relations that keep them."""
    if "seen" not in ontology.relations[fact.predicate].qualifiers:
        return {}
    days = sorted({day for one in fact.statements if (day := seen_on(one, articles[one.evidence.article]))})
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
