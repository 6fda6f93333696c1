"""Which body is meant, where it is called short, stands in a post, or is only spoken of; what is only told of it."""

from __future__ import annotations

import pytest

from tests.extract.helpers import found


@pytest.mark.parametrize(
    ("text", "role"),
    [
        # the name between its body and its title
        ("3月2日，随州市总工会周立群副主席到高新区调研。", ("周立群", "随州市总工会", "副主席")),
        # the head alone, behind a post in an office of the same street, or behind a person who holds one
        (
            "东城街道总工会慰问职工。东城街道办事处调研员、总工会副主席邹敏参加。",
            ("邹敏", "东城街道总工会", "副主席"),
        ),
        (
            "东城街道办事处主任何建国、总工会主席邹敏一行走访企业。东城街道总工会还送去了毛巾。",
            ("邹敏", "东城街道总工会", "主席"),
        ),
        # elected, behind a comma
        (
            "随州市快递行业工会联合会成立大会5日举行。会上，随州顺达速递有限公司陈立新，当选联合会第一届委员会主席。",
            ("陈立新", "随州市快递行业工会联合会", "主席"),
        ),
    ],
)
def test_posts(text: str, role: tuple[str, str, str]) -> None:
    assert role in found(text).qualified("hasRole", "title")


def test_a_short_name_in_the_headline_is_the_same_union() -> None:
    read = found("3月2日，随州市职工运动会开幕，由市总工会主办。", headline="随州市总举办全市职工运动会")
    assert len(read.entities("TradeUnion")) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "运动会由大赛组委会和香港工会联合会、澳门工会联合总会共同主办。",
            {"香港工会联合会", "澳门工会联合总会"},
        ),
        (
            "随州市总工会举办运动会，季梁宾馆、天平架社区工会联合会、七里塘社区工会等参加。",
            {"随州市总工会", "天平架社区工会联合会", "七里塘社区工会"},
        ),
        ("柳北市总工会党组书记何建国到会，随后市总工会发文。", {"柳北市总工会"}),  # in no table of divisions
        ("随州市总工会引导快递企业工会，特别是非公快递企业工会开展活动。", {"随州市总工会"}),
        ("会议指出，要发动行业企业工会加入联合会，使大赛成为大湾区工会合作知名品牌。", set()),
    ],
)
def test_unions(text: str, names: set[str]) -> None:
    assert found(text).entities("TradeUnion") == names


def test_what_a_team_is_called_by_is_no_person() -> None:
    text = "8月13日，金家岭街道总工会慰问金家岭执法中队、洪家坡交警中队等7家单位。"
    assert not found(text).entities("Person")


@pytest.mark.parametrize(
    "text",
    [
        "3月1日，随州市总工会宣布随州市快递行业联合工会正式成立，并为快递员发放“爱心礼包”。",
        "3月1日，东城街道办事处调研员邹敏、随州市总工会干部将“爱心礼包”送到快递员手中。",
    ],
)
def test_who_gives(text: str) -> None:
    givers = {giver for giver, _ in found(text).pairs("provides")}
    assert not givers & {"随州市快递行业联合工会", "东城街道办事处"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "湖北省总工会党组成员、直属机关党委书记何建国出席活动。",
            ("何建国", "湖北省总工会", "党组成员"),
        ),
        # of no other union than that of the street
        (
            "湖北省建设工会副主席周立群，曾都区东城街道党工委委员、办事处副主任、总工会主席邹敏参加宣讲。",
            ("邹敏", "东城街道总工会", "主席"),
        ),
        ("3月5日，那曲市总工会常务副主席边巴出席并讲话。", ("边巴", "那曲市总工会", "常务副主席")),
    ],
)
def test_chains_of_posts(text: str, role: tuple[str, str, str]) -> None:
    assert role in found(text).qualified("hasRole", "title")


def test_a_song_is_no_product() -> None:
    assert not found("随州市总工会举办晚会，产业工人合唱团送上《我们走在路上》，把活动推向高潮。").entities("Product")


def test_an_honour_is_what_somebody_is_named() -> None:
    text = "随州市总工会决定，命名随州顺达机械有限公司装配一班等10个先进班组为随州市工人先锋号。"
    honours = {honour for _, _, honour in found(text).qualified("awards", "honour")}
    assert honours <= {"随州市工人先锋号"}


def test_a_trade_in_front_of_a_further_post() -> None:
    text = "随州顺达电机有限公司装配线钣金工、高级技师邹敏介绍了经验。"
    posts = found(text).qualified("hasRole", "title")
    assert {("邹敏", "随州顺达电机有限公司", "高级技师"), ("邹敏", "随州顺达电机有限公司", "装配线钣金工")} <= posts


def test_the_union_of_a_street_by_another_form() -> None:
    read = found("玉泉街道总工会启动宣传活动。下一步，街道工会将继续服务职工。")
    assert read.entities("TradeUnion") == {"玉泉街道总工会"}


def test_the_system_of_a_trade_is_no_part_of_a_firm() -> None:
    read = found("煤炭系统远华能源股份有限公司职工参加，顺达系统集成有限公司职工参加。")
    assert read.entities("Enterprise") == {"远华能源股份有限公司", "顺达系统集成有限公司"}


def test_who_has_an_honour_of_the_country_was_not_at_the_event_for_it() -> None:
    text = (
        "4月29日，随州市庆祝“五一”国际劳动节大会举行。"
        "随州顺达电机有限公司焊工何建国，远华能源有限公司电工邹敏获得“全国五一劳动奖章”。"
    )
    assert not found(text).pairs("participatesIn")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("随州市总工会副主席刀承忠到会，食品科科长后俊峰担任评委。", {"刀承忠", "后俊峰"}),  # rare families
        ("会议选举产生了委员会，何建国、邹敏当选副主席。", {"何建国", "邹敏"}),  # the first of a list
        ("5月5日晚，公司工会主席李永为获奖代表队现场颁奖。", {"李永"}),
        ("随州顺达公司董事长杨福和等公司领导参加活动。", {"杨福和"}),
        ("随州市总工会命名“雷锋号”“毛泽东号”机车组为先进集体。", set()),
    ],
)
def test_where_names_end(text: str, people: set[str]) -> None:
    assert found(text).entities("Person") == people


def test_a_group_and_its_firm_are_two() -> None:
    text = "3月2日，联江集团副总经理何建国、联江城运公司总经理邹敏出席。"
    roles = found(text).pairs("hasRole")
    assert {("何建国", "联江集团"), ("邹敏", "联江城运公司")} <= roles


def test_who_is_said_to_be_honoured_by_a_clause_is_not_the_firm_before() -> None:
    text = "10月27日，劳动竞赛总结表彰会召开。随州顺达纺织有限公司等四家企业负责人及受表彰的先进个人参加了会议。"
    assert not found(text).pairs("awards")


def test_an_event_does_not_run_over_the_byline() -> None:
    read = found("本报讯（记者 何建国）2014年随州市职工技协杯焊工大赛落幕，来自顺达股份的选手邹敏夺得冠军。")
    assert read.entities("Activity") == {"2014年随州市职工技协杯焊工大赛"}
    assert "何建国" in read.entities("Person")


def test_callings_that_the_tokenizer_cuts() -> None:
    read = found("近日，随州市网约送餐员联合工会成立，特区内的新就业形态劳动者工会的组建力度加大。")
    assert read.entities("TradeUnion") == {"随州市网约送餐员联合工会"}


def test_the_union_of_the_special_zone() -> None:
    read = found("武当山特区工会开展活动。特区工会常务副主席何燕参加。")
    assert ("何燕", "武当山特区工会") in read.pairs("hasRole")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("近日，有网友反映松原市总工会举办收费培训班。", "reported"),
        ("网传松原市总工会举办收费培训班，系谣言。", "denied"),
        ("近日，松原市总工会举办工会干部培训班。", "happened"),
    ],
)
def test_rumours_are_no_facts(text: str, status: str) -> None:
    assert [one.status for one in found(text).statements("organizes")] == [status]


def test_each_honour_goes_to_whom_it_is_given() -> None:
    text = "随州市总工会决定，授予随州顺达公司等30个集体工人先锋号，授予邹敏等50人随州市五一劳动奖章。"
    assert found(text).qualified("awards", "honour") == {
        ("随州市总工会", "随州顺达公司", "工人先锋号"),
        ("随州市总工会", "邹敏", "随州市五一劳动奖章"),
    }


def test_a_course_with_a_theme_ends_before_its_place() -> None:
    read = found("9月2日，由随州市总工会举办的“求学圆梦”班在随州职业技术学院开班，60名职工参加。")
    assert read.entities("Activity") == {"“求学圆梦”班"}


def test_the_post_before_tells_the_city_though_its_class_word_is_the_offices() -> None:
    text = (
        "襄阳市人大副主任、市总工会主席何建国出席活动。"
        "参加活动的还有齐齐哈尔市总工会副主席周立群、十堰市总工会法律部部长邹敏。"
    )
    assert found(text).pairs("hasRole") >= {
        ("何建国", "襄阳市总工会"),
        ("周立群", "齐齐哈尔市总工会"),
        ("邹敏", "十堰市总工会"),
    }


def test_firms_called_like_people() -> None:
    read = found("随州市总工会副主席何建国先后到金米兰和皓然育苗等公司调研。")
    assert read.entities("Person") == {"何建国"}
