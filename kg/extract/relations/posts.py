"""The posts that people hold, are said to hold, or are elected to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from kg.extract import lexicon
from kg.extract.lexicon import one_of
from kg.extract.people import title_ends_line
from kg.extract.posts import Post
from kg.extract.relations.claim import COREFERENCE, Claim
from kg.extract.scene import Node, Occurrence, Scene, most_named

__all__ = ["described", "elected", "roles", "rolls"]

_HOLDERS = ("TradeUnion", "Enterprise", "Organization", "Venue", "District")
_INHERITED = ("TradeUnion", "Enterprise", "Organization")
# between a person and the post of the next one in a list
_NEXT_POST = re.compile(r"(?:（[^（）]{1,6}）)?(?:同志|先生|女士)?(?:、|，|和|及|与|以及|，以及|；)(?:以及)?")
_HONOUR = re.compile(
    r"(?:劳模|劳动模范|工匠|标兵|能手|先进(?:工作者|个人)|代表|委员|市民|居民|村民|职工|工人|农民工|党员|志愿者|老师|学生|教师)$"
)  # said of a place (宜昌市劳动模范), these are no posts in it


def roles(scene: Scene) -> Iterator[Claim]:
    """Yield the posts that stand in front of names: A总工会副主席X; in a list the body may stand but once."""
    shared: dict[tuple[int, int], Node] = {}  # person -> the body inherited from the person before
    last: dict[int, Node] = {}  # end of a person -> the body his or her post is in
    only = _only_firm(scene)
    for person, post, named in sorted(scene.posts, key=lambda item: (item[1].person, item[1].start)):
        body = named
        if body is None and _bare_union(post):
            firm = next((b for p, o, b in scene.posts if o.person == post.person and b is not None), None)
            body = _of_union(scene, firm, post) if firm is not None and firm.type in _INHERITED else None
        if body is None and post.person in shared:
            body = shared[post.person]  # 党组成员、副主席: both in the one body
        elif body is None and lexicon.ends_with_post(post.title) and not _OF_STATE.search(post.title):
            before = _person_before(scene, post.start - len(_bare_union(post)), last)
            if before is not None and not (
                before.type == "TradeUnion" and _PARTY.match(post.title)
            ):  # A总工会副主席X、二级调研员Y; 公司党委书记X、工会主席Y
                body = shared[post.person] = _of_union(scene, before, post)
        if body is None and post.body is None and post.person not in shared and _OF_FIRM.search(post.title):
            body = only
        if body is None and post.body is None and post.person not in shared:
            body = _visited(scene, post)
        if body is None or body.type not in _HOLDERS:
            continue
        if body.type == "District" and (_HONOUR.search(post.title) or not lexicon.ends_with_post(post.title)):
            continue
        if body.type in _INHERITED:
            last[post.person[1]] = body
        start, end = scene.reading.sentence_of(post.person[0])
        stop, title = max(end, post.person[1]), (("title", post.title),)
        yield Claim(person, "hasRole", body, start, stop, "post-before-name", qualifiers=title)
        if _OF_SEVERAL.match(post.title):
            for other in _also(scene, post):
                yield Claim(other, "hasRole", body, start, stop, "post-of-several", qualifiers=title)


_OF_FIRM = re.compile(
    r"^(?:公司|集团)?(?:党委|党组|党总支)?(?:副)?(?:董事长|总经理|总裁|总工程师|总会计师|矿长|厂长|行长)$"
)


def _only_firm(scene: Scene) -> Node | None:
    """The one firm that is named, where there is but one."""
    firms = [n for n in scene.nodes if n.type == "Enterprise" and any(rule != "host" for _, _, rule in n.spans)]
    return firms[0] if len(firms) == 1 else None


# 来到X公司，看望班长Y: whom somebody meets where he or she goes is of the place
_VISITS = re.compile(r"(?:来到|走进|前往|深入|抵达|到|赴|在|走访|参观|慰问)(?:了)?$")
_MEETS = re.compile(
    r"[^，。；]{0,12}(?:看望|慰问|探望|问候|与|和|同|向|为|给)(?:了|着)?(?:正在[^，。；]{2,12}的)?[^，。；]{0,24}$"
)
_OF_UNIT = re.compile(r"(?:班组?长|组长|队长|工长|炉长|站长|段长|车间主任|[\u4e00-\u9fff][员工师匠]|职工|技师|师傅)$")


def _visited(scene: Scene, post: Post) -> Node | None:
    """The firm that is visited in the sentence in which somebody is met."""
    text = scene.reading.text
    if _OF_UNIT.search(post.title) is None:
        return None
    start = scene.reading.sentence_of(post.start)[0]
    near = [o for o in scene.within(start, post.start) if o.node.type in ("Enterprise", "TradeUnion") and o.named]
    body = near[-1] if near else None
    if (
        body is None
        or body.node.type != "Enterprise"
        or _VISITS.search(text, max(start, body.start - 4), body.start) is None
    ):
        return None
    clause = text.rfind("，", body.end, post.start) + 1
    return body.node if clause and _MEETS.fullmatch(text, clause, post.start) else None


_MANAGES = re.compile(
    r"(?:[矿厂院校段站行所店]长|经理|总监|董事|监事|总裁|总师|总?工程师|会计师|经济师)$"
)  # posts of firms
_OF_STATE = re.compile(r"[省市区县州旗镇乡]长$|司令员$|政委$|检察长$")  # posts of a government or the army
_PARTY = re.compile(r"机关党委|党委|党总支|党支部|党工委|团委|纪委")  # posts that no union has
_OF_SEVERAL = re.compile(r"(?:[\u4e00-\u9fff]{0,6}、)?(?:党组成员|常委|委员|(?:党委|党组)?副)")


def _also(scene: Scene, post: Post) -> Iterator[Node]:
    """副总经理A、B、C: a post that several can hold, named in front of the first of a list."""
    text, end = scene.reading.text, post.person[1]
    while text[end : end + 1] in ("、", "和"):
        following = next(scene.of_type["Person"].starting(end + 1, end + 2), None)
        if following is None or (following.start, following.end) in scene.titled or following.node in scene.bodies_of:
            return
        yield following.node
        end = following.end


def _bare_union(post: Post) -> str:
    """工会 in front of 主席, where no union could be told."""
    return "工会" if post.body is not None and post.body.kind == "relative" and post.body.type == "TradeUnion" else ""


def _person_before(scene: Scene, position: int, last: dict[int, Node]) -> Node | None:
    """The body of the person whose place in a list ends where the post at `position` starts."""
    text = scene.reading.text
    for size in range(1, 10):
        if position - size in last and _NEXT_POST.fullmatch(text, position - size, position):
            return last[position - size]
    return None


def _of_union(scene: Scene, body: Node, post: Post) -> Node:
    """工会主席 behind a post in a firm is of its union, where the article has it; 总经理 behind one in its union
    is of the firm."""
    if body.type == "TradeUnion" and body.host is not None and _MANAGES.search(post.title):
        return body.host
    if body.type == "TradeUnion" or not _bare_union(post):
        return body
    return next((n for n in scene.nodes if n.type == "TradeUnion" and n.host is body and n.spans), body)


# what ties a person to the body named right behind it: is, came there, works there
_IS = r"(?:现|曾|历|先后|后)?(?:任|担任|出任|就任)|(?:现|现在|目前)?(?:为|系|是)"
_CAME = (
    r"(?:进入|入职|加入|调入|调[到至]|分配?[到至进]|应聘[到进]|考[入进]|招工[到进]|转业到|退伍到)(?:了)?|"
    r"(?:就职|供职|任职|服务)于"
)
_TIE = re.compile(rf"(?:(?P<is>{_IS})|(?P<came>{_CAME}))$")
_LONGEST_TIE = 8
# between the person and the tie: nothing but when, or the lines of a life
_WHEN = re.compile(
    r"，?(?:从?[^，。；]{0,8}毕业后?，?)?"
    r"(?:[\d一二三四五六七八九十]{2,4}(?:年|岁)(?:\d+月)?|毕业|退伍|转业|参加工作|当年|同年|今年|便|就|即|后|起|，)*"
)
_LIFE = re.compile(
    r"，(?:男|女|[\u4e00-\u9fff]{1,4}族|\d{4}年(?:\d+月)?(?:\d+日)?(?:出?生|参加工作|入党|加入)|\d+岁|中共(?:预备)?党员|"
    r"[\u4e00-\u9fff]{0,6}(?:学历|文化))(?=，)[^。；]*"
)
# a sentence that goes on with the person that the report is about
_GOES_ON = re.compile(
    r"(?:\d{4}年(?:\d+月)?|当年|同年|毕业)?[^，。；]{0,8}?，?(?:[他她]|毕业后?|退伍后?)?(?:便|就|被|又)?"
)
_BEHIND_NAME = re.compile(r"，?(?:现在|目前|现)?(?:是|为|系)")
_NAME_OPENS = ("", "\n", "。", "；", "：", "、")
_POST_ENDS = ("", "\n", "。", "；", "，")
_ONE_OF = re.compile(r".*[名位]")


@cache
def _said_title() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A title right behind a body, and one that somebody came there for: 进入X公司，成为一名|钳工."""
    titles = one_of(lexicon.titles("post") | lexicon.titles("weak"))
    title = rf"的?(?:一?[名位])?([\u4e00-\u9fffA-Za-z\d]{{0,8}}?(?:的一?[名位])?(?:{titles}))"
    title += "(?=[，。、；（]|兼|岗位|工作|$)"
    took = r"(?:工作)?后?(?:(?:，[^，。；]{0,10})??(?:成为|当上|从事|担任|任|出任)|，?[当做])起?了?"
    return re.compile(title), re.compile(took + title)


def described(scene: Scene) -> Iterator[Claim]:
    """Posts told of a person: 罗某，是X公司的钳工; 罗某，男，1980年生，现任X公司班长; 进入X公司，成为一名钳工."""
    text = scene.reading.text
    people = [o for o in scene.occurrences if o.node.type == "Person" and o.named]
    people = [o for o in people if (o.start, o.end) not in scene.credited]
    starting, ending = {o.start: o for o in people}, {o.end: o for o in people}
    exact, took = _said_title()
    for body in scene.occurrences if people else ():
        if body.node.type not in ("TradeUnion", "Enterprise"):
            continue
        person, title = None, None
        tie = _TIE.search(text, max(0, body.start - _LONGEST_TIE), body.start)
        behind = starting.get(body.end + 1) if body.named and text.startswith("的", body.end) else None
        front = ending.get(body.start - 1) if body.named and text[body.start - 1] == "，" else None
        if tie is not None:
            title = (took if tie.lastgroup == "came" else exact).match(text, body.end)
            person = _of_whom(scene, people, tie) if title is not None else None
        elif behind is not None:  # X公司的|罗某，是一名钳工
            link = _BEHIND_NAME.match(text, behind.end)
            title = exact.match(text, link.end()) if link is not None else None
            person = behind.node
        elif front is not None and text[front.start - 1 : front.start] in _NAME_OPENS:  # 罗某，|X公司班长，
            title = exact.match(text, body.end)
            ends = title is not None and text[title.end() : title.end() + 1] in _POST_ENDS
            person = front.node if ends else None
        if title is not None and person is not None:
            start, end = scene.reading.sentence_of(body.start)
            said = (("title", _ONE_OF.sub("", title.group(1))),)
            yield Claim(person, "hasRole", body.node, start, end, "post-said", qualifiers=said)


def _of_whom(scene: Scene, people: list[Occurrence], tie: re.Match[str]) -> Node | None:
    """Of whom a post is told: the person in front of the tie, or the one the report is about."""
    text, at = scene.reading.text, tie.start()
    start = scene.reading.sentence_of(at)[0]
    before = bisect_left(people, at, key=lambda o: o.start)
    last = people[before - 1] if before else None
    if last is not None and last.start >= start:
        near = _WHEN.fullmatch(text, last.end, at) or _LIFE.fullmatch(text, last.end, at)
        return last.node if near is not None else None
    return scene.hero if _GOES_ON.fullmatch(text, start, at) else None


def rolls(scene: Scene) -> Iterator[Claim]:
    """白鸽 X公司女工委主任: a line of a roll names a person, the body and the post."""
    text = scene.reading.text
    for o in scene.occurrences:
        if (
            o.node.type != "Person"
            or text[o.end : o.end + 1] not in (" ", "（")
            or text[o.start - 1 : o.start] not in ("\n", "")
        ):
            continue
        end = text.find("\n", o.end)
        end = end if end >= 0 else len(text)
        for kind in ("TradeUnion", "Enterprise", "Organization"):
            note = text[o.end] == "（"
            near = scene.of_type[kind].starting(o.end + 1, o.end + (24 if note else 2))
            body = next((b for b in near if b.end < end), None)
            stop = text.find("）", o.end, end) if note else end
            if body is not None and stop > body.end and title_ends_line(text[:stop], body.end):
                title = (("title", text[body.end : stop].strip()),)
                yield Claim(o.node, "hasRole", body.node, o.start, end, "post-in-roll", qualifiers=title)
                break


# ----------------------------------------------------------------------------------------------------------- elections

_ELECTED = re.compile(
    r"(?:（[^（）]{1,6}）)?(?:[一二两三四五六七]位)?(?:同志)?(?:分别|全票|高票)*(?:当选|被选举|被推选|被推举|被聘)(?:为|了)?"
)
_IS_ELECTED = re.compile("当选|被选举|被推选|被推举|被聘")  # what its matches hold
_ELECTS = re.compile(r"(?:推举|推选|选举|聘任|任命|选举产生|聘请)")
_AS = re.compile(r"(?:（[^（）]{1,6}）)?(?:[一二两三四五六七]位)?(?:同志)?(?:分别)?(?:为|担任|任|兼任|出任)")
_NEXT = re.compile(r"(?:（[^（）]{1,6}）)?[、和与及]?(?:分别)?")
_IN_FRONT = re.compile(r"(?:（[^（）]{1,6}）)?(?:[、和与及，]|，最终|脱颖而出，)?(?:分别)?")
_LONGEST_NEXT = 12
_NO_TITLE = re.compile(
    r"^(?:集团公司|公司|集团|委员会|工会|联合会|集团工会|公司工会|大会|第[一二三四五六七八九十\d]+届)+"
)
_FOUNDED = re.compile(r"[^，。]{0,14}(?:成立|代表大会|揭牌|换届|第[一二三四五六七八九十\d]+届)")


@cache
def _elected_title() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A title behind 当选: first with the body's committee in front, then behind any few words."""
    titles = one_of(lexicon.titles("post"))
    committee = r"(?:党组|党委|第[一二三四五六七八九十\d]+届)?(?:[\u4e00-\u9fff]{0,10}?委员会)?"
    return re.compile(rf"{committee}(?:{titles})"), re.compile(rf"[\u4e00-\u9fff]{{0,14}}?(?:{titles})")


def elected(scene: Scene) -> Iterator[Claim]:
    """A当选主席，B、C当选副主席: posts in the body that elects; 推举A为秘书长."""
    text = scene.reading.text
    exact, loose = _elected_title()
    unions = [o for o in scene.occurrences if o.node.type == "TradeUnion"]
    elections = list(_elections(scene))
    founded = [u for u in unions if u.named and _FOUNDED.match(text[u.end : u.end + 18])] if elections else []
    for group, at, verb in elections:
        union = next(scene.of_type["TradeUnion"].starting(at, at + 4), None)
        position = union.end if union is not None else at
        found = exact.match(text, position) or loose.match(text, position)
        if found is None or "，" in found.group():
            continue
        body = union.node if union is not None else _electing(scene, unions, founded, verb, group)
        if body is None and "工会" in text[verb : found.end()]:
            body = _only_firm(scene)  # 当选为公司第一届工会委员会主席
        if body is None:
            continue
        start, end = scene.reading.sentence_of(verb)
        title = (("title", _NO_TITLE.sub("", found.group())),)
        for person in group:
            yield Claim(person.node, "hasRole", body, start, end, "elected", qualifiers=title, why=COREFERENCE)


def _elections(scene: Scene) -> Iterator[tuple[list[Occurrence], int, int]]:
    """Who is elected, where the title is to stand, and where the verb starts."""
    text = scene.reading.text
    people = [o for o in scene.occurrences if o.node.type == "Person"]
    if not people:
        return
    for match in _ELECTED.finditer(text) if _IS_ELECTED.search(text) else ():
        group: list[Occurrence] = []
        at = match.start()
        for index in range(bisect_left(people, at, key=lambda p: p.start) - 1, -1, -1):
            p = people[index]
            if p.end < at - (_LONGEST_TITLES if group else _LONGEST_NEXT):
                break
            next_to = _NEXT if group else _IN_FRONT
            if p.end <= at and (next_to.fullmatch(text, p.end, at) or _titled_list(scene, p, group, at)):
                group.append(p)
                at = p.start
            elif group and p.end <= at:
                break
        if group:
            yield group, match.end(), match.start()
    for match in _ELECTS.finditer(text):
        at, reach = match.end(), 24
        while True:  # 推选A为主席，B、C同志为副主席，D为…
            first = next(scene.of_type["Person"].starting(at, at + reach + 1), None)
            if first is None or _BROKEN.search(text, at, first.start):
                break
            chosen = _list_from(scene, first)
            as_of = _AS.match(text, chosen[-1].end)
            if as_of is None:
                break
            yield chosen, as_of.end(), match.start()
            clause = _CLAUSE.match(text, as_of.end())
            if clause is None:
                break
            at, reach = clause.end(), 0


_LONGEST_TITLES = 32
_TITLES_BETWEEN = re.compile(r"[、和][^，。；：！？“”]{2,30}")


def _titled_list(scene: Scene, person: Occurrence, group: list[Occurrence], at: int) -> bool:
    """A、X公司经理B当选副主席: whether only the posts of the next one stand between two persons of a list."""
    if not group or (group[-1].start, group[-1].end) not in scene.titled:
        return False
    return _TITLES_BETWEEN.fullmatch(scene.reading.text, person.end, at) is not None


_BROKEN = re.compile(r"[，。；]")
_CLAUSE = re.compile(r"[^，。；、]{2,24}[，；、]")


def _list_from(scene: Scene, first: Occurrence) -> list[Occurrence]:
    """The persons of a list that starts with `first`: A、B和C."""
    found = [first]
    while True:
        end = found[-1].end
        near = scene.of_type["Person"].starting(end + 1, end + _LONGEST_NEXT + 1)
        following = next((p for p in near if _NEXT.fullmatch(scene.reading.text, end, p.start)), None)
        if following is None:
            return found
        found.append(following)


def _electing(
    scene: Scene, unions: list[Occurrence], founded: list[Occurrence], verb: int, group: list[Occurrence]
) -> Node | None:
    """The union whose congress elects: one that is founded or holds a congress here, else the one named most."""
    own = {id(body) for person in group for body in scene.bodies_of.get(person.node, ())}
    others = [u for u in founded if id(u.node) not in own] or founded
    if not others:
        others = [u for u in unions if u.end <= verb and id(u.node) not in own]
    return most_named(others).node if others else None
