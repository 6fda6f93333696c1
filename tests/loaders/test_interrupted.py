"""A load that is killed with kill -9, wherever it is, is finished by the next: nothing is lost, nothing is twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import neo4j
import networkx as nx
import pytest

from kg.build import build
from kg.errors import WorkspaceError
from kg.graph import read_graph
from kg.workspace import draft
from loaders import get_loader, open_target
from loaders.embedded import EmbeddedStore
from tests.build.pages import pages
from tests.loaders.reference import ReferenceStore, changed, everything, rows_of
from tests.neo4j_server import Server, wipe
from tests.sample import WORKSPACE, sample_graph

ROOT = Path(__file__).parents[2]

# Loads the changed sample and dies at the statement of the given number: before it, within its transaction, or right
# behind it. Prints every statement it comes to.
DYING = """
import os, signal, sys
from loaders.neo4j import Neo4jStore, _Writer
from tests.loaders.test_interrupted import BATCH, after
from tests.sample import WORKSPACE

at, moment = int(sys.argv[1]), sys.argv[2]
count, write = 0, _Writer._write

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def counted(self, text, **parameters):
    global count
    count += 1
    print(" ".join(text.split()), flush=True)
    if count == at and moment == "before":
        die()
    if count == at and moment == "within":
        self._session.begin_transaction().run(text, parameters).consume()
        die()
    written = write(self, text, **parameters)
    if count == at:
        die()
    return written

_Writer._write = counted
with Neo4jStore(*sys.argv[3:4], username=sys.argv[4], password=sys.argv[5], database=sys.argv[6]) as store:
    store.load(after(), workspace=WORKSPACE, batch=BATCH)
"""

BATCH = 8
STAGES = {  # how a statement of a load begins, behind what it unwinds -> what it does
    "MATCH ()-[r]->()": "remove edges",
    "MERGE (n:Entity": "nodes",
    "MATCH (s:Entity": "edges",
    "MATCH (n:Entity {key: row.key}) DELETE": "remove nodes",
    "MATCH (n:Entity {key: row.key}) SET n.workspace": "hand nodes over",
    "MATCH (n:Entity {key: row.key}) SET n +=": "strip nodes",
}


def after() -> nx.MultiDiGraph[str]:
    """The sample when a page was read anew and another is gone."""
    graph = changed(sample_graph())
    graph.remove_nodes_from(["li", "card", "welder", "zhao", "hetian"])
    frame = ("key", "name", "aliases", "nameKey", "workspace")
    kept = {name: value for name, value in graph.nodes["visit"].items() if name in frame}
    graph.nodes["visit"].clear()
    graph.nodes["visit"].update(kept, type="Product")  # no date and no count any more
    return graph


def stage(statement: str) -> str:
    """Return what a statement does."""
    text = statement.partition(" AS ")[2].partition(" ")[2]
    (found,) = [name for start, name in STAGES.items() if text.startswith(start)]
    return found


def beginning(server: Server, session: neo4j.Session) -> None:
    """Make the state that a load finds: an older graph, another workspace, and what others put there."""
    wipe(server)
    other: nx.MultiDiGraph[str] = nx.MultiDiGraph(sample_graph().subgraph(["hetian", "xicheng", "a3", "a4", "p3"]))
    with get_loader("neo4j")(
        server.uri, username=server.username, password=server.password, database=server.database
    ) as store:
        store.load(other, workspace="another")
        store.load(sample_graph(), workspace=WORKSPACE)
    session.run(
        "MATCH (l:Entity {key: 'li'}), (u:Entity {key: 'u-beijing'}), (z:Entity {key: 'zhao'}) "
        "CREATE (:Note {text: '重要'})-[:ABOUT]->(l) CREATE (u)-[:SPONSORS]->(:Club) SET u.phone = '12351', z:Star"
    ).consume()


def run(server: Server, at: int, moment: str) -> tuple[int, list[str]]:
    """Load in a process that dies; return how it ended and the stages it came to."""
    there = server.uri, server.username, server.password, server.database
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(at), moment, *there], capture_output=True, text=True, cwd=ROOT, check=False
    )
    return done.returncode, [stage(line) for line in done.stdout.splitlines()]


def load(server: Server) -> Any:
    with get_loader("neo4j")(
        server.uri, username=server.username, password=server.password, database=server.database
    ) as store:
        return store.load(after(), workspace=WORKSPACE)


def ours(server: Server) -> Any:
    """Return the nodes and relationships that bear the name of our workspace."""
    with get_loader("neo4j")(
        server.uri, username=server.username, password=server.password, database=server.database
    ) as store:
        return [[row for row in rows if row.properties["workspace"] == WORKSPACE] for rows in rows_of(store)]


@pytest.mark.neo4j
def test_a_load_that_was_killed_is_finished_by_the_next(neo4j_database: Server, others: neo4j.Session) -> None:
    beginning(neo4j_database, others)
    code, stages = run(neo4j_database, 0, "never")
    assert code == 0
    assert set(stages) == set(STAGES.values())
    finished = everything(others)
    nothing = ReferenceStore()
    nothing.load(after(), workspace=WORKSPACE)
    assert ours(neo4j_database) == list(rows_of(nothing))  # what a load from nothing gives

    # in each stage before its first statement, in the middle within one, and behind its last but one
    points: list[tuple[int, str]] = []
    for name in dict.fromkeys(stages):
        numbers = [number for number, found in enumerate(stages, 1) if found == name]
        points += [(numbers[0], "before"), (numbers[len(numbers) // 2], "within")]
    points.append((len(stages) - 1, "behind"))
    hit = set()
    for at, moment in points:
        beginning(neo4j_database, others)
        code, reached = run(neo4j_database, at, moment)
        assert (code, reached) == (-signal.SIGKILL, stages[:at])
        hit.add(reached[-1])
        assert everything(others) != finished  # it was not done yet
        report = load(neo4j_database)
        assert report.changes > 0
        assert everything(others) == finished
        assert load(neo4j_database).changes == 0
    assert hit == set(stages)


@pytest.mark.neo4j
def test_kg_load_killed_from_outside_is_finished_by_the_next(
    neo4j_database: Server, others: neo4j.Session, tmp_path: Path
) -> None:
    build(pages(6), tmp_path / "space", workers=1)
    command = [sys.executable, "-m", "kg", "load", "neo4j", str(tmp_path / "space"), "--batch", "1"]
    environment = {"PATH": "", **neo4j_database.environment()}
    counts = "RETURN COUNT { (:Entity) } + COUNT { ()-[]->() } AS n"
    total = len(read_graph(tmp_path / "space")) + read_graph(tmp_path / "space").number_of_edges()
    for least in (total // 10, total // 2):
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE)
        end = time.monotonic() + 120
        while others.run(counts).single(strict=True)["n"] < least:
            assert process.poll() is None
            assert time.monotonic() < end
        process.kill()
        assert process.communicate()[0] == b""
        assert least <= others.run(counts).single(strict=True)["n"] < total
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "0 removed" in done.stdout
    finished = everything(others)
    wipe(neo4j_database)
    subprocess.run(command[:-2], env=environment, cwd=ROOT, check=True, capture_output=True)
    assert everything(others) == finished
    assert others.run(counts).single(strict=True)["n"] == total


# Dies while the file is written: half of it is there.
HALF = """
import os, signal, sys
import kg.io.atomic
from kg.cli import main

def replace(draft, target, path):
    with open(draft, "r+b") as file:
        file.truncate(draft.stat().st_size // 2)
    os.kill(os.getpid(), signal.SIGKILL)

kg.io.atomic._replace = replace
main(["load", "embedded", sys.argv[1]])
"""


@pytest.fixture
def stale(tmp_path: Path) -> tuple[Path, bytes, bytes]:
    """A workspace with the database of an older build in it; the bytes of that, and of the one that belongs there."""
    folder = tmp_path / "space"
    held = []
    for count in (2, 4):
        build(pages(count), folder, workers=1)
        open_target(str(folder)).close()
        held.append((folder / "graph.kgl").read_bytes())
    old, new = held
    (folder / "graph.kgl").write_bytes(old)
    return folder, old, new


def kg_load(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "load", "embedded", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


def test_a_file_whose_load_was_killed_is_the_old_one_until_the_next(stale: tuple[Path, bytes, bytes]) -> None:
    folder, old, new = stale
    names = sorted(path.name for path in folder.iterdir())
    done = subprocess.run([sys.executable, "-c", HALF, str(folder)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (folder / "graph.kgl").read_bytes() == old
    assert sorted(path.name for path in folder.iterdir()) != names  # the half file, and the lock that nobody holds
    assert kg_load(folder).returncode == 0
    assert (folder / "graph.kgl").read_bytes() == new
    assert sorted(path.name for path in folder.iterdir()) == names


def test_a_dry_run_says_what_a_load_does_and_leaves_the_folder_as_it_is(stale: tuple[Path, bytes, bytes]) -> None:
    folder, _, new = stale
    before = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in folder.rglob("*")}
    folder.chmod(0o555)
    try:
        would = kg_load(folder, "--dry-run")
    finally:
        folder.chmod(0o755)
    after = {path: (path.stat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in folder.rglob("*")}
    assert after == before
    done = kg_load(folder)
    *lines, last = would.stdout.splitlines()
    assert last == "dry run: nothing was written"
    assert lines == done.stdout.splitlines()
    assert all(word in line for line in lines for word in ("added", "changed", "removed"))
    with EmbeddedStore(folder / "graph.kgl") as store:
        assert len(list(store.nodes())) == len(read_graph(folder))
    assert (folder / "graph.kgl").read_bytes() == new


def test_a_load_waits_for_no_build(stale: tuple[Path, bytes, bytes]) -> None:
    folder, old, _ = stale
    with draft(folder):
        done = kg_load(folder)
    assert done.returncode == WorkspaceError.exit_code
    assert "another build or load is at work in it; wait until it is done" in done.stderr
    assert (folder / "graph.kgl").read_bytes() == old
