"""The union-find: its clusters depend on what was judged, never on the order, and a judgement can be taken back."""

from __future__ import annotations

import random

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.linker import Judgement, Linker, Verdict

keys = st.integers(0, 30).map(lambda number: f"k{number:02}")
pairs = st.lists(st.tuples(keys, keys).filter(lambda pair: pair[0] != pair[1]), max_size=40)


def judgements(edges: list[tuple[str, str]]) -> list[Judgement]:
    return [Judgement.of(left, right, "same", 1.0, "said so") for left, right in edges]


@given(pairs)
def test_linker_agrees_with_networkx(edges: list[tuple[str, str]]) -> None:
    linker = Linker(judgements(edges))
    graph: nx.Graph[str] = nx.Graph(edges)
    expected = {tuple(sorted(component)) for component in nx.connected_components(graph)}
    assert set(linker.clusters()) == expected
    for component in expected:
        assert {linker.canonical(key) for key in component} == {component[0]}


@given(pairs, st.randoms(use_true_random=False))
def test_order_does_not_matter(edges: list[tuple[str, str]], chance: random.Random) -> None:
    mixed = [(right, left) if chance.random() < 0.5 else (left, right) for left, right in edges]
    chance.shuffle(mixed)
    one, other = Linker(judgements(edges)), Linker(judgements(mixed))
    assert list(one.clusters()) == list(other.clusters())
    assert one.judgements() == other.judgements()


@given(pairs, pairs)
def test_taking_back_restores(before: list[tuple[str, str]], later: list[tuple[str, str]]) -> None:
    linker = Linker(judgements(before))
    old = list(linker.clusters())
    new = [one for one in judgements(later) if one not in linker.judgements()]
    for judgement in new:
        linker.add(judgement)
    for judgement in new:
        linker.discard(judgement)
    assert list(linker.clusters()) == old


@given(pairs, keys, keys)
def test_the_chain_joins_what_is_joined(edges: list[tuple[str, str]], start: str, goal: str) -> None:
    linker = Linker(judgements(edges))
    graph: nx.Graph[str] = nx.Graph(edges)
    chain = linker.chain(start, goal)
    if start != goal and start in graph and goal in graph and nx.has_path(graph, start, goal):
        assert len(chain) == nx.shortest_path_length(graph, start, goal)
        at = start
        for judgement in chain:
            assert at in (judgement.left, judgement.right)
            at = judgement.right if at == judgement.left else judgement.left
        assert at == goal
    else:
        assert chain == ()


def test_a_no_between_two_members_is_reported_with_the_chain() -> None:
    linker = Linker()
    linker.merge("a", "b", "first article")
    linker.merge("b", "c", "second article")
    linker.add(Judgement.of("c", "a", "different", 0.0, "reviewer"))
    (found,) = linker.contradictions()
    assert [(one.left, one.right) for one in found.chain] == [("a", "b"), ("b", "c")]
    assert found.different.reasons == ("reviewer",)


def test_unsure_joins_nothing() -> None:
    linker = Linker([Judgement.of("a", "b", "unsure", 0.9, "alike")])
    assert list(linker.clusters()) == []
    assert linker.canonical("b") == "b"


# ------------------------------------------------------------------------------------------------ people against rules


@st.composite
def verdicts(draw: st.DrawFn) -> list[Judgement]:
    """Judgements by rules (same) and by people (same, different)."""
    found = []
    for left, right in draw(pairs):
        verdict: Verdict = draw(st.sampled_from(("same", "same", "different")))
        by_hand = verdict == "different" or draw(st.booleans())
        score = draw(st.sampled_from([0.5, 1.0]))
        found.append(Judgement.of(left, right, verdict, score, "said so", by_hand=by_hand))
    return found


def joined_by(judged: list[Judgement], *, by_hand: bool) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from((one.left, one.right) for one in judged if one.verdict == "same" and one.by_hand >= by_hand)
    return graph


def met(graph: nx.Graph[str], one: Judgement) -> bool:
    return one.left in graph and one.right in graph and nx.has_path(graph, one.left, one.right)


@given(verdicts())
def test_what_people_keep_apart_stays_apart_unless_people_join_it(judged: list[Judgement]) -> None:
    linker = Linker(judged)
    by_people = joined_by(judged, by_hand=True)
    told = {one.different for one in linker.contradictions()}
    for one in judged:
        meets = linker.canonical(one.left) == linker.canonical(one.right)
        if one.verdict == "different":
            assert meets == met(by_people, one) == (one in told)
        elif one.by_hand:
            assert meets
    for contradiction in linker.contradictions():
        assert contradiction.chain


@given(verdicts())
def test_no_more_is_overruled_than_has_to_be(judged: list[Judgement]) -> None:
    linker = Linker(judged)
    overruled = set(linker.overruled())
    kept = [one for one in judged if one not in overruled]
    expected = joined_by(kept, by_hand=False)
    assert set(linker.clusters()) == {tuple(sorted(c)) for c in nx.connected_components(expected)}
    apart = [one for one in judged if one.verdict == "different" and not met(joined_by(judged, by_hand=True), one)]
    for one in overruled:
        assert not one.by_hand
        ends = {linker.canonical(one.left), linker.canonical(one.right)}
        assert any({linker.canonical(no.left), linker.canonical(no.right)} == ends for no in apart)
    if not apart:
        assert not overruled


@given(verdicts(), verdicts(), st.randoms(use_true_random=False))
def test_people_and_rules_in_any_order_and_taken_back(
    judged: list[Judgement], later: list[Judgement], chance: random.Random
) -> None:
    linker = Linker(judged)
    old, told = list(linker.clusters()), linker.overruled()
    new = [one for one in dict.fromkeys(later) if one not in linker.judgements()]
    for judgement in new:
        linker.add(judgement)
        linker.canonical("k00")
    mixed = [*judged, *new]
    chance.shuffle(mixed)
    other = Linker(mixed)
    assert list(other.clusters()) == list(linker.clusters())
    assert other.overruled() == linker.overruled()
    chance.shuffle(new)
    for judgement in new:
        linker.discard(judgement)
    assert list(linker.clusters()) == old
    assert linker.overruled() == told
