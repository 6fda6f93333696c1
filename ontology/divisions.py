"""The administrative divisions of China and the development zones: names, short forms, and which one a name means.

The table is `lexicon/divisions.tsv.gz` (made by `make_divisions.py`); zones and irregular short forms are kept by hand
in `lexicon/divisions-extra.tsv`. The first call reads everything, later calls look up.

A code has 2 digits for a province, 4 for a city, 6 for a county, 9 for a street or town. A zone the statistics bureau
has no code for gets its parent's code, a hyphen and its name: 13-雄安新区. So a code always starts with the codes of
all divisions around it.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from kg.errors import OntologyError

LEXICON = Path(__file__).with_name("lexicon")
LEVELS = ("province", "city", "county", "street", "zone")

_LEVEL_BY_DIGITS = {2: "province", 4: "city", 6: "county", 9: "street"}

# Peoples as they stand in the names of autonomous areas; some stand there without 族.
_PEOPLES = (
    "壮族|回族|满族|苗族|彝族|藏族|侗族|瑶族|白族|黎族|傣族|畲族|水族|佤族|羌族|怒族|京族|土族|各族|蒙古族?|维吾尔族?|哈萨克族?|"
    "朝鲜族|土家族|布依族|哈尼族|傈僳族|仡佬族|拉祜族|东乡族|纳西族|景颇族|柯尔克孜族?|达斡尔族|仫佬族|布朗族|撒拉族|毛南族|"
    "锡伯族?|阿昌族|普米族|塔吉克族?|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|塔塔尔族|独龙族|鄂伦春族|赫哲族|"
    "门巴族|珞巴族|基诺族"
)
# The lazy head keeps two characters, so 东乡族自治县 is 东乡 and not empty.
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?:{_PEOPLES})*族?自治(?P<word>[州县旗])")
_ETHNIC_TOWN = re.compile(rf"(?P<stem>.{{2,}}?)(?:{_PEOPLES})*族?乡")
_CITY = re.compile(r"(?P<stem>.+?)(?:市|地区|盟)")
# The long class words only where they are meant: 碑林区 is 碑林, 清新区 is 清新. No stem for 苏尼特右旗 and 井陉矿区.
_COUNTY = re.compile(
    r"(?P<stem>.+?)(?:(?<=神农架)林区|(?<=六枝)特区|(?<=浦东|沈北|滨海)新区|(?<!矿)区|县|市|(?<![左右中前后合])旗)"
)

# Zones: how the class word is written in full, and how news shorten it.
_ZONE_WORDS = {
    "经济技术开发区": ("经开区", "开发区"),
    "经济开发区": ("经开区", "开发区"),
    "高新技术产业开发区": ("高新区",),
    "高新技术产业园区": ("高新区",),
    "高新技术开发区": ("高新区",),
    "综合保税区": ("综保区",),
    "城乡一体化示范区": (),
}
_ZONE_ENDINGS = (*_ZONE_WORDS, "管理委员会", "管委会", "特殊乡镇", "特殊街道")
_ZONE = re.compile(rf"(?P<base>.*?)(?P<word>{'|'.join(_ZONE_WORDS)})(?:管理委员会|管委会|特殊乡镇|特殊街道)?")


@dataclass(frozen=True, slots=True)
class Division:
    """One division or zone; `parent` is the code of the next larger one that has a name."""

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class _Index:
    """Everything read from the lexicon, by code and by name."""

    names: Mapping[str, str]  # code -> full name
    zones: Mapping[str, str | None]  # code of a hand-kept zone -> parent where the code does not tell
    known: Mapping[str, tuple[str, ...]]  # full name, alias or short form -> codes
    short: Mapping[str, tuple[str, ...]]  # stem -> codes, without stop words
    stop: frozenset[str]


def by_code(code: str) -> Division:
    """Return the division with this code; raise `OntologyError` where there is none."""
    index = _index()
    name = index.names.get(code)
    if name is None:
        raise OntologyError(f"no division has the code {code!r}; codes have 2, 4, 6 or 9 digits")
    return Division(code, name, _level(code, name, index), _parent(code, index))


def named(name: str) -> tuple[Division, ...]:
    """Return all divisions with exactly this full name, alias or short form, the larger first.

    Here stop words are known too: whoever cut 朝阳 out of 朝阳总工会 may ask what it can be.
    """
    return tuple(map(by_code, _index().known.get(name, ())))


def ancestors(code: str) -> tuple[Division, ...]:
    """Return the divisions around this one, nearest first."""
    found: list[Division] = []
    parent = by_code(code).parent
    while parent is not None:
        found.append(by_code(parent))
        parent = found[-1].parent
    return tuple(found)


@cache
def all_names() -> Mapping[str, tuple[str, ...]]:
    """Map every name worth looking for in running text to its codes: full names, aliases, short forms.

    A short form can still start inside another word or be a person's given name; look whether it ends where tokens end.
    """
    index = _index()
    return MappingProxyType({name: codes for name, codes in index.known.items() if name not in index.stop})


def short_names() -> Mapping[str, tuple[str, ...]]:
    """Map stems without class word to codes (西城, 鄂尔多斯, 内蒙古, 延边); no stop words, no single characters."""
    return _index().short


@cache
def weak_names() -> Mapping[str, tuple[str, ...]]:
    """Map the stop words to their codes: 朝阳, 西区, 一师. They need a class word, a head or a larger name beside."""
    index = _index()
    return MappingProxyType({name: index.known[name] for name in sorted(index.stop)})


@cache
def abbreviations() -> Mapping[str, str]:
    """Map the one-character names of provinces to codes: 京, 冀, 沪 and 申."""
    return MappingProxyType({char: row[0] for row in _tsv("provinces.tsv") for char in _split(row[3])})


def resolve(name: str, context: Sequence[str] = (), home: str | None = None) -> tuple[Division, ...]:
    """Return the one division that `name` means where the context tells, otherwise all candidates.

    `context` holds codes of divisions named nearby, most important first; `home` comes after them. Each narrows the
    candidates to those that lie in it, around it, or are it; one that fits none is passed over. Where several are left,
    they come first. A neighbour does not help by itself: give its `ancestors` in `context` if it should.
    """
    index = _index()
    candidates = index.known.get(name, ())
    fitting = candidates
    for near in context if home is None else (*context, home):
        if near not in index.names:
            by_code(near)  # says what is wrong with it
        if len(fitting) > 1:
            fitting = tuple(code for code in fitting if code.startswith(near) or near.startswith(code)) or fitting
    if len(fitting) > 1:
        fitting += tuple(code for code in candidates if code not in fitting)
    return tuple(map(by_code, fitting))


def _parent(code: str, index: _Index) -> str | None:
    if code in index.zones and not code.isdigit():
        return index.zones[code]
    return next((code[:size] for size in (6, 4, 2) if size < len(code) and code[:size] in index.names), None)


def _level(code: str, name: str, index: _Index) -> str:
    if code in index.zones:
        return "zone"
    return "zone" if _is_statistical_zone(code, name) else _LEVEL_BY_DIGITS[len(code)]


def _is_statistical_zone(code: str, name: str) -> bool:
    """Tell a zone from its code: the bureau keeps 71 to 80 and 400 onwards for zones, farms and the like."""
    if len(code) == 6:
        return "71" <= code[4:] <= "80"
    return code[6:] >= "400" and not name.endswith(("镇", "乡", "街道", "苏木", "地区"))


@cache
def _index() -> _Index:
    """Read the lexicon once."""
    provinces = _tsv("provinces.tsv")
    names = _table()
    short_provinces = {code: short for code, _, short, _ in provinces}
    stems, claims = _derive(names, set(short_provinces.values()))
    for code, name, *_ in provinces:
        if names.setdefault(code, name) != name:
            raise OntologyError(f"provinces.tsv calls {code} {name}, the table {names[code]}")
    zones, aliases = _extra(names)
    claims += aliases
    for code, name in names.items():
        if name.endswith(_ZONE_ENDINGS) and (match := _ZONE.fullmatch(name)):
            claims += [(alias, code) for alias in _zone_aliases(match["base"], match["word"], short_provinces.values())]

    text = (LEXICON / "stem-stop.txt").read_text(encoding="utf-8")
    stop = frozenset(line for line in text.split("\n") if line and line[0] != "#")
    short = _group((stem, code) for code, stem in (short_provinces | stems).items())
    # 西安 is the city, not a district of 牡丹江; but a stop word comes with a head, and 朝阳总工会 may be a district's.
    short = {stem: _outermost(codes) if stem in stop else _largest(codes) for stem, codes in sorted(short.items())}
    claims += [(stem, code) for stem, codes in short.items() for code in codes]
    known = _group(chain(((name, code) for code, name in names.items()), claims))
    if unknown := sorted(stop - known.keys()):
        raise OntologyError(f"stem-stop.txt: no division is called {', '.join(unknown)}; take the lines out")
    return _Index(
        names=MappingProxyType(names),
        zones=MappingProxyType(zones),
        known=MappingProxyType(known),
        short=MappingProxyType({stem: codes for stem, codes in short.items() if stem not in stop}),
        stop=stop,
    )


def _derive(names: Mapping[str, str], taken: AbstractSet[str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return stems of cities and counties by code, and (alias, code) for 延边州 and 于家务乡; no stem is in `taken`."""
    stems: dict[str, str] = {}
    claims: list[tuple[str, str]] = []
    for code, name in names.items():
        if len(code) in (4, 6) and not _is_statistical_zone(code, name):
            stem, with_word = _stem(name, len(code))
            # 海南 is the province, never the district in 乌海.
            if len(stem) > 1 and stem not in taken:
                stems[code] = stem
            if with_word:
                claims.append((with_word, code))
        elif name.endswith("族乡") and (match := _ETHNIC_TOWN.fullmatch(name)):
            claims.append((match["stem"] + "乡", code))
    return stems, claims


def _table() -> dict[str, str]:
    text = gzip.decompress((LEXICON / "divisions.tsv.gz").read_bytes()).decode("utf-8")
    cells = text.replace("\t", "\n").splitlines()
    return dict(zip(cells[::2], cells[1::2], strict=True))


def _tsv(name: str) -> list[list[str]]:
    """Read the rows of a lexicon file behind its header."""
    lines = (LEXICON / name).read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines[1:] if line]


def _split(aliases: str) -> list[str]:
    return aliases.split(";") if aliases else []


def _extra(names: dict[str, str]) -> tuple[dict[str, str | None], list[tuple[str, str]]]:
    """Add the hand-kept zones to `names`; return them with the parents their codes do not tell, and (alias, code)."""
    zones: dict[str, str | None] = {}
    claims: list[tuple[str, str]] = []
    added: dict[str, str] = {}
    for name, kind, code, aliases in _tsv("divisions-extra.tsv"):
        own = code if names.get(code) == name else f"{code}-{name}"
        if kind not in LEVELS:
            raise OntologyError(f"divisions-extra.tsv: {name} has the kind {kind!r}; known: {', '.join(LEVELS)}")
        if kind == "zone":
            zones[own] = None if own == code else code
            added[own] = name
        elif own != code:
            raise OntologyError(f"divisions-extra.tsv: {name} is not the name of {code}; only a zone can be added")
        claims += [(alias, own) for alias in _split(aliases)]
    names.update(added)
    for code, parent in zones.items():
        if parent is not None and parent not in names:
            raise OntologyError(f"divisions-extra.tsv: the parent {parent} of {names[code]} is no division")
    return zones, claims


def _stem(name: str, digits: int) -> tuple[str, str]:
    """Return a name without its class word, and for an autonomous area the stem with one: 延边, 延边州."""
    match = _AUTONOMOUS.fullmatch(name)
    if match:
        return match["stem"], match["stem"] + match["word"]
    match = (_CITY if digits == 4 else _COUNTY).fullmatch(name)
    return (match["stem"] if match else ""), ""


def _zone_aliases(base: str, word: str, provinces: Iterable[str]) -> list[str]:
    """Spell out how a zone is called: 山西大同经济开发区 is also 大同经济开发区, 大同经开区, 大同开发区, 开发区."""
    base = base.removesuffix("国家")
    bases = [base] if len(base) > 1 else []
    bases += [
        base[len(province) :].removeprefix("省")
        for province in provinces
        if base.startswith(province) and len(base) - len(province) > 1
    ]
    # 秦皇岛市经济技术开发区 is also 秦皇岛经开区; 莒县 stays whole, and so does 滨海新区.
    bases += [one[:-1] for one in bases if len(one) > 2 and one[-1] in "市县区" and one[-2] != "新"]
    aliases = [one + written for one in bases for written in (word, *_ZONE_WORDS[word])]
    # By 经开区 alone a city means its economic-technological zone, of which it has one; it may have many 经济开发区.
    return aliases + [written for written in _ZONE_WORDS[word] if (word, written) != ("经济开发区", "经开区")]


def _group(claims: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Collect the codes that claim a name, the larger division first, each once."""
    found: dict[str, tuple[str, ...]] = {}
    for name, code in claims:
        codes = found.get(name)
        found[name] = (code,) if codes is None else (*codes, code)
    for name, codes in found.items():
        if len(codes) > 1:
            found[name] = tuple(sorted(set(codes), key=_rank))
    return found


def _rank(code: str) -> tuple[int, str]:
    return (len(code) if code.isdigit() else 10, code)


def _largest(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if len(code) == len(codes[0]))


def _outermost(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if not any(code != other and code.startswith(other) for other in codes))
