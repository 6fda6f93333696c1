"""The page of a whole graph: laid out beforehand, drawn by sigma, districts and communities as regions that fold.

What is needed to draw lies in the page as JSON, what is told of things compressed beside it. Every name of a region,
a class or a rule that many things share is written once.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, BinaryIO

from exports.view.layout import Region, plan
from exports.view.marks import Marks
from exports.view.model import Href, described
from exports.view.overview import overview
from exports.view.page import assemble, asset
from exports.view.regions import districts_of
from exports.view.select import Graph, Selection
from kg.io.markup import Markup

__all__ = ["model", "page", "write"]

SCRIPTS = (
    *("words.js", "data.js", "dom.js", "panel.js", "legend.js", "search.js", "labels.js", "shell.js"),
    *("programs.js", "regions.js", "whole.js", "timeline.js", "paths.js", "saving.js", "tools.js", "start.js"),
)
GUARD = "guard.js"
VENDORED = ("graphology.umd.min.js", "sigma.min.js")  # in the order in which they need each other
LINES = ("happened", "planned", "reported", "denied", "inferred")
EDGE = ("id", "from", "to", "relation", "line", "confidence", "sources")  # columns of the table of edges
NODE = ("id", "type", "name", "x", "y", "radius", "degree", "community")
TINTS = 7  # colours of regions; one more, grey, is for what lies in no district
MANY = 1500  # regions: the colours of more are not chosen with an eye on each other
LINKS = 300  # between districts that the overview draws, the heaviest


def write(graph: Graph, selection: Selection, stream: BinaryIO, *, title: str = "", href: Href | None = None) -> None:
    """Write the picture of a selection as one HTML page in UTF-8."""
    stream.write(page(model(graph, selection, title=title, href=href)).encode("utf-8"))


def model(
    graph: Graph, selection: Selection, *, title: str = "", href: Href | None = None, marks: Marks | None = None
) -> dict[str, Any]:
    """Describe a selection for the page of it: each node with its place and community, and the regions they make."""
    picture = described(graph, selection, kind="whole", title=title, href=href, marks=marks)
    nodes = picture["nodes"]
    for node in nodes:
        node["radius"] = round(min(26.0, 4 + 2 * float(node["degree"]) ** 0.5), 1)
    ids = [node["id"] for node in nodes]
    drawn = [edge for edge in picture["edges"] if edge["drawn"]]
    district_of = districts_of(graph, ids)
    placed = plan(
        {node["id"]: node["radius"] for node in nodes}, [(edge["from"], edge["to"]) for edge in drawn], district_of
    )
    names = {node["id"]: str(node["name"]) for node in nodes}
    community = {member: at for at, region in enumerate(placed.communities) for member in region.members}
    for node in nodes:
        x, y = placed.positions[node["id"]]
        node.update(x=round(x, 1), y=round(y, 1), community=community[node["id"]])
    tints = _tints(placed.districts)
    inner = _tints(placed.communities)
    picture["districts"] = [
        {
            "key": region.name,
            "tint": tints[at] if region.name else TINTS,
            "name": str(graph.nodes[region.name]["name"]) if region.name else "",
            "size": len(region.members),
            **_disc(region),
        }
        for at, region in enumerate(placed.districts)
    ]
    picture["communities"] = [
        {
            "district": region.parent,
            "name": names[region.members[0]],
            "tint": inner[at],
            "size": len(region.members),
            **_disc(region),
        }
        for at, region in enumerate(placed.communities)
    ]
    home = {node["id"]: placed.communities[node["community"]].parent for node in nodes}
    picture["links"] = _links((home[edge["from"]], home[edge["to"]]) for edge in drawn)
    return picture


def _tints(regions: Sequence[Region]) -> list[int]:
    """Return the number of a colour for each region, so that those near each other have different ones.

    The largest chooses first; each takes the colour whose nearest bearer is farthest away, measured from rim to rim.
    """
    if len(regions) > MANY:
        return [at % TINTS for at in range(len(regions))]
    chosen: dict[int, int] = {}
    for at in sorted(range(len(regions)), key=lambda one: (-regions[one].radius, one)):
        here = regions[at]
        nearest = [float("inf")] * TINTS
        for other, tint in chosen.items():
            there = regions[other]
            apart = math.sqrt((here.x - there.x) ** 2 + (here.y - there.y) ** 2) - here.radius - there.radius
            nearest[tint] = min(nearest[tint], apart)
        chosen[at] = max(range(TINTS), key=lambda tint: (nearest[tint], -tint))
    return [chosen[at] for at in range(len(regions))]


def _disc(region: Region) -> dict[str, float]:
    return {"x": round(region.x, 1), "y": round(region.y, 1), "radius": round(region.radius, 1)}


def _links(ends: Any) -> list[list[int]]:
    """Return how many edges join two districts, the heaviest first: [one, other, edges]."""
    counts = Counter((min(pair), max(pair)) for pair in ends if pair[0] != pair[1])
    heaviest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:LINKS]
    return [[one, other, count] for (one, other), count in heaviest]


def page(picture: Mapping[str, Any]) -> str:
    """Return the page for a picture as `model` describes it."""
    shown, told = _apart(picture)
    before, after = (asset("header.html") + asset("whole.html")).split("<!-- overview -->")
    return assemble(
        [
            Markup(before),
            overview(picture["districts"], picture["communities"], picture["links"]),
            Markup(after),
        ],
        title=str(picture["title"]) or "工会新闻知识图谱",
        styles=[asset("view.css"), asset("whole.css")],
        scripts=[asset(GUARD), *map(_vendored, VENDORED), *map(asset, SCRIPTS)],
        data={"graph": shown},
        packed={"told": told},
        notices=[_notice(name) for name in ("sigma", "graphology")],
    )


def _apart(picture: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is needed to draw, and what is told when something is chosen.

    Edges become rows of a table whose ends, relations and lines are numbers of nodes, `relations` and `lines`. Of what
    is told, texts that come again and again (articles, pages, quotes, rules) are numbers of `strings`.
    """
    strings = _Pool()
    number = {node["id"]: at for at, node in enumerate(picture["nodes"])}
    relation = {one["name"]: at for at, one in enumerate(picture["relations"])}
    drawn = [edge for edge in picture["edges"] if edge["drawn"]]
    others = [edge for edge in picture["edges"] if not edge["drawn"]]
    rows = [
        [
            *(edge["id"], number[edge["from"]], number[edge["to"]], relation[edge["relation"]]),
            *(LINES.index(edge["line"]), edge["confidence"], edge["sources"]),
        ]
        for edge in drawn
    ]
    said = ("article", "page", "lines", "quote", "rule")
    told = {
        "nodes": [
            [node["aliases"], node["values"], [strings[key] for key in node["mentioned"]], node.get("href", "")]
            for node in picture["nodes"]
        ],
        "edges": [
            [
                strings[edge["status"]],
                edge["values"],
                [
                    [
                        *(strings[one[name]] for name in said),
                        one["confidence"],
                        strings[one.get("why", "")],
                        one.get("marks", 0),
                    ]
                    for one in edge["evidence"]
                ],
            ]
            for edge in (*drawn, *others)
        ],
        "others": [
            [
                *(edge["id"], strings[edge["from"]], strings[edge["to"]], strings[edge["relation"]]),
                *(strings[edge["line"]], edge["confidence"], edge["sources"]),
            ]
            for edge in others
        ],
        "articles": picture["articles"],
        "pinyin": picture["pinyin"],
        "strings": strings.all,
    }
    shown = {name: value for name, value in picture.items() if name not in ("articles", "pinyin", "links")}
    shown["nodes"] = [{name: node[name] for name in NODE} for node in picture["nodes"]]
    shown["edges"] = {"columns": list(EDGE), "rows": rows}
    shown["lines"] = list(LINES)
    return shown, told


class _Pool:
    """Texts by number, each once, in the order in which they were first met."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def __getitem__(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self.all))
        if number == len(self.all):
            self.all.append(text)
        return number


def _vendored(name: str) -> str:
    """Return a script that others wrote, without the address of a map that is not here."""
    text = files("exports").joinpath("assets", "vendor", name).read_text(encoding="utf-8")
    return re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "", text)


def _notice(name: str) -> str:
    licence = files("exports").joinpath("assets", "vendor", f"{name}.LICENSE").read_text(encoding="utf-8")
    return f"{name}\n\n{licence.strip()}"
