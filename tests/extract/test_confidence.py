"""How sure rules are: the table that is checked in, how it is read, and what weak rules may say."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest

from kg.errors import OntologyError
from kg.eval.calibrate import measure, table_text
from kg.eval.records import choose, read_gold, read_predictions
from kg.eval.score import compare
from kg.extract import Keep, confidence, extract
from kg.extract.confidence import ANY, WEAK, Measure, confidence_of, is_weak, parse, table
from kg.io import dump, read_pages
from kg.pages import cut
from tests.eval.gold import GOLD, TEXTS
from tests.extract.helpers import article

TEXT = (files("kg") / "extract" / "confidence.tsv").read_text(encoding="utf-8")
HEAD = "predicate\trule\tright\twrong\tpractised_right\tpractised_wrong\tconfidence\n"


def test_the_table_is_what_make_calibrate_writes_now() -> None:
    from kg.cli.extract import printed

    every = read_gold(GOLD.read_bytes(), source=str(GOLD))
    lines = []
    for page in read_pages([str(TEXTS)]):
        articles = cut(page).articles
        for one in articles:
            record = printed(extract(one, keep=Keep(weak_rules=True)), alone=len(articles) == 1)
            lines.append(dump(record).encode())
    articles_, found, _ = read_predictions(lines, every, source="extraction")
    fresh, practised = (compare(choose(articles_, split=name), found) for name in ("calibrate", "tune"))
    assert table_text(measure(fresh, practised)) == TEXT, "run: make calibrate"


def test_the_table_is_tidy() -> None:
    rows = table()
    assert list(rows) == sorted(rows)
    for row in rows.values():
        assert row.right >= 0
        assert row.wrong >= 0
        assert 0.0 < row.confidence <= 0.99
        assert (row.predicate, ANY) in rows


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put another table in the place of the one that comes with the program."""
    text = (
        f"{HEAD}*\t*\t90\t10\t0\t0\t0.9\norganizes\t*\t30\t20\t0\t0\t0.6\n"
        "organizes\torganize-by\t4\t0\t0\t0\t0.79\norganizes\torganize-verb\t3\t2\t0\t0\t0.79\n"
    )
    rows = parse(text)
    monkeypatch.setattr(confidence, "table", lambda: rows)
    for cached in (confidence_of, is_weak):
        cached.cache_clear()
    yield
    for cached in (confidence_of, is_weak):
        cached.cache_clear()


@pytest.mark.usefixtures("other")
def test_a_rule_that_was_never_judged_is_as_sure_as_its_relation_else_as_all() -> None:
    assert confidence_of("organizes", "organize-by") == 0.79
    assert confidence_of("organizes", "new") == 0.6
    assert confidence_of("quotedIn", "speech") == 0.9


@pytest.mark.usefixtures("other")
def test_a_rule_is_weak_when_it_was_judged_often_enough_and_wrong_too_often() -> None:
    assert is_weak("organizes", "organize-verb")
    assert not is_weak("organizes", "organize-by")  # judged four times only
    assert not is_weak("organizes", "new")
    assert not is_weak("quotedIn", "speech")
    assert not Measure("organizes", "r", 4, 1, 0, 0, WEAK).weak
    assert not Measure("organizes", ANY, 4, 6, 0, 0, 0.5).weak
    # what rules were made on counts a quarter
    assert not Measure("organizes", "r", 2, 0, 8, 3, 0.7).weak
    assert Measure("organizes", "r", 2, 0, 8, 4, 0.7).weak


@pytest.mark.usefixtures("other")
def test_what_weak_rules_say_is_left_out_unless_asked_for() -> None:
    source = article("3月8日，西城区总工会举办“匠心杯”职工技能大赛。")
    assert "organize-verb" not in {one.evidence.rule for one in extract(source).statements}
    every = extract(source, keep=Keep(weak_rules=True))
    said = [one.evidence for one in every.statements if one.predicate == "organizes"]
    assert [(one.rule, one.confidence) for one in said] == [("organize-verb", 0.79)]
    assert "西城区总工会" in {one.name for one in extract(source).entities}


@pytest.mark.usefixtures("other")
def test_a_weak_rule_stands_in_no_other_rules_way() -> None:
    source = article("3月8日，由西城区总工会主办的“匠心杯”职工技能大赛举行。")

    def rules(keep: Keep) -> set[str]:
        said = extract(source, keep=keep).statements
        return {one.evidence.rule for one in said if one.predicate == "organizes"}

    assert rules(Keep(weak_rules=True)) | rules(Keep()) <= {"organize-verb", "organize-by"}
    assert rules(Keep()) == {"organize-by"}


@pytest.mark.usefixtures("other")
def test_what_is_less_sure_than_the_bound_is_left_out() -> None:
    source = article("3月8日，西城区总工会主席王建国出席在文化宫举行的“匠心杯”职工技能大赛。")
    said = extract(source, keep=Keep(min_confidence=0.9)).statements
    assert said
    assert all(one.evidence.confidence >= 0.9 for one in said)
    assert extract(source, keep=Keep(min_confidence=0.95)).statements == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rule\tconfidence\n",
        HEAD,
        f"{HEAD}organizes\t*\t1\t1\t0.5\n",
        f"{HEAD}*\t*\t1\t1\n",
        f"{HEAD}*\t*\t1\t1\thigh\n",
        f"{HEAD}*\t*\t1\t1\t1.5\n",
        f"<<<<<<< HEAD\n{HEAD}*\t*\t1\t1\t0.5\n",
    ],
)
def test_a_table_that_is_none_says_how_to_make_one(text: str) -> None:
    with pytest.raises(OntologyError, match="run make calibrate"):
        parse(text)
