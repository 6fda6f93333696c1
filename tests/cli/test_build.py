"""`kg build`: what it leaves, what it says, and what bad input does: one line, its exit code, nothing touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.workspace import FILES, FORMAT, STATE, Workspace
from tests.build.pages import pages
from tests.cli.run import invoke, kg, one_line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with three pages."""
    place = tmp_path / "pages"
    place.mkdir()
    for page in pages(3):
        (place / f"{page.id}.md").write_text(page.text, encoding="utf-8")
    return place


def build(*words: object) -> str:
    done = CliRunner().invoke(main, ["build", *map(str, words)])
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    return done.stderr


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def test_it_says_what_the_workspace_holds(folder: Path, tmp_path: Path) -> None:
    said = build(
        folder, "-o", tmp_path / "space", "--home", "北京市", "--paper", "京华工报", "--issue-date", "2025-03-10"
    )
    assert said.startswith(f"{tmp_path / 'space'}: 3 pages, ")
    assert said.count("\n") == 1
    assert sorted(path.name for path in (tmp_path / "space").iterdir()) == sorted([*FILES, STATE, "pages"])
    page = next(Workspace.open(tmp_path / "space").pages())
    assert (page.home, page.paper, page.issue_date) == ("北京市", "京华工报", "2025-03-10")
    assert "nothing changed" in build(
        folder, "-o", tmp_path / "space", "--home", "北京市", "--paper", "京华工报", "--issue-date", "2025-03-10"
    )


def test_add_keeps_the_others_and_options_count_as_change(folder: Path, tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(folder / "page-000.md", "-o", space)
    assert "2 pages" in build(folder / "page-001.md", "-o", space, "--add")
    assert "nothing changed" not in build(folder / "page-001.md", "-o", space, "--add", "--no-repair")
    assert "1 page," in build(folder / "page-002.md", "-o", space)


def test_confidence_bounds_facts_and_changes_no_id(folder: Path, tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(folder, "-o", space)
    every = {fact.id: fact.confidence for fact in Workspace.open(space).facts()}
    entities = list(Workspace.open(space).entities())
    assert min(every.values()) == 0.5  # what names alone say
    assert "nothing changed" not in build(folder, "-o", space, "--min-confidence", "0.98")
    assert {fact.id for fact in Workspace.open(space).facts()} == {id_ for id_, sure in every.items() if sure >= 0.98}
    assert list(Workspace.open(space).entities()) == entities
    assert "nothing changed" in build(folder, "-o", space, "--min-confidence", "0.98")


def test_a_broken_bound_is_one_line_and_exit_code_1(folder: Path, tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(folder, "-o", space)
    before = state(space)
    bounds = tmp_path / "bounds.toml"
    bounds.write_text("[minimum]\narticles = 99\n[maximum]\nissues = 0.0\nalone = 0\n", encoding="utf-8")
    line = one_line(invoke("build", folder, "-o", space, "--checks", bounds), 1)
    assert "articles, at least 99; " in line
    assert str(space / "report-refused.html") in line
    assert {name: now for name, now in state(space).items() if "refused" not in name} == before
    bounds.write_text("[maximum]\nisues = 0.1\n", encoding="utf-8")
    assert "did you mean issues" in one_line(invoke("build", folder, "-o", space, "--checks", bounds), 2)
    bounds.write_text("[maximum]\nissues = -1\n", encoding="utf-8")
    assert "bounds.toml" in one_line(invoke("build", folder, "-o", space, "--checks", bounds), 3)
    assert "nowhere" in one_line(invoke("build", folder, "-o", space, "--checks", tmp_path / "nowhere"), 3)


def test_standard_input_is_a_page(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["build", "-", "-o", str(tmp_path / "space")], input=pages(1)[0].text.encode())
    assert done.exit_code == 0, done.stderr
    assert [page.id for page in Workspace.open(tmp_path / "space").pages()] == ["stdin"]


def test_output_is_needed(folder: Path) -> None:
    assert CliRunner().invoke(main, ["build", str(folder)]).exit_code == 2


def bad_inputs(tmp_path: Path) -> dict[str, Path]:
    (tmp_path / "none").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "table.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "broken.md").write_bytes("西城区总工会".encode() + b"\xff\xfe\x81\x00\x9f" * 3)
    (tmp_path / "broken.jsonl").write_text('{"id": "a", "text": "x"}\n{"id": \n', encoding="utf-8")
    with (tmp_path / "line.txt").open("wb") as stream:
        for _ in range(100):
            stream.write(b"x" * 1_000_000)
    return {
        "missing": tmp_path / "missing.md",
        "empty folder": tmp_path / "none",
        "folder without pages": tmp_path / "other",
        "binary": tmp_path / "binary.txt",
        "broken UTF-8": tmp_path / "broken.md",
        "broken JSON": tmp_path / "broken.jsonl",
        "a line of 100 MB": tmp_path / "line.txt",
    }


def test_bad_input_is_one_line_and_leaves_the_workspace_as_it_was(folder: Path, tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(folder, "-o", space)
    before = state(space)
    (tmp_path / "bad").mkdir()
    bad = bad_inputs(tmp_path / "bad")
    for run in (kg, invoke):
        one_line(run("build", folder, *bad.values(), "-o", space), 3)
    for what, path in bad.items():
        for target in (space, tmp_path / "new"):
            line = one_line(invoke("build", folder, path, "-o", target), 3)
            assert str(path) in line, what
        one_line(invoke("build", path, "-o", space, "--add"), 3)
        assert state(space) == before, what
        assert not (tmp_path / "new").exists(), what
        if what != "broken JSON":  # what comes before the broken record is printed
            one_line(invoke("extract", path), 3)


def test_a_workspace_that_is_no_use_is_one_line_and_stays(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "workspace.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.doc").write_bytes(b"mine")
    file = tmp_path / "file"
    file.write_bytes(b"mine")
    before = state(tmp_path)
    for target, words in (
        (other, "format 99"),
        (foreign, "thesis.doc"),
        (file, "is a file"),
        (file / "in", "cannot write"),
    ):
        line = one_line(invoke("build", folder, "-o", target), 6)
        assert str(target) in line
        assert words in line
    assert state(tmp_path) == before
    for command in (("export", "turtle"), ("check",), ("view", "-o", str(tmp_path / "x.html"))):
        assert f"format {FORMAT}" in one_line(invoke(command[0], *command[1:], other), 6)


def test_what_is_no_workspace_is_said_by_every_command_that_reads_one(tmp_path: Path) -> None:
    for command in (("export", "turtle"), ("check",), ("view", "-o", str(tmp_path / "x.html")), ("load", "embedded")):
        one_line(invoke(*command, tmp_path / "nowhere"), 3)
        one_line(invoke(*command, tmp_path), 6)
    one_line(invoke("query", tmp_path / "nowhere", "unions-by-activity"), 3)
    one_line(invoke("find", tmp_path, "西城区总工会"), 6)
    assert list(tmp_path.iterdir()) == []


def test_judgements_that_contradict_each_other_are_told(folder: Path, tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(folder, "-o", space)
    unions = sorted(e.name for e in Workspace.open(space).entities() if e.type == "TradeUnion" and "@" not in e.key)[:3]
    lines = [f"same\t{unions[0]}\t{unions[1]}\t甲", f"same\t{unions[1]}\t{unions[2]}\t乙"]
    lines.append(f"different\t{unions[0]}\t{unions[2]}\t丙")
    (space / "judgements.tsv").write_text("\n".join(lines), encoding="utf-8")
    said = build("--add", "-o", space)
    (told,) = [line for line in said.splitlines() if line.startswith("judgements contradict: ")]
    for who in ("judged by 甲", "judged by 乙", "judged by 丙"):
        assert who in told
    assert "1 contradiction" in said


def test_what_is_not_there_is_not_built_again(tmp_path: Path) -> None:
    assert "no such folder" in one_line(invoke("build", "--add", "-o", tmp_path / "typo"), 3)
    assert not (tmp_path / "typo").exists()
