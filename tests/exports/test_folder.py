"""A folder is replaced whole or not at all, and never one that an export did not make."""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.folder import write_folder_atomic
from kg.errors import InputError, WorkspaceError


def write(target: Path, text: str = "new") -> None:
    with write_folder_atomic(target) as folder:
        (folder / "a.csv").write_text(text)


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "out")
    assert visible(tmp_path / "deep" / "out") == ["a.csv"]
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == ["out"]


def test_an_empty_folder_and_an_earlier_export_are_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    write(target, "old")
    (target / "b.csv").write_text("left over")
    write(target)
    assert visible(target) == ["a.csv"]
    assert (target / "a.csv").read_text() == "new"


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear")
    with pytest.raises(InputError, match="is there already and no export made it"):
        write(tmp_path)
    assert visible(tmp_path) == ["letters.txt"]


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("dear")
    with pytest.raises(InputError, match="is there already"):
        write(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "dear"


def test_a_failure_leaves_the_earlier_export(tmp_path: Path) -> None:
    write(tmp_path / "out", "old")

    def fail() -> None:
        with write_folder_atomic(tmp_path / "out") as folder:
            (folder / "a.csv").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (tmp_path / "out" / "a.csv").read_text() == "old"
    assert visible(tmp_path) == ["out"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkspaceError, match=r"cannot write .*choose another place"):
        write(tmp_path / "file" / "out")
