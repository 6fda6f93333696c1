"""A small graph by hand, as `kg.graph` builds it: every class, every relation, every status, and awkward strings."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx

from kg.ids import make_id
from ontology import ontology

AWKWARD = (
    '“双引号”"半角"，反斜杠\\n、撇号\'、\n换行、\r\n回车、\t制表、'
    "<script>&amp;]]></script>、🎉👩\u200d🔧、全角（ＡＢＣ）：；！、e\u0301"
)

# name, class, properties beyond key, type, name, nameKey and workspace
NODES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "union": ("东河区总工会", "TradeUnion", {"aliases": ["东河总工会", "区总工会"]}),
    "city union": ("江州市总工会", "TradeUnion", {"aliases": ["市总工会"]}),
    "enterprise": (
        "江州曙光机械有限公司",
        "Enterprise",
        {"aliases": ["曙光公司", "曙光机械"], "formerKeys": ["entity-retired", "entity/早先的"]},
    ),
    "district": ("东河区", "District", {"code": "990102"}),
    "city": ("江州市", "District", {"code": "9901"}),
    "partner": ("西岭县", "District", {}),
    "activity": (
        "第三届“匠心杯”技能大赛",
        "Activity",
        {
            "start": "2025-03-01",
            "end": "2025-03-02",
            "precision": "day",
            "vague": False,
            "dateText": "3月1日至2日",
            "series": "“匠心杯”技能大赛",
            "edition": "第三届",
            "countMin": 100,
            "countMax": 199,
            "countApproximate": True,
            "countText": "百余名",
            "countUnit": "名",
        },
    ),
    "training": (
        "新就业形态劳动者培训班",
        "Activity",
        {"start": "2025-02-22", "end": "2025-03-01", "precision": "interval", "vague": True, "dateText": "近日"},
    ),
    "month": ("安全生产月", "Activity", {"start": "2025-06-01", "end": "2025-06-30", "precision": "month"}),
    "year": (
        "机器人大会",
        "Activity",
        {"start": "2026-01-01", "end": "2026-12-31", "precision": "year", "vague": False},
    ),
    "person": ("李桂兰", "Person", {}),
    "reporter": ("王小明", "Person", {"aliases": ["小明"]}),
    "venue": ("东河区职工之家", "Venue", {}),
    "product": ("“曙光一号”机床", "Product", {"aliases": [AWKWARD]}),
    "office": ("江州市人力资源和社会保障局", "Organization", {"aliases": ["市人社局"]}),
    "article": (
        AWKWARD,
        "Article",
        {
            "headline": AWKWARD,
            "headlineMade": False,
            "kicker": "以赛促学　以学促干",
            "page": "版面 1",
            "issueDate": "2025-03-03",
            "paper": "江州工人报",
            "pageNumber": "01",
            "number": 1,
            "textSha256": "1" * 64,
        },
    ),
    "second": (
        "培训班开班",
        "Article",
        {
            "headline": "培训班开班",
            "headlineMade": True,
            "page": "版面 1",
            "issueDate": "2025-03",
            "number": 2,
            "textSha256": "2" * 64,
        },
    ),
    "page": (
        "版面 1",
        "Page",
        {
            "source": "https://example.org/pages/版面%201.md",
            "paper": "江州工人报",
            "issueDate": "2025-03-03",
            "pageNumber": "01",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
    ),
    "local page": ("本地", "Page", {"source": "papers/local.md", "sha256": "0" * 64}),
}

# subject, predicate, object, qualifiers, status, [(article, start, end, rule, confidence), ...]
Place = tuple[str, int, int, str, float]
EDGES: list[tuple[str, str, str, dict[str, Any], str, list[Place]]] = [
    ("union", "organizes", "activity", {"role": "host"}, "happened", [("article", 3, 40, "org-verb", 0.95)]),
    ("enterprise", "organizes", "activity", {"role": "undertaker"}, "happened", [("article", 3, 40, "org-verb", 0.9)]),
    ("union", "organizes", "training", {"role": "host"}, "planned", [("second", 0, 12, "org-verb", 0.9)]),
    ("office", "organizes", "month", {}, "reported", [("second", 13, 30, "org-verb", 0.5)]),
    ("person", "participatesIn", "activity", {}, "happened", [("article", 41, 60, "attend", 0.8)]),
    ("enterprise", "participatesIn", "year", {}, "denied", [("second", 31, 50, "attend", 0.7)]),
    ("activity", "heldAt", "venue", {}, "happened", [("article", 3, 40, "at", 1.0)]),
    ("activity", "heldIn", "district", {}, "happened", [("article", 3, 40, "in", 0.6)]),
    ("union", "unionOf", "district", {}, "happened", [("article", 3, 40, "name", 1.0), ("second", 0, 12, "name", 1.0)]),
    ("union", "subordinateTo", "city union", {"inferred": "true"}, "happened", [("article", 3, 40, "name", 0.7)]),
    ("city union", "subordinateTo", "union", {}, "denied", [("article", 61, 70, "under", 0.4)]),
    ("enterprise", "locatedIn", "city", {}, "happened", [("article", 61, 70, "name", 0.9)]),
    ("district", "locatedIn", "city", {"inferred": True}, "happened", [("article", 61, 70, "name", 0.000001)]),
    (
        "person",
        "hasRole",
        "union",
        {"title": "主席", "seen": ["2025-03", "2025-03-03"]},
        "happened",
        # two statements of one rule from one passage, and one from another article
        [("article", 41, 60, "title", 0.9), ("article", 41, 60, "title", 0.99), ("second", 0, 12, "title", 0.9)],
    ),
    ("person", "quotedIn", "article", {"quote": AWKWARD}, "happened", [("article", 71, 99, "said", 0.95)]),
    ("enterprise", "provides", "product", {}, "happened", [("article", 100, 120, "made", 0.85)]),
    ("union", "awards", "person", {"honour": "五一劳动奖章"}, "happened", [("article", 121, 140, "award", 0.9)]),
    ("district", "supports", "partner", {}, "happened", [("article", 141, 160, "pair", 0.9)]),
    ("article", "reportedBy", "reporter", {"role": "记者"}, "happened", [("article", 0, 3, "byline", 1.0)]),
    ("article", "mentions", "union", {}, "happened", [("article", 3, 40, "mention", 1.0)]),
    ("article", "mentions", "product", {}, "happened", [("article", 100, 120, "mention", 1.0)]),
    ("second", "mentions", "training", {}, "happened", [("second", 0, 12, "mention", 1.0)]),
    ("article", "onPage", "page", {}, "happened", []),
    ("second", "onPage", "page", {}, "happened", []),
]


def node_id(name: str) -> str:
    """Return the id of the node called `name` in NODES."""
    kind = NODES[name][1]
    return make_id(kind.lower() if kind in ("Article", "Page") else "entity", name)


def sample(seed: int | None = None) -> nx.MultiDiGraph[str]:
    """Return the graph; with a seed, nodes, edges and attributes are put in in another order."""
    nodes = [(node_id(name), _node(name)) for name in NODES]
    edges = [_edge(*edge) for edge in EDGES]
    if seed is not None:
        shuffle = random.Random(seed)
        nodes = shuffle.sample(nodes, len(nodes))
        edges = shuffle.sample(edges, len(edges))
        nodes = [(key, dict(shuffle.sample(list(data.items()), len(data)))) for key, data in nodes]
        edges = [(s, o, k, dict(shuffle.sample(list(data.items()), len(data)))) for s, o, k, data in edges]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    for subject, target, key, data in edges:
        graph.add_edge(subject, target, key)
        graph.edges[subject, target, key].update(data)
    return graph


def _node(name: str) -> dict[str, Any]:
    title, kind, properties = NODES[name]
    key = node_id(name)
    return {"key": key, "type": kind, "name": title, "nameKey": f"{kind}|{title}", "workspace": "sample", **properties}


def _edge(
    subject: str, predicate: str, target: str, qualifiers: dict[str, Any], status: str, places: list[Place]
) -> tuple[str, str, str, dict[str, Any]]:
    key = make_id("fact", subject, predicate, target, status)
    data = {
        "key": key,
        "type": ontology.relations[predicate].neo4j,
        "predicate": predicate,
        "status": status,
        "confidence": max((place[4] for place in places), default=1.0),
        "sources": len({place[0] for place in places}),
        "articles": [node_id(place[0]) for place in places],
        "pages": ["版面 1" for _ in places],
        "lines": [f"{place[1] % 7 + 1}-{place[2] % 7 + 8}" for place in places],
        "quotes": [f"第{place[1]}至{place[2]}字：{AWKWARD}" for place in places],
        "rules": [place[3] for place in places],
        "confidences": [place[4] for place in places],
        "starts": [place[1] for place in places],
        "ends": [place[2] for place in places],
        **qualifiers,
    }
    return node_id(subject), node_id(target), key, data
