"""What is particular to a server that others use too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import neo4j
import networkx as nx
import pytest

from kg.errors import StoreError
from loaders import LoadReport
from loaders.neo4j import Neo4jStore
from tests.loaders.reference import changed, everything, rows_of
from tests.neo4j_server import Server
from tests.sample import WORKSPACE, sample_graph

pytestmark = pytest.mark.neo4j


@pytest.fixture
def store(neo4j_database: Server) -> Iterator[Neo4jStore]:
    with open_store(neo4j_database) as opened:
        yield opened


def open_store(server: Server) -> Neo4jStore:
    return Neo4jStore(server.uri, username=server.username, password=server.password, database=server.database)


def test_keys_are_unique_and_nodes_say_where_they_come_from(store: Neo4jStore, others: neo4j.Session) -> None:
    store.load(sample_graph(), workspace=WORKSPACE)
    labels = others.run("MATCH (n {key: 'u-beijing'}) RETURN labels(n) AS l, n.workspace AS w").single(strict=True)
    assert (sorted(labels["l"]), labels["w"]) == (["Entity", "TradeUnion"], WORKSPACE)
    with pytest.raises(neo4j.exceptions.ConstraintError):
        others.run("CREATE (:Entity {key: 'u-beijing'})").consume()
    with pytest.raises(neo4j.exceptions.ConstraintError):
        others.run(
            "MATCH (a:Entity {key: 'li'}), (b:Entity {key: 'card'}) "
            "CREATE (a)-[:HAS_ROLE {key: 'role-li', workspace: $w}]->(b)",
            w=WORKSPACE,
        ).consume()


def test_what_others_put_there_survives(store: Neo4jStore, others: neo4j.Session) -> None:
    graph = sample_graph()
    store.load(graph, workspace=WORKSPACE)
    others.run(
        "MATCH (u:Entity {key: 'u-beijing'}), (w:Entity {key: 'wang'}) "
        "SET u.phone = '12351', u:Customer "
        "CREATE (u)-[:SPONSORS {since: 2020}]->(:Club {name: '俱乐部'}) "
        "CREATE (w)-[:HAS_ROLE {title: '顾问'}]->(u) "
        "WITH w MATCH (w)-[r:HAS_ROLE {key: 'role-wang-b'}]->() SET r.checked = true"
    ).consume()
    found = (
        "MATCH (u:Customer {phone: '12351'})-[s:SPONSORS {since: 2020}]->(c:Club {name: '俱乐部'}) "
        "MATCH (:Person)-[:HAS_ROLE {title: '顾问'}]->(u) MATCH (:Person)-[:HAS_ROLE {checked: true}]->(u) "
        "RETURN count(c) AS n"
    )
    assert others.run(found).single(strict=True)["n"] == 1
    assert store.load(graph, workspace=WORKSPACE).changes == 0
    graph.nodes["u-beijing"]["name"] = "北京市总工会（新）"
    graph.edges["wang", "u-beijing", "role-wang-b"]["sources"] = 3
    report = store.load(graph, workspace=WORKSPACE)
    assert (report.nodes_changed, report.edges_changed, report.changes) == (1, 1, 2)
    assert others.run(found).single(strict=True)["n"] == 1


def test_a_node_that_others_need_is_not_removed(store: Neo4jStore, others: neo4j.Session) -> None:
    graph = sample_graph()
    store.load(graph, workspace=WORKSPACE)
    others.run("MATCH (n:Entity {key: 'li'}) CREATE (:Note {text: '重要'})-[:ABOUT]->(n)").consume()
    others.run("MATCH (n:Entity {key: 'zhao'}) SET n.phone = '1'").consume()
    others.run("MATCH (n:Entity {key: 'card'}) SET n:Star").consume()
    graph.remove_nodes_from(["li", "zhao", "card", "welder"])
    report = store.load(graph, workspace=WORKSPACE)
    assert (report.nodes_removed, report.nodes_kept, report.nodes_changed) == (1, 3, 3)
    kept = others.run(
        "MATCH (n:Entity) WHERE n.key IN ['li', 'zhao', 'card', 'welder'] "
        "RETURN n.key AS key, labels(n) AS labels, n.name AS name, n.aliases AS aliases, n.phone AS phone, "
        "COUNT { (n)--() } AS edges ORDER BY key"
    ).values()
    assert kept == [
        ["card", ["Entity", "Star"], "职工普惠卡", None, None, 0],
        ["li", ["Entity"], "李梅", None, None, 1],
        ["zhao", ["Entity"], "赵强", None, "1", 0],
    ]
    again = store.load(graph, workspace=WORKSPACE)
    assert (again.changes, again.nodes_kept) == (0, 3)
    back = store.load(sample_graph(), workspace=WORKSPACE)
    assert (back.nodes_added, back.nodes_changed, back.nodes_kept) == (1, 3, 0)
    assert (
        others.run("MATCH (:Note)-[:ABOUT]->(n:Person {name: '李梅'}) RETURN count(n) AS n").single(strict=True)["n"]
        == 1
    )


def test_a_retracted_fact_goes_with_what_others_wrote_on_it_and_that_is_told(
    store: Neo4jStore, others: neo4j.Session
) -> None:
    graph = sample_graph()
    store.load(graph, workspace=WORKSPACE)
    others.run("MATCH ()-[r {key: 'org-fair-x'}]->() SET r.checked = true").consume()
    others.run("MATCH ()-[r {key: 'org-visit'}]->() SET r.checked = true").consume()
    graph.remove_edge("u-xicheng", "fair", "org-fair-x")
    graph.remove_edge("wang", "u-xicheng", "role-wang-x")
    report = store.load(graph, workspace=WORKSPACE)
    assert (report.edges_removed, report.edges_marked, report.changes) == (2, 1, 2)
    left = others.run("MATCH ()-[r {checked: true}]->() RETURN r.key AS key").value()
    assert left == ["org-visit"]


def test_a_load_never_takes_away_what_others_put_there(store: Neo4jStore, others: neo4j.Session) -> None:
    """All that somebody else made, on every node of ours, is there when nothing of ours is left."""
    store.load(sample_graph(), workspace=WORKSPACE)
    others.run(
        "MATCH (n:Entity) SET n.note = 'n-' + n.key, n:Marked "
        "CREATE (:Note {of: n.key})-[:ABOUT {weight: 1.5}]->(n)-[:HAS_ROLE {title: '顾问'}]->(:Club {of: n.key})"
    ).consume()
    theirs = (
        "MATCH (a:Note)-[r:ABOUT {weight: 1.5}]->(n:Marked)-[:HAS_ROLE {title: '顾问'}]->(c:Club) "
        "WHERE a.of = n.key AND c.of = n.key AND n.note = 'n-' + n.key RETURN n.key AS key ORDER BY key"
    )
    everyone = sorted(sample_graph())
    assert others.run(theirs).value() == everyone
    half = sample_graph()
    half.remove_nodes_from(everyone[::2])
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for graph in (changed(sample_graph()), half, empty):
        store.load(graph, workspace=WORKSPACE)
        assert others.run(theirs).value() == everyone
    assert [*store.nodes(), *store.edges()] == []
    assert others.run("MATCH (n:Marked) UNWIND keys(n) AS name RETURN DISTINCT name ORDER BY name").value() == [
        *("key", "name", "note", "workspace"),
    ]


def test_a_dry_run_reads_only_and_says_what_a_load_does(
    store: Neo4jStore, others: neo4j.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[str] = []
    real = neo4j.Driver.session

    def session(self: neo4j.Driver, **config: Any) -> neo4j.Session:
        modes.append(config.get("default_access_mode", neo4j.WRITE_ACCESS))
        return real(self, **config)

    others.run("DROP CONSTRAINT kg_entity_key IF EXISTS").consume()  # a dry run makes none either
    monkeypatch.setattr(neo4j.Driver, "session", session)
    before = everything(others)
    first = store.load(sample_graph(), workspace=WORKSPACE, dry_run=True)
    assert everything(others) == before
    assert modes == [neo4j.READ_ACCESS]
    assert store.load(sample_graph(), workspace=WORKSPACE) == first
    assert modes == [neo4j.READ_ACCESS, neo4j.WRITE_ACCESS]

    others.run("MATCH (n:Entity {key: 'walk'}) CREATE (:Note)-[:ABOUT]->(n)").consume()
    before = everything(others)
    would = store.load(changed(sample_graph()), workspace=WORKSPACE, dry_run=True)
    assert everything(others) == before
    assert modes[2:] == [neo4j.READ_ACCESS]
    assert (would.nodes_kept, would.nodes_added, would.edges_removed) == (1, 1, 3)
    assert store.load(changed(sample_graph()), workspace=WORKSPACE) == would
    assert everything(others) != before


def test_two_workspaces_share_nodes_and_keep_their_facts(store: Neo4jStore, others: neo4j.Session) -> None:
    one, two = sample_graph(), sample_graph()
    one.remove_nodes_from([node for node in list(one) if node.startswith(("a3", "a4", "p3"))])
    two.remove_nodes_from([node for node in list(two) if node.startswith(("a1", "a2", "p1"))])
    store.load(one, workspace="甲")
    store.load(two, workspace="乙")
    counts = "MATCH ()-[r]->() RETURN r.workspace AS w, count(r) AS n ORDER BY w"
    assert dict(others.run(counts).values()) == {"甲": one.number_of_edges(), "乙": two.number_of_edges()}
    shared = set(one) & set(two)
    two.clear()
    report = store.load(two, workspace="乙")
    assert report.nodes_kept == len(shared)
    assert dict(others.run(counts).values()) == {"甲": one.number_of_edges()}
    assert store.load(one, workspace="甲").nodes_added == 0
    assert {row.key for row in store.nodes()} == set(one)


def test_a_foreign_node_with_our_key_becomes_ours(store: Neo4jStore, others: neo4j.Session) -> None:
    others.run("CREATE (:Entity {key: 'li', note: '先到'})").consume()
    report = store.load(sample_graph(), workspace=WORKSPACE)
    assert (report.nodes_changed, report.nodes_added) == (1, len(sample_graph()) - 1)
    assert others.run("MATCH (n:Person {note: '先到'}) RETURN n.name AS n").single(strict=True)["n"] == "李梅"


def test_our_stale_properties_go(store: Neo4jStore, others: neo4j.Session) -> None:
    graph = sample_graph()
    store.load(graph, workspace=WORKSPACE)
    for name in ("countMin", "dateText", "end"):
        del graph.nodes["fair"][name]
    del graph.edges["u-xicheng", "fair", "org-fair-x"]["role"]
    report = store.load(graph, workspace=WORKSPACE)
    assert report == LoadReport(
        nodes_changed=1,
        nodes_unchanged=len(graph) - 1,
        edges_changed=1,
        edges_unchanged=graph.number_of_edges() - 1,
    )
    left = others.run("MATCH (n {key: 'fair'})<-[r {key: 'org-fair-x'}]-() RETURN keys(n) AS n, keys(r) AS r").single(
        strict=True
    )
    assert not {"countMin", "dateText", "end"} & set(left["n"])
    assert "role" not in left["r"]


def test_progress_is_told(store: Neo4jStore) -> None:
    told: list[tuple[str, int, int]] = []
    graph = sample_graph()
    store.load(graph, workspace=WORKSPACE, batch=20, progress=lambda *state: told.append(state))
    assert told[0] == ("nodes", 20, len(graph))
    assert ("nodes", len(graph), len(graph)) in told
    assert told[-1] == ("edges", graph.number_of_edges(), graph.number_of_edges())


def test_a_session_for_reading_cannot_write(neo4j_database: Server) -> None:
    """The server itself refuses, should the plan ever be misread."""
    with (
        neo4j_database.driver() as driver,
        driver.session(database=neo4j_database.database, default_access_mode="READ") as session,
        pytest.raises(neo4j.exceptions.ClientError, match="AccessMode"),
    ):
        session.run("CREATE (:X)").consume()


def test_a_wrong_password_is_one_line(neo4j_server: Server) -> None:
    with pytest.raises(StoreError) as caught:
        Neo4jStore(neo4j_server.uri, username=neo4j_server.username, password="wrong", database=neo4j_server.database)
    assert str(caught.value) == (
        f"{neo4j_server.uri}: user neo4j or the password is wrong; set NEO4J_USERNAME and NEO4J_PASSWORD"
    )
    assert caught.value.exit_code == 5


def test_an_unknown_database_is_one_line(neo4j_server: Server) -> None:
    with (
        Neo4jStore(neo4j_server.uri, username="neo4j", password=neo4j_server.password, database="nowhere") as opened,
        pytest.raises(StoreError, match="no database called nowhere; name one with --database or NEO4J_DATABASE"),
    ):
        opened.query("RETURN 1 AS x")


def test_variables_say_where_it_is(neo4j_database: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in neo4j_database.environment().items():
        monkeypatch.setenv(name, value)
    with Neo4jStore() as opened:
        assert opened.query("RETURN 1 AS x").rows == ((1,),)


def test_values_of_queries_are_plain(store: Neo4jStore) -> None:
    store.load(sample_graph(), workspace=WORKSPACE)
    answer: Any = store.query(
        "MATCH p = (n:Person {key: 'li'})-[r:HAS_ROLE]->(u) "
        "RETURN n, r, p, date('2025-03-08') AS d, {a: [1, {b: true}]} AS m, point({x: 1, y: 2}) AS q"
    ).rows[0]
    assert answer[0] == {
        "labels": ["Entity", "Person"],
        "properties": {
            "aliases": [],
            "key": "li",
            "name": "李梅",
            "nameKey": "Person|李梅",
            "workspace": WORKSPACE,
        },
    }
    assert (answer[1]["type"], answer[1]["properties"]["title"]) == ("HAS_ROLE", "主席")
    assert [node["properties"]["key"] for node in answer[2]["nodes"]] == ["li", "u-yuetan"]
    assert [edge["properties"]["key"] for edge in answer[2]["relationships"]] == ["role-li"]
    assert answer[3:] == ("2025-03-08", {"a": [1, {"b": True}]}, [1.0, 2.0])


@pytest.mark.parametrize("value", [2**63, "\ud800"])
def test_a_parameter_that_is_no_value_is_one_line(store: Neo4jStore, value: object) -> None:
    with pytest.raises(StoreError, match="a parameter is no value for a database"):
        store.query("RETURN $x AS x", {"x": value})


def test_two_stores_say_the_same(store: Neo4jStore, neo4j_database: Server) -> None:
    store.load(sample_graph(), workspace=WORKSPACE)
    with open_store(neo4j_database) as other:
        assert rows_of(other) == rows_of(store)
