"""`kg load`, `kg query`, `kg find`: what they print, what they refuse, what they end with."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.text import display_width
from kg.workspace import FORMAT
from loaders.embedded import EmbeddedStore
from queries import library
from tests.neo4j_server import Server
from tests.sample import WORKSPACE, sample_graph

PAGES = Path(__file__).parents[2] / "kg" / "samples"

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> str:
    """As much of a workspace as questions need, with the sample in it."""
    folder = tmp_path_factory.mktemp("sample")
    (folder / "workspace.json").write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    with EmbeddedStore(folder / "graph.kgl") as store:
        store.load(sample_graph(), workspace=WORKSPACE)
    return str(folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace made from the sample pages of the package."""
    folder = tmp_path_factory.mktemp("built") / "work"
    result = CliRunner().invoke(main, ["build", str(PAGES), "-o", str(folder), "--workers", "1"])
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)

    def kg(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(main, list(arguments), env=environment)

    return kg


def test_a_table_is_aligned_by_the_width_of_its_characters(run: Run, workspace: str) -> None:
    result = run("query", workspace, "unions-by-activity")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "trade_union     activities  first_day   last_day\n"
        "──────────────  ──────────  ──────────  ──────────\n"
        "北京市总工会             2  2025-03-27  2025-04-16\n"
        "月坛街道总工会           2  2025-03-08  2025-04-30\n"
        "上海市总工会             1  2025-05-18  2025-05-18\n"
        "西城区总工会             1  2025-03-08  2025-03-08\n"
    )
    assert {display_width(line) for line in result.stdout.splitlines()[1:]} == {50}


def test_evidence_makes_every_row_citable(run: Run, workspace: str) -> None:
    result = run("query", workspace, "supports", "--evidence", "--format", "json")
    assert json.loads(result.stdout)[0] == {
        "giver": "西城区",
        "receiver": "和田市",
        "sources": 2,
        "paper": "京华工报",
        "issue_date": "2025-04-16",
        "page_number": "2",
        "page": "p2",
        "line": "5",
        "quote": "西城区对口帮扶和田市，北京市总工会结对上海市总工会。",
    }
    assert len(json.loads(result.stdout)) == 3


def test_csv_is_read_back(run: Run, workspace: str, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    arguments = ("query", workspace, "products", "--evidence", "--format", "csv")
    result = run(*arguments, "--bom", "-o", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfprovider,")
    plain = run(*arguments).stdout_bytes.decode()
    assert file.read_bytes().decode("utf-8-sig") == plain
    rows = list(csv.DictReader(io.StringIO(plain, newline="")))
    assert rows[0]["quote"] == "京华机械有限公司研制的智能焊接机\n同时亮相，公司工会隶属大兴区总工会。"


def test_a_formula_does_not_run_in_a_spreadsheet(run: Run, workspace: str) -> None:
    arguments = ("query", workspace, "--cypher", "RETURN '=1+1' AS a, -1 AS b", "--format", "csv")
    assert run(*arguments).stdout_bytes == b"a,b\r\n=1+1,-1\r\n"
    assert run(*arguments, "--bom").stdout_bytes == b"\xef\xbb\xbfa,b\r\n'=1+1,-1\r\n"


def test_text_does_not_steer_the_terminal(run: Run, workspace: str) -> None:
    result = run("query", workspace, "--cypher", "RETURN $x AS x", "-p", 'x="a\\u001b[31m\\nb"')
    assert result.stdout.splitlines()[2] == "a\ufffd[31m b"


def test_parameters_and_aliases(run: Run, workspace: str) -> None:
    result = run("query", workspace, "activities-in-district", "-p", "district=北京", "--format", "csv")
    assert [line.split(",")[0] for line in result.stdout.splitlines()[1:]] == [
        *("第三届春风送岗位招聘会", "读书会", "职工技能大赛", "职工技能大赛")
    ]


def test_cypher_of_ones_own(run: Run, workspace: str) -> None:
    cypher = (
        "MATCH (u:TradeUnion)-[r:ORGANIZES]->(a) WHERE a.name = $name "
        "RETURN u.name AS u, collect(r.key) AS facts ORDER BY u"
    )
    shown = run("query", workspace, "--cypher", cypher, "-p", "name=读书会", "--format", "json")
    assert json.loads(shown.stdout) == [{"u": "月坛街道总工会", "facts": ["org-reading"]}]
    cited = run("query", workspace, "--cypher", cypher, "-p", "name=读书会", "--evidence", "--format", "json")
    assert json.loads(cited.stdout)[0]["line"] == "6"


def test_a_row_limit_says_so(run: Run, workspace: str) -> None:
    result = run("query", workspace, "--cypher", "UNWIND range(1, 5000) AS n RETURN n", "--format", "csv")
    assert len(result.stdout.splitlines()) == 1001
    assert result.stderr == "only the first 1000 rows of the answer; --limit gives more\n"
    result = run(
        "query", workspace, "--cypher", "UNWIND range(1, 5000) AS n RETURN n", "--format", "csv", "--limit", "5000"
    )
    assert (len(result.stdout.splitlines()), result.stderr) == (5001, "")


def test_json_is_what_every_reader_takes(run: Run, workspace: str) -> None:
    result = run(
        "query",
        workspace,
        "--cypher",
        "RETURN $x AS x",
        "-p",
        'x={"a": [null, NaN, -Infinity, 1.5]}',
        "--format",
        "json",
    )

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    assert json.loads(result.stdout, parse_constant=refuse) == [{"x": {"a": [None, "nan", "-inf", 1.5]}}]


def test_an_empty_answer_is_its_head(run: Run, workspace: str) -> None:
    arguments = ("query", workspace, "unions-by-activity", "-p", "since=2030-01-01")
    assert run(*arguments, "--format", "json").stdout == "[]\n"
    assert run(*arguments, "--format", "csv").stdout.splitlines() == ["trade_union,activities,first_day,last_day"]
    assert len(run(*arguments).stdout.splitlines()) == 2


def test_the_list_shows_every_query(run: Run) -> None:
    rows = json.loads(run("query", "--list", "--format", "json").stdout)
    assert [row["query"] for row in rows] == list(library())
    assert {
        "query": "quotes",
        "zh": "谁说了什么",
        "en": "Who said what",
        "parameters": 'person: Person = ""',
        "sparql": True,
    } in rows
    assert [row["query"] for row in rows if not row["sparql"]] == ["shortest-path"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(("quots",), 2, "Error: no query called 'quots'; did you mean quotes", id="unknown query"),
        pytest.param(
            ("timeline", "-p", "name=市总工会"),
            2,
            "Error: '市总工会' may be 2 entities: 上海市总工会 (TradeUnion, u-shanghai), 北京市总工会 (",
            id="ambiguous name",
        ),
        pytest.param(("timeline", "-p", "name=市总公会"), 2, "Error: no District or Enterprise", id="unknown name"),
        pytest.param(("timeline",), 2, "Error: timeline wants name", id="missing parameter"),
        pytest.param(("timeline", "-p", "name"), 2, "KEY=VALUE", id="no value"),
        pytest.param((), 2, "Give the NAME of a query, or --cypher TEXT", id="nothing to ask"),
        pytest.param(("quotes", "--cypher", "RETURN 1"), 2, "Give the NAME of a query, or --cypher TEXT", id="both"),
        pytest.param(("quotes", "--bom"), 2, "--bom is for --format csv", id="bom"),
        pytest.param(
            ("--cypher", "RETURN 1 AS x", "--evidence"), 2, "Error: evidence wants a column `facts`", id="facts"
        ),
        pytest.param(("--cypher", "LOAD CSV FROM 'x' AS l RETURN l"), 5, "Error: refused: LOAD CSV", id="files"),
        pytest.param(("--cypher", "MATCH (n) DETACH DELETE n"), 5, "Error: refused: the query writes", id="writes"),
        pytest.param(("--cypher", "MATCH (n RETURN n"), 5, "Error: Cypher syntax error", id="syntax"),
        pytest.param(
            ("--cypher", "RETURN $x", "-p", "x=9" + "9" * 20), 5, "Error: a parameter is no value", id="number"
        ),
        pytest.param(("--cypher", "RETURN $x", "-p", 'x="\\ud800"'), 5, "Error: a parameter is no value", id="half"),
        pytest.param(("quotes", "-o", "/dev/null/x"), 6, "Error: cannot write /dev/null/x", id="output"),
    ],
)
def test_a_wrong_question_ends_with_one_line(
    run: Run, workspace: str, arguments: tuple[str, ...], code: int, says: str
) -> None:
    result = run("query", workspace, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    if result.stderr.startswith("Error"):
        assert result.stderr.count("\n") == 1


def test_a_target_that_is_none_ends_with_its_code(run: Run, workspace: str, tmp_path: Path) -> None:
    assert run("query", str(tmp_path / "no"), "quotes").exit_code == 3
    assert run("find", str(tmp_path), "x").exit_code == 6
    assert run("query", "ftp://x", "quotes").exit_code == 3
    refused = run("query", "bolt://127.0.0.1:1", "quotes", NEO4J_PASSWORD="x")
    assert refused.exit_code == 5
    assert refused.stderr == (
        "Error: bolt://127.0.0.1:1: no Neo4j answers there; start it, or give another address (--uri, NEO4J_URI)\n"
    )
    (tmp_path / "workspace.json").write_text(json.dumps({"format": FORMAT + 1}), encoding="utf-8")
    assert run("query", str(tmp_path), "quotes").exit_code == 6
    (tmp_path / "workspace.json").write_text(json.dumps({"format": FORMAT}), encoding="utf-8")
    missing = run("query", str(tmp_path), "quotes")
    assert missing.exit_code == 6
    assert "entities.jsonl" in missing.stderr
    (tmp_path / "graph.kgl").write_bytes(b"rubbish")
    assert run("query", str(tmp_path), "quotes").exit_code == 5


def test_find(run: Run, workspace: str) -> None:
    result = run("find", workspace, "市总工会", "--type", "TradeUnion", "--format", "json")
    assert json.loads(result.stdout) == [
        {"name": "上海市总工会", "type": "TradeUnion", "aliases": ["市总工会"], "match": "alias", "key": "u-shanghai"},
        {"name": "北京市总工会", "type": "TradeUnion", "aliases": ["市总工会"], "match": "alias", "key": "u-beijing"},
    ]
    limited = run("find", workspace, "总工会", "--limit", "2", "--format", "csv")
    assert len(limited.stdout.splitlines()) == 3
    assert limited.stderr == "only the first 2 entities; --limit gives more\n"


def test_finding_nothing_shows_near_names(run: Run, workspace: str) -> None:
    result = run("find", workspace, "北京市总公会")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: no entity called '北京市总公会'; did you mean 北京市总工会")
    assert run("find", workspace, "x", "--type", "Town").exit_code == 2


def test_the_database_inside_a_workspace_is_made_anew(run: Run, built: Path) -> None:
    file = built / "graph.kgl"
    assert run("find", str(built), "总工会").exit_code == 0
    before = file.read_bytes()
    result = run("load", "embedded", str(built))
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "nothing changed")
    file.unlink()
    assert "0 unchanged" in run("load", "embedded", str(built)).stdout
    assert file.read_bytes() == before


def test_loading_what_is_none_ends_with_its_code(run: Run, built: Path, tmp_path: Path) -> None:
    assert run("load", "neo4j", str(tmp_path / "no")).exit_code == 3
    assert run("load", "neo4j", str(tmp_path)).exit_code == 6
    assert run("load", "oracle", str(built)).exit_code == 2
    assert run("load", "neo4j", str(built)).exit_code == 5  # no address
    assert run("load", "neo4j", str(built), "--uri", "bolt://127.0.0.1:1").exit_code == 5


@pytest.mark.neo4j
def test_loading_twice_changes_nothing_and_says_so(run: Run, built: Path, neo4j_database: Server) -> None:
    there = neo4j_database.environment()
    would = run("load", "neo4j", str(built), "--dry-run", **there)
    assert would.exit_code == 0, would.stderr
    assert would.stdout.splitlines()[-1] == "dry run: nothing was written"
    first = run("load", "neo4j", str(built), **there)
    assert first.stdout.splitlines() == would.stdout.splitlines()[:-1]
    assert first.stderr == ""
    second = run("load", "neo4j", str(built), "--batch", "7", **there)
    nodes, edges, last = second.stdout.splitlines()
    assert last == "nothing changed"
    assert nodes.startswith("nodes: 0 added, 0 changed, ")
    assert edges.startswith("edges: 0 added, 0 changed, ")
    assert run("load", "neo4j", str(built), "--dry-run", **there).stdout.splitlines()[-1] == "nothing to change"


@pytest.mark.neo4j
def test_both_targets_give_the_same_rows(run: Run, built: Path, neo4j_database: Server) -> None:
    there = neo4j_database.environment()
    uri = there["NEO4J_URI"]
    assert run("load", "neo4j", str(built), **there).exit_code == 0
    asked = 0
    for name, query in library().items():
        if all(parameter.default is not None for parameter in query.parameters):
            here = run("query", str(built), name, "--evidence", "--format", "json")
            server = run("query", uri, name, "--evidence", "--format", "json", **there)
            assert (here.exit_code, server.exit_code) == (0, 0), here.stderr + server.stderr
            assert here.stdout == server.stdout
            asked += here.stdout != "[]\n"
    assert asked >= 10
    found = ("总工会", "--format", "csv")
    assert run("find", str(built), *found).stdout == run("find", uri, *found, **there).stdout


@pytest.mark.neo4j
def test_a_wrong_password_ends_with_one_line(run: Run, built: Path, neo4j_server: Server) -> None:
    # a user of its own: three wrong passwords of the same user lock the door for a while
    there = {**neo4j_server.environment(), "NEO4J_USERNAME": "stranger", "NEO4J_PASSWORD": "wrong"}
    for arguments in (
        ("load", "neo4j", str(built)),
        ("query", neo4j_server.uri, "quotes"),
        ("find", neo4j_server.uri, "x"),
    ):
        result = run(*arguments, **there)
        assert (result.exit_code, result.stdout) == (5, "")
        assert result.stderr == (
            f"Error: {neo4j_server.uri}: user stranger or the password is wrong; "
            "set NEO4J_USERNAME and NEO4J_PASSWORD\n"
        )
