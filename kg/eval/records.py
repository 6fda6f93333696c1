"""What is compared: articles as people annotated them, and what `kg extract` printed of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NoReturn

from kg.errors import InputError, UnknownName
from kg.eval.names import fold

__all__ = [
    "RELATIONS",
    "TYPES",
    "GoldArticle",
    "GoldEntity",
    "GoldTriple",
    "PredictedEntity",
    "PredictedTriple",
    "Prediction",
    "choose",
    "read_gold",
    "read_predictions",
]

# what is annotated, in the order of the tables; other types and relations count neither for nor against
TYPES = ("TradeUnion", "Enterprise", "District", "Activity", "Person", "Venue", "Product", "Date")
RELATIONS = (
    "organizes",
    "heldAt",
    "heldIn",
    "participatesIn",
    "unionOf",
    "subordinateTo",
    "locatedIn",
    "hasRole",
    "provides",
    "awards",
    "supports",
    "reportedBy",
)
_WRITTEN = {"Union": "TradeUnion"}  # as the gold files write it


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A thing of an article; `aliases` count as right too, `optional` ones neither for nor against."""

    type: str
    name: str
    aliases: tuple[str, ...] = ()
    alt_types: tuple[str, ...] = ()
    optional: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that counts as right."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class GoldTriple:
    """A relation between main names of entities; of several names at one end any will do, of several titles as well."""

    subjects: tuple[str, ...]
    predicate: str
    objects: tuple[str, ...]
    titles: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{'/'.join(self.subjects)} | {self.predicate} | {'/'.join(self.objects)}"


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article; `splits` are the names of the parts of the set that it belongs to."""

    id: str
    entities: tuple[GoldEntity, ...]
    triples: tuple[GoldTriple, ...]
    optional_triples: tuple[GoldTriple, ...] = ()
    splits: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class PredictedEntity:
    """A thing that was found; `part` is the article it was found in, `rules` who found it, where that was printed."""

    type: str
    name: str
    aliases: tuple[str, ...] = ()
    part: str = ""
    rules: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class PredictedTriple:
    """A relation that was read; `rules` are all that read it, the one of the evidence first."""

    subject: str
    predicate: str
    object: str
    qualifier: str = ""
    status: str = "happened"
    rules: tuple[str, ...] = ()
    confidence: float | None = None
    part: str = ""

    def __str__(self) -> str:
        return f"{self.subject} | {self.predicate} | {self.object}"


@dataclass(frozen=True, slots=True)
class Prediction:
    """All that was found in one annotated article, in however many parts it was cut."""

    entities: tuple[PredictedEntity, ...] = ()
    triples: tuple[PredictedTriple, ...] = ()
    parts: tuple[str, ...] = field(default=())

    def __add__(self, other: Prediction) -> Prediction:
        return Prediction(self.entities + other.entities, self.triples + other.triples, self.parts + other.parts)


# -------------------------------------------------------------------------------------------------- from what was read


class _Source:
    """Where in the input we are, for messages."""

    def __init__(self, name: str, advice: str) -> None:
        self.name, self.advice = name, advice

    def fail(self, where: str, what: str) -> NoReturn:
        place = ", ".join(part for part in (self.name, where) if part)
        raise InputError(f"{place}: {what}; {self.advice}")

    def mapping(self, value: Any, where: str) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self.fail(where, f"an object was expected, not {value!r:.40}")
        return value

    def items(self, record: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
        value = record.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(where, f"{key!r} must be a list, not {value!r:.40}")
        return value

    def text(self, record: Mapping[str, Any], key: str, where: str) -> str:
        value = record.get(key)
        if not isinstance(value, str) or not value:
            self.fail(where, f"{key!r} is missing, or no text")
        return value

    def texts(self, record: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
        found = self.items(record, key, where)
        if not all(isinstance(one, str) for one in found):
            self.fail(where, f"{key!r} must be a list of texts")
        return tuple(found)


def read_gold(raw: bytes, *, source: str) -> tuple[GoldArticle, ...]:
    """Parse an annotated set; `source` is its name in messages. Raises InputError."""
    at = _Source(source, "give an annotated set such as tests/gold/gold.json, see tests/gold/README.md")
    try:
        whole = json.loads(raw)
    except (ValueError, RecursionError) as error:
        at.fail("", f"not JSON ({error})")
    articles = tuple(_gold_article(at, one, n) for n, one in enumerate(at.items(at.mapping(whole, ""), "articles", "")))
    if not articles:
        at.fail("", "no 'articles' in it")
    seen: set[str] = set()
    for article in articles:
        if article.id in seen:
            at.fail(f"article {article.id}", "its id is there twice")
        seen.add(article.id)
    return articles


def _gold_article(at: _Source, value: Any, number: int) -> GoldArticle:
    record = at.mapping(value, f"article {number + 1}")
    name = at.text(record, "id", f"article {number + 1}")
    where = f"article {name}"
    entities = tuple(_gold_entity(at, one, where) for one in at.items(record, "entities", where))
    known = {one for entity in entities for one in entity.names}
    triples, optional = (
        tuple(_gold_triple(at, one, where) for one in at.items(record, key, where))
        for key in ("triples", "optional_triples")
    )
    for triple in triples:
        ends = (*(triple.subjects if triple.predicate != "reportedBy" else ()), *triple.objects)
        for end in ends:
            if end not in known:
                at.fail(where, f"{triple} names {end!r}, which is none of its entities")
    splits = ["dev" if record.get("dev") else "heldout"]
    if isinstance(record.get("split"), str):
        splits.append(record["split"])
    return GoldArticle(
        name,
        entities,
        triples,
        optional,
        tuple(splits),
        record["page"] if isinstance(record.get("page"), str) else "",
    )


def _gold_entity(at: _Source, value: Any, where: str) -> GoldEntity:
    record = at.mapping(value, where)
    kind, name = at.text(record, "type", where), at.text(record, "name", where)
    return GoldEntity(
        _WRITTEN.get(kind, kind),
        name,
        at.texts(record, "aliases", f"{where}, {name}"),
        tuple(_WRITTEN.get(one, one) for one in at.texts(record, "alt_types", f"{where}, {name}")),
        bool(record.get("optional")),
    )


def _gold_triple(at: _Source, value: Any, where: str) -> GoldTriple:
    if not isinstance(value, list) or len(value) < 3 or not isinstance(value[1], str):
        at.fail(where, f"a triple is [subject, predicate, object], not {value!r:.60}")
    if value[1] not in RELATIONS:
        at.fail(where, f"no relation {value[1]!r} is scored")
    ends = [_names(at, one, where) for one in (value[0], value[2], *value[3:4])]
    return GoldTriple(ends[0], value[1], ends[1], ends[2] if len(ends) > 2 else ())


def _names(at: _Source, value: Any, where: str) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(one, str) for one in names):
        at.fail(where, f"a name or a list of names was expected, not {value!r:.40}")
    return tuple(names)


def choose(articles: Sequence[GoldArticle], *, split: str = "", ids: Iterable[str] = ()) -> tuple[GoldArticle, ...]:
    """Return the articles of one part of the set, and of these ids only where any are given. Raises UnknownName."""
    known = {name for article in articles for name in article.splits}
    if split and split not in known:
        raise UnknownName("split", split, known)
    wanted = set(ids)
    for name in sorted(wanted - {article.id for article in articles}):
        raise UnknownName("article of the gold", name, (article.id for article in articles))
    chosen = [one for one in articles if (not split or split in one.splits) and (not wanted or one.id in wanted)]
    if not chosen:
        raise UnknownName(f"article of the split {split}", ", ".join(sorted(wanted)))
    return tuple(chosen)


def read_predictions(
    lines: Iterable[bytes], articles: Sequence[GoldArticle], *, source: str
) -> tuple[tuple[GoldArticle, ...], dict[str, Prediction], tuple[str, ...]]:
    """Parse what `kg extract` printed and give each annotated article what was found in it.

    Returns the articles to compare (those of one page united, where the page was predicted as a whole), the prediction
    by article id, and the ids of lines that are of no article of `articles`. Raises InputError.
    """
    at = _Source(source, "give what kg extract printed")
    find = _finder(articles)
    found: dict[str, Prediction] = {}
    whole: set[str] = set()
    strange: dict[str, None] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            at.fail(where, f"not JSON ({error})")
        record = at.mapping(value, where)
        part = at.text(record, "id", where)
        name = find(part)
        if name is None:
            strange[part.partition("#")[0]] = None
            continue
        if name in found and (name in whole or "#" not in part):
            at.fail(where, f"a second prediction for {name}")
        if "#" not in part:
            whole.add(name)
        found[name] = found.get(name, Prediction()) + _prediction(at, record, part, where)
    if strange and not found:
        here = ", ".join(list(strange)[:3])
        at.fail("", f"no line is of an article of the gold (ids here: {here}; there: {articles[0].id}, …)")
    pages = {name for name in found if name not in {article.id for article in articles}}
    return _united(articles, pages), found, tuple(strange)


def _finder(articles: Sequence[GoldArticle]) -> Callable[[str], str | None]:
    """Return what finds the article, or the page, that an id of a prediction belongs to."""
    known = {article.id for article in articles} | {article.page for article in articles if article.page}
    figures = {article.id.lstrip("abcdefghijklmnopqrstuvwxyz"): article.id for article in articles}

    def find(part: str) -> str | None:
        name = part.partition("#")[0]
        return next((one for one in (part, name, figures.get(name, "")) if one in known), None)

    return find


def _prediction(at: _Source, record: Mapping[str, Any], part: str, where: str) -> Prediction:
    entities = []
    for value in at.items(record, "entities", where):
        one = at.mapping(value, where)
        kind = at.text(one, "type", where)
        entities.append(
            PredictedEntity(
                _WRITTEN.get(kind, kind),
                at.text(one, "name", where),
                at.texts(one, "aliases", where),
                part,
                at.texts(one, "rules", where),
            )
        )
    triples = []
    stated = at.items(record, "triples", where)
    evidence = at.items(record, "evidence", where)
    if evidence and len(evidence) != len(stated):
        at.fail(where, f"{len(stated)} triples with {len(evidence)} pieces of evidence")
    for index, value in enumerate(stated):
        if not isinstance(value, list) or len(value) < 3 or not all(isinstance(one, str) for one in value):
            at.fail(where, f"a triple is [subject, predicate, object], not {value!r:.60}")
        shown = at.mapping(evidence[index], where) if evidence else {}
        rule = shown.get("rule")
        rules = dict.fromkeys((*([rule] if isinstance(rule, str) else []), *at.texts(shown, "rules", where)))
        sure = shown.get("confidence")
        if sure is not None and not (isinstance(sure, int | float) and 0.0 <= sure <= 1.0):
            at.fail(where, f"a confidence is a number from 0 to 1, not {sure!r:.40}")
        status = shown.get("status", "happened")
        triples.append(
            PredictedTriple(
                value[0],
                value[1],
                value[2],
                value[3] if len(value) > 3 else "",
                status=str(status),
                rules=tuple(rules),
                confidence=float(sure) if isinstance(sure, int | float) else None,
                part=part,
            )
        )
    return Prediction(tuple(entities), tuple(triples), (part,))


def _united(articles: Sequence[GoldArticle], pages: set[str]) -> tuple[GoldArticle, ...]:
    """Make one article of those of each of these pages, the same things being one."""
    result = [article for article in articles if article.page not in pages]
    for page in sorted(pages):
        members = [article for article in articles if article.page == page]
        entities: dict[tuple[str, str], GoldEntity] = {}
        for one in (entity for member in members for entity in member.entities):
            key = one.type, fold(one.name)
            known = entities.get(key)
            if known is not None:
                aliases = tuple(sorted({*known.aliases, *one.aliases}))
                one = replace(known, aliases=aliases, optional=known.optional and one.optional)
            entities[key] = one
        triples = dict.fromkeys(triple for member in members for triple in member.triples)
        optional = [triple for member in members for triple in member.optional_triples]
        result.append(GoldArticle(page, tuple(entities.values()), tuple(triples), tuple(optional), (), page))
    return tuple(result)
