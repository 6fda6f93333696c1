"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kg.errors import WorkspaceError

__all__ = ["write_atomic"]


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextlib.contextmanager
def write_atomic(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Give a binary file that takes the place of `path` when the block ends well, and vanishes when it does not.

    Folders on the way are made. What is no regular file (a terminal, a pipe) is written to directly.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode
    except OSError:
        mode = 0
    if mode and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        with target.open("wb") as device:
            yield device
        return
    if stat.S_ISDIR(mode):
        raise WorkspaceError(f"{path} is a folder; name a file to write")
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stream = _create(draft)
    except OSError as error:
        raise WorkspaceError(f"cannot write {path}: {error.strerror or error}; choose another place") from error
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if mode:
            with contextlib.suppress(OSError):
                draft.chmod(stat.S_IMODE(mode))
        _replace(draft, target, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        if isinstance(error, OSError) and error.errno in _FULL:
            raise WorkspaceError(f"cannot write {path}: {error.strerror or error}; make room") from error
        raise


def _create(draft: Path) -> BinaryIO:
    """Open a new file; one left by a process of the same number that died is replaced."""
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    return draft.open("xb")


def _replace(draft: Path, target: Path, path: str | os.PathLike[str]) -> None:
    try:
        draft.replace(target)
    except OSError as error:
        raise WorkspaceError(f"cannot write {path}: {error.strerror or error}; choose another place") from error
    with contextlib.suppress(OSError):  # a folder cannot be synced everywhere
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
