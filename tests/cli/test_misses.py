"""`kg misses`: a ranked list for those who make rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.run import invoke, one_line

FIRST = "会上，津南区总工会和延庆区总工会的同志谈到了帮扶。"
SECOND = "会上，西城区总工会和各界朋友、东城区总工会和来宾聊起了去年那一次难忘的帮扶。"
PAGE = f"""# 两地工会共商发展

3月8日，延庆区总工会举办“匠心杯”职工技能大赛，百余名职工参加。

{SECOND}

{FIRST}
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "p1.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def records(*words: str | Path) -> list[dict[str, object]]:
    done = invoke("misses", *words, "--format", "jsonl")
    assert done.returncode == 0
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_the_likeliest_comes_first(page: Path) -> None:
    found = records(page)
    assert [one["sentence"] for one in found] == [FIRST, SECOND]
    assert found[0] == {
        "page": "p1",
        "article": "p1#1",
        "lines": [7],
        "start": PAGE.replace("# ", "").replace("\n\n", "\n").index(FIRST),
        "end": PAGE.replace("# ", "").replace("\n\n", "\n").index(FIRST) + len(FIRST),
        "score": 4.088,
        "trigger": "帮扶",
        "relation": "supports",
        "subject": {"type": "TradeUnion", "name": "津南区总工会"},
        "object": {"type": "TradeUnion", "name": "延庆区总工会"},
        "entities": [
            {"type": "TradeUnion", "name": "津南区总工会"},
            {"type": "TradeUnion", "name": "延庆区总工会"},
        ],
        "silent": True,
        "sentence": FIRST,
    }


def test_as_a_table_and_limited(page: Path) -> None:
    head, _, first = invoke("misses", page, "--limit", "1").stdout.decode().splitlines()
    assert head.split() == ["score", "page", "lines", "trigger", "candidate", "sentence"]
    assert "津南区总工会 (TradeUnion) supports 延庆区总工会 (TradeUnion)" in first
    assert len(records(page, "--limit", "1")) == 1


def test_all_shows_sentences_that_were_read_in_part(page: Path) -> None:
    assert len(records(page, "--all")) >= len(records(page))
    assert all(one["silent"] for one in records(page))


def test_nothing_missed_is_an_empty_list(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text("# 通知\n\n今天天气很好。\n", encoding="utf-8")
    assert records(tmp_path / "p.md") == []
    assert "gone" in one_line(invoke("misses", tmp_path / "gone"), 3)
