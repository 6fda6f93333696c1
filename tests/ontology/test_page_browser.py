"""The page of the ontology in a real Chromium, without JavaScript and without a network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from exports.ontology_page import write_ontology
from tests import live
from tests.view.browser import ARGUMENTS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=live.chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("ontology")
    write_ontology(folder)
    return (folder / "index.html").as_uri()


@pytest.fixture(params=[(1200, 900), (390, 844)], ids=["wide", "phone"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    asked: list[str] = []
    said: list[str] = []
    page = context.new_page()
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: said.append(one.text))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []  # among other things what the policy of the page refused


def test_the_fragment_of_a_term_brings_its_definition_into_view(page: Page, address: str) -> None:
    for term in ("TradeUnion", "organizes", "hasPostHolder", "textSha256", "rule"):
        page.goto(f"{address}#{term}")
        expect(page.locator(f"section#{term} h3")).to_be_in_viewport()
        expect(page.locator(f"section#{term} p.zh")).to_be_in_viewport()


def test_a_link_in_the_page_leads_to_the_term(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#organizes dd a", has_text="organizedBy").click()
    assert page.url.endswith("#organizedBy")
    expect(page.locator("section#organizedBy h3")).to_be_in_viewport()


def test_one_language_is_shown_where_one_is_chosen(page: Page, address: str) -> None:
    page.goto(address)
    chinese, english = page.locator("#organizes p.zh"), page.locator("#organizes p.en")
    expect(chinese).to_be_visible()
    expect(english).to_be_visible()
    page.get_by_label("English", exact=True).check()
    expect(chinese).to_be_hidden()
    expect(english).to_be_visible()
    page.get_by_label("中文", exact=True).check()
    expect(chinese).to_be_visible()
    expect(english).to_be_hidden()
    page.get_by_label("中文 + English").check()
    expect(english).to_be_visible()


def test_nothing_is_wider_than_the_window(page: Page, address: str) -> None:
    page.goto(address)
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= window


def test_colours_follow_the_scheme_of_the_reader(page: Page, address: str) -> None:
    page.goto(address)
    seen = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        seen.append(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    assert seen == ["rgb(255, 255, 255)", "rgb(13, 17, 23)"]
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator("nav")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
