"""RDF read back: what was exported, restored and exported again is the same bytes, in every syntax."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import DEFAULT_BASE, EXPORTERS, get_exporter
from kg.build import build
from kg.cli.demo import sample_pages
from kg.errors import InputError, WorkspaceError
from kg.graph import Flow, as_flow, flow
from kg.restore import restore
from kg.selection import Selection, select
from kg.workspace import Workspace
from tests.build.pages import pages, posts
from tests.cli.run import invoke, one_line
from tests.exports.graphs import AWKWARD, node_id, sample
from tests.sample import sample_graph

ENDINGS = {"trig": "trig", "nquads": "nq", "ntriples": "nt", "turtle": "ttl", "jsonld": "jsonld", "rdfxml": "rdf"}
RDF = list(ENDINGS)


def written(name: str, graph: nx.MultiDiGraph[str] | Flow, base: str = DEFAULT_BASE) -> bytes:
    stream = io.BytesIO()
    get_exporter(name).write(graph, stream, base=base)
    return stream.getvalue()


def restored(graph: nx.MultiDiGraph[str] | Flow, folder: Path, name: str = "nquads", base: str = DEFAULT_BASE) -> Path:
    """Return the workspace that the RDF of a graph is restored to."""
    file = folder / f"graph.{ENDINGS[name]}"
    file.write_bytes(written(name, graph, base))
    restore(file, folder / "ws")
    return folder / "ws"


def same(space: Path, graph: nx.MultiDiGraph[str] | Flow, *names: str) -> None:
    for name in names or RDF:
        assert written(name, flow(space)) == written(name, graph), name


def odd() -> nx.MultiDiGraph[str]:
    """Return the sample with ids that stand in IRIs only encoded, and with statements of every shape."""
    graph = sample()
    names = {key: f"东河区/总工会 100% {number}" for number, key in enumerate(sorted(graph))}
    moved: nx.MultiDiGraph[str] = nx.MultiDiGraph(workspace="sample")
    for key, data in graph.nodes(data=True):
        moved.add_node(names[key], **{**data, "key": names[key]})
    for subject, target, key, data in graph.edges(keys=True, data=True):
        count = len(data["articles"])
        found = {**data, "articles": [names[one] for one in data["articles"]]}
        found["statements"] = [f"s-{key[-6:]}/{number}?" for number in range(count)]
        found["lines"] = [("12,7-9", "3", "")[start % 3] for start in data["starts"]]
        found["ranges"] = [("723-737,740-745", "", "1-2")[start % 3] for start in data["starts"]]
        found["whys"] = ["coreference", "", AWKWARD][:count]
        moved.add_edge(names[subject], names[target], key)
        moved.edges[names[subject], names[target], key].update(found)
    return moved


GRAPHS: dict[str, Callable[[], nx.MultiDiGraph[str]]] = {"awkward": sample, "sample": sample_graph, "odd": odd}


# ---------------------------------------------------------------- there and back


# XML cannot hold all characters of the others: what it lost does not come back
@pytest.mark.parametrize(("graph", "name"), [(g, n) for g in GRAPHS for n in RDF if n != "rdfxml" or g == "sample"])
def test_a_graph_comes_back(graph: str, name: str, tmp_path: Path) -> None:
    same(restored(GRAPHS[graph](), tmp_path, name), GRAPHS[graph]())


@pytest.mark.parametrize("name", RDF)
def test_a_workspace_comes_back(name: str, demo: Path, tmp_path: Path) -> None:
    same(restored(flow(demo), tmp_path, name), flow(demo))


def test_more_than_rdf_comes_back(demo: Path, tmp_path: Path) -> None:
    """All that nodes and edges say, in the same order, but for a path on somebody's disk."""
    space = restored(flow(demo), tmp_path)
    for one, other in ((flow(demo), flow(space)),):
        nodes = [(key, {name: value for name, value in data.items() if name != "source"}) for key, data in one.nodes()]
        assert list(other.nodes()) == nodes
        assert list(other.edges()) == list(one.edges())


@pytest.mark.parametrize(
    "selection",
    [
        Selection("officials"),
        Selection("none"),
        Selection("officials", {"a1": "asked for"}),
        Selection(withdrawn={"a4": "asked for"}),
    ],
)
def test_what_was_selected_comes_back(selection: Selection, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    same(restored(select(sample_graph(), selection), tmp_path), select(sample_graph(), selection))
    left = select(flow(demo), Selection(selection.persons))
    same(restored(left, tmp_path / "demo"), left)


@settings(max_examples=5)
@given(numbers=st.sets(st.integers(0, 30), min_size=1, max_size=6))
def test_builds_come_back(numbers: set[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("builds")
    build([pages(31)[number] for number in sorted(numbers)], folder / "built", workers=1)
    same(restored(flow(folder / "built"), folder), flow(folder / "built"), "nquads")


def test_ids_of_before_come_back(tmp_path: Path) -> None:
    ruling = "same\tPerson|王建国|TradeUnion|110102||总工会\tPerson|王建国|Enterprise|11|京华机械|公司\t\t\n"
    build(posts(), tmp_path / "built", workers=1)
    (tmp_path / "built" / "judgements.tsv").write_text(ruling, encoding="utf-8")
    build(posts(), tmp_path / "built", workers=1)
    space = restored(flow(tmp_path / "built"), tmp_path)
    same(space, flow(tmp_path / "built"))
    before = {key: data["formerKeys"] for key, data in flow(tmp_path / "built").nodes() if "formerKeys" in data}
    assert {key: data["formerKeys"] for key, data in flow(space).nodes() if "formerKeys" in data} == before


@given(name=st.text(), told=st.text(min_size=1), quote=st.text(min_size=1), title=st.text(min_size=1))
@settings(max_examples=25)
def test_any_text_comes_back(
    name: str, told: str, quote: str, title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    graph = sample_graph()
    graph.nodes["wang"].update(name=name, aliases=[told, quote])
    graph.nodes["fair"]["dateText"] = told
    graph.nodes["a1"]["headline"] = quote
    for *_, data in graph.edges(data=True):
        if data["key"] == "role-wang-x":
            data.update(title=title, starts=[900], ends=[901], quotes=[quote], whys=[told], rules=[title])
    same(restored(graph, tmp_path_factory.mktemp("text")), graph, "nquads")


@settings(max_examples=25)
@given(
    seen=st.lists(st.sampled_from(["2025-03-12", "2025-04-16", "", "2024", "2025-05"]), min_size=1, max_size=4),
    data=st.data(),
)
def test_days_come_back(seen: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each statement says on which day a post was held: its own, or that of its article."""
    graph = sample_graph()
    for article in ("a1", "a2", "a3", "a4"):
        graph.nodes[article]["issueDate"] = data.draw(st.sampled_from(["2025-03-12", "2025-04-16", ""]))
    articles = [data.draw(st.sampled_from(["a1", "a2", "a3", "a4"])) for _ in seen]
    days = {day or str(graph.nodes[one]["issueDate"]) for one, day in zip(articles, seen, strict=True)} - {""}
    for *_, edge in graph.edges(data=True):
        if edge["predicate"] == "hasRole":
            edge["seen"] = []
            for name in ("articles", "starts", "ends", "rules", "quotes", "lines", "confidences"):
                edge[name] = []
        if edge["key"] == "role-wang-x":
            edge.update(articles=articles, starts=list(range(len(seen))), ends=[9] * len(seen), seen=sorted(days))
            edge.update(rules=["r"] * len(seen), quotes=["q"] * len(seen), lines=["1"] * len(seen))
            edge.update(confidences=[0.5] * len(seen))
    same(restored(graph, tmp_path_factory.mktemp("days")), graph, "nquads")


def test_texts_come_back(demo: Path, tmp_path: Path) -> None:
    space = restored(flow(demo, texts=True), tmp_path)
    assert written("trig", flow(space, texts=True)) == written("trig", flow(demo, texts=True))
    same(space, flow(demo))


def test_iris_of_another_base_come_back(tmp_path: Path) -> None:
    base = "https://example.org/kg/"
    file = tmp_path / "graph.trig"
    file.write_bytes(written("trig", sample(), base))
    done = invoke("import-rdf", file, "-o", tmp_path / "ws")
    assert f"export it with --base {base} to get the same IRIs" in done.stderr.decode()
    for name in RDF:
        assert written(name, flow(tmp_path / "ws"), base) == written(name, sample(), base)


def test_the_order_of_triples_does_not_matter(tmp_path: Path) -> None:
    lines = written("nquads", sample()).splitlines(keepends=True)
    found = []
    for seed in range(3):
        file = tmp_path / "graph.nq"
        file.write_bytes(b"".join(random.Random(seed).sample(lines, len(lines))))
        restore(file, tmp_path / str(seed))
        paths = sorted(path for path in (tmp_path / str(seed)).rglob("*") if path.is_file())
        found.append({path.relative_to(tmp_path / str(seed)): path.read_bytes() for path in paths})
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("name", ["trig", "nquads", "turtle"])
def test_a_packed_file_is_read(name: str, demo: Path, tmp_path: Path) -> None:
    file = tmp_path / f"graph.{ENDINGS[name]}.gz"
    file.write_bytes(gzip.compress(written(name, flow(demo))))
    done = invoke("import-rdf", file, "-o", tmp_path / "ws")
    assert done.returncode == 0
    assert re.fullmatch(rf"{tmp_path}/ws: 16 articles, \d+ statements, \d+ entities, \d+ facts\n", done.stderr.decode())
    same(tmp_path / "ws", flow(demo))


# ---------------------------------------------------------------- a workspace like others


def test_commands_work_on_it(demo: Path, tmp_path: Path) -> None:
    space = restored(flow(demo), tmp_path)
    assert Workspace.open(space).is_whole()
    for words in (
        ("query", "people-roles", "--evidence"),
        ("query", "unions-by-activity"),
        ("find", "孟凡林"),
    ):
        done = invoke(words[0], space, *words[1:])
        assert done.returncode == 0, done.stderr
        assert done.stdout == invoke(words[0], demo, *words[1:]).stdout
    for command in (
        ("view", space, "-o", tmp_path / "a.html"),
        ("load", "embedded", space),
        ("explain", space, "孟凡林"),
        ("review", space, "--list"),
        ("diff", demo, space, "--summary"),
        ("export", "csv", space, "-o", tmp_path / "tables"),
    ):
        done = invoke(*command)
        assert done.returncode in (0, 2), done.stderr


def test_its_report_has_what_that_of_a_build_has(demo: Path, tmp_path: Path) -> None:
    space = restored(flow(demo), tmp_path)
    one, other = Workspace.open(demo).report(), Workspace.open(space).report()
    assert one.keys() == other.keys()
    for part in ("counts", "shares", "components", "shapes"):
        assert one[part].keys() == other[part].keys()
    for part in ("entities", "facts", "statuses"):
        assert one[part] == other[part]
    for count in ("pages", "articles", "entities", "facts"):
        assert one["counts"][count] == other["counts"][count]
    statements = list(Workspace.open(space).statements())
    assert other["counts"]["statements"] == len(statements) == sum(other["rules"].values())
    entities = {entity.id for entity in Workspace.open(space).entities()}
    assert entities.issuperset(end for one_ in statements for end in (one_.subject, one_.object))
    assert [page.text for page in Workspace.open(space).pages()] == [""] * other["counts"]["pages"]


def test_it_cannot_be_built_again(demo: Path, tmp_path: Path) -> None:
    space = restored(flow(demo), tmp_path)
    page = tmp_path / "page.md"
    page.write_text("# 一\n\n文", encoding="utf-8")
    for words in (("--add",), (page,)):
        told = one_line(invoke("build", *words, "-o", space), 6)
        assert "restored from RDF, with no pages to build it again from; build into another folder" in told
    same(space, flow(demo))


def test_what_was_restored_may_be_restored_anew(demo: Path, tmp_path: Path) -> None:
    restored(sample_graph(), tmp_path)
    same(restored(flow(demo), tmp_path), flow(demo))


def test_a_workspace_of_pages_is_not_replaced(demo_copy: Path) -> None:
    before = written("nquads", flow(demo_copy))
    file = demo_copy.parent / "graph.nq"
    file.write_bytes(written("nquads", sample()))
    with pytest.raises(WorkspaceError, match="a workspace made from pages; give a new folder to restore into"):
        restore(file, demo_copy)
    assert written("nquads", flow(demo_copy)) == before


def test_an_ids_tsv_that_waits_for_a_build_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "ws").mkdir()
    (tmp_path / "ws" / "ids.tsv").write_text("key\tid\treplaced_by\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"an ids.tsv is in it, which would be lost; give a new folder"):
        restored(sample(), tmp_path)


def test_ids_tsv_keeps_the_ids_of_a_build_that_takes_it(demo: Path, tmp_path: Path) -> None:
    space = restored(flow(demo), tmp_path)
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "ids.tsv").write_bytes((space / "ids.tsv").read_bytes())
    build(sample_pages(), tmp_path / "built", workers=1)
    assert written("nquads", flow(tmp_path / "built")) == written("nquads", flow(demo))


# ---------------------------------------------------------------- what is not ours


FOREIGN = '<https://example.org/x> <http://www.w3.org/2000/01/rdf-schema#label> "x"@en .\n'


def changed(pattern: str, new: str, count: int = 1) -> bytes:
    """Return N-Quads of the sample with lines changed."""
    text = written("ntriples", sample_graph()).decode()
    found, number = re.subn(pattern, new, text, count=count, flags=re.MULTILINE)
    assert number
    return found.encode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"",
            r"nothing in it is of a class of https://w3id.org/union-news-kg/ontology#; give RDF that kg export wrote",
        ),
        (FOREIGN.encode(), r"nothing in it is of a class of"),
        (FOREIGN.encode() * 2 + b"<x y> .\n", r"no N-Quads: .*line 3"),
        (b"\xff\xfe\n", r"no N-Quads: .*line 1"),
        (changed(r"^.*ontology#status.*\n", ""), r"has not one status, but 0; give the whole"),
        (changed(r'"happened"', '"perhaps"'), r"has no un:status of happened, planned, denied, reported"),
        (changed(r"^(.*)ontology#subject.*\n", ""), r"has not one un:subject, but 0"),
        (changed(r"ontology#predicate> <.*> ", "ontology#predicate> <https://x/y> "), r"has no un:predicate that is a"),
        (changed(r"^.*oa#hasTarget.*\n", ""), r"has not one oa:hasTarget, but 0"),
        (changed(r"^.*oa#hasBody.*\n", ""), r"has other evidence than annotations: statement-\w+"),
        (changed(r"^.*oa#hasSource.*\n", ""), r"has not one oa:hasSource, but 0|of which nothing is said"),
        (changed(r"^.*oa#start.*\n", ""), r"has not one selector of a position"),
        (changed(r"^.*Position.*\n|^.*#start.*\n|^.*oa#end.*\n", "", 0), r"has not one selector of a position"),
        (changed(r'(ontology#confidence>) "0.9"', r'\1 "much"'), r"has confidence 'much', which is no number"),
        (
            changed(r'(ontology#confidence>) "0.9"', r'\1 "7.5"'),
            r"has confidence '7.5', which is no number from 0 to 1",
        ),
        (changed(r'(oa#start>) "[0-9]*', r'\1 "99999'), r"goes from 99999 to \d+"),
        (changed(r'(ontology#start>) "2', r'\1 "-5'), r"start cannot be '-5"),
        (changed(r"ontology#Venue>", r"ontology#Place>"), r"ontology#Place>, which is not in the ontology"),
        (changed(r'(ontology#lines>) "[^"]*"', r'\1 "1-99999999"'), r"has lines from 1 to 99999999"),
        (
            changed(
                r"^(<\S*/id/wang>) (\S*type>) .*\n", r"\1 \2 <https://w3id.org/union-news-kg/ontology#Venue> .\n\g<0>"
            ),
            r"wang is of 2 classes, Person, Venue",
        ),
        (changed(r"^<(\S*)/id/wang> ", r"<\1/other/wang> ", 0), r"does not start with .* as others do; an export has"),
        (changed(r"^<\S*/id/a1> .*\n", "", 0), r"stands in a1, of which nothing is said"),
        (changed(r"^<\S*/id/u-yuetan> .*\n", "", 0), r"takes the place of another, but nothing is said of it"),
        (changed(r"fact-|#role-wang-x>", "#%FF>"), r"has no id: '%FF' is none"),
        (
            changed(
                r"(#role-wang-x> \S*confidence>.*\n)",
                r"\1\1".replace(r"\1\1", r"\1") + "<https://w3id.org/union-news-kg/id/wang#role-wang-x> "
                '<https://w3id.org/union-news-kg/ontology#confidence> "0.1" .\n',
            ),
            r"has not one confidence, but 2",
        ),
    ],
)
def test_what_is_not_the_whole_of_an_export_is_told(data: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_bytes(data)
    with pytest.raises(InputError, match=message):
        restore(file, tmp_path / "ws")
    told = one_line(invoke("import-rdf", file, "-o", tmp_path / "ws"), 3)
    assert told.startswith(f"Error: {file}: ")
    assert not (tmp_path / "ws").exists()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for name, data, message in (
        ("graph.txt", b"", "its name does not tell its syntax; it ends with .nq, .trig, .nt, .ttl, .jsonld, .rdf"),
        ("graph", b"", "its name does not tell its syntax"),
        ("graph.nq.gz", b"no", "cannot read"),
        ("graph.trig.gz", gzip.compress(written("trig", sample()))[:-40], "cannot read"),
        ("graph.trig", b"<a> <b> .\n", "no TriG: "),
        ("graph.jsonld", b"{", "no JSON-LD: "),
        ("graph.rdf", b"<rdf", "no RDF/XML: "),
        ("folder.nq", None, "cannot read"),
    ):
        file = tmp_path / name
        if data is None:
            file.mkdir()
        else:
            file.write_bytes(data)
        assert message in one_line(invoke("import-rdf", file, "-o", tmp_path / "ws"), 3)
    assert "cannot read" in one_line(invoke("import-rdf", tmp_path / "nothing.nq", "-o", tmp_path / "ws"), 3)


def test_a_graph_of_articles_alone_is_not_enough(tmp_path: Path) -> None:
    lines = [line for line in written("nquads", sample_graph()).splitlines() if line.endswith(b"#graph> .")]
    assert lines
    file = tmp_path / "graph.nq"
    file.write_bytes(b"\n".join(lines) + b"\n")
    with pytest.raises(InputError, match="nothing in it is of a class"):
        restore(file, tmp_path / "ws")


def test_the_head_says_where_it_comes_from(tmp_path: Path) -> None:
    head: dict[str, Any] = json.loads((restored(sample(), tmp_path) / "workspace.json").read_bytes())
    assert head["restored"] == {"base": DEFAULT_BASE}
    assert "graphml" in EXPORTERS
    assert node_id("page") in written("graphml", flow(tmp_path / "ws")).decode()
    assert len(list(as_flow(sample()).nodes())) == head["counts"]["entities"]
