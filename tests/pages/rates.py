"""How many broken pages come back: clean articles are cut as columns cut them, and what `kg.pages` makes of it counted.

    python -m tests.pages.rates [FOLDER_OF_TEXTS ...]

prints the rates for the project's own articles and for those of folders outside of it (one article a file).
A cut behind a full stop is not made: it breaks no sentence, and leaves nothing to be seen.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.io import read_pages
from kg.model import Page
from kg.pages import Cut, cut

OWN = (Path(__file__).parent / "data", Path(__file__).parents[2] / "kg" / "samples")
SHORTEST = 30  # characters of a paragraph that a column breaks
MARGIN = 6  # characters left on either side
FIRST_COLUMN = 30  # characters that a column holds of an article whose tail it does not: two lines
PER_PAGE = 5
CLOSING = "。！？!?”’"

Clean = tuple[str, tuple[str, ...]]  # headline, paragraphs


@dataclass(slots=True)
class Rate:
    """How often, out of how often."""

    name: str
    aim: str
    hits: int = 0
    of: int = 0

    def add(self, hits: int, of: int) -> None:
        self.hits += hits
        self.of += of

    @property
    def share(self) -> float:
        return self.hits / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{self.name:<58} {self.hits:>5} of {self.of:>5}  {100 * self.share:6.2f} %  {self.aim}"


def clean_articles(folders: Iterable[Path]) -> list[Clean]:
    """Return the articles of pages, whole again, without doubles."""
    found: dict[str, Clean] = {}
    for page in read_pages([str(folder) for folder in folders]):
        for article in cut(page).articles:
            paragraphs = tuple(p for p in article.text[article.body_start :].split("\n") if p.strip())
            if sum(map(len, paragraphs)) >= 2 * SHORTEST:
                found.setdefault(article.text, (article.headline.strip("#* "), paragraphs))
    return list(found.values())


@dataclass(slots=True)
class Made:
    """A page that was made: its lines, which pairs of them were one, and what each article is in reading order."""

    lines: list[str]
    joins: set[tuple[int, int]]
    moved: list[tuple[int, int]]
    orders: list[list[int]]

    def cut(self) -> Cut:
        return cut(Page("made", "made", "\n\n".join(self.lines)))


def number(index: int) -> int:
    """The number of the line at `index`: there is a blank one behind each."""
    return 2 * index + 1


def break_at(rng: random.Random, paragraph: str, first: int = MARGIN) -> int:
    """Return where to break a paragraph, from character `first` on, or 0."""
    places = [
        at
        for at in range(max(first, MARGIN), len(paragraph) - MARGIN + 1)
        if paragraph[at - 1] not in CLOSING and not paragraph[at].isspace() and not paragraph[at - 1].isspace()
    ]
    return rng.choice(places) if len(paragraph) >= SHORTEST and places else 0


def make(rng: random.Random, articles: Sequence[Clean], *, cuts: float = 0.0, tails: float = 0.0) -> Made:
    """Set articles below each other; break paragraphs, or let the tail of an article stand above its headline."""
    made = Made(["# 服务职工群众 汇聚奋进力量"], set(), [], [])
    for headline, paragraphs in articles:
        parts: list[tuple[str, bool]] = []  # text, whether it goes on from the one before
        for paragraph in paragraphs:
            at = break_at(rng, paragraph) if rng.random() < cuts else 0
            parts += [(paragraph[:at], False), (paragraph[at:], True)] if at else [(paragraph, False)]
        tail: list[tuple[str, bool]] = []
        before = [sum(len(text) for text, _ in parts[:i]) for i in range(len(parts))]
        breakable = [i for i, (text, _) in enumerate(parts) if break_at(rng, text, FIRST_COLUMN - before[i])]
        if breakable and rng.random() < tails:
            i = rng.choice(breakable)
            at = break_at(rng, parts[i][0], FIRST_COLUMN - before[i])
            tail = [(parts[i][0][at:], False), *parts[i + 1 :]]
            parts = [*parts[:i], (parts[i][0][:at], parts[i][1])]
        above = [number(len(made.lines) + i) for i in range(len(tail))]
        made.lines += [text for text, _ in tail]
        own = [number(len(made.lines) + i) for i in range(len(parts) + 1)]
        made.lines += [f"## {headline}", *(text for text, _ in parts)]
        order = [*own, *above]
        goes_on = [False, *(on for _, on in parts), *(on or i == 0 for i, (_, on) in enumerate(tail))]
        made.joins |= {(order[i - 1], order[i]) for i in range(1, len(order)) if goes_on[i]}
        if tail:
            made.moved.append((own[-1], above[0]))
        made.orders.append(order)
    return made


def lose_tail(rng: random.Random, articles: Sequence[Clean]) -> Made:
    """Set articles below each other, one of them broken off, its tail not on the page."""
    unlucky = rng.randrange(len(articles))
    group = []
    for i, (headline, paragraphs) in enumerate(articles):
        at = break_at(rng, paragraphs[0], FIRST_COLUMN) if i == unlucky else 0
        group.append((headline, (paragraphs[0][:at],) if at else paragraphs))
    return make(rng, group)


def interleave(rng: random.Random, left: Clean, right: Clean) -> Made | None:
    """Let two columns alternate: each breaks a paragraph, the halves stand crosswise."""
    made = Made([], set(), [], [[], []])
    halves: list[list[str]] = []
    for _, paragraphs in (left, right):
        at = break_at(rng, paragraphs[0])
        if not at:
            return None
        halves.append([paragraphs[0][:at], paragraphs[0][at:], *paragraphs[1:]])
    for column, (headline, _) in enumerate((left, right)):
        made.orders[column] += [number(len(made.lines)), number(len(made.lines) + 1)]
        made.lines += [f"## {headline}", halves[column][0]]
    for column in (0, 1):
        made.orders[column].append(number(len(made.lines)))
        made.lines.append(halves[column][1])
        made.joins.add((made.orders[column][1], made.orders[column][2]))
    for text in halves[1][2:]:
        made.orders[1].append(number(len(made.lines)))
        made.lines.append(text)
    return made


def measure(articles: Sequence[Clean], *, rounds: int, seed: int = 2025) -> list[Rate]:
    """Make pages at random and count what comes back."""
    rng = random.Random(seed)
    adjacent = Rate("adjacent cuts rejoined", "aim ≥ 95 %")
    tails = Rate("moved tails brought home", "aim ≥ 85 %")
    whole_tails = Rate("  of them, with exactly their lines in order", "")
    false = Rate("false joins at the paragraph ends of uncut pages", "aim ≤ 1 %")
    false_moves = Rate("uncut pages with a move", "")
    false_broken = Rate("false joins among those on broken pages", "")
    whole = Rate("articles on broken pages with exactly their lines in order", "")
    lost = Rate("pages with an article whose tail is missing: a wrong move", "")
    columns = Rate("two columns alternating: halves rejoined", "")
    for _ in range(rounds):
        pool = list(articles)
        rng.shuffle(pool)
        for start in range(0, len(pool), PER_PAGE):
            group = pool[start : start + PER_PAGE]
            uncut = make(rng, group).cut()
            false.add(sum(len(a.joins) for a in uncut.articles), sum(len(p) for _, p in group))
            false_moves.add(any(a.moves for a in uncut.articles), 1)
            made = make(rng, group, cuts=0.5)
            done = made.cut()
            joins = {(j.first, j.second) for a in done.articles for j in a.joins}
            adjacent.add(len(joins & made.joins), len(made.joins))
            false_broken.add(len(joins - made.joins), len(joins))
            made = make(rng, group, cuts=0.2, tails=0.5)
            done = made.cut()
            joins = {(j.first, j.second) for a in done.articles for j in a.joins}
            orders = {a.lines for a in done.articles}
            tails.add(len(joins & set(made.moved)), len(made.moved))
            whole_tails.add(
                sum(any(pair[0] in o and tuple(o) in orders for o in made.orders) for pair in made.moved),
                len(made.moved),
            )
            whole.add(sum(tuple(order) in orders for order in made.orders), len(made.orders))
            false_broken.add(len(joins - made.joins), len(joins))
            done = lose_tail(rng, group).cut()
            lost.add(any(a.moves for a in done.articles), 1)
            if len(group) > 1 and (crossed := interleave(rng, group[0], group[1])):
                done = crossed.cut()
                joins = {(j.first, j.second) for a in done.articles for j in a.joins}
                columns.add(len(joins & crossed.joins), len(crossed.joins))
    return [adjacent, tails, whole_tails, false, false_moves, false_broken, whole, lost, columns]


def main(folders: Sequence[str]) -> None:
    """Print the rates for the own articles, then for each folder."""
    for name, places in [("own articles", OWN), *((folder, (Path(folder),)) for folder in folders)]:
        articles = clean_articles(places)
        start = time.perf_counter()
        print(f"{name}: {len(articles)} articles")
        for rate in measure(articles, rounds=max(1, 1000 // max(1, len(articles)))):
            print(f"  {rate}")
        print(f"  {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
