"""Charts in a real Chromium: nothing is asked of the network, nothing runs, and no label lies on another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from exports.view.charts import Language, charts, drawing, page
from tests import live
from tests.sample import sample_graph
from tests.view.browser import ARGUMENTS, PHONE, WIDE
from tests.view.charts import Graph, hostile_charts, years_graph
from tests.view.graphs import HOSTILE

pytestmark = pytest.mark.browser

Open = Callable[..., Page]

# the boxes of what is written in the drawings that are shown, with the drawing they stand in
TEXTS = """() => [...document.querySelectorAll('svg')].filter(svg => svg.getBoundingClientRect().width).flatMap(
  (svg, at) => [...svg.querySelectorAll('text')].map(text => {
    const box = text.getBoundingClientRect(), edge = svg.getBoundingClientRect();
    return {svg: at, text: text.textContent, left: box.left - edge.left, right: box.right - edge.left,
      top: box.top, bottom: box.bottom, width: edge.width};
  }))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=live.chromium(), headless=True, args=list(ARGUMENTS))
        yield found
        found.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a text as a file; it must ask for nothing, complain of nothing and run nothing."""
    pages: list[Page] = []
    requests: list[str] = []
    errors: list[str] = []

    def open_text(text: str, *, size: tuple[int, int] = WIDE, suffix: str = "html", dark: bool = False) -> Page:
        path = tmp_path / f"charts.{suffix}"
        path.write_bytes(text.encode("utf-8"))
        found = browser.new_page(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
        )
        pages.append(found)

        def refuse(route: Route) -> None:
            if route.request.url == path.as_uri():
                route.continue_()
            else:
                requests.append(route.request.url)
                route.abort()

        found.route("**/*", refuse)
        found.on("pageerror", lambda error: errors.append(str(error)))
        found.on("console", lambda said: errors.append(said.text) if said.type in ("error", "warning") else None)
        found.on("dialog", lambda dialog: errors.append(dialog.message))
        found.goto(path.as_uri())
        return found

    yield open_text
    assert requests == []
    assert errors == []
    for one in pages:
        assert one.evaluate("window.hacked") is None
        one.close()


def overlapping(texts: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return texts of a drawing that lie on one another, by more than the leading of a line."""
    return [
        (a["text"], b["text"])
        for a, b in combinations(texts, 2)
        if a["svg"] == b["svg"]
        and min(a["right"], b["right"]) - max(a["left"], b["left"]) > 0.5
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 5
    ]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "telephone"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("graph", [sample_graph, years_graph, hostile_charts, lambda: years_graph(9)])
def test_nothing_lies_on_anything_or_runs_out_of_its_drawing(
    opened: Open, graph: Callable[[], Graph], language: Language, size: tuple[int, int]
) -> None:
    found = opened(page(charts(graph(), language=language)), size=size)
    texts = found.evaluate(TEXTS)
    assert len({text["svg"] for text in texts}) == 7
    assert overlapping(texts) == []
    assert [text["text"] for text in texts if text["left"] < 0 or text["right"] > text["width"]] == []
    assert found.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_charts_tell_their_figures(opened: Open) -> None:
    found = opened(page(charts(sample_graph())))
    expect(found.locator("h1")).to_have_text("工会新闻图表")
    section = found.locator("#top-organisers")
    expect(section.locator("h2")).to_have_text("举办活动最多的单位")
    expect(section.get_by_role("img")).to_have_count(1)
    expect(section.locator("table")).to_be_hidden()
    section.locator("summary").click()
    expect(section.get_by_role("row").nth(1)).to_have_text("北京市总工会2002困难职工慰问；职工技能大赛")
    found.get_by_role("link", name="工会的隶属关系").click()
    assert found.url.endswith("#union-hierarchy")
    found.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for one in reversed(found.locator("details:not([open]) summary").all()):
        one.click()
    expect(found.locator("table:visible")).to_have_count(7)
    assert found.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    for cell in found.locator("td.names").all():
        box = cell.bounding_box()
        assert box is not None
        assert box["width"] > 200


def test_the_night_changes_the_colours(opened: Open) -> None:
    colour = "element => getComputedStyle(element).fill"
    day = opened(page(charts(sample_graph())))
    assert day.locator("svg .s-other").first.evaluate(colour) == "rgb(0, 114, 178)"
    assert day.locator(".page").evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    night = opened(page(charts(sample_graph())), dark=True)
    assert night.locator("svg .s-other").first.evaluate(colour) == "rgb(86, 180, 233)"
    assert night.locator(".page").evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(15, 20, 25)"
    night.emulate_media(media="print", color_scheme="dark")
    assert night.locator("svg .s-other").first.evaluate(colour) == "rgb(0, 114, 178)"
    always = opened(page(charts(sample_graph(), dark=True)))
    assert always.locator("svg .s-other").first.evaluate(colour) == "rgb(86, 180, 233)"


def test_hostile_names_are_shown_as_text(opened: Open) -> None:
    found = opened(page(charts(hostile_charts())))
    assert found.locator("script, img, iframe, [onload], [onerror]").count() == 0
    for one in found.locator("summary").all():
        one.click()
    expect(found.locator("#union-hierarchy table")).to_contain_text(HOSTILE[1])
    expect(found.locator("#top-organisers svg:visible")).to_contain_text("<script>window")


def test_a_drawing_of_its_own_opens_in_a_browser(opened: Open) -> None:
    for shown in charts(hostile_charts()):
        found = opened(shown.svg(), suffix="svg")
        assert found.evaluate("document.documentElement.localName") == "svg"
        assert overlapping(found.evaluate(TEXTS)) == []
    assert found.evaluate("document.documentElement.width.baseVal.value") == drawing.WIDE


def test_nothing_to_draw_is_said(opened: Open) -> None:
    empty: Graph = nx.MultiDiGraph()
    found = opened(page(charts(empty)), size=PHONE)
    expect(found.locator("svg:visible").first).to_contain_text("没有可画的内容。")
