"""The posts that persons hold, read from the chain of titles in front of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.people import UNIT, title_matcher
from kg.extract.reading import Reading
from kg.extract.record import record
from kg.extract.spans import Candidate

__all__ = ["Post", "posts"]


@record
class Post:
    """`title` (text[start:end]) held by the person at `person`, in the body at `body` (None: not named beside it)."""

    person: tuple[int, int]
    start: int
    end: int
    title: str
    body: Candidate | None


_MODIFIER = re.compile(
    r"(?:党组成员|党组|直属|安全|生产|机电|技术|业务|经营|党务|机关党委|直属机关|机关|党委|党总支|党支部|常务|兼职|挂职|专职|执行|名誉|副|总|代|代理|第一|前|原|一级|二级|三级|四级|高级|首席|女工|项目|部门|车间|女职工|驻村|社区|支部|行政|主要|主持工作的|资深|助理|相关)+$"
)
_HONOURED = re.compile(r"(?<=[、，])(?:全国|全省|全市|省|市|自治区|国家级|省级|市级)[\u4e00-\u9fff]{2,12}$")
_OFFICE_NEXT = re.compile(r"(?<=[、，])(?!副)[\u4e00-\u9fff]{2,11}[部处科室办](?:副)?$")
_JOINT = re.compile(r"[\u4e00-\u9fff]{2,6}[和与][\u4e00-\u9fff]{2,8}[部处科室局办]")  # 劳动和经济工作部
_DEPARTMENT = re.compile(r"^[\u4e00-\u9fffA-Za-z0-9（）()]{0,16}$")


def posts(reading: Reading, people: Sequence[Candidate], bodies: Sequence[Candidate]) -> list[Post]:
    """Read the chain of posts to the left of each name: 休宁县政协副主席、总工会主席吴壮志."""
    if not people:
        return []
    text = reading.text
    matcher, post_titles, weak_titles = title_matcher()
    every = post_titles | weak_titles
    title_ends: dict[int, int] = {}
    titles = reading.found(matcher)
    for start, end, _word in titles:
        title_ends[end] = min(start, title_ends.get(end, start))
    for start, _end, word in titles:  # a longest match may swallow a shorter title that ends elsewhere
        for length in range(2, len(word)):
            if word[:length] in every:
                title_ends.setdefault(start + length, start)
    by_end: dict[int, Candidate] = {}
    for body in bodies:
        if body.type == "Organization" and body.kind == "generic":
            continue  # 直属机关党委|书记: a committee of the body before
        kept = by_end.get(body.end)
        if kept is None or (body.end - body.start) > (kept.end - kept.start):
            by_end[body.end] = body
    found: list[Post] = []
    behind = {start: end for start, end, word in titles if word in post_titles}
    for person in people:
        found.extend(_chain(text, person, title_ends, by_end))
        stop, employer = behind.get(person.end, 0), by_end.get(person.start)
        if stop and employer is not None and employer.type in _EMPLOYERS and not _NO_POST.match(text, stop):
            title = text[person.end : stop]
            found.append(Post((person.start, person.end), person.end, stop, title, employer))  # A总工会|王某|副主席
    return found


_EMPLOYERS = ("TradeUnion", "Enterprise", "Organization")
_NO_POST = re.compile(r"[团台级]|办公|席|工作室|助理")


_OF_BODY = re.compile(r"[\u4e00-\u9fffA-Za-z\d]{0,6}[\u4e00-\u9fff][员工师手匠]$")
_NO_CALLING = re.compile(r"[的了在和与是为由对向从到把被将等]|组织|开展|举办|参加")


def _calling(text: str, end: int, bodies: dict[int, Candidate]) -> int | None:
    """Where a calling that no table has starts: between a body and the name, 公司|安检员X."""
    for start in range(end - 2, max(end - 9, -1), -1):
        if start in bodies and bodies[start].type in ("TradeUnion", "Enterprise", "Organization"):
            found = _OF_BODY.fullmatch(text, start, end)
            return start if found and not _NO_CALLING.search(found.group()) else None
    return None


def _trade(text: str, end: int, bodies: dict[int, Candidate]) -> tuple[int, Candidate] | None:
    """Where a calling starts that ends at `end` in front of a further post, and whose it is: A公司装配线|钣金工、…"""
    if text[end - 1 : end] not in tuple("员工师手匠"):
        return None
    for start in range(end - 2, max(end - 24, -1), -1):
        if text[start] in "，。；、：\n":
            return None
        if start in bodies and bodies[start].type in _EMPLOYERS:
            if _NO_CALLING.search(text, start, end):
                return None
            units = list(UNIT.finditer(text, start, end))
            return (units[-1].end() if units and units[-1].end() < end - 1 else start), bodies[start]
    return None


def _chain(text: str, person: Candidate, title_ends: dict[int, int], by_end: dict[int, Candidate]) -> Iterator[Post]:
    at = person.start
    pending: list[tuple[int, int]] = []
    if text[at - 1 : at] == " ":
        at -= 1
    span = (person.start, person.end)
    for _ in range(6):
        begin = title_ends.get(at)
        if begin is None:
            begin = _calling(text, at, by_end)
        if begin is None:
            break
        body = None
        for left in range(begin, max(begin - 16, -1), -1):
            if left in by_end and by_end[left].start < left:
                between = text[left:begin]
                if between.startswith("的") and len(between) <= 5:
                    between = between[1:]
                between = between.removesuffix("的")  # 公交集团8路车的|司机
                if _DEPARTMENT.match(between) and (not set(between) & set("的与和及") or _JOINT.fullmatch(between)):
                    body = by_end[left]
                    if (
                        body.type == "District"
                        and len(between) > 2
                        and not between.endswith(("委", "政府", "政协", "人大"))
                    ):
                        body = None
                break
            if text[left - 1 : left] in "，。；：“”、\n！？":
                break
        if body is not None:
            own = body.end
            if UNIT.search(text[body.end : begin]):  # 红柳园线路车间|职工: where in the firm is no part of the title
                modifier = _MODIFIER.search(text, max(body.end, begin - 12), begin)
                own = modifier.start() if modifier else begin
            own += text[own : own + 1] == "的"
            if body.type == "District" and text[own] == "委":
                own -= 1  # X区|委副书记: the class word is of the committee, too
            yield Post(span, own, at, text[own:at], body)
            for start, end in pending:
                yield Post(span, start, end, text[start:end], body)
            pending = []
            at = body.start
        else:
            modifier = _MODIFIER.search(text, max(0, begin - 12), begin)
            begin = modifier.start() if modifier else begin
            office = _OFFICE_NEXT.search(text, max(0, begin - 14), begin)
            if office and not any(at in by_end for at in range(office.start() + 1, begin + 1)):
                begin = office.start()  # 四级调研员、权益保障部|部长
            pending.append((begin, at))
            at = begin
            honour = _HONOURED.search(text, max(0, at - 16), at)
            if (
                honour
                and honour.start() - 1 in title_ends
                or (honour and text[honour.start() - 2 : honour.start() - 1] == "）")
            ):
                at = honour.start()  # 区总工会副主席、全国巾帼建功|标兵X
        aside = re.compile(r"（[\u4e00-\u9fff]{1,6}）$").search(text, max(0, at - 9), at - 1)
        if text[at - 1 : at] in ("、", "，") and aside and aside.start() in title_ends:
            at = aside.start()  # 副主席（兼职）、…
            continue
        if text[at - 1 : at] in ("、", "兼", "，", "和", "暨") and (at - 1) in title_ends:
            at -= 1
            continue
        trade = _trade(text, at - 1, by_end) if pending and text[at - 1 : at] == "、" else None
        if trade is not None:
            own, body = trade
            for start, end in ((own, at - 1), *pending):
                yield Post(span, start, end, text[start:end], body)
            return
        break
    for start, end in pending:
        yield Post(span, start, end, text[start:end], None)
