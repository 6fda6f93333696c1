"""`kg explain`: in words and as JSON, and what it says to those who ask for what is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.build import build
from kg.workspace import Workspace
from tests.build.test_decisions import PAGES, SAME
from tests.cli.run import invoke, one_line

FIRM = "北京亦庄盛元投资开发集团有限公司"


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain") / "ws"
    folder.mkdir()
    (folder / "judgements.tsv").write_text(SAME, encoding="utf-8")
    build(PAGES, folder, workers=1)
    return folder


def text(*words: str | Path) -> list[str]:
    done = invoke("explain", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().splitlines()


def test_a_thing_in_words(space: Path) -> None:
    lines = text(space, "盛元集团")
    assert lines[0] == f"{FIRM} (Enterprise)"
    assert "  盛元集团: 1 time in 1 article, first in 2025-03-06, b#1, line 5" in lines
    assert any(line.startswith("    Enterprise|") and ": " in line for line in lines)
    assert any(line.endswith("judged by 李编辑: 见公司网站") for line in lines)
    assert (
        "  judgements.tsv, line 1: same 盛元集团 " + FIRM + " 李编辑 见公司网站 (judged by 李编辑: 见公司网站)" in lines
    )
    assert "  → organizes: 2" in lines


def test_a_fact_in_words_by_its_ends_or_its_id(space: Path) -> None:
    lines = text(space, "盛元集团", "organizes", "“匠心杯”技能大赛")
    assert lines[0] == f"{FIRM} organizes role=host “匠心杯”技能大赛"
    assert lines[3] == f"  2025-03-03, a#1, line 5: {FIRM.join(('3月2日，', '举办“匠心杯”技能大赛。'))}"
    assert "    rule " in lines[4]
    assert "triples on articles nobody looked at" in lines[4]
    (own,) = (line.split()[1] for line in lines if line.startswith("  id fact-"))
    assert text(space, own) == lines
    assert text(space, "盛元集团", "supports", "“匠心杯”技能大赛")[0] == "there is no such fact"


def test_a_pair_in_words(space: Path) -> None:
    lines = text(space, "盛元集团", FIRM)
    assert lines[0].startswith(f"盛元集团 and {FIRM} are one: {FIRM} (Enterprise), entity-")
    assert lines[lines.index("joined by") + 1].endswith("judged by 李编辑: 见公司网站")
    two = text(space, "Enterprise:盛元集团", "“匠心杯”技能大赛")
    assert "the grammar of names says different: classes differ: Activity, Enterprise" in two


def test_what_programs_read_holds_the_same(space: Path) -> None:
    thing = json.loads("".join(text(space, "盛元集团", "--format", "json")))
    assert thing["thing"]["name"] == FIRM
    assert {form["name"] for form in thing["forms"]} == {"盛元集团", FIRM}
    pair = json.loads("".join(text(space, "盛元集团", FIRM, "--format", "json")))
    assert pair["same"] is True
    facts = json.loads("".join(text(space, "盛元集团", "organizes", "“匠心杯”技能大赛", "--format", "json")))["facts"]
    assert {fact["id"] for fact in facts} <= {row.id for row in Workspace.open(space).fact_rows()}
    assert facts[0]["said"][0]["quote"].startswith("3月2日")


def test_since_an_older_workspace(space: Path, tmp_path: Path) -> None:
    build(PAGES[:1], tmp_path / "new", workers=1)
    lines = text(tmp_path / "new", "盛元集团", "organizes", "“书香润心”读书分享会", "--since", space)
    assert lines[0] == "there is no such fact"
    assert any("removed organizes" in line and "page removed: b" in line for line in lines)
    lines = text(tmp_path / "new", "王建国", "--since", space)
    assert "  not in this workspace any more" in lines


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("盛元集",), "no entity called '盛元集'; did you mean"),
        (("盛元集团", "likes", FIRM), "no relation called 'likes'"),
        (("fact-000000000000000000000000",), "no fact called"),
    ],
)
def test_what_is_not_there_is_one_line_of_error(space: Path, words: tuple[str, ...], message: str) -> None:
    assert message in one_line(invoke("explain", space, *words), 2)


def test_what_is_no_question_is_a_usage_error(space: Path) -> None:
    assert b"SUBJECT RELATION OBJECT" in invoke("explain", space, "a", "b", "c", "d").stderr
    assert invoke("explain", space).returncode == 2
    assert invoke("explain", space, "盛元集团", FIRM, "--since", space).returncode == 2
