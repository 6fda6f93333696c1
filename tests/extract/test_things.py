"""Activities, venues, products, dates and counts: what is one, what it is called, what is none."""

from __future__ import annotations

import pytest

from kg.text import normal
from tests.extract.helpers import found, gap


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a quoted theme with an event word
        ("延庆区总工会举办“妫川味道”职工厨艺大赛。", {"“妫川味道”职工厨艺大赛"}),
        ("延庆区总工会举办第三届“妫川味道”职工厨艺大赛。", {"第三届“妫川味道”职工厨艺大赛"}),
        ("延庆区总工会举办首届“妫川味道”职工厨艺大赛。", {"首届“妫川味道”职工厨艺大赛"}),
        ("延庆区总工会开展“春送岗位”专项行动。", {"“春送岗位”专项行动"}),
        ("延庆区总工会开展“送清凉”慰问活动。", {"“送清凉”慰问活动"}),
        ("延庆区总工会开展“送清凉”活动和“安康杯”竞赛。", {"“送清凉”活动", "“安康杯”竞赛"}),
        ("延庆区总工会举办以“书香职工”为主题的读书分享会。", {"读书分享会"}),
        # a quoted theme alone, behind a verb
        ("延庆区总工会开展“送清凉”，慰问一线职工。", {"“送清凉”"}),
        # by its edition, its year
        ("延庆区总工会举办首届职工厨艺大赛。", {"首届职工厨艺大赛"}),
        ("延庆区总工会举办第六届职工羽毛球赛。", {"第六届职工羽毛球赛"}),
        ("延庆区总工会举办2025年春季专场招聘会。", {"2025年春季专场招聘会"}),
        ("延庆区总工会召开第八次代表大会。", {"第八次代表大会"}),
        # by a settled description and a verb
        pytest.param(
            "延庆区总工会举办职工趣味运动会。",
            {"职工趣味运动会"},
        ),
        ("延庆区总工会开展“送清凉”和“送健康”活动。", {"“送清凉”", "“送健康”活动"}),
        # longest event word
        ("延庆区总工会举办“巾帼风采”主题展演活动。", {"“巾帼风采”主题展演活动"}),
        ("延庆区总工会举办“妫川味道”职工厨艺大赛启动仪式。", {"“妫川味道”职工厨艺大赛启动仪式"}),
        # none of these is one
        ("弘扬“劳模精神”，当好“主力军”。", set()),
        ("延庆区总工会打造“职工之家”品牌。", set()),
        ("“职工书屋”里，大家在看书。", set()),
        ("打开“工会e家”小程序，可以报名。", set()),
        ("延庆区总工会建成“暖心驿站”20个。", set()),
        ("要坚持“以职工为中心”的工作理念。", set()),
        ("各级工会要广泛开展各类文体活动。", set()),
        ("此次活动受到职工欢迎。", set()),
        pytest.param(
            "延庆区总工会计划举办“妫川味道”职工厨艺大赛。",
            {"“妫川味道”职工厨艺大赛"},
        ),
    ],
)
def test_activities(text: str, names: set[str]) -> None:
    assert found(text).entities("Activity") == names


@pytest.mark.parametrize(
    ("headline", "lead", "names"),
    [
        (
            "延庆区举办“妫川味道”职工厨艺大赛",
            "近日，由延庆区总工会主办的“妫川味道”职工厨艺大赛在妫川广场举行。活动现场热闹非凡。",
            {"“妫川味道”职工厨艺大赛"},
        ),
        ("“妫川味道”火热开赛", "近日，“妫川味道”职工厨艺大赛在妫川广场举行。", {"“妫川味道”职工厨艺大赛"}),
        (
            "第五届职工运动会开幕",
            "近日，房山区总工会第五届职工运动会在良乡体育馆开幕。",
            {"房山区总工会第五届职工运动会"},
        ),
        (
            "“妫川味道”职工厨艺大赛启动",
            "近日，“妫川味道”职工厨艺大赛启动仪式在妫川广场举行。",
            {"“妫川味道”职工厨艺大赛", "“妫川味道”职工厨艺大赛启动仪式"},
        ),
    ],
)
def test_headline_and_lead_speak_of_one_activity(headline: str, lead: str, names: set[str]) -> None:
    assert found(lead, headline=headline).entities("Activity") == names


def test_what_points_back_to_an_activity_is_no_name_of_it() -> None:
    result = found("丰台区总工会举办“健康行”健步走活动。该活动由卢沟桥街道总工会协办。")
    assert result.entities("Activity") == {"“健康行”健步走活动"}
    assert result.entity("“健康行”健步走活动").aliases == ("健康行",)
    assert ("卢沟桥街道总工会", "“健康行”健步走活动", "co-host") in result.qualified("organizes", "role")


@pytest.mark.parametrize(
    ("text", "series", "edition"),
    [
        ("延庆区总工会举办第三届“妫川味道”职工厨艺大赛。", {"妫川味道"}, {"第三届"}),
        ("延庆区总工会举办首届职工厨艺大赛。", set(), {"首届"}),
        ("延庆区总工会举办2025年“妫川味道”职工厨艺大赛。", {"妫川味道"}, {"2025年"}),
        ("延庆区总工会举办“妫川味道”职工厨艺大赛。", {"妫川味道"}, set()),
    ],
)
def test_series_and_edition(text: str, series: set[str], edition: set[str]) -> None:
    result = found(text)
    assert {o for _, o in result.pairs("series")} == series
    assert {o for _, o in result.pairs("edition")} == edition


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("“妫川味道”职工厨艺大赛在妫川广场举行。", {"妫川广场"}),
        ("“妫川味道”职工厨艺大赛在燕山石化职工活动中心举办。", {"燕山石化职工活动中心"}),
        ("“妫川味道”职工厨艺大赛在延庆区人民公园和妫川广场同时举行。", {"人民公园", "妫川广场"}),
        ("“妫川味道”职工厨艺大赛在通州区张家湾镇文化广场举行。", {"文化广场"}),
        ("在妫川广场，延庆区总工会举办了“妫川味道”职工厨艺大赛。", {"妫川广场"}),
        ("长阳公园内，“健康行”健步走活动在这里举行。", {"长阳公园"}),
        ("“妫川味道”职工厨艺大赛在延庆职工文化宫三层多功能厅举办。", {"延庆职工文化宫三层多功能厅"}),
        # manner in front of the verb is not of the name
        ("“妫川味道”职工厨艺大赛在延庆艺术中心联手举办。", {"延庆艺术中心"}),
        ("“妫川味道”职工厨艺大赛在妫水观景台浪漫启幕。", {"妫水观景台"}),
        # of the place or the body spoken of
        ("延庆区总工会在区文化馆举办“妫川味道”职工厨艺大赛。", {"区文化馆"}),
        ("“妫川味道”职工厨艺大赛在该厂俱乐部举行。", {"该厂俱乐部"}),
        # noun phrases without a known head
        ("“妫川味道”职工厨艺大赛在野鸭湖如期举行。", {"野鸭湖"}),
        # its own name behind its firm, behind the union that runs it
        ("“妫川味道”职工厨艺大赛在燕山石化集团康庄厂区举行。", {"康庄厂区"}),
        ("慰问组来到延庆区总工会康庄镇户外劳动者驿站，看望快递员。", {"户外劳动者驿站"}),
        # a name in quotation marks, also of what something is turned into
        ("街道把一间空房改成了“候鸟”工会驿站。", {"“候鸟”工会驿站"}),
        ("延庆区总工会走进康庄镇“候鸟”职工服务中心。", {"“候鸟”职工服务中心"}),
        ("延庆区货车司机之家揭牌。", {"货车司机之家"}),
        ("在康庄服务区“暖途驿家”，她为司机送上热茶。", {"康庄服务区“暖途驿家”"}),
        ("街道打造60平方米的“东楼暖驿”共享职工之家。", {"“东楼暖驿”共享职工之家"}),
        # rooms, parts of stations and plants, lists of sites, stops of a tour
        ("“妫川味道”职工厨艺大赛在妫川大厦五楼“小蜂讲堂”举行。", {"妫川大厦五楼“小蜂讲堂”"}),
        ("“妫川味道”职工厨艺大赛在大兴机场T1航站楼国际到达厅举行。", {"大兴机场T1航站楼国际到达厅"}),
        ("“妫川味道”职工厨艺大赛在公司二号厂房举行。", {"公司二号厂房"}),
        ("段工会在康庄车间职工小家里开办“妫川味道”职工厨艺大赛。", {"康庄车间职工小家"}),
        ("赛场分别设在康庄训练塔和妫川客运总站，百余人参赛。", {"康庄训练塔", "妫川客运总站"}),
        ("工会给满洲里折返段、牙克石整备所等7个岗点的职工送粽子。", {"满洲里折返段", "牙克石整备所"}),
        ("慰问组深入妫川电商产业园有限公司和县环卫中心户外劳动者服务站。", {"县环卫中心户外劳动者服务站"}),
        ("“妫川味道”职工厨艺大赛在市级培训基地——妫川技师学院举行。", {"妫川技师学院"}),
        ("“妫川味道”职工厨艺大赛在康庄企业服务中心三楼路演厅举行。", {"康庄企业服务中心三楼路演厅"}),
        ("考试地点设在教室，要求职工按时到场。", set()),
        ("工会在车间、工地、站场等30个点位设立饮水点。", set()),
        # scenes, lists
        ("5月3日，东沟村草莓园里支起了长桌，职工们忙着采摘。", {"东沟村草莓园"}),
        ("“健康行”健步走路线串联妫水公园、夏都花海。", {"妫水公园", "夏都花海"}),
        # kinds of places, occasions, what is no place
        ("慰问组深入重点工程施工现场，看望职工。", set()),
        ("各级工会在生产一线开展劳动竞赛。", set()),
        ("在实操赛场，选手们一展身手。", set()),
        ("农产品进入北京市场。", set()),
        ("“妫川味道”职工厨艺大赛在热烈的掌声中落幕。", set()),
        ("活动现场气氛热烈，会场内座无虚席。", set()),
        ("比赛现场，选手们全神贯注。", set()),
        ("在各分会场，职工认真观看。", set()),
    ],
)
def test_venues(text: str, names: set[str]) -> None:
    assert found(text).entities("Venue") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a town called as a province is; a town that no table has, in a row of towns
        ("慰问组走进河南镇，看望职工。", {"河南镇"}),
        ("慰问组走访协合乡、中湖乡、云岭山街道。", {"协合乡", "中湖乡", "云岭山街道"}),
        # a zone in front of a house
        ("慰问组来到妫川经济开发区党群服务中心。", {"妫川经济开发区"}),
        # where goods come from, teams, parts of other names
        ("展位上有库车杏干、龙泉灰树花等600余种特产。", set()),
        ("九江市直机关羽毛球队获得季军。", set()),
        ("海川黄埔修造的选手夺得第一。", set()),
        ("来自上海、广州等地的5种产品热销。", {"上海", "广州"}),
    ],
)
def test_districts(text: str, names: set[str]) -> None:
    assert found(text).entities("District") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("北京云帆科技有限公司推出“云小帆”服务机器人。", {"“云小帆”服务机器人"}),
        ("北京云帆科技有限公司自主研发了“云小帆”智能客服系统。", {"“云小帆”智能客服系统"}),
        ("延庆区总工会上线“延工惠”APP。", {"“延工惠”APP"}),
        ("延庆区总工会为户外劳动者送上“清凉礼包”。", {"“清凉礼包”"}),
        ("延庆区总工会打造“职工之家”品牌。", set()),
        ("延庆区总工会推出“四送”机制。", set()),
        ("延庆区总工会开展“送清凉”活动。", set()),
        ("职工们在机器人前驻足。", set()),
        # goods by what is given, got and handed over
        ("延庆区总工会给骑手递上“暖心”礼袋。", {"“暖心”礼袋"}),
        ("延庆区总工会送去金秋助学礼卡、棉衣和慰问金。", {"金秋助学礼卡"}),
        ("司机领到延庆区总工会送出的入会“顺风箱”。", {"“顺风箱”"}),
        ("延庆区总工会为环卫工人送上消暑大礼包。", {"消暑大礼包"}),
        ("延庆区总工会发放“妫惠满减券”5000张。", {"“妫惠满减券”"}),
        ("延庆区总工会上线妫工惠APP。", {"妫工惠APP"}),
        ("“云小帆”巡检机器人、“妫工”接线钳等成果亮相。", {"“云小帆”巡检机器人", "“妫工”接线钳"}),
        ("延庆区总工会购置“流动餐车”4台。", {"“流动餐车”"}),
        ("延庆区总工会送上由护膝、反光马甲组成的“护骑包”。", {"“护骑包”"}),
        ("北京云帆食品有限公司推出的“梅雪”抹茶曲奇一上市就卖断货。", {"“梅雪”抹茶曲奇"}),
        ("职工领到延庆区总工会送出的“顺风箱”和健身体验卡。", {"“顺风箱”", "健身体验卡"}),
        ("延庆区总工会推出由名师授课的“妫川课堂”。", set()),
        # plain goods, figures of speech, what is no thing, what others make
        ("延庆区总工会为环卫工人送上西瓜、绿豆汤和防暑药品。", set()),
        ("延庆区总工会捎来“书香”和“健康”。", set()),
        ("延庆区总工会打造“15分钟服务圈”。", set()),
        ("延庆区总工会推出“四季送”服务品牌。", set()),
        ("延庆区总工会向职工推荐“学习强国”平台。", set()),
    ],
)
def test_products(text: str, names: set[str]) -> None:
    assert found(text).entities("Product") == names


NAME = "“巾帼风采”职工演讲比赛"


@pytest.mark.parametrize(
    ("words", "issued", "start", "end", "precision", "vague"),
    [
        ("3月8日", "2025-03-12", "2025-03-08", "2025-03-08", "day", "false"),
        ("2024年12月30日", "2025-01-02", "2024-12-30", "2024-12-30", "day", "false"),
        ("12月30日", "2025-01-02", "2024-12-30", "2024-12-30", "day", "false"),
        ("去年12月30日", "2025-03-12", "2024-12-30", "2024-12-30", "day", "false"),
        ("3月20日", "2025-03-12", "2025-03-20", "2025-03-20", "day", "false"),
        ("2024年2月29日", "", "2024-02-29", "2024-02-29", "day", "false"),
        ("3月8日", "", "", "", "day", "false"),
        ("3月8日至10日", "2025-03-12", "2025-03-08", "2025-03-10", "interval", "false"),
        ("3月28日至4月2日", "2025-04-12", "2025-03-28", "2025-04-02", "interval", "false"),
        pytest.param(
            "12月28日至1月2日",
            "2025-01-08",
            "2024-12-28",
            "2025-01-02",
            "interval",
            "false",
        ),
        ("近日", "2025-03-12", "2025-02-26", "2025-03-12", "interval", "true"),
        ("日前", "2025-03-12", "2025-02-26", "2025-03-12", "interval", "true"),
        ("近日", "", "", "", "interval", "true"),
        ("昨日", "2025-03-12", "2025-03-11", "2025-03-11", "day", "false"),
        ("今天", "2025-03-12", "2025-03-12", "2025-03-12", "day", "false"),
    ],
)
def test_dates(words: str, issued: str, start: str, end: str, precision: str, vague: str) -> None:
    result = found(f"{words}，石景山区总工会举办{NAME}。", issue_date=issued)
    (statement,) = result.statements("date")
    expected = {"precision": precision, "vague": vague, "start": start, "end": end}
    assert dict(statement.qualifiers) == {name: value for name, value in expected.items() if value}
    assert statement.object == words
    assert result.pairs("date") == {(NAME, words)}


@pytest.mark.parametrize(
    ("words", "issued", "start"),
    [
        ("将于6月18日", "2025-04-23", "2025-06-18"),
        ("定于1月8日", "2025-11-23", "2026-01-08"),
        ("将于4月20日", "2025-04-23", "2025-04-20"),  # printed late
        ("于6月18日", "2025-04-23", "2024-06-18"),
        ("原定于3月1日", "2025-09-30", "2025-03-01"),
    ],
)
def test_what_is_announced_comes(words: str, issued: str, start: str) -> None:
    read = found(f"“匠心杯”技能大赛{words}在石景山区文化宫举行。", issue_date=issued)
    (date,) = read.statements("date")
    assert dict(date.qualifiers)["start"] == start


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("3月8日，比赛开始。", {"3月8日"}),
        ("2025年3月8日，比赛开始。", {"2025年3月8日"}),
        ("近日，比赛开始。", set()),
        ("2025年，比赛开始。", set()),
        ("13月8日，比赛开始。", set()),
        ("3月45日，比赛开始。", set()),
        ("本报北京3月8日电 比赛开始。", set()),
    ],
)
def test_dates_that_are_shown(text: str, printed: set[str]) -> None:
    assert found(text).entities("Date") == printed


@pytest.mark.parametrize(
    ("words", "low", "high", "approximate"),
    [
        ("300名", "300", "300", "false"),
        ("1,200名", "1200", "1200", "false"),
        ("１２００名", "1200", "1200", "false"),
        ("三百五十名", "350", "350", "false"),
        ("百余名", "100", "", "true"),
        ("1200余名", "1200", "", "true"),
        ("两千多名", "2000", "", "true"),
        ("超过800名", "800", "", "true"),
        ("逾800名", "800", "", "true"),
        ("近500名", "", "500", "true"),
        ("近10万名", "", "100000", "true"),
        ("2.5万名", "25000", "25000", "false"),
        ("约300名", "300", "300", "true"),
        pytest.param("上百名", "100", "", "true"),
        pytest.param("不少于100名", "100", "", "true", marks=gap("不少于 is not read")),
    ],
)
def test_counts(words: str, low: str, high: str, approximate: str) -> None:
    result = found(f"{words}职工参加{NAME}。")
    (statement,) = result.statements("count")
    expected = {"min": low, "max": high, "approximate": approximate, "unit": "名"}
    assert dict(statement.qualifiers) == {name: value for name, value in expected.items() if value}
    assert {(act, normal(count)) for act, count in result.pairs("count")} == {(NAME, normal(words))}


def test_what_is_counted_must_take_part() -> None:
    result = found(f"石景山区总工会举办{NAME}，送出300名额。比赛设奖金2000元。")
    assert result.statements("count") == []


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("随州市总工会为每户困难职工送去3袋“连心米”。", "“连心米”"),
        ("随州市总工会向随县总工会捐赠“连心煤”20吨。", "“连心煤”"),
        ("“随工惠”卡是随州市总工会联合建设银行随州分行推出的联名卡。", "“随工惠”卡"),
        (
            "随州市工会会员普惠卡是随州市总工会与随州农商银行面向全市会员发行的。会上发放首批会员普惠卡。",
            "随州市工会会员普惠卡",
        ),
    ],
)
def test_goods_by_measure_and_by_who_makes_them(text: str, product: str) -> None:
    read = found(text)
    assert read.entities("Product") == {product}
    assert ("随州市总工会", product) in read.pairs("provides")


def test_a_product_with_a_short_name_and_an_event_called_after_its_kind() -> None:
    read = found(
        "随州市总工会上线“随州市总工会随工惠”小程序（简称“随工惠”）。“随工惠”小程序服务职工。"
        "“网聚正能量”小程序应用优秀案例征集活动同期举行。"
    )
    assert read.entities("Product") == {"“随州市总工会随工惠”小程序"}
    assert read.entities("Activity") == {"“网聚正能量”小程序应用优秀案例征集活动"}


def test_a_theme_holds_no_place() -> None:
    read = found("3月2日，随州市总工会举办以“健步古梨园，助力新市镇”为主题的健步走活动。")
    assert read.entities("District") == {"随州市"}


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("4月23日，石景山区总工会将举办“书香”职工读书节。", "2025-04-23"),
        ("3月8日，石景山区总工会宣布将举办“书香”职工读书节。", "2025-03-08"),
        ("4月23日，石景山区总工会举办“书香”职工读书节。", "2024-04-23"),
    ],
)
def test_a_day_whose_event_will_be(text: str, start: str) -> None:
    (date,) = found(text, issue_date="2025-03-13").statements("date")
    assert dict(date.qualifiers)["start"] == start
