"""Names of unions, firms, places and persons: where they begin, what they belong to, and what is none."""

from __future__ import annotations

import pytest

from tests.extract.helpers import found, gap

UNIONS = [
    # left edges
    ("近日，延庆区总工会发布通知。", {"延庆区总工会"}),
    ("由延庆区总工会发布的通知已经生效。", {"延庆区总工会"}),
    ("记者日前从延庆区总工会获悉，通知已经生效。", {"延庆区总工会"}),
    ("在延庆区总工会的指导下，各项工作有序推进。", {"延庆区总工会"}),
    ("来自延庆区总工会的消息显示，工作有序推进。", {"延庆区总工会"}),
    ("近年来，延庆区总工会不断创新工作方法。", {"延庆区总工会"}),
    ("据延庆区总工会介绍，各项工作有序推进。", {"延庆区总工会"}),
    ("作为延庆区总工会的品牌，这项工作已有十年。", {"延庆区总工会"}),
    ("新疆维吾尔自治区总工会发布通知。", {"新疆维吾尔自治区总工会"}),
    ("中华全国总工会发布通知。", {"中华全国总工会"}),
    # streets, towns, communities
    ("密云区十里堡镇总工会发布通知。", {"密云区十里堡镇总工会"}),
    ("荣华街道总工会发布通知。", {"荣华街道总工会"}),
    ("朝阳区望京街道新荣家园社区联合工会发布通知。", {"朝阳区望京街道新荣家园社区联合工会"}),
    # industries
    ("平谷区快递行业工会联合会正式成立。", {"平谷区快递行业工会联合会"}),
    ("北京市教育工会发布通知。", {"北京市教育工会"}),
    ("荣华街道新就业形态劳动者工会联合会正式成立。", {"荣华街道新就业形态劳动者工会联合会"}),
    # firms and branches
    ("北京远帆机械制造有限公司工会发布通知。", {"北京远帆机械制造有限公司工会"}),
    ("东风快递有限公司昌平分公司工会发布通知。", {"东风快递有限公司昌平分公司工会"}),
    ("首钢集团工会发布通知。", {"首钢集团工会"}),
    ("国网北京市电力公司工会发布通知。", {"国网北京市电力公司工会"}),
    ("首都医科大学工会发布通知。", {"首都医科大学工会"}),
    # zones
    ("苏州工业园区总工会发布通知。", {"苏州工业园区总工会"}),
    ("大兴区生物医药基地工会联合会发布通知。", {"大兴区生物医药基地工会联合会"}),
    ("北京经济技术开发区（以下简称经开区）总工会发布通知。", {"北京经济技术开发区总工会"}),
    ("北京经济技术开发区（以下简称“经开区”）总工会发布通知。", {"北京经济技术开发区总工会"}),
    # several in a row
    ("延庆区总工会和平谷区总工会联合发布通知。", {"延庆区总工会", "平谷区总工会"}),
    ("延庆区总工会联合平谷区总工会发布通知。", {"延庆区总工会", "平谷区总工会"}),
    ("延庆区总工会、平谷区总工会、密云区总工会共同发布通知。", {"延庆区总工会", "平谷区总工会", "密云区总工会"}),
    ("昌平区教育系统工会与昌平区卫生健康系统工会发布通知。", {"昌平区教育系统工会", "昌平区卫生健康系统工会"}),
    ("延庆区总工会携手北京和顺食品有限公司发布通知。", {"延庆区总工会"}),
    pytest.param(
        "北京和顺食品有限公司工会隶属于通州区总工会。",
        {"北京和顺食品有限公司工会", "通州区总工会"},
    ),
    # classes, slogans and things that only have the word in them
    ("各街道工会要认真落实。", set()),
    ("全市各级工会组织要认真落实。", set()),
    ("广大工会干部要深入一线。", set()),
    ("多家企业工会组织职工观看。", set()),
    ("十家基层工会获得表彰。", set()),
    ("所属各工会认真落实。", set()),
    ("工会会员卡惠及广大职工。", set()),
    ("职工之家是工会工作的重要阵地。", set()),
    ("有困难，找工会。", set()),
    ("要把工会建设成为职工信赖的“娘家人”。", set()),
]


@pytest.mark.parametrize(("text", "names"), UNIONS)
def test_unions(text: str, names: set[str]) -> None:
    assert found(text).entities("TradeUnion") == names


@pytest.mark.parametrize(
    ("text", "kind", "host"),
    [
        ("延庆区总工会发布通知。", "District", "延庆区"),
        ("新疆维吾尔自治区总工会发布通知。", "District", "新疆维吾尔自治区"),
        ("密云区十里堡镇总工会发布通知。", "District", "十里堡镇"),
        ("荣华街道总工会发布通知。", "District", "荣华街道"),
        ("朝阳区望京街道新荣家园社区联合工会发布通知。", "District", "新荣家园社区"),
        ("苏州工业园区总工会发布通知。", "District", "苏州工业园区"),
        ("北京经济技术开发区（以下简称经开区）总工会发布通知。", "District", "北京经济技术开发区"),
        ("平谷区快递行业工会联合会正式成立。", "District", "平谷区"),
        ("北京市教育工会发布通知。", "District", "北京市"),
        ("北京远帆机械制造有限公司工会发布通知。", "Enterprise", "北京远帆机械制造有限公司"),
        ("东风快递有限公司昌平分公司工会发布通知。", "Enterprise", "东风快递有限公司昌平分公司"),
        ("首钢集团工会发布通知。", "Enterprise", "首钢集团"),
        ("首都医科大学工会发布通知。", "Organization", "首都医科大学"),
        ("北京市西城区广外街道总工会发布通知。", "District", "广外街道"),
        pytest.param(
            "荣华街道新就业形态劳动者工会联合会正式成立。",
            "District",
            "荣华街道",
        ),
    ],
)
def test_what_a_union_is_the_union_of(text: str, kind: str, host: str) -> None:
    result = found(text)
    (union,) = result.entities("TradeUnion")
    assert result.pairs("unionOf") == {(union, host)}
    assert host in result.entities(kind)


@pytest.mark.parametrize(
    ("text", "home", "name", "surface"),
    [
        ("近日，市总工会发布通知。", "北京市", "北京市总工会", "市总工会"),
        ("石家庄市总工会发布通知。市总工会副主席林海峰作了说明。", "", "石家庄市总工会", "市总工会"),
        ("石家庄市总工会发布通知。市总工会副主席林海峰作了说明。", "北京市", "石家庄市总工会", "市总工会"),
        ("延庆区总工会发布通知。区总工会副主席林海峰作了说明。", "北京市", "延庆区总工会", "区总工会"),
        ("荣华街道总工会发布通知。街道总工会副主席林海峰作了说明。", "北京市", "荣华街道总工会", "街道总工会"),
        ("苏州工业园区总工会发布通知。园区总工会副主席林海峰作了说明。", "", "苏州工业园区总工会", "园区总工会"),
        (
            "北京远帆机械制造有限公司发布通知。公司工会主席林海峰作了说明。",
            "",
            "北京远帆机械制造有限公司工会",
            "公司工会",
        ),
        (
            "公司工会主席林海峰作了说明。北京远帆机械制造有限公司是一家民营企业。",
            "",
            "北京远帆机械制造有限公司工会",
            "公司工会",
        ),
        (
            "北京经济技术开发区（以下简称经开区）总工会发布通知。经开区总工会作了说明。",
            "",
            "北京经济技术开发区总工会",
            "经开区总工会",
        ),
        pytest.param(
            "北京经济技术开发区（以下简称：经开区）总工会发布通知。经开区总工会作了说明。",
            "",
            "北京经济技术开发区总工会",
            "经开区总工会",
        ),
    ],
)
def test_relative_names(text: str, home: str, name: str, surface: str) -> None:
    result = found(text, home=home)
    assert result.entities("TradeUnion") == {name}
    assert surface in result.surfaces(name, "TradeUnion")
    assert surface in result.entity(name, "TradeUnion").aliases


def test_what_points_back_is_no_name() -> None:
    result = found("北京远帆机械制造有限公司发布通知。该公司现有职工300人，公司成立于2010年。")
    assert result.entities("Enterprise") == {"北京远帆机械制造有限公司"}
    assert result.entity("北京远帆机械制造有限公司").aliases == ()


def test_a_relative_name_without_a_place_is_not_made_up() -> None:
    result = found("近日，市总工会发布通知。")
    assert not any("北京" in name for name in result.entities("TradeUnion"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("近日，北京和顺食品有限公司发布通知。", {"北京和顺食品有限公司"}),
        ("位于通州区张家湾镇的北京和顺食品有限公司发布通知。", {"北京和顺食品有限公司"}),
        ("北京和顺食品有限公司与北京云帆科技有限公司签约。", {"北京和顺食品有限公司", "北京云帆科技有限公司"}),
        ("北京市公交集团第二客运分公司发布通知。", {"公交集团第二客运分公司"}),
        ("中国铁路北京局集团有限公司发布通知。", {"中国铁路北京局集团有限公司"}),
        ("32家公司派人参加。", set()),
        ("各公司要认真落实。", set()),
        ("用工企业要依法签订合同。", set()),
    ],
)
def test_enterprises(text: str, names: set[str]) -> None:
    assert found(text).entities("Enterprise") == names


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("通州区张家湾镇一家企业招工。", {("张家湾镇", "通州区")}),
        ("河北省张北县招工。", {("张北县", "河北省")}),
        ("内蒙古自治区敖汉旗招工。", {("敖汉旗", "内蒙古自治区")}),
        ("北京市朝阳区招工。", {("朝阳区", "北京市")}),
        ("内蒙古自治区敖汉旗、巴林右旗招工。", {("敖汉旗", "内蒙古自治区"), ("巴林右旗", "内蒙古自治区")}),
        ("北京市西城区广外街道招工。", {("广外街道", "西城区"), ("西城区", "北京市")}),
    ],
)
def test_places_within_places(text: str, pairs: set[tuple[str, str]]) -> None:
    assert found(text).pairs("locatedIn") == pairs


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # behind a post, in front of one
        ("延庆区总工会主席郑国强作了说明。", {"郑国强"}),
        ("石家庄市总工会党组成员、副主席林海峰作了说明。", {"林海峰"}),
        ("林海峰主席指出，要做好服务。", {"林海峰"}),
        ("北京和顺食品有限公司总经理高远和工会主席高峰到场。", {"高远", "高峰"}),
        ("石家庄市总工会副主席诸葛明远、一级调研员上官云飞到场。", {"诸葛明远", "上官云飞"}),
        ("北京晨光印刷有限公司董事长欧阳文静，工会主席司马青云到场。", {"欧阳文静", "司马青云"}),
        pytest.param(
            "延庆区总工会授予陈立新“妫川工匠”称号。",
            {"陈立新"},
        ),
        # in lists
        ("职工王磊、李娜、张伟获得一等奖。", {"王磊", "李娜", "张伟"}),
        ("延庆区总工会主席郑国强、副主席何丽萍、经审委主任钱伟到场。", {"郑国强", "何丽萍", "钱伟"}),
        # with a form of address
        ("孙志远同志作事迹报告。", {"孙志远"}),
        ("劳模代表郑晓岚先生、马丽女士发言。", {"郑晓岚", "马丽"}),
        # callings and speakers
        ("快递员马小军说：“我们有地方歇脚了，真好。”", {"马小军"}),
        ("沈晓岚告诉记者：“比赛对我们帮助很大。”", {"沈晓岚"}),
        ("副主席古丽娜尔·艾合买提、买买提·艾力，分别致辞。", {"古丽娜尔·艾合买提", "买买提·艾力"}),
        pytest.param(
            "海淀区总工会副主席古丽娜尔·艾合买提表示，要做好服务。",
            {"古丽娜尔·艾合买提"},
            marks=gap("a name with a dot runs on over the verb behind it"),
        ),
        pytest.param(
            "石家庄市总工会副主席赵国清出席。", {"赵国清"}, marks=gap("赵国清 is cut to 赵国 in front of 出席")
        ),
        pytest.param(
            "大会选举沈晓岚为延庆区总工会主席。", {"沈晓岚"}, marks=gap("a person between 选举 and 为 is not seen")
        ),
        pytest.param("沈晓岚现任延庆区总工会副主席。", {"沈晓岚"}, marks=gap("a person before 现任 is not seen")),
        # surname and title stand for the one with the full name
        ("延庆区总工会主席沈晓岚到场。沈主席说，下一步要扩大覆盖面。", {"沈晓岚"}),
        # common words
        ("高度重视，全面部署。方便快捷，温暖人心。", set()),
        ("通过培训，全员提升技能。安全生产，常抓不懈。", set()),
        ("“太好了！”大家纷纷说道。", set()),
        ("广大职工和高技能人才踊跃报名。", set()),
        ("主任医师为职工义诊，律师现场答疑。", set()),
        ("平安是福，和谐是金。", set()),
    ],
)
def test_persons(text: str, names: set[str]) -> None:
    assert found(text).entities("Person") == names


def test_a_surname_with_a_title_is_an_alias() -> None:
    result = found("延庆区总工会主席沈晓岚到场。沈主席说，下一步要扩大覆盖面。")
    assert result.surfaces("沈晓岚") == ["沈晓岚", "沈主席"]
