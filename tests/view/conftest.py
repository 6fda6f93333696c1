"""Chromium and pages in it, for the focused picture and the whole one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from exports.view import focused
from exports.view.select import Graph, Selection, everything
from tests import live
from tests.view.browser import ARGUMENTS, Focused, Pages, Whole


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = playwright.chromium.launch(executable_path=live.chromium(), headless=True, args=list(ARGUMENTS))
    yield found
    found.close()


@pytest.fixture(scope="module")
def flat_browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without WebGL."""
    arguments = [*ARGUMENTS, "--disable-3d-apis"]
    found = playwright.chromium.launch(executable_path=live.chromium(), headless=True, args=arguments)
    yield found
    found.close()


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Pages]:
    found = Pages(tmp_path)
    yield found
    found.close()


@pytest.fixture
def view(browser: Browser, pages: Pages) -> Callable[..., Focused]:
    """Open the picture of a part of a graph."""

    def open_view(graph: Graph, selection: Selection | None = None, *, title: str = "", **options: Any) -> Focused:
        html = focused.page(focused.model(graph, selection or everything(graph), title=title))
        found: Focused = pages.open(browser, html, Focused, **options)
        return found

    return open_view


@pytest.fixture
def whole(browser: Browser, pages: Pages) -> Callable[..., Whole]:
    """Open the page of a whole graph."""

    def open_whole(html: str, **options: Any) -> Whole:
        found: Whole = pages.open(browser, html, Whole, **options)
        return found

    return open_whole
