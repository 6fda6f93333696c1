"""Laws that hold for any page, broken or not, news or noise."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.io import read_pages
from kg.model import Page
from kg.pages import cut
from tests.pages import laws, rates

CLEAN = rates.clean_articles(rates.OWN)
PAGES = [page for folder in rates.OWN for page in read_pages([str(folder)])]

WORDS = (
    "总工会 职工 近日 3月8日 “ ” ‘ ’ 《 》 （ ） 。 ， 、 ： ； ！ ？ … 2025 年 记者 通讯员 张三 李四 摄 "
    "北京 朝阳区 街道 举办 活动 的 了 "
    '性 表示 说 ** # * - ** 本报讯 本报讯（记者 ，据了解 一、 1. ( ) " , APP 12351 \u3000 来源： 2025年3月8日 图为'
).split(" ")
line = st.lists(st.sampled_from(WORDS), min_size=0, max_size=14).map("".join)
heading = st.builds(lambda mark, text: f"{mark} {text}", st.sampled_from(["#", "##", "###"]), line)
lead = line.map(lambda text: "**本报讯**（记者 张三）近日，" + text)
news = st.lists(st.one_of(line, line, heading, lead, st.just("")), max_size=16).map("\n".join)


@given(news, st.booleans())
@settings(max_examples=300, deadline=None)
def test_laws_on_made_up_pages(text: str, repair: bool) -> None:
    laws.check(cut(Page("page", "page", text), repair=repair))


@given(st.text(max_size=400), st.booleans())
@settings(max_examples=100, deadline=None)
def test_laws_on_any_text(text: str, repair: bool) -> None:
    laws.check(cut(Page("page", "page", text.replace("\r", "\n")), repair=repair))


@given(st.integers(0, 10**6), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_laws_on_broken_columns(seed: int, cuts: float, tails: float) -> None:
    rng = random.Random(seed)
    made = rates.make(rng, rng.sample(CLEAN, 5), cuts=cuts, tails=tails)
    laws.check(made.cut())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize("repair", [True, False])
def test_laws_on_own_pages(page: Page, repair: bool) -> None:
    laws.check(cut(page, repair=repair))


@given(news)
@settings(max_examples=100, deadline=None)
def test_a_record_with_a_headline_is_one_article(text: str) -> None:
    done = cut(Page("page", "page", text, headline="职工运动会开幕"))
    laws.check(done)
    assert len(done.articles) <= 1
    assert all(article.headline == "职工运动会开幕" and not article.headline_made for article in done.articles)


def test_cutting_depends_on_nothing_else() -> None:
    first = [cut(page) for page in PAGES]
    assert [cut(page) for page in reversed(PAGES)] == first[::-1]


def test_without_repair_nothing_is_joined_or_moved() -> None:
    for page in PAGES:
        for article in cut(page, repair=False).articles:
            assert not article.joins
            assert not article.moves
            assert list(article.lines) == sorted(article.lines)


def test_equal_articles_have_keys_of_their_own() -> None:
    brief = "**本报讯**（记者 张三）近日，朝阳区总工会举办职工运动会。"
    keys = [article.key for article in cut(Page("page", "page", f"{brief}\n\n{brief}")).articles]
    assert len(set(keys)) == 2


def test_the_key_does_not_depend_on_the_number() -> None:
    brief = "**本报讯**（记者 张三）近日，朝阳区总工会举办职工运动会。"
    other = "**本报讯**（记者 李四）近日，海淀区总工会举办职工书画展。"
    alone = cut(Page("page", "page", brief)).articles[0]
    second = cut(Page("page", "page", f"{other}\n\n{brief}")).articles[1]
    assert alone.key == second.key
    assert (alone.id, second.id) == ("page#1", "page#2")


def test_samples_are_in_the_package() -> None:
    assert len(list((Path(rates.OWN[1])).glob("*.md"))) >= 5


def test_the_table_of_word_classes_is_tidy() -> None:
    lines = (Path(rates.OWN[1]).parent / "pages" / "word-classes.tsv").read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines]
    assert rows[0] == ("left", "right", "weight")
    pairs = [row[:2] for row in rows[1:]]
    assert pairs == sorted(set(pairs))
    assert all(-5 < float(row[2]) < 5 for row in rows[1:])
