"""Every relation of the ontology in several frames, with its qualifiers; what has not happened is kept apart."""

from __future__ import annotations

import pytest

from kg.model import ARTICLE
from ontology import ontology
from tests.extract.helpers import found, gap

ACT = "“匠心杯”职工技能大赛"
UNION = "石景山区总工会"
STREET = "古城街道总工会"
FIRM = "北京首信机电有限公司"
FOOD = "北京和顺食品有限公司"
ROBOT = "“云小帆”服务机器人"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # active
        (f"{UNION}举办{ACT}。", {(UNION, "host")}),
        (f"近日，{UNION}组织开展了{ACT}。", {(UNION, "host")}),
        (f"{FIRM}承办{ACT}。", {(FIRM, "undertaker")}),
        (f"{FIRM}协办{ACT}。", {(FIRM, "co-host")}),
        (f"{UNION}{ACT}火热开赛。", {(UNION, "host")}),
        (f"在{UNION}的支持下，{FIRM}举办{ACT}。", {(FIRM, "host")}),
        (f"{FIRM}在{UNION}的指导下举办{ACT}。", {(FIRM, "host")}),
        (f"受{UNION}邀请，{FIRM}举办{ACT}。", {(FIRM, "host")}),
        # lists
        (f"{UNION}、{FIRM}和{STREET}联合主办{ACT}。", {(UNION, "host"), (FIRM, "host"), (STREET, "host")}),
        (f"{UNION}携手{FIRM}举办{ACT}。", {(UNION, "host"), (FIRM, "host")}),
        (f"{UNION}与{FIRM}联合开展{ACT}。", {(UNION, "host"), (FIRM, "host")}),
        # 由…
        (
            f"由{UNION}主办、{FIRM}承办、{STREET}协办的{ACT}启动。",
            {(UNION, "host"), (FIRM, "undertaker"), (STREET, "co-host")},
        ),
        (f"{ACT}由{UNION}主办，{FIRM}承办。", {(UNION, "host"), (FIRM, "undertaker")}),
        (f"{ACT}是由{UNION}主办的。", {(UNION, "host")}),
        (f"{ACT}由{UNION}和{STREET}共同主办。", {(UNION, "host"), (STREET, "host")}),
        (f"{ACT}拉开帷幕。此次大赛由{UNION}主办。", {(UNION, "host")}),
        (f"{UNION}主办、{FIRM}承办的{ACT}启动。", {(UNION, "host"), (FIRM, "undertaker")}),
        # what is no body we know stands in the list as well
        (f"{ACT}由{UNION}、城关社区党总支、社区居委会、{STREET}主办。", {(UNION, "host"), (STREET, "host")}),
        (f"由{UNION}、津东工业园主办，{FIRM}承办的{ACT}启动。", {(UNION, "host"), (FIRM, "undertaker")}),
        pytest.param(
            f"{UNION}在{FOOD}举办{ACT}。",
            {(UNION, "host")},
        ),
        # who takes part or is spoken of does not organise
        (f"{UNION}组织辖区职工参加{ACT}。", set()),
        (f"记者从{UNION}获悉，{ACT}即将开始。", set()),
        (f"{UNION}主席陈立新出席{ACT}。", set()),
    ],
)
def test_organizes(text: str, told: set[tuple[str, str]]) -> None:
    assert found(text).qualified("organizes", "role") == {(body, ACT, role) for body, role in told}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{UNION}主席陈立新出席{ACT}并致辞。", {"陈立新"}),
        (f"{UNION}主席陈立新、副主席邹凯参加{ACT}。", {"陈立新", "邹凯"}),
        (f"{UNION}举办{ACT}。{UNION}主席陈立新在活动上致辞。", {"陈立新"}),
        (f"{FIRM}、{FOOD}参加{ACT}。", {FIRM, FOOD}),
        (f"{FIRM}等12家单位参加{ACT}。", {FIRM}),
        # lists of bodies, whatever else stands in them, and their people
        (f"来自{FIRM}、{FOOD}等6家单位的48名职工参加{ACT}。", {FIRM, FOOD}),
        (f"{ACT}开赛。{FIRM}、物业项目部、{FOOD}，以及{STREET}五家单位派队参赛。", {FIRM, FOOD, STREET}),
        (f"{ACT}开赛。{FIRM}装配车间、{FOOD}的选手同台竞技。", {FIRM, FOOD}),
        (f"{ACT}开赛。{FIRM}派出12名选手参赛。", {FIRM}),
        # teams stand for their bodies in the report of a contest
        (f"{ACT}开赛。{FIRM}代表队迎战{FOOD}一队，场面热烈。", {FIRM, FOOD}),
        (f"{ACT}开赛。{FIRM}、{FOOD}跻身四强。", {FIRM, FOOD}),
        (f"“敬老月”志愿服务活动启动。{FIRM}代表队的故事广为流传。", set()),
        # what is no event is not taken part in
        (f"{ACT}开赛。{STREET}参与社区治理。", set()),
        (f"{ACT}开赛。{FIRM}将参加明年的比赛。", set()),
        # who acts there and is no host of it
        (f"{UNION}举办{ACT}。活动现场，{FIRM}与{FOOD}签订合作协议。", {FIRM, FOOD}),
        (f"{UNION}举办{ACT}。会上，{STREET}作经验介绍。", {STREET}),
        (f"{UNION}举办{ACT}。会上，{UNION}发布工作方案。", set()),
        (f"{UNION}举办{ACT}。来自{FIRM}的志愿者忙前忙后。", {FIRM}),
        (f"{UNION}走访{FIRM}，发布工作方案。", set()),
        (f"贺志远在{ACT}中拿了第一。", {"贺志远"}),
        (f"{UNION}举办{ACT}。受{UNION}主席陈立新委托，副主席邹凯看望选手。", {"邹凯"}),
        (f"{ACT}开赛。{FIRM}、{FOOD}等9支代表队脱颖而出。", {FIRM, FOOD}),
        pytest.param(
            f"记者从{UNION}获悉，{ACT}启动。", set()
        ),
        (f"{UNION}将邀请专家。{ACT}很受欢迎。", set()),
    ],
)  # fmt: skip
def test_participates(text: str, told: set[str]) -> None:
    assert found(text).pairs("participatesIn") == {(who, ACT) for who in told}


@pytest.mark.parametrize(
    ("text", "at", "within"),
    [
        (f"{ACT}在古城职工文化宫举行。", {"古城职工文化宫"}, set()),
        (f"{ACT}在首钢园体育馆顺利举办。", {"首钢园体育馆"}, set()),
        (f"{UNION}在首钢园体育馆举办{ACT}。", {"首钢园体育馆"}, set()),
        (f"在首钢园体育馆，{UNION}举办了{ACT}。", {"首钢园体育馆"}, set()),
        (f"{ACT}从妫川广场出发。", {"妫川广场"}, set()),
        (f"{UNION}走进{FOOD}，开展{ACT}。", {FOOD}, set()),
        (f"{UNION}在{FOOD}举办{ACT}。", {FOOD}, set()),
        (f"{ACT}在石景山区举行。", set(), {"石景山区"}),
        (f"{ACT}在石景山区开幕。", set(), {"石景山区"}),
        (f"{ACT}在通州区张家湾镇举行。", set(), {"通州区", "张家湾镇"}),
        (f"{ACT}在延庆区妫川广场举行。", {"妫川广场"}, {"延庆区"}),
        (f"{ACT}在延庆区人民公园和妫川广场同时举行。", {"人民公园", "妫川广场"}, {"延庆区"}),
        (f"{ACT}受到石景山区职工欢迎。", set(), set()),
        (f"{ACT}在妫川广场、{FOOD}和夏都公园举行。", {"妫川广场", FOOD, "夏都公园"}, set()),
        (f"{ACT}分别在延庆区、密云区两地举行。", set(), {"延庆区", "密云区"}),
        (f"{ACT}在红星社区举行。", set(), {"红星社区"}),
        (f"{ACT}走进红星社区。", set(), {"红星社区"}),
        (f"{ACT}第三站来到{FOOD}。", {FOOD}, set()),
        (f"{UNION}举办{ACT}，实操赛场设在{FOOD}。", {FOOD}, set()),
        (f"{ACT}，在妫川广场举行启动仪式。", {"妫川广场"}, set()),
        (f"职工们齐聚妫川广场，参加{ACT}。", {"妫川广场"}, set()),
        (f"5月3日，妫川广场上人头攒动，{UNION}办起{ACT}。", {"妫川广场"}, set()),
        (f"{UNION}在延庆区辖区的康庄夜市启动{ACT}。", {"康庄夜市"}, {"延庆区"}),
        (f"{ACT}在杭召开。", set(), {"杭州市"}),
        (f"{UNION}组织职工前往妫川广场观看{ACT}。", {"妫川广场"}, set()),
        (f"{ACT}在“花城”延庆区举行。", set(), {"延庆区"}),
        ("延庆区总工会开展“送清凉”慰问活动。在妫川广场，慰问组看望职工。", {"妫川广场"}, set()),
        (f"延庆区总工会开展“送清凉”慰问活动。慰问组一行来到{FOOD}，送上西瓜。", {FOOD}, set()),
        (f"{ACT}落幕。图为职工在妫川广场比赛。", {"妫川广场"}, set()),
        (f"{ACT}落幕。记者来到妫川广场，看到不少游人。", set(), set()),
        (f"{ACT}由来自红星社区的职工参加。", set(), set()),
    ],
)
def test_held(text: str, at: set[str], within: set[str]) -> None:
    result = found(text)
    assert {place for _, place in result.pairs("heldAt")} == at
    assert {place for _, place in result.pairs("heldIn")} == within


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{UNION}主席陈立新到场。", {("陈立新", UNION, "主席")}),
        (f"{UNION}党组书记、主席陈立新到场。", {("陈立新", UNION, "党组书记"), ("陈立新", UNION, "主席")}),
        (f"{UNION}主席陈立新、副主席邹凯到场。", {("陈立新", UNION, "主席"), ("邹凯", UNION, "副主席")}),
        (f"{FIRM}总经理陈立新到场。", {("陈立新", FIRM, "总经理")}),
        (f"{FIRM}职工陈立新说，很受鼓舞。", {("陈立新", FIRM, "职工")}),
        (f"贺志远是{FIRM}的焊工。", {("贺志远", FIRM, "焊工")}),
        (
            "石景山区人大常委会副主任、区总工会主席陈立新到场。",
            {("陈立新", "石景山区人大常委会", "副主任"), ("陈立新", UNION, "主席")},
        ),
        ("中国劳动关系学院教授陈立新到场。", {("陈立新", "中国劳动关系学院", "教授")}),
        (f"{UNION}第八次代表大会召开，陈立新当选{UNION}主席。", {("陈立新", UNION, "主席")}),
        pytest.param(f"大会选举陈立新为{UNION}主席。", {("陈立新", UNION, "主席")}),
        (f"陈立新现任{UNION}副主席。", {("陈立新", UNION, "副主席")}),
        (
            f"{UNION}主席陈立新、经审委主任邹凯到场。",
            {("陈立新", UNION, "主席"), ("邹凯", UNION, "经审委主任")},
        ),
        # posts of a firm behind one in its union
        (
            f"{FIRM}工会主席陈立新，总经理邹凯到场。",
            {("陈立新", f"{FIRM}工会", "主席"), ("邹凯", FIRM, "总经理")},
        ),
        (
            f"{UNION}主席陈立新，党组成员、副主席邹凯到场。",
            {("陈立新", UNION, "主席"), ("邹凯", UNION, "党组成员"), ("邹凯", UNION, "副主席")},
        ),
        # the body stands once, in front of the first of a list
        (
            f"{FIRM}党委书记陈立新、总经理邹凯，安全总监柳燕萍到场。",
            {("陈立新", FIRM, "党委书记"), ("邹凯", FIRM, "总经理"), ("柳燕萍", FIRM, "安全总监")},
        ),
        (f"{UNION}主席陈立新和市民邹凯到场。", {("陈立新", UNION, "主席")}),
        (
            f"{UNION}第一届委员会召开会议，推选陈立新为主席，邹凯、柳燕萍同志为副主席。",
            {("陈立新", UNION, "主席"), ("邹凯", UNION, "副主席"), ("柳燕萍", UNION, "副主席")},
        ),
        ("宜昌市劳动模范陈立新到场。", set()),
        # a roll: a line a person
        (
            f"获奖者\n陈立新 {FIRM}质检班班长\n邹 凯 {FIRM}驾驶员",
            {("陈立新", FIRM, "质检班班长"), ("邹凯", FIRM, "驾驶员")},
        ),
        # a post that several hold
        (f"{FIRM}副总经理陈立新、邹凯到场。", {("陈立新", FIRM, "副总经理"), ("邹凯", FIRM, "副总经理")}),
        (f"{FIRM}总经理陈立新、邹凯到场。", {("陈立新", FIRM, "总经理")}),
        (f"{UNION}劳动和经济工作部部长陈立新到场。", {("陈立新", UNION, "劳动和经济工作部部长")}),
        pytest.param(
            "北京市总工会干部学院教授陈立新到场。",
            {("陈立新", "北京市总工会干部学院", "教授")},
            marks=gap("the post is given to 北京市"),
        ),
        ("主席陈立新到场。", set()),
    ],
)
def test_roles(text: str, told: set[tuple[str, str, str]]) -> None:
    assert found(*text.split("\n")).qualified("hasRole", "title") == told


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (f"经通州区总工会批准，{FOOD}工会正式成立。", {(f"{FOOD}工会", "通州区总工会")}),
        ("在通州区总工会的指导下，梨园镇快递行业工会联合会成立。", {("梨园镇快递行业工会联合会", "通州区总工会")}),
        ("今年在通州区总工会推动下成立的梨园镇总工会设立咨询台。", {("梨园镇总工会", "通州区总工会")}),
        (
            f"通州区总工会副主席李伟宣读了《关于同意成立{FOOD}工会的批复》。",
            {(f"{FOOD}工会", "通州区总工会")},
        ),
        (
            "通州区总工会先行调研，组建了覆盖30家企业的通州区家政服务行业工会联合会。",
            {("通州区家政服务行业工会联合会", "通州区总工会")},
        ),
        ("通州区总工会副主席李伟宣读了表彰决定，梨园镇总工会参加。", set()),
        ("通州区总工会组建了“清凉服务队”，梨园镇总工会参加。", set()),
        ("在通州区总工会大力推动下，梨园镇总工会揭牌。", {("梨园镇总工会", "通州区总工会")}),
        pytest.param(f"{FOOD}工会隶属于通州区总工会。", {(f"{FOOD}工会", "通州区总工会")}),
        ("通州区总工会、梨园镇总工会联合发布通知。", set()),
        (f"经通州区人民政府批准，{FOOD}工会正式成立。", set()),
    ],
)
def test_subordinate(text: str, pairs: set[tuple[str, str]]) -> None:
    assert found(text).pairs("subordinateTo") == pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("一家企业在通州区张家湾镇。", {("张家湾镇", "通州区")}),
        (f"{ACT}在延庆区妫川广场举行。", {("妫川广场", "延庆区")}),
        ("北京市公交集团第二客运分公司发布通知。", {("公交集团第二客运分公司", "北京市")}),
        (f"{FOOD}位于通州区。", {(FOOD, "通州区")}),
        (f"{FOOD}总部设在通州区张家湾镇。", {(FOOD, "张家湾镇"), ("张家湾镇", "通州区")}),
        (f"坐落于通州区的{FOOD}有职工300人。", {(FOOD, "通州区")}),
        ("县总工会走进赤城县云帆机械有限公司。", {("云帆机械有限公司", "赤城县")}),
        (f"走进妫川软件园入驻企业{FOOD}，职工正在读书。妫川软件园工会成立。", {(FOOD, "妫川软件园")}),
        # registered so
        ("赤城县云帆机械有限公司获得一等奖。", set()),
        (f"{UNION}位于解放路。", set()),
    ],
)
def test_located(text: str, pairs: set[tuple[str, str]]) -> None:
    assert found(text).pairs("locatedIn") == pairs


@pytest.mark.parametrize(
    ("text", "givers"),
    [
        (f"{FIRM}推出{ROBOT}。", {FIRM}),
        (f"{FIRM}研发的{ROBOT}投入使用。", {FIRM}),
        (f"{ROBOT}由{FIRM}自主研发。", {FIRM}),
        (f"{UNION}和{FIRM}联合推出{ROBOT}。", {UNION, FIRM}),
        (f"{UNION}向职工赠送了{ROBOT}。", {UNION}),
        (f"{UNION}将{ROBOT}送到职工手中。", {UNION}),
        (f"{ROBOT}由{UNION}与{FIRM}联合打造。", {UNION, FIRM}),
        (f"这台{ROBOT}出自{FIRM}。", {FIRM}),
        (f"由{FIRM}等爱心企业提供的{ROBOT}送到了职工手中。", {FIRM}),
        (f"{FOOD}职工领到{UNION}送出的{ROBOT}。", {UNION}),
        (f"{UNION}推出由{FIRM}开发的{ROBOT}。", {UNION, FIRM}),
        (f"{ROBOT}是{UNION}与{FIRM}面向全市会员发行的新品。", {UNION, FIRM}),
        (f"竞赛期间，{FIRM}展示了自主研发的{ROBOT}。", {FIRM}),
        (f"李伟代表{UNION}向职工赠送了{ROBOT}。", {UNION}),
        (f"{ROBOT}很受职工欢迎。", set()),
        (f"{UNION}参观了{ROBOT}。", set()),
    ],
)
def test_provides(text: str, givers: set[str]) -> None:
    assert found(text).pairs("provides") == {(giver, ROBOT) for giver in givers}


def test_roll_of_honour() -> None:
    told = found(
        f"{UNION}举办{ACT}。",
        "“金牌工匠”获得者",
        f"贺志远 {FIRM}钳工",
        f"沈立秋 {FOOD}班组长",
        f"{STREET}主席陈立新说，要向他们学习。",
    )
    assert told.qualified("awards", "honour") == {(ACT, "贺志远", "金牌工匠"), (ACT, "沈立秋", "金牌工匠")}


def test_results_of_another_contest_make_nobody_present() -> None:
    told = found(
        f"{UNION}举办“书香满园”女职工阅读季。",
        f"启动仪式上，公布了第三届“我与工会”征文比赛结果，{FIRM}职工贺志远获一等奖。{STREET}主席陈立新荐书。",
    )
    assert told.pairs("participatesIn") & {("贺志远", "“书香满园”女职工阅读季")} == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{UNION}授予贺志远“京西工匠”称号。", {(UNION, "贺志远", "京西工匠")}),
        (f"{UNION}为{FOOD}颁发“职工之家”奖牌。", {(UNION, FOOD, "职工之家")}),
        (f"{UNION}授予{FOOD}“五一劳动奖状”。", {(UNION, FOOD, "五一劳动奖状")}),
        (f"在{ACT}中，{FOOD}职工贺志远获得一等奖。", {(ACT, "贺志远", "一等奖")}),
        (f"{ACT}落幕。{FOOD}荣获优秀组织奖。", {(ACT, FOOD, "优秀组织奖")}),
        pytest.param(
            f"贺志远被{UNION}授予“京西工匠”称号。",
            {(UNION, "贺志远", "京西工匠")},
        ),
        # lists of winners
        (
            f"{ACT}落幕。{FIRM}获得一等奖，{FOOD}、{STREET}获得二等奖。",
            {(ACT, FIRM, "一等奖"), (ACT, FOOD, "二等奖"), (ACT, STREET, "二等奖")},
        ),
        (f"{ACT}落幕。{FIRM}凭借《车间来信》摘得桂冠。", {(ACT, FIRM, "桂冠")}),
        (f"{ACT}落幕。{FIRM}的《车间来信》、{FOOD}的《灯火》获得金奖。", {(ACT, FIRM, "金奖"), (ACT, FOOD, "金奖")}),
        (f"{ACT}落幕。{FIRM}代表队笑到最后，捧走冠军奖杯。", {(ACT, FIRM, "冠军")}),
        (f"{ACT}落幕。{FIRM}夺冠，{FOOD}位列第三。", {(ACT, FIRM, "冠军"), (ACT, FOOD, "第三")}),
        (f"{ACT}落幕。人气奖由{FIRM}收入囊中。", {(ACT, FIRM, "人气奖")}),
        (
            f"{ACT}落幕。{FIRM}职工贺志远、{FOOD}沈立秋拿到二等奖。",
            {(ACT, "贺志远", "二等奖"), (ACT, "沈立秋", "二等奖")},
        ),
        (
            f"{ACT}落幕。一等奖：贺志远；二等奖：沈立秋、邹凯。",
            {(ACT, "贺志远", "一等奖"), (ACT, "沈立秋", "二等奖"), (ACT, "邹凯", "二等奖")},
        ),
        # the giver behind the verb, in front of a list, or of a deed before
        (f"贺志远获得{UNION}授予的“京西工匠”称号。", {(UNION, "贺志远", "京西工匠")}),
        (f"{UNION}对{FIRM}、{FOOD}等6家单位予以通报表扬。", {(UNION, FIRM, ""), (UNION, FOOD, "")}),
        (
            f"{UNION}授予{FIRM}“先进集体”称号，授予贺志远“京西工匠”称号。",
            {(UNION, FIRM, "先进集体"), (UNION, "贺志远", "京西工匠")},
        ),
        (
            f"{ACT}落幕。近日，{UNION}印发《关于表彰先进集体的决定》，{FIRM}被授予“先进集体”称号。",
            {(UNION, FIRM, "先进集体")},
        ),
        # teams by their sport, people of any calling, a family name that is a word as well
        (f"{ACT}落幕。{FIRM}职工羽毛球队、{FOOD}篮球队夺得冠军。", {(ACT, FIRM, "冠军"), (ACT, FOOD, "冠军")}),
        (f"{ACT}落幕。曾令秋等12名裁判员获得优秀裁判员奖。", {(ACT, "曾令秋", "优秀裁判员奖")}),
        # what the event gives
        (f"{ACT}落幕。会上，为{FIRM}、{FOOD}颁奖。", {(ACT, FIRM, ""), (ACT, FOOD, "")}),
        # no honours: what is handed out, what is long ago, what winners do
        (f"{UNION}为{FIRM}颁发聘书。", set()),
        (f"{UNION}主席陈立新为{FOOD}工会授牌。", set()),
        (f"{ACT}落幕。{FIRM}收获了“大礼包”。", set()),
        (f"工作座谈会在京召开。近年来，{FIRM}先后荣获“安康杯”优胜奖。", set()),
        (f"{ACT}落幕。贺志远为获奖选手送上祝福。", set()),
        # nothing is won at a visit: what is told of honours is of another time
        (f"{UNION}开展“送清凉”慰问活动。{FIRM}工会获评“模范职工之家”。", set()),
        (f"{UNION}开展“夏日书香”活动。荣获全国五一劳动奖状的{FIRM}到场。", set()),
        pytest.param(f"记者从{UNION}获悉，{ACT}启动。", set()),
        (f"{UNION}召开表彰大会，{FOOD}职工到场。", set()),
    ],
)
def test_awards(text: str, told: set[tuple[str, str, str]]) -> None:
    assert found(text).qualified("awards", "honour") == told


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("海淀区总工会对口帮扶内蒙古自治区敖汉旗。", {("海淀区总工会", "敖汉旗")}),
        ("北京市朝阳区对口支援河北省张北县。", {("朝阳区", "张北县")}),
        ("海淀区总工会采购对口帮扶地区敖汉旗的农产品。", {("海淀区总工会", "敖汉旗")}),
        ("海淀区总工会与赤城县总工会开展结对共建。", {("海淀区总工会", "赤城县总工会")}),
        (
            "大集旨在帮助东莞对口支援的图木舒克市和省内结对帮扶的韶关市销售农产品，由虎门镇总工会协办。",
            {("东莞", "图木舒克市"), ("东莞", "韶关市")},
        ),
        ("海淀区总工会到敖汉旗考察。", set()),
    ],
)
def test_supports(text: str, pairs: set[tuple[str, str]]) -> None:
    assert found(text).pairs("supports") == pairs


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("快递员马小军说：“有了驿站，我们有地方歇脚了。”", {"有了驿站，我们有地方歇脚了。"}),
        ("“有了驿站，我们有地方歇脚了。”快递员马小军说。", {"有了驿站，我们有地方歇脚了。"}),
        ("“有了驿站，”快递员马小军说，“我们有地方歇脚了。”", {"有了驿站，", "我们有地方歇脚了。"}),
        ("马小军告诉记者：“比赛对我们帮助很大。”", {"比赛对我们帮助很大。"}),
        ("对于今后的工作，马小军说：“我们会把‘家’建好，请大家放心。”", {"我们会把‘家’建好，请大家放心。"}),
        (f"“我们会继续办下去。”{UNION}主席马小军表示。", {"我们会继续办下去。"}),
        ("马小军获得“京西工匠”称号。", set()),
        ("快递员马小军说，有地方歇脚了。", set()),
        ("“太好了！”大家纷纷说道。", set()),
    ],
)
def test_quotes(text: str, quotes: set[str]) -> None:
    assert found(text).qualified("quotedIn", "quote") == {("马小军", ARTICLE, quote) for quote in quotes}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{UNION}举办{ACT}。", "happened"),
        (f"{UNION}举办了{ACT}。", "happened"),
        pytest.param(f"{UNION}将举办{ACT}。", "planned"),
        (f"{UNION}将于5月举办{ACT}。", "planned"),
        (f"{UNION}即将启动{ACT}。", "planned"),
        (f"{UNION}拟举办{ACT}。", "planned"),
        pytest.param(f"下一步，{UNION}还将举办{ACT}。", "planned"),
        pytest.param(f"{UNION}将召开{ACT}。", "planned"),
        pytest.param(f"{UNION}将主办{ACT}。", "planned"),
        (f"因天气原因，{UNION}推迟举办{ACT}。", "denied"),
        (f"{UNION}没有举办{ACT}。", "denied"),
        (f"{UNION}未能举办{ACT}。", "denied"),
        (f"{UNION}取消举办{ACT}。", "denied"),
        pytest.param(f"{UNION}未举办{ACT}。", "denied"),
        pytest.param(f"{UNION}计划举办{ACT}。", "planned"),
    ],
)
def test_what_has_not_happened_is_kept_apart(text: str, status: str) -> None:
    result = found(text)
    assert {s.status for s in result.statements("organizes")} == {status}
    assert result.pairs("organizes", status=status) == {(UNION, ACT)}


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        (f"{ACT}将在石景山区举行。", "heldIn"),
        (f"{ACT}将于5月在首钢园体育馆举行。", "heldAt"),
        pytest.param(f"{UNION}将推出{ROBOT}。", "provides"),
        pytest.param(f"{UNION}将授予贺志远“京西工匠”称号。", "awards"),
    ],
)
def test_plans_of_other_relations(text: str, predicate: str) -> None:
    assert {s.status for s in found(text).statements(predicate)} == {"planned"}


@pytest.mark.parametrize(
    "text", [f"近日，{UNION}举办了{ACT}，大赛将持续到9月。", f"3月8日，{UNION}举办了{ACT}，获奖者将代表全区参赛。"]
)
def test_a_later_plan_does_not_undo_what_happened(text: str) -> None:
    result = found(text)
    assert {s.status for s in result.statements("organizes")} == {"happened"}


def test_a_later_plan_does_not_undo_the_date() -> None:
    result = found(f"近日，{UNION}举办了{ACT}，大赛将持续到9月。")
    assert {s.status for s in result.statements("date")} == {"happened"}


def test_every_relation_is_read_somewhere() -> None:
    made = {"mentions", "onPage"}  # by resolve, from the mentions themselves
    text = (
        f"本报讯（记者 沈若溪）3月8日，由{UNION}主办的{ACT}在石景山区首钢园体育馆举行，{UNION}主席陈立新出席并致辞。",
        f"“比赛让我学到了很多，收获很大。”{FIRM}职工马小军说。{UNION}授予马小军“京西工匠”称号。",
        f"{FIRM}研发的{ROBOT}亮相。经{UNION}批准，{STREET}正式成立。海淀区总工会对口帮扶内蒙古自治区敖汉旗。",
    )
    result = found(*text)
    assert set(ontology.relations) - made == {s.predicate for s in result.extraction.statements} & set(
        ontology.relations
    )
