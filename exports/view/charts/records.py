"""What a chart is made of: rows of figures in the order in which they are drawn, and the words around them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["ALL", "STATUSES", "Choice", "Figures", "Form", "Language", "Period", "Row", "Series", "Words"]

Language: TypeAlias = Literal["zh", "en"]
Form: TypeAlias = Literal["columns", "bars", "tree"]
Period: TypeAlias = Literal["auto", "month", "quarter", "year"]

ALL = sys.maxsize  # as many rows as there are
STATUSES = ("happened", "planned", "reported", "denied")  # of facts; the first one that an activity has is its own


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str

    def said(self, language: Language) -> str:
        """Return the text in one of them."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Choice:
    """What is counted: facts of these statuses (none: those that fit the chart), days from `since` to `until` (empty:
    open), periods of this length, and at most `top` rows (0: as many as fit the chart).
    """

    statuses: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    period: Period = "auto"
    top: int = 0

    @property
    def dated(self) -> bool:
        """Whether days are asked for."""
        return bool(self.since or self.until)

    def within(self, start: str, end: str) -> bool:
        """Whether an interval touches the days asked for; where it is not known it does only if none are asked for."""
        return not self.dated or (end >= self.since and bool(start) and (not self.until or start <= self.until))

    def among(self, *fitting: str) -> frozenset[str]:
        """Return the statuses asked for, or those that fit."""
        return frozenset(self.statuses or fitting)


@dataclass(frozen=True, slots=True)
class Series:
    """One part of each row: its name in tables, what it is called, which is also how it looks."""

    name: str
    label: Words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of figures, a number for each series; `things` are the names of what was counted.

    In a tree or among nested bars `above` is the key of the row it stands under and `depth` how far from the top;
    `inferred` says that this place follows from names only. A row `aside` is told in tables and not drawn. `hidden`
    counts what is not drawn below a row of a tree, or, where it has no key, in its place.
    """

    key: str
    label: Words
    values: tuple[int, ...]
    things: tuple[str, ...] = ()
    depth: int = 0
    above: str = ""
    inferred: bool = False
    aside: bool = False
    hidden: int = 0

    @property
    def total(self) -> int:
        """The sum of its numbers."""
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a chart tells. `of` says what a row is, in tables (a word) and to readers; `things` what was counted."""

    name: str
    form: Form
    title: Words
    lead: Words
    of: str
    heading: Words
    things: Words
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    notes: tuple[Words, ...] = ()
    workspace: str = ""

    @property
    def drawn(self) -> tuple[Row, ...]:
        """The rows that are not aside."""
        return tuple(row for row in self.rows if not row.aside)

    @property
    def used(self) -> tuple[Series, ...]:
        """The series that any row drawn has a number of."""
        return tuple(one for at, one in enumerate(self.series) if any(row.values[at] for row in self.drawn))
