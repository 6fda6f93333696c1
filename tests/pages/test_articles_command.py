"""`kg articles`: the shape that others' programs read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

DATA = Path(__file__).parent / "data"
KEYS = ["id", "page", "headline", "headline_made", "kicker", "byline", "lines", "joins", "moves", "text"]


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["articles", *arguments], input=stdin)


def records(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_shape() -> None:
    found = records(run(str(DATA / "tail-on-top.md")))
    assert [list(record) for record in found] == [KEYS, KEYS]
    first = found[0]
    assert (first["id"], first["page"], first["headline_made"]) == ("tail-on-top#1", "tail-on-top", False)
    assert first["byline"] == [{"name": "霍启明", "role": "记者"}]
    assert first["lines"] == [7, 9, 1, 3]
    assert [join[:2] for join in first["joins"]] == [[9, 1]]
    assert [(move["lines"], move["after"]) for move in first["moves"]] == [([1, 3], 9)]
    assert "并简化受理流程，保障职工" in first["text"]


def test_without_repair() -> None:
    found = records(run("--no-repair", str(DATA / "nested-quotes.md")))
    assert all(not record["joins"] and not record["moves"] for record in found)


def test_an_empty_page_prints_nothing(tmp_path: Path) -> None:
    rest = tmp_path / "rest.jsonl"
    assert records(run(str(DATA / "empty.md"), "--leftovers", str(rest))) == []
    assert rest.read_bytes() == b""


def test_leftovers(tmp_path: Path) -> None:
    rest = tmp_path / "rest.jsonl"
    records(run(str(DATA / "kickers.md"), "--leftovers", str(rest)))
    assert [json.loads(line) for line in rest.read_text(encoding="utf-8").splitlines()] == [
        {"page": "kickers", "line": 1, "text": "# 弘扬劳模精神 争做时代先锋"},
        {"page": "kickers", "line": 17, "text": "# 副刊"},
    ]


def test_standard_input() -> None:
    page = (DATA / "one-article.md").read_bytes()
    assert [record["id"] for record in records(run("-", stdin=page))] == ["stdin#1"]
    assert [record["page"] for record in records(run("-", stdin=b'{"id":"a","text":"# b\\n\\nc, d."}\n'))] == ["a"]


def test_a_record_with_a_headline_is_one_article() -> None:
    text = "# 一\n\n本报讯（记者 张三）近日，工会办会。\n\n# 二\n\n本报讯（记者 李四）近日，工会办班。"
    assert len(records(run("-", stdin=json.dumps({"id": "a", "text": text}).encode()))) == 2
    found = records(run("-", stdin=json.dumps({"id": "a", "text": text, "headline": "三"}).encode()))
    assert [(record["headline"], record["lines"]) for record in found] == [("三", [1, 3, 5, 7])]


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (("nowhere.md",), None, "Error: nowhere.md: no such file or folder"),
        (("-",), b"\x89PNG\0\0", "Error: stdin: a binary file"),
        (("-",), "近日，总工会举办职工活动。".encode()[:-1], "Error: stdin: byte"),
        (("-",), b'{"text":1}\n', "Error: stdin, line 1: no object with a text"),
    ],
)
def test_bad_input_ends_with_one_line(arguments: tuple[str, ...], stdin: bytes | None, words: str) -> None:
    result = run(*arguments, stdin=stdin)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr.startswith(words)
    assert result.stderr.count("\n") == 1


def test_leftovers_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    rest = tmp_path / "rest.jsonl"
    rest.write_text("old", encoding="utf-8")
    assert run(str(DATA / "kickers.md"), "nowhere.md", "--leftovers", str(rest)).exit_code == 3
    assert run("-", "--leftovers", str(rest), stdin=b"\0").exit_code == 3
    assert rest.read_text(encoding="utf-8") == "old"
    assert run(str(DATA / "kickers.md"), "--leftovers", str(DATA / "empty.md" / "x")).exit_code == 6
