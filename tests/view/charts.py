"""A made-up graph with years of news, in the form kg.graph gives: what charts of a real workspace look like."""

from __future__ import annotations

import argparse
import datetime
import random
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
from playwright.sync_api import sync_playwright

from exports.view.charts import charts, page
from tests import live
from tests.sample import sample_graph
from tests.view.browser import ARGUMENTS
from tests.view.graphs import HOSTILE

Graph: TypeAlias = "nx.MultiDiGraph[str]"

DISTRICTS = (
    "朝阳区",
    "海淀区",
    "丰台区",
    "西城区",
    "东城区",
    "通州区",
    "昌平区",
    "大兴区",
    "顺义区",
    "房山区",
    "怀柔区",
    "密云区",
)
STREETS = ("望京", "清河", "中关村", "方庄", "月坛", "永定门外", "梨园", "回龙观", "亦庄", "天竺", "良乡", "溪翁庄")
FIRMS = ("京华机械", "远帆物流", "盛元投资开发", "晨星智造科技", "禾木食品", "清源水务", "云帆数据技术", "浦江纺织")
KINDS = (
    ("职工技能大赛", 18),
    ("专场招聘会", 14),
    ("法律知识培训班", 12),
    ("困难职工慰问活动", 10),
    ("健康知识讲座", 10),
    ("单身职工联谊会", 7),
    ("职工健步走活动", 6),
    ("安全知识竞赛", 6),
    ("职工运动会", 5),
    ("读书分享会", 5),
    ("先进事迹宣讲活动", 4),
    ("集体协商启动仪式", 3),
    ("文艺汇演", 3),
    ("“娘家人”", 2),
)


def fact(graph: Graph, subject: str, predicate: str, target: str, **more: Any) -> None:
    """Add a fact with what charts look at."""
    number = graph.graph["facts"] = graph.graph.get("facts", 0) + 1  # to count edges takes networkx too long
    key = f"{predicate}-{number:05}"
    data = {"predicate": predicate, "type": predicate, "status": "happened", "confidence": 0.9, "sources": 1}
    graph.add_edge(subject, target, key)
    graph.edges[subject, target, key].update({**data, "key": key, "articles": [], **more})


def thing(graph: Graph, key: str, kind: str, name: str, **more: Any) -> str:
    """Add a node and return its key."""
    graph.add_node(key, key=key, type=kind, name=name, aliases=[], nameKey=name, workspace="years", **more)
    return key


def years_graph(years: int = 2, seed: int = 1) -> Graph:
    """Return a city with its districts, streets, firms and unions, and what they held in so many years."""
    chance = random.Random(seed)
    graph: Graph = nx.MultiDiGraph(workspace="京华工友报 2023–2024")
    city = thing(graph, "d", "District", "北京市")
    top = thing(graph, "u", "TradeUnion", "北京市总工会")
    fact(graph, top, "unionOf", city)
    unions, weights = [top], [9]
    for number, name in enumerate(DISTRICTS):
        district = thing(graph, f"d{number}", "District", name)
        union = thing(graph, f"u{number}", "TradeUnion", f"{name}总工会")
        fact(graph, district, "locatedIn", city)
        fact(graph, union, "unionOf", district)
        fact(graph, union, "subordinateTo", top, inferred=number % 3 != 0)
        unions.append(union)
        weights.append(14 - number)
        for part in range(3 + number % 4 * 2):
            stem = f"{STREETS[number]}{'东西南北中新上下前'[part - 1]}" if part else STREETS[number]
            street = thing(graph, f"d{number}-{part}", "District", f"{stem}街道")
            local = thing(graph, f"u{number}-{part}", "TradeUnion", f"{stem}街道总工会")
            fact(graph, street, "locatedIn", district)
            fact(graph, local, "unionOf", street)
            fact(graph, local, "subordinateTo", union, inferred=part % 2 == 0)
            unions.append(local)
            weights.append(2)
    firms = []
    for number, name in enumerate(FIRMS):
        firm = thing(graph, f"f{number}", "Enterprise", f"{name}有限公司")
        union = thing(graph, f"uf{number}", "TradeUnion", f"北京{name}有限公司工会")
        fact(graph, firm, "locatedIn", f"d{number}")
        fact(graph, union, "unionOf", firm)
        fact(graph, union, "subordinateTo", f"u{number}", inferred=False)
        firms += [firm, union]
    kinds, shares = [kind for kind, _ in KINDS], [share for _, share in KINDS]
    first = datetime.date(2023, 1, 1)
    for month in range(12 * years):
        start = datetime.date(first.year + month // 12, month % 12 + 1, 1)
        season = (5, 4, 9, 11, 14, 10, 8, 7, 10, 9, 8, 6)[month % 12] + month // 4
        for _ in range(season + chance.randrange(4)):
            _activity(graph, chance, start, chance.choices(kinds, shares)[0], unions, weights, firms)
        for _ in range(2 * season + chance.randrange(6)):
            day = start + datetime.timedelta(days=chance.randrange(28))
            key = f"article-{graph.number_of_nodes():05}"
            thing(graph, key, "Article", f"{chance.choice(DISTRICTS)}职工新闻", issueDate=day.isoformat())
    return graph


def _activity(
    graph: Graph,
    chance: random.Random,
    month: datetime.date,
    kind: str,
    unions: list[str],
    weights: list[int],
    firms: list[str],
) -> None:
    host = chance.choices(unions, weights)[0]
    day = month + datetime.timedelta(days=chance.randrange(28))
    vague, dated = chance.random() < 0.18, chance.random() < 0.9
    start = day - datetime.timedelta(days=13) if vague else day
    dates = {"start": start.isoformat(), "end": day.isoformat(), "vague": vague} if dated else {}
    name = f"{graph.nodes[host]['name'].removesuffix('总工会')}{kind}"
    activity = thing(graph, f"a{graph.number_of_nodes():05}", "Activity", name, **dates)
    status = "planned" if chance.random() < 0.12 else "happened"
    fact(graph, host, "organizes", activity, role="host", status=status)
    if chance.random() < 0.3:
        role = chance.choice(["undertaker", "co-host"])
        fact(graph, chance.choice(firms), "organizes", activity, role=role, status=status)
    home = [target for _, target, data in graph.out_edges(host, data=True) if data["predicate"] == "unionOf"]
    if chance.random() < 0.5:
        fact(graph, activity, "heldIn", home[0], status=status)


def hostile_charts() -> Graph:
    """Return the sample with a union, a district and an activity called each of HOSTILE, in one another."""
    graph = sample_graph()
    for number, name in enumerate((*HOSTILE, LONE)):
        union = thing(graph, f"hostile-u{number}", "TradeUnion", name)
        district = thing(graph, f"hostile-d{number}", "District", name)
        activity = thing(graph, f"hostile-a{number}", "Activity", f"{name}大赛", start="2025-04-01", end="2025-04-01")
        fact(
            graph, union, "subordinateTo", f"hostile-u{number - 1}" if number % 3 else "u-beijing", inferred=number % 2
        )
        fact(graph, union, "organizes", activity, role="host")
        fact(graph, activity, "heldIn", district)
    return graph


def main() -> None:
    """Photograph the page of the made-up graph for the documents: `python -m tests.view.charts docs/img/charts.png`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=live.chromium(), args=list(ARGUMENTS))
        found = browser.new_page(viewport={"width": 860, "height": 900})
        found.set_content(page(charts(years_graph())))
        found.screenshot(path=options.output, full_page=True)
        browser.close()


LONE = "半个\ud83d字符"  # a lone surrogate, which no encoding can write

if __name__ == "__main__":
    main()
