"""Judging two parsed names: the same, different, or unsure, with reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.resolve.linker import Judgement
from kg.resolve.names import NameKey, around, name_key

__all__ = ["compare", "judge", "likeness", "telling"]

_BODIES = frozenset({"TradeUnion", "Enterprise", "Organization", "Venue", "Product"})
_NEAR_FORMS = (
    frozenset({"工会联合会", "联合工会"}),
    frozenset({"工会", "工会工作委员会"}),
    frozenset({"工会服务站", "工会工作站", "工会驿站"}),
    frozenset({"公司", "集团"}),
    frozenset({"公司", "股份"}),
    frozenset({"集团", "集团股份"}),
    frozenset({"股份", "集团股份"}),
)
_WHOLE = (
    "集团",
    "公司",
    "局",
    "院",
    "厂",
    "所",
    "总行",
    "银行",
    "大学",
    "医院",
)  # what the name of a whole body ends in
_TELLING: Mapping[str, str] = {"TradeUnion": "host", "Enterprise": "stem", "Activity": "core"}
_NO_HINTS: Mapping[str, str] = {}


def judge(
    kind: str,
    name: str,
    other_kind: str,
    other: str,
    hints: Mapping[str, str] = _NO_HINTS,
    other_hints: Mapping[str, str] = _NO_HINTS,
) -> Judgement:
    """Judge two names of things of the given classes."""
    one, two = name_key(kind, name, hints), name_key(other_kind, other, other_hints)
    if kind != other_kind:
        return Judgement.of(
            one.key, two.key, "different", 0.0, f"classes differ: {', '.join(sorted((kind, other_kind)))}"
        )
    return compare(kind, one, two)


def compare(kind: str, one: NameKey, two: NameKey) -> Judgement:
    """Judge two parsed names of things of one class, as if they stood in one article."""
    one, two = sorted((one, two), key=lambda name: (name.key, name.reasons))
    if one.key == two.key:
        return Judgement.of(one.key, two.key, "same", 1.0, "the same parts", *one.reasons)
    if kind == "District":
        return _districts(one, two)
    if kind in _BODIES:
        return _bodies(kind, one, two)
    if kind == "Activity":
        return _activities(one, two)
    return Judgement.of(one.key, two.key, "different", 0.0, "the names differ")


def _districts(one: NameKey, two: NameKey) -> Judgement:
    mine, yours = one.part("code"), two.part("code")
    if one.part("name") or two.part("name") or "?" in mine + yours:
        return Judgement.of(one.key, two.key, "unsure", 0.2, "one is in no table, or may be several")
    return Judgement.of(one.key, two.key, "different", 0.0, _apart(mine, yours))


def _apart(mine: str, yours: str) -> str:
    if mine in around(yours) or yours in around(mine):
        return f"{min(mine, yours, key=len)} holds {max(mine, yours, key=len)}: parent and child"
    return f"regions differ: {mine}, {yours}"


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _bodies(kind: str, one: NameKey, two: NameKey) -> Judgement:
    mine, yours = telling(kind, one), telling(kind, two)
    left, right = one.part("region"), two.part("region")
    known = all(region and region[0] != "~" and not region.endswith("?") for region in (left, right))
    if not (mine or yours):
        if known and left != right:
            return Judgement.of(one.key, two.key, "different", 0.0, _apart(left, right))
        if one.part("form") != two.part("form"):
            return Judgement.of(one.key, two.key, "different", 0.0, "forms differ")
        return Judgement.of(one.key, two.key, "unsure", 0.3, "the region of one is not known for certain")
    if _numbers(mine) != _numbers(yours):
        return Judgement.of(one.key, two.key, "different", 0.0, f"numbers differ: {mine}, {yours}")
    if known and left != right and (kind == "TradeUnion" or _apart(left, right).startswith("regions")):
        return Judgement.of(one.key, two.key, "different", 0.0, _apart(left, right))
    forms = frozenset({one.part("form"), two.part("form")})
    if len(forms) > 1 and forms not in _NEAR_FORMS:
        return Judgement.of(one.key, two.key, "different", 0.0, f"forms differ: {', '.join(sorted(forms))}")
    if not (mine and yours):
        return Judgement.of(one.key, two.key, "different", 0.0, f"only one has the host {mine or yours}")
    if branch := _branch(mine, one.part("form"), yours) or _branch(yours, two.part("form"), mine):
        return Judgement.of(one.key, two.key, "different", 0.0, branch)
    texts = mine, yours
    if not likeness(*texts):
        texts = one.part("written"), two.part("written")
    score, reasons = likeness(*texts), [_likeness_of(*texts)]
    if not score:
        return Judgement.of(one.key, two.key, "different", 0.0, f"{mine} and {yours} differ")
    if len(forms) > 1:
        score -= 0.15
        reasons.append(f"forms differ: {', '.join(sorted(forms))}")
    if left != right:
        score -= 0.1
        reasons.append(f"regions are {left or 'not given'} and {right or 'not given'}")
    return Judgement.of(one.key, two.key, "unsure", round(score, 2), *reasons)


def _branch(whole: str, form: str, part: str) -> str:
    """Say that `part` is a branch, if it goes on behind the whole name of `whole`: 京华集团, 京华集团东矿; else ""."""
    for ending in ("", form):
        name = whole + ending
        if part.startswith(name) and len(part) > len(name) and name.endswith(_WHOLE):
            return f"{part} is a part of {name}"
    return ""


def telling(kind: str, name: NameKey) -> str:
    """Return the part of a name that tells one thing of a class from others, "" where the name has none."""
    return name.part(_TELLING.get(kind, "name"))


def likeness(mine: str, yours: str) -> float:
    """Say how well the shorter name can be a short form of the longer, by what it is made of; 0 for not at all."""
    short, long = _by_length(mine, yours)
    if short == long:
        return 0.9 if short else 0.0
    if len(short) < 2:
        return 0.0
    if short in long:
        return 0.75 if long.startswith(short) else 0.65
    rest = iter(long)
    # 达钢 of 达州钢铁, 晨星智造 of 晨星精密智造: characters in order, the first one kept
    return 0.55 if short[0] == long[0] and all(char in rest for char in short) else 0.0


def _likeness_of(mine: str, yours: str) -> str:
    """Return the reason for the likeness of two names."""
    short, long = _by_length(mine, yours)
    if short == long:
        return f"both are {long}"
    if short in long:
        return f"{short} is part of {long}"
    return f"{short} can be made of {long} by leaving out"


def _by_length(mine: str, yours: str) -> tuple[str, str]:
    return (mine, yours) if (len(mine), mine) <= (len(yours), yours) else (yours, mine)


def _activities(one: NameKey, two: NameKey) -> Judgement:
    for part in ("year", "edition"):
        mine, yours = one.part(part), two.part(part)
        if mine and yours and mine != yours:
            return Judgement.of(one.key, two.key, "different", 0.0, f"{part}s differ: {mine}, {yours}")
    mine, yours = one.part("in"), two.part("in")
    if mine and yours and mine != yours:
        return Judgement.of(one.key, two.key, "different", 0.0, _apart(mine, yours))
    mine, yours = telling("Activity", one), telling("Activity", two)
    score = likeness(mine, yours)
    if not score or (mine != yours and min(len(mine), len(yours)) < 4):
        return Judgement.of(one.key, two.key, "different", 0.0, f"{mine} and {yours} differ")
    return Judgement.of(one.key, two.key, "unsure", round(score - 0.2, 2), _likeness_of(mine, yours))
