"""Lines that are found by halving and spliced: the same as reading all of them."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.io.records
from kg.errors import InputError
from kg.io import Lines, dump, write_records


@dataclass(frozen=True, slots=True)
class Note:
    """A record whose other values look like the beginning of a line."""

    name: str
    id: str
    words: str


# few letters, so that ids are beginnings of each other; of one to four bytes, since order is that of bytes
ids = st.text(alphabet="a-工😀", max_size=4)
words = st.one_of(st.sampled_from(["", '{"name":"a"', '\n{"name":"', "\\", "工会" * 20]), st.text(max_size=10))
notes = st.builds(Note, ids, ids, words)


def by_name(some: list[Note]) -> dict[str, Note]:
    return {one.name: one for one in some}


held = st.lists(notes, max_size=30).map(by_name)
changes = st.dictionaries(ids, words | st.none(), max_size=12)


@contextlib.contextmanager
def lines_of(records: dict[str, Note]) -> Iterator[Lines]:
    """Give the lines of a file of these records."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.jsonl"
        with path.open("wb") as stream:
            write_records(stream, (records[name] for name in sorted(records)))
        with contextlib.closing(Lines(path)) as lines:
            yield lines


def raw(records: dict[str, Note]) -> bytes:
    return b"".join(f"{dump(records[name])}\n".encode() for name in sorted(records))


@given(held, st.sets(ids, max_size=12))
def test_the_lines_of_some_ids_are_those_of_them_that_are_there(records: dict[str, Note], some: set[str]) -> None:
    wanted = [raw({name: records[name]}) for name in sorted(some) if name in records]
    with lines_of(records) as lines:
        assert list(lines.pick(some)) == wanted
        assert list(lines.pick(records)) == raw(records).splitlines(keepends=True)


@given(held, changes, st.sampled_from([1, 7, 64, 1 << 20]))
def test_a_spliced_file_is_one_that_was_written_anew(
    records: dict[str, Note], changed: dict[str, str | None], piece: int
) -> None:
    new = {name: Note(name, "", text) if text is not None else None for name, text in changed.items()}
    left = {name: one for name, one in {**records, **new}.items() if one is not None}
    with lines_of(records) as lines, pytest.MonkeyPatch.context() as patch:
        patch.setattr(kg.io.records, "_PIECE", piece)
        pieces = list(lines.changed(new))
        assert b"".join(pieces) == raw(left)
        written = {raw({name: one}) for name, one in new.items() if one is not None}
        assert all(len(one) <= piece or one in written for one in pieces)


def test_no_file_is_an_empty_one() -> None:
    lines = Lines(None)
    assert list(lines.pick(["a"])) == []
    assert b"".join(lines.changed({"a": Note("a", "", ""), "b": None})) == raw({"a": Note("a", "", "")})


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read .*notes\.jsonl"):
        Lines(tmp_path / "notes.jsonl")
