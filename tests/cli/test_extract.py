"""`kg extract`: the shape that others' programs read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.cli.extract import printed
from kg.model import ARTICLE
from tests.resolve.by_hand import Writer

PAGE = """# 西城区总工会举办技能大赛

**本报讯**（记者 孙晓艳）3月8日，西城区总工会在西城区工人文化宫举办职工技能大赛，百余名职工参加。

“大家都是行家里手。”西城区总工会主席王建国说。下月，西城区总工会还将举办健步走活动。
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "h01.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def extract(*words: object) -> list[dict[str, Any]]:
    done = CliRunner().invoke(main, ["extract", *map(str, words)])
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_an_article_in_the_fixed_shape(page: Path) -> None:
    (record,) = extract(page, "--home", "北京市", "--issue-date", "2025-03-10", "--paper", "京华工报")
    assert list(record) == ["id", "page", "entities", "triples", "evidence"]
    assert (record["id"], record["page"]) == ("h01", "h01")
    names = {entity["name"] for entity in record["entities"]}
    for entity in record["entities"]:
        assert list(entity) == ["type", "name", "aliases", "key"]
        assert entity["key"].startswith(entity["type"] + "|")
    assert len(record["evidence"]) == len(record["triples"]) > 0
    for triple, evidence in zip(record["triples"], record["evidence"], strict=True):
        assert len(triple) in (3, 4)
        assert {triple[0], triple[2]} <= names | {ARTICLE}
        assert list(evidence)[:7] == ["quote", "start", "end", "lines", "page_ranges", "rule", "confidence"]
        printed_on_page = "".join(PAGE[start:end] for start, end in evidence["page_ranges"])
        assert printed_on_page == evidence["quote"].replace("\n", "")
        assert evidence["lines"]
    assert ["王建国", "hasRole", "西城区总工会", "主席"] in record["triples"]
    assert [ARTICLE, "reportedBy", "孙晓艳"] in record["triples"]
    assert any(one["type"] == "Date" for one in record["entities"])


def test_all_statuses_are_asked_for_and_told(page: Path) -> None:
    (plain,) = extract(page)
    (every,) = extract(page, "--all-statuses")
    happened = [t for t, e in zip(every["triples"], every["evidence"], strict=True) if e["status"] == "happened"]
    assert happened == plain["triples"]


def test_confidence_bounds_what_is_printed(page: Path) -> None:
    (every,) = extract(page)
    (sure,) = extract(page, "--min-confidence", "0.98")
    kept = [t for t, e in zip(every["triples"], every["evidence"], strict=True) if e["confidence"] >= 0.98]
    assert 0 < len(kept) < len(every["triples"])
    assert sure["triples"] == kept
    assert extract(page, "--weak-rules", "--min-confidence", "1")[0]["triples"] == []


def test_rules_of_names_are_told_on_demand(page: Path) -> None:
    (record,) = extract(page, "--rules")
    assert all(entity["rules"] == sorted(set(entity["rules"])) != [] for entity in record["entities"])


def test_several_articles_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "h02.md"
    path.write_text(PAGE + "\n" + PAGE.replace("西城", "东城"), encoding="utf-8")
    assert [record["id"] for record in extract(path)] == ["h02#1", "h02#2"]


def test_pages_come_in_the_order_given_and_from_standard_input(page: Path, tmp_path: Path) -> None:
    other = tmp_path / "a.md"
    other.write_text(PAGE.replace("西城", "东城"), encoding="utf-8")
    assert [record["id"] for record in extract(page, other)] == ["h01", "a"]
    assert [record["id"] for record in extract(tmp_path)] == ["a", "h01"]
    done = CliRunner().invoke(main, ["extract", "-"], input=PAGE.encode())
    assert json.loads(done.stdout)["id"] == "stdin"


def test_workers_do_not_change_a_byte(page: Path, tmp_path: Path) -> None:
    assert extract(tmp_path, "--workers", 2) == extract(tmp_path, "--workers", 1)


def test_an_empty_page_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    assert extract(tmp_path / "empty.md") == []


@pytest.mark.parametrize(
    "words",
    [
        ["--home", "火星市"],
        ["--issue-date", "3月8日"],
        ["--issue-date", "2025-13-01"],
        ["--workers", "0"],
        ["--min-confidence", "1.5"],
        ["--nonsense"],
        [],
    ],
)
def test_wrong_options_are_usage_errors(page: Path, words: list[str]) -> None:
    done = CliRunner().invoke(main, ["extract", *words, *([str(page)] if words else [])])
    assert done.exit_code == 2
    assert done.stdout == ""


# ---------------------------------------------------------------------------------------------------- by hand


def test_a_triple_is_printed_once_with_its_surest_evidence() -> None:
    writer = Writer("短讯\n西城区总工会举办大赛。西城区总工会的大赛好。")
    union, event = writer.entity("TradeUnion", "西城区总工会"), writer.entity("Activity", "大赛")
    writer.say(union, "organizes", event, quote="西城区总工会举办大赛。", confidence=0.6)
    writer.say(union, "organizes", event, quote="西城区总工会的大赛好。", confidence=0.9)
    record = printed(writer.done())
    assert record["triples"] == [["西城区总工会", "organizes", "大赛"]]
    assert [one["confidence"] for one in record["evidence"]] == [0.9]


def test_all_rules_that_read_a_triple_are_told() -> None:
    writer = Writer("短讯\n西城区总工会举办大赛。西城区总工会的大赛好。")
    union, event = writer.entity("TradeUnion", "西城区总工会"), writer.entity("Activity", "大赛")
    writer.say(union, "organizes", event, quote="西城区总工会举办大赛。", rule="verb")
    writer.say(union, "organizes", event, quote="西城区总工会的大赛好。", rule="by", confidence=0.9)
    (evidence,) = printed(writer.done())["evidence"]
    assert (evidence["rule"], evidence["rules"]) == ("by", ["by", "verb"])


def test_titles_honours_and_quotes_are_the_fourth_item() -> None:
    writer = Writer("短讯\n西城区总工会主席王伟：“好。”，授予他“劳模”。")
    union, person = writer.entity("TradeUnion", "西城区总工会"), writer.entity("Person", "王伟")
    writer.say(person, "hasRole", union, qualifiers={"title": "主席"})
    writer.say(union, "awards", person, qualifiers={"honour": "劳模"})
    writer.say(person, "quotedIn", writer.article.key, qualifiers={"quote": "好。"})
    writer.say(writer.article.key, "reportedBy", person, qualifiers={"role": "记者"})
    writer.say(writer.article.key, "mentions", person)
    record = printed(writer.done(), alone=True)
    assert record["id"] == "p1"
    assert sorted(record["triples"]) == sorted(
        [
            ["王伟", "hasRole", "西城区总工会", "主席"],
            ["西城区总工会", "awards", "王伟", "劳模"],
            ["王伟", "quotedIn", ARTICLE, "好。"],
            [ARTICLE, "reportedBy", "王伟"],
        ]
    )


def test_only_what_happened_unless_asked() -> None:
    writer = Writer("短讯\n西城区总工会将举办大赛。")
    union, event = writer.entity("TradeUnion", "西城区总工会"), writer.entity("Activity", "大赛")
    writer.say(union, "organizes", event, status="planned")
    assert printed(writer.done())["triples"] == []
    every = printed(writer.done(), all_statuses=True)
    assert every["triples"] == [["西城区总工会", "organizes", "大赛"]]
    assert [one["status"] for one in every["evidence"]] == ["planned"]


def test_properties_are_no_triples() -> None:
    writer = Writer("短讯\n3月8日举办大赛。")
    writer.say(writer.entity("Activity", "大赛"), "date", "3月8日", qualifiers={"start": "2025-03-08"})
    assert printed(writer.done())["triples"] == []


@pytest.mark.parametrize("bound", ["nan", "-0.1", "1.5", "inf"])
def test_a_bound_of_confidence_is_a_number_from_0_to_1(page: Path, bound: str) -> None:
    result = CliRunner().invoke(main, ["extract", "--min-confidence", bound, str(page)])
    assert result.exit_code == 2
    assert "--min-confidence" in result.stderr
