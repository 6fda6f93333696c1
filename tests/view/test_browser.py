"""The page in a real Chromium, used as a person would: nothing is asked of the network, and what is read is shown."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import pytest
from playwright.sync_api import expect

from exports.view.select import Graph, around, everything
from tests.sample import sample_graph
from tests.view.browser import PHONE, Focused, overlapping
from tests.view.graphs import HOSTILE, hostile_graph, large_graph

pytestmark = pytest.mark.browser

Open = Callable[..., Focused]


def test_it_opens_with_every_name_and_none_over_another(view: Open) -> None:
    graph = sample_graph()
    opened = view(graph)
    labels = opened.labels()
    assert {label["node"] for label in labels if "node" in label} == everything(graph).nodes
    assert {label["text"] for label in labels if "edge" in label} >= {"举办", "位于", "任职于", "帮扶"}
    assert overlapping(labels) == []
    assert opened.page.locator("#summary").inner_text() == "36 个实体，49 条关系"


@pytest.mark.parametrize("scale", [0.15, 0.4, 0.8, 1.5, 3])
def test_labels_overlap_at_no_zoom(view: Open, scale: float) -> None:
    opened = view(large_graph(300))
    opened.zoom(scale)
    labels = opened.labels()
    assert labels
    assert overlapping(labels) == []


def test_a_name_is_found_by_its_alias_and_shown(view: Open) -> None:
    opened = view(sample_graph())
    search = opened.page.locator("input[type=search]")
    search.fill("京华机械")
    search.press("Enter")
    opened.still()
    expect(opened.page.locator("#detail h2")).to_have_text("京华机械有限公司")
    expect(opened.page.locator("#detail dl")).to_contain_text("别名京华机械")
    assert opened.page.evaluate("network.getSelectedNodes()") == ["jinghua"]
    x, y = opened.spot("jinghua")
    box = opened.page.locator("#mynetwork").bounding_box()
    assert box is not None
    assert abs(x - box["x"] - box["width"] / 2) < 5
    assert abs(y - box["y"] - box["height"] / 2) < 5


def test_results_are_walked_with_the_keyboard(view: Open) -> None:
    opened = view(sample_graph())
    search = opened.page.locator("#search")
    search.fill("市总工会")
    options = opened.page.get_by_role("option")
    expect(options).to_have_count(2)
    assert {line.split("\n")[0] for line in options.all_inner_texts()} == {"北京市总工会", "上海市总工会"}
    second = options.nth(1).inner_text().split("\n")[0]
    search.press("ArrowDown")
    search.press("Enter")
    expect(opened.page.locator("#detail h2")).to_have_text(second)
    expect(opened.page.locator("#results")).to_be_hidden()
    search.fill("没有这个名字")
    expect(opened.page.locator("#results")).to_have_text("没有找到")


def test_a_click_on_a_line_shows_the_words_behind_it(view: Open) -> None:
    graph = sample_graph()
    opened = view(graph)
    opened.page.mouse.click(*opened.middle("helps-hetian"))
    detail = opened.page.locator("#detail")
    quotes = detail.locator("blockquote")
    expect(quotes).to_have_count(2)
    wanted = graph.edges["xicheng", "hetian", "helps-hetian"]
    assert quotes.all_inner_texts() == wanted["quotes"]
    expect(quotes.first.locator("mark").first).to_have_text("西城区")
    for words in (
        "近日两地工会牵手",
        "京华工报 · 2025-04-16 · 第 2 版",
        "版面 p2 · 第 5 行",
        "2 篇独立报道",
        "supports.hand",
    ):
        expect(detail).to_contain_text(words)


def test_a_click_on_a_node_shows_its_facts_and_each_leads_to_its_words(view: Open) -> None:
    opened = view(sample_graph())
    opened.page.mouse.click(*opened.spot("wang"))
    detail = opened.page.locator("#detail")
    expect(detail.locator("h2")).to_have_text("王建国")
    expect(detail).to_contain_text("副主席")
    detail.locator("[data-edge=quote-wang-2]").click()  # told in the panel though not drawn
    expect(detail.locator("blockquote")).to_have_text(
        "北京市总工会副主席王建国到场祝贺，“市总工会的好做法值得学。”他说。"
    )
    opened.page.keyboard.press("Escape")
    expect(detail.locator("h2")).to_have_count(0)


def test_dates_and_counts_are_told_in_words(view: Open) -> None:
    opened = view(sample_graph())
    for name, told in (("春风送岗位", "≥ 100 “百余名”"), ("困难职工慰问", "大约 2025-03-27 至 2025-04-16 “近日”")):
        opened.page.locator("#search").fill(name)
        opened.page.locator("#search").press("Enter")
        expect(opened.page.locator("#detail dl")).to_contain_text(told)


def test_planned_things_are_dashed(view: Open) -> None:
    opened = view(sample_graph())
    dashes = dict(opened.page.evaluate("edges.get().map(edge => [edge.id, edge.dashes || null])"))
    assert dashes["org-cool"] == [7, 5]
    assert dashes["org-fair-x"] is None
    assert len({str(dashes[key]) for key in ("org-cool", "org-walk-denied", "org-walk-said", "sub-xicheng")}) == 4
    for words in ("已发生", "计划中", "据报道", "已否认", "由名称推断"):
        expect(opened.page.locator("#lines")).to_contain_text(words)


def test_the_legend_hides_classes_and_relations(view: Open) -> None:
    graph = sample_graph()
    opened = view(graph)
    legend = opened.page.locator("#legend")
    legend.get_by_label("人物").uncheck()
    people = {node for node in graph if graph.nodes[node]["type"] == "Person"}
    assert opened.hidden("nodes") == people
    drawn = everything(graph).edges
    assert opened.hidden("edges") == {k for u, v, k in graph.edges(keys=True) if k in drawn and {u, v} & people}
    opened.still()
    assert not people & {label.get("node") for label in opened.labels()}
    expect(opened.page.locator("#summary")).to_have_text("31 个实体，43 条关系")
    legend.get_by_label("人物").check()
    legend.locator("#relations-title").click()
    legend.get_by_label("位于").uncheck()
    assert opened.hidden("nodes") == set()
    assert opened.hidden("edges") == {
        k for *_, k, d in graph.edges(keys=True, data=True) if d["predicate"] == "locatedIn"
    }
    opened.page.locator("#search").fill("王建国")
    opened.page.locator("#search").press("Enter")
    expect(opened.page.locator("#detail h2")).to_have_text("王建国")


def test_hostile_text_is_shown_as_text_and_runs_nowhere(view: Open) -> None:
    graph = hostile_graph()
    opened = view(graph, title=HOSTILE[0])
    page = opened.page
    assert page.title() == HOSTILE[0]
    expect(page.locator("h1")).to_have_text(HOSTILE[0])
    before = page.locator("script").count()
    names = [str(graph.nodes[f"hostile-{number}"]["name"]) for number in range(len(HOSTILE))]
    for number, name in enumerate(names):
        page.mouse.move(*opened.spot(f"hostile-{number}"))
        page.mouse.click(*opened.spot(f"hostile-{number}"))
        assert page.locator("#detail h2").evaluate("element => element.textContent") == name
        page.locator(f"#detail [data-edge=helps-hostile-{number}]").click()
        assert page.locator("blockquote").evaluate("element => element.textContent") == f"北京市总工会结对{name}。"
        page.mouse.move(*opened.middle(f"helps-hostile-{number}"))
    page.locator("#search").fill("<")
    assert "<script>window.hacked = 1</script>" in page.locator("#results").inner_text()
    page.locator("#language").click()
    assert page.locator("script").count() == before
    assert page.locator("main img, main a, main iframe, main style, main [onload]").count() == 0
    assert "<script>window." in {label["text"][:15] for label in opened.labels()}


def test_the_policy_refuses_a_script_that_gets_in_all_the_same(view: Open) -> None:
    opened = view(sample_graph())
    opened.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hacked = 1'}))"
    )
    assert opened.page.evaluate("window.hacked") is None
    assert len(opened.errors) == 1
    assert "Content Security Policy" in opened.errors.pop()


def test_english_at_a_click(view: Open) -> None:
    opened = view(sample_graph())
    opened.page.locator("#language").click()
    expect(opened.page.locator("#summary")).to_have_text("36 entities, 49 relations")
    expect(opened.page.locator("#classes")).to_contain_text("trade union")
    opened.still()
    assert "located in" in {label["text"] for label in opened.labels()}
    assert opened.page.evaluate("document.documentElement.lang") == "en"


def test_around_opens_with_the_facts_of_its_centre(view: Open) -> None:
    graph = sample_graph()
    opened = view(graph, around(graph, ["u-xicheng"], 1))
    expect(opened.page.locator("#detail h2")).to_have_text("西城区总工会")
    assert {label["node"] for label in opened.labels() if "node" in label} == around(graph, ["u-xicheng"], 1).nodes


def test_it_can_be_read_on_a_telephone(view: Open) -> None:
    opened = view(sample_graph(), size=PHONE)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    names = [label for label in opened.labels() if "node" in label]
    assert len(names) >= 15
    assert overlapping(opened.labels()) == []
    assert all(label["left"] >= 0 and label["right"] <= PHONE[0] for label in names)
    page.mouse.click(*opened.spot("jinghua"))
    expect(page.locator("#detail h2")).to_have_text("京华机械有限公司")


def test_what_is_left_out_is_said(view: Open) -> None:
    graph = large_graph(60)
    opened = view(graph, everything(graph, limit=20))
    expect(opened.page.locator("#notice")).to_contain_text("联系最多的 20 个实体，另有 40 个没有画出")


def test_nothing_to_draw_is_said(view: Open) -> None:
    empty: Graph = nx.MultiDiGraph()
    opened = view(empty)
    expect(opened.page.locator("#empty")).to_have_text("这里没有可画的内容。")
