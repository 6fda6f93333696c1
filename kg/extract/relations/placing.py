"""Where activities are held, and where firms and places are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from kg.extract.places import SCENE_BEHIND, SETTING
from kg.extract.relations.claim import (
    COREFERENCE,
    Claim,
    Sentence,
    outermost,
    own_activity,
    patterns,
    status_of,
)
from kg.extract.scene import Node, Occurrence, Scene
from kg.extract.spans import BODIES

__all__ = ["held", "located", "visited"]

_CUE = re.compile(
    r"(在|于|走进|来到|前往|赴|到|深入)(?:“[^”]{1,8}”)?(?:[^，。；“”]{0,10}|[^，。；“”]{0,32}(?:的|企业|单位|承建))$"
)
_LIES_THERE = re.compile(
    r"[\u4e00-\u9fff”](?:位于|坐落[于在]|设在|设于|建在|地处)[^，。；“”]{0,24}$"
)  # X位于P内，: where X is
_LISTED_ON = re.compile(r"(?:、|和|与|及|以及|等地?|（[^）]*）|[一二三两四]?地|举行地)")
_LAST_OF_LIST = re.compile(
    r"等?[一二两三四五六七八九十\d]*(?:个地方|地|市|处|家单位|家企业|个?(?:赛点|赛区|赛场|考点|考场|会场|分会场|点位|站点))?"
)
_INSIDE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:室|厅|馆|场|楼|层|广场|会场|内|里|中|前|举行)")
_BEFORE_IT = re.compile(r"(?:大?门)?[前口外](?:广场)?(?=举|召|开|启|正|隆|顺|成|火|热|拉)")  # 文化宫前|举行
_FROM = re.compile(r"(?:从|由)$")
_STARTS = re.compile(r"(?:[东南西北]门|广场)?(?:出发|起跑|起步|鸣枪)")
_HERE = re.compile(r"在(?:这里|此)")
_ROUTE = re.compile(r"(?:路线|线路|沿途|途经|途径|串联)")
_VISITS = re.compile(r"(?:先后|分别|依次|相继)?(?:走进|来到|前往|深入|赴|到|奔赴|走访(?:了)?|慰问(?:了)?)")
_HOLDS_THEN = re.compile(r"(?:开展|举行|举办|进行|组织|启动)(?:了)?[^，。]{0,8}$")


def held(sentence: Sentence) -> Iterator[Claim]:
    """Yield the venues and districts in which the activities of the sentence, or of the article, are held."""
    tops = _outermost(sentence)
    goes = _to_the_verb(sentence, tops)
    for o in tops:
        if o.node.type != "Enterprise" or o.named or sentence.text[o.start] in "该本":
            yield from _held_at(sentence, o, tops, goes)
    yield from _route(sentence, tops)
    yield from _set_up(sentence, tops)
    yield from _goes_into(sentence, tops)
    yield from _toured(sentence, tops)
    yield from _in_scene(sentence, tops)
    yield from _captioned(sentence, tops)
    yield from _come_together(sentence, tops)
    yield from _here_again(sentence, tops)
    yield from _brought_to(sentence, tops)


# 赛场分设在A、B; 主会场设于P
_SITES = re.compile(
    r"(?:赛场|赛区|赛点|会场|考场|考点|活动点|现场|终点|起点|起终点|地点)(?:分别|分|均|都)?(?:设|选|定|安排|放)(?:立|置)?(?:在|于)(?:了)?"
)


def _set_up(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """实操赛场设在P: the activity of the sentence or of the article is held there, at each place of the list."""
    main = sentence.acts[0].node if sentence.acts else sentence.scene.main
    site = _SITES.search(sentence.text, sentence.start, sentence.end)
    if site is None or main is None:
        return
    at = site.end()
    for o in tops:
        if o.start < at:
            continue
        if o.start - at > 3 or re.search(r"[，。；]", sentence.text[at : o.start]):
            return
        at = o.end
        if any(p.start == o.end for p in tops):
            continue  # the district in front of the place
        predicate = "heldIn" if o.node.type == "District" else "heldAt"
        yield sentence.claim(main, predicate, o.node, "held-site", why=COREFERENCE)


_GOES_INTO = re.compile(
    r"(?:第[一二三四五六七八九十\d]+站|首站|末站)?(?:先后|陆续|相继|首次|再次|分别|依次)*(?:走进|来到|走入|进|落户|移师)(?:了)?"
)


def _goes_into(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """“X”活动走进A、B: the activity itself goes there."""
    for act in sentence.acts:
        goes = _GOES_INTO.match(sentence.text, act.end, sentence.end)
        at = goes.end() if goes else -1
        for o in tops if goes else ():
            if o.start < at:
                continue
            if o.start - at > 1:
                break
            at = o.end
            if o.node.type != "District" or not any(p.start == o.end for p in tops):
                yield _place(sentence, o, act, "held-goes")


_TOUR = re.compile(r"慰问|走访|送清凉|送温暖|送凉爽|巡访")
_PARTY_THERE = re.compile(r"，[^，。；]{0,12}(?:慰问组|慰问团|走访组|一行)")
_PARTY_GOES = re.compile(
    r"(?:慰问组|慰问团|走访组|一行(?:人)?)(?:先后|分别|依次|首站|首先|随后|又|还|率先|陆续|冒着[^，。]{2,12}|顶着[^，。]{2,12}|，)*"
    r"(?:来到|走进|到|深入|赶到|赴|前往|走访(?:了)?)(?:了)?"
)


def _toured(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """慰问组一行来到A、B: the visits that the article is about were paid there."""
    main = sentence.scene.main
    if main is None or sentence.acts or not _TOUR.search(main.name):
        return
    first = next((o for o in tops if o.node.type in ("Venue", "Enterprise") and o.named), None)
    if first is not None and _PARTY_THERE.match(sentence.text, first.end):
        opening = sentence.text[sentence.start : _front_of(sentence, first)]
        if re.fullmatch(r"(?:[^，。]{0,8}，)?在", opening):  # 在A，慰问组走进…
            yield sentence.claim(main, "heldAt", first.node, "held-tour", why=COREFERENCE)
    for goes in _PARTY_GOES.finditer(sentence.text, sentence.start, sentence.end):
        at = goes.end()
        for o in tops:
            if o.start < at:
                continue
            if re.search(r"[，。；：“]", sentence.text[at : o.start]) or o.start - at > 16:
                break
            at = o.end
            if o.node.type in ("Venue", "Enterprise") and o.named and not any(p.start == o.end for p in tops):
                yield sentence.claim(main, "heldAt", o.node, "held-tour", why=COREFERENCE)


def _in_scene(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """5月3日，P里支起了长桌，A办起X: the place a report opens with, and what its sentence tells of."""
    scene, body = sentence.scene, sentence.scene.reading.body
    act = sentence.acts[0].node if sentence.acts else scene.main
    if act is None or any(o.node is act and o.named for o in scene.of_type["Activity"].starting(body, sentence.start)):
        return  # told of before, at whatever place
    if not sentence.acts and (sentence.start > _scene_end(scene) or not scene.main):
        return
    first = next((o for o in tops if o.node.type == "Venue"), None)
    if first is None or not SCENE_BEHIND.match(sentence.text, first.end):
        return
    if sentence.acts and first.end > sentence.acts[0].start:
        return
    opening = sentence.text[sentence.start : first.start]
    if len(opening) <= 24 and not re.search(r"[从由]$|昨|上周", opening):
        yield sentence.claim(act, "heldAt", first.node, "held-scene", why=COREFERENCE)
        for a in sentence.acts[:1]:
            yield from _outer(sentence, first, a)


_COMES = re.compile(r"(?:来到|齐聚|相聚|欢聚|汇聚|聚集|集聚|赶到|走进|前往|赶赴|奔赴|赴|到)(?:在|于)?$")
_TAKES_PART = re.compile(
    r"，?(?:共同|一起|积极|现场)?(?:参加|参与|观看|参观|观摩|欣赏|见证|出席|体验)(?:了|由[^，。“]{2,40}的)?$"
)


def _come_together(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """职工们齐聚P，参加X."""
    text = sentence.text
    for o in tops:
        if o.node.type != "Venue" or not _COMES.search(text, sentence.start, _front_of(sentence, o)):
            continue
        act = next((a for a in sentence.acts if a.start >= o.end), None)
        if act is not None and _TAKES_PART.fullmatch(text, o.end, act.start):
            yield _place(sentence, o, act, "held-comes")


_CAPTION = re.compile(r"(?:图为|图[一二三四五六七八九十\d]|[▲△↑↓])")


def _captioned(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """图为参赛职工在P比赛: the picture is of the activity the article is about."""
    main, text = sentence.scene.main, sentence.text
    if main is None or sentence.acts or not _CAPTION.match(text, sentence.start):
        return
    for o in tops:
        if o.node.type == "Venue" and text[_front_of(sentence, o) - 1] == "在":
            yield sentence.claim(main, "heldAt", o.node, "held-caption", why=COREFERENCE)


def _front_of(sentence: Sentence, place: Occurrence) -> int:
    """Where the chain of places starts that ends in the place."""
    outer = sentence.scene.outer.get(place.node)
    starts = (start for start, _, _ in outer.overlapping(sentence.start, place.end)) if outer is not None else ()
    at = min((start for start in starts if sentence.start <= start <= place.start), default=place.start)
    reading = sentence.scene.reading
    while (front := reading.by_end.get(at)) is not None:
        at = front.start
    return at


_CEREMONY = re.compile(r"[\u4e00-\u9fff]{2}(?:仪式|式)")
_BRINGS_TO = re.compile(r"(?:邀请|组织|带领)[^，。；]{2,24}?(?:到|赴|走进|前往|来到)$")


def _brought_to(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """开展X，邀请会员到V赏灯: the activity is where people are brought to."""
    for o in tops:
        act = next((a for a in reversed(sentence.acts) if a.end <= o.start), None)
        if act is not None and o.node.type == "Venue" and _BRINGS_TO.search(sentence.text, act.end, o.start):
            yield _place(sentence, o, act, "held-brought")


_HERE_HELD = re.compile(r"在(?:这里|此)(?:正式|隆重|顺利)?(?:举行|举办|启动|开幕|召开|拉开)")


def _here_again(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """X在这里举行, where the place stands in a sentence before."""
    if not sentence.acts or any(o.node.type == "Venue" for o in tops):
        return
    if _HERE_HELD.search(sentence.text, sentence.start, sentence.end):
        venues = (o for o in sentence.scene.occurrences if o.node.type == "Venue" and o.named)
        place = max((o for o in venues if o.end <= sentence.start), key=lambda o: o.end, default=None)
        if place is not None:
            yield sentence.claim(sentence.acts[-1].node, "heldAt", place.node, "held-here", why=COREFERENCE)


_COVERING = frozenset((*BODIES, "Venue", "District", "Product", "Person", "Date"))


def _outermost(sentence: Sentence) -> list[Occurrence]:
    """Places that lie inside no other mention but an activity's."""
    return [o for o in outermost(sentence.found, _COVERING) if o.node.type in ("Venue", "District", "Enterprise")]


def _held_at(sentence: Sentence, o: Occurrence, tops: list[Occurrence], goes: list[bool]) -> Iterator[Claim]:
    text = sentence.text
    before = text[max(sentence.start, o.start - 36) : o.start]
    cue = _CUE.search(before)
    holds, listed = _verb_behind(sentence, o, tops, goes)
    if _FROM.search(before) and _STARTS.match(text[o.end : o.end + 6]) and o.node.type != "District":
        main = sentence.acts[-1].node if sentence.acts else sentence.scene.main
        if main is not None:
            yield sentence.claim(main, "heldAt", o.node, "held-start", why=COREFERENCE)
            return
    in_list = cue is None and (listed or holds) and _list_cue(sentence, o, tops)
    if cue is None and not in_list and not (listed and re.search(r"[、和及与]$", before)):
        # 江汉…广场热闹非凡，X在这里举行
        here = _HERE.search(text[o.end : sentence.end])
        if o.node.type == "Venue" and here and sentence.acts:
            at = o.end + here.start()
            yield _place(sentence, o, min(sentence.acts, key=lambda a: abs(a.end - at)), "held-here")
            yield from _outer(sentence, o, sentence.acts[-1])
        return
    if not holds and not listed:
        # the scene of the first sentences: 在V的多功能厅里，36名选手…
        early = sentence.start <= _scene_end(sentence.scene) and o.node.type == "Venue" and cue is not None
        there = cue is not None and (cue.group(1) in ("在", "于") or sentence.acts)  # not 记者来到P，…
        lies = _LIES_THERE.search(text, max(sentence.start, o.start - 40), o.start) is not None
        if early and there and not lies and sentence.scene.main is not None and SETTING.match(text, o.end):
            yield sentence.claim(sentence.scene.main, "heldAt", o.node, "held-scene", why=COREFERENCE)
        return
    act = _act_of_place(sentence, o)
    if act is not None:
        yield _place(sentence, o, act, "held-in-place")
        yield from _outer(sentence, o, act)
        whole = next((a for a in reversed(sentence.acts) if a.end <= o.start), None)
        if whole is not None and whole.node is not act.node and _CEREMONY.fullmatch(act.node.name):
            yield _place(sentence, o, whole, "held-ceremony")  # X，在P举行出发仪式
            yield from _outer(sentence, o, whole)


def _list_cue(sentence: Sentence, o: Occurrence, tops: list[Occurrence]) -> bool:
    """Whether the list of places that goes on with `o` starts behind 在 or a verb of going."""
    text, at = sentence.text, o.start
    for p in reversed(tops[: bisect_right(tops, at, key=lambda p: p.end)]):
        if text[p.end : at] in ("", "、", "和", "与", "及", "以及"):
            at = p.start
        elif at - p.end > _LONGEST_JOIN:
            break
    return at < o.start and _CUE.search(text[max(sentence.start, at - 14) : at]) is not None


_LONGEST_JOIN = 2  # characters between two places of a list


def _to_the_verb(sentence: Sentence, tops: list[Occurrence]) -> list[bool]:
    """For each place, whether a verb of holding stands behind it or behind the list of places that goes on from it."""
    text, verb = sentence.text, patterns()["held_after"]
    starts = [p.start for p in tops]
    goes = [False] * len(tops)
    for index in range(len(tops) - 1, -1, -1):
        end = tops[index].end
        last = _LAST_OF_LIST.match(text, end)
        behind = bisect_left(starts, end)
        goes[index] = verb.match(text, last.end() if last else end) is not None or (
            behind < len(tops) and starts[behind] - end <= _LONGEST_JOIN and goes[behind]
        )
    return goes


def _verb_behind(sentence: Sentence, o: Occurrence, tops: list[Occurrence], goes: list[bool]) -> tuple[bool, bool]:
    """Whether a verb of holding stands behind the place, and whether it stands behind a list that goes on from it."""
    text, verb = sentence.text, patterns()["held_after"]
    last = _LAST_OF_LIST.match(text, o.end)
    if verb.match(text, o.end) or (last and last.group() and verb.match(text, last.end())):
        return True, False
    listed = False
    chain = _LISTED_ON.match(text, o.end)
    if chain:
        behind = bisect_left(tops, o.end, key=lambda p: p.start)
        listed = behind < len(tops) and tops[behind].start - o.end <= _LONGEST_JOIN + 1 and goes[behind]
        listed = listed or verb.match(text, chain.end()) is not None
    inside = _BEFORE_IT.match(text, o.end) or _INSIDE.match(text, o.end)
    holds = inside is not None and o.node.type != "District" and verb.match(text, inside.end()) is not None
    return holds, listed


def _act_of_place(sentence: Sentence, o: Occurrence) -> Occurrence | None:
    """在P举行: the activity before P in the sentence, or the one the verb governs; the nearer by clauses wins."""
    text = sentence.text
    previous = next((a for a in reversed(sentence.acts) if a.end <= o.start), None)
    following = next((a for a in sentence.acts if a.start >= o.end), None)
    before = text[previous.end : o.start] if previous else ""
    behind = text[o.end : following.start] if following else ""
    if previous and not re.search(r"[，。；]", before):
        return previous
    if following and not re.search(r"[，；]", behind):
        return following
    if previous and before.count("，") <= 1:
        return previous
    if following and behind.count("，") <= 1:
        return following
    return None


def _scene_end(scene: Scene) -> int:
    """Where the first paragraph ends or the third sentence of some length starts: there a report has set its scene."""
    sentences = scene.reading.sentences
    first = bisect_left(sentences, (scene.reading.body,))
    return sentences[min(first + 2, len(sentences) - 1)][0] if first < len(sentences) else 0


def _route(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """骑行路线串联A、B、C: the main activity goes through all of them."""
    main: Node | None = own_activity(sentence.scene, sentence.start)
    route = _ROUTE.search(sentence.text, sentence.start, sentence.end)
    if route is None or main is None:
        return
    for o in tops:
        if o.node.type == "Venue" and o.start >= route.end():
            yield sentence.claim(main, "heldAt", o.node, "held-route", why=COREFERENCE)


def visited(sentence: Sentence) -> Iterator[Claim]:
    """先后走进A、B，开展“X”慰问活动: the activity was held at each of the places."""
    text = sentence.text
    for match in () if not sentence.acts else _VISITS.finditer(text, sentence.start, sentence.end):
        act = next((a for a in sentence.acts if a.start >= match.end()), None)
        if act is None or not _HOLDS_THEN.search(text[match.end() : act.start]):
            continue
        position = match.end()
        stops = [
            o
            for o in sentence.found
            if o.node.type in ("Enterprise", "Venue") and match.end() <= o.start < act.start and o.named
        ]
        for o in stops:
            if any(
                p is not o and p.start <= o.start and o.end <= p.end and p.end - p.start > o.end - o.start
                for p in stops
            ):
                continue
            if o.start - position > 16 or re.search(r"[。；]", text[position : o.start]):
                break
            status = status_of(text, sentence.start, match.start())
            yield sentence.claim(act.node, "heldAt", o.node, "held-visit", status)
            position = o.end


def _place(sentence: Sentence, place: Occurrence, act: Occurrence, rule: str) -> Claim:
    """The activity is held at the place; what is planned is said up to the later of the two."""
    planned = status_of(sentence.text, sentence.start, max(place.end, act.end)) == "planned"
    status = status_of(sentence.text, sentence.start, sentence.end) if planned else "happened"
    predicate = "heldIn" if place.node.type == "District" else "heldAt"
    return sentence.claim(act.node, predicate, place.node, rule, status)


def _outer(sentence: Sentence, place: Occurrence, act: Occurrence) -> Iterator[Claim]:
    """在柿树岗乡莲湘舞广场: held at the square, and in the township right before it."""
    chains = sentence.scene.outer.get(place.node)
    for _, _, outer in chains.overlapping(place.start, place.end) if chains else ():
        yield sentence.claim(act.node, "heldIn", outer, "held-chain")
        return


# ----------------------------------------------------------------------------------------------------- where things are

_LIES = r"(?:位于|坐落(?:于|在)|地处|设在|设于|落户(?:于|在)?|扎根(?:于|在)?|建在|注册(?:于|在|地为))"
_IS_IN = re.compile(
    rf"(?:，?(?:其|公司|企业|集团|该公司)?(?:总部|厂区|生产基地|注册地)?)?(?:就|现|正|均)?{_LIES}(?:了|风景秀丽的|美丽的)?"
)
_THAT_IS_IN = re.compile(rf"(?:(?:总部|厂区)?{_LIES}|来自|走进|来到|前往|深入|赴|在)$")
_SETTLED = re.compile(r"(?:内)?(?:的)?(?:入驻|驻园|进驻|落户)(?:的)?(?:企业|单位|商户|商家)(?:——)?")
_OF = re.compile(r"(?:境内|辖区|城区)?的(?:一家|老牌|知名|重点|龙头|国有|民营)*(?:企业)?——?|的")


def located(sentence: Sentence) -> Iterator[Claim]:
    """A公司位于P, 总部设在P, 坐落于P的A公司: the firm or the place is in the nearest of the districts named."""
    tops = _outermost(sentence)
    for park in tops:  # X产业园入驻企业|Y公司
        settled = _SETTLED.match(sentence.text, park.end) if park.node.type in ("District", "Venue") else None
        firms = (o for o in sentence.found if settled and o.start == settled.end() and o.node.type == "Enterprise")
        firm = next(firms, None)
        if firm is not None and firm.named:
            yield sentence.claim(firm.node, "locatedIn", park.node, "located-settled")
    for district in tops:
        if district.node.type != "District" or any(d.start == district.end and d.node.type == "District" for d in tops):
            continue
        front = _chain_start(tops, district)
        thing = next((o for o in reversed(tops) if o.end <= front and o.named), None)
        if thing is not None and _may_lie(thing) and _IS_IN.fullmatch(sentence.text, thing.end, front):
            yield sentence.claim(thing.node, "locatedIn", district.node, "located")
        behind = next((o for o in tops if o.start >= district.end and o.named), None)
        if behind is None or not _may_lie(behind) or not _OF.fullmatch(sentence.text, district.end, behind.start):
            continue
        if _THAT_IS_IN.search(sentence.text, max(sentence.start, front - 6), front):
            yield sentence.claim(behind.node, "locatedIn", district.node, "located-of")


def _may_lie(thing: Occurrence) -> bool:
    return thing.node.type in ("Enterprise", "Venue")


def _chain_start(tops: list[Occurrence], district: Occurrence) -> int:
    """Where the chain of districts starts that ends in the district."""
    at = district.start
    for o in reversed(tops):
        if o.end == at and o.node.type == "District":
            at = o.start
    return at
