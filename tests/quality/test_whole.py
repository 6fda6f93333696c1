"""Components and hubs are those of the graph."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.quality import whole
from kg.quality.records import Components, Hub
from kg.quality.whole import FAR, HUB, components_and_hubs

nodes = st.integers(0, 60).map("n{}".format)
pairs = st.lists(st.tuples(nodes, nodes).filter(lambda pair: pair[0] != pair[1]))
stars = st.lists(st.tuples(nodes, st.integers(0, 40)), max_size=3)


@given(pairs, stars, st.sets(nodes))
def test_components_and_hubs_are_those_of_the_graph(
    drawn: list[tuple[str, str]], centres: list[tuple[str, int]], alone: set[str]
) -> None:
    rays = [(centre, f"leaf{centre}-{number}") for centre, count in centres for number in range(count)]
    edges = drawn + rays
    net: nx.Graph[str] = nx.Graph(edges)
    net.add_nodes_from(alone)
    classes = {node: "star" if node[-1] in "02468" else "leaf" for node in net}
    sizes = [len(one) for one in nx.connected_components(net)]
    joined = [size for size in sizes if size > 1]
    components, hubs = components_and_hubs(classes.items(), iter(edges))
    assert components == Components(len(net), len(joined), max(joined, default=0), sizes.count(1))
    assert hubs == _hubs(net, classes)


def _hubs(net: nx.Graph[str], classes: dict[str, str]) -> list[Hub]:
    groups: dict[str, list[int]] = defaultdict(list)
    for node, degree in net.degree():
        if degree:
            groups[classes[node]].append(degree)
    found = []
    for node, degree in net.degree():
        if degree >= HUB and degree * len(groups[classes[node]]) >= FAR * sum(groups[classes[node]]):
            found.append(Hub(node, degree, degree / (sum(groups[classes[node]]) / len(groups[classes[node]]))))
    return sorted(found, key=lambda hub: (-hub.times, hub.entity))


def test_only_the_farthest_hubs_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "HUBS", 2)
    edges = [(f"hub{degree}", f"leaf{number}") for degree in (30, 50, 40) for number in range(degree)]
    edges += [(f"small{number}", "leaf0") for number in range(300)]
    things = {end: "Leaf" if end.startswith("leaf") else "TradeUnion" for pair in edges for end in pair}
    del things["leaf0"]  # the hub of another class
    _, hubs = components_and_hubs([*things.items(), ("leaf0", "Venue")], edges)
    assert [(hub.entity, hub.degree) for hub in hubs] == [("hub50", 50), ("hub40", 40)]
