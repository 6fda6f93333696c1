"""The page of a whole graph in a real Chromium, used as a person would, with a mouse, with keys, with fingers."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, expect

from exports.view import whole as pages_of
from exports.view.links import portal_href
from exports.view.select import Graph, around, everything
from tests.bench.graphs import generated
from tests.sample import sample_graph
from tests.view.browser import PHONE, Label, Pages, Spot, Whole, overlapping
from tests.view.graphs import FORMULA, HOSTILE, HOSTILE_DISTRICTS, hostile_regions, large_graph
from tests.view.images import pixels

pytestmark = pytest.mark.browser

Open = Callable[..., Whole]
Named = Callable[..., Whole]


def html_of(graph: Graph, *, title: str = "", portal: str = "") -> str:
    href = portal_href(portal) if portal else None
    return pages_of.page(pages_of.model(graph, everything(graph), title=title, href=href))


@functools.cache
def page_of(name: str) -> str:
    """Return the page of a graph; each is made once."""
    match name:
        case "sample":
            return html_of(sample_graph())
        case "sources":
            return html_of(many_sources())
        case "unions":
            return html_of(large_graph(2000))
        case "news":
            return html_of(generated(2000))
        case "hostile":
            return html_of(hostile_regions(), title=HOSTILE[1])
        case _:
            raise ValueError(name)


def many_sources() -> Graph:
    """Return the sample, where one fact is well supported and two are not sure."""
    graph = sample_graph()
    graph.edges["u-beijing", "u-shanghai", "helps-shanghai"]["sources"] = 3
    graph.edges["u-xicheng", "fair", "org-fair-x"]["confidence"] = 0.4
    graph.edges["u-yuetan", "fair", "org-fair-y"]["confidence"] = 0.5
    return graph


@pytest.fixture
def sample(whole: Open) -> Named:
    """Open the page of the sample graph."""
    return lambda **options: whole(page_of("sample"), **options)


def drawn_edges(graph: Graph) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Return the edges that a picture of everything draws."""
    drawn = everything(graph).edges
    return {key: (u, v, data) for u, v, key, data in graph.edges(keys=True, data=True) if key in drawn}


def covered(opened: Whole, labels: list[Label]) -> list[tuple[str, str]]:
    """Return the names that lie over a node that is not their own."""
    nodes = opened.page.evaluate("picture.seen().nodes.map(id => ({id, ...picture.spot(id)}))")
    return [
        (label["text"], node["id"])
        for label in labels
        for node in nodes
        if node["radius"] >= 5
        and label.get("node") != node["id"]
        and label["left"] < node["x"] + node["radius"] * 0.8
        and node["x"] - node["radius"] * 0.8 < label["right"]
        and label["top"] < node["y"] + node["radius"] * 0.8
        and node["y"] - node["radius"] * 0.8 < label["bottom"]
    ]


# ---- 1. how it opens -------------------------------------------------------------------------------------------------


def test_it_opens_with_every_name_in_sight_and_none_over_another(sample: Named) -> None:
    graph, opened = sample_graph(), sample()
    expect(opened.page.locator("#summary")).to_have_text("36 个实体，49 条关系")
    assert opened.seen("nodes") == everything(graph).nodes
    assert opened.seen("edges") == everything(graph).edges
    assert opened.seen("regions") == set()
    box, spots = opened.box(), [opened.spot(node) for node in everything(graph).nodes]
    assert all(box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"] for x, y in spots)
    labels = opened.labels()
    assert {label["node"] for label in labels if "node" in label} == everything(graph).nodes
    assert overlapping(labels) == []
    assert covered(opened, labels) == []
    regions = [label for label in labels if "region" in label]
    assert {"西城区", "大兴区", "地区不详"} <= {label["text"] for label in regions}
    assert all(label["top"] >= 0 and label["bottom"] <= box["height"] for label in regions)
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", ["sample", "unions", "news"])
def test_labels_overlap_at_no_zoom(whole: Open, name: str) -> None:
    opened = whole(page_of(name))
    box = opened.box()
    opened.page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.45)
    scales = []
    for turns in (0, -1, 4, 3, 4):  # as it opens, farther, and ever closer
        for _ in range(abs(turns)):
            opened.page.mouse.wheel(0, -240 if turns > 0 else 240)
            opened.frame()
        scales.append(opened.scale())
        labels = opened.labels()
        assert labels
        assert overlapping(labels) == []
    assert scales[1] < scales[0] < scales[2] < scales[3] < scales[4]


def test_a_wheel_keeps_what_is_under_the_mouse_and_a_drag_moves(sample: Named) -> None:
    opened = sample()
    before = opened.spot("jinghua")
    opened.page.mouse.move(*before)
    opened.page.mouse.wheel(0, -240)
    after = opened.spot("jinghua")
    assert abs(after[0] - before[0]) < 2
    assert abs(after[1] - before[1]) < 2
    x, y = opened.box()["x"] + 30, opened.box()["y"] + 30
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 60, y + 45, steps=4)
    opened.page.mouse.up()
    moved = opened.spot("jinghua")
    assert abs(moved[0] - after[0] - 60) < 3
    assert abs(moved[1] - after[1] - 45) < 3
    opened.page.locator("#whole").click()
    home = opened.spot("jinghua")
    assert abs(home[0] - before[0]) + abs(home[1] - before[1]) < 2


# ---- 2. the legend ---------------------------------------------------------------------------------------------------


def test_the_legend_hides_classes_and_relations(sample: Named) -> None:
    graph, opened = sample_graph(), sample()
    edges = drawn_edges(graph)
    legend = opened.page.locator("#legend")
    legend.get_by_label("人物").uncheck()
    people = {node for node in graph if graph.nodes[node]["type"] == "Person"}
    assert opened.seen("nodes") == everything(graph).nodes - people
    assert opened.seen("edges") == {key for key, (u, v, _) in edges.items() if not {u, v} & people}
    opened.frame()
    assert not people & {label.get("node") for label in opened.labels()}
    expect(opened.page.locator("#summary")).to_have_text("31 个实体，43 条关系")
    legend.get_by_label("人物").check()
    legend.locator("#relations-title").click()
    legend.get_by_label("位于").uncheck()
    assert opened.seen("nodes") == everything(graph).nodes
    assert opened.seen("edges") == {key for key, (_, _, data) in edges.items() if data["predicate"] != "locatedIn"}
    for words in ("已发生", "计划中", "据报道", "已否认", "由名称推断"):
        expect(opened.page.locator("#lines")).to_contain_text(words)
    opened.page.keyboard.press("/")  # keys work from a box that was ticked, too
    expect(opened.page.locator("#search")).to_be_focused()


# ---- 3. the slider over time -----------------------------------------------------------------------------------------


def drag(opened: Whole, thumb: str, part: float) -> None:
    """Drag a thumb to a part of the track, with the mouse."""
    box = opened.page.locator(f"#{thumb}").bounding_box()
    assert box is not None
    low, high, value = opened.page.locator(f"#{thumb}").evaluate("one => [one.min, one.max, one.value].map(Number)")
    at = lambda share: box["x"] + 8 + (box["width"] - 16) * share  # noqa: E731 - the thumb is 16 wide
    y = box["y"] + box["height"] / 2
    opened.page.mouse.move(at((value - low) / (high - low)), y)
    opened.page.mouse.down()
    opened.page.mouse.move(at(part), y, steps=5)
    opened.page.mouse.up()
    opened.page.wait_for_timeout(200)


def test_the_slider_chooses_activities_by_their_dates(sample: Named) -> None:
    opened = sample()
    said = opened.page.locator("#timeline-said")
    expect(said).to_have_text("2025-03-08 至 2025-06-30 · 6 项活动")
    activities = {"fair", "contest", "reading", "visit", "sports", "cool", "walk"}
    drag(opened, "day-from", 0.45)
    first = opened.page.locator("#day-from").get_attribute("aria-valuetext")
    assert first is not None
    assert "2025-04-16" < first < "2025-05-18"
    # the reading lasts through April; what lasts into the time chosen is in it
    wanted = {"sports", "cool", "walk"} | ({"reading"} if first <= "2025-04-30" else set())
    assert opened.seen("nodes") & activities == wanted
    expect(said).to_have_text(f"{first} 至 2025-06-30 · {len(wanted) - 1} 项活动")
    drag(opened, "day-to", 0.75)
    last = opened.page.locator("#day-to").get_attribute("aria-valuetext")
    assert opened.seen("nodes") & activities == wanted - {"cool"}
    expect(said).to_have_text(f"{first} 至 {last} · {len(wanted) - 2} 项活动")
    opened.page.get_by_label("含日期不详的活动").uncheck()
    opened.page.wait_for_timeout(200)
    assert opened.seen("nodes") & activities == wanted - {"cool", "walk"}
    assert opened.page.locator("#months rect.out").count() > 0


def test_the_slider_moves_by_keys_and_its_thumbs_do_not_pass(sample: Named) -> None:
    opened = sample()
    thumb = opened.page.locator("#day-to")
    thumb.focus()
    for _ in range(40):
        thumb.press("ArrowLeft")
    opened.page.wait_for_timeout(200)
    expect(opened.page.locator("#timeline-said")).to_have_text("2025-03-08 至 2025-05-21 · 5 项活动")
    assert "cool" not in opened.seen("nodes")
    opened.page.locator("#day-from").press("End")
    opened.page.wait_for_timeout(200)
    expect(opened.page.locator("#timeline-said")).to_contain_text("2025-05-21 至 2025-05-21 · 0 项活动")
    opened.tools()
    opened.page.locator("#reset").click()
    expect(opened.page.locator("#timeline-said")).to_have_text("2025-03-08 至 2025-06-30 · 6 项活动")
    expect(opened.page.locator("#summary")).to_have_text("36 个实体，49 条关系")


# ---- 4. search -------------------------------------------------------------------------------------------------------


def first_found(opened: Whole, words: str) -> str:
    opened.page.locator("#search").fill(words)
    return opened.page.get_by_role("option").first.inner_text().split("\n")[0]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("西城区总工会", "西城区总工会"),
        ("京华机械", "京华机械有限公司"),  # its alias
        ("物流", "远帆物流有限公司"),  # a part
        ("xcqzgh", "西城区总工会"),
        ("xichengquzonggonghui", "西城区总工会"),
        ("XiChengQu zgh", "西城区总工会"),
        ("xichqzongonghui", None),
        ("西城qzgh", "西城区总工会"),  # some characters typed, some not yet
        ("zgxhq", None),
    ],
)
def test_names_are_found_by_what_is_typed(shared: Whole, words: str, name: str | None) -> None:
    if name is None:
        shared.page.locator("#search").fill(words)
        expect(shared.page.locator("#results")).to_have_text("没有找到")
    else:
        assert first_found(shared, words) == name


@pytest.fixture(scope="module")
def shared(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One page of the sample for tests that only type into its search field."""
    made = Pages(tmp_path_factory.mktemp("shared"))
    yield made.open(browser, page_of("sample"), Whole)
    made.close()


def test_suggestions_are_walked_with_keys_and_enter_goes_there(sample: Named) -> None:
    opened = sample()
    search, options = opened.page.locator("#search"), opened.page.get_by_role("option")
    search.press_sequentially("szgh")
    names = [line.split("\n")[0] for line in options.all_inner_texts()]
    assert {"北京市总工会", "上海市总工会"} <= set(names)
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    search.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(search).to_have_attribute("aria-activedescendant", "result-1")
    search.press("ArrowUp")
    search.press("ArrowUp")  # round to the last
    expect(options.last).to_have_attribute("aria-selected", "true")
    search.press("ArrowDown")
    search.press("Enter")
    expect(opened.detail.locator("h2")).to_have_text(names[0])
    expect(opened.page.locator("#results")).to_be_hidden()
    box = opened.box()
    key = {"北京市总工会": "u-beijing", "上海市总工会": "u-shanghai"}[names[0]]
    x, y = opened.spot(key)
    assert abs(x - box["x"] - box["width"] / 2) < 5
    assert abs(y - box["y"] - box["height"] / 2) < 5
    assert names[0] in {label["text"] for label in opened.labels() if label.get("node") == key}
    search.fill("没有这个名字")
    expect(opened.page.locator("#results")).to_have_text("没有找到")
    search.press("Escape")
    expect(search).not_to_be_focused()
    expect(opened.detail.locator("h2")).to_have_text(names[0])
    opened.page.keyboard.press("Escape")
    expect(opened.detail.locator("h2")).to_have_count(0)


def test_enter_in_an_input_method_chooses_nothing(sample: Named) -> None:
    opened = sample()
    search = opened.page.locator("#search")
    search.focus()
    keyboard = opened.page.context.new_cdp_session(opened.page)
    keyboard.send("Input.imeSetComposition", {"text": "xicheng", "selectionStart": 7, "selectionEnd": 7})
    expect(opened.page.get_by_role("option").first).to_contain_text("西城区")
    # what Chromium says while an input method is at work: the key 229, and that it is composing
    search.evaluate(
        "one => one.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    search.evaluate(
        "one => one.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, bubbles: true}))"
    )
    expect(opened.detail.locator("h2")).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "西城区总工会"})
    search.press("Enter")
    expect(opened.detail.locator("h2")).to_have_text("西城区总工会")


def test_what_is_found_is_revealed_though_filters_or_folds_hid_it(sample: Named) -> None:
    opened = sample()
    opened.page.locator("#legend").get_by_label("人物").uncheck()
    opened.find("王建国")
    assert "wang" in opened.seen("nodes")
    expect(opened.page.locator("#legend").get_by_label("人物")).to_be_checked()
    opened.tools()
    confidence = opened.page.locator("#confidence")
    confidence.focus()
    confidence.press("End")
    assert "fair" not in opened.seen("nodes")
    opened.find("春风送岗位招聘会")
    assert "fair" in opened.seen("nodes")
    assert confidence.input_value() == "0"  # the tools say what holds
    opened.page.locator("#level").select_option("districts")
    assert opened.seen("nodes") == set()
    opened.find("京华机械有限公司")
    assert "jinghua" in opened.seen("nodes")
    assert "fair" not in opened.seen("nodes")
    assert "京华机械有限公司" in {label["text"] for label in opened.labels()}


# ---- 5. what is told -------------------------------------------------------------------------------------------------


def test_a_click_on_a_node_tells_its_names_facts_and_neighbours(sample: Named) -> None:
    opened = sample()
    opened.click(opened.spot("jinghua"))
    expect(opened.detail.locator("h2")).to_have_text("京华机械有限公司")
    expect(opened.detail.locator("dl")).to_contain_text("别名京华机械")
    keys = opened.detail.locator(".fact").evaluate_all("rows => rows.map(row => row.dataset.edge)")
    graph = sample_graph()
    assert set(keys) == {key for key, (u, v, _) in drawn_edges(graph).items() if "jinghua" in (u, v)}
    expect(opened.detail).to_contain_text("全市职工技能大赛开赛")  # an article that names it
    opened.detail.locator("[data-edge=role-zhao]").click()
    expect(opened.detail.locator(".claim")).to_contain_text("赵强")
    opened.detail.locator(".claim [data-node=zhao]").click()
    expect(opened.detail.locator("h2")).to_have_text("赵强")
    expect(opened.detail).to_be_focused()  # and keys go on from there
    opened.click((opened.box()["x"] + 5, opened.box()["y"] + 5))
    expect(opened.detail.locator("h2")).to_have_count(0)


def test_a_click_on_a_name_is_one_on_what_it_names(sample: Named) -> None:
    opened = sample()
    box = opened.box()
    named = {label.get("node") or label.get("region"): label for label in opened.labels()}

    def middle(label: Label) -> Spot:
        return box["x"] + (label["left"] + label["right"]) / 2, box["y"] + (label["top"] + label["bottom"]) / 2

    opened.click(middle(named["welder"]))
    expect(opened.detail.locator("h2")).to_have_text("智能焊接机")
    opened.page.keyboard.press("Escape")
    district = next(key for key, label in named.items() if label["text"] == "大兴区" and "region" in label)
    opened.click(middle({label.get("region"): label for label in opened.labels()}[district]))
    expect(opened.detail.locator("h2")).to_have_text("大兴区")
    expect(opened.detail).to_contain_text("7 个实体")


def test_a_click_on_a_line_shows_the_words_behind_it(sample: Named) -> None:
    graph, opened = sample_graph(), sample()
    opened.click(opened.between("xicheng", "hetian"))
    quotes = opened.detail.locator("blockquote")
    expect(quotes).to_have_count(2)
    assert quotes.all_inner_texts() == graph.edges["xicheng", "hetian", "helps-hetian"]["quotes"]
    assert quotes.first.locator("mark").all_inner_texts() == ["西城区", "和田市"]
    for words in (
        "近日两地工会牵手",
        "京华工报 · 2025-04-16 · 第 2 版",
        "版面 p2 · 第 5 行",
        "2 篇独立报道",
        "supports.hand",
    ):
        expect(opened.detail).to_contain_text(words)
    assert "帮扶" in {label["text"] for label in opened.labels() if "edge" in label}


@pytest.mark.parametrize(
    ("portal", "node", "article"),
    [
        ("https://data.example.org/id/", "https://data.example.org/id/jinghua", "https://data.example.org/id/a2"),
        ("../portal", "../portal/id/jinghua/index.html", "../portal/id/a2/index.html"),
    ],
)
def test_names_and_articles_lead_to_the_portal(whole: Open, portal: str, node: str, article: str) -> None:
    opened = whole(html_of(sample_graph(), portal=portal))
    opened.find("京华机械有限公司")
    links = opened.detail.locator("a")
    assert links.evaluate_all("found => found.map(one => one.getAttribute('href'))") == [
        node,
        *sorted({article, article.replace("a2", "a1")}),
    ]
    expect(links.first).to_have_text("在门户网站上查看")
    assert links.first.get_attribute("target") == "_blank"
    assert links.first.get_attribute("rel") == "noopener noreferrer"


# ---- 6. paths --------------------------------------------------------------------------------------------------------


def steps(opened: Whole) -> list[str]:
    return list(opened.page.locator("#path [data-edge]").evaluate_all("found => found.map(one => one.dataset.edge)"))


def test_a_shortest_path_is_found_by_buttons(sample: Named) -> None:
    graph, opened = sample_graph(), sample()
    opened.find("李梅")
    opened.page.locator("#path-from").click()
    expect(opened.detail).to_contain_text("路径起点：李梅")
    opened.find("王建国")
    opened.page.locator("#path-to").click()
    drawn = nx.Graph((u, v) for u, v, _ in drawn_edges(graph).values())
    districts = [node for node in drawn if graph.nodes[node]["type"] == "District"]
    without = drawn.copy()
    without.remove_nodes_from(districts)
    found = steps(opened)
    assert len(found) == nx.shortest_path_length(without, "li", "wang")
    expect(opened.detail).to_contain_text(f"经过 {len(found)} 条关系")
    nodes = opened.page.locator("#path [data-node]").evaluate_all("found => found.map(one => one.dataset.node)")
    assert (nodes[0], nodes[-1]) == ("li", "wang")
    edges = drawn_edges(graph)
    for key, pair in zip(found, zip(nodes, nodes[1:], strict=False), strict=True):
        assert set(edges[key][:2]) == set(pair)


def test_paths_keep_off_districts_unless_they_may_not_by_key(sample: Named) -> None:
    graph, opened = sample_graph(), sample()
    drawn = nx.Graph((u, v) for u, v, _ in drawn_edges(graph).values())
    opened.find("月坛社区学校")
    opened.page.locator("#search").press("Escape")
    opened.page.keyboard.press("p")
    expect(opened.detail).to_contain_text("路径起点：月坛社区学校")
    opened.find("西城区工人文化宫")
    opened.page.locator("#search").press("Escape")
    opened.page.keyboard.press("p")
    # the school lies in a district and is tied to nothing else: there is no other way
    assert len(steps(opened)) == nx.shortest_path_length(drawn, "school", "palace")
    opened.page.get_by_role("button", name="清除路径").click()
    for name in ("读书会", "第三届春风送岗位招聘会"):
        opened.find(name)
        opened.page.locator("#search").press("Escape")
        opened.page.keyboard.press("p")
    assert len(steps(opened)) == 2
    assert not {"xicheng", "yuetan"} & set(
        opened.page.locator("#path [data-node]").evaluate_all("found => found.map(one => one.dataset.node)")
    )


def test_districts_may_be_on_a_path_where_that_is_allowed(sample: Named) -> None:
    opened = sample()
    opened.find("大兴区")
    opened.page.locator("#path-from").click()
    opened.find("东城区")
    opened.page.locator("#path-to").click()
    on_path = lambda: opened.page.locator("#path [data-node=beijing]").count()  # noqa: E731
    assert on_path() == 1  # no way leads round, so it goes through
    opened.find("大兴区总工会")
    opened.page.locator("#path-from").click()
    opened.find("北京市总工会")
    opened.page.locator("#path-to").click()
    assert on_path() == 0
    around_districts = len(steps(opened))
    opened.page.get_by_label("不经过地区").uncheck()
    assert len(steps(opened)) < around_districts
    opened.page.get_by_label("不经过地区").check()
    assert len(steps(opened)) == around_districts


def test_no_path_is_told(sample: Named) -> None:
    opened = sample()
    opened.find("职工普惠卡")
    opened.page.locator("#path-from").click()
    opened.find("王建国")
    opened.page.locator("#path-to").click()
    expect(opened.detail).to_contain_text("在现有筛选下，两者之间没有路径。")
    assert steps(opened) == []


# ---- 7. filters ------------------------------------------------------------------------------------------------------


def test_confidence_and_sources_filter_and_are_reset(whole: Open) -> None:
    graph = many_sources()
    opened = whole(page_of("sources"))
    edges = drawn_edges(graph)
    opened.tools()
    confidence, sources = opened.page.locator("#confidence"), opened.page.locator("#sources")
    confidence.focus()
    for _ in range(9):
        confidence.press("ArrowRight")
    assert confidence.input_value() == "0.45"
    assert opened.seen("edges") == {key for key, (_, _, data) in edges.items() if data["confidence"] >= 0.45}
    assert "org-fair-x" not in opened.seen("edges")
    sources.focus()
    sources.press("ArrowRight")
    wanted = {key for key, (_, _, data) in edges.items() if data["sources"] >= 2 and data["confidence"] >= 0.45}
    assert opened.seen("edges") == wanted
    assert opened.seen("nodes") == {node for key in wanted for node in edges[key][:2]}
    sources.press("End")
    assert opened.seen("edges") == {"helps-shanghai"}
    opened.page.locator("#reset").click()
    expect(opened.page.locator("#reset")).to_be_focused()
    assert opened.seen("edges") == set(edges)
    assert (confidence.input_value(), sources.input_value()) == ("0", "1")


# ---- 8. the link -----------------------------------------------------------------------------------------------------


def state_of(opened: Whole) -> dict[str, Any]:
    """Return what a person sees of the state of a page."""
    opened.frame()
    page = opened.page
    at = page.evaluate("picture.spot('u-beijing')")
    return {
        "heading": page.locator("#detail h2, #detail .kind").all_inner_texts(),
        "path": steps(opened),
        "nodes": opened.seen("nodes"),
        "edges": opened.seen("edges"),
        "regions": opened.seen("regions"),
        "summary": page.locator("#summary").inner_text(),
        "days": page.locator("#timeline-said").inner_text(),
        "undated": page.locator("#undated").is_checked(),
        "tools": page.evaluate(
            "[...document.querySelectorAll('#tool-rows select, #tool-rows input')].map(i => i.value)"
        ),
        "boxes": page.evaluate("[...document.querySelectorAll('#legend input')].map(box => box.checked)"),
        "theme": page.locator("#theme").inner_text(),
        "language": page.evaluate("document.documentElement.lang"),
        "view": (round(at["x"]), round(at["y"]), round(opened.scale(), 2)),
    }


def test_a_link_opens_what_was_seen(whole: Open) -> None:
    opened = whole(page_of("sources"))
    page = opened.page
    page.locator("#legend").get_by_label("场所").uncheck()
    page.locator("#relations-title").click()
    page.locator("#legend").get_by_label("任职于").uncheck()
    opened.tools()
    page.locator("#colour").select_option("district")
    page.locator("#size").select_option("articles")
    page.locator("#confidence").focus()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    page.locator("#day-from").focus()
    for _ in range(25):
        page.keyboard.press("ArrowRight")
    page.get_by_label("含日期不详的活动").uncheck()
    page.wait_for_timeout(200)
    page.locator("#language").click()
    page.locator("#theme").click()
    opened.find("Around") if False else opened.find("西城区")
    page.locator("#search").press("Escape")
    page.keyboard.press("f")
    page.keyboard.press("Escape")
    opened.find("北京市总工会")
    page.locator("#closer").click()
    before, fragment = state_of(opened), opened.fragment()
    said = parse_qs(fragment.removeprefix("#"))
    assert {
        "node",
        "without",
        "unrelated",
        "sure",
        "days",
        "dated",
        "folded",
        "size",
        "colour",
        "language",
        "theme",
    } <= set(said)
    assert len(before["regions"]) == 1
    fresh = whole(page_of("sources"), fragment=fragment)
    assert state_of(fresh) == before
    pasted = whole(page_of("sources"))  # into the address of a page that is open
    with pasted.page.expect_navigation():
        pasted.page.evaluate("fragment => { location.hash = fragment; }", fragment)
    for _ in range(200):
        if pasted.page.evaluate("document.body?.dataset.ready"):
            break
        pasted.page.wait_for_timeout(20)
    assert state_of(pasted) == before


@pytest.mark.parametrize(
    "fragment",
    [
        "#path=u-xicheng~u-beijing",
        "#region=d7",
        "#edge=helps-hetian",
        "#folded=districts",
        "#sources=2",
    ],
)
def test_other_links_open_what_they_say(whole: Open, fragment: str) -> None:
    opened = whole(page_of("sources"), fragment=fragment)
    said = {
        "#path=u-xicheng~u-beijing": lambda: steps(opened) == ["sub-xicheng"],
        "#region=d7": lambda: opened.detail.locator("h2").inner_text() == "西城区",
        "#edge=helps-hetian": lambda: opened.detail.locator("blockquote").count() == 2,
        "#folded=districts": lambda: opened.seen("nodes") == set() and len(opened.seen("regions")) == 8,
        "#sources=2": lambda: len(opened.seen("edges")) < 10,
    }
    assert said[fragment]()


HOSTILE_FRAGMENTS = (
    "#folded=constructor&node=__proto__&region=toString&edge=constructor&size=constructor&colour=__proto__",
    "#path=u-xicheng",
    "#path=u-xicheng~nobody~u-beijing",
    "#path=~~~",
    "#at=1e300~1e300~1e-300",
    "#at=NaN~0~1&sure=NaN&sources=-5&days=0000-99-99~9999-99-99",
    "#days=2025-06-30~2025-03-08&dated=never",
    "#without=Nothing~__proto__&unrelated=%3Cscript%3E&language=xx&theme=%22onload",
    "#node=%3Cimg%20src=x%20onerror=window.hacked=1%3E&title=%3Cscript%3E",
    "#%E0%A4%A&&&===&~",
)


def test_a_link_that_names_what_is_not_there_does_nothing(whole: Open, sample: Named) -> None:
    plain = state_of(sample())
    for fragment in HOSTILE_FRAGMENTS:
        opened = sample(fragment=fragment)
        assert state_of(opened) == plain, fragment
        assert opened.errors == []
        opened.page.close()
