"""Keys of what a name can decide: bodies and districts, each by what its own article says of it.

What one article gives depends on that article alone, so that it is worked out once and holds whatever else comes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.model import Extraction, LocalEntity, Statement
from kg.resolve.context import Keyed, activity_keys, person_keys
from kg.resolve.names import NameKey, distinctive, hints_of, name_key, near_codes
from kg.resolve.score import compare
from kg.text import normal

__all__ = ["BODIES", "Reader"]

BODIES = frozenset({"District", "Enterprise", "Organization", "Product", "TradeUnion", "Venue"})
NODELESS = frozenset({"Date"})

ClusterKeys = Callable[[str], Sequence[str]]


@dataclass
class Reader:
    """Reads the names of one article: `names` and `keyed` hold what its local entities come down to, by local id."""

    extraction: Extraction
    names: dict[str, NameKey] = field(default_factory=dict)
    keyed: dict[str, Keyed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.near = near_codes(self.extraction.entities)
        self.locals = {local.id: local for local in self.extraction.entities if local.type not in NODELESS}
        self.types = {local.id: local.type for local in self.locals.values()}
        self.said: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.extraction.statements:
            for end in {statement.subject, statement.object}:
                if end in self.locals:
                    self.said[end].append(statement)
        # unions last: they are named after their hosts
        for local in sorted(self.locals.values(), key=lambda local: (local.type == "TradeUnion", local.id)):
            if local.type in BODIES:
                self.keyed[local.id] = self._body(local)

    def hints(self, local: LocalEntity) -> dict[str, str]:
        """Return what the article tells of the name, and where the article is at home."""
        return hints_of(local.hints, self.extraction.article.home, self.near)

    def organisers(self, activity: str) -> list[str]:
        """Return the local ids of who organises an activity."""
        return [one.subject for one in self.said[activity] if one.predicate == "organizes" and one.object == activity]

    def bonds(self, local: LocalEntity) -> tuple[str, ...]:
        """Return what a person may share with a namesake: the county of a post, the paper written for."""
        bonds: set[str] = set()
        for one in self.said[local.id]:
            if one.predicate == "hasRole" and one.subject == local.id and one.object in self.names:
                region = self.names[one.object].part("region")[:6]
                bonds.add(f"hold a post in {region}" if len(region) == 6 and region.isdecimal() else "hold a post")
            elif one.predicate == "reportedBy" and one.object == local.id:
                role = dict(one.qualifiers).get("role", "")
                bonds.add(f"{role} of {self.extraction.article.paper}")
        return tuple(sorted(bonds))

    def key_activity(self, local: LocalEntity, cluster_keys: ClusterKeys) -> None:
        """Key an activity, given the keys of its organisers as they are known by now."""
        name = self.names[local.id] = self._activity_name(local)
        said = self.said[local.id]
        keyed = activity_keys(local, name, said, self.organisers(local.id), cluster_keys)
        twins = [
            one for one in self.locals.values() if one.type == "Activity" and self._activity_name(one).key == name.key
        ]
        if len(twins) == 1:
            # the key it has while no organiser or day of it is known stays with it, and so does the id that it gave
            keyed = replace(keyed, keys=tuple(dict.fromkeys((*keyed.keys, f"{name.key}@{local.article}"))))
        self.keyed[local.id] = keyed

    @cached_property
    def _activities(self) -> Counter[str]:
        """How many activities of the article have each key of a name."""
        return Counter(self._activity_name(one).key for one in self.locals.values() if one.type == "Activity")

    def _activity_name(self, local: LocalEntity) -> NameKey:
        """Parse the name of an activity, with the quotation marks that any of its forms has."""
        forms = (local.name, *local.aliases, *(mention.surface for mention in local.mentions))
        quoted = next((form for form in forms if "“" in form and normal(form) == normal(local.name)), local.name)
        return name_key(local.type, quoted, self.hints(local))

    def key_person(self, local: LocalEntity, cluster_keys: ClusterKeys) -> None:
        """Key a person, given the keys of the bodies where posts are held as they are known by now."""
        name, article = self._name(local), self.extraction.article
        self.keyed[local.id] = person_keys(local, name, self.said[local.id], article, self.types, cluster_keys)

    def _name(self, local: LocalEntity) -> NameKey:
        name = name_key(local.type, local.name, self.hints(local))
        self.names[local.id] = name
        return name

    def _body(self, local: LocalEntity) -> Keyed:
        """Key a body by its name; by a fuller form of its article where there is one."""
        name = self._name(local)
        hints = {key: value for key, value in self.hints(local).items() if key != "full"}
        forms = {alias: name_key(local.type, alias, hints) for alias in local.aliases}
        known = {alias: form for alias, form in forms.items() if form.scope == "everywhere"}
        read_as = self._fuller(local, name, known) or self._of_host(local, name)
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
            if form.key != name.key and form.part("complete") and not _leaves_out_region(form, name):
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

    def _of_host(self, local: LocalEntity, name: NameKey) -> tuple[NameKey, str] | None:
        """Return the union's name with the full name of its host, where the article says whose union it is."""
        hosts = {
            one.object
            for one in self.said[local.id]
            if one.predicate == "unionOf" and one.subject == local.id and one.status == "happened"
        }
        if local.type != "TradeUnion" or len(hosts) != 1:
            return None
        host = self.locals.get(next(iter(hosts)))
        if host is None or host.type == "District" or host.id not in self.names:
            return None
        if self.names[host.id].scope != "everywhere":
            return None
        full = name_key("TradeUnion", host.name + name.part("form"), self.hints(host))
        generic = name.scope == "article" and not distinctive(name.part("host"))
        if full.scope != "everywhere" or full.key == name.key:
            return None
        if name.scope == "everywhere" and name.part("region")[:1].isdigit() and not full.part("region")[:1].isdigit():
            return None  # the union's name says where it is, its host's does not
        if not generic and compare("TradeUnion", name, full).verdict == "different":
            return None
        return full, f"the union of {host.name}, as the article says"


def _leaves_out_region(form: NameKey, name: NameKey) -> bool:
    """Whether a form is the name but for its region: bodies elsewhere may be called so as well, and it is joined to
    this one where it can be no other."""
    bare = form.part("region")[:1] in ("", "~") and name.part("region")[:1] not in ("", "~")
    return bare and all(form.part(part) == name.part(part) for part in ("stem", "host", "name", "form"))
