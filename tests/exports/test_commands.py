"""`kg export` and `kg check`: exit code, stdout, stderr and the file, with wrong input too."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

import kg.graph
import kg.selection
from exports import EXPORTERS
from kg.cli import main
from kg.errors import WorkspaceError
from tests.exports.graphs import node_id, sample
from tests.exports.test_exports import export


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> nx.MultiDiGraph[str]:
    """Stand for every workspace called `ws`."""
    graph = sample()

    def read(path: str) -> nx.MultiDiGraph[str]:
        if path != "ws":
            raise WorkspaceError(f"{path} is no workspace; make one with kg build")
        return graph

    monkeypatch.setattr(kg.graph, "read_graph", read)
    monkeypatch.setattr(kg.selection, "read_selection", lambda _path, persons: kg.selection.Selection(persons))
    monkeypatch.setattr(kg.graph, "flow", lambda path, texts: kg.graph.as_flow(read(path)))
    return graph


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("name", EXPORTERS)
def test_export_to_a_file_and_to_stdout(name: str, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out"
    result = run("export", name, "ws", "-o", str(target))
    assert (result.exit_code, result.output) == (0, "")
    assert target.read_bytes() == export(name)
    assert run("export", name, "ws").stdout_bytes == export(name)
    assert run("export", name, "ws", "-o", "-").stdout_bytes == export(name)


@pytest.mark.usefixtures("graph")
def test_export_csv_to_a_folder(tmp_path: Path) -> None:
    result = run("export", "csv", "ws", "-o", str(tmp_path / "out"), "--bom")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "out" / "nodes.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (tmp_path / "out" / "edges.csv").is_file()


@pytest.mark.usefixtures("graph")
def test_base_is_what_iris_start_with() -> None:
    result = run("export", "ntriples", "ws", "--base", "https://example.org/kg/")
    assert result.exit_code == 0
    assert all(line.startswith("<https://example.org/kg/") for line in result.stdout.splitlines())


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["export", "turtel", "ws"], 2, "'turtel' is not one of 'turtle'"),
        (["export", "csv", "ws"], 2, "csv is a folder; name one with -o."),
        (["export", "turtle", "ws", "--bom"], 2, "--bom is for csv"),
        (["export", "turtle", "nothing"], 6, "Error: nothing is no workspace; make one with kg build\n"),
        (["export", "turtle", "ws", "--base", "here"], 3, "Error: 'here' is no IRI to start others with"),
        (["check", "nothing"], 6, "Error: nothing is no workspace; make one with kg build\n"),
    ],
)
def test_wrong_input_ends_with_one_line_and_its_code(arguments: list[str], code: int, message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert result.stdout == ""
    assert message in result.stderr


def test_a_failed_export_leaves_the_old_file(graph: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    target = tmp_path / "out.ttl"
    target.write_text("old", encoding="utf-8")
    graph.nodes[node_id("year")]["start"] = "someday"
    result = run("export", "turtle", "ws", "-o", str(target))
    assert result.exit_code == 4
    assert result.stderr.startswith(f"Error: {node_id('year')}: start cannot be 'someday'")
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.ttl"]


def test_check_of_a_sound_workspace(graph: nx.MultiDiGraph[str]) -> None:
    result = run("check", "ws")
    assert (result.exit_code, result.stdout) == (0, "")
    said = f"ws: {len(graph)} entities and {graph.number_of_edges()} facts, no violations\n"
    assert result.stderr == said


def test_check_prints_each_violation_and_ends_with_1(graph: nx.MultiDiGraph[str]) -> None:
    graph.nodes[node_id("district")]["code"] = "东\n河"
    result = run("check", "ws")
    assert result.exit_code == 1
    iri = f"https://w3id.org/union-news-kg/id/{node_id('district')}"
    assert result.stdout == f"{iri}\tcode\tthe code of a division is 2 to 12 digits\t东 河\n"
    assert result.stderr.startswith("Error: ws: 1 violations, each a line above")
    assert run("check", "ws", "--no-shapes").exit_code == 0
