"""What a query from outside may not do, however it is written; what it may, whatever words stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import kglite
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from loaders import LOADERS, Store, get_loader
from queries.guard import PROCEDURES, check, tokens
from tests.neo4j_server import Server, wipe
from tests.sample import WORKSPACE, sample_graph

ENGINES = [pytest.param(name, marks=pytest.mark.neo4j) if name == "neo4j" else name for name in LOADERS]
SOURCE = "FROM 'file:///secret.csv' AS line RETURN line"

LOADS = (
    f"LOAD CSV {SOURCE}",
    f"load csv {SOURCE}",
    f"LoAd\t\n CsV {SOURCE}",
    f"LOAD CSV WITH HEADERS {SOURCE}",
    f"LOAD/* */CSV {SOURCE}",
    f"LOAD // line\nCSV {SOURCE}",
    f"LOAD // line\rCSV {SOURCE}",
    f"LOAD\u00a0CSV {SOURCE}",
    f"LOAD\u3000CSV {SOURCE}",
    f"`LOAD` CSV {SOURCE}",
    f"LOAD `CSV` {SOURCE}",
    f"LOAD`csv`{SOURCE}",
    rf"\u004cOAD CSV {SOURCE}",
    rf"LO\u0041D\u0020CS\u0056 {SOURCE}",
    rf"RETURN 'a\u0027 AS line UNION LOAD CSV {SOURCE}",
    rf"RETURN 1 AS line // \u000a UNION LOAD CSV {SOURCE}",
    f"MATCH (n) RETURN n AS line UNION LOAD CSV {SOURCE}",
    f"MATCH (n) RETURN n AS line UNION ALL LOAD CSV {SOURCE}",
    f"CALL {{ LOAD CSV {SOURCE} }} RETURN line",
    f"MATCH (n) CALL (n) {{ LOAD CSV {SOURCE} }} RETURN line",
    f"RETURN COUNT {{ LOAD CSV {SOURCE} }} AS n",
    f"RETURN EXISTS {{ LOAD CSV {SOURCE} }} AS n",
    f"UNWIND [1] AS one LOAD CSV {SOURCE}",
    f"RETURN 'it''s' AS line UNION LOAD CSV {SOURCE}",
    f"RETURN 'a\\\\' AS line UNION LOAD CSV {SOURCE}",
    f"RETURN `a``b` AS line UNION LOAD CSV {SOURCE}",
    f"CYPHER LOAD CSV {SOURCE}",
    f"RETURN 1; LOAD CSV {SOURCE}",
)

CALLS = (
    "CALL dbms.listConfig()",
    "call DBMS.components() YIELD name RETURN name",
    "CALL apoc.load.json('http://127.0.0.1/')",
    "CALL `apoc`.`load`.`json`('x')",
    "CALL `apoc.load.json`('x')",
    "CALL apoc . load /* */ . json ('x')",
    "CALL // comment\n tx.setMetaData({})",
    "OPTIONAL CALL apoc.load.csv('x') YIELD value RETURN value",
    "CALL { CALL db.createLabel('x') } RETURN 1",
    "RETURN COLLECT { CALL dbms.components() YIELD name RETURN name } AS x",
    "WITH 1 AS as CALL db.cdc.enable() YIELD epoch RETURN epoch",
    "WITH * CALL db.cdc.enable() YIELD epoch RETURN epoch",
    "CALL not.a.listed.one()",
    "CALL table.upsert({})",
    r"C\u0041LL dbms.components()",
)

FUNCTIONS = (
    "RETURN apoc.cypher.runFirstColumnSingle('MATCH (n) RETURN n', {})",
    "RETURN genai.vector.encode('x', 'OpenAI', {})",
    "RETURN `apoc`.`util`.`md5`(['x'])",
)

WRITES = (
    "CREATE (:TradeUnion {key: 'x'})",
    "MATCH (n) SET n.name = 'x'",
    "MATCH (n:TradeUnion) SET n:Gone RETURN n",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) DETACH DELETE n",
    "MERGE (n:TradeUnion {key: 'x'}) RETURN n",
    "MATCH (n) WITH collect(n) AS all FOREACH (x IN all | SET x.name = 'x')",
    "CREATE INDEX FOR (n:TradeUnion) ON (n.name)",
    "DROP CONSTRAINT kg_entity_key",
)

OTHERS = (
    "",
    "   // nothing\n",
    "EXPLAIN MATCH (n) RETURN n",
    "profile MATCH (n) RETURN n",
    "RETURN 'open",
    "RETURN `open",
    "RETURN 1 /* open",
)

HARMLESS = (
    ("RETURN 'LOAD CSV FROM' AS x", "LOAD CSV FROM"),
    ('RETURN "CALL dbms.x()" AS x', "CALL dbms.x()"),
    (r"RETURN 'it\'s LOAD CSV' AS x", "it's LOAD CSV"),
    ("RETURN 1 AS x // LOAD CSV FROM 'x'", 1),
    ("RETURN 1 AS x // CALL dbms.listConfig()\n", 1),
    ("MATCH (n:`LOAD CSV`) RETURN count(n) AS x", 0),
    ("MATCH (load:TradeUnion {key: 'u-beijing'}) RETURN load.name AS x", "北京市总工会"),
    ("CALL { RETURN 1 AS x } RETURN x", 1),
    ("MATCH (n:TradeUnion {key: 'u-beijing'}) CALL (n) { RETURN n.key AS x } RETURN x", "u-beijing"),
    ("MATCH (n:TradeUnion {key: 'u-beijing'}) CALL { WITH n RETURN n.key AS x } RETURN x", "u-beijing"),
    ("CALL db.labels() YIELD label WITH label WHERE label = 'TradeUnion' RETURN label AS x", "TradeUnion"),
    ("WITH date('2025-03-08') AS d RETURN d.year AS x", 2025),
    ("RETURN size('工会') AS x", 2),
)


# `call` as a name, which only Neo4j allows
NAMES = (
    "MATCH (call:TradeUnion {key: 'u-beijing'}) WHERE call.name IN ['北京市总工会'] RETURN call.key AS x",
    "MATCH (n:TradeUnion) WHERE n.call AND (n.name = '') RETURN n.call AS call ORDER BY call LIMIT 3",
    "MATCH (a)-[:CALL]->(b:Call) RETURN a",
)


@pytest.mark.parametrize("cypher", [*LOADS, *CALLS, *FUNCTIONS, *OTHERS])
def test_it_is_refused_by_its_words(cypher: str) -> None:
    with pytest.raises(StoreError, match="refused: "):
        check(cypher)


@pytest.mark.parametrize("cypher", [*(cypher for cypher, _ in HARMLESS), *NAMES])
def test_harmless_words_pass(cypher: str) -> None:
    check(cypher)


@pytest.mark.parametrize("name", sorted(PROCEDURES))
def test_listed_procedures_pass(name: str) -> None:
    check(f"CALL {name}()")
    check(f"cAlL {name.upper()} ( ) YIELD x RETURN x")


@pytest.fixture(scope="module", params=ENGINES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "neo4j":
        server: Server = request.getfixturevalue("neo4j_server")
        options = {"username": server.username, "password": server.password, "database": server.database}
        opened = get_loader("neo4j")(server.uri, **options)
    else:
        opened = get_loader(request.param)(tmp_path_factory.mktemp("guard") / "graph.kgl")
    with opened:
        opened.load(sample_graph(), workspace=WORKSPACE)
        yield opened
    if request.param == "neo4j":
        wipe(server)


@pytest.mark.parametrize("cypher", [*LOADS, *CALLS, *FUNCTIONS, *WRITES, *OTHERS])
def test_stores_refuse_it_and_stay_as_they_are(store: Store, cypher: str) -> None:
    before = list(store.nodes())
    with pytest.raises(StoreError) as caught:
        store.query(cypher, timeout=10, limit=10)
    assert "\n" not in str(caught.value)
    assert list(store.nodes()) == before


@pytest.mark.parametrize(("cypher", "value"), HARMLESS)
def test_stores_answer_what_is_harmless(store: Store, cypher: str, value: object) -> None:
    assert store.query(cypher, timeout=10, limit=10).column("x") == [value]


def test_a_row_limit_cuts_and_says_so(store: Store) -> None:
    cypher = "MATCH (n:TradeUnion) RETURN n.name AS name ORDER BY name"
    whole = store.query(cypher)
    assert (len(whole.rows), whole.truncated) == (8, False)
    assert store.query(cypher, limit=8) == whole
    cut = store.query(cypher, limit=3)
    assert (cut.rows, cut.truncated) == (whole.rows[:3], True)


def test_a_query_that_takes_too_long_is_stopped(store: Store) -> None:
    many = "range(1, 3000)"
    slow = f"UNWIND {many} AS a UNWIND {many} AS b UNWIND {many} AS c WITH a, b, c WHERE a * b = c RETURN sum(a)"
    with pytest.raises(StoreError, match="stopped after"):
        store.query(slow, timeout=0.3)


@pytest.mark.parametrize(
    "cypher", ["MATCH (n RETURN n", "RETURN $missing AS x", "RETURN nosuchfunction(1) AS x", "MATC (n)"]
)
def test_what_the_engine_does_not_understand_is_one_line(store: Store, cypher: str) -> None:
    with pytest.raises(StoreError) as caught:
        store.query(cypher)
    assert "\n" not in str(caught.value)


@pytest.mark.neo4j
@pytest.mark.parametrize(
    "cypher",
    [
        "SHOW SETTINGS",
        "SHOW TRANSACTIONS",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "SHOW USERS",
        "SHOW DATABASES",
        "CREATE USER x SET PASSWORD 'aaaaaaaaaa'",
        "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
        "MATCH (n) CALL (n) { SET n.x = 1 } IN TRANSACTIONS",
    ],
)
def test_a_server_shows_nothing_of_itself(neo4j_server: Server, cypher: str) -> None:
    options = {"username": neo4j_server.username, "password": neo4j_server.password, "database": neo4j_server.database}
    with get_loader("neo4j")(neo4j_server.uri, **options) as opened, pytest.raises(StoreError, match="refused: "):
        opened.query(cypher)


# ------------------------------------------------------------------------------------------------------ any text

SECRET = "秘密在此"
PIECES = st.sampled_from(
    [
        *("LOAD", "CSV", "load csv", "`LOAD`", "`CSV`", "LOAD CSV", "WITH HEADERS", "CALL", "UNION", "UNION ALL"),
        *("RETURN 1 AS line", "RETURN line", "AS line", "FROM $file", "{", "}", "(", ")", ";", ",", "*"),
        *("'", '"', "`", "``", "//", "/*", "*/", "\n", "\r", " ", "\t", "\u3000", "\\", "\\'", "\\u0027", "\\u0060"),
        *(
            "\\u000a",
            "\\u004c",
            "db.cdc.status()",
            "db.labels()",
            "YIELD epoch AS line",
            "YIELD label AS line",
            "a",
            "工",
        ),
        *(
            "LOAD CSV FROM $file AS line RETURN line",
            "MATCH (n) ",
            "UNWIND [1] AS x ",
            "CYPHER ",
            "WITH 1 AS as ",
            "FOR VALID_TIME ALL ",
        ),
    ]
)
QUERIES = st.lists(PIECES, min_size=1, max_size=12).map("".join) | st.lists(PIECES, min_size=1, max_size=12).map(
    " ".join
)


@pytest.fixture(scope="module")
def ask_engine(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Puts a query to the embedded engine without the guard, beside a file with a secret; returns all it says."""
    path = tmp_path_factory.mktemp("secret") / "secret.csv"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    graph = kglite.KnowledgeGraph()
    graph.cypher("CREATE (:TradeUnion {key: 'x'})")
    kglite.set_query_warning_policy("silent")

    def engine(cypher: str) -> str:
        try:
            answer = graph.freeze().cypher(cypher, params={"file": Path(path).as_uri()}, timeout_ms=2000)
            return f"{list(answer.columns)} {answer.to_list()}"
        except (kglite.KgError, ValueError, AttributeError) as error:
            return type(error).__name__

    return engine


def test_the_engine_would_read_files_and_call_anything(ask_engine: Callable[[str], str]) -> None:
    assert SECRET in ask_engine("LOAD CSV FROM $file AS line RETURN line")
    assert SECRET in ask_engine("`LOAD` `CSV` FROM $file AS line RETURN line")
    assert "epoch" in ask_engine("CALL db.cdc.status()")


@settings(max_examples=400)
@given(QUERIES)
@example("RETURN '\\u0027' AS line UNION LOAD CSV FROM $file AS line RETURN line")
@example("// \r LOAD CSV FROM $file AS line RETURN line")
def test_what_passes_reads_no_file_and_calls_nothing_unlisted(ask_engine: Callable[[str], str], cypher: str) -> None:
    try:
        check(cypher)
    except StoreError:
        return
    said = ask_engine(cypher)
    assert SECRET not in said
    assert "epoch" not in said


@given(
    before=st.lists(PIECES.filter(lambda piece: "'" not in piece and "\\" not in piece)).map("".join),
    how=st.sampled_from(["CALL dbms.components()", "LOAD CSV FROM 'x' AS l RETURN l"]),
)
def test_nothing_in_front_hides_it(before: str, how: str) -> None:
    """A string that ends, a comment that ends: what follows is seen again."""
    text = before.replace("`", "").replace('"', "").replace("//", "").replace("/*", "").replace("*/", "")
    with pytest.raises(StoreError):
        check(f"RETURN '{text}' AS x /* {text} */ UNION // {text.replace(chr(10), '').replace(chr(13), '')}\n{how}")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\\'")))
def test_any_words_in_a_string_pass(words: str) -> None:
    check(f"RETURN '{words} LOAD CSV CALL x.y()' AS x")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\\")))
def test_any_words_in_a_comment_pass(words: str) -> None:
    check(f"RETURN 1 AS x // {words} LOAD CSV CALL x.y()")


@given(st.text(max_size=80))
def test_tokens_stand_where_they_say(text: str) -> None:
    try:
        found = list(tokens(text))
    except StoreError:
        return
    assert [token.start for token in found] == sorted({token.start for token in found})
    for token in found:
        if token.kind == "word" and not token.quoted:
            assert text.startswith(token.text, token.start)
