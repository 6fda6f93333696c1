"""A made-up city of any size in the form of `kg.graph`: the same for the same numbers, and built as real news are.

Seventeen districts with their streets, a federation for each, firms with their unions, activities over three years with
hosts, places and guests, people with posts. Most ties stay within a district and many within a street; few bodies have
many of them. The places are those of Beijing, all else is put together from lists. Unlike `tests.bench.graphs`, which
joins things by lot, there is something to see in a picture of it.
"""

from __future__ import annotations

import bisect
import contextlib
import datetime
import gc
import hashlib
import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx

from kg.errors import OntologyError
from kg.ids import make_id
from ontology import ontology
from ontology.divisions import by_code

__all__ = ["WORKSPACE", "world"]

WORKSPACE = "world"
PAPER = "京华工友报"
CITY = "11"
COUNTIES = (
    *("110105", "110108", "110102", "110106", "110112", "110115403", "110113", "110101", "110115"),
    *("110114", "110111", "110107", "110116", "110117", "110118", "110109", "110119"),
)
FIRST_DAY = datetime.date(2023, 1, 1)
DAYS = 3 * 365
OUTSIDE = 0.08  # of what could be in any district is in another one
PLANNED = 0.05  # of activities have not been held yet

# class -> nodes in a hundred, beside districts and federations; the first makes up what rounding leaves
SHARES: Mapping[str, int] = {
    "Person": 34,
    "Activity": 27,
    "Enterprise": 14,
    "TradeUnion": 11,
    "Venue": 6,
    "Product": 5,
    "Organization": 3,
}
# the order in which they are made: what others lead to comes first
ORDER = ("Enterprise", "TradeUnion", "Venue", "Organization", "Activity", "Product", "Person")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国志文慧玉兰海燕晓东雪梅春红宇航思远佳宁若溪一鸣"
BRANDS = "安宝昌达恩丰光海华江金康兰明宁平清荣盛泰文祥新兴延永远云泽正中"
TRADES = ("机械", "物流", "纺织", "食品", "建筑工程", "信息技术", "环境服务", "医药", "餐饮管理", "汽车零部件")
THEMES = (
    "匠心",
    "书香",
    "健步",
    "春风",
    "清凉",
    "暖心",
    "金秋",
    "巾帼",
    "安康",
    "同心",
    "奋进",
    "绿韵",
    "星火",
    "扬帆",
)
EVENTS = (
    "技能大赛",
    "招聘会",
    "读书会",
    "运动会",
    "健步走活动",
    "公益讲座",
    "联谊会",
    "慰问活动",
    "培训班",
    "宣讲活动",
)
VENUES = ("工人文化宫", "职工之家", "体育馆", "会议中心", "职工书屋", "骑手驿站", "文化广场")
BODIES = ("职工服务中心", "人力资源和社会保障局", "职业技术学校", "社区卫生服务中心", "民政局")
WARES = ("普惠卡", "焊接机器人", "防暑包", "杂粮礼盒", "检测仪", "小程序", "体检套餐")
TITLES = ("主席", "副主席", "工会干部", "总经理", "焊工", "负责人", "劳动模范")
FILLER = "活动现场职工代表围绕技能提升服务保障与企业发展展开交流大家表示将把工匠精神带回岗位为区域建设再添新力"
# relation -> what stands between the ends of it in a quote, and the rule that reads it
SAYS: Mapping[str, tuple[str, str]] = {
    "awards": ("授予荣誉：", "award"),
    "hasRole": ("任职于", "post-before-name"),
    "heldAt": ("地点设在", "held-in-place"),
    "heldIn": ("举办地为", "held-goes"),
    "locatedIn": ("位于", "located"),
    "mentions": ("提到", "mention"),
    "onPage": ("刊于", "page"),
    "organizes": ("主办", "organize-verb"),
    "participatesIn": ("参加", "participate-body"),
    "provides": ("提供", "provide"),
    "subordinateTo": ("隶属于", "names"),
    "supports": ("结对帮扶", "support-paired"),
    "reportedBy": ("由本报记者报道：", "byline"),
    "unionOf": ("服务职工于", "union-name"),
}


@dataclass(slots=True)
class _Place:
    """A district and what is in it, each behind its spot: a number from 0 to 1, and what is near is tied more often."""

    key: str
    name: str
    union: str
    streets: list[_Place] = field(default_factory=list)
    unions: list[tuple[float, str]] = field(default_factory=list)
    firms: list[tuple[float, str]] = field(default_factory=list)
    bodies: list[tuple[float, str]] = field(default_factory=list)
    venues: list[tuple[float, str]] = field(default_factory=list)
    activities: list[tuple[float, str]] = field(default_factory=list)
    persons: list[tuple[float, str]] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)


def world(nodes: int, edges_per_node: float = 3, seed: int = 0) -> nx.MultiDiGraph[str]:
    """Return a graph with so many nodes that are drawn, at least 40, and about so many facts between them for each.

    Beside those are the articles and pages in which the facts stand.
    """
    collects = gc.isenabled()
    gc.disable()  # millions of lists and none of them garbage: looking for it takes half of the time
    try:
        return _Maker(max(40, nodes), edges_per_node, seed).graph()
    finally:
        if collects:
            gc.enable()


class _Maker:
    def __init__(self, size: int, edges_per_node: float, seed: int) -> None:
        self.random = random.Random(f"{size} {edges_per_node} {seed}")
        self.size, self.wanted = size, int(size * edges_per_node)
        self.nodes: dict[str, dict[str, Any]] = {}
        self.edges: dict[str, tuple[str, str, dict[str, Any]]] = {}
        self.articles: dict[str, dict[str, None]] = {}  # article -> things it speaks of
        self.reports: dict[str, str] = {}  # activity -> the article on it
        self.pages: dict[str, str] = {}  # name -> key
        self.facts = 0  # that are drawn
        self.numbers = itertools.count()
        self.spot = 0.0
        self.filler = self.words(FILLER, 5000, 5000)

    def graph(self) -> nx.MultiDiGraph[str]:
        city = self.district(CITY, None)
        count = max(2, min(len(COUNTIES), self.size // 25))
        counties = [self.district(code, city) for code in COUNTIES[:count]]
        weights = [1 / (i + 1) ** 0.5 for i in range(count)]
        for place, code, weight in zip(counties, COUNTIES, weights, strict=False):
            streets = list(_streets(code))[: int(self.size / 150 * weight / sum(weights))]
            place.streets = [self.district(street, place) for street in streets]
        summed = list(itertools.accumulate(weights))
        left = self.size - sum(data["type"] not in ("Article", "Page") for data in self.nodes.values())
        kinds = [kind for kind, share in SHARES.items() for _ in range(left * share // 100)]
        kinds = [*[next(iter(SHARES))] * (left - len(kinds)), *kinds]
        for kind in sorted(kinds, key=ORDER.index):
            (county,) = self.random.choices(counties, cum_weights=summed)
            place = self.random.choice(county.streets) if county.streets and self.random.random() < 0.75 else county
            self.spot = self.random.random()
            self.thing(kind, place, self.random.choice(counties) if self.random.random() < OUTSIDE else county)
        for _ in range(20 * self.wanted):
            if self.facts >= self.wanted:
                break
            (county,) = self.random.choices(counties, cum_weights=summed)
            place = self.random.choice(county.streets) if county.streets and self.random.random() < 0.75 else county
            self.spot = self.random.random()
            self.tie(place, self.random.choice(counties) if self.random.random() < OUTSIDE else place, city)
        return self.finished()

    def finished(self) -> nx.MultiDiGraph[str]:
        for article, things in self.articles.items():
            self.fact(article, "onPage", self.pages[self.nodes[article]["page"]], article)
            for thing in list(things)[:3]:
                self.fact(article, "mentions", thing, article)
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(workspace=WORKSPACE)
        for key in sorted(self.nodes):
            graph.add_node(key, **self.nodes[key])
        for key in sorted(self.edges):
            subject, obj, data = self.edges[key]
            graph.add_edge(subject, obj, key)
            graph.edges[subject, obj, key].update(data)
        return graph

    # ------------------------------------------------------------------------------------------------------- chance

    def one(self, of: Sequence[tuple[float, str]]) -> str:
        """Choose one near the spot, and each eighth, sixty-fourth … more often than the others."""
        at = bisect.bisect(of, (self.spot,)) + self.random.randrange(-3, 4)
        at = min(max(at, 0), len(of) - 1)
        chance = self.random.random()
        step = 1 if chance < 0.5 else 8 if chance < 0.8 else 64 if chance < 0.95 else 512
        return of[at // step * step][1]

    def add(self, to: list[tuple[float, str]], key: str) -> None:
        bisect.insort(to, (self.spot, key))

    def words(self, of: str, least: int, most: int) -> str:
        return "".join(self.random.choices(of, k=self.random.randint(least, most)))

    # -------------------------------------------------------------------------------------------------------- nodes

    def node(self, kind: str, name: str, **more: Any) -> str:
        number = next(self.numbers)
        key = make_id(kind.lower() if kind in ("Article", "Page") else "entity", WORKSPACE, str(number))
        self.nodes[key] = {
            "key": key,
            "type": kind,
            "name": name,
            "aliases": [],
            "nameKey": f"{kind}|{name}@{number}",
            "workspace": WORKSPACE,
            **more,
        }
        return key

    def district(self, code: str, around: _Place | None) -> _Place:
        name = by_code(code).name
        key = self.node("District", name, code=code, nameKey=f"District|{code}|")
        union = self.node("TradeUnion", f"{name}总工会", aliases=[f"{name}工会"])
        place = _Place(key, name, union, unions=[(0.0, union)])
        article = self.article(place)
        self.fact(union, "unionOf", key, article)
        if around:
            self.fact(key, "locatedIn", around.key, article, inferred=True)
            self.fact(union, "subordinateTo", around.union, article, inferred=True)
        return place

    def thing(self, kind: str, place: _Place, other: _Place) -> None:
        """Make a thing in a place, some of whose ties lead to the other."""
        if kind == "Activity":
            self.activity(place, other)
            return
        article = self.article(place)
        chance = self.random.random()
        if kind == "Enterprise":
            firm = self.node(kind, f"北京{self.words(BRANDS, 2, 2)}{self.random.choice(TRADES)}有限公司")
            self.add(place.firms, firm)
            if chance < 0.8:
                self.fact(firm, "locatedIn", place.key, article)
        elif kind == "TradeUnion":
            if chance < 0.85 and place.firms:  # the union of a firm that has none yet, if one is found
                host = self.one(place.firms)
                union = self.node(kind, f"{self.nodes[host]['name']}工会")
                self.fact(union, "unionOf", host, article)
            else:
                union = self.node(kind, f"{place.name}{self.random.choice(TRADES)}行业工会联合会")
                self.fact(union, "unionOf", place.key, article)
            self.fact(union, "subordinateTo", place.union, article)
            self.add(place.unions, union)
        elif kind in ("Venue", "Organization"):
            ending = self.random.choice(VENUES if kind == "Venue" else BODIES)
            name = f"{place.name}{self.words(BRANDS, 1, 2) if kind == 'Venue' else ''}{ending}"
            key = self.node(kind, name)
            self.add(place.venues if kind == "Venue" else place.bodies, key)
            if chance < 0.9:
                self.fact(key, "locatedIn", place.key, article)
        elif kind == "Product":
            key = self.node(kind, f"“{self.words(BRANDS, 2, 2)}”{self.random.choice(WARES)}")
            self.fact(self.body(place), "provides", key, article)
        else:
            key = self.node(kind, f"{self.random.choice(SURNAMES)}{self.words(GIVEN, 1, 2)}")
            self.add(place.persons, key)
            if chance < 0.92:  # the others wrote an article
                self.post(key, other if chance < OUTSIDE else place, article)
            else:
                self.fact(article, "reportedBy", key, article, role="记者")

    def body(self, place: _Place) -> str:
        """Choose a union, a firm or another body of a place."""
        return self.one(self.random.choice((place.unions, place.unions, place.firms, place.bodies)) or place.unions)

    def post(self, person: str, place: _Place, article: str) -> None:
        day = str(self.nodes[article]["issueDate"])
        self.fact(person, "hasRole", self.body(place), article, title=self.random.choice(TITLES), seen=[day])

    def activity(self, place: _Place, other: _Place) -> None:
        day = FIRST_DAY + datetime.timedelta(days=self.random.randrange(DAYS))
        last = day + datetime.timedelta(days=self.random.choice((0, 0, 0, 1, 2, 30)))
        theme, event = self.random.choice(THEMES), self.random.choice(EVENTS)
        count = self.random.choice((30, 60, 100, 200, 500))
        key = self.node(
            "Activity",
            f"“{theme}{place.name.removesuffix('街道').removesuffix('区')}”{event}",
            start=day.isoformat(),
            end=last.isoformat(),
            precision="day" if last == day else "interval",
            vague=False,
            dateText=f"{day.month}月{day.day}日",
            series=f"{theme}{event}",
            edition=str(day.year - FIRST_DAY.year + 1),
            countText=f"{count}余名",
            countMin=count,
            countApproximate=True,
            countUnit="名职工",
        )
        self.add(place.activities, key)
        planned = self.random.random() < PLANNED
        issued = day - datetime.timedelta(days=14) if planned else last + datetime.timedelta(days=2)
        article = self.reports[key] = self.article(place, issued, f"{place.name}举办{theme}{event}")
        status = "planned" if planned else "happened"
        host = place.union if self.random.random() < 0.2 else self.one(place.unions)
        self.fact(host, "organizes", key, article, status, role="主办")
        if place.firms and self.random.random() < 0.4:
            self.fact(self.one(place.firms), "organizes", key, article, status, role="承办")
        if other is not place and self.random.random() < 0.5:
            self.fact(self.one(other.unions), "organizes", key, article, status, role="协办")
        if place.venues and self.random.random() < 0.5:
            self.fact(key, "heldAt", self.one(place.venues), article, status)
        if self.random.random() < 0.4:
            self.fact(key, "heldIn", place.key, article, status)

    def article(self, place: _Place, day: datetime.date | None = None, headline: str = "") -> str:
        """Return an article on a place, a new one where it is given, else mostly one that is there."""
        if not headline and place.articles and self.random.random() < 0.8:
            return self.random.choice(place.articles)
        day = day or FIRST_DAY + datetime.timedelta(days=self.random.randrange(DAYS))
        headline = headline or f"{place.name}{self.random.choice(THEMES)}行动{self.words(FILLER, 4, 4)}"
        number = self.random.randint(1, 4)
        name = f"shijie-{day.isoformat()}-{number:02d}"
        printed = {"issueDate": day.isoformat(), "pageNumber": str(number), "paper": PAPER}
        if name not in self.pages:
            title = f"{PAPER} {day.isoformat()} 第{number}版"
            self.pages[name] = self.node("Page", title, **printed, sha256="0" * 64, source=f"{name}.md")
        digest = hashlib.sha256(headline.encode()).hexdigest()
        more = {"headline": headline, "headlineMade": False, "number": 1, "page": name, "textSha256": digest}
        key = self.node("Article", headline, **more, **printed)
        place.articles.append(key)
        self.articles[key] = {}
        return key

    # -------------------------------------------------------------------------------------------------------- facts

    def tie(self, place: _Place, other: _Place, city: _Place) -> None:
        """Add a fact that joins things of a place with each other, or with those of another."""
        chance = self.random.random()
        if chance < 0.7 and other.activities:
            event = self.one(other.activities)
            article = self.reports[event]
            guests = (place.persons, place.persons, place.firms, place.unions, place.bodies)
            if chance < 0.12:
                self.fact(self.one(place.unions), "organizes", event, article, role="协办")
            elif guest := self.random.choice(guests):
                self.fact(self.one(guest), "participatesIn", event, article)
        elif chance < 0.82 and place.persons:
            self.post(self.one(place.persons), other, self.article(other))
        elif chance < 0.94:
            winners = self.random.choice((place.firms, place.persons)) or place.unions
            giver = city.union if chance < 0.84 else other.union
            self.fact(giver, "awards", self.one(winners), self.article(place), honour="先进集体")
        elif other is not place:
            self.fact(self.one(place.unions), "supports", self.one(other.unions), self.article(place))

    def fact(
        self, subject: str, name: str, obj: str, article: str, status: str = "happened", **qualifiers: Any
    ) -> None:
        """Add a fact, once, with a sentence or more in the article."""
        key = make_id("fact", subject, name, obj)
        if subject == obj or key in self.edges:
            return
        says, rule = SAYS[name]
        chance = self.random.random()
        times = 1 if chance < 0.8 else 2 if chance < 0.95 else 3
        starts = sorted(self.random.randrange(900) for _ in range(times))
        told = f"{self.nodes[subject]['name']}{says}{self.nodes[obj]['name']}，"
        quotes = [f"{told}{self.filler[start : start + 10 + start % 20]}。" for start in starts]
        confidences = [self.random.choice((0.5, 0.8, 0.93)) for _ in starts]
        ends = [start + len(quote) for start, quote in zip(starts, quotes, strict=True)]
        self.edges[key] = subject, obj, {
            "key": key,
            "type": ontology.relations[name].neo4j,
            "predicate": name,
            "status": status,
            "confidence": max(confidences),
            "sources": 1,
            **qualifiers,
            "statements": [f"s-{key[5:]}-{i}" for i in range(times)],
            "articles": [article] * times,
            "pages": [self.nodes[article]["page"]] * times,
            "lines": [str(start // 20 + 7) for start in starts],
            "ranges": [f"{start + 60}-{end + 60}" for start, end in zip(starts, ends, strict=True)],
            "quotes": quotes,
            "starts": starts,
            "ends": ends,
            "rules": [rule] * times,
            "confidences": confidences,
            "whys": [""] * times,
        }  # fmt: skip
        if name not in ("mentions", "onPage"):
            self.articles[article].update(dict.fromkeys(end for end in (subject, obj) if end != article))
            self.facts += name != "reportedBy"


def _streets(code: str) -> Iterator[str]:
    """Yield the codes of streets and towns of a county."""
    if len(code) == 6:
        for number in range(1, 130):
            with contextlib.suppress(OntologyError):
                if by_code(f"{code}{number:03d}").level == "street":
                    yield f"{code}{number:03d}"
