"""What changed between two workspaces, and why: entities and facts that came, went or are known otherwise.

Both are read as streams in the order of ids; what is held is what differs. A cause is something that the two builds
were given differently: a page, a line that a person wrote, the rules, an option. Where the same statement is part of
another fact, the names at its ends were resolved otherwise, and the cause is whatever joined or parted them.

Everything here is symmetric: `diff(b, a)` says the same as `diff(a, b)`, the other way round.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from kg.errors import WorkspaceError
from kg.links import Link, Links, lines_of_people, overruled
from kg.model import Decision, Entity, FactRow, LocalEntity, Page, Statement
from kg.resolve import IdTable, Outcome
from kg.resolve.corrections import RULE as ADDED
from kg.resolve.facts import INFERRED
from kg.resolve.ids import APART
from kg.resolve.names import NATION, around
from kg.resolve.rulings import FILE as JUDGEMENTS
from kg.text import normal
from kg.workspace import PageRow, Workspace

__all__ = ["Cause", "Change", "Field", "diff"]

Kind = Literal[
    "page added",
    "page changed",
    "page removed",
    "judgement added",
    "judgement removed",
    "correction added",
    "correction removed",
    "rules changed",
    "options changed",
    "ids changed",
    "not known",
]
_RULES = ("version", "rules", "proposers", "repair", "weak_rules")  # what makes the same page come out otherwise
_CONTEXT = frozenset({"Activity", "Person"})  # keyed by the keys of other things
_SETTINGS = ("paper", "issue_date", "home")
_NAMES = frozenset({"name", "aliases"})
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """What the two builds were given differently: `what` is the id of a page, the text of a line, or the names of rules
    and options. `effect` and `keys`: the two keys that it joined or parted, where it worked through resolution."""

    kind: Kind
    what: str = ""
    effect: Literal["", "joined", "parted"] = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """What is known otherwise: a value before and after; of lists what is only in the one and only in the other."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Change:
    """An entity or a fact that is not the same in both workspaces.

    `type` is its class or its relation, `name` what to call it, `ends` the ids at the ends of a fact. `relative` is the
    entity that an entity became part of, or was part of.
    """

    change: Literal["added", "changed", "removed"]
    thing: Literal["entity", "fact"]
    id: str
    type: str
    name: str
    ends: tuple[str, ...]
    fields: tuple[Field, ...]
    relative: str
    causes: tuple[Cause, ...]


def diff(
    before: Workspace,
    after: Workspace,
    *,
    classes: Collection[str] = (),
    relations: Collection[str] = (),
) -> list[Change]:
    """Return what changed between two workspaces: entities, then facts, by class or relation and by name.

    `classes` and `relations` narrow it: only entities of these classes, only facts of these relations. Neither stands
    for everything.
    """
    everything = not classes and not relations
    return _Comparison(before, after).changes(
        None if everything else frozenset(classes), None if everything else frozenset(relations)
    )


def _merge(
    left: Iterable[Record], right: Iterable[Record], key: Callable[[Record], str]
) -> Iterator[tuple[Record | None, Record | None]]:
    """Pair the records of two streams in the order of keys; None stands where one has none."""
    mine, yours = _ordered(left, key), _ordered(right, key)
    one, other = next(mine, None), next(yours, None)
    while one is not None or other is not None:
        if other is None or (one is not None and key(one) < key(other)):
            yield one, None
            one = next(mine, None)
        elif one is None or key(other) < key(one):
            yield None, other
            other = next(yours, None)
        else:
            yield one, other
            one, other = next(mine, None), next(yours, None)


def _ordered(records: Iterable[Record], key: Callable[[Record], str]) -> Iterator[Record]:
    last = ""
    for record in records:
        if key(record) < last:
            raise WorkspaceError(f"{key(record)} stands behind {last}: not in order; build the workspace again")
        last = key(record)
        yield record


class _Side:
    """One of the two workspaces: of what it holds, the part that differs, and what is needed to say why."""

    def __init__(self, space: Workspace, *, after: bool) -> None:
        self.space = space
        self.after = after
        self.bound = 0.0
        self.lines = lines_of_people(space)
        self.texts = {(line.file, line.text) for line in self.lines}
        self.touching: dict[str, list[Outcome]] = defaultdict(list)
        for line in self.lines:
            for touched in line.touched:
                self.touching[touched].append(line)
        self.retyping: dict[str, list[Outcome]] = defaultdict(list)  # by the name of what is retyped
        self.idle: dict[str, list[Outcome]] = defaultdict(list)  # by each word: lines that would do something elsewhere
        for line in self.lines:
            for word in _words(line.text) if line.idle else ():
                self.idle[word].append(line)
            if line.text.startswith("retype\t"):
                self.retyping[_words(line.text)[0]].append(line)
        self.rows: dict[str, FactRow] = {}  # facts that differ, and by what they begin with
        self.begun: dict[tuple[str, str], list[FactRow]] = defaultdict(list)
        self.rejected: set[str] = set()
        self.said: dict[str, Statement] = {}
        self.entities: dict[str, Entity] = {}  # entities that differ
        self.by_region: dict[tuple[str, str], list[str]] = defaultdict(list)  # the same, by class and code of division
        self.names: dict[str, str] = {}  # of what stands at the ends of facts that differ
        self.types: dict[str, str] = {}
        self.regions: dict[str, str] = {}
        self.ids = IdTable()
        self.pages: dict[str, str] = {}  # article -> page, of the pages that differ
        self.statements: list[Statement] = []  # of these pages
        self.alone: set[str] = set()  # local entities of this side only
        self.decisions: dict[str, Decision] = {}
        self.came: dict[str, list[str]] = defaultdict(list)  # entity -> local entities that are part of others there
        self.members: dict[str, list[Decision]] = defaultdict(list)  # entity -> decisions, where keys met or parted
        self.owners: dict[str, str] = {}  # key of what one side has alone -> the entity that has it here
        self.keys: dict[str, str] = {}  # entity -> the key that gives it its id
        self.overruled = overruled(space)
        self.links = Links((), (), (), self.overruled)
        self.about: dict[str, set[str]] = defaultdict(set)  # person or activity -> the bodies its keys are made of
        self.articles: dict[str, str] = {}  # local entity -> article
        self.forms: dict[str, tuple[str, ...]] = {}  # local entity -> what it is called

    def take(self, row: FactRow) -> None:
        """Keep a fact that differs."""
        self.rows[row.id] = row
        self.begun[row.subject, row.predicate].append(row)
        self.said |= {one.id: one for one in row.made}

    def read(self, row: PageRow) -> Page:
        """Keep what a page says that is not the same on the other side, or was read otherwise; return the page."""
        record = self.space.page(row)
        for extraction in record.extractions:
            self.pages[extraction.article.key] = record.page.id
            self.statements += extraction.statements
            for local in extraction.entities:
                self.meet(local)
        return record.page

    def meet(self, local: LocalEntity) -> None:
        """Keep where a local entity is named, and how."""
        self.articles[local.id] = local.article
        self.forms[local.id] = (local.name, *local.aliases)

    def cluster(self, local: str) -> set[str]:
        """Return every key of the entity that a local entity belongs to."""
        decision = self.decisions.get(local)
        return {key for one in self.members[decision.entity] for key in one.keys} if decision else set()


class _Comparison:
    """Holds what two workspaces differ in, and traces differences back to what the builds were given.

    The methods that look for causes take the side that has something and the side that lacks it.
    """

    def __init__(self, before: Workspace, after: Workspace) -> None:
        self.sides = (_Side(before, after=False), _Side(after, after=True))
        self.pages: dict[str, Kind] = {}
        self.settings: set[str] = set()  # pages that have another paper, day or home, which all their articles have
        self.moved: set[str] = set()  # local entities of both sides, with other keys or part of another entity
        self.rules: frozenset[Cause] = frozenset()
        self.common: set[str] = set()  # first keys of what is the same on both sides
        self._known: dict[tuple[str, str], frozenset[Cause]] = {}

    def changes(self, classes: frozenset[str] | None, relations: frozenset[str] | None) -> list[Change]:
        """Read what is needed, and return what changed; None stands for all."""
        self._read_facts(relations)
        self._read_entities()
        if not any(side.rows or side.entities for side in self.sides):
            return []
        self._read_heads()
        self._read_pages()
        self._read_decisions()
        found = [*self._entities(classes), *self._facts()]
        return sorted(found, key=lambda one: (one.thing, one.type, one.name, one.id))

    def _ways(self) -> tuple[tuple[_Side, _Side], tuple[_Side, _Side]]:
        a, b = self.sides
        return (a, b), (b, a)

    # ----------------------------------------------------------------------------------------------- reading

    def _read_facts(self, relations: frozenset[str] | None) -> None:
        a, b = self.sides
        for one, other in _merge(a.space.fact_rows(), b.space.fact_rows(), lambda row: row.id):
            if one == other:
                continue
            for side, row in ((a, one), (b, other)):
                if row is not None and (relations is None or row.predicate in relations):
                    side.take(row)
        for side, other_side in self._ways():
            for row in side.space.fact_rows(rejected=True):
                if row.id in other_side.rows:
                    side.rejected.add(row.id)
                    side.said |= {one.id: one for one in row.made}

    def _read_entities(self) -> None:
        a, b = self.sides
        ends = {end for side in self.sides for row in side.rows.values() for end in (row.subject, row.object)}
        for one, other in _merge(a.space.entities(), b.space.entities(), lambda entity: entity.id):
            for side, entity in ((a, one), (b, other)):
                if entity is not None and entity.id in ends:
                    side.names[entity.id] = entity.name
                    side.types[entity.id], side.regions[entity.id] = entity.type, _region(entity)
                if entity is not None and one != other:
                    side.entities[entity.id] = entity
                    side.by_region[entity.type, _region(entity)].append(entity.id)

    def _read_heads(self) -> None:
        heads = [{**side.space.head, **side.space.head.get("options", {})} for side in self.sides]
        rules = [name for name in _RULES if heads[0].get(name) != heads[1].get(name)]
        self.rules = frozenset({Cause("rules changed", ", ".join(rules))} if rules else ())
        for side, head in zip(self.sides, heads, strict=True):
            side.bound = float(head.get("min_confidence", 0.0))

    def _read_pages(self) -> None:
        """Read the pages that are not the same on both sides, or were read otherwise."""
        a, b = self.sides
        for one, other in _merge(a.space.rows(), b.space.rows(), lambda row: row.id):
            if one == other:
                continue
            read = [side.read(row) if row is not None else None for side, row in ((a, one), (b, other))]
            if read[0] is None and read[1] is not None:
                self.pages[read[1].id] = "page added"
            elif read[0] is not None and read[1] is None:
                self.pages[read[0].id] = "page removed"
            elif read[0] is not None and read[1] is not None and read[0] != read[1]:
                self.pages[read[0].id] = "page changed"
                if any(getattr(read[0], name) != getattr(read[1], name) for name in _SETTINGS):
                    self.settings.add(read[0].id)
        for side in self.sides:
            side.ids = IdTable.parse(side.space.ids(), source=f"{side.space.path}: ids.tsv")

    def _read_decisions(self) -> None:
        a, b = self.sides
        rekeyed: set[str] = set()
        for one, other in _merge(a.space.decisions(), b.space.decisions(), lambda decision: decision.local):
            for side, mine, yours in ((a, one, other), (b, other, one)):
                if mine is not None and yours is None:
                    side.alone.add(mine.local)
                    side.decisions[mine.local] = mine
            if one is not None and other is not None and (one.entity, one.keys) != (other.entity, other.keys):
                self.moved.add(one.local)
                for side, decision in ((a, one), (b, other)):
                    side.decisions[decision.local] = decision
                    side.came[decision.entity].append(decision.local)
                if one.keys != other.keys and one.keys[0].partition("|")[0] in _CONTEXT:
                    rekeyed.add(one.local)
        rows = (self.sides[0].rows, self.sides[1].rows)
        needed = {
            said
            for mine, yours in (rows, rows[::-1])
            for row in mine.values()
            for said in (row.statements if row.id not in yours else {*row.statements} - {*yours[row.id].statements})
        }
        for side in self.sides:
            keyed = {one for one in side.alone if side.decisions[one].keys[0].partition("|")[0] in _CONTEXT}
            self._use(side, needed, rekeyed | keyed, side.statements)
        if rekeyed or needed - a.said.keys() - b.said.keys():
            for side in self.sides:
                self._use(side, needed, rekeyed, side.space.statements())
        bodies = {body for side in self.sides for found in side.about.values() for body in found}
        for side in self.sides:
            side.statements.clear()
            self._read_owners(side)
        for side in self.sides:
            self._read_clusters(side, bodies)
        touched = {one for side in self.sides for line in side.lines for one in line.touched} if self.moved else set()
        for side in self.sides:
            if not (self.moved | side.alone) <= side.articles.keys() or touched:
                for local in side.space.locals():
                    if local.id in touched or local.id in side.alone or local.id in self.moved:
                        side.meet(local)

    @staticmethod
    def _use(side: _Side, ids: set[str], keyed: set[str], statements: Iterable[Statement]) -> None:
        """Keep the statements of facts that differ, and on what the keys of people and activities are made of."""
        for one in statements:
            if one.id in ids:
                side.said[one.id] = one
            if one.predicate == "hasRole" and one.subject in keyed:
                side.about[one.subject].add(one.object)
            elif one.predicate == "organizes" and one.object in keyed:
                side.about[one.object].add(one.subject)

    def _read_owners(self, side: _Side) -> None:
        """Read which entities have the keys of what one side has alone, and which keys of bodies both sides have."""
        keys = {has.decisions[local].keys[0] for has in self.sides for local in has.alone}
        for one in side.space.decisions() if keys or self.moved else ():
            side.owners |= dict.fromkeys(keys.intersection(one.keys), one.entity)
            if one.local not in side.alone and one.local not in self.moved:
                self.common.add(one.keys[0])

    def _read_clusters(self, side: _Side, bodies: set[str]) -> None:
        """Read the decisions on everything that is part of an entity whose keys met or parted."""
        if bodies:
            side.decisions |= {one.local: one for one in side.space.decisions() if one.local in bodies}
        wanted = {side.decisions[local].entity for local in self.moved | bodies if local in side.decisions}
        for has, lacks in self._ways():
            for decision in map(has.decisions.__getitem__, has.alone):
                key = decision.keys[0]
                there = lacks.owners.get(key, "")
                context = decision.local in has.about
                if context or has.ids.ids.get(key) != decision.entity or there not in ("", decision.entity):
                    wanted |= {decision.entity, there} if has is side else {there}
        if not wanted:
            return
        for one in side.space.decisions():
            if one.entity in wanted:
                side.members[one.entity].append(one)
        side.links = Links(
            (one for found in side.members.values() for one in found), side.lines, side.space.links(), side.overruled
        )
        side.keys = {entity.id: entity.key for entity in side.space.entities() if entity.id in wanted}

    # ----------------------------------------------------------------------------------------------- changes

    def _facts(self) -> Iterator[Change]:
        a, b = self.sides
        for own in sorted(a.rows.keys() | b.rows.keys()):
            one, other = a.rows.get(own), b.rows.get(own)
            fields = tuple(_fact_fields(one, other)) if one and other else ()
            if one and other and not fields:
                continue  # the same words stand on other lines of their page
            causes: set[Cause] = set()
            for (has, lacks), row in zip(self._ways(), (one, other), strict=True):
                if row is not None:
                    causes |= self._fact(has, lacks, row)
            side, row = (b, other) if other is not None else (a, one)
            if row is None:
                continue
            yield Change(
                _sort(one, other),
                "fact",
                own,
                row.predicate,
                _called(row, side.names),
                (row.subject, row.object),
                fields,
                "",
                _sorted(causes or self.rules),
            )

    def _entities(self, classes: frozenset[str] | None) -> Iterator[Change]:
        a, b = self.sides
        for own in sorted(a.entities.keys() | b.entities.keys()):
            one, other = a.entities.get(own), b.entities.get(own)
            entity = other or one
            if entity is None or (classes is not None and entity.type not in classes):
                continue
            fields: tuple[Field, ...] = ()
            if one and other:
                fields = tuple(_entity_fields(one, other))
                if not fields:
                    continue  # more or fewer articles name it: the facts tell
                causes = self._known_otherwise(one, other, fields)
                relative = ""
            else:
                has, lacks = (b, a) if other else (a, b)
                causes, relative = self._came(has, lacks, entity), self._relative(has, lacks, entity)
            yield Change(
                _sort(one, other), "entity", own, entity.type, entity.name, (), fields, relative, _sorted(causes)
            )

    @staticmethod
    def _relative(has: _Side, lacks: _Side, entity: Entity) -> str:
        """Return the entity that an entity of one side is part of on the other, "" where it is none."""
        if entity.id in lacks.ids.replaced:
            return lacks.ids.successor(entity.id)
        shared = (local for local in entity.locals if local not in has.alone)
        found = Counter(lacks.decisions[local].entity for local in shared if local in lacks.decisions)
        return min(found, key=lambda one: (-found[one], one)) if found else ""

    # ------------------------------------------------------------------------------------- causes: facts

    def _fact(self, has: _Side, lacks: _Side, row: FactRow) -> set[Cause]:
        """Say why a fact, or statements of it, are on one side only."""
        if row.id in lacks.rejected:
            return {cause for line in lacks.touching[row.id] for cause in self._line(lacks, has, line)}
        there = frozenset(lacks.rows[row.id].statements if row.id in lacks.rows else ())
        causes: set[Cause] = set()
        if row.confidence < lacks.bound:
            causes.add(Cause("options changed", "min_confidence"))
        if row.id not in lacks.rows:
            causes |= self._idle(has, lacks, (row.id,))
        for one in row.statements:
            if one not in there:
                causes |= self._statement(has, lacks, row, has.said[one])
        return causes

    def _statement(self, has: _Side, lacks: _Side, row: FactRow, said: Statement) -> set[Cause]:
        """Say why a statement is part of a fact on one side only."""
        if said.evidence.rule == ADDED:
            added = {cause for line in has.touching[row.id] for cause in self._added(has, lacks, row, line)}
            return added or self._cited(has, lacks, row, said)
        if row.qualifiers == INFERRED:
            return self._inferred(has, lacks, row, said)
        if said.id not in lacks.said:
            placed = (self._placed(has, lacks, end) for end in (said.subject, said.object))
            return set(self._read(has, lacks, said.evidence.article)).union(*placed)
        causes = {cause for end in (said.subject, said.object) for cause in self._resolved(end)}
        if not causes and said.evidence.confidence != lacks.said[said.id].evidence.confidence:
            causes |= self.rules
        return causes

    def _added(self, has: _Side, lacks: _Side, row: FactRow, line: Outcome) -> set[Cause]:
        """Say why a line adds a fact on one side only: the line, and whatever its words mean since."""
        causes = set(self._line(has, lacks, line))
        words = frozenset(_words(line.text))
        for end in (row.subject, row.object):
            for local in has.came.get(end, ()):
                if not words.isdisjoint(map(normal, (*has.decisions[local].keys, *has.forms[local]))):
                    causes |= self._resolved(local)
        return causes

    def _cited(self, has: _Side, lacks: _Side, row: FactRow, said: Statement) -> set[Cause]:
        """Say why a fact that a person added, or that follows from a name, cites a sentence on one side only."""
        article = said.evidence.article
        if article in has.pages and article not in lacks.pages:
            return set(self._read(has, lacks, article))
        causes: set[Cause] = set()
        for end in (row.subject, row.object):
            for local in has.came.get(end, ()):
                if has.articles[local] == article:
                    causes |= self._resolved(local)
        return causes

    def _inferred(self, has: _Side, lacks: _Side, row: FactRow, said: Statement) -> set[Cause]:
        """Say why something follows from names on one side only: an end is there on one side only, or something nearer
        is there on the other, or it is stated there."""
        ends = (row.subject, row.object)
        causes: set[Cause] = set()
        for end in ends:
            if end in has.entities and end not in lacks.entities:
                causes |= self._came(has, lacks, has.entities[end])
            elif end in has.entities and set(has.entities[end].locals).isdisjoint(lacks.entities[end].locals):
                causes |= self._gained(has, lacks, has.entities[end])  # nothing that both sides have keeps it there
        for rival in lacks.begun.get((row.subject, row.predicate), ()):
            if rival.qualifiers != INFERRED:
                if rival.object == row.object and rival.status == "happened":
                    causes |= self._fact(lacks, has, rival)
            elif rival.object in lacks.entities and rival.object not in has.entities:
                causes |= self._came(lacks, has, lacks.entities[rival.object])
        for nearer in self._nearer(has, lacks, row):
            if nearer.id not in has.entities:
                causes |= self._came(lacks, has, nearer)
        for end in (*ends, *(one.id for one in self._nearer(has, lacks, row))):
            # what was joined or parted may have another region
            for side in self.sides:
                for local in side.came.get(end, ()):
                    causes |= self._resolved(local)
        causes = causes or self._cited(has, lacks, row, said)
        if row.id in lacks.rows and row.subject in lacks.entities:  # what is cited is the first of all its articles
            before = (one for one in lacks.entities[row.subject].locals if one in lacks.alone)
            earlier = {lacks.articles[one] for one in before} - has.pages.keys()
            for article in earlier:
                if article < said.evidence.article:
                    causes |= self._read(lacks, has, article)
        if not causes and row.id not in lacks.rows:
            for one, other in self._ways():
                for end in ends:
                    if end in one.entities:
                        causes |= self._gained(one, other, one.entities[end])
        return causes

    @staticmethod
    def _nearer(has: _Side, lacks: _Side, row: FactRow) -> Iterator[Entity]:
        """Yield what stands nearer above the subject of an inferred fact, on the side that lacks it."""
        code = has.regions.get(row.subject, "")
        above = around(code) if code == NATION or code.isdecimal() else ()
        target = has.regions.get(row.object, "")
        for code in above[: above.index(target)] if target in above else ():
            for own in lacks.by_region.get((has.types[row.object], code), ()):
                yield lacks.entities[own]

    # ---------------------------------------------------------------------------------- causes: entities

    def _known_otherwise(self, one: Entity, other: Entity, fields: Collection[Field]) -> set[Cause]:
        """Say why the name, the other names or the properties of an entity changed."""
        causes: set[Cause] = set()
        if all(field.name in _NAMES for field in fields):
            for (has, lacks), mine, yours in zip(self._ways(), (one, other), (other, one), strict=True):
                names = {mine.name, *mine.aliases} - {yours.name, *yours.aliases} or {mine.name}
                missing = set(mine.locals).difference(yours.locals)
                causes |= self._locals(has, lacks, (one for one in missing if not names.isdisjoint(has.forms[one])))
        if not causes:
            (a, b), _ = self._ways()
            causes = self._gained(a, b, one) | self._gained(b, a, other)
        if causes:
            return causes
        for side in self.sides:
            for page in {side.pages.get(side.articles.get(local, ""), "") for local in one.locals} & self.settings:
                causes.add(Cause("page changed", page))
        return causes or self._node(one)

    def _came(self, has: _Side, lacks: _Side, entity: Entity) -> set[Cause]:
        """Say why an entity is on one side only."""
        if not entity.locals:
            return self._node(entity)
        return self._locals(has, lacks, entity.locals)

    def _gained(self, has: _Side, lacks: _Side, entity: Entity) -> set[Cause]:
        """Say why local entities are part of an entity on one side only."""
        there = lacks.entities[entity.id].locals if entity.id in lacks.entities else ()
        return self._locals(has, lacks, set(entity.locals).difference(there))

    def _node(self, entity: Entity) -> set[Cause]:
        """Say why the node of a page or of an article is on one side only, or known otherwise."""
        page = str(dict(entity.props).get("page", "")) or entity.key.removeprefix("Page|")
        return {Cause(self.pages[page], page)} if page in self.pages else set(self.rules)

    def _locals(self, has: _Side, lacks: _Side, locals_: Iterable[str]) -> set[Cause]:
        """Say why local entities of one side are not part of the same entity on the other.

        Where a person's line, or two keys that met or parted, moved one that both sides have, it moves those of the
        same key and name as well that one side alone has: that their pages are new or gone then explains nothing.
        """
        causes: set[Cause] = set()
        alone: list[str] = []
        swept: set[tuple[str, str]] = set()
        for local in locals_:
            if local in has.alone:
                alone.append(local)
            elif found := self._resolved(local):
                causes |= found
                key = has.decisions[local].keys[0]
                if all(cause.effect for cause in found):
                    swept.add((key, ""))
                elif all(cause.effect or not cause.kind.startswith("page") for cause in found):
                    swept.add((key, has.forms[local][0]))
        for local in alone:
            key = has.decisions[local].keys[0]
            if not swept & {(key, ""), (key, has.forms[local][0])}:
                causes |= self._read(has, lacks, has.articles[local])
                causes |= self._placed(has, lacks, local)
        return causes

    def _read(self, has: _Side, lacks: _Side, article: str) -> frozenset[Cause]:
        """Say why an article of one side says what it does not say on the other."""
        page = has.pages.get(article, "")
        if page in self.pages and article not in lacks.pages:
            return frozenset({Cause(self.pages[page], page)})
        return self.rules | {Cause("page changed", page)} if page in self.settings else self.rules

    # -------------------------------------------------------------------------------- causes: resolution

    def _resolved(self, local: str) -> frozenset[Cause]:
        """Say why a local entity of both sides is not part of the same entity."""
        if local not in self.moved:
            return frozenset()
        return self._once("resolved", local, self._find_resolved)

    def _find_resolved(self, local: str) -> set[Cause]:
        causes = set(self._keyed(local))
        for x, y in self._ways():
            decision = x.decisions[local]
            steps = x.links.chain(decision.keys[0], (x.keys[decision.entity],))
            found = {cause for link in steps for cause in self._linked(x, y, link)}
            if found:  # other links may hold it as well: all that lead away have to go
                around_it = y.links.joined(y.decisions[local].keys[0])
                found |= {cause for link in x.links.leaving(around_it) for cause in self._linked(x, y, link)}
            causes |= found
        one, other = (side.decisions[local] for side in self.sides)
        return causes if causes or one.entity == other.entity else {Cause("ids changed")}

    def _keyed(self, local: str) -> frozenset[Cause]:
        """Say why a local entity of both sides has other keys."""
        if local not in self.moved or len({side.decisions[local].keys for side in self.sides}) == 1:
            return frozenset()
        return self._once("keyed", local, self._find_keyed)

    def _find_keyed(self, local: str) -> set[Cause]:
        side = self.sides[0]
        page = side.pages.get(side.articles[local], "")
        causes = {Cause(self.pages[page], page)} if page in self.settings else set()
        for x, y in self._ways():
            causes |= self._idle(x, y, x.decisions[local].keys)
            for touched in (local, *(key for key in x.decisions[local].keys if APART in key)):
                for line in x.touching.get(touched, ()):
                    causes |= self._line(x, y, line)
            for body in sorted(x.about.get(local, ())):
                causes |= self._keyed(body)
                for key in sorted(x.cluster(body) - y.cluster(body)):
                    for link in x.links.chain(x.decisions[body].keys[0], (key,)):
                        causes |= self._linked(x, y, link)
        return causes or self._neighbours(local) or set(self.rules)

    def _neighbours(self, local: str) -> set[Cause]:
        """Say whose class, in the same article, a person changed: a union is called after its host."""
        causes: set[Cause] = set()
        for x, y in self._ways():
            for line in x.lines:
                if any(x.articles.get(touched) == x.articles[local] for touched in line.touched):
                    causes |= self._line(x, y, line)
        return causes

    def _placed(self, has: _Side, lacks: _Side, local: str) -> set[Cause]:
        """Say what else it took for a local entity of one side only to be part of its entity: the other side would have
        put it elsewhere."""
        decision = has.decisions.get(local) if local in has.alone else None
        if decision is None:
            return set()
        causes: set[Cause] = set()
        key, name = decision.keys[0], normal(has.forms[local][0])
        for touched in (local, *(key for key in decision.keys if APART in key)):
            for line in has.touching.get(touched, ()):
                causes |= self._line(has, lacks, line)
        retyping = (one for one in lacks.retyping.get(name, ()) if f"\t{key.partition('|')[0]}" not in one.text)
        for line in (*retyping, *lacks.touching.get(f"{key}{APART}{name}", ())):
            causes |= self._line(lacks, has, line)
        causes |= self._idle(has, lacks, decision.keys)
        if decision.entity not in has.keys:
            return causes
        goal = has.keys[decision.entity]
        for link in has.links.chain(key, (goal,)):
            causes |= self._linked(has, lacks, link)
        there = lacks.owners.get(key, "")
        if there in lacks.keys and there != decision.entity:
            for link in lacks.links.chain(key, (lacks.keys[there],)):
                causes |= self._linked(lacks, has, link)
        for body in sorted(has.about.get(local, ())):
            for end in sorted(one for one in has.cluster(body) if one in goal):
                causes |= self._placed(has, lacks, body)
                for link in has.links.chain(has.decisions[body].keys[0], (end,)):
                    causes |= self._linked(has, lacks, link)
        return causes

    def _idle(self, has: _Side, lacks: _Side, words: Iterable[str]) -> set[Cause]:
        """Say which lines would have kept something from being there, had they had anything to work on: they are gone
        on the side that has it."""
        lines = (line for word in words for line in lacks.idle.get(normal(word), ()))
        return {
            cause for line in lines if (line.file, line.text) not in has.texts for cause in self._line(lacks, has, line)
        }

    def _linked(self, x: _Side, y: _Side, link: Link) -> set[Cause]:
        """Say why two keys are joined directly on side `x`; nothing where they are on side `y` as well."""
        joining = x.links.decisions.get(link, ())
        still = any(one.local not in self.moved and one.local not in x.alone for one in joining)
        if link in y.links or (still and link not in y.overruled):
            return set()
        causes = {cause for line in x.links.lines.get(link, ()) for cause in self._line(x, y, line)}
        for one in joining:
            causes |= self._read(x, y, x.articles[one.local]) if one.local in x.alone else self._keyed(one.local)
        if link in x.links.rules:
            causes |= self._only_one(x, y, link)
        if link in y.overruled:
            apart = {line for key in x.links.joined(link[0]) for line in y.touching.get(key, ())}
            for line in apart:
                if line.text.startswith("different\t"):
                    causes |= self._line(y, x, line)
        effect: Literal["joined", "parted"] = "joined" if x.after else "parted"
        return {one if one.effect else Cause(one.kind, one.what, effect, link) for one in causes}

    def _only_one(self, x: _Side, y: _Side, link: Link) -> set[Cause]:
        """Say why a rule joins two keys on one side only: the other side has not both, or others of that brand."""
        brands = {_brand(key) for key in link}
        causes: set[Cause] = set()
        for has, lacks, theirs in ((x, y, True), (y, x, False)):
            for local in has.alone | self.moved:
                key = has.decisions[local].keys[0]
                if key in self.common or (key in link) != theirs or _brand(key) not in brands:
                    continue
                alone = local in has.alone
                causes |= self._read(has, lacks, has.articles[local]) if alone else self._keyed(local)
        return causes

    # ------------------------------------------------------------------------------- causes: lines of people

    def _line(self, has: _Side, lacks: _Side, line: Outcome) -> frozenset[Cause]:
        """Say why a line does on one side what it does not do on the other."""
        key = (line.file, line.text)
        if key in lacks.texts:
            return self._once(*key, self._find_meaning)
        if line.file == JUDGEMENTS:
            return frozenset({Cause("judgement added" if has.after else "judgement removed", line.text)})
        return frozenset({Cause("correction added" if has.after else "correction removed", line.text)})

    def _find_meaning(self, text: str) -> set[Cause]:
        """Say why the words of a line mean something else: something is called so, or has such a key, on one side."""
        words = frozenset(_words(text))
        causes: set[Cause] = set()
        for has, lacks in self._ways():
            for local in has.alone | self.moved:
                if not words.isdisjoint(map(normal, (*has.decisions[local].keys, *has.forms[local]))):
                    alone = local in has.alone
                    causes |= self._read(has, lacks, has.articles[local]) if alone else self._keyed(local)
        return causes

    def _once(self, what: str, name: str, find: Callable[[str], set[Cause]]) -> frozenset[Cause]:
        """Find the causes of one thing once; what is asked for while it is being found adds nothing."""
        if (what, name) not in self._known:
            self._known[what, name] = frozenset()
            self._known[what, name] = frozenset(find(name))
        return self._known[what, name]


# ------------------------------------------------------------------------------------------------------ what is shown


def _sort(one: object, other: object) -> Literal["added", "changed", "removed"]:
    return "changed" if one and other else "added" if other else "removed"


def _brand(key: str) -> tuple[str, ...]:
    """Return the class of a key and how the name proper begins, which is all that names joined by a rule share."""
    kind, *parts = key.split("|")
    return kind, parts[1][:2] if len(parts) > 1 else ""


def _region(entity: Entity) -> str:
    """Return the code of the division that a district is, or that the name of a body has; "" for none."""
    return entity.key.split("|")[1] if entity.type in ("District", "TradeUnion") and "|" in entity.key else ""


def _words(text: str) -> list[str]:
    """Return what a line of people names, folded."""
    return [normal(cell.partition(":")[2] or cell) for cell in text.split("\t")[1:4]]


def _sorted(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    return tuple(sorted(causes)) or (Cause("not known"),)


def _called(row: FactRow, names: Mapping[str, str]) -> str:
    ends = [names.get(end, end) for end in (row.subject, row.object)]
    more = "".join(f" {name}={value}" for name, value in row.qualifiers)
    status = f" ({row.status})" if row.status != "happened" else ""
    return f"{ends[0]} {row.predicate}{more} {ends[1]}{status}"


def _fact_fields(one: FactRow, other: FactRow) -> Iterator[Field]:
    for name in ("qualifiers", "confidence", "sources"):
        before, after = getattr(one, name), getattr(other, name)
        if before != after:
            yield Field(name, before, after)
    if one.statements != other.statements:
        yield _only("statements", one.statements, other.statements)


def _entity_fields(one: Entity, other: Entity) -> Iterator[Field]:
    for name in ("type", "key", "name"):
        before, after = getattr(one, name), getattr(other, name)
        if before != after:
            yield Field(name, before, after)
    if one.aliases != other.aliases:
        yield _only("aliases", one.aliases, other.aliases)
    mine, yours = dict(one.props), dict(other.props)
    for name in sorted(mine.keys() | yours.keys()):
        if mine.get(name) != yours.get(name):
            yield Field(name, mine.get(name), yours.get(name))


def _only(name: str, one: tuple[str, ...], other: tuple[str, ...]) -> Field:
    """Return what only one of two lists holds."""
    return Field(name, tuple(sorted(set(one) - set(other))), tuple(sorted(set(other) - set(one))))
