"""One specimen of every form of entity and fact, held to the laws of the graph and the SHACL shapes.

What these can say of a form they say of its specimen, so that the number of forms, not of facts, is what it costs;
SHACL on everything takes hours where there are some 100,000 facts. What is wrong with one value only is not seen: for
that there is `kg check`. Each specimen is checked by itself, with the little that it rests on, so that what was found
holds for as long as that stays the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from kg.check import Violation, check_graphs
from kg.graph import graph_of
from kg.model import Article, Entity, Fact, FactRow, Value
from kg.quality.records import Shapes
from kg.workspace import NAME

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = [
    "Chosen",
    "Row",
    "Stock",
    "Verdicts",
    "choose",
    "form_of_entity",
    "form_of_fact",
    "shapes",
    "specimens",
]

Row = tuple[str, int, str]  # form, number of statements (0 for an entity), id
Chosen = Mapping[str, tuple[int, str]]  # form -> number of statements and id of its specimen
Verdicts = Mapping[str, tuple[Violation, ...]]  # hash of a specimen and what it rests on -> what is wrong with it


# ------------------------------------------------------------------------------------------------------- the choice


def form_of_entity(entity: Entity) -> str:
    """Return the form of an entity: its class and properties, and of what kind the value of each is."""
    return " ".join((entity.type, *(f"{name}={_kind(value)}" for name, value in entity.props)))


def form_of_fact(subject: str, target: str, fact: Fact | FactRow) -> str:
    """Return the form of a fact, given the classes of its ends: what it joins by which relation in which way."""
    return " ".join((subject, fact.predicate, target, fact.status, *(name for name, _ in fact.qualifiers)))


_DIGIT = re.compile("[0-9]")
_NUMERAL = re.compile("[0-9-]{1,10}")  # 2025-03-12 is of another form than 2025-03


def _kind(value: Value) -> str:
    date = isinstance(value, str) and _NUMERAL.fullmatch(value)
    return _DIGIT.sub("9", str(value)) if date else type(value).__name__


def choose(
    before: Chosen,
    dropped: Collection[str],
    new: Iterable[Row],
    rescan: Callable[[Collection[str]], Iterable[Row]],
) -> dict[str, tuple[int, str]]:
    """Return the specimen of each form, that with the fewest statements, then the smallest id.

    `before` is what was chosen last; `dropped` are the ids of the rows that are no more, or are among `new`, as they
    are now. `rescan` gives all rows, as they are now, of some forms: those whose specimen went or is not the least now.
    """
    best = _best(new)
    lost: set[str] = set()
    for form, old in before.items():
        if old[1] not in dropped:
            best[form] = min(best.get(form, old), old)
        elif form not in best or best[form] > old:
            lost.add(form)
    return best | _best(rescan(lost)) if lost else best


def _best(rows: Iterable[Row]) -> dict[str, tuple[int, str]]:
    best: dict[str, tuple[int, str]] = {}
    for form, count, own in rows:
        row = (count, own)
        if form not in best or row < best[form]:
            best[form] = row
    return best


# -------------------------------------------------------------------------------------------------------- the check


class Stock(Protocol):
    """Where records lie; each function returns those that are there."""

    def entities(self, ids: Collection[str]) -> Mapping[str, Entity]:
        """Return entities by id."""

    def facts(self, ids: Collection[str]) -> Mapping[str, Fact]:
        """Return facts, with all their statements, by id."""

    def on_page(self, articles: Collection[str]) -> Mapping[str, Fact]:
        """Return the fact that says on which page an article stands, by the id of the article."""

    def articles(self, keys: Collection[str]) -> Mapping[str, Article]:
        """Return articles by key."""

    def former(self, ids: Collection[str]) -> Mapping[str, list[str]]:
        """Return the retired ids that lead to an entity, sorted, by its id."""


def specimens(stock: Stock, entities: Iterable[str], facts: Iterable[str]) -> Iterator[MultiDiGraph[str]]:
    """Yield a graph for each entity and fact that was chosen: of itself, the ends of a fact, the articles it stands in,
    and the pages that any of these stand on."""
    chosen = stock.facts(list(facts))
    rests: list[tuple[set[str], list[Fact]]] = [({entity}, []) for entity in entities]
    rests += (
        ({fact.subject, fact.object, *(said.evidence.article for said in fact.statements)}, [fact])
        for fact in chosen.values()
    )
    on_page = stock.on_page(set[str]().union(*(kept for kept, _ in rests)))
    for kept, told in rests:
        pages = [on_page[entity] for entity in sorted(kept) if entity in on_page]
        told += (page for page in pages if page not in told)
        kept.update(page.object for page in pages)
    everything = set[str]().union(*(kept for kept, _ in rests))
    known, former = stock.entities(everything), stock.former(everything)
    articles = stock.articles({said.evidence.article for _, told in rests for fact in told for said in fact.statements})
    for kept, told in rests:
        yield graph_of((known[entity] for entity in kept), told, articles, former, workspace=NAME)


def shapes(
    stock: Stock, entities: Iterable[str], facts: Iterable[str], known: Verdicts = MappingProxyType({})
) -> tuple[Shapes, dict[str, tuple[Violation, ...]]]:
    """Hold the specimens that were chosen to the laws of the graph and the SHACL shapes.

    `known` is what was returned last beside the result, of the same program: what it says is not checked again.
    """
    graphs = {_hash(graph): graph for graph in specimens(stock, entities, facts)}
    fresh = [own for own in graphs if own not in known]
    found = dict(zip(fresh, map(tuple, check_graphs([graphs[own] for own in fresh])), strict=True))
    verdicts = {own: found[own] if own in found else known[own] for own in graphs}
    nodes = {node for graph in graphs.values() for node in graph}
    edges = {key for graph in graphs.values() for *_, key in graph.edges(keys=True)}
    broken = {one for verdict in verdicts.values() for one in verdict}
    return Shapes(len(nodes), len(edges), tuple(sorted(broken))), verdicts


def _hash(graph: MultiDiGraph[str]) -> str:
    whole = [list(graph.nodes(data=True)), list(graph.edges(keys=True, data=True))]
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()
