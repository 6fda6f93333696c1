"""Whether two names of one article are of the same thing, by the structure of the names alone: pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from kg.extract.activities import Naming
from kg.extract.lexicon import brands
from kg.extract.organisations import RELATIVE
from kg.text import normal

__all__ = [
    "FEW",
    "LEGAL",
    "MARKS",
    "PARENT",
    "Alike",
    "marks_of_activity",
    "of_group",
    "same_activity",
    "same_enterprise",
    "same_union",
    "same_zone",
]


PARENT = re.compile(
    r"([\u4e00-\u9fffA-Za-z（）]{2,}?(?:集团有限公司|集团公司|有限责任公司|股份有限公司|有限公司|集团))(?!公司|有限|股份|总公司|控股|[\u4e00-\u9fff]{0,2}发展)([\u4e00-\u9fff\d]{3,})$"
)
LEGAL = re.compile(r"(?:股份有限公司|集团有限公司|有限责任公司|有限公司|集团公司|公司|集团|总公司)$")
_PARK = re.compile(r"园区$")  # 工业园区 is a 工业园
_ZONE_WORDS = re.compile(r"经济技术|高新技术产业|高新技术|产业|技术|经济")


def same_zone(one: str, two: str) -> bool:
    """江汉经济开发区 and 江汉开发区, 山东淄川经济开发区 and 淄川经济开发区, 黄州区工业园 and 黄州工业园."""
    if one == two:
        return True
    a, b = _zone(one), _zone(two)
    if not a.endswith(("区", "园")) or not b.endswith(("区", "园")):
        return False
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and long.endswith(short) and len(long) - len(short) <= 3


_CLASS_WORD = re.compile(r"(?<=[\u4e00-\u9fff]{2})[区县市](?=[\u4e00-\u9fff]{2,})")


def _zone(name: str) -> str:
    """The name of a zone without the words that may be left out."""
    return _CLASS_WORD.sub("", _PARK.sub("园", _ZONE_WORDS.sub("", name)))


_FORMS = (
    ("工会工会委员会", "工会"),
    ("工联会", "工会联合会"),
    ("联合工会", "工会联合会"),
    ("工会委员会", "工会"),
    ("工会筹备组", "工会"),
    ("工会筹委会", "工会"),
    ("工会筹备委员会", "工会"),
)
_UNION_FORM = re.compile(r"(?:工会联合会|联合工会|工会委员会|总工会|分工会|分会|工会服务站|工会)$")
_OF_DISTRICT = re.compile(r"(?:省|市|区|县|旗|自治[区州县]|州|盟)总工会")
_AREA_SIGN = tuple("省市区县旗州盟镇乡道园")
_LEVEL_WORD = re.compile(r"(?:街道|[镇乡区县市])总工会$")
_PLACED = re.compile(r"^[\u4e00-\u9fff]{2,4}[省市区县]")
_OWN_LEVEL = re.compile(
    r"[县镇乡村第分\d一二三四五六七八九十]|街道|社区|车间|项目|[厂院段队矿部处所站科店行][^区]|区.|市."
)


def same_union(one: str, two: str) -> bool:
    """Whether one name is the other with words left out that set no other body apart (区, 集团, a trade)."""
    if one == two:
        return True
    one, two = _with_full_form(one), _with_full_form(two)
    short, long = sorted((one, two), key=len)
    if short == long:
        return True
    if short == "全国总工会" and long == "中华全国总工会":
        return True
    if short.endswith("总") and long == short + "工会":
        return True  # 宁波市总
    if long.endswith(short) and re.fullmatch(r"(?:开发区|高新区|经开区|新区|园区)(?:总工会|工会联合会)", short):
        return True  # 高新区总工会 for 西安高新区总工会
    stem = short.removesuffix("工会")
    if stem != short and long == stem + "总工会" and stem[-1:] in _AREA_SIGN:
        return True  # 随县工会 for 随县总工会
    if stem != short and long.startswith(stem) and _OF_DISTRICT.fullmatch(long, len(stem)):
        return True  # 盐湖工会 in a headline
    if (
        long.endswith(short)
        and len(short) >= 4
        and not RELATIVE.fullmatch(_UNION_FORM.sub("", short))
        and _UNION_FORM.sub("", short)
    ):
        return True  # 九室分会, 建外街道总工会: the bodies above are left out
    own = _PLACED.sub("", short)  # 清徐县徐沟总工会 for 徐沟镇总工会
    place = short.removesuffix(own)  # the unions of one trade in two districts are two
    elsewhere = _PLACED.match(long) is not None and place not in long
    if _UNION_FORM.sub("", own) and _without_level(short) == short and _without_level(long).endswith(own):
        return len(own) >= 5 and not elsewhere
    if len(short) < 7 or short[:2] != long[:2] or short[-3:] != long[-3:] or len(long) - len(short) > 6:
        return False
    left, missing = 0, []
    for char in long:
        if left < len(short) and char == short[left]:
            left += 1
        else:
            missing.append(char)
    rest = "".join(missing)
    return left == len(short) and (rest in ("区", "市", "县") or _OWN_LEVEL.search(rest + "。") is None)


def _without_level(name: str) -> str:
    return _LEVEL_WORD.sub("总工会", name)


def _with_full_form(name: str) -> str:
    for short, full in _FORMS:
        name = name[: -len(short)] + full if name.endswith(short) else name
    return name


# 四川, 九江, 三门峡: in the names of places no numbers
_DIGITS = re.compile(r"[一二三四五六七八九十](?![川江明亚门沙安盘台指堰原平峡星洲洋])|\d")
_PLACE = re.compile(r"^.{2,3}?(?:省|市|区|县)")


_TRADES = frozenset(
    "建设 建工 城建 城投 交投 水务 燃气 热力 供电 电力 能源 矿业 煤业 科技 实业 控股 投资 发展 物流 运输 公交 "
    "铁路 航空 机场 港口 化工 钢铁 机械 电子 汽车 食品 医药 制药 纺织 服装 建材 水泥 置业 地产 物业 旅游 文旅 "
    "酒店 餐饮 商贸 贸易 农业 环保 园林 市政 路桥 勘测 设计 监理 通信 网络 信息 软件 传媒 出版 银行 保险 证券 "
    "烟草 邮政 石油 石化 电信 移动 联通 粮食 盐业 供销 快递 快运 速运 家政 保安 保洁".split()
)


def of_group(short: str, stem: str) -> bool:
    """Whether the short name is that of a national group, the longer one that of a firm of it: 中石化|荆南页岩气."""
    return len(short) > 2 and short[0] in "中国" and short in brands() and len(stem) - len(short) >= 4


def same_enterprise(one: str, two: str) -> bool:
    """Whether the shorter name is the longer one without its place, its legal form or its trade, or an acronym of it;
    a group and the firm that bears its name are two."""
    short, long = sorted((one, two), key=len)
    if short.endswith("银行") and long.startswith(short) and long.endswith(("分行", "支行", "营业部", "分理处")):
        return False  # 桂林银行 and its branch in 北海
    if ("银行" in short) != ("银行" in long) and short.endswith("公司"):
        return False  # 市邮政公司, 市邮政储蓄银行
    parent = PARENT.match(long)
    if parent and not long.endswith("分公司"):
        group = parent.group(1)
        if group.endswith(short) or group.startswith(short):
            return False
    if len(short) >= 4 and (long.endswith(short) or (long.startswith(short) and LEGAL.fullmatch(long[len(short) :]))):
        return True
    if long.startswith(short) and short.endswith("有限公司"):
        return True
    if len(short) >= 6 and _PLACE.sub(lambda place: place.group()[:-1], long) == short:
        return True  # 滨州贝朗电器公司 for 滨州市贝朗电器公司
    if _DIGITS.findall(short) != _DIGITS.findall(long):
        return False
    a, b = LEGAL.sub("", short), LEGAL.sub("", long)
    if a and a == b:
        return True
    if of_group(a, b):
        return False
    bare = _PLACE.sub("", b)
    if len(a) >= 3 and 0 < b.find(a) <= 3:
        return True  # 云栖物业 in 四川云栖物业管理: the place in front is left out
    if 2 <= len(a) <= 5 and len(a) < len(b) and a[0] in (b[0], bare[:1]) and _in_order(a, b):
        # 达钢 for 达州钢铁: the short form takes characters of the long one in order, the head of it among them
        if short.endswith("集团") and "集团" not in long:
            return False  # 联港集团 and its 联港城运公司
        return len(a) <= 3 or b.startswith(a[:2]) or bare.startswith(a[:2])
    if (
        len(a) == 2
        and short != a
        and 2 <= b.find(a) <= 3
        and a not in _TRADES
        and ("集团" in short) == ("集团" in long)
    ):
        return True  # 北薯集团 for 黑龙江北薯淀粉集团: a brand behind the place
    return len(a) >= 3 and (b.endswith(a) or bare.startswith(a))


def _in_order(short: str, long: str) -> bool:
    """Whether all characters of `short` stand in `long` in this order."""
    letters = iter(long)
    return all(char in letters for char in short)


# of a contest, and no event of its own beside it
_FINAL = re.compile(
    r"(?<=[赛武])(?:总决赛|半决赛|决赛|预赛|初赛|复赛)$|(?<=[赛武会节])(?:开幕式|闭幕式|开幕仪式|闭幕仪式)$"
)
_MARKS = re.compile(r"[ ·—\-“”‘’《》]")
_ACTION = re.compile(r"(?<=[赛展览节会演班武周月季])(?:系列)?活动$")  # 知识竞赛活动 is a 知识竞赛
_CONTEST = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:职业技能|劳动技能|技能|技术)?(?:大赛|竞赛|比赛|大?比武|赛事|赛)$")
_VISITING = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:走访慰问|看望慰问|慰问走访|走访|慰问)?(?:活动|行动|工作)$")
_PARTS = re.compile("暨")


def same_activity(one: Naming, two: Naming) -> bool:
    """Whether two names are of one activity: equal themes, one the tail of the other, equal but for what is left out,
    one of the two that 暨 joins.

    A final and its contest are one; a ceremony and what it opens are two, as are two editions.
    """
    first, second = (_ACTION.sub("", name.core) for name in (one, two))
    if any(_FINAL.search(core) for core in (first, second)):
        bare, other = (_FINAL.sub("", core) for core in (first, second))
        same_theme = bool(one.theme) and normal(one.theme) == normal(two.theme)
        if (bare != first) != (other != second) and (bare.endswith(other) or other.endswith(bare)):
            return min(len(bare), len(other)) >= 5 or one.theme == two.theme
        if same_theme and _in_order(*sorted((bare, other), key=len)):
            return True
    if _PARTS.search(first) or _PARTS.search(second):
        short, long = sorted((first, second), key=len)
        short_kind = _CONTEST.sub("赛", short)
        parts = [_CONTEST.sub("赛", part) for part in _PARTS.split(long)]
        if len(short) >= 4 and any(part.endswith(short_kind) for part in parts[:-1]):
            return not _other_edition(one.edition, two.edition)
    if one.ceremony != two.ceremony:
        return False
    theme, other_theme = normal(one.theme), normal(two.theme)
    if (theme and not two.theme and theme == normal(two.core)) or (
        other_theme and not one.theme and other_theme == normal(one.core)
    ):
        return True
    if one.theme and two.theme and theme == other_theme:
        # one theme can run through several events: “匠心杯”焊工大赛, “匠心杯”无人机大赛
        short, long = sorted((_beside_theme(one), _beside_theme(two)), key=len)
        return not short or _in_order(short, long) or short in ("主题", "系列", "专题")
    if _other_edition(one.edition, two.edition):
        return False
    first, second = _of_town(first, second), _of_town(second, first)
    a, b = sorted((first, second), key=len)
    if a == b:
        return True
    visit, other_visit = _VISITING.sub("", a), _VISITING.sub("", b)
    if len(visit) >= 4 and visit == other_visit:
        return True  # 春节送温暖慰问活动 is the 春节送温暖活动
    alike = b.endswith(a) or (_CONTEST.search(a) is not None and _CONTEST.sub("赛", b).endswith(_CONTEST.sub("赛", a)))
    if len(a) >= 5 and alike:
        return not one.edition or not two.edition or not _other_edition(one.edition, two.edition)
    if one.head and two.head and (one.head.endswith(two.head) or two.head.endswith(one.head)) and len(a) >= 7:
        return _in_order(a, b) and a[:2] in b and not (one.theme and two.theme)
    return False


_WHOLE = re.compile(r"^(?:全|我)([市区县州])")


def _of_town(core: str, other: str) -> str:
    """The core with the place it is of left out, where that is the place of the other: 全市篮球赛, X市篮球赛."""
    whole = _WHOLE.match(core)
    return core[2:] if whole and other.endswith(whole.group(1) + core[2:]) else core


_SHOWN = re.compile(r"(?:作品|成果)?展览?$")  # 摄影展, 摄影作品展, 摄影展览活动


def _beside_theme(parts: Naming) -> str:
    """The nouns of a name between its theme and its event word."""
    beside = parts.core.replace(_MARKS.sub("", parts.theme), "", 1)
    shown = _ACTION.sub("", beside)
    if _SHOWN.search(shown):
        return _SHOWN.sub("", shown)
    return "" if parts.head.endswith(beside) else beside.removesuffix(parts.head)


_THIS = re.compile(r"[本此该]届|本次|此次")
_COUNT = re.compile(r"第?([一二三四五六七八九十百\d]+)([届次期批季])")


def _other_edition(one: str, two: str) -> bool:
    """Whether the editions contradict each other: other numbers, or two counts of 届; 本届 is whichever is meant."""
    one, two = (_THIS.sub("", edition) for edition in (one, two))
    if not one or not two or one in two or two in one:
        return False
    counts = ({unit: number for number, unit in _COUNT.findall(edition)} for edition in (one, two))
    first, second = counts
    if any(first[unit] != second[unit] for unit in first.keys() & second.keys()):
        return True  # 第三次, 第四次
    return re.sub(r"\D", "", one) != re.sub(r"\D", "", two) or ("届" in one and "届" in two)


# ------------------------------------------------------------------------------------------------- among many names

Marks = tuple[set[str], set[str]]
Name = TypeVar("Name")
Item = TypeVar("Item")
FEW = 16  # names up to which comparing with all of them takes less time than looking for those that can be the same


class Alike(Generic[Name, Item]):
    """Finds the few among many names that can be the same as another, so that it need not be compared with all.

    `marks` gives two sets for a name: of two names that are the same, the first set of the one and the second set of
    the other share something (a law that the tests try).
    """

    def __init__(self, marks: Callable[[Name], Marks]) -> None:
        self._marks = marks
        self._first: dict[str, list[Item]] = {}
        self._second: dict[str, list[Item]] = {}

    def add(self, name: Name, item: Item) -> None:
        """Take in a name of the item."""
        for table, marks in zip((self._first, self._second), self._marks(name), strict=True):
            for mark in marks:
                table.setdefault(mark, []).append(item)

    def near(self, name: Name) -> set[Item]:
        """The items with a name that can be the same."""
        first, second = self._marks(name)
        found: set[Item] = set()
        for mark in first:
            found.update(self._second.get(mark, ()))
        for mark in second:
            found.update(self._first.get(mark, ()))
        return found


def _pairs(name: str) -> set[str]:
    """Every two characters in a row."""
    return {name[i : i + 2] for i in range(max(1, len(name) - 1))}


def _marks_of_zone(name: str) -> Marks:
    plain = _zone(name)
    return {plain[:2]}, _pairs(plain)


def _marks_of_union(name: str) -> Marks:
    """The longer name holds the first two characters of the shorter, or ends as it does behind its place; but for
    某工会 beside 某市总工会."""
    full = _with_full_form(name)
    own, plain = _PLACED.sub("", full), _without_level(full)
    first = {full[:2], f"…{own}"} if len(own) >= 5 and _UNION_FORM.sub("", own) else {full[:2]}
    ends = {f"…{plain[at:]}" for at in range(len(plain))}
    return first if len(full) > len("某工会") else {*first, ""}, {*_pairs(full), *ends, ""}


def _marks_of_enterprise(name: str) -> Marks:
    """The longer name holds the first two characters of the shorter; the first and the last, where that is 达钢."""
    stem = LEGAL.sub("", name)
    bare = _PLACE.sub("", stem)
    first = {stem[:2] if len(stem) > 1 else name[:2], stem}
    if 2 <= len(stem) <= 3:
        first.add(f"{stem[0]}…{stem[-1]}")
    heads = {stem[:1], bare[:1]} - {""}
    return first, {*_pairs(name), stem, *(f"{head}…{char}" for head in heads for char in stem)}


def marks_of_activity(name: Naming) -> Marks:
    """The longer name, in one of its forms, holds the first two characters of the shorter and ends as it does, or their
    event words do; what 暨 joins need not end so; or themes are equal."""
    core = _ACTION.sub("", name.core)
    kind = _CONTEST.sub("赛", core)
    forms = {core, kind, _FINAL.sub("", core), _VISITING.sub("", core), _WHOLE.sub("", core)}
    themes = {f"“{normal(name.theme)}", f"“{normal(name.core)}"}
    first = {f"{form[:2]}…{form[-1:]}" if len(form) > 1 else "" for form in forms}
    first |= {f"{core[:2]}…{name.head[-1:]}", f"暨{kind[:2]}"}
    second = {f"{pair}…{form[-1:]}" for form in forms for pair in _pairs(form)} | {""}
    second |= {f"{pair}…{name.head[-1:]}" for pair in _pairs(core)}
    if _PARTS.search(core):
        second |= {f"暨{pair}" for part in _PARTS.split(core) for pair in _pairs(_CONTEST.sub("赛", part))}
    return first | themes, second | themes


MARKS: Mapping[str, Callable[[str], Marks]] = {
    "District": _marks_of_zone,
    "TradeUnion": _marks_of_union,
    "Enterprise": _marks_of_enterprise,
}
