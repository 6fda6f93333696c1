"""Text is mended for the rules to read; what is cited stays as printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.mend import mend
from kg.text import fold, normal
from tests.extract.helpers import found, page_text
from tests.extract.laws import check, lines
from tests.extract.variants import tuned

_texts = st.one_of(st.lists(lines(), max_size=3).map("\n".join), st.text(max_size=120))


def _mended(text: str) -> str:
    return mend(fold(text)).text


@given(_texts)
def test_offsets_still_lead_to_the_printed_text(text: str) -> None:
    folded = fold(text)
    mended = mend(folded)
    assert len(mended.offsets) == len(mended.text)
    kept = set(folded.offsets)
    assert all(at in kept for at in mended.offsets)
    assert list(mended.offsets) == sorted(set(mended.offsets))
    assert mend(folded) == mended


def test_plain_text_is_left_alone() -> None:
    for name, text in tuned().items():
        assert _mended(text) == fold(text).text, name


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("2O25年l1月3曰", "2025年11月3日"),
        ("3月l日，1OO余名职工", "3月1日，100余名职工"),
        ("在30l会议室", "在301会议室"),
        ("近曰，自已己经", "近日，自己已经"),
        ("总エ会，职エ之家", "总工会，职工之家"),
        ("巳完成，末来，尚末", "已完成，未来，尚未"),
        # what only looks so
        ("乙巳年，辛巳日", "乙巳年，辛巳日"),
        ("周末来了很多人", "周末来了很多人"),
        ("来自已建成的园区，自己成立", "来自已建成的园区，自己成立"),
        ("3月未发生，一周未见，18岁未满", "3月未发生，一周未见，18岁未满"),
        ("APP，COOL，Oppo，5G，IO口，O型血", "APP，COOL，Oppo，5G，IO口，O型血"),
        ("エンジン，工会", "エンジン，工会"),
        ("子曰诗曰", "子曰诗曰"),
    ],
)
def test_slips_of_scanners(printed: str, meant: str) -> None:
    assert _mended(printed) == meant


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("延庆区 总工 会昨 日举办 活动，三百名 职工参加。", "延庆区总工会昨日举办活动，三百名职工参加。"),
        ("延 庆 区 总 工 会 举 办 活 动，很 好。", "延庆区总工会举办活动，很好。"),
        # names in a row, and a blank or two that somebody meant
        ("参加的有王海涛 李小明 张建国 赵伟，等等。", "参加的有王海涛 李小明 张建国 赵伟，等等。"),
        ("□ 王海涛 李小明", "□王海涛 李小明"),
        ("奋进新征程 建功新时代，总工会举办活动。", "奋进新征程 建功新时代，总工会举办活动。"),
        (
            "本报讯（记者 王海涛 通讯员 李小明）延庆区 总工会 举办活 动，三百名职 工参加。",
            "本报讯（记者 王海涛 通讯员 李小明）延庆区总工会举办活动，三百名职工参加。",
        ),
    ],
)
def test_stray_blanks(printed: str, meant: str) -> None:
    assert _mended(printed) == meant


def test_full_stops_of_one_column() -> None:
    printed = "举办活动.来自企业的“职工”.\n一.名称.\n1.5万人，No.1，等等..."
    assert fold(printed).text == "举办活动。来自企业的“职工”。\n一.名称。\n1.5万人，No.1，等等..."


TRADITIONAL = (
    "本報訊（記者 鄭曉嵐）3月8日，由石景山區總工會主辦、北京首信機電有限公司承辦的第三屆“匠心盃”職工技能大賽"
    "在石景山區文化中心舉行，來自32家企業的百餘名職工參加。石景山區總工會主席陳立新出席並致辭。"
)


def test_traditional_text_is_read_and_cited_as_printed() -> None:
    read = found(TRADITIONAL, headline="石景山職工同台競技", issue_date="2025-03-12")
    check(read.extraction, page_text(TRADITIONAL, headline="石景山職工同台競技"))
    assert read.entities("TradeUnion") == {"石景山区总工会"}
    assert read.entities("Enterprise") == {"北京首信机电有限公司"}
    assert {"陈立新", "郑晓岚"} <= read.entities("Person")
    union = next(entity for entity in read.extraction.entities if entity.type == "TradeUnion")
    assert {mention.surface for mention in union.mentions} == {"石景山區總工會"}
    assert {statement.evidence.quote for statement in read.statements("organizes")} <= {
        sentence + "。" for sentence in TRADITIONAL.split("。")
    }


def test_one_traditional_name_makes_no_text_traditional() -> None:
    text = "石景山区总工会主办的“職工書畫展”开幕，著名书法家王乾参加。" + "大家都说很好，明年还要再来参加。" * 10
    assert _mended(text) == fold(text).text


def test_a_phrase_whose_conversion_has_another_length_keeps_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    class Longer:
        def convert(self, text: str) -> str:
            return text.replace("會", "会") if len(text) == 1 else text + "们"

    monkeypatch.setattr("kg.extract.mend._converter", Longer)
    text = "會員參與學習" * 5
    assert _mended(text) == text.replace("會", "会")


def test_names_are_compared_in_one_form() -> None:
    plain = found("3月8日，石景山区总工会举办第三届“匠心杯”职工技能大赛。" * 2)
    spaced = found("3月8日，石景 山区总 工会举 办第三届“匠心杯”职 工技能 大赛。" * 2)
    assert {(kind, normal(name)) for kind, name in plain.typed()} == {
        (kind, normal(name)) for kind, name in spaced.typed()
    }
