"""The grammar of names: which are the same, which are not, and what each is made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.names import NATION, around, name_key, place
from kg.resolve.score import judge
from ontology import divisions

BEIJING = {"district": "11"}

# The nine pairs on which string similarity is wrong; the hints are what an article in Beijing gives.
A4 = [
    ("TradeUnion", "北京市西城区总工会", "TradeUnion", "北京市东城区总工会", "different", "regions differ"),
    (
        "TradeUnion",
        "北京公交集团第一客运分公司工会",
        "TradeUnion",
        "北京公交集团第二客运分公司工会",
        "different",
        "numbers differ",
    ),
    ("TradeUnion", "北京市总工会", "TradeUnion", "北京市东城区总工会", "different", "parent and child"),
    ("TradeUnion", "大兴区总工会", "TradeUnion", "大兴区黄村镇总工会", "different", "parent and child"),
    ("Enterprise", "中国石油天然气集团有限公司", "Enterprise", "中国海洋石油集团有限公司", "different", "differ"),
    ("Enterprise", "京华机械有限公司", "TradeUnion", "京华机械有限公司工会", "different", "classes differ"),
    ("TradeUnion", "北京经济技术开发区总工会", "TradeUnion", "经开区总工会", "same", "the same parts"),
    ("Enterprise", "北京亦庄盛元投资开发集团有限公司", "Enterprise", "盛元集团", "unsure", "盛元 is part of"),
    ("Activity", "职工代表大会", "Activity", "职代会", "same", "the same parts"),
]


@pytest.mark.parametrize(("kind", "name", "other_kind", "other", "verdict", "reason"), A4)
def test_pairs_on_which_similarity_is_wrong(
    kind: str, name: str, other_kind: str, other: str, verdict: str, reason: str
) -> None:
    judgement = judge(kind, name, other_kind, other, BEIJING, BEIJING)
    assert judgement.verdict == verdict
    assert any(reason in one for one in judgement.reasons), judgement.reasons
    assert judge(other_kind, other, kind, name, BEIJING, BEIJING) == judgement


SAME = [
    (
        "TradeUnion",
        ["北京经济技术开发区（以下简称经开区）总工会", "北京经济技术开发区总工会", "经开区总工会", "北京经开区总工会"],
    ),
    ("TradeUnion", ["西城区总工会", "北京市西城区总工会", "北京西城区总工会"]),
    ("TradeUnion", ["中华全国总工会", "全国总工会", "全总"]),
    ("TradeUnion", ["广州市快递行业工联会", "广州市快递行业工会联合会"]),
    ("TradeUnion", ["中国国防邮电工会", "中国国防邮电产业工会"]),
    ("TradeUnion", ["北京住总第二公司工会", "北京住总二公司工会", "北京住总二公司工会委员会"]),
    ("TradeUnion", ["北京京华机械有限公司工会", "北京京华机械有限责任公司工会委员会", "北京市京华机械公司工会"]),
    ("TradeUnion", ["航天科工203所九室分会", "航天科工２０３所第九室工会分会"]),
    ("Enterprise", ["北京凯隆分析仪器有限公司", "马驹桥镇北京凯隆分析仪器有限公司", "北京市凯隆分析仪器有限责任公司"]),
    ("Enterprise", ["通州区张家湾镇乾日安全科技公司", "乾日安全科技公司", "乾日安全科技有限公司"]),
    ("Enterprise", ["四川省达州钢铁集团", "达州钢铁集团", "达州钢铁（集团）有限公司"]),
    ("District", ["西城区", "北京市西城区", "西城"]),
    ("District", ["北京", "北京市"]),
    ("Organization", ["京华日报社", "京华日报"]),
    ("Activity", ["第三届“匠心杯”焊接大赛", "“匠心杯”焊接大赛（第3届）"]),
    ("Activity", ["“寻古访新”主题活动", "“寻古访新”系列活动", "“寻古访新”"]),
]


@pytest.mark.parametrize(("kind", "names"), SAME)
def test_forms_of_one_name_have_one_key(kind: str, names: list[str]) -> None:
    assert len({name_key(kind, name, BEIJING).key for name in names}) == 1


DIFFERENT = [
    ("TradeUnion", ["西城区总工会", "东城区总工会", "北京市总工会", "月坛街道总工会", "全国总工会"]),
    ("TradeUnion", ["北京京华机械有限公司工会", "北京京华机械集团有限公司工会", "上海京华机械有限公司工会"]),
    ("TradeUnion", ["北京市教育工会", "北京市总工会", "北京市交通工会"]),
    ("TradeUnion", ["荣华街道总工会", "荣华街道工会联合会", "荣华街道工会服务站"]),
    ("Enterprise", ["北京银行", "上海银行", "中国银行"]),
    ("Enterprise", ["顺丰速运有限公司", "顺丰速运有限公司苏州分公司", "顺丰速运有限公司北京分公司"]),
    ("Enterprise", ["中建三局", "中建七局", "中建一局"]),
    ("Activity", ["2024世界机器人大会", "2025世界机器人大会", "世界机器人大会"]),
    ("Activity", ["第二届“匠心杯”焊接大赛", "第三届“匠心杯”焊接大赛"]),
]


@pytest.mark.parametrize(("kind", "names"), DIFFERENT)
def test_different_things_have_different_keys(kind: str, names: list[str]) -> None:
    assert len({name_key(kind, name, BEIJING).key for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "hint", "official"),
    [
        ("市总工会", "11", "北京市总工会"),
        ("市总工会", "110102", "北京市总工会"),
        ("区总工会", "110102", "西城区总工会"),
        ("区总工会", "110115403", "北京经济技术开发区总工会"),
        ("街道总工会", "110105001", "建外街道总工会"),
        ("市总", "5117", "达州市总工会"),
        ("区住建委工会", "110107", "石景山区住建委工会"),
        ("朝阳总工会", "11", "朝阳区总工会"),
    ],
)
def test_a_relative_name_means_what_its_article_says(name: str, hint: str, official: str) -> None:
    key = name_key("TradeUnion", name, {"district": hint})
    assert key.scope == "everywhere"
    assert key.official == official
    assert key.key == name_key("TradeUnion", official, {"district": hint}).key


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("TradeUnion", "市总工会"),
        ("TradeUnion", "区总工会"),
        ("TradeUnion", "街道总工会"),
        ("TradeUnion", "朝阳区总工会"),  # in Beijing and in Changchun
        ("TradeUnion", "经开区总工会"),
        ("TradeUnion", "公司工会"),
        ("Enterprise", "集团公司"),
        ("Enterprise", "盛元集团"),
        ("Venue", "会议室"),
        ("District", "开发区"),
        ("District", "代塘村"),
        ("Organization", "区人大常委会"),
    ],
)
def test_a_name_that_says_too_little_stays_in_its_article(kind: str, name: str) -> None:
    key = name_key(kind, name)
    assert key.scope == "article"
    assert key.reasons


def test_an_ambiguous_region_names_its_candidates() -> None:
    assert set(name_key("TradeUnion", "朝阳区总工会").candidates) == {"110105", "220104"}
    assert name_key("TradeUnion", "朝阳区总工会", BEIJING).part("region") == "110105"


def test_people_and_activities_never_decide_by_the_name_alone() -> None:
    assert name_key("Person", "王伟").scope == "context"
    assert name_key("Activity", "2024世界机器人大会").scope == "context"


def test_parts_are_told_apart() -> None:
    key = name_key("TradeUnion", "房山区拱辰街道绿地楼宇工会服务站")
    assert (key.part("region"), key.part("host"), key.part("form")) == ("110111011", "绿地楼宇", "工会服务站")
    assert name_key("TradeUnion", "西城区总工会").part("level") == "county"
    assert name_key("TradeUnion", "全总").part("region") == NATION


def test_a_chain_of_regions_settles_an_ambiguous_one() -> None:
    assert place("朝阳区建外街道").code == "110105001"
    assert place("北京市朝阳区").code == "110105"
    assert place("苏尼特右旗").code == "152524"


def test_brands_are_no_regions() -> None:
    assert place("东方电气", strict=True).codes == ()
    assert place("北京东方电气", strict=True).rest == "东方电气"


def test_an_unknown_hint_is_as_good_as_none() -> None:
    assert name_key("TradeUnion", "市总工会", {"district": "999999"}).scope == "article"


NAMES = st.text(
    st.sampled_from("北京市西东城区街道总工会分公司集团第一二有限责任中国科技“”（）12年届活动大赛"), max_size=14
)
KINDS = st.sampled_from(
    ["TradeUnion", "Enterprise", "District", "Organization", "Venue", "Product", "Activity", "Person"]
)


@given(KINDS, NAMES)
def test_every_text_has_a_key_of_its_class(kind: str, name: str) -> None:
    key = name_key(kind, name, BEIJING)
    assert key.key.split("|")[0] == kind
    assert "\t" not in key.key
    assert "\n" not in key.key
    assert key.reasons


@given(KINDS, NAMES, NAMES)
def test_judging_is_symmetric(kind: str, name: str, other: str) -> None:
    assert judge(kind, name, kind, other) == judge(kind, other, kind, name)
    assert judge(kind, name, kind, name).verdict == "same"


@pytest.mark.parametrize("code", ["11", "110102", "110115403", "13-雄安新区", "4420"])
def test_what_lies_around_a_division_ends_with_the_nation(code: str) -> None:
    assert around(code) == (*(one.code for one in divisions.ancestors(code)), NATION)


@pytest.mark.parametrize(
    ("kind", "whole", "part"),
    [
        ("Enterprise", "晋盛能源集团", "晋盛能源集团西沟煤矿"),
        ("Enterprise", "滨北铁路局集团公司", "滨北铁路局集团公司绥北工务段"),
        ("TradeUnion", "萍安煤业集团工会", "萍安煤业集团高坑北矿工会"),
        ("TradeUnion", "中国海员建设工会", "辽宁省海员建设工会"),
    ],
)
def test_a_part_is_not_its_whole(kind: str, whole: str, part: str) -> None:
    assert judge(kind, whole, kind, part).verdict == "different"


def test_what_the_article_speaks_of_settles_an_ambiguous_region() -> None:
    assert name_key("Organization", "通州区人大常委会", {"near": "320612001;3206"}).part("region") == "320612"
    assert name_key("Organization", "通州区人大常委会", {"near": "4401"}).scope == "article"
    assert name_key("TradeUnion", "通州区总工会", {"near": "320612", "district": "110112"}).part("region") == "110112"
