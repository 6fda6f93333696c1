"""What the rules share: claims, the view of one sentence, patterns of verbs, and who is the subject of a verb.

All offsets are into the folded text, code points, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Container, Hashable, Iterable
from dataclasses import replace
from functools import cache, cached_property

from kg.extract.lexicon import manner_pattern, verb_pattern
from kg.extract.record import record
from kg.extract.relations.shape import Shape, draw
from kg.extract.scene import Node, Occurrence, Scene
from kg.extract.spans import BODIES
from kg.model import Status

__all__ = [
    "COREFERENCE",
    "PLANNED",
    "Claim",
    "Qualifiers",
    "Sentence",
    "as_told",
    "group_ending",
    "in_speech",
    "lead_end",
    "on_the_eve",
    "outermost",
    "own_activity",
    "patterns",
    "qualified",
    "status_of",
    "subjects",
    "union_of_officer",
]

Qualifiers = tuple[tuple[str, str], ...]
COREFERENCE = "coreference"  # why an end of a claim does not stand in its quote


@record
class Claim:
    """A relation or property found at text[start:end]. `object` is a Node, or a value for a property."""

    subject: Node | None  # None: the article
    predicate: str
    object: Node | str | None  # None: the article
    start: int
    end: int
    rule: str
    status: Status = "happened"
    qualifiers: Qualifiers = ()
    why: str = ""

    def key(self) -> tuple[Hashable, ...]:
        """What two claims have in common that say the same at one place."""
        thing = self.object if isinstance(self.object, str) else id(self.object)
        return id(self.subject), self.predicate, thing, self.qualifiers, self.start, self.status


_COVERING = frozenset((*BODIES, "Venue", "Product", "Person"))


def outermost(found: Iterable[Occurrence], covering: Container[str]) -> list[Occurrence]:
    """Of mentions in the order of the text, the longer first, those that lie in no longer one of a covering type."""
    kept: list[Occurrence] = []
    start = reach = -1  # where the last ones start, and how far those that start before them reach
    longest = -1  # the end of the longest of those that start there
    for o in found:
        if o.start > start:
            start, reach, longest = o.start, max(reach, longest), -1
        if o.end > reach and o.end >= longest:
            kept.append(o)
        if o.node.type in covering:
            longest = max(longest, o.end)
    return kept


class Sentence:
    """One sentence with what occurs in it, in order: `found` all of it, `bodies` unions, firms and offices, `acts`
    activities, `people` persons but for those of the byline."""

    def __init__(self, scene: Scene, start: int, end: int, found: list[Occurrence]) -> None:
        self.scene, self.start, self.end = scene, start, end
        self.text = scene.reading.text
        self.found = found
        # for frames: the outermost mention at each place, but for activities, that may hold unions
        self.bodies = [o for o in outermost(found, _COVERING) if o.node.type in BODIES]
        self.acts = [o for o in found if o.node.type == "Activity"]
        self.people = [o for o in found if o.node.type == "Person" and not self.in_byline(o)]

    @cached_property
    def shape(self) -> Shape:
        """The sentence in signs, for patterns of lists."""
        return draw(self.text, self.start, self.end, bodies=self.bodies, people=self.people, acts=self.acts)

    def in_byline(self, one: Occurrence) -> bool:
        """Whether the mention is a name of the byline or of a credit line."""
        return (one.start, one.end) in self.scene.credited

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

    def claim(
        self,
        subject: Node | None,
        predicate: str,
        object: Node | str | None,
        rule: str,
        status: Status = "happened",
        qualifiers: Qualifiers = (),
        why: str = "",
    ) -> Claim:
        """A claim whose evidence is the whole sentence."""
        return Claim(subject, predicate, object, self.start, self.end, rule, status, qualifiers, why)


# ---------------------------------------------------------------------------------------------------- patterns, status

# what stands between a verb of organising and the event: 举办的为期三天的, 开展以“…”为主题的
_TIMES = (
    r"(?:一场|一次|一期|首场|首期|首次|多场|多次|为期[^，。]{1,5}的|"
    r"[^，。；“”]{0,6}(?:余|多)?(?:场|次|期))?(?:别开生面的|丰富多彩的|形式多样的|主题为|题为|以)?"
    r"(?:(?:以|主题为|题为|名为|主题是)?“[^”]{2,40}”(?:为(?:活动|大赛|比赛)?主题)?的?，?)?"
    r"(?:全[国省市区县]|辖区|系统|本[市县区]|首个)?(?:广大)?(?:女?职工|会员|工会)?"
)


# 评选A为“五一先锋”: chosen for an honour that is named behind
_CHOOSES_AS = (
    r"(?:评选|评定|推选|推评|选树|认定|确定)(?=[^，。；：“”]{2,40}为(?:“|[全省市区县]|优秀|先进|模范|最美|标兵|示范))"
)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The verbs of each kind: a pattern, compiled on first use."""
    organise, hold = verb_pattern("organize"), verb_pattern("hold")
    manner = f"(?:{manner_pattern()})*"
    return {
        "organise": re.compile(rf"(?:{organise})"),
        "organise_end": re.compile(rf"(?:{organise})(?:了|过|起)?(?:的|以)?{_TIMES}$"),
        "held_after": re.compile(rf"，?{manner}(?:在[^，。；]{{0,4}})?(?:{hold}|{organise})"),
        "by_verb": re.compile(rf"((?:{organise})|执行|指导|批准|支持)"),
        "attend": re.compile(rf"(?:{verb_pattern('attend')})"),
        "say": re.compile(rf"[^。“”]{{0,24}}?(?:(?:{verb_pattern('say')}))"),
        "award": re.compile(rf"(?:(?:{verb_pattern('award')})(?:了)?|{_CHOOSES_AS})"),
        "win": re.compile(rf"(?!获悉|获知|获得知)(?:{verb_pattern('win')})(?:了)?"),
        "give": re.compile(rf"(?:{verb_pattern('give', 'make')})(?:了)?"),
        "visit": re.compile(rf"(?:{verb_pattern('visit')})"),
    }


PLANNED = re.compile(
    r"(?:将(?:于|在|会|继续|同步|正式|陆续|进一步|分|举|开|持续|召|主|承|推|授|组|启|发|赠|颁|表)|即将|拟|计划(?:于|在|举|开|组|召|推)|准备(?:于|在|举|开|召)|预计|"
    r"下一步|接下来|未来|今后|届时)"
)
_DENIED = re.compile(r"(?:未(?:能|曾|按|如期|举|开|组|召|参|获)|没有|并未|尚未|不再|取消|推迟|暂停|停办|延期)")


_IN_NAMES = re.compile(r"[“《][^“”《》]*(?:[”》]|$)")  # “一起向未来”冰雪季: a theme plans nothing


def status_of(text: str, start: int, end: int) -> Status:
    """What the words of text[start:end] say of a claim: announced, denied, or nothing."""
    part = _IN_NAMES.sub("", text[start : end + 2])  # 将|举办: the verb itself tells what its 将 is
    if _DENIED.search(part):
        return "denied"
    if PLANNED.search(part):
        return "planned"
    return "happened"


_HEARSAY = re.compile(
    r"网传|据传|谣传|盛传|传言|传闻|有传|网友(?:们)?(?:反映|爆料|发帖|称|声称|传)|网上(?:流传|传言|热传)|"
    r"有(?:消息|人|群众|职工)(?:称|声称|反映|爆料)|未经证实|尚待证实|据称"
)
_REFUTED = re.compile(r"谣言|不实|不属实|辟谣|子虚乌有|纯属(?:虚构|捏造)|并无此事")
_OF_NAMES = frozenset(
    ("unionOf", "locatedIn", "subordinateTo", "hasRole", "reportedBy", "quotedIn", "edition", "series")
)


def as_told(scene: Scene, claim: Claim) -> Claim:
    """The claim as reported or denied where its sentence tells it as a rumour; what names say is no news."""
    if claim.status != "happened" or claim.predicate in _OF_NAMES:
        return claim
    text = scene.reading.text
    if _HEARSAY.search(text, claim.start, claim.end) is None:
        return claim
    return replace(claim, status="denied" if _REFUTED.search(text, claim.start, claim.end) else "reported")


def qualified(name: str, value: str) -> Qualifiers:
    """One qualifier, none where the value is empty."""
    return ((name, value),) if value else ()


# ------------------------------------------------------------------------------------------------------------ subjects

# in front of a body: what governs it, so that it is not who acts
_NOT_SUBJECT = re.compile(
    r"(?:由|在|从|向|对|为|给|与|到|据|邀请|来自|走进|来到|前往|赴|获|经|受|联系|慰问|代表|按照|根据|依据|遵照|响应|落实|贯彻|关于|围绕|看望|走访|进|在辖区内?的?)$"
)
_NOT_SUBJECT_BEHIND = re.compile(
    r"(?:的?(?:工作|统一|有关|相关)?(?:指导|支持|推动|领导(?!为|向|给|对|班子|成员)|帮助|关心|批准|号召|部署|要求|安排|倡议)|(?:党委|党组|党政)?(?:委托|嘱托|委派|重托)|获悉|了解|得知|获)"
)
_ORGANISES = re.compile(r"(?:主办|承办|协办|牵头|举办|组织)")
_WHO_ORGANISES = re.compile(
    r"(?:联合|共同|联手|牵头)*(?:主办|承办|协办|举办|组织|开展|举行|发起|推出)的"
)  # 在A主办的X中
# people of the body: 总工会主席, 公司职工
_ITS_PEOPLE = re.compile(
    r"(?:党组|党委|常务|兼职|副)*(?:主席|书记|主任|经理|负责人|相关负责人|工作人员|干部|部长|会员|职工|员工|领导|董事长|总经理|劳模|工匠|专家|讲师|技师|骨干|律师|医生|师傅|志愿者|选手)"
)
_THEY_ORGANISE = re.compile(r"(?:职工|会员|员工|干部)(?:组织|开展|举办)")
_SPOKESPERSON = re.compile(r"(?:相关|有关|主要)?(?:负责人|工作人员)")
_SPEAKS = re.compile(r"[^，]{0,12}(?:说|表示|介绍)")
_ACTS_AFTER_VISIT = re.compile(r"(?:举办|举行|开展|组织|召开|表示|说|介绍|启动|主办|承办)")
_SPEECH_ENDS = re.compile(r"”[^，]{0,4}$")
_JOINS = re.compile(
    r"(?:[一二三四]队|代表队|代表团|队)?"
    r"(?:、|和|与|及|以及|，|(?:还|又|也|，)?(?:联合|携手|会同|联手)|共同|协同|同|牵头，?)"
)


def group_ending(sentence: Sentence, end: int, floor: int) -> list[Occurrence]:
    """The list of bodies that ends at `end` and starts at or after `floor`: A、B和C."""
    group: list[Occurrence] = []
    at = end
    for o in reversed(sentence.bodies):
        if o.end > at:
            continue
        if o.start < floor:
            break
        if group and not _JOINS.fullmatch(sentence.text, o.end, at):
            break
        if not group and at != o.end:
            break
        group.append(o)
        at = o.start
    return list(reversed(group))


def subjects(sentence: Sentence, verb: int) -> list[Occurrence]:
    """The bodies that are the subject of the verb at `verb`: the nearest list to the left that may act."""
    for o in reversed(sentence.bodies):
        if o.end > verb or o.start < sentence.start or (o.node.type == "Organization" and not o.named):
            continue
        group = group_ending(sentence, o.end, sentence.start)
        if group and _may_act(sentence, group, verb):
            return group
    return []


def _may_act(sentence: Sentence, group: list[Occurrence], verb: int) -> bool:
    """Whether nothing beside the list of bodies speaks against its being the subject of the verb."""
    text, floor = sentence.text, sentence.start
    first, end = group[0].start, group[-1].end
    visit = next(reversed(list(patterns()["visit"].finditer(text, floor, first))), None)
    if visit is not None and not _ACTS_AFTER_VISIT.search(text, visit.end(), first) and visit.group() != "到":
        return False  # the place of a visit does not act
    after, between = text[end : end + 8], text[end:verb]
    if _NOT_SUBJECT.search(text[max(floor, first - 4) : first]):
        by = text[first - 1 : first] == "由" and _ORGANISES.match(after)
        if not by and not _WHO_ORGANISES.match(after):
            return False
    if _NOT_SUBJECT_BEHIND.match(after) or end in sentence.scene.offices:
        return False
    if text.startswith("宣布", first - 2) or text.startswith("——", first - 2):
        return False  # A宣布B成立，并…: A acts; 在…所在地——B，A…: A acts
    if _ITS_PEOPLE.match(after) and not _THEY_ORGANISE.match(after):
        if _SPOKESPERSON.match(after) or _SPEAKS.match(after):
            return False
        if len(between) > 10:
            return False
    topic = first == floor or text[first - 1] in "，。：；”）"
    if between.count("，") > (5 if topic else 2) or "。" in between:
        return False
    return not (_SPEECH_ENDS.search(between) and "“" not in between)


def union_of_officer(sentence: Sentence, person: Occurrence | None) -> Node | None:
    """The union in which the person holds a post."""
    bodies = sentence.scene.bodies_of.get(person.node, ()) if person is not None else ()
    return next((body for body in bodies if body.type == "TradeUnion"), None)


_EVE = re.compile(r"(?:开[幕赛班馆]|召开|举[办行])?(?:前夕|之前|来临之际|到来之际|(?<=[开办行幕赛])前)")


def on_the_eve(text: str, end: int) -> bool:
    """Whether what ends at `end` is still to come: 在X论坛|前夕, …."""
    return _EVE.match(text, end) is not None


def in_speech(scene: Scene, o: Occurrence) -> bool:
    """Whether the mention stands inside what somebody says: a quotation too long to be a title."""
    quote = scene.reading.in_quote(o.start, o.end)
    return quote is not None and quote[1] - quote[0] > 20


def lead_end(scene: Scene, *, speech: bool) -> int:
    """Where the first three sentences of the body end; those that somebody says count only with `speech`."""
    return scene.lead_end(speech=speech)


def own_activity(scene: Scene, at: int | None = None) -> Node | None:
    """The activity the article reports, or its part at `at`: it stands in the headline or early in the body."""
    told = scene.told_at(at) if at is not None else scene.main
    return scene.own_activity if told is scene.main else told
