from __future__ import annotations

import random
from typing import Any

import networkx as nx
import pytest

from exports.view.regions import districts_of
from exports.view.select import Graph, everything
from tests.sample import sample_graph
from tests.view.worlds import world


@pytest.fixture(scope="module")
def sample() -> dict[str, str]:
    graph = sample_graph()
    return districts_of(graph, graph)


def made(nodes: dict[str, dict[str, Any]], facts: list[tuple[str, str, str]]) -> Graph:
    graph: Graph = nx.MultiDiGraph()
    for key, data in nodes.items():
        graph.add_node(key, **{"name": key, "type": "TradeUnion", **data})
    for u, predicate, v in facts:
        graph.add_edge(u, v, predicate=predicate, status="happened")
    return graph


def district(name: str, code: str = "", rest: str = "") -> dict[str, str]:
    """Return a District as kg.graph gives it; `rest` is what is in no table of what lies in the division `code`."""
    return {"type": "District", "name": name, "nameKey": f"District|{code}|{rest}", "code": code}


@pytest.mark.parametrize(
    ("node", "where"),
    [
        ("yuetan", "xicheng"),  # a street without a code, by the fact that it lies there
        ("u-yuetan", "xicheng"),  # the union of a street
        ("li", "xicheng"),  # who is in that union
        ("palace", "xicheng"),
        ("fair", "xicheng"),
        ("cool", "xicheng"),  # not yet held
        ("contest", "daxing"),  # where it is held, not where its host is at home
        ("jinghua", "daxing"),
        ("u-jinghua", "daxing"),
        ("welder", "daxing"),
        ("zhao", "daxing"),
        ("sports", "pudong"),
        ("u-beijing", "beijing"),  # the union of the city is in no county
        ("visit", "beijing"),
        ("beijing", "beijing"),
        ("hetian", "hetian"),
        ("chen", ""),  # a reporter
        ("card", ""),  # of a body of which no place is known
        ("a2", "daxing"),  # an article, by what it speaks of
    ],
)
def test_things_of_the_sample_are_where_a_reader_would_look(sample: dict[str, str], node: str, where: str) -> None:
    assert sample[node] == where


def test_everything_asked_for_is_told_and_all_of_the_graph_is_evidence() -> None:
    graph = sample_graph()
    assert districts_of(graph, []) == {}
    assert districts_of(graph, ["welder", "li"]) == {"welder": "daxing", "li": "xicheng"}
    assert districts_of(nx.MultiDiGraph(), []) == {}


def test_a_street_is_in_the_county_of_its_code() -> None:
    places = {"county": district("海淀区", "110108"), "street": district("上地街道", "110108022")}
    assert districts_of(made(places, []), places) == {"county": "county", "street": "county"}


def test_a_town_in_no_table_has_the_code_of_what_is_round_it() -> None:
    places = {"city": district("北京市", "11"), "town": district("长店镇", "11", "长店镇")}
    assert districts_of(made(places, []), places) == {"city": "city", "town": "city"}
    places |= {"county": district("丰台区", "110106"), "town": district("长店镇", "110106", "长店镇")}
    assert districts_of(made(places, []), places)["town"] == "county"


def test_a_village_is_in_the_county_its_town_lies_in() -> None:
    places = {"county": district("密云区", "110118"), "town": district("石城镇"), "village": district("水泉村")}
    graph = made(places, [("village", "locatedIn", "town"), ("town", "locatedIn", "county")])
    assert set(districts_of(graph, places).values()) == {"county"}


def test_a_zone_is_a_region_and_a_farm_is_not() -> None:
    places = {
        "county": district("大兴区", "110115"),
        "zone": district("北京经济技术开发区", "110115403"),
        "farm": district("某农场", "110115499"),
    }
    found = districts_of(made(places, []), places)
    assert found == {"county": "county", "zone": "zone", "farm": "county"}


def test_a_street_whose_county_is_in_no_text_goes_with_the_higher_union_of_its_own() -> None:
    """荣华街道 has a code of 大兴区 and belongs to the zone."""
    places = {
        "city": district("北京市", "11"),
        "zone": district("北京经济技术开发区", "110115403"),
        "street": district("荣华街道", "110115012"),
    }
    facts = [
        ("street", "locatedIn", "city"),
        ("zone-union", "unionOf", "zone"),
        ("street-union", "unionOf", "street"),
        ("street-union", "subordinateTo", "zone-union"),
    ]
    graph = made({**places, "zone-union": {}, "street-union": {}}, facts)
    assert districts_of(graph, graph) == {
        "city": "city",
        **dict.fromkeys(("zone", "street", "zone-union", "street-union"), "zone"),
    }
    graph.remove_edge("street-union", "zone-union")
    assert districts_of(graph, ["street", "street-union"]) == {"street": "city", "street-union": "city"}


def test_a_firm_of_the_city_is_where_its_union_stands() -> None:
    """北京…公司 lies in 北京市 by its name; the district federation above its union tells more."""
    nodes = {
        "city": district("北京市", "11"),
        "county": district("西城区", "110102"),
        "firm": {"type": "Enterprise"},
    }
    facts = [
        ("firm", "locatedIn", "city"),
        ("firm-union", "unionOf", "firm"),
        ("county-union", "unionOf", "county"),
        ("city-union", "unionOf", "city"),
        ("county-union", "subordinateTo", "city-union"),
        ("firm-union", "subordinateTo", "county-union"),
    ]
    graph = made({**nodes, "firm-union": {}, "county-union": {}, "city-union": {}}, facts)
    found = districts_of(graph, graph)
    assert (found["firm"], found["firm-union"], found["city-union"]) == ("county", "county", "city")


def test_the_majority_wins_then_the_lower_key_and_what_is_denied_is_no_evidence() -> None:
    places = {"b": district("东城区", "110101"), "a": district("西城区", "110102"), "event": {"type": "Activity"}}
    graph = made(places, [("event", "heldIn", "b"), ("event", "heldIn", "a")])
    assert districts_of(graph, ["event"]) == {"event": "a"}
    graph.add_edge("event", "b", predicate="heldIn", status="happened")
    assert districts_of(graph, ["event"]) == {"event": "b"}
    for _ in range(2):
        graph.add_edge("event", "a", predicate="heldIn", status="denied")
    assert districts_of(graph, ["event"]) == {"event": "b"}


def test_codes_nobody_knows_are_taken_at_their_word() -> None:
    places = {"one": district("甲区", "999901"), "two": district("乙街道", "999901001"), "three": district("丙")}
    assert districts_of(made(places, []), places) == {"one": "one", "two": "one", "three": ""}


def test_the_order_of_the_graph_does_not_matter() -> None:
    graph = world(400)
    found = districts_of(graph, graph)
    chooser = random.Random(0)
    nodes = [(node, dict(data)) for node, data in graph.nodes(data=True)]
    edges = [(u, v, key, dict(data)) for u, v, key, data in graph.edges(keys=True, data=True)]
    chooser.shuffle(nodes)
    chooser.shuffle(edges)
    shuffled: Graph = nx.MultiDiGraph()
    for node, data in nodes:
        shuffled.add_node(node)
        shuffled.nodes[node].update(data)
    for u, v, key, data in edges:
        shuffled.add_edge(u, v, key)
        shuffled.edges[u, v, key].update(data)
    assert districts_of(shuffled, shuffled) == found


def test_most_of_a_made_up_city_is_placed_and_most_facts_stay_within_a_district() -> None:
    graph = world(600)
    drawn = everything(graph).nodes
    found = districts_of(graph, drawn)
    assert len(set(found.values())) > 15
    assert sum(bool(where) for where in found.values()) > 0.97 * len(drawn)
    ends = [(found[u], found[v]) for u, v in graph.edges() if u in found and v in found]
    assert sum(one == two for one, two in ends) > 0.8 * len(ends)
