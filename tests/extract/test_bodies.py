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


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "梁志明，男，1975年3月出生，中共党员，现任随州顺达机械有限公司维修车间班长。",
            ("梁志明", "随州顺达机械有限公司", "维修车间班长"),
        ),
        (
            "2003年，梁志明技校毕业后进入随州顺达机械有限公司，成为一名钳工。",
            ("梁志明", "随州顺达机械有限公司", "钳工"),
        ),
        ("梁志明毕业后就职于随州顺达机械有限公司，担任质检员。", ("梁志明", "随州顺达机械有限公司", "质检员")),
        (
            "随州顺达机械有限公司的梁志明，是一名维修工程师，深受好评。",
            ("梁志明", "随州顺达机械有限公司", "维修工程师"),
        ),
        ("梁志明，随州顺达机械有限公司首席技师，先后荣获多项荣誉。", ("梁志明", "随州顺达机械有限公司", "首席技师")),
        (
            "随州顺达公司工会组织开展“安康杯”知识竞赛。副总经理邹敏为获奖职工颁奖。",
            ("邹敏", "随州顺达公司", "副总经理"),  # of the only firm
        ),
        (
            "随州顺达机械有限公司召开首届工会会员大会。邹敏同志当选为公司第一届工会委员会主席。",
            ("邹敏", "随州顺达机械有限公司", "主席"),
        ),
        (
            "慰问组一行来到随州顺达机械有限公司，看望了市劳动模范、车工班班长梁志明。",
            ("梁志明", "随州顺达机械有限公司", "班长"),
        ),
        (
            "随州顺达机械有限公司党委副书记、工会主席、监事会主席邹敏到会。",
            ("邹敏", "随州顺达机械有限公司", "监事会主席"),
        ),
        (
            "随州市总工会副主席劳燕，市总工会经费审查委员会主任邹敏出席。",
            ("邹敏", "随州市总工会", "经费审查委员会主任"),
        ),
        (
            "随州公交集团8路3021车的司机梁志明获表彰。",
            ("梁志明", "随州公交集团", "8路3021车的司机"),
        ),
    ],
)
def test_posts_in_the_story_of_a_person(text: str, role: tuple[str, str, str]) -> None:
    assert role in found(text).qualified("hasRole", "title")


def test_a_list_of_people_gives_no_post_to_the_one_before() -> None:
    roles = found("梁志明，随州顺达机械有限公司总经理邹敏出席仪式。").pairs("hasRole")
    assert roles == {("邹敏", "随州顺达机械有限公司")}


def test_the_hero_of_a_report_goes_on_without_a_name() -> None:
    read = found(
        "焊工梁志明正在忙碌。梁志明今年48岁，梁志明说他爱这一行。",
        "1995年，他进入随州顺达机械有限公司，当起了电焊工。",
        headline="梁志明：焊花里的匠心",
    )
    assert ("梁志明", "随州顺达机械有限公司", "电焊工") in read.qualified("hasRole", "title")


def test_a_calling_is_no_post_of_a_place() -> None:
    assert found("随州公交司机梁志明被评为劳动模范。").pairs("hasRole") == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("总经理邹敏致辞，职工方发言说要落实合同。", {"邹敏"}),
        ("驾驶员邹敏成为了榜样。", {"邹敏"}),
        ("女工委主任邹翠作了题为《绽放》的发言。", {"邹翠"}),
        ("班长邹建以98.5分的成绩夺得第一名。", {"邹建"}),
        ("柏宝莲、嵇维民、稽伟民、马建军获三等奖。", {"柏宝莲", "嵇维民", "稽伟民", "马建军"}),
        ("孟立忠、柯伟彬、韩立周获奖。", {"孟立忠", "柯伟彬", "韩立周"}),
        ("授予柏凯等15名同志先进个人称号。", {"柏凯"}),
        ("运动会在陈家渡体育公园举行。", set()),
        ("何敏，男，1980年5月生，今年45岁的何敏很忙。", {"何敏"}),
    ],
)
def test_where_the_name_of_a_person_ends(text: str, names: set[str]) -> None:
    assert found(text).entities("Person") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("职工到中铁大桥局、中铁北京工程局观摩。", {"中铁大桥局", "中铁北京工程局"}),
        ("国家能源集团承办竞赛。", {"国家能源集团"}),
        (
            "襄阳九合装备有限公司、漳州市无尘轩工艺品有限公司获奖。",
            {"襄阳九合装备有限公司", "漳州市无尘轩工艺品有限公司"},
        ),
        ("随州市召开顺达机械有限公司座谈会。", {"顺达机械有限公司"}),
        ("先后到亚星爱普林、金玉兰和浩然育苗等公司授牌。", {"亚星爱普林", "金玉兰", "浩然育苗"}),
        ("竞赛在三机（襄阳）搬运机械有限公司举行。", {"三机（襄阳）搬运机械有限公司"}),
        ("金飞集团旗下随州金飞专汽公司获奖。", {"金飞集团", "随州金飞专汽公司"}),
        ("来自中石油川南钻探公司的选手参赛。", {"中石油川南钻探公司"}),
        ("中石化代表队获奖，中石化荆南页岩气公司派员观摩。", {"中石化", "中石化荆南页岩气公司"}),
        ("随州市贝朗电器有限公司签约，随州贝朗电器有限公司职工拍手。", {"随州市贝朗电器有限公司"}),
        ("开展厂务公开民主管理，随州市2021年度厂务公开示范单位揭晓。", set()),
    ],
)
def test_firms(text: str, names: set[str]) -> None:
    assert found(text).entities("Enterprise") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("会议在充分肯定随南针织行业工会成绩的同时提出要求。", {"随南针织行业工会"}),
        ("大会选举产生公司工会组织。", set()),
        ("随南矿业二号煤矿工会被授予荣誉。", {"随南矿业二号煤矿工会"}),
        ("随州高新区（曾都区）总工会举办团拜会。", {"随州高新区（曾都区）总工会"}),
    ],
)
def test_where_the_name_of_a_union_starts(text: str, names: set[str]) -> None:
    assert found(text).entities("TradeUnion") == names


def test_a_group_is_no_branch() -> None:
    read = found("集团公司工会及一分公司工会慰问职工。集团公司工会主席邹敏，一分公司工会主席梁志明参加。")
    assert ("邹敏", "一分公司工会") not in read.pairs("hasRole")


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (
            "近日，湖北省总工会表彰了模范职工之家，顺达集团取得好成绩。其中，随南矿业公司工会被授予模范职工之家称号。",
            ("湖北省总工会", "随南矿业公司工会"),
        ),
        ("2012年，随州市总工会评选邹敏华为“五一先锋”。", ("随州市总工会", "邹敏华")),
        (
            "中华全国总工会公布2025年大国工匠人才名单，顺达集团邹敏华、梁志明荣登榜单。",
            ("中华全国总工会", "邹敏华"),
        ),
        (
            "随州市职工技能大赛5日闭幕。顺达集团邹敏华从众多选手中脱颖而出，获得“随州市技术能手”称号。",
            ("随州市职工技能大赛", "邹敏华"),
        ),
        (
            "在第三届大国工匠论坛前夕，中华全国总工会公布大国工匠人才名单，其中顺达集团邹敏华、梁志明荣登榜单。",
            ("中华全国总工会", "梁志明"),
        ),
        (
            "顺达集团庆祝“五一”国际劳动节表彰大会5日召开。大会授予一建集团等12家单位先进集体称号，授予邹敏华等15名同志先进个人称号。",
            ("庆祝“五一”国际劳动节表彰大会", "邹敏华"),
        ),
        (
            "随州市职工技能大赛5日闭幕。会上，邹敏华同志荣获湖北省国防邮电工会优秀工会工作者称号。",
            ("湖北省国防邮电工会", "邹敏华"),
        ),
    ],
)
def test_who_gives_honours(text: str, given: tuple[str, str]) -> None:
    assert given in found(text).pairs("awards")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("11月20日的电工技能比赛中，37名选手参加了实操考核。", {"电工技能比赛"}),
        ("首届豫鄂矿山钻探职工技能竞赛在随州举行。", {"首届豫鄂矿山钻探职工技能竞赛"}),
        ("5月29日，沿江绿道改造提升工程劳动竞赛举行。", {"沿江绿道改造提升工程劳动竞赛"}),
        ("随州市总工会在工地开展劳动竞赛暨“三送”慰问活动。", {"劳动竞赛暨“三送”慰问活动"}),
        ("他要求大家积极开展技术创新、技能大比武等活动。", set()),
        ("“全省先进集体和先进个人”每五年评选一次。", set()),
    ],
)
def test_events(text: str, names: set[str]) -> None:
    assert found(text).entities("Activity") == names


def test_a_habit_is_not_what_this_event_comes_back_to() -> None:
    read = found(
        "10月8日，“爱心杯”职工羽毛球赛在随州举行。",
        "项目部持续开展“先锋岗”活动。",
        "此次活动由随州市总工会举办。",
    )
    assert ("随州市总工会", "“爱心杯”职工羽毛球赛") in read.pairs("organizes")


def test_works_are_where_something_is_held() -> None:
    read = found("5月20日，“大干一百天”劳动竞赛启动仪式在荆南国际机场二期扩建项目举行。")
    assert read.pairs("heldAt") == {("“大干一百天”劳动竞赛启动仪式", "荆南国际机场二期扩建项目")}


def test_a_workshop_is_where_its_firm_is() -> None:
    read = found("5月15日，“工匠行”宣讲活动在随州顺达机械有限公司车间举行。")
    assert read.entities("Venue") == set()
    assert "随州顺达机械有限公司" in read.entities("Enterprise")


def test_what_was_told_of_the_time_before_is_no_taking_part() -> None:
    read = found("在第三届大国工匠论坛前夕，顺达集团邹敏华荣登榜单。", "第三届大国工匠论坛5日开幕。")
    assert read.pairs("participatesIn") == set()


def test_who_is_honoured_first_honours_nobody() -> None:
    read = found(
        "顺达集团庆祝“五一”国际劳动节表彰大会5日召开。大会授予一建集团等12家单位先进集体称号，授予邹敏华等15名同志先进个人称号。"
    )
    assert ("一建集团", "邹敏华") not in read.pairs("awards")


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("图为部分工匠在活动现场合影。本报记者 邹敏华 本报通讯员 梁志明 摄",),  # behind the last sentence
        ("发布时间：2023-10-23 作者：邹敏华/文 梁志明/图 点击：", "近日，随州市总工会开展活动。"),
        ("来源：劳动报 时间：2023-10-23 09:20 记者：邹敏华 通讯员：梁志明", "近日，随州市总工会开展活动。"),
    ],
)
def test_credits(paragraphs: tuple[str, ...]) -> None:
    assert {name for _, name in found(*paragraphs).pairs("reportedBy")} == {"邹敏华", "梁志明"}


@pytest.mark.parametrize("credit", ["（记者邹敏华）", "（记者 邹敏华）", "（通讯员邹敏华）", "（本报记者邹敏华）"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("随州市总工会", "TradeUnion"),
        ("市环卫集团工会", "TradeUnion"),
        ("随州顺达机械有限公司", "Enterprise"),
        ("随州顺达机械集团有限公司第三工程分公司", "Enterprise"),
    ],
)
def test_who_reports_is_no_part_of_the_name_behind_the_bracket(credit: str, name: str, kind: str) -> None:
    read = found(f"本报讯{credit}{name}7月2日举办“爱心杯”职工羽毛球赛。")
    assert name in read.entities(kind)
    assert read.entities("Person") == {"邹敏华"}
    assert read.pairs("organizes") == {(name, "“爱心杯”职工羽毛球赛")}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        (
            "随州市地铁运营有限公司第1车务分公司工会有了新主席。",
            "TradeUnion",
            "随州市地铁运营有限公司第1车务分公司工会",
        ),
        (
            "3月2日，随州顺达物流集团有限公司第一装配分公司获奖。",
            "Enterprise",
            "随州顺达物流集团有限公司第一装配分公司",
        ),
        ("3月2日，随州市教育工会、天津市南开区总选派骨干参训。", "TradeUnion", "天津市南开区总工会"),
        ("3月2日，全总授予邹敏华奖章。", "TradeUnion", "全国总工会"),
        ("3月2日，湖北省总工会副主席史淑平和市总工会主席邹敏华到会。", "Person", "史淑平"),
        ("市总工会主席邹敏致开幕辞。", "Person", "邹敏"),
    ],
)
def test_where_names_begin_and_end(text: str, kind: str, name: str) -> None:
    assert name in found(text).entities(kind)


def test_what_is_safe_is_no_federation() -> None:
    assert found("3月2日，安全总监邹敏华到会。").entities("TradeUnion") == set()


def test_who_is_elected_with_remarks_in_brackets() -> None:
    read = found(
        "大会选举产生随州市总工会第六届委员会。周立群当选为随州市总工会主席，"
        "何建国、邹敏（女）、龙爱平（兼）、唐海波（挂职）当选为副主席。",
        headline="随州市工会第六次代表大会召开",
    )
    vice = {person for person, _, title in read.qualified("hasRole", "title") if title == "副主席"}
    assert vice == {"何建国", "邹敏", "龙爱平", "唐海波"}
    assert read.entities("TradeUnion") == {"随州市总工会"}  # of the congress, and what it elects


@pytest.mark.parametrize("who", ["省、市总工会", "省市总工会"])
def test_unions_of_two_levels_in_one_word(who: str) -> None:
    text = f"由{who}联合主办的第四届荆楚职工文化节6月3日开幕。湖北省总工会副主席周立群、随州市总工会主席何建国出席。"
    hosts = {union for union, _ in found(text).pairs("organizes")}
    assert hosts == {"湖北省总工会", "随州市总工会"}
    assert found(f"大会传达了{who}有关会议精神。").entities("TradeUnion") == set()


def test_unions_of_so_many_places_are_none_by_name() -> None:
    text = "随州市总工会帮助15个乡镇、开发区工会恢复服务。曾都经济开发区建设提速。"
    assert found(text).entities("TradeUnion") == {"随州市总工会"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "随州市总工会副主席周立群，市总工会经费审查委员会主任何建国出席签约仪式。",
            ("何建国", "随州市总工会", "经费审查委员会主任"),
        ),
        ("曾都区委副书记何建国到会。", ("何建国", "曾都区", "区委副书记")),
    ],
)
def test_posts_in_committees(text: str, role: tuple[str, str, str]) -> None:
    assert role in found(text).qualified("hasRole", "title")


@pytest.mark.parametrize(
    "text",
    [
        "8月5日，随州市总工会专门拨出专款20万元，帮助恩施市总工会困难职工帮扶中心恢复功能。",
        "随州市总工会筹集资金10万元支援恩施市总工会。",
    ],
)
def test_who_pays_for_another_union_helps_it(text: str) -> None:
    assert found(text).pairs("supports") == {("随州市总工会", "恩施市总工会")}


@pytest.mark.parametrize(
    ("text", "unions"),
    [
        # the federation of a place, called by its unions
        ("随州市工会第八次代表大会召开。市总工会主席何建国作报告。", {"随州市工会"}),
        (
            "湖北省恩施土家族苗族自治州总工会开展慰问。恩施州总工会副主席邹敏到会。",
            {"湖北省恩施土家族苗族自治州总工会"},
        ),
        ("在随州市总工会-恩施市总工会结对座谈会上，双方交流了经验。", {"随州市总工会", "恩施市总工会"}),
        # a union of a trade below a federation; what is carried out is of no name
        ("随州市总工会教科文卫工会副主席邹敏到会。", {"随州市总工会教科文卫工会"}),
        ("会议就贯彻落实中国工会十八大精神提出要求。", set()),
        ("季梁街道总工会专职工会社会工作者邹敏到会。", {"季梁街道总工会"}),
        # of the city in the headline, not of the town whose office plays
        ("3月2日，宜城市住建局代表队夺冠。本次联赛由市总工会主办。", {"襄阳市总工会"}),
    ],
)
def test_which_unions(text: str, unions: set[str]) -> None:
    headline = "襄阳市职工篮球联赛落幕" if "宜城" in text else ""
    assert found(text, headline=headline).entities("TradeUnion") == unions


def test_the_union_of_a_trade_is_of_the_place_of_the_federation() -> None:
    assert ("湖北省总工会政法卫生工会", "湖北省") in found("湖北省总工会政法卫生工会副主席邹敏到会。").pairs("unionOf")


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("来自区保安公司、市公交公司的职工参加了活动。", {"区保安公司", "市公交公司"}),
        ("3月2日，随州发行集团有限责任公司工会召开大会。", {"随州发行集团有限责任公司"}),
        ("活动由随州临港经济集团发展有限公司承办。", {"随州临港经济集团发展有限公司"}),
        ("比赛中，随州电信队获得冠军，湖北移动队获得亚军。", {"随州电信", "湖北移动"}),
        ("随州市总工会联合市邮政公司、市邮政储蓄银行举办活动。", {"市邮政公司", "市邮政储蓄银行"}),
        ("市直公司、县属公司的职工参加了活动。", set()),
    ],
)
def test_which_firms(text: str, firms: set[str]) -> None:
    assert found(text).entities("Enterprise") == firms


def test_who_has_a_name_that_goes_on() -> None:
    text = (
        "市政协副主席何荣正，随州市总工会主席邹桂珍号召职工学习先进。区妇联主席李敏致辞。"
        "在临安白玉两地座谈会上，双方签约。"
    )
    assert found(text).entities("Person") == {"何荣正", "邹桂珍", "李敏"}


def test_a_post_of_the_government_is_none_in_the_body_before() -> None:
    text = "市人大副主任何建国，副市长邹敏，市政协副主席周立群出席。"
    assert {person for person, _ in found(text).pairs("hasRole")} == {"何建国", "周立群"}


def test_who_joins_in_gives_as_well() -> None:
    text = "随州市总工会整合多方资源，联合随州农商银行，共同推出“随州工会普惠卡”。"
    givers = {giver for giver, _ in found(text).pairs("provides")}
    assert givers == {"随州市总工会", "随州农商银行"}


@pytest.mark.parametrize(
    ("text", "unions"),
    [
        ("全总党组成员、书记处书记何建国出席全国工会职工书屋论坛。", {"全国总工会"}),
        ("何建国一行到西藏类乌齐县，并向类乌齐县总捐赠了资金。", {"类乌齐县总工会"}),
        # the one that goes there is another
        (
            "市总工会党组书记何建国到库车市考察。市总工会考察组与库车市总工会座谈，看望宁波援疆干部。",
            {"宁波市总工会", "库车市总工会"},
        ),
    ],
)
def test_short_names_of_unions(text: str, unions: set[str]) -> None:
    assert found(text).entities("TradeUnion") == unions


def test_a_troupe_and_a_name_like_a_place() -> None:
    text = "领导小组组长李守镇到会。评委来自严良堃合唱团。"
    assert found(text).entities("Person") == {"李守镇"}


def test_the_one_union_of_the_article_has_the_post_that_names_none() -> None:
    text = "随县何店镇机关工会组织健步走。随着工会副主席邹敏叩响发令枪，活动开始。"
    assert ("邹敏", "何店镇机关工会") in {(p, u.removeprefix("随县")) for p, u in found(text).pairs("hasRole")}


def test_who_gives_money_to_a_union_helps_it() -> None:
    text = "仪式上，何建国代表随州市总工会向恩施市总工会捐助资金10万元。"
    assert ("随州市总工会", "恩施市总工会") in found(text).pairs("supports")


@pytest.mark.parametrize("brand", ["启航", "远航", "腾飞"])
def test_firms_are_called_by_words_that_are_no_nouns(brand: str) -> None:
    read = found(f"3月2日，{brand}电力设备集团有限公司举办“爱心杯”技能大赛。市总工会与{brand}医药科技有限公司签约。")
    assert read.entities("Enterprise") == {f"{brand}电力设备集团有限公司", f"{brand}医药科技有限公司"}
    assert (f"{brand}公司工会", f"{brand}公司") in found(f"3月2日，{brand}公司工会举办运动会。").pairs("unionOf")


def test_a_house_by_its_number_is_part_of_a_place() -> None:
    read = found("3月2日，“爱心集市”活动在季梁里16号院3号楼会议室举行。")
    assert read.pairs("heldAt") == {("“爱心集市”活动", "季梁里16号院3号楼会议室")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("3月2日，“匠心讲堂”在文化宫开讲。", {"“匠心讲堂”"}),
        ("3月2日，随州市总工会举办“劳模夜校”。", {"“劳模夜校”"}),
        ("随州市总工会打造“匠心讲堂”，服务职工。", set()),  # a brand, on no day
    ],
)
def test_a_lesson_on_a_day_is_an_event(text: str, names: set[str]) -> None:
    assert found(text).entities("Activity") == names


def test_who_shares_the_first_places() -> None:
    text = "“爱心杯”职工羽毛球赛5日举行，邹敏华、梁志明、何建国分获前三名。"
    assert {winner for _, winner in found(text).pairs("awards")} == {"邹敏华", "梁志明", "何建国"}


@pytest.mark.parametrize(
    "text",
    [
        # an officer of the firm that is visited, or of nobody that the article names
        "随州市总工会到顺达机械有限公司走访。工会主席邹敏华介绍了公司职工之家建设情况。",
        # the place is where somebody goes
        "区委常委、总工会主席邹敏华带队赴椒江区学习。",
        # what is wished is no post
        "邹敏华在顺达机械有限公司，希望大家当好主人翁、做好安全员。",
        "邹敏华在顺达机械有限公司，为职工做讲解员。",
    ],
)
def test_whose_post_is_not_told(text: str) -> None:
    assert found(text).pairs("hasRole") == set()


def test_what_a_firm_does_is_not_its_name() -> None:
    assert found("3月2日，企业开拓公司市场，跨越集团发展瓶颈，职工圆梦公司。").entities("Enterprise") == set()
    assert found("3月2日，邹金全总主持会议。").entities("TradeUnion") == set()


def test_a_holiday_to_come_takes_no_prize_away() -> None:
    text = "在端午节来临之际，随州市第二届职工运动会上，顺达公司荣获一等奖。"
    assert found(text).pairs("awards") == {("随州市第二届职工运动会", "顺达公司")}
    early = "在随州市职工运动会前夕，市总工会副主席邹敏华参加了火炬传递。"
    assert ("邹敏华", "随州市职工运动会") not in found(early).pairs("participatesIn")


@pytest.mark.parametrize("place", ["困难职工家中", "敬老院", "新时代文明实践中"])
def test_visits_to_no_named_place_are_no_event(place: str) -> None:
    assert found(f"3月2日，随州市总工会到{place}开展走访慰问活动。").entities("Activity") == set()


def test_who_speaks_of_what_is_planned_was_at_nothing() -> None:
    text = "随州市总工会计划于3月20日举办“书香”职工读书节。随州市总工会主席邹敏华表示，读书节将邀请10家企业参加。"
    assert found(text, issue_date="2025-03-13").pairs("participatesIn") == set()


@pytest.mark.parametrize("verb", ["到", "赴", "为"])
def test_who_goes_to_a_firm_is_not_of_its_name(verb: str) -> None:
    read = found(f"3月2日，随州市总工会主席邹敏{verb}随州奋进物流有限公司慰问职工。")
    assert read.entities("Enterprise") == {"随州奋进物流有限公司"}
    assert ("邹敏", "随州市总工会") in read.pairs("hasRole")


def test_a_firm_with_a_short_name_in_brackets_is_no_district() -> None:
    read = found(
        "3月2日，随州云帆软件有限公司（以下简称云帆软件）工会举办“爱心杯”羽毛球赛。云帆软件工会主席邹敏华致辞。"
    )
    assert read.entities("District") == set()
    assert read.pairs("unionOf") == {("随州云帆软件有限公司工会", "随州云帆软件有限公司")}
    assert ("邹敏华", "随州云帆软件有限公司工会") in read.pairs("hasRole")


def test_unions_of_three_levels_in_one_word() -> None:
    text = (
        "由省、市、县总工会共同主办的“爱心杯”职工羽毛球赛5日举行。"
        "湖北省总工会副主席周立群、随州市总工会主席何建国、随县总工会主席邹敏出席。"
    )
    assert {union for union, _ in found(text).pairs("organizes")} == {"湖北省总工会", "随州市总工会", "随县总工会"}
