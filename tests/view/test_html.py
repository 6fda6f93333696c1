from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import networkx as nx
import pytest

from exports.view import focused
from exports.view.select import Graph, everything
from kg.errors import KGError
from tests.sample import sample_graph
from tests.view.graphs import HOSTILE, hostile_graph


def written(graph: Graph, title: str = "") -> str:
    stream = io.BytesIO()
    focused.write(graph, everything(graph), stream, title=title)
    return stream.getvalue().decode("utf-8")


class Reader(HTMLParser):
    """Collects tags with their attributes, and what stands in scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            kind = dict(attrs).get("type") or tag
            self.inside.append((kind, ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            kind, text = self.inside[-1]
            self.inside[-1] = (kind, text + data)

    def texts(self, kind: str) -> list[str]:
        return [text for found, text in self.inside if found == kind]


@pytest.mark.parametrize(
    "graph", [sample_graph(), hostile_graph(), nx.MultiDiGraph()], ids=["news", "hostile", "empty"]
)
def test_the_policy_allows_the_scripts_of_ours_and_nothing_else(graph: Graph) -> None:
    read = Reader(written(graph))
    policy = next(attrs["content"] for tag, attrs in read.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; img-src data: blob:; ")
    assert "unsafe" not in policy
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in read.texts("script")]
    assert len(hashes) == 2 + len(focused.SCRIPTS)
    assert re.findall(r"script-src (.*)", policy) == [" ".join(f"'sha256-{found}'" for found in hashes)]


@pytest.mark.parametrize("graph", [sample_graph(), hostile_graph()], ids=["news", "hostile"])
def test_nothing_is_fetched_and_no_attribute_runs(graph: Graph) -> None:
    text = written(graph, title=HOSTILE[1])
    for tag, attrs in Reader(text).tags:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base", "a")
        assert not {"src", "href"} & attrs.keys()
        assert not [name for name in attrs if name.startswith("on")]
    assert "cdn.jsdelivr" not in text


def test_the_data_is_there_as_json() -> None:
    graph = hostile_graph()
    (data,) = Reader(written(graph)).texts("application/json")
    names = {node["name"] for node in json.loads(data)["nodes"]}
    assert set(HOSTILE) <= names
    assert not set("<>&\u2028\u2029") & set(data)


def test_the_same_graph_gives_the_same_bytes_under_any_hash_seed() -> None:
    code = (
        "import hashlib, io\nfrom exports.view import focused, select\nfrom tests.sample import sample_graph\n"
        "graph, stream = sample_graph(), io.BytesIO()\nfocused.write(graph, select.everything(graph), stream)\n"
        "print(hashlib.sha256(stream.getvalue()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_a_script_too_many_is_refused_before_it_is_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = focused._network

    def smuggle(picture: dict[str, object]) -> object:
        network = made(picture)
        network.heading = "<script>window.hacked = 1</script>"
        return network

    monkeypatch.setattr(focused, "_network", smuggle)
    with pytest.raises(KGError, match="scripts"):
        written(sample_graph())
