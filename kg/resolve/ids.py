"""The ids of entities, kept through the years: `ids.tsv` says which id a key has, and what took its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.ids import make_id

__all__ = ["IdTable"]

_HEAD = "key\tid\treplaced_by"


@dataclass(slots=True)
class IdTable:
    """Key -> its own id, and retired id -> the id of the entity that took its place.

    Rows are in the order of age, and a key keeps its id for ever. When keys become one entity, the oldest id stays and
    the others are replaced by it; when the keys part again, the old ids return, for they were never forgotten.
    """

    ids: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str, *, source: str = "ids.tsv") -> IdTable:
        """Read the table from the text of its file."""
        table = cls()
        lines = text.split("\n")
        if lines[0] != _HEAD:
            raise InputError(f"{source}: its first line is not {_HEAD!r}; restore it from a copy, or remove it")
        for number, line in enumerate(lines[1:], 2):
            if not line:
                continue
            cells = line.split("\t")
            if len(cells) != 3 or not cells[0] or not cells[1] or cells[0] in table.ids:
                raise InputError(f"{source}, line {number}: not a new key, its id, and what replaced it")
            key, own, by = cells
            table.ids[key] = own
            if by:
                table.replaced[own] = by
        return table

    def text(self) -> str:
        """Return the text of the file, the oldest key first."""
        rows = (f"{key}\t{own}\t{self.replaced.get(own, '')}\n" for key, own in self.ids.items())
        return _HEAD + "\n" + "".join(rows)

    def assign(self, clusters: Iterable[tuple[str, ...]]) -> IdTable:
        """Return the table for entities made of these keys (the best key of each first); no row is ever lost.

        Of the keys of one entity the oldest gives the id: it was there when others began to cite it.
        """
        after = IdTable(dict(self.ids))
        groups = sorted(clusters)
        for key in (key for keys in groups for key in keys):
            after.ids.setdefault(key, make_id("entity", key))
        age = {key: row for row, key in enumerate(after.ids)}
        current: set[str] = set()
        for keys in groups:
            own = after.ids[min(keys, key=age.__getitem__)]
            current.add(own)
            for key in keys:
                if after.ids[key] != own:
                    after.replaced[after.ids[key]] = own
        for retired, by in self.replaced.items():
            if retired not in current:
                after.replaced.setdefault(retired, by)
        return after

    def id_of(self, key: str) -> str:
        """Return the id of the entity that `key` belongs to."""
        own = self.ids[key]
        return self.replaced.get(own, own)
