"""Honours: who gives one to whom."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from kg.extract.relations.claim import (
    COREFERENCE,
    Claim,
    Qualifiers,
    Sentence,
    on_the_eve,
    own_activity,
    patterns,
    qualified,
    status_of,
    subjects,
    union_of_officer,
)
from kg.extract.relations.shape import BODY, COUNTED, HAN, TEAM, Listed
from kg.extract.scene import Node, Occurrence, Scene
from kg.extract.spans import BODIES

__all__ = ["CONTEST", "MATCH", "awards", "honour_roll", "pronouns"]

_HONOUR = re.compile(
    r"“([^“”]{2,30})”(?!赛项|项目|工种|组|类|比赛|竞赛|大赛|[\u4e00-\u9fff]{0,4}赛|活动|专项|杯|方面|机车|列车|车组|班组|突击队|客轮|航班|动车)(?:[\u4e00-\u9fff]{0,10}?(?:奖|称号|荣誉|奖牌|奖章|牌匾|证书|奖项|示范单位|集体|个人))?|"
    r"((?:[特一二三][、和])*[\u4e00-\u9fffA-Za-z0-9]{0,14}(?:奖状|奖章|组织奖|一等奖|二等奖|三等奖|特等奖|优秀奖|金奖|银奖|铜奖|团体奖|"
    r"(?:冠亚季?|亚季|冠|亚|季|殿)军|头名|头奖|金牌|银牌|铜牌|桂冠|榜首|魁首|[前第][一二三四五六七八九十\d]+名|"
    r"第[一二三四五六七八九十\d]+位?(?![届期批次轮季个场站次阶])|[二三、]+[名位]|[一二三四五六七][、至到和][二三四五六七八][名位]|"
    r"称号|先进集体|先进单位|先进个人|劳动模范|先进工作者|示范单位|工人先锋号|先锋号|优胜奖|标兵|能手|状元|奖(?![励金补学杯牌]))|"
    r"(?:优秀|模范|示范|最美|杰出|金牌|首席|明星|标杆)[\u4e00-\u9fff]{0,10}(?:工作者|干部|职工|员工|个人|集体|单位|组织者|班组长?|团队|工会|之家|"
    r"小家|家庭|岗|驿站|技师|师傅|教练|裁判员?|选手|教师|人物|商户|企业|站点|志愿者|工人)|[\u4e00-\u9fff]{0,8}工匠(?!精神|学院|人才|进)|"
    r"一等|二等|三等)"
)
# what wins by itself says what is won
_WON_BY_VERB = {
    "夺冠": "冠军", "折桂": "冠军", "夺魁": "冠军", "登顶": "冠军", "卫冕": "冠军", "摘金": "金奖", "夺金": "金奖",
    "摘银": "银奖", "摘铜": "铜奖", "拔得头筹": "第一名", "登上榜首": "榜首", "荣登榜首": "榜首",
}  # fmt: skip
_NO_AWARD = re.compile(r"会|大会|仪式|名单|奖励|先进")  # 表彰大会: an occasion, not the deed
# what is handed out and is no honour
_NO_HONOUR = re.compile(
    r"[^，。；]{0,12}?(?:聘书|会员证|会员卡|资格证|登记证|许可证|执照|慰问|物资|礼包|礼品|纪念品|助学金|救助金|补贴|资金|善款|津贴|倡议书)"
)
_TO = re.compile(r"(?:为|向|给|对)")
CONTEST = re.compile(r"[赛武]”?(?:$|[开闭]幕|颁奖)|运动会|比赛|竞赛|大赛|联赛|健步走|活动”?$|擂台|比武|练兵")
MATCH = re.compile(r"[赛武]|运动会|擂台|健步走|练兵")  # where teams meet
# events at which honours are given
_GIVES_PRIZES = re.compile(
    r"[赛武]|运动会|擂台|练兵|表彰|颁奖|命名|授牌|授予|发布|揭晓|评选|推选|选树|寻找|总结|庆祝|纪念|展评|展演|征文|征集|演讲|朗诵|合唱|汇演|大会|活动|仪式|文化节|艺术节|体育节"
)
# events at which nothing is won, so that what is told of honours is of another time
_NO_PRIZES = re.compile(
    r"慰问|走访|清凉|温暖|培训|讲座|帮扶|义诊|体检|疗休养|招聘|入会|宣讲|助学|帮困|救助|普法|看望|结对"
)
# what may stand between who wins and the verb
_WINNER_TO_VERB = (
    rf"(?:{COUNTED}(?:分别|双双|也|均|都|共同|一举|成功|最终|最后|联合|勇|并列|喜|又|再次|再度|还|同时|则|各|率先|当场|"
    rf"依次|荣幸|光荣|不负众望|脱颖而出|笑到最后|力压群雄|技高一筹|后来居上|略胜一筹|胜出|从[^，。；{{}}\ue001\ue002]{{1,16}}中(?:脱颖而出|胜出|突围|拔得头筹)|上台|登台|组队的{HAN}{{1,8}}队|"
    rf"(?:以|凭借?)[^，。；{{}}\ue001\ue002]{{1,24}}?|(?:以[^，。；]{{1,14}})?(?:险胜|战胜|力克|击败|大胜|力压|淘汰|击退|逆转)"
    rf"(?:{BODY}|{HAN}{{1,12}}?)(?:{TEAM})?|，)*(?:被|获)?)"
)
_RECEIVER_TO_VERB = (
    rf"{COUNTED}(?:的?(?:负责人|代表|获得者|主要负责人))*(?:分别|一一|现场|依次|逐一|集中|进行|予以|给予|作出|了)*"
)
# told of the past, not of the event the article is about
_BACKGROUND = re.compile(
    r"曾|先后|多次|历年|近年|[几多数]年来|连续|累计|此前|以来|\d{4}年(?!度)|去年|前年|当年|同年|上届|往届|多项"
)
_NATIONAL = re.compile(r"“?(?:全国|国家|中华|国务院|中央)")
_GRANTS = re.compile(r"(?:联合|共同)?(?:授予|颁发|评选|评定|评为|命名|表彰|颁授|认定|通报表扬|评)")
_BACK_ITEMS = re.compile(r"[。；]")


def awards(sentence: Sentence) -> Iterator[Claim]:
    """Yield who gives an honour to whom: bodies by verbs of awarding, activities by what is won in them."""
    text = sentence.text
    before: list[Occurrence] = []
    last: Occurrence | None = None  # who gave by the passive before: A被B授予…，C被授予…
    for verb in patterns()["award"].finditer(text, sentence.start, sentence.end):
        giver = next((b for b in sentence.bodies if b.end == verb.start()), None)
        front = text[verb.start() - 1], text[(giver.start if giver else verb.start()) - 1]
        if "被" in front or "获" in front:
            last = giver or last
            yield from _granted(sentence, verb, giver or last)
        elif front[1] not in "由得":  # 获得A授予的: read from 获得
            before = yield from _given(sentence, verb, before)
    for verb in patterns()["win"].finditer(text, sentence.start, sentence.end):
        yield from _won(sentence, verb)
    yield from _taken(sentence)


# ------------------------------------------------------------------------------------------------------- A授予B: active


def _given(
    sentence: Sentence, verb: re.Match[str], before: list[Occurrence]
) -> Generator[Claim, None, list[Occurrence]]:
    """A授予B称号, A为B颁奖; where a person does it, it is the union he or she holds a post in.

    `before` are those who gave by the verb before; returned are those who gave by this one.
    """
    text, word = sentence.text, verb.group()
    occasion = word.startswith("表彰") and _NO_AWARD.match(text[verb.end() : verb.end() + 3])
    if text[verb.end() : verb.end() + 1] in "会大仪典决文" or occasion or _NO_HONOUR.match(text, verb.end()):
        return before
    if word.startswith(("颁发", "授牌", "颁授")) and not _PRIZED.search(text, sentence.start, sentence.end):
        return before  # the plate of a new union, a certificate of a course
    honour = qualified("honour", _honour(text, verb.end(), sentence.end))
    start = sentence.clause_start(verb.start())
    to = _TO.search(text, start, verb.start())
    givers = subjects(sentence, to.start() if to else verb.start())
    first = patterns()["award"].search(text, sentence.start, start)
    again = first is not None and _AND_ALSO.fullmatch(text, start, to.start() if to else verb.start()) is not None
    if again:
        givers = before  # A授予B…，授予C…
    targets: list[Occurrence] = []
    if to:
        listed = sentence.shape.list_before(verb.start(), _RECEIVER_TO_VERB)
        if listed is None or listed.start < to.end():
            listed = sentence.shape.list_behind(to.end())
        targets = _winners(listed, givers)
    if not targets:
        behind = sentence.shape.list_behind(verb.end())
        limit = _next_award(sentence, verb.end())
        targets = [o for o in _winners(behind, givers) if o.start <= limit] or _after(sentence, verb.end())
    if not givers:
        front = to.start() if to else verb.start()
        if again and first is not None:
            start = front = first.start()  # 大会授予B…，授予C…
        event = _EVENT_GIVES.fullmatch(text, min(start, max(sentence.start, front - 12)), front)
        officer = next((p for p in reversed(sentence.people) if p.end <= verb.start()), None)
        body = union_of_officer(sentence, officer) if word.startswith(("颁", "授")) else None
        if body is None and event is not None:
            yield from _by_event(sentence, targets, honour, event.group())
        for target in targets if body is not None else ():
            if target.node is not body:
                yield sentence.claim(body, "awards", target.node, "award-by-officer", qualifiers=honour)
        return before
    rule = "award-handed" if verb.group().startswith(("颁", "授牌", "授旗")) else "award"
    for giver in givers:
        status = status_of(text, giver.end, verb.start())
        for target in targets if giver.node.type in BODIES else ():
            if target.node is not giver.node:
                yield sentence.claim(giver.node, "awards", target.node, rule, status, honour)
    return givers or before


_AND_ALSO = re.compile(r"(?:并|同时|还|又|也|决定|分别|，)*")
# 大会还表彰了: it is the event that gives
_EVENT_GIVES = re.compile(
    r"(?:大会|会议|会上|仪式上?|活动(?:中|现场|上)|现场|最后|随后|同时|，|还|首先|对|集中|隆重|共|一并|进行|予以|宣读|了|决定)+"
)
_EVENT = re.compile(r"会|仪式|活动|现场")


def _by_event(sentence: Sentence, targets: list[Occurrence], honour: Qualifiers, words: str) -> Iterator[Claim]:
    act = own_activity(sentence.scene, sentence.start)
    if act is not None and _EVENT.search(words):
        for target in targets:
            yield sentence.claim(act, "awards", target.node, "award-by-event", qualifiers=honour, why=COREFERENCE)


_LISTED = re.compile(r"[、和]$|授予|给")


# behind a body that is honoured itself, and not somebody of it whose name we do not know
_ALONE_ITEM = re.compile(
    r"(?:（[^（）]{1,20}）)?(?:[、，和与及“《\d。；]|以及|等|为|称号|荣誉|[一二三四五六七八九十两]+[家个])"
)


def _next_award(sentence: Sentence, at: int) -> int:
    """Where the next verb of awarding starts, the end of the sentence where none does: 授予A…，|授予B…"""
    following = patterns()["award"].search(sentence.text, at, sentence.end)
    return following.start() if following else sentence.end


def _after(sentence: Sentence, at: int) -> list[Occurrence]:
    """Who stands behind the verb in places of a list, whatever else stands between them."""
    text = sentence.text
    limit = min(at + 60, _next_award(sentence, at))
    return [
        o
        for o in sorted((*sentence.bodies, *sentence.people), key=lambda o: o.start)
        if o.named
        and _may_win(o)
        and at <= o.start <= limit
        and not _BACK_ITEMS.search(text, at, o.start)
        and (o.node.type == "Person" or _ALONE_ITEM.match(text, o.end))
        and (o.start - at <= 2 or _LISTED.search(text[max(at, o.start - 3) : o.start]))
    ]


def _may_win(o: Occurrence) -> bool:
    return o.node.type in ("TradeUnion", "Enterprise", "Person")


def _winners(
    listed: Listed | None, givers: list[Occurrence] | None = None, *, spoken: bool = False
) -> list[Occurrence]:
    """The items of a list that an honour may go to; 公司 and the like only with `spoken`."""
    members = listed.members if listed is not None else ()
    return [o for o in members if _may_win(o) and (o.named or spoken) and o not in (givers or ())]


# ---------------------------------------------------------------------------------------------------- B获奖, B被A授予


def _won(sentence: Sentence, verb: re.Match[str]) -> Iterator[Claim]:
    """A、B获得一等奖: the activity gives it, and bodies that win in a contest took part; or who is said to give it."""
    text, at = sentence.text, verb.start()
    if _WHO_WON.match(text, verb.end()) or text.startswith("的", verb.end()):
        return  # 受表彰的个人参加了
    giver = next((b for b in sentence.bodies if b.start == verb.end() and _gives_it(text, b)), None)
    if giver is None and _ADVANCES.match(text, verb.end()):
        yield from _advanced(sentence, at)
        return
    honour = _honour_of(sentence, verb, giver)
    if not honour or verb.group().startswith("当选"):
        return
    attribute = _WHO_HAS.match(text, verb.end())
    if attribute is not None:  # 获得一等奖的A、B
        contest = _contest_of(sentence, at, attribute.end())
        if giver is None and (contest is None or not MATCH.search(contest.name)):
            return
        listed = sentence.shape.list_behind(attribute.end())
    else:
        listed = sentence.shape.list_before(at, _WINNER_TO_VERB)
    if listed is None or _NO_WINNER.search(text[max(sentence.start, listed.start - 3) : listed.start]):
        return
    yield from _honoured(sentence, listed, at, honour, giver.node if giver is not None else None)


_ITS_HONOUR = re.compile(
    r"[“‘]|[\u4e00-\u9fff\d]{0,10}(?:先进|优秀|模范|示范|先锋号|之家|小家|之友|标兵|能手|奖状|奖章|[一二三特金银铜]等?奖|称号|表彰|表扬)"
)


def _gives_it(text: str, body: Occurrence) -> bool:
    """Whether what is won is that body's: 获A授予的…, 荣获A工会“模范职工之家”称号."""
    its_own = body.node.type == "TradeUnion" and _ITS_HONOUR.match(text, body.end) is not None
    return its_own or _GRANTS.match(text, body.end) is not None


_WHO_HAS = re.compile(r"[^，。；的]{0,24}(?:奖|冠军|亚军|季军|名|称号|桂冠)”?(?:称号)?的")
_WHO_WON = re.compile(r"[奖胜](?!项|励)[\u4e00-\u9fff]")  # 获奖选手, 获胜队
# reached in a contest and won nothing yet
_ADVANCES = re.compile(
    r"了?(?:最后的|最终的)?(?:前[一二三四五六七八九十\d]+强?(?!名)|[一二三四五六七八九十\d]+强|总?决赛|半决赛|复赛|冠军赛|下一轮|第[二三四]轮)"
)


def _advanced(sentence: Sentence, verb: int) -> Iterator[Claim]:
    """A、B挤进前八: they were in the contest."""
    listed = sentence.shape.list_before(verb, _WINNER_TO_VERB)
    act = _contest_of(sentence, listed.start, verb) if listed is not None else None
    if act is not None and CONTEST.search(act.name):
        for winner in _winners(listed):
            yield sentence.claim(winner.node, "participatesIn", act, "win-body")


_NO_WINNER = re.compile(r"(?:[在向对为给从]|与|由|帮助|指导|支持)$")


def _honoured(
    sentence: Sentence, listed: Listed, verb: int, honour: str, giver: Node | None, *, granted: bool = False
) -> Iterator[Claim]:
    """The claims of one list of winners: from whom they have it, and what contest they were in."""
    text, winners = sentence.text, _winners(listed, spoken=giver is not None)
    giver = giver or _by_decision(sentence, listed.start)
    act = _contest_of(sentence, listed.start, verb)
    if giver is None and any(a.node is act and on_the_eve(text, a.end) for a in sentence.acts):
        act = None  # 在X论坛前夕，…
    if giver is None and (act is None or not _GIVES_PRIZES.search(act.name) or (act.spans and act.first()[0] > verb)):
        giver = _announced(sentence, listed.start)
    source = giver or act
    if source is None:
        return
    status = status_of(text, listed.start, verb)
    by_article = (
        giver is None
        and act is sentence.scene.told_at(sentence.start)
        and not any(a.node is act for a in sentence.acts)
    )
    if by_article and not MATCH.search(source.name):
        if _NATIONAL.match(honour) or _NO_PRIZES.search(source.name):
            return
    if by_article:
        low = sentence.clause_start(listed.start) - sentence.start
        if _BACKGROUND.search(sentence.shape.signs[low : verb - sentence.start]):  # in signs: 曾 may be a family name
            return
    for winner in winners:
        if winner.node is source:
            continue
        if act is not None and CONTEST.search(act.name) and giver is None:
            yield sentence.claim(winner.node, "participatesIn", act, "win-body", status)
        yield sentence.claim(
            source, "awards", winner.node, "granted" if giver or granted else "win", status, qualified("honour", honour)
        )


_DECISION = re.compile(
    r"(?:印发|下发|发布|公布|发文|发出|作出|通报|出台)(?:了)?(?:《[^《》]*(?:表彰|命名|授予|通报|表扬|评选|认定|公布)[^《》]*》|"
    r"[^，。；《》]{0,16}(?:表彰|命名)(?:决定|通报|文件))"
)


def _by_decision(sentence: Sentence, end: int) -> Node | None:
    """A印发《关于表彰…的决定》，B被授予…: whose decision it is."""
    decided = _DECISION.search(sentence.text, sentence.start, end)
    givers = subjects(sentence, decided.start()) if decided is not None else []
    return givers[-1].node if givers else None


# A印发通报，表彰一批…; A公布2024年度“X”名单: what is told behind it are its results
_ANNOUNCED = re.compile(
    r"(?:联合|共同|正式|近日|日前|隆重)*(?:印发|下发|发出|发布|公布|发文|通报|作出|出台|揭晓|公示|宣布|下达)(?:了)?"
    r"(?:(?:《|关于)?[^，。；：《》]{0,40}?(?:表彰|命名|授予|通报|表扬|评选|认定|名单|结果|决定|推选|选树)|(?:通报|文件|通知|决定|公告)?，(?:决定|对[^，。；]{2,40})?"
    r"(?:予以|进行|给予|集中|通报)*(?:表彰|表扬|命名|授予|认定|公布))|"
    r"(?:决定)?(?:对[^，。；]{2,40}(?:予以|进行|给予|集中|通报)*|通报|集中|联合|评选|隆重)(?:表彰|表扬|命名|授予|评选|推选|认定)(?:了)?|"
    r"(?:正式|近日|日前|又)*(?:表彰|表扬|命名|授予|评选出|推选出|认定)了"
)
_FAR = 500  # characters behind an announcement in which its results may be told


def _announced(sentence: Sentence, end: int, *, far: bool = False) -> Node | None:
    """Who announced the results that are told here: the union, where one of several is, that did so in this paragraph
    or the one before; with `far` wherever before."""
    scene, text = sentence.scene, sentence.text
    low = max(scene.reading.body, end - (2 * _FAR if far else _FAR))
    here = text.rfind("\n", low, end)
    if here >= 0 and not far:  # from the start of the paragraph before
        low = text.rfind("\n", low, here) + 1 or low
    for found in reversed(list(_ANNOUNCED.finditer(text, low, end))):
        start, stop = scene.reading.sentence_of(found.start())
        told = sentence
        if start != sentence.start:
            told = Sentence(scene, start, stop, scene.within(start, stop))
        givers = [o.node for o in subjects(told, found.start()) if o.end == found.start() or o.end + 6 > found.start()]
        if givers:
            return next((node for node in givers if node.type == "TradeUnion"), givers[0])
    return None


def _contest_of(sentence: Sentence, start: int, end: int) -> Node | None:
    """In what a list of winners wins: the activity named before it or behind the verb, else the article's own."""
    before = next((a.node for a in reversed(sentence.acts) if a.end <= start), None)
    behind = next((a.node for a in sentence.acts if a.start >= end), None)
    return before or behind or own_activity(sentence.scene, sentence.start)


def _honour_of(sentence: Sentence, verb: re.Match[str], giver: Occurrence | None) -> str:
    word = verb.group()
    start = giver.end if giver is not None else verb.end()
    honour = _honour(sentence.text, start, min(_clause_end(sentence, start), start + 40))
    if not honour and word.endswith(("表扬", "表彰")):
        return word.removeprefix("受到").removeprefix("获").removeprefix("受")
    if not honour and (word in _TO_STAGE or word in _ON_LIST or _TO_LIST.match(sentence.text, verb.end())):
        return "表彰"
    if honour and not _GIVEN_VERB.search(word) and not _SURE_HONOUR.search(honour):
        return ""  # 收获“大礼包”
    return honour or _WON_BY_VERB.get(word, "")


_TO_STAGE = frozenset(("上台领奖", "登台领奖", "接受表彰"))  # for the honour that was told before
# on the list that was told before
_ON_LIST = frozenset(("榜上有名", "上榜", "登榜", "名列其中", "位列其中", "名列榜中", "在列", "榜上题名"))
_TO_LIST = re.compile(r"(?:该|此|本次|此次|[\u4e00-\u9fff]{0,6})?(?:榜单|名单|光荣榜|红榜)")  # 入选名单, 荣登榜单
_GIVEN_VERB = re.compile(r"(?<!收)获|授|评|命名|表彰|荣|认定|入选|得(?!了|到)|夺")
_SURE_HONOUR = re.compile(r"奖(?!学)|冠军|亚军|季军|名|位|第|牌|桂冠|称号|先进|标兵|能手|状元|等$|先锋")
_PRIZED = re.compile(r"奖(?!学)|冠军|称号|先进|标兵|能手|状元|先锋|优秀|示范|模范|劳模|工匠|荣誉|职工之家|职工小家")


def _clause_end(sentence: Sentence, at: int) -> int:
    found = _CLAUSE_END.search(sentence.shape.signs, at - sentence.start)
    return sentence.start + found.start() if found else sentence.end


_CLAUSE_END = re.compile(r"[，。；]")
_TAKEN_BY = re.compile(
    rf"{COUNTED}(?:分别|最终|成功|一举|双双|所)*(?:夺得|获得|摘得|斩获|夺走|捧走|捧回|摘走|收入囊中|揽入怀中|摘取|拿下|夺取|包揽|获)"
)
_PRIZE_LIST = re.compile(
    r"(?P<open>(?:[\d一二三四五六七八九十两百]+(?:[位名个家]|余[位名个家])|获得|获评|获|当选|入选|评出|授予|揭晓)[^，。；：]{0,16}[”者号人位奖章匠手兵者]"
    r"(?:称号|荣誉)?(?:的)?(?:获得者|得主|当选者|名单|同志|个人|单位|集体|职工|劳动者|者)?(?:分别|依次)?(?:是|为|有)?：|"
    r"(?:获奖|获评|获选|受表彰|当选|入选|上榜|授予|荣获)[^，。；：]{0,12}(?:者|人员|单位|集体|个人|选手|职工|名单|人选)(?:分别|依次)?(?:是|为|有|：)：?)|"
    r"(?:奖|冠军|亚军|季军|[前第][一二三四五六七八九十\d]+名|称号|标兵|能手|先进集体|先进个人)”?(?:（[^（）]*）)?(?:获得者|得主|获得单位|称号|的)?(?:分别|依次|则)?(?:：|是|为)"
)


def _taken(sentence: Sentence) -> Iterator[Claim]:
    """冠军由A夺得, 人气奖由B收入囊中; 一等奖：A、B."""
    text = sentence.text
    if not _winning_words(sentence):
        return
    signs = sentence.shape
    for by in _BY.finditer(text, sentence.start, sentence.end):
        listed = signs.list_behind(by.end())
        verb = _TAKEN_BY.match(text, listed.end) if listed is not None else None
        honour = _honour(text, sentence.clause_start(by.start()), by.start()) if verb is not None else ""
        if honour and listed is not None and verb is not None:
            yield from _honoured(sentence, listed, verb.end(), honour, None)
    heads = list(_PRIZE_LIST.finditer(text, sentence.start, sentence.end))
    for number, prize in enumerate(heads):
        stop = heads[number + 1].start() if number + 1 < len(heads) else sentence.end
        part = text.find("；", prize.end(), stop)
        stop = part if part >= 0 and prize.group("open") is None else stop
        act = own_activity(sentence.scene, sentence.start)
        members = _in_roll(sentence, prize.end(), stop)
        if act is None or not (MATCH if prize.group("open") is None else _GIVES_PRIZES).search(act.name):
            giver = _announced(sentence, prize.start()) if prize.group("open") is not None else None
            if giver is None:
                continue
        else:
            giver = None
        honour = _honour(text, sentence.clause_start(prize.start()), prize.end())
        yield from _honoured(sentence, Listed(prize.end(), stop, tuple(members)), prize.end(), honour, giver)


def _in_roll(sentence: Sentence, start: int, end: int) -> list[Occurrence]:
    """Who is listed in text[start:end], where a heading says that winners are: people behind their bodies and posts,
    and bodies that are an item of their own."""
    text = sentence.text
    bodies = [
        o
        for o in sentence.bodies
        if start <= o.start
        and o.end <= end
        and (o.start == start or text[o.start - 1] in "：，；、和 ")
        and _ITEM_ENDS.match(text, o.end, end)
    ]
    people = [o for o in sentence.people if start <= o.start and o.end <= end]
    return sorted((*bodies, *people), key=lambda o: o.start)


_ITEM_ENDS = re.compile(r"(?:（[^（）]{1,20}）)?(?:[，；、和与及。 ]|以及|等|代表队|队|$)")


def _winning_words(sentence: Sentence) -> bool:
    """Whether the sentence is worth a look for who took which prize."""
    return (
        bool(sentence.bodies or sentence.people)
        and _PRIZE.search(sentence.text, sentence.start, sentence.end) is not None
    )


_BY = re.compile(r"由")
_PRIZE = re.compile(r"奖|军|名|称号|标兵|能手|先进|桂冠|工匠|人物|劳模|获评|最美|优秀|示范|当选|入选")


def _granted(sentence: Sentence, verb: re.Match[str], giver: Occurrence | None) -> Iterator[Claim]:
    """A等10个单位、B、C等30人被授予H: who gave it is said (被X授予), or it is the occasion's own body."""
    honour = _honour_of(sentence, verb, None)
    at = giver.start if giver is not None and giver.end == verb.start() else verb.start()
    listed = sentence.shape.list_before(at, _WINNER_TO_VERB)
    if listed is None and giver is not None and _ALONE.fullmatch(sentence.text, sentence.clause_start(at), at):
        group = [o for o in subjects(sentence, at) if o.start < sentence.clause_start(at)]
        if group and group[0].start - sentence.clause_start(group[0].start) <= _OPENS:
            listed = Listed(group[0].start, group[-1].end, tuple(group))  # A建起书屋，|被B授予…
    if honour and listed is not None:
        node = giver.node if giver is not None else None
        yield from _honoured(sentence, listed, verb.start(), honour, node, granted=True)


_ALONE = re.compile(
    r"(?:并|还|也|又|曾|先后|多次|连续|[一二三四五六七八九十几\d]+[次年度]|今年|去年|荣|光荣)*(?:被|获)"
)
_OPENS = 8  # characters that may stand in front of the topic of a sentence: 近年来，


# ------------------------------------------------------------------------------------------------------------- pronouns

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


_UP_TO_HONOUR = re.compile(
    r".*(?:为|获得|荣获|夺得|摘得)(?=.{2})|得(?=第|[一二三特]等)|"
    r".*等?(?:\d+|[一二两三四五六七八九十]+)余?[个名位人家](?:先进)?(?:集体|个人|单位|班组|职工|同志|企业)?(?=.{4})"
)  # 授予A等30个集体|工人先锋号


def _honour(text: str, start: int, end: int) -> str:
    """The honour named first in text[start:end], at most 60 characters on; "" where none is."""
    match = _HONOUR.search(text, start, min(end, start + 60))
    behind = _UP_TO_HONOUR.match(match.group(2)) if match and match.group(2) else None
    if match and behind:
        return match.group(2)[behind.end() :]  # 命名…班组为|工人先锋号
    return (match.group(1) or match.group(2)) if match else ""


# ------------------------------------------------------------------------------------------------------------ the roll

_ROLL = re.compile(
    r"^(?:[一二三四五六七八九十\d]+[、.．]|（[一二三四五六七八九十\d]+）|[■●◆▲★◎【])?[^。；，！？\n]{0,40}?"
    r"(?:获得者|获奖者|获奖选手|获奖名单|表彰名单|名单|(?:一|二|三|特)等奖|优秀奖|优胜奖|[个人体织贡献]奖|[金银铜]奖|奖[章状]|先锋号|称号|"
    r"[冠亚季]军|(?:先进|优秀|模范|示范|最美|最佳)[\u4e00-\u9fff]{1,10}|标兵|能手|工匠|“[^“”\n]{2,16}”|年度人物)"
    r"(?:[（(][^（）()\n]{0,30}[）)])?】?：?$",
    re.MULTILINE,
)
# 共10人入选：, with the names in the lines below
_FOLLOWS = re.compile(
    r"^[^\n]{0,200}(?:名单|入选|获奖|当选|表彰|获评|获此|称号|荣誉|评选|评出|授予)[^\n。！？]{0,30}：$", re.MULTILINE
)
_LINE = re.compile(r"[^\n]*")
_NUMBERED = re.compile(
    r"(?:[\d一二三四五六七八九十]+[、.．）)]|（[\d一二三四五六七八九十]+）|[·•●■—\-▲◆○★※]+|"
    r"第[一二三四五六七八九十\d]+名：?)? *"
)
_LONGEST_LINE = 60  # of a roll: a name with its post
_OF_WHOM = re.compile(r"(?:（[^（）]{1,12}）)?$")


def honour_roll(scene: Scene) -> Iterator[Claim]:
    """A heading of honours, and under it a winner in each line: 甲（A公司）, A公司 甲, 甲：A公司职工, A公司."""
    text, body = scene.reading.text, scene.reading.body
    headings = sorted((*_ROLL.finditer(text, body), *_FOLLOWS.finditer(text, body)), key=lambda m: m.start())
    for heading in headings:
        act = own_activity(scene, heading.start())
        giver = _of_roll(scene, heading.end()) if act is None or not _GIVES_PRIZES.search(act.name) else act
        honour = qualified("honour", _honour(text, max(heading.start(), heading.end() - 60), heading.end()))
        at = heading.end()
        while giver is not None and honour:
            while text.startswith(("\n", " ", "\u3000"), at):
                at += 1
            line = _LINE.match(text, at)
            if line is None or not 2 <= len(line.group()) <= _LONGEST_LINE or _NO_LINE.search(line.group()):
                break
            if _ROLL.match(text, at):
                break
            for winner in _in_line(scene, *line.span()):
                start, end = scene.reading.sentence_of(winner.start)
                yield Claim(
                    giver, "awards", winner.node, start, max(end, winner.end), "roll", "happened", honour, COREFERENCE
                )
            at = line.end()


_NO_LINE = re.compile(r"[。！？；]|，[^，]*，")


def _of_roll(scene: Scene, end: int) -> Node | None:
    """Who gives the honours of a roll that stands under the words that announce it."""
    start, stop = scene.reading.sentence_of(end - 2)
    return _announced(Sentence(scene, start, stop, scene.within(start, stop)), end, far=True)


def _in_line(scene: Scene, start: int, end: int) -> list[Occurrence]:
    """The winners of one line: the people, else the one body that the line is."""
    text = scene.reading.text
    number = _NUMBERED.match(text, start, end)
    first = number.end() if number is not None else start
    people = [
        o
        for _, _, o in scene.of_type["Person"].overlapping(first, end)
        if o.named and (o.start, o.end) not in scene.credited
    ]
    if people:
        return people
    for kind in ("TradeUnion", "Enterprise"):
        for _, _, o in scene.of_type[kind].overlapping(first, end):
            if o.named and o.start == first and _OF_WHOM.match(text, o.end, end):
                return [o]
    return []
