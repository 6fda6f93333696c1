"""Names that are the same share a mark, so that those that share none need not be compared."""

from __future__ import annotations

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.activities import naming
from kg.extract.sameness import (
    MARKS,
    Alike,
    marks_of_activity,
    same_activity,
    same_enterprise,
    same_union,
    same_zone,
)
from tests.extract.variants import GOLD

SAME = {"TradeUnion": same_union, "Enterprise": same_enterprise, "District": same_zone}


@cache
def _names(kind: str) -> list[str]:
    articles = json.loads((GOLD / "gold.json").read_text(encoding="utf-8"))["articles"]
    entities = [entity for article in articles if article["split"] == "tune" for entity in article["entities"]]
    found = {name for entity in entities if entity["type"] == kind for name in (entity["name"], *entity["aliases"])}
    return sorted(found)


_PIECES = (
    "北京 北京市 西城区 长丰县 徐沟镇 徐沟 产业园区 工业园 经济 开发区 达钢 达州钢铁 "
    "云栖物业 四川 集团 有限公司 集团有限公司 总公司 公司 机械厂 快递行业 教育 街道 社区 "
    "第三 总 工会 总工会 工会联合会 工联会 联合工会 分会 全国 中华 县 区 市 赛 决赛 "
    "总决赛 第二届 职工 技能 大赛 “匠心杯” 启动仪式 工 A "
).split()
_made = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=5).map("".join)


def _share(one: tuple[set[str], set[str]], two: tuple[set[str], set[str]]) -> bool:
    return bool(one[0] & two[1] or one[1] & two[0])


@pytest.mark.parametrize("kind", SAME)
def test_the_same_names_of_the_gold_share_a_mark(kind: str) -> None:
    names = _names(kind)
    marks = {name: MARKS[kind](name) for name in names}
    for one in names:
        for two in names:
            if SAME[kind](one, two):
                assert _share(marks[one], marks[two]), f"{one} and {two}"


@given(_made, _made)
def test_the_same_names_share_a_mark(one: str, two: str) -> None:
    for kind, same in SAME.items():
        if same(one, two):
            assert _share(MARKS[kind](one), MARKS[kind](two)), kind
    if same_activity(naming(one), naming(two)):
        assert _share(marks_of_activity(naming(one)), marks_of_activity(naming(two)))


def test_the_same_activities_of_the_gold_share_a_mark() -> None:
    parts = [naming(name) for name in _names("Activity")]
    for one in parts:
        for two in parts:
            if same_activity(one, two):
                assert _share(marks_of_activity(one), marks_of_activity(two)), f"{one} and {two}"


def test_few_are_near() -> None:
    alike = Alike[str, str](MARKS["Enterprise"])
    for name in _names("Enterprise"):
        alike.add(name, name)
    assert "四川云栖物业管理有限公司" in alike.near("云栖物业") or not _names("Enterprise")
    assert len(alike.near("没有人叫过的蘑菇公司")) < len(_names("Enterprise")) / 5


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("清徐县徐沟总工会", "太原市清徐县徐沟镇总工会", True),
        ("昌平区快递行业工会联合会", "通州区快递行业工会联合会", False),
        ("黄山社区工会联合会", "下塘汽车产业园工会联合会", False),
    ],
)
def test_the_place_in_front_of_a_union(one: str, two: str, same: bool) -> None:
    assert same_union(one, two) is same
    assert same_union(two, one) is same
