from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result

from exports.portal.places import document_of
from kg import pictures
from kg.cli import main
from tests.view.test_html import Reader
from tests.view.told import edges_of, told_of

SAMPLES = Path(__file__).resolve().parents[2] / "kg" / "samples"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("view") / "workspace"
    done = CliRunner().invoke(main, ["build", str(SAMPLES), "-o", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def portal(workspace: Path) -> Path:
    """A portal of the workspace in a folder beside it."""
    folder = workspace.parent / "portal"
    done = CliRunner().invoke(main, ["export", "portal", str(workspace), "-o", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def draw(workspace: Path, *options: str) -> tuple[Result, dict[str, Any]]:
    """Run `kg view` and return what it said, and the data of the page."""
    output = workspace.parent / "picture.html"
    output.unlink(missing_ok=True)
    done = CliRunner().invoke(main, ["view", str(workspace), "-o", str(output), *options])
    if not output.exists():
        return done, {}
    text = output.read_text(encoding="utf-8")
    (data,) = Reader(text).texts("application/json")
    picture = dict(json.loads(data))
    if picture.get("kind") == "whole":
        picture["told"] = told_of(text)
        picture["edges"] = edges_of(picture, picture["told"])
    return done, picture


def names(picture: dict[str, Any]) -> set[str]:
    return {node["name"] for node in picture["nodes"]}


def test_the_whole_workspace(workspace: Path) -> None:
    done, picture = draw(workspace)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert picture["kind"] == "whole"
    relations = sum(edge["drawn"] for edge in picture["edges"])
    assert relations
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


def test_a_part_is_focused_until_it_is_too_large_for_that(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done, near = draw(workspace, "--around", "北京市总工会")
    assert near["kind"] == "focused"
    assert "more than" not in done.stderr
    monkeypatch.setattr(pictures, "FOCUSED", len(near["nodes"]))
    assert draw(workspace, "--around", "北京市总工会")[1]["kind"] == "focused"
    monkeypatch.setattr(pictures, "FOCUSED", len(near["nodes"]) - 1)
    done, far = draw(workspace, "--around", "北京市总工会")
    assert done.exit_code == 0
    assert far["kind"] == "whole"
    assert (far["focus"], names(far)) == (near["focus"], names(near))
    assert f"more than {len(near['nodes']) - 1} entities, so it is drawn as a whole graph is" in done.stderr
    done, asked = draw(workspace, "--query", "people-roles")
    assert asked["kind"] == ("whole" if len(asked["nodes"]) >= len(near["nodes"]) else "focused")


def test_five_hundred_are_still_focused() -> None:
    assert pictures.FOCUSED == 500


def links_of(picture: dict[str, Any]) -> list[str]:
    """Return where the nodes and the articles of a whole graph lead."""
    articles = picture["told"]["articles"].values()
    return [*(row[3] for row in picture["told"]["nodes"]), *(article["href"] for article in articles)]


def test_names_lead_to_a_portal_on_the_web(workspace: Path) -> None:
    base = "https://data.example.org/id/"
    _, picture = draw(workspace, "--portal", base)
    keys = [*(node["id"] for node in picture["nodes"]), *picture["told"]["articles"]]
    assert links_of(picture) == [base + document_of(key) for key in keys]
    _, near = draw(workspace, "--around", "北京市总工会", "--portal", base)
    assert [node["href"] for node in near["nodes"]] == [base + document_of(node["id"]) for node in near["nodes"]]


@pytest.mark.parametrize("where", ["portal", "./portal/", "."])
def test_names_lead_to_files_of_a_portal_beside_the_picture(workspace: Path, portal: Path, where: str) -> None:
    _, picture = draw(workspace, "--portal", where)
    beside = portal if where == "." else workspace.parent
    links = links_of(picture)
    assert links
    assert [link for link in links if not (beside / unquote(link)).is_file()] == []


def test_names_lead_nowhere_unless_there_is_a_portal(workspace: Path) -> None:
    _, picture = draw(workspace)
    assert {row[3] for row in picture["told"]["nodes"]} == {""}
    assert not any("href" in article for article in picture["told"]["articles"].values())


@pytest.fixture
def kept(workspace: Path) -> Iterator[Path]:
    """The workspace with the portal.toml of its keeper."""
    copy = workspace.parent / "kept"
    shutil.copytree(workspace, copy)
    (copy / "portal.toml").write_text('base = "https://kept.example.org/id/"\n', encoding="utf-8")
    yield copy
    shutil.rmtree(copy)


def test_names_lead_to_the_portal_of_the_keeper(kept: Path) -> None:
    done, picture = draw(kept)
    assert done.exit_code == 0, done.output
    assert all(row[3].startswith("https://kept.example.org/id/") for row in picture["told"]["nodes"])


def test_persons_are_left_out(workspace: Path) -> None:
    _, everybody = draw(workspace)
    done, nobody = draw(workspace, "--persons", "none")
    assert done.exit_code == 0
    kinds = [{node["type"] for node in picture["nodes"]} for picture in (everybody, nobody)]
    assert "Person" in kinds[0]
    assert "Person" not in kinds[1]


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
        (["--query", "people-role"], "did you mean people-roles"),
        (["--query", "people-roles", "-p", "name"], "written as KEY=VALUE"),
        (["--around", "北京市", "--query", "people-roles"], "give one of them"),
        (["--around", "北京市", "--page", "x"], "give one of them"),
        (["--page", "jinghua-2025-03-12-03", "--articles"], "leave out --"),
        (["--page", "jinghua-2025-03-12-03", "--limit", "1500"], "leave out --"),
        (["--depth", "2"], "give --around NAME"),
        (["-p", "a=b"], "give --query NAME"),
        (["--query", "quotes", "--articles"], "leave out --articles"),
    ],
)
def test_what_is_not_there_is_a_usage_error(workspace: Path, options: list[str], said: str) -> None:
    done, picture = draw(workspace, *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert picture == {}


@pytest.mark.parametrize(
    "where", ["https://data.example.org/id", "javascript:alert(1)", "data:text/html,x", "file:///x/"]
)
def test_a_portal_that_cannot_be_one(workspace: Path, where: str) -> None:
    done, picture = draw(workspace, "--portal", where)
    assert done.exit_code == 3
    assert "cannot be where the portal is" in done.stderr
    assert picture == {}


def test_no_workspace(tmp_path: Path) -> None:
    done, _ = draw(tmp_path / "nowhere")
    assert done.exit_code in (3, 6)
    assert str(tmp_path / "nowhere") in done.stderr
