"""Labels of a large picture in a real Chromium: at no zoom does one lie over another, and at each there are some."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from exports.view import whole
from exports.view.select import everything
from tests import live
from tests.view.browser import ARGUMENTS, overlapping
from tests.view.worlds import world

pytestmark = pytest.mark.browser

NODES = 10_000


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    graph = world(NODES)
    path = tmp_path_factory.mktemp("labels") / "picture.html"
    with path.open("wb") as stream:
        whole.write(graph, everything(graph), stream)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=live.chromium(), headless=True, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
        page.goto(path.as_uri())
        for _ in range(600):  # not wait_for_function: the policy of the page forbids what it does
            if page.evaluate("document.body.dataset.ready"):
                break
            time.sleep(0.05)
        else:
            raise AssertionError("the page did not get ready")
        yield page
        browser.close()


def labels(page: Page, ratio: float) -> list[dict[str, Any]]:
    """Zoom to a part of the picture as wide as `ratio` tells, a well connected node in the middle."""
    page.evaluate(
        """async (ratio) => {
          const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          kg.stage.setView({ x: 0.5, y: 0.5, ratio, angle: 0 });
          await frame();
          const [at, { width, height }] = [picture.spot(kg.ranked[40].id), kg.stage.screen()];
          if (ratio < 1) kg.stage.pan(at.x - width / 2, at.y - height / 2);
          await frame();
        }""",
        ratio,
    )
    return list(page.evaluate("picture.labels()"))


@pytest.mark.parametrize(("ratio", "least"), [(1, 60), (0.4, 60), (0.15, 50), (0.06, 30), (0.02, 5)])
def test_no_label_lies_over_another(page: Page, ratio: float, least: int) -> None:
    found = labels(page, ratio)
    assert len(found) >= least
    assert overlapping(found) == []


def test_the_best_connected_in_sight_are_named(page: Page) -> None:
    named = {label.get("node") for label in labels(page, 0.15)}
    seen = page.evaluate(
        """() => {
          const { width, height } = kg.stage.screen();
          const inside = ({ x, y }) => x > 80 && y > 40 && x < width - 80 && y < height - 40;
          return kg.ranked.map(({ id }) => id).filter((id) => inside(picture.spot(id))).slice(0, 3);
        }"""
    )
    assert set(seen) <= named
