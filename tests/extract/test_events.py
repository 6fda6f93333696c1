"""What is told of several events at once, of honours in lists, and who is there and who is not."""

from __future__ import annotations

import pytest

from kg.extract.digest import items
from tests.extract.helpers import found

UNION = "黄州区总工会"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a contest within another
        ("黄州区第三届职工运动会男子篮球比赛在体育馆举行。", "黄州区第三届职工运动会男子篮球比赛"),
        ("黄州区2024年职工职业技能竞赛钳工和焊工大赛开赛。", "黄州区2024年职工职业技能竞赛钳工和焊工大赛"),
        # plain event words, told with a day
        (f"3月2日，{UNION}举办专场招聘会。", "专场招聘会"),
        (f"5月6日，{UNION}组织职工开展环湖健步走活动。", "环湖健步走活动"),
        (f"5月6日，{UNION}组队参加了黄冈市迎新年环湖健步走。", "黄冈市迎新年环湖健步走"),
        # two congresses that meet as one
        (
            "1月5日，江南重工召开第四届职工代表大会、第五次工会会员代表大会第一次会议。",
            "第四届职工代表大会、第五次工会会员代表大会第一次会议",
        ),
        # held in a form, a feast before the theme, a lesson on the spot, a broadcast
        (
            "黄州区建筑行业工会联合会成立大会以“主会场+视频分会场”的形式，在区会议中心举行。",
            "黄州区建筑行业工会联合会成立大会",
        ),
        (f"5月10日，{UNION}举办护士节“天使杯”跳绳赛。", "护士节“天使杯”跳绳赛"),
        (f"7月2日，{UNION}在江北码头候车区开办“船工微课堂”，请来民警讲课。", "“船工微课堂”"),
        (f"由{UNION}推出的“相约江畔·云上鹊桥”7月12日晚在直播间开播。", "“相约江畔·云上鹊桥”"),
    ],
)
def test_names_of_events(text: str, name: str) -> None:
    assert name in found(text).entities("Activity")


@pytest.mark.parametrize(
    "text",
    [
        "通过举办技能竞赛，引导职工钻研技术。",  # in general, on no day
        f"5月6日，{UNION}为新命名的9家“劳模和工匠人才创新工作室”授牌。",
        "运动会设篮球、羽毛球、健步走5个大项，职工踊跃参加了篮球、羽毛球、健步走。",
        f"{UNION}依托阵地开设“职工夜校”。",
    ],
)
def test_no_events(text: str) -> None:
    assert not found(text).entities("Activity")


DIGEST = (
    "【职工运动会】5月8日，黄州区总工会在区体育馆举办黄州区第五届职工趣味运动会，区总工会主席陈立新到会。（许文静）",
    "【白领课堂】东湖街道总工会推出“午间一刻”白领课堂，5月9日开讲，花艺师沈梦瑶教授插花。（韩晓军）",
)


def test_items_of_a_digest_are_apart() -> None:
    told = found(*DIGEST, headline="黄州工运简报")
    assert told.pairs("participatesIn") == {
        ("陈立新", "黄州区第五届职工趣味运动会"),
        ("沈梦瑶", "“午间一刻”白领课堂"),
    }
    assert told.pairs("organizes") == {
        (UNION, "黄州区第五届职工趣味运动会"),
        ("东湖街道总工会", "“午间一刻”白领课堂"),
    }


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("\n".join(DIGEST), 2),
        ("甲街道总工会开展慰问。（许文静）\n乙街道总工会举办讲座。（通讯员 韩晓军 图/文）", 2),
        ("甲街道总工会开展慰问。\n乙街道总工会举办讲座。（韩晓军）", 0),  # one report, signed at its end
        ("【摘要】甲街道总工会开展慰问。\n乙街道总工会举办讲座。", 0),
    ],
)
def test_where_items_start(text: str, count: int) -> None:
    assert len(items(text, 0)) == count


def test_a_paragraph_about_another_event() -> None:
    told = found(
        f"5月8日，{UNION}举办第六届“江杯”职工运动会，组队参加了黄冈市迎新年环湖健步走。",
        "5月12日上午，区总工会组织30余人参加黄冈市迎新年环湖健步走，江南重工党委书记聂国强走完全程。",
        "5月20日，江南重工工会主席邱桂莲来到工地，看望值守的工人雷东海。",
    )
    assert told.pairs("participatesIn") == {
        (UNION, "黄冈市迎新年环湖健步走"),
        ("聂国强", "黄冈市迎新年环湖健步走"),
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # who brings people, sends works, is invited, comes
        (f"5月6日，黄州区文化馆举办“江韵”职工书画展。{UNION}组织职工参观“江韵”职工书画展。", {UNION}),
        (
            f"5月6日，{UNION}举办“江韵”职工文艺汇演。江南重工集团选送的情景剧《一碗面》获得好评。",
            {"江南重工集团"},
        ),
        (f"5月6日，{UNION}邀请技师许文静在车间开展“江韵”安全讲座。", {"许文静"}),
        # who is only elected, honoured or told of is not there
        (f"5月6日，{UNION}第三次代表大会召开。大会选举产生了新一届委员会，陈立新当选主席，邹凯当选副主席。", set()),
        (f"5月6日，{UNION}第三次代表大会召开。大会表彰了“优秀工会工作者”许文静等12名同志。", set()),
        (f"5月6日，{UNION}走访企业，听取了“微笑标兵”竞赛和帮扶情况介绍。江南重工工会主席陈立新陪同。", set()),
        (
            f"5月6日，{UNION}开展“送清凉 保安康”慰问活动。25日，慰问组召开座谈会，邀请职工许文静提意见。",
            set(),
        ),
    ],
)
def test_who_is_there(text: str, told: set[str]) -> None:
    assert {who for who, _ in found(text).pairs("participatesIn")} == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # results of what a body announced before
        (
            f"近日，{UNION}印发通报，表彰一批职工创新先进单位和工匠。其中，江南重工集团获评“职工创新先进单位”，"
            "江南重工集团焊工许文静荣获“黄州工匠”称号。",
            {(UNION, "江南重工集团"), (UNION, "许文静")},
        ),
        (
            f"3月7日，{UNION}作出决定，授予50个单位“巾帼标兵岗”称号。江南重工集团挡车工许文静、纺织工陈秀英2名女职工榜上有名。",
            {(UNION, "许文静"), (UNION, "陈秀英")},
        ),
        # behind a colon
        (
            "5月6日，2024年“江北工匠年度人物”发布仪式在黄州举行。2位“江北工匠年度人物”是：江南重工集团数控镗工、高级技师"
            "许文静，江南纺织公司维修电工孔德旺。",
            {("2024年“江北工匠年度人物”发布仪式", "许文静"), ("2024年“江北工匠年度人物”发布仪式", "孔德旺")},
        ),
        # one giver, two passives; a giver behind several clauses
        (
            f"江南重工集团工会被{UNION}授予“模范职工之家”称号，职工许文静被授予“优秀工会积极分子”称号。",
            {(UNION, "江南重工集团工会"), (UNION, "许文静")},
        ),
        (
            f"近年来，江南重工集团工会先后建起书屋3间、驿站1个，被{UNION}授予“模范职工之家”称号。",
            {(UNION, "江南重工集团工会")},
        ),
    ],
)
def test_honours(text: str, told: set[tuple[str, str]]) -> None:
    assert found(text).pairs("awards") == told


def test_rolls_by_line() -> None:
    told = found(
        "4月27日，黄州区庆祝“五一”国际劳动节暨先进表彰大会召开。名单如下：",
        "黄州区五一劳动奖章",
        "许文静 江南重工集团焊工",
        "1.陈秀英（江南纺织公司挡车工）",
        "江南纺织公司维修工 孔德旺",
        "先进集体：",
        "江南重工集团工会",
        "会上，孔德旺作发言。",
    )
    meeting = "黄州区庆祝“五一”国际劳动节暨先进表彰大会"
    winners = {"许文静", "陈秀英", "孔德旺", "江南重工集团工会"}
    assert told.pairs("awards") == {(meeting, winner) for winner in winners}


def test_a_roll_under_a_sentence() -> None:
    told = found(
        f"近日，{UNION}公布2023年度“最美工会人”名单，共2人入选：",
        "许文静 江南重工集团工会主席",
        "陈秀英 江南纺织公司工会副主席",
    )
    assert told.pairs("awards") == {(UNION, "许文静"), (UNION, "陈秀英")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a plain event word, told with a day and one place
        (f"3月2日，{UNION}在赤壁广场开展普法宣传活动。", "普法宣传活动"),
        (f"近日，{UNION}走进禹王产业园开展安全生产宣传活动。", "安全生产宣传活动"),
        # neither people nor another event of a list are of a name
        (f"“江北工匠”代表、国庆服务人员等观看了由{UNION}主办的第三届职工文艺汇演。", "第三届职工文艺汇演"),
        (f"3月2日，{UNION}举办职工演讲比赛、联欢文艺晚会等。", "职工演讲比赛"),
        (f"{UNION}举办“书香江北”职工读书月活动，职工读书月共有300人参加。", "“书香江北”职工读书月活动"),
    ],
)
def test_settled_events(text: str, name: str) -> None:
    assert found(text).entities("Activity") == {name}
    assert (UNION, name) in found(text).pairs("organizes")


@pytest.mark.parametrize("scene", ["彩旗招展，锣鼓阵阵。", "书香四溢，一派节日气氛。"])
def test_the_place_whose_scene_opens_the_report(scene: str) -> None:
    told = found(f"3月2日，赤壁广场{scene}由{UNION}主办的第三届职工文化节在此启动。")
    assert told.pairs("heldAt") == {("第三届职工文化节", "赤壁广场")}


def test_who_came_to_a_place_held_something_there() -> None:
    told = found(f"3月2日，{UNION}到何庄3号工地开展“送法”宣讲活动。")
    assert told.pairs("heldAt") == {("“送法”宣讲活动", "何庄3号工地")}
    assert found(f"3月2日，{UNION}举办的讲座受到工地职工欢迎。").entities("Venue") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"3月2日，{UNION}召开加强企业民主管理工作推进会。", "加强企业民主管理工作推进会"),
        ("3月2日，区总工会对口援疆捐赠仪式在黄州区举行。", "对口援疆捐赠仪式"),
        ("3月2日，黄州工会会员卡发放暨2015年春节送温暖启动仪式举行。", "黄州工会会员卡发放暨2015年春节送温暖启动仪式"),
    ],
)
def test_where_names_start(text: str, name: str) -> None:
    assert found(text).entities("Activity") == {name}


def test_what_an_event_is_said_to_be() -> None:
    told = found(f"3月2日，黄州职工书画展举行。本次展览是{UNION}为庆祝国庆而举办的主题艺术活动。")
    assert told.pairs("organizes") == {(UNION, "黄州职工书画展")}


def test_editions_are_told_apart_by_their_counts() -> None:
    told = found("黄州区工会第四次代表大会召开，会议肯定了黄州区工会第三次代表大会以来的工作。")
    assert told.entities("Activity") >= {"黄州区工会第四次代表大会"}
    assert all(len(one.aliases) <= 1 for one in told.extraction.entities if one.type == "Activity")


def test_the_whole_town_is_the_town() -> None:
    told = found(f"3月2日，{UNION}举办的2015年全区消夏篮球赛落幕。", headline="黄州区2015年消夏篮球赛落幕")
    assert told.entities("Activity") == {"黄州区2015年消夏篮球赛"}


def test_a_theme_plans_nothing() -> None:
    told = found(f"近日，由{UNION}主办的“同心向未来”职工文艺汇演在黄州工人文化宫举办。")
    assert {one.status for one in told.statements("heldAt")} == {"happened"}


def test_editors_and_officers_before_an_event() -> None:
    told = found("黄冈市总工会党组成员、副主席何建国出席黄州区工会第四次代表大会。", "编辑：邹敏")
    assert not told.pairs("organizes")
    assert {person for person, _ in told.pairs("participatesIn")} == {"何建国"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"3月2日，{UNION}举办第四届职工文艺作品展演，节目由评委评选出。", "第四届职工文艺作品展演"),
        (f"3月2日，{UNION}举办“书香”职工阅读交流活动（黄州专场），200人参加。", "“书香”职工阅读交流活动（黄州专场）"),
        (f"{UNION}迎新春暨第四届职工文化节3月2日开幕。", "迎新春暨第四届职工文化节"),
        (f"3月2日，{UNION}举办第二届职工摄影展，“匠心”红色文化宣讲人才工作室到场。", "第二届职工摄影展"),
    ],
)
def test_where_names_end(text: str, name: str) -> None:
    assert name in found(text).entities("Activity")
    assert len(found(text).entities("Activity")) == 1


def test_who_is_only_spoken_of_and_who_holds_it_behind_bodies_that_are_not_known() -> None:
    told = found(
        f"3月2日，第四届职工读书论坛在黄冈举行。会议学习习近平总书记重要讲话精神。"
        f"论坛由黄州职工书屋建设领导小组办公室、{UNION}主办。"
    )
    assert told.pairs("organizes") == {("第四届职工读书论坛", UNION)[::-1]}
    assert not told.pairs("participatesIn")


def test_who_is_at_an_event_of_a_new_age() -> None:
    told = found(f"3月2日，{UNION}副主席何建国参加“新时代”职工文艺汇演。")
    assert told.pairs("participatesIn") == {("何建国", "“新时代”职工文艺汇演")}
