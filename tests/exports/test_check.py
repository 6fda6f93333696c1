"""kg.check: a sound graph passes; each law of the graph, and the shapes behind them, find what breaks them."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from kg.check import Violation, check_graph, check_graphs, violations
from tests.exports.graphs import node_id, sample
from tests.sample import sample_graph


@pytest.mark.parametrize("graph", [sample(), sample_graph()], ids=["awkward", "sample"])
def test_a_sound_graph_passes(graph: nx.MultiDiGraph[str]) -> None:
    assert check_graph(graph) == []


@pytest.mark.parametrize(
    ("attributes", "law", "value"),
    [
        ({"type": "Union"}, "class", "Union"),
        ({"key": "entity-other"}, "key", "entity-other"),
        ({"name": ""}, "name", ""),
        ({"code": "110102"}, "attribute", "code"),
        ({"colour": "red"}, "attribute", "colour"),
        ({"formerKeys": [node_id("union")]}, "former key", node_id("union")),
        ({"formerKeys": ["entity-retired"]}, "former key", "entity-retired"),  # the enterprise has it
    ],
)
def test_a_broken_node_is_found(attributes: dict[str, Any], law: str, value: str) -> None:
    graph = sample()
    graph.nodes[node_id("office")].update(attributes)
    found = [violation for violation in violations(graph) if violation.where == node_id("office")]
    assert [(violation.law, violation.value) for violation in found] == [(law, value)]


@pytest.mark.parametrize(
    ("attributes", "law", "message"),
    [
        ({"predicate": "organises"}, "relation", "is of no relation"),
        ({"predicate": "heldAt", "type": "HELD_AT"}, "triple", "heldAt: a Person cannot be its subject"),
        ({"key": "fact-other"}, "key", "is kept under another key"),
        ({"type": "QUOTES"}, "type", "is not of the type of quotedIn"),
        ({"status": "maybe"}, "status", "is none of happened, planned"),
        ({"honour": "奖章"}, "triple", "quotedIn: no qualifier 'honour'"),
        ({"starts": [1, 2]}, "evidence", "has 1 articles, but another number of starts"),
        ({"starts": [99]}, "evidence", "covers no text"),
        ({"articles": ["article-gone"]}, "evidence", "an article that is not in the graph"),
    ],
)
def test_a_broken_edge_is_found(attributes: dict[str, Any], law: str, message: str) -> None:
    graph = sample()
    key, data = next((k, d) for *_, k, d in graph.edges(keys=True, data=True) if d["predicate"] == "quotedIn")
    if attributes.get("predicate") == "heldAt":
        del data["quote"]
    data.update(attributes)
    found = list(violations(graph))
    assert [(violation.where, violation.law) for violation in found][:1] == [(key, law)]
    assert message in found[0].message


def test_a_fact_without_evidence_is_found_but_not_the_page_of_an_article() -> None:
    graph = sample()
    for *_, data in graph.edges(data=True):
        if data["predicate"] in ("quotedIn", "onPage"):
            data.update({name: [] for name, value in data.items() if isinstance(value, list)})
    assert [violation.message for violation in violations(graph)] == ["has no evidence"]


def test_shapes_find_what_the_graph_alone_allows() -> None:
    graph = sample()
    graph.nodes[node_id("activity")].update({"start": "2025-03-09", "end": "2025-03-01"})
    graph.nodes[node_id("district")]["code"] = "东河"
    assert {(found.law, found.value) for found in check_graph(graph)} == {("start", "2025-03-09"), ("code", "东河")}
    assert check_graph(graph, shapes=False) == []


def test_violations_are_sorted_and_name_the_resource() -> None:
    graph = sample()
    for name in ("union", "person", "page"):
        graph.nodes[node_id(name)]["name"] = ""
    found = check_graph(graph)
    assert found == sorted(Violation(node_id(name), "name", "has no name") for name in ("union", "person", "page"))


def test_many_graphs_are_checked_each_by_itself() -> None:
    sound, lawless, shapeless, torn = sample(), sample(), sample(), sample()
    lawless.nodes[node_id("page")]["name"] = ""
    shapeless.nodes[node_id("district")]["code"] = "东河"
    torn.remove_edges_from([(u, v) for u, v, data in torn.edges(data=True) if data["predicate"] == "onPage"])
    graphs = [shapeless, sound, lawless, torn, sound]
    assert check_graphs(graphs) == [check_graph(graph) for graph in graphs]
    assert [bool(found) for found in check_graphs(graphs)] == [True, False, True, True, False]
    assert check_graphs([]) == []
