"""Reading annotations and predictions: what is accepted, and what is said where something is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.errors import InputError, UnknownName
from kg.eval.records import GoldArticle, GoldTriple, choose, read_gold, read_predictions
from tests.eval.gold import GOLD, article, record


def gold(**more: Any) -> bytes:
    return json.dumps({"articles": [{"id": "h07", "entities": [], "triples": [], **more}]}).encode()


def line(name: str, **more: Any) -> bytes:
    return json.dumps({"id": name, "entities": [record("Person", name)], "triples": [], **more}).encode()


def test_the_gold_of_the_project_is_read_whole() -> None:
    articles = read_gold(GOLD.read_bytes(), source="gold.json")
    assert len(articles) == 306
    assert {name for one in articles for name in one.splits} == {
        "tune", "calibrate", "held", "blind", "dev", "heldout",
    }  # fmt: skip
    assert "Union" not in {entity.type for one in articles for entity in one.entities}
    first = articles[0]
    assert first.entities[0].names == ("书院街街道总工会", "街道总工会", "锦江区书院街街道总工会")
    assert first.triples[6] == GoldTriple(("宋晓岚",), "hasRole", ("书院街街道总工会",), ("主席", "总工会主席"))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"{", "g.json: not JSON"),
        (b"[]", "g.json: an object was expected"),
        (b"{}", "g.json: no 'articles' in it"),
        (gold(id=""), "g.json, article 1: 'id' is missing"),
        (gold(entities=["x"]), "g.json, article h07: an object was expected, not 'x'"),
        (gold(entities=[{"type": "Person"}]), "g.json, article h07: 'name' is missing"),
        (gold(entities=[{"type": "Person", "name": "王伟", "aliases": "王"}]), "'aliases' must be a list"),
        (gold(triples=[["a", "organizes"]]), "a triple is [subject, predicate, object]"),
        (gold(triples=[["a", "likes", "b"]]), "no relation 'likes' is scored"),
        (gold(triples=[["a", "organizes", []]]), "a name or a list of names was expected"),
        (gold(triples=[["a", "organizes", "nobody"]]), "names 'a', which is none of its entities"),
        (b"[" * 100_000, "g.json: not JSON"),
        (json.dumps({"articles": [{"id": "x"}, {"id": "x"}]}).encode(), "article x: its id is there twice"),
    ],
)
def test_a_gold_that_is_none(raw: bytes, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_gold(raw, source="g.json")
    assert message in str(error.value)
    assert "see tests/gold/README.md" in str(error.value)


def read(*lines: bytes, articles: tuple[GoldArticle, ...] | None = None) -> Any:
    return read_predictions(lines, articles or read_gold(gold(), source="g"), source="p.jsonl")


@pytest.mark.parametrize("names", [["h07"], ["07"], ["h07#1", "h07#2"], ["07#1", "07#2"], ["h07#2"]])
def test_all_parts_of_an_article_are_one_prediction(names: list[str]) -> None:
    _, found, strange = read(*map(line, names), b"\n")
    assert [entity.part for entity in found["h07"].entities] == names
    assert found["h07"].parts == tuple(names)
    assert strange == ()


def test_lines_of_other_articles_are_told() -> None:
    _, found, strange = read(line("h07"), line("x1#1"), line("x1#2"))
    assert list(found) == ["h07"]
    assert strange == ("x1",)


def test_no_line_at_all_is_a_prediction_of_nothing() -> None:
    assert read()[1] == {}


def test_rules_status_and_confidence_come_with_the_evidence() -> None:
    said = {"rule": "b", "rules": ["a", "b"], "confidence": 0.9, "status": "planned"}
    _, found, _ = read(line("h07", triples=[["a", "hasRole", "b", "主席"]], evidence=[said]))
    (triple,) = found["h07"].triples
    assert (triple.rules, triple.confidence, triple.status, triple.qualifier) == (("b", "a"), 0.9, "planned", "主席")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([b"{"], "p.jsonl, line 1: not JSON"),
        ([line("h07"), b"[]"], "p.jsonl, line 2: an object was expected"),
        ([b"{}"], "p.jsonl, line 1: 'id' is missing"),
        ([line("h07", triples=[["a", "b"]])], "a triple is [subject, predicate, object]"),
        (
            [line("h07", triples=[["a", "hasRole", "b"]], evidence=[{"confidence": 7}])],
            "a confidence is a number from 0 to 1",
        ),
        ([line("h07", triples=[["a", "organizes", 1]])], "a triple is [subject, predicate, object]"),
        ([line("h07", triples=[["a", "organizes", "b"]], evidence=[{}, {}])], "1 triples with 2 pieces of evidence"),
        ([line("h07"), line("07")], "line 2: a second prediction for h07"),
        ([line("h07"), line("h07#1")], "line 2: a second prediction for h07"),
        ([line("x1"), line("x2")], "no line is of an article of the gold (ids here: x1, x2; there: h07, …)"),
    ],
)
def test_predictions_that_are_none(lines: list[bytes], message: str) -> None:
    with pytest.raises(InputError) as error:
        read(*lines)
    assert message in str(error.value)
    assert "give what kg extract printed" in str(error.value)


def test_articles_of_one_page_are_united_where_the_page_was_predicted() -> None:
    one = GoldArticle("s1", article("TradeUnion 工会 甲", "?Person 王伟").entities, (), page="seed")
    two = GoldArticle("s2", article("TradeUnion 工会 乙", "Person 王伟").entities, (), page="seed")
    (page,), _, _ = read(line("seed"), articles=(one, two))
    assert page.id == "seed"
    assert [(e.names, e.optional) for e in page.entities] == [(("工会", "乙", "甲"), False), (("王伟",), False)]
    apart, _, _ = read(line("s1"), articles=(one, two))
    assert apart == (one, two)


def test_choosing_by_split_and_id() -> None:
    articles = read_gold(GOLD.read_bytes(), source="gold.json")
    held = choose(articles, split="held")
    assert len(held) == 70
    assert set(held) < set(choose(articles, split="heldout"))
    assert [one.id for one in choose(articles, ids=["g02", "g01"])] == ["g01", "g02"]
    with pytest.raises(UnknownName, match="no split called 'tuned'; did you mean tune"):
        choose(articles, split="tuned")
    with pytest.raises(UnknownName, match="no article of the gold called 'g99'"):
        choose(articles, ids=["g99"])
    with pytest.raises(UnknownName, match="no article of the split held called 'g01'"):
        choose(articles, split="held", ids=["g01"])
