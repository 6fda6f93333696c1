"""Which words make the name of an activity, which activities are one, and what is none; who organises them."""

from __future__ import annotations

import pytest

from kg.extract.activities import naming
from kg.extract.sameness import same_activity
from tests.extract.helpers import found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # two events that 暨 joins
        (
            "昨日，黄州区职工技能成果发布会暨“工友同乐”游园活动在遗爱湖公园举行。",
            "黄州区职工技能成果发布会暨“工友同乐”游园活动",
        ),
        ("4月29日，庆祝“五一”国际劳动节暨劳模工匠表彰大会在武汉召开。", "庆祝“五一”国际劳动节暨劳模工匠表彰大会"),
        (
            "3月5日，黄州区总工会召开纪念三八妇女节110周年暨先进女职工表彰大会。",
            "纪念三八妇女节110周年暨先进女职工表彰大会",
        ),
        ("5月6日，江南重工工会成立暨第一届会员代表大会在公司礼堂召开。", "江南重工工会成立暨第一届会员代表大会"),
        (
            "9月8日，2024年湖北省第三届农民工技能竞赛暨“荆楚工匠”选拔赛开幕。",
            "2024年湖北省第三届农民工技能竞赛暨“荆楚工匠”选拔赛",
        ),
        # kinds of events in a list
        ("黄州区总工会开展跳绳、踢毽比赛。", "跳绳、踢毽比赛"),
        ("黄州区总工会举办2024年职工气排球、乒乓球、羽毛球比赛。", "2024年职工气排球、乒乓球、羽毛球比赛"),
        ("首届鄂湘盐化工职工技能和安全竞赛在应城市举办。", "首届鄂湘盐化工职工技能和安全竞赛"),
        # no verb in front
        ("黄州区总工会到一线办好30场专题技能宣讲活动，“工友同乐”游园活动同时启动。", "“工友同乐”游园活动"),
        ("黄州区总工会启动岁末走访慰问活动。", "岁末走访慰问活动"),
        # editions, numbers, trades, anniversaries
        ("黄州区第七届职工“欢乐假日”趣味运动会开幕。", "黄州区第七届职工“欢乐假日”趣味运动会"),
        ("2024年黄州区“安康杯”应急救护技能比武在武汉举行。", "2024年黄州区“安康杯”应急救护技能比武"),
        ("2024年黄冈市工会干部培训班（第二期）在武汉开班。", "2024年黄冈市工会干部培训班（第二期）"),
        ("“建证匠心”2024年劳动技能竞赛（测量工）决赛举行。", "“建证匠心”2024年劳动技能竞赛（测量工）决赛"),
        (
            "黄州区总工会举办庆祝中华人民共和国成立75周年职工文艺汇演。",
            "庆祝中华人民共和国成立75周年职工文艺汇演",
        ),
        (
            "第七届全国石化行业职工技能大赛“赣江杯”钳工决赛在九江举行。",
            "第七届全国石化行业职工技能大赛“赣江杯”钳工决赛",
        ),
        # boards and congresses
        ("黄州区总工会七届六次全委（扩大）会议召开。", "黄州区总工会七届六次全委（扩大）会议"),
        ("江南重工集团工会第三届会员代表大会第四次会议召开。", "江南重工集团工会第三届会员代表大会第四次会议"),
        # quoted whole, and named by a deed behind its theme
        ("黄州区总工会举办“黄州区第八届职工健步走启动仪式”。", "“黄州区第八届职工健步走启动仪式”"),
        ("黄州区总工会举办“工友有礼——职工消费帮扶展销周”。", "“工友有礼——职工消费帮扶展销周”"),
        ("黄州区总工会启动“雪中送炭”走访。", "“雪中送炭”走访"),
        ("黄州区总工会举办“缘聚江城”青年职工手作夜场。", "“缘聚江城”青年职工手作夜场"),
        ("黄州区总工会举办的“健康直通车”义诊进园区活动受到欢迎。", "“健康直通车”义诊进园区活动"),
        # the theme elsewhere
        ("黄州区总工会组织了题为“灯照我心”的灯谜擂台赛。", "灯谜擂台赛"),
        ("以“乐享端午”为主题的职工包粽子比赛在遗爱湖公园开赛。", "职工包粽子比赛"),
    ],
)
def test_name(text: str, name: str) -> None:
    assert found(text).entities("Activity") == {name}


@pytest.mark.parametrize(
    "text",
    [
        "两队隔网而立，率先打响本届排球赛。",
        "此次比赛旨在通过职工书屋开展读书学习活动，争创学习型组织。",
        "会议要求，各级工会要广泛开展送温暖活动。",
        "黄州区总工会举办各类培训班120期。",
        "黄州区总工会深入开展“订单式”普法，职工受益。",
        "黄州区总工会推出“工友云课堂”，职工可以随时学习。",
        "大会以“激扬活力”为主题，共设有电竞、啦啦操、健康跑等9个大项。",
        "自10月11日大赛开幕以来，职工踊跃参加。",
        "他当选为省工会第十五次代表大会代表。",
        "他先后参加了四届全国人民代表大会。",
        "黄州区总工会深入实施“工会进万家”工程。",
        "黄州区总工会认真落实全国总工会十八届二次执委会议部署。",
    ],
)
def test_no_activity(text: str) -> None:
    assert found(text).entities("Activity") == set()


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("第五届东湖装备博览会", "本届东湖装备博览会", True),
        ("第五届东湖装备博览会", "第四届东湖装备博览会", False),
        ("七届六次全委（扩大）会议", "第七届委员会第六次全体（扩大）会议", True),
        ("2024年职工数控车工技能竞赛", "职工数控车工大赛", True),
        ("“平安杯”知识竞赛活动", "2024年“平安杯”安全知识竞赛决赛", True),
        ("“匠心杯”焊工大赛", "“匠心杯”无人机大赛", False),
        ("四届三次职代会", "四届三次职工代表大会暨工会会员代表大会", True),
        ("职工健步走", "职工健步走启动仪式", False),
    ],
)
def test_same_activity(one: str, two: str, *, same: bool) -> None:
    assert same_activity(naming(one), naming(two)) is same
    assert same_activity(naming(two), naming(one)) is same


def test_headline_names_it_short() -> None:
    result = found("10月18日，“声动黄州”2024年职工朗诵大赛决赛举行。", headline="黄州区总工会举办职工朗诵大赛")
    assert result.entities("Activity") == {"“声动黄州”2024年职工朗诵大赛决赛"}
    assert {s for s, _ in result.pairs("organizes")} == {"黄州区总工会"}


ACT = "“工友同乐”游园活动"


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        # bodies that are not known stand in the list
        (f"黄州区总工会联合区委某办、区某某局等单位，在遗爱湖公园举办{ACT}。", {"黄州区总工会"}),
        (f"黄州区总工会、区某某救援局和团风县总工会联手举办{ACT}。", {"黄州区总工会", "团风县总工会"}),
        (f"黄州区总工会、市某控中心联合主办，团风县总工会承办的{ACT}开幕。", {"黄州区总工会", "团风县总工会"}),
        (f"由黄州区总工会女职工委员会主办、团风县总工会承办的{ACT}开幕。", {"黄州区总工会", "团风县总工会"}),
        # labels
        (f"{ACT}开幕。主办单位：黄州区总工会；承办单位：团风县总工会。", {"黄州区总工会", "团风县总工会"}),
        (f"{ACT}开幕。指导单位：黄州区总工会；承办单位：团风县总工会。", {"团风县总工会"}),
        # later, and otherwise
        (f"{ACT}开幕。这项活动由黄州区总工会、某某局联手推出。", {"黄州区总工会"}),
        (f"黄州区总工会公布{ACT}实施方案。", {"黄州区总工会"}),
        (f"黄州区总工会今夏{ACT}走进工地。", {"黄州区总工会"}),
        (f"黄州区总工会一起办起{ACT}。", {"黄州区总工会"}),
        # who guides or supports does not organise
        (f"在黄州区总工会的支持下，{ACT}由团风县总工会承办。", {"团风县总工会"}),
        (f"{ACT}由黄州区总工会指导，团风县总工会主办。", {"团风县总工会"}),
    ],
)
def test_organizers(text: str, bodies: set[str]) -> None:
    unions = found(text).entities("TradeUnion")
    assert {s for s, _ in found(text).pairs("organizes") if s in unions} == bodies
