"""What the sample graph answers, written down by hand, and for each question a change that changes the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["ANSWERS", "Answer", "Plant", "add", "change", "drop", "node"]

Row = tuple[object, ...]
Plant = Callable[[Any], None]


@dataclass(frozen=True)
class Answer:
    """The rows of a query, `facts` last, and how `plant` changes them: rows lost and rows gained, without facts."""

    query: str
    rows: Sequence[Row]
    plant: Plant
    lost: Sequence[Row] = ()
    gained: Sequence[Row] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)


def drop(*keys: str) -> Plant:
    """Take facts out of the graph."""

    def plant(graph: Any) -> None:
        for subject, obj, key in list(graph.edges(keys=True)):
            if key in keys:
                graph.remove_edge(subject, obj, key)

    return plant


def add(like: str, key: str, subject: str, obj: str, **changes: object) -> Plant:
    """Put a fact into the graph that says of others what the fact `like` says."""

    def plant(graph: Any) -> None:
        (data,) = (data for _, _, name, data in graph.edges(keys=True, data=True) if name == like)
        graph.add_edge(subject, obj, key)
        graph.edges[subject, obj, key].update({**data, "key": key, **changes})

    return plant


def change(key: str, **changes: object) -> Plant:
    """Change what a fact says."""

    def plant(graph: Any) -> None:
        for _, _, name, data in graph.edges(keys=True, data=True):
            if name == key:
                data.update(changes)

    return plant


def node(key: str, **changes: object) -> Plant:
    """Change what a node bears."""

    def plant(graph: Any) -> None:
        graph.nodes[key].update(changes)

    return plant


FAIR, CONTEST, READING, VISIT, SPORTS = "第三届春风送岗位招聘会", "职工技能大赛", "读书会", "困难职工慰问", "职工运动会"
BEIJING, XICHENG, YUETAN, SHANGHAI = "北京市总工会", "西城区总工会", "月坛街道总工会", "上海市总工会"
DONGCHENG, DAXING = "东城区总工会", "大兴区总工会"
JINGHUA, YUANFAN, PUJIANG = "京华机械有限公司", "远帆物流有限公司", "浦江纺织有限公司"
PAPER = "京华工报"
SAYS_1 = "岗位送到家门口，大家才用得上。"
SAYS_2 = "市总工会的好做法值得学。"
SAYS_3 = "机器是我们自己造的。"
A1, A2, A3, A4 = "西城区总工会送岗位到街道", "全市职工技能大赛开赛", "近日两地工会牵手", "上海职工运动会举行"

ANSWERS: tuple[Answer, ...] = (
    Answer(
        "unions-by-activity",
        [
            (BEIJING, 2, "2025-03-27", "2025-04-16", ["org-contest-b", "org-visit"]),
            (YUETAN, 2, "2025-03-08", "2025-04-30", ["org-fair-y", "org-reading"]),
            (SHANGHAI, 1, "2025-05-18", "2025-05-18", ["org-sports-s"]),
            (XICHENG, 1, "2025-03-08", "2025-03-08", ["org-fair-x"]),
        ],
        change("org-cool", status="happened"),
        lost=[(XICHENG, 1, "2025-03-08", "2025-03-08")],
        gained=[(XICHENG, 2, "2025-03-08", "2025-06-30")],
    ),
    Answer(
        "unions-by-activity",
        [(SHANGHAI, 1, "2025-05-18", "2025-05-18", ["org-sports-s"])],
        node("sports", start="2025-04-18", end="2025-04-18"),
        lost=[(SHANGHAI, 1, "2025-05-18", "2025-05-18")],
        parameters={"since": "2025-05-01", "until": "2025-05-31"},
    ),
    Answer(
        "activities-in-district",
        [
            (FAIR, "2025-03-08", "2025-03-08", "西城区工人文化宫", ["at-fair", "in-palace", "in-xicheng"]),
            (READING, "2025-04-01", "2025-04-30", "月坛街道", ["at-reading", "in-xicheng", "in-yuetan"]),
            (CONTEST, "2025-04-12", "2025-04-13", JINGHUA, ["at-contest", "in-daxing", "in-jinghua"]),
            (CONTEST, "2025-04-12", "2025-04-13", "大兴区", ["at-contest-in", "in-daxing"]),
        ],
        drop("in-yuetan"),
        lost=[(READING, "2025-04-01", "2025-04-30", "月坛街道")],
        parameters={"district": "北京"},
    ),
    Answer(
        "people-roles",
        [
            ("李梅", "主席", YUETAN, "TradeUnion", ["2025-03-12"], 1, ["role-li"]),
            ("王建国", "主席", XICHENG, "TradeUnion", ["2025-03-12"], 1, ["role-wang-x"]),
            ("王建国", "副主席", BEIJING, "TradeUnion", ["2025-04-16", "2025-05-21"], 2, ["role-wang-b"]),
            ("赵强", "焊工", JINGHUA, "Enterprise", ["2025-04-16"], 1, ["role-zhao"]),
        ],
        change("role-li", title="副主席"),
        lost=[("李梅", "主席", YUETAN, "TradeUnion", ["2025-03-12"], 1)],
        gained=[("李梅", "副主席", YUETAN, "TradeUnion", ["2025-03-12"], 1)],
    ),
    Answer(
        "people-roles",
        [("王建国", "主席", XICHENG, "TradeUnion", ["2025-03-12"], 1, ["role-wang-x"])],
        drop("role-wang-x"),
        lost=[("王建国", "主席", XICHENG, "TradeUnion", ["2025-03-12"], 1)],
        parameters={"person": "王建国", "body": "区总工会"},
    ),
    Answer(
        "neighbourhood",
        [
            ("→", "ORGANIZES", FAIR, "Activity", "主办", 1, ["org-fair-x"]),
            ("→", "PARTICIPATES_IN", READING, "Activity", "", 1, ["part-reading"]),
            ("→", "SUBORDINATE_TO", BEIJING, "TradeUnion", "", 1, ["sub-xicheng"]),
            ("→", "UNION_OF", "西城区", "District", "", 1, ["of-xicheng"]),
            ("←", "HAS_ROLE", "王建国", "Person", "主席", 1, ["role-wang-x"]),
            ("←", "SUBORDINATE_TO", YUETAN, "TradeUnion", "", 1, ["sub-yuetan"]),
        ],
        add("helps-shanghai", "helps-new", "u-xicheng", "u-shanghai"),
        gained=[("→", "SUPPORTS", SHANGHAI, "TradeUnion", "", 1)],
        parameters={"name": XICHENG},
    ),
    Answer(
        "enterprises-reached",
        [
            (JINGHUA, "activity", FAIR, ["org-fair-x", "part-fair-j"]),
            (YUANFAN, "activity", FAIR, ["org-fair-x", "part-fair-y"]),
        ],
        add("sub-yuetan", "sub-yuanfan", "u-yuanfan", "u-yuetan"),
        gained=[(YUANFAN, "union", "远帆物流有限公司工会")],
        parameters={"union": XICHENG},
    ),
    Answer(
        "enterprises-reached",
        [(JINGHUA, "union", "京华机械有限公司工会", ["of-jinghua", "sub-jinghua"])],
        drop("sub-jinghua"),
        lost=[(JINGHUA, "union", "京华机械有限公司工会")],
        parameters={"union": DAXING},
    ),
    Answer(
        "co-organisers",
        [
            (SHANGHAI, PUJIANG, 1, [SPORTS], ["org-sports-p", "org-sports-s"]),
            (JINGHUA, BEIJING, 1, [CONTEST], ["org-contest-b", "org-contest-j"]),
            (YUETAN, XICHENG, 1, [FAIR], ["org-fair-x", "org-fair-y"]),
        ],
        add("org-reading", "org-reading-x", "u-xicheng", "reading"),
        lost=[(YUETAN, XICHENG, 1, [FAIR])],
        gained=[(YUETAN, XICHENG, 2, [FAIR, READING])],
    ),
    Answer(
        "co-organisers",
        [(BEIJING, JINGHUA, 1, [CONTEST], ["org-contest-b", "org-contest-j"])],
        change("org-contest-j", status="denied"),
        lost=[(BEIJING, JINGHUA, 1, [CONTEST])],
        parameters={"name": BEIJING},
    ),
    Answer(
        "unions-without-activity",
        [
            (DONGCHENG, "东城区", "District", 1, ["mention-a3-u-dongcheng", "of-dongcheng"]),
            ("京华机械有限公司工会", JINGHUA, "Enterprise", 1, ["mention-a2-u-jinghua", "of-jinghua"]),
            (DAXING, "大兴区", "District", 1, ["mention-a2-u-daxing", "of-daxing"]),
            ("远帆物流有限公司工会", YUANFAN, "Enterprise", 1, ["mention-a1-u-yuanfan", "of-yuanfan"]),
        ],
        change("org-walk-said", status="happened"),
        lost=[(DONGCHENG, "东城区", "District", 1)],
    ),
    Answer(
        "unions-without-activity",
        [
            ("京华机械有限公司工会", JINGHUA, "Enterprise", 1, ["mention-a2-u-jinghua", "of-jinghua"]),
            ("远帆物流有限公司工会", YUANFAN, "Enterprise", 1, ["mention-a1-u-yuanfan", "of-yuanfan"]),
        ],
        add("part-reading", "part-new", "u-yuanfan", "reading"),
        lost=[("远帆物流有限公司工会", YUANFAN, "Enterprise", 1)],
        parameters={"body_type": "Enterprise"},
    ),
    Answer(
        "activities-by-month",
        [
            ("", 1, [VISIT], ["org-visit"]),
            ("2025-03", 1, [FAIR], ["at-fair", "org-fair-x", "org-fair-y", "part-fair-j", "part-fair-y"]),
            (
                "2025-04",
                2,
                [READING, CONTEST],
                [
                    "at-contest",
                    "at-contest-in",
                    "at-reading",
                    "org-contest-b",
                    "org-contest-j",
                    "org-reading",
                    "part-contest",
                    "part-reading",
                ],
            ),
            ("2025-05", 1, [SPORTS], ["at-sports", "org-sports-p", "org-sports-s"]),
        ],
        node("visit", start="2025-04-02"),
        lost=[("", 1, [VISIT]), ("2025-04", 2, [READING, CONTEST])],
        gained=[("2025-04", 3, [READING, VISIT, CONTEST])],
    ),
    Answer(
        "quotes",
        [
            ("王建国", SAYS_1, A1, PAPER, "2025-03-12", ["quote-wang-1"]),
            ("王建国", SAYS_2, A4, PAPER, "2025-05-21", ["quote-wang-2"]),
            ("赵强", SAYS_3, A2, PAPER, "2025-04-16", ["quote-zhao"]),
        ],
        drop("quote-wang-2"),
        lost=[("王建国", SAYS_2, A4, PAPER, "2025-05-21")],
    ),
    Answer(
        "supports",
        [("西城区", "和田市", 2, ["helps-hetian"]), (BEIJING, SHANGHAI, 1, ["helps-shanghai"])],
        change("helps-hetian", status="planned"),
        lost=[("西城区", "和田市", 2)],
    ),
    Answer(
        "evidence",
        [
            (
                DONGCHENG,
                "ORGANIZES",
                "健步走",
                status,
                PAPER,
                "2025-04-16",
                "2",
                "p2",
                "7",
                "有消息称东城区总工会举办健步走，东城区总工会表示并未举办。",
                "organizes.hand",
                0.9,
                [key],
            )
            for status, key in (("denied", "org-walk-denied"), ("reported", "org-walk-said"))
        ],
        change("org-walk-said", status="planned"),
        lost=[
            (
                DONGCHENG,
                "ORGANIZES",
                "健步走",
                "reported",
                PAPER,
                "2025-04-16",
                "2",
                "p2",
                "7",
                "有消息称东城区总工会举办健步走，东城区总工会表示并未举办。",
                "organizes.hand",
                0.9,
            )
        ],
        gained=[
            (
                DONGCHENG,
                "ORGANIZES",
                "健步走",
                "planned",
                PAPER,
                "2025-04-16",
                "2",
                "p2",
                "7",
                "有消息称东城区总工会举办健步走，东城区总工会表示并未举办。",
                "organizes.hand",
                0.9,
            )
        ],
        parameters={"one": "健步走", "other": DONGCHENG},
    ),
    Answer(
        "shortest-path",
        [
            (
                4,
                ["李梅", YUETAN, FAIR, JINGHUA, "智能焊接机"],
                ["HAS_ROLE", "ORGANIZES", "PARTICIPATES_IN", "PROVIDES"],
                ["gives-welder", "org-fair-y", "part-fair-j", "role-li"],
            )
        ],
        add("role-li", "role-li-2", "li", "jinghua"),
        lost=[
            (
                4,
                ["李梅", YUETAN, FAIR, JINGHUA, "智能焊接机"],
                ["HAS_ROLE", "ORGANIZES", "PARTICIPATES_IN", "PROVIDES"],
            )
        ],
        gained=[(2, ["李梅", JINGHUA, "智能焊接机"], ["HAS_ROLE", "PROVIDES"])],
        parameters={"from": "李梅", "to": "智能焊接机"},
    ),
    Answer(
        "shortest-path",
        [(2, ["赵强", BEIJING, XICHENG], ["AWARDS", "SUBORDINATE_TO"], ["award-zhao", "sub-xicheng"])],
        drop("sub-xicheng"),
        lost=[(2, ["赵强", BEIJING, XICHENG], ["AWARDS", "SUBORDINATE_TO"])],
        gained=[  # two ways of the same length
            (3, ["赵强", JINGHUA, FAIR, XICHENG], ["HAS_ROLE", "PARTICIPATES_IN", "ORGANIZES"]),
            (3, ["赵强", BEIJING, "王建国", XICHENG], ["AWARDS", "HAS_ROLE", "HAS_ROLE"]),
        ],
        parameters={"from": "赵强", "to": XICHENG},
    ),
    Answer(
        "venues",
        [
            (JINGHUA, "Enterprise", 1, [CONTEST], ["at-contest"]),
            ("西城区工人文化宫", "Venue", 1, [FAIR], ["at-fair"]),
        ],
        add("at-fair", "at-sports-2", "sports", "palace"),
        lost=[("西城区工人文化宫", "Venue", 1, [FAIR])],
        gained=[("西城区工人文化宫", "Venue", 2, [FAIR, SPORTS])],
    ),
    Answer(
        "venues",
        [("西城区工人文化宫", "Venue", 1, [FAIR], ["at-fair"])],
        drop("in-palace"),
        lost=[("西城区工人文化宫", "Venue", 1, [FAIR])],
        parameters={"district": "西城区"},
    ),
    Answer(
        "awards",
        [
            (CONTEST, "优秀组织单位", JINGHUA, ["award-jinghua"]),
            (BEIJING, "首都劳动奖章", "赵强", ["award-zhao"]),
        ],
        change("award-zhao", honour="五一劳动奖章"),
        lost=[(BEIJING, "首都劳动奖章", "赵强")],
        gained=[(BEIJING, "五一劳动奖章", "赵强")],
    ),
    Answer(
        "products",
        [
            (JINGHUA, "Enterprise", "智能焊接机", ["gives-welder"]),
            ("北京市职工服务中心", "Organization", "职工普惠卡", ["gives-card"]),
        ],
        node("centre", type="Venue"),
        lost=[("北京市职工服务中心", "Organization", "职工普惠卡")],
        gained=[("北京市职工服务中心", "Venue", "职工普惠卡")],
    ),
    Answer(
        "union-hierarchy",
        [(XICHENG, BEIJING, 1, True, ["sub-xicheng"]), (YUETAN, XICHENG, 2, True, ["sub-xicheng", "sub-yuetan"])],
        change("sub-xicheng", inferred=False),
        lost=[(XICHENG, BEIJING, 1, True), (YUETAN, XICHENG, 2, True)],
        gained=[(XICHENG, BEIJING, 1, False), (YUETAN, XICHENG, 2, False)],
        parameters={"union": BEIJING},
    ),
    Answer(
        "articles-about",
        [
            (A1, PAPER, "2025-03-12", "3", "p1", 2, ["mention-a1-u-yuetan"]),
            (A3, PAPER, "2025-04-16", "2", "p2", 1, ["mention-a3-u-yuetan"]),
        ],
        node("a3", issueDate="2025-04-17"),
        parameters={"name": "街道总工会"},
        lost=[(A3, PAPER, "2025-04-16", "2", "p2", 1)],
        gained=[(A3, PAPER, "2025-04-17", "2", "p2", 1)],
    ),
    Answer(
        "reporters",
        [("陈思", "记者", 2, [A1, A2], ["by-chen-1", "by-chen-2"]), ("周宁", "通讯员", 1, [A1], ["by-zhou"])],
        drop("by-chen-1"),
        lost=[("陈思", "记者", 2, [A1, A2])],
        gained=[("陈思", "记者", 1, [A2])],
    ),
    Answer(
        "planned-activities",
        [(XICHENG, "夏送清凉活动", "2025-06-01", "2025-06-30", ["org-cool"])],
        change("org-reading", status="planned"),
        gained=[(YUETAN, READING, "2025-04-01", "2025-04-30")],
    ),
    Answer(
        "unconfirmed",
        [
            (DONGCHENG, "ORGANIZES", "健步走", "denied", ["org-walk-denied"]),
            (XICHENG, "ORGANIZES", "夏送清凉活动", "planned", ["org-cool"]),
            (DONGCHENG, "ORGANIZES", "健步走", "reported", ["org-walk-said"]),
        ],
        change("role-li", status="reported"),
        gained=[("李梅", "HAS_ROLE", YUETAN, "reported")],
    ),
    Answer(
        "participants",
        [
            (YUETAN, "TradeUnion", "ORGANIZES", "主办", ["org-fair-y"]),
            (XICHENG, "TradeUnion", "ORGANIZES", "主办", ["org-fair-x"]),
            (JINGHUA, "Enterprise", "PARTICIPATES_IN", "", ["part-fair-j"]),
            (YUANFAN, "Enterprise", "PARTICIPATES_IN", "", ["part-fair-y"]),
        ],
        add("part-contest", "part-li", "li", "fair"),
        gained=[("李梅", "Person", "PARTICIPATES_IN", "")],
        parameters={"activity": "春风送岗位招聘会"},
    ),
    Answer(
        "people-in-several-bodies",
        [("王建国", 2, [BEIJING, XICHENG], ["role-wang-b", "role-wang-x"])],
        add("role-li", "role-li-2", "li", "centre"),
        gained=[("李梅", 2, ["北京市职工服务中心", YUETAN])],
    ),
    Answer(
        "districts-by-activity",
        [
            (
                "北京市",
                3,
                [
                    "at-contest",
                    "at-contest-in",
                    "at-fair",
                    "at-reading",
                    "in-daxing",
                    "in-jinghua",
                    "in-palace",
                    "in-xicheng",
                    "in-yuetan",
                ],
            ),
            ("西城区", 2, ["at-fair", "at-reading", "in-palace", "in-yuetan"]),
            ("上海市", 1, ["at-sports", "in-pudong"]),
            ("大兴区", 1, ["at-contest", "at-contest-in", "in-jinghua"]),
            ("月坛街道", 1, ["at-reading"]),
            ("浦东新区", 1, ["at-sports"]),
        ],
        drop("at-reading"),
        lost=[("北京市", 3), ("西城区", 2), ("月坛街道", 1)],
        gained=[("北京市", 2), ("西城区", 1)],
    ),
    Answer(
        "activity-series",
        [("春风送岗位招聘会", "3", FAIR, "2025-03-08", [YUETAN, XICHENG], ["org-fair-x", "org-fair-y"])],
        node("reading", series="读书会"),
        gained=[("读书会", "", READING, "2025-04-01", [YUETAN])],
    ),
    Answer(
        "largest-activities",
        [
            (
                FAIR,
                100,
                None,
                "百余名",
                "2025-03-08",
                ["at-fair", "org-fair-x", "org-fair-y", "part-fair-j", "part-fair-y"],
            )
        ],
        node("contest", countText="近千名", countMax=1000),
        gained=[(CONTEST, None, 1000, "近千名", "2025-04-12")],
    ),
    Answer(
        "unions-in-district",
        [
            ("京华机械有限公司工会", JINGHUA, "Enterprise", ["in-jinghua", "of-jinghua"]),
            (DAXING, "大兴区", "District", ["of-daxing"]),
        ],
        add("in-jinghua", "in-yuanfan", "yuanfan", "daxing"),
        gained=[("远帆物流有限公司工会", YUANFAN, "Enterprise")],
        parameters={"district": "大兴区"},
    ),
    Answer(
        "timeline",
        [
            ("2025-03-08", "2025-03-08", False, FAIR, "PARTICIPATES_IN", "", ["part-fair-j"]),
            ("2025-04-12", "2025-04-13", False, CONTEST, "HELD_AT", "", ["at-contest"]),
            ("2025-04-12", "2025-04-13", False, CONTEST, "ORGANIZES", "承办", ["org-contest-j"]),
        ],
        node("contest", vague=True),
        lost=[
            ("2025-04-12", "2025-04-13", False, CONTEST, "HELD_AT", ""),
            ("2025-04-12", "2025-04-13", False, CONTEST, "ORGANIZES", "承办"),
        ],
        gained=[
            ("2025-04-12", "2025-04-13", True, CONTEST, "HELD_AT", ""),
            ("2025-04-12", "2025-04-13", True, CONTEST, "ORGANIZES", "承办"),
        ],
        parameters={"name": "京华机械"},
    ),
    Answer(
        "well-sourced",
        [
            ("王建国", "HAS_ROLE", BEIJING, 2, ["role-wang-b"]),
            ("西城区", "SUPPORTS", "和田市", 2, ["helps-hetian"]),
            (YUETAN, "UNION_OF", "月坛街道", 2, ["of-yuetan"]),
        ],
        change("role-li", sources=3),
        gained=[("李梅", "HAS_ROLE", YUETAN, 3)],
    ),
)
