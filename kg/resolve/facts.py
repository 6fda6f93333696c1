"""Facts: statements grouped by what they say of which entities, and what follows from names and pages alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from kg.errors import OntologyError
from kg.ids import make_id
from kg.model import Article, Entity, Fact, LocalEntity, Statement
from kg.resolve.cite import LineStarts, cite, state
from kg.resolve.entities import page_id
from kg.resolve.names import NATION, around
from kg.resolve.records import Dropped
from ontology import ontology

__all__ = ["group", "hierarchy", "mention_statements", "page_statement"]

Claim = tuple[str, str, str, tuple[tuple[str, str], ...], str]

INFERRED = (("inferred", "true"),)
INFERRED_CONFIDENCE = 0.5
_NOT_TELLING = frozenset({"seen"})  # qualifiers that do not make another fact


def group(
    statements: Iterable[Statement],
    canonical: Mapping[str, str],
    types: Mapping[str, str],
    *,
    stories: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[Fact], list[Dropped]]:
    """Make one fact of all statements that claim the same of the same entities.

    `canonical` maps local ids and article keys to entity ids, `types` entity ids to classes, `stories` the articles
    that print one story to one of them: together they are one source. A statement that the ontology does not allow,
    or that says something of itself, is dropped, and told.
    """
    claims: dict[Claim, list[Statement]] = {}
    dropped: list[Dropped] = []
    for statement in statements:
        subject, target = canonical.get(statement.subject), canonical.get(statement.object)
        if subject is None or target is None:
            end = statement.subject if subject is None else statement.object
            dropped.append(Dropped(statement.id, f"{statement.predicate}: {end} is no entity of the article"))
            continue
        if subject == target:
            dropped.append(Dropped(statement.id, f"{statement.predicate}: both ends are {subject}"))
            continue
        try:
            ontology.check_triple(types[subject], statement.predicate, types[target])
        except OntologyError as error:
            dropped.append(Dropped(statement.id, str(error)))
            continue
        qualifiers = tuple(pair for pair in statement.qualifiers if pair[0] not in _NOT_TELLING)
        claims.setdefault((subject, statement.predicate, target, qualifiers, statement.status), []).append(statement)
    facts = [_fact(claim, said, stories) for claim, said in claims.items()]
    return sorted(facts, key=lambda fact: fact.id), sorted(dropped, key=lambda one: one.statement)


def _fact(claim: Claim, said: Sequence[Statement], stories: Mapping[str, str]) -> Fact:
    subject, predicate, target, qualifiers, _ = claim
    ordered = tuple(sorted(said, key=lambda one: (one.evidence.article, one.evidence.start, one.id)))
    flat = tuple(part for pair in qualifiers for part in pair)
    return Fact(
        id=make_id("fact", subject, predicate, target, ordered[0].status, *flat),
        subject=subject,
        predicate=predicate,
        object=target,
        qualifiers=qualifiers,
        status=ordered[0].status,
        confidence=max(one.evidence.confidence for one in ordered),
        sources=len({stories.get(one.evidence.article, one.evidence.article) for one in ordered}),
        statements=ordered,
    )


def mention_statements(
    article: Article, locals_: Iterable[LocalEntity], pages: Mapping[str, LineStarts]
) -> Iterator[Statement]:
    """Say of each local entity that the article mentions it; evidence is where it does so first."""
    for local in locals_:
        if local.mentions:
            span = min(mention.span for mention in local.mentions)
            evidence = cite(article, span.start, span.end, rule="mention", confidence=1.0, pages=pages)
            yield state(article.key, "mentions", local.id, evidence)


def page_statement(article: Article, pages: Mapping[str, LineStarts]) -> Statement:
    """Say on which page the article stands; evidence is its first line."""
    end = article.text.find("\n")
    evidence = cite(article, 0, len(article.text) if end < 0 else end, rule="page", confidence=1.0, pages=pages)
    return state(article.key, "onPage", page_id(article.page), evidence)


def hierarchy(
    entities: Iterable[Entity],
    regions: Mapping[str, str],
    stated: Iterable[Fact],
    first_mention: Mapping[str, tuple[Article, LocalEntity]],
    pages: Mapping[str, LineStarts],
) -> Iterator[Statement]:
    """Say what follows from the names of federations and districts: 西城区总工会 stands under 北京市总工会.

    `regions` gives the code of each district, and of each federation that is nothing but its district's. Only what
    exists on both ends is said, nothing that is stated already; ends are entity ids. The evidence is the name.
    """
    known = {(fact.subject, fact.predicate, fact.object) for fact in stated if fact.status == "happened"}
    unions: dict[str, str] = {}
    districts: dict[str, str] = {}
    for entity in entities:
        code = regions.get(entity.id)
        if code:
            (unions if entity.type == "TradeUnion" else districts)[code] = entity.id

    def above(code: str, ids: Mapping[str, str]) -> str | None:
        return next((ids[outer] for outer in around(code) if outer in ids), None)

    claims: list[tuple[str, str, str | None]] = []
    for code, union in sorted(unions.items()):
        claims.append((union, "subordinateTo", above(code, unions)))
        claims.append((union, "unionOf", districts.get(code)))
    districts.pop(NATION, None)  # that everything lies in China tells nobody anything
    claims += [(district, "locatedIn", above(code, districts)) for code, district in sorted(districts.items())]
    for subject, predicate, target in claims:
        if target is None or (subject, predicate, target) in known or subject not in first_mention:
            continue
        article, local = first_mention[subject]
        span = min(mention.span for mention in local.mentions)
        evidence = cite(
            article,
            span.start,
            span.end,
            rule="names",
            confidence=INFERRED_CONFIDENCE,
            pages=pages,
            why="inferred from the name",
        )
        yield state(subject, predicate, target, evidence, qualifiers=INFERRED)
