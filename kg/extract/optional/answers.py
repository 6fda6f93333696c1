"""Answers of a model, kept by what was asked: a second run asks nobody and gives the same bytes."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from kg.errors import InputError, WorkspaceError
from kg.io import write_atomic

__all__ = ["Answers", "default_folder"]


def default_folder() -> Path:
    """Where answers are kept when no folder is named: below KG_CACHE, else in the user's cache folder."""
    named = os.environ.get("KG_CACHE", "")
    if named:
        return Path(named) / "llm"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "union-news-kg" / "llm"


class Answers:
    """A folder with one small JSON file an answer. Its name is a hash of model, prompt and text, so a file is never
    wrong, only not wanted any more; several processes may use the folder at once.
    """

    def __init__(self, folder: Path) -> None:
        """Use `folder`, made where it is missing; raises WorkspaceError where nothing can be written into it."""
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise WorkspaceError(
                f"cannot write {folder}: {error.strerror or error}; name another folder with --llm-cache"
            ) from error

    def path(self, key: str) -> Path:
        """Where the answer with this key is kept."""
        return self.folder / key[:2] / f"{key}.json"

    def get(self, key: str) -> str | None:
        """Return the answer with this key, None where there is none; raises InputError where it cannot be read."""
        path = self.path(key)
        try:
            content = json.loads(path.read_bytes())["content"]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise InputError(
                f"{path}: no answer of a model ({error}); remove the file, and it is asked again"
            ) from None
        if not isinstance(content, str):
            raise InputError(f"{path}: no answer of a model; remove the file, and it is asked again")
        return content

    def put(self, key: str, model: str, content: str) -> None:
        """Keep an answer, whole or not at all."""
        record = json.dumps({"model": model, "content": content}, ensure_ascii=False, indent=1)
        with write_atomic(self.path(key)) as stream:
            stream.write(record.encode("utf-8", "surrogatepass") + b"\n")
