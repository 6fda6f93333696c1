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
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cache
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import pyoxigraph as ox

import exports
import kg
import ontology
from exports import DEFAULT_BASE, get_exporter
from exports.catalogue import Summary, summarise
from kg.selection import Selection, select
from kg.workspace import Workspace

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    from kg.graph import Flow

__all__ = ["FOLDER", "STORE", "fill", "holding", "made_of", "make_store", "summary_of"]

FOLDER = ".rdf"
STORE = "store"
_SUMMARY = "summary.json"
_LOCK = "lock"
_DRAFT = ".making-"
_DAY = 86_400
_READ = (".py", ".ttl", ".tsv", ".txt", ".gz")  # files on which RDF depends
_LINES = 200_000  # that are loaded in one go


def made_of(space: Workspace, base: str, selection: Selection) -> str:
    """Return the name of the store that belongs to a workspace as it is now."""
    parts = [str(space.head.get(name)) for name in ("made_from", "ids", "name", "format")]
    shown = repr((selection.persons, sorted(selection.withdrawn)))  # why is nowhere in it
    told = "\n".join((*parts, base, shown, ox.__version__, _program()))
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:24]


def make_store(
    space: Workspace,
    *,
    base: str = DEFAULT_BASE,
    selection: Selection | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Path:
    """Return the folder of what belongs to a workspace, `store` and `summary.json`, made where it is not there.

    Where the workspace may not be written to, it is made in a folder that goes when the process ends.
    """
    from kg.graph import flow

    chosen = selection or Selection()
    name = made_of(space, base, chosen)
    home = space.path / FOLDER
    if not (home / name).is_dir():
        say(f"{space.path}: making a store of it, once")
        try:
            home.mkdir(exist_ok=True)
            draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=home))
        except OSError:
            draft = Path(tempfile.mkdtemp(prefix="kg-serve-"))
            atexit.register(shutil.rmtree, draft, ignore_errors=True)
            fill(select(flow(space.path), chosen), draft, base)
            return draft
        try:
            fill(select(flow(space.path), chosen), draft, base)
            draft.chmod(0o755)
            with contextlib.suppress(OSError):  # another server was faster
                draft.replace(home / name)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    _tidy(home, name)
    return home / name


def summary_of(folder: Path) -> Summary:
    """Return what was counted when the store in `folder` was made."""
    told = json.loads((folder / _SUMMARY).read_bytes())
    return Summary(**{name: _frozen(value) for name, value in told.items()})


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def fill(graph: Flow | MultiDiGraph[str], folder: Path, base: str) -> None:
    """Write the N-Quads of a graph into a new store in `folder`, and what is in it beside."""
    with tempfile.TemporaryFile(dir=folder) as stream:
        get_exporter("nquads").write(graph, cast(BinaryIO, stream), base=base)
        stream.seek(0)
        # the merged graph comes first; the name of a graph ends a line, and nothing else is called so
        merged = takewhile(lambda line: not line.endswith(b"#graph> .\n"), stream)
        (folder / _SUMMARY).write_text(json.dumps(asdict(summarise(merged, base=base))), encoding="utf-8")
        stream.seek(0)
        store = ox.Store(str(folder / STORE))
        # all at once it would hold a gigabyte and more; there are no blank nodes that lines could share
        while lines := b"".join(islice(stream, _LINES)):
            store.bulk_load(lines, format=ox.RdfFormat.N_QUADS)
        store.optimize()
        store.flush()
        del store


@cache
def _program() -> str:
    """Return a hash of what writes the store: programs, and the tables they read."""
    return _hash_of(*(Path(str(package.__file__)).parent for package in (kg, exports, ontology)))


def _hash_of(*homes: Path) -> str:
    hasher = hashlib.sha256()
    for home in homes:
        for path in sorted(one for one in home.rglob("*") if one.suffix in _READ):
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
