"""What looks wrong in a graph: each with its facts and the words behind them, for a person to judge."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

import networkx as nx

from kg.check import check_graph
from kg.graph import build_graph, line_text, seen_on
from kg.model import Article, Entity, Fact, Statement, Value
from kg.quality.records import Components, Finding, Quote, Shapes, Survey
from kg.resolve import Resolution
from kg.workspace import NAME
from ontology import resource

__all__ = ["KINDS", "components", "shapes", "specimens", "survey", "suspicious"]

KINDS = ("union-of-two", "posts-at-once", "two-parents", "two-dates", "hub")

ABOUT_ARTICLES = frozenset({"mentions", "onPage", "quotedIn", "reportedBy"})  # where a thing stands, not what it is
NO_THINGS = frozenset({"Article", "Page"})
PARTS = frozenset({"unionOf", "subordinateTo", "locatedIn"})  # a body and one it belongs to may share their head
SLACK = 31  # days: a post was held also some time before and after the day on which it was in print
HUB, FAR = 20, 10  # neighbours that make a hub, if they are also so many times the mean of the class
HUBS = 20  # are shown, those farthest off first
FEW = 3  # quotes of a fact that are shown


def survey(resolution: Resolution, statements: Iterable[Statement], articles: Iterable[Article]) -> Survey:
    """Look at what was resolved: `statements` are those of all articles."""
    things = {one.id: one for one in resolution.entities if one.type not in NO_THINGS}
    facts = [one for one in resolution.facts if one.predicate not in ABOUT_ARTICLES]
    net = _net(things, facts)
    by_key = {article.key: article for article in articles}
    found = suspicious(things, facts, _dates(statements, resolution.canonical), by_key, net)
    return Survey(shapes(resolution, by_key), components(net), tuple(found))


def shapes(resolution: Resolution, articles: Mapping[str, Article]) -> Shapes:
    """Hold specimens of every form to the laws of the graph and the SHACL shapes.

    What these can say of a form they say of its specimen, so that the number of forms, not of facts, is what it costs;
    SHACL on everything takes hours where there are some 100,000 facts. What is wrong with one value only is not seen:
    for that there is `kg check`.
    """
    entities, facts = specimens(resolution)
    part = replace(resolution, entities=tuple(entities), facts=tuple(facts))
    graph = build_graph(part, articles.values(), workspace=NAME)
    return Shapes(len(entities), len(facts), tuple(check_graph(graph)))


def specimens(resolution: Resolution) -> tuple[list[Entity], list[Fact]]:
    """Return one entity and one fact of every form, and the entities and pages of articles that these rest on.

    Two entities are of one form when they are of one class and have the same properties, of the same kinds; two facts,
    when they join the same classes by the same relation in the same way. The specimen of a fact is the one with the
    least evidence.
    """
    by_id = {one.id: one for one in resolution.entities}
    forms: dict[tuple[object, ...], str] = {}
    for entity in resolution.entities:
        forms.setdefault((entity.type, *((name, _kind(value)) for name, value in entity.props)), entity.id)
    chosen: dict[tuple[object, ...], Fact] = {}
    on_page: dict[str, Fact] = {}
    for fact in resolution.facts:
        ends = (by_id[fact.subject].type, fact.predicate, by_id[fact.object].type, fact.status)
        form = (*ends, *(name for name, _ in fact.qualifiers))
        if form not in chosen or len(fact.statements) < len(chosen[form].statements):
            chosen[form] = fact
        if fact.predicate == "onPage":
            on_page[fact.subject] = fact
    facts = {fact.id: fact for fact in chosen.values()}
    kept = {*forms.values(), *(end for fact in facts.values() for end in (fact.subject, fact.object))}
    kept.update(said.evidence.article for fact in facts.values() for said in fact.statements)
    pages = [on_page[entity] for entity in kept if entity in on_page]
    facts |= {fact.id: fact for fact in pages}
    kept.update(fact.object for fact in pages)
    return [by_id[entity] for entity in sorted(kept)], [facts[fact] for fact in sorted(facts)]


_DIGIT = re.compile("[0-9]")
_NUMERAL = re.compile("[0-9-]{1,10}")  # 2025-03-12 is of another form than 2025-03


def _kind(value: Value) -> str:
    date = isinstance(value, str) and _NUMERAL.fullmatch(value)
    return _DIGIT.sub("9", str(value)) if date else type(value).__name__


def _net(things: Iterable[str], facts: Iterable[Fact]) -> nx.Graph[str]:
    net: nx.Graph[str] = nx.Graph()
    net.add_nodes_from(things)
    net.add_edges_from((fact.subject, fact.object) for fact in facts)
    return net


def components(net: nx.Graph[str]) -> Components:
    """Count what hangs together in an undirected graph of things."""
    sizes = [len(one) for one in nx.connected_components(net)]
    joined = [size for size in sizes if size > 1]
    return Components(len(net), len(joined), max(joined, default=0), len(sizes) - len(joined))


def suspicious(
    things: Mapping[str, Entity],
    facts: Sequence[Fact],
    dates: Mapping[str, Sequence[Statement]],
    articles: Mapping[str, Article],
    net: nx.Graph[str],
) -> list[Finding]:
    """Return what looks wrong with things, in the order of `KINDS`, then of ids.

    `dates` are the date statements on each activity, `net` is what joins the things, `articles` are given by key.
    """
    look = _Look(things, facts, articles)
    return [
        *look.unions_of_two(),
        *look.posts_at_once(),
        *look.two_parents(),
        *look.two_dates(dates),
        *look.hubs(net),
    ]


class _Look:
    """Holds the facts that say something has happened or is so, by relation and subject."""

    def __init__(self, things: Mapping[str, Entity], facts: Iterable[Fact], articles: Mapping[str, Article]) -> None:
        self.things, self.articles = things, articles
        self.by_relation: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        self.of: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(facts, key=lambda one: one.id):
            if fact.status == "happened":
                self.by_relation[fact.predicate][fact.subject].append(fact)
            for end in (fact.subject, fact.object):
                self.of[end].append(fact)

    def _subjects(self, predicate: str, kind: str) -> Iterator[tuple[str, list[Fact]]]:
        """Yield each thing of a class with the facts of one relation on it, where there are several."""
        for subject, facts in sorted(self.by_relation[predicate].items()):
            if len(facts) > 1 and self.things[subject].type == kind:
                yield subject, facts

    def _finding(self, kind: str, entity: str, values: Iterable[str], evidence: Iterable[Quote]) -> Finding:
        thing = self.things[entity]
        return Finding(kind, entity, thing.type, thing.name, tuple(values), tuple(evidence))

    def _name(self, entity: str) -> str:
        return self.things[entity].name

    def _quote(self, what: str, statement: Statement) -> Quote:
        evidence = statement.evidence
        article = self.articles[evidence.article]
        return Quote(what, article.id, article.page, line_text(evidence.lines), evidence.quote)

    def _quotes(self, facts: Iterable[Fact]) -> Iterator[Quote]:
        for fact in facts:
            for statement in fact.statements[:FEW]:
                yield self._quote(fact.id, statement)

    def unions_of_two(self) -> Iterator[Finding]:
        """Unions of several enterprises, but for those that say so: 联合工会, 工会联合会."""
        for union, facts in self._subjects("unionOf", "TradeUnion"):
            hosts = [fact for fact in facts if self.things[fact.object].type == "Enterprise"]
            names = dict.fromkeys(self._name(fact.object) for fact in hosts)
            if len({fact.object for fact in hosts}) > 1 and "联合" not in self._name(union):
                yield self._finding("union-of-two", union, names, self._quotes(hosts))

    def posts_at_once(self) -> Iterator[Finding]:
        """People who head two bodies at one time, by posts of one kind, where neither body belongs to the other."""
        for person, facts in self._subjects("hasRole", "Person"):
            heads: dict[str, list[Fact]] = defaultdict(list)
            for fact in facts:
                if kind := sole_title(dict(fact.qualifiers).get("title", "")):
                    heads[kind].append(fact)
            for _, posts in sorted(heads.items()):
                pairs = [pair for pair in combinations(posts, 2) if self._clash(*pair)]
                clashing = {fact.id: fact for pair in pairs for fact in pair}
                if clashing:
                    values = (f"{self._name(one.object)}{dict(one.qualifiers)['title']}" for one in clashing.values())
                    yield self._finding("posts-at-once", person, values, self._quotes(clashing.values()))

    def _clash(self, one: Fact, other: Fact) -> bool:
        if one.object == other.object or self._belong(one.object, other.object):
            return False
        first, last = self._time(one), self._time(other)
        return not (first and last) or (max(first[0], last[0]) - min(first[1], last[1])).days <= SLACK

    def _belong(self, one: str, other: str) -> bool:
        ends = ((one, other), (other, one))
        return any(fact.object == above for part in PARTS for below, above in ends for fact in self._of(part, below))

    def _of(self, predicate: str, subject: str) -> Sequence[Fact]:
        return self.by_relation[predicate].get(subject, ())

    def _time(self, post: Fact) -> tuple[datetime.date, datetime.date] | None:
        """Return the first and the last day on which a post was in print, None where no day is known."""
        days = [day for one in post.statements if (day := _day(seen_on(one, self.articles)))]
        return (min(days), max(days)) if days else None

    def two_parents(self) -> Iterator[Finding]:
        """Districts that lie in two others of which neither lies in the other."""
        for district, facts in self._subjects("locatedIn", "District"):
            inside = {fact.object: self._around(fact.object) for fact in facts}
            apart = [
                fact
                for fact in facts
                if any(other not in inside[fact.object] and fact.object not in inside[other] for other in inside)
            ]
            if apart:
                names = dict.fromkeys(self._name(fact.object) for fact in apart)
                yield self._finding("two-parents", district, names, self._quotes(apart))

    def _around(self, district: str) -> set[str]:
        """Return a district and all that it lies in."""
        found = {district}
        todo = [district]
        while todo:
            above = {fact.object for fact in self._of("locatedIn", todo.pop())} - found
            found |= above
            todo.extend(above)
        return found

    def two_dates(self, dates: Mapping[str, Sequence[Statement]]) -> Iterator[Finding]:
        """Activities with days that do not meet."""
        for activity, said in sorted(dates.items()):
            times = {_span(one): one for one in sorted(said, key=lambda one: one.id, reverse=True)}
            if len(times) > 1 and max(first for first, _ in times) > min(last for _, last in times):
                values = (first if first == last else f"{first}/{last}" for first, last in sorted(times))
                quotes = (self._quote("date", one) for _, one in sorted(times.items(), key=lambda item: item[0]))
                yield self._finding("two-dates", activity, values, quotes)

    def hubs(self, net: nx.Graph[str]) -> Iterator[Finding]:
        """Things with far more neighbours than others of their class that have any."""
        degrees: dict[str, dict[str, int]] = defaultdict(dict)
        for entity, degree in net.degree():
            if degree:
                degrees[self.things[entity].type][entity] = degree
        far = []
        for group in degrees.values():
            mean = sum(group.values()) / len(group)
            far += [(-n / mean, entity, n) for entity, n in group.items() if n >= max(HUB, FAR * mean)]
        for times, entity, degree in sorted(far)[:HUBS]:
            facts = sorted(self.of[entity], key=lambda fact: (-fact.sources, fact.id))[:FEW]
            values = (str(degree), f"{-times:.0f}")
            yield self._finding("hub", entity, values, self._quotes(facts))


@cache
def _sole_titles() -> tuple[str, ...]:
    lines = resource("lexicon/sole-titles.tsv").read_text(encoding="utf-8").split("\n")
    return tuple(sorted((line for line in lines[1:] if line), key=lambda title: (-len(title), title)))


def sole_title(title: str) -> str:
    """Return the kind of a post that a body has once, 主席 for 工会主席; "" for others and for deputies."""
    if "副" in title or "兼职" in title:
        return ""
    return next((kind for kind in _sole_titles() if title.endswith(kind)), "")


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _dates(statements: Iterable[Statement], canonical: Mapping[str, str]) -> dict[str, list[Statement]]:
    """Return, for each activity, the statements that give it a day that is not vague."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.predicate == "date" and one.status in ("happened", "planned") and one.subject in canonical:
            values = dict(one.qualifiers)
            if values.get("vague") != "true" and _day(values.get("start", "")):
                found[canonical[one.subject]].append(one)
    return found


def _span(date: Statement) -> tuple[str, str]:
    values = dict(date.qualifiers)
    return values["start"], values.get("end", "") or values["start"]
