from __future__ import annotations

import networkx as nx

from exports.view.model import EVIDENCE
from exports.view.select import everything
from ontology import ontology
from tests.view.worlds import world


def test_a_made_up_city_keeps_to_the_ontology_and_to_the_form_of_edges() -> None:
    graph = world(300)
    kinds = {node: str(data["type"]) for node, data in graph.nodes(data=True)}
    assert set(kinds.values()) >= {"Activity", "Article", "District", "Enterprise", "Page", "Person", "TradeUnion"}
    for u, v, key, data in graph.edges(keys=True, data=True):
        ontology.check_triple(kinds[u], data["predicate"], kinds[v])
        assert data["key"] == key
        assert len({len(data[name]) for name in (*EVIDENCE, "statements", "ranges", "starts", "ends")}) == 1
        assert all(kinds[article] == "Article" for article in data["articles"])
    assert {data["status"] for *_, data in graph.edges(data=True)} == {"happened", "planned"}


def test_it_has_the_size_asked_for_and_is_the_same_again() -> None:
    graph = world(300)
    drawn = everything(graph).nodes
    assert len(drawn) == 300
    assert 850 < sum(u in drawn and v in drawn for u, v in graph.edges()) <= 900
    again = world(300)
    assert nx.utils.graphs_equal(graph, again)
    assert list(graph) == list(again)
    assert not nx.utils.graphs_equal(graph, world(300, seed=1))
