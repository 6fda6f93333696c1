"""Relations between the things of one article: frames of verbs and names, one sentence at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract import lexicon, things
from kg.extract.activities import naming
from kg.extract.entities import Node, Occurrence, Scene
from kg.model import Status

__all__ = ["RULES", "Claim", "claims"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation or property found at text[start:end] (folded offsets). `object` is a Node, or a value for a property."""

    subject: Node | None  # None: the article
    predicate: str
    object: Node | str | None  # None: the article
    start: int
    end: int
    rule: str
    status: Status = "happened"
    qualifiers: tuple[tuple[str, str], ...] = ()
    why: str = ""


BODIES = ("TradeUnion", "Enterprise", "Organization")


def _words(*kinds: str) -> str:
    found = frozenset().union(*(lexicon.verbs(kind) for kind in kinds))
    return "|".join(sorted(found, key=lambda w: (-len(w), w)))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    organise, hold = _words("organize"), _words("hold")
    adverb = r"(?:正式|顺利|隆重|圆满|成功|火热|热烈|准时|如期|盛大|同步|同时|联合|共同|分别|先后|集中|精心|也|首次|现场|还|又|都|已|相继|陆续|统一|认真|扎实|积极|广泛|深入|持续|近日|日前|当天|昨天|今天|昨日)*"
    return {
        "organise": re.compile(rf"(?:{organise})"),
        "organise_end": re.compile(
            rf"(?:{organise})(?:了|过|起)?(?:的|以)?(?:一场|一次|一期|首场|首期|首次|多场|多次|为期[^，。]{{1,5}}的|[^，。；“”]{{0,6}}(?:余|多)?(?:场|次|期))?(?:别开生面的|丰富多彩的|形式多样的|主题为|题为|以)?(?:(?:以)?“[^”]{{2,40}}”为(?:活动)?主题的?)?$"
        ),
        "held_after": re.compile(rf"(?:，)?{adverb}(?:在[^，。；]{{0,4}})?(?:{hold}|{organise})"),
        "attend": re.compile(rf"(?:{_words('attend')})"),
        "say": re.compile(rf"(?:{_words('say')})"),
        "award": re.compile(rf"(?:{_words('award')})(?:了)?"),
        "win": re.compile(rf"(?:{_words('win')})(?:了)?"),
        "give": re.compile(rf"(?:{_words('give', 'make')})(?:了)?"),
        "guide": re.compile(rf"(?:{_words('guide')})"),
        "visit": re.compile(rf"(?:{_words('visit')})"),
    }


_PLANNED = re.compile(
    r"(?:将(?:于|在|会|继续|同步|正式|陆续|进一步|分|举|开|持续)|即将|拟|计划(?:于|在|举|开|组)|准备(?:于|在|举|开)|预计|下一步|接下来|未来|今后|届时)"
)
_DENIED = re.compile(r"(?:未能|没有|并未|尚未|不再|取消|推迟|暂停|停办|延期)")


def _status(text: str, start: int, end: int) -> Status:
    """What the words around a claim say of it: announced, denied, or nothing."""
    part = text[start:end]
    if _DENIED.search(part):
        return "denied"
    if _PLANNED.search(part):
        return "planned"
    return "happened"


class _Sentence:
    """One sentence with what occurs in it, in order."""

    def __init__(self, scene: Scene, start: int, end: int, found: list[Occurrence]) -> None:
        self.scene, self.start, self.end = scene, start, end
        self.text = scene.reading.text
        self.found = found
        # for frames: the outermost mention at each place, but for activities, that may hold unions
        self.bodies = [o for o in found if o.node.type in BODIES and not self._inside(o)]
        self.acts = [o for o in found if o.node.type == "Activity"]
        self.people = [o for o in found if o.node.type == "Person" and not self._byline(o)]

    def _inside(self, one: Occurrence) -> bool:
        return any(
            o is not one
            and o.start <= one.start
            and one.end <= o.end
            and (o.end - o.start) > (one.end - one.start)
            and o.node.type in (*BODIES, "Venue", "Product", "Person")
            for o in self.found
        )

    def _byline(self, one: Occurrence) -> bool:
        return any(c.start == one.start and c.end == one.end for _, c in self.scene.credits)

    def clause_start(self, position: int) -> int:
        """Start of the clause (after ，；：。) that holds `position`, not looking into quotations."""
        at = position
        while at > self.start:
            char = self.text[at - 1]
            if char == "”":
                opening = self.text.rfind("“", self.start, at - 1)
                if opening >= 0:
                    at = opening
                    continue
            if char in "，；：。！？\n":
                break
            at -= 1
        return at


def claims(scene: Scene) -> list[Claim]:
    """Run every rule over every sentence; equal claims at one place are one."""
    reading = scene.reading
    sentences = []
    occurrences = scene.occurrences
    index = 0
    for start, end in reading.sentences:
        while index < len(occurrences) and occurrences[index].start < start:
            index += 1
        stop = index
        while stop < len(occurrences) and occurrences[stop].start < end:
            stop += 1
        sentences.append(_Sentence(scene, start, end, [o for o in occurrences[index:stop] if o.end <= end]))
    found: dict[tuple[object, ...], Claim] = {}
    for sentence in sentences:
        for rule in SENTENCE_RULES:
            for claim in rule(sentence):
                key = (
                    id(claim.subject),
                    claim.predicate,
                    claim.object if isinstance(claim.object, str) else id(claim.object),
                    claim.qualifiers,
                    claim.start,
                    claim.status,
                )
                found.setdefault(key, claim)
    for rule_ in ARTICLE_RULES:
        for claim in rule_(scene):
            key = (
                id(claim.subject),
                claim.predicate,
                claim.object if isinstance(claim.object, str) else id(claim.object),
                claim.qualifiers,
                claim.start,
                claim.status,
            )
            found.setdefault(key, claim)
    return list(found.values())


# --------------------------------------------------------------------------------------------------------- organizes

_NOT_SUBJECT = re.compile(
    r"(?:由|在|从|向|对|为|给|与|到|据|邀请|来自|走进|来到|前往|赴|获|经|受|联系|慰问|代表|按照|根据|关于|围绕|看望|走访|进)$"
)
_LIST = re.compile(r"(?:、|和|与|及|以及|，|联合|携手|会同|联手|共同|协同|同)$")
_ROLE_OF = (("主办", "host"), ("承办", "undertaker"), ("协办", "co-host"))


def _role(verb: str) -> str:
    return next((role for word, role in _ROLE_OF if word in verb), "host")


def _group(sentence: _Sentence, end: int, floor: int) -> list[Occurrence]:
    """The list of bodies that ends at `end`: A、B和C."""
    group: list[Occurrence] = []
    at = end
    for o in reversed(sentence.bodies):
        if o.end > at or o.start < floor:
            if o.end > at:
                continue
            break
        between = sentence.text[o.end : at]
        if group and not re.fullmatch(
            r"(?:[一二三四]队|代表队|代表团|队)?(?:、|和|与|及|以及|，|(?:还|又|也|，)?(?:联合|携手|会同|联手)|共同|协同|同|牵头，?)",
            between,
        ):
            break
        if not group and at != o.end:
            break
        group.append(o)
        at = o.start
    return list(reversed(group))


def _subject(sentence: _Sentence, verb: int) -> list[Occurrence]:
    """The bodies that are the subject of the verb at `verb`: the nearest list to the left that no preposition governs."""
    text = sentence.text
    floor = sentence.start
    candidates = [o for o in sentence.bodies if o.end <= verb and o.start >= floor]
    for o in reversed(candidates):
        if o.node.type == "Organization" and not o.named:
            continue
        group = _group(sentence, o.end, floor)
        if not group:
            continue
        visit = None
        for visit in _patterns()["visit"].finditer(text, floor, group[0].start):
            pass
        if (
            visit is not None
            and not re.search(
                r"(?:举办|举行|开展|组织|召开|表示|说|介绍|启动|主办|承办)", text[visit.end() : group[0].start]
            )
            and visit.group() != "到"
        ):
            continue  # the place of a visit does not act
        before = text[max(floor, group[0].start - 4) : group[0].start]
        after = text[o.end : o.end + 8]
        between = text[o.end : verb]
        if _NOT_SUBJECT.search(before) and not re.match(r"(?:主办|承办|协办|牵头|举办|组织)", after):
            continue
        if re.match(
            r"(?:的?(?:指导|支持|推动|领导|帮助|关心|批准|号召|统一部署|部署|要求|安排|倡议)|获悉|了解|得知|获)", after
        ):
            continue
        if re.match(
            r"(?:党组|党委|常务|兼职|副)*(?:主席|书记|主任|经理|负责人|相关负责人|工作人员|干部|部长|会员|职工|员工|领导|董事长|总经理)",
            after,
        ) and not re.match(r"(?:职工|会员|员工|干部)(?:组织|开展|举办)", after):
            if re.match(r"(?:相关|有关|主要)?(?:负责人|工作人员)", after) or re.match(
                r"[^，]{0,12}(?:说|表示|介绍)", after
            ):
                continue
            if len(between) > 10:
                continue
        commas = between.count("，")
        topic = group[0].start == floor or text[group[0].start - 1] in "，。：；”）"
        if commas > (5 if topic else 2) or re.search(r"。", between):
            continue
        if re.search(r"”[^，]{0,4}$", between) and "“" not in between:
            continue
        return group
    return []


def organizes(sentence: _Sentence) -> Iterator[Claim]:
    text, patterns = sentence.text, _patterns()
    for act in sentence.acts:
        # 由A主办、B承办 on either side
        yield from _by(sentence, act)
        first = act.start  # 举办的“A”和“B”活动: one verb for all of the list
        for other in reversed(sentence.acts):
            if other.end <= first and re.fullmatch(r"[和、与及]|以及", text[other.end : first]):
                first = other.start
        left = text[sentence.start : first]
        governed = patterns["organise_end"].search(left)
        if governed:
            verb = sentence.start + governed.start()
            if not _is_by(sentence, verb):
                group = _subject(sentence, verb)
                if not group:
                    leader = next(
                        (
                            p
                            for p in reversed(sentence.people)
                            if p.end <= verb
                            and re.match(
                                r"(?:一行)?(?:等[^，。]{0,10})?(?:率队|带队|率领|带领|一行|先后|率)",
                                text[p.end : p.end + 16],
                            )
                        ),
                        None,
                    )
                    body = _body_of(sentence, leader)
                    if body is not None:
                        yield Claim(
                            body,
                            "organizes",
                            act.node,
                            sentence.start,
                            sentence.end,
                            "organize-officer",
                            _status(text, sentence.start, verb),
                            (("role", "host"),),
                        )
                for o in group:
                    status = _status(text, o.end, verb)
                    yield Claim(
                        o.node,
                        "organizes",
                        act.node,
                        sentence.start,
                        sentence.end,
                        "organize-verb",
                        status,
                        (("role", _role(governed.group())),),
                    )
        # 总工会“X”活动: the organizer right in front of the name
        for o in sentence.bodies:
            gap = text[o.end : act.start] if o.end <= act.start else None
            if gap in ("", "的", "“") and o.node.type in ("TradeUnion", "Enterprise") and act.named:
                before = text[max(sentence.start, o.start - 4) : o.start]
                if re.search(r"(?:参加|走进|来到)$", before):
                    continue
                yield Claim(
                    o.node,
                    "organizes",
                    act.node,
                    sentence.start,
                    sentence.end,
                    "organizer-before-name",
                    qualifiers=(("role", "host"),),
                )
        # X作为A牵头主办的Y
        as_of = re.compile(r"作为").match(text, act.end)
        if as_of:
            for o in sentence.bodies:
                if o.start == as_of.end() and patterns["organise"].match(text, o.end):
                    yield Claim(
                        o.node,
                        "organizes",
                        act.node,
                        sentence.start,
                        sentence.end,
                        "organize-as",
                        qualifiers=(("role", "host"),),
                    )
        # A之一的B: what holds of A holds of B
        one_of = re.compile(r"之一的").match(text, act.end)
        if one_of:
            for o in sentence.bodies:
                if o.end == act.start:
                    for other in sentence.acts:
                        if other.start == one_of.end():
                            yield Claim(
                                o.node,
                                "organizes",
                                other.node,
                                sentence.start,
                                sentence.end,
                                "organize-part",
                                qualifiers=(("role", "host"),),
                            )
        is_part = re.compile(r"(?:是|为)").match(text, act.end)
        if is_part:
            for o in sentence.bodies:
                if o.start == is_part.end():
                    for other in sentence.acts:
                        if other.start == o.end:
                            yield Claim(
                                o.node,
                                "organizes",
                                other.node,
                                sentence.start,
                                sentence.end,
                                "organizer-before-name",
                                qualifiers=(("role", "host"),),
                            )
        # A在V举行X / A…召开X handled above; X, the activity, held by its own subject: A召开第一次会员代表大会


def _is_by(sentence: _Sentence, verb: int) -> bool:
    """Whether the verb belongs to a 由… frame."""
    clause = sentence.clause_start(verb)
    return "由" in sentence.text[clause:verb] and bool(re.search(r"由[^，。]{2,60}$", sentence.text[clause:verb]))


def _by(sentence: _Sentence, act: Occurrence) -> Iterator[Claim]:
    text, organise = sentence.text, _patterns()["organise"]
    for match in re.finditer("由", text[sentence.start : sentence.end]):
        at = sentence.start + match.start()
        first = next((o for o in sentence.bodies if at < o.start <= at + 4), None)
        if first is None:
            continue
        position = at + 1
        parts: list[tuple[list[Occurrence], str]] = []
        end = position
        while True:
            group: list[Occurrence] = []
            for o in sentence.bodies:
                if o.start >= position and (
                    not group
                    and o.start - position <= 6
                    or group
                    and re.fullmatch(r"、|和|与|及|以及|，|联合|携手|会同", text[group[-1].end : o.start])
                ):
                    group.append(o)
                elif group:
                    break
            if not group:
                break
            verb = re.compile(r"[^，。；、“”]{0,6}?(" + organise.pattern + r"|指导|批准|支持)").match(
                text, group[-1].end
            )
            if not verb:
                break
            parts.append((group, verb.group(1)))
            end = verb.end()
            gap = re.compile(r"(?:了)?[，、；和]?").match(text, end)
            position = gap.end() if gap else end
        if not parts:
            continue
        # the activity right behind (…承办的X) or the one before (X由…主办)
        behind = next(
            (
                o
                for o in sentence.acts
                if end <= o.start and o.start - end <= 30 and not re.search(r"[。；]", text[end : o.start])
            ),
            None,
        )
        ahead = next((o for o in reversed(sentence.acts) if o.end <= at), None)
        behind_ok = (
            behind is not None
            and re.match(r"(?:了)?的?", text[end : behind.start]) is not None
            and ("的" in text[end : behind.start + 1] or behind.start - end <= 2 or ahead is None)
        )
        target = behind if behind_ok and behind is not None else ahead
        if target is not act:
            continue
        for group, verb_word in parts:
            if verb_word in ("指导", "批准", "支持"):
                continue
            for o in group:
                yield Claim(
                    o.node,
                    "organizes",
                    act.node,
                    sentence.start,
                    sentence.end,
                    "organize-by",
                    _status(text, sentence.start, end),
                    (("role", _role(verb_word)),),
                )


# ------------------------------------------------------------------------------------------------------------- places


_SETTING = re.compile(r"(?:里|内|中)?，|的[\u4e00-\u9fff]{1,6}(?:里|内)?，")


def scene_start(scene: Scene) -> int:
    """Where the third sentence of the body starts: until there a report sets its scene."""
    starts = [start for start, _ in scene.reading.sentences if start >= scene.reading.body]
    return starts[min(2, len(starts) - 1)] if starts else 0


def scene_main(sentence: _Sentence) -> Node | None:
    """The activity of the sentence, else the one the article is about."""
    return sentence.acts[-1].node if sentence.acts else sentence.scene.main


def held(sentence: _Sentence) -> Iterator[Claim]:
    text, patterns = sentence.text, _patterns()
    places = [o for o in sentence.found if o.node.type in ("Venue", "District", "Enterprise")]
    tops = [
        o
        for o in places
        if not any(
            p is not o
            and p.start <= o.start
            and o.end <= p.end
            and p.end - p.start > o.end - o.start
            and p.node.type != "Activity"
            for p in sentence.found
        )
    ]
    for o in tops:
        if o.node.type == "Enterprise" and not o.named:
            continue
        before = text[max(sentence.start, o.start - 14) : o.start]
        cue = re.search(r"(在|于|走进|来到|前往|赴|到|深入)(?:[^，。；“”]{0,10})$", before)
        after = patterns["held_after"].match(text, o.end)
        listed = False
        if after is None:
            chain = re.compile(r"(?:、|和|与|及|以及|等地?|（[^）]*）|[一二三两四]?地|举行地)").match(text, o.end)
            if chain:
                nxt = next((p for p in tops if p.start >= o.end and p.start - o.end <= 3), None)
                while nxt is not None and not listed:
                    listed = patterns["held_after"].match(text, nxt.end) is not None
                    nxt = (
                        next((p for p in tops if p.start >= nxt.end and p.start - nxt.end <= 2), None)
                        if not listed
                        else None
                    )
                listed = listed or patterns["held_after"].match(text, chain.end()) is not None
            inside = re.compile(r"[\u4e00-\u9fff]{0,8}(?:室|厅|馆|场|楼|层|广场|会场|内|举行)").match(text, o.end)
            if inside and o.node.type != "District":
                after = patterns["held_after"].match(text, inside.end())
        start_of = re.search(r"(?:从|由)$", before) and re.match(
            r"(?:[东南西北]门|广场)?(?:出发|起跑|起步|鸣枪)", text[o.end : o.end + 6]
        )
        if start_of and o.node.type != "District" and scene_main(sentence) is not None:
            yield Claim(
                scene_main(sentence), "heldAt", o.node, sentence.start, sentence.end, "held-start", why="coreference"
            )
            continue
        if cue is None and not (listed and re.search(r"[、和及与]$", before)):
            # 江汉…广场热闹非凡，X在这里举行
            here = re.search(r"在(?:这里|此)", text[o.end : sentence.end])
            if o.node.type == "Venue" and here and sentence.acts:
                yield from _held(
                    sentence,
                    o,
                    sentence.acts[-1]
                    if len(sentence.acts) == 1
                    else min(sentence.acts, key=lambda a: abs(a.end - (o.end + here.start()))),
                    "held-here",
                )
                yield from _outer(sentence, o, sentence.acts[-1])
            continue
        if after is None and not listed:
            # the scene of the first sentences: 在V的多功能厅里，36名选手…
            early = sentence.start <= scene_start(sentence.scene) and o.node.type == "Venue" and cue is not None
            if early and sentence.scene.main is not None and _SETTING.match(text, o.end):
                yield Claim(
                    sentence.scene.main,
                    "heldAt",
                    o.node,
                    sentence.start,
                    sentence.end,
                    "held-scene",
                    why="coreference",
                )
            continue
        # 在P举行: the activity before P in the sentence, or the one the verb governs
        previous = [a for a in sentence.acts if a.end <= o.start]
        following = [a for a in sentence.acts if a.start >= o.end]
        act = None
        if previous and re.search(r"[，。；]", text[previous[-1].end : o.start]) is None:
            act = previous[-1]
        if act is None and following and len(re.findall(r"[，；]", text[o.end : following[0].start])) == 0:
            act = following[0]
        if act is None and previous and len(re.findall(r"，", text[previous[-1].end : o.start])) <= 1:
            act = previous[-1]
        if act is None and following and len(re.findall(r"，", text[o.end : following[0].start])) <= 1:
            act = following[0]
        if act is not None:
            yield from _held(sentence, o, act, "held-in-place")
            yield from _outer(sentence, o, act)
    # a route, a list of sights: 骑行路线串联A、B、C
    for match in re.finditer(r"(?:路线|线路|沿途|途经|途径|串联)", text[sentence.start : sentence.end]):
        at = sentence.start + match.end()
        if sentence.scene.main is not None:
            for o in tops:
                if o.node.type == "Venue" and o.start >= at:
                    yield Claim(
                        sentence.scene.main,
                        "heldAt",
                        o.node,
                        sentence.start,
                        sentence.end,
                        "held-route",
                        why="coreference",
                    )
        break


_VISITS = re.compile(r"(?:先后|分别|依次|相继)?(?:走进|来到|前往|深入|赴|到|奔赴|走访(?:了)?|慰问(?:了)?)")


def visited(sentence: _Sentence) -> Iterator[Claim]:
    """先后走进A、B，开展“X”慰问活动: the activity was held at each of the places."""
    text = sentence.text
    for match in _VISITS.finditer(text, sentence.start, sentence.end):
        act = next((a for a in sentence.acts if a.start >= match.end()), None)
        if act is None or not re.search(
            r"(?:开展|举行|举办|进行|组织|启动)(?:了)?[^，。]{0,8}$", text[match.end() : act.start]
        ):
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
            yield Claim(
                act.node,
                "heldAt",
                o.node,
                sentence.start,
                sentence.end,
                "held-visit",
                _status(text, sentence.start, match.start()),
            )
            position = o.end


def _held(sentence: _Sentence, place: Occurrence, act: Occurrence, rule: str) -> Iterator[Claim]:
    status = (
        _status(sentence.text, sentence.start, sentence.end)
        if _PLANNED.search(sentence.text[sentence.start : max(place.end, act.end)])
        else "happened"
    )
    predicate = "heldIn" if place.node.type == "District" else "heldAt"
    yield Claim(act.node, predicate, place.node, sentence.start, sentence.end, rule, status)


def _outer(sentence: _Sentence, place: Occurrence, act: Occurrence) -> Iterator[Claim]:
    """在柿树岗乡莲湘舞广场: held at the square, and in the township right before it."""
    for inner, outer, start, end in sentence.scene.chains:
        if inner is place.node and start <= place.start <= end:
            yield Claim(act.node, "heldIn", outer, sentence.start, sentence.end, "held-chain")
            return


# -------------------------------------------------------------------------------------------------------- participants


def participates(sentence: _Sentence) -> Iterator[Claim]:
    text, scene = sentence.text, sentence.scene
    verbs = list(_patterns()["attend"].finditer(text, sentence.start, sentence.end))
    for o in sentence.people:
        if _in_speech(sentence, o):
            continue
        target, rule = None, ""
        after = text[o.end : sentence.end]
        verb = next((m for m in verbs if m.start() >= o.end), None)
        if verb is not None and _runs_to(sentence, o.end, verb.start()):
            act = _act_near(sentence, verb.end(), o)
            target, rule = act, "attend"
        speak = re.match(
            r"(?:在[^，。]{0,16}(?:活动|仪式|大会|会议|会|现场|开幕式|会场|分会场|主会场)[^，。]{0,8}?(?:致辞|讲话|发言|宣读|表示|说|宣布|主持|授课|分享)|作[^，。]{0,8}(?:讲话|动员|报告|发言)|宣布[^，。]{0,10}(?:开幕|启动|开班|开始)|主持(?:仪式|活动|会议|大会|开班))",
            after,
        )
        if target is None and speak:
            target, rule = _act_near(sentence, o.end, o), "speak-at"
        if target is None and re.match(r"(?:等)?(?:分别)?在(?:[^，。]{0,8})(?:发言|致辞)", after):
            target, rule = _act_near(sentence, o.end, o), "speak-at"
        if target is None and re.match(
            r"(?:和[\u4e00-\u9fff]{2,3}|、[\u4e00-\u9fff]{2,3})*(?:获|荣获|获得|夺得|摘得|斩获|勇夺|分获|分别获)", after
        ):
            target, rule = scene.main, "win"
        if target is None:
            invited = re.search(r"邀请(?:了|到)?[^，。；]{0,30}$", text[sentence.start : o.start])
            lecture = re.match(
                r"[^，。]{0,10}(?:授课|讲解|进行|作|解读|主讲|讲授|开展|为[^，。]{0,12}(?:授课|讲|培训|上课|作))", after
            )
            if (invited and lecture) or re.match(
                r"(?:教授|老师|律师|讲师|博士)?(?:[^，。]{0,14})(?:授课|主讲|为[^，。]{0,10}作[^，。]{0,10}(?:讲座|培训|报告))",
                after,
            ):
                target, rule = _act_near(sentence, o.start, o) or scene.main, "lecture"
        if target is None and re.match(r"为[^，。]{0,20}(?:揭牌|授牌|颁奖|授旗|剪彩|鸣枪)", after):
            target, rule = _act_near(sentence, o.end, o), "ceremony"
        if target is not None:
            yield Claim(
                o.node,
                "participatesIn",
                target,
                sentence.start,
                sentence.end,
                f"participate-{rule}",
                _status(text, o.end, min(sentence.end, o.end + 30)) if rule == "attend" else "happened",
            )
    # bodies that take part: A、B参加
    for m in verbs:
        if m.group() not in ("参加", "参与", "参赛", "参加了", "亮相", "观摩", "应邀参加", "受邀参加", "出席"):
            continue
        group = [
            b
            for b in sentence.bodies
            if b.end <= m.start()
            and re.fullmatch(
                r"(?:等(?:\d+|[一二三四五六七八九十]+)?(?:家|个|支)?(?:单位|企业|公司|代表队)?)?(?:的?(?:负责人|代表|职工|员工|代表队|选手))?(?:共同|联合|也|积极)?",
                text[b.end : m.start()],
            )
        ]
        for b in group:
            for member in _group(sentence, b.end, sentence.start):
                if member.node.type in ("TradeUnion", "Enterprise") and member.named:
                    target = _act_near(sentence, m.end(), member)
                    if target is not None:
                        yield Claim(
                            member.node, "participatesIn", target, sentence.start, sentence.end, "participate-body"
                        )


def _in_speech(sentence: _Sentence, o: Occurrence) -> bool:
    quote = sentence.scene.reading.in_quote(o.start, o.end)
    return quote is not None and quote[1] - quote[0] > 20


def _runs_to(sentence: _Sentence, start: int, verb: int) -> bool:
    """Whether only a list of further people with their posts stands between a person and the verb."""
    between = sentence.text[start:verb]
    if re.search(r"[。；！？“]|说|表示|介绍|指出|强调|了解|向|对|感谢|鼓励|号召", between):
        return False
    if len(between) <= 8:
        return True
    others = [p for p in sentence.people if start <= p.start < verb]
    if not others:
        return bool(
            re.fullmatch(
                r"(?:等[^，。]{0,16}|一行[^，。]{0,8}|、?[^，。]{0,4}代表[^，。]{0,10}|等[^，。]{0,12}，?)?(?:分别|共同|到场|应邀|先后)?",
                between,
            )
        )
    # every clause but the last must name somebody
    clauses = re.split(r"，", between)
    position = start
    for clause in clauses[:-1]:
        if position != start and clause and not any(position <= p.start < position + len(clause) + 1 for p in others):
            return False
        position += len(clause) + 1
    tail = sentence.text[others[-1].end : verb]
    return len(tail) <= 30 and (tail.count("，") == 0 or re.match(r"等?[^，]{0,10}，[^，]{0,24}$", tail) is not None)


def _act_near(sentence: _Sentence, position: int, who: Occurrence) -> Node | None:
    """The activity a verb of attending speaks of: what follows in its clause, what stands before, the article's own."""
    after = [a for a in sentence.acts if a.start >= position and a.start - position <= 30]
    if after and not re.search(r"[，；]", sentence.text[position : after[0].start]):
        return _occasion(sentence, after[0].node)
    before = [a for a in sentence.acts if a.end <= who.start]
    if before:
        return _occasion(sentence, before[-1].node)
    return sentence.scene.main


def _occasion(sentence: _Sentence, node: Node) -> Node:
    return node


# ------------------------------------------------------------------------------------------------------ awards, gives


_HONOUR = re.compile(
    r"“([^“”]{2,30})”(?:[\u4e00-\u9fff]{0,10}?(?:奖|称号|荣誉|奖牌|奖章|牌匾|证书|奖项|示范单位|集体|个人))?|([\u4e00-\u9fffA-Za-z0-9]{0,14}(?:奖状|奖章|组织奖|一等奖|二等奖|三等奖|特等奖|优秀奖|金奖|银奖|铜奖|团体奖|冠军|亚军|季军|[前第][一二三四五六七八九十\d]+名|[二三、]+名|称号|先进集体|先进单位|先进个人|劳动模范|先进工作者|示范单位|工人先锋号|先锋号|优胜奖|标兵|能手|状元|奖))"
)


def awards(sentence: _Sentence) -> Iterator[Claim]:
    text, patterns = sentence.text, _patterns()
    winners = [
        o
        for o in sentence.found
        if o.node.type in ("TradeUnion", "Enterprise", "Person")
        and o.named
        and (o in sentence.bodies or o.node.type == "Person")
        and not (o.node.type == "Person" and sentence._byline(o))
    ]
    for m in patterns["award"].finditer(text, sentence.start, sentence.end):
        if text[m.start() - 1 : m.start()] in "被获":
            yield from _granted(sentence, m, winners)
            continue
        if text[m.end() : m.end() + 1] in "会大仪典" or (
            m.group().startswith("表彰") and re.match(r"会|大会|仪式|名单|奖励|先进", text[m.end() : m.end() + 3])
        ):
            continue
        clause = sentence.clause_start(m.start())
        prep = re.search(r"(?:为|向|给|对)", text[clause : m.start()])
        honour = _honour(text, m.end(), sentence.end)
        targets: list[Occurrence] = []
        if prep:
            at = clause + prep.start()
            givers = _subject(sentence, at)
            targets = [w for w in winners if at < w.start and w.end <= m.start() and w not in givers]
        else:
            givers = _subject(sentence, m.start())
        if not targets:
            targets = [
                w
                for w in winners
                if m.end() <= w.start <= m.end() + 60
                and not re.search(r"[。；]", text[m.end() : w.start])
                and (w.start - m.end() <= 2 or re.search(r"[、和]$|授予|给", text[max(m.end(), w.start - 3) : w.start]))
            ]
        if not givers and m.group().startswith(("颁", "授")):
            giver_person = next((p for p in reversed(sentence.people) if p.end <= m.start()), None)
            body = _body_of(sentence, giver_person) if giver_person else None
            if body is not None:
                for t in targets:
                    if t.node is not body:
                        yield Claim(
                            body,
                            "awards",
                            t.node,
                            sentence.start,
                            sentence.end,
                            "award-by-officer",
                            qualifiers=_q("honour", honour),
                        )
            continue
        for g in givers:
            if g.node.type not in ("TradeUnion", "Enterprise", "Organization"):
                continue
            for t in targets:
                if t.node is not g.node:
                    yield Claim(
                        g.node,
                        "awards",
                        t.node,
                        sentence.start,
                        sentence.end,
                        "award",
                        _status(text, g.end, m.start()),
                        _q("honour", honour),
                    )
    for m in patterns["win"].finditer(text, sentence.start, sentence.end):
        honour = _honour(text, m.end(), min(sentence.end, m.end() + 40))
        if not honour or m.group().startswith("当选"):
            continue
        if m.group().startswith(("被", "受")):
            yield from _granted(sentence, m, winners)
            continue
        group = [w for w in winners if w.end <= m.start() and _WINNER_TO_VERB.fullmatch(text, w.end, m.start())]
        if not group:
            continue
        members = [group[-1]]
        if group[-1].node.type != "Person":
            members = _group(sentence, group[-1].end, sentence.start) or members
        else:
            at = group[-1].start
            for p in reversed(sentence.people):
                if p.end <= at and re.fullmatch(r"[、和与](?:[\u4e00-\u9fff（）“”·A-Za-z\d]{0,30})", text[p.end : at]):
                    members.append(p)
                    at = p.start
        act = (
            next(
                (a.node for a in reversed(sentence.acts) if a.end <= members[0].start or a.start > members[0].end), None
            )
            or sentence.scene.main
        )
        for w in members:
            if act is None or act is w.node:
                continue
            if w.node.type != "Person" and _CONTEST.search(act.name):
                yield Claim(w.node, "participatesIn", act, sentence.start, sentence.end, "win-body")
            yield Claim(
                act,
                "awards",
                w.node,
                sentence.start,
                sentence.end,
                "win",
                _status(text, sentence.start, m.start()),
                _q("honour", honour),
                "contest",
            )


_WINNER_TO_VERB = re.compile(
    r"(?:的[^，。；]{2,40})?(?:等?\d*(?:家|个|名|人|支)?(?:单位|企业|公司|班组|集体|代表队|队伍|人)?)?(?:[一二三四]队|代表团|代表队|队|团队)?"
    r"(?:以[^，。]{2,16})?(?:分别|双双|也|均|共同|一举|成功|最终|联合|勇|并列|喜|又|再次|还)*(?:，)?"
)
_CONTEST = re.compile(r"[赛武]”?$|运动会|比赛|竞赛|大赛|健步走|活动”?$")


def _granted(sentence: _Sentence, m: re.Match[str], winners: list[Occurrence]) -> Iterator[Claim]:
    """A等10个单位、B、C等30人被授予H: who gave it is said (被X授予), or it is the occasion's own body."""
    text = sentence.text
    clause = sentence.clause_start(m.start())
    honour = _honour(text, m.end(), min(sentence.end, m.end() + 40))
    if not honour and m.group().endswith(("表扬", "表彰")):
        honour = m.group().removeprefix("受到").removeprefix("获").removeprefix("受")
    if not honour:
        return
    giver = next((b.node for b in sentence.bodies if b.end <= m.start() and text[b.start - 1 : b.start] == "被"), None)
    source = giver or next((a.node for a in reversed(sentence.acts) if a.end <= m.start()), None) or sentence.scene.main
    if source is None:
        return
    for w in winners:
        if (
            clause <= w.start
            and w.end <= m.start()
            and w.node is not source
            and not any(b.start <= w.start and w.end < b.end for b in winners if b is not w)
        ):
            after = text[w.end : w.end + 1]
            if after in "、和等被及与" or w.end == m.start() - 1:
                yield Claim(
                    source, "awards", w.node, sentence.start, sentence.end, "granted", qualifiers=_q("honour", honour)
                )


def _honour(text: str, start: int, end: int) -> str:
    match = _HONOUR.search(text, start, min(end, start + 60))
    if match is None:
        return ""
    return match.group(1) or match.group(2)


def _q(name: str, value: str) -> tuple[tuple[str, str], ...]:
    return ((name, value),) if value else ()


def _body_of(sentence: _Sentence, person: Occurrence | None) -> Node | None:
    if person is None:
        return None
    for holder, post, body in sentence.scene.posts:
        if holder is person.node and body is not None and body.type == "TradeUnion":
            del post
            return body
    return None


def provides(sentence: _Sentence) -> Iterator[Claim]:
    text = sentence.text
    products = [o for o in sentence.found if o.node.type == "Product"]
    for product in products:
        left = text[sentence.start : product.start]
        verb = None
        for m in _patterns()["give"].finditer(left):
            if re.fullmatch(r"(?:了|的|出)?(?:[^，。；“”]{0,14})?", left[m.end() :]):
                verb = m
        if verb is not None:
            at = sentence.start + verb.start()
            group = _subject(sentence, at)
            for o in group:
                if not (o.node.type == "TradeUnion" or o.node.type in ("Enterprise", "Organization")):
                    continue
                yield Claim(
                    o.node, "provides", product.node, sentence.start, sentence.end, "provide", _status(text, o.end, at)
                )
            continue
        for o in sentence.bodies:
            if (
                o.node.type in ("TradeUnion", "Enterprise")
                and o.end <= product.start
                and text[o.end : product.start] in ("", "的", "研发的", "开发的", "自主研发的", "推出的")
            ):
                yield Claim(o.node, "provides", product.node, sentence.start, sentence.end, "provide-of")
        handed = re.search(r"(?:将|把)[^，。；]{0,40}$", text[sentence.start : product.start])
        if handed and re.match(
            r"(?:等[^，。]{0,8})?(?:送到|送给|发放|交到|送至|分发|赠送|赠予|发给)", text[product.end : product.end + 14]
        ):
            at = sentence.start + handed.start()
            group = _subject(sentence, at)
            for o in group:
                yield Claim(
                    o.node,
                    "provides",
                    product.node,
                    sentence.start,
                    sentence.end,
                    "provide-handed",
                    _status(text, sentence.start, at),
                )
            if not group:
                giver = next((p for p in reversed(sentence.people) if p.end <= at), None)
                body = _body_of(sentence, giver)
                if body is not None:
                    yield Claim(body, "provides", product.node, sentence.start, sentence.end, "provide-officer")
        by = re.compile(r"(?:，|是|系|为)?(?:由)").match(text, product.end)
        if by:
            for o in sentence.bodies:
                if by.end() <= o.start <= by.end() + 2 and re.match(
                    r"[^，。]{0,12}(?:研发|开发|推出|打造|建设|设计|搭建|运营)", text[o.end :]
                ):
                    for member in _group(sentence, o.end, by.end()) or [o]:
                        yield Claim(member.node, "provides", product.node, sentence.start, sentence.end, "provide-by")
            for o in sentence.bodies:
                if o.start > by.end() + 2 and re.match(
                    r"(?:负责|承担)[^，。]{0,6}(?:开发|研发|建设|运维|运营|技术)", text[o.end : o.end + 14]
                ):
                    yield Claim(o.node, "provides", product.node, sentence.start, sentence.end, "provide-by")


_HELP = re.compile(
    r"对口帮扶|对口支援|对口协作|结对帮扶|结对共建|定点帮扶|东西部协作|东西部扶贫协作|扶贫协作|消费帮扶|帮扶协作|对口|扶贫|帮扶|支援|援建|结对|援助|协作"
)


_PAIRED = re.compile(r"结(?:成|为|下)?(?:了)?对子|结对|结为|(?:协作|帮扶|共建|合作)(?:框架)?协议")
_GAVE = re.compile(r"(?:捐赠|赠送|提供|拨付|援助|支援|划拨)(?:了)?[^，。]{0,12}(?:资金|物资|款|元|设备|农资)")


def paired(sentence: _Sentence) -> Iterator[Claim]:
    """A总工会与B总工会结成对子; A总工会向B总工会捐赠帮扶资金: one union helps the other."""
    text = sentence.text
    unions = [o for o in sentence.bodies if o.node.type == "TradeUnion" and o.named]
    pairing = _PAIRED.search(text, sentence.start, sentence.end)
    for one, two in zip(unions, unions[1:], strict=False):
        if one.node is two.node:
            continue
        gap = text[one.end : two.start]
        if pairing and pairing.start() >= two.end and gap in ("与", "和", "同"):
            status = _status(text, sentence.start, pairing.start())
            yield Claim(one.node, "supports", two.node, sentence.start, sentence.end, "support-paired", status)
        elif gap == "向" and _GAVE.match(text, two.end):
            yield Claim(one.node, "supports", two.node, sentence.start, sentence.end, "support-gave")


def supports(sentence: _Sentence) -> Iterator[Claim]:
    text = sentence.text
    if not _HELP.search(text, sentence.start, sentence.end):
        return
    if not re.search(r"对口|扶贫|协作|结对|支援|定点帮扶|援建|援助", text[sentence.start : sentence.end]):
        return
    helpers = [o for o in sentence.bodies if o.node.type == "TradeUnion"]
    places = [
        o
        for o in sentence.found
        if o.node.type == "District"
        and not any(b.start <= o.start and o.end <= b.end for b in (*sentence.bodies, *sentence.acts))
    ]
    subject: Node | None = helpers[0].node if helpers else None
    if subject is None:
        district = next((p for p in places if _HELP.match(text, p.end)), None)
        if district is not None:
            subject = district.node
            places = [p for p in places if p.node is not district.node and p.start > district.end]
    for p in places:
        if any(q.start == p.end for q in places):
            continue  # the place in front of a place: 内蒙古自治区|苏尼特右旗
        after = text[p.end : p.end + 14]
        before = text[max(sentence.start, p.start - 24) : p.start]
        if (
            re.match(r"(?:、[\u4e00-\u9fff]{2,6}){0,3}(?:等地|等)?的?(?:扶贫|帮扶|脱贫)", after)
            or re.search(
                r"(?:对口帮扶|对口支援|对口协作|结对帮扶|定点帮扶|帮扶|支援|援助|援建|结对|协作)(?:了|的|区域|地区|县|对象|单位)*(?:[\u4e00-\u9fff]{2,10}(?:自治区|省|市|区|县|旗)、?)*$",
                before,
            )
            or re.search(r"(?:为|向|采购(?:了)?|与)(?:[\u4e00-\u9fff]{2,8}[区县市、])*$", before)
        ):
            if subject is not None and subject is not p.node:
                yield Claim(subject, "supports", p.node, sentence.start, sentence.end, "support")


def subordinate(sentence: _Sentence) -> Iterator[Claim]:
    text = sentence.text
    uppers: list[Occurrence] = []
    for o in sentence.bodies:
        if o.node.type != "TradeUnion":
            continue
        rest = text[o.end : o.end + 40]
        before = text[max(sentence.start, o.start - 40) : o.start]
        if re.match(
            r"(?:(?:、|和|与|及|以及)[^，。；]{2,24})*的?(?:共同|大力|有力|精心|直接|关心)*(?:指导|推动|领导|支持|帮助|关心|关怀|督导)(?:和[^，。]{1,6})?下",
            rest,
        ) and re.search(r"在[^，。]*$", before):
            uppers.append(o)
        elif re.search(r"(?:经|报经|获|报请|由)(?:[^，。；]{2,20}、)?$", before) and re.match(
            r"(?:的)?(?:正式)?(?:批准|批复|同意|审批|研究同意)", rest
        ):
            uppers.append(o)
    if not uppers:
        for m in re.finditer(r"隶属于?|直属于?|上级工会(?:是|为)", text[sentence.start : sentence.end]):
            at = sentence.start + m.start()
            low = [o for o in sentence.bodies if o.end <= at and o.node.type == "TradeUnion"]
            up = [o for o in sentence.bodies if o.start >= at and o.node.type == "TradeUnion"]
            if low and up:
                yield Claim(
                    low[-1].node, "subordinateTo", up[0].node, sentence.start, sentence.end, "subordinate-stated"
                )
        return
    if not re.search(r"成立|组建|筹建|揭牌|建立|召开|选举|建会|挂牌", text[sentence.start : sentence.end]):
        return
    for low in sentence.bodies:
        if low.node.type != "TradeUnion" or low in uppers or any(low.node is u.node for u in uppers):
            continue
        if any(low.end <= u.start and text[low.end : u.start] in ("、", "和") for u in uppers):
            continue
        new = re.search(r"成立|组建|筹建|揭牌|召开|选举|挂牌", text[low.end : sentence.end]) or re.search(
            r"(?:成立|组建|筹建|建立)(?:了)?$", text[max(sentence.start, low.start - 6) : low.start]
        )
        if new:
            for u in uppers:
                yield Claim(low.node, "subordinateTo", u.node, sentence.start, sentence.end, "founded-under")


def quoted(sentence: _Sentence) -> Iterator[Claim]:
    """Who said what: the speech next to a verb of speaking, and the second part of an interrupted one."""
    text, scene = sentence.text, sentence.scene
    speeches = [
        (a, b)
        for a, b in scene.reading.quotes
        if sentence.start <= a
        and b <= sentence.end
        and text[a - 1] == "“"
        and (b - a >= 14 or re.search(r"[。！？，]$", text[a:b]))
    ]
    said: dict[str, list[Node]] = {}
    for person in sentence.people:
        if scene.reading.in_quote(person.start, person.end):
            continue
        verb = re.compile(r"[^。“”]{0,24}?(?:" + _patterns()["say"].pattern + r")").match(text, person.end)
        near = [q for q in speeches if 0 <= person.start - q[1] <= 40 or 0 <= q[0] - person.end <= 40]
        if verb is None:
            continue
        for a, b in near:
            said.setdefault(text[a:b], []).append(person.node)
    for words, nodes in said.items():
        yield Claim(nodes[0], "quotedIn", None, sentence.start, sentence.end, "speech", qualifiers=(("quote", words),))
        del nodes


def measures(sentence: _Sentence) -> Iterator[Claim]:
    """Dates and counts of an activity in its sentence."""
    text, scene = sentence.text, sentence.scene
    if not sentence.acts:
        return
    act = next((a for a in sentence.acts if a.named), sentence.acts[0])
    for when in scene.dates:
        if sentence.start <= when.span[0] and when.span[1] <= sentence.end and when.span[0] < act.start + 60:
            words = text[when.span[0] : when.span[1]]
            pairs = [("precision", when.precision), ("vague", "true" if when.vague else "false")]
            pairs += [("start", when.start)] if when.start else []
            pairs += [("end", when.end)] if when.end else []
            yield Claim(
                act.node,
                "date",
                words,
                sentence.start,
                sentence.end,
                "date-of-activity",
                _status(text, sentence.start, sentence.end),
                tuple(sorted(pairs)),
            )
            break
    take = re.search(r"参加|参与|参赛|出席|到场|参训", text[sentence.start : sentence.end])
    if take:
        for count in things.counts(text, sentence.start, sentence.end):
            if count.unit in ("名", "人", "人次", "位"):
                pairs = [("approximate", "true" if count.approximate else "false"), ("unit", count.unit)]
                pairs += [("min", str(count.low))] if count.low is not None else []
                pairs += [("max", str(count.high))] if count.high is not None else []
                yield Claim(
                    act.node,
                    "count",
                    text[count.span[0] : count.span[1]],
                    sentence.start,
                    sentence.end,
                    "count-of-activity",
                    qualifiers=tuple(sorted(pairs)),
                )
                break


# ----------------------------------------------------------------------------------------------------- article rules


def names(scene: Scene) -> Iterator[Claim]:
    """What names say by themselves: whose union it is, a place in front of a place, edition and series."""
    for node in scene.nodes:
        if not node.spans:
            continue
        start, end = node.first()
        if node.type == "TradeUnion" and node.host is not None and node.host is not node:
            if node.host.type in ("District", "Enterprise", "Organization", "Venue"):
                yield Claim(node, "unionOf", node.host, start, end, "union-name")
        if node.type == "Activity":
            parts = naming(max(node.names, key=lambda n: (len(n), n)))
            if parts.edition:
                yield Claim(node, "edition", parts.edition, start, end, "activity-name")
            if parts.theme:
                yield Claim(node, "series", parts.theme, start, end, "activity-name")
    seen: set[tuple[int, int]] = set()
    for inner, outer, start, end in scene.chains:
        if (id(inner), id(outer)) in seen or inner is outer:
            continue
        seen.add((id(inner), id(outer)))
        yield Claim(inner, "locatedIn", outer, start, end, "name-chain")


_RANKED = re.compile(r"(?:调研员|巡视员|主任科员|副主席|主席|党组成员|经审委主任|女工委主任|部长|副部长|委员)$")


def roles(scene: Scene) -> Iterator[Claim]:
    text = scene.reading.text
    last: dict[int, Node] = {}  # end of a person -> the union his or her post is in
    for person, post, body in sorted(scene.posts, key=lambda item: item[1].person):
        if body is None and text[post.start - 1 : post.start] in "、和" and _RANKED.search(post.title):
            body = last.get(post.start - 1)  # A总工会副主席X、二级调研员Y
        if body is not None and body.type in ("TradeUnion", "Enterprise"):
            last[post.person[1]] = body
        if body is not None and body.type in ("TradeUnion", "Enterprise", "Organization", "Venue", "District"):
            start, end = scene.reading.sentence_of(post.person[0])
            yield Claim(
                person,
                "hasRole",
                body,
                start,
                max(end, post.person[1]),
                "post-before-name",
                qualifiers=(("title", post.title),),
            )


_IS = re.compile(r"(?:，)?(?:现)?(?:是|系|为|任|担任)(?:了)?")


def described(scene: Scene) -> Iterator[Claim]:
    """罗某，是X公司的钳工: the post said of a person."""
    text = scene.reading.text
    title = _said_title()
    for o in scene.occurrences:
        link = _IS.match(text, o.end) if o.node.type == "Person" and o.named else None
        if link is None:
            continue
        for body in scene.occurrences:
            if body.node.type in ("TradeUnion", "Enterprise") and body.start == link.end() and body.named:
                found = title.match(text, body.end)
                if found:
                    start, end = scene.reading.sentence_of(o.start)
                    title_of = (("title", found.group(1)),)
                    yield Claim(o.node, "hasRole", body.node, start, end, "post-said", qualifiers=title_of)


@cache
def _said_title() -> re.Pattern[str]:
    titles = sorted(lexicon.titles("post") | lexicon.titles("weak"), key=lambda w: (-len(w), w))
    return re.compile(r"(?:的)?([\u4e00-\u9fff]{0,6}?(?:" + "|".join(titles) + r"))(?=[，。、；]|兼)")


def reported(scene: Scene) -> Iterator[Claim]:
    for person, credit in scene.credits:
        start, end = scene.reading.sentence_of(credit.start)
        yield Claim(
            None,
            "reportedBy",
            person,
            min(start, credit.start),
            max(credit.end, min(end, credit.end)),
            "byline",
            qualifiers=(("role", credit.role),),
        )


_ONLY_SPEAKS = re.compile(r"[^，。“]{0,6}?(?:介绍|表示|说|告诉记者|称|透露|坦言)")
_EVENT_CUE = re.compile(r"现场|仪式|会上|活动中|当天|致辞|讲话|出席|参加|活动结束|动员|座谈|颁奖|比赛|赛后|会后|培训")


def _subject_of_report(scene: Scene, main: Node) -> bool:
    """Whether the report is about the activity: it stands in the headline or early in the body."""
    body = scene.reading.body
    lead = [start for start, end in scene.reading.sentences if start >= body][:3]
    limit = max((scene.reading.sentence_of(start)[1] for start in lead), default=body)
    return any(start < limit for start, _, _ in main.spans)


def present(scene: Scene) -> Iterator[Claim]:
    """Who acts or speaks in the report of an activity was there: the article's own activity, where it has one."""
    main = scene.main
    if main is None or not main.spans:
        return
    told = {id(p) for p, c in scene.credits}
    text = scene.reading.text
    if not _subject_of_report(scene, main):
        return
    posts = lexicon.titles("post")
    officers = {
        id(person)
        for person, post, body in scene.posts
        if body is not None and any(post.title.endswith(t) for t in posts)
    }
    for node in scene.nodes:
        if node.type != "Person" or id(node) in told:
            continue
        for o in sorted((o for o in scene.occurrences if o.node is node), key=lambda o: o.start):
            start, end = scene.reading.sentence_of(o.start)
            if start == end or o.start < scene.reading.body:
                continue
            quote = scene.reading.in_quote(o.start, o.end)
            if quote is not None and quote[1] - quote[0] > 20:
                continue
            if id(node) in officers and _ONLY_SPEAKS.match(text, o.end) and not _EVENT_CUE.search(text, start, end):
                continue  # a spokesperson of the body that reports, not somebody who was there
            part = text[o.start : end]
            if _PLANNED.search(part[:12]):
                continue
            yield Claim(node, "participatesIn", main, start, end, "present-at-event")
            break


_ELECTED = re.compile(r"(?:当选|被选举|被推选|被推举|被聘)(?:为|了)?")


def elected(scene: Scene) -> Iterator[Claim]:
    """A当选主席，B、C当选副主席: posts in the body that elects; 推举A为秘书长."""
    text = scene.reading.text
    titles = sorted(lexicon.titles("post"), key=lambda w: (-len(w), w))
    title = re.compile(
        r"(?:党组|党委|第[一二三四五六七八九十\d]+届)?(?:[\u4e00-\u9fff]{0,10}?委员会)?(?:" + "|".join(titles) + ")"
    )
    people = sorted((o for o in scene.occurrences if o.node.type == "Person"), key=lambda o: o.start)
    unions = [o for o in scene.occurrences if o.node.type == "TradeUnion"]
    spans: list[tuple[list[Occurrence], int, int]] = []
    for match in _ELECTED.finditer(text):
        group: list[Occurrence] = []
        at = match.start()
        for p in reversed(people):
            if p.end <= at and re.fullmatch(r"[、和与及]?(?:分别)?", text[p.end : at]):
                group.append(p)
                at = p.start
            elif group and p.end <= at:
                break
        if group:
            spans.append((group, match.end(), match.start()))
    for match in re.finditer(r"(?:推举|推选|选举|聘任|任命|选举产生|聘请)", text):
        p = next((p for p in people if match.end() <= p.start <= match.end() + 24), None)
        if p is not None and "，" not in text[match.end() : p.start]:
            as_of = re.compile(r"(?:同志)?(?:为|担任|任)").match(text, p.end)
            if as_of:
                spans.append(([p], as_of.end(), match.start()))
    for group, at, verb in spans:
        start, end = scene.reading.sentence_of(verb)
        body = next((u.node for u in unions if at <= u.start <= at + 3), None)
        position = at
        if body is not None:
            position = next(u.end for u in unions if at <= u.start <= at + 3)
        found = title.match(text, position) or re.compile(r"[\u4e00-\u9fff]{0,14}?(?:" + "|".join(titles) + ")").match(
            text, position
        )
        if found is None or "，" in found.group():
            continue
        if body is None:
            body = _electing(scene, unions, verb, group)
        if body is None:
            continue
        words = re.sub(
            r"^(?:委员会|工会|联合会|集团工会|公司工会|大会|第[一二三四五六七八九十\d]+届)+", "", found.group()
        )
        for p in group:
            yield Claim(
                p.node, "hasRole", body, start, end, "elected", qualifiers=(("title", words),), why="coreference"
            )


def _electing(scene: Scene, unions: list[Occurrence], verb: int, group: list[Occurrence]) -> Node | None:
    """The union whose congress elects: one that is founded or holds a congress here, else the one named most."""
    own = {id(body) for person, _, body in scene.posts if any(person is p.node for p in group) and body is not None}
    text = scene.reading.text
    founded = [
        u
        for u in unions
        if u.named
        and re.match(
            r"[^，。]{0,14}(?:成立|代表大会|揭牌|换届|第[一二三四五六七八九十\d]+届)", text[u.end : u.end + 18]
        )
    ]
    for pool in (founded, [u for u in unions if u.end <= verb]):
        others = [u for u in pool if id(u.node) not in own]
        pool = others or (pool if pool is founded else [])
        if pool:
            counts: dict[int, int] = {}
            for u in pool:
                counts[id(u.node)] = counts.get(id(u.node), 0) + 1
            return max(pool, key=lambda u: counts[id(u.node)]).node
    return None


SENTENCE_RULES: tuple[Callable[[_Sentence], Iterator[Claim]], ...] = (
    organizes,
    held,
    visited,
    participates,
    awards,
    provides,
    supports,
    paired,
    subordinate,
    quoted,
    measures,
)
ARTICLE_RULES: tuple[Callable[[Scene], Iterator[Claim]], ...] = (names, roles, described, elected, reported, present)
RULES: tuple[str, ...] = ()
