"""Folders that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError, WorkspaceError

__all__ = ["write_folder_atomic"]

MARK = ".kg-export"  # stands in every folder that an export made, so that only such a folder is ever replaced


@contextlib.contextmanager
def write_folder_atomic(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give an empty folder that takes the place of `path` when the block ends well, and vanishes when it does not.

    A folder that holds anything and was not made here is left alone: its files are somebody's.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not _is_ours(target):
        raise InputError(f"{path} is there already and no export made it; name a new folder or an empty one")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise WorkspaceError(f"cannot write {path}: {error.strerror or error}; choose another place") from error
    try:
        fresh, old = work / "new", work / "old"
        fresh.mkdir()
        yield fresh
        (fresh / MARK).write_text("", encoding="utf-8")
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except BaseException:
            if old.exists():
                old.rename(target)
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and ((folder / MARK).is_file() or not any(folder.iterdir()))
