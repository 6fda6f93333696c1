"""From pages to both databases and back: what no page says any more is not there any more, and nothing else goes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import neo4j
import pytest
from click.testing import CliRunner

from kg.build import build
from kg.cli import main
from kg.graph import read_graph
from kg.model import Page
from kg.workspace import DATABASE
from loaders import Store, open_target
from queries import find, resolve
from tests.build.pages import posts
from tests.loaders.reference import ReferenceStore, rows_of
from tests.neo4j_server import Server

CONTEST = "2025年3月8日，西城区总工会举办第三届“匠心杯”技能大赛"
TEXTS = {
    "first": f"{CONTEST}，百余名职工参加。",
    "second": f"{CONTEST}。同日，东城区总工会举办“书香杯”读书会。",
    "third": "海淀区总工会主席李海燕3月9日慰问职工。",
}
PAGES = [
    Page(name, f"pages/{name}.md", f"# 新闻\n\n## {name}则消息\n\n{text}\n", "京华工报", "2025-03-10")
    for name, text in TEXTS.items()
]
COUNTS = re.compile(r"(?m)^(nodes|edges): (\d+) added, (\d+) changed, (\d+) unchanged, (\d+) removed$")


class Target:
    """A workspace, and one database that it is loaded into by `kg load`."""

    def __init__(self, folder: Path, server: Server | None) -> None:
        self.folder, self.server = folder, server

    def build(self, *pages: Page) -> None:
        """Build the workspace, and put back the database that the build took out, for `kg load` to bring up to date."""
        file = self.folder / DATABASE
        before = file.read_bytes() if file.exists() else None
        build(pages, self.folder, workers=1)
        if before is not None:
            file.write_bytes(before)

    def load(self, *options: str) -> dict[str, tuple[int, int, int, int]]:
        """Run `kg load`; return what it says of nodes and edges: added, changed, unchanged, removed."""
        name, env = ("neo4j", self.server.environment()) if self.server else ("embedded", {})
        done = CliRunner().invoke(main, ["load", name, str(self.folder), "--name", "workspace", *options], env=env)
        assert done.exit_code == 0, done.stderr
        said = {what: (int(a), int(b), int(c), int(d)) for what, a, b, c, d in COUNTS.findall(done.stdout)}
        assert said.keys() == {"nodes", "edges"}
        return said

    def open(self) -> Store:
        """Open the database."""
        if self.server is None:
            return open_target(str(self.folder))
        there = self.server
        return open_target(there.uri, username=there.username, password=there.password, database=there.database)

    def rows(self) -> Any:
        """Return all nodes and edges of the database."""
        with self.open() as store:
            return rows_of(store)


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    """An empty database and a folder for a workspace."""
    return Target(tmp_path / "space", request.getfixturevalue("neo4j_database") if request.param == "neo4j" else None)


def from_nothing(folder: Path) -> Any:
    """Return the rows that the graph of a workspace has in a store that held nothing."""
    store = ReferenceStore()
    store.load(read_graph(folder), workspace="workspace")
    return rows_of(store)


def contest(target: Target) -> dict[str, Any]:
    """Return the edge that says who held the contest."""
    (found,) = [row for row in target.rows()[1] if row.type == "ORGANIZES" and "匠心杯" in row.properties["quotes"][0]]
    return dict(found.properties)


def test_a_fact_with_two_sources_stays_with_one_and_what_nobody_says_any_more_goes(target: Target) -> None:
    target.build(*PAGES)
    target.load()
    before = contest(target)
    assert before["sources"] == 2
    assert sorted(before["pages"]) == ["first", "second"]
    nodes, edges = target.rows()
    assert "东城区总工会" in {row.properties["name"] for row in nodes}

    target.build(PAGES[0], PAGES[2])
    would = target.load("--dry-run")
    assert target.rows() == (nodes, edges)
    assert target.load() == would
    after = contest(target)
    assert (after["key"], after["sources"], after["pages"]) == (before["key"], 1, ["first"])
    parallel = ("articles", "lines", "quotes", "starts", "ends", "rules", "confidences")
    at = before["pages"].index("first")
    assert all(after[name] == [before[name][at]] for name in parallel)
    now = target.rows()
    assert "东城区总工会" not in {row.properties["name"] for row in now[0]}
    assert not any("second" in row.properties["pages"] for row in now[1])
    assert now == from_nothing(target.folder)

    # what was said is what was done
    old, new = ([{row.key: row for row in rows} for rows in held] for held in ((nodes, edges), now))
    for what, had, has in zip(("nodes", "edges"), old, new, strict=True):
        same = sum(had.get(key) == row for key, row in has.items())
        shared = len(had.keys() & has.keys())
        assert would[what] == (len(has) - shared, shared - same, same, len(had) - shared)
        assert would[what][3] > 0


def test_a_page_that_comes_back_brings_its_facts_back(target: Target) -> None:
    target.build(*PAGES)
    target.load()
    before = target.rows()
    target.build(PAGES[2])
    target.load()
    assert target.rows() == from_nothing(target.folder) != before
    target.build(*PAGES)
    target.load()
    assert target.rows() == before


def test_two_people_become_one_and_two_again(target: Target) -> None:
    """The node that is retired goes, what was said of him is said of the other; undone, all is as it was."""
    target.build(*posts()[:2])
    target.load()
    before = target.rows()
    target.build(*posts())
    target.load()
    assert target.rows() == from_nothing(target.folder)
    (him,) = [row for row in target.rows()[0] if row.properties["name"] == "王建国"]
    (retired,) = him.properties["formerKeys"]
    assert {him.key, retired} == {row.key for row in before[0] if row.properties["name"] == "王建国"}
    with target.open() as store:
        posts_of = (
            "MATCH (n:Person)-[r:HAS_ROLE]->() WHERE $key IN n.formerKeys RETURN DISTINCT r.title ORDER BY r.title"
        )
        assert store.query(posts_of, {"key": retired}).rows == (("主席",), ("董事长",))
    target.build(*posts()[:2])
    target.load()
    assert target.rows() == before


def test_the_database_in_a_workspace_follows_every_build(tmp_path: Path) -> None:
    """As users have it: nobody loads anything, they build and ask."""
    target = Target(tmp_path / "space", None)
    for pages in (PAGES, PAGES[::2], PAGES[2:], PAGES, posts(), posts()[:2]):
        build(pages, target.folder, workers=1)
        assert target.rows() == from_nothing(target.folder)


@pytest.mark.neo4j
def test_who_linked_to_a_retired_node_keeps_the_link_and_finds_what_took_its_place(
    tmp_path: Path, neo4j_database: Server, others: neo4j.Session
) -> None:
    target = Target(tmp_path / "space", neo4j_database)
    target.build(*posts()[:2])
    target.load()
    others.run("MATCH (n:Person {name: '王建国'}) CREATE (:Note {of: n.key})-[:ABOUT]->(n)").consume()
    target.build(*posts())
    target.load()
    notes = "MATCH (note:Note)-[:ABOUT]->(n:Entity) WHERE note.of = n.key "
    kept = notes + "RETURN labels(n) AS labels, n.nameKey IS NULL AS stripped ORDER BY stripped"
    assert [(sorted(labels), gone) for labels, gone in others.run(kept).values()] == [
        (["Entity", "Person"], False),
        (["Entity"], True),
    ]
    followed = notes + "AND n.nameKey IS NULL MATCH (new:Entity) WHERE n.key IN new.formerKeys RETURN note.of, new.key"
    ((old, new),) = others.run(followed).values()
    with target.open() as store:
        assert resolve(store.query, old).key == new
        assert [hit.key for hit in find(store.query, "王建国", classes=["Person"])] == [new]
    target.build(*posts()[:2])
    target.load()
    assert target.rows() == from_nothing(target.folder)
    assert [(sorted(labels), gone) for labels, gone in others.run(kept).values()] == [(["Entity", "Person"], False)] * 2


@pytest.mark.neo4j
def test_embedded_and_server_count_alike(tmp_path: Path, neo4j_database: Server) -> None:
    both = [Target(tmp_path / "embedded", None), Target(tmp_path / "neo4j", neo4j_database)]
    for pages in (PAGES, PAGES[1:], posts(), posts()[:2], []):
        said: list[Any] = []
        for target in both:
            target.build(*pages)
            said.append((target.load("--dry-run"), target.load(), target.load(), target.rows()))
        assert said[0] == said[1]
        assert said[0][0] == said[0][1]
