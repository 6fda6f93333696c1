"""The report as a page: it shows what the report says, asks nothing of the network, and text stays text."""

from __future__ import annotations

import base64
import copy
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from kg.build import build
from kg.quality import Broken, report_page
from kg.quality.bounds import SHARES
from kg.quality.findings import KINDS
from kg.quality.page import FIGURES, FINDINGS, SHARE_NAMES, SHOWN
from kg.workspace import Workspace
from tests import live
from tests.build.pages import pages

HOSTILE = """</td></style><script>alert('1')</script><img src=x onerror="alert(2)">&amp;' "quoted" """


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("report") / "space"
    build(pages(12), folder, workers=1)
    found = dict(Workspace.open(folder).report())
    assert (folder / "report.html").read_text(encoding="utf-8") == report_page(found)
    return found


class Tags(HTMLParser):
    """Collects tags, attributes and text as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(value: Any, path: str = "") -> Any:
    """Return the report with hostile text for every text but the kinds of findings."""
    if isinstance(value, dict):
        return {
            name: one if name == "kind" and "suspicious" in path else hostile(one, f"{path}/{name}")
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [hostile(one, path) for one in value]
    return HOSTILE if isinstance(value, str) else value


def full(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report in which every list has something."""
    made = copy.deepcopy(report)
    quote = {"fact": "fact-1", "article": "p#1", "page": "p", "lines": "3-4", "quote": "某某话"}
    named = {"entity": "entity-1", "type": "TradeUnion", "name": "甲工会", "values": ["12", "3"], "evidence": [quote]}
    made["suspicious"] = [{"kind": kind, **named} for kind in KINDS]
    made["reprints"] = [{"first": "a#1", "others": [{"article": "b#1", "alike": 0.973}]}]
    judgement = {"left": "甲", "right": "乙"}
    made["contradictions"] = [{"different": judgement, "chain": [judgement]}]
    made["decisions"] = [{"file": "judgements.tsv", "line": 3, "idle": "没有这样的名称"}]
    made["dropped"] = [{"statement": "s", "why": "无此关系"}]
    made["unresolved"] = [{"type": "TradeUnion", "name": "市总工会", "article": "a#1", "why": "哪个市"}]
    made["candidates"] = [{"type": "Person", "names": ["张三", "张三"], "score": 0.5, "reasons": ["同名"]}]
    made["counts"]["candidates"] = 1
    made["issues"] = [{"kind": "no statement", "where": "a#1", "words": "某句"}]
    made["shapes"]["violations"] = [{"where": "e", "law": "name", "message": "has no name", "value": ""}]
    return made


def test_every_name_has_a_title() -> None:
    assert set(FINDINGS) == set(KINDS)
    assert set(SHARE_NAMES) == set(SHARES)


def test_it_says_what_the_report_says(report: dict[str, Any]) -> None:
    text = Tags(report_page(full(report))).text
    for name, shown in FIGURES.items():
        assert f"{report['counts'][name]:,}{shown}" in text
    for words in (
        "甲工会",
        "某某话",
        "版面 p，第 3-4 行",
        "b#1（97%）",
        "哪个市",
        "没有这样的名称",
        "无此关系",
        "同名",
        "某句",
        "has no name",
    ):
        assert words in text
    for title, *_ in FINDINGS.values():
        assert f"{title}（1）" in text


def test_text_stays_text(report: dict[str, Any]) -> None:
    plain, awkward = Tags(report_page(full(report))), Tags(report_page(hostile(full(report))))
    assert awkward.tags == plain.tags
    assert [name for name, _ in awkward.attributes] == [name for name, _ in plain.attributes]
    assert HOSTILE in awkward.text


def test_it_runs_and_fetches_nothing(report: dict[str, Any]) -> None:
    page = report_page(full(report))
    seen = Tags(page)
    assert not {"script", "link", "iframe", "object", "embed", "base", "img", "form"} & set(seen.tags)
    assert not any(name in ("src", "href", "style") or name.startswith("on") for name, _ in seen.attributes)
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    assert "url(" not in style
    assert "@import" not in style
    policy = next(value for _, value in seen.attributes if value and "default-src" in value)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    assert policy == f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'"


def test_long_lists_are_cut_and_say_so(report: dict[str, Any]) -> None:
    made = full(report)
    made["issues"] = [{"kind": "k", "where": "a#1", "words": f"第{number}句"} for number in range(SHOWN + 5)]
    text = Tags(report_page(made)).text
    assert f"第{SHOWN - 1}句" in text
    assert f"第{SHOWN}句" not in text
    assert "另有 5 条，见 report.json" in text


def test_a_list_that_the_report_holds_the_head_of_tells_how_long_it_is(report: dict[str, Any]) -> None:
    made = full(report)
    made["candidates"] *= SHOWN
    made["counts"]["candidates"] = SHOWN + 5
    text = Tags(report_page(made)).text
    assert f"待定配对（{SHOWN + 5}）" in text
    assert "另有 5 条，见 candidates.jsonl" in text


def test_broken_bounds_come_first(report: dict[str, Any]) -> None:
    broken = [Broken("articles", 3, 10), Broken("unresolved", 0.31, 0.2, SHARES["unresolved"]), Broken("Person", 0, 1)]
    text = Tags(report_page(report, broken=broken)).text
    assert "文章：3，下限 10" in text
    assert "未定名称为机构和地区名称的 0.31，上限 0.2" in text
    assert "人物：0，下限 1" in text
    assert "没有达到" not in Tags(report_page(report)).text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_it_in_both_schemes(report: dict[str, Any], tmp_path: Path, scheme: Any) -> None:
    (tmp_path / "report.html").write_text(report_page(hostile(full(report))), encoding="utf-8")
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=live.chromium(), headless=True)
        page = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 800})
        page.on("console", lambda message: said.append(message.text))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.goto((tmp_path / "report.html").as_uri())
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        wide = page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert said == []
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(13, 17, 23)")
    assert wide <= 390
