"""From spans to the things of one article: which mentions are of the same thing, by name and by reference back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.extract import places, things
from kg.extract.builder import PAREN_ALIAS, RELATIVE_ZONES, Builder
from kg.extract.clusters import cluster, main_activity
from kg.extract.coref import resolve
from kg.extract.credits import credits
from kg.extract.hosts import area_start, host_of, names_area
from kg.extract.posts import Post, posts
from kg.extract.proposers import propose
from kg.extract.reading import Reading
from kg.extract.recurrence import date, product_names, short_firms, short_titles, short_unions, zone_aliases
from kg.extract.sameness import same_enterprise
from kg.extract.scene import Node, Occurrence, Scene
from kg.extract.spans import BODIES, Candidate, Credit, Proposer, Spans, arbitrate
from kg.text import normal

__all__ = ["build"]


def build(reading: Reading, optional: Sequence[Proposer] = ()) -> Scene:
    """Find the things of the article and what stands for them where; `optional` proposers fill what the rules leave."""
    builder = Builder(reading)
    credited = credits(reading)
    found = propose(reading, credited, optional)
    flat, acts = _pick(reading, found)
    raw = _by_place(c for c in found if c.type in BODIES)
    zones = [c for c in found if c.type == "District"]
    dates = things.dates(reading)
    # places first: unions and firms are told apart by them
    offices = [(c.start, c.end) for c in flat if c.type == "Organization" and not _is_office(reading, c)]
    builder.districts(_not_districts(reading, flat, raw, credited, dates), offices)
    used = {id(c) for c in flat}
    hosts = Spans((*c.host, c) for c in flat if c.host)
    sites = {c.start: c.end for c in flat if c.type == "Venue"}
    for c in zones:
        fronts = c.rule == "zone" and c.end + 2 < sites.get(c.start, 0)  # X经济开发区|党群服务中心
        if id(c) in used or hosts.hold(c.start, c.end) or fronts:
            place = builder.place(builder.slice((c.start, c.end)), c.start, c.end, c.rule)
            place.weak = all(rule == "community" for _, _, rule in place.spans)
    shown = [c for c in flat if c.kind == "name"]
    for c in sorted(shown, key=_firms_first):
        _add(builder, c, raw)
    _chains(builder, zones)
    # products that lost their place to another span are spoken of nevertheless
    for c in found:
        if c.type == "Product" and c.rule == "quoted" and not (id(c) in used and c.kind == "name"):
            _named(builder, c)
    product_names(builder)
    zone_aliases(builder)
    short_firms(builder)
    short_unions(builder, found)
    cluster(builder, acts)
    main = main_activity(builder)
    resolve(builder, flat, main)
    short_titles(builder)
    for when in dates:
        if when.printed:
            date(builder, when)
    by_span = {(o.start, o.end): o.node for o in builder.occurrences}
    return Scene(
        reading=reading,
        nodes=tuple(builder.nodes),
        occurrences=tuple(sorted(builder.occurrences, key=lambda o: (o.start, -o.end))),
        posts=tuple(_posts(reading, [*flat, *(c for c in found if _called_short(c, by_span))], by_span)),
        credits=tuple((by_span[c.start, c.end], c) for c in credited if (c.start, c.end) in by_span),
        dates=tuple(dates),
        main=main,
        hero=_hero(builder, {id(by_span.get((c.start, c.end))) for c in credited}),
        chains=tuple(builder.chains),
    )


def _hero(builder: Builder, reporters: set[int]) -> Node | None:
    """The person named at least three times and twice as often as anybody else but the reporters."""
    counts: dict[int, int] = {}
    for o in builder.occurrences:
        if o.node.type == "Person" and id(o.node) not in reporters:
            counts[id(o.node)] = counts.get(id(o.node), 0) + 1
    most, second = (*sorted(counts.values(), reverse=True), 0, 0)[:2]
    if most < 3 or most < 2 * second:
        return None
    return next(o.node for o in builder.occurrences if counts.get(id(o.node)) == most)


# ------------------------------------------------------------------------------------------------- which spans are used


def _pick(reading: Reading, found: Sequence[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The spans that are used: of all things in their order, and of activities, that may hold other things."""
    flat = arbitrate(c for c in found if c.kind != "generic" and c.type != "Activity")
    flat = [_as_venue(reading, c) for c in flat]
    picked, places_of = set(flat), _by_place(flat)
    # X公司职工技能实训工场: the place holds the firm's name, and both are meant
    around = [
        venue
        for venue in found
        if venue.type == "Venue"
        and venue not in picked
        and venue.rule in ("held", "visited", "scene")
        and all(
            c.type in BODIES and venue.start == c.start and c.end < venue.end
            for _, _, c in places_of.overlapping(venue.start, venue.end)
        )
    ]
    flat += (v for v in around if not any(w.start <= v.start and v.end < w.end for w in around))
    flat.sort(key=lambda c: (c.start, c.end))
    places_of = _by_place(flat)
    acts = [c for c in arbitrate(c for c in found if c.type == "Activity") if not _crossed(c, places_of)]
    places_of = _by_place(acts)
    return [c for c in flat if not _swallowed(reading, c, places_of)], acts


def _by_place(found: Iterable[Candidate]) -> Spans[Candidate]:
    return Spans((c.start, c.end, c) for c in found)


_PREMISES = re.compile(r"(?:中心|学校|学院|大学|医院|小学|中学|党校|校|馆|院)$")
_STANDS_IN = re.compile(r"在(?:[^，。；“”]{2,24}——)?$")  # 在X培训基地——|Y技师学院举行
_GOES_TO = re.compile(r"(?:住进|搬进|走进|来到|前往|参观|考察|深入|走访)(?:了)?$")


def _as_venue(reading: Reading, c: Candidate) -> Candidate:
    """在X党群服务中心举办: a public body that is named as the place of something is a venue there."""
    named = c.kind == "name" or (c.kind == "relative" and c.end - c.start >= 4)  # 镇中心小学
    if c.type != "Organization" or not named or not _PREMISES.search(reading.text[c.start : c.end]):
        return c
    text, start = reading.text, c.start
    if text[start - 1 : start] == "”":
        start = max(text.rfind("“", 0, start), 0)  # “X”职工服务中心
    front = start
    while front in reading.by_end:
        front = reading.by_end[front].start
    behind = _STANDS_IN.search(text, max(0, front - 28), front) or places.LIST_IN.search(
        text, max(0, front - 60), front
    )
    held = behind and (places.hold_pattern().match(text, c.end) or text.startswith("，", c.end))
    if not held and not _GOES_TO.search(text[max(0, front - 4) : front]):
        return c
    return Candidate(start, c.end, "Venue", "held" if held else "visited", 0.9, core=places.cut(reading, start, c.end))


def _crossed(activity: Candidate, flat: Spans[Candidate]) -> bool:
    """Whether a surer span overlaps the activity without being inside it."""
    return any(
        not (activity.start <= c.start and c.end <= activity.end) and c.score > activity.score
        for _, _, c in flat.overlapping(activity.start, activity.end)
    )


_LEGAL = ("有限公司", "有限责任公司")


def _swallowed(reading: Reading, candidate: Candidate, acts: Spans[Candidate]) -> bool:
    """Whether an activity takes the span: venues, persons, products and bare brands inside its name are part of it, and
    what only overlaps it loses; a union inside it stays, as does a firm with its legal form."""
    act = next(acts.overlapping(candidate.start, candidate.end), None)
    if act is None:
        return False
    inside = act[0] <= candidate.start and candidate.end <= act[1]
    body = candidate.type in BODIES and candidate.kind == "name"
    if inside and body and candidate.rule not in ("brand", "coordinated"):
        return candidate.type != "TradeUnion" and not reading.text.endswith(_LEGAL, candidate.start, candidate.end)
    return True


_OFFICE = re.compile(
    r"(?:区|市|县|省|镇|乡|街道)"
    r"(?:委|政府|政协|人大|人民政府|人大常委会|办事处|工委|党工委|管委会|管理委员会|党委)$"
)
_SITE = re.compile(r"(?:园|大厦|广场|中心|市场|商圈|基地|公司|集团|厂|医院|学校|学院|大学)$")
_LONGEST_BYLINE = 24  # characters before a credited name in which the writer's employer may stand


def _is_office(reading: Reading, c: Candidate) -> bool:
    """Whether the body is the government of a district, so that the district is meant as well."""
    return _OFFICE.search(reading.text, c.start, c.end) is not None


# goods called after where they come from: 库车小白杏干、龙泉灰树花等近700种土特产
_GOODS_LIST = re.compile(
    r"等(?![\d一二三四五六七八九十]*[个多余]*[地省市县区])(?=[^，。；]{0,8}(?:种|款|类|品|特色|优质|名优)[^，。；]{0,8}"
    r"(?:产品|特产|商品|好物|美食|农货|年货|货品|水果|名品|佳品|小吃|食品|土产|山货|海鲜|集中|亮相))"
)
_CLAUSE = re.compile(r"[^，。；：！？\n]*$")


def _origins(reading: Reading) -> Iterator[tuple[int, int]]:
    """The places that goods of a list are called after."""
    text = reading.text
    for goods in _GOODS_LIST.finditer(text):
        listed = _CLAUSE.search(text, max(0, goods.start() - 120), goods.start())
        if listed is not None and "、" in listed.group():
            yield from ((h.start, h.end) for h in reading.districts_in(*listed.span()) if h.short)


def _not_districts(
    reading: Reading,
    flat: Sequence[Candidate],
    raw: Spans[Candidate],
    credited: Sequence[Credit],
    dates: Sequence[things.When],
) -> list[tuple[int, int]]:
    """Spans whose districts are parts of other names: of firms, venues, people, titles, dates and bylines."""
    text = reading.text
    spans = [(c.start, c.end) for c in flat if c.type in ("Enterprise", "Venue", "Product", "Person")]
    hosts = [(u.start, u.host[1]) for u in flat if u.type == "TradeUnion" and u.host is not None]
    for start, end in hosts:  # the firm in the name of its union, with a short name behind it or without
        alias = PAREN_ALIAS.search(text, start, end)
        end = alias.start() if alias is not None and alias.end() == end else end
        spans += [
            inner.core or (inner.start, inner.end)
            for _, _, inner in raw.overlapping(start, end)
            if inner.type == "Enterprise" and inner.kind == "name" and inner.end == end and inner.start >= start
        ]
    spans += [
        (start, end)
        for start, end in reading.quotes
        if end - start <= 30
        and text[start - 1] == "“"
        and (not re.search("[，。！？]", text[start:end]) or text.startswith("为主题", end + 1))
    ]
    spans += [when.span for when in dates]
    spans += _origins(reading)
    # 北京嘉捷科技园工会, 北京工会12351: a bare place in front of another name is a part of it
    named = {u.start for u in flat if u.type == "TradeUnion"}
    for hit in reading.districts:
        if hit.short and text.startswith("工会", hit.end) and hit.start not in named:
            spans.append((hit.start, hit.end))
    for u in flat:
        if u.type == "TradeUnion" and u.host is not None and _SITE.search(text, u.host[0], u.host[1]):
            front = reading.by_start.get(u.host[0])
            if front is not None and front.short and front.end < u.host[1]:
                spans.append((front.start, front.end))
    for credit in credited:
        line = text.rfind("\n", 0, credit.start) + 1
        start = max(line, credit.start - _LONGEST_BYLINE)
        if reading.sentence_of(credit.start)[0] >= start:
            spans.append((start, credit.end))  # （山西工人报记者X）: the paper's name holds no place
    for union in flat:  # 黄湾 is no place of its own in 黄湾港区总工会
        if union.type == "TradeUnion" and union.host is not None and names_area(text, *union.host, union.end):
            start, end = area_start(reading, *union.host), union.host[1]
            inner = reading.districts_in(start, end)
            spans += [(h.start, h.end) for h in inner if h.short or (h.name in RELATIVE_ZONES and h.start > start)]
    unions = {(c.start, c.end) for c in flat if c.type == "TradeUnion" and c.kind == "name"}
    return [span for span in spans if span not in unions]


# ------------------------------------------------------------------------------------------------------- nodes of spans


def _firms_first(c: Candidate) -> tuple[int, int, int]:
    """Firms before all else, the longer first: unions and places are called after them."""
    firm = c.type == "Enterprise"
    return 0 if firm else 1, c.start - c.end if firm else 0, c.start


def _add(builder: Builder, c: Candidate, raw: Spans[Candidate]) -> None:
    """Make or find the node of a span and mark it. Districts have theirs."""
    if c.type in BODIES:
        node = builder.organisation(c)
        if c.type == "TradeUnion" and c.host is not None and node.host is None:
            node.host = host_of(builder, c, raw)
            builder.join_unions(node)
        if c.type == "TradeUnion" and c.host is not None:
            _groups_in(builder, c.host, raw)
    elif c.type == "Venue":
        _venue(builder, c)
    elif c.type != "District":
        _named(builder, c)


_GROUP = re.compile(r"(?:集团|公司)$")


def _groups_in(builder: Builder, host: tuple[int, int], raw: Spans[Candidate]) -> None:
    """X集团|Y矿工会: the group in front of the unit is a firm of its own."""
    for _, _, inner in raw.overlapping(*host):
        if inner.type == "Enterprise" and inner.kind == "name" and host[0] <= inner.start and inner.end < host[1]:
            if _GROUP.search(builder.slice((inner.start, inner.end))) and builder.text[inner.end] not in "有股分子总控":
                builder.organisation(inner)


def _named(builder: Builder, c: Candidate) -> None:
    name = builder.slice((c.start, c.end))
    if c.type == "Person":
        name = name.replace(" ", "")  # 米 乐: two characters set as wide as three
    names = (name, *(builder.slice(o) for o in c.other))
    known = _called_shorter(builder, name) if c.type == "Product" else None
    if known is not None:
        builder.also(known, name)
        known.name = max(known.name, name, key=len)
    node = known or builder.node(c.type, *names)
    builder.mark(node, c.start, c.end, c.rule)


_LEAST_OF_GOODS = 4  # characters of a name of goods that tell which are meant


def _called_shorter(builder: Builder, name: str) -> Node | None:
    """The product whose name ends with this one, or this one with it: X市工会会员卡, 会员卡."""
    if name.endswith("”"):
        return None
    for node in builder.of_type("Product"):
        for other in node.names:
            short, long = sorted((name, other), key=len)
            if len(short) >= _LEAST_OF_GOODS and long.endswith(short) and not long.startswith("“"):
                return node
    return None


def _venue(builder: Builder, c: Candidate) -> None:
    surface = builder.slice((c.start, c.end))
    if c.rule == "open" and builder.alike("Enterprise", surface, same_enterprise):
        builder.mark(builder.enterprise(surface), c.start, c.end, c.rule)
        return
    zone = builder.by_name.get(("District", normal(surface)))
    if zone is not None:
        builder.mark(zone, c.start, c.end, c.rule)
        return
    name = builder.slice(c.core) or surface
    if name[0] in _CLASS_WORDS and ("Venue", normal(name[1:])) in builder.by_name:
        name = name[1:]  # 县太平广场, where 太平广场 was named before
    node = builder.node("Venue", name, surface, *(builder.slice(o) for o in c.other))
    weak = c.rule in ("frame", "list", "open")
    node.weak = weak and (node.weak or not node.spans)  # one sure mention is enough
    builder.mark(node, c.start, c.end, c.rule)
    within = _WITHIN.search(builder.text, max(0, c.start - 4), c.start)
    front = builder.reading.by_end.get(within.start() if within else c.start)
    if c.core:
        builder.chain_to(node, c)
    elif front is not None:
        builder.pending.append((node, front, front.start, c.end))


_CLASS_WORDS = "省市区县镇乡"
_WITHIN = re.compile(r"(?:辖区|境内|辖区内|城区|镇区|内)?的$")  # 在小桥街道辖区的|小桥夜市


def _chains(builder: Builder, zones: Sequence[Candidate]) -> None:
    """Link what stands behind a place to it: firms and venues behind zones, zones and all else behind districts."""
    districts, inside = builder.reading.by_end, builder.reading.by_start
    starting: dict[int, Occurrence] = {}  # firms and venues
    for o in builder.occurrences:
        if o.node.type in ("Enterprise", "Venue"):
            starting.setdefault(o.start, o)
    for c in zones:
        place = builder.by_name.get(("District", normal(builder.slice((c.start, c.end)))))
        if place is None:
            continue
        follower = starting.get(c.end)
        if follower is not None:
            builder.chains.append((follower.node, place, c.start, follower.end))
        front = districts.get(c.start) or inside.get(c.start)
        if front is not None and (front.end == c.start or (front.end < c.end and not front.short)):
            outer = builder.district(front)
            builder.mark(outer, front.start, front.end, "chain")
            builder.chains.append((place, outer, front.start, c.end))
    printed = {hit.name for hit in builder.reading.districts}  # also inside of other names: “随州市…行动”
    for node in builder.of_type("District"):
        if node.full in node.names | printed:
            builder.call(node, node.full)
            node.name = node.full
    for inner, hit, start, end in builder.pending:
        outer = builder.district(hit)
        builder.mark(outer, hit.start, hit.end, "chain")
        builder.chains.append((inner, outer, start, end))
        while (up := districts.get(hit.start)) is not None:
            above = builder.district(up)
            builder.mark(above, up.start, up.end, "chain")
            if builder.inside(hit, up, outer, above):
                builder.chains.append((outer, above, up.start, hit.end))
            hit, outer = up, above


def _called_short(c: Candidate, by_span: dict[tuple[int, int], Node]) -> bool:
    """Whether a union that its name alone does not tell was found to be one named elsewhere: 家政行业联合工会."""
    return c.kind == "generic" and c.type == "TradeUnion" and (c.start, c.end) in by_span


def _posts(
    reading: Reading, flat: Sequence[Candidate], by_span: dict[tuple[int, int], Node]
) -> Iterator[tuple[Node, Post, Node | None]]:
    """The posts in front of persons, with the nodes of the person and of the body."""
    holders = [c for c in flat if c.type in (*BODIES, "Venue")]
    holders += [Candidate(h.start, h.end, "District", "gazetteer", 0.5) for h in reading.districts]
    for post in posts(reading, [c for c in flat if c.type == "Person"], holders):
        person = by_span.get(post.person)
        if person is not None:
            yield person, post, by_span.get((post.body.start, post.body.end)) if post.body else None
