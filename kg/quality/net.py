"""What a look at a graph asks of it: things, what joins them, and the words behind that."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from kg.graph import line_text, seen_on
from kg.model import Article, Entity, Fact, Statement
from kg.quality.records import Edge, Quote

__all__ = ["FEW", "HeldNet", "Net", "day", "edge_of", "gives_day", "is_thing", "quote_of"]

ABOUT_ARTICLES = frozenset({"mentions", "onPage", "quotedIn", "reportedBy"})  # where a thing stands, not what it is
NO_THINGS = frozenset({"Article", "Page"})
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


def is_thing(kind: str) -> bool:
    """Tell whether entities of a class are things, no articles or pages."""
    return kind not in NO_THINGS


def edge_of(fact: Fact, articles: Mapping[str, Article]) -> Edge | None:
    """Return the edge of a fact, given the articles of its evidence by key; None for a mere mention."""
    if fact.predicate in ABOUT_ARTICLES:
        return None
    plain = (fact.id, fact.subject, fact.predicate, fact.object, fact.status, fact.sources)
    if fact.predicate != "hasRole":
        return Edge(*plain)
    days = [known for one in fact.statements if (known := day(seen_on(one, articles)))]
    first, last = (min(days).isoformat(), max(days).isoformat()) if days else ("", "")
    return Edge(*plain, dict(fact.qualifiers).get("title", ""), first, last)


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


class HeldNet:
    """A net made of records in memory: `statements` are those of all articles, `canonical` leads from local ids to
    entities, `articles` are given by key."""

    def __init__(
        self,
        entities: Iterable[Entity],
        facts: Iterable[Fact],
        statements: Iterable[Statement],
        canonical: Mapping[str, str],
        articles: Mapping[str, Article],
    ) -> None:
        self.things = {one.id: (one.type, one.name) for one in entities if is_thing(one.type)}
        self.edges: list[Edge] = []
        self._articles = articles
        self._facts: dict[str, Fact] = {}
        self._of: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        self._to: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        self._at: dict[str, list[Edge]] = defaultdict(list)
        self._dates: dict[str, list[Statement]] = defaultdict(list)
        for fact in sorted(facts, key=lambda one: one.id):
            if edge := edge_of(fact, articles):
                self._facts[fact.id] = fact
                self._add(edge)
        for one in statements:
            if gives_day(one) and one.subject in canonical:
                self._dates[canonical[one.subject]].append(one)

    def _add(self, edge: Edge) -> None:
        self.edges.append(edge)
        self._at[edge.subject].append(edge)
        self._at[edge.object].append(edge)
        if edge.status == "happened":
            self._of[edge.predicate, edge.subject].append(edge)
            self._to[edge.predicate, edge.object].append(edge)

    def thing(self, entity: str) -> tuple[str, str]:
        """Return class and name of a thing."""
        return self.things[entity]

    def of(self, predicate: str, subject: str) -> Sequence[Edge]:
        """Return what has happened or is so, of one relation, from a thing."""
        return self._of.get((predicate, subject), ())

    def to(self, predicate: str, target: str) -> Sequence[Edge]:
        """Return what has happened or is so, of one relation, to a thing."""
        return self._to.get((predicate, target), ())

    def several(self, predicate: str, kind: str) -> Iterable[str]:
        """Return the things of a class that have more than one edge of a relation."""
        for (relation, subject), edges in self._of.items():
            if relation == predicate and len(edges) > 1 and self.things[subject][0] == kind:
                yield subject

    def at(self, entity: str) -> Sequence[Edge]:
        """Return the edges from and to a thing."""
        return self._at.get(entity, ())

    def dates(self, activity: str) -> Sequence[Statement]:
        """Return the statements that give an activity a day."""
        return self._dates.get(activity, ())

    def quotes(self, facts: Collection[str]) -> Mapping[str, Sequence[Quote]]:
        """Return the first words behind each fact."""
        return {
            fact: [quote_of(fact, one, self.shown(one.evidence.article)) for one in self._facts[fact].statements[:FEW]]
            for fact in facts
        }

    def shown(self, article: str) -> tuple[str, str]:
        """Return the id of an article, as it is shown, and its page."""
        return self._articles[article].id, self._articles[article].page
