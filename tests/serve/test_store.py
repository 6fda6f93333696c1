"""The store is a cache: made once, made again when the workspace changed, in nobody's way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from exports import DEFAULT_BASE, get_exporter
from kg.build import build
from kg.graph import flow
from kg.selection import Selection
from kg.serve.describe import describe
from kg.serve.store import FOLDER, STORE, _hash_of, holding, made_of, make_store, summary_of
from kg.workspace import Workspace
from tests.build.pages import pages
from tests.cli.run import kg, one_line
from tests.serve.server import served


@pytest.fixture
def small(tmp_path: Path) -> Path:
    build(pages(2), tmp_path / "ws", workers=1)
    return tmp_path / "ws"


def test_it_holds_what_the_export_holds(small: Path, tmp_path: Path) -> None:
    folder = make_store(Workspace.open(small))
    with (tmp_path / "all.nq").open("wb") as stream:
        get_exporter("nquads").write(flow(small), stream, base=DEFAULT_BASE)
    written = set(ox.parse(path=str(tmp_path / "all.nq"), format=ox.RdfFormat.N_QUADS))
    store = ox.Store.read_only(str(folder / STORE))
    assert len(store) == len(written)
    merged = {quad for quad in written if quad.graph_name == ox.DefaultGraph()}
    assert summary_of(folder).triples == len(merged)
    # as documents, all of it comes out as it was exported, numbers to the letter
    documents = {str(quad.subject)[1:-1].partition("#")[0] for quad in written}
    told = [describe(store, iri, limit=100_000) for iri in documents]
    assert {quad for one in told for quad in one.quads(named=False)} == merged
    assert {quad for one in told for quad in one.quads(named=True)} == written


def test_it_is_made_once_and_again_when_something_changed(small: Path) -> None:
    first = make_store(Workspace.open(small))
    stamp = (first / STORE / "CURRENT").stat().st_mtime_ns
    assert make_store(Workspace.open(small)) == first
    assert (first / STORE / "CURRENT").stat().st_mtime_ns == stamp
    other = make_store(Workspace.open(small), base="https://example.org/id/")
    assert other != first
    assert not first.exists(), "nobody held it"
    build(pages(3), small, workers=1)
    third = make_store(Workspace.open(small))
    assert third not in (first, other)
    assert make_store(Workspace.open(small), selection=Selection(withdrawn={"page": "why"})) != third
    assert len(list((small / FOLDER).iterdir())) == 1


def test_a_reason_is_not_in_it(small: Path) -> None:
    space = Workspace.open(small)
    one, other = (made_of(space, DEFAULT_BASE, Selection(withdrawn={"page": why})) for why in ("why", "because"))
    assert one == other != made_of(space, DEFAULT_BASE, Selection())


@pytest.mark.parametrize("name", ["write.py", "shapes.ttl", "lexicon/identifiers.tsv", "lexicon/divisions.tsv.gz"])
def test_another_program_or_table_makes_another_store(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("a", encoding="utf-8")
    before = _hash_of(tmp_path)
    file.write_text("b", encoding="utf-8")
    assert _hash_of(tmp_path) != before


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is tidied there")
def test_one_that_a_server_holds_is_left(small: Path) -> None:
    first = make_store(Workspace.open(small))
    with holding(first):
        make_store(Workspace.open(small), base="https://example.org/id/")
        assert first.is_dir()
    make_store(Workspace.open(small), base="https://example.org/other/")
    assert not first.exists()


def test_a_build_into_the_workspace_does_not_mind_it(small: Path) -> None:
    make_store(Workspace.open(small))
    before = sorted(path.name for path in small.iterdir())
    assert build(pages(3), small, workers=1).changed
    assert {path.name for path in small.iterdir()} >= {*before} - {"graph.kgl"}
    shutil.rmtree(small / FOLDER)
    assert not build(pages(3), small, workers=1).changed


def test_a_workspace_that_may_not_be_written_to_is_served_all_the_same(small: Path) -> None:
    (small / FOLDER).write_text("somebody else's")  # no folder can be made there, not even by root
    folder = make_store(Workspace.open(small))
    assert not folder.is_relative_to(small)
    assert summary_of(folder).triples


def test_who_is_not_to_be_published_is_not_served(tmp_path: Path) -> None:
    space = tmp_path / "ws"
    build(pages(8), space, workers=1)
    person = "https://w3id.org/union-news-kg/ontology#Person"
    article = next(one.id for one in Workspace.open(space).entities() if one.type == "Article")
    (space / "withdraw.tsv").write_text(f"{article}\tasked for by the paper\n", encoding="utf-8")
    assert dict(summary_of(make_store(Workspace.open(space))).classes)[person] > 0
    with served(space, "--persons", "none") as server:
        assert server.ask(f"ASK {{ ?s a <{person}> }}").json()["boolean"] is False
        gone = server.get(f"id/{article}")
        assert (gone.status_code, gone.text) == (410, "this was withdrawn by the keeper of the data\n")
        assert server.ask(f"ASK {{ <{DEFAULT_BASE}{article}> ?p ?o }}").json()["boolean"] is False


def test_what_hinders_it_from_starting_is_told_in_a_line(small: Path, tmp_path: Path) -> None:
    assert "no such folder" in one_line(kg("serve", tmp_path / "none"), 3)
    assert "is no IRI" in _last(kg("serve", small, "--port", "0", "--base", "not an iri"), 3)
    assert "cannot write the log" in one_line(
        kg("serve", small, "--port", "0", "--access-log", small / "no" / "log"), 3
    )
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = one_line(kg("serve", small, "--port", str(taken.getsockname()[1])), 2)
        assert "cannot listen at 127.0.0.1" in said
        assert "--port" in said
    assert kg("serve", small, "--url", "ftp://x").returncode == 2


def _last(done: subprocess.CompletedProcess[bytes], code: int) -> str:
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    return done.stderr.decode().splitlines()[-1]
