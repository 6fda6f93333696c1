"""Graphs to draw: names, quotes and qualifiers that try to break out of the page, and one of any size."""

from __future__ import annotations

from typing import TypeAlias

import networkx as nx

from tests.sample import sample_graph

Graph: TypeAlias = "nx.MultiDiGraph[str]"

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


def hostile_graph() -> Graph:
    """Return the sample with enterprises called HOSTILE, at a union whose quotes and titles are as bad."""
    graph: Graph = sample_graph()
    for number, name in enumerate(HOSTILE):
        node, fact = f"hostile-{number}", f"helps-hostile-{number}"
        graph.add_node(node, **{**graph.nodes["jinghua"], "key": node, "name": name, "aliases": [f"别名 {name}"]})
        data = {**graph.edges["u-beijing", "u-shanghai", "helps-shanghai"], "key": fact, "honour": name}
        data["quotes"] = [f"北京市总工会结对{name}。"]
        graph.add_edge("u-beijing", node, fact)
        graph.edges["u-beijing", node, fact].update(data)
    graph.nodes["a3"].update(headline=HOSTILE[1], paper=HOSTILE[2])
    return graph


def large_graph(count: int) -> Graph:
    """Return unions of `count` nodes in all, each with its activities, without evidence."""
    graph: Graph = nx.MultiDiGraph()
    for number in range(count):
        union = f"node-{number - number % 10:05}"
        node = f"node-{number:05}"
        kind = "TradeUnion" if node == union else "Activity"
        graph.add_node(node, key=node, type=kind, name=f"第{number}号", aliases=[], nameKey=node, workspace="large")
        target = "node-00000" if node == union else node
        if target != union:
            key = f"fact-{number:05}"
            predicate = "organizes" if kind == "Activity" else "subordinateTo"
            said = {"predicate": predicate, "type": "T", "status": "happened", "confidence": 1.0, "sources": 0}
            graph.add_edge(union, target, key)
            graph.edges[union, target, key].update({"key": key, **said})
    return graph


# Names of regions end like those of counties; what is behind is to be seen as it is all the same.
HOSTILE_DISTRICTS = (
    "</text><script>window.hacked = 20</script>区",
    "\"><svg onload='window.hacked = 21'>县",
    "\u200f右\u202e到\u2066左\u2069的\u202c区",
    "长" * 5000 + "区",
    "]]>&lt;script&gt;👩‍👩‍👧‍👦🏳️‍🌈县",
    "单\ud800代理区",
)
FORMULA = '=HYPERLINK("https://example.org","工会")'


def hostile_regions() -> Graph:
    """Return `hostile_graph` with districts that are as bad, and in each an activity and a firm of such names."""
    graph = hostile_graph()
    for number, name in enumerate(HOSTILE_DISTRICTS):
        district, activity, firm = f"bad-district-{number}", f"bad-activity-{number}", f"bad-firm-{number}"
        graph.add_node(district, **{**graph.nodes["xicheng"], "key": district, "name": name, "nameKey": district})
        del graph.nodes[district]["code"]
        graph.add_node(
            activity, **{**graph.nodes["sports"], "key": activity, "name": f"{name}的活动", "aliases": [name]}
        )
        graph.add_node(firm, **{**graph.nodes["pujiang"], "key": firm, "name": f"{FORMULA} {name}", "aliases": [name]})
        for subject, relation, like in (
            (activity, "heldIn", ("sports", "pudong", "at-sports")),
            (firm, "locatedIn", ("jinghua", "daxing", "in-jinghua")),
        ):
            fact = f"{relation}-{number}"
            graph.add_edge(subject, district, fact)
            graph.edges[subject, district, fact].update({**graph.edges[like], "key": fact, "quotes": [f"在{name}。"]})
    graph.nodes["bad-activity-0"].update(start="<script>", end="</script>")
    graph.nodes["bad-activity-1"].update(start="2025-13-45", end="9999")
    return graph
