"""The shape of a sentence, and lists as newspapers write them: A、B代表队（一队）、C公司职工甲和D的《…》等12家单位.

The shape is the text with every name and quotation replaced by signs, character by character: patterns tell the items
of a list from the words around them, and a place in the shape is a place in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.extract.scene import Occurrence

__all__ = ["ACT", "BODY", "COUNTED", "HAN", "PERSON", "QUOTE", "TEAM", "Listed", "Shape", "draw"]

_REST = "\ue000"  # second and later characters of what a sign stands for
_SIGNS = {"body": "\ue001", "person": "\ue002", "act": "\ue003", "quote": "\ue004", "note": "\ue005"}
BODY, PERSON, ACT, QUOTE, _NOTE = (f"{sign}{_REST}*" for sign in _SIGNS.values())
# a Chinese character: a letter of no Latin alphabet. So told, since a range of 20,000 takes a millisecond to compile,
# each of the hundred times that the patterns below hold it
HAN = r"[^\W\d_A-Za-z]"
_LETTER = r"(?:[^\W_]|·)"  # of a name that no rule knows

# whose the team, the unit or the work of a body is: A代表队, A项目部, A的《…》, A报送的作品
_SPORTS = (
    r"(?:羽毛球|乒乓球|篮球|排球|气排球|足球|门球|网球|台球|毽球|柔力球|广播体操|健身操|啦啦操|广场舞|舞蹈|合唱|太极拳?|武术|拔河|龙舟|"
    r"跳绳|踢毽|田径|游泳|长跑|骑行|棋类|象棋|围棋|桥牌|掼蛋|电竞|定向|攀岩|射击|知识竞赛|技能竞赛|救援|救护|消防|朗诵|演讲|辩论)"
)
TEAM = (
    rf"(?:(?:男子|女子|男|女|混合|青年|职工|员工|干部|老年|中年|教工|联合|参赛|一线|{_SPORTS})*"
    r"(?:代表队|代表团|参赛队伍?|联队|[一二三四甲乙\d]队|战队|队(?![伍员长友部列旗形]))|选手|队员)"
)
_UNIT = (
    rf"{HAN}{{0,12}}?(?:项目部|项目|车间|[部科处室所站班厂矿组](?![成织建队合团长署分门委主副])|"
    r"工段|作业区|门店|支部|分队|中心|团队|窗口)"
)
_MADE = r"(?:选送|报送|创作|表演|演唱|推荐|带来|编排|演绎|朗诵|申报|选拔)"
_WORKS = r"(?:作品|节目|项目|课题|成果|案例|提案)"
_WORK = (
    rf"(?:(?:{_MADE}?的|{_MADE}|凭借?|以){HAN}{{0,8}}{QUOTE}(?:[、和与及]?{QUOTE})*(?:等)?(?:{HAN}{{0,6}}{_WORKS})?"
    rf"|{_MADE}?的{_WORKS})"
)
_KINDS = (
    r"(?:参赛|获奖|受表彰|成员|基层|先进|优秀)*"
    r"(?:工会组织|单位|企业|公司|集体|班组|部门|科室|学校|代表队|队伍|队|分工会|工会|分会|镇街|街道|选手|职工|员工|同志|"
    r"个人|教师|队员|会员|作品|节目|团队|组织|商家|门店)*"
)
_NUMBER = r"(?:\d+|[一二两三四五六七八九十几数]+|多)(?:余|多)?(?:家|个|名|支|位|人|对|组|所|户)"
COUNTED = rf"(?:等?{_NUMBER}(?:{_KINDS}|{HAN}{{2,8}})|等?{_KINDS})"  # behind a list: 等12家单位, 两位同志
_AND_MORE = rf"(?:等{_NUMBER}(?:{_KINDS}|{HAN}{{2,8}})|等{_KINDS})?"
_BODY_ITEM = rf"{BODY}(?:{_NOTE})?(?:{_UNIT})?(?:{TEAM})?(?:{_NOTE})?"
_PERSON_ITEM = rf"(?:{BODY})?{HAN}{{0,20}}{PERSON}(?:{_NOTE})?(?:同志|女士|先生|组合|搭档)?"
_WHICH = rf"(?:(?:(?!的)[^\W_A-Za-z]){{2,16}}(?:{BODY}(?:(?!的){HAN}){{1,10}})?的)"  # 今年在B推动下成立的A
# of a body somebody whose name we do not know; no unit and no team
_SOMEBODY = rf"{BODY}(?![等的凭以]){HAN}{{2,12}}(?<![部科处室所站班厂矿组队员手目心])"
_ITEM = rf"(?:(?:{_PERSON_ITEM}|{_WHICH}?{_BODY_ITEM})(?:{_WORK})?{_AND_MORE})"
_ANY_ITEM = rf"(?:(?:{_PERSON_ITEM}|{_WHICH}?{_BODY_ITEM}|{_SOMEBODY})(?:{_WORK})?{_AND_MORE})"
# an item that holds no name we know
_OTHER = rf"(?:(?:(?![和与及为向对给将被由于]){_LETTER}){{1,16}}(?:{_NOTE})?(?:的?{QUOTE})?)"
_KNOWN_OTHER = (  # and that ends like one: may stand between commas
    rf"{HAN}{{2,10}}(?:公司|工会|分会|[队局厂矿处部站所]|医院|学校|中心|学院|社区|街道|集团)"
)
_AND = r"(?:、|，?以及|，?及|，?和|与)"
_EDGE = r"(?<![\u4e00-\u9fffA-Za-z\d\ue000-\ue005])"


def _list_of(item: str) -> str:
    return (
        rf"(?:(?:{_EDGE}{_OTHER}{_AND}(?:{_OTHER}{_AND})*)?"
        rf"(?:{item}(?:{_AND}{_OTHER})*{_AND}|{_ITEM}，(?:{_KNOWN_OTHER}，)*(?:{_OTHER}{_AND})*)*{item}(?:{_AND}{_OTHER})*"
        rf"(?:，(?:{_KNOWN_OTHER}，)*{_OTHER}(?:{_AND}{_OTHER})*(?<=[{_SIGNS['quote']}{_REST}会司队品目]))?)"
    )


_QUOTED = re.compile(r"“[^“”]{1,40}”|《[^《》]{1,40}》|（[^（）]{1,30}）")
_NAMED = re.compile(f"[{_SIGNS['body']}{_SIGNS['person']}]")
_LONGEST = 400  # characters of a list


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in the text, and the bodies and people that are its items. A person's body is none."""

    start: int
    end: int
    members: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """The signs of a sentence that starts at `start`, and what stands for which at its place of the text."""

    start: int
    signs: str
    at: dict[int, Occurrence]

    def list_before(self, end: int, between: str = "") -> Listed | None:
        """The longest list that ends at `end`, but for words that match `between`."""
        low = max(0, end - self.start - _LONGEST)
        low = max(low, *(self.signs.rfind(sign, low, end - self.start) + 1 for sign in "。；！？"))  # in no list
        if _NAMED.search(self.signs, low, end - self.start) is None:
            return None  # a list has an item that is known
        found = _before(between).search(self.signs, low, end - self.start)
        return self._listed(found.start(1), found.end(1)) if found else None

    def list_behind(self, start: int) -> Listed | None:
        """The list that starts right at `start`."""
        found = _behind().match(self.signs, start - self.start, start - self.start + _LONGEST)
        return self._listed(found.start(), found.end()) if found else None

    def _listed(self, low: int, high: int) -> Listed:
        ends = _item_end()
        spots = (
            at
            for at in range(self.start + low, self.start + high)
            if at in self.at and ends.match(self.signs, at - self.start, high)
        )
        return Listed(self.start + low, self.start + high, tuple(self.at[at] for at in spots))


@cache
def _before(between: str) -> re.Pattern[str]:
    return re.compile(rf"({_list_of(_ANY_ITEM)}){between}$")


@cache
def _item_end() -> re.Pattern[str]:
    """What ends its place of a list: 今年在A推动下成立的B is B, A职工甲 is 甲."""
    return re.compile(
        rf"(?:{_BODY_ITEM}|{PERSON}(?:{_NOTE})?(?:同志|女士|先生|组合|搭档)?)(?:{_WORK})?{_AND_MORE}(?={_AND}|，|$)"
    )


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(_list_of(_ITEM))


def draw(
    text: str,
    start: int,
    end: int,
    *,
    bodies: Iterable[Occurrence],
    people: Iterable[Occurrence],
    acts: Iterable[Occurrence],
) -> Shape:
    """Draw text[start:end]. A name inside a quotation or inside the name of an activity has no sign of its own."""
    signs = list(text[start:end])
    at: dict[int, Occurrence] = {}

    def put(low: int, high: int, kind: str) -> None:
        signs[low - start : high - start] = [_SIGNS[kind], *_REST * (high - low - 1)]

    around = [(m.start(), m.end()) for m in _QUOTED.finditer(text, start, end)]
    for low, high in around:
        put(low, high, "note" if text[low] == "（" else "quote")
    for o in acts:
        put(o.start, o.end, "act")
        around.append((o.start, o.end))
    for kind, found in (("body", bodies), ("person", people)):
        for o in found:
            inside = any(low <= o.start and o.end <= high and high - low > o.end - o.start for low, high in around)
            if not inside:
                put(o.start, o.end, kind)
                at[o.start] = o
    return Shape(start, "".join(signs), at)
