"""The workspace as a store that SPARQL can ask: made from its N-Quads, kept in the hidden folder `.rdf` beside them.

It is a cache, as the embedded database is: whoever deletes it only waits longer the next time. Each store has a name
that tells what it was made from (pages, ids, base, what is left out, the program that wrote it), so that one made from
something else is never taken for it, and a server that runs keeps the one it has while another is made.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

import exports
import ontology
from exports import DEFAULT_BASE, get_exporter
from kg.serve.about import Counts, count
from kg.workspace import Workspace

__all__ = ["FOLDER", "STORE", "Selection", "counts_of", "holding", "made_of", "make_store"]

FOLDER = ".rdf"
STORE = "store"
_COUNTS = "counts.json"
_LOCK = "lock"
_DRAFT = ".making-"
_DAY = 86_400


class Selection:
    """What of a workspace is shown; this one shows all of it."""

    name = "all"

    def gone(self, _key: str) -> bool:
        """Say whether this entity or article was taken out: its page says so."""
        return False


def made_of(space: Workspace, base: str, selection: Selection) -> str:
    """Return the name of the store that belongs to a workspace as it is now."""
    parts = [str(space.head.get(name)) for name in ("made_from", "ids", "name", "format")]
    hasher = hashlib.sha256("\n".join((*parts, base, selection.name, ox.__version__, _program())).encode("utf-8"))
    return hasher.hexdigest()[:24]


def make_store(space: Workspace, *, base: str = DEFAULT_BASE, selection: Selection | None = None) -> Path:
    """Return the folder of what belongs to a workspace, `store` and `counts.json`, made where it is not there.

    Where the workspace may not be written to, it is made in a folder that goes when the process ends.
    """
    name = made_of(space, base, selection or Selection())
    home = space.path / FOLDER
    if not (home / name).is_dir():
        try:
            home.mkdir(exist_ok=True)
            draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=home))
        except OSError:
            draft = Path(tempfile.mkdtemp(prefix="kg-serve-"))
            atexit.register(shutil.rmtree, draft, ignore_errors=True)
            _fill(space, draft, base)
            return draft
        try:
            _fill(space, draft, base)
            draft.chmod(0o755)
            with contextlib.suppress(OSError):  # another server was faster
                draft.replace(home / name)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    _tidy(home, name)
    return home / name


def counts_of(folder: Path) -> Counts:
    """Return what was counted when the store in `folder` was made."""
    told = json.loads((folder / _COUNTS).read_bytes())
    return Counts(**{**told, "classes": tuple((str(name), int(number)) for name, number in told["classes"])})


def _fill(space: Workspace, folder: Path, base: str) -> None:
    """Write the N-Quads of a workspace into a new store, and count what is in it."""
    from kg.graph import read_graph

    with tempfile.TemporaryFile(dir=folder) as stream:
        get_exporter("nquads").write(read_graph(space.path), cast(BinaryIO, stream), base=base)
        stream.seek(0)
        store = ox.Store(str(folder / STORE))
        store.bulk_load(stream, format=ox.RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
        (folder / _COUNTS).write_text(json.dumps(asdict(count(store))), encoding="utf-8")
        del store


@cache
def _program() -> str:
    """Return a hash of what writes the store."""
    hasher = hashlib.sha256()
    for package in (exports, ontology):
        home = Path(str(package.__file__)).parent
        for path in sorted(one for one in home.rglob("*") if one.suffix in (".py", ".ttl")):
            hasher.update(path.read_bytes())
    return hasher.hexdigest()


# A server holds a lock in the folder of its store for as long as it runs, so that nobody tidies it away.


@contextlib.contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Keep a store from being removed by another server."""
    with contextlib.ExitStack() as stack:
        if sys.platform != "win32":
            import fcntl

            with contextlib.suppress(OSError):
                handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
                stack.callback(os.close, handle)
                fcntl.flock(handle, fcntl.LOCK_SH)
        yield


def _tidy(home: Path, name: str) -> None:
    """Remove stores of what the workspace was before, unless a server still holds them."""
    if sys.platform == "win32":  # open files cannot be removed there, and that is known too late
        return
    import fcntl

    for old in home.iterdir():
        with contextlib.suppress(OSError):
            if old.name.startswith(_DRAFT):  # of a process that was killed
                if time.time() - old.stat().st_mtime > _DAY:
                    shutil.rmtree(old, ignore_errors=True)
            elif old.name != name:
                handle = os.open(old / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(old, ignore_errors=True)
                finally:
                    os.close(handle)
