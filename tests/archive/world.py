"""The world the archive tells of: who there is, and by which names each goes in print.

A name is a `Form`: the words, how common they are, and how far they can be understood: `free` anywhere, `near` where
the city is clear, `place` where just this place was named. Which forms there are comes from union news as it is printed
(README.md says what was seen), and owes nothing to what any program resolves.
"""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ontology import divisions

__all__ = [
    "Division",
    "Enterprise",
    "Form",
    "Person",
    "Post",
    "Series",
    "Thing",
    "Union",
    "Venue",
    "World",
    "division",
    "ordinal",
    "words",
]

Reach = Literal["free", "near", "place"]
DIGITS = "零一二三四五六七八九十"


@cache
def words() -> dict[str, Any]:
    """Return the lists of words the world is made of."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name; `inside` are the names of other things that stand in it, as (id of the thing, name)."""

    text: str
    weight: float
    reach: Reach = "free"
    inside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Division:
    """A district; `city` and `province` are "" where it has none, or is one itself."""

    code: str
    name: str
    city: str
    province: str

    @property
    def id(self) -> str:
        return f"d:{self.code}"

    cls = "District"

    @property
    def place(self) -> str:
        return self.code


@cache
def division(code: str) -> Division:
    """Return the district of the table that has this code."""
    found = divisions.by_code(code)
    codes = [one.code for one in divisions.ancestors(code)]
    province = next((one for one in codes if len(one) == 2), "")
    city = next((one for one in codes if len(one) == 4), "")
    if province in _MUNICIPALITIES:
        city, province = province, ""
    return Division(code, found.name, city, province)


_MUNICIPALITIES = ("11", "12", "31", "50")


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A firm, or a branch of one (`host`), whose number is `number`."""

    id: str
    place: str  # code of its district, or of its city
    city: str
    brand: str
    trade: str
    short_trade: str
    group: bool
    legal: str
    inverted: bool = False  # the city stands in brackets behind the brand
    nick: str = ""  # what a city calls its own waterworks
    host: Enterprise | None = None
    number: int = 0

    cls = "Enterprise"


@dataclass(frozen=True, slots=True)
class Union:
    """A union of a place, of an industry of a place, or of a firm."""

    id: str
    level: str
    place: str
    head: str
    what: str = ""  # industry, park
    host: Enterprise | None = None

    cls = "TradeUnion"


@dataclass(frozen=True, slots=True)
class Venue:
    """A place where things are held."""

    id: str
    place: str
    what: str

    cls = "Venue"


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is in a body; `words` are those of a body that is not in the world."""

    body: Union | Enterprise | None
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody; the first post is the one that is nearly always told."""

    id: str
    name: str
    posts: tuple[Post, ...]

    cls = "Person"

    @property
    def place(self) -> str:
        body = self.posts[0].body if self.posts else None
        return body.place if body else ""


@dataclass(frozen=True, slots=True)
class Series:
    """Something held every year; an activity is one year of it."""

    id: str
    host: Union
    brand: str
    what: str
    first: int  # year of the first edition
    counted: bool  # whether editions are numbered rather than dated

    def edition(self, year: int) -> Edition:
        return Edition(self, year)


@dataclass(frozen=True, slots=True)
class Edition:
    """One year of a series."""

    series: Series
    year: int

    cls = "Activity"

    @property
    def id(self) -> str:
        return f"{self.series.id}/{self.year}"

    @property
    def place(self) -> str:
        return self.series.host.place


Thing = Division | Enterprise | Union | Venue | Person | Edition


def ordinal(number: int) -> str:
    """Return a small number in Chinese figures."""
    if number <= 10:
        return DIGITS[number]
    return ("" if number < 20 else DIGITS[number // 10]) + "十" + (DIGITS[number % 10] if number % 10 else "")


# ------------------------------------------------------------------------------------------------------------ names


def stem(name: str) -> str:
    """Return the name of a province or city without its class word."""
    for tail in ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"):
        if name.endswith(tail):
            return name.removesuffix(tail)
    return name


@cache
def prefixes(code: str) -> tuple[Form, ...]:
    """Return what may stand before the own name of something in the district with this code, the fullest first."""
    here = division(code)
    if len(code) == 9:
        around = division(code[:6]).name
        return (
            *(
                Form(f.text + around, f.weight, f.reach, (*f.inside, (f"d:{code[:6]}", f.text + around)))
                for f in prefixes(code[:6])
            ),
            Form("", 0.55, "near"),
        )
    outer = here.city
    if not outer:
        return prefixes_of_city(code)
    city = division(outer)
    inside = ((city.id, city.name),)
    found = [Form(city.name, 0.30, "free", inside), Form(stem(city.name), 0.10, "free", ((city.id, stem(city.name)),))]
    if city.province:
        province = division(city.province)
        found.insert(0, Form(province.name + city.name, 0.08, "free", ((province.id, province.name), *inside)))
    return (*found, Form("", 0.52, "near"))


@cache
def prefixes_of_city(code: str) -> tuple[Form, ...]:
    """Return what may stand before the name of a city or province."""
    here = division(code)
    if here.province:
        province = division(here.province)
        return (Form(province.name, 0.1, "free", ((province.id, province.name),)), Form("", 0.9))
    return (Form("", 1.0),)


@cache
def district_forms(code: str) -> tuple[Form, ...]:
    """Return how a district is written."""
    name = division(code).name
    return tuple(Form(f.text + name, f.weight, f.reach, f.inside) for f in prefixes(code))


def class_word(code: str) -> str:
    """Return what a district is called where it is plain which is meant: 市, 区, 县, 街道; "" where that never is."""
    name = division(code).name
    for word in ("自治区", "街道", "省", "市", "区", "县", "镇", "乡"):
        if name.endswith(word):
            return "" if word == "市" and len(code) == 6 else word
    return ""


def _of_place(code: str, tails: Sequence[tuple[str, float]], relative: float) -> Iterator[Form]:
    """Yield place and tail in every way, and with the class word in place of the name: 区总工会."""
    for form in district_forms(code):
        inside = (*form.inside, (f"d:{code}", form.text))
        if form.reach == "free" and form.text != division(code).name and len(code) > 4:
            inside = (*inside, (f"d:{code}", division(code).name))
        for tail, share in tails:
            yield Form(form.text + tail, form.weight * share, form.reach, inside)
    word = class_word(code)
    if word and relative:
        yield Form(word + tails[0][0], relative, "place" if len(code) > 4 or word == "自治区" else "near")


@cache
def enterprise_forms(firm: Enterprise) -> tuple[Form, ...]:
    """Return how a firm is written."""
    if firm.host is not None:
        return tuple(_branch_forms(firm))
    city = division(firm.city)
    short = stem(city.name)
    if firm.nick:
        full = city.name + firm.brand
        inside = ((city.id, city.name),)
        return (
            Form(full, 0.4, "free", inside),
            Form(short + firm.brand, 0.05, "free", ((city.id, short),)),
            Form(short + firm.nick, 0.2, "free", ((city.id, short),)),
            Form("市" + firm.nick, 0.2, "near"),
            Form(firm.nick, 0.15, "near"),
        )
    group = "集团" if firm.group else ""
    own = firm.brand + firm.trade + group
    inside = ((city.id, short),)
    found = [
        Form(f"{firm.brand}（{short}）{firm.trade}{group}{firm.legal}", 0.35, "free", inside)
        if firm.inverted
        else Form(short + own + firm.legal, 0.35, "free", inside),
        Form(own + firm.legal, 0.1, "near"),
        Form(own + ("" if group else "公司"), 0.1, "near"),
        Form(firm.brand + firm.short_trade + group, 0.15, "near"),
        Form(firm.brand + ("集团" if group else "公司"), 0.15, "near"),
        Form(short + firm.brand + ("集团" if group else "公司"), 0.05, "free", inside),
        Form(firm.brand + firm.short_trade + ("集团公司" if group else "公司"), 0.1, "near"),
    ]
    if not firm.inverted:
        found.append(Form(city.name + own + firm.legal, 0.05, "free", ((city.id, city.name),)))
    if firm.legal == "股份有限公司":
        found.append(Form(firm.brand + "股份", 0.05, "near"))
    if firm.legal == "有限责任公司":
        found.append(Form(found[0].text.removesuffix(firm.legal) + "有限公司", 0.05, "free", inside))
    return tuple(found)


def _branch_forms(firm: Enterprise) -> Iterator[Form]:
    assert firm.host is not None
    count = ordinal(firm.number)
    kind = firm.trade
    own = [(f"第{count}{kind}", 0.7), (f"第{firm.number}{kind}", 0.08)]
    own.append((kind.removesuffix("分公司") + f"{count}分公司", 0.22))
    for form in enterprise_forms(firm.host):
        for text, share in own:
            inside = (*form.inside, (firm.host.id, form.text))
            yield Form(form.text + text, form.weight * share, form.reach, inside)
    for text, share in own:
        yield Form(text, 0.15 * share, "place")


@cache
def union_forms(union: Union) -> tuple[Form, ...]:
    """Return how a union is written."""
    code = union.place
    if union.host is not None:
        return tuple(
            Form(f.text + head, f.weight * share, f.reach, (*f.inside, (union.host.id, f.text)))
            for f in enterprise_forms(union.host)
            for head, share in (("工会", 0.88), ("工会委员会", 0.12))
        )
    if union.level == "nation":
        return (Form("中华全国总工会", 0.5), Form("全国总工会", 0.35), Form("全总", 0.15))
    if union.level in ("industry", "park", "riders"):
        tails = [(union.what + union.head, 0.9)]
        if union.head == "工会联合会":
            tails.append((union.what + "工联会", 0.1))
        found = list(_of_place(code, tails, 0.0))
        if union.level == "industry":
            word = class_word(code)
            if word:
                found.append(Form(word + tails[0][0], 0.25, "near" if len(code) == 4 or len(code) == 2 else "place"))
            found.append(Form(tails[0][0], 0.08, "place"))
        return tuple(found)
    tails = [("总工会", 0.97), ("总", 0.03)] if len(code) <= 6 else [("总工会", 0.93), ("工会", 0.07)]
    found = list(_of_place(code, tails, 0.35))
    if len(code) <= 4 and class_word(code):
        found.append(Form(class_word(code) + "总", 0.03, "near"))
    if len(code) == 2 and division(code).name.endswith("自治区"):
        short = stem(division(code).name)
        found.append(Form(short + "总工会", 0.2, "free", ((f"d:{code}", short),)))
    return tuple(found)


@cache
def venue_forms(venue: Venue) -> tuple[Form, ...]:
    """Return how a venue is written."""
    found = list(_of_place(venue.place, [(venue.what, 1.0)], 0.15))
    if len(venue.place) == 6 or len(venue.place) == 9:
        found = [form for form in found if form.text != venue.what]
    return tuple(found)


def edition_forms(edition: Edition) -> tuple[Form, ...]:
    """Return how one year of a series is written."""
    series = edition.series
    name = f"“{series.brand}”{series.what}" if series.brand else series.what
    count = edition.year - series.first + 1
    numbered = "首届" if count == 1 else f"第{ordinal(count)}届"
    place = division(series.host.place).name
    inside = ((f"d:{series.host.place}", place),)
    if series.counted:
        return (
            Form(numbered + name, 0.55),
            Form(place + numbered + name, 0.15, "free", inside),
            Form(f"{edition.year}年{numbered}{name}", 0.05),
            Form(name, 0.25, "place"),
        )
    return (
        Form(f"{edition.year}年{name}", 0.35),
        Form(f"{edition.year}年{place}{name}", 0.15, "free", inside),
        Form(f"{edition.year}年度{name}", 0.05),
        Form(name, 0.45, "place"),
    )


def forms(thing: Thing) -> tuple[Form, ...]:
    """Return the forms of anything in the world."""
    match thing:
        case Division():
            return district_forms(thing.code)
        case Enterprise():
            return enterprise_forms(thing)
        case Union():
            return union_forms(thing)
        case Venue():
            return venue_forms(thing)
        case Edition():
            return edition_forms(thing)
        case Person():
            return (Form(thing.name, 1.0, "place"),)


# ------------------------------------------------------------------------------------------------------------ world


@dataclass(slots=True)
class World:
    """All there is. Lists are in an order of their own, the best known first."""

    seed: int
    cities: list[str] = field(default_factory=list)
    unions: dict[str, list[Union]] = field(default_factory=lambda: defaultdict(list))  # by city
    by_place: dict[str, Union] = field(default_factory=dict)
    by_host: dict[str, Union] = field(default_factory=dict)
    firms: dict[str, list[Enterprise]] = field(default_factory=lambda: defaultdict(list))  # by district and city
    branches: dict[str, list[Enterprise]] = field(default_factory=lambda: defaultdict(list))  # by id of the host
    venues: dict[str, list[Venue]] = field(default_factory=lambda: defaultdict(list))  # by place
    series: dict[str, list[Series]] = field(default_factory=lambda: defaultdict(list))  # by id of the host
    officers: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))  # by id of the union
    managers: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))  # by id of the firm
    workers: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    reporters: dict[str, list[Person]] = field(default_factory=dict)  # by paper
    called: dict[str, dict[str, set[str]]] = field(default_factory=dict)  # class -> name -> ids
    places: dict[str, str] = field(default_factory=dict)  # id -> code of its place
    persons: int = 0

    @classmethod
    def make(cls, seed: int = 0) -> World:
        """Make the world that belongs to a seed."""
        rng = random.Random(f"world {seed}")
        world = cls(seed)
        world.cities = list(words()["cities"])
        nation = Union("u:nation", "nation", "", "总工会")
        world.by_place[""] = nation
        world._officers(nation, rng)
        for code in sorted({division(city).province for city in world.cities} - {""}):
            world._place_union(code, "province", rng)
        below = _below(world.cities)
        for city in world.cities:
            world._city(city, below, rng)
        for paper, _ in words()["papers"]:
            people = {one.name: one for one in (world._person(rng, ()) for _ in range(30))}
            world.reporters[paper] = list(people.values())  # namesakes at one paper nobody could tell apart
        world._index()
        return world

    def all_unions(self) -> Iterator[Union]:
        """Yield every union."""
        yield from self.by_place.values()
        yield from self.by_host.values()
        placed = {union.id for union in self.by_place.values()}
        for found in self.unions.values():
            yield from (one for one in found if one.host is None and one.id not in placed)

    def all_firms(self) -> Iterator[Enterprise]:
        """Yield every firm and branch."""
        for code, found in self.firms.items():
            if code in self.cities:
                yield from found
        for found in self.branches.values():
            yield from found

    # ------------------------------------------------------------------------------------------------------- making

    def _city(self, city: str, below: dict[str, list[str]], rng: random.Random) -> None:
        self._place_union(city, "city", rng)
        for what in words()["city_venues"]:
            self.venues[city].append(Venue(f"v:{city}:{what}", city, what))
        for what, head in rng.sample(words()["industries"], 8):
            self._add(Union(f"u:{city}:{what}", "industry", city, head, what), city, rng)
        districts = below[city][:]
        rng.shuffle(districts)
        for code in districts:
            self._place_union(code, "district", rng, city)
            for what in rng.sample(words()["district_venues"], 3):
                self.venues[code].append(Venue(f"v:{code}:{what}", code, what))
            for what, head in rng.sample(words()["industries"], 2):
                self._add(Union(f"u:{code}:{what}", "industry", code, head, what), city, rng)
            what = rng.choice(words()["parks"]) + "产业园"
            self._add(Union(f"u:{code}:{what}", "park", code, "工会联合会", what), city, rng)
            streets = below.get(code, [])
            for street in rng.sample(streets, min(6, len(streets))):
                self._place_union(street, "street", rng, city)
                for what in rng.sample(words()["street_venues"], 1):
                    self.venues[street].append(Venue(f"v:{street}:{what}", street, what))
                if rng.random() < 0.2:
                    what = "新就业形态劳动者"
                    self._add(Union(f"u:{street}:{what}", "riders", street, "工会联合会", what), city, rng)
        self._firms(city, districts, rng)
        rng.shuffle(self.unions[city])
        self.unions[city].sort(key=lambda union: union.level != "city")

    def _firms(self, city: str, districts: list[str], rng: random.Random) -> None:
        """Found the firms of a city: its own works, and some that are called after a brand and a trade."""
        taken: set[tuple[str, str]] = set()
        for name, nick, kind in rng.sample(words()["utilities"], 4):
            firm = Enterprise(f"e:{city}:{nick}", city, city, name, "", "", False, "", nick=nick)
            self._firm(firm, city, rng)
            for number in range(1, rng.randint(2, 5)):
                self._branch(firm, kind, number, city, rng)
        homes = [
            home for _, home in words()["papers"] if home in districts
        ]  # a paper has more than four firms to tell of
        places = [rng.choice(districts) for _ in range(18 + 3 * len(districts))] + 25 * homes
        for place in places:
            brand, (trade, short) = rng.choice(words()["brands"]), rng.choice(words()["trades"])
            if (brand, trade) in taken:
                continue
            taken.add((brand, trade))
            group, inverted = rng.random() < 0.3, rng.random() < 0.1
            legal = rng.choice(words()["legal"])
            id = f"e:{city}:{brand}{trade}"
            firm = Enterprise(id, place, city, brand, trade, short, group, legal, inverted)
            self._firm(firm, city, rng)
            if group and rng.random() < 0.5:
                kind = rng.choice(words()["branch_words"])
                for number in range(1, rng.randint(2, 4)):
                    self._branch(firm, kind, number, city, rng)

    def _firm(self, firm: Enterprise, city: str, rng: random.Random) -> None:
        for code in dict.fromkeys((firm.place, city)):
            self.firms[code].append(firm)
        self.managers[firm.id] = [
            self._person(rng, (Post(firm, title),)) for title in rng.sample(words()["managers"], rng.randint(1, 2))
        ]
        self.workers[firm.id] = [self._person(rng, (Post(firm, "职工"),)) for _ in range(rng.randint(2, 4))]
        self._add(Union(f"u:{firm.id}", "firm", firm.place, "工会", host=firm), city, rng)

    def _branch(self, host: Enterprise, kind: str, number: int, city: str, rng: random.Random) -> None:
        branch = Enterprise(f"{host.id}:{number}", host.place, city, "", kind, "", False, "", host=host, number=number)
        self.branches[host.id].append(branch)
        self.workers[branch.id] = [self._person(rng, (Post(branch, "职工"),)) for _ in range(2)]
        self._add(Union(f"u:{branch.id}", "branch", host.place, "工会", host=branch), city, rng)

    def _place_union(self, code: str, level: str, rng: random.Random, city: str = "") -> None:
        union = Union(f"u:{code}", level, code, "总工会")
        self.by_place[code] = union
        self._add(union, city or code, rng)

    def _add(self, union: Union, city: str, rng: random.Random) -> None:
        self.unions[city].append(union)
        if union.host is not None:
            self.by_host[union.host.id] = union
        self._officers(union, rng)
        self._series(union, rng)

    def _officers(self, union: Union, rng: random.Random) -> None:
        for number in range(rng.randint(2, 3) if union.host is None else rng.randint(1, 2)):
            title = rng.choice(words()["chairs"]) if number == 0 else rng.choice(words()["officers"])
            if union.host is not None:
                title = "主席" if number == 0 else "副主席"
            posts = [Post(union, title)]
            if number == 0 and union.host is not None and rng.random() < 0.3:
                posts.append(Post(union.host, rng.choice(["党委副书记", "副总经理", "党总支书记"])))
            elif number == 0 and union.level in ("city", "district") and rng.random() < 0.4:
                word = class_word(union.place) or "市"
                posts.append(Post(None, "副主任", f"{word}人大常委会"))
            elif number == 0 and union.level == "street" and rng.random() < 0.3:
                posts.append(Post(None, "副书记", f"{division(union.place).name}党工委"))
            self.officers[union.id].append(self._person(rng, tuple(posts)))

    def _series(self, union: Union, rng: random.Random) -> None:
        """Let a union hold some series; brands are few, so many hosts have the same."""
        lists = words()
        made: set[tuple[str, str]] = set()
        for kind, brands, share in (
            ("contests", "series_brands", 0.8),
            ("sports", "", 0.5),
            ("culture", "culture_brands", 0.35),
            ("help", "help_brands", 0.5),
            ("training", "training_brands", 0.35),
        ):
            if rng.random() > share:
                continue
            brand = rng.choice(lists[brands]) if brands else ""
            what = rng.choice(lists[kind])
            if (brand, what) in made:
                continue
            made.add((brand, what))
            series = Series(f"a:{union.id}:{kind}", union, brand, what, rng.randint(2012, 2022), rng.random() < 0.6)
            self.series[union.id].append(series)

    def _person(self, rng: random.Random, posts: tuple[Post, ...]) -> Person:
        lists = words()
        if rng.random() < 0.12:
            name = rng.choice(lists["common"])
        else:
            family = rng.choice(lists["doubles"]) if rng.random() < 0.01 else rng.choice(lists["surnames"])
            name = family + (rng.choice(lists["first"]) if rng.random() < 0.75 else "") + rng.choice(lists["last"])
        self.persons += 1
        return Person(f"p:{self.persons}", name, posts)

    # ------------------------------------------------------------------------------------------------------- asking

    def _index(self) -> None:
        self.called = {cls: defaultdict(set) for cls in ("TradeUnion", "Enterprise", "District", "Venue", "Person")}
        for thing in self.everything():
            self.places[thing.id] = thing.place
            for form in forms(thing):
                self.called[thing.cls][form.text].add(thing.id)

    def everything(self) -> Iterator[Union | Enterprise | Venue | Division | Person]:
        """Yield all that does not come anew each year."""
        yield from self.all_unions()
        yield from self.all_firms()
        for venues in self.venues.values():
            yield from venues
        codes = {union.place for union in self.all_unions()} - {""}
        yield from (division(code) for code in sorted(codes))
        for people in (self.officers, self.managers, self.workers):
            for some in people.values():
                yield from some

    def candidates(self, cls: str, name: str) -> set[str]:
        """Return the ids of all that may be called so: also districts the world has nothing else of."""
        found = set(self.called[cls].get(name, ()))
        if cls == "District":
            found |= {f"d:{one.code}" for one in divisions.named(name)}
        elif cls == "TradeUnion" and name.endswith("总工会"):
            found |= {f"u:{one.code}" for one in divisions.named(name.removesuffix("总工会"))}
        return found

    def place_of(self, id: str) -> str:
        """Return the code of the place something belongs to."""
        return self.places.get(id) or id.partition(":")[2]


def _below(cities: Iterable[str]) -> dict[str, list[str]]:
    """Return the districts of each city and the streets and towns of each district."""
    codes: set[str] = set()
    for table in (divisions.all_names(), divisions.weak_names()):
        codes.update(code for found in table.values() for code in found)
    wanted = set(cities)
    found: dict[str, list[str]] = defaultdict(list)
    for code in sorted(one for one in codes if one.isdigit()):
        if len(code) == 6 and divisions.by_code(code).level == "county":
            city = code[:2] if code[:2] in wanted else code[:4]
            if city in wanted and not divisions.by_code(code).name.endswith("市"):
                found[city].append(code)
        elif len(code) == 9 and divisions.by_code(code).level == "street":
            if divisions.by_code(code).name.endswith(("街道", "镇", "乡")):
                found[code[:6]].append(code)
    return found
