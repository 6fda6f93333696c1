"""A made-up graph of any size in the form of `kg.graph`: the same for the same size, with the shares of real pages.

The shares of classes and relations, the length of quotes and the qualifiers are those of the graph that the sample
pages and a real page give; names are put together from syllables.
"""

from __future__ import annotations

import datetime
import hashlib
import random
from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx

from kg.ids import make_id
from ontology import ontology

__all__ = ["WORKSPACE", "generated"]

WORKSPACE = "bench"
PAPER = "试验工报"
EDGES_PER_NODE = 3
FIRST_DAY = datetime.date(2020, 1, 1)

# class -> nodes in a hundred; the first makes up what rounding leaves
CLASSES: Mapping[str, int] = {
    "Person": 26,
    "TradeUnion": 18,
    "District": 14,
    "Article": 10,
    "Activity": 10,
    "Enterprise": 8,
    "Venue": 5,
    "Page": 3,
    "Product": 3,
    "Organization": 3,
}
# relation -> edges in a thousand; each article's onPage comes beside
RELATIONS: Mapping[str, int] = {
    "mentions": 510,
    "unionOf": 83,
    "reportedBy": 67,
    "hasRole": 63,
    "locatedIn": 63,
    "organizes": 52,
    "participatesIn": 41,
    "quotedIn": 39,
    "subordinateTo": 35,
    "heldAt": 15,
    "awards": 11,
    "provides": 9,
    "supports": 7,
    "heldIn": 5,
}
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "Person": ("",),
    "TradeUnion": ("总工会", "街道总工会", "有限公司工会"),
    "District": ("区", "县", "街道"),
    "Article": ("职工大赛开赛", "送岗位到街道", "“娘家人”服务到一线"),
    "Activity": ("技能大赛", "招聘会", "读书会", "职工运动会"),
    "Enterprise": ("机械有限公司", "物流有限公司", "纺织集团"),
    "Venue": ("工人文化宫", "职工之家"),
    "Page": ("",),
    "Product": ("普惠卡", "焊接机"),
    "Organization": ("职工服务中心", "社区学校"),
}
SYLLABLES = "安宝昌达恩丰光海华江金康兰明宁平清荣盛泰文祥新兴延永远云泽正中"
FILLER = "活动现场职工代表围绕技能提升服务保障与企业发展展开交流大家表示将把工匠精神带回岗位为区域建设再添新力"
TITLES = ("主席", "副主席", "总经理", "焊工", "负责人")
RULES = ("organize-verb", "post-before-name", "union-name", "speech", "name-chain")


def generated(size: int) -> nx.MultiDiGraph[str]:
    """Return a graph of `size` nodes and three times as many edges, nodes and edges in sorted order."""
    return _Maker(size).graph()


class _Maker:
    def __init__(self, size: int) -> None:
        self.random = random.Random(size)
        counts = {kind: max(1, size * share // 100) for kind, share in CLASSES.items()}
        counts["Person"] += size - sum(counts.values())
        self.of = {kind: [make_id("entity", kind, str(i)) for i in range(n)] for kind, n in counts.items()}
        self.texts = {key: self.text(700, 700) for key in self.of["Article"]}
        self.kind = {key: kind for kind, keys in self.of.items() for key in keys}
        self.nodes = {key: self.node(key, kind, i) for kind, keys in self.of.items() for i, key in enumerate(keys)}
        self.edges: dict[str, tuple[str, str, dict[str, Any]]] = {}
        self.wanted = size * EDGES_PER_NODE

    def graph(self) -> nx.MultiDiGraph[str]:
        for article in self.of["Article"]:
            self.edge(article, "onPage", self.random.choice(self.of["Page"]))
        relations, shares = list(RELATIONS), list(RELATIONS.values())
        ends = {
            name: (sorted(ontology.relations[name].domain), sorted(ontology.relations[name].range))
            for name in relations
        }
        for _ in range(20 * self.wanted):
            if len(self.edges) >= self.wanted:
                break
            (name,) = self.random.choices(relations, shares)
            subjects, objects = ends[name]
            subject = self.random.choice(self.of[self.random.choice(subjects)])
            obj = self.random.choice(self.of[self.random.choice(objects)])
            if subject != obj:
                self.edge(subject, name, obj)
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(workspace=WORKSPACE)
        for key in sorted(self.nodes):
            graph.add_node(key, **self.nodes[key])
        for key in sorted(self.edges):
            subject, obj, data = self.edges[key]
            graph.add_edge(subject, obj, key)
            graph.edges[subject, obj, key].update(data)
        return graph

    def text(self, least: int, most: int, of: str = FILLER) -> str:
        return "".join(self.random.choices(of, k=self.random.randint(least, most)))

    def day(self) -> datetime.date:
        return FIRST_DAY + datetime.timedelta(days=self.random.randrange(2000))

    def node(self, key: str, kind: str, number: int) -> dict[str, Any]:
        name = f"{self.text(2, 3, SYLLABLES)}{self.random.choice(ENDINGS[kind])}"
        made: dict[str, Any] = {
            "key": key,
            "type": kind,
            "name": name,
            "aliases": [name[:2]] if self.random.random() < 0.25 else [],
            "nameKey": f"{kind}|{name}|{number}",
            "workspace": WORKSPACE,
        }
        day = self.day()
        if kind == "District":
            made["code"] = f"{110000 + number:06d}"
        elif kind == "Activity":
            made |= {"start": day.isoformat(), "end": day.isoformat(), "precision": "day", "vague": False}
            made |= {
                "dateText": f"{day.month}月{day.day}日",
                "countText": "百余名",
                "countMin": 100,
                "countApproximate": True,
            }
        elif kind == "Article":
            made |= {"headline": name, "headlineMade": False, "issueDate": day.isoformat(), "number": number % 8 + 1}
            made |= {
                "page": f"page-{number % 97}",
                "pageNumber": "3",
                "paper": PAPER,
                "textSha256": hashlib.sha256(self.texts[key].encode()).hexdigest(),
            }
        elif kind == "Page":
            made |= {"issueDate": day.isoformat(), "pageNumber": "3", "paper": PAPER}
        return made

    def edge(self, subject: str, name: str, obj: str) -> None:
        key = make_id("fact", subject, name, obj)
        if key in self.edges:
            return
        qualifiers = self.qualifiers(name)
        (times,) = self.random.choices((1, 2, 3), (80, 15, 5))
        places = sorted(self.place(subject, name, obj) for _ in range(times))
        self.edges[key] = subject, obj, {
            "key": key,
            "type": ontology.relations[name].neo4j,
            "predicate": name,
            "status": "planned" if name == "organizes" and self.random.random() < 0.05 else "happened",
            "confidence": max(place[-1] for place in places),
            "sources": len({place[0] for place in places}),
            **qualifiers,
            "articles": [place[0] for place in places],
            "pages": [f"page-{place[1] % 97}" for place in places],
            "lines": [str(place[1] // 20 + 7) for place in places],
            "quotes": [place[3] for place in places],
            "starts": [place[1] for place in places],
            "ends": [place[2] for place in places],
            "rules": [place[4] for place in places],
            "confidences": [place[5] for place in places],
        }  # fmt: skip

    def place(self, subject: str, name: str, obj: str) -> tuple[str, int, int, str, str, float]:
        """Return article, start, end, quote, rule and confidence; a fact about an article stands in that article."""
        article = next((end for end in (subject, obj) if self.kind[end] == "Article"), None)
        start = self.random.randrange(600)
        end = start + (self.random.randint(3, 8) if name == "mentions" else self.random.randint(20, 80))
        confidence = self.random.choice((0.5, 0.8, 0.93))
        found = article or self.random.choice(self.of["Article"])
        return found, start, end, self.texts[found][start:end], self.random.choice(RULES), confidence

    def qualifiers(self, name: str) -> dict[str, Any]:
        make: Mapping[str, Callable[[], dict[str, Any]]] = {
            "hasRole": lambda: {"title": self.random.choice(TITLES), "seen": [self.day().isoformat()]},
            "organizes": lambda: {"role": "host"},
            "reportedBy": lambda: {"role": "记者"},
            "quotedIn": lambda: {"quote": self.text(12, 40)},
            "awards": lambda: {"honour": "优秀组织单位"},
            "subordinateTo": lambda: {"inferred": True},
        }
        return make[name]() if name in make else {}
