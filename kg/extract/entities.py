"""From spans to the things of one article: which mentions are of the same thing, by name and by reference back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extract import activities, lexicon, organisations, people, places, things
from kg.extract.activities import naming
from kg.extract.organisations import RELATIVE
from kg.extract.people import Credit, Post
from kg.extract.reading import DistrictHit, Reading, known
from kg.extract.spans import Candidate, arbitrate
from kg.text import normal
from ontology import divisions

__all__ = ["Node", "Occurrence", "Scene", "build"]


@dataclass(slots=True, eq=False)
class Node:
    """One thing of the article while it is being put together."""

    type: str
    name: str
    names: set[str] = field(default_factory=set)
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    code: str = ""
    host: Node | None = None
    full: str = ""
    score: float = 0.0
    weak: bool = False  # to be kept only where a relation supports it

    def first(self) -> tuple[int, int]:
        return min((start, end) for start, end, _ in self.spans)


@dataclass(frozen=True, slots=True, eq=False)
class Occurrence:
    """A mention in the folded text with the thing it is of; `named` is False for 该公司 and 此次活动."""

    start: int
    end: int
    node: Node
    named: bool


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that the relation rules need to see."""

    reading: Reading
    nodes: tuple[Node, ...]
    occurrences: tuple[Occurrence, ...]
    posts: tuple[tuple[Node, Post, Node | None], ...]
    credits: tuple[tuple[Node, Credit], ...]
    dates: tuple[things.When, ...]
    main: Node | None  # the activity the article is about
    chains: tuple[tuple[Node, Node, int, int], ...]  # (inner, outer, start, end): a place named in front of another


@lru_cache(maxsize=8192)
def _meant(name: str, context: tuple[str, ...], home: str) -> str:
    """The code of the division that `name` means in this context, "" where it stays open."""
    at_home = divisions.named(home) if home else ()
    found = divisions.resolve(name, context, at_home[0].code if at_home else None)
    return found[0].code if len(found) == 1 else ""


_LEVEL = re.compile(r"(自治区|街道|开发区|高新区|经开区|新区|园区|[省市区县旗州盟镇乡村])$")


class _Builder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self.nodes: list[Node] = []
        self.occurrences: list[Occurrence] = []
        self.by_name: dict[tuple[str, str], Node] = {}
        self.chains: list[tuple[Node, Node, int, int]] = []
        self.covered: list[tuple[int, int]] = []

    # ----------------------------------------------------------------------------------------------------- helpers

    def node(self, kind: str, name: str, *others: str) -> Node:
        """The node of this type that bears one of the names, made where there is none."""
        keys = [(kind, normal(n)) for n in (name, *others) if n]
        for key in keys:
            if key in self.by_name:
                found = self.by_name[key]
                break
        else:
            found = Node(kind, name)
            self.nodes.append(found)
        for n in (name, *others):
            if n:
                found.names.add(n)
        for key in keys:
            self.by_name.setdefault(key, found)
        return found

    def mark(self, node: Node, start: int, end: int, rule: str, *, named: bool = True) -> None:
        if all((a, b) != (start, end) for a, b, _ in node.spans):
            if named:
                node.spans.append((start, end, rule))
            self.occurrences.append(Occurrence(start, end, node, named))

    def slice(self, span: tuple[int, int] | None) -> str:
        return "" if span is None else self.text[span[0] : span[1]]

    # --------------------------------------------------------------------------------------------------- districts

    def districts(self, excluded: list[tuple[int, int]], offices: list[tuple[int, int]]) -> None:
        reading = self.reading
        context = self._context()
        previous: tuple[DistrictHit, Node] | None = None
        front: tuple[DistrictHit, Node] | None = None  # the outer place of a list: 内蒙古自治区|苏尼特右旗、巴林右旗
        for hit in reading.districts:
            if any(a <= hit.start and hit.end <= b for a, b in excluded):
                previous = None
                continue
            if hit.short and any(a <= hit.start and hit.end <= b for a, b in offices):
                previous = None
                continue
            if hit.name in _RELATIVE_ZONES and not self._zone_used(hit):
                continue
            node = self.district(hit, context)
            self.mark(node, hit.start, hit.end, "gazetteer")
            if (
                previous is not None
                and previous[0].end == hit.start
                and self._inside(hit, previous[0], node, previous[1])
            ):
                self.chains.append((node, previous[1], previous[0].start, hit.end))
                front = previous
            elif (
                front is not None
                and previous is not None
                and self.text[previous[0].end : hit.start] == "、"
                and self._inside(hit, front[0], node, front[1])
            ):
                self.chains.append((node, front[1], front[0].start, hit.end))
            else:
                front = None
            previous = (hit, node)

    def _zone_used(self, hit: DistrictHit) -> bool:
        """A bare 开发区 is a place only as what a union is called after."""
        return bool(re.match(r"总?工会", self.text[hit.end : hit.end + 3]))

    def _inside(self, inner: DistrictHit, outer: DistrictHit, inner_node: Node, outer_node: Node) -> bool:
        if inner_node is outer_node:
            return False
        if any(a != b and b.startswith(a) for a in outer.codes for b in inner.codes):
            return True
        return inner.name.endswith(("镇", "乡", "街道", "社区", "村")) and outer.name.endswith(
            ("区", "县", "市", "旗", "镇", "乡", "街道")
        )

    def _context(self) -> list[str]:
        context = [hit.codes[0] for hit in self.reading.districts if len(hit.codes) == 1 and not hit.short]
        context += [hit.codes[0] for hit in self.reading.districts if len(hit.codes) == 1 and hit.short]
        return list(dict.fromkeys(context))

    def district(self, hit: DistrictHit, context: list[str]) -> Node:
        near = [h.codes[0] for h in self.reading.districts if h.end == hit.start and len(h.codes) == 1]
        code = hit.codes[0] if len(hit.codes) == 1 else _meant(hit.name, (*near, *context), self.reading.article.home)
        stem = ""
        if code:
            full = divisions.by_code(code).name
            for node in self.nodes:
                if node.type == "District" and node.code == code:
                    node.names.add(hit.name)
                    self.by_name.setdefault(("District", normal(hit.name)), node)
                    return node
            stem = full
        node = self.node("District", hit.name)
        node.code = node.code or code
        node.full = node.full or stem
        return node

    def place(self, name: str, start: int, end: int, rule: str) -> Node:
        """A place that is no row of the table: a zone, a park, a community."""
        for node in self.nodes:
            if node.type == "District" and any(_same_zone(name, other) for other in node.names):
                node.names.add(name)
                self.by_name.setdefault(("District", normal(name)), node)
                self.mark(node, start, end, rule)
                return node
        node = self.node("District", name)
        self.mark(node, start, end, rule)
        return node

    # ------------------------------------------------------------------------------------------------ organisations

    def organisation(self, candidate: Candidate) -> Node:
        surface = self.slice((candidate.start, candidate.end))
        name = _PAREN_ALIAS.sub("", surface)
        core = _PAREN_ALIAS.sub("", self.slice(candidate.core)) if candidate.core else ""
        if candidate.type == "Enterprise" and core:
            node = self.enterprise(core, name)
            self._chain_to(node, candidate)
        elif candidate.type == "Enterprise":
            node = self.enterprise(name)
        elif candidate.type == "TradeUnion":
            others = [core] if core else []
            same = next(
                (
                    n
                    for n in self.nodes
                    if n.type == "TradeUnion" and any(_same_union(name, other) for other in n.names)
                ),
                None,
            )
            if same is not None:
                self.by_name.setdefault(("TradeUnion", normal(name)), same)
                if len(name) > len(same.name):
                    same.name = name
            for span in candidate.other:
                head = name[len(_PAREN_ALIAS.sub("", self.slice(candidate.host))) :] if candidate.host else ""
                if head:
                    others.append(self.slice(span) + head)
            node = self.node("TradeUnion", name, *others)
        else:
            node = self.node(candidate.type, name)
        node.score = max(node.score, candidate.score)
        self.mark(node, candidate.start, candidate.end, candidate.rule)
        if candidate.type == "Enterprise" and not name.endswith(("分公司", "支行", "分行", "营业部")):
            parent = _PARENT.match(core or name)
            if parent and len(parent.group(1)) >= 4 and len(parent.group(2)) >= 3:
                at = candidate.end - len(self.slice(candidate.core) if candidate.core else surface)
                if surface.endswith(core or name):
                    above = self.enterprise(parent.group(1))
                    self.mark(above, at, at + len(parent.group(1)), "parent")
                    if above is not node:
                        node.names.add(parent.group(2))
                        self.by_name.setdefault(("Enterprise", normal(parent.group(2))), node)
        return node

    def _chain_to(self, node: Node, candidate: Candidate) -> None:
        """The district right before the name's core is where it is."""
        assert candidate.core is not None
        for hit in self.reading.districts:
            if hit.end == candidate.core[0]:
                self.pending.append((node, hit, candidate.start, candidate.end))

    pending: list[tuple[Node, DistrictHit, int, int]]

    def join_unions(self, node: Node) -> None:
        """A union of the same firm and form as one already known is that one (云栖物业工会, 四川云栖物业管理有限公司工会)."""
        if node.host is None or node.host.type not in ("Enterprise", "Organization"):
            return
        form = re.search(r"(?:工会联合会|工会委员会|总工会|分工会|分会|工会)$", node.name)
        for other in self.nodes:
            if other is node or other.type != "TradeUnion" or other.host is not node.host or form is None:
                continue
            if not other.name.endswith(form.group()) or not any(
                other.name == n + form.group() for n in node.host.names
            ):
                continue
            if any(node.name == n + form.group() for n in node.host.names):
                self.merge(node, other)
                return

    def merge(self, gone: Node, kept: Node) -> None:
        if len(gone.name) > len(kept.name):
            kept.name = gone.name
        kept.names |= gone.names
        kept.spans += gone.spans
        self.nodes.remove(gone)
        for key, value in list(self.by_name.items()):
            if value is gone:
                self.by_name[key] = kept
        self.occurrences = [
            Occurrence(o.start, o.end, kept, o.named) if o.node is gone else o for o in self.occurrences
        ]

    def enterprise(self, name: str, *others: str) -> Node:
        key = ("Enterprise", normal(name))
        if key not in self.by_name:
            for node in self.nodes:
                if node.type == "Enterprise" and any(_same_enterprise(name, other) for other in node.names):
                    node.names.update((name, *others))
                    if (
                        len(name) > len(node.name)
                        and node.name != name
                        and not node.name.endswith(("有限公司", "分公司"))
                    ):
                        node.name = name
                    self.by_name[key] = node
                    return node
        return self.node("Enterprise", name, *others)


_PARENT = re.compile(
    r"([\u4e00-\u9fffA-Za-z]{2,}?(?:集团有限公司|集团公司|有限责任公司|股份有限公司|有限公司|集团))(?!公司|有限|股份|总公司|控股)([\u4e00-\u9fff\d]{3,})$"
)
_RELATIVE_ZONES = frozenset(("开发区", "高新区", "经开区", "新区", "工业园区", "园区", "管理区", "示范区", "保税区"))
_PAREN_ALIAS = re.compile(r"（(?:以下|下)?(?:统称|简称|称)(?:为)?[“‘]?[^“”‘’（）]{2,20}[”’]?）")
_LEGAL = re.compile(r"(?:股份有限公司|集团有限公司|有限责任公司|有限公司|集团公司|公司|集团|总公司)$")
_ZONE_WORDS = re.compile(r"经济技术|高新技术产业|高新技术|产业|技术|经济")


def _same_zone(one: str, two: str) -> bool:
    """江汉经济开发区 and 江汉开发区, 山东淄川经济开发区 and 淄川经济开发区, 黄州区工业园 and 黄州工业园."""
    if one == two:
        return True
    a, b = (
        re.sub(r"(?<=[\u4e00-\u9fff]{2})[区县市](?=[\u4e00-\u9fff]{2,})", "", _ZONE_WORDS.sub("", n))
        for n in (one, two)
    )
    if not a.endswith(("区", "园")) or not b.endswith(("区", "园")):
        return False
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and long.endswith(short) and len(long) - len(short) <= 3


_FORMS = (("工联会", "工会联合会"), ("联合工会", "工会联合会"), ("工会委员会", "工会"))
_UNION_FORM = re.compile(r"(?:工会联合会|联合工会|工会委员会|总工会|分工会|分会|工会服务站|工会)$")
_OWN_LEVEL = re.compile(
    r"[县镇乡村第分\d一二三四五六七八九十]|街道|社区|车间|项目|[厂院段队矿部处所站科店行][^区]|区.|市."
)


def _same_union(one: str, two: str) -> bool:
    """Whether one name is the other with words left out that set no other body apart (区, 集团, a trade)."""
    if one == two:
        return True
    for short_form, full_form in _FORMS:
        one = one[: -len(short_form)] + full_form if one.endswith(short_form) else one
        two = two[: -len(short_form)] + full_form if two.endswith(short_form) else two
    short, long = sorted((one, two), key=len)
    if short == long:
        return True
    if (
        long.endswith(short)
        and len(short) >= 4
        and not RELATIVE.fullmatch(_UNION_FORM.sub("", short))
        and _UNION_FORM.sub("", short)
    ):
        return True  # 九室分会, 建外街道总工会: the bodies above are left out
    if len(short) < 7 or short[:2] != long[:2] or short[-3:] != long[-3:] or len(long) - len(short) > 6:
        return False
    left, missing = 0, []
    for char in long:
        if left < len(short) and char == short[left]:
            left += 1
        else:
            missing.append(char)
    rest = "".join(missing)
    return left == len(short) and (rest in ("区", "市", "县") or _OWN_LEVEL.search(rest + "。") is None)


def _same_enterprise(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    parent = _PARENT.match(long)
    if parent and parent.group(1).endswith(short) and not long.endswith("分公司"):
        return False
    if parent and not long.endswith("分公司") and parent.group(1).startswith(short):
        return False
    if (
        long.endswith(short)
        and len(short) >= 4
        or (
            long.startswith(short)
            and len(short) >= 4
            and not re.search(r"工会|分公司$", long)
            or long.startswith(short)
            and short.endswith("有限公司")
        )
    ):
        return True
    if re.findall(r"[一二三四五六七八九十\d]", short) != list(re.findall(r"[一二三四五六七八九十\d]", long)):
        return False
    a, b = _LEGAL.sub("", short), _LEGAL.sub("", long)
    if a and a == b:
        return True
    bare = re.sub(r"^.{2,3}?(?:省|市|区|县)", "", b)
    if len(a) >= 3 and 0 < b.find(a) <= 3:
        return True  # 云栖物业 in 四川云栖物业管理: the place in front is left out
    if len(a) >= 2 and len(a) <= 5 and len(b) > len(a) and (a[0] == b[0] or (bare and a[0] == bare[0])):
        # 达钢 for 达州钢铁: the short form takes characters of the long one in order, the head of it among them
        it = iter(b)
        if all(char in it for char in a) and len(a) < len(b):
            return len(a) <= 3 or b.startswith(a[:2]) or bare.startswith(a[:2])
    return len(a) >= 3 and (b.endswith(a) or bare.startswith(a))


def build(reading: Reading) -> Scene:
    """Find the things of the article and what stands for them where."""
    builder = _Builder(reading)
    builder.pending = []
    text = reading.text
    raw = [c for c in organisations.propose(reading) if not _in_name_quote(reading, c)]
    generic = [c for c in raw if c.kind == "generic"]
    bodies = [c for c in raw if c.kind != "generic"]
    bodies += list(_coordinated(reading, bodies))
    credited = people.credits(reading)
    persons = people.persons(reading, [*bodies, *generic], credited)
    zones = list(organisations.zones(reading))
    venues = list(places.propose(reading, bodies))
    products = list(things.products(reading))
    flat = arbitrate([*bodies, *zones, *persons, *venues, *products])
    launched = [c for c in products if c.rule == "quoted"]
    flat = [_as_venue(reading, c) for c in flat]
    # X公司职工技能实训工场: the place holds the firm's name, and both are meant
    flat += [
        venue
        for venue in venues
        if venue not in flat
        and venue.rule in ("held", "visited", "scene")
        and all(
            c.type == "Enterprise" and venue.start == c.start and c.end < venue.end
            for c in flat
            if c.start < venue.end and venue.start < c.end
        )
    ]
    flat.sort(key=lambda c: (c.start, c.end))
    acts = arbitrate(
        activities.propose(reading, [(c.start, c.end) for c in bodies if c.score >= 0.7 and c.kind == "name"])
    )
    acts = [c for c in acts if not _crossed(c, flat)]
    flat = [c for c in flat if not _swallowed(c, acts)]
    named = [c for c in flat if c.kind == "name"]

    # places first: unions and firms are told apart by them
    excluded = [(c.start, c.end) for c in flat if c.type in ("Enterprise", "Venue", "Product", "Person")]
    for union in flat:
        if union.type == "TradeUnion" and union.host is not None:
            for inner in raw:
                if (
                    inner.type == "Enterprise"
                    and inner.kind == "name"
                    and inner.end == union.host[1]
                    and inner.start >= union.start
                ):
                    excluded.append(inner.core or (inner.start, inner.end))
    excluded += [
        quote
        for quote in reading.quotes
        if quote[1] - quote[0] <= 30
        and text[quote[0] - 1] == "“"
        and not re.search("[，。！？]", text[quote[0] : quote[1]])
    ]
    excluded += [(p.span[0], p.span[1]) for p in things.dates(reading)]
    excluded += [
        (credit.start - 24, credit.end)
        for credit in credited
        if text[max(0, credit.start - 24) : credit.start].count("\n") == 0
        and reading.sentence_of(credit.start)[0] > credit.start - 24
    ]
    builder.districts(
        [span for span in excluded if span not in [(c.start, c.end) for c in named if c.type == "TradeUnion"]],
        [(c.start, c.end) for c in flat if c.type == "Organization" and not _OFFICE.search(text[c.start : c.end])],
    )
    for c in zones:
        if any(f is c for f in flat) or any(u.host and u.host[0] <= c.start and c.end <= u.host[1] for u in flat):
            builder.place(text[c.start : c.end], c.start, c.end, c.rule)
    # chains of a venue or firm behind districts give the place even where the district is inside the span
    for c in sorted(
        named,
        key=lambda c: (
            0 if c.type == "Enterprise" else 1,
            -(c.end - c.start) if c.type == "Enterprise" else 0,
            c.start,
        ),
    ):
        if c.type in ("TradeUnion", "Enterprise", "Organization"):
            node = builder.organisation(c)
            if c.type == "TradeUnion" and c.host is not None and node.host is None:
                node.host = _host(builder, c, raw)
                builder.join_unions(node)
        elif c.type == "Person":
            node = builder.node("Person", text[c.start : c.end])
            builder.mark(node, c.start, c.end, c.rule)
        elif (
            c.type == "Venue"
            and c.rule == "open"
            and any(
                n.type == "Enterprise" and any(_same_enterprise(text[c.start : c.end], other) for other in n.names)
                for n in builder.nodes
            )
        ):
            builder.mark(builder.enterprise(text[c.start : c.end]), c.start, c.end, c.rule)
        elif c.type == "Venue":
            name = builder.slice(c.core) if c.core else builder.slice((c.start, c.end))
            node = builder.node("Venue", name, builder.slice((c.start, c.end)), *[builder.slice(o) for o in c.other])
            builder.mark(node, c.start, c.end, c.rule)
            node.weak = node.weak or c.rule in ("frame", "list", "open")
            front = next((h for h in reading.districts if h.end == c.start), None)
            if front is not None and not c.core:
                builder.pending.append((node, front, front.start, c.end))
            if c.core:
                builder._chain_to(node, c)
        elif c.type == "Product":
            launched = [other for other in launched if other is not c]
            node = builder.node("Product", builder.slice((c.start, c.end)), *[builder.slice(o) for o in c.other])
            builder.mark(node, c.start, c.end, c.rule)
    for c in zones:
        place = builder.by_name.get(("District", normal(text[c.start : c.end])))
        follower = next(
            (o for o in builder.occurrences if o.start == c.end and o.node.type in ("Enterprise", "Venue")), None
        )
        if place is not None and follower is not None:
            builder.chains.append((follower.node, place, c.start, follower.end))
        front = next(
            (
                h
                for h in reading.districts
                if h.end == c.start or (h.start == c.start and h.end < c.end and not h.short)
            ),
            None,
        )
        if place is not None and front is not None:
            outer = builder.district(front, builder._context())
            builder.mark(outer, front.start, front.end, "chain")
            builder.chains.append((place, outer, front.start, c.end))
    for node in builder.nodes:
        if node.type == "District" and node.full in node.names:
            node.name = node.full
    context = builder._context()
    for inner, hit, start, end in builder.pending:
        outer = builder.district(hit, context)
        builder.mark(outer, hit.start, hit.end, "chain")
        builder.chains.append((inner, outer, start, end))
        up = next((h for h in reading.districts if h.end == hit.start), None)
        if up is not None:
            above = builder.district(up, context)
            builder.mark(above, up.start, up.end, "chain")
            if builder._inside(hit, up, outer, above):
                builder.chains.append((outer, above, up.start, hit.end))
    for c in launched:
        node = builder.node("Product", builder.slice((c.start, c.end)), *[builder.slice(o) for o in c.other])
        builder.mark(node, c.start, c.end, c.rule)
    _product_names(builder)
    _zone_aliases(builder)
    _short_firms(builder)
    _activities(builder, acts)
    main = _main(builder)
    _references(builder, flat, main)
    _short_titles(builder)
    dates = things.dates(reading)
    for when in dates:
        if when.printed:
            _date(builder, when)
    by_span = {(o.start, o.end): o.node for o in builder.occurrences}
    everyone = [c for c in flat if c.type == "Person"]
    holders = [c for c in flat if c.type in ("TradeUnion", "Enterprise", "Organization", "Venue")]
    holders += [Candidate(h.start, h.end, "District", "gazetteer", 0.5) for h in reading.districts]
    posts = []
    for post in people.posts(reading, everyone, holders):
        person = by_span.get(post.person)
        body = by_span.get((post.body.start, post.body.end)) if post.body else None
        if person is not None:
            posts.append((person, post, body))
    credit_nodes = [(by_span[c.start, c.end], c) for c in credited if (c.start, c.end) in by_span]
    return Scene(
        reading=reading,
        nodes=tuple(builder.nodes),
        occurrences=tuple(sorted(builder.occurrences, key=lambda o: (o.start, -o.end))),
        posts=tuple(posts),
        credits=tuple(credit_nodes),
        dates=tuple(dates),
        main=main,
        chains=tuple(builder.chains),
    )


_OFFICE = re.compile(
    r"(?:区|市|县|省|镇|乡|街道)(?:委|政府|政协|人大|人民政府|人大常委会|办事处|工委|党工委|管委会|管理委员会|党委)$"
)


_PREMISES = re.compile(r"(?:中心|学校|学院|大学|医院|小学|中学|党校|校|馆|院)$")


def _as_venue(reading: Reading, c: Candidate) -> Candidate:
    """在X党群服务中心举办: a public body that is named as the place of something is a venue there."""
    if c.type != "Organization" or c.kind != "name" or not _PREMISES.search(reading.text[c.start : c.end]):
        return c
    text, start = reading.text, c.start
    if text[start - 1 : start] == "”":
        start = max(text.rfind("“", 0, start), 0)  # “X”职工服务中心
    by_end = {hit.end: hit.start for hit in reading.districts}
    front = start
    while front in by_end:
        front = by_end[front]
    visited = re.search(r"(?:走进|来到|前往|参观|考察|深入|走访)(?:了)?$", text[max(0, front - 4) : front])
    held = text[front - 1 : front] == "在" and places.HOLD().match(text, c.end)
    if not visited and not held:
        return c
    return Candidate(start, c.end, "Venue", "held" if held else "visited", 0.9)


def _short_firms(builder: _Builder) -> None:
    """Mark the bare name a firm is called by further on (橙快出行 for 杭州橙快出行科技有限公司)."""
    text, reading = builder.text, builder.reading
    for node in [n for n in builder.nodes if n.type == "Enterprise"]:
        stem = _LEGAL.sub("", node.name)
        if stem == node.name:
            continue
        front = next((h for h in reading.districts if h.end - h.start < len(stem) and stem.startswith(h.name)), None)
        rest = stem[len(front.name) :] if front else stem
        for length in range(len(rest), 1, -1):
            short = rest[:length]
            if length == 2 and known(short) or short in lexicon.words("generic") | lexicon.words("name"):
                continue
            found = False
            for match in re.finditer(re.escape(short), text):
                free = not any(o.start < match.end() and match.start() < o.end for o in builder.occurrences)
                if free and reading.is_boundary(match.start()) and reading.is_boundary(match.end()):
                    node.names.add(short)
                    builder.mark(node, match.start(), match.end(), "short-name")
                    found = True
            if found:
                break


def _product_names(builder: _Builder) -> None:
    """Mark the other places where the quoted name of a product stands alone."""
    for node in [n for n in builder.nodes if n.type == "Product"]:
        for name in sorted(node.names):
            if name.startswith("“") or len(name) < 2:
                continue
            quoted = f"“{name}”"
            at = builder.text.find(quoted)
            while at >= 0:
                end = at + len(quoted)
                if not any(o.start < end and at < o.end for o in builder.occurrences):
                    builder.mark(node, at, end, "again")
                at = builder.text.find(quoted, end)


def _zone_aliases(builder: _Builder) -> None:
    """Mark what stands for a place by a name given in brackets, or by 开发区 where only one is spoken of."""
    text = builder.text
    zones = [
        n
        for n in builder.nodes
        if n.type == "District" and n.name.endswith(("开发区", "新区", "高新区", "园区", "工业园")) and len(n.name) > 3
    ]
    for node in [n for n in builder.nodes if n.type == "District"]:
        for name in sorted(node.names):
            if name not in _RELATIVE_ZONES and len(name) > 4:
                continue
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                if not any(o.start < end and at < o.end for o in builder.occurrences):
                    builder.mark(node, at, end, "alias")
                at = text.find(name, end)
    if len(zones) == 1:
        for match in re.finditer(r"(?<![\u4e00-\u9fff])(?:开发区|高新区|经开区|园区)(?=[\u4e00-\u9fff])", text):
            if zones[0].name.endswith(match.group()) and not any(
                o.start < match.end() and match.start() < o.end for o in builder.occurrences
            ):
                builder.mark(zones[0], match.start(), match.end(), "alias")


def _in_name_quote(reading: Reading, candidate: Candidate) -> bool:
    """Whether the span is a part of a quoted title (“浙江省工会工作的实践与创新”): no name is taken out of one."""
    quote = reading.in_quote(candidate.start, candidate.end)
    if quote is None or quote == (candidate.start, candidate.end):
        return False
    return quote[1] - quote[0] <= 40 and not re.search(r"[，。！？；]", reading.text[quote[0] : quote[1]])


def _coordinated(reading: Reading, bodies: list[Candidate]) -> Iterable[Candidate]:
    """北关东路社区、拱辰北大街社区工会联合会: the head word serves both."""
    text = reading.text
    for body in bodies:
        if body.type != "TradeUnion" or body.kind != "name" or body.host is None:
            continue
        level = re.search(r"(社区|村|街道|镇|乡|公司|集团)$", text[body.host[0] : body.host[1]])
        if level is None or text[body.start - 1 : body.start] not in "、和":
            continue
        left = re.search(rf"[\u4e00-\u9fff]{{2,10}}{level.group()}$", text[max(0, body.start - 14) : body.start - 1])
        if left:
            end = body.start - 1
            start = end - len(left.group())
            for i in range(reading.token_at(end - 1), -1, -1):
                token = reading.words[i]
                if reading.starts[i] < start:
                    break
                if token in lexicon.words("stop") or reading.tags[i] in ("uj", "p", "c", "ul", "v"):
                    start = reading.starts[i] + len(token)
                    break
            if end - start >= len(level.group()) + 2 and not any(b.start <= start < b.end for b in bodies):
                yield Candidate(start, end, "TradeUnion", "coordinated", 0.8, host=(start, end))


def _crossed(activity: Candidate, flat: list[Candidate]) -> bool:
    """Whether a surer span overlaps the activity without being inside it."""
    return any(
        c.start < activity.end
        and activity.start < c.end
        and not (activity.start <= c.start and c.end <= activity.end)
        and c.score > activity.score
        for c in flat
    )


def _swallowed(candidate: Candidate, acts: list[Candidate]) -> bool:
    """Venues, persons, products and bare brands inside an activity's name are part of it; overlapping ones lose."""
    for act in acts:
        if candidate.start < act.end and act.start < candidate.end:
            inside = act.start <= candidate.start and candidate.end <= act.end
            if (
                candidate.type in ("TradeUnion", "Organization", "Enterprise")
                and inside
                and candidate.kind == "name"
                and candidate.rule not in ("brand", "coordinated")
            ):
                return candidate.type != "TradeUnion"
            return True
    return False


def _host(builder: _Builder, candidate: Candidate, raw: list[Candidate]) -> Node | None:
    """What a union is the union of, read from its name."""
    assert candidate.host is not None
    start, end = candidate.host
    text, reading = builder.text, builder.reading
    alias = _PAREN_ALIAS.search(text, start, end)
    if alias and alias.end() == end:
        short = re.sub(r"^（(?:以下|下)?(?:统称|简称|称)(?:为)?[“‘]?|[”’]?）$", "", alias.group())
        end = alias.start()
        hit = next((h for h in reading.districts if h.end == end and h.start >= start), None)
        node = builder.district(hit, builder._context()) if hit else builder.place(text[start:end], start, end, "host")
        builder.mark(node, hit.start if hit else start, end, "host")
        node.names.add(short)
        builder.by_name.setdefault(("District", normal(short)), node)
        return node
    if re.search(r"分工会$|分会$", text[end : candidate.end]) and not re.search(
        r"(?:公司|集团|厂|矿|所|室|行|局|段)$", text[start:end]
    ):
        return None  # a part of a body, not a body of its own
    nested = [
        c
        for c in raw
        if c.end == end and c.start >= start and c.type in ("Enterprise", "Organization") and c.kind == "name"
    ]
    if nested:
        best = max(nested, key=lambda c: c.end - c.start)
        if best.start > start and not any(h.start == start for h in reading.districts):
            best = Candidate(start, end, best.type, best.rule, best.score)
        node = builder.organisation(best)
        return node
    relative = re.match(r"[省市区县](?=[\u4e00-\u9fff]{2,})", text[start:end])
    if relative and not any(h.start <= start < h.end for h in reading.districts) and _is_trade(reading, start + 1, end):
        for o in builder.occurrences:
            if o.node.type == "District" and (o.node.full or o.node.name).endswith(relative.group()):
                return o.node
        return None
    hits = [h for h in reading.districts if start <= h.start and h.end <= end]
    last = hits[-1] if hits else None
    tail = text[last.end : end] if last else text[start:end]
    if last is not None and not tail:
        node = builder.district(last, builder._context())
        builder.mark(node, last.start, last.end, "host")
        return node
    if (
        re.search(r"(?:工业园区|工业园|开发区|新区|产业园区|高新区|经开区|集聚区|示范区|片区)$", tail)
        and len(text[start:end]) > 3
    ):
        begin = (
            last.start
            if last and not last.name.endswith(("省", "市")) or last and len(tail) <= 4
            else (last.end if last else start)
        )
        return builder.place(text[begin:end], begin, end, "host")
    community = re.search(r"[\u4e00-\u9fff]{1,10}(?:社区|村|街道|镇|乡)$", tail)
    if community:
        begin = last.end if last else start
        return builder.place(text[begin:end], begin, end, "host")
    venue = re.search(r"(?:科技园|产业园|创业园|物流园|园区|园|大厦|广场|中心|市场|商圈|楼宇|商城|总部基地)$", tail)
    if venue and len(tail) >= 4 and "楼宇" not in tail:
        node = builder.node("Venue", text[start:end])
        builder.mark(node, start, end, "host")
        return node
    wide = last is not None and not last.short and last.start == start
    if (
        wide and not re.search(r"公司|集团|厂|[院校局委办]$", tail) and _common(reading, end - len(tail), end)
    ) or _is_trade(reading, end - len(tail), end):
        if last is None:
            return None
        pick = next((h for h in reversed(hits) if not h.short), last)
        node = builder.district(pick, builder._context())
        builder.mark(node, pick.start, pick.end, "host")
        return node
    if "楼宇" in tail and last is not None:
        node = builder.district(last, builder._context())
        builder.mark(node, last.start, last.end, "host")
        return node
    if len(tail) >= 2:
        begin = last.end if last is not None and not last.short else start
        while begin > start and text[begin - 1] not in "省市区县镇乡":
            begin -= 1
        kind = "Organization" if re.search(r"(?:局|委|办|院|校|学|部|处|站|台|社|会|队)$", tail) else "Enterprise"
        if kind == "Enterprise":
            node = builder.enterprise(text[begin:end])
        else:
            node = builder.node(kind, text[start:end])
        builder.mark(node, begin if kind == "Enterprise" else start, end, "host")
        return node
    return None


_TRADE = re.compile(
    r"(?:行业|产业|产业链|链|业|系统|领域|机关|片区|区域|联合|直属|综合|新就业形态|货车司机|快递员|外卖|网约车|楼宇|商圈)$"
)


def _is_trade(reading: Reading, start: int, end: int) -> bool:
    """Whether text[start:end] names a trade (快递行业, 国防机械电子) and not a firm."""
    text = reading.text[start:end]
    if not text or _TRADE.search(text):
        return True
    names, generic = lexicon.words("name"), lexicon.words("generic")
    position = start
    while position < end:
        word = next(
            (
                n
                for n in (5, 4, 3, 2)
                if reading.text[position : position + n] in names | generic and position + n <= end
            ),
            0,
        )
        if not word:
            return False
        position += word
    return True


def _common(reading: Reading, start: int, end: int) -> bool:
    """Whether only dictionary nouns stand in text[start:end]: a trade rather than a firm's own name."""
    for i in range(reading.token_at(start), reading.token_at(end - 1) + 1):
        if reading.tags[i] not in ("n", "vn", "b", "v", "ad", "an", "nz") or len(reading.words[i]) < 2:
            return False
    return True


_SESSION = re.compile(r"第?[一二三四五六七八九十\d]+届|第[一二三四五六七八九十\d]+次")


def _activities(builder: _Builder, acts: list[Candidate]) -> None:
    """Cluster activity names: equal themes, one name the tail of the other, equal but for the edition."""
    text = builder.text
    clusters: list[tuple[Node, list[activities.Naming]]] = []
    ranked = sorted(acts, key=lambda c: (-(c.end - c.start), c.start))
    for c in ranked:
        name = text[c.start : c.end]
        parts = naming(name)
        theme = text[c.other[0][0] : c.other[0][1]] if c.other else parts.theme
        parts = activities.Naming(theme, parts.edition, parts.head, parts.core, parts.ceremony)
        home = None
        for node, members in clusters:
            if any(_same_activity(parts, other) for other in members):
                home = (node, members)
                break
        if home is None:
            node = Node("Activity", name)
            builder.nodes.append(node)
            home = (node, [])
            clusters.append(home)
        node, members = home
        members.append(parts)
        node.names.add(name)
        owner = next(
            (o for o in builder.occurrences if o.end == c.start and o.node.type == "TradeUnion" and o.named), None
        )
        if owner is not None and _SESSION.match(name):  # the body in front belongs to the name of its congress
            full = text[owner.start : c.end]
            node.names.add(full)
            node.name = full if len(full) > len(node.name) else node.name
        final = re.search(r"(?<=[赛武])(?:总决赛|决赛)$", name)
        if final and len(name) - len(final.group()) >= 8:
            node.names.add(name[: final.start()])
        if theme and not parts.ceremony:
            node.names.add(theme)
        node.score = max(node.score, c.score)
        builder.mark(node, c.start, c.end, c.rule)
    for node, members in clusters:
        for name in sorted(node.names):
            core = re.sub(r"^.*(?:——|届|期|年度?|次)(?=[\u4e00-\u9fff])", "", name)
            for form in {core, name, re.sub(r"^“[^”]*”", "", core)}:
                if len(form) < 6 or form.startswith("“") != form.endswith("”") and "”" not in form:
                    continue
                at = text.find(form)
                while at >= 0:
                    if not any(
                        o.start < at + len(form) and at < o.end
                        for o in builder.occurrences
                        if o.node.type == "Activity"
                    ):
                        node.names.add(form)
                        builder.mark(node, at, at + len(form), "again")
                    at = text.find(form, at + 1)
    for node, members in clusters:
        rules = {rule for _, _, rule in node.spans}
        heads = {m.head for m in members}
        plain = not any(m.theme or m.edition for m in members)
        node.weak = plain and rules <= {"governed", "placed", "again"} and bool(heads) and heads <= activities.WEAK


_FINAL = re.compile(r"(?<=[赛武])(?:总决赛|半决赛|决赛|预赛|初赛|复赛)$")


def _same_activity(one: activities.Naming, two: activities.Naming) -> bool:
    finals = [_FINAL.search(parts.core) for parts in (one, two)]
    if any(finals) and not all(finals):
        bare = [_FINAL.sub("", parts.core) for parts in (one, two)]
        if bare[0].endswith(bare[1]) or bare[1].endswith(bare[0]):
            return min(map(len, bare)) >= 5 or one.theme == two.theme
    if one.ceremony != two.ceremony:
        return False
    if (
        normal(one.theme)
        and not two.theme
        and normal(one.theme) == normal(two.core)
        or normal(two.theme)
        and not one.theme
        and normal(two.theme) == normal(one.core)
    ):
        return True
    if one.theme and two.theme and normal(one.theme) == normal(two.theme):
        # one theme can run through several events: “匠心杯”焊工大赛, “匠心杯”无人机大赛
        rests = sorted(
            (
                parts.core.replace(re.sub(r"[ ·—\-“”‘’《》]", "", parts.theme), "", 1).removesuffix(parts.head)
                for parts in (one, two)
            ),
            key=len,
        )
        letters = iter(rests[1])
        return (
            not rests[0]
            or not rests[1]
            or all(char in letters for char in rests[0])
            or rests[0] in ("主题", "系列", "专题")
        )
    if one.edition and two.edition and one.edition not in two.edition and two.edition not in one.edition:
        if re.sub(r"\D", "", one.edition) != re.sub(r"\D", "", two.edition) or (
            "届" in one.edition and "届" in two.edition
        ):
            return False
    a, b = sorted((one.core, two.core), key=len)
    if a == b:
        return True
    if len(a) >= 5 and b.endswith(a):
        return not (two.edition and one.edition and two.edition != one.edition)
    if one.head and one.head == two.head and len(a) >= 7:
        it = iter(b)
        return all(char in it for char in a) and a[:2] in b and not (one.theme and two.theme)
    return False


def _main(builder: _Builder) -> Node | None:
    body = builder.reading.body
    acts = [n for n in builder.nodes if n.type == "Activity" and n.spans]
    if not acts:
        return None
    return min(acts, key=lambda n: (n.weak, min((s < body, s) for s, _, _ in n.spans)))


def _references(builder: _Builder, flat: list[Candidate], main: Node | None) -> None:
    """Resolve relative names and anaphors to the nearest fitting thing named before, else after."""
    text = builder.text
    order = sorted((c for c in flat if c.kind in ("relative", "anaphor")), key=lambda c: c.start)
    for c in order:
        surface = text[c.start : c.end]
        if c.type == "TradeUnion":
            node = _union_for(builder, surface, c)
            if node is not None:
                if surface not in ("工会", "总工会") and not surface.startswith("该"):
                    node.names.add(surface)
                builder.mark(node, c.start, c.end, "coref", named=surface not in ("工会", "总工会", "该工会"))
        elif c.type == "Enterprise":
            node = _last(builder, "Enterprise", c.start)
            if node is not None:
                builder.mark(node, c.start, c.end, "coref", named=False)
        elif c.type == "Organization":
            node = _last(builder, "Organization", c.start, suffix=surface.lstrip("该本"))
            if node is None:
                node = builder.node("Organization", surface)
                builder.mark(node, c.start, c.end, "relative")
            else:
                builder.mark(node, c.start, c.end, "coref", named=not surface.startswith(("该", "本")))
    spoken = list(activities.anaphors(builder.reading))
    for node in [n for n in builder.nodes if n.type == "Activity"]:
        for tail in sorted(activities.short_forms(node.name)):
            for match in re.finditer(
                rf"(?<![\u4e00-\u9fff])(?:本次|此次)?{tail}(?=由|共|以|吸引|设|分|上，|中，|现场|当天|期间|结束|采取|为期|自)",
                text,
            ):
                spoken.append(Candidate(match.start(), match.end(), "Activity", "anaphor", 0.3, "anaphor"))
    for c in sorted(set(spoken), key=lambda c: (c.start, c.end)):
        before = [o for o in builder.occurrences if o.node.type == "Activity" and o.named and o.end <= c.start]
        if any(
            o.start < c.end and c.start < o.end
            for o in builder.occurrences
            if o.node.type in ("Activity", "TradeUnion")
        ):
            continue
        tail = text[c.end - 2 : c.end]
        fitting = [o for o in before if any(n.rstrip("”").endswith(tail) for n in o.node.names)]
        target = fitting[-1].node if fitting else main
        if target is not None:
            builder.mark(target, c.start, c.end, "coref", named=False)


def _last(builder: _Builder, kind: str, position: int, *, suffix: str = "") -> Node | None:
    found = [
        o
        for o in builder.occurrences
        if o.node.type == kind and o.named and (not suffix or any(n.endswith(suffix) for n in o.node.names))
    ]
    before = [o for o in found if o.end <= position]
    if before:
        return max(before, key=lambda o: o.end).node
    return None


def _union_for(builder: _Builder, surface: str, c: Candidate) -> Node | None:
    """Which union 市总工会, 公司工会, 总工会主席 speak of."""
    text = builder.text
    unions = [o for o in builder.occurrences if o.node.type == "TradeUnion" and o.named]
    before = sorted((o for o in unions if o.end <= c.start), key=lambda o: o.end)
    after = sorted((o for o in unions if o.start >= c.end), key=lambda o: o.start)
    nearest = [*reversed(before), *after]
    if re.fullmatch(r"[省市区县]总", surface):
        surface += "工会"
    plain = surface.lstrip("该本全我")
    chain = _POST_CHAIN.search(text[max(0, c.start - 40) : c.start])
    if plain in ("工会", "总工会", "分会"):
        if surface != plain and before:
            return before[-1].node
        # the head alone, behind another post: 休宁县政协副主席、总工会主席
        if re.match(r"(?:党组|常务|兼职|副)*(?:主席|书记|负责人|主任|委员)", text[c.end : c.end + 6]) is None:
            return None
        if chain is None:
            return None
        body = chain.group(1)
        near = [h for h in builder.reading.districts if c.start - 40 <= h.start and h.end <= c.start]
        if plain == "总工会":
            for hit in reversed(near):
                for o in nearest:
                    if any(hit.name in n and n.endswith(plain) for n in o.node.names):
                        return o.node
            level = re.search(r"(街道|镇|乡|区|县|市)", body)
            if level:
                for o in nearest:
                    if any(re.search(level.group() + "总工会$", n) for n in o.node.names):
                        return o.node
            return before[-1].node if before else None
        firm = next(
            (
                o.node
                for o in sorted(builder.occurrences, key=lambda o: -o.end)
                if o.end <= c.start and o.start >= c.start - 40 and o.node.type in ("Enterprise", "Organization")
            ),
            None,
        )
        if firm is not None:
            for o in nearest:
                if o.node.host is firm:
                    return o.node
        unit = re.sub(r"^(?:该|本)", "", body)
        if len(unit) >= 2 and unit not in ("公司", "集团", "企业"):
            for o in nearest:
                if any(n.endswith((unit + "工会", unit + "总工会")) for n in o.node.names):
                    return o.node
        if re.search(r"(?:村|社区)(?:党)?(?:支部|总支|委)?$", body):
            return None
        bodies = [o for o in nearest if o.node.host is not None and o.node.host.type in ("Enterprise", "Organization")]
        if bodies and (firm is not None or _UNIT_WORD.search(body)):
            return _top(bodies).node
        if firm is not None and firm.type == "Enterprise":
            node = builder.node("TradeUnion", firm.name + "工会")
            node.host = firm
            return node
        return None
    host = (
        surface[: -len("总工会")]
        if surface.endswith("总工会")
        else re.sub(r"(?:总工会|工会联合会|工会委员会|工会|分会)$", "", surface)
    )
    form = surface[len(host) :]
    if _FIRM_WORD.fullmatch(host):
        word = host.lstrip("该本")
        last_firm = max(
            (o.end for o in builder.occurrences if o.node.type == "Enterprise" and o.named and o.end <= c.start),
            default=-1,
        )
        for o in nearest:
            if any(n.endswith(word + form) for n in o.node.names if n != surface):
                if o.start >= c.end and last_firm >= 0:
                    break
                if (
                    o.end <= c.start
                    and o.end < last_firm - 1
                    and o.node.host is not None
                    and not any(f.node is o.node.host and f.end == last_firm for f in builder.occurrences)
                    and surface.startswith("该")
                ):
                    break
                return o.node
        firms = [o for o in builder.occurrences if o.node.type in ("Enterprise", "Organization") and o.named]
        earlier = sorted((o for o in firms if o.end <= c.start), key=lambda o: -o.end) + sorted(
            (o for o in firms if o.start >= c.end), key=lambda o: o.start
        )
        for o in earlier:
            if word in ("集团", "集团公司") and not any("集团" in n for n in o.node.names):
                continue
            kinds = _SCHOOLS.get(word, (word,))
            if word not in ("公司", "集团", "总公司", "企业", "集团公司") and not any(
                n.endswith(kinds) for n in o.node.names
            ):
                continue
            firm = o.node
            name = firm.name
            if word in ("集团", "集团公司") and not re.search(
                r"集团(?:公司|有限公司|有限责任公司|股份有限公司)?$", name
            ):
                name = name[: name.index("集团") + 2] if "集团" in name else name
                firm = builder.enterprise(name)
                if not firm.spans:
                    at = text.find(name)
                    if at >= 0:
                        builder.mark(firm, at, at + len(name), "parent")
            for u in nearest:
                if u.node.host is firm:
                    return u.node
            node = builder.node(
                "TradeUnion", name + "工会", surface, *sorted(n + "工会" for n in firm.names if n.endswith(word))
            )
            node.host = node.host or firm
            return node
        bodies = [o for o in nearest if o.node.host is not None and o.node.host.type in ("Enterprise", "Organization")]
        return bodies[0].node if bodies else None
    level = _LEVEL.search(host)
    if level is not None and chain is not None:
        # 安顺市人大常委会副主任、市总工会主席: the place of the post before is the place of this one
        hits = [
            h
            for h in builder.reading.districts
            if h.start >= c.start - 40 and h.end <= c.start and h.name.endswith(level.group())
        ]
        if hits:
            name = hits[-1].name + form
            found = next((o.node for o in unions if name in o.node.names), None)
            if found is not None:
                return found
            node = builder.node("TradeUnion", name, surface)
            node.host = builder.by_name.get(("District", normal(hits[-1].name)))
            return node
    for o in nearest:
        if any(n.endswith(plain) for n in o.node.names):
            return o.node
    if level is None:
        return before[-1].node if surface.startswith("该") and before else None
    # no union of that level is named in full: take the district of that level, else the paper's home
    districts = [o for o in builder.occurrences if o.node.type == "District"]
    for o in [*reversed([d for d in districts if d.end <= c.start]), *[d for d in districts if d.start >= c.end]]:
        full = next(
            (
                n
                for n in (o.node.name, o.node.full, *sorted(o.node.names))
                if n.endswith(level.group(1)) and len(n) > len(level.group(1))
            ),
            "",
        )
        if full:
            node = builder.node("TradeUnion", full + form, surface)
            node.host = o.node
            return node
    home = builder.reading.article.home
    if home and home.endswith(level.group(1)):
        return builder.node("TradeUnion", home + form, surface)
    node = builder.node("TradeUnion", surface)
    if host in _RELATIVE_ZONES and c.host is not None:
        node.host = builder.place(host, c.host[0], c.host[1], "host")
    return node


_POST_CHAIN = re.compile(
    r"([\u4e00-\u9fff]{0,24}?)(?:党组|党委|副|常务|支部)*(?:书记|主席|主任|委员|部长|常委|局长|区长|县长|市长|镇长|经理|董事长|成员|院长|校长|厂长|矿长|段长|行长|主任)(?:、|，|兼)$"
)
_UNIT_WORD = re.compile(r"集团|公司|厂|矿|段|局|行|院|校|该|项目|总行")
_FIRM_WORD = re.compile(
    r"(?:该|本)?(?:公司|集团|总公司|分公司|集团公司|企业|厂|总厂|院|矿|段|局|行|总行|校|学校|医院|站|队)"
)


_SCHOOLS = {
    "校": ("大学", "学院", "学校", "中学", "小学", "校"),
    "学校": ("学校", "中学", "小学", "学院"),
    "院": ("医院", "学院", "研究院", "设计院", "院"),
    "行": ("银行", "农商行", "支行", "分行", "行"),
}


def _top(found: list[Occurrence]) -> Occurrence:
    """The union named most often, the first of these where several are."""
    counts: dict[int, int] = {}
    for o in found:
        counts[id(o.node)] = counts.get(id(o.node), 0) + 1
    return max(found, key=lambda o: counts[id(o.node)])


def _short_titles(builder: _Builder) -> None:
    """曹主席 stands for the one person of that family name."""
    by_family: dict[str, list[Node]] = {}
    for node in builder.nodes:
        if node.type == "Person":
            by_family.setdefault(node.name[0], []).append(node)
    for match in re.finditer(
        r"([\u4e00-\u9fff])(?:主席|书记|主任|经理|总|教授|老师|师傅|先生|女士|部长|局长|院长|校长|队长|班长|工(?=[说介表]))",
        builder.text,
    ):
        nodes = by_family.get(match.group(1), [])
        if len(nodes) == 1 and not any(o.start <= match.start() < o.end for o in builder.occurrences):
            if not builder.reading.is_boundary(match.start()):
                continue
            nodes[0].names.add(match.group())
            builder.mark(nodes[0], match.start(), match.end(), "short-title")


def _date(builder: _Builder, when: things.When) -> None:
    name = builder.text[when.span[0] : when.span[1]]
    bare = re.sub(r"^(?:\d{4}|[去今前明])年", "", name)
    first = re.match(r"\d+月\d+(?:日|号)?", bare)
    node = builder.node("Date", name, bare, first.group() if first else "")
    builder.mark(node, when.span[0], when.span[1], "date")
