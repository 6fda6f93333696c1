"""Who takes part in an activity."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from kg.extract import lexicon
from kg.extract.relations.awarding import CONTEST, MATCH
from kg.extract.relations.claim import (
    PLANNED,
    Claim,
    Sentence,
    group_ending,
    in_speech,
    lead_end,
    on_the_eve,
    own_activity,
    patterns,
    status_of,
    subjects,
)
from kg.extract.relations.shape import BODY, COUNTED, PERSON, QUOTE, TEAM
from kg.extract.scene import Node, Occurrence, Scene
from kg.model import Status

__all__ = ["act_there", "participates", "present"]

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
_INVITED = re.compile(r"(?:邀请|特邀|请来|请到|聘请|邀约)(?:了|到)?[^，。；]{0,40}$")
_COMES_TO = re.compile(
    r"(?:参加|参与|出席|前来|参赛)(?:了)?(?:此次|本次|这次|该|本届)?(?:活动|比赛|大赛|竞赛|培训|会议|大会|仪式|运动会|展览|招聘会)?的[^，。；“”的]{0,16}$"
)
_TEACHES = re.compile(r"[^，。]{0,10}(?:授课|讲解|进行|作|解读|主讲|讲授|开展|为[^，。]{0,12}(?:授课|讲|培训|上课|作))")
_LECTURES = re.compile(
    r"(?:教授|老师|律师|讲师|博士)?(?:[^，。]{0,14})(?:授课|主讲|为[^，。]{0,10}作[^，。]{0,10}(?:讲座|培训|报告))"
)
_AT_ACT = re.compile(r"(?:也|还|曾|就)?(?:代表[^，。；]{1,12})?在$")
_IN_ACT = re.compile(r"[上中里]|现场|期间")
_CEREMONY = re.compile(r"为[^，。]{0,20}(?:揭牌|授牌|颁奖|授旗|剪彩|鸣枪)")
# who of a body is there, and how bodies take part: A、B等单位的120名选手|组队参赛
_ITS_PEOPLE = (
    r"(?:的|(?:选派|选出|派出|推选|推荐|组成|选送|遴选)的?)?[约近共各]?(?:\d+|[一二三四五六七八九十百两数]+)?(?:余|多)?(?:名|位|支|个|人|组|对)?"
    r"(?:参赛|相关|有关|主要|优秀|一线|青年|女|工会|志愿|技术|参训|参展)*"
    r"(?:负责人|负责同志|领导|干部|代表|职工|员工|选手|队员|会员|骨干|队伍|队|教职工|教师|劳模|志愿者|团队|师生|人员|主席|同志|"
    r"司机|骑手|快递员|外卖员|小哥|护士|医生|医护人员|律师|农民工|工友|家庭|青年|党员|劳动者|学员|嘉宾|专家|工匠|技工|技师|能手|健儿|"
    r"运动员|球员|棋手|爱好者|男女|工人|家属|女工)*"
    r"(?:代表|等)*"
)
_ENTERS = re.compile(
    r"(?:(?:分别|共同|联合|也|积极|踊跃|纷纷|均|都|还|先后|一同|一起|应邀|受邀|报名|现场|同台|同场|激烈|展开|进行|登台|到场|上台|集结|齐聚|"
    r"派队|组队|派员|派代表|组团|携[^，。；]{1,12}|(?:选派|派出|推选|选送)[^，。；]{1,30}?)*)"
    r"(?P<verb>参加|参与|出席|观摩|加入|参训|与会|亮相|参赛|参展|参会|参演|竞技|比拼|角逐|较量|对决|切磋技艺|比武|登台献艺|登台展示|登台|同台|走上赛场|走上擂台|走上赛道|登上赛场|踏上赛道|上场|登场|参战|出战|切磋|过招|交锋|献血|报名|一较高下|一决高下|大显身手|脱颖而出)"
    r"(?:了|过)?"
)
_IN_CONTEST = frozenset(("大显身手", "脱颖而出", "上场", "登场", "登台", "参战", "出战", "过招", "交锋", "切磋"))
_ON_STAGE = re.compile(r"[演诵唱舞秀]|联欢|晚会|[艺文]节")  # where 登台 is to take part as well
_DEEDS = ("献血",)  # that are what the event is for
_NEEDS_EVENT = frozenset(("参加", "参与", "出席", "观摩", "加入", "亮相"))
_EVENT = re.compile(
    r"(?:此次|本次|该|这次|本届|当日|当天|首场|首轮|现场|开幕|启动|颁奖|线上|线下)*(?:[\u4e00-\u9fff]{0,6}?"
    r"(?:活动|比赛|竞赛|大赛|仪式|式|会议|大会|会|培训|培训班|论坛|展览|角逐|比拼|比武|演出|展演|测试|考核|赛|决赛))?(?=[，。；！、的中上后]|$)"
)
_SPOKE = re.compile(
    r"(?:等(?:\d+|[一二三四五六七八九十]+)?(?:家|个)?(?:单位|企业|工会)?)?(?:分别|先后|依次|还)?(?:在会上|现场)?"
    r"(?:[因就][^，。；]{1,24}|(?:围绕|结合)[^，。；]{1,24})?[作做](?:了)?[^，。]{0,8}?(?:发言|交流|汇报|介绍)"
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
    if not sentence.people and not sentence.bodies:
        return
    verbs = list(patterns()["attend"].finditer(text, sentence.start, sentence.end))
    for o in sentence.people:
        spoken_of = _SAID_ELSEWHERE.match(text, o.end) or _OF_STATE.match(text, o.end)
        if in_speech(sentence.scene, o) or _ELECTED.match(text, o.end) or spoken_of:
            continue
        target, rule = _part_of(sentence, o, verbs)
        if target is not None and _before_it(sentence.scene, target, sentence.start, sentence.end):
            continue
        if target is not None and not (rule == "win" and _NATIONAL.match(text, o.end)):
            attends = rule == "attend"
            status = status_of(text, o.end, min(sentence.end, o.end + 30)) if attends else "happened"
            yield sentence.claim(o.node, "participatesIn", target, f"participate-{rule}", status)
    for m in _SPOKE.finditer(text, sentence.start, sentence.end):
        last = next((b for b in sentence.bodies if b.end == m.start()), None)
        told = sentence.scene.told_at(sentence.start)
        for member in group_ending(sentence, last.end, sentence.start) if last and told else ():
            if member.node.type in ("TradeUnion", "Enterprise") and member.named:
                yield sentence.claim(member.node, "participatesIn", told, "participate-spoke")
    yield from _bodies(sentence)
    yield from _brings(sentence)
    yield from _teams(sentence)


def _bodies(sentence: Sentence) -> Iterator[Claim]:
    """A、B等单位的120名选手参加: bodies that are there, or whose people or teams are."""
    text, last = sentence.text, sentence.start
    if not sentence.bodies:
        return
    for m in _ENTERS.finditer(text, sentence.start, sentence.end):
        front, last = last, m.end()
        if not any(front <= b.end <= m.start() for b in sentence.bodies):
            continue
        listed = sentence.shape.list_before(m.start(), COUNTED + _ITS_PEOPLE)
        members = [o for o in listed.members if _enters(o)] if listed is not None else []
        if not members or listed is None or _PASSIVE.search(text[max(sentence.start, listed.start - 3) : listed.start]):
            continue
        target = _act_near(sentence, m.end(), members[0])
        near = target is not None and any(a.node is target and m.end() <= a.start for a in sentence.acts)
        if target is not None and m["verb"] in _DEEDS and m["verb"] not in target.name:
            continue
        if target is not None and m["verb"] in _IN_CONTEST and not MATCH.search(target.name):
            if not (m["verb"][0] in "登上" and _ON_STAGE.search(target.name)):
                continue
        if target is None or (m["verb"] in _NEEDS_EVENT and not near and not _EVENT.match(text, m.end())):
            continue
        if _before_it(sentence.scene, target, sentence.start, sentence.end):
            continue
        status = status_of(text, listed.start, m.end())
        for member in members:
            yield sentence.claim(member.node, "participatesIn", target, "participate-body", status)


_BRINGS = re.compile(
    r"(?:组织|带领|率领)(?:了|起)?[^，。；“”《》]{0,24}?(?:参加|参观|观看|观摩|走进|出席)(?:了)?(?:由[^，。；“”]{2,40}?的)?$"
)
_WORKS_OF = re.compile(
    rf"{BODY}(?:选送|送选|报送|带来|表演|演出|编排|演绎|朗诵|创作|推荐)的[\u4e00-\u9fff]{{0,10}}{QUOTE}"
)


def _brings(sentence: Sentence) -> Iterator[Claim]:
    """A组织职工参观X, A选送的节目《…》: the body is there with its people, or by what it sends."""
    text = sentence.text
    for act in sentence.acts:
        brings = _BRINGS.search(text, max(sentence.start, act.start - 70), act.start) if act.named else None
        for o in subjects(sentence, brings.start()) if brings is not None else ():
            if o.node.type in ("TradeUnion", "Enterprise"):
                status = status_of(text, o.end, act.start)
                yield sentence.claim(o.node, "participatesIn", act.node, "participate-brings", status)
    main = own_activity(sentence.scene, sentence.start)
    for m in _WORKS_OF.finditer(sentence.shape.signs) if main is not None and sentence.bodies else ():
        o = sentence.shape.at[sentence.start + m.start()]
        if _enters(o) and not in_speech(sentence.scene, o):
            yield sentence.claim(o.node, "participatesIn", main, "participate-works")


_PASSIVE = re.compile(r"(?:为|给|向|对|由|被)$")


def _enters(o: Occurrence) -> bool:
    return o.named and o.node.type in ("TradeUnion", "Enterprise")


# not A公司选手甲: it is 甲 who takes part
_ITS_TEAM = re.compile(rf"{BODY}(?:{TEAM}|的(?:参赛)?(?:队员|选手))(?!{PERSON})")
_FORMS_TEAM = re.compile(
    r"(?:联合|混编|共同|混合)*(?:组队|组成(?:的)?[\u4e00-\u9fff]{0,6}队|组建[\u4e00-\u9fff]{0,6}队)"
)
_MADE_OF = re.compile(r"(?:队伍?|队员|选手|参赛者|阵容)(?:分别|均|主要|共同)*由")
_MADE = re.compile(rf"{COUNTED}(?:的?(?:职工|员工|选手|代表))*(?:联合|混合|共同)*组成")
_BEATS = re.compile(
    rf"(?:以[^，。；]{{1,14}})?(?:险胜|战胜|力克|击败|大胜|力压|淘汰|击退|逆转|不敌|负于|惜败于?|对阵|迎战)({BODY})"
)


def _teams(sentence: Sentence) -> Iterator[Claim]:
    """A队迎战B代表队: in the report of a contest the team of a body stands for it."""
    main = own_activity(sentence.scene, sentence.start)
    if main is None or not sentence.bodies or not MATCH.search(main.name):
        return
    text, signs = sentence.text, sentence.shape
    found: list[tuple[str, Occurrence]] = []
    for m in _ITS_TEAM.finditer(signs.signs):
        listed = signs.list_before(signs.start + m.end(), "(?:的参赛)?(?:的队员|的选手|队员|选手)?")
        members = listed.members if listed is not None else (signs.at[signs.start + m.start()],)
        found.extend(("team", o) for o in members)
    for by in _MADE_OF.finditer(text, sentence.start, sentence.end):
        listed = signs.list_behind(by.end())
        if listed is not None and _MADE.match(text, listed.end):
            found.extend(("made-of", o) for o in listed.members)
    for m in _BEATS.finditer(signs.signs):
        found.append(("beats", signs.at[signs.start + m.start(1)]))
        listed = signs.list_before(signs.start + m.start())
        found.extend(("beats", o) for o in (listed.members if listed is not None else ()))
    for m in _FORMS_TEAM.finditer(text, sentence.start, sentence.end):
        listed = signs.list_before(m.start(), COUNTED)
        found.extend(("forms-team", o) for o in (listed.members if listed is not None else ()))
    for rule, o in found:
        if _enters(o) and not in_speech(sentence.scene, o):
            yield sentence.claim(o.node, "participatesIn", main, f"participate-{rule}")


def _part_of(sentence: Sentence, o: Occurrence, verbs: list[re.Match[str]]) -> tuple[Node | None, str]:
    """What the person takes part in, and by which rule; a rule that finds no activity leaves it to the next."""
    scene, after = sentence.scene, sentence.text[o.end : sentence.end]
    target: Node | None = None
    verb = next((m for m in verbs if m.start() >= o.end), None)
    if verb is not None and _runs_to(sentence, o.end, verb.start()):
        target = _act_near(sentence, verb.end(), o)
        if target is not None:
            return target, "attend"
    for act in sentence.acts:  # 甲在ACT上拿了第一
        if (
            o.end < act.start
            and _AT_ACT.fullmatch(sentence.text, o.end, act.start)
            and _IN_ACT.match(sentence.text, act.end)
        ):
            return act.node, "in-act"
    if _SPEAKS_AT.match(after):
        target = _act_near(sentence, o.end, o)
        if target is not None:
            return target, "speak-at"
    told = scene.told_at(sentence.start)
    if _WINS.match(after) and told is not None:
        return next((a.node for a in reversed(sentence.acts) if a.end <= o.start), told), "win"
    invited = _INVITED.search(sentence.text[sentence.start : o.start])
    if (invited and _TEACHES.match(after)) or _LECTURES.match(after):
        target = _act_near(sentence, o.start, o) or told
        if target is not None:
            return target, "lecture"
    if invited and not _ELECTED.match(after):
        goes_on = next((a for a in sentence.acts if a.named and o.end <= a.start <= o.end + 40), None)
        if goes_on is not None:
            return goes_on.node, "invited"
    if _COMES_TO.search(sentence.text, sentence.start, o.start) and told is not None:
        return told, "comes"
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
    return before.node if before is not None else sentence.scene.told_at(sentence.start)


# ------------------------------------------------------------------------------------------------- bodies at the event

_AT_EVENT = re.compile(
    r"(?:会议?|大会|仪式|论坛|集市|展会|博览会|发布会|推介会|交流会|培训班|开幕式|启动式|揭牌式)(?:上|中|现场|期间)|"
    r"活动(?:上|中|现场|当天|当日|期间)|现场|期间|当天|当日|随后|接着|其间|[区台]前"
)
_ACTS_THERE = re.compile(
    r"(?:发布|推介|展示|展出|亮出|布展|布置|设立|设置|设摊|摆摊|摆出|带来|推出的|表演|演示|开启直播|直播|义诊|签署|签订|签下|签约|签了|"
    r"交流发言|表态发言|典型发言|经验介绍|分享|展销|献上|宣读|提供|化身|讲解|演唱|演奏|朗诵)"
)
_HERE = (
    r"(?:(?:还|也|又|都|则|分别|先后|相继|依次|共同|联合|一口气|率先|集中|首次|同步|现场|在现场|在会上|在活动中|为大家|为职工|"
    rf"为现场[\u4e00-\u9fff]{{1,6}}|带着[^，。；]{{1,20}}|以{QUOTE}为[主]?题，?|[分围就][^，。；]{{1,24}}|与[^，。；]{{1,12}}|各)*)"
)
_COMES_FROM = re.compile(r"来自")
_ITS_ONE = re.compile(
    r"的(?:\d+|[一二三四五六七八九十两几]+)?(?:余|多)?(?:名|位|个)?(?:青年|技术|一线|参赛|优秀|女|年轻)*"
    r"(?:志愿者|职工|选手|员工|代表|律师|医生|专家|师傅|教师|学员|队员|工人|护士|参赛者|商家|劳模|工匠)"
)
# events that many bodies go to, whoever holds them
_OPEN_EVENT = re.compile(r"展|博览会|发布|推介|签约|论坛|交流|推进会|现场会|集市|大集|洽谈|招聘|观摩")


def act_there(scene: Scene, sentences: Sequence[Sentence], organizers: Mapping[int, set[int]]) -> Iterator[Claim]:
    """会上，A作经验介绍, 来自B的志愿者: bodies that act at the article's own activity, but for its hosts."""
    main = own_activity(scene)
    named, paragraph = None, 0  # the activity that this paragraph named before: 活动当天 is its day
    for sentence in sentences:
        if "\n" in sentence.text[paragraph : sentence.start]:
            named = None
        paragraph = sentence.start
        act = own_activity(scene, sentence.start) or named
        named = sentence.acts[-1].node if sentence.acts else named
        if act is None or sentence.start < scene.reading.body or not sentence.bodies:
            continue
        hosts = organizers.get(id(act), set())
        known = bool(hosts) or _OPEN_EVENT.search(act.name) is not None
        for o in (*_acting(sentence), *(_coming(sentence) if main else ())):
            if not _enters(o) or id(o.node) in hosts or in_speech(scene, o):
                continue
            if known or o.node.type == "Enterprise":  # a union that acts may be the host that no words tell
                yield sentence.claim(o.node, "participatesIn", act, "act-at-event")


def _acting(sentence: Sentence) -> Iterator[Occurrence]:
    text, signs = sentence.text, sentence.shape
    cue = _AT_EVENT.search(text, sentence.start, sentence.end)
    for verb in _ACTS_THERE.finditer(text, cue.start(), sentence.end) if cue is not None else ():
        listed = signs.list_before(verb.start(), COUNTED + _HERE)
        if listed is None or PLANNED.search(text, listed.start, verb.start()):
            continue
        clause = sentence.clause_start(listed.start)
        if listed.start - clause <= 12 and not _PASSIVE.search(text[max(clause, listed.start - 3) : listed.start]):
            yield from listed.members


def _coming(sentence: Sentence) -> Iterator[Occurrence]:
    for m in _COMES_FROM.finditer(sentence.text, sentence.start, sentence.end):
        listed = sentence.shape.list_behind(m.end())
        if listed is not None and listed.members and _ITS_ONE.match(sentence.text, listed.members[-1].end):
            yield from listed.members


# ------------------------------------------------------------------------------------------------- the whole article

_ONLY_SPEAKS = re.compile(r"[^，。“]{0,6}?(?:介绍|表示|说|告诉记者|称|透露|坦言)")
_HONOURED = re.compile(
    r"(?:、[^，。；、]{1,30})*(?:等\d*[人名位]?(?:同志|个人|职工|员工|选手|先进)?)?(?:分别)?(?:(?:进行|予以|给予)(?:了)?(?:通报|隆重)?(?:表彰|表扬|嘉奖|奖励)|被(?:授予|评为|表彰)|受到?(?:通报)?(?:表彰|表扬)|获评|荣获|获“|获得“)"
)
# an honour of the whole country, that no event of the paper's town gives
_NATIONAL = re.compile(
    r"[^；。！？]{0,200}?(?:荣|喜)?获(?:得|评|颁)?(?:了)?“?(?:全国|国家级|中华)[^，。；]{0,12}(?:奖|先锋|劳模|劳动模范|称号)"
)
_WON = re.compile(
    r"(?:、[^，。；、]{1,30})*(?:的?《[^《》]{1,30}》)?(?:等\d*[人名位]?[^，。；]{0,6})?(?:分别)?(?:荣|喜|斩|分)?获"
)
# elected, honoured or named in a resolution: no word says that he or she is there
_ELECTED = re.compile(
    r"(?:同志)?(?:（[^（）]{1,8}）)?(?:、[^，。；、]{1,40})*(?:等?[一二三四五六七八九两\d]+[位名人](?:同志)?|等)?(?:同志)?(?:分别|再次|继续|全票|高票|连任)*(?:当选|被选|兼任|为(?:首任|第[一二三四五六]届)?[^，。；]{0,16}(?:主席|主任|委员))"
)
_RESOLVED = re.compile(r"(?:涌现出?|表彰|聘请|聘任|推举|选举|选出|增补)(?:了)?[^，。；：]{0,40}$")
_OF_HONOURS = re.compile(r"榜上有名|上榜|授予|获评|荣获|入选|称号|荣誉")
_GIVEN = re.compile(r"(?:授予|评为|命名|表彰|表扬)(?:了)?[^。；]{0,60}$")
# 贯彻甲总书记关于…的重要论述, 甲给职工的回信: it is told what he or she said or wrote elsewhere
_SAID_ELSEWHERE = re.compile(
    r"(?:总书记|主席|总理|同志|书记|省长|市长|部长)?(?:新时代|系列|重要|在|关于|对|就|给|致|同|视察|考察|来)[^，。；！？]{0,60}?"
    r"(?:重要讲话|重要论述|重要指示|重要批示|重要思想|主义思想|讲话精神|指示批示|指示精神|批示精神|回信|贺信|殷切嘱托|殷殷嘱托|嘱托)"
)
_ABSENT = re.compile(r"(?:同志)?(?:因[^，。；]{1,6})?(?:的?委托|专门?委托|作出?批示|批示|发来|致信|来信|来电|写来)")
_EVENT_CUE = re.compile(
    r"现场|仪式|会上|活动中|当天|致辞|讲话|出席|参加|活动结束|动员|座谈|颁奖|比赛|赛后|会后|培训|学员|选手|参赛|获奖|观赛|观摩|前来|到场|应邀|莅临"
)


# an occasion that has no name here
_OTHER_OCCASION = re.compile(
    r"(?:召开|举行|召集|开了|举办)(?:了|起)?[^，。；“”]{0,12}(?:座谈会|会议|交流会|研讨会|见面会|动员会|例会|分析会|协调会|推进会|恳谈会|汇报会|论坛|仪式)"
)
_CHILD_CARE = re.compile(r"托管班”?$")  # whom the report of one names brings a child there


def _elsewhere(scene: Scene, main: Node, start: int, person: int) -> bool:
    """Whether the words before the person tell of another occasion, or of another day without a word of it."""
    text, acts = scene.reading.text, scene.of_type["Activity"]
    other = _OTHER_OCCASION.search(text, start, person)
    word = other.group()[-2:] if other is not None else ""
    if other is not None and not main.name.endswith(word):
        if not any(o.node.name.rstrip("”").endswith(word) for _, _, o in acts.overlapping(*other.span())):
            return True
    low = text.rfind("\n", 0, start) + 1
    if low <= scene.main_first[0]:
        return False
    high = text.find("\n", start)
    day = next(scene.dates_by_place.starting(low, low + _OPENS), None)
    if day is None or any(True for _ in acts.overlapping(low, high if high >= 0 else len(text))):
        return False
    return _EVENT_CUE.search(text, low, high if high >= 0 else len(text)) is None


def _in_title(scene: Scene, o: Occurrence) -> bool:
    """Whether the mention stands in the title of a work: 《致敬X大姐》."""
    quote = scene.reading.in_quote(o.start, o.end)
    return quote is not None and scene.reading.text[quote[0] - 1] == "《"


def _before_it(scene: Scene, act: Node, start: int, end: int) -> bool:
    """在X论坛前夕，…: what is told is of the time before."""
    acts = scene.of_type["Activity"].overlapping(start, end)
    return any(o.node is act and on_the_eve(scene.reading.text, o.end) for _, _, o in acts)


_OF_STATE = re.compile(
    r"总书记|(?:同志)?(?:为核心|新时代中国特色|(?:关于[^，。；]{2,20})?重要(?:讲话|指示|论述|批示|思想|回信))"
)
_OF_EDITORS = re.compile(
    r"[（【]?(?:责任编辑|本[期版]编辑|编辑|责编|审核|校对|审校|监制|来源|[初复终一二三]审|编审|排版)(?:：| |/|丨)"
)
_OPENS = 8  # characters in front of what a sentence opens with: 随后的
_AT_IT = re.compile(r"(?:上|现场|中|期间|环节)")


def _scene_of(scene: Scene, start: int, end: int) -> Node | None:
    """入会仪式上，…: the occasion that a sentence opens with."""
    for _, _, act in scene.of_type["Activity"].overlapping(start, end):
        if act.named and act.start - start <= _OPENS and _AT_IT.match(scene.reading.text, act.end):
            return act.node
    return None


def present(scene: Scene) -> Iterator[Claim]:
    """Who acts or speaks in the report of an activity was there: the article's own activity, where it has one."""
    main, text = own_activity(scene), scene.reading.text
    if main is None or _CHILD_CARE.search(main.name):
        return
    contest = CONTEST.search(main.name)
    late = scene.main_first[0] >= lead_end(scene, speech=True)
    told_from = text.rfind("\n", 0, scene.main_first[0]) + 1  # the paragraph that names it first
    others = [a.start for a in scene.occurrences if a.node.type == "Activity" and a.node is not main]
    writers = {id(person) for person, _ in scene.credits}
    officers = {
        id(person) for person, post, body in scene.posts if body is not None and lexicon.ends_with_post(post.title)
    }
    told: dict[int, Status] = {}
    seen: dict[int, list[Occurrence]] = {}
    for o in scene.occurrences:
        seen.setdefault(id(o.node), []).append(o)
    for node in scene.nodes:
        if node.type != "Person" or id(node) in writers:
            continue
        for o in seen.get(id(node), ()):
            start, end = scene.reading.sentence_of(o.start)
            if start == end or o.start < scene.reading.body or in_speech(scene, o) or _in_title(scene, o):
                continue
            if id(node) in officers and _ONLY_SPEAKS.match(text, o.end) and not _EVENT_CUE.search(text, start, end):
                continue  # a spokesperson of the body that reports, not somebody who was there
            if _OF_STATE.match(text, o.end):
                continue
            if _OF_EDITORS.match(text, text.rfind("\n", 0, o.start) + 1):
                continue
            leads_up = o.start < told_from and (late or _OF_HONOURS.search(text, start, end))
            if leads_up and not _EVENT_CUE.search(text, start, end):
                continue  # of the story that leads up to it
            if bisect_left(others, start) < bisect_left(others, o.start) and _WON.match(text, o.end):
                continue  # in the results of something else
            if not contest and (_HONOURED.match(text, o.end) or _NATIONAL.match(text, o.end)):
                continue  # in a list of honours that a meeting gives
            if _elsewhere(scene, main, start, o.start):
                continue
            if _GIVEN.search(text, start, o.start) and not _EVENT_CUE.search(text, start, end):
                continue  # an honour of another time
            if not contest and (_ELECTED.match(text, o.end) or _RESOLVED.search(text, start, o.start)):
                continue
            if (
                _ABSENT.match(text, o.end)
                or _SAID_ELSEWHERE.match(text, o.end)
                or PLANNED.search(text[o.start : min(end, o.start + 12)].partition("，")[0])
            ):
                continue
            act = _scene_of(scene, start, o.start) or scene.told_at(start)
            if act is not None and not _before_it(scene, act, start, o.start):
                if id(act) not in told:
                    told[id(act)] = _told_as(scene, act)
                yield Claim(node, "participatesIn", act, start, end, "present-at-event", told[id(act)])
            break


def _told_as(scene: Scene, act: Node) -> Status:
    """As what the report tells of the activity: 将于4月举办X, and whoever speaks of it was at nothing yet."""
    told = set()
    for o in scene.occurrences:
        if o.node is act and o.named and o.start >= scene.reading.body:
            start, end = scene.reading.sentence_of(o.start)
            told.add(status_of(scene.reading.text, start, min(end, o.end + _SOON)))
    return "planned" if told == {"planned"} else "happened"


_SOON = 12  # characters behind the name of an activity in which it is said that it will be held
