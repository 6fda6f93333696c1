"""`kg demo` and `kg doctor`, as a newcomer runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

from kg.cli import main
from kg.cli.demo import sample_pages
from kg.cli.doctor import findings
from kg.graph import read_graph
from kg.workspace import DATABASE, FILES, STATE, Workspace
from ontology import ontology
from tests.cli.run import kg, one_line
from tests.extract.optional.endpoint import serve, status


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    done = kg("demo", "-o", folder / "demo")
    assert done.returncode == 0, done.stderr
    return folder / "demo", done.stdout.decode("utf-8")


def test_it_makes_database_rdf_and_picture(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    assert {path.name for path in folder.iterdir()} == {
        *FILES,
        STATE,
        "pages",
        DATABASE,
        "union-news.ttl",
        "picture.html",
    }
    assert len(rdflib.Graph().parse(folder / "union-news.ttl")) > 1000
    assert '<script type="application/json" id="graph">' in (folder / "picture.html").read_text(encoding="utf-8")


def test_its_pages_show_every_class_and_relation(demo: tuple[Path, str]) -> None:
    graph = read_graph(demo[0])
    assert {data["type"] for _, data in graph.nodes(data=True)} == set(ontology.classes)
    assert {data["predicate"] for *_, data in graph.edges(data=True)} == set(ontology.relations)


def test_it_prints_what_was_made_answers_and_what_next(demo: tuple[Path, str]) -> None:
    folder, said = demo
    for name in ("pages/", "entities.jsonl", "facts.jsonl", DATABASE, "union-news.ttl", "picture.html", "report.html"):
        assert name in said
    assert "总工会" in said
    assert f"kg query {folder} unions-by-activity" in said
    assert said.index("Next:") > said.index("people-roles")


def test_the_commands_it_names_work(demo: tuple[Path, str]) -> None:
    folder, said = demo
    for words in (
        ["query", "--list"],
        ["query", str(folder), "people-roles", "--evidence"],
        ["find", str(folder), "经开区"],
    ):
        assert " ".join(["kg", *words]) in said
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.stderr
        assert done.stdout.count("\n") > 2


def test_its_pages_say_where_they_come_from_not_where_they_lie(demo: tuple[Path, str]) -> None:
    assert {page.source.rpartition("/")[0] for page in Workspace.open(demo[0]).pages()} == {"kg/samples"}
    assert len(list(sample_pages())) >= 5


def test_running_it_again_changes_nothing(demo: tuple[Path, str]) -> None:
    folder, said = demo
    before = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    again = CliRunner().invoke(main, ["demo", "-o", str(folder)])
    assert again.stdout == said
    assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_it_does_not_write_over_a_workspace_of_other_pages(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("# 通知\n\n西城区总工会发布消息。\n", encoding="utf-8")
    CliRunner().invoke(main, ["build", str(tmp_path / "mine.txt"), "-o", str(tmp_path / "demo")])
    assert "mine" in one_line(kg("demo", "-o", tmp_path / "demo"), 6)


def test_doctor_says_how_things_stand() -> None:
    done = CliRunner().invoke(main, ["doctor"])
    assert done.exit_code == 0
    assert done.stderr == ""
    for name in (
        "python",
        "networkx",
        "kglite",
        "ontology",
        "sample pages",
        "java",
        "neo4j server",
        "language model",
        "chromium",
    ):
        assert name in done.stdout


def test_doctor_misses_nothing_here() -> None:
    assert [one.what for one in findings() if one.mark == "missing"] == []


def test_doctor_says_why_a_server_does_not_answer_and_hides_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_PASSWORD", "geheim")
    (server,) = [one for one in findings() if one.what == "neo4j server"]
    assert server.mark == "off"
    assert "127.0.0.1:1" in server.detail
    assert "geheim" not in server.detail


def test_doctor_says_which_model_is_set_up_and_hides_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def line() -> tuple[str, str]:
        (found,) = [one for one in findings() if one.what == "language model"]
        assert "geheim" not in found.detail
        return found.mark, found.detail

    for name in ("KG_LLM_URL", "KG_LLM_MODEL", "KG_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert line() == ("off", "KG_LLM_URL and KG_LLM_MODEL not set; for --proposer llm")
    monkeypatch.setenv("KG_LLM_URL", "http://127.0.0.1:1/v1?key=geheim")
    monkeypatch.setenv("KG_LLM_KEY", "geheim")
    assert line() == ("off", "KG_LLM_MODEL not set; for --proposer llm")
    monkeypatch.setenv("KG_LLM_MODEL", "tiny")
    mark, detail = line()
    assert mark == "off"
    assert detail.startswith("tiny at http://127.0.0.1:1/v1/chat/completions, with a key (KG_LLM_KEY): ")
    with serve(status(404)) as model:
        monkeypatch.setenv("KG_LLM_URL", model.url)
        assert line()[0] == "ok"
    assert model.asked == []
    monkeypatch.setenv("KG_LLM_URL", "http://geheim:geheim@127.0.0.1/v1")
    assert line()[0] == "off"


def test_doctor_without_java_and_browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("KG_CHROMIUM", raising=False)
    marks = {one.what: one.mark for one in findings()}
    assert (marks["java"], marks["chromium"]) == ("off", "off")
