"""From what articles say to what is: local entities to entities, statements to facts.

Bodies and districts come first, by the keys of their names; then activities and people, whose keys need to know who
their organisers and employers are. Keys that one local entity has more than one of are joined by a `Linker`,
and so are those that people judged to be one; what people correct comes first (classes) and last (facts).
Nothing here depends on the order in which extractions come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.model import Article, Candidate, Entity, Extraction, LocalEntity, Page, Statement
from kg.resolve.bearers import Bearers
from kg.resolve.candidates import Known, candidates
from kg.resolve.cite import LineStarts, line_starts
from kg.resolve.context import Keyed, activity_keys, person_keys
from kg.resolve.corrections import correct, retype
from kg.resolve.entities import aliases_of, article_entity, best_name, literal_props, page_entity
from kg.resolve.facts import group, hierarchy, mention_statements, page_statement
from kg.resolve.ids import IdTable
from kg.resolve.joining import joins
from kg.resolve.linker import Judgement, Linker
from kg.resolve.names import NATION, NameKey, distinctive, hints_of, name_key, near_codes
from kg.resolve.records import Resolution, Unresolved
from kg.resolve.reprints import reprints, stories
from kg.resolve.rulings import Applied, apply, splits
from kg.resolve.score import compare
from kg.resolve.tables import Correction, Outcome, Ruling
from kg.text import normal
from ontology import ontology

__all__ = ["resolve"]

_BODIES = frozenset({"District", "Enterprise", "Organization", "Venue", "Product"})
_NODELESS = frozenset({"Date"})


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
    table, lines = ids or IdTable(), list(corrections)
    retyped, outcomes = retype(_once(extractions), [line for line in lines if line.action == "retype"], table)
    others = [line for line in lines if line.action != "retype"]
    return _Resolver(retyped, pages, table, list(rulings), others, outcomes).run()


def _once(extractions: Iterable[Extraction]) -> list[Extraction]:
    """Return each article once, in the order of keys."""
    found: dict[str, Extraction] = {}
    for extraction in extractions:
        key = extraction.article.key
        if key not in found or extraction.article.id < found[key].article.id:
            found[key] = extraction
    return [found[key] for key in sorted(found)]


class _Resolver:
    """Holds what one run works on."""

    def __init__(
        self,
        extractions: Sequence[Extraction],
        pages: Iterable[Page],
        ids: IdTable,
        rulings: Sequence[Ruling],
        corrections: Sequence[Correction],
        outcomes: Sequence[Outcome],
    ) -> None:
        self.extractions = extractions
        self.ids = ids
        self.rulings = rulings
        self.corrections = corrections
        self.outcomes = list(outcomes)
        self.applied: list[Applied] = []
        self.pages: dict[str, Entity] = {}
        self.lines: dict[str, LineStarts] = {}
        for page in pages:
            self.pages[page.id] = page_entity(page)
            self.lines[page.id] = line_starts(page.text)
        self.articles = {one.article.key: one.article for one in self.extractions}
        self.near = {one.article.key: near_codes(one.entities) for one in self.extractions}
        self.locals = {
            local.id: local for one in self.extractions for local in one.entities if local.type not in _NODELESS
        }
        self.types = {local.id: local.type for local in self.locals.values()}
        self.names: dict[str, NameKey] = {}
        self.keyed: dict[str, Keyed] = {}
        self.linker = Linker()
        self.members: dict[str, list[str]] = {}

    def run(self) -> Resolution:
        """Do the steps in order."""
        said = self._statements_by_local()
        for local in (*self._of(_BODIES), *self._of({"TradeUnion"})):  # unions last: they are named after their hosts
            self._key(local, self._body(local, said.get(local.id, ())))
        self._join()
        self._judge(self.rulings, {*_BODIES, "TradeUnion"})
        self._settle_members()
        for local in self._of({"Activity"}):
            mine = said.get(local.id, ())
            organisers = [one.subject for one in mine if one.predicate == "organizes" and one.object == local.id]
            self._key(local, activity_keys(local, self._activity_name(local), mine, organisers, self._cluster_keys))
        for local in self._of({"Person"}):
            name = self._name(local)
            article = self.articles[local.article]
            keyed = person_keys(local, name, said.get(local.id, ()), article, self.types, self._cluster_keys)
            self._key(local, keyed)
        self._judge(self._idle(), self.types.values())
        self._settle_members()
        return self._conclude(said)

    # -------------------------------------------------------------------------------------------------- keys

    def _statements_by_local(self) -> dict[str, list[Statement]]:
        """Index every statement by the local entities at its ends."""
        said: dict[str, list[Statement]] = defaultdict(list)
        for extraction in self.extractions:
            for statement in extraction.statements:
                for end in {statement.subject, statement.object}:
                    if end in self.locals:
                        said[end].append(statement)
        return said

    def _of(self, kinds: Iterable[str]) -> list[LocalEntity]:
        wanted = frozenset(kinds)
        return [local for _, local in sorted(self.locals.items()) if local.type in wanted]

    def _hints(self, local: LocalEntity) -> dict[str, str]:
        """Return what the article tells of the name, and where the article is at home."""
        return hints_of(local, self.articles[local.article].home, self.near[local.article])

    def _name(self, local: LocalEntity) -> NameKey:
        name = name_key(local.type, local.name, self._hints(local))
        self.names[local.id] = name
        return name

    def _activity_name(self, local: LocalEntity) -> NameKey:
        """Parse the name of an activity, with the quotation marks that any of its forms has."""
        name = self._name(local)
        forms = (local.name, *local.aliases, *(mention.surface for mention in local.mentions))
        quoted = next((form for form in forms if "“" in form and normal(form) == normal(local.name)), None)
        if quoted is not None:
            name = self.names[local.id] = name_key(local.type, quoted, self._hints(local))
        return name

    def _body(self, local: LocalEntity, said: Sequence[Statement]) -> Keyed:
        """Key a body by its name; by a fuller form of its article where there is one."""
        name = self._name(local)
        hints = {key: value for key, value in self._hints(local).items() if key != "full"}
        forms = {alias: name_key(local.type, alias, hints) for alias in local.aliases}
        known = {alias: form for alias, form in forms.items() if form.scope == "everywhere"}
        read_as = self._fuller(local, name, known) or self._of_host(local, name, said)
        reasons: list[str] = []
        if read_as is not None:
            name, why = read_as
            self.names[local.id] = name
            reasons.append(why)
        reasons += name.reasons
        if name.scope == "article":
            return Keyed((f"{name.key}@{local.article}",), (*reasons, "so it stays inside its article"))
        keys = [name.key]
        for alias, form in sorted(known.items()):
            # A registered name stands for itself; a short form stays in its article until somebody confirms it.
            if form.key != name.key and form.part("complete"):
                if compare(local.type, name, form).verdict == "different":
                    reasons.append(f"{alias} looks like another one: kept out")
                else:
                    keys.append(form.key)
                    reasons.append(f"also registered as {alias}")
        return Keyed(tuple(dict.fromkeys(keys)), tuple(reasons))

    @staticmethod
    def _fuller(local: LocalEntity, name: NameKey, known: Mapping[str, NameKey]) -> tuple[NameKey, str] | None:
        """Return the alias that says more than the name: 丰台区长辛店镇总工会, or the only one that says enough."""
        longer = [
            alias for alias in known if len(alias) > len(local.name) and normal(alias).endswith(normal(local.name))
        ]
        if longer:
            alias = min(longer, key=lambda alias: (-len(alias), alias))
        elif name.scope == "article" and len({form.key for form in known.values()}) == 1:
            alias = min(known)
        else:
            return None
        return known[alias], f"read as {alias}, as the article calls it too"

    def _of_host(self, local: LocalEntity, name: NameKey, said: Sequence[Statement]) -> tuple[NameKey, str] | None:
        """Return the union's name with the full name of its host, where the article says whose union it is."""
        hosts = {
            one.object
            for one in said
            if one.predicate == "unionOf" and one.subject == local.id and one.status == "happened"
        }
        if local.type != "TradeUnion" or len(hosts) != 1:
            return None
        host = self.locals.get(next(iter(hosts)))
        if host is None or host.type == "District" or self.names[host.id].scope != "everywhere":
            return None
        full = name_key("TradeUnion", host.name + name.part("form"), self._hints(host))
        generic = name.scope == "article" and not distinctive(name.part("host"))
        if full.scope != "everywhere" or full.key == name.key:
            return None
        if name.scope == "everywhere" and name.part("region")[:1].isdigit() and not full.part("region")[:1].isdigit():
            return None  # the union's name says where it is, its host's does not
        if not generic and compare("TradeUnion", name, full).verdict == "different":
            return None
        return full, f"the union of {host.name}, as the article says"

    def _key(self, local: LocalEntity, keyed: Keyed) -> None:
        self.keyed[local.id] = keyed
        for judgement in self._links(local, keyed):
            self.linker.add(judgement)

    @staticmethod
    def _links(local: LocalEntity, keyed: Keyed) -> Iterator[Judgement]:
        """Yield what joins the keys of one local entity."""
        first, *others = keyed.keys
        for other in others:
            yield Judgement.of(first, other, "same", 1.0, f"{local.name} in {local.article} is both")

    def _join(self) -> None:
        """Join the keys of bodies that can only be one, given all there are."""
        names = {keyed.keys[0]: self.names[local] for local, keyed in sorted(self.keyed.items())}
        for judgement in joins(names):
            self.linker.add(judgement)

    def _idle(self) -> list[Ruling]:
        """Take back the rulings that named nothing yet."""
        idle = [one.ruling for one in self.applied if one.idle]
        self.applied = [one for one in self.applied if not one.idle]
        return idle

    def _judge(self, rulings: Sequence[Ruling], kinds: Iterable[str]) -> None:
        """Apply what people judged of things of these classes, all of which have their keys."""
        if not rulings:
            return
        ours = self._of(kinds)

        def bearers() -> Bearers:
            return Bearers(ours, self.names, self.keyed, self._root, self.ids)

        moved: set[str] = set()
        for split in splits(rulings, bearers()):
            for local in split.locals:
                if local.id not in moved:
                    moved.add(local.id)
                    keyed = self.keyed[local.id]
                    for judgement in self._links(local, keyed):
                        self.linker.discard(judgement)
                    self.keyed[local.id] = Keyed((split.key,), (*keyed.reasons, split.reason))
        known, todo, before = bearers(), list(rulings), -1
        while todo and len(todo) != before:  # what one ruling joins may be what another calls by one name
            round_, before = list(apply(todo, known)), len(todo)
            todo = [one.ruling for one in round_ if one.idle]
            self.applied += [one for one in round_ if not one.idle]
            for judgement in (judgement for one in round_ for judgement in one.judgements):
                self.linker.add(judgement)
        self.applied += apply(todo, known)

    def _settle_members(self) -> None:
        self.members = {cluster[0]: list(cluster) for cluster in self.linker.clusters()}

    def _root(self, key: str) -> str:
        return self.linker.canonical(key)

    def _cluster_keys(self, local: str) -> Sequence[str]:
        """Return every key of the entity that a local entity belongs to, as far as it is known by now."""
        keyed = self.keyed.get(local)
        if keyed is None:
            return ()
        root = self._root(keyed.keys[0])
        return self.members.get(root, [root])

    # ---------------------------------------------------------------------------------------------- entities

    def _conclude(self, said: Mapping[str, Sequence[Statement]]) -> Resolution:
        clusters: dict[str, list[str]] = defaultdict(list)
        for local in sorted(self.keyed):
            clusters[self._root(self.keyed[local].keys[0])].append(local)
        keys = {
            root: tuple(sorted(self.members.get(root, [root]), key=lambda key: ("@" in key, key))) for root in clusters
        }
        table = self.ids.assign(keys.values())
        entities: dict[str, Entity] = {}
        canonical: dict[str, str] = {}
        for root in sorted(clusters):
            entity = self._entity(keys[root], clusters[root], said, table)
            entities[entity.id] = entity
            canonical |= dict.fromkeys(clusters[root], entity.id)
        for article in self.articles.values():
            entities[article.key] = article_entity(article)
            page = self.pages.setdefault(article.page, page_entity(None, article))
            canonical[article.key] = article.key
            canonical[page.id] = page.id
        entities |= {page.id: page for page in self.pages.values()}
        types = {entity.id: entity.type for entity in entities.values()}

        statements = [
            one
            for extraction in self.extractions
            for one in extraction.statements
            if one.predicate in ontology.relations
        ]
        for extraction in self.extractions:
            article = extraction.article
            shown = [local for local in extraction.entities if local.id in self.locals]
            statements += mention_statements(article, shown, self.lines)
            statements.append(page_statement(article, self.lines))
        printed_again = reprints(self.extractions)
        facts, dropped = group(statements, canonical, types, stories=stories(printed_again))
        inferred = list(
            hierarchy(entities.values(), self._regions(canonical), facts, self._first_mentions(canonical), self.lines)
        )
        more, _ = group(inferred, {one: one for one in entities}, types)
        corrected = correct(
            sorted((*facts, *more), key=lambda fact: fact.id),
            self.corrections,
            entities.values(),
            table,
            articles=self.articles,
            locals_=self.locals,
            pages=self.lines,
        )
        outcomes = (*self.outcomes, *(one.outcome for one in self.applied), *corrected.outcomes)
        return Resolution(
            entities=tuple(entities[one] for one in sorted(entities)),
            canonical={local: canonical[local] for local in sorted(self.locals)},
            facts=corrected.facts,
            candidates=tuple(self._waiting(candidates(self._known(entities, canonical, said)), table)),
            unresolved=self._unresolved(canonical),
            keys={local: self.keyed[local].keys for local in sorted(self.keyed)},
            reasons={local: self.keyed[local].reasons for local in sorted(self.keyed)},
            links=tuple(self.linker.judgements()),
            overruled=tuple(self.linker.overruled()),
            contradictions=tuple(self.linker.contradictions()),
            dropped=tuple(dropped),
            reprints=printed_again,
            rejected=corrected.rejected,
            outcomes=tuple(sorted(outcomes, key=lambda one: (one.file, one.line))),
            ids=table,
        )

    def _waiting(self, found: Iterable[Candidate], table: IdTable) -> Iterator[Candidate]:
        """Leave out the pairs that a person kept apart; note with those that one was unsure of who said so."""
        judged: dict[tuple[str, str], Ruling] = {}
        for one in self.applied:
            if one.ruling.verdict != "same":
                sides = [{table.id_of(self._root(key)) for key in keys} for keys in (one.left, one.right)]
                judged |= {(min(a, b), max(a, b)): one.ruling for a in sides[0] for b in sides[1]}
        for candidate in found:
            ruling = judged.get((candidate.left, candidate.right))
            if ruling is None:
                yield candidate
            elif ruling.verdict == "unsure":
                yield replace(candidate, unsure=ruling.reason)

    def _entity(
        self, keys: tuple[str, ...], members: Sequence[str], said: Mapping[str, Sequence[Statement]], table: IdTable
    ) -> Entity:
        own = table.id_of(keys[0])
        locals_ = [self.locals[local] for local in members]
        kind = locals_[0].type
        name = best_name(kind, ((local.name, self._hints(local)) for local in locals_))
        props = literal_props([one for local in members for one in said.get(local, ()) if one.subject == local])
        code = self.names[members[0]].part("code")
        if kind == "District" and code.isdecimal() and not self.names[members[0]].part("name"):
            props["code"] = code
        key = next(key for key in keys if table.ids.get(key) == own)
        return Entity(own, key, kind, name, aliases_of(name, locals_), tuple(sorted(props.items())), tuple(members))

    def _regions(self, canonical: Mapping[str, str]) -> dict[str, str]:
        """Return entity id -> code, for districts of the table and for the federations that are theirs."""
        codes: dict[str, str] = {}
        for local, name in sorted(self.names.items()):
            if name.scope != "everywhere":
                continue
            kind = self.types[local]
            if kind == "District" and not name.part("name"):
                codes[canonical[local]] = name.part("code")
            elif kind == "TradeUnion" and not name.part("host") and name.part("form") == "总工会":
                codes[canonical[local]] = name.part("region")
        return {entity: code for entity, code in codes.items() if code and (code == NATION or code[0].isdecimal())}

    def _first_mentions(self, canonical: Mapping[str, str]) -> dict[str, tuple[Article, LocalEntity]]:
        """Return for each entity its first local entity with a mention, in the order of article keys."""
        first: dict[str, tuple[Article, LocalEntity]] = {}
        for extraction in self.extractions:
            for local in sorted(extraction.entities, key=lambda one: one.id):
                if local.mentions and local.id in canonical:
                    first.setdefault(canonical[local.id], (extraction.article, local))
        return first

    def _unresolved(self, canonical: Mapping[str, str]) -> tuple[Unresolved, ...]:
        """List bodies and districts whose name is tied to nothing beyond their article."""
        found = []
        for local_id, keyed in sorted(self.keyed.items()):
            local, name = self.locals[local_id], self.names[local_id]
            if local.type in (*_BODIES, "TradeUnion") and name.scope == "article" and "@" in keyed.keys[0]:
                found.append(
                    Unresolved(
                        canonical[local_id],
                        local_id,
                        local.article,
                        local.type,
                        local.name,
                        name.reasons[0],
                        name.candidates,
                    )
                )
        return tuple(found)

    def _known(
        self, entities: Mapping[str, Entity], canonical: Mapping[str, str], said: Mapping[str, Sequence[Statement]]
    ) -> list[Known]:
        known = []
        for entity in entities.values():
            if not entity.locals:
                continue
            bonds: set[str] = set()
            for local in entity.locals:
                for one in said.get(local, ()):
                    values = dict(one.qualifiers)
                    if one.predicate == "hasRole" and one.subject == local and one.object in self.names:
                        region = self.names[one.object].part("region")[:6]
                        bonds.add(
                            f"hold a post in {region}" if len(region) == 6 and region.isdecimal() else "hold a post"
                        )
                    elif one.predicate == "reportedBy" and one.object == local:
                        bonds.add(f"{values.get('role', '')} of {self.articles[one.evidence.article].paper}")
                    elif one.predicate == "organizes" and one.object == local and one.subject in canonical:
                        bonds.add(canonical[one.subject])
            called = {normal(alias) for local in entity.locals for alias in self.locals[local].aliases}
            known.append(
                Known(
                    entity.id,
                    entity.type,
                    entity.name,
                    self.names[entity.locals[0]],
                    tuple(sorted(called)),
                    tuple(sorted(bonds)),
                    self._occurrences(entity),
                )
            )
        return known

    def _occurrences(self, entity: Entity) -> tuple[str, ...]:
        """Return the times in the keys of an activity."""
        if entity.type != "Activity":
            return ()
        keys = (key for local in entity.locals for key in self.keyed[local].keys)
        return tuple(sorted({key.split("|")[2] for key in keys if "@" not in key}))
