"""Each question has the answer written down, on every engine, and a planted change changes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kg.errors import OntologyError
from loaders import LOADERS, Store, get_loader
from queries import FACTS, Table, ask, cite, library
from queries.library import parse
from tests.neo4j_server import Server, wipe
from tests.queries.answers import ANSWERS, Answer, Plant, add
from tests.sample import ARTICLES, WORKSPACE, sample_graph

ENGINES = [pytest.param(name, marks=pytest.mark.neo4j) if name == "neo4j" else name for name in LOADERS]
IDS = [f"{answer.query}-{number}" for number, answer in enumerate(ANSWERS)]

Opened = Callable[[Plant | None], Store]


@pytest.fixture(scope="module", params=ENGINES)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Gives a store that holds the sample, changed by a plant or not; one store takes the changes in turn."""
    with ExitStack() as stack:
        if request.param == "neo4j":
            server: Server = request.getfixturevalue("neo4j_server")
            wipe(server)
            stack.callback(wipe, server)
            store = stack.enter_context(
                get_loader("neo4j")(
                    server.uri, username=server.username, password=server.password, database=server.database
                )
            )
        else:
            store = stack.enter_context(get_loader(request.param)(tmp_path_factory.mktemp("stores") / "graph.kgl"))
        held: list[object] = ["nothing"]

        def give(plant: Plant | None) -> Store:
            if held[0] is not plant:
                graph = sample_graph()
                if plant is not None:
                    plant(graph)
                store.load(graph, workspace=WORKSPACE)
                held[0] = plant
            return store

        yield give


@pytest.mark.parametrize("answer", ANSWERS, ids=IDS)
def test_the_answer_is_the_one_written_down(opened: Opened, answer: Answer) -> None:
    query = library()[answer.query]
    table = ask(opened(None).query, query, answer.parameters)
    assert table.columns == tuple(column.name for column in query.columns)
    assert list(table.rows) == list(answer.rows)
    assert answer.rows


@pytest.mark.parametrize("answer", ANSWERS, ids=IDS)
def test_a_planted_change_changes_the_answer(opened: Opened, answer: Answer) -> None:
    after = _shown(ask(opened(answer.plant).query, library()[answer.query], answer.parameters))
    before = [row[:-1] for row in answer.rows]
    assert [row for row in before if row not in after] == list(answer.lost)
    assert [row for row in after if row not in before] == list(answer.gained)
    assert answer.lost or answer.gained


def test_every_question_has_an_answer() -> None:
    assert {answer.query for answer in ANSWERS} == set(library())
    assert len(library()) >= 18


def test_every_row_can_be_cited(opened: Opened) -> None:
    store = opened(None)
    for answer in ANSWERS:
        table = ask(store.query, library()[answer.query], answer.parameters)
        cited = cite(store.query, table)
        seen = {str(row[: len(table.columns) - 1]) for row in cited.rows}
        assert seen == {str(row[:-1]) for row in table.rows}
        for paper, issue_date, page_number, page, line, quote in (row[-6:] for row in cited.rows):
            assert paper == "京华工报"
            assert issue_date in ("2025-03-12", "2025-04-16", "2025-05-21")
            assert (page, page_number) in (("p1", "3"), ("p2", "2"), ("p3", "1"))
            text = "\n\n" + "".join(text for of, _, text in ARTICLES.values() if of == page and str(quote) in text)
            first = int(str(line).split("-")[0])
            assert text.splitlines()[first - 1].startswith(str(quote).splitlines()[0])


def test_a_denied_shortcut_does_not_hide_the_way_around_it(opened: Opened) -> None:
    (answer, _) = [answer for answer in ANSWERS if answer.query == "shortest-path"]
    plant = add("role-li", "role-li-2", "li", "jinghua", status="denied")
    table = ask(opened(plant).query, library()["shortest-path"], answer.parameters)
    assert list(table.rows) == list(answer.rows)


def test_no_connection_is_an_empty_answer(opened: Opened) -> None:
    store = opened(None)
    for start, goal in (("东城区总工会", "健步走"), ("李梅", "李梅")):
        assert ask(store.query, library()["shortest-path"], {"from": start, "to": goal}).rows == ()


def test_the_order_of_loading_does_not_change_answers(opened: Opened) -> None:
    def turned(graph: Any) -> None:
        edges = list(graph.edges(keys=True, data=True))
        nodes = list(graph.nodes(data=True))
        graph.clear()
        graph.add_nodes_from(reversed(nodes))
        for subject, obj, key, data in reversed(edges):
            graph.add_edge(subject, obj, key)
            graph.edges[subject, obj, key].update(data)

    store = opened(turned)
    for answer in ANSWERS:
        assert list(ask(store.query, library()[answer.query], answer.parameters).rows) == list(answer.rows)


@pytest.mark.parametrize("name", sorted(library()))
def test_a_question_is_portable_and_its_order_certain(name: str) -> None:
    query = library()[name]
    assert "ORDER BY" in query.cypher.rsplit("RETURN", 1)[1]
    assert re.search(r"\.end\b", query.cypher) is None  # END is a keyword of the embedded engine
    assert "count(*)" not in query.cypher
    assert query.columns[-1].name == FACTS
    for column in query.columns:
        assert re.fullmatch(r"[a-z_]+", column.name)


HEAD = """\
// name: x
// zh: 甲
// en: x
// parameter: of District = "" | 地区 | the district
// column: facts | 依据 | facts
"""


def test_a_head_is_read() -> None:
    query = parse(HEAD + "MATCH (d {key: $of_key}) RETURN [] AS facts", "x.cypher")
    assert (query.name, query.title_zh, query.title_en, query.happened) == ("x", "甲", "x", False)
    (parameter,) = query.parameters
    assert (parameter.name, parameter.default, sorted(parameter.classes)) == ("of", "", ["District"])
    assert query.cypher.startswith("MATCH")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("// zh: 甲\n", "", "must say zh once"),
        ("// en: x\n", "// en: x\n// note: y\n", "not `// word: text`"),
        ("District", "Town", "no type Town"),
        ('""', "3", "3 is no District"),
        ("| 地区 |", "|", "three parts"),
        ("column: facts", "column: names", "last column must be facts"),
        ("of District", "at District", "differ in parameters: at_key, of_key"),
        ("// name", "// facts: planned\n// name", "facts may only be: happened"),
    ],
)
def test_a_head_that_does_not_say_all_is_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(OntologyError, match=f"queries/cypher/x.cypher: .*{re.escape(says)}"):
        parse(HEAD.replace(old, new) + "MATCH (d {key: $of_key}) RETURN [] AS facts", "x.cypher")


def test_the_files_are_tidy() -> None:
    folder = Path(__file__).parents[2] / "queries" / "cypher"
    for path in folder.glob("*.cypher"):
        text = path.read_text(encoding="utf-8")
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert all(line == line.rstrip() for line in text.splitlines())


def _shown(table: Table) -> list[tuple[object, ...]]:
    return [row[:-1] for row in table.rows]
