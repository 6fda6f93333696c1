"""What each rule brings, and whether confidences hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.eval.calibrate import CEILING, measure, smooth, table_text
from kg.eval.rules import RuleCounts, ablate, entity_work, reliability, work_of
from kg.eval.score import Scored
from kg.extract.confidence import ANY, parse
from tests.eval.gold import article, prediction

GOLD = article(
    "TradeUnion 甲工会",
    "TradeUnion 乙工会",
    "Activity 大赛",
    "?Activity 小赛",
    triples=["甲工会 organizes 大赛", "乙工会 organizes 大赛", "甲工会 subordinateTo 乙工会"],
)
TRIPLES = [
    "甲工会 organizes 大赛 verb+by 0.9",
    "乙工会 organizes 大赛 verb 0.9",
    "乙工会 organizes 小赛 by 0.6",
    "大赛 organizes 乙工会 by 0.6",
    "甲工会 subordinateTo 乙工会 stated 1.0",
    "大赛 quotedIn 大赛 speech 0.7",
]


def test_a_rule_is_given_what_it_reads() -> None:
    scored = [Scored(GOLD, prediction(triples=TRIPLES))]
    work = work_of(scored)
    rows = ablate(work, dict.fromkeys(work, 0.5))
    assert rows == [
        RuleCounts("by", "organizes", right=1, wrong=1, neutral=1, only=0, smoothed=0.5),
        RuleCounts("verb", "organizes", right=2, wrong=0, neutral=0, only=1, smoothed=0.5),
        RuleCounts("stated", "subordinateTo", right=1, wrong=0, neutral=0, only=1, smoothed=0.5),
    ]
    assert [row.precision for row in rows] == [0.5, 1.0, 1.0]
    assert RuleCounts("idle", "organizes", 0, 0, 3, 0, 0.9).precision is None


def test_a_rule_that_reads_a_triple_again_elsewhere_is_given_it_once() -> None:
    gold = article("TradeUnion 甲工会 总工会", "Activity 大赛", triples=["甲工会 organizes 大赛"])
    work = work_of([Scored(gold, prediction(triples=["甲工会 organizes 大赛 verb", "总工会 organizes 大赛 verb"]))])
    assert (len(work["organizes", "verb"].right), work["organizes", "verb"].wrong) == (1, 0)


def test_rules_of_names_are_counted_where_they_are_told() -> None:
    assert entity_work([Scored(GOLD, prediction("TradeUnion 甲工会"))]) == {}


def test_the_table_is_smoothed_towards_the_relation_and_that_towards_all() -> None:
    rows = {(row.predicate, row.rule): row for row in measure([Scored(GOLD, prediction(triples=TRIPLES))])}
    assert list(rows) == [
        (ANY, ANY),
        ("organizes", ANY),
        ("organizes", "by"),
        ("organizes", "verb"),
        ("subordinateTo", ANY),
        ("subordinateTo", "stated"),
    ]
    overall = (3 + 2 * 0.5) / (4 + 2)
    organizes = (2 + 4 * overall) / (3 + 4)
    assert rows[ANY, ANY].confidence == round(overall, 3)
    assert rows["organizes", ANY].confidence == round(organizes, 3)
    assert rows["organizes", "by"].confidence == round((1 + 4 * organizes) / (2 + 4), 3)
    assert (rows["organizes", "by"].right, rows["organizes", "by"].wrong) == (1, 1)


def test_what_is_written_is_what_is_read() -> None:
    rows = measure([Scored(GOLD, prediction(triples=TRIPLES))])
    text = table_text(rows)
    assert list(parse(text).values()) == rows
    assert text.startswith("# How often each rule was right")


@given(st.integers(0, 500), st.integers(0, 500), st.floats(0.01, 0.99))
def test_smoothing_lies_between_what_was_seen_and_the_prior(right: int, wrong: int, prior: float) -> None:
    found = smooth(right, wrong, prior)
    seen = right / (right + wrong) if right + wrong else prior
    assert min(seen, prior, CEILING) - 1e-9 <= found <= min(max(seen, prior), CEILING) + 1e-9


@given(st.integers(0, 50), st.integers(0, 50))
def test_one_more_right_makes_surer_and_one_more_wrong_less_sure(right: int, wrong: int) -> None:
    assert smooth(right, wrong + 1, 0.9) < smooth(right, wrong, 0.9) <= smooth(right + 1, wrong, 0.9)


def test_reliability_holds_confidence_against_what_was_right() -> None:
    bins, gap = reliability([Scored(GOLD, prediction(triples=TRIPLES))])
    assert [(one.low, one.high, one.judged, one.right) for one in bins] == [
        (0.6, 0.7, 1, 0),
        (0.9, 0.925, 2, 2),
        (0.975, 1.0, 1, 1),
    ]
    assert [one.precision for one in bins] == [0.0, 1.0, 1.0]
    assert gap == pytest.approx((0.6 + 2 * 0.1 + 0.0) / 4)


def test_predictions_without_confidence_have_no_reliability() -> None:
    assert reliability([Scored(GOLD, prediction(triples=["甲工会 organizes 大赛"]))]) == ([], None)
