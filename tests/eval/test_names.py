"""When two names count as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.eval.names import day, fold, near, same_day


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“匠心杯”技能大赛", "匠心杯 技能大赛"),
        ("《劳动者之歌》", "劳动者之歌"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("ＡＢＣ公司", "abc公司"),
        ("甲,乙", "甲、乙"),
        ("心手相牵——慰问", "心手相牵－慰问"),
        ("工会\u3000驿站", "工会驿站"),
    ],
)
def test_names_written_otherwise_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("西城区总工会", "东城区总工会"), ("总工会", "工会"), ("甲（乙）公司", "甲公司")]
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(alphabet="北京工会AaＢ“”\"'·•—－ ,，、（）1１", max_size=20))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3月8日", (None, 3, 8)),
        ("2025 年 3 月 8 日上午", (2025, 3, 8)),
        ("2025-03-08", (2025, 3, 8)),
        ("2025/3/8", (2025, 3, 8)),
        ("３月８日", (None, 3, 8)),
        ("6月5日至7日", (None, 6, 5)),
        ("3月", None),
        ("近日", None),
    ],
)
def test_the_first_day_named(text: str, found: object) -> None:
    assert day(text) == found


def test_a_year_that_is_not_said_is_no_difference() -> None:
    assert same_day("3月8日", "2025年3月8日")
    assert not same_day("2024年3月8日", "2025年3月8日")
    assert not same_day("3月8日", "3月9日")
    assert not same_day("近日", "近日")


def test_near_names_hold_one_another_and_are_not_much_longer() -> None:
    assert near("职工技能大赛", "第五届职工技能大赛")
    assert not near("大赛", "第五届职工技能大赛")
    assert not near("技能大赛", "第五届匠心杯职工技能大赛")
    assert not near("职工技能大赛", "职工歌咏大赛")
