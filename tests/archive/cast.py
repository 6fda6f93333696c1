"""Who plays which part in an article: templates, and the things of the world that fill them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from tests.archive.world import Enterprise, Person, Thing, Union, World, division

__all__ = ["SLOT", "Cast", "Template", "cast", "city_of", "templates"]

SLOT = re.compile(r"\{(?P<role>[A-Za-z][A-Za-z0-9-]*)(?P<how>[+=]?|(?::\d+){2})\}")
Cast = Mapping[str, Thing]


@dataclass(frozen=True, slots=True)
class Template:
    """The words of one kind of article."""

    genre: str
    levels: tuple[str, ...]
    kind: str
    headline: str
    paragraphs: tuple[str, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """The parts that must be filled, in the order of `ROLES`."""
        found = {match["role"] for line in (self.headline, *self.paragraphs) for match in SLOT.finditer(line)}
        needed = {"U"}
        for role in found & ROLES.keys():
            needed |= _needs(role)
        return tuple(role for role in ROLES if role in needed)


@cache
def templates() -> tuple[Template, ...]:
    """Read the templates."""
    text = Path(__file__).with_name("templates.txt").read_text(encoding="utf-8")
    found = []
    for block in text.split("\n== ")[1:]:
        head, headline, *paragraphs = block.strip().split("\n")
        genre, levels, kind = (part.strip() for part in head.split("|"))
        found.append(Template(genre, tuple(levels.split()), kind, headline, tuple(paragraphs)))
    return tuple(found)


def city_of(place: str) -> str:
    """Return the code of the city a place lies in, or is; that of a province for a place without one."""
    return division(place).city or place if place else ""


# ------------------------------------------------------------------------------------------------------------- parts


class Missing(Exception):
    """There is nothing in the world that could play a part."""


@dataclass(slots=True)
class _Casting:
    world: World
    rng: random.Random
    cast: dict[str, Thing]
    year: int
    kind: str

    def pick(self, some: Sequence[Thing]) -> Thing:
        """Choose one that has no part yet and is no namesake of somebody who has; those known best most often."""
        parts = {thing.id for thing in self.cast.values()}
        names = {thing.name for thing in self.cast.values() if isinstance(thing, Person)}
        left = [one for one in some if one.id not in parts and not (isinstance(one, Person) and one.name in names)]
        if not left:
            raise Missing
        return left[int(len(left) * self.rng.random() ** 2)]

    def union(self, role: str) -> Union:
        found = self.cast[role]
        assert isinstance(found, Union)
        return found

    def firm(self, role: str) -> Enterprise:
        found = self.cast[role]
        assert isinstance(found, Enterprise)
        return found


def _superior(c: _Casting) -> Thing:
    union, world = c.union("U"), c.world
    if union.host is not None:
        return world.by_host[union.host.host.id] if union.host.host else world.by_place[union.place]
    if union.level in ("industry", "park", "riders"):
        return world.by_place[union.place]
    if union.level == "nation":
        raise Missing
    here = division(union.place)
    around = union.place[:6] if len(union.place) == 9 else here.city or here.province
    return world.by_place[around if around != union.place else ""]


def _subordinate(c: _Casting) -> Thing:
    union, world = c.union("U"), c.world
    if union.level in ("nation", "province"):
        cities = [city for city in world.cities if union.place in ("", division(city).province)]
        return c.pick([world.by_place[city] for city in cities])
    city = city_of(union.place)
    some = world.unions[city]
    if union.level == "city":
        fitting = [one for one in some if one.level in ("district", "firm", "industry")]
    elif union.host is not None:
        fitting = [world.by_host[branch.id] for branch in world.branches[union.host.id]]
    else:
        inside = union.place[:6]
        levels = ("firm", "street", "park", "riders", "industry") if union.level == "district" else ("firm",)
        fitting = [one for one in some if one.level in levels and one.place.startswith(inside)]
    return c.pick(fitting)


def _peer(c: _Casting) -> Thing:
    """A union of the same level in another city; more often than not one of the same name, where there is one."""
    union, world = c.union("U"), c.world
    some = [
        one
        for city in world.cities
        if city != city_of(union.place)
        for one in world.unions[city]
        if one.level == union.level and one.id == f"u:{one.place}"
    ]
    twins = [one for one in some if division(one.place).name == division(union.place).name]
    return c.pick(twins if twins and c.rng.random() < 0.6 else some)


def _firm(c: _Casting, *, own: bool = False) -> Thing:
    union, world = c.union("U"), c.world
    if own and union.host is not None:
        return union.host.host or union.host
    if union.level in ("nation", "province"):
        cities = [city for city in world.cities if union.place in ("", division(city).province)]
        if "T" in c.cast:
            cities = [city_of(c.union("T").place)]
        return c.pick(world.firms[c.rng.choice(cities)])
    if union.host is not None:
        own_id = (union.host.host or union.host).id
        return c.pick([one for one in world.firms[union.place] if one.id != own_id])
    place = union.place[:6] if union.level != "city" and union.level != "industry" else union.place
    return c.pick(world.firms[place])


def _branch(c: _Casting) -> Thing:
    union = c.union("U")
    if union.level == "branch" and union.host is not None and "B" not in c.cast:
        return union.host
    host = c.firm("E")
    return c.pick(c.world.branches[host.host.id if host.host else host.id])


def _venue(c: _Casting) -> Thing:
    place = c.union("U").place
    if not place:
        raise Missing
    near = c.world.venues.get(place) or c.world.venues.get(place[:6]) or []
    wide = c.world.venues.get(city_of(place)) or []
    return c.pick(near if near and c.rng.random() < 0.75 else wide)


def _street(c: _Casting) -> Thing:
    inside = c.union("U").place[:6]
    some = [one for one in c.world.unions[city_of(inside)] if one.level == "street" and one.place.startswith(inside)]
    return division(c.rng.choice(some).place) if some else _raise()


def _raise() -> Thing:
    raise Missing


def _place(c: _Casting, role: str) -> Thing:
    place = c.union(role).place
    return division(place) if place else _raise()


def _edition(c: _Casting) -> Thing:
    some = [one for one in c.world.series[c.union("U").id] if c.kind in ("any", one.id.rpartition(":")[2])]
    return c.rng.choice(some).edition(c.year) if some else _raise()


def _officer(c: _Casting, role: str, number: int | None = None) -> Thing:
    some = c.world.officers[c.union(role).id]
    if number is None:
        return c.pick(some)
    return c.pick(some[number : number + 1])


def _of_firm(c: _Casting, role: str, people: str) -> Thing:
    found: Mapping[str, list[Person]] = getattr(c.world, people)
    return c.pick(found[c.firm(role).id])


def _union_of(c: _Casting, role: str) -> Thing:
    found = c.world.by_host.get(c.firm(role).id)
    if found is None or found.id in {thing.id for thing in c.cast.values() if thing.id != c.cast["U"].id}:
        raise Missing
    return found


# A part: what it needs to be filled first, and who may play it. Parts are filled in this order.
ROLES: Mapping[str, tuple[str, Callable[[_Casting], Thing]]] = {
    "U": ("", lambda c: c.cast["U"]),
    "A": ("U", _edition),
    "S": ("U", _superior),
    "T": ("U", _subordinate),
    "E": ("U", partial(_firm, own=True)),
    "F": ("U", _firm),
    "B": ("U E", _branch),
    "B2": ("U E B", _branch),
    "X": ("E", lambda c: _union_of(c, "E")),
    "Y": ("F", lambda c: _union_of(c, "F")),
    "Z": ("B", lambda c: _union_of(c, "B")),
    "Z2": ("B2", lambda c: _union_of(c, "B2")),
    "T2": ("U T", _subordinate),
    "T3": ("U T T2", _subordinate),
    "V": ("U", _peer),
    "D": ("U", lambda c: _place(c, "U")),
    "DV": ("V", lambda c: _place(c, "V")),
    "DT": ("T", lambda c: _place(c, "T")),
    "G": ("U", _street),
    "K": ("U", _venue),
    "P": ("U", lambda c: _officer(c, "U", 0 if c.rng.random() < 0.7 else None)),
    "P2": ("U P", lambda c: _officer(c, "U")),
    "N": ("S", lambda c: _officer(c, "S")),
    "C": ("T", lambda c: _officer(c, "T", 0)),
    "R": ("V", lambda c: _officer(c, "V", 0)),
    "Q": ("X", lambda c: _officer(c, "X", 0)),
    "Q2": ("Y", lambda c: _officer(c, "Y", 0)),
    "O": ("E", lambda c: _of_firm(c, "E", "managers")),
    "O2": ("F", lambda c: _of_firm(c, "F", "managers")),
    "W": ("E", lambda c: _of_firm(c, "E", "workers")),
    "W2": ("E W", lambda c: _of_firm(c, "E", "workers")),
    "M": ("F", lambda c: _of_firm(c, "F", "workers")),
    "L": ("B", lambda c: _of_firm(c, "B", "workers")),
}


@cache
def _needs(role: str) -> frozenset[str]:
    before = ROLES[role][0].split()
    return frozenset({role}).union(*(_needs(one) for one in before))


def cast(
    template: Template, world: World, rng: random.Random, *, union: Union, year: int, given: Cast | None = None
) -> Cast | None:
    """Fill the parts of a template; `union` plays U, `given` holds what is settled. None where that cannot be."""
    casting = _Casting(world, rng, {**(given or {}), "U": union}, year, template.kind)
    try:
        for role in template.roles:
            if role not in casting.cast:
                casting.cast[role] = ROLES[role][1](casting)
    except Missing:
        return None
    people = [thing.name for thing in casting.cast.values() if isinstance(thing, Person)]
    return casting.cast if len(set(people)) == len(people) else None
