"""Facts: statements that claim one thing of the same entities, and what follows from names and pages alone."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from kg.errors import OntologyError
from kg.ids import make_id
from kg.model import Article, LocalEntity, Statement, Status
from kg.resolve.cite import LineStarts, cite, state
from kg.resolve.entities import page_id
from kg.resolve.names import NATION, around
from kg.resolve.state import Coded
from ontology import ontology

__all__ = [
    "ABOUT_ARTICLES",
    "Claim",
    "claim_of",
    "fact_id",
    "in_print",
    "infer",
    "inferences",
    "mention_fact",
    "mention_statements",
    "page_fact",
    "page_statement",
    "refusal",
    "seen_on",
]

ABOUT_ARTICLES = frozenset({"mentions", "onPage", "quotedIn", "reportedBy"})  # where a thing stands, not what it is
INFERRED = (("inferred", "true"),)
INFERRED_CONFIDENCE = 0.5
_NOT_TELLING = frozenset({"seen"})  # qualifiers that do not make another fact


class Claim(NamedTuple):
    """What a fact says: two entities by id, a relation, and how."""

    subject: str
    predicate: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]
    status: Status


def fact_id(claim: Claim) -> str:
    """Return the id of the fact that says so."""
    flat = tuple(part for pair in claim.qualifiers for part in pair)
    return make_id("fact", claim.subject, claim.predicate, claim.object, claim.status, *flat)


def mention_fact(article: str, entity: str) -> str:
    """Return the id of the fact that an article mentions an entity."""
    return fact_id(Claim(article, "mentions", entity, (), "happened"))


def page_fact(article: Article) -> str:
    """Return the id of the fact that an article stands on its page."""
    return fact_id(Claim(article.key, "onPage", page_id(article.page), (), "happened"))


def claim_of(statement: Statement, entity: Callable[[str], tuple[str, str] | None]) -> Claim | str:
    """Return what a statement claims, given the entity and the class behind each end; or why no fact is made of it: the
    ontology does not allow it, or it says something of itself."""
    subject, target = entity(statement.subject), entity(statement.object)
    if subject is None or target is None:
        end = statement.subject if subject is None else statement.object
        return f"{statement.predicate}: {end} is no entity of the article"
    if subject[0] == target[0]:
        return f"{statement.predicate}: both ends are {subject[0]}"
    if why := refusal(subject[1], statement.predicate, target[1]):
        return why
    qualifiers = tuple(pair for pair in statement.qualifiers if pair[0] not in _NOT_TELLING)
    return Claim(subject[0], statement.predicate, target[0], qualifiers, statement.status)


@lru_cache(maxsize=1 << 12)
def refusal(subject: str, predicate: str, target: str) -> str:
    """Return why the ontology does not allow a relation between two classes, "" where it does."""
    try:
        ontology.check_triple(subject, predicate, target)
    except OntologyError as error:
        return str(error)
    return ""


def seen_on(statement: Statement, issue_date: str) -> str:
    """Return the day on which a statement was in print: the one that it names, else that of its article; or ""."""
    return dict(statement.qualifiers).get("seen", "") or issue_date


def in_print(statement: Statement, article: Article) -> str:
    """Return the day on which a post was in print, "" where none is known, and for what is no post."""
    if statement.predicate != "hasRole":
        return ""
    try:
        return datetime.date.fromisoformat(seen_on(statement, article.issue_date)).isoformat()
    except ValueError:
        return ""


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


def inferences(coded: Iterable[Coded]) -> Iterator[tuple[Coded, str, str]]:
    """Yield what follows from the names of federations and districts: 西城区总工会 stands under 北京市总工会, with its
    relation and the id of its object. Only what exists on both ends is said."""
    unions: dict[str, Coded] = {}
    districts: dict[str, Coded] = {}
    for one in sorted(coded, key=lambda one: one.root):
        (unions if one.type == "TradeUnion" else districts)[one.code] = one

    def above(code: str, ones: Mapping[str, Coded]) -> str | None:
        return next((ones[outer].id for outer in around(code) if outer in ones), None)

    for code, union in sorted(unions.items()):
        if outer := above(code, unions):
            yield union, "subordinateTo", outer
        if code in districts:
            yield union, "unionOf", districts[code].id
    districts.pop(NATION, None)  # that everything lies in China tells nobody anything
    for code, district in sorted(districts.items()):
        if outer := above(code, districts):
            yield district, "locatedIn", outer


def infer(claim: Claim, article: Article, local: LocalEntity, pages: Mapping[str, LineStarts]) -> Statement:
    """Say what follows from a name; the evidence is the name, where it stands first in `article`."""
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
    return state(claim.subject, claim.predicate, claim.object, evidence, qualifiers=claim.qualifiers)
