"""The graph as a run of resolve leaves it, for those who look at it: what the run changed, and else what was before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.model import Article, Entity, Fact, FactRow, Statement
from kg.quality.net import FEW, gives_day, quote_of
from kg.quality.records import Edge, Quote
from kg.resolve import Run
from kg.resolve.entities import page_id
from kg.resolve.facts import Claim, fact_id
from kg.resolve.state import EdgeRow
from kg.workspace import Workspace

__all__ = ["Kept"]


class Kept:
    """A `kg.quality.net.Net` and a `kg.quality.specimens.Stock`: things, edges, records; few are asked for."""

    def __init__(self, run: Run, before: Workspace | None) -> None:
        self._run, self._state, self._before = run, run.state, before
        self._statements: dict[str, dict[str, Statement]] = {}  # by article

    # the net

    def thing(self, entity: str) -> tuple[str, str]:
        """Return class and name of a thing; raises KeyError where it is not there."""
        row = self._state.things.get(entity)
        if row is None:
            raise KeyError(entity)
        return row.type, row.name

    def of(self, predicate: str, subject: str) -> Sequence[Edge]:
        """Return what has happened or is so, of one relation, from a thing; sorted by id."""
        rows = self._state.edges.having("said", f"{predicate} {subject}")
        return [_edge(row) for row in rows if row.status == "happened"]

    def to(self, predicate: str, target: str) -> Sequence[Edge]:
        """Return what has happened or is so, of one relation, to a thing; sorted by id."""
        rows = self._state.edges.having("object", target)
        return [_edge(row) for row in rows if row.predicate == predicate and row.status == "happened"]

    def several(self, predicate: str, kind: str) -> Iterable[str]:
        """Return the things of a class that have more than one edge of a relation."""
        counts: dict[str, int] = defaultdict(int)
        for relation, subject, status in self._state.edges.columns_of("predicate", "subject", "status"):
            if relation == predicate and status == "happened":
                counts[subject] += 1
        return [one for one, count in counts.items() if count > 1 and self.thing(one)[0] == kind]

    def at(self, entity: str) -> Sequence[Edge]:
        """Return the edges from and to a thing; sorted by id."""
        rows = {row.id: row for column in ("subject", "object") for row in self._state.edges.having(column, entity)}
        return [_edge(rows[own]) for own in sorted(rows)]

    def dates(self, activity: str) -> Sequence[Statement]:
        """Return the statements that give an activity a day; none for what is no activity."""
        if self.kind(activity) != "Activity":
            return ()
        return [
            one
            for row in self._state.locals.having("entity", activity)
            for one in self._run.articles.extraction(row.article).statements
            if one.subject == row.id and gives_day(one)
        ]

    def quotes(self, facts: Collection[str]) -> Mapping[str, Sequence[Quote]]:
        """Return the first words behind each fact."""
        return {
            own: [quote_of(own, one, self.shown(one.evidence.article)) for one in self._said(row, FEW)]
            for own, row in self._rows(facts).items()
        }

    def shown(self, article: str) -> tuple[str, str]:
        """Return the id of an article, as it is shown, and its page."""
        found = self._run.articles.extraction(article).article
        return found.id, found.page

    # the stock

    def entities(self, ids: Collection[str]) -> Mapping[str, Entity]:
        """Return entities by id, as far as they are there."""
        changed = self._run.changes.entities
        found = {own: entity for own in ids if (entity := changed.get(own)) is not None}
        if self._before is not None:
            asked = [own for own in ids if own not in changed]
            found |= {one.id: one for one in self._before.some("entities.jsonl", Entity, asked)}
        return found

    def facts(self, ids: Collection[str]) -> Mapping[str, Fact]:
        """Return facts, with all their statements, by id, as far as they are there."""
        return {own: self._fact(row) for own, row in self._rows(ids).items()}

    def on_page(self, articles: Collection[str]) -> Mapping[str, Fact]:
        """Return the fact that says on which page an article stands, by the key of the article."""
        rows = [row for key in articles for row in self._state.articles.having("key", key)[:1]]
        facts = self.facts([fact_id(Claim(row.key, "onPage", page_id(row.page), (), "happened")) for row in rows])
        return {fact.subject: fact for fact in facts.values()}

    def articles(self, keys: Collection[str]) -> Mapping[str, Article]:
        """Return articles by key."""
        return {key: self._run.articles.extraction(key).article for key in keys}

    def former(self, ids: Collection[str]) -> Mapping[str, list[str]]:
        """Return the retired ids that lead to an entity, by its id."""
        return self._run.ids.former(frozenset(ids))

    # all of some kinds

    def all_facts(self, about: Collection[str]) -> Iterator[FactRow]:
        """Yield at least the facts in whose line one of the texts `about` stands."""
        changed = self._run.changes.facts
        before = self._before.fact_rows(about=about) if self._before is not None else ()
        yield from (row for row in changed.values() if row is not None)
        yield from (row for row in before if row.id not in changed)

    def all_entities(self, about: Collection[str]) -> Iterator[Entity]:
        """Yield at least the entities in whose line one of the texts `about` stands."""
        changed = self._run.changes.entities
        before = self._before.entities(about=about) if self._before is not None else ()
        yield from (row for row in changed.values() if row is not None)
        yield from (row for row in before if row.id not in changed)

    def kind(self, entity: str) -> str:
        """Return the class of an entity of any kind."""
        thing = self._state.things.get(entity)
        return thing.type if thing is not None else "Page" if entity.startswith("page-") else "Article"

    def _rows(self, ids: Collection[str]) -> dict[str, FactRow]:
        changed = self._run.changes.facts
        found = {own: row for own in ids if (row := changed.get(own)) is not None}
        if self._before is not None:
            asked = [own for own in ids if own not in changed]
            found |= {one.id: one for one in self._before.some("facts.jsonl", FactRow, asked)}
        return found

    def _fact(self, row: FactRow) -> Fact:
        said = {one.id: one for one in self._said(row, len(row.statements))}
        return row.fact(said)

    def _said(self, row: FactRow, most: int) -> list[Statement]:
        """Return the first statements of a fact."""
        made = {one.id: one for one in row.made}
        return [made[own] if own in made else self._statement(own) for own in row.statements[:most]]

    def _statement(self, own: str) -> Statement:
        row = self._state.statements.get(own)
        assert row is not None
        if row.article not in self._statements:
            self._statements[row.article] = {
                one.id: one for one in self._run.articles.extraction(row.article).statements
            }
        return self._statements[row.article][own]


def _edge(row: EdgeRow) -> Edge:
    return Edge(*row[:9])
