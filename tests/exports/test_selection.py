"""What is published of a graph: of people, and without what was withdrawn."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast, get_args
from urllib.parse import quote

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import EXPORTERS, FOLDER_EXPORTERS, get_exporter
from kg.build import build
from kg.check import shape_violations
from kg.cli.options import persons_option
from kg.errors import InputError
from kg.graph import Flow, as_flow, as_graph, flow
from kg.selection import _GAP, PERSONS, Persons, Selection, parse_withdrawals, read_selection, select
from kg.workspace import Workspace
from tests.cli.run import invoke, one_line
from tests.exports.graphs import node_id, sample
from tests.sample import ARTICLES, sample_graph

RDF = [name for name in EXPORTERS if name != "graphml"]
GRAPHS: dict[str, Callable[[], nx.MultiDiGraph[str]]] = {"awkward": sample, "sample": sample_graph}


def written(name: str, graph: nx.MultiDiGraph[str] | Flow) -> str:
    stream = io.BytesIO()
    get_exporter(name).write(as_graph(graph), stream)
    return stream.getvalue().decode()


def content(graph: Flow) -> tuple[list[Any], list[Any]]:
    return list(graph.nodes()), list(graph.edges())


def people(graph: Flow) -> dict[str, set[str]]:
    return {key: {data["name"], *data.get("aliases", ())} for key, data in graph.nodes() if data["type"] == "Person"}


def names_gone(graph: Flow, left: Flow) -> set[str]:
    """Return the names of people who were dropped, but for those that somebody has who stays."""
    there = people(left)
    gone = {name for key, names in people(graph).items() if key not in there for name in names}
    return gone - {name for names in there.values() for name in names}


# ---------------------------------------------------------------- laws


@pytest.mark.parametrize("name", EXPORTERS)
@pytest.mark.parametrize("graph", GRAPHS)
def test_to_select_everything_changes_no_byte(name: str, graph: str) -> None:
    assert written(name, select(GRAPHS[graph](), Selection())) == written(name, GRAPHS[graph]())
    elsewhere = Selection(withdrawn={"entity-elsewhere": "of another workspace"})
    assert written(name, select(GRAPHS[graph](), elsewhere)) == written(name, GRAPHS[graph]())


def test_to_select_everything_is_the_same_flow(demo: Path) -> None:
    graph = flow(demo)
    assert select(graph, read_selection(demo)) is graph


@pytest.mark.parametrize("persons", PERSONS)
@pytest.mark.parametrize("withdrawn", [(), ("a1",), ("p2",), ("wang", "a4"), ("u-yuetan-1",), ("chen", "zhao", "a2")])
def test_to_select_again_changes_nothing(persons: Persons, withdrawn: Iterable[str]) -> None:
    selection = Selection(persons, dict.fromkeys(withdrawn, "asked for"))
    once = select(sample_graph(), selection)
    assert content(select(once, selection)) == content(once)


@given(
    st.sampled_from(PERSONS),
    st.sets(st.sampled_from(sorted(sample_graph())), max_size=8),
)
def test_what_was_withdrawn_is_nowhere(persons: Persons, withdrawn: set[str]) -> None:
    selection = Selection(persons, dict.fromkeys(withdrawn, "asked for"))
    before = as_flow(sample_graph())
    left = select(before, selection)
    nodes, edges = content(left)
    keys = {key for key, _ in nodes}
    assert not keys & withdrawn
    said = [key for edge in edges for key in (edge[0], edge[1], *edge[3]["articles"])]
    assert keys.issuperset(said)
    lines = written("nquads", left)
    assert not any(f"/id/{key}>" in lines or f"/id/{key}#" in lines for key in withdrawn)
    assert not [name for name in names_gone(before, left) if name in lines]
    assert content(select(left, selection)) == content(left)
    # what is left had its facts before, with as much behind them or more
    old = {key: data for *_, key, data in before.edges()}
    for _, _, key, data in edges:
        assert bool(data["articles"]) == bool(old[key]["articles"])
        assert set(data["articles"]) <= set(old[key]["articles"])
        assert data["sources"] <= old[key]["sources"]
        assert data["confidence"] == max(data["confidences"], default=old[key]["confidence"])
    lonely = keys - {end for edge in edges for end in edge[:2]}
    if persons == "all":  # nothing is left alone that was not
        assert lonely <= set(sample_graph()) - {end for edge in before.edges() for end in edge[:2]}


@pytest.mark.parametrize("persons", ["officials", "none"])
@pytest.mark.parametrize("name", EXPORTERS)
def test_names_of_the_dropped_stand_in_no_format(name: str, persons: Persons, demo: Path) -> None:
    for graph in (flow(demo), flow(demo, texts=True), as_flow(sample()), as_flow(sample_graph())):
        left = select(graph, Selection(persons))
        gone = names_gone(graph, left)
        data = written(name, left)
        assert gone
        assert not [one for one in gone if one in data or quote(one) in data]


def test_a_withdrawn_article_stands_in_no_format(demo: Path) -> None:
    articles = [key for key, data in flow(demo).nodes() if data["type"] == "Article"]
    for number, article in enumerate(articles):
        left = select(flow(demo), Selection(withdrawn={article: "asked for"}))
        for name in ("nquads", list(EXPORTERS)[number % len(EXPORTERS)]):
            assert article not in written(name, left)
    everything = select(flow(demo), Selection(withdrawn=dict.fromkeys(articles, "asked for")))
    assert content(everything) == ([], [])


def test_officials_are_those_with_a_post_that_they_hold(demo: Path) -> None:
    holders = {
        subject
        for subject, _, _, data in flow(demo).edges()
        if data["predicate"] == "hasRole" and data["status"] == "happened"
    }
    assert set(people(select(flow(demo), Selection("officials")))) == holders
    assert people(select(flow(demo), Selection("none"))) == {}
    assert get_args(Persons) == PERSONS


def test_a_post_that_is_only_planned_makes_no_official() -> None:
    graph = sample_graph()
    for *_, data in graph.edges(data=True):
        if data["key"] == "role-li":
            data["status"] = "planned"
    assert "li" in people(select(sample_graph(), Selection("officials")))
    assert "li" not in people(select(graph, Selection("officials")))


def test_who_holds_a_post_in_a_withdrawn_article_only_is_no_official() -> None:
    left = select(sample_graph(), Selection("officials", {"a1": "asked for"}))
    assert set(people(left)) == {"wang", "zhao"}


# ---------------------------------------------------------------- names


def masked(**texts: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an article and what somebody said in it, with these texts, when 李桂兰 is withdrawn."""
    graph = sample()
    graph.nodes[node_id("article")].update({key: text for key, text in texts.items() if key in ("headline", "kicker")})
    said = next(data for *_, data in graph.edges(data=True) if data["predicate"] == "quotedIn")
    for *_, data in graph.edges(data=True):
        if data["predicate"] == "unionOf":
            said = data
    said["quotes"] = [texts.get("quote", quote_) for quote_ in said["quotes"]]
    left = as_graph(select(graph, Selection(withdrawn={node_id("person"): "asked for"})))
    edge = next(data for *_, data in left.edges(data=True) if data["key"] == said["key"])
    return left.nodes[node_id("article")], edge


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("李桂兰当选", "○○○当选"),
        ("主席李 桂　兰说", "主席○ ○　○说"),
        ("主席李桂\n兰说", "主席○○\n○说"),
        ("主席李桂蘭說", "主席○○○說"),
        ("李桂兰、李桂兰", "○○○、○○○"),
        ("李桂花当选", "李桂花当选"),
    ],
)
def test_a_headline_keeps_its_length(printed: str, shown: str) -> None:
    node, edge = masked(headline=printed, kicker=printed, quote=printed)
    assert (node["headline"], node["kicker"]) == (shown, shown)
    assert set(edge["quotes"]) == ({printed} if printed == shown else {""})


def test_a_sentence_that_names_the_dropped_is_left_out_and_its_place_stays() -> None:
    _, edge = masked(quote="东河区总工会主席李桂兰说。")
    assert edge["quotes"] == ["", ""]
    assert all(edge["lines"])
    assert len(edge["starts"]) == 2
    graph = sample()
    for *_, data in graph.edges(data=True):
        data["quotes"] = ["李桂兰"] * len(data["quotes"])
    lines = written("ntriples", select(graph, Selection("none")))
    assert "TextPositionSelector" in lines
    assert "TextQuoteSelector" not in lines
    assert "#quote=" not in lines


def test_what_somebody_said_is_masked() -> None:
    graph = sample_graph()
    for *_, data in graph.edges(data=True):
        if data["key"] == "quote-wang-1":
            data["quote"] = "赵强的手艺好。"
    left = as_graph(select(graph, Selection(withdrawn={"zhao": "asked for"})))
    assert {data["quote"] for *_, data in left.edges(data=True) if data["key"] == "quote-wang-1"} == {"○○的手艺好。"}


def test_what_is_called_after_somebody_stays_unless_it_is_the_name() -> None:
    graph = sample_graph()
    graph.nodes["school"].update(name="赵强工作室", aliases=["赵强"], nameKey="Organization|赵强工作室")
    graph.nodes["card"].update(name="赵强", nameKey="Product|赵强")
    left = as_graph(select(graph, Selection(withdrawn={"zhao": "asked for"})))
    assert (left.nodes["school"]["name"], left.nodes["school"]["aliases"]) == ("赵强工作室", [])
    assert (left.nodes["card"]["name"], left.nodes["card"]["nameKey"]) == ("○○", "Product|○○")


def test_of_two_of_one_name_the_one_who_stays_keeps_it_where_the_other_is_not() -> None:
    graph = sample_graph()
    graph.nodes["chen"]["name"] = "王建国"  # a reporter, of a1 and a2
    left = as_graph(select(graph, Selection("officials")))
    quotes = {key: data["quotes"] for *_, key, data in left.edges(keys=True, data=True)}
    assert left.nodes["wang"]["name"] == "王建国"
    assert quotes["role-wang-x"] == [""]
    kept = [text for text in quotes["role-wang-b"] if text]
    assert [("a4" in ARTICLES and text in ARTICLES["a4"][2]) for text in kept] == [True]


# ---------------------------------------------------------------- articles


def test_a_fact_of_two_articles_loses_what_one_says() -> None:
    graph = sample_graph()
    before = next(data for *_, data in graph.edges(data=True) if data["key"] == "role-wang-b")
    before["confidences"] = [0.7, 0.95]
    before["confidence"] = 0.95
    left = as_graph(select(graph, Selection(withdrawn={"a4": "asked for"})))
    after = next(data for *_, data in left.edges(data=True) if data["key"] == "role-wang-b")
    assert (after["articles"], after["confidence"], after["sources"]) == (["a2"], 0.7, 1)
    assert (after["seen"], len(after["quotes"])) == (["2025-04-16"], 1)
    # what a4 alone tells of, and its page, which holds no other article
    assert not set(left) & {"a4", "p3", "u-shanghai-1", "pudong", "sports", "pujiang"}
    assert "shanghai" not in left
    assert "u-shanghai" in left


def test_a_page_goes_with_its_articles() -> None:
    left = as_graph(select(sample_graph(), Selection(withdrawn={"p2": "asked for"})))
    assert not set(left) & {"p2", "a2", "a3"}
    assert {"p1", "a1", "p3", "a4"} <= set(left)


def test_an_id_of_before_means_the_thing_of_today() -> None:
    lines = written("nquads", select(sample_graph(), Selection(withdrawn={"u-yuetan-1": "asked for"})))
    assert "u-yuetan" not in lines


# ---------------------------------------------------------------- withdraw.tsv


def a(kind: str, space: Path, number: int = 0) -> Any:
    return [one for one in Workspace.open(space).entities() if one.type == kind][number]


def test_a_line_names_an_id_a_key_a_name_or_a_page(demo_copy: Path) -> None:
    person, union, article, page = (a(kind, demo_copy) for kind in ("Person", "TradeUnion", "Article", "Page"))
    props = dict(article.props)
    for text, own in (
        (person.id, person.id),
        (person.key, person.id),
        (person.name, person.id),
        (f"TradeUnion:{union.name}", union.id),
        (article.id, article.id),
        (f"{props['page']}#{props['number']}", article.id),
        (article.name, article.id),
        (page.key.removeprefix("Page|"), page.id),
    ):
        (demo_copy / "withdraw.tsv").write_text(f"id\treason\n# why\n\n{text}\t本人要求\n", encoding="utf-8")
        selection = read_selection(demo_copy)
        assert selection.gone(own) == "本人要求", text
        assert selection.gone("entity-elsewhere") is None
    articles = {one.id for one in Workspace.open(demo_copy).entities() if dict(one.props).get("page") == props["page"]}
    assert article.id in articles
    (demo_copy / "withdraw.tsv").write_text(f"{props['page']}\t版权\n", encoding="utf-8")
    assert set(read_selection(demo_copy).withdrawn) > articles


def test_an_id_of_before_is_gone_as_well(demo_copy: Path) -> None:
    one = a("TradeUnion", demo_copy)
    path = demo_copy / "ids.tsv"
    path.write_text(path.read_text("utf-8") + f"TradeUnion|从前\tentity-before\t{one.id}\n", encoding="utf-8")
    for text in (one.id, "entity-before", "TradeUnion|从前"):
        (demo_copy / "withdraw.tsv").write_text(f"{text}\t错认\n", encoding="utf-8")
        selection = read_selection(demo_copy)
        assert (selection.gone(one.id), selection.gone("entity-before")) == ("错认", "错认")
    assert one.id not in written("nquads", select(flow(demo_copy), selection))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("entity-0123456789abcdef01234567\t错", r"line 2: nothing is called entity-0123456789abcdef01234567; write"),
        ("没有这个人\t错", r"line 2: nothing is called 没有这个人; write an id, or take the line out"),
        ("孟凡林\t错", r"line 2: 孟凡林 may be several: write entity-\w+ or entity-\w+"),
        ("孟凡林", r"line 2: not an id, key or name, and a reason, parted by a tab"),
        ("孟凡林\t", r"line 2: not an id"),
        ("孟凡林\t错\t李编辑", r"line 2: not an id"),
        ("\t错", r"line 2: not an id"),
    ],
)
def test_a_line_that_is_none_is_told_with_its_number(line: str, message: str, demo_copy: Path) -> None:
    (demo_copy / "withdraw.tsv").write_text(f"id\treason\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"withdraw.tsv, {message}"):
        read_selection(demo_copy)
    told = one_line(invoke("export", "ntriples", demo_copy), 3)
    assert "withdraw.tsv, line 2" in told


def test_lines_are_counted_as_an_editor_does() -> None:
    (one,) = parse_withdrawals("# a\n\nid\treason\nentity-1\t错\n")
    assert (one.line, one.what, one.reason) == (4, "entity-1", "错")


def test_the_command_selects(demo_copy: Path) -> None:
    article = a("Article", demo_copy)
    (demo_copy / "withdraw.tsv").write_text(f"{article.id}\t版权\n", encoding="utf-8")
    expected = select(flow(demo_copy), Selection("officials", {article.id: "版权"}))
    for name in EXPORTERS:
        done = invoke("export", name, demo_copy, "--persons", "officials")
        assert done.stdout.decode() == written(name, expected)
    done = invoke("export", "csv", demo_copy, "--persons", "officials", "-o", demo_copy.parent / "tables")
    assert done.returncode == 0
    assert article.id not in (demo_copy.parent / "tables" / "nodes.csv").read_text("utf-8")
    # the keeper's own questions are not changed
    assert article.id in invoke("query", demo_copy, "--cypher", "MATCH (a:Article) RETURN a.key").stdout.decode()
    choice = cast(Any, persons_option(lambda: None)).__click_params__[0].type
    assert tuple(choice.choices) == PERSONS


@pytest.mark.parametrize("persons", ["officials", "none"])
def test_what_is_published_keeps_to_the_shapes(persons: Persons, demo: Path) -> None:
    article = a("Article", demo).id
    left = as_graph(select(flow(demo), Selection(persons, {article: "asked for"})))
    assert list(shape_violations(left)) == []


def test_who_added_a_fact_by_hand_and_why_is_not_published(demo_copy: Path, tmp_path: Path) -> None:
    union = next(one for one in Workspace.open(demo_copy).entities() if one.type == "TradeUnion")
    person = next(one for one in Workspace.open(demo_copy).entities() if one.type == "Person")
    line = f"add\t{person.id}\thasRole title=顾问\t{union.id}\t李编辑\t见内部档案\n"
    (demo_copy / "corrections.tsv").write_text(line, encoding="utf-8")
    build((), demo_copy, add=True, workers=1)
    for name in (*EXPORTERS, *FOLDER_EXPORTERS):
        out = tmp_path / name
        assert invoke("export", name, demo_copy, "-o", out).returncode == 0
        files = out.rglob("*") if out.is_dir() else [out]
        text = "".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
        assert "顾问" in text
        assert "added by hand" in text
        assert "李编辑" not in text
        assert "内部档案" not in text


def test_marks_that_nobody_sees_hide_no_name() -> None:
    unseen = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Cf"]
    assert not [f"{ord(char):x}" for char in unseen if not _GAP.fullmatch(char)]
    person = node_id("person")
    for mark in ("\u200f", "\u00ad", "\u2066", "\ufe0f", "\u180e", "\U000e0101"):
        graph = sample()
        graph.nodes[node_id("second")]["headline"] = f"李{mark}桂{mark}兰谈大赛"
        data = dict(select(graph, Selection(withdrawn={person: "本人要求"})).nodes())
        assert data[node_id("second")]["headline"] == f"○{mark}○{mark}○谈大赛"


def test_a_page_that_is_called_after_somebody_is_masked_wherever_it_is_named() -> None:
    graph = sample()
    graph.nodes[node_id("page")].update(name="李桂兰专访-03", aliases=["李桂兰专访-03"], nameKey="Page|李桂兰专访-03")
    graph.nodes[node_id("second")]["page"] = "李桂兰专访-03"
    for *_, data in graph.edges(data=True):
        data["pages"] = ["李桂兰专访-03" for _ in data["pages"]]
    selection = Selection("none")
    for name in EXPORTERS:
        stream = io.BytesIO()
        get_exporter(name).write(select(graph, selection), stream)
        assert "李桂兰" not in stream.getvalue().decode()
        assert "○○○专访-03" in stream.getvalue().decode()
