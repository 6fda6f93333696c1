"""Photograph the pictures that the documents show, to be looked at: `python -m tests.view.screenshot [NAME...]`.

Each is made anew, from the sample pages or from a made-up city, opened in Chromium and used as its caption says.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from playwright.sync_api import Page, sync_playwright

from exports.view.select import everything
from kg.cli import main as kg
from kg.pictures import picture, reader, sheet
from tests import live
from tests.view.browser import ARGUMENTS
from tests.view.graphs import HOSTILE, hostile_graph
from tests.view.worlds import world

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "img"
CITY = 10_000
WIDE = (1440, 900)
PHONE = (390, 844)

Use = Callable[[Page], object]


@cache
def samples() -> str:
    folder = Path(tempfile.mkdtemp()) / "workspace"
    done = CliRunner().invoke(kg, ["build", str(ROOT / "kg" / "samples"), "-o", str(folder)])
    assert done.exit_code == 0, done.output
    return str(folder)


@cache
def city() -> str:
    graph = world(CITY)
    return sheet(graph, everything(graph), title="京华市（虚构）工会新闻").html


def hostile() -> str:
    graph = hostile_graph()
    return sheet(graph, everything(graph), title=HOSTILE[0]).html


def choose(page: Page, words: str) -> None:
    page.locator("#search").fill(words)
    page.locator("#search").press("Enter")
    page.locator("#search").fill("")
    page.locator("#search").blur()
    page.wait_for_timeout(300)


def nearer(page: Page) -> None:
    choose(page, "西城区总工会")
    page.keyboard.press("Escape")
    for _ in range(3):
        page.locator("#closer").click()
    page.wait_for_timeout(400)


def an_edge(page: Page) -> None:
    choose(page, "北京经济技术开发区总工会")
    page.locator("#detail .fact").first.click()
    page.wait_for_timeout(300)


def slide(page: Page) -> None:
    page.evaluate(
        "for (const [id, part] of [['day-from', 0.45], ['day-to', 0.62]]) { const t = document.getElementById(id);"
        "t.value = Number(t.min) + part * (t.max - t.min); t.dispatchEvent(new Event('input')); }"
    )
    page.wait_for_timeout(900)


def folded(page: Page) -> None:
    page.locator("#tools-title").click()
    page.locator("#level").select_option("districts")
    page.wait_for_timeout(400)


def a_path(page: Page) -> None:
    choose(page, "密云区总工会")
    page.locator("#path-from").click()
    choose(page, "房山区总工会")
    page.locator("#path-to").click()
    page.wait_for_timeout(400)


def a_hostile_name(page: Page) -> None:
    page.locator("#search").fill("<")
    page.wait_for_timeout(200)
    page.locator("#results li").first.dispatch_event("mousedown")
    page.wait_for_timeout(300)
    page.locator("#search").fill("<")


def a_statement(page: Page) -> None:
    for _ in range(9):
        page.keyboard.press("j")
    page.wait_for_timeout(400)


SHOTS: dict[str, tuple[Callable[[], str], Use, tuple[int, int], str]] = {
    "picture": (lambda: picture(samples()).html, lambda page: None, WIDE, "light"),
    "evidence": (lambda: picture(samples()).html, an_edge, WIDE, "light"),
    "focused": (
        lambda: picture(samples(), around="北京经济技术开发区总工会", depth=2).html,
        lambda page: None,
        WIDE,
        "light",
    ),
    "city-far": (city, lambda page: None, WIDE, "light"),
    "city-near": (city, nearer, WIDE, "light"),
    "city-folded": (city, folded, WIDE, "light"),
    "timeline": (city, slide, WIDE, "light"),
    "path": (city, a_path, WIDE, "light"),
    "dark": (city, nearer, WIDE, "dark"),
    "phone": (lambda: picture(samples()).html, lambda page: choose(page, "丰台区总工会"), PHONE, "light"),
    "hostile": (hostile, a_hostile_name, WIDE, "light"),
    "reader": (lambda: reader(samples(), "jinghua-2025-05-28-04").html, a_statement, WIDE, "light"),
}


def main() -> None:
    """Make the photographs named, or all."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=live.chromium(), args=list(ARGUMENTS))
        for name in sys.argv[1:] or SHOTS:
            make, use, (width, height), scheme = SHOTS[name]
            path = Path(folder) / f"{name}.html"
            path.write_text(make(), encoding="utf-8")
            page = browser.new_page(
                viewport={"width": width, "height": height},
                reduced_motion="reduce",
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page.goto(path.as_uri())
            while not page.evaluate("document.body.dataset.ready"):
                time.sleep(0.05)
            use(page)
            dense = make is city  # thousands of dots: a tenth of the size as JPEG
            more: dict[str, Any] = {"type": "jpeg", "quality": 80} if dense else {}
            page.screenshot(path=IMAGES / f"{name}.{'jpg' if dense else 'png'}", **more)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
