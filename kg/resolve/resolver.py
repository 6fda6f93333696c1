"""From what articles say to what is: local entities to entities, statements to facts.

Bodies and districts come first, by the keys of their names; then activities and people, whose keys need to know who
their organisers and employers are. Keys that one local entity has more than one of are joined by a `Linker`.
Nothing here depends on the order in which extractions come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Article, Entity, Extraction, LocalEntity, Page, Statement
from kg.resolve.candidates import Known, candidates
from kg.resolve.cite import LineStarts, line_starts
from kg.resolve.context import Keyed, activity_keys, person_keys
from kg.resolve.entities import aliases_of, article_entity, best_name, literal_props, page_entity
from kg.resolve.facts import group, hierarchy, mention_statements, page_statement
from kg.resolve.ids import IdTable
from kg.resolve.linker import Judgement, Linker
from kg.resolve.names import NATION, NameKey, name_key
from kg.resolve.records import Resolution, Unresolved
from kg.resolve.score import compare
from kg.text import normal
from ontology import ontology

__all__ = ["resolve"]

_BODIES = frozenset({"District", "TradeUnion", "Enterprise", "Organization", "Venue", "Product"})
_NODELESS = frozenset({"Date"})


def resolve(extractions: Iterable[Extraction], *, ids: IdTable | None = None, pages: Iterable[Page] = ()) -> Resolution:
    """Decide what is the same, and return entities and facts.

    `ids` keeps the ids of earlier builds; `pages` give page nodes their source and evidence its lines.
    """
    return _Resolver(extractions, pages).run(ids or IdTable())


class _Resolver:
    """Holds what one run works on."""

    def __init__(self, extractions: Iterable[Extraction], pages: Iterable[Page]) -> None:
        found: dict[str, Extraction] = {}
        for extraction in extractions:
            key = extraction.article.key
            if key not in found or extraction.article.id < found[key].article.id:
                found[key] = extraction
        self.extractions = [found[key] for key in sorted(found)]
        self.pages: dict[str, Entity] = {}
        self.lines: dict[str, LineStarts] = {}
        for page in pages:
            self.pages[page.id] = page_entity(page)
            self.lines[page.id] = line_starts(page.text)
        self.articles = {one.article.key: one.article for one in self.extractions}
        self.locals = {
            local.id: local for one in self.extractions for local in one.entities if local.type not in _NODELESS
        }
        self.types = {local.id: local.type for local in self.locals.values()}
        self.names: dict[str, NameKey] = {}
        self.keyed: dict[str, Keyed] = {}
        self.linker = Linker()
        self.members: dict[str, list[str]] = {}

    def run(self, ids: IdTable) -> Resolution:
        """Do the steps in order."""
        said = self._statements_by_local()
        for local in self._of(_BODIES):
            self._key(local, self._body(local))
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
        self._settle_members()
        return self._conclude(said, ids)

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

    def _name(self, local: LocalEntity) -> NameKey:
        name = name_key(local.type, local.name, dict(local.hints))
        self.names[local.id] = name
        return name

    def _activity_name(self, local: LocalEntity) -> NameKey:
        """Parse the name of an activity, with the quotation marks that any of its forms has."""
        name = self._name(local)
        forms = (local.name, *local.aliases, *(mention.surface for mention in local.mentions))
        quoted = next((form for form in forms if "“" in form and normal(form) == normal(local.name)), None)
        if quoted is not None:
            name = self.names[local.id] = name_key(local.type, quoted, dict(local.hints))
        return name

    def _body(self, local: LocalEntity) -> Keyed:
        """Key a body by its name; by a fuller alias of its article where the name alone says too little."""
        name = self._name(local)
        hints = {key: value for key, value in local.hints if key != "full"}
        forms = {alias: name_key(local.type, alias, hints) for alias in local.aliases}
        elsewhere = {key.key for key in forms.values() if key.scope == "everywhere"}
        if name.scope == "article" and len(elsewhere) == 1:
            alias, name = next((alias, key) for alias, key in sorted(forms.items()) if key.scope == "everywhere")
            self.names[local.id] = name
            return Keyed((name.key,), (f"read as {alias}, which the article calls it too", *name.reasons))
        if name.scope == "article":
            return Keyed((f"{name.key}@{local.article}",), (*name.reasons, "so it stays inside its article"))
        keys, reasons = [name.key], list(name.reasons)
        for alias, form in sorted(forms.items()):
            # A registered name stands for itself; a short form stays in its article until somebody confirms it.
            if form.scope == "everywhere" and form.key != name.key and form.part("complete"):
                if compare(local.type, name, form).verdict == "different":
                    reasons.append(f"{alias} looks like another one: kept out")
                else:
                    keys.append(form.key)
                    reasons.append(f"also registered as {alias}")
        return Keyed(tuple(dict.fromkeys(keys)), tuple(reasons))

    def _key(self, local: LocalEntity, keyed: Keyed) -> None:
        self.keyed[local.id] = keyed
        first = keyed.keys[0]
        for other in keyed.keys[1:]:
            self.linker.add(Judgement.of(first, other, "same", 1.0, f"{local.name} in {local.article} is both"))

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

    def _conclude(self, said: Mapping[str, Sequence[Statement]], ids: IdTable) -> Resolution:
        clusters: dict[str, list[str]] = defaultdict(list)
        for local in sorted(self.keyed):
            clusters[self._root(self.keyed[local].keys[0])].append(local)
        keys = {
            root: tuple(sorted(self.members.get(root, [root]), key=lambda key: ("@" in key, key))) for root in clusters
        }
        table = ids.assign(keys.values())
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
        facts, dropped = group(statements, canonical, types)
        inferred = list(
            hierarchy(entities.values(), self._regions(canonical), facts, self._first_mentions(canonical), self.lines)
        )
        more, _ = group(inferred, {one: one for one in entities}, types)
        unresolved = self._unresolved(canonical)
        return Resolution(
            entities=tuple(entities[one] for one in sorted(entities)),
            canonical={local: canonical[local] for local in sorted(self.locals)},
            facts=tuple(sorted((*facts, *more), key=lambda fact: fact.id)),
            candidates=candidates(self._known(entities, canonical, said)),
            unresolved=unresolved,
            reasons={local: self.keyed[local].reasons for local in sorted(self.keyed)},
            links=tuple(self.linker.judgements()),
            contradictions=tuple(self.linker.contradictions()),
            dropped=tuple(dropped),
            ids=table,
        )

    def _entity(
        self, keys: tuple[str, ...], members: Sequence[str], said: Mapping[str, Sequence[Statement]], table: IdTable
    ) -> Entity:
        own = table.id_of(keys[0])
        locals_ = [self.locals[local] for local in members]
        kind = locals_[0].type
        name = best_name(kind, locals_)
        props = literal_props([one for local in members for one in said.get(local, ()) if one.subject == local])
        code = self.names[members[0]].part("code")
        if kind == "District" and code.isdecimal() and not self.names[members[0]].part("name"):
            props["code"] = code
        key = next(key for key in keys if table.ids[key] == own)
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
            if local.type in _BODIES and name.scope == "article" and "@" in keyed.keys[0]:
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
                    if one.predicate == "hasRole" and one.subject == local and values.get("title"):
                        bonds.add(values["title"])
                    elif one.predicate == "reportedBy" and one.object == local:
                        bonds.add(f"{values.get('role', '')} {self.articles[one.evidence.article].paper}".strip())
                    elif one.predicate == "organizes" and one.object == local and one.subject in canonical:
                        bonds.add(canonical[one.subject])
            called = frozenset(normal(alias) for local in entity.locals for alias in self.locals[local].aliases)
            known.append(Known(entity, self.names[entity.locals[0]], called, frozenset(bonds)))
        return known
