"""Where activities are held."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.extract.places import SETTING
from kg.extract.relations.claim import COREFERENCE, PLANNED, Claim, Sentence, patterns, status_of
from kg.extract.scene import Node, Occurrence, Scene

__all__ = ["held", "visited"]

_CUE = re.compile(r"(在|于|走进|来到|前往|赴|到|深入)(?:[^，。；“”]{0,10})$")
_LISTED_ON = re.compile(r"(?:、|和|与|及|以及|等地?|（[^）]*）|[一二三两四]?地|举行地)")
_INSIDE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:室|厅|馆|场|楼|层|广场|会场|内|举行)")
_FROM = re.compile(r"(?:从|由)$")
_STARTS = re.compile(r"(?:[东南西北]门|广场)?(?:出发|起跑|起步|鸣枪)")
_HERE = re.compile(r"在(?:这里|此)")
_ROUTE = re.compile(r"(?:路线|线路|沿途|途经|途径|串联)")
_VISITS = re.compile(r"(?:先后|分别|依次|相继)?(?:走进|来到|前往|深入|赴|到|奔赴|走访(?:了)?|慰问(?:了)?)")
_HOLDS_THEN = re.compile(r"(?:开展|举行|举办|进行|组织|启动)(?:了)?[^，。]{0,8}$")


def held(sentence: Sentence) -> Iterator[Claim]:
    """Yield the venues and districts in which the activities of the sentence, or of the article, are held."""
    tops = _outermost(sentence)
    for o in tops:
        if o.node.type != "Enterprise" or o.named:
            yield from _held_at(sentence, o, tops)
    yield from _route(sentence, tops)
    yield from _set_up(sentence, tops)
    yield from _goes_into(sentence, tops)
    yield from _in_scene(sentence, tops)
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


_GOES_INTO = re.compile(r"(?:先后|陆续|相继|首次|再次|分别|依次)*(?:走进|来到|走入|进|落户|移师)(?:了)?")


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


_WITHIN = re.compile(r"(?:里|内|上|前|中)(?![的心央部])")


def _in_scene(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """5月3日，P里支起了长桌，A办起X: the place a report opens with, and what its sentence tells of."""
    if not sentence.acts:
        return
    act, body = sentence.acts[0], sentence.scene.reading.body
    if any(body <= start < sentence.start for start, _, _ in act.node.spans):
        return  # told of before, at whatever place
    first = next((o for o in tops if o.node.type == "Venue"), None)
    if first is None or first.end > act.start or not _WITHIN.match(sentence.text, first.end):
        return
    opening = sentence.text[sentence.start : first.start]
    if len(opening) <= 24 and not re.search(r"[从由]$|昨|上周", opening):
        yield _place(sentence, first, act, "held-scene")
        yield from _outer(sentence, first, act)


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


def _outermost(sentence: Sentence) -> list[Occurrence]:
    """Places that lie inside no other mention but an activity's."""
    return [
        o
        for o in sentence.found
        if o.node.type in ("Venue", "District", "Enterprise")
        and not any(
            p is not o
            and p.start <= o.start
            and o.end <= p.end
            and p.end - p.start > o.end - o.start
            and p.node.type != "Activity"
            for p in sentence.found
        )
    ]


def _held_at(sentence: Sentence, o: Occurrence, tops: list[Occurrence]) -> Iterator[Claim]:
    text = sentence.text
    before = text[max(sentence.start, o.start - 14) : o.start]
    cue = _CUE.search(before)
    holds, listed = _verb_behind(sentence, o, tops)
    if _FROM.search(before) and _STARTS.match(text[o.end : o.end + 6]) and o.node.type != "District":
        main = sentence.acts[-1].node if sentence.acts else sentence.scene.main
        if main is not None:
            yield sentence.claim(main, "heldAt", o.node, "held-start", why=COREFERENCE)
            return
    if cue is None and not (listed and re.search(r"[、和及与]$", before)):
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
        if early and sentence.scene.main is not None and SETTING.match(text, o.end):
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


def _verb_behind(sentence: Sentence, o: Occurrence, tops: list[Occurrence]) -> tuple[bool, bool]:
    """Whether a verb of holding stands behind the place, and whether it stands behind a list that goes on from it."""
    text, verb = sentence.text, patterns()["held_after"]
    if verb.match(text, o.end):
        return True, False
    listed = False
    chain = _LISTED_ON.match(text, o.end)
    if chain:
        following = next((p for p in tops if p.start >= o.end and p.start - o.end <= 3), None)
        while following is not None and not listed:
            end = following.end
            listed = verb.match(text, end) is not None
            following = next((p for p in tops if p.start >= end and p.start - end <= 2), None)
        listed = listed or verb.match(text, chain.end()) is not None
    inside = _INSIDE.match(text, o.end)
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
    """Where the third sentence of the body starts: until there a report sets its scene."""
    sentences = scene.reading.sentences
    first = bisect_left(sentences, (scene.reading.body,))
    return sentences[min(first + 2, len(sentences) - 1)][0] if first < len(sentences) else 0


def _route(sentence: Sentence, tops: list[Occurrence]) -> Iterator[Claim]:
    """骑行路线串联A、B、C: the main activity goes through all of them."""
    main: Node | None = sentence.scene.main
    route = _ROUTE.search(sentence.text, sentence.start, sentence.end)
    if route is None or main is None:
        return
    for o in tops:
        if o.node.type == "Venue" and o.start >= route.end():
            yield sentence.claim(main, "heldAt", o.node, "held-route", why=COREFERENCE)


def visited(sentence: Sentence) -> Iterator[Claim]:
    """先后走进A、B，开展“X”慰问活动: the activity was held at each of the places."""
    text = sentence.text
    for match in _VISITS.finditer(text, sentence.start, sentence.end):
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
    planned = PLANNED.search(sentence.text[sentence.start : max(place.end, act.end)])
    status = status_of(sentence.text, sentence.start, sentence.end) if planned else "happened"
    predicate = "heldIn" if place.node.type == "District" else "heldAt"
    return sentence.claim(act.node, predicate, place.node, rule, status)


def _outer(sentence: Sentence, place: Occurrence, act: Occurrence) -> Iterator[Claim]:
    """在柿树岗乡莲湘舞广场: held at the square, and in the township right before it."""
    chains = sentence.scene.outer.get(place.node)
    for _, _, outer in chains.overlapping(place.start, place.end) if chains else ():
        yield sentence.claim(act.node, "heldIn", outer, "held-chain")
        return
