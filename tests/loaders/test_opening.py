"""Opening what a user names, and what is said where it cannot be opened; no server is needed."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import InputError, StoreError, UnknownName, WorkspaceError
from loaders import LOADERS, get_loader, open_target
from loaders.embedded import EmbeddedStore
from loaders.neo4j import Neo4jStore
from tests.loaders.reference import rows_of
from tests.sample import WORKSPACE, sample_graph


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The sample in a file."""
    path = tmp_path / "graph.kgl"
    with EmbeddedStore(path) as store:
        store.load(sample_graph(), workspace=WORKSPACE)
    return path


def test_loaders_have_names() -> None:
    assert set(LOADERS) == {"neo4j", "embedded"}
    assert get_loader("embedded") is EmbeddedStore
    with pytest.raises(UnknownName, match="no loader called 'neo4'; did you mean neo4j"):
        get_loader("neo4")


def test_the_registry_imports_no_engine() -> None:
    code = "import sys, loaders; sys.exit(bool({'neo4j', 'kglite', 'networkx'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_address_where_nobody_answers_is_one_line() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        uri = f"bolt://127.0.0.1:{sock.getsockname()[1]}"
        with pytest.raises(StoreError) as caught:
            open_target(uri, password="x")
    assert str(caught.value) == f"{uri}: no Neo4j answers there; start it, or give another address (--uri, NEO4J_URI)"


@pytest.mark.parametrize("uri", ["bolt://127.0.0.1:port", "bolt://", "bolt://user:secret@127.0.0.1:1"])
def test_a_malformed_address_is_one_line(uri: str) -> None:
    with pytest.raises(StoreError) as caught:
        Neo4jStore(uri, password="x")
    assert "\n" not in str(caught.value)


def test_no_address_at_all_says_where_to_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    with pytest.raises(StoreError, match="give --uri bolt://HOST:7687 or set NEO4J_URI"):
        Neo4jStore()


def test_other_addresses_are_refused() -> None:
    with pytest.raises(InputError, match="http://x: not an address of a Neo4j"):
        open_target("http://x")


def test_what_is_no_workspace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        open_target(str(tmp_path / "missing"))
    with pytest.raises(WorkspaceError, match="no workspace"):
        open_target(str(tmp_path))


def test_the_file_is_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from loaders.embedded import EmbeddedStore\n"
        "from tests.sample import sample_graph\n"
        "with EmbeddedStore(sys.argv[1]) as store:\n"
        "    store.load(sample_graph(), workspace='sample')\n"
    )
    digests = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.kgl"
        subprocess.run(
            [sys.executable, "-c", code, str(path)],
            check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_loading_over_another_file_gives_the_same_bytes(file: Path, tmp_path: Path) -> None:
    fresh = file.read_bytes()
    other = sample_graph()
    other.remove_node("li")
    with EmbeddedStore(file) as store:
        store.load(other, workspace=WORKSPACE)
        assert file.read_bytes() != fresh
        store.load(sample_graph(), workspace=WORKSPACE)
    assert file.read_bytes() == fresh
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.kgl"]


def test_an_unchanged_file_is_not_written(file: Path) -> None:
    before = file.stat().st_mtime_ns, file.stat().st_ino
    with EmbeddedStore(file) as store:
        assert store.load(sample_graph(), workspace=WORKSPACE).changes == 0
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before


def test_a_load_that_fails_leaves_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    graph = sample_graph()
    graph.remove_node("li")

    class Full:
        def to_bytes(self) -> bytes:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("loaders.embedded._build", lambda *_: Full())
    with EmbeddedStore(file) as store, pytest.raises(WorkspaceError, match="No space left on device; make room"):
        store.load(graph, workspace=WORKSPACE)
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a database", b"RGF\x00" + bytes(100)])
def test_a_broken_file_says_what_to_do(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with EmbeddedStore(file) as store:
        with pytest.raises(StoreError, match=r"not a database of kglite .*; run kg build again"):
            store.query("RETURN 1 AS x")
        store.load(sample_graph(), workspace=WORKSPACE)  # and it can be made anew
        assert len(rows_of(store)[0]) == len(sample_graph())


def test_a_truncated_file_says_what_to_do(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-50])
    with EmbeddedStore(file) as store, pytest.raises(StoreError, match="run kg build again"):
        store.query("MATCH (n) RETURN count(n) AS n")


def test_values_of_queries_are_plain(file: Path) -> None:
    with EmbeddedStore(file) as store:
        ((node, edge, path, day),) = store.query(
            "MATCH p = (n:Person {key: 'li'})-[r:HAS_ROLE]->(u) RETURN n, r, p, date('2025-03-08') AS d"
        ).rows
    assert node == {
        "labels": ["Entity", "Person"],
        "properties": {"aliases": [], "key": "li", "name": "李梅", "nameKey": "Person|李梅", "workspace": WORKSPACE},
    }
    assert isinstance(edge, dict)
    assert (edge["type"], edge["properties"]["title"]) == ("HAS_ROLE", "主席")
    assert isinstance(path, dict)
    assert [one["properties"]["key"] for one in path["nodes"]] == ["li", "u-yuetan"]
    assert day == "2025-03-08"
