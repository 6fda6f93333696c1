"""Ids through builds: two entities become one and part again, and whoever kept an old id still finds what it was."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from exports import DEFAULT_BASE, EXPORTERS, get_exporter, get_folder_exporter
from kg.build import build
from kg.check import check_graph
from kg.errors import InputError, UnknownName
from kg.graph import read_graph
from kg.model import Page
from kg.workspace import Workspace
from loaders import open_target
from queries import ask, find, get_query, resolve
from tests.build.pages import posts

REPLACED_BY = "http://purl.org/dc/terms/isReplacedBy"
RDF = [name for name in EXPORTERS if name != "graphml"]


def people(folder: Path) -> dict[str, list[str]]:
    """Return the id of each 王建国 of a workspace, with the retired ids that lead to it."""
    nodes = read_graph(folder).nodes(data=True)
    return {key: data.get("formerKeys", []) for key, data in nodes if data["name"] == "王建国"}


def redirects(folder: Path, name: str) -> set[tuple[str, str]]:
    """Return who was replaced by whom, as one syntax of RDF tells it."""
    stream = io.BytesIO()
    exporter = get_exporter(name)
    exporter.write(read_graph(folder), stream)
    read = ox.parse(stream.getvalue(), format=exporter.syntax)  # type: ignore[attr-defined]
    said = {(quad.subject, quad.object) for quad in read if quad.predicate.value == REPLACED_BY}
    return {(str(a)[1:-1].removeprefix(DEFAULT_BASE), str(b)[1:-1].removeprefix(DEFAULT_BASE)) for a, b in said}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which two posts belong to two people."""
    folder = tmp_path_factory.mktemp("two") / "space"
    build(posts()[:2], folder, workers=1)
    return folder


@pytest.fixture(scope="module")
def one(two: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a page more, by which they are one; the table of ids is that of before."""
    folder = tmp_path_factory.mktemp("one") / "space"
    build(posts()[:2], folder, workers=1)
    build(posts()[2:], folder, workers=1, add=True)
    return folder


def test_the_retired_id_is_an_alias_of_the_one_that_stays(two: Path, one: Path) -> None:
    before, after = people(two), people(one)
    assert list(before.values()) == [[], []]
    ((own, retired),) = after.items()
    assert sorted([own, *retired]) == sorted(before)
    assert check_graph(read_graph(one)) == []


def test_both_ids_find_the_one_who_lives(two: Path, one: Path) -> None:
    (own,) = people(one)
    (retired,) = set(people(two)) - {own}
    with open_target(str(one)) as store:
        assert [(hit.key, hit.how) for hit in find(store.query, retired)] == [(own, "former key")]
        assert [(hit.key, hit.how) for hit in find(store.query, own)] == [(own, "key")]
        assert resolve(store.query, retired, classes=["Person"]).key == own
        with pytest.raises(UnknownName):
            resolve(store.query, retired, classes=["TradeUnion"])
        table = ask(store.query, get_query("people-roles"), {"person": retired})
        assert set(table.column("title")) == {"主席", "董事长"}
        rows = store.query("MATCH (n:Person) WHERE $key IN n.formerKeys RETURN n.key", {"key": retired}).rows
        assert rows == ((own,),)


@pytest.mark.parametrize("name", RDF)
def test_every_syntax_of_rdf_tells_of_it(two: Path, one: Path, name: str) -> None:
    (own,) = people(one)
    (retired,) = set(people(two)) - {own}
    assert redirects(one, name) == {(retired, own)}
    assert redirects(two, name) == set()


def test_tables_and_graphml_tell_of_it(one: Path, tmp_path: Path) -> None:
    ((own, retired),) = people(one).items()
    get_folder_exporter("csv").write_folder(read_graph(one), tmp_path)
    with (tmp_path / "nodes.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["key"]: row["formerKeys"] for row in csv.DictReader(file)}
    assert {key: json.loads(cell) for key, cell in rows.items() if cell} == {own: retired}
    stream = io.BytesIO()
    get_exporter("graphml").write(read_graph(one), stream)
    stream.seek(0)
    found = nx.read_graphml(stream).nodes(data=True)
    assert {key: json.loads(data["formerKeys"]) for key, data in found if "formerKeys" in data} == {own: retired}


def test_when_the_merge_is_undone_the_old_ids_return_and_the_alias_goes(two: Path, tmp_path: Path) -> None:
    build(posts()[:2], tmp_path / "space", workers=1)
    build(posts(), tmp_path / "space", workers=1)
    build(posts()[:2], tmp_path / "space", workers=1)
    assert people(tmp_path / "space") == people(two)
    assert Workspace.open(tmp_path / "space").ids() == Workspace.open(two).ids()
    for folder in (tmp_path / "space", two):
        open_target(str(folder)).close()  # makes the database
    assert (tmp_path / "space" / "graph.kgl").read_bytes() == (two / "graph.kgl").read_bytes()


def test_a_chain_of_builds_is_resolved_to_the_one_who_lives(one: Path, tmp_path: Path) -> None:
    """An id that was retired in favour of one that is retired by now."""
    folder = tmp_path / "space"
    folder.mkdir()
    ((own, (retired,)),) = people(one).items()
    head, *rows = Workspace.open(one).ids().splitlines()
    at = next(number for number, row in enumerate(rows) if f"\t{retired}\t" in row)
    rows.insert(at + 1, f"Person|王建国|some post of old\tentity-of-old\t{retired}")
    (folder / "ids.tsv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    build(posts(), folder, workers=1)
    assert people(folder) == {own: sorted(["entity-of-old", retired])}
    assert redirects(folder, "ntriples") == {("entity-of-old", own), (retired, own)}
    build(posts()[:1], folder, workers=1)  # only he of the union is left, under his own id
    assert people(folder) == {retired: ["entity-of-old"]}
    build(posts()[1:2], folder, workers=1)  # only he of the firm, whom nothing says to be the other
    assert people(folder) == {own: []}


def test_names_of_pages_and_papers_may_hold_anything(tmp_path: Path) -> None:
    """A reporter's key holds the name of the paper, else of the page."""
    text = "# 新闻\n\n## 西城区总工会举办读书会\n\n本报讯（记者 王小明）3月8日，西城区总工会举办读书会。\n"
    given = [Page("a\tb\nc\\t", "x.jsonl", text), Page("p", "y.jsonl", text + "完。\n", "京华\t工报\r\n")]
    build(given, tmp_path / "space", workers=1)
    table = Workspace.open(tmp_path / "space").ids()
    assert "a\\tb\\nc\\\\t" in table
    assert "京华\\t工报" in table
    assert len(read_graph(tmp_path / "space")) > 0
    build(given[:1], tmp_path / "space", workers=1)
    build(given, tmp_path / "space", workers=1)
    assert Workspace.open(tmp_path / "space").ids() == table


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    build(posts(), tmp_path / "space", workers=1)
    (tmp_path / "space" / "ids.tsv").write_bytes(b"\xff\xfe")
    for reading in (read_graph, lambda path: build(posts(), path, workers=1)):
        with pytest.raises(InputError, match=r"ids\.tsv: not UTF-8; restore it from a copy, or remove it"):
            reading(tmp_path / "space")


def test_people_join_and_part_and_correct_by_any_id(two: Path, tmp_path: Path) -> None:
    """What was cited is what people write: an id keeps its meaning, also retired, and taking a line back undoes it."""
    folder, (first, second) = tmp_path / "space", people(two)
    judgements, corrections = folder / "judgements.tsv", folder / "corrections.tsv"
    build(posts()[:2], folder, workers=1)
    judgements.write_text(f"same\t{first}\t{second}\t李编辑\t同一人\n", encoding="utf-8")
    build(posts()[:2], folder, workers=1)
    ((own, (retired,)),) = people(folder).items()
    assert {own, retired} == {first, second}
    for ident in (own, retired):
        corrections.write_text(f"reject\t{ident}\thasRole\t西城区总工会\t李编辑\t已卸任\n", encoding="utf-8")
        build(posts()[:2], folder, workers=1)
        (rejected,) = Workspace.open(folder).facts(rejected=True)
        assert (rejected.subject, dict(rejected.qualifiers)["title"]) == (own, "主席")
    corrections.unlink()
    judgements.unlink()
    build(posts()[:2], folder, workers=1)
    assert people(folder) == people(two)

    build(posts(), folder, workers=1)
    assert people(folder) == {own: [retired]}
    judgements.write_text(f"different\t{first}\t{second}\t李编辑\t同名\n", encoding="utf-8")
    build(posts(), folder, workers=1)
    assert people(folder) == people(two)
