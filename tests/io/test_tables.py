"""Tables that remember: the same as a dict of rows, however often they are kept in a file and taken up again."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.io.tables import Table, Tables

Row = TypeVar("Row", bound=NamedTuple)


class Thing(NamedTuple):
    """A row with columns of every kind."""

    id: str
    kind: str
    home: str
    size: int
    weight: float
    names: tuple[str, ...]
    pairs: tuple[tuple[str, tuple[float, ...]], ...]


class Plain(NamedTuple):
    """A row without a column that is a tuple."""

    id: str
    group: str
    size: int


class Kept(Tables):
    """Two tables in one file."""

    def __init__(self) -> None:
        self.things = Table(Thing, "kind", "home")
        self.plain = Table(Plain, "group")
        super().__init__()


# few, so that they meet again; each is like another, or means something to SQL, to JSON, or to C
WORDS = ["", "a", "A", "a ", "it's", '"a"', "a\nb", "a\0b", "a\0", "工会", "😀", "𠀀", "%", "[]", "null", "1", "1.0"]
KEYS = WORDS[6:11]
words, keys = st.sampled_from(WORDS), st.sampled_from(KEYS)
texts = st.one_of(words, st.text(max_size=5))
whole = st.integers(-(2**63), 2**63 - 1)
real = st.floats(allow_nan=False)
things = st.builds(
    Thing,
    *(keys, words, words, whole, real),
    st.lists(texts, max_size=3).map(tuple),
    st.lists(st.tuples(texts, st.lists(real, max_size=2).map(tuple)), max_size=2).map(tuple),
)
plains = st.builds(Plain, keys, words, whole)
KEEP, FORGET = True, False
some = st.one_of(things, plains, keys, st.just(KEEP), things, plains, keys, st.just(KEEP), st.just(FORGET))
STEPS = st.lists(some, min_size=8, max_size=30)


def agree(table: Table[Row], rows: dict[str, Row]) -> None:
    """Hold everything that a table can be asked against the rows that it should have."""
    assert list(table) == [rows[key] for key in sorted(rows)]
    assert [table.get(key) for key in KEYS] == [rows.get(key) for key in KEYS]
    for column in table.index:
        for value in WORDS:
            wanted = [row for _, row in sorted(rows.items()) if getattr(row, column) == value]
            assert table.having(column, value) == wanted
    columns = ("size", table.index[0])
    assert sorted(table.columns_of(*columns)) == sorted(
        tuple(getattr(row, column) for column in columns) for row in rows.values()
    )


@given(STEPS)
def test_tables_are_dicts_however_often_they_are_kept(steps: list[Thing | Plain | str | bool]) -> None:
    tables, things_, plain = Kept(), dict[str, Thing](), dict[str, Plain]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept"
        for number, step in enumerate(steps):
            if isinstance(step, Thing):
                tables.things.put(step)
                things_[step.id] = step
            elif isinstance(step, Plain):
                tables.plain.put(step)
                plain[step.id] = step
            elif isinstance(step, str):
                tables.things.drop(step)
                tables.plain.drop(step)
                things_.pop(step, None)
                plain.pop(step, None)
            else:
                if step is KEEP:
                    tables.save(path, f"{number}")
                else:
                    things_, plain = {}, {}
                tables.close()
                tables = Kept()
                if step is KEEP:
                    assert tables.open(path, f"{number}")
            agree(tables.things, things_)
            agree(tables.plain, plain)
        tables.close()


def kept(path: Path, *rows: Plain, things: tuple[Thing, ...] = ()) -> None:
    """Keep rows under the mark "now"."""
    tables = Kept()
    for row in rows:
        tables.plain.put(row)
    for thing in things:
        tables.things.put(thing)
    tables.save(path, "now")


def taken_up(path: Path) -> Kept:
    """Take up what was kept."""
    tables = Kept()
    assert tables.open(path, "now")
    return tables


MANY = tuple(Plain(f"{number:05}", "a" * 50, number) for number in range(2000))


def test_a_row_that_is_replaced_is_no_longer_found_by_what_it_was(tmp_path: Path) -> None:
    old, new = Plain("1", "old", 1), Plain("1", "new", 2)
    kept(tmp_path / "kept", old)
    tables = taken_up(tmp_path / "kept")
    tables.plain.put(new)
    assert (tables.plain.having("group", "old"), tables.plain.having("group", "new")) == ([], [new])
    tables.save(tmp_path / "kept", "now")
    tables = taken_up(tmp_path / "kept")
    assert (tables.plain.having("group", "old"), tables.plain.having("group", "new")) == ([], [new])
    tables.close()


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE other (mark TEXT)")
    file.close()


def cut(path: Path) -> None:
    kept(path, *MANY)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


UNFIT: dict[str, Callable[[Path], object]] = {
    "of another mark": lambda path: Kept().save(path, "before"),
    "cut short": cut,
    "empty": lambda path: path.write_bytes(b""),
    "no database": lambda path: path.write_bytes(b"# notes\n" * 2000),
    "another database": foreign,
    "not there": lambda path: None,
}


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
    """Note what is opened from now on."""
    seen: list[sqlite3.Connection] = []
    really = sqlite3.connect

    def noting(*given: Any, **more: Any) -> sqlite3.Connection:
        seen.append(really(*given, **more))
        return seen[-1]

    monkeypatch.setattr(sqlite3, "connect", noting)
    return seen


@pytest.mark.parametrize("what", UNFIT)
def test_what_does_not_fit_is_not_opened_nor_held_and_gives_way(
    tmp_path: Path, connections: list[sqlite3.Connection], what: str
) -> None:
    path = tmp_path / "kept"
    UNFIT[what](path)
    tables = Kept()
    assert not tables.open(path, "now")
    assert not tables.kept
    for one in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            one.execute("SELECT 1")
    tables.plain.put(MANY[0])
    agree(tables.plain, {MANY[0].id: MANY[0]})
    tables.save(path, "now")
    tables = taken_up(path)
    agree(tables.plain, {MANY[0].id: MANY[0]})
    tables.close()
    assert [one.name for one in tmp_path.iterdir()] == ["kept"]


def test_a_folder_in_the_place_of_the_file_is_not_opened(tmp_path: Path) -> None:
    assert not Kept().open(tmp_path, "now")


def test_damage_behind_the_mark_is_said_by_whatever_comes_upon_it(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    kept(path, *MANY)
    raw = path.read_bytes()
    places = [at for at in range(4096, len(raw), 4096) if raw[at : at + 4096].count(b"aaa") > 10]  # pages of rows
    for at in places:
        raw = raw[:at] + b"\xff" * 4096 + raw[at + 4096 :]
    path.write_bytes(raw)
    tables = taken_up(path)
    with pytest.raises(sqlite3.DatabaseError):
        list(tables.plain)
    tables.close()


def test_a_tuple_that_cannot_be_read_is_damage(tmp_path: Path) -> None:
    kept(tmp_path / "kept", things=(Thing("1", "", "", 0, 0.0, ("工会",), ()),))
    with sqlite3.connect(tmp_path / "kept") as file:
        file.execute("UPDATE Thing SET names = substr(names, 1, 3)")
    file.close()
    tables = taken_up(tmp_path / "kept")
    with pytest.raises(sqlite3.DatabaseError, match="Thing 1"):
        tables.things.get("1")
    tables.close()


def test_what_a_save_that_was_killed_left_does_not_undo_the_next_file(tmp_path: Path) -> None:
    path, journal = tmp_path / "kept", tmp_path / "kept-journal"
    kept(path, *MANY)
    file = sqlite3.connect(path, isolation_level=None)
    file.execute("PRAGMA cache_size = 1")  # so that pages are written before the end
    file.execute("BEGIN IMMEDIATE")
    file.execute('UPDATE Plain SET "group" = "id"')
    shutil.copy(journal, tmp_path / "left")
    file.execute("ROLLBACK")
    file.close()
    (tmp_path / "left").replace(journal)
    (tmp_path / "kept.part").write_bytes(path.read_bytes()[:5000])
    kept(path, *MANY[:3])
    tables = taken_up(path)
    assert list(tables.plain) == list(MANY[:3])
    tables.close()
