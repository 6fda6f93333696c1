"""A small graph made by hand, in the form kg.graph gives: every class, every relation, every status.

Four invented articles on three pages. Keys are readable here, so that answers can be written down by hand; real ones
are hashes. Whoever changes it changes the answers in tests/queries/answers.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache

import networkx as nx

from ontology import ontology

__all__ = ["ARTICLES", "WORKSPACE", "sample_graph"]

WORKSPACE = "sample"

# article -> (page, headline, what is printed, one sentence a line; its first line stands on line 3 of the page)
ARTICLES: Mapping[str, tuple[str, str, str]] = {
    "a1": (
        "p1",
        "西城区总工会送岗位到街道",
        "西城区总工会送岗位到街道\n"
        "3月8日，西城区总工会与月坛街道总工会联合主办的第三届春风送岗位招聘会在西城区工人文化宫举行。\n"
        "京华机械有限公司、远帆物流有限公司参加，百余名职工到场。\n"
        "“岗位送到家门口，大家才用得上。”西城区总工会主席王建国说。\n"
        "月坛街道总工会是西城区总工会的下级组织，主席李梅介绍，该中心开发的职工普惠卡由北京市职工服务中心提供。\n"
        "西城区总工会将于6月举办夏送清凉活动。\n",
    ),
    "a2": (
        "p2",
        "全市职工技能大赛开赛",
        "全市职工技能大赛开赛\n"
        "4月12日至13日，北京市总工会主办、京华机械有限公司承办的职工技能大赛在京华机械有限公司举行。\n"
        "大赛地点位于大兴区，焊工赵强参加比赛，北京市总工会授予他“首都劳动奖章”。\n"
        "北京市总工会副主席王建国出席。\n"
        "“机器是我们自己造的。”赵强说。\n"
        "京华机械有限公司研制的智能焊接机\n同时亮相，公司工会隶属大兴区总工会。\n"
        "大赛授予京华机械有限公司“优秀组织单位”。\n",
    ),
    "a3": (
        "p2",
        "近日两地工会牵手",
        "近日两地工会牵手\n"
        "近日，北京市总工会开展困难职工慰问。\n"
        "西城区对口帮扶和田市，北京市总工会结对上海市总工会。\n"
        "月坛街道总工会4月举办读书会，西城区总工会参加，地点在月坛社区学校。\n"
        "有消息称东城区总工会举办健步走，东城区总工会表示并未举办。\n",
    ),
    "a4": (
        "p3",
        "上海职工运动会举行",
        "上海职工运动会举行\n"
        "5月18日，上海市总工会在浦东新区举办职工运动会，浦江纺织有限公司协办。\n"
        "西城区对口帮扶和田市已有三年。\n"
        "北京市总工会副主席王建国到场祝贺，“市总工会的好做法值得学。”他说。\n",
    ),
}

_PAGES = {"p1": ("2025-03-12", "3"), "p2": ("2025-04-16", "2"), "p3": ("2025-05-21", "1")}
_PAPER = "京华工报"

_ENTITIES: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("beijing", "District", "北京市", {"code": "110000", "aliases": ["北京"]}),
    ("xicheng", "District", "西城区", {"code": "110102"}),
    ("yuetan", "District", "月坛街道", {}),
    ("dongcheng", "District", "东城区", {"code": "110101"}),
    ("daxing", "District", "大兴区", {"code": "110115"}),
    ("shanghai", "District", "上海市", {"code": "310000", "aliases": ["上海"]}),
    ("pudong", "District", "浦东新区", {"code": "310115"}),
    ("hetian", "District", "和田市", {"code": "653201"}),
    ("u-beijing", "TradeUnion", "北京市总工会", {"aliases": ["市总工会"]}),
    ("u-shanghai", "TradeUnion", "上海市总工会", {"aliases": ["市总工会"]}),
    ("u-xicheng", "TradeUnion", "西城区总工会", {"aliases": ["区总工会"]}),
    ("u-dongcheng", "TradeUnion", "东城区总工会", {}),
    ("u-daxing", "TradeUnion", "大兴区总工会", {}),
    (
        "u-yuetan",
        "TradeUnion",
        "月坛街道总工会",
        {"aliases": ["街道总工会"], "formerKeys": ["u-yuetan-1", "u-yuetan-2"]},
    ),
    ("u-jinghua", "TradeUnion", "京华机械有限公司工会", {"aliases": ["公司工会"]}),
    ("u-yuanfan", "TradeUnion", "远帆物流有限公司工会", {}),
    ("jinghua", "Enterprise", "京华机械有限公司", {"aliases": ["京华机械"]}),
    ("yuanfan", "Enterprise", "远帆物流有限公司", {}),
    ("pujiang", "Enterprise", "浦江纺织有限公司", {}),
    ("centre", "Organization", "北京市职工服务中心", {"aliases": ["该中心"]}),
    ("school", "Organization", "月坛社区学校", {}),
    ("palace", "Venue", "西城区工人文化宫", {}),
    ("card", "Product", "职工普惠卡", {}),
    ("welder", "Product", "智能焊接机", {}),
    ("wang", "Person", "王建国", {}),
    ("li", "Person", "李梅", {}),
    ("zhao", "Person", "赵强", {}),
    ("chen", "Person", "陈思", {}),
    ("zhou", "Person", "周宁", {}),
    (
        "fair",
        "Activity",
        "第三届春风送岗位招聘会",
        {
            "aliases": ["春风送岗位招聘会"],
            "start": "2025-03-08",
            "end": "2025-03-08",
            "precision": "day",
            "vague": False,
            "dateText": "3月8日",
            "series": "春风送岗位招聘会",
            "edition": "3",
            "countText": "百余名",
            "countMin": 100,
            "countApproximate": True,
            "countUnit": "人",
        },
    ),
    (
        "contest",
        "Activity",
        "职工技能大赛",
        {
            "start": "2025-04-12",
            "end": "2025-04-13",
            "precision": "interval",
            "vague": False,
            "dateText": "4月12日至13日",
        },
    ),
    (
        "reading",
        "Activity",
        "读书会",
        {"start": "2025-04-01", "end": "2025-04-30", "precision": "month", "vague": False, "dateText": "4月"},
    ),
    (
        "visit",
        "Activity",
        "困难职工慰问",
        {"start": "2025-03-27", "end": "2025-04-16", "precision": "interval", "vague": True, "dateText": "近日"},
    ),
    (
        "sports",
        "Activity",
        "职工运动会",
        {"start": "2025-05-18", "end": "2025-05-18", "precision": "day", "vague": False, "dateText": "5月18日"},
    ),
    (
        "cool",
        "Activity",
        "夏送清凉活动",
        {"start": "2025-06-01", "end": "2025-06-30", "precision": "month", "vague": False, "dateText": "6月"},
    ),
    ("walk", "Activity", "健步走", {}),
)

# key, subject, predicate, object, status, where it is said (article, words that tell the sentence), qualifiers
_Fact = tuple[str, str, str, str, str, tuple[tuple[str, str], ...], dict[str, str | bool | list[str]]]
_FACTS: tuple[_Fact, ...] = (
    ("in-xicheng", "xicheng", "locatedIn", "beijing", "happened", (("a1", "3月8日"),), {}),
    ("in-yuetan", "yuetan", "locatedIn", "xicheng", "happened", (("a1", "是西城区"),), {}),
    ("in-dongcheng", "dongcheng", "locatedIn", "beijing", "happened", (("a3", "健步走"),), {}),
    ("in-daxing", "daxing", "locatedIn", "beijing", "happened", (("a2", "大兴区，"),), {}),
    ("in-pudong", "pudong", "locatedIn", "shanghai", "happened", (("a4", "浦东"),), {}),
    ("in-palace", "palace", "locatedIn", "xicheng", "happened", (("a1", "3月8日"),), {}),
    ("in-jinghua", "jinghua", "locatedIn", "daxing", "happened", (("a2", "大兴区，"),), {}),
    ("in-school", "school", "locatedIn", "yuetan", "happened", (("a3", "读书会"),), {}),
    ("of-beijing", "u-beijing", "unionOf", "beijing", "happened", (("a2", "4月12日"),), {}),
    ("of-shanghai", "u-shanghai", "unionOf", "shanghai", "happened", (("a4", "5月18日"),), {}),
    ("of-xicheng", "u-xicheng", "unionOf", "xicheng", "happened", (("a1", "3月8日"),), {}),
    ("of-dongcheng", "u-dongcheng", "unionOf", "dongcheng", "happened", (("a3", "健步走"),), {}),
    ("of-daxing", "u-daxing", "unionOf", "daxing", "happened", (("a2", "隶属"),), {}),
    ("of-yuetan", "u-yuetan", "unionOf", "yuetan", "happened", (("a1", "3月8日"), ("a3", "读书会")), {}),
    ("of-jinghua", "u-jinghua", "unionOf", "jinghua", "happened", (("a2", "隶属"),), {}),
    ("of-yuanfan", "u-yuanfan", "unionOf", "yuanfan", "happened", (("a1", "远帆"),), {}),
    ("sub-yuetan", "u-yuetan", "subordinateTo", "u-xicheng", "happened", (("a1", "下级组织"),), {}),
    ("sub-jinghua", "u-jinghua", "subordinateTo", "u-daxing", "happened", (("a2", "隶属"),), {}),
    ("sub-xicheng", "u-xicheng", "subordinateTo", "u-beijing", "happened", (("a1", "3月8日"),), {"inferred": True}),
    ("org-fair-x", "u-xicheng", "organizes", "fair", "happened", (("a1", "3月8日"),), {"role": "主办"}),
    ("org-fair-y", "u-yuetan", "organizes", "fair", "happened", (("a1", "3月8日"),), {"role": "主办"}),
    ("org-contest-b", "u-beijing", "organizes", "contest", "happened", (("a2", "4月12日"),), {"role": "主办"}),
    ("org-contest-j", "jinghua", "organizes", "contest", "happened", (("a2", "4月12日"),), {"role": "承办"}),
    ("org-reading", "u-yuetan", "organizes", "reading", "happened", (("a3", "读书会"),), {"role": "主办"}),
    ("org-visit", "u-beijing", "organizes", "visit", "happened", (("a3", "近日，"),), {"role": "主办"}),
    ("org-sports-s", "u-shanghai", "organizes", "sports", "happened", (("a4", "5月18日"),), {"role": "主办"}),
    ("org-sports-p", "pujiang", "organizes", "sports", "happened", (("a4", "5月18日"),), {"role": "协办"}),
    ("org-cool", "u-xicheng", "organizes", "cool", "planned", (("a1", "夏送清凉"),), {"role": "主办"}),
    ("org-walk-denied", "u-dongcheng", "organizes", "walk", "denied", (("a3", "健步走"),), {"role": "主办"}),
    ("org-walk-said", "u-dongcheng", "organizes", "walk", "reported", (("a3", "健步走"),), {"role": "主办"}),
    ("at-fair", "fair", "heldAt", "palace", "happened", (("a1", "3月8日"),), {}),
    ("at-contest", "contest", "heldAt", "jinghua", "happened", (("a2", "4月12日"),), {}),
    ("at-contest-in", "contest", "heldIn", "daxing", "happened", (("a2", "大兴区，"),), {}),
    ("at-sports", "sports", "heldIn", "pudong", "happened", (("a4", "5月18日"),), {}),
    ("at-reading", "reading", "heldIn", "yuetan", "happened", (("a3", "读书会"),), {}),
    ("part-fair-j", "jinghua", "participatesIn", "fair", "happened", (("a1", "参加，"),), {}),
    ("part-fair-y", "yuanfan", "participatesIn", "fair", "happened", (("a1", "参加，"),), {}),
    ("part-contest", "zhao", "participatesIn", "contest", "happened", (("a2", "焊工"),), {}),
    ("part-reading", "u-xicheng", "participatesIn", "reading", "happened", (("a3", "读书会"),), {}),
    (
        "role-wang-x",
        "wang",
        "hasRole",
        "u-xicheng",
        "happened",
        (("a1", "王建国"),),
        {"title": "主席", "seen": ["2025-03-12"]},
    ),
    (
        "role-wang-b",
        "wang",
        "hasRole",
        "u-beijing",
        "happened",
        (("a2", "王建国"), ("a4", "王建国")),
        {"title": "副主席", "seen": ["2025-04-16", "2025-05-21"]},
    ),
    ("role-li", "li", "hasRole", "u-yuetan", "happened", (("a1", "李梅"),), {"title": "主席", "seen": ["2025-03-12"]}),
    (
        "role-zhao",
        "zhao",
        "hasRole",
        "jinghua",
        "happened",
        (("a2", "焊工"),),
        {"title": "焊工", "seen": ["2025-04-16"]},
    ),
    (
        "quote-wang-1",
        "wang",
        "quotedIn",
        "a1",
        "happened",
        (("a1", "岗位送到"),),
        {"quote": "岗位送到家门口，大家才用得上。"},
    ),
    ("quote-zhao", "zhao", "quotedIn", "a2", "happened", (("a2", "自己造的"),), {"quote": "机器是我们自己造的。"}),
    (
        "quote-wang-2",
        "wang",
        "quotedIn",
        "a4",
        "happened",
        (("a4", "好做法"),),
        {"quote": "市总工会的好做法值得学。"},
    ),
    ("gives-card", "centre", "provides", "card", "happened", (("a1", "普惠卡"),), {}),
    ("gives-welder", "jinghua", "provides", "welder", "happened", (("a2", "智能焊接机"),), {}),
    (
        "award-zhao",
        "u-beijing",
        "awards",
        "zhao",
        "happened",
        (("a2", "劳动奖章"),),
        {"honour": "首都劳动奖章"},
    ),
    (
        "award-jinghua",
        "contest",
        "awards",
        "jinghua",
        "happened",
        (("a2", "优秀组织"),),
        {"honour": "优秀组织单位"},
    ),
    (
        "helps-hetian",
        "xicheng",
        "supports",
        "hetian",
        "happened",
        (("a3", "对口帮扶"), ("a4", "对口帮扶")),
        {},
    ),
    ("helps-shanghai", "u-beijing", "supports", "u-shanghai", "happened", (("a3", "结对"),), {}),
    ("by-chen-1", "a1", "reportedBy", "chen", "happened", (("a1", "送岗位到街道"),), {"role": "记者"}),
    ("by-zhou", "a1", "reportedBy", "zhou", "happened", (("a1", "送岗位到街道"),), {"role": "通讯员"}),
    ("by-chen-2", "a2", "reportedBy", "chen", "happened", (("a2", "开赛"),), {"role": "记者"}),
    ("on-a1", "a1", "onPage", "p1", "happened", (), {}),
    ("on-a2", "a2", "onPage", "p2", "happened", (), {}),
    ("on-a3", "a3", "onPage", "p2", "happened", (), {}),
    ("on-a4", "a4", "onPage", "p3", "happened", (), {}),
)


def sample_graph() -> nx.MultiDiGraph[str]:
    """Return a fresh copy of the sample, nodes and edges in sorted order."""
    return deepcopy(_graph())


@cache
def _graph() -> nx.MultiDiGraph[str]:
    nodes = {key: _node(key, kind, name, more) for key, kind, name, more in _ENTITIES}
    for number, (key, (page, headline, text)) in enumerate(ARTICLES.items(), start=1):
        issued, page_number = _PAGES[page]
        more = {
            "headline": headline,
            "headlineMade": False,
            "kicker": "",
            "page": page,
            "issueDate": issued,
            "paper": _PAPER,
            "pageNumber": page_number,
            "number": number,
            "textSha256": hashlib.sha256(text.encode()).hexdigest(),
        }
        nodes[key] = _node(key, "Article", headline, more)
    for key, (issued, page_number) in _PAGES.items():
        more = {
            "source": f"{key}.md",
            "paper": _PAPER,
            "issueDate": issued,
            "pageNumber": page_number,
            "sha256": "0" * 64,
        }
        nodes[key] = _node(key, "Page", f"{_PAPER} {issued} 第{page_number}版", more)
    facts = [*_FACTS, *_mentions()]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key in sorted(nodes):
        graph.add_node(key, **nodes[key])
    for key, subject, predicate, obj, status, said, qualifiers in sorted(facts, key=lambda fact: fact[0]):
        ontology.check_triple(str(nodes[subject]["type"]), predicate, str(nodes[obj]["type"]))
        graph.add_edge(subject, obj, key)
        graph.edges[subject, obj, key].update(_edge(key, predicate, status, said, qualifiers))
    return graph


def _node(key: str, kind: str, name: str, more: Mapping[str, object]) -> dict[str, object]:
    return {
        "key": key,
        "type": kind,
        "name": name,
        "aliases": [],
        "nameKey": f"{kind}|{name}",
        "workspace": WORKSPACE,
        **more,
    }


def _edge(
    key: str,
    predicate: str,
    status: str,
    said: Iterable[tuple[str, str]],
    qualifiers: Mapping[str, object],
) -> dict[str, object]:
    places = sorted({(article, *_sentence(article, words)) for article, words in said})
    return {
        "key": key,
        "type": ontology.relations[predicate].neo4j,
        "predicate": predicate,
        "status": status,
        "confidence": 0.9 if places else 1.0,
        "sources": len({article for article, *_ in places}),
        **qualifiers,
        "articles": [article for article, *_ in places],
        "pages": [ARTICLES[article][0] for article, *_ in places],
        "lines": [lines for _, _, _, lines, _ in places],
        "starts": [start for _, start, _, _, _ in places],
        "ends": [end for _, _, end, _, _ in places],
        "quotes": [quote for *_, quote in places],
        "rules": [f"{predicate}.hand" for _ in places],
        "confidences": [0.9 for _ in places],
    }


def _sentence(article: str, words: str) -> tuple[int, int, str, str]:
    """Return start, end, page lines and text of the sentence of `article` that holds `words`."""
    text = ARTICLES[article][2]
    at = text.index(words)
    start = text.rfind("\n", 0, at) + 1
    end = text.index("\n", at)
    if text[end - 1] not in "。”" and article == "a2" and "焊接机" in text[start:end]:
        end = text.index("\n", end + 1)  # the sentence that the page breaks
    first = text.count("\n", 0, start) + 3
    last = first + text.count("\n", start, end)
    return start, end, f"{first}-{last}" if last > first else str(first), text[start:end]


def _mentions() -> list[_Fact]:
    """An article mentions what its facts join."""
    said: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for _, subject, _, obj, _, places, _ in _FACTS:
        for article, words in places:
            for entity in {subject, obj} - set(ARTICLES):
                said.setdefault((article, entity), set()).add((article, words))
    return [
        (f"mention-{article}-{entity}", article, "mentions", entity, "happened", tuple(sorted(places)), {})
        for (article, entity), places in said.items()
    ]
