from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from typing import Any

import networkx as nx
import pytest

from exports.view import whole
from exports.view.model import described
from exports.view.overview import overview
from exports.view.select import Graph, everything
from kg.errors import KGError
from kg.io.markup import Markup
from tests.bench.graphs import generated
from tests.sample import sample_graph
from tests.view.graphs import HOSTILE, HOSTILE_DISTRICTS, hostile_regions, large_graph
from tests.view.test_html import Reader
from tests.view.told import edges_of, told_of


def written(graph: Graph, title: str = "", **options: Any) -> str:
    stream = io.BytesIO()
    whole.write(graph, everything(graph, **options), stream, title=title)
    return stream.getvalue().decode("utf-8")


def shown_of(text: str) -> dict[str, Any]:
    (data,) = Reader(text).texts("application/json")
    return dict(json.loads(data))


GRAPHS = pytest.mark.parametrize(
    "graph", [sample_graph(), hostile_regions(), nx.MultiDiGraph()], ids=["news", "hostile", "empty"]
)


@GRAPHS
def test_the_policy_allows_the_scripts_and_styles_of_the_page_by_their_hashes(graph: Graph) -> None:
    read = Reader(written(graph, title=HOSTILE[1]))
    policy = next(attrs["content"] for tag, attrs in read.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    def hashes(kind: str) -> str:
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in read.texts(kind)]
        return " ".join(f"'sha256-{digest}'" for digest in digests)

    assert rules == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "img-src": "data: blob:",
        "style-src": hashes("style"),
        "script-src": hashes("script"),
    }


@GRAPHS
def test_every_script_is_ours_or_what_others_wrote_and_we_keep(graph: Graph) -> None:
    assets = files("exports").joinpath("assets")
    ours = [one.read_text(encoding="utf-8") for one in assets.joinpath("view").iterdir() if one.name.endswith(".js")]
    theirs = [assets.joinpath("vendor", name).read_text(encoding="utf-8") for name in whole.VENDORED]
    scripts = Reader(written(graph)).texts("script")
    assert len(scripts) == len(set(scripts)) == 1 + len(whole.VENDORED) + len(whole.SCRIPTS)
    for script in scripts:
        assert script in ours or any(
            library.startswith(script) and re.fullmatch(r"\s*(//# sourceMappingURL=\S+\s*)?", library[len(script) :])
            for library in theirs
        )


@GRAPHS
def test_nothing_is_fetched_and_no_attribute_runs_or_styles(graph: Graph) -> None:
    text = written(graph, title=HOSTILE[1])
    for tag, attrs in Reader(text).tags:
        assert tag not in ("link", "iframe", "img", "image", "object", "embed", "base", "a", "use", "foreignobject")
        assert not {"src", "href", "xlink:href", "style", "srcdoc", "formaction"} & attrs.keys()
        assert not [name for name in attrs if name.startswith("on")]
    assert "sourceMappingURL" not in text


def test_the_licences_of_what_others_wrote_travel_with_it() -> None:
    (notice,) = [one for one in Reader(written(sample_graph())).texts("text/plain") if "Permission" in one]
    for name in ("sigma", "graphology"):
        licence = files("exports").joinpath("assets", "vendor", f"{name}.LICENSE").read_text(encoding="utf-8").strip()
        assert "Permission is hereby granted" in licence
        assert licence.replace("<", "(").replace(">", ")") in notice


@pytest.mark.parametrize("graph", [sample_graph(), hostile_regions()], ids=["news", "hostile"])
def test_what_is_drawn_is_a_table_and_what_is_told_lies_beside_it(graph: Graph) -> None:
    text = written(graph)
    shown, told = shown_of(text), told_of(text)
    assert (shown["format"], shown["kind"]) == (2, "whole")
    wanted = described(graph, everything(graph), kind="whole")

    def plain(value: Any) -> Any:
        """As JSON has it: what is no character of Unicode comes through the compressed part as such."""
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))

    nodes = [
        {**node, "aliases": row[0], "values": row[1], "mentioned": [told["strings"][at] for at in row[2]]}
        for node, row in zip(shown["nodes"], told["nodes"], strict=True)
    ]
    known = ("id", "type", "name", "degree", "aliases", "values", "mentioned")
    assert plain([{name: node[name] for name in known} for node in nodes]) == plain(
        [{name: node[name] for name in known} for node in wanted["nodes"]]
    )
    for edge in wanted["edges"]:
        for item in edge["evidence"]:
            item.setdefault("why", "")
    assert plain(edges_of(shown, told)) == plain(wanted["edges"])
    assert plain(told["articles"]) == plain(wanted["articles"])
    assert told["pinyin"] == wanted["pinyin"]
    assert not {"articles", "pinyin"} & shown.keys()


def test_hostile_names_are_json_that_holds_no_tag() -> None:
    text = written(hostile_regions())
    (data,) = Reader(text).texts("application/json")
    assert not set("<>&\u2028\u2029") & set(data)
    assert {*HOSTILE, *HOSTILE_DISTRICTS} <= {node["name"] for node in json.loads(data)["nodes"]}


def test_every_node_lies_in_its_community_and_that_in_its_district() -> None:
    graph = generated(600)
    shown = shown_of(written(graph))
    for node in shown["nodes"]:
        region = shown["communities"][node["community"]]
        away = ((node["x"] - region["x"]) ** 2 + (node["y"] - region["y"]) ** 2) ** 0.5
        assert away + node["radius"] <= region["radius"] + 1
    for region in shown["communities"]:
        district = shown["districts"][region["district"]]
        away = ((region["x"] - district["x"]) ** 2 + (region["y"] - district["y"]) ** 2) ** 0.5
        assert away + region["radius"] <= district["radius"] + 1
    sizes = [0] * len(shown["communities"])
    for node in shown["nodes"]:
        sizes[node["community"]] += 1
    assert sizes == [region["size"] for region in shown["communities"]]
    assert sum(sizes) == sum(district["size"] for district in shown["districts"]) == len(shown["nodes"])


def test_the_overview_names_every_district_and_numbers_its_disc() -> None:
    text = written(sample_graph())
    circles = [attrs for tag, attrs in Reader(text).tags if tag == "circle" and "data-region" in attrs]
    shown = shown_of(text)
    assert [attrs["data-region"] for attrs in circles] == [
        *map(str, range(len(shown["districts"]))),
        *map(str, range(len(shown["communities"]))),
    ]
    for district in shown["districts"]:
        assert f">{district['name'] or '地区不详'}</text>" in text


def test_what_is_left_out_is_counted() -> None:
    graph = large_graph(60)
    shown = shown_of(written(graph, limit=20))
    assert (len(shown["nodes"]), shown["leftOut"]) == (20, 40)


def test_the_same_graph_gives_the_same_bytes_under_any_hash_seed() -> None:
    code = (
        "import hashlib, io\nfrom exports.view import whole, select\nfrom tests.sample import sample_graph\n"
        "from tests.bench.graphs import generated\n"
        "for graph in (sample_graph(), generated(300)):\n"
        "    stream = io.BytesIO()\n    whole.write(graph, select.everything(graph), stream)\n"
        "    print(hashlib.sha256(stream.getvalue()).hexdigest())"
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


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    graph = sample_graph()
    turned: Graph = nx.MultiDiGraph(**graph.graph)
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for u, v, key, data in reversed([*graph.edges(keys=True, data=True)]):
        turned.add_edge(u, v, key)
        turned.edges[u, v, key].update(data)
    assert written(turned) == written(graph)


def test_a_script_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    smuggled = "<script>window.hacked = 1</script>"
    monkeypatch.setattr(whole, "overview", lambda *given: Markup(overview(*given) + smuggled))
    with pytest.raises(KGError, match="script or style that is not ours"):
        written(sample_graph())
