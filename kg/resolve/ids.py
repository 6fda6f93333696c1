"""The ids of entities, kept through the years: `ids.tsv` says which id a key has, and what took its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.ids import make_id

__all__ = ["APART", "IdTable"]

_HEAD = "key\tid\treplaced_by"
# A key may hold the name of a paper or a page, and these are as their owners wrote them.
_ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
_ESCAPE = str.maketrans(_ESCAPES)
_RAW = {escape: raw for raw, escape in _ESCAPES.items()}
APART = "≠"  # in a key, in front of the name that a person kept apart from the others of that key
_WITHOUT = re.compile(rf"{APART}[^|]*")
_ESCAPED = re.compile(r"\\[\\tnr]")


@dataclass(slots=True)
class IdTable:
    """Key -> its own id, and retired id -> the id of the entity that took its place.

    A key gets a row when an entity first takes its id from it: what stands here was alive once, and others may cite it.
    Rows are in the order of age, and none is ever lost. When entities become one, the oldest id stays and the others
    are replaced by it; when they part again the old ids return. `now` is not in the file: the id of the entity of every
    key that was assigned.
    """

    ids: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict, compare=False)
    _keys: dict[str, str] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def parse(cls, text: str, *, source: str = "ids.tsv") -> IdTable:
        """Read the table from the text of its file; raises InputError where it is not what `text` writes."""
        table = cls()
        lines = _lines(text.removeprefix("\ufeff"))
        if next(lines).removesuffix("\r") != _HEAD:
            raise InputError(f"{source}: its first line is not {_HEAD!r}; restore it from a copy, or remove it")
        known: set[str] = set()
        for number, line in enumerate(lines, 2):
            cells = line.removesuffix("\r").split("\t")
            if cells == [""]:
                continue
            key = _ESCAPED.sub(lambda found: _RAW[found[0]], cells[0])
            if len(cells) != 3 or not key or key in table.ids or not cells[1] or cells[1] in known:
                raise InputError(f"{source}, line {number}: not a new key, its own id, and what replaced it")
            _, own, by = cells
            if by and by not in known:
                raise InputError(
                    f"{source}, line {number}: replaced by {by}, which no line above has; lines stand by age"
                )
            known.add(own)
            table.ids[key] = own
            if by:
                table.replaced[own] = by
        return table

    def text(self) -> str:
        """Return the text of the file, the oldest key first."""
        rows = (f"{key.translate(_ESCAPE)}\t{own}\t{self.replaced.get(own, '')}\n" for key, own in self.ids.items())
        return _HEAD + "\n" + "".join(rows)

    def assign(self, clusters: Iterable[tuple[str, ...]]) -> IdTable:
        """Return the table for entities made of these keys, the best key of each first; entities that are not given
        are taken to be what they were.

        Of the keys of one entity the oldest gives the id: it was there when others began to cite it.
        """
        after = IdTable(dict(self.ids), dict(self.replaced))
        known = set(self.ids.values())
        groups = sorted(clusters)
        for keys in groups:
            if not any(key in after.ids for key in keys):
                after.ids[keys[0]] = own = _new_id(keys[0], known)
                known.add(own)
        age = {key: row for row, key in enumerate(after.ids)}
        for keys in groups:
            own, *others = (after.ids[key] for key in sorted((key for key in keys if key in age), key=age.__getitem__))
            after.now |= dict.fromkeys(keys, own)
            after.replaced.pop(own, None)
            after.replaced |= dict.fromkeys(others, own)
        for key, own in after.ids.items():
            if APART in key and key not in after.now:  # it was split from what it is part of again
                whole = after.now.get(_WITHOUT.sub("", key), "")
                if whole and age[after.key_of(whole)] < age[key]:
                    after.replaced[own] = whole
        return after

    def key_of(self, own: str) -> str:
        """Return the key that gave an id, "" where none did."""
        if self._keys is None:
            self._keys = {own: key for key, own in self.ids.items()}
        return self._keys.get(own, "")

    def id_of(self, key: str) -> str:
        """Return the id of the entity that has `key`, or of what took its place; "" where no entity ever had it."""
        return self.now.get(key) or self.successor(self.ids.get(key, ""))

    def successor(self, own: str) -> str:
        """Return what took the place of an id, at the end of the chain; the id itself where nothing did."""
        while own in self.replaced:
            own = self.replaced[own]
        return own

    def former(self, living: Container[str]) -> dict[str, list[str]]:
        """Return id of a living entity -> the retired ids that lead to it, sorted.

        A retired id leads to one entity, or, where what took its place is not there at present, to none.
        """
        leads: dict[str, str] = {}
        found: dict[str, list[str]] = defaultdict(list)
        for own in self.ids.values():  # what took the place of an id is older than it, and so stands above it
            by = self.replaced.get(own, "")
            if own in living:
                leads[own] = own
            elif by in leads:
                leads[own] = leads[by]
                found[leads[by]].append(own)
        return {own: sorted(found[own]) for own in sorted(found)}


def _lines(text: str) -> Iterator[str]:
    """Yield what stands between line feeds, without holding all of it a second time."""
    at = 0
    while (end := text.find("\n", at)) >= 0:
        yield text[at:end]
        at = end + 1
    yield text[at:]


def _new_id(key: str, known: Container[str]) -> str:
    """Return the id of a key that has none; not one that somebody gave another key by hand."""
    own = make_id("entity", key)
    number = 1
    while own in known:
        number += 1
        own = make_id("entity", key, str(number))
    return own
