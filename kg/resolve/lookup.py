"""The graph in the middle of a run, for lines of corrections.tsv: who is called so, and which facts there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from kg.model import Extraction, FactRow
from kg.resolve.articles import Articles
from kg.resolve.clusters import Clusters
from kg.resolve.entities import points
from kg.resolve.facts import Claim, fact_id
from kg.resolve.ids import IdTable
from kg.resolve.making import Facts
from kg.resolve.state import LocalRow, State, Thing
from kg.resolve.tables import wording
from kg.text import normal

__all__ = ["Lookup"]


def _formerly(row: FactRow, former: Mapping[str, Sequence[str]]) -> Iterator[Claim]:
    """Yield what a fact claimed when an end of it, or both, had another id."""
    for subject in (row.subject, *former.get(row.subject, ())):
        for target in (row.object, *former.get(row.object, ())):
            if (subject, target) != (row.subject, row.object):
                yield Claim(subject, row.predicate, target, row.qualifiers, row.status)


class Lookup:
    """A `kg.resolve.corrections.Graph` made of what a run has found by now."""

    def __init__(self, state: State, ids: IdTable, articles: Articles, clusters: Clusters, facts: Facts) -> None:
        self._state, self._ids, self._articles, self._clusters, self._facts = state, ids, articles, clusters, facts

    def meant(self, text: str) -> Sequence[Thing]:
        """Return the things that a person may mean by `text`, sorted by id."""
        words = wording(text)
        if words.how == "id":
            return self._things([self._ids.successor(words.text)])
        if words.how == "key":
            found = self._state.things.having("root", self._clusters.root(words.text))
            own = self._ids.ids.get(words.text, "")
            return found or self._things([self._ids.successor(own)])
        form = normal(words.text)
        named = self._things(self._named.get(form, ()))
        for things in (named, self._things(row.entity for row in self._called(form))):
            if found := [one for one in things if words.type in ("", one.type)]:
                return found
        return []

    def _things(self, ids: Iterable[str]) -> list[Thing]:
        found = (self._thing(own) for own in sorted(set(ids)))
        return [thing for thing in found if thing is not None]

    def _thing(self, own: str) -> Thing | None:
        """Return an entity by id, be it an article."""
        if self._articles.speaker(own) is not None:
            return Thing(own, own, "Article", own, own)
        return self._state.things.get(own)

    @cached_property
    def _named(self) -> Mapping[str, Sequence[str]]:
        """Things by their names, folded."""
        named: dict[str, list[str]] = defaultdict(list)
        for own, name in self._state.things.columns_of("id", "name"):
            named[normal(name)].append(own)
        return named

    def _called(self, form: str) -> Iterator[LocalRow]:
        """Yield the local entities that are called so, be it by an alias; not by what only points."""
        if points(form):
            return
        yield from self._state.locals.having("folded", form)
        for one in self._state.forms.having("form", form):
            if one.kind == "alias" and (row := self._state.locals.get(one.local)) is not None:
                yield row

    def fact(self, own: str) -> FactRow | None:
        """Return a fact by id."""
        return self._facts.fact(own)

    def formerly(self, own: str) -> FactRow | None:
        """Return the fact that had an id before an end of it became one with another thing."""
        return self._facts.fact(self._former.get(own, ""))

    @cached_property
    def _former(self) -> Mapping[str, str]:
        """Ids that facts had when their ends had other ids, and the ids they have now."""
        ends: dict[str, list[str]] = defaultdict(list)
        for retired in self._ids.replaced:
            ends[self._ids.successor(retired)].append(retired)
        table: dict[str, str] = {}
        for living in ends:
            for column in ("subject", "object"):
                for edge in self._state.edges.having(column, living):
                    row = self._facts.fact(edge.id)
                    if row is not None:
                        table |= {fact_id(claim): row.id for claim in _formerly(row, ends)}
        return table

    def facts(self, subjects: Iterable[Thing], relation: str, targets: Iterable[Thing]) -> Sequence[FactRow]:
        """Return the facts of one relation between some things, sorted by id."""
        ends, ids = {one.id for one in targets}, set[str]()
        for one in subjects:
            ids.update(row.id for row in self._state.edges.having("said", f"{relation} {one.id}") if row.object in ends)
            ids.update(row.fact for end in (one.id, *ends) for row in self._state.statements.having("article", end))
            ids.update(fact_id(Claim(one.id, relation, end, (), "happened")) for end in ends)
        found = (self._facts.fact(own) for own in sorted(ids))
        of = {one.id for one in subjects}
        return [
            row
            for row in found
            if row is not None and row.predicate == relation and row.subject in of and row.object in ends
        ]

    def places(self, entity: str) -> Mapping[str, Sequence[str]]:
        """Return the articles that mention an entity, in order, with its local ids there."""
        places: dict[str, list[str]] = defaultdict(list)
        for row in self._state.locals.having("entity", entity):
            if row.mentioned:
                places[row.article].append(row.id)
        return {article: places[article] for article in sorted(places)}

    def extraction(self, article: str) -> Extraction:
        """Return what an article says."""
        return self._articles.extraction(article)
