"""Writes an archive: pages, what they speak of, which articles are reprints, and where something was planted."""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TextIO

from tests.archive.cast import Template, cast, city_of, templates
from tests.archive.story import Line, Named, Piece, Story, Thread, in_old_characters, reprint, settle, tell
from tests.archive.world import Edition, Person, Union, World, division, words

__all__ = ["PAGES", "PLANTED", "REPRINTS", "TRUTH", "make", "make_pages"]

PAGES, TRUTH, REPRINTS, PLANTED = "pages.jsonl", "truth.jsonl", "reprints.jsonl", "planted.jsonl"

FIRST_DAY, LAST_DAY = date(2022, 1, 10), date(2025, 12, 20)
REPRINTED, LIKE = 0.05, 0.02  # of all articles: printed again; told of another place in the same words
AWAY = 0.18  # articles on what happened in another city than the paper's
AGAIN = 0.25  # articles on something told before
PLANT = 0.01  # articles that contradict others on purpose
OLD_CHARACTERS = 0.003
TORN = 0.02  # pages with a paragraph that is torn in two


@dataclass(slots=True)
class Printed:
    """An article on its page: text, truth, and what there is to tell of it."""

    story: Story
    text: str
    things: list[dict[str, object]]
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # (file, row without the article)


def make(folder: Path, articles: int, seed: int = 0) -> None:
    """Write the archive to a folder, page by page: how much was written before does not matter for memory."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / PAGES).open("w", encoding="utf-8", newline="\n") as pages,
        (folder / TRUTH).open("w", encoding="utf-8", newline="\n") as truth,
        (folder / REPRINTS).open("w", encoding="utf-8", newline="\n") as reprints,
        (folder / PLANTED).open("w", encoding="utf-8", newline="\n") as planted,
    ):
        files = {REPRINTS: reprints, PLANTED: planted}
        for page, printed in make_pages(articles, seed):
            _write(pages, page)
            for number, one in enumerate(printed, 1):
                article = f"{page['id']}#{number}"
                _write(truth, {"article": article, "things": one.things})
                for name, row in one.notes:
                    _write(files[name], {"article": article, **row})


def _write(stream: TextIO, row: object) -> None:
    stream.write(json.dumps(row, ensure_ascii=False) + "\n")


@cache
def world_of(seed: int) -> World:
    """Return the world of a seed; it takes longer to make than a few hundred articles, and never changes."""
    return World.make(seed)


def make_pages(articles: int, seed: int = 0) -> Iterator[tuple[dict[str, str], list[Printed]]]:
    """Yield each page, as a record that kg reads, and what is printed on it."""
    desk = _Desk(world_of(seed), random.Random(f"archive {seed}"))
    done = number = 0
    while done < articles:
        number += 1
        day = FIRST_DAY + (LAST_DAY - FIRST_DAY) * done // articles
        page_id = f"p{number:06}"
        size = min(desk.rng.randint(3, 8), articles - done)
        page, printed = desk.page(page_id, day, size)
        yield page, printed
        done += size


# ------------------------------------------------------------------------------------------------------------- desk


@dataclass(frozen=True, slots=True)
class Kept:
    """A story that was printed, and where."""

    article: str
    story: Story


@dataclass(slots=True)
class _Desk:
    """The newsroom of all papers: what it remembers is bounded."""

    world: World
    rng: random.Random
    recent: deque[Kept] = field(default_factory=lambda: deque(maxlen=400))
    held: dict[str, tuple[date, Any]] = field(default_factory=dict)  # edition -> its day and venue, of this year
    year: int = 0
    waiting: list[tuple[Thread, str, dict[str, Any]]] = field(default_factory=list)  # (thread, city, what is planted)
    serial: int = 0

    def page(self, id: str, day: date, size: int) -> tuple[dict[str, str], list[Printed]]:
        if day.year != self.year:
            self.year, self.held = day.year, {}
        paper, home = self.rng.choice(words()["papers"])
        printed = []
        for number in range(1, size + 1):
            one = self.article(paper, home, day)
            printed.append(one)
            self.recent.append(Kept(f"{id}#{number}", one.story))
        text = "\n\n".join(one.text for one in printed) + "\n"
        if self.rng.random() < TORN:
            text = _tear(text, self.rng)
        if self.rng.random() < 0.1:
            text = f"# {paper}\n\n{text}"
        record = {
            "id": id,
            "text": text,
            "source": f"{paper}/{day.isoformat()}",
            "issue_date": day.isoformat(),
            "page_no": str(self.rng.randint(1, 8)),
            "paper": paper,
            "home": division(home).name if len(home) < 6 else division(division(home).city).name + division(home).name,
        }
        return record, printed

    def article(self, paper: str, home: str, day: date) -> Printed:
        """Make one article: mostly news, sometimes what another paper had, or what is planted."""
        chance = self.rng.random()
        notes: list[tuple[str, dict[str, Any]]] = []
        story: Story | None = None
        if chance < REPRINTED:
            story = self.reprinted(paper, home, day, notes)
        elif chance < REPRINTED + LIKE:
            story = self.like(paper, home, day, notes)
        elif chance < REPRINTED + LIKE + PLANT:
            story = self.planted(paper, home, day, notes)
        again = bool(notes and notes[0][1].get("how"))
        if story is None:
            story = self.news(paper, home, day)
        if self.rng.random() < OLD_CHARACTERS:
            story = in_old_characters(story)
        return self.printed(story, notes, reprint=again)

    def news(self, paper: str, home: str, day: date) -> Story:
        while True:
            template = self.rng.choice([one for one in templates() if not one.genre.startswith("planted")])
            thread = self.told_before(template, home) if self.rng.random() < AGAIN else None
            if thread is None:
                thread = self.thread(template, home, day)
            if thread is not None:
                return tell(thread, self.world, self.rng, paper=paper, home=home, issued=day)

    def thread(self, template: Template, home: str, day: date, union: Union | None = None) -> Thread | None:
        """Cast a template, with a union of the paper's city or of another one."""
        for _ in range(8):
            host = union or self.union(template, home)
            if host is None:
                return None
            parts = cast(template, self.world, self.rng, union=host, year=day.year)
            if parts is None:
                continue
            edition = parts.get("A")
            held = self.day(template, day)
            if isinstance(edition, Edition):
                known = self.held.get(edition.id)
                if known is not None and (known[0] <= day) == (template.genre == "preview"):
                    continue
                if held.year != edition.year:
                    continue
                held, venue = self.held.setdefault(edition.id, (held, parts.get("K")))
                if "K" in parts and venue is not None:
                    parts = {**parts, "K": venue}
                elif "K" in parts:
                    self.held[edition.id] = (held, parts["K"])
            self.serial += 1
            return Thread(template, parts, f"{self.world.seed} {self.serial}", held)
        return None

    def day(self, template: Template, day: date) -> date:
        if template.genre == "preview":
            return day + timedelta(self.rng.randint(5, 20))
        return day - timedelta(self.rng.randint(1, 6))

    def union(self, template: Template, home: str) -> Union | None:
        if "nation" in template.levels:
            return self.world.by_place[""]
        city = city_of(home)
        if self.rng.random() < AWAY:
            city = self.rng.choice(self.world.cities)
        level = self.rng.choice(template.levels)
        if level == "province":
            return self.world.by_place.get(division(city).province)
        some = [one for one in self.world.unions[city] if one.level == level]
        if len(home) == 6 and self.rng.random() < 0.7:
            some = [one for one in some if one.place.startswith(home)] or some
        return some[int(len(some) * self.rng.random() ** 2)] if some else None

    def told_before(self, template: Template, home: str) -> Thread | None:
        """Cast a template with the union, the firms and the event of an article that was printed not long ago."""
        some = [
            one.story.thread
            for one in list(self.recent)[-150:]
            if _host(one.story.thread).level in template.levels
            and (not template.kind or _kind(one.story.thread) == template.kind)
            and one.story.thread.template.genre != "preview"
            and template.genre != "preview"
            and (city_of(_host(one.story.thread).place) == city_of(home) or self.rng.random() < 0.25)
        ]
        if not some:
            return None
        before = self.rng.choice(some)
        union = _host(before)
        given = {role: thing for role, thing in before.parts.items() if role in ("A", "E", "F", "K", "S")}
        parts = cast(template, self.world, self.rng, union=union, year=before.held.year, given=given)
        if parts is None:
            return None
        self.serial += 1
        return Thread(template, parts, f"{self.world.seed} {self.serial}", before.held)

    # ------------------------------------------------------------------------------------------- what is not news

    def reprinted(self, paper: str, home: str, day: date, notes: list[tuple[str, dict[str, Any]]]) -> Story | None:
        some = [one for one in self.recent if one.story.paper != paper and not _is_planted(one.story)]
        if not some:
            return None
        kept = self.rng.choice(some)
        how, story = reprint(kept.story, self.rng, paper=paper, home=home, issued=day)
        notes.append((REPRINTS, {"of": kept.article, "how": how}))
        return story

    def like(self, paper: str, home: str, day: date, notes: list[tuple[str, dict[str, Any]]]) -> Story | None:
        """Tell in the words of another article what happened in another place."""
        some = [one for one in self.recent if not _is_planted(one.story)]
        if not some:
            return None
        kept = self.rng.choice(some)
        before = kept.story.thread
        union = _host(before)
        city = city_of(union.place)
        others = [one for one in self.world.unions.get(city, []) if one.level == union.level and one.id != union.id]
        if not others:
            return None
        thread = self.thread(before.template, home, day, self.rng.choice(others))
        if thread is None:
            return None
        thread = Thread(thread.template, thread.parts, before.words, thread.held)
        notes.append((REPRINTS, {"like": kept.article}))
        return tell(thread, self.world, self.rng, paper=paper, home=home, issued=day)

    def planted(self, paper: str, home: str, day: date, notes: list[tuple[str, dict[str, Any]]]) -> Story | None:
        """Print what cannot be true: a union of two firms, two chairs, two places, two days."""
        genre = self.rng.choice(["planted-hosts", "planted-chairs-one", "planted-parents", "planted-dates"])
        waiting = next((one for one in self.waiting if one[1] != paper), None)
        if waiting is not None and genre == "planted-chairs-one":
            self.waiting.remove(waiting)
            notes.append((PLANTED, waiting[2]))
            return tell(waiting[0], self.world, self.rng, paper=paper, home=home, issued=day)
        template = next(one for one in templates() if one.genre == genre)
        if genre == "planted-dates":
            return self.two_days(template, paper, home, day, notes)
        thread = self.thread(template, home, day)
        if thread is None:
            return None
        parts = thread.parts
        row: dict[str, Any] = {"kind": genre.removeprefix("planted-").removesuffix("-one")}
        match genre:
            case "planted-hosts":
                row["what"] = [parts["U"].id, parts["F"].id]
            case "planted-parents":
                row["what"] = [parts["D"].id]
            case _:
                row["what"] = [parts["P"].id]
                if not self.second_chair(thread, paper, day, row):
                    return None
        notes.append((PLANTED, row))
        return tell(thread, self.world, self.rng, paper=paper, home=home, issued=day)

    def second_chair(self, thread: Thread, paper: str, day: date, row: dict[str, Any]) -> bool:
        person = thread.parts["P"]
        assert isinstance(person, Person)
        if len(person.name) < 3 or len(self.world.called["Person"][person.name]) > 1:
            return False
        union = _host(thread)
        template = next(one for one in templates() if one.genre == "planted-chairs-two")
        parts = cast(template, self.world, self.rng, union=union, year=day.year, given={"P": person})
        if parts is None:
            return False
        self.serial += 1
        second = Thread(template, parts, f"{self.world.seed} {self.serial}", thread.held)
        self.waiting.append((second, paper, row))
        return True

    def two_days(
        self, template: Template, paper: str, home: str, day: date, notes: list[tuple[str, dict[str, Any]]]
    ) -> Story | None:
        """Tell again of an event whose day was told, and tell another day."""
        some = [
            one
            for one in self.recent
            if "A" in one.story.thread.parts
            and not _is_planted(one.story)
            and any("{date}" in line for line in one.story.thread.template.paragraphs)
        ]
        if not some:
            return None
        kept = self.rng.choice(some)
        before = kept.story.thread
        union = _host(before)
        given = {role: thing for role, thing in before.parts.items() if role in ("A", "K")}
        parts = cast(template, self.world, self.rng, union=union, year=before.held.year, given=given)
        if parts is None:
            return None
        self.serial += 1
        thread = Thread(template, parts, f"{self.world.seed} {self.serial}", before.held)
        notes.append((PLANTED, {"kind": "dates", "what": [parts["A"].id], "and": kept.article}))
        return tell(thread, self.world, self.rng, paper=paper, home=home, issued=day)

    # ---------------------------------------------------------------------------------------------------- printing

    def printed(self, story: Story, notes: list[tuple[str, dict[str, Any]]], *, reprint: bool) -> Printed:
        first, last = self.byline(story, reprint=reprint)
        lines = [_text(line) for line in story.paragraphs]
        names = list(story.names())
        for piece in (*first, *last):
            names += piece.names
        lines[0] = _text(first) + lines[0]
        lines[-1] += _text(last)
        text = "\n\n".join([f"## {_text(story.headline)}", *lines])
        return Printed(story, text, settle(names, self.world, story.home), notes)

    def byline(self, story: Story, *, reprint: bool) -> tuple[Line, Line]:
        """Return what stands in front of the first paragraph and behind the last."""
        if reprint and self.rng.random() < 0.6:
            return (Piece("**本报讯** "),), ()
        people = self.world.reporters[story.paper]
        names = {one.name for one in story.names()}
        reporter, helper = (
            next(one for one in (self.rng.choice(some) for _ in range(100)) if one.name not in names)
            for some in (people[::2], people[1::2])
        )
        by = [
            Piece(one.name, (Named("Person", f"{story.paper} {one.id}", one.name, byline=True),))
            for one in (reporter, helper)
        ]
        match self.rng.choice("abcde"):
            case "a":
                return (Piece("**本报讯**（记者 "), by[0], Piece(" 通讯员 "), by[1], Piece("）")), ()
            case "b":
                return (Piece("**本报讯**（记者 "), by[0], Piece("）")), ()
            case "c":
                return (Piece("本报讯（记者"), by[0], Piece("）")), ()
            case "d":
                return (Piece("**本报讯** "),), (Piece("（通讯员 "), by[1], Piece("）"))
            case _:
                return (Piece("**本报讯**（通讯员 "), by[1], Piece("）")), ()


def _host(thread: Thread) -> Union:
    union = thread.parts["U"]
    assert isinstance(union, Union)
    return union


def _kind(thread: Thread) -> str:
    edition = thread.parts.get("A")
    return edition.series.id.rpartition(":")[2] if isinstance(edition, Edition) else ""


def _is_planted(story: Story) -> bool:
    return story.thread.template.genre.startswith("planted")


def _text(line: Line) -> str:
    return "".join(piece.text for piece in line)


def _tear(text: str, rng: random.Random) -> str:
    """Tear a paragraph in two behind a comma, as columns do."""
    commas = [at for at, char in enumerate(text[:-1]) if char == "，"]
    if not commas:
        return text
    at = rng.choice(commas) + 1
    return f"{text[:at]}\n\n{text[at:]}"
