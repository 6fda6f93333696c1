"""Names that leave something out: what they are depends on who else there is, and never on the order."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Extraction
from kg.resolve import Resolution, resolve
from ontology import divisions
from tests.resolve.by_hand import Writer
from tests.resolve.test_resolve import text

PAIRS = Path(__file__).with_name("pairs.tsv")
# what the grammar does not do: it parts them, or leaves them to a person
KNOWN = {
    ("中国铁路工会全国委员会", "中国铁路工会"): "different",  # a committee that stands for the whole
    ("中国建筑第八工程局有限公司", "中建八局"): "candidate",  # a short form that drops characters of every word
    ("第二届“星火杯”职工歌唱大赛", "“星火杯”职工歌唱大赛（第二届）"): "different",  # an event without organiser or day
    ("工会会员代表大会", "会员代表大会"): "different",
    ("中国农业银行", "中国农业发展银行"): "candidate",  # 发展 is what a short form leaves out
    ("远帆电子有限公司工会", "远帆电子有限公司上海分公司工会"): "candidate",
}


def told(name: str, home: str = "", *, kind: str = "Enterprise", page: str = "p", place: str = "") -> Extraction:
    """An article in a paper of `home` that tells of the name, and of a place."""
    writer = Writer(f"短讯\n{name}昨日在{place or '本地'}发布消息。", page=page, home=home, paper="京华工报")
    writer.entity(kind, name)
    if place:
        writer.entity("District", place, district=divisions.named(place)[0].code)
    return writer.done()


def verdict(resolution: Resolution, *names: str) -> str:
    found = {
        entity.id
        for entity in resolution.entities
        if entity.locals and {entity.name, *entity.aliases} & set(names) and entity.type != "District"
    }
    if len(found) == 1:
        return "same"
    pairs = [{one.left, one.right} for one in resolution.candidates]
    return "candidate" if found in pairs else "different"


def rows() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['name']}-{row['other']}")
def test_pairs_of_names_are_decided_as_people_would(row: dict[str, str]) -> None:
    home = divisions.by_code(row["district"]).name
    given_ = [told(row[side], home, kind=row["class"], page=side) for side in ("name", "other")]
    resolution = resolve(given_)
    ids = {resolution.canonical[one.entities[0].id] for one in given_}
    found = "same" if len(ids) == 1 else "candidate" if resolution.candidates else "different"
    assert found == KNOWN.get((row["name"], row["other"]), row["truth"])


def test_there_are_as_many_alike_as_different() -> None:
    truths = [row["truth"] for row in rows()]
    assert (truths.count("same"), truths.count("different")) == (25, 25)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["深圳长青医疗器械有限公司", "长青医疗器械有限公司"], "same"),  # the region at home
        (["深圳长青医疗器械有限公司", "长青医疗公司"], "same"),  # a short form, and no other of that brand
        (["深圳长青医疗器械集团有限公司", "长青医疗集团"], "same"),
        (["深圳长青医疗器械有限公司", "长青医疗集团"], "candidate"),  # it is no group
        (["深圳长青医疗器械有限公司", "长青公司"], "candidate"),  # a brand alone is left to a person
        (["深圳长青医疗有限公司", "深圳长青医疗器械有限公司"], "candidate"),  # two names in full
        (["深圳长青医疗器械集团有限公司", "长青医疗器械集团第二分公司"], "different"),  # a part of it
    ],
)
def test_short_forms_at_home(names: list[str], expected: str) -> None:
    resolution = resolve([told(name, "深圳市", page=f"p{number}") for number, name in enumerate(names)])
    assert verdict(resolution, *names) == expected


def test_where_there_are_two_to_choose_from_nothing_is_joined() -> None:
    both = [told("深圳长青医疗器械有限公司", "深圳市", page="a"), told("深圳长青医疗用品有限公司", "深圳市", page="b")]
    resolution = resolve([*both, told("长青医疗公司", "深圳市", page="c")])
    assert len([entity for entity in resolution.entities if entity.type == "Enterprise"]) == 3


def test_a_firm_is_looked_for_where_the_article_plays() -> None:
    whole = told("深圳长青医疗器械有限公司", "深圳市", page="a")
    guest = told("长青医疗器械有限公司", "北京市", page="b", place="深圳市")
    assert verdict(resolve([whole, guest]), "长青医疗器械有限公司", "深圳长青医疗器械有限公司") == "same"
    home = told("长青医疗器械有限公司", "北京市", page="b", place="西城区")
    assert verdict(resolve([whole, home]), "长青医疗器械有限公司", "深圳长青医疗器械有限公司") != "same"


def test_two_firms_that_drop_their_cities_stay_two() -> None:
    bare, articles = "振华电力设备有限公司", []
    for city in ("武汉", "兰州"):
        writer = Writer(f"短讯\n{city}{bare}昨日开工，{bare}负责人介绍。", page=city, home=f"{city}市")
        writer.entity("Enterprise", f"{city}{bare}", bare)
        articles.append(writer.done())
    assert verdict(resolve(articles), f"武汉{bare}", f"兰州{bare}") != "same"
    home = told(bare, "武汉市", page="c")
    assert verdict(resolve([articles[0], home]), f"武汉{bare}", bare) == "same"


NAMES = """深圳长青医疗器械有限公司 长青医疗器械有限公司 长青医疗公司 长青医疗集团 长青公司 深圳长青化工集团
    长青化工 深圳市长青化工集团有限公司""".split()


@given(st.lists(st.sampled_from(NAMES), unique=True, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_articles_does_not_matter(names: list[str], chance: random.Random) -> None:
    given_ = [told(name, "深圳市", page=f"p{number}") for number, name in enumerate(names)]
    mixed = list(given_)
    chance.shuffle(mixed)
    assert text(resolve(given_)) == text(resolve(mixed))
