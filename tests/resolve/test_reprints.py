"""One story printed again is found, whatever an editor or a press did to it; two stories of one pattern are two."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.model import Extraction, Page
from kg.pages import cut
from kg.resolve import Reprint, resolve
from kg.resolve.reprints import COMMON, Load, Sketch, again, reprints, sketch, stories
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


# ---------------------------------------------------------------------------------------- a story that all papers print

LINES = 12


def lines(what: str) -> list[str]:
    """Sentences that only stories about `what` have."""
    return [
        f"{what}的第{at}批职工在{what}参加了{7 * at}场{what}工会的活动，带来{what}的第{at}种说法。"
        for at in range(LINES)
    ]


def article(page: str, body: Iterable[str], *, names: Collection[str] = ()) -> Extraction:
    writer = Writer("\n".join(["要闻", *body]), page=page)
    for name in names:
        writer.entity("Organization", name)
    return writer.done()


def word_for_word(number: int) -> list[str]:
    return lines("龙舟")


def each_with_other_lines(number: int) -> list[str]:
    """Two sentences are left out and one is put in; the first paper has all."""
    chance = random.Random(number)
    own = "".join(chance.sample("清河东阳林泉安宁石桥南湖金沙", 6))
    return [*(chance.sample(lines("龙舟"), LINES - 2) if number else lines("龙舟")), f"在{own}的职工说到{own}的工友。"]


@pytest.mark.parametrize("count", [60, 300])
@pytest.mark.parametrize("printed", [word_for_word, each_with_other_lines])
def test_a_story_that_all_papers_print_is_one(count: int, printed: Callable[[int], list[str]]) -> None:
    every = [article(f"p{number}", printed(number)) for number in range(count)]
    shingles = {one.shingles for one in sketched({one.article.key: one for one in every}).values()}
    assert (len(shingles) > COMMON) is (printed is each_with_other_lines)
    (found,) = reprints([*every, article("other", lines("书法"))])
    assert len(found.others) == count - 1


# ------------------------------------------------------------------------------------------------------- after a change

Printed = Mapping[str, tuple[str, ...]]  # paragraphs by page
State = Mapping[str, Extraction]  # by article key


def about(*words: str) -> tuple[str, ...]:
    return tuple(f"{word}队的职工在{word}馆里说到{word}的工友。" for word in words)


pages = st.sampled_from([f"p{number}" for number in range(12)])
bodies = st.lists(
    st.sampled_from("龙舟 书法 象棋 合唱 篮球 摄影 剪纸 茶艺".split()), min_size=1, max_size=5, unique=True
)
papers = st.builds(lambda words: about(*words), bodies)


def state(printed: Printed) -> State:
    every = (article(page, body) for page, body in printed.items())
    return {one.article.key: one for one in every}


def sketched(now: State) -> dict[str, Sketch]:
    return {key: found for key, one in now.items() if (found := sketch(one))}


def changed(old: State, new: State) -> set[str]:
    return {key for key in {*old, *new} if old.get(key) != new.get(key)}


def after(old: State, new: State, load: Load | None = None) -> tuple[Reprint, ...]:
    return again(
        reprints(old.values()), sketched(old), sketched(new), changed(old, new), load or (lambda keys: pick(new, keys))
    )


def pick(now: State, keys: Collection[str]) -> State:
    return {key: now[key] for key in keys}


@given(
    st.dictionaries(pages, papers, min_size=4),
    st.dictionaries(pages, papers, max_size=2),
    st.sets(pages, max_size=2),
    st.integers(1, 4),
)
@settings(max_examples=300, deadline=None)
def test_after_a_change_stories_are_those_of_the_archive_as_it_is(
    was: Printed, came: Printed, went: set[str], common: int
) -> None:
    old = state(was)
    new = state({page: body for page, body in {**was, **came}.items() if page not in went})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.resolve.reprints.COMMON", common)
        expected = reprints(new.values())
        assert reprints(list(new.values())[::-1]) == expected
        assert after(old, new) == expected


def test_two_may_find_each_other_no_longer_by_what_a_third_has_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.resolve.reprints.COMMON", 2)
    phrases = about("象棋", "合唱")
    few = {
        "x": about("龙舟") + phrases,
        "y": about("龙舟", "书法") + phrases,
        "phrases": phrases + about(*"甲乙丙丁戊己"),
    }
    more = {**few, "z": about("龙舟", *"子丑寅卯辰巳")}  # shares too little with x and y to be near to them
    old, new = state(few), state(more)
    assert [len(reprints(one.values())) for one in (old, new)] == [1, 0]
    assert after(old, new) == reprints(new.values())
    assert after(new, old) == reprints(old.values())


def test_what_found_only_the_fullest_text_is_alone_when_that_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.resolve.reprints.COMMON", 2)
    phrases = ("龙舟", "书法", "象棋")
    owns = ("甲乙丙", "丁戊己", "庚辛壬", "子丑寅", "卯辰巳", "午未申")  # two for each phrase, which stays common
    few = {
        "a first": about(*phrases),
        **{own: about(own[0], phrases[at // 2], *own[1:]) for at, own in enumerate(owns)},
    }
    old, new = state({**few, "fullest": about("龙舟", "合唱", "书法", "剪纸", "象棋")}), state(few)
    assert [len(reprints(one.values())) for one in (old, new)] == [1, 0]
    assert after(old, new) == ()
    assert after(new, old) == reprints(old.values())


def test_only_articles_of_parts_that_changed_are_read_again() -> None:
    old = state({f"{what} {page}": tuple(lines(what)) for what in ("龙舟", "书法", "象棋") for page in "abc"})
    longer = article("龙舟 a", [*lines("龙舟"), *about("合唱")])
    new = {key: one for key, one in old.items() if one.article.page != "龙舟 a"} | {longer.article.key: longer}
    asked: set[str] = set()

    def load(keys: Collection[str]) -> State:
        asked.update(keys)
        return pick(new, keys)

    assert after(old, new, load) == reprints(new.values())
    assert {new[key].article.page for key in asked} == {"龙舟 a", "龙舟 b", "龙舟 c"}


def test_where_nothing_changed_nothing_is_read() -> None:
    old = state({page: tuple(lines("龙舟")) for page in "abc"})

    def load(keys: Collection[str]) -> State:
        raise AssertionError(keys)

    assert after(old, old, load) == reprints(old.values()) != ()


def test_what_an_article_names_may_change_alone() -> None:
    def named(*names: str) -> State:
        every = [
            article("a", [*lines("龙舟")[:4], "今日无雨"], names=names),
            article("b", [*lines("龙舟")[:4], "明天也没有雨"]),
        ]
        return {one.article.key: one for one in every}

    old, new = named(), named("今日")
    assert sketched(old) == sketched(new)
    assert [len(reprints(one.values())) for one in (old, new)] == [1, 0]
    assert after(old, new) == ()
    assert after(new, old) == reprints(old.values())


# ----------------------------------------------------------------------------------------------------- what comes of it


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
