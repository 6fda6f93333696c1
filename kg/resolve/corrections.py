"""What people corrected: classes before anything is resolved, facts behind all else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kg.ids import make_id
from kg.model import Article, Extraction, FactRow, LocalEntity
from kg.resolve.cite import LineStarts, cite, state
from kg.resolve.facts import refusal
from kg.resolve.names import hints_of, name_key, near_codes
from kg.resolve.state import Thing
from kg.resolve.tables import Correction, Outcome, Wording, wording
from kg.text import normal, sentence_spans

__all__ = ["RULE", "Corrected", "Graph", "correct", "outcome", "retype", "written"]

FILE = "corrections.tsv"
RULE = "correction"  # the rule of facts that a person added
_SHOWN = 4

KeyOf = Callable[[str], str]  # id -> the key that gave it


def written(line: Correction) -> str:
    """Return what a line says, as it is written."""
    cells = (line.action, line.subject, " ".join((line.relation, *map("=".join, line.qualifiers))), line.object)
    return "\t".join((*cells, line.who, line.why)).rstrip("\t")


def outcome(line: Correction, touched: Iterable[str], idle: str = "") -> Outcome:
    """Return what became of a line that touched these things, or nothing for the reason `idle`."""
    found = tuple(sorted(set(touched)))
    return Outcome(FILE, line.line, written(line), line.reason, found, idle if not found else "")


# ---------------------------------------------------------------------------------------------------------- classes


def retype(
    extraction: Extraction, lines: Iterable[Correction], key_of: KeyOf
) -> tuple[Extraction, list[tuple[Correction, str]]]:
    """Give local entities the classes that a person says they are of; ids of local entities and statements stay.

    Returns what the article says then, and each line with the local ids that it gave another class.
    """
    classes: dict[str, str] = {}
    touched: list[tuple[Correction, str]] = []
    for line in lines:
        for local in _meant(wording(line.subject), extraction, key_of):
            if local.type != line.object:
                classes[local.id] = line.object
                touched.append((line, local.id))
    if not classes:
        return extraction, []
    entities = tuple(replace(one, type=classes.get(one.id, one.type)) for one in extraction.entities)
    return replace(extraction, entities=entities), touched


def _meant(words: Wording, extraction: Extraction, key_of: KeyOf) -> Iterator[LocalEntity]:
    if words.how == "name":
        form = normal(words.text)
        yield from (one for one in extraction.entities if words.type in ("", one.type) and normal(one.name) == form)
        return
    wanted = words.text if words.how == "key" else key_of(words.text)
    for local in extraction.entities:
        if local.type == wanted.partition("|")[0]:
            hints = hints_of(local.hints, extraction.article.home, near_codes(extraction.entities))
            key = name_key(local.type, local.name, hints).key
            if wanted in (key, f"{key}@{local.article}"):
                yield local


# ------------------------------------------------------------------------------------------------------------ facts


class Graph(Protocol):
    """What is asked of the graph, as it is but for what people correct."""

    def meant(self, text: str) -> Sequence[Thing]:
        """Return the things that a person may mean by `text`, sorted by id."""

    def fact(self, own: str) -> FactRow | None:
        """Return a fact by id."""

    def formerly(self, own: str) -> FactRow | None:
        """Return the fact that had an id before an end of it became one with another thing."""

    def facts(self, subjects: Iterable[Thing], relation: str, targets: Iterable[Thing]) -> Sequence[FactRow]:
        """Return the facts of one relation between some things, sorted by id."""

    def places(self, entity: str) -> Mapping[str, Sequence[str]]:
        """Return the articles that mention an entity, in order, with its local ids there."""

    def extraction(self, article: str) -> Extraction:
        """Return what an article says."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What people corrected: facts that were rejected and added, what became of each line."""

    rejected: tuple[FactRow, ...]
    added: tuple[FactRow, ...]
    outcomes: tuple[Outcome, ...]


def correct(lines: Iterable[Correction], graph: Graph, pages: Mapping[str, LineStarts]) -> Corrected:
    """Find the facts that a person rejected, and make those that one added, each with a sentence that names both ends,
    or else one that names its subject."""
    rejected: dict[str, FactRow] = {}
    added: dict[str, FactRow] = {}
    gone: set[str] = set()
    outcomes = []
    for line in lines:
        if line.action == "reject":
            found, idle = _rejected(line, graph)
            for fact in found:
                if fact.id not in gone:
                    rejected[fact.id] = fact
                    gone.add(fact.id)
                    added.pop(fact.id, None)
            outcomes.append(outcome(line, (fact.id for fact in found), idle))
        else:
            new, idle = _added(line, graph, pages)
            if new is not None and (new.id in added or (new.id not in gone and graph.fact(new.id) is not None)):
                new, idle = None, "said without it as well"
            if new is not None:
                added[new.id] = new
                gone.discard(new.id)
            outcomes.append(outcome(line, [new.id] if new is not None else [], idle))
    return Corrected(
        tuple(rejected[one] for one in sorted(rejected)), tuple(added[one] for one in sorted(added)), tuple(outcomes)
    )


def _rejected(line: Correction, graph: Graph) -> tuple[Sequence[FactRow], str]:
    if not line.relation:
        fact = graph.fact(line.subject) or graph.formerly(line.subject)
        return [fact] if fact is not None else [], f"there is no fact {line.subject}"
    subjects, targets = (graph.meant(end) for end in (line.subject, line.object))
    for end, things in ((line.subject, subjects), (line.object, targets)):
        if not things:
            return [], f"nothing is called {end}"
    facts = graph.facts(subjects, line.relation, targets)
    hits = [fact for fact in facts if set(line.qualifiers) <= set(fact.qualifiers)]
    if len({(fact.subject, fact.object) for fact in hits}) > 1:
        return [], f"may be several: write one of {', '.join(fact.id for fact in hits[:_SHOWN])}"
    return hits, "no such fact"


def _added(line: Correction, graph: Graph, pages: Mapping[str, LineStarts]) -> tuple[FactRow | None, str]:
    ends = []
    for text in (line.subject, line.object):
        found = graph.meant(text)
        if len(found) != 1:
            keys = " or ".join(one.key for one in found[:_SHOWN])
            return None, f"{text} may be several: write {keys}" if found else f"nothing is called {text}"
        ends.append(found[0])
    subject, target = ends
    if why := refusal(subject.type, line.relation, target.type):
        return None, why
    if subject.id == target.id:
        return None, f"both ends are {subject.name}"
    where = _sentence(subject.id, target.id, graph)
    if where is None:
        return None, f"{subject.name} is in no article"
    article, start, end = where
    evidence = cite(article, start, end, rule=RULE, confidence=1.0, pages=pages, why=line.reason)
    new = state(subject.id, line.relation, target.id, evidence, qualifiers=line.qualifiers)
    flat = [part for pair in line.qualifiers for part in pair]
    own = make_id("fact", subject.id, line.relation, target.id, new.status, *flat)
    claim = (subject.id, line.relation, target.id, line.qualifiers, new.status)
    return FactRow(own, *claim, 1.0, 1, (new.id,), (new,)), ""


def _sentence(subject: str, target: str, graph: Graph) -> tuple[Article, int, int] | None:
    """Return the first sentence that names both, else one of the subject in an article that names both, else any."""
    mine, yours = graph.places(subject), graph.places(target)
    both = [article for article in mine if article in yours]
    near: tuple[Article, int, int] | None = None
    for key in both:
        article = graph.extraction(key).article
        here, there = (_mentions(graph, places[key], key) for places in (mine, yours))
        for start, end in sentence_spans(article.text):
            if any(start <= at < end for at in here):
                if any(start <= at < end for at in there):
                    return article, start, end
                near = near or (article, start, end)
    for key in mine if near is None else ():
        article = graph.extraction(key).article
        here = _mentions(graph, mine[key], key)
        for start, end in sentence_spans(article.text):
            if any(start <= at < end for at in here):
                return article, start, end
    return near


def _mentions(graph: Graph, locals_: Iterable[str], article: str) -> list[int]:
    """Return where local entities are mentioned in their article."""
    wanted = frozenset(locals_)
    found = (one for one in graph.extraction(article).entities if one.id in wanted)
    return [mention.span.start for one in found for mention in one.mentions if mention.span.article == article]
