from __future__ import annotations

import math
import random
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.view.stress import Box, layout

names = st.integers(0, 30).map(str)
graphs = st.tuples(
    st.dictionaries(names, st.builds(Box, st.floats(10, 200), st.floats(10, 90)), max_size=30),
    st.lists(st.tuples(names, names), max_size=60),
)
Places = dict[str, tuple[float, float]]


def overlaps(places: Places, boxes: dict[str, Box]) -> list[tuple[str, str]]:
    return [
        (a, b)
        for a, b in combinations(places, 2)
        if abs(places[a][0] - places[b][0]) < (boxes[a].width + boxes[b].width) / 2 - 1e-3
        and abs(places[a][1] - places[b][1]) < (boxes[a].height + boxes[b].height) / 2 - 1e-3
    ]


def known(boxes: dict[str, Box], edges: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(a, b) for a, b in edges if a in boxes and b in boxes]


@given(graphs)
def test_no_boxes_overlap_and_the_order_of_the_input_does_not_matter(
    graph: tuple[dict[str, Box], list[tuple[str, str]]],
) -> None:
    boxes, edges = graph[0], known(*graph)
    places = layout(boxes, edges)
    assert places.keys() == boxes.keys()
    assert overlaps(places, boxes) == []
    shuffled = [(b, a) for a, b in reversed(edges)]
    assert layout(dict(reversed(boxes.items())), shuffled) == places


@pytest.mark.parametrize(("count", "more"), [(2, 1), (40, 1), (120, 2), (400, 2)])
def test_neighbours_are_nearer_than_strangers_and_the_sheet_is_used(count: int, more: int) -> None:
    graph = nx.barabasi_albert_graph(count, more, seed=1) if count > 2 else nx.path_graph(2)
    boxes = {str(node): Box(90, 60) for node in graph}
    places = layout(boxes, [(str(a), str(b)) for a, b in graph.edges])
    assert overlaps(places, boxes) == []

    def apart(a: str, b: str) -> float:
        return math.dist(places[a], places[b])

    chooser = random.Random(1)
    pairs = [(str(a), str(b)) for a, b in (chooser.sample(range(count), 2) for _ in range(300))]
    linked = sum(apart(str(a), str(b)) for a, b in graph.edges) / graph.number_of_edges()
    assert linked <= 0.75 * sum(apart(a, b) for a, b in pairs) / len(pairs) or count == 2
    width = max(x for x, _ in places.values()) - min(x for x, _ in places.values()) + 90
    height = max(y for _, y in places.values()) - min(y for _, y in places.values()) + 60
    assert count * 90 * 60 / (width * height) > 0.3
    assert 0.7 < width / height < 2.4 or count == 2


def test_no_node_and_one_node() -> None:
    assert layout({}, []) == {}
    assert layout({"a": Box(10, 10)}, [("a", "a")]) == {"a": (0, 0)}
