"""One article: its parts put into words, and what each word names.

A story is kept as pieces, so that it can be printed again, shortened or with other words, and what it names is known
each time. What a reader of the printed article could not tell is marked open by `settle`.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from tests.archive.cast import SLOT, Cast, Template, city_of
from tests.archive.world import (
    Division,
    Edition,
    Enterprise,
    Form,
    Person,
    Post,
    Thing,
    Union,
    World,
    division,
    forms,
    words,
)

__all__ = ["Named", "Piece", "Story", "Thread", "settle", "tell"]

CHOICE = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in print. `by` is the id of what says which one is meant, where the name alone does not; `inside` is set
    for a name that only stands within another; `byline` for who wrote the article; `open` where nobody could tell."""

    cls: str
    id: str
    name: str
    by: str = ""
    inside: bool = False
    byline: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what they name."""

    text: str
    names: tuple[Named, ...] = ()


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """What an article is made from, so that another can be made like it or about the same: `words` seeds its words."""

    template: Template
    parts: Cast
    words: str
    held: date


@dataclass(frozen=True, slots=True)
class Story:
    """An article without its byline."""

    thread: Thread
    paper: str
    home: str
    issued: date
    headline: Line
    paragraphs: tuple[Line, ...]

    def names(self) -> Iterator[Named]:
        for line in (self.headline, *self.paragraphs):
            for piece in line:
                yield from piece.names


# --------------------------------------------------------------------------------------------------------- telling


@dataclass(slots=True)
class _Teller:
    """Writes one article: which names were used so far decides which ones are clear now."""

    world: World
    rng: random.Random  # chooses names
    talk: random.Random  # chooses words
    thread: Thread
    home: str
    issued: date
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    short: dict[str, str] = field(default_factory=dict)
    in_headline: bool = False
    out: list[Piece] = field(default_factory=list)

    def line(self, text: str) -> Line:
        self.out = []
        text = CHOICE.sub(lambda match: self.talk.choice(match[1].split("|")), text)
        start = 0
        for match in SLOT.finditer(text):
            if match.start() > start:
                self.out.append(Piece(text[start : match.start()]))
            self.slot(match["role"], match["how"])
            start = match.end()
        if start < len(text):
            self.out.append(Piece(text[start:]))
        return tuple(self.out)

    def slot(self, role: str, how: str) -> None:
        parts = self.thread.parts
        if role == "n":
            low, high = map(int, how[1:].split(":"))
            self.out.append(Piece(str(self.talk.randint(low, high))))
        elif role == "date":
            self.out.append(Piece(_day(self.thread.held)))
        elif role == "later":
            self.out.append(Piece(_day(self.thread.held)))
        elif role == "wrong-date":
            self.out.append(Piece(_day(self.thread.held - timedelta(self.talk.randint(3, 9)))))
        elif role == "wrong-city":
            self.wrong_city()
        else:
            thing = parts[role]
            if isinstance(thing, Person):
                self.person(thing, with_post=how == "+", stranger=how == "=" and self.thread.template.genre)
            elif role == "D" and how == "=":
                assert isinstance(thing, Division)
                self.out.append(Piece(thing.name, (Named(thing.cls, thing.id, thing.name, open=True),)))
            else:
                self.thing(thing)

    def wrong_city(self) -> None:
        """A city that the district beside it does not lie in."""
        union = self.thread.parts["U"]
        city = self.talk.choice([one for one in self.world.cities if one != city_of(union.place)])
        name = division(city).name
        self.out.append(Piece(name, (Named("District", f"d:{city}", name),)))

    # ------------------------------------------------------------------------------------------------------- names

    def thing(self, thing: Thing) -> None:
        """Write the name of anything but a person."""
        mark = self.mark(thing)
        form = self.form(thing, marked=bool(mark))
        self.name(thing, form)
        if mark:
            self.short[thing.id] = mark
            left, right = self.rng.choice(
                [("（以下简称“", "”）"), ("（以下简称", "）"), ("（简称“", "”）"), ("（以下简称“", "”）")]
            )
            self.out += [Piece(left), Piece(mark, (Named(thing.cls, thing.id, mark),)), Piece(right)]
            self.said[thing.id].append(mark)

    def name(self, thing: Thing, form: Form) -> None:
        by = thing.series.host.id if isinstance(thing, Edition) else ""
        names = [Named(thing.cls, thing.id, form.text, by)]
        if isinstance(thing, Division) and form.text != thing.name:
            names.append(Named(thing.cls, thing.id, thing.name))
        names += [Named(_class_of(id), id, name, inside=True) for id, name in form.inside if name in form.text]
        piece = _misprint(Piece(form.text, tuple(names)), self.rng)
        self.out.append(piece)
        if not self.in_headline:
            self.said[thing.id].append(form.text)
            for id, name in form.inside:
                self.said[id].append(name)

    def form(self, thing: Thing, *, marked: bool = False) -> Form:
        """Choose a form that is clear here; now and then, far from home, one that is not."""
        if marked:
            return max(forms(thing)[:1], key=lambda form: len(form.text))
        if thing.id in self.short and self.rng.random() < 0.75:
            return Form(self.short[thing.id], 1.0)
        if isinstance(thing, Union) and thing.host and not self.in_headline:
            own = self.said.get(thing.id) or self.said.get(thing.host.id)
            firms = {id for id in self.said if id.startswith("e:")} - {
                thing.host.id,
                getattr(thing.host.host, "id", ""),
            }
            if own and not firms and thing.level == "firm" and self.rng.random() < 0.3:
                return Form("集团工会" if thing.host.group else "公司工会", 1.0)
            short = self.short.get(thing.host.id)
            if short and self.rng.random() < 0.7:
                return Form(short + "工会", 1.0, inside=((thing.host.id, short),))
        said = self.said.get(thing.id, [])
        if said and self.rng.random() < 0.3:
            again = [form for form in forms(thing) if form.text == said[-1]]
            if again and again[0].text not in self.others(thing):
                return again[0]
        fitting: list[tuple[Form, float]] = []
        others = self.others(thing)
        for form in forms(thing):
            weight = form.weight * self.clear(thing, form) * (form.text not in others)
            if said or self.in_headline:  # short ones, once the thing is known
                weight *= 0.25 if len(form.text) > 12 else 1.0 if form.reach == "free" else 2.0
            if weight > 0:
                fitting.append((form, weight))
        if not fitting:
            return forms(thing)[0]
        return self.rng.choices([form for form, _ in fitting], [weight for _, weight in fitting])[0]

    def others(self, thing: Thing) -> set[str]:
        """Return what others of its kind that play a part may be called: not a name for this one here."""
        parts = [one for one in self.thread.parts.values() if one.cls == thing.cls and one.id != thing.id]
        return {form.text for one in parts for form in forms(one)}

    def clear(self, thing: Thing, form: Form) -> float:
        """Say how well a form does here: 1 where a reader knows what is meant, 0 where none could."""
        if form.reach == "free":
            return 1.0
        city = city_of(thing.place)
        home = city_of(self.home)
        if form.reach == "near":
            if isinstance(thing, Union) and not form.inside:  # 市总工会
                others = any(_level(id) == thing.level and id != thing.id for id in self.said)
                if others or (self.in_headline and home != city):
                    return 0.0
                province = division(home).province
                return 1.0 if thing.place in (home, province) or self.said.get(f"d:{thing.place}") else 0.0
            return 1.0 if home == city or self.said.get(f"d:{city}") else 0.02
        if self.in_headline:
            return 1.0 if isinstance(thing, Edition) else 0.0
        match thing:
            case Edition():
                return 1.0 if self.said.get(thing.series.host.id) else 0.3
            case Enterprise():
                return 1.0 if thing.host and self.said.get(thing.host.id) else 0.0
            case Union():
                others = any(_level(id) == thing.level and id != thing.id for id in self.said)
                known = self.home == thing.place or self.said.get(f"d:{thing.place}") or self.said.get(thing.id)
                return 1.0 if known and not others else 0.0
            case _:
                return 1.0 if self.home == thing.place or self.said.get(f"d:{thing.place}") else 0.0

    def mark(self, thing: Thing) -> str:
        """Return a short form to introduce in brackets behind the full one, "" for none."""
        if self.in_headline or self.said.get(thing.id) or self.rng.random() > 0.22:
            return ""
        if isinstance(thing, Enterprise) and not thing.host and not thing.nick:
            tail = "集团" if thing.group else "公司"
            return self.rng.choice([thing.brand + thing.short_trade, thing.brand + tail, thing.brand])
        if isinstance(thing, Union) and thing.head == "工会联合会" and thing.what:
            return thing.what.removesuffix("行业") + "工联会"
        return ""

    # ------------------------------------------------------------------------------------------------------ people

    def person(self, person: Person, *, with_post: bool, stranger: object = False) -> None:
        """Write a person, with post and body or by name alone."""
        post = person.posts[0]
        body = post.body
        if stranger == "planted-chairs-two":
            self.out.append(Piece(person.name, (Named("Person", person.id, person.name, open=True),)))
            return
        by = body.id if body is not None else ""
        alone = False
        if with_post and body is not None and not self.in_headline:
            by = self.post(person, post, body)
            alone = not by
        self.out.append(Piece(person.name, (Named("Person", person.id, person.name, by, open=alone),)))

    def post(self, person: Person, post: Post, body: Union | Enterprise) -> str:
        """Write post and body; return the id of the body, "" where only a post outside of the world is told."""
        other = person.posts[1] if len(person.posts) > 1 else None
        if other is not None and other.body is None and self.rng.random() < 0.4:
            self.out.append(Piece(other.words + other.title))
            if self.rng.random() < 0.2:
                return ""
            self.out.append(Piece("、"))
        elif other is not None and other.body is not None and self.rng.random() < 0.35:
            self.thing(other.body)
            self.out.append(Piece(f"{other.title}、工会{post.title}"))
            return other.body.id
        self.thing(body)
        self.out.append(Piece(post.title))
        return body.id


def _level(id: str) -> str:
    """Tell from the id of the union of a place how large the place is."""
    kind, _, code = id.partition(":")
    if kind != "u" or not code.isdigit():
        return ""
    return {2: "city" if code in ("11", "12", "31", "50") else "province", 4: "city", 6: "district"}.get(
        len(code), "street"
    )


def _class_of(id: str) -> str:
    return {"d": "District", "e": "Enterprise", "u": "TradeUnion", "v": "Venue"}[id[0]]


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def tell(thread: Thread, world: World, rng: random.Random, *, paper: str, home: str, issued: date) -> Story:
    """Put a thread into words, for a paper of some day."""
    teller = _Teller(world, rng, random.Random(thread.words), thread, home, issued)
    teller.in_headline = True
    headline = teller.line(thread.template.headline)
    teller.in_headline = False
    paragraphs = tuple(teller.line(line) for line in thread.template.paragraphs)
    return Story(thread, paper, home, issued, headline, paragraphs)


# ------------------------------------------------------------------------------------------------------- misprints


def _misprint(piece: Piece, rng: random.Random) -> Piece:
    """Now and then print a name as papers do: a blank in it, other brackets, full-width figures, old characters."""
    text = piece.text
    if "（" in text and rng.random() < 0.3:
        text = text.replace("（", "(").replace("）", ")")
    if any(char.isdigit() for char in text) and rng.random() < 0.1:
        text = "".join(chr(ord(char) + 0xFEE0) if char.isascii() and char.isdigit() else char for char in text)
    chance = rng.random()
    if chance < 0.003 and len(text) > 6:
        at = rng.randint(2, len(text) - 3)
        text = f"{text[:at]} {text[at:]}"
    elif chance < 0.005:
        text = traditional(text)
    return piece if text == piece.text else _reprinted(piece, text)


def _reprinted(piece: Piece, text: str) -> Piece:
    """Return the piece with other characters; names inside it that are no longer there are forgotten."""
    names = [replace(one, name=text) if one.name == piece.text else one for one in piece.names]
    return Piece(text, tuple(one for one in names if one.name in text))


@cache
def _old_characters() -> object:
    from opencc import OpenCC

    return OpenCC("s2t")


def traditional(text: str) -> str:
    """Return a text in traditional characters."""
    converted: str = _old_characters().convert(text)  # type: ignore[attr-defined]
    return converted


def in_old_characters(story: Story) -> Story:
    """Return a story in traditional characters throughout."""

    def line(some: Line) -> Line:
        return tuple(
            Piece(traditional(piece.text), tuple(replace(one, name=traditional(one.name)) for one in piece.names))
            for piece in some
        )

    return replace(story, headline=line(story.headline), paragraphs=tuple(map(line, story.paragraphs)))


# -------------------------------------------------------------------------------------------------------- reprints


def reprint(story: Story, rng: random.Random, *, paper: str, home: str, issued: date) -> tuple[str, Story]:
    """Return how another paper changes a story, and the story as it stands there."""
    how = rng.choice(["same", "first line dropped", "last dropped", "headline", "words", "words"])
    headline, paragraphs = story.headline, story.paragraphs
    first = _behind_first_sentence(paragraphs[0])
    if len(paragraphs) == 1 and (how == "last dropped" or (how == "first line dropped" and not first)):
        how = "headline"  # nothing would be left
    if how == "first line dropped":
        paragraphs = (first, *paragraphs[1:]) if first else paragraphs[1:]
    elif how == "last dropped":
        paragraphs = paragraphs[:-1]
    elif how == "headline":
        headline = _other_headline(story)
    elif how == "words":
        changes = rng.sample(words()["reprint_words"], 3)
        paragraphs = tuple(tuple(_other_words(piece, changes) for piece in line) for line in paragraphs)
    return how, replace(story, paper=paper, home=home, issued=issued, headline=headline, paragraphs=paragraphs)


def _behind_first_sentence(line: Line) -> Line:
    """Return what stands behind the first full stop of a paragraph, nothing where that is its end."""
    for at, piece in enumerate(line):
        _, stop, after = piece.text.partition("。")
        if stop and not piece.names:
            rest = tuple(one for one in (Piece(after), *line[at + 1 :]) if one.text)
            return rest if any(one.names for one in rest) else ()
    return ()


def _other_headline(story: Story) -> Line:
    """Take the first name of the story, and say that there is news of it."""
    first = next(piece for line in story.paragraphs for piece in line if piece.names)
    return (first, Piece("传来新消息"))


def _other_words(piece: Piece, changes: Sequence[Sequence[str]]) -> Piece:
    if piece.names:
        return piece
    text = piece.text
    for before, after in changes:
        text = text.replace(before, after)
    return Piece(text)


# ----------------------------------------------------------------------------------------------------- what is clear


def settle(names: Iterable[Named], world: World, home: str) -> list[dict[str, object]]:
    """Gather the things an article names, and mark as open those a careful reader could not tell from their likes.

    Clear is what only one thing is called; else what only one of those so called in a place that the article names
    clearly, or that the paper is at home in; somebody or an event is as clear as the body beside it.
    """
    things: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for named in names:
        things[named.cls, named.id].append(named)
    around = [home]
    for narrow in (False, True):
        for (cls, id), found in things.items():
            if cls == "District" and not any(one.open for one in found):
                if _clear(world, cls, id, found, around if narrow else []) and id[2:] not in around:
                    around.append(id[2:])
    clear: set[str] = set()
    for (cls, id), found in things.items():
        if cls not in ("Person", "Activity") and _clear(world, cls, id, found, around):
            clear.add(id)
    rows: list[dict[str, object]] = []
    for (cls, id), found in sorted(things.items()):
        row: dict[str, object] = {"class": cls, "id": id, "names": sorted({one.name for one in found})}
        if cls in ("Person", "Activity"):
            known = all(one.byline for one in found) or any(one.by in clear for one in found)
            known = known or any(not one.by and not one.byline for one in found)
        else:
            known = id in clear
        if not known or any(one.open for one in found):
            row["open"] = True
        if all(one.inside for one in found):
            row["inside"] = True
        if all(one.byline for one in found):
            row["byline"] = True
        rows.append(row)
    return rows


def _clear(world: World, cls: str, id: str, found: Sequence[Named], around: Sequence[str]) -> bool:
    """Whether the names are those of one thing alone, or of one alone in the places around."""
    left: set[str] | None = None
    for name in {one.name for one in found}:
        called = world.candidates(cls, name)
        if called:
            left = called if left is None else left & called
    if left is None or left == {id}:  # a short form that the article itself explains is nobody else's
        return True
    places: Mapping[str, str] = {one: world.place_of(one) for one in left}
    named = {one for one, place in places.items() if place and any(near.startswith(place) for near in around)}
    if named:
        return named == {id}
    cities = {city_of(near) for near in around}
    return {one for one, place in places.items() if place and city_of(place) in cities} == {id}
