"""`kg eval`: figures, causes and rules, as tables and as JSON, and how it ends."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import invoke, kg, one_line
from tests.eval.gold import GOLD, SHARED, TEXTS, record

ARTICLE = {
    "id": "h07",
    "split": "tune",
    "entities": [
        {"type": "Union", "name": "西城区总工会", "aliases": ["区总工会"]},
        {"type": "Activity", "name": "职工技能大赛"},
        {"type": "Person", "name": "王伟"},
    ],
    "triples": [
        ["西城区总工会", "organizes", "职工技能大赛"],
        ["王伟", "hasRole", "西城区总工会", "主席"],
        ["王伟", "participatesIn", "职工技能大赛"],
    ],
}
FOUND = {
    "id": "h07",
    "entities": [
        {**record("TradeUnion", "区总工会"), "rules": ["head"]},
        {**record("Activity", "职工技能大赛"), "rules": ["theme"]},
        {**record("Person", "张三"), "rules": ["person-title"]},
    ],
    "triples": [
        ["区总工会", "organizes", "职工技能大赛"],
        ["张三", "hasRole", "区总工会", "主席"],
    ],
    "evidence": [
        {"rule": "organize-verb", "rules": ["organize-by", "organize-verb"], "confidence": 0.95},
        {"rule": "post-before-name", "confidence": 0.9},
    ],
}
EVERYTHING = ("--blame", "--ablate", "--reliability", "--verbose")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps({"articles": [ARTICLE, {"id": "h08"}]}), encoding="utf-8")
    return path


@pytest.fixture
def found(tmp_path: Path) -> Path:
    path = tmp_path / "found.jsonl"
    path.write_text(json.dumps(FOUND) + "\n", encoding="utf-8")
    return path


def figures(*words: str | Path) -> dict[str, Any]:
    done = invoke("eval", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def row(table: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next(one for one in table if kind in one.values())


def test_figures_as_json(gold: Path, found: Path) -> None:
    said = figures(gold, found)
    assert list(said) == ["articles", "without_prediction", "unknown", "intervals", "titles", "entities", "triples"]
    assert (said["articles"], said["without_prediction"], said["unknown"]) == (2, ["h08"], [])
    union = row(said["entities"], "TradeUnion")
    assert (union["right"], union["predicted"], union["expected"], union["f1"]) == (1, 1, 1, 1.0)
    together = row(said["triples"], "all")
    assert (together["right"], together["predicted"], together["expected"]) == (1, 2, 3)
    assert (together["precision"], together["recall"], together["f1"]) == (0.5, 0.3333, 0.4)
    low, high = said["intervals"]["triples"]["f1"]
    assert low <= 0.4 <= high


def test_causes_rules_and_reliability_as_json(gold: Path, found: Path) -> None:
    said = figures(gold, found, *EVERYTHING)
    assert row(said["lost"], "hasRole")["missed"] == 1
    assert row(said["spurious"], "hasRole")["end name"] == 1
    verb = row(said["rules"], "organize-verb")
    assert (verb["right"], verb["wrong"], verb["only"], verb["precision"]) == (1, 0, 0, 1.0)
    assert row(said["rules"], "post-before-name")["wrong"] == 1
    assert row(said["entity rules"], "person-title")["wrong"] == 1
    assert [one["judged"] for one in said["reliability"]] == [1, 1]
    lost = row(said["triples lost"], "王伟 | participatesIn | 职工技能大赛")
    assert (lost["article"], lost["cause"], lost["end"]) == ("h07", "missed", "subject")
    assert row(said["triples wrong"], "张三 | hasRole | 区总工会")["rules"] == "post-before-name"
    assert row(said["entities missed or wrong"], "张三")["what"] == "spurious"


def test_the_same_as_tables(gold: Path, found: Path) -> None:
    done = invoke("eval", gold, found, *EVERYTHING)
    assert done.returncode == 0
    text = done.stdout.decode()
    assert text.startswith(f"2 articles of {gold}\nwithout a prediction, all missed: h08\n\nentities\nkind ")
    for head in (
        "triples",
        "lost",
        "spurious",
        "rules",
        "entity rules",
        "reliability",
        "triples lost",
        "triples wrong",
    ):
        assert f"\n\n{head}\n" in text
    assert "95 of 100 such sets of articles: precision 0.000 to 0.500, " in text
    assert "confidence and precision are 0.475 apart on average" in text
    assert text.endswith("\n\ntitles wrong\nnone\n")


def test_predictions_come_from_standard_input_and_the_same_twice(gold: Path, found: Path) -> None:
    first = kg("eval", gold, "-", *EVERYTHING, stdin=found.read_bytes(), PYTHONHASHSEED="1")
    second = kg("eval", gold, found, *EVERYTHING, PYTHONHASHSEED="2")
    assert first.returncode == second.returncode == 0
    assert first.stdout == second.stdout


def test_parts_of_the_gold(gold: Path, found: Path) -> None:
    assert figures(gold, found, "--split", "tune")["articles"] == 1
    assert figures(gold, found, "--ids", "h08, h07")["articles"] == 2
    assert figures(gold, found, "--ids", "h08")["without_prediction"] == ["h08"]
    assert "did you mean tune?" in one_line(invoke("eval", gold, found, "--split", "tun"), 2)
    assert "h09" in one_line(invoke("eval", gold, found, "--ids", "h09"), 2)


def test_texts_show_what_cutting_did(gold: Path, found: Path, tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    page = tmp_path / "texts" / "h07.txt"
    page.write_text("# 大赛开赛\n\n3月8日，区总工会举办职工技能大赛。会上，王伟说好。\n", encoding="utf-8")
    said = figures(gold, found, "--verbose", "--texts", page.parent)
    assert row(said["triples lost"], "王伟 | participatesIn | 职工技能大赛")["cause"] == "missed"
    page.rename(page.with_name("other.txt"))
    assert "no text is named by an id" in one_line(invoke("eval", gold, found, "--texts", page.parent), 3)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--min-triples-f1", "0.5"], "triples f1 0.4000 is under 0.5;"),
        (["--min-triples-precision", "0.9"], "triples precision 0.5000 is under 0.9;"),
        (["--min-entities-f1", "1", "--min-triples-f1", "1"], "entities f1 0.6667 is under 1, triples f1 0.4000 is"),
    ],
)
def test_a_bound_that_is_not_reached_fails_behind_the_figures(
    gold: Path, found: Path, words: list[str], message: str
) -> None:
    done = invoke("eval", gold, found, *words)
    assert done.returncode == 1
    assert b"triples" in done.stdout
    assert done.stderr.decode().startswith(f"Error: {message}")


def test_bounds_that_are_reached(gold: Path, found: Path) -> None:
    done = invoke("eval", gold, found, "--min-entities-f1", "0.6", "--min-triples-f1", "0.4")
    assert done.returncode == 0


def test_wrong_inputs_are_told_in_one_line(gold: Path, found: Path, tmp_path: Path) -> None:
    assert "gone.json: no such file; give" in one_line(invoke("eval", tmp_path / "gone.json", found), 3)
    assert "gone.jsonl: no such file; give" in one_line(invoke("eval", gold, tmp_path / "gone.jsonl"), 3)
    assert "found.jsonl: no 'articles' in it" in one_line(invoke("eval", found, found), 3)
    assert "gold.json, line 1: 'id' is missing" in one_line(invoke("eval", gold, gold), 3)
    assert "gone: no such file or folder" in one_line(invoke("eval", gold, found, "--texts", tmp_path / "gone"), 3)
    assert invoke("eval", gold).returncode == 2
    assert invoke("eval", gold, found, "--min-triples-f1", "2").returncode == 2


def test_the_table_of_confidences_is_written(gold: Path, found: Path, tmp_path: Path) -> None:
    table = tmp_path / "confidence.tsv"
    assert invoke("eval", gold, found, "--calibrate", table).returncode == 0
    assert "\nhasRole\tpost-before-name\t0\t1\t0\t0\t0." in table.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("annotated", "folder", "words"),
    [
        (GOLD, str(TEXTS), ["--split", "tune"]),
        pytest.param(
            SHARED / "dev-gold.json",
            os.environ.get("KG_EVAL_TEXTS", ""),
            [],
            marks=pytest.mark.skipif(
                not os.environ.get("KG_EVAL_TEXTS") or not SHARED.is_dir(),
                reason=f"KG_EVAL_TEXTS names no folder with the texts of {SHARED}, which are not in the repository",
            ),
        ),
    ],
    ids=["invented", "dev"],
)
def test_reliability_is_that_of_the_triples(annotated: Path, folder: str, words: list[str], tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(invoke("extract", folder, "--workers", "1").stdout)
    said = figures(annotated, path, *words, "--reliability")
    judged = sum(one["judged"] for one in said["reliability"])
    assert judged == row(said["triples"], "all")["predicted"]
    assert sum(one["right"] for one in said["reliability"]) == row(said["triples"], "all")["right"]
    assert all(one["from"] <= one["confidence"] <= one["to"] for one in said["reliability"])
