from __future__ import annotations

import hashlib
import math
import os
import random
import subprocess
import sys
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.view.communities import LIMIT, SMALL, WHOLE, partition
from exports.view.discs import directions, enclosing, overlap, pack, rings, separate, squeeze
from exports.view.layout import Plan, plan
from exports.view.regions import districts_of
from exports.view.select import everything
from tests.sample import sample_graph
from tests.view.worlds import world

ROOT = Path(__file__).parent.parent.parent
NEAR = 1e-6

names = st.integers(0, 60).map(str)
graphs = st.tuples(
    st.dictionaries(names, st.floats(1, 40), max_size=60),
    st.lists(st.tuples(names, names), max_size=120),
    st.dictionaries(names, st.sampled_from(["", "x", "y", "z"]), max_size=60),
)
Given = tuple[dict[str, float], list[tuple[str, str]], dict[str, str]]


def check(made: Plan, sizes: dict[str, float], districts: dict[str, str]) -> None:
    """See to it that nothing overlaps, that all is in its disc, and that everybody is somewhere once."""
    assert made.positions.keys() == sizes.keys()
    places = made.positions
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places.values())
    if sizes:
        x, y = (np.array([place[i] for place in places.values()]) for i in (0, 1))
        assert overlap(x, y, np.array([sizes[name] for name in places])) <= NEAR
    for regions in (made.communities, made.districts):
        assert sorted(name for region in regions for name in region.members) == sorted(sizes)
        assert len({region.name for region in regions}) == len(regions)
        for one, two in combinations(regions, 2):
            assert math.dist((one.x, one.y), (two.x, two.y)) >= one.radius + two.radius - NEAR
        for region in regions:
            for name in region.members:
                assert math.dist(places[name], (region.x, region.y)) + sizes[name] <= region.radius + NEAR
    for community in made.communities:
        around = made.districts[community.parent]
        assert math.dist((community.x, community.y), (around.x, around.y)) + community.radius <= around.radius + NEAR
        assert community.name.rpartition("/")[0] == around.name
        assert set(community.members) <= set(around.members)
    for district in made.districts:
        assert district.parent == -1
        assert {districts.get(name, "") for name in district.members} == {district.name}


def laid_out(count: int, edges: list[tuple[int, int]]) -> tuple[Plan, dict[str, float]]:
    """Lay out nodes of one size in one district."""
    sizes = {f"{i:05d}": 10.0 for i in range(count)}
    made = plan(sizes, [(f"{a:05d}", f"{b:05d}") for a, b in edges], dict.fromkeys(sizes, "d"))
    check(made, sizes, dict.fromkeys(sizes, "d"))
    return made, sizes


# ------------------------------------------------------------------------------------------------------------ laws


@settings(deadline=None)
@given(graphs)
def test_nothing_overlaps_all_is_inside_and_the_order_does_not_matter(graph: Given) -> None:
    sizes, edges, districts = graph
    edges = [(a, b) for a, b in edges if a in sizes and b in sizes]
    made = plan(sizes, edges, districts)
    check(made, sizes, districts)
    shuffled = [(b, a) for a, b in reversed(edges)]
    assert plan(dict(reversed(sizes.items())), shuffled, dict(reversed(districts.items()))) == made


@pytest.mark.parametrize("kind", ["star", "stars", "path", "tree", "ring", "full", "random", "pieces", "alone"])
@pytest.mark.parametrize("count", [3, 30, 300])
def test_shapes(kind: str, count: int) -> None:
    chooser = random.Random(count)
    edges = {
        "star": [(0, i) for i in range(1, count)],
        "stars": [(i % max(1, count // 20), i) for i in range(count)],
        "path": list(pairwise(range(count))),
        "tree": [(i, i // 3) for i in range(1, count)],
        "ring": [(i, (i + 1) % count) for i in range(count)],
        "full": list(combinations(range(min(count, 60)), 2)),
        "random": [(chooser.randrange(count), chooser.randrange(count)) for _ in range(3 * count)],
        "pieces": [(i, i + 1) for i in range(0, count - 1, 3)],
        "alone": [],
    }[kind]
    laid_out(count, edges)


def test_tiny_graphs() -> None:
    assert plan({}, [], {}) == Plan({}, (), ())
    made = plan({"a": 5.0}, [("a", "a")], {"a": "x"})
    check(made, {"a": 5.0}, {"a": "x"})
    assert made.positions == {"a": (0.0, 0.0)}
    for edges in ([], [("a", "b")], [("a", "b"), ("b", "a")]):
        for districts in ({}, {"a": "x"}, {"a": "x", "b": "x"}, {"a": "x", "b": "y"}):
            check(plan({"a": 5.0, "b": 7.0}, edges, districts), {"a": 5.0, "b": 7.0}, districts)


def test_an_edge_to_nowhere_is_an_error() -> None:
    with pytest.raises(KeyError):
        plan({"a": 5.0}, [("a", "b")], {})


def test_the_sample_is_laid_out() -> None:
    graph = sample_graph()
    selection = everything(graph)
    sizes = dict.fromkeys(selection.nodes, 10.0)
    districts = districts_of(graph, sizes)
    made = plan(sizes, [(u, v) for u, v, key in graph.edges(keys=True) if key in selection.edges], districts)
    check(made, sizes, districts)
    (xicheng,) = (one for one in made.districts if one.name == "xicheng")
    assert xicheng.members[0] == "u-xicheng"  # the best connected first


def the_city(size: int) -> tuple[dict[str, float], list[tuple[str, str]], dict[str, str]]:
    """Return what is drawn of a made-up city."""
    graph = world(size)
    selection = everything(graph)
    edges = [(u, v) for u, v, key in graph.edges(keys=True) if key in selection.edges]
    degree = Counter(end for edge in edges for end in edge)
    sizes = {node: 8 + min(24.0, round(3.5 * math.sqrt(degree[node]))) for node in selection.nodes}
    return sizes, edges, districts_of(graph, selection.nodes)


def test_a_city_reads_well() -> None:
    sizes, edges, districts = the_city(1500)
    made = plan(sizes, edges, districts)
    check(made, sizes, districts)
    places = made.positions

    def apart(ends: list[tuple[str, str]]) -> float:
        return sum(math.dist(places[a], places[b]) for a, b in ends) / len(ends)

    chooser = random.Random(1)
    pairs = [(a, b) for a, b in zip(*(chooser.choices(sorted(sizes), k=2000) for _ in range(2)), strict=True)]
    assert apart(edges) < 0.3 * apart(pairs)
    within = [(a, b) for a, b in pairs if districts[a] == districts[b]]
    assert apart([(a, b) for a, b in edges if districts[a] == districts[b]]) < 0.7 * apart(within)
    width, height = (
        max(place[i] for place in places.values()) - min(place[i] for place in places.values()) for i in (0, 1)
    )
    assert 1.1 < width / height < 1.8
    assert sum(math.pi * size * size for size in sizes.values()) > 0.12 * width * height


def test_the_sheet_has_the_shape_asked_for() -> None:
    sizes = {f"{i}": 10.0 for i in range(800)}
    districts = {name: f"d{int(name) % 40}" for name in sizes}
    for aspect in (0.6, 1.0, 2.0):
        made = plan(sizes, [], districts, aspect=aspect)
        check(made, sizes, districts)
        width, height = (
            max(place[i] for place in made.positions.values()) - min(place[i] for place in made.positions.values())
            for i in (0, 1)
        )
        assert 0.75 * aspect < width / height < 1.3 * aspect


def test_what_is_in_no_district_is_beside_the_rest() -> None:
    sizes = {f"{i}": 10.0 for i in range(300)}
    districts = {name: f"d{int(name) % 9}" if int(name) % 10 else "" for name in sizes}
    made = plan(sizes, [], districts)
    check(made, sizes, districts)
    (nowhere,) = (one for one in made.districts if not one.name)
    assert nowhere.x == max(one.x for one in made.districts)


def test_a_hub_is_amid_those_that_have_no_other() -> None:
    made, _ = laid_out(301, [(0, i) for i in range(1, 301)])
    assert len(made.communities) == 1
    far = [math.dist(made.positions["00000"], place) for place in made.positions.values()]
    assert max(far) < 1.25 * made.communities[0].radius
    assert made.communities[0].members[0] == "00000"


def test_nodes_without_edges_stand_close_together() -> None:
    made, sizes = laid_out(500, [])
    assert len(made.communities) == 1
    assert sum(size * size for size in sizes.values()) > 0.3 * made.communities[0].radius ** 2


def test_neighbouring_districts_are_near() -> None:
    """Of twelve districts in a ring, each tied to the next, those next to each other are nearer than the others."""
    sizes = {f"{d:02d}-{i}": 10.0 for d in range(12) for i in range(30)}
    edges = [(f"{d:02d}-{i}", f"{d:02d}-{i // 2}") for d in range(12) for i in range(1, 30)]
    edges += [(f"{d:02d}-{i}", f"{(d + 1) % 12:02d}-{i}") for d in range(12) for i in range(15)]
    made = plan(sizes, edges, {name: name[:2] for name in sizes})
    at = [(one.x, one.y) for one in made.districts]
    near = [math.dist(at[i], at[(i + 1) % 12]) for i in range(12)]
    every = [math.dist(one, two) for one, two in combinations(at, 2)]
    assert sum(near) / len(near) < 0.7 * sum(every) / len(every)


@pytest.mark.parametrize("count", [40, 400])
def test_many_districts(count: int) -> None:
    chooser = random.Random(count)
    sizes = {f"{i}": float(chooser.choice((8, 10, 20))) for i in range(3 * count)}
    districts = {name: f"d{int(chooser.random() ** 2 * count)}" for name in sizes}
    edges = [(chooser.choice(list(sizes)), chooser.choice(list(sizes))) for _ in range(4 * count)]
    check(plan(sizes, edges, districts), sizes, districts)


DIGEST = """
import hashlib
from tests.view.test_layout import the_city
from exports.view.layout import plan
made = plan(*the_city(1200))
print(hashlib.sha256(repr(sorted(made.positions.items())).encode() + repr(made.communities).encode()).hexdigest())
"""


def test_the_numbers_are_the_same_whatever_the_hash_seed() -> None:
    made = plan(*the_city(1200))
    told = repr(sorted(made.positions.items())).encode() + repr(made.communities).encode()
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == hashlib.sha256(told).hexdigest()


# ------------------------------------------------------------------------------------------------------ communities


@settings(deadline=None)
@given(st.integers(0, 150), st.randoms(use_true_random=False))
def test_every_node_is_in_one_community_or_loose(count: int, chooser: random.Random) -> None:
    pairs = {
        (a, b) for a, b in (sorted(chooser.choices(range(count), k=2)) for _ in range(count)) if a != b
    } if count else set()  # fmt: skip
    found, loose = partition(count, [(a, b, 1) for a, b in sorted(pairs)])
    assert sorted(node for part in (*found, *loose) for node in part) == list(range(count))
    graph = nx.Graph(sorted(pairs))
    graph.add_nodes_from(range(count))
    small = [sorted(part) for part in nx.connected_components(graph) if len(part) < SMALL]
    assert sorted(loose) == sorted(small)
    for part in found:
        assert len(part) >= SMALL
        assert nx.is_connected(graph.subgraph(part))


def test_planted_communities_are_found_and_those_too_large_split() -> None:
    chooser = random.Random(0)
    edges = {(50 * g + i % 50, 50 * g + j % 50) for g in range(6) for i in range(50) for j in range(i + 1, i + 8)}
    edges = {(min(edge), max(edge)) for edge in edges}
    edges |= {(50 * g, 50 * g + 50) for g in range(5)}
    found, loose = partition(300, [(a, b, 1) for a, b in sorted(edges)])
    assert not loose
    assert WHOLE < 300
    assert all(len({node // 50 for node in part}) == 1 for part in found)
    many = 2 * LIMIT
    pairs = (sorted(chooser.sample(range(many), 2)) for _ in range(3 * many))
    edges = {(a, b) for a, b in pairs}
    found, _ = partition(many, [(a, b, 1) for a, b in sorted(edges)])
    assert max(map(len, found)) <= LIMIT


# ------------------------------------------------------------------------------------------------------------ discs


def test_directions_are_unit_vectors_once_round() -> None:
    turns = np.arange(-7, 1000, dtype=np.float64) / 997
    x, y = directions(turns)
    assert np.abs(x * x + y * y - 1).max() < 1e-12
    assert max(abs(math.cos(2 * math.pi * t) - c) for t, c in zip(turns.tolist(), x.tolist(), strict=True)) < 1e-5
    assert max(abs(math.sin(2 * math.pi * t) - s) for t, s in zip(turns.tolist(), y.tolist(), strict=True)) < 1e-5


@settings(deadline=None)
@given(st.floats(1, 50), st.lists(st.floats(1, 20), min_size=1, max_size=60), st.booleans())
def test_rings_hold_what_they_are_given(middle: float, radii: list[float], side: bool) -> None:
    radii.sort(reverse=True)
    x, y, reach = rings(middle, radii, side=side)
    size = np.array([middle, *radii])
    x, y = np.array([0.0, *x]), np.array([0.0, *y])
    assert overlap(x, y, size) <= NEAR
    assert (np.sqrt(x * x + y * y) + size).max() <= reach + NEAR


discs = st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50), st.floats(1, 20)), min_size=1, max_size=50)


@settings(deadline=None)
@given(discs, st.floats(10, 200))
def test_discs_are_pushed_apart_and_squeezed_no_further_than_they_fit(
    given_discs: list[tuple[float, float, float]], limit: float
) -> None:
    x, y, radii = (np.array(values) for values in zip(*given_discs, strict=True))
    x, y = separate(x, y, radii, limit, tolerance=0.01)
    assert overlap(x, y, radii) <= 0.01
    far = float((np.sqrt(x * x + y * y) + radii).max())
    x, y = squeeze(x, y, radii, np.zeros(len(x), dtype=np.int64), tolerance=0.01)
    assert overlap(x, y, radii) <= 0.01
    assert float((np.sqrt(x * x + y * y) + radii).max()) <= far + NEAR


@settings(deadline=None)
@given(discs)
def test_the_disc_round_discs_holds_them_and_is_hardly_too_large(given_discs: list[tuple[float, float, float]]) -> None:
    x, y, radii = (np.array(values) for values in zip(*given_discs, strict=True))
    cx, cy, radius = enclosing(x, y, radii)
    assert (np.hypot(x - cx, y - cy) + radii).max() <= radius + NEAR
    widest = max(
        [2 * float(radii.max())]
        + [math.dist((a[0], a[1]), (b[0], b[1])) + a[2] + b[2] for a, b in combinations(given_discs, 2)]
    )
    assert radius <= 1.05 * widest / math.sqrt(3)  # Jung's theorem gives this bound for points


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(1, 40), min_size=1, max_size=200), st.floats(0.5, 2))
def test_packed_discs_do_not_overlap(radii: list[float], aspect: float) -> None:
    size = np.array(radii)
    ties = [(i, i // 2, 1.0) for i in range(1, len(radii))]
    x, y = pack(size, ties, tolerance=0.01, aspect=aspect)
    assert overlap(x, y, size) <= 0.01
