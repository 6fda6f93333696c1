"""What a look at a graph asks of it: things, what joins them, and the words behind that."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from kg.graph import line_text
from kg.model import Statement
from kg.quality.records import Edge, Quote

__all__ = ["FEW", "Net", "day", "gives_day", "quote_of"]

FEW = 3  # quotes of a fact that are shown


class Net(Protocol):
    """Things (all entities but articles and pages) and the edges between them, wherever they are kept."""

    def thing(self, entity: str) -> tuple[str, str]:
        """Return class and name of a thing that is there."""

    def of(self, predicate: str, subject: str) -> Sequence[Edge]:
        """Return what has happened or is so, of one relation, from a thing; sorted by id."""

    def to(self, predicate: str, target: str) -> Sequence[Edge]:
        """Return what has happened or is so, of one relation, to a thing; sorted by id."""

    def several(self, predicate: str, kind: str) -> Iterable[str]:
        """Return the things of a class that `of` has more than one edge of."""

    def at(self, entity: str) -> Sequence[Edge]:
        """Return the edges of any status from and to a thing; sorted by id."""

    def dates(self, activity: str) -> Sequence[Statement]:
        """Return the statements on an activity that `gives_day` holds of, in any order."""

    def quotes(self, facts: Collection[str]) -> Mapping[str, Sequence[Quote]]:
        """Return what `quote_of` makes of the first `FEW` statements of each fact."""

    def shown(self, article: str) -> tuple[str, str]:
        """Return the id of an article, as it is shown, and its page, given its key."""


def day(text: str) -> datetime.date | None:
    """Return the day that a text gives, None where it gives none, or not just one."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def gives_day(statement: Statement) -> bool:
    """Tell whether a statement gives an activity a day that is not vague."""
    if statement.predicate != "date" or statement.status not in ("happened", "planned"):
        return False
    values = dict(statement.qualifiers)
    return values.get("vague") != "true" and day(values.get("start", "")) is not None


def quote_of(what: str, statement: Statement, shown: tuple[str, str]) -> Quote:
    """Return the words behind a fact or property, given how their article and its page are called."""
    return Quote(what, *shown, line_text(statement.evidence.lines), statement.evidence.quote)
