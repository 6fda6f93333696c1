"""What looks wrong in a graph: each with its facts and the words behind them, for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.model import Article, Statement
from kg.quality.findings import findings, hub_finding, in_order
from kg.quality.net import HeldNet
from kg.quality.records import Shapes, Survey
from kg.quality.specimens import Chosen, HeldStock, choose, shapes
from kg.quality.whole import components_and_hubs
from kg.resolve import Resolution

__all__ = ["chosen", "shapes_of", "survey"]


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
