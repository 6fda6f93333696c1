"""Folding keeps a way back to the printed text; sentences follow each other without overlap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import display_width, fold, normal, quotations, sentences
from tests.extract.laws import lines

_texts = st.one_of(st.lists(lines(), max_size=3).map("\n".join), st.text(max_size=80))


def _bare(text: str) -> str:
    return "".join(text.split()).translate(str.maketrans(",:.", "，：。", "“”"))


@given(_texts)
def test_offsets_lead_back_to_the_printed_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) <= len(text)
    assert all(a < b for a, b in zip(folded.offsets, folded.offsets[1:], strict=False))
    assert all(0 <= at < len(text) for at in folded.offsets)
    for i, at in enumerate(folded.offsets):
        assert folded.raw(i, i + 1) == (at, at + 1)
        assert folded.at(at) == i
        assert text[at].isspace() == folded.text[i].isspace() or not text[at].isprintable()


@given(_texts, st.data())
def test_a_span_maps_to_what_was_printed_there(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    low, high = folded.raw(start, end)
    assert 0 <= low <= high <= len(text)
    if start < end:
        assert low == folded.offsets[start]
        assert high == folded.offsets[end - 1] + 1
        # cut out of its line, a blank, a quotation mark, a full stop or the comma of a number may fold in another way
        assert _bare(fold(text[low:high]).text) == _bare(folded.text[start:end])
    else:
        assert low == high


@given(_texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(_texts)
def test_lines_are_kept(text: str) -> None:
    assert fold(text).text.count("\n") == text.count("\n") + text.count("\r")


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("第１届ＡＰＰ", "第1届APP"),
        ("近日,公司(以下简称:甲)成立!", "近日，公司（以下简称：甲）成立！"),
        ("1,200人、12:30", "1,200人、12:30"),
        ("１，２００人", "1,200人"),
        ("「匠心」『杯』", "“匠心”‘杯’"),
        ('举办"匠心"活动"安康"', "举办“匠心”活动“安康”"),
        ("沈 晓岚　出席", "沈 晓岚 出席"),
        ("2025 年 3 月", "2025年3月"),
        ("买买提•艾力", "买买提·艾力"),
    ],
)
def test_folded_forms(printed: str, folded: str) -> None:
    assert fold(printed).text == folded


@given(_texts)
def test_sentences_follow_each_other(text: str) -> None:
    folded = fold(text).text
    at = 0
    for start, end in sentences(folded):
        assert at <= start < end <= len(folded)
        assert folded[at:start].strip() == ""
        assert folded[start:end] == folded[start:end].strip()
        assert "\n" not in folded[start:end]
        at = end
    assert folded[at:].strip() == ""


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("甲说。乙说！丙说？", ["甲说。", "乙说！", "丙说？"]),
        ("甲说：“一。二。”然后走了。", ["甲说：“一。二。”然后走了。"]),
        ("“一。二。”甲说。乙说。", ["“一。二。”甲说。", "乙说。"]),
        ("甲说：“一。”\n乙说。", ["甲说：“一。”", "乙说。"]),
        ("“一。”“二。”", ["“一。”", "“二。”"]),
        ("甲（乙。）丙。", ["甲（乙。）", "丙。"]),
        ("“没有关上。一\n二。", ["“没有关上。", "一", "二。"]),
        ("  甲。  乙。 ", ["甲。", "乙。"]),
        ("甲。。。乙", ["甲。。。", "乙"]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, cut: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == cut


def test_a_quotation_of_unusual_length_is_cut_like_plain_text() -> None:
    text = "“" + "好。" * 300 + "”完。"
    assert len(sentences(text)) > 100


@given(_texts)
def test_quotations_stand_between_their_marks(text: str) -> None:
    folded = fold(text).text
    at = 0
    for start, end in quotations(folded):
        assert at <= start < end
        assert folded[start - 1] + folded[end] in ("“”", "‘’", "《》")
        at = end


@given(lines())
def test_the_normal_form_is_final(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert not any(char.isspace() for char in normal(text))


@given(lines())
def test_printing_full_width_or_half_width_is_the_same_name(text: str) -> None:
    visible = text.replace("\u200b", "").replace("●", "·")
    assert normal(fold(visible).text).replace("。", ".") == normal(visible).replace("。", ".")


def test_a_blank_of_no_width_is_no_part_of_a_name() -> None:
    assert normal("延庆区\u200b总工会") == normal("延庆区总工会")


@pytest.mark.parametrize(("text", "width"), [("工会", 4), ("ab", 2), ("e\u0301", 1), ("", 0), ("Ａ", 2)])
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width
