"""Scores: single judgements by hand, laws, and the figures of the scorer that the project is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.eval.records import read_gold, read_predictions
from kg.eval.score import Counts, Scored, compare, intervals, score
from tests.eval.gold import GOLD, SCORER, SHARED, TEXTS, article, kinds, muddled, prediction, their_figures

UNION, EVENT, PERSON = "TradeUnion 西城区总工会 区总工会", "Activity 技能大赛", "Person 王伟"


def entity_kinds(scored: Scored) -> list[str]:
    return [verdict.kind for verdict in scored.entities]


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        (["TradeUnion 西城区总工会"], ["right"]),
        (["TradeUnion 区总工会"], ["right"]),
        (["TradeUnion 某工会 西城区总工会"], ["right"]),
        (["TradeUnion 西城区总工会", "TradeUnion 区总工会"], ["right", "duplicate"]),
        (["TradeUnion 某工会 区总工会", "TradeUnion 西城区总工会"], ["duplicate", "right"]),
        (["Enterprise 西城区总工会"], ["wrong type"]),
        (["Organization 西城区总工会"], ["ignored"]),
        (["TradeUnion 东城区总工会"], ["spurious"]),
        (["District 西城区"], ["optional"]),
        (["Venue 西城区"], ["optional"]),
    ],
)
def test_what_becomes_of_a_predicted_thing(given: list[str], kinds: list[str]) -> None:
    assert entity_kinds(Scored(article(UNION, "?District 西城区"), prediction(*given))) == kinds


def test_a_day_is_the_same_however_it_is_written() -> None:
    assert entity_kinds(Scored(article("Date 3月8日"), prediction("Date 2025-03-08"))) == ["right"]


def test_relaxed_lets_names_without_clear_ends_hold_one_another() -> None:
    gold, given = (
        article("Activity 职工技能大赛", UNION),
        prediction("Activity 首届职工技能大赛", "TradeUnion 市西城区总工会"),
    )
    assert entity_kinds(Scored(gold, given)) == ["spurious", "spurious"]
    assert entity_kinds(Scored(gold, given, relaxed=True)) == ["right", "spurious"]


SAID = "西城区总工会 organizes 技能大赛"


@pytest.mark.parametrize(
    ("triples", "found"),
    [
        ([SAID], ["right"]),
        (["区总工会 organizes “技能大赛”"], ["right"]),
        ([SAID, "区总工会 organizes 技能大赛"], ["right", "repeat"]),
        (["某工会 organizes 技能大赛"], ["right"]),  # by a name that the prediction gave the union
        (["东城区总工会 organizes 技能大赛"], ["wrong"]),
        (["东城区总工会 organizes 技能大赛"] * 2, ["wrong", "wrong again"]),
        (["技能大赛 organizes 西城区总工会"], ["wrong"]),
        (["西城区总工会 quotedIn 技能大赛"], ["ignored"]),
        (["技能大赛 heldIn 西城区"], ["optional"]),  # said to be optional
        (["西城区总工会 locatedIn 西城区"], ["optional"]),  # touches what is optional
        (["王伟 participatesIn 技能大赛"], ["right"]),  # either of two
        (["李娜 participatesIn 技能大赛"], ["right"]),
        (["王伟 participatesIn 技能大赛", "李娜 participatesIn 技能大赛"], ["right", "repeat"]),
    ],
)
def test_what_becomes_of_a_predicted_triple(triples: list[str], found: list[str]) -> None:
    gold = article(
        UNION,
        EVENT,
        PERSON,
        "Person 李娜",
        "?District 西城区",
        triples=[SAID, "王伟/李娜 participatesIn 技能大赛"],
        optional=["技能大赛 heldIn 西城区"],
    )
    assert kinds(Scored(gold, prediction("TradeUnion 某工会 区总工会", triples=triples))) == found


def test_what_did_not_happen_counts_neither_way() -> None:
    gold = article(UNION, EVENT, triples=[SAID])
    record = {"id": "a", "triples": [SAID.split()], "evidence": [{"rule": "r", "status": "planned"}]}
    articles, found, _ = read_predictions([json.dumps(record).encode()], [gold], source="p")
    (scored,) = compare(articles, found)
    assert kinds(scored) == ["ignored"]
    assert scored.missed_triples == (0,)


def test_titles_are_counted_on_right_posts_only() -> None:
    gold = article(UNION, PERSON, triples=["王伟 hasRole 西城区总工会 主席 工会主席"])
    for title, right in (("主席", True), ("工会主席", True), ("副主席", False)):
        record = {"id": "a", "triples": [["王伟", "hasRole", "区总工会", title]]}
        _, found, _ = read_predictions([json.dumps(record).encode()], [gold], source="p")
        assert [verdict.title for verdict in compare([gold], found)[0].triples] == [right]


def test_an_article_without_a_prediction_is_all_missed() -> None:
    result = score(compare([article(UNION, EVENT, triples=[SAID])], {}))
    assert (result.all_entities, result.all_triples) == (Counts(0, 0, 2), Counts(0, 0, 1))
    assert (result.all_triples.precision, result.all_triples.f1) == (0.0, 0.0)


def test_the_annotation_itself_is_all_right() -> None:
    articles = read_gold(GOLD.read_bytes(), source="gold.json")
    lines = []
    for one in articles:
        entities = [{"type": e.type, "name": e.name} for e in one.entities]
        triples = [[t.subjects[0], t.predicate, t.objects[0]] for t in one.triples]
        lines.append(json.dumps({"id": one.id, "entities": entities, "triples": triples}).encode())
    _, found, _ = read_predictions(lines, articles, source="p")
    result = score(compare(articles, found))
    assert result.all_entities.f1 == 1.0
    assert result.all_triples.f1 == 1.0


def test_intervals_hold_the_figure_and_are_the_same_again() -> None:
    counts = [Counts(n % 7, n % 7 + n % 3, n % 7 + n % 2) for n in range(1, 30)]
    total = sum(counts, Counts())
    found = intervals(counts)
    assert found == intervals(counts)
    for name, one in found.items():
        assert 0.0 <= one.low <= getattr(total, name) <= one.high <= 1.0
    assert intervals(counts, draws=0) == {}


# ------------------------------------------------------------------------------------------------ the other scorer

needs_scorer = pytest.mark.skipif(not SCORER.is_file(), reason=f"no {SCORER}: it is shared beside the repository")


def our_figures(gold: Path, predictions: Path, *, relaxed: bool) -> dict[str, Any]:
    every = read_gold(gold.read_bytes(), source="gold")
    articles, found, _ = read_predictions(predictions.read_bytes().splitlines(), every, source="p")
    result = score(compare(articles, found, relaxed=relaxed))

    def rows(kinds: Any, total: Counts, spans: Any) -> dict[str, Any]:
        named = {"Union" if name == "TradeUnion" else name: one for name, one in kinds.items()}
        made = {
            name: {
                "tp": one.right,
                "pred": one.predicted,
                "gold": one.expected,
                "P": one.precision,
                "R": one.recall,
                "F1": one.f1,
            }
            for name, one in {**named, "micro": total}.items()
        }
        made["micro"]["F1_95"] = [spans["f1"].low, spans["f1"].high]
        return made

    return {
        "entities": rows(result.entities, result.all_entities, result.entity_intervals),
        "triples": rows(result.triples, result.all_triples, result.triple_intervals),
        "role_titles": dict(zip(("right", "given"), result.titles, strict=True)) if result.titles[1] else {},
    }


@needs_scorer
@pytest.mark.parametrize("relaxed", [False, True], ids=["strict", "relaxed"])
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("gold", [GOLD, SHARED / "dev-gold.json"], ids=["invented", "dev"])
def test_our_figures_are_those_of_the_shared_scorer(gold: Path, seed: int, relaxed: bool, tmp_path: Path) -> None:
    lines = muddled(json.loads(gold.read_bytes()), seed)
    path = tmp_path / "p.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines), encoding="utf-8")
    theirs = their_figures(gold, path, *(["--relaxed"] if relaxed else []))
    ours = our_figures(gold, path, relaxed=relaxed)
    assert 0.2 < ours["triples"]["micro"]["F1"] < 0.95  # neither nothing nor everything is right
    assert ours == {name: theirs[name] for name in ours}


@needs_scorer
def test_our_figures_are_those_of_the_shared_scorer_on_what_extraction_prints(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["extract", str(TEXTS), "--workers", "1"])
    path = tmp_path / "p.jsonl"
    path.write_text(done.stdout, encoding="utf-8")
    theirs = their_figures(GOLD, path)
    ours = our_figures(GOLD, path, relaxed=False)
    assert ours == {name: theirs[name] for name in ours}
