from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.view.test_html import Reader

SAMPLES = Path(__file__).resolve().parents[2] / "kg" / "samples"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("view") / "workspace"
    done = CliRunner().invoke(main, ["build", str(SAMPLES), "-o", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def draw(workspace: Path, *options: str) -> tuple[Result, dict[str, Any]]:
    """Run `kg view` and return what it said, and the data of the page."""
    output = workspace.parent / "picture.html"
    output.unlink(missing_ok=True)
    done = CliRunner().invoke(main, ["view", str(workspace), "-o", str(output), *options])
    if not output.exists():
        return done, {}
    (data,) = Reader(output.read_text(encoding="utf-8")).texts("application/json")
    return done, dict(json.loads(data))


def names(picture: dict[str, Any]) -> set[str]:
    return {node["name"] for node in picture["nodes"]}


def test_the_whole_workspace(workspace: Path) -> None:
    done, picture = draw(workspace)
    assert done.exit_code == 0
    assert done.stdout == ""
    relations = sum(edge["drawn"] for edge in picture["edges"])
    assert f"{len(picture['nodes'])} entities and {relations} relations drawn" in done.stderr
    assert "北京市总工会" in names(picture)
    assert not {"Article", "Page"} & {node["type"] for node in picture["nodes"]}
    assert all(item["quote"] and item["page"] for edge in picture["edges"] for item in edge["evidence"])


def test_the_same_workspace_gives_the_same_bytes(workspace: Path) -> None:
    first, again = (CliRunner().invoke(main, ["view", str(workspace), "-o", "-"]) for _ in range(2))
    assert first.exit_code == 0
    assert first.stdout_bytes == again.stdout_bytes
    assert first.stdout_bytes.startswith(b"<!doctype html>")


def test_around_a_name_or_an_alias(workspace: Path) -> None:
    _, near = draw(workspace, "--around", "经开区总工会")
    _, far = draw(workspace, "--around", "北京经济技术开发区总工会", "--depth", "2")
    assert near["focus"] == far["focus"]
    assert {"北京经济技术开发区总工会", "梁启明"} <= names(near) < names(far)
    assert near["title"] == "北京经济技术开发区总工会"


def test_a_page_is_read_and_not_drawn(workspace: Path) -> None:
    done, read = draw(workspace, "--page", "jinghua-2025-03-12-03")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert read["text"] == (SAMPLES / "jinghua-2025-03-12-03.md").read_text(encoding="utf-8")
    assert "北京经济技术开发区总工会" in {thing["name"] for thing in read["things"]}
    said = f"{len(read['articles'])} articles, {len(read['statements'])} statements, 0 not understood"
    assert said in done.stderr


def test_the_same_page_gives_the_same_bytes(workspace: Path) -> None:
    asked = ["view", str(workspace), "--page", "jinghua-2025-04-23-03", "-o", "-"]
    first, again = (CliRunner().invoke(main, asked) for _ in range(2))
    assert first.exit_code == 0
    assert first.stdout_bytes == again.stdout_bytes
    assert first.stdout_bytes.startswith(b"<!doctype html>")


def test_a_workspace_restored_from_rdf_has_no_pages_to_read(workspace: Path, tmp_path: Path) -> None:
    dump, restored = tmp_path / "all.nq", tmp_path / "restored"
    for asked in (
        ["export", "nquads", str(workspace), "-o", str(dump)],
        ["import-rdf", str(dump), "-o", str(restored)],
    ):
        done = CliRunner().invoke(main, asked)
        assert done.exit_code == 0, done.output
    done, read = draw(restored, "--page", "jinghua-2025-03-12-03")
    assert done.exit_code == 6
    assert "restored from RDF, which holds no texts of pages; draw its facts without --page" in done.stderr
    assert read == {}


def test_the_facts_behind_a_question(workspace: Path) -> None:
    done, picture = draw(workspace, "--query", "people-roles")
    assert done.exit_code == 0, done.output
    assert {edge["relation"] for edge in picture["edges"] if edge["drawn"]} == {"hasRole"}
    _, one = draw(workspace, "--query", "neighbourhood", "-p", "name=经开区总工会")
    assert "北京经济技术开发区总工会" in names(one)
    assert "name=经开区总工会" in one["title"]


def test_articles_are_drawn_when_asked_for(workspace: Path) -> None:
    _, picture = draw(workspace, "--articles")
    assert {"Article", "Page"} <= {node["type"] for node in picture["nodes"]}


def test_what_is_left_out_is_said(workspace: Path) -> None:
    done, picture = draw(workspace, "--limit", "10")
    assert len(picture["nodes"]) == 10
    assert picture["leftOut"] > 0
    assert f"{picture['leftOut']} entities are left out" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--around", "没有这个工会"], "no entity called '没有这个工会'"),
        (["--page", "jinghua-2025-03-12"], "did you mean jinghua-2025-03-12-03"),
        (["--query", "people-role"], "did you mean people-roles"),
        (["--query", "people-roles", "-p", "name"], "written as KEY=VALUE"),
        (["--around", "北京市", "--page", "x"], "give one of them"),
        (["--page", "jinghua-2025-03-12-03", "--articles"], "leave out --"),
        (["--page", "jinghua-2025-03-12-03", "--limit", "1500"], "leave out --"),
        (["--depth", "2"], "give --around NAME"),
        (["-p", "a=b"], "give --query NAME"),
    ],
)
def test_what_is_not_there_is_a_usage_error(workspace: Path, options: list[str], said: str) -> None:
    done, picture = draw(workspace, *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert picture == {}


def test_no_workspace(tmp_path: Path) -> None:
    done, _ = draw(tmp_path / "nowhere")
    assert done.exit_code in (3, 6)
    assert str(tmp_path / "nowhere") in done.stderr
