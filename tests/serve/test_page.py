"""The query page in a real browser: examples run, and nothing leaves the server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from kg.serve.pages import examples
from tests import live
from tests.serve.server import Server, served
from tests.view.browser import ARGUMENTS

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 390


@dataclass(slots=True)
class Tab:
    """A page, what it asked of others (refused), and what it complained of."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


Open = Callable[..., Tab]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=live.chromium(), headless=True, args=list(ARGUMENTS))
        yield found
        found.close()


@pytest.fixture
def tab(browser: Browser, server: Server) -> Iterator[Open]:
    """Open a page of the server; what it asks of others is refused and counted, and must be nothing."""
    opened: list[Tab] = []

    def open_tab(
        path: str = "", *, at: str = "", scripts: bool = True, language: str = "zh-CN", width: int = WIDE
    ) -> Tab:
        context = browser.new_context(
            java_script_enabled=scripts, locale=language, viewport={"width": width, "height": 900}
        )
        found = Tab(context.new_page())
        opened.append(found)
        home = at or server.url

        def refuse(route: Route) -> None:
            if route.request.url.startswith((home, "data:")):
                route.continue_()
            else:
                found.elsewhere.append(route.request.url)
                route.abort()

        found.page.route("**/*", refuse)
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        found.page.on(
            "console", lambda said: found.errors.append(said.text) if said.type in ("error", "warning") else None
        )
        found.page.goto(home + path)
        return found

    yield open_tab
    for found in opened:
        assert found.elsewhere == []
        assert found.errors == []
        found.page.context.close()


def ready(tab: Tab) -> Page:
    expect(tab.page.locator("body")).to_have_attribute("data-ready", "yes")
    return tab.page


OWN = [one for one in examples() if one.name[0].isdigit()]


@pytest.mark.parametrize("number", range(len(OWN)), ids=[one.name for one in OWN])
def test_an_example_runs_at_a_click(tab: Open, number: int) -> None:
    page = ready(tab("?lang=zh"))
    page.locator(".example").nth(number).click()
    shown = OWN[number]
    expect(page.locator(".example").nth(number)).to_have_text(shown.zh)
    expect(page.locator(".yasr_results td").first).to_be_visible()
    assert page.locator(".yasr_results tbody tr").count() >= 3
    assert page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()") == shown.query


def test_a_question_of_the_library_runs_where_there_are_any(tab: Open) -> None:
    page = ready(tab("?lang=en"))
    if len(examples()) > len(OWN):
        page.locator("details summary").click()
        page.locator("details .example").first.click()
        expect(page.locator(".yasr_response_chip")).to_contain_text("result")


def test_a_query_of_ones_own_is_typed_completed_and_run(tab: Open) -> None:
    page = ready(tab())
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("PREFIX un: <https://w3id.org/union-news-kg/ontology#>\nSELECT ?a WHERE { ?a un:organ")
    page.keyboard.press("Control+Space")
    hints = page.locator(".CodeMirror-hints")
    expect(hints).to_contain_text("un:organizes")
    page.keyboard.press("Enter")
    page.keyboard.type(" ?b } LIMIT 7")
    page.keyboard.press("Escape")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr_results tbody tr")).to_have_count(7)


def test_a_link_to_a_thing_leads_to_its_page_here(tab: Open) -> None:
    opened = tab()
    page = ready(opened)
    page.locator(".example").first.click()
    link = page.locator(".yasr_results a.iri").first
    expect(link).to_be_visible()
    with page.context.expect_page() as popup:
        link.click()
    popup.value.wait_for_load_state()
    assert "/page/entity-" in popup.value.url
    assert opened.page.url.split("/")[2] == popup.value.url.split("/")[2]
    expect(popup.value.locator("h1")).to_contain_text("工会")


def test_a_mistake_is_shown_with_its_place(tab: Open) -> None:
    opened = tab()
    page = ready(opened)
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?s ?p ?o FILTER(1 + ) }')")
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr_results")).to_contain_text("syntax error: line 1, column 35")
    assert all("400" in error for error in opened.errors)  # the browser notes that the answer was 400
    opened.errors.clear()


def test_rows_that_were_cut_off_are_told(tab: Open, workspace: Path) -> None:
    with served(workspace, "--max-rows", "25") as strict:
        page = ready(tab("?lang=en", at=strict.url))
        page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?s ?p ?o }')")
        page.locator(".yasqe_queryButton").click()
        expect(page.locator("#notice")).to_have_text("Only the first 25 rows are here; there are more.")


def test_no_link_makes_it_ask_another_server(tab: Open) -> None:
    opened = tab("#query=ASK%20%7B%7D&endpoint=https%3A%2F%2Fexample.org%2Fsparql&requestMethod=POST")
    page = ready(opened)
    page.locator(".yasqe_queryButton").click()
    expect(page.locator(".yasr_results")).to_contain_text("True", ignore_case=True)


def test_without_scripts_a_form_does_it(tab: Open) -> None:
    page = tab("?lang=zh", scripts=False).page
    page.locator(".example").nth(1).click()
    assert "un:hasRole" in page.locator("textarea").input_value()
    page.locator("button").click()
    expect(page.locator("table.rows tr").nth(1)).to_be_visible()
    page.locator("table.rows a").first.click()
    expect(page.locator("h1")).not_to_be_empty()
    assert "/page/entity-" in page.url


def test_both_languages(tab: Open) -> None:
    page = ready(tab(language="zh-CN"))
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("h2").first).to_have_text("例子")
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h2").first).to_have_text("Examples")
    expect(tab(language="en-GB").page.locator("html")).to_have_attribute("lang", "en")


def test_it_can_be_used_on_a_telephone(tab: Open) -> None:
    page = ready(tab(width=NARROW))
    page.locator(".example").first.click()
    expect(page.locator(".yasr_results td").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
