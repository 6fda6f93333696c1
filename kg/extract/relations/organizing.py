"""Who organises what: verbs of organising, 由 frames, and a body right in front of an event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from kg.extract.lexicon import manner_pattern, verb_pattern
from kg.extract.relations.claim import (
    Claim,
    Qualifiers,
    Sentence,
    group_ending,
    patterns,
    status_of,
    subjects,
    union_of_officer,
)
from kg.extract.scene import Node, Occurrence, Scene

__all__ = ["organizer_of_report", "organizes"]

_ROLE_OF = (("主办", "host"), ("承办", "undertaker"), ("协办", "co-host"))
_HOST: Qualifiers = (("role", "host"),)
_LEADS = re.compile(r"(?:一行)?(?:等[^，。]{0,10})?(?:率队|带队|率领|带领|一行|先后|率)")
_NO_ORGANIZER = re.compile(r"(?:参加|走进|来到)$")
_LONGEST_LIST = 160  # characters of a list of organizers
# between a body and the event that is its own: 总工会今夏“X”活动
_OWNED = re.compile(r"(?:的|“|今[年夏冬春秋]|去年|本年度|年度|本次|此次|首次|每年|历年|这[次场项]|本月|近期)?(?:的)?")
_AS = re.compile(r"作为")
_ONE_OF = re.compile(r"之一的")
_IS = re.compile(r"(?:是|为)")
_AND = re.compile(r"[和、与及]|以及")
_BY_NEXT = re.compile(r"(?:了)?[，、；和]?")
_NO_ORGANISING = ("指导", "批准", "支持")


def _role(verb: str) -> Qualifiers:
    return (("role", next((role for word, role in _ROLE_OF if word in verb), "host")),)


# offices that hold events as unions do; where the end of a longer name is cut off, it is no office
_OFFICE = re.compile(
    r".*(?:局|厅|委(?<!党工委)|办|部|政府|妇联|文联|科协|侨联|残联|工商联|台|报社|日报|法院|检察院|办事处|委员会|联合会|商会|总会|图书馆|文化馆|"
    r"博物馆|文化宫|促进会|基金会|(?:.{3}|[省市区县])协会)"
)


def organizes(sentence: Sentence) -> Iterator[Claim]:
    """Yield who organises each activity of the sentence, in which role."""
    for claim in _organizing(sentence):
        body = claim.subject
        if body is None or body.type != "Organization" or _OFFICE.fullmatch(body.name):
            yield claim


def _organizing(sentence: Sentence) -> Iterator[Claim]:
    for act in sentence.acts:
        by = list(_by(sentence, act))
        yield from by or _by_verb(sentence, act)
        yield from _in_front(sentence, act)
        yield from _linked(sentence, act)
        yield from _plans(sentence, act)
    yield from _listed(sentence)


_GOVERNED = re.compile(r"(?:由|在|从|向|对|为|给|与|到|据|邀请|来自|走进|来到|前往|赴|获|经|受|慰问|代表)$")
_TAKES_PART = re.compile(r"参加|参赛|参与|出席|观看|观摩|获|报名|参会")
_HONOUR = re.compile(r"(?:优秀|先进|最佳|突出)|[特一二三]等奖|[冠亚季]军|组织奖|第[一二三四五六\d]+名")
_OTHER_PART = re.compile(
    r"(?:的?(?:指导|支持|推动|领导|批准)|获悉|了解)|(?:党组成员|党组|党委|常务|兼职|副|、)*(?:主席|书记|主任|部长|会员|职工)"
)


def organizer_of_report(scene: Scene, sentences: Sequence[Sentence]) -> Iterator[Claim]:
    """The organizer of the report's activity where no verb tells: the union that its first sentence is about."""
    for sentence in sentences[:6]:
        act = next((a for a in sentence.acts if a.node is scene.main and a.named), None)
        for o in sentence.bodies if act is not None else ():
            if act is None or o.node.type != "TradeUnion" or o.end > act.start or not o.named:
                continue
            governed = _GOVERNED.search(sentence.text, max(sentence.start, o.start - 4), o.start)
            takes_part = _TAKES_PART.search(sentence.text, o.end, act.start) or _HONOUR.match(sentence.text, act.end)
            if not governed and not takes_part and not _OTHER_PART.match(sentence.text, o.end):
                yield sentence.claim(o.node, "organizes", act.node, "organize-lead", qualifiers=_HOST)
                return


def _by_verb(sentence: Sentence, act: Occurrence) -> Iterator[Claim]:
    """A举办X: the subject of the verb right before the event, or the union whose officer leads the way."""
    text = sentence.text
    first = act.start  # 举办的“A”和“B”活动: one verb for all of the list
    for other in reversed(sentence.acts):
        if other.end <= first and _AND.fullmatch(text, other.end, first):
            first = other.start
    for place in reversed(sentence.found):  # 举办|北疆片区|“X”书画展
        if place.end == first and place.node.type == "District":
            first = place.start
    governed = patterns()["organise_end"].search(text[sentence.start : first])
    if not governed:
        return
    verb = sentence.start + governed.start()
    if _is_by(sentence, verb):
        return
    group = subjects(sentence, verb)
    if group and _STARTS.match(governed.group()) and _ITS_HEAD.match(text, group[-1].end, verb):
        return  # the head of a firm that presses the button
    group = [*_led(sentence, group), *group]
    yield from _undertakes(sentence, act, group)
    if not group:
        before = (p for p in reversed(sentence.people) if p.end <= verb)
        leader = next((p for p in before if _LEADS.match(text[p.end : p.end + 16])), None)
        body = union_of_officer(sentence, leader)
        if body is not None:
            status = status_of(text, sentence.start, verb)
            yield sentence.claim(body, "organizes", act.node, "organize-officer", status, _HOST)
    for o in group:
        status = status_of(text, o.end, verb)
        yield sentence.claim(o.node, "organizes", act.node, "organize-verb", status, _role(governed.group()))
    yield from _chained(sentence, act, group)


_STARTS = re.compile(r"启动|开启|推出")
_ITS_HEAD = re.compile(
    r"(?:党组|党委|常务|副|工会|行政|[、和兼])*(?:董事长|总经理|经理|书记|主席|主任|局长|厅长|[市区县镇]长|负责人|领导)"
)
_UNDERTAKEN = re.compile(r"(主办|承办|协办|举办|组织|开展)(?:了)?(?:由)?$")


def _undertakes(sentence: Sentence, act: Occurrence, group: list[Occurrence]) -> Iterator[Claim]:
    """A承办了B主办的X: A as well."""
    if not group:
        return
    first = group[0].start
    verb = _UNDERTAKEN.search(sentence.text, max(sentence.start, first - 4), first)
    for o in subjects(sentence, verb.start()) if verb is not None else ():
        status = status_of(sentence.text, o.end, first)
        yield sentence.claim(
            o.node, "organizes", act.node, "organize-chain", status, _role(verb.group() if verb else "")
        )


_MOVES = re.compile(r"(?:带领|率领|组织|发动|动员|统筹)\Z")
_JOINED_BY = re.compile(r"(?:还|又|也|，)?(?:积极|主动)?(?:联合|会同|携手|联手|牵手|协同)")
_IN_LIST = re.compile(r"[^，。；：！？“”]{1,80}(?:[、和与及]|以及)")
_OTHERS = re.compile(  # bodies that are not known: 、区消防救援局和
    r"、(?:[\u4e00-\u9fff（）·*A-Za-z\d]{1,20}?(?:[局委会部院校社站所办联厅署馆行处园厂台报网队团室司]|中心|单位|集团)(?:、|和|与|及|以及|联合))+"
)


def _led(sentence: Sentence, group: list[Occurrence]) -> list[Occurrence]:
    """A、B和C举办X, A联合B、C举办X: the A before a list in which not all bodies are known."""
    if not group:
        return []
    text, first = sentence.text, group[0].start
    for o in reversed(sentence.bodies):
        if o.end > first:
            continue
        if o.end < first - _LONGEST_LIST:
            break
        if _OTHERS.fullmatch(text, o.end, first):
            return group_ending(sentence, o.end, sentence.start)
        if _MOVES.match(text, o.end, first):
            return group_ending(sentence, o.end, sentence.start)
        joined = _JOINED_BY.match(text, o.end, first)
        if joined is not None and _IN_LIST.fullmatch(text, joined.end(), first):
            return group_ending(sentence, o.end, sentence.start)
    return []


def _list_ending(sentence: Sentence, end: int) -> list[Occurrence]:
    """The list of bodies that ends there, or goes on there with bodies that are not known."""
    group = group_ending(sentence, end, sentence.start)
    if not group:
        last = next((o for o in reversed(sentence.bodies) if o.end <= end), None)
        if (
            last is not None
            and end - last.end <= _LONGEST_LIST
            and _OTHERS.fullmatch(sentence.text[last.end : end] + "、")
        ):
            group = group_ending(sentence, last.end, sentence.start)
    return [*_led(sentence, group), *group]


_BEFORE = re.compile(
    r"(?:共同|联合|联手|携手|协同|牵头|具体|倾情)*(主办|承办|协办|联办|合办|指导|支持)(?:单位)?[、，；]$"
)


def _chained(sentence: Sentence, act: Occurrence, group: list[Occurrence]) -> Iterator[Claim]:
    """A主办、B承办的X: the groups before the one whose verb stands right before the event."""
    text = sentence.text
    while group:
        before = _BEFORE.search(text, max(sentence.start, group[0].start - 12), group[0].start)
        if before is None:
            return
        group = _list_ending(sentence, before.start())
        for o in group if before.group(1) not in _NO_ORGANISING else ():
            yield sentence.claim(o.node, "organizes", act.node, "organize-chain", qualifiers=_role(before.group(1)))


def _in_front(sentence: Sentence, act: Occurrence) -> Iterator[Claim]:
    """总工会“X”活动: the organizer right in front of the name."""
    text = sentence.text
    for o in sentence.bodies:
        if (
            o.end <= act.start
            and _OWNED.fullmatch(text, o.end, act.start)
            and o.node.type in ("TradeUnion", "Enterprise")
            and act.named
        ):
            if not _NO_ORGANIZER.search(text[max(sentence.start, o.start - 4) : o.start]):
                yield _host(sentence, o, act.node, "organizer-before-name")


_PLAN = re.compile(r"[”）]?(?:的)?(?:实施|活动|工作|总体|具体|竞赛|比赛)?(?:方案|规程|规则|通知|公告|细则|办法)")
_GIVES_OUT = re.compile(
    r"(?:公布|发布|印发|下发|出台|制定|制订|发出|解读|宣读)(?:了)?(?:《|关于)?(?:举办|开展|组织|举行)?$"
)


def _plans(sentence: Sentence, act: Occurrence) -> Iterator[Claim]:
    """A公布X实施方案: who gives out the rules of an event organises it."""
    text = sentence.text
    if not act.named or not _PLAN.match(text, act.end):
        return
    gives = _GIVES_OUT.search(text, max(sentence.start, act.start - 16), act.start)
    body = next((o for o in sentence.bodies if gives is not None and o.end == gives.start()), None)
    if body is not None and body.node.type in ("TradeUnion", "Enterprise"):
        yield _host(sentence, body, act.node, "organize-plan")


_LISTED = re.compile(r"(主办|承办|协办|联合主办|组织|指导)(?:单位|方|者)(?:分别)?(?:：|为|是|有|包括)")
_LIST_ENDS = re.compile(r"[，；。！？\n]|(?:主办|承办|协办|支持|指导|媒体|冠名)(?:单位|方)")


def _listed(sentence: Sentence) -> Iterator[Claim]:
    """主办单位：A、B; 承办单位：C: of the activity of the sentence, else of the article."""
    text = sentence.text
    for label in _LISTED.finditer(text, sentence.start, sentence.end):
        if label.group(1) in _NO_ORGANISING:
            continue
        ends = _LIST_ENDS.search(text, label.end(), sentence.end)
        stop = ends.start() if ends is not None else sentence.end
        act = next(
            (a.node for a in reversed(sentence.acts) if a.end <= label.start()), sentence.scene.told_at(label.start())
        )
        for o in sentence.bodies if act is not None else ():
            if label.end() <= o.start and o.end <= stop and _ITEM_END.match(text, o.end, stop):
                yield sentence.claim(o.node, "organizes", act, "organize-listed", qualifiers=_role(label.group(1)))


@cache
def _which_it_holds() -> re.Pattern[str]:
    """Behind a body whose event something is said to be: 本次展览是A总工会|为庆祝…而举办的主题活动."""
    return re.compile(
        rf"(?:(?:联合|会同|携手)[^，。；]{{2,20}}?)?(?:为(?:了)?[^。；]{{2,40}}?[而，]?|自[^，。；]{{2,12}})?"
        rf"(?:{manner_pattern()})*(?:{verb_pattern('organize')})(?:了)?的"
    )


def _linked(sentence: Sentence, act: Occurrence) -> Iterator[Claim]:
    """X作为A牵头主办的Y; A的X之一的Y, X是A的Y and X是A举办的: what holds of one activity holds of the other."""
    text = sentence.text
    as_of, one_of, is_part = (link.match(text, act.end) for link in (_AS, _ONE_OF, _IS))
    if as_of:
        for o in sentence.bodies:
            if o.start == as_of.end() and patterns()["organise"].match(text, o.end):
                yield _host(sentence, o, act.node, "organize-as")
    if one_of:
        for o in sentence.bodies:
            if o.end == act.start:
                for other in sentence.acts:
                    if other.start == one_of.end():
                        yield _host(sentence, o, other.node, "organize-part")
    if is_part:
        listed = sentence.shape.list_behind(is_part.end())
        if listed is not None and _which_it_holds().match(text, listed.end):
            for o in listed.members:
                yield _host(sentence, o, act.node, "organize-is")
        for o in sentence.bodies:
            if o.start == is_part.end():
                for other in sentence.acts:
                    if other.start == o.end:
                        yield _host(sentence, o, other.node, "organizer-before-name")


def _host(sentence: Sentence, body: Occurrence, activity: Node, rule: str) -> Claim:
    return sentence.claim(body.node, "organizes", activity, rule, qualifiers=_HOST)


# ----------------------------------------------------------------------------------------------------------- 由 frames


def _is_by(sentence: Sentence, verb: int) -> bool:
    """Whether the verb belongs to a 由… frame."""
    clause = sentence.text[sentence.clause_start(verb) : verb]
    return "由" in clause and bool(re.search(r"由[^，。]{2,60}$", clause))


def _by(sentence: Sentence, act: Occurrence) -> Iterator[Claim]:
    """由A主办、B承办 on either side of the activity."""
    text = sentence.text
    for match in re.finditer("由", text[sentence.start : sentence.end]):
        at = sentence.start + match.start()
        first = next((o.start for o in sentence.bodies if o.start > at), sentence.end)
        if first > at + 4 and not _OTHER_ITEMS.fullmatch(text, at + 1, first):
            continue
        parts, end = _by_parts(sentence, at + 1)
        if not parts or _by_target(sentence, at, end) is not act:
            continue
        for group, verb in parts:
            if verb in _NO_ORGANISING:
                continue
            for o in group:
                status = status_of(text, sentence.start, end)
                yield sentence.claim(o.node, "organizes", act.node, "organize-by", status, _role(verb))


_OTHER_ITEMS = re.compile(r"[\u4e00-\u9fff（）]{4,40}[、和与及]")  # bodies that are not known, in front of one that is
_NO_LIST = re.compile(r"[。；！？\n]|(?<!等)的(?![\u4e00-\u9fff]{0,4}工会)|旨在|为了")
# what may stand between a body and the end of its place in a list: 女职工委员会, 等单位, （市体育中心）
_ITEM_END = re.compile(
    r"(?:女职工委员会|女工委|经费审查委员会|经审会|机关|[\u4e00-\u9fff]{2,4}部)?(?:（[^（）]{1,20}）)?(?:等[^，。；、]{0,8}?)?(?:共同|联合|牵头|具体|负责|独家|倾情|倾力)*(?=[、，和与及]|以及|联合|携手|会同|$)"
)


def _by_parts(sentence: Sentence, position: int) -> tuple[list[tuple[list[Occurrence], str]], int]:
    """The bodies of a 由 frame with the verb of each group, and where the last verb ends.

    Whatever else stands in the list (由A总工会、B社区党总支、C商会主办), the bodies that end one of its places count.
    """
    text = sentence.text
    parts: list[tuple[list[Occurrence], str]] = []
    end = position
    while True:
        verb = _by_verb_after(sentence, position)
        if verb is None or _NO_LIST.search(text, position, verb.start()):
            return parts, end
        group = [o for o in sentence.bodies if position <= o.start and o.end <= verb.start()]
        group = [
            o
            for o in group
            if o.end == o.start + 1  # 由省|市总工会主办
            or _ITEM_END.match(text, o.end, verb.start())
        ]
        if not group:
            return parts, end
        parts.append((group, verb.group(1)))
        end = verb.end()
        gap = _BY_NEXT.match(text, end)
        position = gap.end() if gap else end


def _by_verb_after(sentence: Sentence, position: int) -> re.Match[str] | None:
    """The first verb of organising behind `position` that stands in no name: no body holds it."""
    limit = min(sentence.end, position + _LONGEST_LIST)
    for verb in patterns()["by_verb"].finditer(sentence.text, position, limit):
        if not any(o.start <= verb.start() and verb.end() <= o.end for o in sentence.found):
            return verb
    return None


def _by_target(sentence: Sentence, at: int, end: int) -> Occurrence | None:
    """The activity of the 由 frame at[…]end: the one right behind (…承办的X) or the one before (X由…主办)."""
    text = sentence.text
    near = (o for o in sentence.acts if end <= o.start and o.start - end <= 30)
    behind = next((o for o in near if not re.search(r"[。；]", text[end : o.start])), None)
    ahead = next((o for o in reversed(sentence.acts) if o.end <= at), None)
    if behind is not None and ("的" in text[end : behind.start + 1] or behind.start - end <= 2 or ahead is None):
        return behind
    return ahead
