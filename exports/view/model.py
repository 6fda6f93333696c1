"""What a page knows of a selection: nodes and facts that are drawn, and all that is said of them, ready for JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeAlias

from exports.view.marks import Marks
from exports.view.pinyin import readings
from exports.view.select import Graph, Selection, printed
from ontology import ontology

__all__ = ["FORMAT", "OTHER", "STYLES", "Href", "described"]

FORMAT = 2
Href: TypeAlias = Callable[[str], str]

# Colours of Okabe and Ito, which the colour-blind can tell apart, and a shape each as well.
STYLES: Mapping[str, tuple[str, str, str]] = {
    "TradeUnion": ("dot", "#d55e00", "#8f3f00"),
    "Activity": ("diamond", "#e69f00", "#946600"),
    "Enterprise": ("square", "#0072b2", "#004a75"),
    "Person": ("triangle", "#cc79a7", "#8c4a6e"),
    "District": ("hexagon", "#009e73", "#00664a"),
    "Venue": ("triangleDown", "#56b4e9", "#20719c"),
    "Product": ("star", "#f0e442", "#857c00"),
    "Organization": ("square", "#ffffff", "#333333"),
    "Article": ("dot", "#ffffff", "#777777"),
    "Page": ("dot", "#dddddd", "#777777"),
}
OTHER = ("dot", "#999999", "#555555")

# What an edge has beside its qualifiers, and a node beside what its panel lists.
EDGE = frozenset(
    {"key", "type", "predicate", "status", "confidence", "sources", "workspace"}
    | {"articles", "pages", "lines", "starts", "ends", "quotes", "rules", "confidences", "whys", "statements", "ranges"}
)
EVIDENCE = {  # lists on an edge, an item for each statement, and what is said of each here
    "articles": "article",
    "pages": "page",
    "lines": "lines",
    "quotes": "quote",
    "rules": "rule",
    "confidences": "confidence",
    "whys": "why",
}
NODE = frozenset({"key", "type", "name", "aliases", "nameKey", "formerKeys", "workspace"})


def described(
    graph: Graph,
    selection: Selection,
    *,
    kind: str,
    title: str = "",
    href: Href | None = None,
    marks: Marks | None = None,
) -> dict[str, Any]:
    """Describe a selection: what is drawn, the facts behind it, and the articles they stand in.

    Positions are for the page of each `kind` to add. `href` leads from a key to its page in a portal,
    `marks` say where a statement names its ends.
    """
    drawn, hidden = _edges(graph, selection)
    degree = dict.fromkeys(sorted(selection.nodes), 0)
    for u, v, _ in drawn:
        degree[u] += 1
        degree[v] += 1
    nodes = [_node(node, graph.nodes[node], degree[node]) for node in degree]
    marks = marks or {}
    edges = [_edge(u, v, data, marks, drawn=True) for u, v, data in drawn]
    edges += [_edge(u, v, data, marks, drawn=False) for u, v, data in hidden]
    cited: set[str] = {item["article"] for edge in edges for item in edge["evidence"]}
    for node in nodes:
        node["mentioned"] = sorted(
            u for u, _, d in graph.in_edges(node["id"], data=True) if d["predicate"] == "mentions"
        )
        cited.update(node["mentioned"])
    cited.update(end for edge in edges for end in (edge["from"], edge["to"]) if printed(graph, end))
    relations = ontology.relations
    used = {attribute for item in (*nodes, *edges) for attribute in item["values"]}
    articles = {article: _article(graph.nodes[article]) for article in sorted(cited) if article in graph}
    if href is not None:
        for node in nodes:
            node["href"] = href(node["id"])
        for key, article in articles.items():
            article["href"] = href(key)
    return {
        "format": FORMAT,
        "kind": kind,
        "title": title,
        "focus": list(selection.focus),
        "leftOut": selection.left_out,
        "classes": _classes(nodes),
        "relations": [
            {"name": name, "zh": relations[name].label_zh, "en": relations[name].label_en}
            for name in sorted({edge["relation"] for edge in edges})
        ],
        "attributes": {
            name: {"zh": attribute.label_zh, "en": attribute.label_en}
            for name, attribute in ontology.attributes.items()
            if name in used
        },
        "nodes": nodes,
        "edges": edges,
        "articles": articles,
        "pinyin": readings(name for node in nodes for name in (node["name"], *node["aliases"])),
    }


Drawn: TypeAlias = list[tuple[str, str, dict[str, Any]]]


def _edges(graph: Graph, selection: Selection) -> tuple[Drawn, Drawn]:
    """Return the edges drawn, and the facts that join a drawn node to an article and are told in its panel only."""
    drawn: Drawn = []
    hidden: Drawn = []
    for u, v, key, data in graph.edges(keys=True, data=True):
        if key in selection.edges:
            drawn.append((u, v, data))
        elif data["predicate"] not in ("mentions", "onPage") and (
            (u in selection.nodes and printed(graph, v)) or (v in selection.nodes and printed(graph, u))
        ):
            hidden.append((u, v, data))
    for edges in (drawn, hidden):
        edges.sort(key=lambda edge: str(edge[2]["key"]))
    return drawn, hidden


def _node(node: str, data: Mapping[str, Any], degree: int) -> dict[str, Any]:
    return {
        "id": node,
        "type": data["type"],
        "name": data["name"],
        "aliases": list(data.get("aliases", ())),
        "values": _values(data, NODE),
        "degree": degree,
        "radius": min(32, 8 + round(3.5 * degree**0.5)),
    }


def _edge(source: str, target: str, data: Mapping[str, Any], marks: Marks, *, drawn: bool) -> dict[str, Any]:
    said = {name: data[column] for column, name in EVIDENCE.items() if column in data}
    evidence = [dict(zip(said, row, strict=True)) for row in zip(*said.values(), strict=True)]
    for statement, one in zip(data.get("statements", ()), evidence, strict=False):
        if statement in marks:
            one["marks"] = marks[statement]
    return {
        "id": data["key"],
        "from": source,
        "to": target,
        "relation": data["predicate"],
        "status": data["status"],
        "confidence": data["confidence"],
        "sources": data["sources"],
        "values": _values(data, EDGE),
        "line": "inferred" if data.get("inferred") in (True, "true") else data["status"],
        "drawn": drawn,
        "evidence": evidence,
    }


def _values(data: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    """Return the attributes beside the known ones, in the order of the ontology."""
    attributes = ontology.attributes
    return {name: data[name] for name in sorted(data, key=lambda n: (n not in attributes, n)) if name not in known}


def _article(data: Mapping[str, Any]) -> dict[str, Any]:
    known = ("headline", "headlineMade", "kicker", "paper", "issueDate", "pageNumber", "page", "source")
    return {"name": data["name"], **{name: data[name] for name in known if name in data}}


def _classes(nodes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the classes in the picture with how they look, in the order of the legend."""
    found = {node["type"] for node in nodes}
    order = [*(name for name in STYLES if name in found), *sorted(found.difference(STYLES))]
    described = []
    for name in order:
        shape, colour, border = STYLES.get(name, OTHER)
        labels = ontology.classes[name]
        described.append(
            {
                "name": name,
                "zh": labels.label_zh,
                "en": labels.label_en,
                "shape": shape,
                "colour": colour,
                "border": border,
            }
        )
    return described
