"""Pairs that may be one: found anew after a change as they are found from nothing, and by looking at few."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.io import dump, load
from kg.model import Candidate
from kg.resolve import judge
from kg.resolve.candidates import Change, Known, again, candidates, outline
from kg.resolve.names import name_key
from kg.text import normal

BEIJING, SHANGHAI = "11", "31"
BOUNDS = {"BLOCK": 3, "NAMESAKES": 3, "FEW": 2}  # bounds that a handful of entities can cross


@pytest.fixture(autouse=True, scope="module")
def _small_bounds() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, bound in BOUNDS.items():
            patch.setattr(f"kg.resolve.candidates.{name}", bound)
        yield


def known(
    id_: str, kind: str, name: str, where: str = "", *, called: Iterable[str] = (), bonds: Iterable[str] = ()
) -> Known:
    key = name_key(kind, name, {"where": where} if where else {})
    return Known(id_, kind, name, key, tuple(sorted(map(normal, called))), tuple(sorted(bonds)))


def firms(count: int, stem: str = "晨星") -> list[Known]:
    """Firms whose names share two characters."""
    return [known(f"{stem}{at}", "Enterprise", f"{stem}{'甲乙丙丁戊'[at]}造有限公司") for at in range(count)]


brands = st.sampled_from(("晨星", "晨光", "达州钢铁", "达钢", "星"))
trades = st.sampled_from(("", "", "精密智造", "智造", "钢铁", "第一分", "第二分"))
places = st.sampled_from(("", "", "北京", "上海", "某区"))
endings = {
    "Enterprise": st.sampled_from(("公司", "集团", "有限公司")),
    "TradeUnion": st.sampled_from(("工会", "公司工会", "集团工会", "总工会")),
    "Venue": st.sampled_from(("剧场", "学院")),
    "Activity": st.sampled_from(("杯歌唱大赛", "歌唱大赛", "杯大赛", "大赛2025年")),
    "Person": st.just(""),
    "District": st.sampled_from(("街道", "区")),
}


@st.composite
def one_known(draw: st.DrawFn, id_: str) -> Known:
    kind = draw(st.sampled_from(sorted(endings)))
    person = st.sampled_from(("王芳", "李伟"))
    names = st.builds(lambda *parts: "".join(parts), places, brands, trades, endings[kind])
    few = st.sets(st.sampled_from(("hold a post", "hold a post in 110101", "记者 of 京华工报")), max_size=2)
    return known(
        id_,
        kind,
        draw(person if kind == "Person" else names),
        draw(st.sampled_from(("", BEIJING, SHANGHAI))),
        called=draw(st.sets(names, max_size=1)),
        bonds=draw(few),
    )


def some_known(least: int = 0) -> st.SearchStrategy[dict[str, Known]]:
    ids = st.sets(st.sampled_from("abcdefghijklmn"), min_size=least, max_size=14)
    return ids.flatmap(lambda found: st.fixed_dictionaries({one: one_known(one) for one in sorted(found)}))


def changed(old: Mapping[str, Known], new: Mapping[str, Known], asked: set[str] | None = None) -> Change:
    """What `again` makes of two states; `asked` gets the ids that it loads."""

    def get(ids: Collection[str]) -> Mapping[str, Known]:
        if asked is not None:
            asked.update(ids)
        return {one: new[one] for one in ids}

    ids = {one for one in {*old, *new} if old.get(one) != new.get(one)}
    before = {one: outline(old[one]) for one in ids if one in old}
    return again(map(outline, new.values()), before, ids, get)


def after(old: Iterable[Candidate], change: Change) -> list[Candidate]:
    kept = [one for one in old if not {one.left, one.right} & change.touched]
    return sorted([*kept, *change.found], key=lambda one: (-one.score, one.left, one.right))


def of(*given: Known) -> dict[str, Known]:
    return {one.id: one for one in given}


@given(some_known(), some_known(), st.sets(st.sampled_from("abcdefghijklmn")))
def test_after_a_change_they_are_what_they_would_be_from_nothing(
    old: dict[str, Known], other: dict[str, Known], moved: set[str]
) -> None:
    new = {one: old[one] for one in old if one not in moved} | {one: other[one] for one in other if one in moved}
    asked: set[str] = set()
    change = changed(old, new, asked)
    assert after(candidates(old.values()), change) == list(candidates(new.values()))
    partners = {end for one in change.found for end in (one.left, one.right)}
    assert partners <= asked <= new.keys()


@given(some_known(), st.randoms(use_true_random=False))
def test_they_depend_on_no_order(given_: dict[str, Known], rng: random.Random) -> None:
    found = candidates(given_.values())
    shuffled = list(given_.values())
    rng.shuffle(shuffled)
    assert candidates(shuffled) == found
    assert list(found) == sorted(found, key=lambda one: (-one.score, one.left, one.right))
    assert len({(one.left, one.right) for one in found}) == len(found)


def near(one: Known, other: Known, all_: Iterable[Known]) -> bool:
    """Whether two share something that few others have, as the module says it, counted one by one."""
    kind = [rival for rival in map(outline, all_) if rival.type == one.type and rival.name]
    mine, yours = outline(one), outline(other)
    if one.type == "Person":
        return mine.name == yours.name and sum(rival.name == mine.name for rival in kind) <= BOUNDS["NAMESAKES"]
    pieces = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (mine.text, yours.text))
    if any(sum(piece in rival.text for rival in kind) <= BOUNDS["BLOCK"] for piece in set.intersection(*pieces)):
        return True
    for short, long in ((mine, yours), (yours, mine)):
        begins = 2 <= len(short.text) <= 4 and long.written.startswith(short.text[0])
        if begins and sum(rival.written.startswith(short.text[0]) for rival in kind) <= BOUNDS["BLOCK"]:
            return True
        if long.name in short.called.split("\n") and sum(rival.name == long.name for rival in kind) <= BOUNDS["BLOCK"]:
            return True
    return False


@given(some_known())
def test_none_that_shares_something_rare_is_missed(given_: dict[str, Known]) -> None:
    found = {(one.left, one.right): one for one in candidates(given_.values())}
    for one, other in combinations(sorted(given_.values(), key=lambda one: one.id), 2):
        if one.type != other.type or not (outline(one).name and outline(other).name):
            assert (one.id, other.id) not in found
            continue
        alone = candidates([one, other])  # where nothing is frequent
        if one.type == "Person":
            assert ((one.id, other.id) in found) <= near(one, other, given_.values())
        elif near(one, other, given_.values()):
            assert found.get((one.id, other.id)) == (alone[0] if alone else None)
        else:
            assert (one.id, other.id) not in found


def test_a_sign_that_too_many_have_tells_nothing_until_some_of_them_go() -> None:
    short = known("z", "Enterprise", "晨星造公司")
    few, many = of(*firms(BOUNDS["BLOCK"] - 1), short), of(*firms(BOUNDS["BLOCK"] + 1), short)
    assert candidates(few.values())
    assert not candidates(many.values())
    lost = changed(few, many)
    assert few.keys() <= lost.touched
    assert not after(candidates(few.values()), lost)
    assert after([], changed(many, few)) == list(candidates(few.values()))


@pytest.mark.parametrize(
    ("number", "bonds"),
    [(BOUNDS["FEW"], []), (BOUNDS["NAMESAKES"], ["记者 of 京华工报"])],
)
def test_people_of_a_name_that_becomes_frequent(number: int, bonds: list[str]) -> None:
    people = [known(f"p{at}", "Person", "王芳", bonds=bonds) for at in range(number + 1)]
    few, many = of(*people[:-1]), of(*people)
    pairs = number * (number - 1) // 2
    assert (len(candidates(few.values())), len(candidates(many.values()))) == (pairs, 0)
    assert not after(candidates(few.values()), changed(few, many))
    assert after([], changed(many, few)) == list(candidates(few.values()))


@pytest.mark.parametrize("ids", ["ab", "ba"])
def test_a_pair_is_found_whichever_of_the_two_comes_last(ids: str) -> None:
    short_form = known(ids[0], "Enterprise", "达钢"), known(ids[1], "Enterprise", "达州钢铁公司")
    called_so = known(ids[0], "District", "亦庄街道", called=["开发区街道"]), known(ids[1], "District", "开发区街道")
    for pair in (short_form, called_so):
        (found,) = candidates(pair)
        for first in pair:
            assert changed(of(first), of(*pair)).found == (found,)


def test_only_those_are_loaded_that_can_be_meant() -> None:
    old = of(*firms(2), *firms(2, "长青"), known("u", "TradeUnion", "晨星甲造公司工会"))
    new = old | {"z": known("z", "Enterprise", "晨星甲公司")}
    asked: set[str] = set()
    assert [(one.left, one.right) for one in changed(old, new, asked).found] == [("z", "晨星0")]
    assert asked == {"晨星0", "z"}
    asked.clear()
    changed(old, old, asked)
    assert not asked


@given(one_known("a"))
def test_what_is_known_can_be_written_down(one: Known) -> None:
    assert load(Known, dump(one)) == one


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("鑫源集团", BEIJING), ("鑫源农业发展有限公司", SHANGHAI), False),  # every city has one
        (("鑫源集团", BEIJING), ("鑫源农业发展有限公司", BEIJING), True),
        (("鑫源集团", "110105"), ("鑫源农业发展有限公司", BEIJING), True),
        (("鑫源集团", BEIJING), ("鑫源集团", SHANGHAI), False),
        (("鑫源农业公司", BEIJING), ("鑫源农业发展公司", SHANGHAI), True),
        (("达钢", "51"), ("达州钢铁公司", SHANGHAI), True),  # made by leaving out, which is seldom by chance
        (("华为", BEIJING), ("华为技术有限公司", SHANGHAI), True),  # known without a place
    ],
)
def test_a_brand_alone_is_not_asked_about_from_place_to_place(
    one: tuple[str, str], other: tuple[str, str], expected: bool
) -> None:
    pair = known("a", "Enterprise", *one, called=[other[0]]), known("b", "Enterprise", *other)
    assert bool(candidates(pair)) == expected


def test_names_without_anything_in_common_are_not_alike_for_what_both_lack() -> None:
    assert judge("Venue", "北京天桥剧场", "Venue", "北京天桥学院").verdict == "different"
