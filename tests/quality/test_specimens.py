"""One specimen of every form is checked, by itself, and again only where it has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx import MultiDiGraph

from kg.check import Violation, check_graphs
from kg.model import Article, Entity, Value
from kg.quality import specimens as made
from kg.quality.specimens import Row, choose, form_of_entity, shapes, specimens
from kg.read import read_articles
from kg.resolve import Resolution, resolve
from tests.build.pages import pages
from tests.quality.held import HeldStock, chosen, shapes_of

# ---------------------------------------------------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("props", "form"),
    [
        ((), "Activity"),
        ((("count", 3), ("vague", False)), "Activity count=int vague=bool"),
        ((("start", "2025-03-12"),), "Activity start=9999-99-99"),
        ((("start", "2025-03"),), "Activity start=9999-99"),
        ((("names", ("a", "b")), ("series", "职工运动会")), "Activity names=tuple series=str"),
    ],
)
def test_the_form_of_an_entity_tells_kinds_of_values(props: tuple[tuple[str, Value], ...], form: str) -> None:
    assert form_of_entity(Entity("e", "e", "Activity", "职工运动会", (), props, ())) == form


tables = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.sampled_from("xyz"), st.integers(0, 2)))


@given(tables, tables, st.sets(st.sampled_from("abcdefgh")))
def test_choosing_again_chooses_what_choosing_from_all_does(
    before: dict[str, tuple[str, int]], changes: dict[str, tuple[str, int]], gone: set[str]
) -> None:
    after = {own: row for own, row in before.items() if own not in gone} | changes
    dropped = before.keys() & (gone | changes.keys())
    asked: set[str] = set()

    def rescan(forms: Collection[str]) -> Iterable[Row]:
        asked.update(forms)
        return [row for row in rows(after) if row[0] in forms]

    old = choose({}, (), rows(before), rescan)
    assert not asked
    assert choose(old, dropped, rows(changes), rescan) == choose({}, (), rows(after), rescan)
    assert asked <= {form for form, (_, own) in old.items() if own in dropped}


def test_a_specimen_that_is_made_again_as_it_was_needs_no_rescan() -> None:
    old = choose({}, (), [("form", 1, "b"), ("form", 2, "a")], no_rescan)
    assert choose(old, {"b"}, [("form", 1, "b")], no_rescan) == {"form": (1, "b")}
    assert choose(old, {"b"}, [("form", 1, "a")], no_rescan) == {"form": (1, "a")}
    assert choose(old, {"a"}, [], no_rescan) == {"form": (1, "b")}
    assert choose(old, {"b"}, [("form", 3, "b")], lambda _: [("form", 3, "b"), ("form", 2, "a")]) == {"form": (2, "a")}


def rows(table: Mapping[str, tuple[str, int]]) -> list[Row]:
    return [(form, count, own) for own, (form, count) in table.items()]


def no_rescan(forms: Collection[str]) -> Iterable[Row]:
    raise AssertionError(forms)


# ------------------------------------------------------------------------------------------------------ specimens


@cache
def resolved(count: int) -> tuple[Resolution, Mapping[str, Article]]:
    extractions = [one for reading in read_articles(pages(count), workers=1) for one in reading.extractions]
    return resolve(extractions), {one.article.key: one.article for one in extractions}


def test_specimens_are_of_every_class_relation_and_status_and_keep_the_shapes() -> None:
    resolution, articles = resolved(20)
    stock = HeldStock(resolution, articles)
    graphs = list(specimens(stock, *chosen(stock)))
    nodes = [data["type"] for graph in graphs for _, data in graph.nodes(data=True)]
    edges = [(data["predicate"], data["status"]) for graph in graphs for *_, data in graph.edges(data=True)]
    assert set(nodes) == {one.type for one in resolution.entities}
    assert set(edges) == {(one.predicate, one.status) for one in resolution.facts}
    assert shapes_of(resolution, articles).violations == ()


def test_a_specimen_has_all_that_it_rests_on() -> None:
    resolution, articles = resolved(20)
    stock = HeldStock(resolution, articles)
    for graph in specimens(stock, *chosen(stock)):
        for *_, data in graph.edges(data=True):
            assert set(data["articles"]) <= set(graph)
        on_page = {one for one, _, data in graph.edges(data=True) if data["predicate"] == "onPage"}
        assert on_page == {one for one, data in graph.nodes(data=True) if data["type"] == "Article"}


def test_there_are_few_specimens_however_many_facts() -> None:
    (few, few_articles), (many, many_articles) = resolved(20), resolved(80)
    assert len(many.facts) > 3 * len(few.facts)
    assert shapes_of(many, many_articles).facts < 1.5 * shapes_of(few, few_articles).facts < len(few.facts) / 3


def test_only_what_has_changed_is_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    resolution, articles = resolved(20)
    stock = HeldStock(resolution, articles)
    whole, verdicts = shapes(stock, *chosen(stock))
    checked: list[int] = []

    def check(graphs: Sequence[MultiDiGraph[str]]) -> list[list[Violation]]:
        checked.append(len(graphs))
        return check_graphs(graphs)

    monkeypatch.setattr(made, "check_graphs", check)
    assert shapes(stock, *chosen(stock), verdicts) == (whole, verdicts)
    facts = tuple(replace(one, sources=-1) if one.predicate == "hasRole" else one for one in resolution.facts)
    changed = HeldStock(replace(resolution, facts=facts), articles)
    found, after = shapes(changed, *chosen(changed), verdicts)
    assert {one.law for one in found.violations} == {"sources"}
    assert checked == [0, len(after.keys() - verdicts.keys())]
    assert 0 < checked[1] < len(after) / 2
    assert shapes(changed, *chosen(changed)) == (found, after)


def test_one_entity_that_lacks_what_its_class_needs_is_found() -> None:
    resolution, articles = resolved(20)
    last = max(one.id for one in resolution.entities if one.type == "Article")
    entities = tuple(
        replace(one, props=tuple(pair for pair in one.props if pair[0] != "headline")) if one.id == last else one
        for one in resolution.entities
    )
    found = shapes_of(replace(resolution, entities=entities), articles).violations
    assert found
    assert all(last.removeprefix("article-") in one.where for one in found)


def test_one_form_of_facts_that_breaks_the_ontology_is_found() -> None:
    resolution, articles = resolved(20)
    facts = tuple(replace(one, confidence=1.5) if one.predicate == "hasRole" else one for one in resolution.facts)
    assert "confidence" in {one.law for one in shapes_of(replace(resolution, facts=facts), articles).violations}
    facts = tuple(replace(one, predicate="heldIn") if one.predicate == "hasRole" else one for one in resolution.facts)
    assert {one.law for one in shapes_of(replace(resolution, facts=facts), articles).violations} == {"triple"}
