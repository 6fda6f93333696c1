"""Who is meant by the name, key or id that a person wrote: the keys of the things that are called so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.model import LocalEntity
from kg.resolve.context import Keyed
from kg.resolve.ids import IdTable
from kg.resolve.names import NameKey
from kg.resolve.tables import Wording
from kg.text import normal

__all__ = ["Bearers", "Unclear"]

_SHOWN = 4
_CONTEXT = frozenset({"Activity", "Person"})  # classes in which a name says little: equal names are often others


class Unclear(Exception):
    """A wording that names nothing, or more than one thing; the message says why."""


class Bearers:
    """Local entities by what they are called. A name is looked for among the names that articles use in full, then
    among the full forms that the grammar made of relative names, then among other forms."""

    def __init__(
        self,
        locals_: Iterable[LocalEntity],
        names: Mapping[str, NameKey],
        keyed: Mapping[str, Keyed],
        root: Callable[[str], str],
        ids: IdTable,
    ) -> None:
        self._keyed, self._root = keyed, root
        self._by: tuple[dict[str, list[LocalEntity]], ...] = (defaultdict(list), defaultdict(list), defaultdict(list))
        self._of_key: dict[str, list[LocalEntity]] = defaultdict(list)
        for local in locals_:
            self._by[0][normal(local.name)].append(local)
            if official := names[local.id].official:
                self._by[1][normal(official)].append(local)
            for alias in local.aliases:
                self._by[2][normal(alias)].append(local)
            for key in keyed[local.id].keys:
                self._of_key[key].append(local)
        self._of_id: dict[str, list[str]] = defaultdict(list)
        for key, own in ids.ids.items():
            self._of_id[own].append(key)

    def called(self, words: Wording) -> list[LocalEntity]:
        """Return the local entities that `words` mean, [] for none."""
        if words.how == "key":
            return self._of_key.get(words.text, [])
        if words.how == "id":
            return [local for key in self._of_id.get(words.text, ()) for local in self._of_key.get(key, ())]
        for table in self._by:
            found = [one for one in table.get(normal(words.text), ()) if words.type in ("", one.type)]
            if found:
                return found
        return []

    def keys(self, words: Wording) -> dict[str, tuple[str, ...]]:
        """Return the keys of what `words` mean, by class. Raises Unclear where nothing is called so."""
        if words.how == "key" and words.text in self._of_key:
            return {words.type: (words.text,)}
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for local in self.called(words):
            keys = self._keyed[local.id].keys
            own = next((key for key in self._of_id.get(words.text, ()) if key in keys), keys[0])
            found[local.type][own] = None
        if not found:
            raise Unclear(f"nothing is called {words.text}")
        return {kind: tuple(sorted(keys)) for kind, keys in found.items()}

    def one(self, words: Wording, kind: str) -> tuple[str, ...]:
        """Return the keys of the one thing of class `kind` that `words` mean, with those that each only speak for their
        own article. Raises Unclear where they may mean several."""
        keys = self.keys(words)[kind]
        if words.how != "name":
            return keys
        if kind == "Person":
            raise Unclear(f"{words.text} is a person, whom the name alone never tells: write {_listed(keys)}")
        telling = keys if kind in _CONTEXT else tuple(key for key in keys if "@" not in key)
        if len({self._root(key) for key in telling}) > 1:
            raise Unclear(f"{words.text} may be several: write {_listed(telling)}")
        return keys


def _listed(keys: Sequence[str]) -> str:
    more = f" or one of {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
    return " or ".join(keys[:_SHOWN]) + more
