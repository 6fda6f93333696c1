"""Deltas: the old triples without what went and with what came are the new ones, byte for byte."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.rdf.delta import DUMPS, Tally, apply, delta, lines, read_lines
from kg.build import build
from kg.cli.demo import sample_pages
from kg.errors import InputError
from kg.graph import flow
from kg.selection import Selection, select
from kg.workspace import Workspace
from tests.build.pages import pages
from tests.cli.run import invoke, one_line

LINES = st.sets(st.text("ab\x7fé🎉", max_size=3).map(lambda text: f'<x> <y> "{text}" .\n'.encode())).map(sorted)


def between(old: Iterable[bytes], new: Iterable[bytes]) -> tuple[list[bytes], list[bytes]]:
    added, removed = io.BytesIO(), io.BytesIO()
    found = delta(old, new, added, removed)
    assert found.added == tally(added.getvalue())
    assert found.removed == tally(removed.getvalue())
    return added.getvalue().splitlines(keepends=True), removed.getvalue().splitlines(keepends=True)


def tally(data: bytes) -> Tally:
    return Tally(data.count(b"\n"), hashlib.sha256(data).hexdigest())


@given(LINES, LINES)
def test_old_without_removed_with_added_is_new(old: list[bytes], new: list[bytes]) -> None:
    added, removed = between(old, new)
    assert set(added) == set(new) - set(old)
    assert set(removed) == set(old) - set(new)
    assert list(apply(old, removed, added)) == new
    assert list(apply(new, added, removed)) == old


@given(LINES, LINES)
def test_texts_that_went_may_be_told_by_their_hash(old: list[bytes], new: list[bytes]) -> None:
    old = sorted({*old, b"<x> <y> <z> .\n"})
    added, removed, hashes = io.BytesIO(), io.BytesIO(), io.BytesIO()
    found = delta(old, new, added, removed, hashes)
    assert b'"' not in removed.getvalue()
    assert found.withheld == len(set(old) - set(new)) - removed.getvalue().count(b"\n")
    parts = (part.getvalue().splitlines(keepends=True) for part in (removed, added, hashes))
    assert list(apply(old, *parts)) == new
    with pytest.raises(InputError, match=r"not in it"):
        list(apply(old, (), (), [b"0" * 64]))


def test_what_was_withdrawn_is_not_published_by_saying_that_it_went(demo_copy: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.nt"
    assert invoke("export", "ntriples", demo_copy, "-o", old).returncode == 0
    person = next(one for one in Workspace.open(demo_copy).entities() if one.type == "Person")
    assert person.name in old.read_text(encoding="utf-8")
    (demo_copy / "withdraw.tsv").write_text(f"id\treason\n{person.id}\t本人要求\n", encoding="utf-8")
    for name in ("delta", "portal"):
        assert invoke("export", name, demo_copy, "--since", old, "-o", tmp_path / name).returncode == 0
        for file in (tmp_path / name).rglob("*"):
            if file.is_file():
                raw = file.read_bytes()
                assert person.name.encode() not in (gzip.decompress(raw) if file.suffix == ".gz" else raw), file
    parts = [(tmp_path / "delta" / part).read_bytes() for part in ("removed.nt", "added.nt", "removed.sha256")]
    assert parts[2]
    new = b"".join(apply(old.read_bytes().splitlines(True), *(part.splitlines(True) for part in parts)))
    assert invoke("export", "ntriples", demo_copy).stdout == new


@given(LINES, LINES)
def test_a_delta_of_something_else_is_told(old: list[bytes], removed: list[bytes]) -> None:
    if set(removed) <= set(old):
        assert set(apply(old, removed, ())) == set(old) - set(removed)
    else:
        with pytest.raises(InputError, match="not a delta of this graph"):
            list(apply(old, removed, ()))


@settings(max_examples=4)
@given(before=st.sets(st.integers(0, 9), min_size=1), after=st.sets(st.integers(0, 9), min_size=1))
def test_it_holds_between_builds(before: set[int], after: set[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("builds")
    all_pages = pages(10)
    for name, chosen in (("old", before), ("new", after)):
        build([all_pages[number] for number in sorted(chosen)], folder / name, workers=1)
    done = invoke("export", "delta", folder / "new", "--since", folder / "old", "-o", folder / "delta")
    assert done.returncode == 0
    old, new = (b"".join(lines(flow(folder / name))) for name in ("old", "new"))
    parts = [(folder / "delta" / name).read_bytes() for name in ("removed.nt", "added.nt")]
    removed, added = (part.splitlines(keepends=True) for part in parts)
    assert b"".join(apply(old.splitlines(keepends=True), removed, added)) == new
    summary = json.loads((folder / "delta" / "delta.json").read_bytes())
    ends = zip(("old", "new", "removed", "added"), (old, new, *parts), strict=True)
    assert summary == {"base": summary["base"], "withheld": 0, **{name: asdict(tally(data)) for name, data in ends}}


def test_standard_tools_apply_it(demo: Path, demo_copy: Path, tmp_path: Path) -> None:
    build([*list(sample_pages())[:-1], *pages(1)], demo_copy, workers=1)
    old, new = tmp_path / "old.nt", tmp_path / "new.nt"
    assert invoke("export", "ntriples", demo_copy, "-o", old).returncode == 0
    assert invoke("export", "ntriples", demo, "-o", new).returncode == 0
    done = invoke("export", "delta", demo, "--since", old, "-o", tmp_path / "delta")
    assert done.returncode == 0
    assert done.stderr.decode().startswith(f"{tmp_path / 'delta'}: ")
    words = "comm -23 old.nt delta/removed.nt | sort -m - delta/added.nt"
    env = {**os.environ, "LC_ALL": "C"}
    applied = subprocess.run(["sh", "-c", words], cwd=tmp_path, env=env, capture_output=True, check=True)
    assert applied.stdout == new.read_bytes()
    for name in ("added.nt", "removed.nt"):
        assert list(ox.parse((tmp_path / "delta" / name).read_bytes(), format=ox.RdfFormat.N_TRIPLES))


@pytest.mark.parametrize("kind", ["workspace", "dump", "packed dump", "portal", "packed portal"])
def test_the_old_end_is_a_workspace_a_dump_or_a_portal(kind: str, demo: Path, tmp_path: Path) -> None:
    data = b"".join(lines(flow(demo)))
    old = demo if kind == "workspace" else tmp_path / "old"
    if kind != "workspace":
        file = old / DUMPS["packed" in kind] if "portal" in kind else old
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.compress(data) if "packed" in kind else data)
    done = invoke("export", "delta", demo, "--since", old, "-o", tmp_path / "delta")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "delta" / "added.nt").read_bytes() == b""
    assert (tmp_path / "delta" / "removed.nt").read_bytes() == b""
    summary = json.loads((tmp_path / "delta" / "delta.json").read_bytes())
    assert summary["old"] == summary["new"] == asdict(tally(data))


def test_what_is_withdrawn_went(demo: Path, demo_copy: Path, tmp_path: Path) -> None:
    article = next(key for key, data in flow(demo).nodes() if data["type"] == "Article")
    (demo_copy / "withdraw.tsv").write_text(f"{article}\t版权\n", encoding="utf-8")
    done = invoke("export", "delta", demo_copy, "--since", demo, "-o", tmp_path / "delta")
    assert done.returncode == 0
    assert article.encode() in (tmp_path / "delta" / "removed.nt").read_bytes()
    assert article.encode() not in (tmp_path / "delta" / "added.nt").read_bytes()
    left = lines(select(flow(demo), Selection(withdrawn={article: "版权"})))
    summary = json.loads((tmp_path / "delta" / "delta.json").read_bytes())
    assert summary["new"] == asdict(tally(b"".join(left)))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<b> <y> <z> .\n<a> <y> <z> .\n", "line 2: not behind the line above by its bytes; LC_ALL=C sort -u"),
        (b"<b> <y> <z> .\n<b> <y> <z> .\n", "line 2: not behind the line above"),
        (b"@prefix un: <x> .\n", "line 1: no triple; give what kg export ntriples wrote"),
        (b"<b> <y> <z> .\n\n", "line 2: no triple"),
        (gzip.compress(b"<b> <y> <z> .\n" * 9)[:-9], "cannot read"),
        (b"\x1f\x8bno", "cannot read"),
    ],
)
def test_what_is_no_dump_is_told(data: bytes, message: str, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(data)
    if message == "cannot read":
        with pytest.raises(InputError, match=message):
            list(read_lines(tmp_path / "old"))
    told = one_line(invoke("export", "delta", demo, "--since", tmp_path / "old", "-o", tmp_path / "delta"), 3)
    assert message in told
    assert not (tmp_path / "delta").exists()


def test_a_dump_may_lack_its_last_line_end(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"<a> <y> <z> .\n<b> <y> <z> .")
    assert list(read_lines(tmp_path / "old")) == [b"<a> <y> <z> .\n", b"<b> <y> <z> .\n"]


def test_wrong_words_are_told(demo: Path, tmp_path: Path) -> None:
    assert "name an older workspace" in invoke("export", "delta", demo, "-o", tmp_path / "d").stderr.decode()
    assert "--since is for delta and portal" in invoke("export", "turtle", demo, "--since", demo).stderr.decode()
    assert "delta is a folder" in invoke("export", "delta", demo, "--since", demo).stderr.decode()
    told = one_line(invoke("export", "delta", demo, "--since", tmp_path / "nothing", "-o", tmp_path / "d"), 3)
    assert "cannot read" in told
    told = one_line(invoke("export", "delta", demo, "--since", tmp_path, "-o", tmp_path / "d"), 3)
    assert "neither a workspace nor a portal" in told
