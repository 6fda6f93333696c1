"""Why the graph says what it says: of a thing, of a fact, of a pair of names, and of a fact that is not there.

Everything is read from the workspace as streams, and only what concerns the question is kept.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.diff import Change, diff
from kg.errors import UnknownName
from kg.extract.confidence import ANY, FROM_OUTSIDE, table
from kg.graph import line_text
from kg.io import load
from kg.links import Links, lines_of_people, overruled
from kg.model import Article, Candidate, Entity, FactRow, LocalEntity, Statement
from kg.resolve import Contradiction, Dropped, IdTable, Judgement, NameKey, Outcome, Unresolved, name_key
from kg.resolve.cite import cite, line_starts
from kg.resolve.corrections import RULE as ADDED
from kg.resolve.facts import INFERRED
from kg.resolve.ids import APART
from kg.resolve.names import hints_of, near_codes
from kg.resolve.rulings import FILE as JUDGEMENTS
from kg.resolve.score import compare
from kg.resolve.tables import wording
from kg.text import normal, sentence_spans
from kg.workspace import Workspace
from ontology import ontology
from queries import AmbiguousName, Hit

__all__ = [
    "Answer",
    "Count",
    "End",
    "FactAccount",
    "Form",
    "Grounds",
    "Judged",
    "PairAccount",
    "Place",
    "Said",
    "Step",
    "Thing",
    "ThingAccount",
    "Unread",
    "explain_fact",
    "explain_pair",
    "explain_thing",
    "explain_triple",
    "is_fact",
]

_FACT = re.compile(r"fact-[0-9a-f]{24}")
_NEAR = 8  # names to suggest
_SENTENCES = 3  # sentences that name both ends of a fact nobody read
_MADE = {
    "mention": "where its article names it first",
    "page": "where its article stands",
    ADDED: "a person added it",
    "names": "inferred from names, never measured",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in print; `lines` as 7-9,12."""

    article: str
    page: str
    paper: str
    issue_date: str
    lines: str


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity, as far as needed to name it."""

    id: str
    key: str
    type: str
    name: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A line that a person wrote, what it says, and why it does nothing, if so."""

    file: str
    line: int
    text: str
    reason: str
    idle: str


@dataclass(frozen=True, slots=True)
class Step:
    """Two keys that were joined, and who says so."""

    left: str
    right: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a name belongs to an entity in some articles: its keys, how they came about, and by which steps the first of
    them is joined to the key of the entity."""

    keys: tuple[str, ...]
    reasons: tuple[str, ...]
    chain: tuple[Step, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form that articles use: how often, in how many articles, where first, and on what grounds it is this entity."""

    name: str
    times: int
    articles: int
    first: Place
    grounds: tuple[Grounds, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many facts of a relation and a status go out of a thing, or come in."""

    relation: str
    direction: Literal["out", "in"]
    status: str
    facts: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A pair that waits for a decision: the other thing, how likely it is the same, why."""

    other: Thing
    score: float
    reasons: tuple[str, ...]
    unsure: str


@dataclass(frozen=True, slots=True)
class ThingAccount:
    """What a thing is, and why. `gone`: only the older workspace has it; `asked`: the retired id that was asked for;
    `replaces`: retired ids that lead to it now."""

    thing: Thing
    gone: bool
    asked: str
    replaces: tuple[str, ...]
    forms: tuple[Form, ...]
    facts: tuple[Count, ...]
    people: tuple[Judged, ...]
    candidates: tuple[Answer, ...]
    unresolved: tuple[Unresolved, ...]
    since: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a statement: what the article calls it there, and why that is the entity it is."""

    name: str
    keys: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: the sentence, where it stands, the rule, and what its confidence rests on."""

    id: str
    status: str
    quote: str
    place: Place
    rule: str
    confidence: float
    measured: str
    why: str
    subject: End
    object: End


@dataclass(frozen=True, slots=True)
class FactAccount:
    """A fact and all that it rests on; `rejected`: a person took it out."""

    id: str
    subject: Thing
    relation: str
    object: Thing
    qualifiers: tuple[tuple[str, str], ...]
    status: str
    confidence: float
    sources: int
    inferred: bool
    rejected: bool
    people: tuple[Judged, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Why there is no fact: a statement that none was made of, or a sentence that no rule read so."""

    why: str
    quote: str
    place: Place


@dataclass(frozen=True, slots=True)
class TripleAccount:
    """Facts between two things; where there is none, why."""

    facts: tuple[FactAccount, ...]
    unread: tuple[Unread, ...]
    since: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class PairAccount:
    """Whether two names are one thing, and why.

    One: `chain` joins their keys (empty where they share one), `also` are other things that bear one of the names. Two:
    `verdict` and `reasons` are those of the grammar of names; besides what waits, what people judged, links of rules
    that a person's word overrules, and contradictions.
    """

    one: Thing
    other: Thing
    names: tuple[str, str]
    same: bool
    also: tuple[Thing, ...]
    grounds: tuple[tuple[Grounds, ...], tuple[Grounds, ...]]
    chain: tuple[Step, ...]
    verdict: str
    score: float
    reasons: tuple[str, ...]
    candidate: Answer | None
    people: tuple[Judged, ...]
    overruled: tuple[Step, ...]
    contradictions: tuple[Contradiction, ...]


def is_fact(text: str) -> bool:
    """Whether a text is the id of a fact."""
    return _FACT.fullmatch(text) is not None


# ---------------------------------------------------------------------------------------------------------------- names


def _meant(space: Workspace, texts: Collection[str]) -> dict[str, list[Entity]]:
    """Return for each text what it may mean: by id or key, else by name, else by alias; in the order of ids."""
    words = {text: wording(text) for text in texts}
    ids = IdTable.parse(space.ids()) if any(one.how != "name" for one in words.values()) else IdTable()
    own = {text: ids.id_of(text) if text in ids.ids else ids.successor(text) for text in words}
    keys = {text for text, one in words.items() if one.how == "key"}
    for decision in space.decisions(about=keys) if keys else ():
        own |= dict.fromkeys(keys.intersection(decision.keys), decision.entity)
    folded = {text: normal(one.text) for text, one in words.items()}
    found: dict[str, tuple[list[Entity], ...]] = {text: ([], [], []) for text in words}
    for entity in space.entities():
        names: list[str] | None = None
        for text, one in words.items():
            tiers = found[text]
            if entity.id == own[text] or entity.key == text:
                tiers[0].append(entity)
            elif one.how == "name" and one.type in ("", entity.type):
                names = names if names is not None else [normal(name) for name in (entity.name, *entity.aliases)]
                if folded[text] in names:
                    tiers[1 if folded[text] == names[0] else 2].append(entity)
    return {text: next((tier for tier in tiers if tier), []) for text, tiers in found.items()}


def _one(space: Workspace, text: str, found: Sequence[Entity]) -> Entity:
    """Return the only thing that was meant. Raises UnknownName with near names, AmbiguousName with the candidates."""
    if not found:
        raise UnknownName("entity", text, _near(space, text))
    if len(found) > 1:
        raise AmbiguousName(text, [Hit(one.id, one.type, one.name, one.aliases, "name") for one in found])
    return found[0]


def _near(space: Workspace, text: str) -> list[str]:
    """Return names that share two characters in a row with a text, the closest in length first."""
    folded = normal(wording(text).text)
    pairs = {folded[at : at + 2] for at in range(len(folded) - 1)}

    def ranked() -> Iterator[tuple[int, int, str]]:
        for name in {name for entity in space.entities() if entity.locals for name in (entity.name, *entity.aliases)}:
            shared = sum(pair in normal(name) for pair in pairs)
            if shared:
                yield -shared, len(name), name

    return [name for _, _, name in heapq.nsmallest(_NEAR, ranked())]


def _thing(entity: Entity) -> Thing:
    return Thing(entity.id, entity.key, entity.type, entity.name)


def _things(space: Workspace, ids: Collection[str]) -> dict[str, Thing]:
    return {entity.id: _thing(entity) for entity in space.entities(about=ids) if entity.id in ids} if ids else {}


def _people(lines: Iterable[Outcome], touched: Collection[str], *named: Entity) -> tuple[Judged, ...]:
    """Return the lines of people that speak of any of these keys, facts and local entities, and those that name all of
    these things and change nothing."""
    return tuple(
        Judged(one.file, one.line, one.text, one.reason, one.idle)
        for one in lines
        if any(name in touched for name in one.touched) or (named and _names(one, *named))
    )


def _names(line: Outcome, *things: Entity) -> bool:
    """Whether a line that changes nothing names all of these things."""
    words = {normal(wording(cell).text) for cell in line.text.split("\t")[1:] if cell}
    forms = ((one.id, one.key, one.name, *one.aliases) for one in things)
    return bool(line.idle) and all(any(normal(form) in words for form in some) for some in forms)


# --------------------------------------------------------------------------------------------------------------- places


class _Places:
    """Articles and pages by key, to say where something stands; `order` is that of print."""

    def __init__(self, space: Workspace, wanted: Collection[str]) -> None:
        self.articles: dict[str, Article] = {one.key: one for one in space.articles(about=wanted) if one.key in wanted}
        pages = {one.page for one in self.articles.values()}
        self._lines = {page.id: line_starts(page.text) for page in space.pages(about=pages) if page.id in pages}
        ordered = sorted(self.articles.values(), key=lambda one: (not one.issue_date, one.issue_date, one.page))
        self.order = {article.key: number for number, article in enumerate(ordered)}

    def at(self, article: str, start: int, end: int) -> Place:
        """Return where a span of an article stands."""
        one = self.articles[article]
        lines = cite(one, start, end, rule="", confidence=0.0, pages=self._lines).lines
        return Place(one.id, one.page, one.paper, one.issue_date, line_text(lines))

    def of(self, said: Statement) -> Place:
        """Return where a statement stands."""
        return self.at(said.evidence.article, said.evidence.start, said.evidence.end)


# --------------------------------------------------------------------------------------------------------------- things


class _Cluster:
    """Decisions on one entity, and how its keys hang together."""

    def __init__(self, space: Workspace, entity: Entity, lines: Sequence[Outcome]) -> None:
        self.entity = entity
        self.decisions = {one.local: one for one in space.decisions(about=[entity.id]) if one.entity == entity.id}
        self.keys = {key for one in self.decisions.values() for key in one.keys}
        self._links = Links(self.decisions.values(), lines, space.links(), overruled(space))
        self.locals = {one.id: one for one in space.locals(about=self.decisions) if one.id in self.decisions}

    def chain(self, start: str, goals: Iterable[str]) -> tuple[Step, ...]:
        """Return the steps that join a key to one of others."""
        steps = []
        for left, right in self._links.chain(start, goals):
            people = [line.reason for line in self._links.lines.get((left, right), ())]
            names = {self.locals[one.local].name for one in self._links.decisions.get((left, right), ())}
            rules = [f"{name} is both" for name in sorted(names)]
            rules += self._links.rules.get((left, right), ())
            steps.append(Step(left, right, tuple(dict.fromkeys((*people, *rules)))))
        return tuple(steps)

    def grounds(self, locals_: Iterable[LocalEntity], goals: Collection[str]) -> tuple[Grounds, ...]:
        """Return why local entities are part of the entity, each kind of grounds once, the commonest first."""
        found: Counter[tuple[tuple[str, ...], tuple[str, ...]]] = Counter()
        for local in locals_:
            decision = self.decisions[local.id]
            found[decision.keys, decision.reasons] += 1
        ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            Grounds(keys, reasons, () if set(keys) & set(goals) else self.chain(keys[0], goals), count)
            for (keys, reasons), count in ordered
        )

    def called(self, text: str) -> list[LocalEntity]:
        """Return the local entities that a name, a key or an id means; all where it is no name of any."""
        words = normal(wording(text).text)
        found = [
            one
            for one in self.locals.values()
            if text in self.decisions[one.id].keys or words in map(normal, (one.name, *one.aliases))
        ]
        return found or list(self.locals.values())


def explain_thing(space: Workspace, text: str, *, since: Workspace | None = None) -> ThingAccount:
    """Say what a thing is and why: its names with their grounds, its facts, what people judged, what is left open.

    `text` is a name, an alias, a class and a name (Enterprise:盛元集团), a key, or an id, also a retired one. With
    `since`, an older workspace, also what changed of it. Raises UnknownName, AmbiguousName.
    """
    found = _meant(space, [text])[text]
    if not found and since is not None and (gone := _meant(since, [text])[text]):
        return _gone(space, since, _one(since, text, gone))
    entity = _one(space, text, found)
    lines = lines_of_people(space)
    cluster = _Cluster(space, entity, lines)
    rows = [row for row in space.fact_rows(about=[entity.id]) if entity.id in (row.subject, row.object)]
    rejected = [row.id for row in space.fact_rows(rejected=True) if entity.id in (row.subject, row.object)]
    touched = {*cluster.keys, *cluster.decisions, *rejected, *(row.id for row in rows), entity.id}
    waiting = [one for one in space.candidates(about=[entity.id]) if entity.id in (one.left, one.right)]
    others = _things(space, {one.left for one in waiting} | {one.right for one in waiting})
    table_ = IdTable.parse(space.ids())
    changes = diff(since, space) if since is not None else []
    return ThingAccount(
        _thing(entity),
        False,
        text if text in table_.replaced else "",
        tuple(table_.former({entity.id}).get(entity.id, ())),
        _forms(space, cluster),
        _counts(rows, entity.id),
        _people(lines, touched, entity),
        tuple(_answer(one, entity.id, others) for one in waiting),
        tuple(load(Unresolved, one) for one in space.report()["unresolved"] if one["entity"] == entity.id),
        tuple(one for one in changes if entity.id in (one.id, one.relative, *one.ends)),
    )


def _gone(space: Workspace, since: Workspace, entity: Entity) -> ThingAccount:
    """Say why a thing is not there any more."""
    changes = (one for one in diff(since, space) if entity.id in (one.id, *one.ends))
    return ThingAccount(_thing(entity), True, "", (), (), (), (), (), (), tuple(changes))


def _answer(one: Candidate, own: str, others: Mapping[str, Thing]) -> Answer:
    return Answer(others[one.right if one.left == own else one.left], one.score, one.reasons, one.unsure)


def _forms(space: Workspace, cluster: _Cluster) -> tuple[Form, ...]:
    used: dict[str, list[tuple[str, int, int, LocalEntity]]] = defaultdict(list)
    for local in cluster.locals.values():
        for mention in local.mentions:
            used[mention.surface].append((mention.span.article, mention.span.start, mention.span.end, local))
    places = _Places(space, {local.article for local in cluster.locals.values()})
    forms = []
    for name, uses in sorted(used.items(), key=lambda item: (-len(item[1]), item[0])):
        article, start, end, _ = min(uses, key=lambda one: (places.order[one[0]], one[1]))
        bearers = {local.id: local for _, _, _, local in uses}
        forms.append(
            Form(
                name,
                len(uses),
                len({local.article for local in bearers.values()}),
                places.at(article, start, end),
                cluster.grounds(bearers.values(), [cluster.entity.key]),
            )
        )
    return tuple(forms)


def _counts(rows: Iterable[FactRow], own: str) -> tuple[Count, ...]:
    found: Counter[tuple[str, Literal["out", "in"], str]] = Counter()
    for row in rows:
        found[row.predicate, "out" if row.subject == own else "in", row.status] += 1
    return tuple(Count(*what, number) for what, number in sorted(found.items()))


# ---------------------------------------------------------------------------------------------------------------- facts


def explain_fact(space: Workspace, own: str, *, since: Workspace | None = None) -> TripleAccount:
    """Say what a fact rests on, given its id; also of one that a person rejected, or that only `since` still holds.

    Raises UnknownName where there is no such fact.
    """
    kept = [row for row in space.fact_rows(about=[own]) if row.id == own]
    gone = [row for row in space.fact_rows(rejected=True) if row.id == own]
    changes: list[Change] = []
    if since is not None:
        old = kept or gone or [row for row in since.fact_rows(about=[own]) if row.id == own]
        changes = [one for row in old for one in diff(since, space, relations=[row.predicate]) if one.id == own]
    if not (kept or gone or changes):
        raise UnknownName("fact", own)
    return TripleAccount(_accounts(space, kept, gone), (), tuple(changes))


def explain_triple(
    space: Workspace,
    subject: str,
    relation: str,
    target: str,
    *,
    since: Workspace | None = None,
) -> TripleAccount:
    """Say what the facts between two things rest on, or why there is none.

    The relation may have qualifiers behind it: hasRole title=主席. Names that several bear are no hindrance as long as
    facts tell which is meant. Raises UnknownName for a thing or a relation, AmbiguousName where no fact tells.
    """
    name, *pairs = relation.split() or [""]
    known = next((one for one in ontology.relations if name in (one, ontology.relations[one].neo4j)), None)
    if known is None:
        raise UnknownName("relation", name, ontology.relations)
    wanted = {(key, value) for key, _, value in (pair.partition("=") for pair in pairs)}

    def matching(there: Workspace) -> tuple[Callable[[FactRow], bool], dict[str, list[Entity]]]:
        meant = _meant(there, [subject, target])
        ends = [{one.id for one in meant[end]} for end in (subject, target)]
        return (
            lambda row: (
                row.predicate == known
                and row.subject in ends[0]
                and row.object in ends[1]
                and wanted <= set(row.qualifiers)
            ),
            meant,
        )

    fits, meant = matching(space)
    own = [one.id for one in meant[subject]]
    kept = [row for row in space.fact_rows(about=own) if fits(row)]
    gone = [row for row in space.fact_rows(rejected=True) if fits(row)]
    changes: list[Change] = []
    if since is not None:
        fitted, _ = matching(since)
        ids = {row.id for row in (*kept, *gone)} | {row.id for row in since.fact_rows() if fitted(row)}
        changes = [one for one in diff(since, space, relations=[known]) if one.id in ids]
    if kept or gone or changes:
        return TripleAccount(_accounts(space, kept, gone), (), tuple(changes))
    one, other = (_one(space, end, meant[end]) for end in (subject, target))
    return TripleAccount((), tuple(_unread(space, one, known, other, wanted)), ())


def _accounts(space: Workspace, kept: Sequence[FactRow], gone: Sequence[FactRow]) -> tuple[FactAccount, ...]:
    rows = (*kept, *gone)
    if not rows:
        return ()
    lines = lines_of_people(space)
    things = _things(space, {end for row in rows for end in (row.subject, row.object)})
    needed = {one for row in rows for one in row.statements}
    said = {one.id: one for row in rows for one in row.made}
    if needed - said.keys():
        said |= {one.id: one for one in space.statements(about=needed) if one.id in needed}
    ends = _ends(space, said.values())
    places = _Places(space, {one.evidence.article for one in said.values()})
    rejected = {row.id for row in gone}
    return tuple(
        FactAccount(
            row.id,
            things[row.subject],
            row.predicate,
            things[row.object],
            row.qualifiers,
            row.status,
            row.confidence,
            row.sources,
            row.qualifiers == INFERRED,
            row.id in rejected,
            _people(lines, {row.id}),
            tuple(_said(said[one], things, ends, places) for one in row.statements),
        )
        for row in rows
    )


def _ends(space: Workspace, said: Iterable[Statement]) -> dict[str, End]:
    """Return what stands at the ends of statements, by the ids of local entities."""
    wanted = {end for one in said for end in (one.subject, one.object)}
    names = {one.id: one.name for one in space.locals(about=wanted) if one.id in wanted}
    return {
        one.local: End(names[one.local], one.keys, one.reasons)
        for one in space.decisions(about=names)
        if one.local in names
    }


def _said(one: Statement, things: Mapping[str, Thing], ends: Mapping[str, End], places: _Places) -> Said:
    evidence = one.evidence
    return Said(
        one.id,
        one.status,
        evidence.quote,
        places.of(one),
        evidence.rule,
        evidence.confidence,
        _measured(one.predicate, evidence.rule),
        evidence.why,
        *(ends[end] if end in ends else _node(end, things) for end in (one.subject, one.object)),
    )


def _node(end: str, things: Mapping[str, Thing]) -> End:
    """Return the end of a statement that is no local entity: an article, a page, or an entity that is known already."""
    thing = things.get(end)
    return End(thing.name, (thing.key,), ()) if thing is not None else End(end, (), ())


def _measured(predicate: str, rule: str) -> str:
    """Say what the confidence of a rule rests on."""
    if rule in _MADE:
        return _MADE[rule]
    for name, of in ((predicate, rule), (predicate, ANY), (ANY, ANY)):
        row = table().get((name, of))
        if rule in FROM_OUTSIDE and of == ANY:
            return f"not measured: a proposer from outside, taken for {FROM_OUTSIDE[rule]:g}"
        if row is None:
            continue
        whose = "" if of == rule else "not measured itself; " + (f"all of {name}: " if name != ANY else "all rules: ")
        return (
            f"{whose}right in {row.right} of {row.right + row.wrong} triples on articles nobody looked at, in "
            f"{row.practised_right} of {row.practised_right + row.practised_wrong} on those that rules were made on: "
            f"{row.confidence:g}"
        )
    return "not measured"


def _unread(
    space: Workspace, one: Entity, relation: str, other: Entity, qualifiers: set[tuple[str, str]]
) -> Iterator[Unread]:
    """Say why there is no fact between two things: statements none was made of, else sentences that name both."""
    dropped = {it.statement: it.why for it in (load(Dropped, row) for row in space.report()["dropped"])}
    bound = float(space.head.get("options", {}).get("min_confidence", 0.0))
    mine, yours = {one.id, *one.locals}, {other.id, *other.locals}
    found = [
        said
        for said in space.statements(about=mine)
        if said.predicate == relation
        and said.subject in mine
        and said.object in yours
        and qualifiers <= set(said.qualifiers)
    ]
    places = _Places(space, {said.evidence.article for said in found})
    for said in found:
        sure = said.evidence.confidence
        why = dropped.get(said.id) or (
            f"its confidence {sure:g} is below the bound of the build, {bound:g}"
            if sure < bound
            else "no fact was made of it"
        )
        yield Unread(why, said.evidence.quote, places.of(said))
    if not found:
        yield from _named_together(space, one, other)


def _named_together(space: Workspace, one: Entity, other: Entity) -> Iterator[Unread]:
    """Yield the first sentences that name both, in the order of print."""
    spans: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    of = dict.fromkeys(one.locals, 0) | dict.fromkeys(other.locals, 1)
    for local in space.locals(about=of):
        if local.id in of:
            spans[local.article][of[local.id]].extend(mention.span.start for mention in local.mentions)
    places = _Places(space, {article for article, (mine, yours) in spans.items() if mine and yours})
    left = _SENTENCES
    for key in sorted(places.articles, key=places.order.__getitem__):
        for start, end in sentence_spans(places.articles[key].text):
            if left and all(any(start <= at < end for at in starts) for starts in spans[key]):
                left -= 1
                quote = places.articles[key].text[start:end]
                yield Unread("no rule read it there", quote, places.at(key, start, end))


# ---------------------------------------------------------------------------------------------------------------- pairs


def explain_pair(space: Workspace, one: str, other: str) -> PairAccount:
    """Say whether two names are one thing: by which chain of keys, or why not. Raises UnknownName, AmbiguousName."""
    meant = _meant(space, [one, other])
    shared = {entity.id for entity in meant[one]} & {entity.id for entity in meant[other]}
    if len(shared) == 1:  # 公司工会 may be several, and one of them is the other name
        also = tuple(_thing(entity) for found in meant.values() for entity in found if entity.id not in shared)
        meant = {text: [entity for entity in found if entity.id in shared] for text, found in meant.items()}
    else:
        also = ()
    left, right = (_one(space, text, meant[text]) for text in (one, other))
    lines = lines_of_people(space)
    clusters = [_Cluster(space, left, lines)]
    clusters.append(clusters[0] if left.id == right.id else _Cluster(space, right, lines))
    bearers = [cluster.called(text) for cluster, text in zip(clusters, (one, other), strict=True)]
    keys = [
        {key for local in found for key in cluster.decisions[local.id].keys}
        for cluster, found in zip(clusters, bearers, strict=True)
    ]
    grounds = [cluster.grounds(found, mine) for cluster, found, mine in zip(clusters, bearers, keys, strict=True)]
    chain: tuple[Step, ...] = ()
    judgement = Judgement.of(left.key, right.key, "same", 1.0, "one key")
    if left.id != right.id:
        judgement = _compared(space, left.type, right.type, bearers, clusters)
    elif not keys[0] & keys[1]:
        chain = min((clusters[0].chain(key, keys[1]) for key in sorted(keys[0])), key=len)
    waiting = [row for row in space.candidates(about=[left.id]) if {row.left, row.right} == {left.id, right.id}]
    said = [(clusters[0].keys | {left.id}), (clusters[1].keys | {right.id})]
    both = [
        line
        for line in lines
        if line.file == JUDGEMENTS
        and (all(not names.isdisjoint(line.touched) for names in said) or _names(line, left, right))
    ]

    def between(pair: Judgement) -> bool:
        a, b = said
        return (pair.left in a and pair.right in b) or (pair.left in b and pair.right in a)

    report = space.report()
    kept_apart = [load(Judgement, row) for row in report["overruled"]]
    against = [load(Contradiction, row) for row in report["contradictions"]]
    return PairAccount(
        _thing(left),
        _thing(right),
        (one, other),
        left.id == right.id,
        also,
        (grounds[0], grounds[1]),
        chain,
        "unsure" if waiting else judgement.verdict,
        waiting[0].score if waiting else judgement.score,
        waiting[0].reasons if waiting else judgement.reasons,
        _answer(waiting[0], left.id, {right.id: _thing(right)}) if waiting else None,
        tuple(Judged(line.file, line.line, line.text, line.reason, line.idle) for line in both),
        tuple(Step(row.left, row.right, row.reasons) for row in kept_apart if between(row)),
        tuple(row for row in against if between(row.different)),
    )


def _compared(
    space: Workspace,
    kind: str,
    other_kind: str,
    bearers: Sequence[Sequence[LocalEntity]],
    clusters: Sequence[_Cluster],
) -> Judgement:
    """Hold two names against each other as resolve does, with what their articles tell of them."""
    if kind != other_kind:
        return Judgement.of(
            kind, other_kind, "different", 0.0, f"classes differ: {', '.join(sorted((kind, other_kind)))}"
        )
    one, other = (_parsed(space, found, cluster) for found, cluster in zip(bearers, clusters, strict=True))
    if one is None or other is None:  # pages and articles
        return Judgement.of(kind, other_kind, "different", 0.0, "their ids differ")
    judgement = compare(kind, one, other)
    if judgement.verdict != "same":
        return judgement
    if kind in ("Activity", "Person"):
        why = f"which tells no {kind} by itself"
    elif any(APART in key for cluster in clusters for key in cluster.keys):
        why = "and a person told them apart"
    elif any("@" in key for cluster in clusters for key in cluster.keys):
        why = "which here speaks for its own article only"
    else:
        why = "but their articles tell them apart"
    return Judgement.of(one.key, other.key, "unsure", 0.5, f"both names come down to {one.key}", why)


def _parsed(space: Workspace, found: Sequence[LocalEntity], cluster: _Cluster) -> NameKey | None:
    """Read a name as resolve did: that form of it which gave the key, else the fullest."""
    if not found:
        return None
    local = min(found, key=lambda one: (-len(one.name), one.id))
    home = next(one.home for one in space.articles(about=[local.article]) if one.key == local.article)
    near = near_codes(one for one in space.locals(about=[local.article]) if one.article == local.article)
    hints = hints_of(local.hints, home, near)
    forms = [name_key(local.type, form, hints) for form in (local.name, *local.aliases)]
    key = cluster.decisions[local.id].keys[0].partition("@")[0]
    return next((form for form in forms if form.key == key), forms[0])
