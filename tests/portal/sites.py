"""Portals of small graphs, and how to read them: as a server would find their files, as a parser sees their pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import networkx as nx
import pyoxigraph as ox

from exports import DEFAULT_BASE
from exports.portal import write_portal
from kg.graph import as_flow
from tests.exports.graphs import sample
from tests.sample import sample_graph
from tests.view.graphs import hostile_graph

Graph: TypeAlias = "nx.MultiDiGraph[str]"

ROOT = "http://portal.test/"
VOID = frozenset({"br", "input", "link", "meta", "wbr"})
ISSUED = "2025-06-01"


def turned_graph() -> Graph:
    """Return the awkward graph, with a title that no folder can be called like, and one with a slash."""
    graph = deepcopy(sample())
    role = next((u, v, k) for u, v, k, data in graph.edges(keys=True, data=True) if data["predicate"] == "hasRole")
    for number, title in enumerate(("书记/主席", "..", "长" * 90, "a\tb", "index.html", "\u202e主席"), 1):
        key = f"fact-title-{number}"
        graph.add_edge(role[0], role[1], key)
        graph.edges[role[0], role[1], key].update({**graph.edges[role], "key": key, "title": title})
    return graph


def bad_graph() -> Graph:
    """Return the graph whose names try to break out of a page, with a relation that may have an honour."""
    graph = hostile_graph()
    for _, _, key, data in graph.edges(keys=True, data=True):
        if key.startswith("helps-hostile"):
            start = 1000 * int(key.rpartition("-")[2])  # one passage has one text
            data.update(predicate="awards", type="AWARDS", starts=[start], ends=[start + len(data["quotes"][0])])
    return graph


GRAPHS = {"sample": sample_graph, "awkward": turned_graph, "hostile": bad_graph}


def hub_graph(count: int) -> Graph:
    """Return the sample with a union that organizes, and an article that mentions, very many things."""
    graph = sample_graph()
    for number in range(count):
        node = f"act-{number:05}"
        graph.add_node(node, **{**graph.nodes["walk"], "key": node, "name": f"第{number}次健步走"})
        for source, subject, kind in (("org-walk-denied", "u-dongcheng", "org"), ("mention-a3-walk", "a3", "says")):
            old = next((u, v, k) for u, v, k in graph.edges(keys=True) if k == source)
            key = f"{kind}-{number:05}"
            graph.add_edge(subject, node, key)
            graph.edges[subject, node, key].update({**graph.edges[old], "key": key, "status": "happened"})
        post = ("wang", "u-xicheng", "role-wang-x")
        graph.add_edge("wang", "u-xicheng", f"role-{number:05}")
        graph.edges["wang", "u-xicheng", f"role-{number:05}"].update(
            {**graph.edges[post], "key": f"role-{number:05}", "title": f"第{number}届主席"}
        )
    return graph


def write(graph: Graph, folder: Path, **options: Any) -> Site:
    """Write the portal of a graph into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_portal(as_flow(graph), folder, issued=ISSUED, **options)
    return Site(folder)


@dataclass
class Site:
    """A portal in a folder."""

    folder: Path
    base: str = DEFAULT_BASE

    @cached_property
    def pages(self) -> dict[str, Parsed]:
        """Every page, by its path."""
        found = {}
        for path in sorted(self.folder.rglob("*.html")):
            found[path.relative_to(self.folder).as_posix()] = parsed(path.read_text(encoding="utf-8"))
        return found

    def file_of(self, address: str) -> str:
        """Return the path of the file that a server gives for an address below ROOT; "" where there is none."""
        path = unquote(urlsplit(address).path).lstrip("/")
        try:
            if (self.folder / path).is_dir():
                path = f"{path.rstrip('/')}/index.html".lstrip("/")
            return path if (self.folder / path).is_file() else ""
        except OSError:  # no file system has names as long as that
            return ""

    def leads(self, address: str) -> bool:
        """Whether an address leads to a file, and its fragment to a place in it."""
        whole, fragment = urldefrag(address)
        file = self.file_of(whole)
        if not fragment or not file:
            return bool(file)
        return unquote(fragment) in self.pages[file].ids

    def of_iri(self, iri: str) -> str:
        """Return the address at which an IRI of the data is answered."""
        return ROOT + "id/" + iri.removeprefix(self.base)

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield each link within the portal: the page it stands on, and where it leads."""
        for path, page in self.pages.items():
            if path in ("404.html", "410.html"):
                continue
            for href in page.links:
                address = urljoin(ROOT + path, href)
                if address.startswith(ROOT):
                    yield path, address

    @cached_property
    def triples(self) -> list[ox.Triple]:
        """What the N-Triples say."""
        raw = (self.folder / "dumps" / "union-news.nt").read_bytes()
        return [quad.triple for quad in ox.parse(raw, format=ox.RdfFormat.N_TRIPLES)]


@dataclass
class Parsed:
    """A page as a parser sees it."""

    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    scripts: list[tuple[dict[str, str], str]] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    handlers: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=lambda: {"zh": 0, "en": 0})
    text: str = ""
    policy: str = ""

    @property
    def data(self) -> Any:
        """The data for search engines."""
        return next(json.loads(text) for given, text in self.scripts if given.get("type") == "application/ld+json")


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Parsed()
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page = self.page
        given = {name: value or "" for name, value in attrs}
        if len(given) != len(attrs):
            page.faults.append(f"an attribute of <{tag}> twice")
        page.tags.add(tag)
        if tag not in VOID:
            self._open.append(tag)
        if "id" in given:
            if given["id"] in page.ids:
                page.faults.append(f"the id {given['id']} twice")
            page.ids.add(given["id"])
        page.links += [given[name] for name in ("href", "src", "action") if name in given]
        page.handlers += [name for name in given if name.startswith("on") or name == "style"]
        if tag == "script":
            page.scripts.append((given, ""))
        if given.get("http-equiv") == "Content-Security-Policy":
            page.policy = given["content"]
        if tag == "span" and given.get("lang") in page.words:
            page.words[given["lang"]] += 1

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self.page.faults.append(f"</{tag}> inside {self._open[-3:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "script":
            given, text = self.page.scripts[-1]
            self.page.scripts[-1] = given, text + data
        elif self._open and self._open[-1] != "style":
            self.page.text += data

    def finish(self) -> Parsed:
        self.close()
        if self._open:
            self.page.faults.append(f"left open: {self._open}")
        return self.page


def parsed(text: str) -> Parsed:
    """Parse a page."""
    parser = _Parser()
    parser.feed(text)
    return parser.finish()
