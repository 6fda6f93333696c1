"""What a union is the union of, read from its name: a district, a firm, an office, a place; a trade is none of them."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract import lexicon
from kg.extract.builder import PAREN_ALIAS, RELATIVE_ZONES, Builder
from kg.extract.reading import DistrictHit, Reading
from kg.extract.scene import Node
from kg.extract.spans import Candidate, Spans

__all__ = ["area_start", "host_of", "names_area"]

_ALIAS_MARKS = re.compile(r"^（(?:以下|下)?(?:统称|简称|称)(?:为)?[“‘]?|[”’]?）$")
_SECOND_NAME = re.compile(r"（[^（）]{2,10}）$")  # X新区（Y街道）总工会
_BRACKETS = re.compile(r"（[^（）]*）")
_BRANCH = re.compile(r"分工会$|分会$")
_UNIT = re.compile(r"(?:公司|集团|厂|矿|所|室|行|局|段)$")
_CLASS_WORD = re.compile(r"[省市区县](?=[\u4e00-\u9fff]{2,})")
_ZONE = re.compile(
    r"(?:商务区|港区|度假区|管理区|合作区|工业园区|工业园|开发区|新区|产业园区|高新区|经开区|集聚区|示范区|片区)$"
)
_COMMUNITY = re.compile(r"[\u4e00-\u9fff]{1,10}(?:社区|村|街道|镇|乡)$")
_STREET = re.compile(r".*(?:街道办事处|街道办|街道|[镇乡])(?=[\u4e00-\u9fff]{2,}(?:社区|村)$)")
_UNLISTED = re.compile(r"[\u4e00-\u9fff]{2,4}[区县市旗镇乡](?=[\u4e00-\u9fff]{2})")  # of an area that no table has
_VENUE = re.compile(r"(?:科技园|产业园|创业园|物流园|园区|园|大厦|广场|中心|市场|商圈|楼宇|商城|总部基地)$")
_BODY = re.compile(r"公司|集团|厂|[院校局委办]$")
_OFFICE = re.compile(
    r"(?:[一二三四五六七八九十]中|附中|附小|职专|职高|职中|技校|学区|局|委|办|院|校|学|部|处|站|台|社|会|队)$"
)


def host_of(builder: Builder, candidate: Candidate, raw: Spans[Candidate]) -> Node | None:
    """The node of what the union at `candidate` is the union of, made and marked where it is new.

    `raw`: all organisations proposed, among them the firms inside the names of unions.
    """
    if candidate.host is None:
        return None
    start, end = candidate.host
    text, reading = builder.text, builder.reading
    alias = PAREN_ALIAS.search(text, start, end)
    if alias and alias.end() == end:
        if not _BODY.search(text[start : alias.start()]):
            return _renamed(builder, start, alias)
        body = host_of(builder, replace(candidate, host=(start, alias.start()), end=alias.start()), raw)
        if body is not None:
            builder.also(body, _ALIAS_MARKS.sub("", alias.group()))
        return body
    if _BRANCH.search(text[end : candidate.end]) and not _UNIT.search(text[start:end]):
        return None  # a part of a body, not a body of its own
    if names_area(text, start, end, candidate.end):
        return _area(builder, start, end)
    second = _SECOND_NAME.search(text, start, end)
    if second is not None and names_area(text, start, second.start(), candidate.end, head=end):
        return _area(builder, start, second.start())
    nested = [
        c
        for _, _, c in raw.overlapping(start, end)
        if c.end == end and c.start >= start and c.type in ("Enterprise", "Organization") and c.kind == "name"
    ]
    if nested:
        best = max(nested, key=lambda c: c.end - c.start)
        if best.start > start and start not in reading.by_start:
            best = Candidate(start, end, best.type, best.rule, best.score)
        return builder.organisation(best)
    relative = _CLASS_WORD.match(text, start, end)
    if (
        relative
        and reading.district_at(start) is None
        and (_is_trade(reading, start + 1, end) or not _BODY.search(text, start, end))
    ):
        districts = (o.node for o in builder.occurrences if o.node.type == "District")
        return next((n for n in districts if (n.full or n.name).endswith(relative.group())), None)
    return _by_tail(builder, start, end)


_AREA = re.compile(r"(?:[省市区县旗州盟镇乡村港岛城园]|街道|苏木|农场|林场|管委会)$")


def names_area(text: str, start: int, end: int, union_end: int, *, head: int = 0) -> bool:
    """Whether text[start:end] in front of 总工会 (that starts at `head`, else at `end`) is a place: a 总工会 is one of
    an area, be it in the table or not."""
    head = head or end
    return text.startswith("总工会", head) and head + 3 <= union_end and _AREA.search(text, start, end) is not None


def area_start(reading: Reading, start: int, end: int) -> int:
    """Where the last place of text[start:end] starts: behind the last district that bears its class word."""
    front = max((hit.end for hit in reading.districts_in(start, end) if not hit.short and hit.end < end), default=start)
    return front if end - front >= 2 else start


def _area(builder: Builder, start: int, end: int) -> Node:
    hit = builder.reading.by_end.get(end)
    if (
        hit is not None
        and hit.start >= start
        and not hit.short
        and (hit.name not in RELATIVE_ZONES or hit.start == start)
    ):
        return _district(builder, hit)
    begin = area_start(builder.reading, start, end)
    if _ZONE.fullmatch(builder.text, begin, end):
        begin = start  # 随县工业园
    node = builder.place(builder.text[begin:end], begin, end, "host")
    outer = builder.reading.by_end.get(begin) if begin > start else None
    if outer is not None:
        builder.pending.append((node, outer, outer.start, end))
    return node


def _renamed(builder: Builder, start: int, alias: re.Match[str]) -> Node:
    """X区（以下简称Y）: the district or zone with its second name."""
    end = alias.start()
    hit = builder.reading.by_end.get(end)
    hit = hit if hit is not None and hit.start >= start else None
    node = builder.district(hit) if hit else builder.place(builder.text[start:end], start, end, "host")
    builder.mark(node, hit.start if hit else start, end, "host")
    builder.also(node, _ALIAS_MARKS.sub("", alias.group()))
    return node


def _by_tail(builder: Builder, start: int, end: int) -> Node | None:
    """Read what stands behind the last district of text[start:end]."""
    text, reading = builder.text, builder.reading
    hits = reading.districts_in(start, end)
    last = hits[-1] if hits else None
    above = text.find("总工会", start, end)
    if above > 0:  # 某省总工会|财贸金融工会: of the place of the union above
        return _district(builder, reading.by_end[above]) if above in reading.by_end else None
    behind = last.end if last is not None else start
    tail = _BRACKETS.sub("", text[behind:end])
    if last is not None and not tail:
        if last.name in RELATIVE_ZONES and start < last.start:
            return builder.place(text[start:end], start, end, "host")  # 武进高新区
        return _district(builder, last)
    if _ZONE.search(tail) and end - start > 3:
        own = last is not None and (not last.name.endswith(("省", "市")) or len(tail) <= 4)
        begin = last.start if last is not None and own else behind
        return builder.place(text[begin:end], begin, end, "host")
    street = _STREET.search(tail)
    if street is not None:  # 城关社区街道办|城东社区
        behind, tail = behind + street.end(), tail[street.end() :]
    if _COMMUNITY.search(tail):
        return builder.place(text[behind:end], behind, end, "host")
    tower = tail.removesuffix("楼宇")
    if tower != tail and _VENUE.search(tower) and len(tower) >= 4:  # 鼎盛国际大厦|楼宇工会联合会
        tail, end = tower, end - 2
    if _VENUE.search(tail) and len(tail) >= 4 and "楼宇" not in tail:
        node = builder.node("Venue", tail, text[start:end])
        builder.mark(node, start, end, "host")
        return node
    unlisted = _UNLISTED.match(tail) if last is None else None
    if unlisted is not None and _is_trade(reading, behind + unlisted.end(), end):
        return builder.place(unlisted.group(), behind, behind + unlisted.end(), "host")
    if last is not None and last.short and tail in lexicon.words("state"):
        node = builder.enterprise(text[start:end])  # 赤峰移动
        builder.mark(node, start, end, "host")
        return node
    wide = last is not None and not last.short and last.start == start
    if (wide and not _BODY.search(tail) and _common(reading, behind, end)) or _is_trade(reading, behind, end):
        return None if last is None else _district(builder, next((h for h in reversed(hits) if not h.short), last))
    if "楼宇" in tail and last is not None:
        return _district(builder, last)
    if len(tail) < 2:
        return None
    if _OFFICE.search(tail):
        node = builder.node("Organization", text[start:end])
        builder.mark(node, start, end, "host")
        return node
    begin = last.end if last is not None and not last.short else start
    while begin > start and text[begin - 1] not in "省市区县镇乡":
        begin -= 1
    node = builder.enterprise(text[begin:end])
    builder.mark(node, begin, end, "host")
    return node


def _district(builder: Builder, hit: DistrictHit) -> Node:
    node = builder.district(hit)
    builder.mark(node, hit.start, hit.end, "host")
    return node


_TRADE = re.compile(
    r"(?:行业|产业|产业链|链|业|系统|领域|机关|片区|区域|联合|直属|综合|新就业形态|货车司机|快递员|外卖|网约车|楼宇|商圈)$"
)


def _is_trade(reading: Reading, start: int, end: int) -> bool:
    """Whether text[start:end] names a trade (快递行业, 国防机械电子) and not a firm."""
    text = _BRACKETS.sub("", reading.text[start:end])
    if not text or _TRADE.search(text):
        return True
    words = lexicon.words("name", "generic")
    position = 0
    while position < len(text):
        size = next(
            (n for n in (5, 4, 3, 2) if text[position : position + n] in words and position + n <= len(text)), 0
        )
        if not size:
            return False
        position += size
    return True


def _common(reading: Reading, start: int, end: int) -> bool:
    """Whether only dictionary nouns stand in text[start:end]: a trade rather than a firm's own name."""
    return all(
        reading.tags[i] in ("n", "vn", "b", "v", "ad", "an", "nz") and len(reading.words[i]) >= 2
        for i in range(reading.token_at(start), reading.token_at(end - 1) + 1)
    )
