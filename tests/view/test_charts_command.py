from __future__ import annotations

import csv
import io
import json
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from exports.view.charts import CHARTS, png
from tests import live
from tests.cli.run import invoke, one_line

SAMPLES = Path(__file__).resolve().parents[2] / "kg" / "samples"
FONTS = not png.lacking(png.PROBE)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts") / "workspace"
    assert invoke("build", SAMPLES, "-o", folder).returncode == 0
    return folder


def test_all_charts_on_one_page(workspace: Path, tmp_path: Path) -> None:
    done = invoke("chart", workspace, "-o", tmp_path / "charts.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    text = (tmp_path / "charts.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert all(f'id="{name}"' in text for name in CHARTS)
    assert "北京市总工会" in text
    assert invoke("chart", workspace, "-o", "-").stdout.decode() == text


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_as_a_drawing_and_as_figures(workspace: Path, name: str) -> None:
    svg = invoke("chart", workspace, name, "-o", "-", "--format", "svg").stdout
    assert ET.fromstring(svg).tag.endswith("svg")
    assert svg == invoke("chart", workspace, name, "-o", "-", "--format", "svg").stdout
    table = list(
        csv.DictReader(io.StringIO(invoke("chart", workspace, name, "-o", "-", "--format", "csv").stdout.decode()))
    )
    assert table
    assert {"key"} < table[0].keys()
    rows = json.loads(invoke("chart", workspace, name, "-o", "-", "--format", "json").stdout)
    assert len(rows) == len(table)


@pytest.mark.skipif(not FONTS and not live.required(), reason="no font with Chinese characters; Debian: fonts-noto-cjk")
def test_a_chart_as_pixels(workspace: Path, tmp_path: Path) -> None:
    for name, options, width in (
        ("a.png", [], 1520),
        ("b.PNG", ["--width", "300"], 300),
        ("c.png", ["--scale", "1"], 760),
    ):
        done = invoke("chart", workspace, "union-hierarchy", "-o", tmp_path / name, *options)
        assert (done.returncode, done.stderr) == (0, b"")
        data = (tmp_path / name).read_bytes()
        assert struct.unpack(">I", data[16:20]) == (width,)
    again = invoke("chart", workspace, "union-hierarchy", "-o", "-", "--format", "png", "--scale", "1")
    assert again.stdout == (tmp_path / "c.png").read_bytes()


def test_without_a_font_there_is_one_line_and_no_file(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(png, "lacking", list)
    done = invoke("chart", workspace, "top-organisers", "-o", tmp_path / "a.png")
    assert "install one, such as Noto Sans CJK (Debian: fonts-noto-cjk), or choose SVG" in one_line(done, 2)
    assert list(tmp_path.iterdir()) == []


def test_options_choose_what_is_counted(workspace: Path) -> None:
    def figures(*options: str) -> list[dict[str, str]]:
        done = invoke("chart", workspace, *options, "-o", "-", "--format", "csv")
        assert done.returncode == 0
        return list(csv.DictReader(io.StringIO(done.stdout.decode())))

    months = figures("activities-over-time", "--from", "2025-04-01", "--to", "2025-05-31")
    assert [row["key"] for row in months] == ["2025-04", "2025-05"]
    assert [row["key"] for row in figures("activities-over-time", "--period", "year")] == ["2025", ""]
    assert len(figures("top-organisers")) > len(figures("top-organisers", "--top", "3")) == 3
    assert {row["planned"] for row in figures("activities-by-kind", "--status", "planned")} != {"0"}
    assert figures("facts-by-relation", "--lang", "en")[0]["relation"] == "has role"


@pytest.mark.parametrize(
    ("name", "column", "query", "asked"),
    [
        ("activities-by-district", "stated", "districts-by-activity", "district"),
        ("top-organisers", "total", "unions-by-activity", "trade_union"),
    ],
)
def test_charts_count_as_queries_do(workspace: Path, name: str, column: str, query: str, asked: str) -> None:
    def rows(*words: str | Path) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(invoke(*words, "--format", "csv").stdout.decode())))

    drawn = [row for row in rows("chart", workspace, name, "-o", "-") if row[column] != "0"]
    answer = {row[asked]: row["activities"] for row in rows("query", workspace, query)}
    if asked == "trade_union":  # the query asks about unions only
        drawn = [row for row in drawn if row["organiser"] in answer]
    assert {row[name.rpartition("-")[2].removesuffix("s")]: row[column] for row in drawn} == answer


def test_a_table_for_spreadsheets_is_marked(workspace: Path, tmp_path: Path) -> None:
    assert invoke("chart", workspace, "top-organisers", "-o", tmp_path / "a.csv", "--bom").returncode == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbforganiser,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["top-organizers", "-o", "a.svg"], "no chart called 'top-organizers'; did you mean top-organisers"),
        (["pie", "-o", "a.svg"], "no chart called 'pie'; known: activities-by-district"),
        (["-o", "a.svg"], "svg holds one chart; give its NAME"),
        (["-o", "a.docx"], "name a file that ends in .html, .svg, .png, .csv, .json"),
        (["top-organisers", "-o", "a.svg", "--width", "100"], "--width and --scale are for png"),
        (["top-organisers", "-o", "a.png", "--width", "100", "--scale", "2"], "give one of them"),
        (["top-organisers", "-o", "a.svg", "--bom"], "--bom is for csv"),
        (["top-organisers", "-o", "a.svg", "--from", "March"], "not a day written as YYYY-MM-DD"),
        (["top-organisers", "-o", "a.svg", "--from", "2025-02-01", "--to", "2025-01-01"], "is after --to"),
        (["top-organisers", "-o", "a.svg", "--top", "0"], "0 is not in the range"),
        (["top-organisers"], "Missing option '-o'"),
    ],
)
def test_what_cannot_be_is_a_usage_error(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = invoke("chart", workspace, *words)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_with_nothing_in_it_has_charts_that_say_so(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    assert invoke("build", tmp_path / "empty.md", "-o", tmp_path / "ws").returncode == 0
    for name in (*CHARTS, ""):
        done = invoke("chart", tmp_path / "ws", *filter(None, [name]), "-o", "-", "--format", "svg" if name else "html")
        assert (done.returncode, done.stderr) == (0, b"")
        assert "没有可画的内容。" in done.stdout.decode()


def test_no_workspace(tmp_path: Path) -> None:
    done = invoke("chart", tmp_path / "nowhere", "-o", tmp_path / "a.html")
    assert done.returncode in (3, 6)
    assert "nowhere" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []
