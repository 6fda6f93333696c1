"""GraphML: what networkx reads back is the graph, with lists as JSON text."""

from __future__ import annotations

import io
import json

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import get_exporter
from exports.graphml import plain
from exports.xmltext import xml_text
from kg.errors import InputError
from tests.exports.graphs import AWKWARD, node_id, sample
from tests.sample import sample_graph


def read_back(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    stream = io.BytesIO()
    get_exporter("graphml").write(graph, stream)
    stream.seek(0)
    found = nx.read_graphml(stream, force_multigraph=True)
    assert isinstance(found, nx.MultiDiGraph)
    return found


@pytest.mark.parametrize("graph", [sample(), sample_graph()], ids=["awkward", "sample"])
def test_networkx_reads_the_same_graph_back(graph: nx.MultiDiGraph[str]) -> None:
    found, wanted = read_back(graph), plain(graph)
    assert {node: found.nodes[node] for node in found} == {node: wanted.nodes[node] for node in wanted}
    assert found.adj == wanted.adj
    assert found.number_of_edges() == graph.number_of_edges()


def test_types_and_lists_survive() -> None:
    found = read_back(sample()).nodes[node_id("activity")]
    assert (found["countMin"], found["countApproximate"], found["vague"]) == (100, True, False)
    assert json.loads(read_back(sample()).nodes[node_id("product")]["aliases"]) == [AWKWARD]


@given(st.text(max_size=8))
def test_any_text_comes_back_as_far_as_xml_holds_it(text: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("entity-1", key="entity-1", type="Person", name=f"[{text}]", aliases=[text])
    found = read_back(graph).nodes["entity-1"]
    assert found["name"] == xml_text(f"[{text}]")
    assert found["aliases"] == xml_text(json.dumps([text], ensure_ascii=False))


def test_what_graphml_cannot_hold_is_refused() -> None:
    graph = sample()
    graph.nodes[node_id("month")]["series"] = {"no": "mapping"}
    with pytest.raises(InputError, match="series: GraphML cannot hold a dict"):
        read_back(graph)
