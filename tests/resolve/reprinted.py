"""Texts of tests/gold as another paper would print them again, and as the same hand would write of another place.

What is replaced comes from the annotations, not from what the extractor reads.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from tests.extract.variants import VARIANTS

__all__ = ["REPRINTS", "SIBLINGS", "annotated", "texts"]

GOLD = Path(__file__).parent.parent / "gold"
Change = Callable[[str, str], str]  # the id of a text and the text -> another text

STEMS = (
    "武侯 青羊 成华 金牛 新都 温江 双流 郫都 涪城 游仙 安州 江阳 龙马潭 纳溪 船山 东坡 彭山 雨城 名山 恩阳 翠屏 叙州 "
    "前锋 华蓥 岳池 武胜 邻水 苍溪 剑阁 旺苍 青川 朝天 昭化 利州 雁江 安岳 乐至 安居 大英 射洪"
).split()
NAMES = (
    "顾启航 任书瑶 邱晨曦 龙海波 万晓峰 段文静 雷振宇 侯雅琴 龚志伟 邵玉梅 孟令辉 白雪梅 秦永强 尹小燕 江正东".split()
)
BRANDS = "蓝湾 启航 恒泽 博远 天衡 汇丰源 铭泰 瑞禾 晟达 云帆".split()


@cache
def texts() -> Mapping[str, str]:
    """Every text by id."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((GOLD / "texts").iterdir())}


@cache
def annotated() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The names in each text by class, the longest first."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for article in json.loads((GOLD / "gold.json").read_text(encoding="utf-8"))["articles"]:
        forms: dict[str, set[str]] = {}
        for entity in article["entities"]:
            forms.setdefault(entity["type"], set()).update((entity["name"], *entity["aliases"]))
        found[article["id"]] = {
            kind: tuple(sorted(names, key=lambda name: (-len(name), name))) for kind, names in forms.items()
        }
    return found


def _paragraphs(text: str) -> tuple[list[str], list[str]]:
    """The headings, and the paragraphs below them."""
    lines = [line for line in text.split("\n") if line]
    return [line for line in lines if line.startswith("#")], [line for line in lines if not line.startswith("#")]


def _page(heads: list[str], body: list[str]) -> str:
    return "\n\n".join([*heads, *body]) + "\n"


# ------------------------------------------------------------------------------------------------------- the same story


def _other_headline(name: str, text: str) -> str:
    return _page(["# 工会服务送到职工身边"], _paragraphs(text)[1])


def _shortened(name: str, text: str) -> str:
    """Without its last paragraphs: at least half of it stays."""
    heads, body = _paragraphs(text)
    whole = sum(map(len, body))
    while len(body) > 1 and 2 * sum(map(len, body[:-1])) >= whole:
        body.pop()
    return _page(heads, body)


def _thinned(name: str, text: str) -> str:
    """Without one inner sentence of each paragraph."""
    heads, body = _paragraphs(text)
    thin = []
    for line in body:
        said = re.findall(r"[^。！？]+[。！？]?[”）]?", line)
        thin.append("".join(said[:1] + said[2:]) if len(said) > 3 else line)
    return _page(heads, thin)


def _introduced(name: str, text: str) -> str:
    """With words of the other paper in front and behind."""
    heads, body = _paragraphs(text)
    intro = "编者按：连日来，各地工会把服务送到一线，本报转载兄弟媒体的报道，以飨读者。"
    return _page(heads, [intro, *body, "（来源：劳动新闻网，责任编辑：石岚）"])


def _turned(name: str, text: str) -> str:
    """With its paragraphs behind the first in another order."""
    heads, body = _paragraphs(text)
    return _page(heads, body[:1] + body[:0:-1])


def _polished(name: str, text: str) -> str:
    """With the small changes of an editor."""
    for old, new in (
        ("近日", "日前"), ("为大家", "为职工"), ("开展", "组织开展"), ("表示", "说"), ("以及", "和"), ("纷纷", ""),
        ("据悉，", ""), ("据介绍，", ""), ("下一步", "今后"), ("进行", "开展"), ("同时，", ""), ("记者从", "本报从"),
    ):  # fmt: skip
        text = text.replace(old, new)
    return text


def _printed_as(variant: str) -> Change:
    return lambda name, text: VARIANTS[variant](text)


REPRINTS: Mapping[str, Change] = {
    "as it was": lambda name, text: text,
    "other headline": _other_headline,
    "shortened": _shortened,
    "thinned": _thinned,
    "introduced": _introduced,
    "turned": _turned,
    "polished": _polished,
    "shortened and polished": lambda name, text: _polished(name, _other_headline(name, _shortened(name, text))),
    **{f"printed: {variant}": _printed_as(variant) for variant in VARIANTS},
}


# ------------------------------------------------------------------------------------ another story of the same words


def _swap(text: str, swaps: Mapping[str, str]) -> str:
    if not swaps:
        return text
    return re.sub(
        "|".join(sorted(map(re.escape, swaps), key=lambda one: (-len(one), one))), lambda m: swaps[m[0]], text
    )


def _stems_of(forms: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What the districts of a text are called, without the word of their class."""
    parts = (
        part
        for name in forms.get("District", ())
        for part in re.findall(r"([\u4e00-\u9fff]+?)(?:自治[区州县]|街道|地区|[省市区县镇乡])", name)
    )
    return [stem for stem in dict.fromkeys(parts) if len(stem) > 1]


def _people_of(forms: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [person for person in forms.get("Person", ()) if len(person) > 1]


def _districts(name: str, text: str) -> str:
    """The same of another district; people, firms, numbers stay."""
    stems = _stems_of(annotated()[name])
    fresh = random.Random(name).sample([stem for stem in STEMS if stem not in text], len(stems))
    return _swap(text, dict(zip(stems, fresh, strict=True)))


def _people(name: str, text: str) -> str:
    chance = random.Random(name)
    fresh = [one for one in NAMES if one not in text]
    chance.shuffle(fresh)
    return _swap(text, dict(zip(_people_of(annotated()[name]), fresh, strict=False)))


def _firms(name: str, text: str) -> str:
    """Other firms: a brand of two characters in front of what the firm does."""
    chance = random.Random(name)
    fresh = chance.sample(BRANDS, len(BRANDS))
    firms = [firm for firm in annotated()[name].get("Enterprise", ()) if len(firm) > 3]
    brands = dict.fromkeys(re.sub("^(?:北京|上海|四川|广东|[\u4e00-\u9fff]{2}[省市])", "", firm)[:2] for firm in firms)
    return _swap(text, dict(zip(brands, fresh, strict=False)))


def _numbers(name: str, text: str) -> str:
    """The same a year later: other days, other numbers."""
    chance = random.Random(name)
    heads, body = _paragraphs(text)
    digits = "0123456789"
    other = [re.sub(r"\d", lambda _: chance.choice(digits[1:]), line) for line in body]
    return _page(heads, other)


def _all(name: str, text: str) -> str:
    return _numbers(name, _firms(name, _people(name, _districts(name, text))))


SIBLINGS: Mapping[str, Change] = {
    "other districts": _districts,
    "other people": _people,
    "other districts and people": lambda name, text: _people(name, _districts(name, text)),
    "other numbers": _numbers,
    "all other": _all,
}


# ------------------------------------------------------------------------------------------------- as many as one likes

GIVEN = "建国桂兰秀英志强海燕文博思远明珠立新春晓冬梅永康雅静俊杰"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"


def _made(chance: random.Random, name: str, text: str) -> str:
    """The same words about other places, people and numbers, and with its sentences in part from another text."""
    forms = annotated()[name]
    swaps = {stem: "".join(chance.sample("清河东阳林泉安宁石桥南湖金沙", 2)) for stem in _stems_of(forms)}
    swaps |= {one: chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2)) for one in _people_of(forms)}
    text = re.sub(r"\d", lambda _: chance.choice("123456789"), _swap(text, swaps))
    heads, body = _paragraphs(text)
    other = [line for line in _paragraphs(chance.choice(tuple(texts().values())))[1] if "讯" not in line]  # no byline
    return _page(heads, [*body[:-1], *other[1:2], *body[-1:]])


def archive(count: int) -> Iterator[tuple[str, str, str]]:
    """Yield (page id, id of the story, text) of so many pages, every fifth a reprint of one of those before."""
    names = tuple(name for name, forms in annotated().items() if len(_people_of(forms)) > 1 and _stems_of(forms))
    changes = tuple(REPRINTS[name] for name in ("other headline", "shortened", "thinned", "polished"))
    told: list[tuple[str, str, str]] = []
    for number in range(count):
        chance = random.Random(number)
        if number % 5 == 4:
            story, name, text = chance.choice(told)
            yield f"p{number:05}", story, chance.choice(changes)(name, text)
        else:
            name = names[number % len(names)]
            text = _made(chance, name, texts()[name])
            told.append((f"s{number:05}", name, text))
            yield f"p{number:05}", f"s{number:05}", text
