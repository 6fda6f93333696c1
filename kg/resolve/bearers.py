"""Who is meant by the name, key or id that a person wrote: the keys of the things that are called so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from kg.resolve.ids import IdTable
from kg.resolve.state import LocalRow, State
from kg.resolve.tables import Wording
from kg.text import normal

__all__ = ["Bearers", "Unclear"]

_SHOWN = 4
_CONTEXT = frozenset({"Activity", "Person"})  # classes in which a name says little: equal names are often others


class Unclear(Exception):
    """A wording that names nothing, or more than one thing; the message says why."""


class Bearers:
    """Local entities of some classes by what they are called. A name is looked for among the names that articles use in
    full, then among the full forms that the grammar made of relative names, then among other forms."""

    def __init__(self, state: State, kinds: Collection[str], root: Callable[[str], str], ids: IdTable) -> None:
        self._state, self._kinds, self._root, self._ids = state, kinds, root, ids

    def called(self, words: Wording) -> list[LocalRow]:
        """Return the local entities that `words` mean, [] for none."""
        if words.how == "key":
            return self._having(words.text)
        if words.how == "id":
            return self._having(self._ids.key_of(words.text))
        form = normal(words.text)
        forms = self._state.forms.having("form", form)
        for rows in (
            self._state.locals.having("folded", form),
            self._rows(one.local for one in forms if one.kind == "official"),
            self._rows(one.local for one in forms if one.kind == "alias"),
        ):
            found = [one for one in rows if one.type in self._kinds and words.type in ("", one.type)]
            if found:
                return found
        return []

    def _having(self, key: str) -> list[LocalRow]:
        """Return the local entities that have a key, be it the first or another one; sorted by id."""
        rows = {row.id: row for row in self._state.locals.having("key", key)}
        rows |= {row.id: row for row in self._rows(one.local for one in self._state.again.having("key", key))}
        return [rows[own] for own in sorted(rows) if rows[own].type in self._kinds]

    def _rows(self, locals_: Iterable[str]) -> list[LocalRow]:
        rows = (self._state.locals.get(local) for local in sorted(set(locals_)))
        return [row for row in rows if row is not None]

    def keys(self, words: Wording) -> dict[str, tuple[str, ...]]:
        """Return the keys of what `words` mean, by class. Raises Unclear where nothing is called so."""
        if words.how == "key" and self._having(words.text):
            return {words.type: (words.text,)}
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for local in self.called(words):
            named = self._ids.key_of(words.text) if words.how == "id" else ""
            own = named if named in local.keys else local.key
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
