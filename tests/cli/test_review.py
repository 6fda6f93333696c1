"""`kg review`: in a terminal and without one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.build import build
from tests.build.test_decisions import PAGES
from tests.cli.run import invoke, one_line

PAIR = ("盛元集团", "北京亦庄盛元投资开发集团有限公司")


@pytest.fixture
def space(tmp_path: Path) -> Path:
    build(PAGES, tmp_path / "space", workers=1)
    return tmp_path / "space"


def listed(space: Path, *options: str) -> list[dict[str, object]]:
    done = invoke("review", space, "--list", *options)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_pairs_come_with_the_sentences_of_both(space: Path) -> None:
    (pair,) = listed(space, "--type", "Enterprise")
    assert {pair["one"], pair["other"]} == set(PAIR)
    assert pair["verdict"] == ""
    sides = pair["contexts"]
    assert isinstance(sides, list)
    for name, side in zip((pair["one"], pair["other"]), sides, strict=True):
        (context,) = side
        assert context["surface"] == name
        assert name in context["sentence"]
        assert context["lines"] == "5"
    assert listed(space, "--type", "Venue") == []


def test_what_was_listed_is_decided_by_its_lines(space: Path, tmp_path: Path) -> None:
    pair = {**listed(space, "--type", "Enterprise")[0], "verdict": "same", "why": "见公司网站"}
    file = tmp_path / "pairs.jsonl"
    file.write_text(json.dumps(pair, ensure_ascii=False) + "\n" + json.dumps({**pair, "verdict": ""}), encoding="utf-8")
    done = invoke("review", space, "--decide", file, "--who", "李编辑")
    assert "1 judgement written to" in done.stderr.decode()
    head, line = (space / "judgements.tsv").read_text(encoding="utf-8").splitlines()
    assert head.split("\t")[0] == "verdict"
    assert line.split("\t") == ["same", pair["one"], pair["other"], "李编辑", "见公司网站"]
    assert invoke("build", "--add", "-o", space).returncode == 0
    assert listed(space, "--type", "Enterprise") == []
    # said again, nothing is written twice; said otherwise, the line changes
    again = invoke("review", space, "--decide", file, "--who", "李编辑")
    assert "has these 1 already" in again.stderr.decode()
    file.write_text(json.dumps({**pair, "verdict": "unsure"}, ensure_ascii=False), encoding="utf-8")
    assert invoke("review", space, "--decide", file, "--who", "李编辑").returncode == 0
    assert len((space / "judgements.tsv").read_text(encoding="utf-8").splitlines()) == 2
    assert invoke("build", "--add", "-o", space).returncode == 0
    assert listed(space, "--type", "Enterprise") == []
    (asked,) = listed(space, "--type", "Enterprise", "--unsure")
    assert asked["unsure"] == "judged by 李编辑: 见公司网站"


def test_in_a_terminal_each_pair_is_asked_for(space: Path) -> None:
    waiting = len(listed(space))
    done = invoke("review", space, "--who", "甲", stdin=b"d\n\n" + b"q\n")
    assert done.returncode == 0, done.stderr
    shown = done.stdout.decode()
    assert f"1 of {waiting}: " in shown
    assert (space / "judgements.tsv").read_text(encoding="utf-8").splitlines()[1].startswith("different\t")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "pairs.jsonl, line 1: not JSON"),
        ('{"verdict": "yes", "one": "a", "other": "b"}', "line 1: a verdict (same, different, unsure)"),
        ('{"verdict": "same", "one": "a"}', "and two things, one and other, are needed"),
        ('{"verdict": "same", "one": "a", "other": "b\\tc"}', "without tabs"),
        ("[]", "a verdict"),
    ],
)
def test_lines_that_decide_nothing_are_one_line_of_error(space: Path, tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(line, encoding="utf-8")
    assert words in one_line(invoke("review", space, "--decide", file), 3)
    assert not (space / "judgements.tsv").exists()
    assert "gone.jsonl: no such file" in one_line(invoke("review", space, "--decide", tmp_path / "gone.jsonl"), 3)
    assert invoke("review", space, "--list", "--decide", file).returncode == 2
    assert "no such class" in invoke("review", space, "--type", "Union").stderr.decode()


def test_a_file_that_is_no_text_is_told_before_anybody_answers(space: Path, tmp_path: Path) -> None:
    (space / "judgements.tsv").write_bytes("same\t盛元集团\t盛元\n".encode("gb18030"))
    before = (space / "judgements.tsv").read_bytes()
    pair = {**listed_line(), "verdict": "same"}
    file = tmp_path / "pairs.jsonl"
    file.write_text(json.dumps(pair, ensure_ascii=False), encoding="utf-8")
    for words in (("--list",), ("--decide", str(file)), ()):
        assert "not UTF-8" in one_line(invoke("review", space, *words), 3)
    assert (space / "judgements.tsv").read_bytes() == before


def listed_line() -> dict[str, object]:
    return {"one": PAIR[0], "other": PAIR[1], "who": "", "why": ""}


def test_an_answer_is_kept_where_the_input_ends(space: Path) -> None:
    done = invoke("review", space, "--type", "Enterprise", stdin=b"s\n")
    assert done.returncode == 0, done.stderr
    assert (space / "judgements.tsv").read_text(encoding="utf-8").splitlines()[1].startswith("same\t")
    assert invoke("review", space, stdin=b"").returncode == 0
