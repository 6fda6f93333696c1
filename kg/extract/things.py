"""Products, dates and counts."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import cn2an

from kg.extract import lexicon
from kg.extract.reading import Matcher, Reading, known
from kg.extract.spans import Candidate

__all__ = ["Count", "When", "counts", "dates", "products"]


@cache
def _heads() -> Matcher:
    return Matcher(lexicon.heads("Product"))


_MAKE = (
    r"研发|开发|推出|打造|建成|上线|发布|自主研发|设计|研制|开通|创新推出|建立|运营|启用|开设|编印|赠送|"
    r"发放|送上|送出|派发|捐赠|领取|办理|下载|登录|注册登录|使用|通过|依托|借助|利用|搭建"
)


_MADE = re.compile(
    r"(?:自主研发|研发|开发|升级推出|推出|上线|发布|首创|研制|自行设计|设计|打造|建成|赠送|发放|送上|派发|提供)(?:了|的|出)?$"
)
_GAP = re.compile(r"[\u4e00-\u9fffA-Za-z]{0,10}")
_ENDS = re.compile(r"[，。、；！？”]|等|由|正式|，|\n|$|和“|与“")
_PRODUCT_TAIL = re.compile(r"活动|仪式|大赛|发布会|竞赛|比赛|行动|系列|大会")
_TECHNICAL = re.compile(r"机器人|传感器|装置|检测仪|芯片|无人机|机器狗")
_GOODS = re.compile(r"(?:包|礼|券|卡|箱|袋|盒)$")
_NO_PRODUCT = re.compile(
    r"杯$|活动|行动|大赛|竞赛|比赛|工程|精神|机制|模式|体系|理念|课程|讲座|品牌|措施|举措|清单|方案|制度|公里|之家|驿站|书屋|中心|工作室|标兵|能手|称号|先锋|集体|个人|公约|倡议|意见|办法|故事|文化|制$|法$"
)


def products(reading: Reading) -> Iterator[Candidate]:
    """Yield named goods, apps, cards, platforms: quoted with a product word, or unquoted behind a verb of making."""
    text = reading.text
    ends = {end: start for start, end, _ in _heads().find(text)}
    starts = {start: end for end, start in ends.items()}
    for start, end in reading.quotes:
        inner = text[start:end]
        if len(inner) > 24 or re.search(r"[，。！？；、]", inner) or _NO_PRODUCT.search(inner):
            continue
        made = _MADE.search(text, max(0, start - 16), start - 1)
        gap = _GAP.match(text, end + 1)
        limit = gap.end() if gap else end + 1
        head = next(
            (h for h in range(end + 1, limit + 1) if h in starts and not _PRODUCT_TAIL.match(text, starts[h])), None
        )
        if head is not None and (head - end - 1 <= 4 or made or _TECHNICAL.search(text[head : starts[head]])):
            yield Candidate(
                start - 1, starts[head], "Product", "quoted", 0.9, core=(start - 1, starts[head]), other=((start, end),)
            )
        elif end in ends and start < ends[end]:
            yield Candidate(start - 1, end + 1, "Product", "quoted-head", 0.86)
        elif made and _ENDS.match(text, end + 1) and len(inner) >= 2:
            yield Candidate(start - 1, end + 1, "Product", "quoted-made", 0.72)
        elif made and "的" in made.group()[-1:]:
            noun = re.compile(r"[\u4e00-\u9fff]{2,8}(?=[，。、；]|等)").match(text, end + 1)
            if noun and not _NO_PRODUCT.search(noun.group()):
                yield Candidate(start - 1, noun.end(), "Product", "quoted-made", 0.72, other=((start, end),))
        elif _GOODS.search(inner) and re.match(r"[送发交赠]", text[end + 1 : end + 2]):
            yield Candidate(start - 1, end + 1, "Product", "quoted-given", 0.72)
    for end, start in ends.items():
        word = text[start:end]
        if word in (
            "平台",
            "系统",
            "地图",
            "专栏",
            "热线",
            "保险",
            "手册",
            "软件",
            "装备",
            "丛书",
            "数据库",
            "福袋",
            "礼盒",
            "护照",
            "服务平台",
            "管理系统",
            "礼包",
        ):
            continue
        if text[end : end + 1] in "”’" or reading.in_quote(start, end):
            continue
        begin = start
        while begin > 0 and start - begin < 14:
            index = reading.token_at(begin - 1)
            token, tag = reading.words[index], reading.tags[index]
            made_up = len(token) >= 2 and not known(token)
            plain = tag[0] in "nbjev" and (tag != "v" or token in lexicon.words("name"))
            if token in lexicon.words("stop") or not (made_up or plain):
                break
            begin = reading.starts[index]
        if start - begin >= 4 and re.search(
            rf"(?:{_MAKE})(?:了|的)?(?:全[市国区省]?首个|首个|首款|一款)?$", text[max(0, begin - 10) : begin]
        ):
            yield Candidate(begin, end, "Product", "made", 0.7)


# ------------------------------------------------------------------------------------------------------------- dates


@dataclass(frozen=True, slots=True)
class When:
    """A date in the text; `start`, `end` of the interval are ISO dates ("" unknown), both inclusive.

    `precision` is day, month, year or interval; `vague` marks 近日 and the like: an interval before the issue date.
    """

    span: tuple[int, int]
    start: str
    end: str
    precision: str
    vague: bool
    printed: bool  # names a month and a day: shown as an entity of its own


_DATE = re.compile(
    r"(?:(?P<y>(?:19|20)\d{2}|去|今|前|明)年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})(?:日|号)?"
    r"(?:(?:至|到|-|—|～|~|—{2})(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})(?:日|号))?(?<=[日号])"
)
_VAGUE = re.compile(r"近日|日前|近期|连日来|近段时间|前不久|不久前")
_RELATIVE = re.compile(r"(昨|今|前|明)(?:日|天)(?:上午|下午|晚)?")
_STAMP = re.compile(r"(?:来源|时间|发布|编辑|第\d+版|星期[一二三四五六日天]|版）|讯|电|消息)")
_MONTH_SPAN = 14  # days before the issue date that 近日 may mean (survey of the genre)


def dates(reading: Reading) -> list[When]:
    """Find dates and place them against the issue date; a printed stamp of the page is none."""
    text, issue = reading.text, _iso(reading.article.issue_date)
    found: list[When] = []
    for match in _DATE.finditer(text):
        month, day = int(match["m"]), int(match["d"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        line_start = text.rfind("\n", 0, match.start()) + 1
        line_end = text.find("\n", match.end())
        line = text[line_start : line_end if line_end >= 0 else len(text)]
        if len(line) < 60 and _STAMP.search(line) and not line.endswith("。"):
            continue
        if re.match(r"讯|电|消息", text[match.end() : match.end() + 2]):
            continue
        year = _year(match["y"], month, day, issue)
        month2 = int(match["m2"]) if match["m2"] else month
        day2 = int(match["d2"]) if match["d2"] else day
        turns = int(month2 < month)  # 12月28日至1月2日: over the turn of the year
        year2 = year if year is None else year + turns
        if turns and year is not None and not match["y"]:
            year2 = _year(None, month2, day2, issue)
            year = year if year2 is None else year2 - 1
        start, end = _day(year, month, day), _day(year2, month2, day2)
        precision = "day" if (month2, day2) == (month, day) else "interval"
        found.append(When(match.span(), start, end, precision, False, True))
    if issue:
        for match in _VAGUE.finditer(text):
            start = (issue - datetime.timedelta(days=_MONTH_SPAN)).isoformat()
            found.append(When(match.span(), start, issue.isoformat(), "interval", True, False))
        for match in _RELATIVE.finditer(text):
            shift = {"昨": -1, "今": 0, "前": -2, "明": 1}[match[1]]
            day_of = (issue + datetime.timedelta(days=shift)).isoformat()
            found.append(When(match.span(), day_of, day_of, "day", False, False))
    else:
        found += [When(match.span(), "", "", "interval", True, False) for match in _VAGUE.finditer(text)]
    return sorted(found, key=lambda when: when.span)


def _iso(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _year(named: str | None, month: int, day: int, issue: datetime.date | None) -> int | None:
    if named and named.isdigit():
        return int(named)
    if issue is None:
        return None
    if named:
        return issue.year + {"去": -1, "今": 0, "前": -2, "明": 1}[named]
    # no year: the last such day up to a month after the issue date, since papers announce as well as report
    day = min(day, calendar.monthrange(issue.year, month)[1])
    this = datetime.date(issue.year, month, day)
    return issue.year if this <= issue + datetime.timedelta(days=31) else issue.year - 1


def _day(year: int | None, month: int, day: int) -> str:
    if year is None:
        return ""
    if not 1 <= month <= 12:
        return ""
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1])).isoformat()


# ------------------------------------------------------------------------------------------------------------ counts


@dataclass(frozen=True, slots=True)
class Count:
    """How many people or bodies; bounds are None where the text gives none."""

    span: tuple[int, int]
    low: int | None
    high: int | None
    approximate: bool
    unit: str


_COUNT = re.compile(
    r"(?P<pre>不少于|不低于|至少|近|约|上|超|超过|逾|达|共|共有|共计)?(?P<n>\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千万]{1,8})(?P<scale>万|千|百)?(?P<more>余|多)?(?P<scale2>万)?(?P<unit>名|人次|人|位|家|支|户)"
)
_CN = re.compile(r"^[一二两三四五六七八九十百千万]+$")


def counts(text: str, start: int, end: int) -> Iterator[Count]:
    """Find counts of people and bodies in text[start:end], with their bounds (百余名: at least 100)."""
    for match in _COUNT.finditer(text, start, end):
        raw = match["n"].replace(",", "")
        if _CN.match(raw):
            if raw in ("一", "两", "二", "三", "十") and not match["more"]:
                continue
            raw = raw.replace("两", "二")
            raw = "一" + raw if raw[0] in "百千万" else raw
            try:
                value = float(cn2an.cn2an(raw, "normal"))
            except ValueError:
                continue
        else:
            value = float(raw)
        for scale in (match["scale"], match["scale2"]):
            value *= {"万": 10_000, "千": 1_000, "百": 100}.get(scale or "", 1)
        number = round(value)
        pre, more = match["pre"] or "", match["more"] or ""
        if pre in ("不少于", "不低于", "至少"):
            yield Count(match.span(), number, None, False, match["unit"])
        elif more or pre in ("超", "超过", "逾", "上"):
            yield Count(match.span(), number, None, True, match["unit"])
        elif pre == "近":
            yield Count(match.span(), None, number, True, match["unit"])
        else:
            yield Count(match.span(), number, number, pre == "约", match["unit"])
