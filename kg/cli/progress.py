"""A line of progress on stderr, only where somebody watches."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO

__all__ = ["Progress"]

EVERY = 0.1  # seconds between two changes of the line


class Progress:
    """Shows stage and count on one line of a terminal; anywhere else it shows nothing."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._on = self._stream.isatty()
        self._last = 0.0
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show where the work is; `total` is 0 where it is not known."""
        now = time.monotonic()
        if not self._on or (stage == self._stage and now - self._last < EVERY and done != total):
            return
        self._last, self._stage = now, stage
        count = f" {done}/{total}" if total else f" {done}" if done else ""
        self._stream.write(f"\r\x1b[K{stage}{count}")
        self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the line."""
        if self._on:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
