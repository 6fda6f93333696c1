"""From what articles say to what is: local entities to entities, statements to facts.

Bodies and districts come first, by the keys of their names; then activities and people, whose keys need to know who
their organisers and employers are. Keys that one local entity has more than one of are joined by a `Linker`,
and so are those that people judged to be one; what people correct comes first (classes) and last (facts).

A run is given the articles that came and those that went, and works on what these touch: the keys of their names, the
bodies these are compared with, the clusters of keys that come apart or together, the entities of those clusters, and
the facts of those entities. What it does not touch it does not read; `State` remembers it. The first run is one in
which every article came. Nothing here depends on the order in which articles come, nor on how many runs they came in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from kg.io import dump, load
from kg.model import (
    Candidate,
    Decision,
    Entity,
    Extraction,
    FactRow,
    KeyLink,
    LocalEntity,
    Page,
    Value,
)
from kg.resolve.articles import Articles, Source
from kg.resolve.bearers import Bearers
from kg.resolve.bodies import BODIES, Reader
from kg.resolve.clusters import Clusters, judgement_of, links_of
from kg.resolve.context import Keyed
from kg.resolve.corrections import correct, outcome, written
from kg.resolve.entities import aliases_of, article_entity, best_name, literal_props, page_entity, page_id
from kg.resolve.facts import mention_fact
from kg.resolve.ids import IdTable
from kg.resolve.joining import JOINED, body_of, joins
from kg.resolve.lookup import Lookup
from kg.resolve.making import Facts
from kg.resolve.names import NATION, NameKey, hints_of
from kg.resolve.pairs import Pairs
from kg.resolve.records import Dropped, Resolution, Unresolved
from kg.resolve.rulings import Applied, apply, splits
from kg.resolve.state import (
    Again,
    ByHand,
    Coded,
    Form,
    Link,
    LocalRow,
    Split,
    State,
    Thing,
    UnresolvedRow,
)
from kg.resolve.tables import Correction, Outcome, Ruling
from kg.text import normal
from ontology import ontology

__all__ = ["Changes", "Run", "resolve"]

_GROUPS = ("by_region", "by_form", "by_brand")


@dataclass
class Changes:
    """What a run changed: records by id, None for those that went; what is not named is as it was."""

    entities: dict[str, Entity | None] = field(default_factory=dict)
    facts: dict[str, FactRow | None] = field(default_factory=dict)
    decisions: dict[str, Decision | None] = field(default_factory=dict)


class Run:
    """One run of resolve over what came and went. `go` does the steps in order; `changes` holds what they changed.

    `rulings` and `corrections` may be others than those of the run before, but for corrections of classes.
    """

    def __init__(
        self,
        state: State,
        *,
        came: Iterable[Extraction],
        gone: Iterable[Extraction] = (),
        pages: Iterable[Page] = (),
        pages_gone: Iterable[str] = (),
        source: Source | None = None,
        ids: IdTable | None = None,
        rulings: Sequence[Ruling] = (),
        corrections: Sequence[Correction] = (),
        min_confidence: float = 0.0,
    ) -> None:
        self.state, self.ids, self.rulings = state, ids or IdTable(), rulings
        self.retypings = [line for line in corrections if line.action == "retype"]
        self.corrections = [line for line in corrections if line.action != "retype"]
        self.applied: list[Applied] = []
        self.told: list[Outcome] = []
        news = list(pages)
        earlier = source or Source()
        self.articles = Articles(state, earlier, self.ids, news, self.retypings)
        self.facts = Facts(state, self.articles, earlier, min_confidence)
        self.clusters = Clusters(state)
        self.changes = Changes(facts=self.facts.changes)
        self.changes.entities |= dict.fromkeys(map(page_id, pages_gone))
        self.changes.entities |= {page_id(page.id): page_entity(page) for page in news}
        self.lost: dict[str, LocalRow] = {}  # local entities as they were, of articles that are read again
        self.fresh: set[str] = set()  # local entities that are keyed in this run
        self.touched: set[str] = set()  # keys whose bearers changed
        self.moved: set[str] = set()  # local entities that belong to another entity now
        self.renamed: set[str] = set()  # things that came, went, or changed name, class or date
        self.regrouped: set[str] = set()  # articles of which some moved, though they say what they said
        self.articles.take(came, gone)

    def go(self) -> None:
        """Do the steps in order."""
        for key in self.articles.gone:
            for row in self.state.locals.having("article", key):
                self._drop(row)
        for key in self.articles.came:
            reader = self.articles.reader(key)
            for local in reader.locals.values():
                if local.type in BODIES:
                    self._put(reader, local)
        again = self._reunite()
        self._join()
        self._judge(self.rulings, BODIES)
        changed = self.clusters.settle(self.touched)
        self._key_others(changed, again)
        self._judge(self._idle(), ontology.classes)
        self.facts.restore()
        self._make_entities(changed | self.clusters.settle(self.touched))
        self.facts.make(self.lost.values(), self.regrouped)
        self.facts.infer()
        self._correct()
        self._note_unresolved()
        Pairs(self.state, self.fresh, self._name).look(self.made, self.moved)

    # -------------------------------------------------------------------------------------------------- keys

    def _put(self, reader: Reader, local: LocalEntity) -> None:
        """Note the keys of a local entity, and the links that they are."""
        keys = reader.keyed[local.id].keys
        row = LocalRow(
            local.id,
            local.article,
            local.type,
            local.name,
            normal(local.name),
            local.aliases,
            tuple(chain.from_iterable(local.hints)),
            keys[0],
            keys[1:],
            "",  # it is put into an entity later
            _code(local.type, reader.names[local.id]),
            bool(local.mentions),
            reader.bonds(local) if local.type == "Person" else (),
            tuple(reader.organisers(local.id)) if local.type == "Activity" else (),
        )
        self.state.locals.put(row)
        for number, (kind, form) in enumerate(_forms(row, reader.names[local.id])):
            self.state.forms.put(Form(f"{row.id} {number}", form, kind, row.id))
        self.fresh.add(local.id)
        self.touched.update(keys)
        if len(keys) > 1:
            for key in keys:
                self.state.again.put(Again(f"{local.id} {key}", key, local.id))
            for judgement in links_of(row):
                self.clusters.link(judgement)

    def _drop(self, row: LocalRow) -> None:
        """Forget a local entity as it was."""
        self.lost.setdefault(row.id, row)
        self.touched.update(row.keys)
        self.state.locals.drop(row.id)
        for number in range(len(row.aliases) + 1):
            self.state.forms.drop(f"{row.id} {number}")
        if row.more:
            for key in row.keys:
                self.state.again.drop(f"{row.id} {key}")
            for judgement in links_of(row):
                self.clusters.linker.discard(judgement)

    def _name(self, row: LocalRow) -> NameKey:
        """Return the parsed name of a local entity, whose article is read again if need be."""
        reader = self.articles.reader(row.article)
        if row.id not in reader.names:
            self._key_other(reader, reader.locals[row.id])
        return reader.names[row.id]

    def _join(self) -> None:
        """Join the keys of bodies that can only be one, given all there are."""
        groups: set[tuple[str, str]] = set()
        last_lost: dict[str, str] = {}
        for row in self.lost.values():
            last_lost[row.key] = max(row.id, last_lost.get(row.key, ""))
        for key in sorted(key for key in self.touched if key.partition("|")[0] in JOINED):
            bearers = self.state.locals.having("key", key)
            speaker = bearers[-1] if bearers else None
            if speaker is not None and speaker.id not in self.fresh and last_lost.get(key, "") < speaker.id:
                continue  # it spoke for the key before
            old = self.state.bodies.get(key)
            new = body_of(key, self._name(speaker)) if speaker is not None else None
            if old == new:
                continue
            if new is not None:
                self.state.bodies.put(new)
            else:
                self.state.bodies.drop(key)
            for column in _GROUPS:
                groups |= {(column, getattr(one, column)) for one in (old, new) if one and getattr(one, column)}
        for column, group in sorted(groups):
            name = f"{column} {group}"
            for link in self.state.links.having("group", name):
                self.state.links.drop(link.id)
                self.clusters.linker.discard(judgement_of(link))
                self.touched |= {link.left, link.right}
            for one in joins(column, self.state.bodies.having(column, group)):
                link_id = f"{name} {one.left} {one.right}"
                self.state.links.put(Link(link_id, name, one.left, one.right, one.score, one.reasons))
                self.clusters.link(one)
                self.touched |= {one.left, one.right}

    def _key_others(self, changed: Collection[str], again: Collection[str]) -> None:
        """Key activities and people: of the articles that came, of some that are to be keyed `again`, and of those in
        which a body has another key than before, or hangs together with others."""
        again = {
            *again,
            *(row.article for row in self.lost.values() if row.id in self.fresh),
            *(
                row.article
                for key in changed
                for row in chain(self.state.locals.having("key", key), self.clusters.with_several(key))
            ),
        }
        for article in (*self.articles.came, *sorted(again.difference(self.articles.came))):
            reader = self.articles.reader(article)
            others = [local for local in reader.locals.values() if local.type in ("Activity", "Person")]
            for local in others:
                self._key_other(reader, local)
                row = self.state.locals.get(local.id)
                if row is not None and row.keys != reader.keyed[local.id].keys:
                    self._drop(row)
                    row = None
                if row is None:
                    self._put(reader, local)

    def _key_other(self, reader: Reader, local: LocalEntity) -> None:
        """Key an activity or a person, whose keys hang on those of bodies."""
        if local.type == "Activity":
            reader.key_activity(local, self._cluster_keys)
        elif local.type == "Person":
            reader.key_person(local, self._cluster_keys)

    def _cluster_keys(self, local: str) -> Sequence[str]:
        """Return every key of the body that a local entity is; none for what is no body."""
        row = self.state.locals.get(local)
        return self.clusters.members(self.clusters.root(row.key)) if row is not None and row.type in BODIES else ()

    # ------------------------------------------------------------------------------------------------ people

    def _idle(self) -> list[Ruling]:
        """Take back the rulings that named nothing yet."""
        idle = [one.ruling for one in self.applied if one.idle]
        self.applied = [one for one in self.applied if not one.idle]
        return idle

    def _reunite(self) -> set[str]:
        """Take back what people judged the last time: give those that were split the keys of their names again, and put
        all that was judged before the linker. Return articles whose activities and people may have lost their keys."""
        again: set[str] = set()
        for one in self.state.splits:
            self.state.splits.drop(one.local)
            row = self.state.locals.get(one.local)
            if row is not None:
                again.add(row.article)
                if row.type in BODIES:
                    reader = self.articles.reader(row.article)
                    self._drop(row)
                    self._put(reader, reader.locals[row.id])
        for pair in self.state.by_hand:
            self.state.by_hand.drop(pair.id)
            self.touched |= {pair.left, pair.right}
        return again

    def _judge(self, rulings: Sequence[Ruling], kinds: Collection[str]) -> None:
        """Apply what people judged of things of these classes, all of which have their keys."""
        if not rulings:
            return
        self.clusters.open(self.touched)
        known = Bearers(self.state, kinds, self.clusters.root_by_rules, self.ids)
        moved: set[str] = set()
        for split in splits(rulings, known):
            for row in split.locals:
                if row.id not in moved:
                    moved.add(row.id)
                    self._split(row, split.key, split.reason)
        self.clusters.open(self.touched)
        todo, before = list(rulings), -1
        while todo and len(todo) != before:  # what one ruling joins may be what another calls by one name
            round_, before = list(apply(todo, known)), len(todo)
            todo = [one.ruling for one in round_ if one.idle]
            self.applied += [one for one in round_ if not one.idle]
            for judgement in (judgement for one in round_ for judgement in one.judgements):
                left, right = judgement.left, judgement.right
                self.clusters.open((left, right))
                self.clusters.linker.add(judgement)
                self.state.by_hand.put(ByHand(f"{left} {right}", left, right))
        self.applied += apply(todo, known)

    def _split(self, row: LocalRow, key: str, reason: str) -> None:
        """Give a local entity a key of its own."""
        reader = self.articles.reader(row.article)
        keyed = self._keyed(row)
        self._drop(row)
        reader.keyed[row.id] = Keyed((key,), (*keyed.reasons, reason))
        self._put(reader, reader.locals[row.id])
        self.state.splits.put(Split(row.id))

    # ---------------------------------------------------------------------------------------------- entities

    def _make_entities(self, changed: Collection[str]) -> None:
        """Make the entities of all clusters whose keys or bearers changed."""
        keys = self.touched | set(changed)
        gone = {
            thing.id
            for root in {self.clusters.was[key] for key in keys}
            for thing in self.state.things.having("root", root)
        }
        clusters: dict[str, tuple[tuple[str, ...], list[LocalRow]]] = {}
        for root in {self.clusters.root(key) for key in keys}:
            ordered = tuple(sorted(self.clusters.members(root), key=lambda key: ("@" in key, key)))
            members = [row for key in ordered for row in self.state.locals.having("key", key)]
            if members:
                clusters[root] = (ordered, sorted(members, key=lambda row: row.id))
        self.ids = self.ids.assign(keys for keys, _ in clusters.values())
        before = {own: self.state.things.get(own) for own in gone}
        for own in gone:
            self.state.things.drop(own)
            self.state.coded.drop(own)
        for root in sorted(clusters):
            self._make_entity(root, *clusters[root])
        self.made = {*gone, *self.ids.now.values()}
        for own in self.made:
            was, now = before.get(own), self.state.things.get(own)
            if was is None or now is None or now.type == "Activity" or was[2:] != now[2:]:
                self.renamed.add(own)
        for own in gone:
            self.changes.entities.setdefault(own)
        for local in self.lost:
            self.changes.decisions.setdefault(local)
        self._make_articles()

    def _make_entity(self, root: str, keys: tuple[str, ...], members: Sequence[LocalRow]) -> None:
        own, kind = self.ids.now[keys[0]], members[0].type
        name = best_name(kind, self._names(members))
        props = self._props(members) if kind == "Activity" else {}
        if kind == "District" and members[0].code.isdecimal():
            props["code"] = members[0].code
        key = next(key for key in keys if self.ids.ids.get(key) == own)
        locals_ = tuple(row.id for row in members)
        entity = Entity(own, key, kind, name, aliases_of(name, members), tuple(sorted(props.items())), locals_)
        self.changes.entities[own] = entity
        self.state.things.put(Thing(own, root, kind, name, key))
        if code := next((row.code for row in reversed(members) if row.code), ""):
            article, local = min(((row.article, row.id) for row in members if row.mentioned), default=("", ""))
            self.state.coded.put(Coded(own, root, kind, code, article, local))
        for row in members:
            if row.entity != own:
                self._move(row, own)

    def _move(self, row: LocalRow, entity: str) -> None:
        """Note that a local entity belongs to another entity than before."""
        self.state.locals.put(row._replace(entity=entity))
        if row.article not in self.articles.came:
            self.moved.add(row.id)
            self.regrouped.add(row.article)
            self.facts.changes[mention_fact(row.article, row.entity)] = None
        keyed = self._keyed(row)
        self.changes.decisions[row.id] = Decision(row.id, entity, keyed.keys, keyed.reasons)

    def _keyed(self, row: LocalRow) -> Keyed:
        reader = self.articles.reader(row.article)
        if row.id not in reader.keyed:
            self._key_other(reader, reader.locals[row.id])
        return reader.keyed[row.id]

    def _names(self, members: Iterable[LocalRow]) -> list[tuple[str, Mapping[str, str]]]:
        """Return each name in print with what an article tells of it."""
        last = {row.name: row for row in members}
        return [(name, self._hints(row)) for name, row in last.items()]

    def _hints(self, row: LocalRow) -> dict[str, str]:
        article = self.articles.speaker(row.article)
        assert article is not None
        return hints_of(row.hints, article.home, article.near)

    def _props(self, members: Iterable[LocalRow]) -> dict[str, Value]:
        said = (
            one for row in members for one in self.articles.extraction(row.article).statements if one.subject == row.id
        )
        return literal_props(list(said))

    def _make_articles(self) -> None:
        """Make the nodes of articles, and of pages that are known by them alone."""
        for key in self.articles.gone.keys() - self.articles.came.keys():
            self.changes.entities[key] = None
        for key, extraction in self.articles.came.items():
            article = extraction.article
            self.changes.entities[key] = article_entity(article)
            page = page_id(article.page)
            if article.page not in self.articles.lines and page not in self.changes.entities:
                self.changes.entities[page] = page_entity(None, article)

    def _correct(self) -> None:
        """Apply the lines of people that speak of facts, and tell what became of those and of others."""
        lookup = Lookup(self.state, self.ids, self.articles, self.clusters, self.facts)
        corrected = correct(self.corrections, lookup, self.articles.lines)
        self.facts.correct(corrected)
        self.told += corrected.outcomes
        self.told += (outcome(line, *self._retyped_by(line)) for line in self.retypings)

    def _retyped_by(self, line: Correction) -> tuple[list[str], str]:
        touched = [row.local for row in self.state.retyped.having("line", written(line))]
        return touched, f"nothing of another class is called {line.subject}"

    def _note_unresolved(self) -> None:
        """Note the bodies and districts whose name is tied to nothing beyond their article."""
        for local in self.lost:
            self.state.unresolved.drop(local)
        for local in chain(self.fresh, self.moved):
            row = self.state.locals.get(local)
            if row is None or row.type not in BODIES:
                continue
            name = self._name(row)
            if name.scope == "article" and "@" in row.key:
                self.state.unresolved.put(
                    UnresolvedRow(local, row.entity, row.article, row.type, row.name, name.reasons[0], name.candidates)
                )

    # --------------------------------------------------------------------------------------------- all of it

    @cached_property
    def candidates(self) -> list[str]:
        """The pairs that wait for somebody to decide, the likeliest first, a line of JSON each."""
        return list(self._waiting())

    def _waiting(self) -> Iterator[str]:
        """Leave out the pairs that a person kept apart; note with those that one was unsure of who said so."""
        judged: dict[str, Ruling] = {}
        for one in self.applied:
            if one.ruling.verdict != "same":
                sides = [{own for key in keys for own in self._ids_of(key)} for keys in (one.left, one.right)]
                judged |= {f"{min(a, b)} {max(a, b)}": one.ruling for a in sides[0] for b in sides[1]}
        for row in sorted(self.state.candidates, key=lambda row: (-row.score, row.left, row.right)):
            ruling = judged.get(row.id)
            if ruling is None:
                yield row.line
            elif ruling.verdict == "unsure":
                yield dump(replace(load(Candidate, row.line), unsure=ruling.reason))

    def _ids_of(self, key: str) -> Iterator[str]:
        return (thing.id for thing in self.state.things.having("root", self.clusters.root(key)))

    def outcomes(self) -> tuple[Outcome, ...]:
        """Return what became of each line that people wrote."""
        return tuple(sorted((*self.told, *(one.outcome for one in self.applied)), key=lambda one: (one.file, one.line)))

    def rejected(self) -> Iterator[FactRow]:
        """Yield the facts that people took out, in the order of ids."""
        return (load(FactRow, row.row) for row in self.state.rejected)

    def links(self) -> Iterator[KeyLink]:
        """Yield the pairs of keys that rules joined given all names, but for those that some local entity has both of,
        and those that a person keeps apart."""
        overruled = {(one.left, one.right) for one in self.clusters.linker.overruled()}
        found = {(link.left, link.right, link.reasons) for link in self.state.links}
        for left, right, reasons in sorted(found):
            if (left, right) not in overruled and not self._of_one(left, right):
                yield KeyLink(left, right, reasons)

    def _of_one(self, left: str, right: str) -> bool:
        """Whether a local entity has both keys, one of them as its first."""
        return any(
            row.key in (left, right) and left in row.keys and right in row.keys
            for row in self.clusters.with_several(left)
        )

    def resolution(self) -> Resolution:
        """Return all that a run from nothing found."""
        extractions = self.articles.came.values()
        statements = {one.id: one for extraction in extractions for one in extraction.statements}
        locals_ = sorted(self.fresh)
        keyed = {local: self._keyed(row) for local in locals_ if (row := self.state.locals.get(local))}
        return Resolution(
            entities=tuple(one for _, one in sorted(self.changes.entities.items()) if one is not None),
            canonical={row.id: row.entity for row in self.state.locals},
            facts=tuple(row.fact(statements) for _, row in sorted(self.changes.facts.items()) if row is not None),
            candidates=tuple(load(Candidate, line) for line in self.candidates),
            unresolved=tuple(Unresolved(row.entity, row.local, *row[2:]) for row in self.state.unresolved),
            keys={local: one.keys for local, one in keyed.items()},
            reasons={local: one.reasons for local, one in keyed.items()},
            links=tuple(self.clusters.linker.judgements()),
            overruled=tuple(self.clusters.linker.overruled()),
            contradictions=tuple(self.clusters.linker.contradictions()),
            dropped=tuple(Dropped(row.id, row.why) for row in self.state.dropped),
            reprints=self.facts.reprints,
            rejected=tuple(row.fact(statements) for row in self.rejected()),
            outcomes=self.outcomes(),
            ids=self.ids,
        )


def _forms(row: LocalRow, name: NameKey) -> Iterator[tuple[str, str]]:
    """Yield the kind of other forms than its name that a local entity is known by, and the form for comparing."""
    if name.official:
        yield "official", normal(name.official)
    for alias in row.aliases:
        yield "alias", normal(alias)


def _code(kind: str, name: NameKey) -> str:
    """Return the code of a district of the table, or of a federation that is nothing but its district's; else ""."""
    code = ""
    if name.scope == "everywhere":
        if kind == "District" and not name.part("name"):
            code = name.part("code")
        elif kind == "TradeUnion" and not name.part("host") and name.part("form") == "总工会":
            code = name.part("region")
    return code if code == NATION or code[:1].isdecimal() else ""


def resolve(
    extractions: Iterable[Extraction],
    *,
    ids: IdTable | None = None,
    pages: Iterable[Page] = (),
    rulings: Iterable[Ruling] = (),
    corrections: Iterable[Correction] = (),
) -> Resolution:
    """Decide what is the same, and return entities and facts.

    `ids` keeps the ids of earlier builds; `pages` give page nodes their source and evidence its lines; `rulings` and
    `corrections` are what people decided.
    """
    run = Run(State(), came=extractions, pages=pages, ids=ids, rulings=list(rulings), corrections=list(corrections))
    run.go()
    return run.resolution()
