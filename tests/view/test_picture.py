from __future__ import annotations

import json
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.view.focused import model
from exports.view.labels import LABEL_EMS, ems, wrap
from exports.view.select import Graph, around, everything, of_facts
from tests.sample import sample_graph
from tests.view.graphs import hostile_graph, large_graph


def kinds(graph: Graph, nodes: frozenset[str]) -> set[str]:
    return {graph.nodes[node]["type"] for node in nodes}


def test_articles_and_pages_are_drawn_only_when_asked_for() -> None:
    graph = sample_graph()
    assert not kinds(graph, everything(graph).nodes) & {"Article", "Page"}
    assert everything(graph, articles=True).nodes == frozenset(graph)
    assert everything(graph, articles=True).edges == {key for _, _, key in graph.edges(keys=True)}


def test_every_fact_between_entities_is_drawn() -> None:
    graph = sample_graph()
    wanted = {key for u, v, key in graph.edges(keys=True) if not kinds(graph, frozenset([u, v])) & {"Article", "Page"}}
    assert everything(graph).edges == wanted


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_around_reaches_as_far_as_networkx_says(depth: int) -> None:
    graph = sample_graph()
    entities = graph.subgraph(everything(graph).nodes)
    wanted = nx.ego_graph(entities.to_undirected(), "u-xicheng", radius=depth)
    selection = around(graph, ["u-xicheng"], depth)
    assert selection.nodes == set(wanted)
    assert selection.focus == ("u-xicheng",)


def test_the_limit_keeps_the_best_connected_and_counts_the_others() -> None:
    graph = large_graph(100)
    selection = everything(graph, limit=20)
    assert (len(selection.nodes), selection.left_out) == (20, 80)
    assert {f"node-{number:05}" for number in range(0, 100, 10)} <= selection.nodes
    near = around(graph, ["node-00000"], 1, limit=5)
    assert "node-00000" in near.nodes
    assert (len(near.nodes), near.left_out) == (5, 14)
    assert len(of_facts(graph, {f"fact-{number:05}" for number in range(100)}, limit=3).nodes) == 3


def test_facts_come_with_their_ends_even_where_one_is_an_article() -> None:
    graph = sample_graph()
    selection = of_facts(graph, ["quote-zhao", "part-contest"])
    assert selection.nodes == {"zhao", "a2", "contest"}
    assert selection.edges == {"quote-zhao", "part-contest"}


def described(graph: Graph, **options: bool) -> dict[str, Any]:
    found = model(graph, everything(graph, **options))
    return dict(json.loads(json.dumps(found)))


def test_the_model_holds_names_places_and_looks() -> None:
    graph = sample_graph()
    found = described(graph)
    nodes = {node["id"]: node for node in found["nodes"]}
    assert nodes["u-xicheng"]["aliases"] == ["区总工会"]
    assert nodes["fair"]["values"]["countMin"] == 100
    assert nodes["li"]["mentioned"] == ["a1"]
    assert all(isinstance(node[axis], int) for node in found["nodes"] for axis in "xy")
    assert {"zh": "工会", "en": "trade union"}.items() <= next(
        c for c in found["classes"] if c["name"] == "TradeUnion"
    ).items()
    assert len({(look["shape"], look["colour"]) for look in found["classes"]}) == len(found["classes"])


def test_every_fact_leads_to_its_sentences() -> None:
    graph = sample_graph()
    found = described(graph)
    for edge in found["edges"]:
        data = graph.edges[edge["from"], edge["to"], edge["id"]]
        assert [item["quote"] for item in edge["evidence"]] == data["quotes"]
        for item in edge["evidence"]:
            assert item["quote"]
            assert item["lines"]
            assert found["articles"][item["article"]]["issueDate"]


def test_quotes_and_bylines_are_told_though_not_drawn() -> None:
    edges = {edge["id"]: edge for edge in described(sample_graph())["edges"]}
    assert edges["quote-zhao"]["drawn"] is False
    assert edges["quote-zhao"]["values"] == {"quote": "机器是我们自己造的。"}
    assert edges["by-zhou"]["drawn"] is False
    assert not any(key.startswith(("mention", "on-")) for key in edges)


def test_planned_denied_reported_and_inferred_are_told_apart() -> None:
    lines = {edge["id"]: edge["line"] for edge in described(sample_graph())["edges"]}
    found = [lines[key] for key in ("org-fair-x", "org-cool", "org-walk-denied", "org-walk-said", "sub-xicheng")]
    assert found == ["happened", "planned", "denied", "reported", "inferred"]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("", []),
        ("朝阳区", ["朝阳区"]),
        ("西城区工人文化宫", ["西城区工人文化宫"]),
        ("晨星智造科技有限公司", ["晨星智造科", "技有限公司"]),
        ("“巾帼健康”公益讲座", ["“巾帼健康”", "公益讲座"]),
        ("北京亦庄盛元投资开发集团有限公司工会", ["北京亦庄盛元投资", "开发集团有限公…"]),
        (" a\n b\u202e", ["a b"]),
    ],
)
def test_labels_are_two_short_lines(name: str, lines: list[str]) -> None:
    assert wrap(name) == lines


@given(st.text(max_size=60))
def test_labels_never_run_wide(name: str) -> None:
    lines = wrap(name)
    assert len(lines) <= 2
    assert all(ems(line) <= LABEL_EMS + 8 for line in lines)


def test_an_empty_graph_has_a_model() -> None:
    empty: Graph = nx.MultiDiGraph()
    assert described(empty)["nodes"] == []
    assert described(hostile_graph())["nodes"]
