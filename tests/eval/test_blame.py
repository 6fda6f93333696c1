"""Causes of what was lost and of what is wrong, one table row a cause."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.eval.blame import LOST, SPURIOUS, lost, spurious, tally
from kg.eval.records import Prediction
from kg.eval.score import Scored
from kg.eval.texts import Text
from kg.model import Page
from tests.eval.gold import article, prediction

GOLD = article(
    "TradeUnion 西城区总工会",
    "TradeUnion 东城区总工会",
    "Activity 职工技能大赛",
    "Activity 健步走",
    "Person 孙晓艳",
    "Venue 文化宫",
    triples=["西城区总工会 organizes 职工技能大赛"],
)
UNION, EVENT = "TradeUnion 西城区总工会", "Activity 职工技能大赛"


@pytest.mark.parametrize(
    ("entities", "triples", "cause", "end", "detail"),
    [
        ([UNION], [], "missed", "object", ""),
        ([EVENT], [], "missed", "subject", ""),
        ([], [], "missed", "both", ""),
        (["TradeUnion 北京市西城区总工会"], [], "missed", "object", ""),  # the earlier stage of the two
        (["TradeUnion 北京市西城区总工会", EVENT], [], "boundary", "subject", "北京市西城区总工会 (TradeUnion)"),
        (["District 西城区", "TradeUnion 城区总工会", EVENT], [], "boundary", "subject", "城区总工会 (TradeUnion)"),
        (["Enterprise 西城区总工会", EVENT], [], "type", "subject", "西城区总工会 is a Enterprise"),
        (["Organization 西城区总工会", EVENT], [], "type", "subject", "西城区总工会 is a Organization"),
        ([UNION, EVENT], ["西城区总工会 participatesIn 职工技能大赛"], "predicate", "", "participatesIn"),
        ([UNION, EVENT], ["职工技能大赛 organizes 西城区总工会"], "direction", "", "职工技能大赛 | organizes"),
        ([UNION, EVENT], ["东城区总工会 organizes 职工技能大赛"], "link", "subject", "东城区总工会 | organizes"),
        ([UNION, EVENT], ["西城区总工会 organizes 健步走"], "link", "object", "健步走"),
        ([UNION, EVENT], ["西城区总工会 organizes 无名"], "link", "object", "无名"),
        ([UNION, EVENT], ["东城区总工会 organizes 健步走"], "rule", "", ""),
        ([UNION, EVENT], [], "rule", "", ""),
    ],
)
def test_why_a_triple_was_lost(entities: list[str], triples: list[str], cause: str, end: str, detail: str) -> None:
    (one,) = lost(Scored(GOLD, prediction(*entities, triples=triples)))
    assert (one.article, one.predicate, one.triple) == ("a", "organizes", "西城区总工会 | organizes | 职工技能大赛")
    assert (one.cause, one.end) == (cause, end)
    assert detail in one.detail


def test_a_triple_that_was_read_as_planned_is_lost_to_its_status() -> None:
    given = prediction(UNION, EVENT, triples=["西城区总工会 organizes 职工技能大赛"])
    planned = replace(given, triples=(replace(given.triples[0], status="planned"),))
    (one,) = lost(Scored(GOLD, planned))
    assert (one.cause, one.detail) == ("status", "read as planned")


def test_of_two_names_at_an_end_the_one_that_was_found_counts() -> None:
    gold = article(
        UNION, "TradeUnion 东城区总工会", EVENT, triples=["东城区总工会/西城区总工会 organizes 职工技能大赛"]
    )
    (one,) = lost(Scored(gold, prediction(UNION, EVENT)))
    assert one.cause == "rule"


def test_what_is_right_is_not_lost() -> None:
    assert lost(Scored(GOLD, prediction(UNION, EVENT, triples=["西城区总工会 organizes 职工技能大赛"]))) == []


def test_ends_found_in_two_parts_of_an_article_were_cut_apart() -> None:
    parts: Prediction = prediction(UNION, part="a#1") + prediction(EVENT, part="a#2")
    (one,) = lost(Scored(GOLD, parts))
    assert (one.cause, one.end, one.detail) == ("segmentation", "both", "found in a#1 and in a#2")


HEAD = "# 西城区总工会办起大赛\n\n"
OTHER = "\n\n# 东城区总工会开展慰问\n\n3月9日，东城区总工会走访企业，送去关怀，孙晓艳说大家都很高兴，活动办得好。\n\n"


@pytest.mark.parametrize(
    ("text", "entities", "cause", "detail"),
    [
        (f"{HEAD}3月8日，西城区总工会举办职工技能大赛，百余名职工参加。", [UNION, EVENT], "rule", "in one sentence"),
        (f"{HEAD}3月8日，西城区总工会发出通知。职工技能大赛开赛。", [UNION, EVENT], "rule", "never in one sentence"),
        (
            f"# 大赛开赛\n\n3月8日，职工技能大赛开赛，百余名职工参加比赛。{OTHER}3月9日，西城区总工会走访企业。",
            [UNION, EVENT],
            "segmentation",
            "the ends stand in different articles",
        ),
        (f"{HEAD}3月8日，西城区总工会举办职工技。能大赛，百余名职工参加。", [UNION], "missed", ""),
    ],
)
def test_the_text_says_what_cutting_did(text: str, entities: list[str], cause: str, detail: str) -> None:
    page = Text(Page("a", "a.txt", text + "\n"))
    (one,) = lost(Scored(GOLD, prediction(*entities)), page)
    assert (one.cause, one.detail) == (cause, detail)


def test_a_sentence_end_inside_a_name_is_seen() -> None:
    gold = article(
        UNION, "Activity 安全生产！我们在行动竞赛", triples=["西城区总工会 organizes 安全生产！我们在行动竞赛"]
    )
    page = Text(Page("a", "a.txt", f"{HEAD}3月8日，西城区总工会举办安全生产！我们在行动竞赛，百余名职工参加。\n"))
    (one,) = lost(Scored(gold, prediction(UNION)), page)
    assert (one.cause, one.end, one.detail) == ("segmentation", "object", "a sentence end cuts through the name")


@pytest.mark.parametrize(
    ("triple", "cause", "end"),
    [
        ("某工会 organizes 职工技能大赛", "end name", "subject"),
        ("北京市西城区总工会 organizes 职工技能大赛", "boundary", "subject"),
        ("某工会 organizes 某大赛", "end name", "both"),
        ("@article reportedBy 某人", "end name", "object"),
        ("@article reportedBy 孙晓艳", "unsupported", ""),
        ("西城区总工会 participatesIn 职工技能大赛", "predicate", ""),
        ("职工技能大赛 organizes 西城区总工会", "direction", ""),
        ("东城区总工会 organizes 职工技能大赛", "link", "subject"),
        ("西城区总工会 organizes 健步走", "link", "object"),
        ("职工技能大赛 heldAt 文化宫", "unsupported", ""),
    ],
)
def test_why_a_triple_is_wrong(triple: str, cause: str, end: str) -> None:
    (one,) = spurious(Scored(GOLD, prediction(UNION, EVENT, triples=[f"{triple} rule-a+rule-b"])))
    assert (one.cause, one.end) == (cause, end)
    assert one.rules == ("rule-a", "rule-b")


def test_what_stands_in_no_lost_triples_place_is_unsupported() -> None:
    triples = ["西城区总工会 organizes 职工技能大赛", "东城区总工会 organizes 职工技能大赛"]
    (one,) = spurious(Scored(GOLD, prediction(UNION, EVENT, triples=triples)))
    assert one.cause == "unsupported"


def test_every_triple_lost_or_wrong_is_counted_once() -> None:
    scored = Scored(GOLD, prediction(UNION, EVENT, triples=["东城区总工会 organizes 健步走", "孙晓艳 hasRole 文化宫"]))
    assert tally(lost(scored), LOST) == {"organizes": {cause: int(cause == "rule") for cause in LOST}}
    wrong = tally(spurious(scored), SPURIOUS)
    assert {name: sum(of.values()) for name, of in wrong.items()} == {"organizes": 1, "hasRole": 1}
    assert list(wrong) == ["organizes", "hasRole"]
