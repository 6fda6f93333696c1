import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Page
from kg.pages import cut
from tests.archive.cast import ROLES, SLOT, templates
from tests.archive.make import PAGES, PLANTED, REPRINTS, TRUTH, make, world_of
from tests.archive.score import Item, _Local, figures, fold, match, worst
from tests.archive.story import CHOICE, Named, settle
from tests.archive.world import World, ordinal

ROOT = Path(__file__).parent.parent.parent
ARTICLES = 200
FILLED = {"n", "date", "later", "wrong-date", "wrong-city"}  # slots that are nobody's part


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    make(folder, ARTICLES)
    return folder


@pytest.fixture(scope="module")
def world() -> World:
    return world_of(0)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# --------------------------------------------------------------------------------------------------------- archive


def test_the_same_seed_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.archive", "make", str(tmp_path), "--articles", str(ARTICLES)]
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    for name in (PAGES, TRUTH, REPRINTS, PLANTED):
        assert (tmp_path / name).read_bytes() == (archive / name).read_bytes(), name


def test_names_stand_in_their_articles(archive: Path) -> None:
    texts = {row["id"]: row["text"] for row in rows(archive / PAGES)}
    for row in rows(archive / TRUTH):
        text = texts[row["article"].partition("#")[0]]
        for thing in row["things"]:
            assert thing["names"]
            assert all(name in text for name in thing["names"]), (row["article"], thing)


def test_pages_are_cut_into_the_articles_of_the_truth(archive: Path) -> None:
    told = [row["article"] for row in rows(archive / TRUTH)]
    assert len(told) == ARTICLES
    pages = [Page(**row) for row in rows(archive / PAGES)]
    assert [article.id for page in pages for article in cut(page).articles] == told


def test_pages_are_small_and_articles_no_longer_than_needed(archive: Path) -> None:
    for row in rows(archive / PAGES)[:-1]:
        articles = cut(Page(**row)).articles
        assert 3 <= len(articles) <= 8
        assert all(30 < len(article.text) < 600 for article in articles), row["id"]


def test_every_thing_has_one_class(archive: Path) -> None:
    classes = defaultdict(set)
    for row in rows(archive / TRUTH):
        for thing in row["things"]:
            classes[thing["id"]].add(thing["class"])
    assert all(len(found) == 1 for found in classes.values())
    assert {cls for found in classes.values() for cls in found} == {
        "TradeUnion",
        "Enterprise",
        "District",
        "Activity",
        "Person",
        "Venue",
    }


def test_what_cannot_be_told_is_the_exception(archive: Path) -> None:
    things = [thing for row in rows(archive / TRUTH) for thing in row["things"]]
    unclear = sum(bool(thing.get("open")) for thing in things)
    assert 0 < unclear < 0.06 * len(things)


def test_reprints_say_the_same_and_likenesses_do_not(archive: Path) -> None:
    things = {row["article"]: {one["id"] for one in row["things"]} for row in rows(archive / TRUTH)}
    told = rows(archive / REPRINTS)
    assert 0.02 * ARTICLES < sum("of" in row for row in told) < 0.1 * ARTICLES
    for row in told:
        here, there = things[row["article"]], things[row.get("of") or row["like"]]
        own = {one for one in here if " " not in one}  # without who wrote it
        if "of" in row:
            assert own <= there
        else:
            assert own - there


def test_what_is_planted_is_told(archive: Path) -> None:
    told = rows(archive / PLANTED)
    assert told
    assert {row["kind"] for row in told} <= {"hosts", "chairs", "parents", "dates"}
    things = {row["article"]: {one["id"] for one in row["things"]} for row in rows(archive / TRUTH)}
    assert all(set(row["what"]) <= things[row["article"]] for row in told)


def test_the_templates_are_many_and_ask_for_known_parts() -> None:
    assert len([one for one in templates() if not one.genre.startswith("planted")]) >= 60
    for template in templates():
        lines = (template.headline, *template.paragraphs)
        assert all({match["role"] for match in SLOT.finditer(line)} <= ROLES.keys() | FILLED for line in lines)
        left = "".join(SLOT.sub("", CHOICE.sub("", line)) for line in lines)
        assert not set("{}[]|") & set(left), left
    assert len({one.paragraphs for one in templates()}) == len(templates())


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四")])
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text


# ---------------------------------------------------------------------------------------------------- what is clear


@pytest.mark.parametrize(
    ("names", "home", "unclear"),
    [
        (["长春市朝阳区总工会"], "3201", False),
        (["朝阳区总工会"], "3201", True),
        (["朝阳区总工会"], "2201", False),
        (["朝阳区总工会"], "11", True),
        (["朝阳区总工会", "吉林省长春市朝阳区总工会"], "11", False),
        (["区总工会"], "2201", True),
        (["区总工会"], "220104", False),
    ],
)
def test_a_union_is_clear_by_name_or_place(names: list[str], home: str, unclear: bool, world: World) -> None:
    named = [Named("TradeUnion", "u:220104", name) for name in names]
    (row,) = settle(named, world, home)
    assert bool(row.get("open")) == unclear


def test_a_district_named_clearly_makes_its_union_clear(world: World) -> None:
    named = [Named("District", "d:220104", "长春市朝阳区"), Named("TradeUnion", "u:220104", "区总工会")]
    assert not any(row.get("open") for row in settle(named, world, "3201"))


def test_somebody_is_as_clear_as_the_body_beside(world: World) -> None:
    body = Named("TradeUnion", "u:220104", "朝阳区总工会")
    somebody = Named("Person", "p:1", "王伟", by=body.id)
    for home, unclear in (("2201", False), ("3201", True)):
        assert [bool(row.get("open")) for row in settle([somebody, body], world, home)] == [unclear, unclear]
    assert settle([somebody], world, "2201")[0]["open"]


# ----------------------------------------------------------------------------------------------------------- scorer

labels = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), max_size=14)


@given(labels)
def test_figures_agree_with_counting_pairs_one_by_one(items: list[tuple[str, str]]) -> None:
    found = figures(items)
    pairs = list(combinations(items, 2))
    true = [left[0] == right[0] for left, right in pairs]
    built = [left[1] == right[1] for left, right in pairs]
    both = sum(one and other for one, other in zip(true, built, strict=True))
    assert (found.true_pairs, found.built_pairs, found.both) == (sum(true), sum(built), both)

    def even(side: int) -> float:
        shares = []
        for label in sorted({item[side] for item in items}):
            own = list(combinations([item for item in items if item[side] == label], 2))
            if own:
                shares.append(sum(left == right for left, right in own) / len(own))
        return sum(shares) / len(shares) if shares else 1.0

    assert found.even_recall == pytest.approx(even(0))
    assert found.even_precision == pytest.approx(even(1))


@given(labels)
def test_confusions_add_up_to_the_pairs_that_are_wrong(items: list[tuple[str, str]]) -> None:
    found = figures(items)
    named = [Item("Venue", true, built, "name") for true, built in items]
    merged = sum(count for count, _ in worst(named, splits=False, most=1000))
    split = sum(count for count, _ in worst(named, splits=True, most=1000))
    assert merged == found.built_pairs - found.both
    assert split == found.true_pairs - found.both


def test_a_perfect_build_has_no_confusion() -> None:
    items = [(f"t{number % 7}", f"b{number % 7}") for number in range(50)]
    found = figures(items)
    assert (found.precision, found.recall, found.even_precision, found.even_recall) == (1, 1, 1, 1)
    assert Counter(true for true, _ in items)["t0"] == 8


def local(name: str, *aliases: str, cls: str = "TradeUnion") -> _Local:
    return _Local(cls, f"entity of {name}", name, fold(name), frozenset(map(fold, (name, *aliases))))


def test_a_local_stands_for_the_thing_of_its_main_name() -> None:
    things = [
        {"class": "Enterprise", "names": ["长春市公交集团"]},
        {"class": "Enterprise", "names": ["长春市公交集团第一客运分公司"]},
    ]
    branch = local("长春市公交集团第一客运分公司", "长春市公交集团", cls="Enterprise")
    assert match(things, [branch]) == [[], [branch]]


def test_locals_that_merely_share_a_name_are_left_out_where_a_better_one_is() -> None:
    things = [{"class": "TradeUnion", "names": ["长春市总工会", "市总工会"]}]
    good, slip = local("长春市总工会"), local("赵刚和沈阳市总工会", "市总工会")
    assert match(things, [slip, good]) == [[good]]
    assert match(things, [slip]) == [[slip]]


def test_width_and_blanks_do_not_matter_for_matching() -> None:
    things = [{"class": "TradeUnion", "names": ["第２客运 分公司工会"]}]
    assert match(things, [local("第2客运分公司工会")])[0]


def test_classes_do_not_mix() -> None:
    assert match([{"class": "Venue", "names": ["市工人文化宫"]}], [local("市工人文化宫")]) == [[]]


def test_a_name_of_two_things_says_nothing() -> None:
    things = [
        {"class": "District", "names": ["呼和浩特市新城区", "新城区"]},
        {"class": "District", "names": ["西安市新城区", "新城区"]},
    ]
    unsure, sure = local("新城区", cls="District"), local("新城区", "西安市新城区", cls="District")
    assert match(things, [unsure]) == [[], []]
    assert match(things, [sure]) == [[], [sure]]
