"""One story printed again is found, whatever an editor or a press did to it; two stories of one pattern are two."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model import Extraction, Page
from kg.pages import cut
from kg.resolve import Reprint, resolve
from kg.resolve.reprints import reprints, stories
from tests.resolve.by_hand import Writer
from tests.resolve.reprinted import REPRINTS, SIBLINGS, archive, texts

EVERY = 6  # of the texts: enough to count, few enough to wait for
# Where a press misreads a name, the reprint names something else: that cannot be told from another story.
KEPT: Mapping[str, float] = {
    "introduced": 0.97,  # the editor below it is read as one of its people
    "printed: slips of a scanner": 0.9,
    "turned": 0.97,
    "printed: traditional characters": 0.95,
}
# In some texts the district or the only person is in the background, called once among twenty names.
JOINED: Mapping[str, float] = {
    "other districts": 0.06,
    "other people": 0.15,  # in some only the reporter, or one of many names
    "other districts and people": 0.02,
    "other numbers": 0.02,
}


def read(name: str, text: str, issue_date: str = "") -> list[Extraction]:
    page = Page(name, name, text, home="北京市", issue_date=issue_date)
    return [extract(article) for article in cut(page).articles]


@cache
def originals() -> Mapping[str, Extraction]:
    """Every so many texts that are one article."""
    found = {name: read(name, text) for name, text in list(texts().items())[::EVERY]}
    return {name: extractions[0] for name, extractions in found.items() if len(extractions) == 1}


def groups(found: Iterable[Reprint], extractions: Iterable[Extraction]) -> list[set[str]]:
    """Return the pages of each story."""
    page = {one.article.key: one.article.page for one in extractions}
    return [{page[key] for key in (one.first, *one.others)} for one in found]


def test_no_two_texts_are_one_story() -> None:
    every = [one for name, text in texts().items() for one in read(name, text)]
    assert len(every) > 300
    assert reprints(every) == ()


@pytest.mark.parametrize("what", REPRINTS)
def test_a_story_printed_again_is_found(what: str) -> None:
    again = {name: read(f"{name} again", REPRINTS[what](name, texts()[name])) for name in originals()}
    pairs = {
        name: found[0] for name, found in again.items() if len(found) == 1
    }  # the cutting of pages has its own tests
    every = [*originals().values(), *pairs.values()]
    found = groups(reprints(every), every)
    assert all({page.removesuffix(" again") for page in group} < group for group in found)
    assert len(pairs) > 30
    assert len(found) >= KEPT.get(what, 1.0) * len(pairs)


@pytest.mark.parametrize("what", SIBLINGS)
def test_a_story_of_the_same_words_is_another_one(what: str) -> None:
    changed = {name: SIBLINGS[what](name, texts()[name]) for name in originals()}
    others = [one for name, text in changed.items() if text != texts()[name] for one in read(f"{name} other", text)]
    every = [*originals().values(), *others]
    assert len(others) > 40
    assert len(reprints(every)) <= JOINED.get(what, 0.0) * len(others)


@cache
def small_archive() -> tuple[tuple[str, Extraction], ...]:
    return tuple(
        (story, found[0]) for page, story, text in archive(60) if len(found := read(page, text, "2025-01-01")) == 1
    )


def test_all_pages_of_an_archive_come_to_their_stories() -> None:
    story = {one.article.key: name for name, one in small_archive()}
    found = reprints(one for _, one in small_archive())
    pages: dict[str, set[str]] = {}
    for key, name in story.items():
        pages.setdefault(name, set()).add(key)
    told = sorted(sorted(keys) for keys in pages.values() if len(keys) > 1)
    assert len(told) > 5
    assert sorted(sorted((one.first, *one.others)) for one in found) == told


@given(st.randoms(use_true_random=False))
@settings(max_examples=10, deadline=None)
def test_the_order_of_articles_does_not_matter(chance: random.Random) -> None:
    every = [one for _, one in small_archive()]
    expected = reprints(every)
    chance.shuffle(every)
    assert reprints(every) == expected


def test_the_first_is_what_was_issued_first() -> None:
    text = texts()["g10"]
    short = REPRINTS["shortened"]("g10", text)
    every = [*read("c", text, "2025-03-02"), *read("a", text), *read("b", short, "2025-03-01"), *read("d", text)]
    (found,) = reprints(every)
    page = {one.article.key: one.article.page for one in every}
    assert page[found.first] == "b"
    assert [page[key] for key in found.others] == ["c", "a", "d"]
    assert min(found.alike) > 0.6
    assert stories([found]) == dict.fromkeys(page, found.first)


def test_captions_are_no_stories() -> None:
    every = [one for page in "ab" for one in read(page, "# 图片新闻\n\n图为西城区总工会活动现场。本报记者 王建国 摄\n")]
    assert reprints(every) == ()


def test_a_digest_is_not_the_story_of_its_items() -> None:
    bodies = (text.split("\n", 2)[2].replace("\n", "") for text in texts().values() if text.startswith("# "))
    items = sorted((one for one in bodies if "讯" not in one), key=lambda one: (len(one), one))[20:25]
    digest = "# 一周要闻\n\n" + "\n\n".join(items)  # each is a fifth of it
    assert len(read("digest", digest)) == 1
    every = [
        *read("digest", digest),
        *(one for number, text in enumerate(items) for one in read(f"item {number}", text)),
    ]
    assert reprints(every) == ()


def story(page: str, host: str) -> Extraction:
    writer = Writer(
        f"职工运动会举行\n{host}总工会昨日在体育公园举办职工运动会，来自各行各业的三百余名职工参加了拔河、跳绳、接力跑等多个项目的比赛，"
        "现场气氛热烈，笑声不断，大家表示这样的活动既锻炼了身体又增进了友谊，希望今后多多举办。",
        page=page,
        home="北京市",
    )
    union = writer.entity("TradeUnion", f"{host}总工会")
    district = writer.entity("District", host)
    writer.say(union, "unionOf", district)
    return writer.done()


def test_reprints_are_one_source_of_a_fact() -> None:
    extractions = [story("p1", "西城区"), story("p2", "西城区"), story("p3", "东城区")]
    other = Writer("短讯\n西城区总工会是西城区的工会。", page="p4", home="北京市")
    other.say(other.entity("TradeUnion", "西城区总工会"), "unionOf", other.entity("District", "西城区"))
    resolution = resolve([*extractions, other.done()])
    assert len(resolution.reprints) == 1
    sources = sorted((one.sources, len(one.statements)) for one in resolution.facts if one.predicate == "unionOf")
    assert sources == [(1, 1), (2, 3)]
