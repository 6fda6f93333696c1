"""The page of a whole graph in a real Chromium, used as a person would, with a mouse, with keys, with fingers."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Error as PlaywrightError

from exports.view import whole as pages_of
from exports.view.links import portal_href
from exports.view.select import Graph, around, everything
from ontology import ontology
from tests.bench.graphs import generated
from tests.sample import sample_graph
from tests.view.browser import PHONE, Label, Pages, Spot, Whole, overlapping
from tests.view.graphs import FORMULA, HOSTILE, HOSTILE_DISTRICTS, hostile_regions, large_graph

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
    """Return the names that lie over a node that is not their own and that matters more."""
    rank = opened.page.evaluate("Object.fromEntries([...kg.nodeOf.values()].map(node => [node.id, node.rank]))")
    nodes = opened.page.evaluate("picture.seen().nodes.map(id => ({id, ...picture.spot(id)}))")
    return [
        (label["text"], node["id"])
        for label in labels
        for node in nodes
        if node["radius"] >= 5
        and rank.get(label.get("node"), len(rank)) > rank[node["id"]]
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
    assert len({label["node"] for label in labels if "node" in label}) >= 30
    assert overlapping(labels) == []
    assert covered(opened, labels) == []
    regions = [label for label in labels if "region" in label]
    assert {"西城区", "大兴区", "地区不详"} <= {label["text"] for label in regions}
    assert all(label["top"] >= 0 and label["bottom"] <= box["height"] for label in regions)
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", ["sample", "unions", "news"])
def test_labels_overlap_at_no_zoom(whole: Open, name: str) -> None:
    opened = whole(page_of(name))
    best = opened.detail.locator("[data-node]").first.get_attribute("data-node")
    assert best is not None
    opened.page.mouse.move(*opened.spot(best))
    scales = []
    for turns in (0, -1, -1, 3, 1):  # as it opens, ever farther, and ever closer
        for _ in range(abs(turns)):
            opened.page.mouse.wheel(0, -240 if turns > 0 else 240)
            opened.frame()
        scales.append(opened.scale())
        labels = opened.labels()
        assert labels
        assert overlapping(labels) == []
    assert scales[2] < scales[1] < scales[0] < scales[3] < scales[4]


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
    left, width, y = box["x"] + 8, box["width"] - 16, box["y"] + box["height"] / 2  # the thumb is 16 wide
    opened.page.mouse.move(left + width * (value - low) / (high - low), y)
    opened.page.mouse.down()
    opened.page.mouse.move(left + width * part, y, steps=5)
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
    drag(opened, "day-to", 0.7)
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
    return opened.page.locator("#results").get_by_role("option").first.inner_text().split("\n")[0]


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


def test_letters_that_may_be_read_in_many_ways_are_looked_up_at_once(whole: Open) -> None:
    graph = sample_graph()
    graph.nodes["jinghua"]["name"] = "和" * 40  # he, hu, huo …: each begins with h
    opened = whole(html_of(graph))
    opened.page.set_default_timeout(5000)
    opened.page.locator("#search").fill(f"{'h' * 38}q")
    expect(opened.page.locator("#results")).to_have_text("没有找到")
    assert first_found(opened, "hehuohuh") == "和" * 40


@pytest.fixture(scope="module")
def shared(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One page of the sample for tests that only type into its search field."""
    made = Pages(tmp_path_factory.mktemp("shared"))
    yield made.open(browser, page_of("sample"), Whole)
    made.close()


def test_suggestions_are_walked_with_keys_and_enter_goes_there(sample: Named) -> None:
    opened = sample()
    search, options = opened.page.locator("#search"), opened.page.locator("#results").get_by_role("option")
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
    expect(opened.page.locator("#results").get_by_role("option").first).to_contain_text("西城区")
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
    for key, pair in zip(found, pairwise(nodes), strict=True):
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
    on_path = opened.page.locator("#path [data-node=beijing]")
    expect(on_path).to_have_count(1)  # no way leads round, so it goes through
    opened.find("大兴区总工会")
    opened.page.locator("#path-from").click()
    opened.find("北京市总工会")
    opened.page.locator("#path-to").click()
    expect(on_path).to_have_count(0)
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
    alone = everything(graph).nodes - {node for u, v, _ in edges.values() for node in (u, v)}
    assert opened.seen("nodes") == alone | {node for key in wanted for node in edges[key][:2]}
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
    page.locator("#classes").get_by_label("场所").uncheck()
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
    opened.find("西城区")
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
    with pasted.page.expect_event("load"):
        pasted.page.evaluate("fragment => { location.hash = fragment; }", fragment)
    pasted.ready()
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
    "#path=u-xicheng&at=1e300~1e300~1e-300&days=2025-06-30~2025-03-08&dated=never",
    "#path=u-xicheng~nobody~u-beijing&at=NaN~0~1&sure=NaN&sources=-5&days=0000-99-99~9999-99-99",
    "#path=~~~&without=Nothing~__proto__&unrelated=%3Cscript%3E&language=xx&theme=%22onload",
    "#node=%3Cimg%20src=x%20onerror=window.hacked=1%3E&title=%3Cscript%3E&%E0%A4%A&&&===&~",
)


@pytest.mark.parametrize("fragment", HOSTILE_FRAGMENTS)
def test_a_link_that_names_what_is_not_there_does_nothing(sample: Named, shared: Whole, fragment: str) -> None:
    shared.page.locator("#search").fill("")
    assert state_of(sample(fragment=fragment)) == state_of(shared)


# ---- 9. what is saved ------------------------------------------------------------------------------------------------


def saved(opened: Whole, button: str) -> tuple[str, bytes]:
    """Press a button that saves, and return the name and the bytes of the file."""
    opened.tools()
    with opened.page.expect_download() as found:
        opened.page.locator(f"#{button}").click()
    return found.value.suggested_filename, Path(found.value.path()).read_bytes()


def test_the_picture_is_saved_as_png_and_svg(sample: Named) -> None:
    opened = sample()
    box = opened.box()
    name, content = saved(opened, "save-png")
    assert name == "union-news.png"
    spot = opened.page.evaluate("picture.spot('jinghua')")
    image = opened.look(content, [(spot["x"] * 2, spot["y"] * 2), (4, 4)])
    assert (image["width"], image["height"]) == (round(box["width"]) * 2, round(box["height"]) * 2)
    assert image["colours"] == [[0x00, 0x72, 0xB2], [255, 255, 255]]  # that of its class, and of paper
    name, content = saved(opened, "save-svg")
    assert name == "union-news.svg"
    svg = ET.fromstring(content)
    space = "{http://www.w3.org/2000/svg}"
    assert svg.tag == f"{space}svg"
    assert {one.tag.removeprefix(space) for one in svg.iter()} <= {
        *("svg", "title", "g", "rect", "circle", "polygon", "line", "text")
    }
    assert [one.text for one in svg.iter(f"{space}text")] == [label["text"] for label in opened.labels()]
    dashes = [line.get("stroke-dasharray") for line in svg.iter(f"{space}line")]
    assert len(dashes) == 49
    assert len(set(dashes)) == 5  # happened, planned, reported, denied, inferred
    assert dashes.count("7 5") == 1
    opened.find("京华机械有限公司")
    assert saved(opened, "save-svg")[1] != content


def table_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") >= 1
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_facts_in_sight_are_saved_a_row_for_each_sentence(sample: Named) -> None:
    graph, opened = sample_graph(), sample()
    name, content = saved(opened, "save-csv")
    assert name == "union-news.csv"
    head, *rows = table_of(content)
    assert head[:5] == ["主体", "主体类别", "关系", "客体", "客体类别"]
    edges = drawn_edges(graph)
    wanted = [
        (graph.nodes[u]["name"], graph.nodes[v]["name"], page, quote)
        for u, v, data in edges.values()
        for page, quote in zip(data["pages"], data["quotes"], strict=True)
    ]
    assert sorted((row[0], row[3], row[11], row[14]) for row in rows) == sorted(wanted)
    assert {len(row) for row in (head, *rows)} == {15}
    opened.find("和田市")
    _, *rows = table_of(saved(opened, "save-csv")[1])
    assert {row[14] for row in rows} == set(graph.edges["xicheng", "hetian", "helps-hetian"]["quotes"])


# ---- 10. folding -----------------------------------------------------------------------------------------------------


def region_of(opened: Whole, name: str) -> str:
    """Return the key of a district by its name, from the list in the panel."""
    opened.page.keyboard.press("Escape")
    button = opened.detail.locator("[data-region]", has_text=name)
    return str(button.get_attribute("data-region"))


def test_districts_fold_by_level_and_unfold_by_a_double_click(sample: Named) -> None:
    opened = sample()
    opened.tools()
    level = opened.page.locator("#level")
    level.select_option("districts")
    assert opened.seen("nodes") == set()
    assert len(opened.seen("regions")) == 8
    assert opened.seen("edges") == set()
    assert opened.sums() == 7
    opened.frame()
    assert {label["text"] for label in opened.labels()} >= {"西城区13", "大兴区7"}
    daxing = region_of(opened, "大兴区")
    opened.click(opened.spot(daxing), times=2)
    members = {"daxing", "u-daxing", "jinghua", "u-jinghua", "welder", "contest", "zhao"}
    assert opened.seen("nodes") == members
    assert len(opened.seen("regions")) == 7
    inner = {key for key, (u, v, _) in drawn_edges(sample_graph()).items() if {u, v} <= members}
    assert opened.seen("edges") == inner
    assert opened.sums() >= 7
    assert level.input_value() == ""
    level.select_option("communities")
    assert opened.seen("nodes") == set()
    level.select_option("all")
    assert opened.seen("nodes") == everything(sample_graph()).nodes


def test_a_region_folds_by_key_and_by_button(sample: Named) -> None:
    opened = sample()
    xicheng = region_of(opened, "西城区")
    opened.detail.locator(f"[data-region={xicheng}]").click()
    expect(opened.detail.locator("h2")).to_have_text("西城区")
    expect(opened.detail).to_contain_text("13 个实体")
    assert opened.detail.locator("[data-node]").count() == 13
    opened.page.locator("#fold").click()
    assert opened.seen("regions") == {xicheng}
    assert len(opened.seen("nodes")) == 36 - 13
    edges = drawn_edges(sample_graph())
    inside = {node for node in everything(sample_graph()).nodes if node not in opened.seen("nodes")}
    outer = {key for key, (u, v, _) in edges.items() if not {u, v} & inside}
    assert opened.seen("edges") == outer
    out = {(u, v)[u in inside] for u, v, _ in edges.values() if len({u, v} & inside) == 1}
    assert opened.sums() == len(out)  # a line for each thing outside that something inside is joined to
    expect(opened.page.locator("#fold")).to_have_text("展开")
    opened.page.keyboard.press("f")
    assert opened.seen("regions") == set()
    opened.page.keyboard.press("f")
    assert opened.seen("regions") == {xicheng}
    opened.find("京华机械有限公司")
    opened.detail.locator("[data-region]").click()
    expect(opened.detail.locator("h2")).to_have_text("大兴区")
    expect(opened.detail).to_contain_text("条关系通往")


def test_a_level_chosen_by_keys_keeps_the_focus(sample: Named) -> None:
    opened = sample()
    opened.tools()
    level = opened.page.locator("#level")
    level.focus()
    level.press("ArrowDown")
    assert len(opened.seen("regions")) == 8
    expect(level).to_be_focused()


# ---- 11. looks -------------------------------------------------------------------------------------------------------


def test_sizes_and_colours_follow_what_is_chosen(sample: Named) -> None:
    opened = sample()
    opened.tools()

    def radius(node: str) -> float:
        return float(opened.page.evaluate("id => picture.spot(id).radius", node))

    assert radius("jinghua") > radius("card")
    opened.page.locator("#size").select_option("same")
    assert radius("jinghua") == radius("card")
    opened.page.locator("#size").select_option("articles")
    assert radius("u-beijing") > radius("card")
    opened.page.locator("#size").select_option("facts")
    opened.page.mouse.move(2, 2)
    spots = [opened.spot(node) for node in ("jinghua", "zhao", "xicheng")]
    assert len({opened.pixel(spot) for spot in spots}) == 3  # a firm, a person, a district
    opened.page.locator("#colour").select_option("district")
    opened.frame()
    firm, person, district = map(opened.pixel, spots)
    assert firm == person != district


def test_what_is_planned_is_dashed_and_what_is_unsure_is_faint(whole: Open) -> None:
    opened = whole(page_of("sources"))

    def darkness(one: str, other: str) -> list[int]:
        """Return how dark a line is at places along it, away from both ends."""
        (ax, ay), (bx, by) = opened.spot(one), opened.spot(other)
        left, top = min(ax, bx) - 4, min(ay, by) - 4
        shot = opened.page.screenshot(clip={"x": left, "y": top, "width": abs(ax - bx) + 8, "height": abs(ay - by) + 8})
        places = [(ax + (bx - ax) * at / 100 - left, ay + (by - ay) * at / 100 - top) for at in range(40, 61)]
        near = [(x + i, y + j) for x, y in places for i in (-1, 0, 1) for j in (-1, 0, 1)]
        colours = opened.look(shot, near)["colours"]
        return [255 - min(sum(one) // 3 for one in colours[at : at + 9]) for at in range(0, len(colours), 9)]

    opened.page.mouse.move(2, 2)
    opened.page.locator("#relations-title").click()
    for box in opened.page.locator("#relations input").all():
        if box.get_attribute("value") != "organizes":
            box.uncheck()
    opened.find("夏送清凉活动")
    opened.page.locator("#search").fill("")
    opened.page.locator("#search").press("Escape")
    opened.page.keyboard.press("Escape")
    for _ in range(2):
        opened.page.locator("#closer").click()
    planned, unsure, sure = (
        darkness("u-xicheng", "cool"),
        darkness("u-xicheng", "fair"),
        darkness("u-yuetan", "reading"),
    )
    assert min(planned) < min(sure) - 15 < max(planned)  # gaps
    assert min(unsure) > min(planned)  # none
    assert sum(unsure) < 0.8 * sum(sure)


# ---- 12. keys alone --------------------------------------------------------------------------------------------------


def test_all_can_be_done_with_keys(sample: Named) -> None:
    opened = sample()
    page = opened.page
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "stage":
            break
    expect(page.locator("#stage")).to_be_focused()
    assert page.locator("#stage").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    box = opened.box()
    ring = opened.pixel((box["x"] + 2, box["y"] + box["height"] / 2))
    page.locator("#search").focus()
    assert opened.pixel((box["x"] + 2, box["y"] + box["height"] / 2)) != ring  # it was seen where the focus was
    page.locator("#stage").focus()
    before, scale = opened.spot("jinghua"), opened.scale()
    page.keyboard.press("ArrowRight")
    assert abs(opened.spot("jinghua")[0] - before[0] + 80) < 2
    page.keyboard.press("ArrowUp")
    assert abs(opened.spot("jinghua")[1] - before[1] - 80) < 2
    page.keyboard.press("+")
    assert opened.scale() > scale
    page.keyboard.press("-")
    page.keyboard.press("-")
    assert opened.scale() < scale
    page.keyboard.press("0")
    after = opened.spot("jinghua")
    assert abs(after[0] - before[0]) + abs(after[1] - before[1]) < 2
    page.keyboard.press("/")
    page.keyboard.type("wjg")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(opened.detail.locator("h2")).to_have_text("王建国")
    facts = opened.detail.locator(".fact")
    # on to quotations too, which stand in articles and are not drawn
    assert "quote-wang-1" in facts.evaluate_all("rows => rows.map(row => row.dataset.edge)")
    for number in range(facts.count()):
        page.keyboard.press("]")
        opened.frame()
        expect(facts.nth(number)).to_be_focused()
        assert facts.nth(number).evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("]")
    page.keyboard.press("[")
    expect(facts.last).to_be_focused()
    while page.evaluate("document.activeElement.dataset.edge") != "role-wang-b":
        page.keyboard.press("[")
    page.keyboard.press("Enter")
    expect(opened.detail.locator("h2")).to_have_text("北京市总工会")
    page.keyboard.press("Escape")
    expect(opened.detail.locator("h2")).to_have_count(0)


def test_a_question_mark_shows_the_keys(sample: Named) -> None:
    opened = sample()
    help_ = opened.page.get_by_role("dialog", name="快捷键")
    opened.page.keyboard.press("?")
    expect(help_).to_be_visible()
    for words in ("查找", "在所选实体的各项事实之间移动", "取消选择"):
        expect(help_).to_contain_text(words)
    opened.page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    opened.tools()
    opened.page.get_by_role("button", name="所用软件的许可").click()
    licences = opened.page.get_by_role("dialog", name="所用软件的许可")
    expect(licences).to_contain_text("sigma")
    expect(licences).to_contain_text("Permission is hereby granted")
    licences.get_by_role("button", name="关闭").click()
    expect(licences).to_be_hidden()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_control_has_a_name(sample: Named, language: str) -> None:
    opened = sample(fragment="#node=jinghua")
    if language == "en":
        opened.page.locator("#language").click()
    opened.tools()
    opened.page.locator("#relations-title").click()
    tree = opened.page.context.new_cdp_session(opened.page).send("Accessibility.getFullAXTree")["nodes"]
    roles = ("button", "checkbox", "combobox", "slider", "searchbox", "textbox", "link", "option", "application", "img")
    found = [
        (one["role"]["value"], one.get("name", {}).get("value", "").strip())
        for one in tree
        if not one["ignored"] and one["role"]["value"] in roles
    ]
    assert {"button", "checkbox", "combobox", "slider", "application"} <= {role for role, _ in found}
    assert len(found) > 40
    assert [role for role, name in found if not name] == []


# ---- 13. a telephone -------------------------------------------------------------------------------------------------


def test_fingers_select_and_pinch_on_a_telephone(sample: Named) -> None:
    opened = sample(size=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    names = [label for label in opened.labels() if "node" in label]
    assert len(names) >= 8
    assert overlapping(opened.labels()) == []
    page.touchscreen.tap(*opened.spot("jinghua"))
    expect(opened.detail.locator("h2")).to_have_text("京华机械有限公司")
    stage, detail = opened.box(), opened.detail.bounding_box()
    assert detail is not None
    assert detail["y"] >= stage["y"] + stage["height"]  # below the picture, as wide as the screen
    assert detail["width"] > PHONE[0] * 0.95
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    scale, centre = opened.scale(), (stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    fingers = page.context.new_cdp_session(page)

    def touch(kind: str, apart: float) -> None:
        points = [{"x": centre[0] + side * apart, "y": centre[1], "id": side} for side in (-1, 1)] if apart else []
        for point in points:
            point["id"] += 1
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 30)
    for apart in (45, 60, 75, 90):
        touch("touchMove", apart)
        opened.frame()
    touch("touchEnd", 0)
    assert opened.scale() > scale * 2
    assert page.evaluate("visualViewport.scale") == 1  # the picture is nearer, not the page


# ---- 14. dark, English, paper ----------------------------------------------------------------------------------------

CONTRASTS = """() => {
  const style = getComputedStyle(document.documentElement);
  const light = (name) => {
    const hex = style.getPropertyValue(`--${name}`).trim().slice(1);
    const [r, g, b] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const pairs = [["ink", "paper"], ["ink", "wash"], ["soft", "paper"], ["soft", "wash"], ["ink", "hover"],
    ["ink", "chosen"],
    ["accent", "paper"], ["accent", "wash"], ["ink", "mark"], ["ink", "notice"], ["focus", "paper"], ["focus", "wash"]];
  return Object.fromEntries(pairs.map(([one, other]) =>
    [`${one} on ${other}`, Math.max(light(one), light(other)) / Math.min(light(one), light(other))]));
}"""


def test_dark_by_the_wish_of_the_system_or_at_a_click_and_all_can_be_read(sample: Named) -> None:
    dark, light = sample(color_scheme="dark"), sample()
    empty = (dark.box()["x"] + 4, dark.box()["y"] + 4)
    assert sum(dark.pixel(empty)) < 150 < 600 < sum(light.pixel(empty))
    contrasts = [opened.page.evaluate(CONTRASTS) for opened in (dark, light)]
    for found in contrasts:
        assert {pair: round(ratio, 1) for pair, ratio in found.items() if ratio < 4.5} == {}
    assert contrasts[0] != contrasts[1]
    light.page.locator("#theme").click()
    assert light.pixel(empty) == dark.pixel(empty)
    assert light.page.evaluate(CONTRASTS) == contrasts[0]
    expect(light.page.locator("#theme")).to_have_text("浅色")
    dark.page.locator("#theme").click()
    assert sum(dark.pixel(empty)) > 600


def test_english_at_a_click(sample: Named) -> None:
    opened = sample()
    opened.page.locator("#language").click()
    expect(opened.page.locator("#summary")).to_have_text("36 entities, 49 relations")
    expect(opened.page.locator("#classes")).to_contain_text("trade union")
    expect(opened.page.locator("#timeline-said")).to_contain_text("6 activities")
    expect(opened.page.locator("#tools-title")).to_have_text("Tools")
    assert opened.page.evaluate("document.documentElement.lang") == "en"
    opened.frame()
    assert "No district k" in {label["text"][:13] for label in opened.labels()}
    opened.find("京华机械有限公司")
    opened.frame()
    relations = {one.label_en for one in ontology.relations.values()}
    assert relations & {label["text"] for label in opened.labels() if "edge" in label}
    opened.page.locator("#language").click()
    expect(opened.page.locator("#summary")).to_have_text("36 个实体，49 条关系")


def test_paper_gets_the_picture_as_svg(sample: Named) -> None:
    opened = sample()
    names = [words for label in opened.labels() for words in label["lines"]]
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")  # which browsers say before the page becomes paper
    opened.page.emulate_media(media="print")
    printed = opened.page.locator("#print svg")
    expect(printed).to_be_visible()
    expect(opened.page.locator("#canvas")).to_be_hidden()
    assert "北京市总工会" in names
    assert printed.locator("text").all_text_contents() == names
    assert printed.locator("line").count() == 49
    assert opened.page.pdf().startswith(b"%PDF-")
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(printed).to_have_count(0)


# ---- 15. without WebGL, without scripts ------------------------------------------------------------------------------


def test_without_webgl_the_overview_stands_in(flat_browser: Browser, pages: Pages) -> None:
    opened: Whole = pages.open(flat_browser, page_of("sample"), Whole)
    page = opened.page
    expect(page.locator("#said")).to_contain_text("没有 WebGL")
    assert page.locator("#regions text", has_text="大兴区").is_visible()
    daxing = page.locator("#regions .districts circle").nth(2).bounding_box()
    assert daxing is not None
    page.mouse.click(daxing["x"] + daxing["width"] / 2, daxing["y"] + daxing["height"] / 2)
    expect(opened.detail.locator("h2")).to_have_text("大兴区")
    assert opened.detail.locator("[data-node]").count() == 7
    opened.detail.locator("[data-node=jinghua]").click()
    opened.detail.locator("[data-edge=gives-welder]").click()
    expect(opened.detail.locator("blockquote")).to_contain_text("智能焊接机")
    opened.find("xcqzgh")
    expect(opened.detail.locator("h2")).to_have_text("西城区总工会")
    expect(page.locator("#regions .chosen")).to_have_count(1)
    page.locator("#language").click()
    expect(page.locator("#said")).to_contain_text("no WebGL")
    page.locator("#closer").click()
    page.keyboard.press("0")
    page.locator("#theme").click()
    opened.tools()
    page.locator("#colour").select_option("district")
    assert len(table_of(saved(opened, "save-csv")[1])) > 1


def test_without_scripts_the_overview_and_a_note_are_there(browser: Browser, pages: Pages) -> None:
    opened: Whole = pages.open(browser, page_of("sample"), Whole, ready=False, java_script_enabled=False)
    expect(opened.page.locator("noscript p")).to_be_visible()
    expect(opened.page.locator("noscript p")).to_contain_text("需要 JavaScript")
    for name in ("西城区", "大兴区", "地区不详"):
        expect(opened.page.locator("#regions text", has_text=name).first).to_be_visible()
    assert opened.page.locator("#regions .districts circle").count() == 8


# ---- 16. graphs of odd sizes -----------------------------------------------------------------------------------------


def small(count: int, *, joined: bool = False, district: bool = False) -> Graph:
    """Return a graph of some activities, all on one day; in one district where that is wanted."""
    found: Graph = nx.MultiDiGraph(workspace="small")
    sample = sample_graph()
    for number in range(count):
        node = f"one-{number}"
        found.add_node(node, **{**sample.nodes["sports"], "key": node, "name": f"活动{number}", "aliases": []})
    pairs = [(f"one-{number}", f"one-{number + 1}", "at-sports") for number in range(count - 1)] if joined else []
    if district:
        found.add_node("xicheng", **sample.nodes["xicheng"])
        pairs += [(f"one-{number}", "xicheng", "at-sports") for number in range(count)]
    for number, (u, v, like) in enumerate(pairs):
        found.add_edge(u, v, f"fact-{number}")
        found.edges[u, v, f"fact-{number}"].update({**sample.edges["sports", "pudong", like], "key": f"fact-{number}"})
    return found


@pytest.mark.parametrize(
    ("graph", "nodes", "edges"),
    [
        (small(0), 0, 0),
        (small(1), 1, 0),
        (small(2, joined=True), 2, 1),
        (small(30), 30, 0),
        (small(12, district=True), 13, 12),
    ],
    ids=["empty", "one", "two", "no-edges", "one-district"],
)
def test_graphs_of_odd_sizes(whole: Open, graph: Graph, nodes: int, edges: int) -> None:
    opened = whole(html_of(graph))
    page = opened.page
    expect(page.locator("#summary")).to_have_text(f"{nodes} 个实体，{edges} 条关系")
    assert (len(opened.seen("nodes")), len(opened.seen("edges"))) == (nodes, edges)
    assert page.locator("#empty").is_visible() == (nodes == 0)
    expect(page.locator("#timeline")).to_be_hidden()  # all on one day: there is nothing to choose
    opened.tools()
    page.locator("#reset").click()
    assert len(opened.seen("nodes")) == nodes
    page.locator("#level").select_option("districts")
    assert opened.seen("nodes") == set()
    page.locator("#level").select_option("all")
    if nodes:
        opened.find("活动0")
        expect(opened.detail.locator("h2")).to_have_text("活动0")
        assert "活动0" in {label["text"] for label in opened.labels()}
        page.keyboard.press("Escape")  # out of the search field
        page.keyboard.press("Escape")
    page.keyboard.press("0")
    for button in ("closer", "farther", "whole", "theme", "language"):
        page.locator(f"#{button}").click()
    assert saved(opened, "save-png")[1].startswith(b"\x89PNG\r\n")
    assert len(table_of(saved(opened, "save-csv")[1])) == 1 + edges


def test_a_part_of_a_graph_opens_with_the_facts_of_its_centre(whole: Open) -> None:
    graph = sample_graph()
    chosen = around(graph, ["u-xicheng"], 1)
    opened = whole(pages_of.page(pages_of.model(graph, chosen, title="西城区总工会")))
    expect(opened.detail.locator("h2")).to_have_text("西城区总工会")
    assert opened.seen("nodes") == chosen.nodes


def test_what_is_left_out_is_said(whole: Open) -> None:
    graph = large_graph(60)
    opened = whole(pages_of.page(pages_of.model(graph, everything(graph, limit=20))))
    expect(opened.page.locator("#notice")).to_contain_text("联系最多的 20 个实体，另有 40 个没有画出")


# ---- 17, 19. names that try to get out -------------------------------------------------------------------------------


def test_hostile_text_is_shown_as_text_and_runs_nowhere(whole: Open) -> None:
    graph = hostile_regions()
    opened = whole(page_of("hostile"))
    page = opened.page
    assert page.title() == HOSTILE[1]
    before = page.locator("script").count()

    def told(where: str) -> str:
        return str(page.locator(where).first.evaluate("one => one.textContent"))

    def choose(node: str) -> None:
        """Go by a link, as names of 5,000 characters and none at all cannot be typed."""
        page.evaluate("node => kg.select({node}, 'near')", node)
        opened.frame()
        assert told("#detail h2") == graph.nodes[node]["name"]

    for number in range(len(HOSTILE)):
        choose(f"hostile-{number}")
        page.locator(f"#detail [data-edge=helps-hostile-{number}]").click()
        assert told("blockquote") == graph.edges["u-beijing", f"hostile-{number}", f"helps-hostile-{number}"]["quotes"][
            0
        ].replace("\ud800", "\ufffd")
    for number, name in enumerate(HOSTILE_DISTRICTS):
        choose(f"bad-firm-{number}")
        choose(f"bad-activity-{number}")
        page.locator("#detail [data-region]").first.click()
        assert told("#detail h2") == name
        page.keyboard.press("f")
        opened.frame()
        assert len(opened.seen("regions")) == 1
        labels = {label["text"] for label in opened.labels() if label.get("region") in opened.seen("regions")}
        assert all(len(text) < 40 for text in labels)
        page.keyboard.press("f")
    page.keyboard.press("Escape")
    page.locator("#search").fill("<script>window.hacked = 20")
    assert HOSTILE_DISTRICTS[0] in page.locator("#results").inner_text()
    opened.find("HYPERLINK")
    page.keyboard.press("Escape")  # out of the search field
    page.keyboard.press("Escape")
    page.locator("#language").click()
    page.locator("#theme").click()
    opened.tools()
    page.locator("#level").select_option("districts")
    svg = ET.fromstring(saved(opened, "save-svg")[1])
    texts = " ".join(one.text or "" for one in svg.iter("{http://www.w3.org/2000/svg}text"))
    assert "</text> <scrip…" in texts
    assert {one.tag.rpartition("}")[2] for one in svg.iter()}.isdisjoint({"script", "a", "image", "foreignObject"})
    page.locator("#level").select_option("all")
    page.locator("#whole").click()
    head, *rows = table_of(saved(opened, "save-csv")[1])
    assert {len(row) for row in rows} == {len(head)}
    firms = [cell for row in rows for cell in (row[0], row[3]) if FORMULA in cell]
    assert len(firms) == len(HOSTILE_DISTRICTS)
    assert all(cell.startswith(f"'{FORMULA}") for cell in firms)
    assert not [cell for row in rows for cell in row if re.match(r"[=+@\t\r-]", cell)]
    assert saved(opened, "save-png")[1].startswith(b"\x89PNG\r\n")
    assert page.locator("script").count() == before
    assert page.locator("main img, main a, main iframe, main style, main [onload], main [onmouseover]").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#print script, #print a, #print image, #print foreignObject").count() == 0


def test_hostile_text_does_nothing_where_the_overview_stands_in(flat_browser: Browser, pages: Pages) -> None:
    opened: Whole = pages.open(flat_browser, page_of("hostile"), Whole)
    assert "</text><script>" in "".join(opened.page.locator("#regions .names text").all_text_contents())
    opened.find("window.hacked = 20")
    assert opened.detail.locator("h2").evaluate("one => one.textContent").startswith("</text><script>")
    assert opened.page.locator("#regions script, #regions a").count() == 0


@pytest.mark.parametrize(
    "smuggle",
    [
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hacked = 1'}))",
        "document.body.insertAdjacentHTML('beforeend', '<p onclick=\"window.hacked = 1\" id=bad>x</p>'); bad.click()",
        "setTimeout('window.hacked = 1', 0)",
        "void fetch('https://example.org/').catch(() => {})",
    ],
    ids=["script", "attribute", "string", "network"],
)
def test_the_policy_refuses_what_gets_in_all_the_same(sample: Named, smuggle: str) -> None:
    opened = sample()
    try:
        opened.page.evaluate(f"() => {{ {smuggle} }}")
    except PlaywrightError as error:
        opened.errors.append(str(error))
    opened.frame()
    assert opened.page.evaluate("window.hacked") is None
    assert opened.requests == []
    assert opened.errors
    assert all("Content Security Policy" in said for said in opened.errors)
    opened.errors.clear()
