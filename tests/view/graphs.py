"""Small graphs in the shape kg.graph makes, written by hand: invented news, and names that try to break out."""

from __future__ import annotations

from typing import Any, TypeAlias

import networkx as nx

from kg.ids import make_id

Graph: TypeAlias = "nx.MultiDiGraph[str]"

SENTENCE = "3月8日，由海望区总工会主办、临港街道总工会协办的“匠心杯”焊工大赛在海望工人文化宫举行，百余名职工参加。"

# name -> class
THINGS = {
    "海望区": "District",
    "临港街道": "District",
    "青石镇": "District",
    "海望区总工会": "TradeUnion",
    "临港街道总工会": "TradeUnion",
    "青石镇总工会": "TradeUnion",
    "晨星智造科技有限公司工会": "TradeUnion",
    "禾木食品有限公司工会": "TradeUnion",
    "北岸楼宇工会联合会": "TradeUnion",
    "晨星智造科技有限公司": "Enterprise",
    "禾木食品有限公司": "Enterprise",
    "云帆数据技术有限公司": "Enterprise",
    "“匠心杯”焊工大赛": "Activity",
    "“春送岗位”专场招聘会": "Activity",
    "“巾帼健康”公益讲座": "Activity",
    "“匠心杯”无人机装配技能大赛": "Activity",
    "骑手驿站揭牌仪式": "Activity",
    "周晓岚": "Person",
    "梁启明": "Person",
    "苏小蕙": "Person",
    "谢天佑": "Person",
    "沈若溪": "Person",
    "海望工人文化宫": "Venue",
    "临港骑手驿站": "Venue",
    "“星焊一号”协作机器人": "Product",
    "云帆速聘": "Product",
    "海望职业技术学院": "Organization",
    "海望区人民医院": "Organization",
}
ALIASES = {"海望区总工会": ["区总工会"], "晨星智造科技有限公司": ["晨星公司", "晨星智造"], "海望区": ["海望"]}

# subject, predicate, object, qualifiers, status
FACTS: list[tuple[str, str, str, dict[str, str], str]] = [
    ("临港街道", "locatedIn", "海望区", {}, "happened"),
    ("青石镇", "locatedIn", "海望区", {}, "happened"),
    ("海望区总工会", "unionOf", "海望区", {}, "happened"),
    ("临港街道总工会", "unionOf", "临港街道", {}, "happened"),
    ("青石镇总工会", "unionOf", "青石镇", {}, "happened"),
    ("晨星智造科技有限公司工会", "unionOf", "晨星智造科技有限公司", {}, "happened"),
    ("禾木食品有限公司工会", "unionOf", "禾木食品有限公司", {}, "happened"),
    ("临港街道总工会", "subordinateTo", "海望区总工会", {}, "happened"),
    ("海望区总工会", "organizes", "“匠心杯”焊工大赛", {"role": "host"}, "happened"),
    ("海望区总工会", "participatesIn", "“匠心杯”焊工大赛", {}, "happened"),
    ("临港街道总工会", "organizes", "“匠心杯”焊工大赛", {"role": "co-host"}, "happened"),
    ("晨星智造科技有限公司", "organizes", "“匠心杯”焊工大赛", {"role": "undertaker"}, "happened"),
    ("“匠心杯”焊工大赛", "heldAt", "海望工人文化宫", {}, "happened"),
    ("海望工人文化宫", "locatedIn", "海望区", {}, "happened"),
    ("海望区总工会", "organizes", "“春送岗位”专场招聘会", {"role": "host"}, "happened"),
    ("云帆数据技术有限公司", "participatesIn", "“春送岗位”专场招聘会", {}, "happened"),
    ("晨星智造科技有限公司", "participatesIn", "“春送岗位”专场招聘会", {}, "happened"),
    ("海望职业技术学院", "participatesIn", "“春送岗位”专场招聘会", {}, "happened"),
    ("青石镇总工会", "organizes", "“巾帼健康”公益讲座", {}, "happened"),
    ("“巾帼健康”公益讲座", "heldAt", "禾木食品有限公司", {}, "happened"),
    ("禾木食品有限公司", "locatedIn", "青石镇", {}, "happened"),
    ("海望区总工会", "organizes", "“匠心杯”无人机装配技能大赛", {"role": "host"}, "planned"),
    ("临港街道总工会", "organizes", "骑手驿站揭牌仪式", {}, "happened"),
    ("骑手驿站揭牌仪式", "heldAt", "临港骑手驿站", {}, "happened"),
    ("临港骑手驿站", "locatedIn", "临港街道", {}, "happened"),
    ("周晓岚", "hasRole", "晨星智造科技有限公司工会", {"title": "主席"}, "happened"),
    ("梁启明", "hasRole", "海望区总工会", {"title": "副主席"}, "happened"),
    ("苏小蕙", "hasRole", "禾木食品有限公司工会", {"title": "主席"}, "happened"),
    ("谢天佑", "hasRole", "临港街道总工会", {"title": "主席"}, "reported"),
    ("晨星智造科技有限公司", "provides", "“星焊一号”协作机器人", {}, "happened"),
    ("云帆数据技术有限公司", "provides", "云帆速聘", {}, "happened"),
    ("海望区总工会", "awards", "周晓岚", {"honour": "海望工匠"}, "happened"),
    ("海望区总工会", "supports", "青石镇", {}, "denied"),
]
ARTICLE = "百余名职工同台比拼焊接技艺"
PAGE = "haiwang-2025-03-12-03"
HOSTILE = (
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 2</script>",
    "<img src=x onerror='window.hacked = 3'>",
    "href <a href=\"javascript:window.hacked = 4\" onmouseover='window.hacked = 5'>点我</a>",
    "<!--<script>window.hacked = 6",
    "</style></title></textarea><svg onload='window.hacked = 7'>",
    "{{7*7}} {% raw %} ${window.hacked = 8} {{script}}",
    "\"'`;window.hacked = 9;// &lt;b&gt; &amp;",
    "\u202e倒着的名字\u202c\u2028\u2029\u0000\ufeff",
    "工会👷🏽‍♀️🏗️",
    "长" * 5000,
)


def entity(name: str) -> str:
    """Return the id of the node called `name`."""
    return make_id("entity", name)


def fact(subject: str, predicate: str, target: str) -> str:
    """Return the key of the edge."""
    return make_id("fact", subject, predicate, target)


def build(things: dict[str, str], facts: list[tuple[str, str, str, dict[str, str], str]]) -> Graph:
    """Return a graph of these, all said by one sentence of one article."""
    graph: Graph = nx.MultiDiGraph()
    article = make_id("article", ARTICLE)
    page = make_id("page", PAGE)
    graph.add_node(
        article, key=article, type="Article", name=ARTICLE, aliases=[], nameKey="", workspace="w", headline=ARTICLE,
        headlineMade=False, paper="海望工友报", issueDate="2025-03-12", pageNumber="3", page=PAGE, number=1,
    )  # fmt: skip
    graph.add_node(page, key=page, type="Page", name=PAGE, aliases=[], nameKey="", workspace="w", source=f"{PAGE}.md")
    for name, cls in sorted(things.items()):
        more: dict[str, Any] = {"start": "2025-03-08", "countText": "百余名"} if cls == "Activity" else {}
        node = entity(name)
        graph.add_node(
            node, key=node, type=cls, name=name, aliases=ALIASES.get(name, []), nameKey=name, workspace="w", **more
        )
    evidence: dict[str, list[Any]] = {
        "articles": [article], "pages": [PAGE], "lines": ["7-9"], "quotes": [SENTENCE], "rules": ["host"],
        "confidences": [0.9],
    }  # fmt: skip
    edges = [(article, "mentions", entity(name), {}, "happened") for name in sorted(things)]
    edges += [(entity(s), p, entity(o), q, status) for s, p, o, q, status in facts]
    edges.append((article, "onPage", page, {}, "happened"))
    if "沈若溪" in things:
        edges.append((article, "reportedBy", entity("沈若溪"), {"role": "记者"}, "happened"))
        edges.append((entity("周晓岚"), "quotedIn", article, {"quote": "还要学会编程"}, "happened"))
    for source, predicate, target, qualifiers, status in sorted(edges, key=lambda edge: edge[:3]):
        names = [graph.nodes[end]["name"] for end in (source, target)]
        key = fact(names[0], predicate, names[1])
        graph.add_edge(
            source, target, key=key, predicate=predicate, type=predicate.upper(), status=status, confidence=0.9,
            sources=1, workspace="w", **qualifiers, **{name: list(values) for name, values in evidence.items()},
        )  # fmt: skip
        graph.edges[source, target, key]["key"] = key
    return graph


def news() -> Graph:
    """Return the graph of an invented district."""
    return build(THINGS, FACTS)


def hostile() -> Graph:
    """Return a graph whose names are attacks, oddities and one of 5,000 characters, around one union."""
    things = {"海望区总工会": "TradeUnion", **dict.fromkeys(HOSTILE, "Enterprise")}
    return build(things, [("海望区总工会", "supports", name, {}, "happened") for name in HOSTILE])
