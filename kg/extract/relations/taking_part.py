"""Who takes part in an activity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import lexicon
from kg.extract.relations.claim import (
    PLANNED,
    Claim,
    Sentence,
    group_ending,
    in_speech,
    patterns,
    status_of,
)
from kg.extract.scene import Node, Occurrence, Scene

__all__ = ["participates", "present"]

# what people do who are there: each is read right behind a person's name
_SPEAKS_AT = re.compile(
    r"(?:在[^，。]{0,16}(?:活动|仪式|大会|会议|会|现场|开幕式|会场|分会场|主会场)[^，。]{0,8}?"
    r"(?:致辞|讲话|发言|宣读|表示|说|宣布|主持|授课|分享)|作[^，。]{0,8}(?:讲话|动员|报告|发言)|"
    r"宣布[^，。]{0,10}(?:开幕|启动|开班|开始)|主持(?:仪式|活动|会议|大会|开班))|"
    r"(?:等)?(?:分别)?在(?:[^，。]{0,8})(?:发言|致辞)"
)
_WINS = re.compile(
    r"(?:和[\u4e00-\u9fff]{2,3}|、[\u4e00-\u9fff]{2,3})*(?:获|荣获|获得|夺得|摘得|斩获|勇夺|分获|分别获)"
)
_INVITED = re.compile(r"邀请(?:了|到)?[^，。；]{0,30}$")
_TEACHES = re.compile(r"[^，。]{0,10}(?:授课|讲解|进行|作|解读|主讲|讲授|开展|为[^，。]{0,12}(?:授课|讲|培训|上课|作))")
_LECTURES = re.compile(
    r"(?:教授|老师|律师|讲师|博士)?(?:[^，。]{0,14})(?:授课|主讲|为[^，。]{0,10}作[^，。]{0,10}(?:讲座|培训|报告))"
)
_CEREMONY = re.compile(r"为[^，。]{0,20}(?:揭牌|授牌|颁奖|授旗|剪彩|鸣枪)")
# verbs that bodies take part by, and what may stand between them and the verb
_BODY_VERBS = frozenset(("参加", "参与", "参赛", "参加了", "亮相", "观摩", "应邀参加", "受邀参加", "出席"))
_BODY_TO_VERB = re.compile(
    r"(?:等(?:\d+|[一二三四五六七八九十]+)?(?:家|个|支)?(?:单位|企业|公司|代表队)?)?"
    r"(?:的?(?:负责人|代表|职工|员工|代表队|选手))?(?:共同|联合|也|积极)?"
)
_SPOKE = re.compile(
    r"(?:等(?:\d+|[一二三四五六七八九十]+)?(?:家|个)?(?:单位|企业|工会)?)?(?:分别|先后|依次|还)?(?:在会上|现场)?"
    r"[作做](?:了)?[^，。]{0,8}?(?:发言|交流|汇报|介绍)"
)
_OTHER_CLAUSE = re.compile(r"[。；！？“]|说|表示|介绍|指出|强调|了解|向|对|感谢|鼓励|号召")
_PEOPLE_TO_VERB = re.compile(
    r"(?:等[^，。]{0,16}|一行[^，。]{0,8}|、?[^，。]{0,4}代表[^，。]{0,10}|等[^，。]{0,12}，?)?"
    r"(?:分别|共同|到场|应邀|先后)?"
)
_LAST_CLAUSE = re.compile(r"等?[^，]{0,10}，[^，]{0,24}$")


def participates(sentence: Sentence) -> Iterator[Claim]:
    """Yield the people and bodies of the sentence that take part in an activity of it, or of the article."""
    text = sentence.text
    verbs = list(patterns()["attend"].finditer(text, sentence.start, sentence.end))
    for o in sentence.people:
        if in_speech(sentence.scene, o):
            continue
        target, rule = _part_of(sentence, o, verbs)
        if target is not None:
            attends = rule == "attend"
            status = status_of(text, o.end, min(sentence.end, o.end + 30)) if attends else "happened"
            yield sentence.claim(o.node, "participatesIn", target, f"participate-{rule}", status)
    for m in _SPOKE.finditer(text, sentence.start, sentence.end):
        last = next((b for b in sentence.bodies if b.end == m.start()), None)
        for member in group_ending(sentence, last.end, sentence.start) if last and sentence.scene.main else ():
            if member.node.type in ("TradeUnion", "Enterprise") and member.named:
                yield sentence.claim(member.node, "participatesIn", sentence.scene.main, "participate-spoke")
    # bodies that take part: A、B参加
    for m in verbs:
        if m.group() not in _BODY_VERBS:
            continue
        for b in sentence.bodies:
            if b.end > m.start() or not _BODY_TO_VERB.fullmatch(text, b.end, m.start()):
                continue
            for member in group_ending(sentence, b.end, sentence.start):
                if member.node.type in ("TradeUnion", "Enterprise") and member.named:
                    target = _act_near(sentence, m.end(), member)
                    if target is not None:
                        yield sentence.claim(member.node, "participatesIn", target, "participate-body")


def _part_of(sentence: Sentence, o: Occurrence, verbs: list[re.Match[str]]) -> tuple[Node | None, str]:
    """What the person takes part in, and by which rule; a rule that finds no activity leaves it to the next."""
    scene, after = sentence.scene, sentence.text[o.end : sentence.end]
    target: Node | None = None
    verb = next((m for m in verbs if m.start() >= o.end), None)
    if verb is not None and _runs_to(sentence, o.end, verb.start()):
        target = _act_near(sentence, verb.end(), o)
        if target is not None:
            return target, "attend"
    if _SPEAKS_AT.match(after):
        target = _act_near(sentence, o.end, o)
        if target is not None:
            return target, "speak-at"
    if _WINS.match(after) and scene.main is not None:
        return scene.main, "win"
    invited = _INVITED.search(sentence.text[sentence.start : o.start])
    if (invited and _TEACHES.match(after)) or _LECTURES.match(after):
        target = _act_near(sentence, o.start, o) or scene.main
        if target is not None:
            return target, "lecture"
    if _CEREMONY.match(after):
        return _act_near(sentence, o.end, o), "ceremony"
    return None, ""


def _runs_to(sentence: Sentence, start: int, verb: int) -> bool:
    """Whether only a list of further people with their posts stands between a person and the verb."""
    between = sentence.text[start:verb]
    if _OTHER_CLAUSE.search(between):
        return False
    if len(between) <= 8:
        return True
    others = [p for p in sentence.people if start <= p.start < verb]
    if not others:
        return _PEOPLE_TO_VERB.fullmatch(between) is not None
    # every clause but the last must name somebody
    position = start
    for clause in between.split("，")[:-1]:
        if position != start and clause and not any(position <= p.start < position + len(clause) + 1 for p in others):
            return False
        position += len(clause) + 1
    tail = sentence.text[others[-1].end : verb]
    return len(tail) <= 30 and (tail.count("，") == 0 or _LAST_CLAUSE.match(tail) is not None)


def _act_near(sentence: Sentence, position: int, who: Occurrence) -> Node | None:
    """The activity a verb of attending speaks of: what follows in its clause, what stands before, the article's own."""
    after = next((a for a in sentence.acts if position <= a.start <= position + 30), None)
    if after is not None and not re.search(r"[，；]", sentence.text[position : after.start]):
        return after.node
    before = next((a for a in reversed(sentence.acts) if a.end <= who.start), None)
    return before.node if before is not None else sentence.scene.main


# ------------------------------------------------------------------------------------------------- the whole article

_ONLY_SPEAKS = re.compile(r"[^，。“]{0,6}?(?:介绍|表示|说|告诉记者|称|透露|坦言)")
_EVENT_CUE = re.compile(r"现场|仪式|会上|活动中|当天|致辞|讲话|出席|参加|活动结束|动员|座谈|颁奖|比赛|赛后|会后|培训")


def present(scene: Scene) -> Iterator[Claim]:
    """Who acts or speaks in the report of an activity was there: the article's own activity, where it has one."""
    main, text = scene.main, scene.reading.text
    if main is None or not main.spans or not _subject_of_report(scene, main):
        return
    told = {id(person) for person, _ in scene.credits}
    officers = {
        id(person) for person, post, body in scene.posts if body is not None and lexicon.ends_with_post(post.title)
    }
    seen: dict[int, list[Occurrence]] = {}
    for o in scene.occurrences:
        seen.setdefault(id(o.node), []).append(o)
    for node in scene.nodes:
        if node.type != "Person" or id(node) in told:
            continue
        for o in seen.get(id(node), ()):
            start, end = scene.reading.sentence_of(o.start)
            if start == end or o.start < scene.reading.body or in_speech(scene, o):
                continue
            if id(node) in officers and _ONLY_SPEAKS.match(text, o.end) and not _EVENT_CUE.search(text, start, end):
                continue  # a spokesperson of the body that reports, not somebody who was there
            if PLANNED.search(text[o.start : min(end, o.start + 12)]):
                continue
            yield Claim(node, "participatesIn", main, start, end, "present-at-event")
            break


def _subject_of_report(scene: Scene, main: Node) -> bool:
    """Whether the report is about the activity: it stands in the headline or early in the body."""
    body = scene.reading.body
    lead = [end for start, end in scene.reading.sentences if start >= body][:3]
    limit = max(lead, default=body)
    return any(start < limit for start, _, _ in main.spans)
