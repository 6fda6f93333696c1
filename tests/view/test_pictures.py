"""Pictures as a notebook wants them: by name, saved whole, shown in a frame that asks for nothing."""

from __future__ import annotations

import html
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from exports.view.sheet import Sheet
from kg import pictures
from kg.cli import main
from kg.errors import InputError, UnknownName
from kg.pictures import picture, reader, sheet
from tests.sample import sample_graph
from tests.view.browser import Pages, View
from tests.view.test_html import Reader

SAMPLES = Path(__file__).resolve().parents[2] / "kg" / "samples"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures") / "workspace"
    done = CliRunner().invoke(main, ["build", str(SAMPLES), "-o", str(folder)])
    assert done.exit_code == 0, done.output
    return folder


def test_a_workspace_is_drawn_whole_and_a_part_of_it_focused(workspace: Path) -> None:
    whole = picture(workspace)
    near = picture(workspace, around="经开区总工会", depth=2)
    asked = picture(workspace, query="neighbourhood", parameters={"name": "经开区总工会"})
    assert (whole.kind, near.kind, asked.kind) == ("whole", "focused", "focused")
    assert reader(workspace, "jinghua-2025-03-12-03").kind == "reader"
    assert whole.summary.startswith(f"{whole.nodes} entities and ")
    assert whole.nodes > near.nodes > 1
    assert whole.left_out == near.left_out == 0
    assert "name=经开区总工会" in asked.html
    few = picture(workspace, limit=10)
    assert (few.nodes, few.left_out) == (10, whole.nodes - 10)
    assert picture(workspace, persons="none").nodes < whole.nodes
    assert picture(workspace, articles=True).nodes > whole.nodes


def test_the_command_writes_the_same_page(workspace: Path) -> None:
    done = CliRunner().invoke(main, ["view", str(workspace), "-o", "-"])
    assert done.stdout_bytes.decode("utf-8") == picture(str(workspace)).html


def test_what_is_not_there_is_an_error(workspace: Path) -> None:
    with pytest.raises(UnknownName, match="没有这个工会"):
        picture(workspace, around="没有这个工会")
    with pytest.raises(UnknownName, match="people-roles"):
        picture(workspace, query="people-role")
    with pytest.raises(UnknownName, match="jinghua-2025-03-12-03"):
        reader(workspace, "jinghua-2025-03-12")
    for portal in (
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "C:\\p",
    ):
        with pytest.raises(InputError, match="portal"):
            picture(workspace, portal=portal)


def test_nothing_is_drawn_around_somebody_who_is_left_out(workspace: Path) -> None:
    assert picture(workspace, around="周晓岚", depth=10**9, persons="all").nodes > 1
    with pytest.raises(InputError, match="周晓岚"):
        picture(workspace, around="周晓岚", persons="none")
    with pytest.raises(InputError, match="周晓岚"):
        picture(workspace, around="周晓岚", depth=0, persons="none")


def test_a_sheet_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    drawn = drawing()
    path = tmp_path / "图.html"
    drawn.save(path)
    assert path.read_bytes().decode("utf-8") == drawn.html
    with pytest.raises(UnicodeEncodeError):
        Sheet("\ud800", "whole", "").save(path)
    assert path.read_bytes().decode("utf-8") == drawn.html
    assert [one.name for one in tmp_path.iterdir()] == ["图.html"]


def drawing(*, part: bool = False) -> Sheet:
    from exports.view.select import everything

    graph = sample_graph()
    return sheet(graph, everything(graph), part=part, title="a < b & \"c\" 'd'", height=555)


@pytest.mark.parametrize("part", [False, True], ids=["whole", "focused"])
def test_a_notebook_gets_a_frame_that_holds_all(part: bool) -> None:
    drawn = drawing(part=part)
    ((tag, attrs),) = Reader(drawn._repr_html_()).tags
    assert tag == "iframe"
    assert attrs["srcdoc"] == drawn.html
    assert attrs["height"] == "555"
    assert attrs["sandbox"] is not None
    assert "allow-same-origin" not in attrs["sandbox"]
    assert "allow-top-navigation" not in attrs["sandbox"]
    assert "src" not in attrs


def test_ipython_shows_it_by_itself() -> None:
    formatters: Any = pytest.importorskip("IPython.core.formatters")
    drawn = drawing()
    data, _ = formatters.DisplayFormatter().format(drawn)
    assert data["text/html"] == drawn._repr_html_()


@pytest.mark.browser
@pytest.mark.parametrize("part", [False, True], ids=["whole", "focused"])
def test_the_frame_shows_the_picture_and_asks_for_nothing(browser: Browser, pages: Pages, part: bool) -> None:
    notebook = f"<!doctype html><meta charset=utf-8><title>notebook</title><p>Out[1]:{drawing(part=part)._repr_html_()}"
    opened: View = pages.open(browser, notebook, View, ready=False)
    inside = opened.page.frame_locator("iframe")
    expect(inside.locator("body[data-ready=true]")).to_have_count(1)
    expect(inside.locator("h1")).to_have_text("a < b & \"c\" 'd'")
    expect(inside.locator("#summary")).to_have_text("36 个实体，49 条关系")
    inside.locator("#search").fill("京华机械")
    inside.locator("#search").press("Enter")
    expect(inside.locator("#detail h2")).to_have_text("京华机械有限公司")
    inside.locator("#detail .fact").first.click()
    expect(inside.locator("blockquote").first).to_contain_text("京华机械有限公司")
    (frame,) = (one for one in opened.page.frames if one.parent_frame)
    names = {label["text"] for label in frame.evaluate("picture.labels()")}
    assert "京华机械有限公司" in names


def test_importing_it_needs_no_browser_and_no_drawing_library() -> None:
    code = "import sys, kg.pictures; print(*sorted({'pyvis', 'IPython', 'playwright', 'pypinyin'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == ""
    assert pictures.LIMIT == 50_000
    assert html.escape("<") in Sheet("<", "whole", "")._repr_html_()


def test_a_title_does_not_name_who_is_left_out(workspace: Path) -> None:
    asked = {"person": "周晓岚"}
    assert "周晓岚" in picture(workspace, query="quotes", parameters=asked).html
    assert "周晓岚" not in picture(workspace, query="quotes", parameters=asked, persons="none").html
