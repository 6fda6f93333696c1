"""From what a user calls a thing to the thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kg.errors import UnknownName
from loaders import LOADERS, Store, get_loader
from queries import AmbiguousName, ParameterError, ask, bind, cite, find, get_query, resolve, without_facts
from tests.neo4j_server import Server, wipe
from tests.sample import WORKSPACE, sample_graph

ENGINES = [pytest.param(name, marks=pytest.mark.neo4j) if name == "neo4j" else name for name in LOADERS]


@pytest.fixture(scope="module", params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    graph = sample_graph()
    graph.nodes["beijing"]["aliases"] = ["北京", "Beijing（市）"]
    graph.nodes["u-daxing"]["aliases"] = ["西城区总工会"]  # an alias that is another's name
    if request.param == "neo4j":
        server: Server = request.getfixturevalue("neo4j_server")
        wipe(server)
        options = {"username": server.username, "password": server.password, "database": server.database}
        opened = get_loader("neo4j")(server.uri, **options)
    else:
        opened = get_loader(request.param)(tmp_path_factory.mktemp("names") / "graph.kgl")
    with opened:
        opened.load(graph, workspace=WORKSPACE)
        yield opened
    if request.param == "neo4j":
        wipe(server)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("北京市总工会", "u-beijing", id="name"),
        pytest.param("  北京市总工会\n", "u-beijing", id="blanks around it"),
        pytest.param("街道总工会", "u-yuetan", id="alias"),
        pytest.param("u-shanghai", "u-shanghai", id="key"),
        pytest.param("u-yuetan-2", "u-yuetan", id="former key"),
        pytest.param("Beijing(市)", "beijing", id="half width for full width"),
        pytest.param("Ｂｅｉｊｉｎｇ（市）", "beijing", id="full width for half width"),
        pytest.param("西城区总工会", "u-xicheng", id="a name counts before an alias"),
    ],
)
def test_a_name_leads_to_its_entity(store: Store, text: str, key: str) -> None:
    assert resolve(store.query, text).key == key


def test_an_ambiguous_name_ends_with_the_candidates(store: Store) -> None:
    with pytest.raises(AmbiguousName) as caught:
        resolve(store.query, "市总工会")
    assert str(caught.value) == (
        "'市总工会' may be 2 entities: 上海市总工会 (TradeUnion, u-shanghai), 北京市总工会 (TradeUnion, u-beijing); "
        "give the full name or the key"
    )
    assert caught.value.exit_code == 2
    assert [hit.key for hit in caught.value.candidates] == ["u-shanghai", "u-beijing"]


def test_classes_narrow_a_name(store: Store) -> None:
    assert resolve(store.query, "北京", classes=["District"]).key == "beijing"
    with pytest.raises(UnknownName, match="no Person or Venue called '北京'"):
        resolve(store.query, "北京", classes=["Venue", "Person"])


def test_an_unknown_name_ends_with_near_ones(store: Store) -> None:
    with pytest.raises(UnknownName, match="no entity called '北京市总公会'; did you mean 北京市总工会"):
        resolve(store.query, "北京市总公会")
    with pytest.raises(UnknownName, match="no entity called '查无此人'"):
        resolve(store.query, "查无此人")
    with pytest.raises(UnknownName):
        resolve(store.query, "")


def test_find_gives_the_best_first(store: Store) -> None:
    hits = [(hit.name, hit.how) for hit in find(store.query, "西城区")]
    assert hits == [
        ("西城区", "name"),
        ("西城区总工会", "start"),
        ("西城区工人文化宫", "start"),
        ("西城区总工会送岗位到街道", "start"),
        ("大兴区总工会", "part"),  # by its alias
    ]
    assert [hit.key for hit in find(store.query, "总工会", classes=["TradeUnion"], limit=2)] == [
        "u-shanghai",
        "u-dongcheng",
    ]
    assert [hit.name for hit in find(store.query, "beijing")] == ["北京市"]
    assert find(store.query, "职工的") == []


PARAMETERS: list[Any] = [
    pytest.param(
        "people-roles",
        {"persn": "王建国"},
        "no parameter of people-roles called 'persn'; did you mean person",
        id="name",
    ),
    pytest.param("neighbourhood", {}, "neighbourhood wants name (Entity: the entity); give -p name=...", id="missing"),
    pytest.param("neighbourhood", {"name": " "}, "name is empty; the entity", id="empty"),
    pytest.param(
        "unions-by-activity", {"since": "三月"}, "since=三月: a day written as YYYY-MM-DD is wanted", id="day"
    ),
    pytest.param("well-sourced", {"least": "两"}, "least=两: a whole number is wanted", id="number"),
    pytest.param("people-roles", {"person": "王建军"}, "no Person called '王建军'; did you mean 王建国?", id="entity"),
    pytest.param("timeline", {"name": "市总工会"}, "'市总工会' may be 2 entities", id="ambiguous"),
]


@pytest.mark.parametrize(("name", "values", "says"), PARAMETERS)
def test_a_wrong_parameter_says_what_is_wanted(store: Store, name: str, values: dict[str, object], says: str) -> None:
    with pytest.raises(UnknownName) as caught:
        ask(store.query, get_query(name), values)
    assert str(caught.value).startswith(says)
    assert caught.value.exit_code == 2


def test_parameters_become_what_the_query_wants(store: Store) -> None:
    assert bind(store.query, get_query("well-sourced"), {"least": "3"}) == {"least": 3}
    assert bind(store.query, get_query("unions-by-activity"), {"since": "2025-01-01"}) == {
        "since": "2025-01-01",
        "until": "",
    }
    assert bind(store.query, get_query("people-roles"), {"person": "王建国"}) == {"person_key": "wang", "body_key": ""}


def test_a_row_has_a_citation_for_each_sentence(store: Store) -> None:
    table = ask(store.query, get_query("supports"), {"name": "和田市"})
    assert without_facts(table).rows == (("西城区", "和田市", 2),)
    cited = cite(store.query, table)
    assert cited.columns == (
        *("giver", "receiver", "sources"),
        *("paper", "issue_date", "page_number", "page", "line", "quote"),
    )
    assert cited.rows == (
        (
            "西城区",
            "和田市",
            2,
            "京华工报",
            "2025-04-16",
            "2",
            "p2",
            "5",
            "西城区对口帮扶和田市，北京市总工会结对上海市总工会。",
        ),
        ("西城区", "和田市", 2, "京华工报", "2025-05-21", "1", "p3", "5", "西城区对口帮扶和田市已有三年。"),
    )


def test_a_row_without_a_sentence_stays(store: Store) -> None:
    table = store.query("MATCH (d:Article)-[r:ON_PAGE]->(p) RETURN d.key AS d, [r.key] AS facts ORDER BY d LIMIT 1")
    assert cite(store.query, table).rows == (("a1", None, None, None, None, None, None),)


def test_evidence_wants_facts(store: Store) -> None:
    with pytest.raises(ParameterError, match="wants a column `facts`"):
        cite(store.query, store.query("RETURN 1 AS x"))
