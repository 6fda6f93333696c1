"""Honours: who gives one to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.relations.claim import (
    COREFERENCE,
    Claim,
    Sentence,
    group_ending,
    patterns,
    qualified,
    status_of,
    subjects,
    union_of_officer,
)
from kg.extract.scene import Occurrence
from kg.extract.spans import BODIES

__all__ = ["awards", "pronouns"]

_HONOUR = re.compile(
    r"“([^“”]{2,30})”(?:[\u4e00-\u9fff]{0,10}?(?:奖|称号|荣誉|奖牌|奖章|牌匾|证书|奖项|示范单位|集体|个人))?|"
    r"([\u4e00-\u9fffA-Za-z0-9]{0,14}(?:奖状|奖章|组织奖|一等奖|二等奖|三等奖|特等奖|优秀奖|金奖|银奖|铜奖|团体奖|"
    r"冠军|亚军|季军|[前第][一二三四五六七八九十\d]+名|[二三、]+名|称号|先进集体|先进单位|先进个人|劳动模范|先进工作者|"
    r"示范单位|工人先锋号|先锋号|优胜奖|标兵|能手|状元|奖))"
)
_NO_AWARD = re.compile(r"会|大会|仪式|名单|奖励|先进")  # 表彰大会: an occasion, not the deed
_TO = re.compile(r"(?:为|向|给|对)")
_LISTED = re.compile(r"[、和]$|授予|给")
_WINNER_TO_VERB = re.compile(
    r"(?:的[^，。；]{2,40})?(?:等?\d*(?:家|个|名|人|支)?(?:单位|企业|公司|班组|集体|代表队|队伍|人)?)?"
    r"(?:[一二三四]队|代表团|代表队|队|团队)?"
    r"(?:以[^，。]{2,16})?(?:分别|双双|也|均|共同|一举|成功|最终|联合|勇|并列|喜|又|再次|还)*(?:，)?"
)
_NEXT_WINNER = re.compile(r"[、和与](?:[\u4e00-\u9fff（）“”·A-Za-z\d]{0,30})")
_CONTEST = re.compile(r"[赛武]”?$|运动会|比赛|竞赛|大赛|健步走|活动”?$")


def awards(sentence: Sentence) -> Iterator[Claim]:
    """Yield who gives an honour to whom: bodies by verbs of awarding, activities by what is won in them."""
    text, winners = sentence.text, _winners(sentence)
    for verb in patterns()["award"].finditer(text, sentence.start, sentence.end):
        passive = any(b.end == verb.start() and text[b.start - 1 : b.start] == "被" for b in sentence.bodies)
        if passive or text[verb.start() - 1 : verb.start()] in ("被", "获"):
            yield from _granted(sentence, verb, winners)
        else:
            yield from _given(sentence, verb, winners)
    for verb in patterns()["win"].finditer(text, sentence.start, sentence.end):
        honour = _honour(text, verb.end(), min(sentence.end, verb.end() + 40))
        if not honour or verb.group().startswith("当选"):
            continue
        if verb.group().startswith(("被", "受")):
            yield from _granted(sentence, verb, winners)
        else:
            yield from _won(sentence, verb, honour, winners)


def _winners(sentence: Sentence) -> list[Occurrence]:
    """Who of the sentence an honour may go to: unions, firms and people, in their order."""
    bodies = {id(o) for o in sentence.bodies if o.node.type in ("TradeUnion", "Enterprise")}
    people = {id(o) for o in sentence.people}
    return [o for o in sentence.found if o.named and (id(o) in bodies or id(o) in people)]


def _given(sentence: Sentence, verb: re.Match[str], winners: list[Occurrence]) -> Iterator[Claim]:
    """A授予B称号, A为B颁奖; where a person does it, it is the union he or she holds a post in."""
    text, word = sentence.text, verb.group()
    occasion = word.startswith("表彰") and _NO_AWARD.match(text[verb.end() : verb.end() + 3])
    if text[verb.end() : verb.end() + 1] in "会大仪典" or occasion:
        return
    honour = qualified("honour", _honour(text, verb.end(), sentence.end))
    to = _TO.search(text, sentence.clause_start(verb.start()), verb.start())
    givers = subjects(sentence, to.start() if to else verb.start())
    targets: list[Occurrence] = []
    if to:
        targets = [w for w in winners if to.start() < w.start and w.end <= verb.start() and w not in givers]
    if not targets:
        targets = [
            w
            for w in winners
            if verb.end() <= w.start <= verb.end() + 60
            and not re.search(r"[。；]", text[verb.end() : w.start])
            and (w.start - verb.end() <= 2 or _LISTED.search(text[max(verb.end(), w.start - 3) : w.start]))
        ]
    if not givers and word.startswith(("颁", "授")):
        officer = next((p for p in reversed(sentence.people) if p.end <= verb.start()), None)
        body = union_of_officer(sentence, officer)
        for target in targets if body is not None else ():
            if target.node is not body:
                yield sentence.claim(body, "awards", target.node, "award-by-officer", qualifiers=honour)
        return
    for giver in givers:
        status = status_of(text, giver.end, verb.start())
        for target in targets if giver.node.type in BODIES else ():
            if target.node is not giver.node:
                yield sentence.claim(giver.node, "awards", target.node, "award", status, honour)


def _won(sentence: Sentence, verb: re.Match[str], honour: str, winners: list[Occurrence]) -> Iterator[Claim]:
    """A、B获得一等奖: the activity gives it, and bodies that win in a contest took part."""
    text = sentence.text
    last = next(
        (
            w
            for w in reversed(winners)
            if w.end <= verb.start() and _WINNER_TO_VERB.fullmatch(text, w.end, verb.start())
        ),
        None,
    )
    if last is None:
        return
    members = [last]
    if last.node.type == "Person":
        at = last.start
        for person in reversed(sentence.people):
            if person.end <= at and _NEXT_WINNER.fullmatch(text, person.end, at):
                members.append(person)
                at = person.start
    else:
        members = group_ending(sentence, last.end, sentence.start) or members
    low, high = members[0].start, members[0].end
    act = next((a.node for a in reversed(sentence.acts) if a.end <= low or a.start > high), sentence.scene.main)
    status = status_of(text, sentence.start, verb.start())
    for winner in members:
        if act is None or act is winner.node:
            continue
        if winner.node.type != "Person" and _CONTEST.search(act.name):
            yield sentence.claim(winner.node, "participatesIn", act, "win-body")
        yield sentence.claim(act, "awards", winner.node, "win", status, qualified("honour", honour), "contest")


_TO_HIM = re.compile(r"(授予|评)(?:他|她)|(?:他|她)?(?:又|还|先后)?被")
_TAKEN = re.compile(r"授予|评为|命名为|表彰为")


def pronouns(sentence: Sentence) -> Iterator[Claim]:
    """授予他“金牌师傅”称号, 她被总工会评为…: the honour goes to the person the report is about."""
    text, hero = sentence.text, sentence.scene.hero
    if hero is None:
        return
    for m in _TO_HIM.finditer(text, sentence.start, sentence.end):
        for body in sentence.bodies:
            given = m.group(1) and 0 <= m.start() - body.end <= 2
            taken = not m.group(1) and m.end() == body.start and _TAKEN.match(text, body.end)
            honour = _honour(text, m.end() if given else body.end, min(sentence.end, body.end + 40))
            if (given or taken) and honour and body.node.type in ("TradeUnion", "Enterprise"):
                honoured = qualified("honour", honour)
                yield sentence.claim(body.node, "awards", hero, "granted-pronoun", qualifiers=honoured, why=COREFERENCE)


def _granted(sentence: Sentence, verb: re.Match[str], winners: list[Occurrence]) -> Iterator[Claim]:
    """A等10个单位、B、C等30人被授予H: who gave it is said (被X授予), or it is the occasion's own body."""
    text, at = sentence.text, verb.start()
    honour = _honour(text, verb.end(), min(sentence.end, verb.end() + 40))
    if not honour and verb.group().endswith(("表扬", "表彰")):
        honour = verb.group().removeprefix("受到").removeprefix("获").removeprefix("受")
    if not honour:
        return
    giver = next((b.node for b in sentence.bodies if b.end <= at and text[b.start - 1 : b.start] == "被"), None)
    source = giver or next((a.node for a in reversed(sentence.acts) if a.end <= at), sentence.scene.main)
    if source is None:
        return
    clause = sentence.clause_start(at)
    for w in winners:
        outside = w.start < clause or w.end > at or w.node is source
        if outside or any(b.start <= w.start and w.end < b.end for b in winners if b is not w):
            continue
        if text[w.end : w.end + 1] in "、和等被及与" or w.end == at - 1:
            yield sentence.claim(source, "awards", w.node, "granted", qualifiers=qualified("honour", honour))


def _honour(text: str, start: int, end: int) -> str:
    """The honour named first in text[start:end], at most 60 characters on; "" where none is."""
    match = _HONOUR.search(text, start, min(end, start + 60))
    return (match.group(1) or match.group(2)) if match else ""
