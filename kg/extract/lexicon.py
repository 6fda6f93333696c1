"""The word classes of `ontology/lexicon`, read once. They hold classes of the language, not answers."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from kg.errors import OntologyError

__all__ = [
    "brands",
    "by_first",
    "foreign_name",
    "foreign_openings",
    "given_odds",
    "heads",
    "manner_pattern",
    "name_odds",
    "one_of",
    "rows",
    "surnames",
    "titles",
    "verb_pattern",
    "verbs",
    "words",
]


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of `ontology/lexicon/<name>.tsv` without its head line. Raises OntologyError where a row is short."""
    text = (files("ontology") / "lexicon" / f"{name}.tsv").read_text(encoding="utf-8")
    head, *lines = [tuple(line.split("\t")) for line in text.splitlines()]
    for number, line in enumerate(lines, 2):
        if len(line) != len(head):
            raise OntologyError(
                f"ontology/lexicon/{name}.tsv line {number}: {len(line)} columns where {len(head)} stand"
            )
    return tuple(lines)


@cache
def heads(kind: str) -> frozenset[str]:
    """Words a name of class `kind` ends with."""
    return frozenset(row[0] for row in rows("heads") if row[1] == kind)


@cache
def titles(kind: str) -> frozenset[str]:
    """What stands beside a person's name: `post` (主席, 经理) or `weak`: callings that are plain nouns, too (职工)."""
    return frozenset(row[0] for row in rows("titles") if row[1] == kind)


def ends_with_post(title: str) -> bool:
    """Whether the last words of a title are a post."""
    posts = titles("post")
    return any(title[start:] in posts for start in range(len(title)))


@cache
def surnames() -> frozenset[str]:
    """Family names of one and of two characters."""
    return frozenset(row[0] for row in rows("surnames"))


@cache
def surname_openings() -> frozenset[str]:
    """The characters that a family name starts with."""
    return frozenset(name[0] for name in surnames())


@cache
def verbs(*kinds: str) -> frozenset[str]:
    """Verbs of the classes, of organize, hold, attend, visit, say, award, win, give, make, found, guide, support."""
    return frozenset(row[0] for row in rows("verbs") if not set(kinds).isdisjoint(row[1].split()))


_RARE = (1.0, 1.0, 1.0, 1.0)  # what no table of frequent characters holds stands in names rather than in text


@cache
def _name_characters() -> dict[str, tuple[float, ...]]:
    return {row[0]: tuple(map(float, row[1:])) for row in rows("name-characters")}


def name_odds(name: str) -> float:
    """How much likelier the characters of `name` (a family name and one or two more) are in a person's name than in
    running text: a natural logarithm, the sum over the characters; minus infinity for any other length."""
    table = _name_characters()
    double = len(name) > 2 and name[:2] in surnames()
    given = name[2:] if double else name[1:]
    if not 1 <= len(given) <= 2:
        return -math.inf
    family = _DOUBLE if double else table.get(name[0], _RARE)[0]
    if len(given) == 1:
        return family + table.get(given, _RARE)[3]
    return family + table.get(given[0], _RARE)[1] + table.get(given[1], _RARE)[2]


def given_odds(name: str) -> float:
    """The part of `name_odds` that the characters behind the family name bring; minus infinity for other lengths."""
    double = len(name) > 2 and name[:2] in surnames()
    family = _DOUBLE if double else _name_characters().get(name[:1], _RARE)[0]
    return name_odds(name) - family


_DOUBLE = 4.0  # 欧阳 is hardly ever anything but a family name, or of a place called after one


@cache
def words(*kinds: str) -> frozenset[str]:
    """Words of the classes: `name` may stand inside a name, `stop` ends one on the left, `generic` makes no name alone,
    `event` stands in the name of an activity, `deed` names one behind its theme, `noname` looks like a
    person's name and is none, `manner` says in front of a verb how or when something is done (联手, 如期), `platform`
    is known to all and no product of who is spoken of, `trade` ends the short name of a firm (恒洋|水洗)."""
    return frozenset(row[0] for row in rows("words") if not set(kinds).isdisjoint(row[1].split()))


@cache
def manner_pattern() -> str:
    """A regular expression for any word of the class `manner`."""
    return one_of(words("manner"))


@cache
def brands() -> frozenset[str]:
    """Enterprises that are called by a bare name."""
    return frozenset(row[0] for row in rows("brands"))


def one_of(found: Iterable[str]) -> str:
    """A regular expression for any of the words, the longer before the shorter; words hold no special signs."""
    return "|".join(sorted(found, key=lambda word: (-len(word), word)))


def verb_pattern(*kinds: str) -> str:
    """A regular expression for any verb of the classes."""
    return one_of(verbs(*kinds))


def by_first(found: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words by their first characters, for `text.startswith(words.get(text[at], ()), at)`."""
    table: dict[str, tuple[str, ...]] = {}
    for word in sorted(found):
        table[word[0]] = (*table.get(word[0], ()), word)
    return table


@cache
def foreign_openings() -> frozenset[str]:
    """The characters that a `foreign_name` starts with."""
    return frozenset(row[0][0] for row in rows("name-elements"))


@cache
def foreign_name() -> re.Pattern[str]:
    """Tibetan, Mongolian and Uyghur names: one to four of their parts in a row."""
    parts = sorted((row[0] for row in rows("name-elements")), key=lambda w: (-len(w), w))
    return re.compile(f"(?:{'|'.join(parts)}){{1,4}}")
