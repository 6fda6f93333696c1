"""One HTML file with a picture in it: it works offline, asks nothing of the network and runs nothing that came as text.

pyvis draws, with positions fixed beforehand; of its page we keep the two scripts that count and put our own around
them. Four things keep text from pages from becoming markup or script: ids are hashes, no titles, headings or menus are
given to pyvis, everything it does get is escaped by it, and the page allows only the scripts whose hashes it names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from pyvis.network import Network

from exports.view.labels import ems, wrap
from exports.view.marks import Marks
from exports.view.model import Href, described
from exports.view.page import Parts, assemble, asset, parts_of
from exports.view.select import Graph, Selection
from exports.view.stress import Box, layout
from kg.errors import KGError
from kg.io.markup import Markup

__all__ = ["page", "write"]

SCRIPTS = ("words.js", "data.js", "dom.js", "panel.js", "legend.js", "search.js", "labels.js", "shell.js", "focused.js")
DASHES: Mapping[str, Sequence[int]] = {
    "planned": (7, 5),
    "reported": (2, 4),
    "denied": (10, 3, 2, 3),
    "inferred": (1, 4),
}
OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "dragNodes": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "color": {"color": "#9aa4ae", "highlight": "#424a53", "hover": "#424a53"},
        "font": {"size": 0},
        "hoverWidth": 1,
        "selectionWidth": 1.5,
        "smooth": False,
    },
}
FONT = 13  # pixels of a label at full size
LINE = 16  # from one line of a label to the next
LABELLED = 400  # in larger pictures only so many nodes, the best connected, get room for their labels
BOW = 0.18  # how far parallel edges bend away from each other


def write(graph: Graph, selection: Selection, stream: BinaryIO, *, title: str = "") -> None:
    """Write the picture of a selection as one HTML page in UTF-8."""
    stream.write(page(model(graph, selection, title=title)).encode("utf-8"))


def model(
    graph: Graph, selection: Selection, *, title: str = "", href: Href | None = None, marks: Marks | None = None
) -> dict[str, Any]:
    """Describe a selection for the page of it, each node with its place and the lines of its label."""
    picture = described(graph, selection, kind="focused", title=title, href=href, marks=marks)
    for node in picture["nodes"]:
        node["label"] = wrap(str(node["name"]))
    _place(picture["nodes"], [(edge["from"], edge["to"]) for edge in picture["edges"] if edge["drawn"]])
    return picture


def _place(nodes: Sequence[dict[str, Any]], edges: Iterable[tuple[str, str]]) -> None:
    """Give each node its place, with room for its label below it."""
    ranked = sorted(nodes, key=lambda node: (-node["degree"], node["id"]))
    roomy = {node["id"] for node in ranked[:LABELLED]}
    gap = max(14.0, 40.0 - len(nodes) / 5)  # small pictures are airy, so that their relations can be read
    boxes: dict[str, Box] = {}
    for node in nodes:
        size = 2 * node["radius"]
        if node["id"] in roomy:
            label = max((ems(line) for line in node["label"]), default=0.0)
            boxes[node["id"]] = Box(max(size, label * FONT) + gap, size + LINE * len(node["label"]) + gap)
        else:
            boxes[node["id"]] = Box(size + gap, size + gap)
    places = layout(boxes, edges)
    for node in nodes:
        x, y = places[node["id"]]
        node["x"] = round(x)
        node["y"] = round(y - boxes[node["id"]].height / 2 + gap / 2 + node["radius"])


def page(picture: Mapping[str, Any]) -> str:
    """Return the page for a picture as `exports.view.model.model` describes it."""
    parts = _pyvis_parts(_network(picture).generate_html(notebook=False))
    return assemble(
        [Markup(asset("header.html") + asset("focused.html"))],
        title=str(picture["title"]) or "工会新闻知识图谱",
        styles=[parts.styles[0], asset("view.css")],
        scripts=[*parts.scripts[1:], *map(asset, SCRIPTS)],
        data={"graph": picture},
    )


def _network(picture: Mapping[str, Any]) -> Network:
    """Return the drawing as pyvis knows it; of all text it gets names and relation labels only."""
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps(OPTIONS))
    looks = {look["name"]: look for look in picture["classes"]}
    relations = {relation["name"]: relation["zh"] for relation in picture["relations"]}
    for node in picture["nodes"]:
        look = looks[node["type"]]
        colour = {"background": look["colour"], "border": look["border"]}
        network.add_node(
            node["id"],
            label=" ".join(node["label"]) or "?",
            shape=look["shape"],
            color={**colour, "highlight": colour, "hover": colour},
            size=node["radius"],
            x=node["x"],
            y=node["y"],
        )
    drawn = [edge for edge in picture["edges"] if edge["drawn"]]
    bows = _bows(drawn)
    for edge in drawn:
        options: dict[str, Any] = {"id": edge["id"], "label": relations[edge["relation"]]}
        options["width"] = min(5.0, 1.0 + 0.6 * edge["sources"])
        if edge["line"] in DASHES:
            options["dashes"] = list(DASHES[edge["line"]])
        if bows[edge["id"]]:
            kind = "curvedCW" if bows[edge["id"]] > 0 else "curvedCCW"
            options["smooth"] = {"enabled": True, "type": kind, "roundness": abs(bows[edge["id"]])}
        network.add_edge(edge["from"], edge["to"], **options)
    return network


def _bows(edges: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return how each edge bends, so that edges between the same two nodes lie beside each other."""
    between: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for edge in edges:
        ends = sorted((edge["from"], edge["to"]))
        between.setdefault((ends[0], ends[1]), []).append(edge)
    bows: dict[str, float] = {}
    for (first, _), group in between.items():
        for rank, edge in enumerate(group):
            bow = round(BOW * (rank - (len(group) - 1) / 2), 3)
            bows[edge["id"]] = bow if edge["from"] == first else -bow
    return bows


CDN = re.compile(r"<link\s[^>]*cdn\.jsdelivr[^>]*>|<script\s[^>]*cdn\.jsdelivr[^>]*>\s*</script>", re.DOTALL)


def _pyvis_parts(text: str) -> Parts:
    """Return the scripts of pyvis (its helpers, vis-network, the drawing) and its styles, without what it links to."""
    parts = parts_of(CDN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    if len(parts.scripts) != 3 or len(parts.styles) != 2 or parts.linked:
        raise KGError(
            f"pyvis made a page with {len(parts.scripts)} scripts and {len(parts.styles)} styles where 3 and 2 were "
            "expected; install the version of pyvis that this package names"
        )
    return parts
