"""Tables of records that remember what changed: in memory while a run works on them, in one SQLite file between runs.

A table that came from a file is read row by row as it is asked, so that a run costs what it touches; one that was made
from nothing lives in memory until it is saved. The file is a cache: whoever keeps it must be able to do without it.
Where it turns out to be damaged, whatever asks a table raises sqlite3.DatabaseError.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar, get_type_hints

__all__ = ["Table", "Tables"]

Row = TypeVar("Row", bound=NamedTuple)

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Table(Generic[Row]):
    """Rows of one NamedTuple class by their first column, and by the columns that have an index.

    Columns are text, numbers, or tuples of such; the first one is text.
    """

    def __init__(self, row: type[Row], *index: str) -> None:
        self.row, self.index = row, index
        self.name = row.__name__
        self.columns: tuple[str, ...] = row._fields
        hints = get_type_hints(row)
        self.kinds = tuple(_SQL.get(hints[column], "TEXT") for column in self.columns)
        self._lists = tuple(at for at, column in enumerate(self.columns) if hints[column] not in _SQL)
        self._places = {column: self.columns.index(column) for column in index}
        self._new: dict[str, Row | None] = {}
        self._at: dict[str, dict[str, dict[str, None]]] = {column: defaultdict(dict) for column in index}
        self._file: sqlite3.Connection | None = None

    def get(self, key: str) -> Row | None:
        """Return the row with this key, None where there is none."""
        if key in self._new or self._file is None:
            return self._new.get(key)
        found = self._read(f'WHERE "{self.columns[0]}" = ?', key)
        return found[0] if found else None

    def having(self, column: str, value: str) -> list[Row]:
        """Return the rows with this value in a column that has an index, sorted by key."""
        here = self._at[column].get(value, ())
        rows = [row for key in here if (row := self._new[key]) is not None]
        if self._file is not None:
            rows += [row for row in self._read(f'WHERE "{column}" = ?', value) if row[0] not in self._new]
        if len(rows) > 1:
            rows.sort(key=_first)
        return rows

    def __iter__(self) -> Iterator[Row]:
        """Yield all rows, sorted by key."""
        rows = [row for row in self._new.values() if row is not None]
        if self._file is not None:
            rows += [row for row in self._read("") if row[0] not in self._new]
        rows.sort(key=_first)
        return iter(rows)

    def columns_of(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield some columns, none of them a tuple, of all rows, in no order: quicker than the rows."""
        places = [self.columns.index(column) for column in columns]
        for row in self._new.values():
            if row is not None:
                yield tuple(row[place] for place in places)
        if self._file is not None:
            picked = ", ".join(f'"{column}"' for column in (self.columns[0], *columns))
            for key, *values in self._file.execute(" ".join(("SELECT", picked, "FROM", self.name))):
                if key not in self._new:
                    yield tuple(values)

    def put(self, row: Row) -> None:
        """Put a row in the place of the one with its key, if any."""
        key: str = row[0]
        self._forget(key)
        self._new[key] = row
        for column, place in self._places.items():
            self._at[column][row[place]][key] = None

    def drop(self, key: str) -> None:
        """Take out the row with this key, if any."""
        self._forget(key)
        if self._file is None:
            self._new.pop(key, None)
        else:
            self._new[key] = None

    def _forget(self, key: str) -> None:
        old = self._new.get(key)
        if old is not None:
            for column, place in self._places.items():
                del self._at[column][old[place]][key]

    def _read(self, where: str, *values: str) -> list[Row]:
        assert self._file is not None
        rows = self._file.execute(" ".join(("SELECT * FROM", self.name, where)), values)
        if not self._lists:
            return [self.row._make(row) for row in rows]
        return [self._decoded(row) for row in rows]

    def _decoded(self, row: Sequence[Any]) -> Row:
        values = list(row)
        try:
            for place in self._lists:
                values[place] = _tuple(json.loads(values[place])) if values[place] else ()
        except ValueError as error:
            raise sqlite3.DatabaseError(f"{self.name} {row[0]}: {error}") from error
        return self.row._make(values)

    def _encoded(self, row: Row) -> Sequence[Any]:
        if not self._lists:
            return row
        values: list[Any] = list(row)
        for place in self._lists:
            values[place] = _ENCODER.encode(values[place]) if values[place] else ""
        return values

    # the file

    def open(self, file: sqlite3.Connection) -> None:
        """Read from a file from now on."""
        self._file = file

    def create(self, file: sqlite3.Connection) -> None:
        """Make the table in a new file, without its indexes."""
        columns = ", ".join(f'"{column}" {kind}' for column, kind in zip(self.columns, self.kinds, strict=True))
        file.execute(f'CREATE TABLE {self.name} ({columns}, PRIMARY KEY ("{self.columns[0]}")) WITHOUT ROWID')

    def create_indexes(self, file: sqlite3.Connection) -> None:
        """Make the indexes; quicker when the rows are there already."""
        for column in self.index:
            file.execute(f'CREATE INDEX "{self.name}_{column}" ON {self.name} ("{column}")')

    def save(self, file: sqlite3.Connection) -> None:
        """Write what changed."""
        key = self.columns[0]
        gone = [(name,) for name, row in self._new.items() if row is None]
        file.executemany(" ".join(("DELETE FROM", self.name, "WHERE", f'"{key}" = ?')), gone)
        marks = ", ".join("?" * len(self.columns))
        rows = sorted((row for row in self._new.values() if row is not None), key=_first)
        into = " ".join(("INSERT OR REPLACE INTO", self.name, "VALUES", f"({marks})"))
        file.executemany(into, map(self._encoded, rows))


_SQL: dict[Any, str] = {str: "TEXT", int: "INTEGER", float: "REAL"}


def _tuple(values: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuple(value) if isinstance(value, list) else value for value in values)


def _first(row: tuple[Any, ...]) -> str:
    key: str = row[0]
    return key


class Tables:
    """Tables that are kept in one file together, with the mark of the state that they show: the attributes of a class
    that derives from this one and makes them before it calls `__init__`."""

    def __init__(self) -> None:
        self._tables = [table for table in vars(self).values() if isinstance(table, Table)]
        self._file: sqlite3.Connection | None = None

    @property
    def kept(self) -> bool:
        """Whether the tables came from a file."""
        return self._file is not None

    def open(self, path: Path, mark: str) -> bool:
        """Read from a file; say whether that could be done: it is there, whole, and has this mark."""
        if not path.exists():
            return False
        with contextlib.ExitStack() as stack:
            try:
                file = stack.enter_context(contextlib.closing(sqlite3.connect(path, isolation_level=None)))
                found = file.execute("SELECT mark FROM mark").fetchall()
            except sqlite3.Error:
                return False
            if found != [(mark,)]:
                return False
            stack.pop_all()
        self._file = file
        for table in self._tables:
            table.open(file)
        return True

    def save(self, path: Path, mark: str) -> None:
        """Write what changed into the file that was opened, or all into a new one, and the mark; all or nothing."""
        if self._file is None:
            self._create(path, mark)
            return
        self._file.execute("BEGIN IMMEDIATE")
        for table in self._tables:
            table.save(self._file)
        self._file.execute("UPDATE mark SET mark = ?", (mark,))
        self._file.execute("COMMIT")
        self.close()

    def _create(self, path: Path, mark: str) -> None:
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as file:
            file.execute("PRAGMA journal_mode = OFF")  # until it is in its place nobody reads it
            file.execute("BEGIN")
            for table in self._tables:
                table.create(file)
                table.save(file)
                table.create_indexes(file)
            file.execute("CREATE TABLE mark (mark TEXT)")
            file.execute("INSERT INTO mark VALUES (?)", (mark,))
            file.execute("COMMIT")
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)  # of a save that was killed: it undoes pages
        part.replace(path)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None
