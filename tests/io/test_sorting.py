"""Sorting outside of memory gives what sorting in memory gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.build import build
from kg.io import Sorter, sorting
from kg.workspace import Workspace
from tests.build.pages import pages

LINES = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=8)


@given(st.lists(LINES, max_size=40), st.integers(1, 300))
def test_lines_come_back_sorted_as_their_bytes(lines: list[str], limit: int) -> None:
    with Sorter(limit=limit) as sorter:
        for line in lines:
            sorter.add(line)
        assert list(sorter) == sorted(lines, key=lambda line: line.encode())
        assert list(sorter) == sorted(lines)


def test_many_runs_are_merged_before_there_are_too_many() -> None:
    with Sorter(limit=1) as sorter:
        for number in range(300, 0, -1):
            sorter.add(f"{number:03}\r\u2028\x85")
        assert len(sorter._runs) <= 65
        assert list(sorter) == [f"{number:03}\r\u2028\x85" for number in range(1, 301)]


def test_nothing_is_left_open_when_the_work_fails() -> None:
    sorter = Sorter(limit=1)
    sorter.add("a")
    assert sorter._runs
    with pytest.raises(TypeError), sorter:
        sorter.add(None)  # type: ignore[arg-type]
    assert all(run.closed for run in sorter._runs)


def test_facts_get_their_statements_however_little_memory_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(pages(6), tmp_path / "space", workers=1)
    space = Workspace.open(tmp_path / "space")
    statements = {one.id: one for one in space.statements()}
    expected = [row.fact(statements) for row in space.fact_rows()]
    assert list(space.facts()) == expected
    monkeypatch.setattr(sorting.Sorter.__init__, "__kwdefaults__", {"limit": 500})
    assert list(space.facts()) == expected
