"""A whole graph in memory, looked at all at once: what a look that goes on from the last one is held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.model import Article, Entity, Fact, Statement
from kg.quality import Survey
from kg.quality.findings import findings, hub_finding, in_order
from kg.quality.net import FEW, day, gives_day, quote_of
from kg.quality.records import Edge, Quote, Shapes
from kg.quality.specimens import Chosen, Row, choose, form_of_entity, form_of_fact, shapes
from kg.quality.whole import components_and_hubs
from kg.resolve import Resolution
from kg.resolve.facts import ABOUT_ARTICLES, seen_on

NO_THINGS = frozenset({"Article", "Page"})


def edge_of(fact: Fact, articles: Mapping[str, Article]) -> Edge | None:
    """Return the edge of a fact, given the articles of its evidence by key; None for a mere mention."""
    if fact.predicate in ABOUT_ARTICLES:
        return None
    plain = (fact.id, fact.subject, fact.predicate, fact.object, fact.status, fact.sources)
    if fact.predicate != "hasRole":
        return Edge(*plain)
    days = [known for one in fact.statements if (known := day(seen_on(one, articles[one.evidence.article].issue_date)))]
    first, last = (min(days).isoformat(), max(days).isoformat()) if days else ("", "")
    return Edge(*plain, dict(fact.qualifiers).get("title", ""), first, last)


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
        self.things = {one.id: (one.type, one.name) for one in entities if one.type not in NO_THINGS}
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


class HeldStock:
    """Records in memory: of a resolution, and its articles by key."""

    def __init__(self, resolution: Resolution, articles: Mapping[str, Article]) -> None:
        self._entities = {one.id: one for one in resolution.entities}
        self._facts = {one.id: one for one in resolution.facts}
        self._on_page = {one.subject: one for one in resolution.facts if one.predicate == "onPage"}
        self._articles = articles
        self._former = resolution.ids.former(self._entities)

    def rows_of_entities(self) -> Iterator[Row]:
        """Yield form and id of each entity."""
        return ((form_of_entity(one), 0, one.id) for one in self._entities.values())

    def rows_of_facts(self) -> Iterator[Row]:
        """Yield form, number of statements, and id of each fact."""
        types = {one.id: one.type for one in self._entities.values()}
        for one in self._facts.values():
            yield form_of_fact(types[one.subject], types[one.object], one), len(one.statements), one.id

    def entities(self, ids: Collection[str]) -> Mapping[str, Entity]:
        """Return entities by id."""
        return {one: self._entities[one] for one in ids if one in self._entities}

    def facts(self, ids: Collection[str]) -> Mapping[str, Fact]:
        """Return facts by id."""
        return {one: self._facts[one] for one in ids if one in self._facts}

    def on_page(self, articles: Collection[str]) -> Mapping[str, Fact]:
        """Return the fact that says on which page an article stands, by its id."""
        return {one: self._on_page[one] for one in articles if one in self._on_page}

    def articles(self, keys: Collection[str]) -> Mapping[str, Article]:
        """Return articles by key."""
        return {one: self._articles[one] for one in keys if one in self._articles}

    def former(self, ids: Collection[str]) -> Mapping[str, list[str]]:
        """Return the retired ids that lead to an entity, by its id."""
        return {one: self._former[one] for one in ids if one in self._former}


def survey(resolution: Resolution, statements: Iterable[Statement], articles: Iterable[Article]) -> Survey:
    """Look at what was resolved: `statements` are those of all articles."""
    by_key = {article.key: article for article in articles}
    net = HeldNet(resolution.entities, resolution.facts, statements, resolution.canonical, by_key)
    kinds = ((entity, kind) for entity, (kind, _) in net.things.items())
    components, hubs = components_and_hubs(kinds, ((edge.subject, edge.object) for edge in net.edges))
    found = [finding for entity in net.things for finding in findings(net, entity)]
    found += (hub_finding(net, hub) for hub in hubs)
    return Survey(shapes_of(resolution, by_key), components, in_order(found))


def shapes_of(resolution: Resolution, articles: Mapping[str, Article]) -> Shapes:
    """Hold specimens of every form to the laws of the graph and the SHACL shapes; `articles` are given by key."""
    stock = HeldStock(resolution, articles)
    return shapes(stock, *chosen(stock))[0]


def chosen(stock: HeldStock) -> tuple[list[str], list[str]]:
    """Return the ids of the entities and of the facts that are specimens, of all that there are."""
    entities, facts = (choose({}, (), rows, lambda _: ()) for rows in (stock.rows_of_entities(), stock.rows_of_facts()))
    return _ids(entities), _ids(facts)


def _ids(specimens: Chosen) -> list[str]:
    return sorted(own for _, own in specimens.values())
