"""The grammar of names: what a name is made of, and the key it comes down to.

Union news is full of names that look alike and are not the same (西城区总工会, 东城区总工会) and of names that look
different and are (北京经济技术开发区总工会, 经开区总工会). So names are not compared as strings. A name is parsed into
region, host body, number and form; the parts make the key, and equal keys are one thing:

    北京市西城区总工会               TradeUnion|110102||总工会
    北京公交集团第一客运分公司工会     TradeUnion|11|公交集团第1客运分公司|工会

The words of the grammar are data (`ontology/lexicon/`, the divisions); how they combine is here. A key holds for
everyone only where the name says enough by itself, or its article says the rest (`hints`); its `scope` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from kg.errors import OntologyError
from kg.model import LocalEntity
from kg.text import normal
from ontology import divisions, resource

__all__ = [
    "NATION",
    "NameKey",
    "Place",
    "Scope",
    "around",
    "city",
    "distinctive",
    "hints_of",
    "name_key",
    "near_codes",
    "place",
]

Scope = Literal["everywhere", "article", "context"]
Hints = tuple[tuple[str, str], ...]

NATION = "CN"  # stands where the code of a division stands
ENOUGH = 3  # distinctive characters that make a body known without its region
SOME = 2  # distinctive characters that make it known inside one city

_OF_HOME = frozenset({"TradeUnion", "District", "Activity", "Person"})  # classes whose relative names are the paper's
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})  # divisions of the first level that are cities
_NATION_NAMES = ("中华全国", "中国", "全国")
_NO_HINTS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class NameKey:
    """What a name comes down to.

    `scope` says how far equal keys mean the same thing: "everywhere"; "article", where the name says too little
    (市总工会 without a hint, 公司工会); "context", where a name never decides alone (people, activities).
    `parts` are what the name was read as; `candidates` the codes an ambiguous region may be; `official` the full form
    of the name where the grammar can tell it, else "".
    """

    key: str
    parts: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    scope: Scope = "everywhere"
    candidates: tuple[str, ...] = ()
    official: str = ""

    def part(self, name: str) -> str:
        """Return one part, "" where the name has none."""
        return next((value for part, value in self.parts if part == name), "")


def name_key(kind: str, name: str, hints: Mapping[str, str] = _NO_HINTS) -> NameKey:
    """Return the key of a name of a thing of class `kind`.

    `hints` are those of `kg.model.LocalEntity`, and of weaker force: ("home", code), the division its newspaper is at
    home in, ("where", code), the city that its article plays in, "?" if it may be several, and ("near", "code;code"),
    the divisions that its article speaks of.
    """
    plain = _name_key(kind, name, tuple(sorted((hint, value) for hint, value in hints.items() if hint != "near")))
    if not plain.candidates or "near" not in hints:
        return plain  # which many articles share, whatever else they speak of
    return _name_key(kind, name, tuple(sorted(hints.items())))


def hints_of(told: Iterable[tuple[str, str]], home: str, near: str = "") -> dict[str, str]:
    """Return what an article tells of a name: the hints `told`, its home, the codes it speaks of, where it plays.

    That is at home, unless it speaks of places elsewhere only.
    """
    code = _home_code(home)
    weak = {"home": code, "near": near, "where": _where(code, near)}
    return {name: value for name, value in weak.items() if value} | dict(told)


@lru_cache(maxsize=1 << 16)
def _where(home: str, near: str) -> str:
    """Return the city that an article plays in, "?" where it may be several."""
    cities = {city(code) for code in near.split(";") if code and code != NATION}
    cities = {code for code in cities if len(code) > len("33") or code in _MUNICIPALITIES}
    if not cities or (home and city(home) in cities):
        return home
    return cities.pop() if len(cities) == 1 else "?"


def near_codes(locals_: Iterable[LocalEntity]) -> str:
    """Return the codes of the divisions an article speaks of, as the value of the hint "near"."""
    return ";".join(sorted({code for local in locals_ for name, code in local.hints if name == "district"}))


@cache
def _home_code(home: str) -> str:
    """Return the code of a paper's home, 北京市 or 杭州市西湖区, of several the largest division of that name; "" where
    there is none."""
    found = place(normal(home), strict=True) if home else Place((), "", "")
    return min(found.codes, key=lambda code: (len(code), code)) if found.codes and not found.rest else ""


@lru_cache(maxsize=1 << 18)
def _name_key(kind: str, name: str, pairs: Hints) -> NameKey:
    hints = dict(pairs)
    if kind not in _OF_HOME and "where" in hints:
        hints["home"] = hints["where"]  # 市图书馆 is that of the city that is told of, 市总工会 the paper's own
    text = _plain(hints.get("full", "") or name)
    if kind == "TradeUnion":
        return _union(text, hints)
    if kind == "Enterprise":
        return _enterprise(text, hints)
    if kind == "District":
        return _district(text, hints)
    if kind == "Activity":
        return _activity(text, hints)
    if kind == "Person":
        return _make(kind, {"name": text}, ["the name of a person never decides alone"], scope="context")
    return _other(kind, text, hints, quoted="“" in name or "‘" in name or "《" in name)


def _make(
    kind: str,
    parts: dict[str, str],
    reasons: list[str],
    *,
    scope: Scope = "everywhere",
    candidates: tuple[str, ...] = (),
    official: str = "",
    more: dict[str, str] | None = None,
) -> NameKey:
    """Make the key of `parts`; `more` are parts worth knowing that do not take part in it."""
    key = "|".join((kind, *(value.replace("|", " ") for value in parts.values())))
    every = tuple((parts | {name: value for name, value in (more or {}).items() if value}).items())
    return NameKey(key, every, tuple(reasons), scope, candidates, official)


# ------------------------------------------------------------------------------------------------------------ words


_DEFINITION = re.compile(r"[(\[](?:以下统称|以下简称|以下称|下称|简称|统称)[:：]?[^)\]]*[)\]]")


_PLACED = re.compile(r"^([^()]{2,8})\(([^()]{2,8})\)(.+)$")


def _plain(name: str) -> str:
    """Fold a name and take its brackets off: 北京经济技术开发区（以下简称经开区）总工会, 中国石化（集团）有限公司.

    A region in brackets is the one it begins with: 金盾（北京）医疗器械有限公司.
    """
    text = _DEFINITION.sub("", normal(name))
    placed = _PLACED.match(text)
    if placed is not None and placed[2] in divisions.all_names() and not place(text, strict=True).codes:
        text = placed[2] + placed[1] + placed[3]
    return re.sub(r"[()\[\]]", "", text)


@cache
def _rows(file: str) -> tuple[tuple[str, ...], ...]:
    lines = resource(f"lexicon/{file}").read_text(encoding="utf-8").split("\n")
    return tuple(tuple(line.split("\t")) for line in lines[1:] if line)


@cache
def _table(file: str) -> Mapping[str, str]:
    return {row[0]: row[1] for row in _rows(file)}


@cache
def _generic() -> tuple[frozenset[str], int]:
    """Words that say what kind of thing a body is, never which one (科技, 大厦), and the length of the longest."""
    words = {row[0] for row in _rows("words.tsv") if "generic" in row[1].split()}
    words |= {row[0] for row in _rows("heads.tsv")}
    words |= set(_table("enterprise-forms.tsv")) | set(_table("union-forms.tsv"))
    return frozenset(words), max(map(len, words))


@lru_cache(maxsize=1 << 16)
def _branded(text: str) -> bool:
    """Whether a brand that is known everywhere is part of a folded name."""
    return any(row[0] in text for row in _rows("brands.tsv") if len(row[0]) > 1)


@lru_cache(maxsize=1 << 16)
def distinctive(text: str) -> int:
    """Count the characters of a folded name that are left when words of kind and signs are taken away.

    A known brand is worth enough by itself.
    """
    if _branded(text):
        return max(ENOUGH, len(text))
    words, longest = _generic()
    left = at = 0
    while at < len(text):
        size = next((n for n in range(min(longest, len(text) - at), 0, -1) if text[at : at + n] in words), 0)
        if not size:
            size = 1
            left += text[at].isalnum()
        at += size
    return left


def _ending(text: str, table: Mapping[str, str]) -> str:
    """Return the longest row of `table` that `text` ends in, "" for none."""
    return next((text[at:] for at in range(len(text)) if text[at:] in table), "")


_CHINESE = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_SPELLED = re.compile(r"[〇零一二三四五六七八九]{3,}(?=[所厂局处院队号])")
_ORDINAL = re.compile(r"第([一二三四五六七八九十百零〇两]+|\d+)")
_UNITS = (
    "分公司|公司|工程局|工程|分厂|分院|分会|分店|厂|局|处|室|所|院|队|店|车间|项目部|中学|小学|医院|人民医院|幼儿园"
)
_COUNTED = re.compile(rf"([一二三四五六七八九十]+|(?<!\d)\d{{1,2}})(?={_UNITS})")
_BRANCH = re.compile(r"(?:第?[一二三四五六七八九十百]+|第?\d+|分|子)公司$")


def _number(word: str) -> str:
    """Write a Chinese number below a thousand in Arabic digits."""
    if word.isdecimal():
        return str(int(word))
    total = digit = 0
    for char in word:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = int(_CHINESE[char])
    return str(total + digit)


def _numbered(text: str) -> str:
    """Write the numbers of branches one way: 二公司 and 第二公司, 九室 and 第9室, 二〇三所 and 203所."""
    text = _SPELLED.sub(lambda match: "".join(_CHINESE[char] for char in match.group()), text)
    text = _ORDINAL.sub(lambda match: f"第{_number(match[1])}", text)
    return _COUNTED.sub(lambda match: ("" if text[: match.start()].endswith("第") else "第") + _number(match[1]), text)


# ---------------------------------------------------------------------------------------------------------- regions


_ZONES = ("开发区", "高新区", "经开区", "示范区", "园区", "新区")
_RELATIVE = (*_ZONES, "街道", "社区", "地区", *"省市区县州盟旗镇乡村")
_OWN = re.compile(r"[全本我该各](?=[省市区县州盟旗镇乡村])")
_FULL = ("街道", "苏木", "生态城", *"省市区县旗盟镇乡")
_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class Place:
    """The region that a text begins with.

    `codes`: what it may be, several where it is ambiguous; `words`: as written; `rest`: what follows. `relative`: its
    words are 市, 区 and the like.
    """

    codes: tuple[str, ...]
    words: str
    rest: str
    relative: bool = False

    @property
    def code(self) -> str:
        """The code, "" where there is none or more than one."""
        return self.codes[0] if len(self.codes) == 1 else ""


@cache
def around(code: str) -> tuple[str, ...]:
    """Return the codes of the divisions around this one, nearest first, and last the nation."""
    return () if code == NATION else (*(division.code for division in divisions.ancestors(code)), NATION)


def place(text: str, hints: Mapping[str, str] = _NO_HINTS, *, strict: bool = False) -> Place:
    """Split a folded text into the region it begins with and the rest.

    A region may be written as a chain from the larger to the smaller: 北京市西城区. With `strict`, a short name that
    could as well be a brand (东方, 亦庄) is no region, unless it is that of a province or city.
    """
    nation = next((name for name in _NATION_NAMES if text.startswith(name)), "")
    codes: tuple[str, ...] = (NATION,) if nation else ()
    at = len(nation)
    while at < len(text):
        for word, found in _names_at(text, at):
            fits = tuple(code for code in found if not codes or any(outer in around(code) for outer in codes))
            if strict and not _is_full(word):
                fits = tuple(code for code in fits if len(code) <= 4)
            if fits:
                codes, at = fits, at + len(word)
                break
        else:
            break
    if codes:
        return Place(_hinted(codes, hints), text[:at], text[at:])
    relative = _relative(text, hints)
    if not relative.words and not strict and text in divisions.weak_names():
        # 朝阳: too common a word to look for in a text, but here it stands alone
        return Place(_hinted(divisions.weak_names()[text], hints), text, "")
    return relative


def _is_full(word: str) -> bool:
    """Whether the name of a division says what it is, as 朝阳区 does and 朝阳 and 通州 do not."""
    return word.endswith(_FULL) or (word[-1] == "州" and len(word) > 2)


def _names_at(text: str, at: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    names = divisions.all_names()
    for end in range(min(len(text), at + _LONGEST_NAME), at + 1, -1):
        codes = names.get(text[at:end])
        if codes:
            yield text[at:end], codes


def _hint(hints: Mapping[str, str], place: str = "home") -> str:
    """Return the code that the article ties the name to, else that of its home, or of where it plays ("where").

    "" where there is no such division.
    """
    for name in ("district", place if place in hints else "home"):
        code = hints.get(name, "")
        if code == NATION:
            return code
        try:
            return divisions.by_code(code).code
        except OntologyError:
            continue
    return ""


def _hinted(codes: tuple[str, ...], hints: Mapping[str, str]) -> tuple[str, ...]:
    """Keep the codes that fit what the article says; all of them where none does."""
    hint = _hint(hints)
    if len(codes) < 2 or hint in codes:
        return codes if len(codes) < 2 else (hint,)
    if hint:
        codes = tuple(code for code in codes if hint in around(code) or code in around(hint)) or codes
    if len(codes) > 1 and (near := [code for code in hints.get("near", "").split(";") if code]):
        spoken_of = tuple(code for code in codes if code in near)
        around_it = tuple(code for code in codes if any(code in around(one) or one in around(code) for one in near))
        codes = spoken_of or around_it or codes
    return codes


def _relative(text: str, hints: Mapping[str, str]) -> Place:
    """Split off 市, 区, 街道 and the like: whose they are only the article can say."""
    own = _OWN.match(text)
    start = own.end() if own else 0
    word = next((word for word in _RELATIVE if text.startswith(word, start)), "")
    if not word or any(text.startswith(row[0], start) for row in _rows("relative-stop.tsv")):
        return Place((), "", text)
    end = start + len(word)
    hint = _hint(hints)
    if not hint or hint == NATION:
        return Place((), text[:end], text[end:], relative=True)
    chain = (hint, *around(hint)[:-1])
    zones = tuple(one.code for one in divisions.named(word) if one.level == "zone")
    inner = () if hint in zones else tuple(code for code in zones if hint in around(code))
    called = inner if len(inner) == 1 else tuple(code for code in chain if _is_called(code, word))
    if not called and hints.get("district") and (word not in _ZONES or divisions.by_code(hint).level == "zone"):
        called = chain  # the article says so, whatever the division is called
    return Place(called[:1], text[:end], text[end:], relative=True)


def _is_called(code: str, word: str) -> bool:
    division = divisions.by_code(code)
    if division.level == "zone":
        return division.name.endswith(word) or (word.endswith("区") and word != "社区")
    return division.name.endswith(word)


def _region_name(code: str) -> str:
    return "中国" if code == NATION else divisions.by_code(code).name


def city(code: str) -> str:
    """Return the city or municipality that a division is or lies in, else its province."""
    chain = [one for one in (code, *around(code)) if one != NATION]
    return next((one for one in chain if len(one) == 4), chain[-1] if chain else code)


# ----------------------------------------------------------------------------------------------------------- bodies


@dataclass(frozen=True, slots=True)
class _Body:
    """A body with a region: `region` is its part of the key, `stem` what is left of the name without it."""

    region: str
    stem: str
    form: str
    scope: Scope
    reasons: tuple[str, ...]
    candidates: tuple[str, ...]
    place: Place
    address: str = ""


def _body(text: str, hints: Mapping[str, str], *, enterprise: bool = False) -> _Body:
    """Read the name of an enterprise, or of whatever else a union belongs to."""
    region = place(text, hints, strict=True)
    stem, form = _legal(region.rest)
    address = ""
    reasons: list[str] = []
    narrow = region.codes and all(len(code) > 4 for code in region.codes)
    if (form or enterprise) and narrow and _is_full(region.words):
        # 通州区张家湾镇乾日安全科技公司: where it is, not what it is called; a region may begin the name proper.
        inner = place(region.rest, strict=True)
        if inner.codes or distinctive(stem) >= ENOUGH:
            reasons.append(f"{region.words} says where it is")
            address, region = region.code, inner
            stem, form = _legal(region.rest)
    return _settle(region, stem, form, hints, reasons, address)


def _legal(text: str) -> tuple[str, str]:
    """Split the name of an enterprise from its legal form, "" where it names none; 二公司 and 分公司 stay whole."""
    if _BRANCH.search(text):
        return _inner(_numbered(text)), "公司"
    forms = _table("enterprise-forms.tsv")
    written = _ending(text, forms)
    return _inner(_numbered(text[: len(text) - len(written)])), forms.get(written, "")


def _inner(stem: str) -> str:
    """Drop the legal form of the whole from the name of its branch: 顺丰速运有限公司苏州分公司."""
    return re.sub(r"(?:股份)?有限(?:责任)?公司(?=.)", "", stem)


def _settle(
    region: Place, stem: str, form: str, hints: Mapping[str, str], reasons: list[str], address: str = ""
) -> _Body:
    """Decide how far a region and a stem are known."""
    scope: Scope = "everywhere"
    candidates: tuple[str, ...] = ()
    part = region.code
    if part:
        how = "as the article says" if region.relative else "as it says"
        reasons.append(f"{region.words} is {_region_name(part)} ({part}), {how}")
        if form and not stem:
            scope = "article"
            reasons.append("nothing else in the name says which one")
    elif region.codes:
        part, scope, candidates = f"{region.words}?", "article", region.codes
        shown = ", ".join(region.codes[:4]) + (f" and {len(region.codes) - 4} more" if len(region.codes) > 4 else "")
        reasons.append(f"{region.words} may be any of {shown}")
    elif region.relative:
        part, scope = f"{region.words}?", "article"
        candidates = tuple(sorted(code for code in hints.get("candidates", "").split(";") if code))
        reasons.append(f"{region.words} is relative, and the article does not say whose")
    elif _branded(stem):
        reasons.append(f"{stem} is known without a region")
    elif distinctive(stem) >= SOME and (hint := _hint(hints, "where")) and hint != NATION:
        part = f"~{city(hint)}"
        reasons.append(f"{stem} is taken for the one in {_region_name(city(hint))}, where the article places it")
    elif distinctive(stem) >= ENOUGH:
        reasons.append(f"{stem} says enough without a region")
    else:
        scope = "article"
        reasons.append(f"{stem or 'the name'} says too little without a region")
    return _Body(part, stem, form, scope, tuple(reasons), candidates, region, address)


def _enterprise(text: str, hints: Mapping[str, str]) -> NameKey:
    body = _body(text, hints, enterprise=True)
    return _make(
        "Enterprise",
        {"region": body.region, "stem": body.stem, "form": body.form or "公司"},
        [*body.reasons, f"form {body.form}" if body.form else "no legal form"],
        scope=body.scope,
        candidates=body.candidates,
        more={
            "written": body.place.words + body.stem,
            "address": body.address,
            "complete": "yes" if re.search(r"有限(?:责任)?公司$", text) else "",
        },
    )


def _union(text: str, hints: Mapping[str, str]) -> NameKey:
    forms = _table("union-forms.tsv")
    written = _ending(text, forms)
    form = forms.get(written, "")
    if not written and re.search(r"[省市区县州]总$|^全总$", text):
        written, form = "总", "总工会"
    rest = text[: len(text) - len(written)]
    rest = "全国" if rest == "全" else rest
    region = place(rest, hints)
    if region.rest:
        body = _body(rest, hints)
        host = body.stem + (body.form if body.form not in ("", "公司") else "") if body.stem else body.form
        if host[-2:] in ("行业", "产业") and len(host) > 3:
            host = host[:-2]  # 快递行业工会联合会, 国防邮电产业工会
    else:
        body = _settle(region, "", "", hints, [])
        host = ""
    scope = body.scope
    reasons = [*body.reasons, *([f"host {host}"] if host else [])]
    reasons.append(f"form {form}, written {written}" if written != form else f"form {form}")
    if not form:
        scope = "article"
        reasons.append("it does not end as the name of a union")
    official = ""
    if body.place.code and form and (not host or body.place.relative):
        name = "中华全国" if body.place.code == NATION else _region_name(body.place.code)
        official = name + (body.place.rest if host else "") + (written if written.endswith(form) else form)
    return _make(
        "TradeUnion",
        {"region": body.region, "host": host, "form": form or text},
        reasons,
        scope=scope,
        candidates=body.candidates,
        official=official,
        more={
            "written": body.place.words + host,
            "level": _level(body.place.code, host),
            "address": body.address,
            "complete": "yes" if re.search(r"有限(?:责任)?公司$", rest) else "",
        },
    )


def _level(code: str, host: str) -> str:
    if host or not code:
        return "host" if host else ""
    return "nation" if code == NATION else divisions.by_code(code).level


_SMALL = ("社区", "村", "居委会", "村委会", "小区", "片区", "组", "屯", "嘎查", "街道", "镇", "乡")
_ZONE = ("开发区", "园区", "工业园", "产业园", "新区", "新城", "示范区", "保税区", "自贸区", "商圈")


def _district(text: str, hints: Mapping[str, str]) -> NameKey:
    region = place(text, hints)
    if not region.rest:
        body = _settle(region, "", "", hints, [])
        official = _region_name(region.code) if region.code else ""
        return _make(
            "District",
            {"code": body.region, "name": ""},
            list(body.reasons),
            scope=body.scope if region.codes or region.relative else "article",
            candidates=body.candidates,
            official=official,
        )
    name, hint = region.rest, _hint(hints)
    if region.relative and not region.code:
        region = Place((), "", text)
        name = text
    code, why = "", ""
    scope: Scope = "everywhere"
    if region.code:
        code, why = region.code, f"in {_region_name(region.code)}, not in the table of divisions"
    elif name.endswith(_SMALL) and hint:
        code, why = _county(hint), f"in {_region_name(_county(hint))}, where the article places it"
    elif name.endswith(_SMALL) or len(name) < SOME or (name.endswith(_ZONE) and distinctive(name) < SOME):
        scope, why = "article", f"{name} is in no table, and there may be many of that name"
    else:
        why = f"{name} is in no table of divisions, but says enough by itself"
    return _make("District", {"code": code, "name": name}, [why], scope=scope)


def _county(code: str) -> str:
    """Return the county that a division is or lies in, or itself where it is larger."""
    return next((one for one in (code, *around(code)) if len(one) == 6 and one.isdecimal()), code)


# ----------------------------------------------------------------------------------------------------- other things


_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度?|(?!\d))(?:[上下]半年)?")
_EDITION = re.compile(r"第([一二三四五六七八九十百]+|\d+)([届期季次回轮批场])|首([届期季次批场])")
_LOOSE_END = re.compile(r"(?:(?:主题|系列|公益|大型|专项|专题|群众性)*活动)$")
_SHORTEST_CORE = 2  # characters that are left when a region is taken off, for it not to be all there is
_WORLD = re.compile(r"^(?:全国|中国|世界|国际|亚洲|全球)")


def _activity(text: str, hints: Mapping[str, str]) -> NameKey:
    """Read year, edition and region out of an activity's name; what is left is its core."""
    for short, full in _table("short-forms.tsv").items():
        if short not in full:
            text = text.replace(short, full)
    year = next((match[1] for match in _YEAR.finditer(text)), "")
    edition = "".join(_number(match[1]) + match[2] if match[1] else "1" + match[3] for match in _EDITION.finditer(text))
    core = re.sub(r"^[的之]|[-—·,，、的]+$", "", _EDITION.sub("", _YEAR.sub("", text)))
    core = _LOOSE_END.sub("", core) or core
    region = place(core, hints, strict=True)
    if region.code and region.code != NATION and len(region.rest) > _SHORTEST_CORE:
        core = region.rest
    else:
        region = Place((), "", core)
    named = bool(_WORLD.match(core))
    reasons = [f"core {core}"]
    reasons += [f"in {_region_name(region.code)} ({region.code})"] if region.code else []
    reasons += [f"edition {edition}"] if edition else []
    reasons += [f"year {year}"] if year else []
    reasons.append("says which one by itself" if named else "one of many: where or who organised it has to be known")
    return _make(
        "Activity",
        {"core": core, "in": region.code, "edition": edition, "year": year},
        reasons,
        scope="context",
        more={"named": "yes" if named else ""},
    )


def _other(kind: str, text: str, hints: Mapping[str, str], *, quoted: bool) -> NameKey:
    region = place(text, hints, strict=True)
    stem = _numbered(region.rest)
    if kind == "Organization" and stem.endswith("报社"):
        stem = stem[:-1]
    if kind == "Product" and (quoted or re.search(r"[a-z0-9]", stem)) and not region.codes and len(stem) > 1:
        body = _Body("", stem, "", "everywhere", (f"{stem} is a name of its own",), (), region)
    else:
        body = _settle(region, stem, "", hints, [])
    official = ""
    if region.relative and region.code:
        official = _region_name(region.code) + region.rest
    return _make(
        kind,
        {"region": body.region, "name": body.stem},
        list(body.reasons),
        scope=body.scope,
        candidates=body.candidates,
        official=official,
    )
