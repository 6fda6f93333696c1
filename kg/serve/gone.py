"""What was withdrawn since the server started: `withdraw.tsv` is looked at whenever somebody asks for a document."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from kg.errors import KGError
from kg.selection import Selection, read_selection
from kg.workspace import WITHDRAWN, Workspace

__all__ = ["Gone"]

_Stamp = tuple[int, int, int] | None


def stamp_of(space: Workspace) -> _Stamp:
    """Return what changes when the file does, None where there is none."""
    try:
        told = (space.path / WITHDRAWN).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino


@dataclass(slots=True)
class Gone:
    """What of a workspace is not to be shown: what its store was made without, and what was withdrawn since.

    A line that is taken out of the file changes nothing before the next start, for the store does not have the thing.
    While the file cannot be read, what it said before counts.
    """

    space: Workspace
    start: Selection  # what the store was made with
    now: Selection | None  # what the file says; None where it cannot be read
    _known: Selection
    _stamp: _Stamp
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def since(cls, space: Workspace, start: Selection) -> Gone:
        """Begin with the selection that was read from a workspace just now."""
        return cls(space, start, start, start, stamp_of(space))

    def has(self, key: str) -> bool:
        """Say whether a thing, an article or a page was withdrawn."""
        self.look()
        return self.start.gone(key) is not None or self._known.gone(key) is not None

    def look(self) -> Selection | None:
        """Return what the file says, read again where it changed."""
        with self._lock:
            if (stamp := stamp_of(self.space)) != self._stamp:
                try:
                    self.now = self._known = read_selection(self.space.path, persons=self.start.persons)
                except (KGError, OSError):
                    self.now = None
                self._stamp = stamp
            return self.now
