"""Unions of districts, streets and counties: their names and posts, what they hold, where, and what they give."""

from __future__ import annotations

import pytest

from tests.extract.helpers import found

# ---------------------------------------------------------------------------- unions of districts, streets and counties


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("黄州新区（陈策楼镇）总工会举办读书会。", {"黄州新区（陈策楼镇）总工会"}),  # a second name in brackets
        ("各乡镇（街道）工会、各镇街、园区工会以及县直各部门工会都来了人。", set()),  # classes of unions
        ("黄冈市、黄州区两级总工会的负责人为骑手送上祝福。", set()),
        ("随州市总工会慰问职工。邮政部门还将继续联合市总工会开展活动。", {"随州市总工会"}),
        ("随州市总工会召开会议，认真贯彻落实省总工会要求。", {"随州市总工会", "省总工会"}),
        ("随州市总工会换届，选出了新一届市总工会主席。", {"随州市总工会"}),
        ("随县总工会举办培训班，随县工会副主席邹敏授课。", {"随县总工会"}),
        ("3月29日，风景区工会举办“暖春”读书会。", {"风景区工会"}),
    ],
)
def test_unions_of_places(text: str, names: set[str]) -> None:
    assert found(text).entities("TradeUnion") == names


def test_a_second_name_leaves_the_zone_what_it_is() -> None:
    assert found("黄州新区（陈策楼镇）总工会举办读书会。").pairs("unionOf") == {
        ("黄州新区（陈策楼镇）总工会", "黄州新区")
    }


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        # committees and departments of the union
        (
            "3月2日，市总工会经费审查委员会主任何建国，财务资产部部长邹敏到社区走访。",
            {("何建国", "市总工会", "经费审查委员会主任"), ("邹敏", "市总工会", "财务资产部部长")},
        ),
        (
            "随州市总工会基层工作部部长何建国、女职工委员会办公室主任邹敏陪同。",
            {("何建国", "随州市总工会", "基层工作部部长"), ("邹敏", "随州市总工会", "女职工委员会办公室主任")},
        ),
        # a county that no table of today has, and a district named further on
        (
            "崇安县政协副主席、总工会主席邹敏看望学生。",
            {("邹敏", "崇安县政协", "副主席"), ("邹敏", "崇安县总工会", "主席")},
        ),
        (
            "区委常委、宣传部长、总工会主席邹敏看望司机。黄州区总工会的活动还将继续。",
            {("邹敏", "黄州区总工会", "主席")},
        ),
    ],
)
def test_posts_in_unions_of_places(text: str, roles: set[tuple[str, str, str]]) -> None:
    assert found(text).qualified("hasRole", "title") == roles


def test_who_follows_a_call_acts_and_who_calls_does_not() -> None:
    text = "东城街道总工会积极响应随州市总工会的工作部署，在辖区随州顺达速递有限公司开展“夏日凉风”慰问活动。"
    assert found(text).pairs("organizes") == {("东城街道总工会", "“夏日凉风”慰问活动")}


def test_towns_are_read_whole_in_front_of_their_committees() -> None:
    read = found("大黄堡镇党委书记邹敏出席。随县首个乡镇驿站、首个街道书屋建成。")
    assert read.entities("District") == {"大黄堡镇", "随县"}


def test_towns_in_a_row_of_offices() -> None:
    read = found("鼓楼街道办事处、翠云湾街道办事处和厉山镇人民政府派人参加。")
    assert "翠云湾街道" in read.entities("District")


def test_an_office_that_a_clause_opens_with_is_where_it_was() -> None:
    read = found("7月2日，随州市总工会举办“书香”读书会。在东城街道党群服务中心，职工邹敏分享了书籍。")
    assert read.pairs("heldAt") == {("“书香”读书会", "党群服务中心")}
    assert ("党群服务中心", "东城街道") in read.pairs("locatedIn")


def test_a_place_is_spoken_of_by_its_kind() -> None:
    read = found("3月2日，随县总工会走访厉山镇。随后，县总工会在该镇召开“强基”工作推进会。")
    assert ("“强基”工作推进会", "厉山镇") in read.pairs("heldIn")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("3月2日，随州市总工会启动“双节”送温暖工作。", "“双节”送温暖工作"),
        ("7月2日，随州市总工会开展送清凉活动。", "送清凉活动"),
        ("1月6日，随州市总工会开展了腊八节送温暖活动。", "腊八节送温暖活动"),
        ("7月2日，随州市总工会举办“书香”读书活动现场展示会。", "“书香”读书活动现场展示会"),
        ("随州市总工会日前举办了一场别开生面的职工趣味运动会。", "职工趣味运动会"),
        ("7月2日，随州市总工会召开学习贯彻党的二十大精神座谈会。", "学习贯彻党的二十大精神座谈会"),
        ("7月2日，随州市总工会举行劳动争议调解委员会成立仪式。", "劳动争议调解委员会成立仪式"),
        ("9月2日，东城街道总工会在永乐商场热闹开启“迎中秋游园会”。", "“迎中秋游园会”"),
        ("近日，随州市货车司机集中建会入会仪式在工人文化宫前举行。", "随州市货车司机集中建会入会仪式"),
    ],
)
def test_events_of_unions_of_places(text: str, name: str) -> None:
    assert name in found(text).entities("Activity")


def test_a_visit_by_two_names_is_one() -> None:
    read = found(
        "3月2日，随州市总工会副主席邹敏到高新区开展2024年春节送温暖活动。",
        headline="随州市总工会开展春节送温暖慰问活动",
    )
    assert read.entities("Activity") == {"2024年春节送温暖活动"}


def test_whose_words_are_studied_is_not_there() -> None:
    read = found("7月2日，随州市总工会开展“夏日凉风”慰问活动，贯彻落实周立群书记关于工会工作的重要论述。")
    assert read.pairs("participatesIn") == set()


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("随州市总工会为司机送出总价值达5万元的新春年货大礼包600份。", {"新春年货大礼包"}),
        ("随州市总工会把装有手套和护膝的暖途大礼包送到司机手中。", {"暖途大礼包"}),
        ("驿站里还贴心地配备了防暑药箱、微波炉和饮水机。", set()),
    ],
)
def test_gifts_are_products_and_furniture_is_none(text: str, products: set[str]) -> None:
    assert found(text).entities("Product") == products


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("近日，“乐业港湾”共享职工之家在东城街道启用。", "“乐业港湾”共享职工之家"),
        ("“乐业港湾”共享职工之家位于商场二楼。", "“乐业港湾”共享职工之家"),
        ("7月2日，“夏日凉风”义诊活动在镇中心小学举办。", "镇中心小学"),
        ("7月2日，“夏日凉风”义诊活动在东城街道的泰和金融中心举办。", "泰和金融中心"),
    ],
)
def test_places_of_unions(text: str, name: str) -> None:
    assert name in found(text).entities("Venue")


def test_where_a_house_lies_is_no_scene_of_the_event() -> None:
    read = found("7月2日，东城街道总工会举办“夏日凉风”义诊活动。红星工会驿站位于桃花湾小区内，环境整洁。")
    assert read.pairs("heldAt") == set()


def test_counts_and_firms_behind_places_are_no_persons() -> None:
    read = found("7月2日，随州市总工会送出300张康复理疗卡。活动在随州市龙飞共享物流园举行。")
    assert read.entities("Person") == set()


@pytest.mark.parametrize("text", ["随州三泰装备有限公司工会主席邹敏到会。", "随州百联商贸有限公司工会主席邹敏到会。"])
def test_firms_called_by_a_number(text: str) -> None:
    assert found(text).entities("Enterprise") == {text[: text.index("工会")]}


def test_places_in_the_rank_list_take_part() -> None:
    text = (
        "7月2日，随州市总工会举办职工拔河比赛，随州顺达速递有限公司、随州三泰装备有限公司、随州恒泰纺织有限公司、"
        "随州华远建材有限公司分别获得一、二、三、四名。"
    )
    firms = {"随州顺达速递有限公司", "随州三泰装备有限公司", "随州恒泰纺织有限公司", "随州华远建材有限公司"}
    assert {firm for firm, _ in found(text).pairs("participatesIn")} == firms


def test_a_park_is_one_by_either_form() -> None:
    read = found("随县工业园区工会协办比赛，随县工业园的企业都来了。随县工业园总工会到场。")
    assert len([name for name in read.entities("District") if "园" in name]) == 1


def test_the_full_name_of_a_district_may_stand_in_another_name() -> None:
    read = found("市总工会举办“随州市货车司机集中入会行动”，为随州经济社会发展出力。")
    assert read.entities("District") == {"随州市"}


@pytest.mark.parametrize(
    "text",
    ["通讯员邹敏 9月29日，随州市总工会开展“夏日凉风”慰问活动。", "随州市总工会慰问职工。\n通讯员：何建国，邹敏"],
)
def test_bylines_without_brackets(text: str) -> None:
    assert "邹敏" in {person for _, person in found(*text.split("\n")).pairs("reportedBy")}
