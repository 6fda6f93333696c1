"""What relative names and anaphors speak of: 市总工会, 公司工会, 该公司, 此次活动."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, takewhile

from kg.extract import activities
from kg.extract.builder import RELATIVE_ZONES, Builder
from kg.extract.organisations import ZONE_WORDS
from kg.extract.scene import Node, Occurrence, most_named
from kg.extract.spans import Candidate
from kg.text import normal

__all__ = ["resolve"]

_BARE_UNIONS = ("工会", "总工会", "联合会", "工会联合会", "联合工会", "工会委员会")
_THIS = re.compile(r"(?<![\u4e00-\u9fff])(?:本次|此次)?\Z")  # 大赛 and 此次大赛, but no longer name
_ACTIVITY_GOES_ON = re.compile(r"由|共|以|吸引|设|分|上，|中，|现场|当天|期间|结束|采取|为期|自")


_HABIT = re.compile(
    r"(?:持续|常态化|先后|陆续|积极|定期|深入|不断|广泛|经常|大力|扎实|每年|全面|同步|系统|长期|坚持)(?:组织)?(?:开展|举办|推进|实施)(?:了)?$"
)


def resolve(builder: Builder, candidates: Iterable[Candidate], main: Node | None) -> None:
    """Mark relative names and anaphors as of the nearest fitting thing named before, else after; `main` is the
    activity of the article, that 此次活动 stands for where no other fits."""
    said = _Said(builder)
    for c in sorted((c for c in candidates if c.kind in ("relative", "anaphor")), key=lambda c: c.start):
        surface = builder.slice((c.start, c.end))
        if c.type == "TradeUnion":
            node = _Reference(builder, said, surface, c).union()
            if node is not None:
                if len(surface) > 1 and surface not in _BARE_UNIONS and not surface.startswith("该"):
                    builder.call(node, surface)
                named = surface not in (*_BARE_UNIONS, "该工会") or not node.spans  # the one place that tells of it
                builder.mark(node, c.start, c.end, "coref", named=named)
        elif c.type == "Enterprise":
            node = said.firm(surface, c)
            if node is not None:
                builder.mark(node, c.start, c.end, "coref", named=False)
        elif c.type == "Organization":
            node = said.last("Organization", c.start, suffix=surface.lstrip("该本"))
            if node is None:
                builder.mark(builder.node("Organization", surface), c.start, c.end, "relative")
            else:
                builder.mark(node, c.start, c.end, "coref", named=not surface.startswith(("该", "本")))
    _spoken_places(builder, said)
    _spoken_activities(builder, main)


_THIS_PLACE = re.compile(r"(?<=在)该(自治县|自治州|街道|社区|[省市州区县旗镇乡村])(?![\u4e00-\u9fff]{0,8}工会)")


def _spoken_places(builder: Builder, said: _Said) -> None:
    """在该镇举行: the last place named before whose name ends so."""
    for spoken in _THIS_PLACE.finditer(builder.text):
        place = said.last("District", spoken.start(), suffix=spoken.group(1))
        if place is not None:
            builder.mark(place, *spoken.span(), "coref", named=False)


_FIRMS = ("Enterprise", "Organization")


class _Said:
    """What is marked so far, by type ("firm": firms and offices), in the order of the text, also while it grows."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self._known = 0  # how many of the occurrences are in the lists
        # (end, number, occurrence), numbers falling: of those that end together, the one marked first comes last
        self._ends: dict[str, list[tuple[int, int, Occurrence]]] = {}
        self._starts: dict[str, list[tuple[int, int, Occurrence]]] = {}

    def _learn(self) -> None:
        new = self.builder.occurrences[self._known :]
        for number, o in enumerate(new, self._known):
            for kind in (o.node.type, "firm") if o.node.type in _FIRMS else (o.node.type,):
                insort(self._ends.setdefault(kind, []), (o.end, -number, o))
                insort(self._starts.setdefault(kind, []), (o.start, number, o))
        self._known += len(new)

    def before(self, kind: str, position: int) -> Iterator[Occurrence]:
        """Yield those that end at or before `position`, the last first."""
        self._learn()
        ends = self._ends.get(kind, [])
        for at in range(bisect_left(ends, (position + 1,)) - 1, -1, -1):
            yield ends[at][2]

    def after(self, kind: str, position: int) -> Iterator[Occurrence]:
        """Yield those that start at or after `position`, in order."""
        self._learn()
        starts = self._starts.get(kind, [])
        for at in range(bisect_left(starts, (position,)), len(starts)):
            yield starts[at][2]

    def last(self, kind: str, position: int, *, suffix: str = "") -> Node | None:
        """The thing of the type that is named last before `position`, by a name that ends with `suffix`."""
        for o in self.before(kind, position):
            if o.named and (not suffix or any(n.endswith(suffix) for n in o.node.names)):
                return o.node
        return None

    def firm(self, surface: str, c: Candidate) -> Node | None:
        """Which firm 公司, 集团公司, 该矿 speak of: the last before whose name ends so, else the first behind."""
        word = surface.lstrip("该本我全")
        if surface.startswith("我"):
            return self.own_firm()
        around = [o.node for o in chain(self.before("Enterprise", c.start), self.after("Enterprise", c.end)) if o.named]
        if word in ("集团", "集团公司"):
            return next((node for node in around if any("集团" in n for n in node.names)), None)
        if word and word not in _ANY_FIRM:
            return next((node for node in around if any(n.endswith(word) for n in node.names)), None)
        if word and around and around[0].name.endswith("分公司") and not self._is_before(c):
            return None  # a branch named further on is not the company of the article
        return around[0] if around else None

    def _is_before(self, c: Candidate) -> bool:
        return any(o.named for o in self.before("Enterprise", c.start))

    def own_firm(self) -> Node | None:
        """我司: the firm that signs the report on its last line, else the one in the headline, else the first named."""
        text = self.builder.text.rstrip()
        line = text.rfind("\n") + 1
        for low, high in ((line, len(text)), self.builder.reading.headline, (0, line)):
            found = next((o.node for o in self.after("Enterprise", low) if o.end <= high and o.named), None)
            if found is not None:
                return found
        return None


def _spoken_activities(builder: Builder, main: Node | None) -> None:
    """此次活动, 大赛由…: the last activity named before whose name ends alike, else the article's own."""
    text = builder.text
    spoken = {(c.start, c.end) for c in activities.anaphors(builder.reading)}
    for tail in {tail for node in builder.of_type("Activity") for tail in activities.short_forms(node.name)}:
        spoken.update(_goes_on(text, tail))
    # activities named, by when they were marked; of each tail those called so: where they end, and the last so far
    named = [(number, o) for number, o in enumerate(builder.occurrences) if o.node.type == "Activity" and o.named]
    called: dict[str, tuple[list[int], list[tuple[int, Occurrence]]]] = {}
    for start, end in sorted(spoken):
        if not builder.free(start, end, "Activity", "TradeUnion"):
            continue
        tail = text[end - 2 : end]
        if tail not in called:
            fitting = [(n, o) for n, o in named if any(name.rstrip("”").endswith(tail) for name in o.node.names)]
            fitting.sort(key=lambda item: item[1].end)
            called[tail] = [o.end for _, o in fitting], list(accumulate(fitting, max))
        ends, last = called[tail]
        at = bisect_right(ends, start)
        target = last[at - 1][1].node if at else main
        if at and main is not None and _HABIT.search(text, max(0, last[at - 1][1].start - 12), last[at - 1][1].start):
            if "\n" in text[last[at - 1][1].end : start]:
                target = main  # what another paragraph tells of as a habit is no event to come back to
        if target is not None:
            builder.mark(target, start, end, "coref", named=False)


def _goes_on(text: str, tail: str) -> Iterator[tuple[int, int]]:
    """Where the word stands alone, or behind 此次, and what is said of it goes on: 大赛由…"""
    at = text.find(tail)
    while at >= 0:
        end = at + len(tail)
        if _ACTIVITY_GOES_ON.match(text, end):
            front = _THIS.search(text, max(0, at - 3), at)
            if front is not None:
                yield front.start(), end
        at = text.find(tail, end)


# -------------------------------------------------------------------------------------------------------------- unions

_LEVEL = re.compile(rf"(自治区|街道|{ZONE_WORDS}|[省市区县旗州盟镇乡村])$")
# what a zone is called by, and what the name of the zone that is meant ends in
_ZONE_CALLED = {zone: (zone,) for zone in RELATIVE_ZONES} | {"园区": ("园区", "园"), "工业园区": ("工业园区", "工业园")}
_SHORT = re.compile(r"[省市区县]总?")  # 省总, and 省 of 省、市总工会
_ITS_POST = re.compile(r"(?:党组|常务|兼职|副)*(?:主席|书记|负责人|主任|委员)")
_POST_CHAIN = re.compile(
    r"([\u4e00-\u9fff]{0,24}?)(?:党组|党委|副|常务|支部)*(?:书记|主席|主任|委员|部长|常委|局长|区长|县长|市长|镇长|"
    r"经理|董事长|成员|院长|校长|厂长|矿长|段长|行长|主任|调研员|巡视员|秘书长|处长|科长|所长|站长|会长|乡长|村长|总监|总裁)(?:、|，|兼)$"
)
_CLASS_WORD = re.compile(r"(街道|镇|乡|区|县|市)")
_UNLISTED_POST = re.compile(r"([\u4e00-\u9fff]{2,4}?[省市区县旗州盟])(?=人大|政协|委|政府|人民政府|副)")
_PARTY_OF_VILLAGE = re.compile(r"(?:村|社区)(?:党)?(?:支部|总支|委)?$")
_UNIT_WORD = re.compile(r"集团|公司|厂|矿|段|局|行|院|校|该|项目|总行")
_FIRM_WORD = re.compile(
    r"(?:该|本|我)?(?:司|机关|学区|中心|支行|分行|项目部|单位|公司|集团|总公司|分公司|集团公司|企业|厂|总厂|院|矿|段|局|行|总行|校|学校|医院|站|队)"
)
_FORM = re.compile(r"(?:总工会|工会联合会|工会委员会|工会|分会)$")
_GROUP = re.compile(r"集团(?:公司|有限公司|有限责任公司|股份有限公司)?$")
_ANY_FIRM = ("公司", "集团", "总公司", "企业", "集团公司")
_SCHOOLS = {
    "校": ("大学", "学院", "学校", "中学", "小学", "校"),
    "学校": ("学校", "中学", "小学", "学院"),
    "院": ("医院", "学院", "研究院", "设计院", "院"),
    "行": ("银行", "农商行", "支行", "分行", "行"),
}
_NEXT_IN_LIST = ("、", "，", "和", "及", "以及", "，以及", "；")
_JOINS_POSTS = ("、", "，", "兼")  # what `_POST_CHAIN` ends with
_CLAUSE_END = re.compile(r"(?<![\u4e00-\u9fff])[^，。；：\n]+$")
_ELSEWHERE = re.compile(r"(?:[与和同向赴到往]|来自|走进|前往)$")
_TOWARDS = re.compile(r"(?:[与和同向赴到为给对]|指导|援助)$")
_NEAR = 24  # characters before a union's name in which the one that meets it may stand
_REACH = 40  # characters before a post in which the post it is joined to is looked for


_ZONE_ENDS = {
    "园区": ("园", "园区", "基地", "集聚区", "集中区"),
    "开发区": ("开发区", "高新区", "经开区"),
    "新区": ("新区",),
    "高新区": ("高新区", "高新技术产业开发区"),
    "经开区": ("经开区", "经济技术开发区", "经济开发区"),
}


class _Reference:
    """A relative name of a union at a place, with the unions named around it."""

    def __init__(self, builder: Builder, said: _Said, surface: str, c: Candidate) -> None:
        self.builder, self.said, self.c = builder, said, c
        self.surface = surface.removesuffix("总") + "总工会" if _SHORT.fullmatch(surface) else surface
        self.plain = self.surface.lstrip("该本全我")
        # 休宁县政协副主席、|总工会主席: the post before, that this one is joined to
        joined = builder.text[c.start - 1 : c.start] in _JOINS_POSTS
        self.chain = _POST_CHAIN.search(builder.text[max(0, c.start - _REACH) : c.start]) if joined else None

    def nearest(self) -> Iterator[Occurrence]:
        """The unions named before, the last first, then those behind."""
        around = chain(self.said.before("TradeUnion", self.c.start), self.said.after("TradeUnion", self.c.end))
        return (o for o in around if o.named)

    def union(self) -> Node | None:
        """Which union 市总工会, 公司工会, 总工会主席 speak of; one is made where its name can be told."""
        if self.plain in ("联合会", "工会联合会", "联合工会", "工会委员会"):
            called = [o for o in self.nearest() if any(n.endswith((self.plain, "工联会")) for n in o.node.names)]
            return most_named(called).node if called else None
        if self.plain in (*_BARE_UNIONS, "分会"):
            last = self.said.last("TradeUnion", self.c.start) if self.surface != self.plain else None
            return last or self._of_post()
        host = _FORM.sub("", self.surface)
        if _FIRM_WORD.fullmatch(host):
            return self._of_firm(host.lstrip("该本我"), self.surface[len(host) :])
        return self._of_level(host, self.surface[len(host) :])

    def _reach(self, start: int) -> bool:
        return start >= self.c.start - _REACH

    # the head alone, behind another post

    def _of_post(self) -> Node | None:
        """休宁县政协副主席、总工会主席: the union of the body in which the post before is held."""
        text, c = self.builder.text, self.c
        if not _ITS_POST.match(text[c.end : c.end + 6]):
            return None
        if self.chain is None:
            return self._of_list() or self._only()
        body = self.chain.group(1)
        if self.plain == "总工会":
            return self._of_district_post(body)
        near = takewhile(lambda o: self._reach(o.end), self.said.before("firm", c.start))
        firm = next((o.node for o in near if self._reach(o.start)), None)
        if firm is not None:
            of_firm = next((o.node for o in self.nearest() if o.node.host is firm), None)
            if of_firm is not None:
                return of_firm
        unit = re.sub(r"^(?:该|本)", "", body)
        if len(unit) >= 2 and unit not in ("公司", "集团", "企业"):
            named = self._ending((unit + "工会", unit + "总工会"))
            if named is not None:
                return named
        if _PARTY_OF_VILLAGE.search(body):
            return None
        if firm is None and _UNIT_WORD.search(body):
            bodies = list(self._of_firms())
            if bodies:
                return most_named(bodies).node
        return None  # the post is read as one in the firm

    def _only(self) -> Node | None:
        """工会副主席甲, where the article names one union, and no other body whose officer this could be."""
        unions = {id(o.node): o.node for o in self.nearest()}
        if len(unions) != 1:
            return None
        (union,) = unions.values()
        others = any(n is not union.host for kind in _FIRMS for n in self.builder.of_type(kind))
        return None if others else union

    def _of_list(self) -> Node | None:
        """许美珠、|总工会副主席: behind a person, the union that the sentence named last, or that of its firm."""
        text, c = self.builder.text, self.c
        person = next(self.said.before("Person", c.start), None)
        if person is None or text[person.end : c.start].removeprefix("同志") not in _NEXT_IN_LIST:
            return None
        start = self.builder.reading.sentence_of(c.start)[0]
        union = next((o for o in self.said.before("TradeUnion", c.start) if o.start >= start), None)
        firm = next((o for o in self.said.before("firm", c.start) if o.start >= start), None)
        if union is not None and (firm is None or firm.end <= union.end):
            return union.node
        if firm is None:
            return None
        if self.plain == "总工会":  # 甲街道办事处主任乙、|总工会主席: of the one district
            hits = self.builder.reading.districts_in(firm.start, firm.end)
            return next(
                (o.node for o in self.nearest() if hits and o.node.name.endswith(hits[-1].name + "总工会")), None
            )
        return next((o.node for o in self.nearest() if o.node.host is firm.node), None)

    def _of_district_post(self, body: str) -> Node | None:
        text, c = self.builder.text, self.c
        person = next((o.end for o in self.said.before("Person", c.start)), 0)
        low = max(person, c.start - _REACH, *(text.rfind(sign, 0, c.start - 1) + 1 for sign in "，。；\n"))
        own = self.builder.reading.districts_in(low, c.start)
        for hit in reversed(self.builder.reading.districts_in(self.c.start - _REACH, self.c.start)):
            for o in self.nearest():
                if any(hit.name in n and n.endswith(self.plain) for n in o.node.names):
                    return o.node
        level = _CLASS_WORD.search(body) or _CLASS_WORD.match(text, low)
        if level:
            found = self._ending((level.group() + "总工会",)) or self._of_named(level.group())
            if found is not None:
                return found
        if own and not own[-1].short:  # 甲街道党工委委员、办事处副主任、|总工会主席: of no other street
            return self._of_hit(own[-1].name, self.plain)
        unlisted = _UNLISTED_POST.match(body)
        if unlisted:  # 甲县人大常委会副主任、|总工会主席, of a county that no table has
            return self._of_hit(unlisted.group(1), self.plain)
        return self.said.last("TradeUnion", self.c.start)

    def _of_named(self, level: str) -> Node | None:
        """区委常委、|总工会主席: the union of the one district of that level that the article names.

        None where that is a place which somebody goes to or comes from.
        """
        found = {}
        for o in self.builder.occurrences:
            name = o.node.name
            if o.node.type == "District" and name.endswith(level) and len(name) > len(level):
                if _ELSEWHERE.search(self.builder.text, max(0, o.start - 3), o.start):
                    return None
                found[id(o.node)] = name
        return self._of_hit(next(iter(found.values())), self.plain) if len(found) == 1 else None

    def _ending(self, suffixes: tuple[str, ...]) -> Node | None:
        """The nearest union with a name that ends so, and that is not told apart from the one spoken of."""
        for o in self.nearest():
            if any(n.endswith(suffixes) for n in o.node.names) and not self._meets(o.node.name):
                return o.node
        return None

    def _meets(self, name: str) -> bool:
        """Whether the text tells what the one spoken of does with or for the one of this name: 市总工会赴|X市总工会."""
        if self.surface == name or not name.endswith(self.surface):
            return False
        text, at = self.builder.text, self.builder.text.find(name)
        while at >= 0:
            front = _CLAUSE_END.search(text, max(0, at - _NEAR), at)
            if front is not None and _TOWARDS.search(front.group()) and front.group().startswith(self.surface):
                return True
            at = text.find(name, at + 1)
        return False

    def _of_firms(self) -> Iterator[Occurrence]:
        return (o for o in self.nearest() if o.node.host is not None and o.node.host.type in _FIRMS)

    # 公司工会, 该校工会

    def _of_firm(self, word: str, form: str) -> Node | None:
        """The union of the firm, school … spoken of last."""
        builder, c = self.builder, self.c
        named = self._named_so(word + form)
        if named is not None:
            return named
        group = word in ("集团", "集团公司")
        kinds = _SCHOOLS.get(word, (word,))
        if self.surface.startswith("我"):
            own = self.said.own_firm()
            if own is None:
                return None
            known = next((u.node for u in self.nearest() if u.node.host is own), None)
            node = known or builder.node("TradeUnion", own.name + "工会", self.surface)
            node.host = node.host or own
            return node
        for o in chain(self.said.before("firm", c.start), self.said.after("firm", c.end)):
            if not o.named or group and not any("集团" in n for n in o.node.names):
                continue
            if word not in _ANY_FIRM and not any(n.endswith(kinds) for n in o.node.names):
                continue
            if o.start >= c.end and word == "公司" and o.node.name.endswith("分公司"):
                continue
            name = self._group_name(o.node.name) if group else o.node.name
            firm = self._group_of(o.node) if group else o.node
            own = next((u.node for u in self.nearest() if u.node.host is firm), None)
            if own is not None:
                return own
            others = sorted(n + "工会" for n in firm.names if n.endswith(word))
            node = builder.node("TradeUnion", name + "工会", self.surface, *others)
            node.host = node.host or firm
            return node
        hosts = ((o.node, o.node.host) for o in self._of_firms())  # a branch is no group
        known = next((u for u, host in hosts if host and (not group or any("集团" in n for n in host.names))), None)
        if known is not None or self.surface.startswith(("该", "本")):
            return known
        return builder.node("TradeUnion", self.surface)  # the article does not say whose

    def _named_so(self, ending: str) -> Node | None:
        """The nearest union called so, unless a firm is spoken of since, or it is named only further on."""
        c = self.c
        last_firm = next((o.end for o in self.said.before("Enterprise", c.start) if o.named), -1)
        for o in self.nearest():
            if not any(n.endswith(ending) for n in o.node.names if n != self.surface):
                continue
            if o.start >= c.end and last_firm >= 0:
                return None
            passed = o.end <= c.start and o.end < last_firm - 1 and o.node.host is not None
            if passed and self.surface.startswith("该") and not self._ends_with(o.node.host, last_firm):
                return None
            return o.node
        return None

    def _ends_with(self, node: Node | None, position: int) -> bool:
        """Whether a mention of the node ends at `position`."""
        before = self.said.before(node.type if node else "", position)
        return any(o.node is node for o in takewhile(lambda o: o.end == position, before))

    def _group_name(self, name: str) -> str:
        """X集团 of X集团Y公司."""
        return name if _GROUP.search(name) or "集团" not in name else name[: name.index("集团") + 2]

    def _group_of(self, firm: Node) -> Node:
        """The node of the group that a firm belongs to by its name, marked where it stands first."""
        if _GROUP.search(firm.name):
            return firm
        name = self._group_name(firm.name)
        group = self.builder.enterprise(name)
        if not group.spans:
            at = self.builder.text.find(name)
            if at >= 0:
                self.builder.mark(group, at, at + len(name), "parent")
        return group

    # 市总工会

    def _of_level(self, host: str, form: str) -> Node | None:
        """The union of the district of that level: of the post before, the nearest named so, of a district named."""
        builder, c = self.builder, self.c
        plain = (host + form).lstrip("该本全我")
        level = _LEVEL.search(host)
        if level is not None and self.chain is not None:
            # 安顺市人大常委会副主任、市总工会主席: the place of the post before is the place of this one
            near = builder.reading.districts_in(c.start - _REACH, c.start)
            word = level.group()
            # 襄阳|市委副书记, 襄阳|市人大副主任: the class word is read as part of the office
            places = [
                h.name if h.name.endswith(word) else h.name + word
                for h in near
                if h.name.endswith(word) or builder.text.startswith(word, h.end)
            ]
            if places:
                return self._of_hit(places[-1], form)
        short = (plain.removesuffix("工会"),) if form == "总工会" else ()  # 宝鸡市总, in a headline
        found = self._ending((plain, *short))
        if found is None and form == "工会" and host in ("街道", "镇", "乡"):  # 街道工会 for 玲珑街道总工会
            found = self._ending((host + "总工会", host + "工会联合会"))
        if found is None and host in _ZONE_ENDS:  # 园区总工会 for 湘东工业园总工会
            found = self._ending(tuple(zone + form for zone in _ZONE_ENDS[host]))
        if found is None and form == "总工会":  # 市总工会 behind 随州市工会第六次代表大会
            found = self._of_unions(host)
        if found is not None:
            return found
        if level is None:
            return self.said.last("TradeUnion", c.start) if self.surface.startswith("该") else None
        if form == "工会" and level.group(1) in ("省", "自治区", "市", "区", "县"):
            return None  # 省工会十六大: a federation's own name has 总
        # no union of that level is named in full: take the district of that level, else the paper's home
        for district in self._districts():
            full = next(self._names_of_level(district, level.group(1)), "")
            if full and not self._meets(full + form):
                node = builder.node("TradeUnion", full + form, self.surface)
                node.host = district
                return node
        home = builder.reading.article.home
        if home and home.endswith(level.group(1)):
            return builder.node("TradeUnion", home + form, self.surface)
        zones = [d for d in builder.of_type("District") if d.name.endswith(_ZONE_CALLED.get(host, ("",)))]
        if host in RELATIVE_ZONES and len(zones) == 1:  # 园区总工会, where one park is spoken of
            called = (u for u in builder.of_type("TradeUnion") if u.host is zones[0] and u.name.endswith(form))
            node = next(called, None) or builder.node("TradeUnion", self.surface)
            builder.also(node, self.surface)
            node.host = zones[0]
            return node
        node = builder.node("TradeUnion", self.surface)
        if host in RELATIVE_ZONES and c.host is not None:
            node.host = builder.place(host, c.host[0], c.host[1], "host")
        return node

    def _of_unions(self, level: str) -> Node | None:
        """The federation of a district that is only called its unions, by its full name as well."""
        for o in self.nearest():
            name = o.node.name
            if o.node.host is not None and o.node.host.type == "District" and name.endswith(level + "工会"):
                self.builder.also(o.node, name.removesuffix("工会") + "总工会")
                return o.node
        return None

    def _of_hit(self, district: str, form: str) -> Node:
        name = district + form
        unions = (o for o in self.builder.occurrences if o.node.type == "TradeUnion" and o.named)
        found = next((o.node for o in unions if name in o.node.names), None)
        if found is not None:
            return found
        node = self.builder.node("TradeUnion", name, self.surface)
        node.host = self.builder.by_name.get(("District", normal(district)))
        return node

    def _districts(self) -> Sequence[Node]:
        """Districts by nearness: those before, the last first, then those behind; at last those in names of offices."""
        found = [o for o in self.builder.occurrences if o.node.type == "District"]
        before = [o for o in found if o.end <= self.c.start]
        near = [*reversed(before), *(o for o in found if o.start >= self.c.end)]
        return [o.node for o in sorted(near, key=lambda o: self.builder.in_body(o.start, o.end))]

    def _names_of_level(self, district: Node, level: str) -> Iterator[str]:
        for name in (district.name, district.full, *sorted(district.names)):
            if name.endswith(level) and len(name) > len(level):
                yield name
