"""Sorting more lines than memory should hold: runs are sorted, put into temporary files, and merged while read."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import IO, Self

__all__ = ["Sorter"]

LIMIT = 24_000_000  # characters held before a run is written; some 100 MB, with what Python needs for each line
EACH = 60  # what a line weighs beside its characters
MOST = 64  # runs that are merged at once; each costs an open file


class Sorter:
    """Takes lines in any order and gives them back sorted by code points, which is the order of their UTF-8 bytes.

    A context manager, since it may hold temporary files. Lines must not hold a line feed. Equal lines all come back.
    """

    def __init__(self, *, limit: int = LIMIT) -> None:
        """Hold at most about `limit` characters in memory; what goes beyond is put on disk."""
        self._limit = limit
        self._lines: list[str] = []
        self._weight = 0
        self._runs: list[IO[str]] = []
        self._open = ExitStack()

    def add(self, line: str) -> None:
        """Take one line."""
        self._lines.append(line)
        self._weight += len(line) + EACH
        if self._weight > self._limit:
            self._spill()

    def _spill(self) -> None:
        self._lines.sort()
        if len(self._runs) == MOST:
            self._write(iter(heapq.merge(*map(_read, self._runs))), instead=True)
        self._write(iter(self._lines))
        self._lines = []
        self._weight = 0

    def _write(self, lines: Iterator[str], *, instead: bool = False) -> None:
        # buffered in large pieces: the runs are read side by side
        run = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", buffering=1 << 18)  # noqa: SIM115
        run.writelines(line + "\n" for line in lines)
        if instead:
            self._open.close()
            self._runs.clear()
        self._runs.append(self._open.enter_context(run))

    def __iter__(self) -> Iterator[str]:
        """Yield all lines, sorted; may be asked for again, also after more were added."""
        self._lines.sort()
        if not self._runs:
            return iter(self._lines)
        return heapq.merge(*map(_read, self._runs), self._lines)

    def __enter__(self) -> Self:
        """Return the sorter."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the temporary files."""
        self._open.close()


def _read(run: IO[str]) -> Iterator[str]:
    run.flush()
    run.seek(0)
    for line in run:
        yield line[:-1]
