"""One HTML file with a picture in it: it works offline, asks nothing of the network and runs nothing that came as text.

pyvis draws, with positions fixed beforehand; of its page we keep the two scripts that count and put our own around
them. Four things keep text from pages from becoming markup or script: ids are hashes, no titles, headings or menus are
given to pyvis, everything it does get is escaped by it, and the page allows only the scripts whose hashes it names.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any, BinaryIO

from pyvis.network import Network

from exports.picture import Graph, Selection, model
from kg.errors import KGError

__all__ = ["page", "write"]

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
BOW = 0.18  # how far parallel edges bend away from each other


def write(graph: Graph, selection: Selection, stream: BinaryIO, *, title: str = "") -> None:
    """Write the picture of a selection as one HTML page in UTF-8."""
    stream.write(page(model(graph, selection, title=title)).encode("utf-8"))


def page(picture: Mapping[str, Any]) -> str:
    """Return the page for a picture as `exports.picture.model` describes it."""
    parts = _pyvis_parts(_network(picture).generate_html(notebook=False))
    scripts = [*parts.scripts[1:], _asset("picture.js")]
    styles = [parts.styles[0], _asset("picture.css")]
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src {' '.join(map(_hash, styles))}; script-src {' '.join(map(_hash, scripts))}"
    )
    slots = {
        "policy": policy,
        "title": html.escape(str(picture["title"]) or "工会新闻知识图谱"),
        "vis_style": styles[0],
        "style": styles[1],
        "graph": _json(picture),
        "vis": scripts[0],
        "draw": scripts[1],
        "script": scripts[2],
    }
    made = re.sub(r"\{\{(\w+)\}\}", lambda slot: slots[slot[1]], _asset("page.html"))
    found = _parse(made)
    if found.scripts != scripts or found.styles != styles or found.linked:
        raise KGError("the picture's page holds a script that is not ours; please report the graph that did this")
    return made


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


class _Parts(HTMLParser):
    """The scripts and styles of a page as a browser sees them; `linked` counts what it would fetch or run beside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.linked = 0
        self._into: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("type") != "application/json":
            self._into = self.scripts
            self.scripts.append("")
        elif tag == "style":
            self._into = self.styles
            self.styles.append("")
        else:
            self._into = None
        self.linked += tag in ("link", "iframe", "object", "embed", "base", "img")
        self.linked += any(name in ("src", "href", "srcdoc") or name.startswith("on") for name in given)

    def handle_endtag(self, tag: str) -> None:
        self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data


def _parse(text: str) -> _Parts:
    parts = _Parts()
    parts.feed(text)
    parts.close()
    return parts


CDN = re.compile(r"<link\s[^>]*cdn\.jsdelivr[^>]*>|<script\s[^>]*cdn\.jsdelivr[^>]*>\s*</script>", re.DOTALL)


def _pyvis_parts(text: str) -> _Parts:
    """Return the scripts of pyvis (its helpers, vis-network, the drawing) and its styles, without what it links to."""
    parts = _parse(CDN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    if len(parts.scripts) != 3 or len(parts.styles) != 2 or parts.linked:
        raise KGError(
            f"pyvis made a page with {len(parts.scripts)} scripts and {len(parts.styles)} styles where 3 and 2 were "
            "expected; install the version of pyvis that this package names"
        )
    return parts


def _asset(name: str) -> str:
    return files("exports").joinpath("assets", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _json(value: Any) -> str:
    """Return JSON that no HTML parser can end or open a tag in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
