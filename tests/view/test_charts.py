from __future__ import annotations

import datetime
import itertools
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.view.charts import ALL, CHARTS, Chart, Choice, Language, Row, chart, charts, drawing, page, png
from exports.view.charts.forest import forest
from exports.view.charts.looks import DARK, LIGHT, TEXTURES, Theme
from exports.view.charts.measure import ems, fold, shortened
from exports.view.charts.news import Link
from exports.view.charts.periods import Unit, unit_for
from kg.errors import KGError, NotAvailable, UnknownName
from tests.sample import sample_graph
from tests.view.charts import LONE, Graph, fact, hostile_charts, thing, years_graph
from tests.view.graphs import HOSTILE
from tests.view.test_html import Reader

EMPTY: Graph = nx.MultiDiGraph()
SVG = "{http://www.w3.org/2000/svg}"


def figures(name: str, choice: Choice | None = None, graph: Graph | None = None) -> list[tuple[str, tuple[int, ...]]]:
    """Return the rows of a chart of the sample, as what they are called and their numbers."""
    return [(row.label.zh, row.values) for row in chart(graph or sample_graph(), name, choice).rows]


def series(name: str, choice: Choice | None = None) -> list[str]:
    return [one.name for one in chart(sample_graph(), name, choice).figures.series]


# ------------------------------------------------------------------------------------------------- counted by hand


def test_activities_over_time() -> None:
    assert series("activities-over-time") == ["happened", "vague", "planned"]
    assert figures("activities-over-time") == [
        ("2025年3月", (1, 0, 0)),  # 招聘会
        ("2025年4月", (2, 1, 0)),  # 大赛, 读书会, and 近日 from 27 March to 16 April: 慰问
        ("2025年5月", (1, 0, 0)),  # 运动会
        ("2025年6月", (0, 0, 1)),  # 将举办: 夏送清凉
    ]


def test_what_has_no_date_is_a_row_of_the_table_and_a_note_of_the_chart() -> None:
    shown = chart(sample_graph(), "activities-over-time", Choice(("reported",)))
    assert [(row.label.zh, row.total, row.aside) for row in shown.rows] == [("日期不定", 1, True)]
    assert shown.figures.notes[0].zh == "未画出：1 项没有日期。"
    assert "没有可画的内容。" in shown.svg()


def test_activities_by_kind() -> None:
    assert series("activities-by-kind") == ["happened", "planned"]
    assert dict(figures("activities-by-kind")) == {
        "大赛": (1, 0),
        "招聘会": (1, 0),
        "读书会": (1, 0),
        "运动会": (1, 0),
        "慰问活动": (1, 0),
        "送清凉活动": (0, 1),
    }


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("“匠心杯”焊接机器人操作技能大赛", "大赛"),
        ("“劳模面对面”宣讲活动", "宣讲"),
        ("困难职工慰问活动", "慰问活动"),
        ("项目启动仪式", "启动仪式"),
        ("“安康杯”竞赛”", "竞赛"),
        ("娘家人", "名称不含类别词"),
        ("长" * 5000 + "培训班", "培训班"),
    ],
)
def test_the_kind_is_the_head_noun(name: str, kind: str) -> None:
    for called in ({"name": name, "aliases": []}, {"name": "无名", "aliases": [name]}):
        graph: Graph = nx.MultiDiGraph()
        thing(graph, "u", "TradeUnion", "工会")
        fact(graph, "u", "organizes", thing(graph, "a", "Activity", ""))
        graph.nodes["a"].update(called)
        assert figures("activities-by-kind", graph=graph) == [(kind, (1,))]


def test_kinds_beyond_the_top_are_told_as_others() -> None:
    found = figures("activities-by-kind", Choice(top=2))
    assert found[-1] == ("其他 4 类", (3, 1))
    assert len(found) == 3


def test_activities_by_district() -> None:
    shown = chart(sample_graph(), "activities-by-district")
    assert [(row.label.zh, row.depth, row.values) for row in shown.rows] == [
        ("北京市", 0, (3, 1)),  # 慰问 has no place; who held it is the union of 北京市
        ("西城区", 1, (2, 0)),
        ("月坛街道", 2, (1, 0)),
        ("大兴区", 1, (1, 0)),
        ("上海市", 0, (1, 0)),
        ("浦东新区", 1, (1, 0)),
    ]


def test_a_district_around_all_others_is_told_and_not_drawn() -> None:
    graph = sample_graph()
    graph.remove_node("sports")
    shown = chart(graph, "activities-by-district")
    assert [row.label.zh for row in shown.figures.drawn] == ["西城区", "月坛街道", "大兴区"]
    assert "北京市共 4 项，各行均在其内。" in shown.svg()


def test_top_organisers() -> None:
    assert series("top-organisers") == ["host", "undertaker", "co-host"]
    assert figures("top-organisers") == [
        ("北京市总工会", (2, 0, 0)),
        ("月坛街道总工会", (2, 0, 0)),
        ("上海市总工会", (1, 0, 0)),
        ("京华机械有限公司", (0, 1, 0)),
        ("浦江纺织有限公司", (0, 0, 1)),
        ("西城区总工会", (1, 0, 0)),
    ]
    planned = chart(sample_graph(), "top-organisers", Choice(("planned",)))
    assert [(row.label.zh, row.values, row.things) for row in planned.rows] == [
        ("西城区总工会", (1,), ("夏送清凉活动",))
    ]


def test_an_organiser_has_the_first_of_its_roles_in_an_activity() -> None:
    graph = sample_graph()
    fact(graph, "u-beijing", "organizes", "contest", role="undertaker")
    fact(graph, "u-daxing", "organizes", "contest")
    found = dict(figures("top-organisers", graph=graph))
    assert found["北京市总工会"] == (2, 0, 0, 0)
    assert found["大兴区总工会"] == (0, 0, 0, 1)


def test_union_hierarchy() -> None:
    shown = chart(sample_graph(), "union-hierarchy")
    assert [(row.label.zh, row.depth, row.above, row.inferred, row.values) for row in shown.rows] == [
        ("北京市总工会", 0, "", False, (2,)),
        ("西城区总工会", 1, "u-beijing", True, (1,)),
        ("月坛街道总工会", 2, "u-xicheng", False, (0,)),
        ("大兴区总工会", 0, "", False, (1,)),
        ("京华机械有限公司工会", 1, "u-daxing", False, (0,)),
    ]
    assert shown.figures.lead.zh == "2 条为原文所述（实线），1 条由名称推断（虚线）"
    assert shown.figures.notes[-1].zh == "另有 3 家工会未见上下级关系。"


def test_articles_over_time_and_facts_by_relation() -> None:
    assert figures("articles-over-time") == [("2025年3月", (1,)), ("2025年4月", (2,)), ("2025年5月", (1,))]
    found = dict(figures("facts-by-relation"))
    assert series("facts-by-relation") == ["happened", "planned", "reported", "denied"]
    assert found["举办"] == (8, 1, 1, 1)
    assert found["隶属于"] == (3, 0, 0, 0)
    assert "提及" not in found


@pytest.mark.parametrize(
    ("choice", "total"),
    [
        (Choice(since="2025-04-13"), 5),  # 慰问 lasts until 16 April
        (Choice(until="2025-03-31"), 2),
        (Choice(("happened",), "2025-05-01", "2025-05-31"), 1),
        (Choice(("happened", "planned", "reported", "denied")), 7),
        (Choice(("denied",)), 0),
    ],
)
def test_days_and_statuses_choose(choice: Choice, total: int) -> None:
    for name in ("activities-over-time", "activities-by-kind"):
        assert sum(row.total for row in chart(sample_graph(), name, choice).rows) == total


def test_facts_are_chosen_by_the_day_that_prints_them() -> None:
    found = dict(figures("facts-by-relation", Choice(since="2025-05-01")))
    assert found["帮扶"] == (1,)
    assert figures("union-hierarchy", Choice(since="2025-05-01")) == []


# ----------------------------------------------------------------------------------------------------------- periods


@pytest.mark.parametrize(
    ("months", "start", "end", "key"),
    [
        (1, "2025-03-08", "2025-03-08", "2025-03"),
        (1, "2025-03-20", "2025-04-05", "2025-03"),
        (1, "2025-03-27", "2025-04-16", "2025-04"),
        (1, "2025-04-28", "2025-05-03", "2025-04"),
        (1, "2025-01-31", "2025-03-02", "2025-02"),
        (1, "2025-03-01", "2025-04-15", None),
        (1, "2024-01-01", "2024-12-31", None),
        (3, "2024-12-30", "2025-01-02", "2024-Q4"),
        (12, "2024-01-01", "2024-12-31", "2024"),
        (120, "1999-05-01", "1999-05-01", "1990/1999"),
        (1, "9999-12-31", "9999-12-31", "9999-12"),
        (1, "0001-01-01", "0001-01-01", "0001-01"),
    ],
)
def test_an_interval_lies_where_most_of_its_days_are(months: int, start: str, end: str, key: str | None) -> None:
    unit = Unit(months)
    found = unit.place((datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)))
    assert (None if found is None else unit.key(found)) == key


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-01", "2025-01", 1),
        ("2023-01", "2025-06", 1),
        ("2023-01", "2025-07", 3),
        ("2019-01", "2026-12", 3),
        ("2018-12", "2026-12", 12),
        ("1949-10", "2025-01", 60),
        ("0001-01", "9999-12", 6000),
    ],
)
def test_periods_grow_with_the_span(first: str, last: str, months: int) -> None:
    days = [datetime.date.fromisoformat(f"{month}-01") for month in (first, last)]
    unit = unit_for([(day, day) for day in days], "auto")
    assert unit.months == months
    assert unit.at(days[1]) - unit.at(days[0]) < 41


def test_a_period_can_be_asked_for_and_stays_drawable() -> None:
    graph = sample_graph()
    assert [row.key for row in chart(graph, "activities-over-time", Choice(period="quarter")).rows] == [
        "2025-Q1",
        "2025-Q2",
    ]
    graph.nodes["fair"].update(start="0001-01-01", end="0001-01-01")
    assert len(chart(graph, "activities-over-time", Choice(period="month")).rows) <= 400


# -------------------------------------------------------------------------------------------------------------- laws

dates = st.one_of(
    st.just(("", "")), st.dates().map(lambda day: (day.isoformat(),) * 2), st.tuples(*[st.text(max_size=10)] * 2)
)
news = st.lists(
    st.tuples(dates, st.sampled_from(["happened", "planned", "reported", "denied"]), st.booleans()), max_size=30
)


@given(news, st.integers(0, 5))
def test_every_activity_is_in_one_row(given_news: list[tuple[tuple[str, str], str, bool]], top: int) -> None:
    graph: Graph = nx.MultiDiGraph()
    thing(graph, "u", "TradeUnion", "工会")
    for number, ((start, end), status, vague) in enumerate(given_news):
        activity = thing(graph, f"a{number}", "Activity", f"第{number}届大赛", start=start, end=end, vague=vague)
        fact(graph, "u", "organizes", activity, status=status, role="host")
    statuses = ("happened", "planned", "reported", "denied")
    for name in ("activities-over-time", "activities-by-kind", "top-organisers"):
        shown = chart(graph, name, Choice(statuses, top=top))
        assert sum(row.total for row in shown.rows) == len(given_news)
        ET.fromstring(shown.svg())
    assert all(len(row.things) == row.total for row in chart(graph, "activities-over-time", Choice(statuses)).rows)


pairs = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.booleans()), max_size=40)


def unions(links: list[tuple[int, int, bool]]) -> Graph:
    graph: Graph = nx.MultiDiGraph()
    for below, above, inferred in links:
        for number in (below, above):
            thing(graph, f"u{number}", "TradeUnion", f"第{number}工会")
        fact(graph, f"u{below}", "subordinateTo", f"u{above}", inferred=inferred)
    return graph


@given(pairs, st.integers(1, 20))
def test_a_tree_has_each_union_once_whatever_circles_there_are(links: list[tuple[int, int, bool]], top: int) -> None:
    graph = unions(links)
    whole = chart(graph, "union-hierarchy", Choice(top=ALL)).rows
    assert sorted(row.key for row in whole) == sorted(graph)
    assert all(row.hidden == 0 for row in whole)
    part = chart(graph, "union-hierarchy", Choice(top=top)).rows
    keys = [row.key for row in part if row.key]
    assert len(keys) == len(set(keys))
    assert len(keys) + sum(row.hidden for row in part) == len(graph)
    for rows in (whole, part):
        path: list[str] = []
        for row in rows:
            del path[row.depth :]
            assert len(path) == row.depth
            assert row.above == (path[-1] if path else "")
            path.append(row.key)
    sizes = {row.key: row.values[0] for row in whole}
    assert sum(size + 1 for key, size in sizes.items() if not next(r for r in whole if r.key == key).depth) == len(
        graph
    )


@given(pairs)
def test_a_forest_is_one_and_the_order_of_facts_does_not_matter(links: list[tuple[int, int, bool]]) -> None:
    made = [Link(f"f{at:02}", str(a), str(b), "happened", inferred=c) for at, (a, b, c) in enumerate(links)]
    placed = forest(made)
    assert forest(reversed(made)) == placed
    tree = nx.DiGraph([(child, link.object) for child, link in placed.items()])
    assert not tree or nx.is_forest(tree)
    assert all(placed[child].subject == child for child in placed)


def test_what_is_stated_goes_before_what_names_suggest() -> None:
    graph = unions([(1, 2, True), (1, 3, False), (3, 1, True)])
    shown = chart(graph, "union-hierarchy")
    assert {row.key: row.above for row in shown.rows} == {"u1": "u3", "u2": "", "u3": ""}
    assert "另有 2 条" in shown.figures.notes[0].zh


def test_a_chain_of_thousands_does_not_hang() -> None:
    graph = unions([(number, number + 1, False) for number in range(3000)] + [(3000, 0, False)])
    shown = chart(graph, "union-hierarchy")
    assert shown.rows[0].values == (3000,)
    assert len(shown.rows) == 30
    assert shown.rows[-1].hidden == 2971
    ET.fromstring(shown.svg())


@given(st.text(max_size=80), st.floats(2, 40))
def test_lines_and_labels_keep_to_their_room(text: str, room: float) -> None:
    assert ems(shortened(text, room)) <= room
    lines = fold(text, room)
    assert all(line == line.strip() != "" for line in lines)
    assert "".join("".join(lines).split()) == "".join(shortened(text, 1e9).split())


# ----------------------------------------------------------------------------------------------------------- drawing

GRAPHS: dict[str, Callable[[], Graph]] = {
    "sample": sample_graph,
    "hostile": hostile_charts,
    "years": years_graph,
    "empty": lambda: EMPTY,
}
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_drawings_are_well_formed_and_inert(graph: str, language: Language) -> None:
    for shown in charts(GRAPHS[graph](), language=language, dark=language == "en"):
        for text in (shown.svg(), drawing.draw(shown.figures, width=drawing.NARROW, inline=True, language=language)):
            root = ET.fromstring(text.encode("utf-8"))
            assert root.tag == f"{SVG}svg"
            for one in root.iter():
                assert one.tag.removeprefix(SVG) in {"svg", "g", "rect", "path", "circle", "text", "tspan", "title"}
                assert not [name for name in one.attrib if name.startswith("on") or name in ("href", "style", "id")]


def test_a_long_name_is_shortened_and_told_whole() -> None:
    root = ET.fromstring(chart(hostile_charts(), "top-organisers", Choice(top=ALL)).svg())
    texts = ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]
    titles = {one.text for one in root.iter(f"{SVG}title")}
    assert max(map(len, texts)) < 80
    assert "长" * 5000 in titles
    assert any(text.startswith("长长长") and text.endswith("…") for text in texts)
    assert not any(char in text for text in texts for char in "\u202e\u2028\0\ufeff\ud83d")


def test_axes_start_at_zero_and_end_at_a_round_number() -> None:
    for most, count in itertools.product((0, 1, 2, 3, 5, 7, 11, 106, 999, 1001, 10**9), (3, 4, 5, 6)):
        ticks = drawing._ticks(most, count)
        steps = {b - a for a, b in pairwise(ticks)}
        assert ticks[0] == 0
        assert ticks[-1] >= most
        assert len(ticks) <= count + 1
        assert len(steps) == 1
        assert str(steps.pop()).rstrip("0") in ("1", "2", "5")


def test_columns_are_as_tall_as_their_numbers() -> None:
    root = ET.fromstring(chart(sample_graph(), "articles-over-time").svg())
    heights = [float(one.attrib["height"]) for one in root.iter(f"{SVG}rect") if one.attrib["class"] == "s-other"]
    assert heights == [125.0, 250.0, 125.0]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_is_enough_and_no_two_series_differ_by_colour_alone(theme: Theme) -> None:
    assert contrast(theme.ink, theme.paper) >= 7
    assert contrast(theme.soft, theme.paper) >= 4.5
    for look in (*theme.series.values(), theme.other):
        assert contrast(look.stroke, theme.paper) >= 3
    assert contrast(theme.axis, theme.paper) >= 3
    assert contrast(theme.dot, theme.paper) >= 3
    for together in (["happened", "vague", "planned"], ["host", "undertaker", "co-host"], ["stated", "by-organiser"]):
        textures = [TEXTURES.get(name, "") for name in together]
        assert len(set(textures)) == len(textures)
    assert set(TEXTURES) == set(theme.series)


def test_the_same_graph_gives_the_same_bytes_under_any_hash_seed() -> None:
    code = (
        "import hashlib\nfrom exports.view.charts import charts, page\nfrom tests.view.charts import years_graph\n"
        "shown = charts(years_graph())\n"
        "print(hashlib.sha256((page(shown) + ''.join(one.svg() for one in shown)).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_the_order_in_which_a_graph_was_put_together_does_not_matter() -> None:
    graph = sample_graph()
    turned: Graph = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for subject, target, key, data in reversed(list(graph.edges(keys=True, data=True))):
        turned.add_edge(subject, target, key)
        turned.edges[subject, target, key].update(data)
    assert page(charts(turned)) == page(charts(graph))


# --------------------------------------------------------------------------------------------------------------- png


def pixels(data: bytes) -> tuple[int, int, set[bytes]]:
    """Return width, height and the colours of a PNG with 8 bits a channel, without interlacing."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, packed, head = 8, b"", b""
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        head = body if kind == b"IHDR" else head
        packed += body if kind == b"IDAT" else b""
        at += 12 + length
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    assert (depth, interlaced) == (8, 0)
    size = {2: 3, 6: 4}[colour]
    raw, before, colours = zlib.decompress(packed), bytes(width * size), set()
    for row in range(height):
        line = raw[row * (width * size + 1) :][: width * size + 1]
        before = bytes(_unfilter(line[0], line[1:], before, size))
        colours |= {before[at : at + 3] for at in range(0, len(before), size)}
    return width, height, colours


def _unfilter(kind: int, line: bytes, above: bytes, size: int) -> Iterator[int]:
    done: list[int] = []
    for at, value in enumerate(line):
        left = done[at - size] if at >= size else 0
        up, corner = above[at], above[at - size] if at >= size else 0
        guess = left + up - corner
        near = min((left, up, corner), key=lambda one: abs(guess - one))
        done.append((value + (0, left, up, (left + up) // 2, near)[kind]) & 255)
    yield from done


def with_fonts() -> bool:
    return not png.lacking(png.PROBE)


needs_fonts = pytest.mark.skipif(not with_fonts(), reason="no font with Chinese characters; Debian: fonts-noto-cjk")


@needs_fonts
@pytest.mark.parametrize("name", CHARTS)
def test_a_png_has_its_size_and_something_on_it(name: str) -> None:
    shown = chart(sample_graph(), name)
    data = shown.png(width=400)
    assert data == shown.png(width=400)
    width, height, colours = pixels(data)
    across, tall = (int(found) for found in re.findall(r"(?:width|height)=\"(\d+)\"", shown.svg())[:2])
    assert width == 400
    assert abs(height - 400 * tall / across) <= 1
    assert {b"\xff\xff\xff", bytes.fromhex("1f2328")} < colours
    assert pixels(shown.png(scale=0.25))[0] == across // 4


@needs_fonts
def test_a_dark_png_is_dark_and_a_hostile_one_is_drawn() -> None:
    shown = chart(hostile_charts(), "top-organisers", dark=True)
    assert bytes.fromhex("0f1419") in pixels(shown.png(width=300))[2]


def test_a_png_needs_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    import resvg_py

    plain = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **options: plain(**options, skip_system_fonts=True))
    with pytest.raises(NotAvailable, match="no font here has Chinese characters; install one"):
        chart(sample_graph(), "top-organisers").png()


@needs_fonts
def test_characters_no_font_has_are_named_and_sizes_have_an_end() -> None:
    assert png.lacking("工会 abc，\U0010abcd") == ["\U0010abcd"]
    with pytest.raises(KGError, match="too large; choose at most"):
        chart(sample_graph(), "top-organisers").png(width=10**8)


# ------------------------------------------------------------------------------------------------ page, notebook, table


@pytest.mark.parametrize("graph", GRAPHS)
def test_a_page_has_no_script_and_nothing_from_elsewhere(graph: str) -> None:
    text = page(charts(GRAPHS[graph]()))
    text.encode("utf-8")
    read = Reader(text)
    policy = next(attrs["content"] for tag, attrs in read.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "script-src 'none'" in policy
    assert "unsafe" not in policy
    for tag, attrs in read.tags:
        assert tag not in ("script", "link", "iframe", "img", "image", "object", "embed", "base", "use")
        assert not {"src", "style"} & attrs.keys()
        assert not [name for name in attrs if name.startswith("on")]
        assert str(attrs.get("href", "#")).startswith("#")
    ids = [attrs["id"] for _, attrs in read.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert set(CHARTS) <= set(ids)


def test_a_page_tells_the_figures_and_what_they_stand_for() -> None:
    text = page([chart(sample_graph(), "top-organisers")])
    assert "<title>举办活动最多的单位" in text
    assert "数据表（6 行）" in text
    assert "<bdi>困难职工慰问</bdi>；<bdi>职工技能大赛</bdi>" in text
    english = page([chart(sample_graph(), "top-organisers", language="en", dark=True)])
    assert 'lang="en"' in english
    assert "The figures (6 rows)" in english


def test_a_page_of_no_chart_is_a_page() -> None:
    assert "<h1>工会新闻图表</h1>" in page([])


def test_a_notebook_shows_a_chart() -> None:
    shown = chart(sample_graph(), "top-organisers")
    assert isinstance(shown, Chart)
    assert shown._repr_svg_() == shown.svg()
    assert shown._repr_html_().startswith("<div><svg ")
    assert "<table>" in shown._repr_html_()
    assert isinstance(shown.rows[0], Row)


def test_a_name_that_is_none_ends_with_near_ones() -> None:
    with pytest.raises(UnknownName, match="did you mean top-organisers"):
        chart(EMPTY, "top-organizers")


@pytest.mark.parametrize("name", CHARTS)
def test_an_empty_graph_has_charts_that_say_so(name: str) -> None:
    shown = chart(EMPTY, name)
    assert shown.rows == ()
    assert "没有可画的内容。" in shown.svg()
    assert "没有可画的内容。" in page([shown])


def test_tables_hold_names_keys_and_numbers() -> None:
    table = chart(sample_graph(), "union-hierarchy", Choice(top=ALL)).table()
    assert table.columns == ("trade_union", "key", "level", "above", "above_key", "inferred", "below")
    assert table.rows[1] == ("西城区总工会", "u-xicheng", 1, "北京市总工会", "u-beijing", True, 1)
    table = chart(sample_graph(), "activities-by-district").table()
    assert table.columns[-4:] == ("stated", "by_organiser", "total", "names")
    assert table.rows[0][:2] == ("北京市", "beijing")


def test_the_hostile_names_are_all_there() -> None:
    assert {row.label.zh for row in chart(hostile_charts(), "top-organisers").rows} >= {HOSTILE[0]}
    names = {row.label.zh for row in chart(hostile_charts(), "union-hierarchy", Choice(top=ALL)).rows}
    assert {*HOSTILE, LONE} <= names
