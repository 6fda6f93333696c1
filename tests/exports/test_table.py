"""CSV: every node and edge a row, values as they are, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from exports import get_folder_exporter
from tests.exports.graphs import AWKWARD, node_id, sample


def tables(folder: Path, *, bom: bool = False) -> dict[str, list[dict[str, str]]]:
    get_folder_exporter("csv").write_folder(sample(), folder, bom=bom)
    found = {}
    for name in ("nodes", "edges"):
        with (folder / f"{name}.csv").open(encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file))
    return found


@pytest.mark.parametrize("bom", [False, True])
def test_every_node_and_edge_is_a_row(tmp_path: Path, bom: bool) -> None:
    found, graph = tables(tmp_path, bom=bom), sample()
    assert [row["key"] for row in found["nodes"]] == sorted(graph)
    assert [row["key"] for row in found["edges"]] == sorted(key for *_, key in graph.edges(keys=True))
    ends = {key: (subject, target) for subject, target, key in graph.edges(keys=True)}
    assert all((row["subject"], row["object"]) == ends[row["key"]] for row in found["edges"])


def test_values_come_back(tmp_path: Path) -> None:
    rows = {row["key"]: row for row in tables(tmp_path)["nodes"]}
    assert rows[node_id("article")]["headline"] == AWKWARD
    assert json.loads(rows[node_id("product")]["aliases"]) == [AWKWARD]
    assert rows[node_id("activity")]["countMin"] == "100"
    assert rows[node_id("activity")]["vague"] == "false"
    assert rows[node_id("person")]["aliases"] == ""


def test_bom_marks_the_tables_for_spreadsheets(tmp_path: Path) -> None:
    tables(tmp_path, bom=True)
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in tmp_path.iterdir())


@pytest.mark.parametrize("text", ['=HYPERLINK("https://example.org")', "+1", "-1", "@x", "\t=1"])
@pytest.mark.parametrize("bom", [False, True])
def test_a_spreadsheet_runs_no_formula(tmp_path: Path, text: str, bom: bool) -> None:
    graph = sample()
    graph.nodes[node_id("person")]["name"] = text
    get_folder_exporter("csv").write_folder(graph, tmp_path, bom=bom)
    with (tmp_path / "nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        names = {row["key"]: row["name"] for row in csv.DictReader(file)}
    assert names[node_id("person")] == (f"'{text}" if bom else text)
