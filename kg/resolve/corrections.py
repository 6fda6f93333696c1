"""What people corrected: classes before anything is resolved, facts behind all else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import OntologyError
from kg.ids import make_id
from kg.model import Article, Entity, Extraction, Fact, LocalEntity
from kg.resolve.cite import LineStarts, cite, state
from kg.resolve.ids import IdTable
from kg.resolve.names import hints_of, name_key, near_codes
from kg.resolve.tables import Correction, Outcome, wording
from kg.text import normal, sentence_spans
from ontology import ontology

__all__ = ["RULE", "Corrected", "correct", "retype"]

FILE = "corrections.tsv"
RULE = "correction"  # the rule of facts that a person added
_SHOWN = 4


def _outcome(line: Correction, touched: Iterable[str], idle: str = "") -> Outcome:
    cells = (line.action, line.subject, " ".join((line.relation, *map("=".join, line.qualifiers))), line.object)
    text = "\t".join((*cells, line.who, line.why)).rstrip("\t")
    found = tuple(sorted(set(touched)))
    return Outcome(FILE, line.line, text, line.reason, found, idle if not found else "")


# ---------------------------------------------------------------------------------------------------------- classes


def retype(
    extractions: Sequence[Extraction], corrections: Iterable[Correction], ids: IdTable
) -> tuple[list[Extraction], list[Outcome]]:
    """Give local entities the classes that a person says they are of; ids of local entities and statements stay."""
    lines = list(corrections)
    if not lines:
        return list(extractions), []
    called: dict[str, list[tuple[int, LocalEntity]]] = defaultdict(list)
    for index, extraction in enumerate(extractions):
        for local in extraction.entities:
            called[normal(local.name)].append((index, local))
    classes: dict[int, dict[str, str]] = defaultdict(dict)  # by extraction: local ids and their new classes
    outcomes = []
    for line in lines:
        touched = []
        for index, local in _meant(line, called, extractions, ids):
            if local.type != line.object:
                classes[index][local.id] = line.object
                touched.append(local.id)
        outcomes.append(_outcome(line, touched, f"nothing of another class is called {line.subject}"))
    found = list(extractions)
    for index, new in classes.items():
        entities = (replace(one, type=new.get(one.id, one.type)) for one in found[index].entities)
        found[index] = replace(found[index], entities=tuple(entities))
    return found, outcomes


def _meant(
    line: Correction,
    called: Mapping[str, Sequence[tuple[int, LocalEntity]]],
    extractions: Sequence[Extraction],
    ids: IdTable,
) -> Iterator[tuple[int, LocalEntity]]:
    words = wording(line.subject)
    if words.how == "name":
        yield from (one for one in called.get(normal(words.text), ()) if words.type in ("", one[1].type))
        return
    keys = {words.text} if words.how == "key" else {key for key, own in ids.ids.items() if own == words.text}
    kinds = {key.partition("|")[0] for key in keys}
    for index, extraction in enumerate(extractions):
        for local in extraction.entities:
            if local.type in kinds:
                hints = hints_of(local, extraction.article.home, near_codes(extraction.entities))
                key = name_key(local.type, local.name, hints).key
                if key in keys or f"{key}@{local.article}" in keys:
                    yield index, local


# ------------------------------------------------------------------------------------------------------------ facts


@dataclass(frozen=True, slots=True)
class Corrected:
    """Facts as people corrected them: those that stay or came, those that were rejected, what became of each line."""

    facts: tuple[Fact, ...]
    rejected: tuple[Fact, ...]
    outcomes: tuple[Outcome, ...]


def correct(
    facts: Sequence[Fact],
    corrections: Iterable[Correction],
    entities: Iterable[Entity],
    ids: IdTable,
    *,
    articles: Mapping[str, Article],
    locals_: Mapping[str, LocalEntity],
    pages: Mapping[str, LineStarts],
) -> Corrected:
    """Take out the facts that a person rejected and put in those that one added, each with a sentence that names both
    ends, or else one that names its subject."""
    lines = list(corrections)
    if not lines:
        return Corrected(tuple(facts), (), ())
    known = _Known(entities, ids)
    kept = {fact.id: fact for fact in facts}
    rejected: dict[str, Fact] = {}
    outcomes = []
    for line in lines:
        if line.action == "reject":
            touched, idle = _rejected(line, facts, known)
            for name in touched:
                if name in kept:
                    rejected[name] = kept.pop(name)
        else:
            fact, idle = _added(line, known, articles, locals_, pages)
            touched = []
            if fact is not None:
                if fact.id in kept:
                    idle = "said without it as well"
                else:
                    kept[fact.id] = fact
                    touched = [fact.id]
        outcomes.append(_outcome(line, touched, idle))
    return Corrected(
        tuple(kept[one] for one in sorted(kept)), tuple(rejected[o] for o in sorted(rejected)), tuple(outcomes)
    )


class _Known:
    """Entities by what a person may call them."""

    def __init__(self, entities: Iterable[Entity], ids: IdTable) -> None:
        self.entities = {entity.id: entity for entity in entities}
        self._ids = ids
        self._by_name: dict[str, list[Entity]] = defaultdict(list)
        self._by_alias: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            self._by_name[normal(entity.name)].append(entity)
            for alias in entity.aliases:
                self._by_alias[normal(alias)].append(entity)

    def meant(self, text: str) -> list[Entity]:
        """Return the entities that `text` may mean, sorted by id."""
        words = wording(text)
        if words.how == "id" or text in self.entities:
            own = self._ids.successor(words.text)
            return [self.entities[own]] if own in self.entities else []
        if words.how == "key":
            own = self._ids.id_of(words.text)
            return [self.entities[own]] if own in self.entities else []
        for table in (self._by_name, self._by_alias):
            found = [one for one in table.get(normal(words.text), ()) if words.type in ("", one.type)]
            if found:
                return sorted(found, key=lambda one: one.id)
        return []


def _rejected(line: Correction, facts: Sequence[Fact], known: _Known) -> tuple[list[str], str]:
    if not line.relation:
        return [fact.id for fact in facts if fact.id == line.subject], f"there is no fact {line.subject}"
    subjects, objects = ({one.id for one in known.meant(end)} for end in (line.subject, line.object))
    for end, found in ((line.subject, subjects), (line.object, objects)):
        if not found:
            return [], f"nothing is called {end}"
    hits = [
        fact
        for fact in facts
        if fact.predicate == line.relation
        and fact.subject in subjects
        and fact.object in objects
        and set(line.qualifiers) <= set(fact.qualifiers)
    ]
    if len({(fact.subject, fact.object) for fact in hits}) > 1:
        return [], f"may be several: write one of {', '.join(fact.id for fact in hits[:_SHOWN])}"
    return [fact.id for fact in hits], "no such fact"


def _added(
    line: Correction,
    known: _Known,
    articles: Mapping[str, Article],
    locals_: Mapping[str, LocalEntity],
    pages: Mapping[str, LineStarts],
) -> tuple[Fact | None, str]:
    ends = []
    for text in (line.subject, line.object):
        found = known.meant(text)
        if len(found) != 1:
            keys = " or ".join(one.key for one in found[:_SHOWN])
            return None, f"{text} may be several: write {keys}" if found else f"nothing is called {text}"
        ends.append(found[0])
    subject, target = ends
    try:
        ontology.check_triple(subject.type, line.relation, target.type)
    except OntologyError as error:
        return None, str(error)
    if subject.id == target.id:
        return None, f"both ends are {subject.name}"
    where = _sentence(subject, target, articles, locals_)
    if where is None:
        return None, f"{subject.name} is in no article"
    article, start, end = where
    evidence = cite(article, start, end, rule=RULE, confidence=1.0, pages=pages, why=line.reason)
    said = state(subject.id, line.relation, target.id, evidence, qualifiers=line.qualifiers)
    flat = [part for pair in line.qualifiers for part in pair]
    own = make_id("fact", subject.id, line.relation, target.id, said.status, *flat)
    return Fact(own, subject.id, line.relation, target.id, line.qualifiers, said.status, 1.0, 1, (said,)), ""


def _sentence(
    subject: Entity, target: Entity, articles: Mapping[str, Article], locals_: Mapping[str, LocalEntity]
) -> tuple[Article, int, int] | None:
    """Return the first sentence that names both, else one of the subject in an article that names both, else any."""
    mine = _places(subject, locals_)
    yours = _places(target, locals_)
    found: list[tuple[int, str, int, int]] = []
    for key in sorted(mine):
        starts = mine[key]
        for start, end in sentence_spans(articles[key].text):
            here = [any(start <= at < end for at in places) for places in (starts, yours.get(key, []))]
            if here[0]:
                found.append((0 if here[1] else 1 if key in yours else 2, key, start, end))
    if not found:
        return None
    _, key, start, end = min(found)
    return articles[key], start, end


def _places(entity: Entity, locals_: Mapping[str, LocalEntity]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for local in entity.locals:
        for mention in locals_[local].mentions:
            places[mention.span.article].append(mention.span.start)
    return places
