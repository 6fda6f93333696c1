"""The reader in a real Chromium, used as a reviewer would: nothing is asked of the network, no text runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Route, expect, sync_playwright
from playwright.sync_api import Page as Tab

from exports.view import reader
from kg.build import build
from kg.io import read_pages
from kg.model import Page
from kg.workspace import Workspace
from tests import live
from tests.view.browser import ARGUMENTS, PHONE, WIDE
from tests.view.graphs import HOSTILE

pytestmark = pytest.mark.browser

SAMPLES = Path(__file__).resolve().parents[2] / "kg" / "samples"
MOVED = "jinghua-2025-05-28-04"  # two columns that alternate
BROKEN = "jinghua-2025-04-09-04"  # broken lines, a denial, two sentences that were not understood

Model = dict[str, Any]

# what has to be read
READ = (
    ".row .raw",
    ".row .no",
    ".part .text",
    ".part .ref",
    ".byline",
    ".apparatus span",
    ".apparatus b",
    ".group .q",
    ".item .claim",
    ".item .rel",
    ".item.unsure .claim",
    ".item .conf",
    ".badge",
    "#read .t.quote",
    "#read .t.end",
    "h2",
    "#where",
    ".item.issue .claim",
    "#keys",
)


@dataclass
class View:
    """An open reader, what it was made from, what it asked for, and what it complained of."""

    page: Tab
    model: Model
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def marked(self, where: str, kind: str) -> str:
        """Return the text that is marked as `kind` in a column."""
        return "".join(self._texts(f"{where} .t.{kind}"))

    def ends(self, where: str) -> list[str]:
        """Return the pieces of text that are marked as ends in a column."""
        return self._texts(f"{where} .t.end")

    def _texts(self, selector: str) -> list[str]:
        return list(self.page.locator(selector).evaluate_all("found => found.map(one => one.textContent)"))

    def item(self, predicate: str, number: int = 0) -> tuple[Locator, dict[str, Any]]:
        """Return a statement of the list, and what the model says of it."""
        one = [one for one in self.model["statements"] if one["predicate"] == predicate][number]
        return self.page.locator(f'[data-item="{one["id"]}"]'), one

    def seen(self, where: str, kind: str = "quote") -> bool:
        """Whether the first marked piece of a column is in sight."""
        return bool(
            self.page.evaluate(
                """([where, kind]) => {
                  const column = document.querySelector(where).getBoundingClientRect();
                  const box = document.querySelector(`${where} .t.${kind}`).getBoundingClientRect();
                  return box.top >= column.top && box.bottom <= column.bottom;
                }""",
                [where, kind],
            )
        )


Open = Callable[..., View]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=live.chromium(), headless=True, args=list(ARGUMENTS))
        yield found
        found.close()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("reader") / "ws"
    build(read_pages([str(SAMPLES)]), folder)
    return Workspace.open(folder)


@pytest.fixture
def view(browser: Browser, samples: Workspace, tmp_path: Path) -> Iterator[Open]:
    """Open the reader of a sample, or of a page; whatever it asks for beside itself is refused, and must be nothing."""
    opened: list[View] = []

    def open_view(what: str | Page, *, size: tuple[int, int] = WIDE, dark: bool = False, touch: bool = False) -> View:
        space = samples
        if isinstance(what, Page):
            build([what], tmp_path / "ws")
            space = Workspace.open(tmp_path / "ws")
        model = reader.read_page(space, what if isinstance(what, str) else what.id)
        path = tmp_path / "reader.html"
        path.write_text(reader.page(model), encoding="utf-8")
        page = browser.new_page(
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
            has_touch=touch,
        )
        found = View(page, model)
        opened.append(found)

        def refuse(route: Route) -> None:
            if route.request.url == path.as_uri():
                route.continue_()
            else:
                found.requests.append(route.request.url)
                route.abort()

        page.route("**/*", refuse)
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        page.on("console", lambda said: found.errors.append(said.text) if said.type in ("error", "warning") else None)
        page.on("dialog", lambda dialog: found.errors.append(dialog.message))
        page.goto(path.as_uri())
        for _ in range(200):  # not wait_for_function: the policy of the page forbids what it does
            if page.evaluate("document.body.dataset.ready"):
                return found
            time.sleep(0.05)
        raise AssertionError(f"the page did not get ready: {found.errors}")

    yield open_view
    for found in opened:
        assert found.requests == []
        assert found.errors == []
        assert found.page.evaluate("window.hacked") is None
        found.page.close()


def raw_texts(opened: View) -> list[str]:
    return list(opened.page.evaluate("[...document.querySelectorAll('.row .raw')].map(element => element.textContent)"))


def article_texts(opened: View) -> list[str]:
    return list(
        opened.page.evaluate(
            """[...document.querySelectorAll('.article')].map(article =>
              [...article.querySelectorAll('.part:not(.given) .text')].map(e => e.textContent).join('\\n'))"""
        )
    )


@pytest.mark.parametrize("name", [MOVED, BROKEN, "jinghua-2025-04-23-03"])
def test_both_texts_are_shown_as_they_are(view: Open, name: str) -> None:
    opened = view(name)
    assert "\n".join(raw_texts(opened)) == opened.model["text"]
    assert article_texts(opened) == [article["text"] for article in opened.model["articles"]]
    numbers = opened.page.locator(".row .no").all_inner_texts()
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_what_is_no_article_is_marked_as_such(view: Open) -> None:
    opened = view(BROKEN)
    assert opened.page.locator(".row.is-banner .raw").get_attribute("data-note") == "栏目或横幅"
    expect(opened.page.locator(".row.is-front")).to_have_count(6)


def test_a_statement_marks_its_words_on_both_sides(view: Open) -> None:
    opened = view(MOVED, size=(1400, 500))
    item, one = opened.item("hasRole", 1)  # 袁玉|山, broken over two lines that lie apart
    item.scroll_into_view_if_needed()
    item.hover()
    expect(opened.page.locator("#read .t.end").first).to_be_visible()
    assert opened.marked("#read", "quote") == one["quote"] == opened.marked("#raw", "quote")
    assert "".join(opened.ends("#read")) == "北京同春斋食品有限公司袁玉山"
    assert opened.ends("#raw") == ["北京同春斋食品有限公司", "袁玉", "山"]
    assert opened.seen("#read")
    assert opened.seen("#raw")
    opened.page.mouse.move(2, 2)
    expect(opened.page.locator(".t.quote")).to_have_count(0)


def test_a_statement_in_focus_stays_marked_and_tells_more(view: Open) -> None:
    opened = view(BROKEN)
    item, one = opened.item("hasRole")
    item.locator("button").focus()
    expect(item.locator("dl")).to_contain_text(one["rule"])
    expect(item.locator("dl")).to_contain_text(one["fact"])
    expect(item.locator("dl")).to_contain_text(f"{one['confidence']:.3f}")
    assert opened.marked("#read", "quote") == one["quote"]
    opened.page.keyboard.press("Escape")
    expect(item.locator("dl")).to_have_count(0)
    expect(opened.page.locator(".t.quote")).to_have_count(0)


def test_keys_walk_the_statements_and_bring_them_in_sight(view: Open) -> None:
    opened = view(BROKEN, size=(1400, 500))
    total = len(opened.model["statements"]) + len(opened.model["issues"])
    walked = []
    for _ in range(total):
        opened.page.keyboard.press("j")
        walked.append(opened.page.locator(".item.on").get_attribute("data-item"))
        kind = "doubt" if str(walked[-1]).startswith("issue") else "quote"
        assert opened.seen("#read", kind)
        assert opened.seen("#raw", kind)
    assert len(set(walked)) == total
    opened.page.keyboard.press("ArrowDown")  # the last stays the last
    assert opened.page.locator(".item.on").get_attribute("data-item") == walked[-1]
    opened.page.keyboard.press("k")
    opened.page.keyboard.press("ArrowUp")
    assert opened.page.locator(".item.on").get_attribute("data-item") == walked[-3]
    opened.page.locator("#after").click()
    assert opened.page.locator(".item.on").get_attribute("data-item") == walked[-2]


def test_a_sentence_shows_its_statements(view: Open) -> None:
    opened = view(MOVED)
    _, one = opened.item("hasRole", 1)
    opened.page.locator("#read .t", has_text="收下了3名徒弟").hover()
    expect(opened.page.locator(".item.near").first).to_be_visible()
    wanted = {
        other["id"]
        for other in opened.model["statements"]
        if (other["article"], other["sentence"]) == (one["article"], one["sentence"])
    }
    near = opened.page.locator(".item.near").evaluate_all("found => found.map(one => one.dataset.item)")
    assert set(near) == wanted


def test_a_line_lights_its_place_and_a_place_its_line(view: Open) -> None:
    opened = view(MOVED)
    opened.page.locator(".row[data-line='16'] .raw").hover()
    expect(opened.page.locator(".row[data-line='16']")).to_have_class("row is-article starts lit")
    assert opened.marked("#read", "lit") == "山收下了3名徒弟，东城区总工会主席崔立新为师徒颁发聘书。"
    expect(opened.page.locator(".band.lit")).to_have_count(1)
    opened.page.locator("#read .t", has_text="有了服务站").hover()
    expect(opened.page.locator(".row.lit")).to_have_attribute("data-line", "24")


def test_joins_and_moves_are_drawn_and_say_why(view: Open) -> None:
    opened = view(MOVED)
    repairs = [
        (kind, one) for article in opened.model["articles"] for kind in ("joins", "moves") for one in article[kind]
    ]
    arcs = opened.page.locator(".arc")
    expect(arcs).to_have_count(len(repairs))
    assert {kind for kind, _ in repairs} == {"joins", "moves"}
    arc = opened.page.locator(".arc.join").first
    arc.focus()
    tip = opened.page.locator("#tip")
    expect(tip).to_contain_text("第 10 行与第 16 行合为一段")
    expect(tip).to_contain_text("“玉|山”一词被断在两行")
    expect(opened.page.locator(".row.lit")).to_have_count(2)
    spot = opened.page.locator(".arc.move .hit").last.evaluate(
        """path => { const at = path.getPointAtLength(path.getTotalLength() * 0.8);
          const box = document.querySelector('#arcs').getBoundingClientRect(); return [box.x + at.x, box.y + at.y]; }"""
    )
    opened.page.mouse.move(*spot)
    expect(tip).to_contain_text("之后读")
    opened.page.locator("#language").click()
    arc.focus()
    expect(tip).to_contain_text("Lines 10 and 16 are one paragraph")
    expect(tip).to_contain_text("the word 玉|山 spans the cut")


def test_an_arc_ends_at_its_lines_also_when_the_window_changes(view: Open) -> None:
    opened = view(BROKEN)
    for width in (1400, 1150, 900):
        opened.page.set_viewport_size({"width": width, "height": 800})
        opened.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        off = opened.page.evaluate(
            """() => {
              const box = document.querySelector('.arc.join path').getBoundingClientRect();
              const row = line => document.querySelector(`.row[data-line='${line}']`).getBoundingClientRect();
              const [a, b] = [row(14), row(15)];
              return [box.top > a.top && box.top < a.bottom, box.bottom > b.top && box.bottom < b.bottom];
            }"""
        )
        assert off == [True, True]


def test_a_name_tells_what_it_is(view: Open) -> None:
    opened = view("jinghua-2025-03-12-03")
    tip = opened.page.locator("#tip")
    opened.page.locator("#read .m[data-class=Enterprise]", has_text="晨星智造公司").first.hover()
    expect(tip).to_contain_text("北京晨星智造科技有限公司")
    expect(tip).to_contain_text("企业 · 文中作 晨星智造公司")
    assert opened.page.locator(".m.same").count() > 2
    opened.page.mouse.move(2, 2)
    expect(tip).to_be_hidden()


def test_names_inside_names_are_nested_and_classes_can_be_switched_off(view: Open) -> None:
    opened = view(BROKEN)
    inner = opened.page.locator("#read .m[data-class=TradeUnion] .m[data-class=District]").first
    expect(inner).to_have_text("丰台区")
    style = "element => getComputedStyle(element).textDecorationLine"
    assert inner.evaluate(style) == "underline"
    opened.page.locator("#classes").get_by_label("地区").uncheck()
    assert inner.evaluate(style) == "none"
    assert inner.locator("..").evaluate(style) == "underline"
    looks = opened.page.locator("#classes .m").evaluate_all(
        """found => found.map(getComputedStyle).map(s => s.textDecorationStyle + s.textDecorationThickness)"""
    )
    assert len(set(looks)) == len(looks)  # told without colour
    opened.page.locator("#signs").check()
    sign = "element => getComputedStyle(element, '::before').content"
    assert opened.page.locator("#read .m[data-class=Person]").first.evaluate(sign) == '"人"'


def test_what_is_unsure_can_be_left_out(view: Open) -> None:
    opened = view(BROKEN)
    total = len(opened.model["statements"])
    sure = sum(one["confidence"] >= 0.7 for one in opened.model["statements"])
    assert 0 < sure < total
    expect(opened.page.locator("#facts-title")).to_have_text(f"陈述 · {total} · 2 处未读懂")
    opened.page.locator("#least").fill("0.7")
    expect(opened.page.locator("#facts-title")).to_have_text(f"陈述 · {sure} / {total} · 2 处未读懂")
    expect(opened.page.locator(".item.unsure").first).to_be_hidden()


def test_status_is_told_in_words_and_lines(view: Open) -> None:
    opened = view("jinghua-2025-03-12-03")
    planned = next(one for one in opened.model["statements"] if one["status"] == "planned")
    item = opened.page.locator(f'[data-item="{planned["id"]}"]')
    expect(item).to_contain_text("计划中")
    assert item.evaluate("element => getComputedStyle(element).borderLeftStyle") == "dashed"


def test_what_was_not_understood_is_listed_and_marked(view: Open) -> None:
    opened = view(BROKEN)
    issue = opened.page.locator(".item.issue").first
    expect(issue).to_contain_text("有提示词，但没有读出陈述")
    issue.locator("button").click()
    assert opened.marked("#read", "doubt") == opened.model["issues"][0]["words"]
    assert opened.marked("#raw", "doubt") == opened.model["issues"][0]["words"]
    expect(opened.page.locator("#read .t.unread")).to_have_count(2)


def test_search_finds_in_both_texts(view: Open) -> None:
    opened = view(MOVED)
    opened.page.keyboard.press("/")
    search = opened.page.locator("input[type=search]")
    expect(search).to_be_focused()
    opened.page.keyboard.type("袁玉山")
    expect(opened.page.locator("#hits")).to_have_text("1 / 2")  # one of them is broken over two lines
    counts = "[CSS.highlights.get('found').size, CSS.highlights.get('found-now').size]"
    assert opened.page.evaluate(counts)[0] >= 6
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#hits")).to_have_text("2 / 2")
    search.fill("paper")  # the head of the file is in no article
    expect(opened.page.locator("#hits")).to_have_text("1 / 1")
    search.fill("没有这个词")
    expect(opened.page.locator("#hits")).to_have_text("没有找到")
    opened.page.keyboard.press("Escape")
    expect(search).to_have_value("")
    assert opened.page.evaluate(counts) == [0, 0]


def test_english_at_a_click(view: Open) -> None:
    opened = view(BROKEN)
    opened.page.locator("#language").click()
    expect(opened.page.locator("#read-title")).to_have_text("Articles as read · 2")
    expect(opened.page.locator("#classes")).to_contain_text("trade union")
    expect(opened.page.locator("#list")).to_contain_text("has role")
    expect(opened.page.locator(".apparatus").first).to_contain_text("a sentence breaks off")
    assert opened.page.evaluate("document.documentElement.lang") == "en"


def contrast(opened: View, selector: str) -> float:
    """Return the contrast of a text with the nearest ground behind it, as WCAG counts it."""
    return float(
        opened.page.locator(selector).first.evaluate(
            """element => {
              const rgb = text => text.match(/[\\d.]+/g).map(Number);
              let ground = element;
              const clear = one => (rgb(getComputedStyle(one).backgroundColor)[3] ?? 1) === 0;
              while (ground && clear(ground)) ground = ground.parentElement;
              const linear = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
              const light = colour => {
                const [r, g, b] = rgb(colour).map(v => linear(v / 255));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const behind = getComputedStyle(ground || document.documentElement).backgroundColor;
              const found = [getComputedStyle(element).color, behind].map(light).sort((a, b) => b - a);
              return (found[0] + 0.05) / (found[1] + 0.05);
            }"""
        )
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_can_be_read_in_light_and_dark(view: Open, dark: bool) -> None:
    opened = view(MOVED, dark=dark)
    assert opened.page.evaluate("document.documentElement.dataset.theme") == ("dark" if dark else "light")
    for _ in range(2):
        item, _one = opened.item("hasRole", 1)
        item.locator("button").click()
        for selector in READ:
            assert contrast(opened, selector) >= 4.5, selector
        opened.page.locator("#theme").click()
    assert opened.page.evaluate("document.documentElement.dataset.theme") == ("dark" if dark else "light")


def test_it_can_be_read_on_a_telephone(view: Open) -> None:
    opened = view(MOVED, size=PHONE, touch=True)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    for column in ("#raw", "#read", "#list"):
        assert (
            page.evaluate(
                "id => { const e = document.querySelector(id); return e.scrollWidth - e.clientWidth; }", column
            )
            <= 0
        )
    expect(page.locator("#raw")).not_to_be_visible()
    item, one = opened.item("hasRole", 1)
    item.scroll_into_view_if_needed()
    item.locator("button").tap()
    assert opened.seen("#read")
    page.locator("#tab-raw").tap()
    expect(page.locator("#raw")).to_be_visible()
    assert opened.seen("#raw")
    assert opened.marked("#raw", "quote") == one["quote"]
    page.locator("#fold-facts").tap()
    expect(page.locator("#list")).to_be_hidden()


def test_articles_fold_and_a_statement_unfolds_its_own(view: Open) -> None:
    opened = view(MOVED)
    opened.page.locator("#fold-all").click()
    expect(opened.page.locator(".part").first).to_be_hidden()
    opened.page.keyboard.press("j")
    expect(opened.page.locator(".article").first.locator(".part").first).to_be_visible()
    expect(opened.page.locator(".article").nth(1).locator(".part").first).to_be_hidden()


def test_the_columns_scroll_together(view: Open) -> None:
    opened = view("jinghua-2025-03-12-03", size=(1400, 420))
    opened.page.locator("#read").hover()
    opened.page.mouse.wheel(0, 700)
    for _ in range(50):
        if opened.page.evaluate("document.querySelector('#raw').scrollTop") > 250:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("the raw page stayed where it was")


def test_hostile_text_is_shown_as_text_and_runs_nowhere(view: Open) -> None:
    lines = [f"近日，西城区总工会举办{one}读书会，西城区总工会主席王建国出席。" for one in HOSTILE]
    text = "## 西城区总工会办读书会\n\n" + "\n\n".join(lines)
    opened = view(Page("p", HOSTILE[1], text, paper=HOSTILE[2]))
    page = opened.page
    assert "\n".join(raw_texts(opened)) == text
    assert article_texts(opened) == [article["text"] for article in opened.model["articles"]]
    before = page.locator("script").count()
    for _ in range(len(opened.model["statements"]) + len(opened.model["issues"])):
        page.keyboard.press("j")
    page.locator("#read .m").first.hover()
    page.locator("#search").fill("<script>")
    page.locator("#language").click()
    assert page.locator("script").count() == before == 2
    assert page.locator("main img, main a, main iframe, main style, main [onload], main [onerror]").count() == 0
    assert page.locator("#raw .t.odd").evaluate_all("found => found.map(one => one.dataset.code)") == [
        "U+202E", "U+202C", "U+2028", "U+2029", "U+0000", "U+FEFF",
    ]  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE[0]


def test_the_policy_refuses_a_script_that_gets_in_all_the_same(view: Open) -> None:
    opened = view(MOVED)
    opened.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hacked = 1'}))"
    )
    assert opened.page.evaluate("window.hacked") is None
    assert "Content Security Policy" in opened.errors.pop()


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "这一版没有文字。"), ("# 要闻\n\n---\n", "这一版没有读出文章。")],
    ids=["empty", "no article"],
)
def test_a_page_without_articles(view: Open, text: str, said: str) -> None:
    opened = view(Page("p", "p.txt", text))
    expect(opened.page.locator("main")).to_contain_text(said)
    expect(opened.page.locator("#list")).to_have_text("没有读出陈述。")
    for key in ("j", "k", "Escape"):
        opened.page.keyboard.press(key)
    assert "\n".join(raw_texts(opened)) == text


def test_a_page_of_hundreds_of_lines_and_articles(view: Open) -> None:
    once = (SAMPLES / f"{MOVED}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    opened = view(Page("long", "long.txt", once * 60))
    assert len(opened.model["lines"]) > 900
    assert len(opened.model["articles"]) > 100
    begun = time.monotonic()
    for _ in range(10):
        opened.page.keyboard.press("j")
    assert time.monotonic() - begun < 5
    expect(opened.page.locator(".item.on")).to_have_count(1)


def test_it_can_be_printed(view: Open) -> None:
    opened = view(MOVED, dark=True)
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert opened.page.evaluate("document.documentElement.dataset.theme") == "light"
    expect(opened.page.locator("#search")).to_be_hidden()
    expect(opened.page.locator(".apparatus").first).to_be_visible()
    tall = opened.page.evaluate("document.documentElement.scrollHeight")
    assert tall > 1500  # nothing is cut off behind a scroll bar
