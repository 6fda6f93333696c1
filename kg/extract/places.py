"""Venues: named places where something happens, is visited, or that stand in a list of sights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extract import lexicon
from kg.extract.organisations import left_edge
from kg.extract.reading import Matcher, Reading, known
from kg.extract.spans import Candidate

__all__ = ["SETTING", "hold_pattern", "propose"]

_ADVERB = (
    r"(?:正式|顺利|隆重|圆满|成功|火热|热烈|准时|如期|盛大|同步|同时|开心|联合|共同|分别|先后|集中|精心|"
    r"也|举行的|统一|首次|现场)*"
)


@cache
def hold_pattern() -> re.Pattern[str]:
    """What follows a place where something is held: 举行, 正式开班 …"""
    return re.compile(rf"(?:，)?{_ADVERB}(?:{lexicon.verb_pattern('hold', 'organize')})")


@cache
def _matcher() -> Matcher:
    return Matcher(lexicon.heads("Venue"))


_FRAME = re.compile(
    r"(?:在[^，。；“”]{2,30}的|在|于|到|来到|走进|前往|赴|参观(?:了)?|走访(?:了)?|抵达|深入|奔赴|走入|位于|地点设在|设在|去往|赶到|直奔|进入|至|从|由)(?:位于)?$"
)
_GENERIC = frozenset(
    "活动 施工 比赛 现场 主 分 会议 公司 企业 学校 医院 生产 建设 建筑 办公 培训 训练 各 各个 多个 "
    "重点 项目 一线 服务 社区 街道 园 科技 产业 工业 文化 体育 创业 物流 商业 工作 劳模 职工 党建 "
    "红色 爱国主义教育 教育 实践 实训 "
    "农贸 各大 大型 工程 工会 线上 线下 直播 新型 综合 村 镇 区 市 县 本 该 我 露天 户外 室内 附近 "
    "周边 当地 全国 国内 职业技能 技能 人才 消费 农产品 文旅 旅游 休闲 城市 国家 国际 基层 爱心 暖心 "
    "户外劳动者 智慧 标准化 创新 联合 市民 人民 古 老 新 小 大 车站 收费 加油 服务区 养护 施工作业 "
    "高温 火热 生产作业 工厂 厂区 车间 操作 行政 政务".split()
)
_NEVER = frozenset("活动 施工 比赛 现场 主 分 各 各个 本 该 我 线上 线下".split())
_ROOM = re.compile(r"(?:[A-Za-z]?\d+号?|[一二三四五六七八九十]+号?|[东南西北])(?:馆|厅|楼|层|室|展厅|门|区|号楼)")
_OPEN = re.compile(
    r"在([\u4e00-\u9fffA-Za-z0-9·“”（）]{2,24}?)(?="
    + r"，?"
    + _ADVERB
    + (
        r"(?:举行|举办|启动|开幕|开班|召开|揭牌|成立|落幕|开赛|收官|闭幕|拉开帷幕|拉开序幕|落下帷幕|"
        r"圆满结束|开营|开讲|上演|开展|进行|签约|揭幕|亮相|热闹|正式)"
    )
    + r")"
)
_NOT_OPEN = re.compile(
    r"[的了]|活动|期间|过程|基础|指导|领导|支持|推动|方面|情况|背景|形势|下$|中$|时$|后$|前$|上$|里$|内$|会上|网上|线上|工会|公司|广大|职工|全[市区县省国]|各地|本次|此次|这里|此$|当地|现场|一起|共同|通过|组织|举办|开展|每|年|月|日$|周$|积极|深入|认真|不断|持续|全面|同期|同步|即将|正式|第.届|阶段|层面|领域|行业|系统|范围|全程|座谈|论坛|大会|仪式|交流|有关|部门|隆重|分别|先后|成功|顺利|联合|圆满|我[市区县省]"
)


def propose(reading: Reading, bodies: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield venues. `bodies`: organisations already found; a venue does not end with one of them."""
    text = reading.text
    by_end = reading.by_end
    ends = {body.end: body.start for body in bodies if body.kind == "name"}
    found: dict[int, tuple[int, int]] = {}
    hits: list[tuple[int, int]] = []
    for start, end, _ in _matcher().find(text):
        if hits and start == hits[-1][1]:
            hits[-1] = (hits[-1][0], end)
        else:
            hits.append((start, end))
    visits = -1  # end of the last place of a list of visits
    for head, end in hits:
        start, _, _anchored = left_edge(reading, head, "Venue", by_end, ends)
        if start == head and text[start - 1 : start] != "”":
            continue
        if text[start - 1 : start] == "”":
            opening = text.rfind("“", max(0, start - 20), start)
            if opening >= 0 and start == head:
                start = opening
        left = text[start:head]
        room = _ROOM.match(text, end)
        if room:
            end = room.end()
        if text[end : end + 1] == "（":
            close = text.find("）", end, end + 14)
            if close > 0:
                found[end] = (end + 1, close)
        holds = hold_pattern().match(text, end)
        frame = _FRAME.search(text, max(0, start - 34), start)
        bare = left in _GENERIC and not (holds and frame and left not in _NEVER)
        if bare or len(left) < 2 or re.match(r"[\d一二三四五六七八九十]+(?:个|家|处|座)", left):
            continue
        core = _cut(reading, start, end)
        other = (found[end],) if end in found else ()
        if frame and frame.end() == start:
            visit = frame.group() not in ("在", "于", "到", "至", "从", "由", "位于", "设在", "地点设在")
            settled = not visit and SETTING.match(text, end) and _named(reading, start, head)
            rule = "held" if holds else "visited" if visit else "scene" if settled else "frame"
            if rule == "visited" and re.search(
                r"(?:将|拟|计划)[^，。]{0,6}$", text[max(0, frame.start() - 8) : frame.start()]
            ):
                continue  # a place somebody is still to go to
            visits = end if rule == "visited" else visits
            yield Candidate(start, end, "Venue", rule, 0.84 if holds else 0.74, core=core, other=other)
        elif text[start - 1 : start] in ("、", "和", "及", "与") and (
            (visits >= 0 and "。" not in text[visits:start]) or _VISIT_LIST.search(text, max(0, start - 90), start)
        ):
            visits = end
            yield Candidate(start, end, "Venue", "visited", 0.7, core=core, other=other)
        elif (
            text[start - 1 : start] in "、和及与"
            or text[end : end + 1] == "、"
            or (found.get(end) and text[found[end][1] + 1 : found[end][1] + 2] in "、等")
        ):
            yield Candidate(start, end, "Venue", "list", 0.6, core=core, other=other)
        elif re.search(r"在(?:这里|此)", text[end : reading.sentence_of(end)[1]]):
            yield Candidate(start, end, "Venue", "here", 0.72, core=core, other=other)
    yield from _quoted(reading)
    for match in _OPEN.finditer(text):
        start, end = match.span(1)
        if _NOT_OPEN.search(match.group(1)) or text.count("“", start, end) != text.count("”", start, end):
            continue
        while start < end and start in reading.by_start:
            start = reading.by_start[start].end
        if end - start < 2:
            continue
        tags = [reading.tags[i] for i in range(reading.token_at(start), reading.token_at(end - 1) + 1)]
        if any(tag in ("p", "c", "uj", "d", "r", "ul", "uv") for tag in tags):
            continue
        yield Candidate(start, end, "Venue", "open", 0.66)


_VISIT_LIST = re.compile(r"(?:走进|来到|前往|深入|走访|参观|考察|视察|调研|赴)(?:了)?(?:[^。，；！？]*[、和及与])?$")
SETTING = re.compile(r"(?:里|内|中)?，|的[\u4e00-\u9fff]{1,6}(?:里|内)?，")


def _quoted(reading: Reading) -> Iterator[Candidate]:
    """A quoted name that ends in a venue's word, where somebody goes or is: 深入水南镇“红色骑手之家”."""
    text, words = reading.text, lexicon.heads("Venue")
    for start, end in reading.quotes:
        inner = text[start:end]
        if text[start - 1] != "“" or len(inner) > 16 or not any(inner[-n:] in words for n in range(2, len(inner))):
            continue
        before = start - 1
        while (district := reading.by_end.get(before)) is not None:
            before = district.start
        if _VISIT_LIST.search(text, max(0, before - 60), before) or _FRAME.search(text, max(0, before - 3), before):
            yield Candidate(start - 1, end + 1, "Venue", "visited", 0.8, other=((start, end),))


def _named(reading: Reading, start: int, head: int) -> bool:
    """Whether a place's name holds something proper, not only what kind of place it is."""
    if reading.districts_in(start, head):
        return True
    for i in range(reading.token_at(start), reading.token_at(head - 1) + 1):
        word, tag = reading.words[i], reading.tags[i]
        if tag in ("ns", "nr", "nz", "nt", "nrt", "eng") or (len(word) >= 2 and not known(word)):
            return True
    return False


def _cut(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """The venue's own name without the chain of districts before it, where there is one."""
    position, by_start = start, reading.by_start
    while position in by_start and by_start[position].end < end - 2 and not by_start[position].short:
        position = by_start[position].end
    return (position, end) if position != start and end - position >= 2 else None
