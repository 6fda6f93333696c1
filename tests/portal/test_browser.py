"""The portal in a real Chromium, behind a plain web server, and from the disk."""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests import live
from tests.portal.sites import Site
from tests.view.browser import ARGUMENTS

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1100, "height": 900}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as `python -m http.server` does; give the address of its root."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=live.chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def root(site_of: Callable[[str], Site]) -> Iterator[str]:
    with served(site_of("sample").folder) as address:
        yield address


@contextmanager
def opened(browser: Browser, root: str, **options: Any) -> Iterator[Page]:
    """Give a page that may ask nothing of other hosts, and of which nothing may be refused or fail."""
    options.setdefault("locale", "zh-CN")
    context: BrowserContext = browser.new_context(viewport=options.pop("viewport", WIDE), **options)
    asked: list[str] = []
    said: list[str] = []
    page = context.new_page()
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: said.append(one.text))
    page.on("pageerror", lambda one: said.append(str(one)))
    yield page
    hacked = page.evaluate("window.hacked") if options.get("java_script_enabled", True) else None
    context.close()
    assert [url for url in asked if not url.startswith((root, "file:", "data:"))] == []
    # the browser asks for an icon by itself
    assert [text for text in said if "favicon" not in text and "404" not in text] == []
    assert hacked is None


def found(page: Page) -> list[str]:
    return page.locator("#results li a").all_inner_texts()


def test_search_finds_by_name_by_part_and_by_alias(browser: Browser, root: str) -> None:
    with opened(browser, root) as page:
        page.goto(root)
        page.locator("#find").fill("月坛街道")
        expect(page.locator("#results a", has_text="月坛街道总工会")).to_be_visible()
        page.locator("#find").fill("京华机械")  # an alias, and the beginning of other names
        expect(page.locator("#results li").first).to_contain_text("京华机械有限公司")
        page.locator("#find").fill("该中心")
        expect(page.locator("#results a")).to_have_count(1)
        expect(page.locator("#results a")).to_have_text("北京市职工服务中心")
        expect(page.locator("#results li")).to_contain_text(re.compile("又称.*该中心"))
        page.locator("#find").fill("没有这样的名字")
        expect(page.locator("#found")).to_contain_text("没有找到")
        page.locator("#find").fill("王")
        expect(page.locator("#results a", has_text="王建国")).to_be_visible()
        page.locator("#results a", has_text="王建国").click()
        expect(page.locator("h1")).to_have_text("王建国")


def test_search_from_the_head_of_a_page_keeps_what_was_typed(browser: Browser, root: str) -> None:
    with opened(browser, root) as page:
        page.goto(f"{root}id/fair/index.html")
        page.locator("header input[type=search]").fill("职工普惠卡")
        page.locator("header input[type=search]").press("Enter")
        page.wait_for_url("**/search/index.html?q=*")
        expect(page.locator("#find")).to_have_value("职工普惠卡")
        expect(page.locator("#results a")).to_have_text("职工普惠卡")


def test_an_iri_of_a_fact_brings_it_into_view_with_its_words(browser: Browser, root: str) -> None:
    with opened(browser, root) as page:
        page.goto(f"{root}id/u-xicheng/#org-cool")
        fact = page.locator("#org-cool")
        expect(fact).to_be_in_viewport()
        expect(fact.locator(".badge")).to_contain_text("计划中")
        expect(fact.locator("blockquote")).to_be_visible()
        fact.locator("figcaption a").click()
        expect(page.locator("h1")).to_have_text("西城区总工会送岗位到街道")
        assert "#char=" in page.url
        mark = page.locator(".said blockquote:has(:target)")
        expect(mark).to_be_in_viewport()
        expect(mark).to_contain_text("夏送清凉")


def test_both_languages_without_a_script(browser: Browser, root: str) -> None:
    with opened(browser, root, java_script_enabled=False) as page:
        page.goto(f"{root}id/u-xicheng/index.html")
        heading = page.locator("section h2", has_text="举办的活动")
        expect(heading).to_be_visible()
        expect(page.get_by_text("Organized", exact=True).first).to_be_hidden()
        page.locator("label[for=en]").click()
        expect(page.locator("section h2", has_text="Organized").first).to_be_visible()
        assert "举办的活动" not in page.locator("main").inner_text()
        assert "西城区总工会" in page.locator("h1").inner_text()
        page.keyboard.press("ArrowLeft")  # the radio buttons work by keys as well
        expect(heading).to_be_visible()


def test_all_can_be_read_without_a_script(browser: Browser, root: str) -> None:
    with opened(browser, root, java_script_enabled=False) as page:
        page.goto(root)
        expect(page.locator("noscript p").first).to_be_visible()
        page.locator(".classes a", has_text="活动").click()
        page.get_by_role("link", name="第三届春风送岗位招聘会").click()
        expect(page.locator("dl")).to_contain_text("不少于 100人", use_inner_text=True)
        expect(page.locator("dl")).to_contain_text("原文：百余名", use_inner_text=True)
        page.locator("#at-fair, li", has_text="西城区工人文化宫").locator("summary").first.click()
        page.locator("a", has_text="西城区工人文化宫").first.click()
        expect(page.locator("h1")).to_have_text("西城区工人文化宫")


def test_the_language_of_the_reader_is_taken_and_a_choice_kept(browser: Browser, root: str) -> None:
    with opened(browser, root, locale="en-GB") as page:
        page.goto(f"{root}id/fair/index.html")
        expect(page.locator("section h2", has_text="Organized by")).to_be_visible()
        page.locator("label[for=zh]").click()
        page.goto(f"{root}id/contest/index.html")
        expect(page.locator("section h2", has_text="举办方")).to_be_visible()


PATHS = (
    "index.html",
    "search/index.html?q=总工会",
    "browse/TradeUnion/index.html",
    "dumps/index.html",
    "catalogue/index.html",
    "id/u-xicheng/index.html",
    "id/a1/index.html",
    "id/p2/index.html",
    "id/role/主席/index.html",
    "id/build/index.html",
    "404.html",
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_wider_than_a_telephone(browser: Browser, root: str, language: str) -> None:
    with opened(browser, root, viewport=PHONE, locale=language) as page:
        for path in PATHS:
            page.goto(root + path)
            wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide <= window, path


def test_names_that_try_to_break_out_do_nothing(browser: Browser, site_of: Callable[[str], Site]) -> None:
    site = site_of("hostile")
    with served(site.folder) as root, opened(browser, root, viewport=PHONE) as page:
        for number in range(11):
            page.goto(f"{root}id/hostile-{number}/index.html")
            wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert wide <= window, number
        page.goto(f"{root}index.html")
        page.locator("#find").fill("window.hacked")
        expect(page.locator("#results li").nth(5)).to_be_visible()
        assert any("<script>" in name for name in found(page))


def test_it_works_from_the_disk(browser: Browser, site_of: Callable[[str], Site]) -> None:
    folder = site_of("sample").folder
    with opened(browser, folder.as_uri()) as page:
        page.goto((folder / "index.html").as_uri())
        page.locator("#find").fill("春风")
        page.locator("#results a", has_text="第三届春风送岗位招聘会").click()
        expect(page.locator("h1")).to_have_text("第三届春风送岗位招聘会")
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Noto Serif')


FOCUSED = "(({id, className, localName}) => id || className || localName)(document.activeElement)"


def test_the_keyboard_reaches_content_search_and_facts(browser: Browser, root: str) -> None:
    with opened(browser, root) as page:
        page.goto(f"{root}id/u-xicheng/index.html")
        reached = []
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate(
                    "document.activeElement.id || document.activeElement.className || document.activeElement.localName"
                )
            )
        assert "skip" in reached[:3]
        assert {"zh", "end", "summary"} <= set(reached)


def luminance(colour: str) -> float:
    parts = [int(one) / 255 for one in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, root: str, scheme: Any) -> None:
    places = ("h1", "main a.end", "small", ".badge.planned", "summary", ".kind a", "figcaption", ".iri code")
    with opened(browser, root, color_scheme=scheme) as page:
        page.goto(f"{root}id/u-xicheng/index.html")
        ground = luminance(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert (ground > 0.5) == (scheme == "light")
        for place in places:
            ink = luminance(page.evaluate("place => getComputedStyle(document.querySelector(place)).color", place))
            ratio = (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
            assert ratio >= 4.5, (place, ratio)


def test_on_paper_the_words_behind_facts_are_there(browser: Browser, root: str) -> None:
    with opened(browser, root) as page:
        page.goto(f"{root}id/u-beijing/index.html")
        quote = page.locator("details:not([open]) blockquote").first
        expect(quote).to_be_hidden()
        page.emulate_media(media="print")
        expect(quote).to_be_visible()
        expect(page.locator(".top form")).to_be_hidden()
