"""The tables of words are tidy: sorted, one row a word, plain characters, known classes."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.extract import lexicon
from kg.text import fold
from ontology import divisions, ontology

LEXICON = Path(divisions.__file__).with_name("lexicon")
TABLES = sorted(path.name for path in LEXICON.glob("*.tsv"))
VERBS = {
    "attend", "award", "found", "give", "guide", "hold", "make", "organize", "say", "support", "visit", "win",
}  # fmt: skip
WORDS = {
    "brandlike",
    "deed",
    "event",
    "generic",
    "manner",
    "name",
    "noname",
    "platform",
    "state",
    "stop",
    "trade",
    "utility",
}
HEADS = {"Activity", "Enterprise", "Organization", "Product", "TradeUnion", "Venue"}
TITLES = {"post", "weak"}


def table(name: str) -> tuple[list[str], list[list[str]]]:
    head, *rows = (LEXICON / name).read_text(encoding="utf-8").split("\n")[:-1]
    return head.split("\t"), [row.split("\t") for row in rows]


def test_every_table_is_tested() -> None:
    assert {
        "brands.tsv", "enterprise-forms.tsv", "heads.tsv", "surnames.tsv", "titles.tsv", "union-forms.tsv", "verbs.tsv",
        "words.tsv",
    } <= set(TABLES)  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_table_is_tidy(name: str) -> None:
    raw = (LEXICON / name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert not raw.endswith(b"\n\n")
    head, rows = table(name)
    assert rows
    assert all(re.fullmatch(r"[a-z_]+", column) for column in head)
    assert {len(row) for row in rows} == {len(head)}
    first = [row[0] for row in rows]
    assert all(first)
    assert first == sorted(set(first))
    for row in rows:
        for cell in row:
            assert cell == cell.strip()
            assert "  " not in cell
            assert unicodedata.is_normalized("NFC", cell)
            assert cell.isprintable()


@pytest.mark.parametrize(
    ("name", "known"), [("verbs.tsv", VERBS), ("words.tsv", WORDS), ("heads.tsv", HEADS), ("titles.tsv", TITLES)]
)
def test_classes_are_known(name: str, known: set[str]) -> None:
    _, rows = table(name)
    used = {kind for row in rows for kind in row[1].split(" ")}
    assert used == known
    for row in rows:
        kinds = row[1].split(" ")
        assert len(kinds) == len(set(kinds)), f"{name}: {row[0]} names a class twice"


def test_heads_are_of_classes_of_the_ontology() -> None:
    assert set(ontology.classes) >= HEADS


def test_a_word_does_not_both_carry_and_end_a_name_without_reason() -> None:
    # 服务, 联合 … stand in names and end them: the grammar decides by what is around; there are few of them
    both = lexicon.words("name") & lexicon.words("stop")
    assert len(both) < 60


def test_surnames_tell_their_length() -> None:
    head, rows = table("surnames.tsv")
    assert head == ["surname", "length"]
    assert all(row[1] == str(len(row[0])) for row in rows)
    assert {row[1] for row in rows} == {"1", "2"}
    assert {"欧阳", "司马", "诸葛", "上官", "王", "李"} <= lexicon.surnames()


@pytest.mark.parametrize("name", ["brands.tsv", "heads.tsv", "titles.tsv", "verbs.tsv", "words.tsv"])
def test_every_word_stands_as_folded_text_has_it(name: str) -> None:
    _, rows = table(name)
    for row in rows:
        assert fold(row[0]).text == row[0], f"{row[0]} is never found in folded text"
        assert not re.fullmatch(r"[A-Za-z0-9]", row[0])


def test_forms_end_in_a_form_that_stands_for_itself() -> None:
    for name in ("union-forms.tsv", "enterprise-forms.tsv"):
        _, rows = table(name)
        forms = {row[0]: row[1] for row in rows}
        for written, form in forms.items():
            assert form
            assert forms.get(form, form) == form, f"{name}: {written} leads to {form}, which leads further"


def test_short_forms_are_shorter() -> None:
    _, rows = table("short-forms.tsv")
    for written, full in rows:
        assert len(written) < len(full)
        letters = iter(full)
        assert all(char in letters for char in written), f"{written} does not take its characters from {full}"


def test_reading_a_table_gives_its_rows() -> None:
    for name in TABLES:
        _, rows = table(name)
        assert [list(row) for row in lexicon.rows(name.removesuffix(".tsv"))] == rows


def test_a_short_row_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "broken.tsv").write_text("word\tclasses\n工会\tname\n总工会\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "files", lambda package: tmp_path)
    with pytest.raises(OntologyError, match=r"broken\.tsv line 3: 1 columns where 2 stand"):
        lexicon.rows("broken")


def test_characters_tell_names_from_words() -> None:
    head, rows = table("name-characters.tsv")
    assert head == ["character", "surname", "first", "second", "single"]
    assert all(len(row[0]) == 1 and all(-12 < float(cell) < 12 for cell in row[1:]) for row in rows)
    for name in ("马桂荣", "陆婷婷", "欧阳建华", "王梅", "瞿燕"):
        assert lexicon.name_odds(name) > 5, name
    for words in ("高质量", "安全生", "常态化", "方面", "关心职", "程建设"):
        assert lexicon.name_odds(words) < 1, words
    assert lexicon.name_odds("王") == lexicon.name_odds("王建国庆祝") == float("-inf")


def test_asking_by_class() -> None:
    assert "举办" in lexicon.verbs("organize")
    assert "举办" in lexicon.verbs("hold")
    assert lexicon.verbs("nothing") == frozenset()
    assert "主席" in lexicon.titles("post")
    assert "大赛" in lexicon.heads("Activity")
    assert "总工会" in lexicon.heads("TradeUnion")
    assert lexicon.brands()


def test_signs_are_of_cities_of_the_table() -> None:
    _, rows = table("city-signs.tsv")
    for sign, city in rows:
        assert len(sign) == 1
        assert [division.name for division in divisions.named(city)] == [city]


def test_slips_take_one_character_for_another() -> None:
    head, rows = table("slips.tsv")
    assert head == ["printed", "meant"]
    confused = ({"日", "曰"}, {"已", "己", "巳"}, {"未", "末"})
    for printed, meant in rows:
        assert len(printed) == len(meant)
        others = [{a, b} for a, b in zip(printed, meant, strict=True) if a != b]
        assert all(any(pair <= group for group in confused) for pair in others), f"{printed} for {meant}"
    right = {row[0] for row in rows if row[0] == row[1]}
    slips = {row[0] for row in rows} - right
    assert not slips & {row[1] for row in rows}, "what is repaired would be broken again"
