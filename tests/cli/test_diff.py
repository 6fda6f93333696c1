"""`kg diff`: what changed and why, as a table, CSV and JSON, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.build import build
from tests.build.test_decisions import PAGES, SAME
from tests.cli.run import invoke, one_line


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One page; then two, and a judgement that joins their firms."""
    home = tmp_path_factory.mktemp("diff")
    build(PAGES[1:], home / "before", workers=1)
    (home / "after").mkdir()
    (home / "after" / "ids.tsv").write_bytes((home / "before" / "ids.tsv").read_bytes())
    (home / "after" / "judgements.tsv").write_text(SAME, encoding="utf-8")
    build(PAGES, home / "after", workers=1)
    return home / "before", home / "after"


def records(*words: str | Path) -> list[dict[str, object]]:
    done = invoke("diff", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def test_each_change_has_its_cause(two: tuple[Path, Path]) -> None:
    found = records(*two)
    kinds = {cause["kind"] for one in found for cause in one["causes"]}  # type: ignore[attr-defined]
    assert kinds == {"page added", "judgement added"}
    (page,) = (one for one in found if one["type"] == "Page")
    assert page["causes"] == [{"kind": "page added", "what": "a", "effect": "", "keys": []}]
    lines = invoke("diff", *two, "--relation", "organizes").stdout.decode().splitlines()
    assert lines[0].split() == ["change", "type", "name", "what", "cause", "id"]
    assert any("page added: a" in line for line in lines)


def test_csv_holds_a_row_a_change(two: tuple[Path, Path]) -> None:
    done = invoke("diff", *two, "--type", "Enterprise", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [row["id"] for row in rows] == [one["id"] for one in records(*two, "--type", "Enterprise")]
    assert any("judgement added: same 盛元集团" in row["cause"] for row in rows)


def test_the_summary_counts_by_cause(two: tuple[Path, Path]) -> None:
    done = invoke("diff", *two, "--summary", "--format", "json")
    rows = {(row["thing"], row["cause"]): row for row in json.loads(done.stdout)}
    found = records(*two)
    for thing in ("entity", "fact"):
        for change in ("added", "changed", "removed"):
            number = sum((one["thing"], one["change"]) == (thing, change) for one in found)
            assert rows[thing, "all"][change] == number
    assert rows["entity", "page added"]["added"] > 0


def test_exit_code_as_git_diff_has_it(two: tuple[Path, Path]) -> None:
    before, after = two
    assert invoke("diff", before, after).returncode == 0
    assert invoke("diff", before, after, "--exit-code").returncode == 1
    same = invoke("diff", after, after, "--exit-code", "--format", "json")
    assert (same.returncode, same.stdout) == (0, b"[]\n")
    assert invoke("diff", before, after, "--exit-code", "--type", "Product").returncode == 0


def test_what_is_none_is_told(two: tuple[Path, Path], tmp_path: Path) -> None:
    assert "no such folder" in one_line(invoke("diff", two[0], tmp_path / "gone"), 3)
    assert "there is none" in invoke("diff", *two, "--type", "Union").stderr.decode()
    assert invoke("diff", *two, "--relation", "likes").returncode == 2
