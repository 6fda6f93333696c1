"""One law for all stores: what is loaded is there, once, whatever the order, the batches and the number of loads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from loaders import LOADERS, LoadReport, get_loader
from loaders.store import node_rows
from tests.loaders.reference import ReferenceStore, changed, rows_of
from tests.neo4j_server import Server
from tests.sample import WORKSPACE, sample_graph

HARD = (
    "",
    " 前后有空格 ",
    "他说：“好。”",
    "'单' \"双\" `反`",
    "C:\\目录\\n",
    "第一行\n第二行\r\n\t末",
    "😀👨‍👩‍👧𠮷",
    "ＡＢＣ１２３（全角）｛｝％＄",
    "$param {key: 1} // 注释 /* */ ; DROP",
    "e\u0301 \u00e9 \u200b\ufeff",
    '["单元"]',
    '{"a": 1}',
    "2025-03-08",
    "123",
    "1.0",
    "true",
    "null",
    "\x00\x01\x7f",
    "長" * 9000,
)


@pytest.fixture(
    params=[
        "reference",
        *(pytest.param(name, marks=pytest.mark.neo4j) if name == "neo4j" else name for name in LOADERS),
    ]
)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """A function that opens the same store again and again; empty at first."""
    with ExitStack() as stack:
        reference = ReferenceStore()

        def reopen() -> Any:
            match request.param:
                case "reference":
                    return reference
                case "neo4j":
                    return stack.enter_context(
                        get_loader("neo4j")(
                            server.uri, username=server.username, password=server.password, database=server.database
                        )
                    )
                case name:
                    return stack.enter_context(get_loader(name)(tmp_path / "graph.kgl"))

        if request.param == "neo4j":
            server: Server = request.getfixturevalue("neo4j_database")
        yield reopen


def test_what_is_loaded_is_there(open_store: Callable[[], Any]) -> None:
    graph = sample_graph()
    report = open_store().load(graph, workspace=WORKSPACE)
    assert report == LoadReport(nodes_added=len(graph), edges_added=graph.number_of_edges())
    nodes, edges = rows_of(open_store())
    assert {row.key: {"type": row.label, **row.properties} for row in nodes} == {
        key: dict(data) for key, data in graph.nodes(data=True)
    }
    assert {(row.subject, row.object, row.key): {"type": row.type, **row.properties} for row in edges} == {
        (subject, obj, key): {**data, "workspace": WORKSPACE}
        for subject, obj, key, data in graph.edges(keys=True, data=True)
    }
    assert len(edges) == graph.number_of_edges()


def test_a_second_load_changes_nothing_and_says_so(open_store: Callable[[], Any]) -> None:
    graph = sample_graph()
    open_store().load(graph, workspace=WORKSPACE)
    before = rows_of(open_store())
    report = open_store().load(graph, workspace=WORKSPACE)
    assert report == LoadReport(nodes_unchanged=len(graph), edges_unchanged=graph.number_of_edges())
    assert report.changes == 0
    assert rows_of(open_store()) == before


def test_neither_order_nor_batches_matter(open_store: Callable[[], Any]) -> None:
    graph = sample_graph()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for subject, obj, key, data in reversed(list(graph.edges(keys=True, data=True))):
        turned.add_edge(subject, obj, key)
        turned.edges[subject, obj, key].update(data)
    open_store().load(turned, workspace=WORKSPACE, batch=1)
    assert rows_of(open_store()) == rows_of(_reference(graph))
    assert open_store().load(graph, workspace=WORKSPACE, batch=7).changes == 0


def test_a_load_makes_the_store_equal_the_graph(open_store: Callable[[], Any]) -> None:
    old, new = sample_graph(), changed(sample_graph())
    open_store().load(old, workspace=WORKSPACE)
    reference = _reference(old)
    would = open_store().load(new, workspace=WORKSPACE, dry_run=True)
    assert rows_of(open_store()) == rows_of(reference)  # a dry run only counts
    assert would == reference.load(new, workspace=WORKSPACE)
    assert (would.nodes_added, would.nodes_removed, would.edges_added) == (1, 1, 1)
    assert would.edges_removed == 3  # organizes twice, mentions
    assert would.edges_changed == 3  # a value, a property that went, other ends
    assert open_store().load(new, workspace=WORKSPACE) == would
    assert rows_of(open_store()) == rows_of(reference)
    assert open_store().load(old, workspace=WORKSPACE).changes == would.changes
    assert rows_of(open_store()) == rows_of(_reference(old))


def test_an_empty_graph_empties_the_store(open_store: Callable[[], Any]) -> None:
    open_store().load(sample_graph(), workspace=WORKSPACE)
    report = open_store().load(nx.MultiDiGraph(), workspace=WORKSPACE)
    assert (report.nodes_removed, report.nodes_kept) == (len(sample_graph()), 0)
    assert rows_of(open_store()) == ([], [])


def test_hard_values_come_back_as_they_went_in(open_store: Callable[[], Any]) -> None:
    graph = _graph_of(list(HARD))
    open_store().load(graph, workspace="工作区 'a' \\ 😀")
    assert rows_of(open_store()) == rows_of(_reference(graph, "工作区 'a' \\ 😀"))
    assert open_store().load(graph, workspace="工作区 'a' \\ 😀").changes == 0


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(float("nan"), id="not a number"),
        pytest.param(2**63, id="too large"),
        pytest.param({"a": 1}, id="a mapping"),
        pytest.param(["a", 1], id="two kinds in a list"),
    ],
)
def test_what_no_database_keeps_is_refused(value: object) -> None:
    graph = sample_graph()
    graph.nodes["fair"]["countMin"] = value
    with pytest.raises(StoreError, match="node fair: countMin"):
        node_rows(graph, WORKSPACE)


texts = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("工会“”’\\\n\"'`$｛（😀"), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(texts, min_size=1, max_size=5))
def test_any_text_comes_back_from_the_embedded_store(tmp_path: Path, values: list[str]) -> None:
    graph = _graph_of(values)
    path = tmp_path / "any.kgl"
    path.unlink(missing_ok=True)
    with get_loader("embedded")(path) as store:
        store.load(graph, workspace="w")
    with get_loader("embedded")(path) as store:
        assert rows_of(store) == rows_of(_reference(graph, "w"))


def _reference(graph: nx.MultiDiGraph[str], workspace: str = WORKSPACE) -> ReferenceStore:
    store = ReferenceStore()
    store.load(graph, workspace=workspace)
    return store


def _graph_of(values: list[str]) -> nx.MultiDiGraph[str]:
    """Nodes and edges that bear these texts in every place a text can have."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, value in enumerate(values):
        graph.add_node(
            f"n{number}", key=f"n{number}", type="TradeUnion", name=value, aliases=[value, "固定", value], nameKey=value
        )
        graph.add_edge(f"n{number}", "n0", f"e{number}")
        graph.edges[f"n{number}", "n0", f"e{number}"].update(
            key=f"e{number}",
            type="SUBORDINATE_TO",
            predicate="subordinateTo",
            status="happened",
            confidence=1.0,
            sources=1,
            inferred=bool(number % 2),
            quotes=[value, value],
            lines=[value],
            starts=[number, -number],
            confidences=[0.5, 1.0],
            rules=[],
        )
    return graph
