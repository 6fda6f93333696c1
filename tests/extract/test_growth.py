"""What is done for an article grows as the article does: counted in lines of code that run, not in seconds."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kg.extract import extract
from kg.extract.reading import everywhere
from kg.extract.spans import Spans
from kg.model import Article
from ontology import divisions
from tests.extract.helpers import article
from tests.extract.test_laws import PARAGRAPH

TEMPLATES = (
    "本报讯（记者 {p}）3月8日，由{d}总工会主办、{f}承办的第三届“{e}杯”职工技能大赛在{d}{e}文化中心举行，32家企业的职工"
    "参加。“比赛让我学到了很多。”{f}职工{q}说。",
    "{f}工会主席{p}出席“{e}”慰问活动启动仪式并致辞，{g}工会向职工发放“{e}礼包”。此次活动由{g}承办，市总工会副主席{q}到场。",
    "近日，{g}工会成立大会召开，选举{p}为主席。{d}总工会授予{f}“{e}先锋”称号，{q}获得一等奖。公司工会组织职工走进{d}{e}公园参观。",
    "{f}位于{d}，{f}研发的“{e}”智能巡检机器人亮相。该公司工会将举办2025年职工羽毛球赛，{d}教育工会副主席{p}、{q}参加活动。",
)


def _varied() -> Iterator[str]:
    """Paragraphs that never name the same firms and people again."""
    rng = random.Random(7)
    places = [name for name in divisions.all_names() if len(name) >= 3 and name.endswith(("区", "县"))]

    def of(characters: str, size: int) -> str:
        return "".join(rng.choice(characters) for _ in range(size))

    while True:
        firms = [
            of("安柏辰德恩帆海慧嘉凯岚宁鹏启瑞盛泰威祥雅远泽智卓晶峰鼎荣坤航翔浩宏润", 3) + form
            for form in ("食品有限公司", "机械厂")
        ]
        people = [of("王李张刘陈杨赵黄周吴", 1) + of("伟芳娜敏静强磊军洋勇艳杰娟涛明超霞平刚英华", 2) for _ in "pq"]
        brand = of("暖匠芬锦炬帜", 2)
        values = dict(zip("dfgepq", (rng.choice(places), *firms, brand, *people), strict=True))
        yield rng.choice(TEMPLATES).format(**values)


def _repeated() -> Iterator[str]:
    while True:
        yield PARAGRAPH


def _made(paragraphs: Callable[[], Iterator[str]], number: int) -> Article:
    texts = paragraphs()
    return article(*[next(texts) for _ in range(number)], headline="职工同台竞技", issue_date="2025-03-12")


def _lines_run(source: Article) -> int:
    """How many lines of the extraction run for this article; a loop counts its lines each time."""
    lines = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if "/kg/" not in frame.f_code.co_filename.replace("\\", "/"):
            return None
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        extract(source)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("paragraphs", [_repeated, _varied])
def test_twice_the_text_takes_twice_the_work(paragraphs: Callable[[], Iterator[str]]) -> None:
    small, large = _made(paragraphs, 60), _made(paragraphs, 240)
    extract(small)  # tables are read
    grown = _lines_run(large) / _lines_run(small)
    longer = len(large.text) / len(small.text)
    assert grown < 1.25 * longer, f"{grown:.1f} times the work for {longer:.1f} times the text"


def test_words_are_found_wherever_they_stand_however_many_they_are() -> None:
    rng = random.Random(3)
    text = "".join(rng.choice("工会总职") for _ in range(400))
    words = {text[at : at + size] for at in range(0, 390, 3) for size in (1, 2, 3)} | {"不在"}
    plain = {word: [at for at in range(len(text)) if text.startswith(word, at)] for word in sorted(words)}
    assert len(words) > 64
    assert everywhere(text, sorted(words)) == plain
    few = sorted(words)[:5]
    assert everywhere(text, few) == {word: plain[word] for word in few}


def test_spans_are_found_by_place() -> None:
    rng = random.Random(5)
    made = [(start, start + rng.randint(1, 9), number) for number, start in enumerate(rng.choices(range(90), k=60))]
    spans = Spans(made)
    ordered = sorted(made, key=lambda span: span[0])
    for start in range(95):
        for end in range(start + 1, min(start + 12, 96)):
            assert list(spans.overlapping(start, end)) == [s for s in ordered if s[0] < end and start < s[1]]
            assert list(spans.starting(start, end)) == [s[2] for s in ordered if start <= s[0] < end]
            assert spans.hold(start, end) == any(s[0] <= start and end <= s[1] for s in made)
            assert spans.lie_in(start, end) == any(start <= s[0] and s[1] <= end for s in made)


_ITEMS = (
    "王明伟",
    "随州伟芳机械有限公司",
    "随州市伟芳镇总工会",
    "《伟芳》",
    "随州伟芳公司工会主席王明伟",
    "王明伟（随州公司）",
    "代表队",
)
_BEHIND = (
    "出席大会。",
    "荣获“先进个人”称号。",
    "当选为主席。",
    "等12家单位参加比赛。",
    "为职工送上“清凉包”",
    "在会议中心举行",
)
_LISTS = """
from tests.extract.helpers import article
from tests.extract.test_growth import _BEHIND, _ITEMS
from kg.extract import extract
for item in _ITEMS:
    for sign in "、，和；":
        for end in _BEHIND:
            extract(article("3月1日，清江区总工会召开大会。" + sign.join([item] * 40) + end))
"""
ROOT = Path(__file__).parents[2]
_HANGS = 120  # seconds; all of it takes three, and one pattern that tries all ways to cut a list takes years


def test_lists_of_forty_items_do_not_hang() -> None:
    """Steps inside a pattern are no lines of code, so that only the clock tells of them."""
    subprocess.run([sys.executable, "-c", _LISTS], cwd=ROOT, timeout=_HANGS, check=True)
