"""A process that answers one query after another: `python -m kg.serve.worker STORE SECONDS MEMORY`.

A frame on standard input is a question, one on standard output the answer; the pool ends the process where an answer
takes too long. It ends itself where its input does, or, should nobody be there to end it, some seconds after the limit.
It may not open a connection, as far as the system lets it forbid itself that, and not take more memory than it was
told.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import platform
import re
import signal
import struct
import sys
from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

import pyoxigraph as ox

from exports.rdf import PREFIXES
from kg.serve.accept import GRAPHS
from kg.serve.results import Written, write_boolean, write_graph, write_rows

__all__ = ["Wrong", "answer", "read_frame", "write_frame"]

GRACE = 5  # seconds behind the limit after which a worker ends itself
_POSITION = re.compile(r"error at (\d+):(\d+): ?(?:expected )?")
_LONGEST = 240  # characters of a message


class Wrong(Exception):
    """A query that cannot be answered; `kind` is syntax, evaluation, store, memory or form."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def answer(store: ox.Store, asked: dict[str, Any]) -> Written:
    """Answer what was asked: `query`, `rows` and `graphs` (the formats for either kind of result), `default` and
    `named` (IRIs of graphs, or None), `base`, `max_rows`, `max_bytes`."""
    default, named = asked["default"], asked["named"]
    if default is not None or named is not None:
        # who names graphs of one kind only has none of the other
        default, named = default or [], named or []
    try:
        result = store.query(
            asked["query"],
            base_iri=asked["base"],
            default_graph=None if default is None else [ox.NamedNode(iri) for iri in default],
            named_graphs=None if named is None else [ox.NamedNode(iri) for iri in named],
        )
    except SyntaxError as error:
        raise Wrong("syntax", _syntax(str(error))) from None
    if isinstance(result, ox.QueryTriples):
        return _graph(result, asked)
    if not asked["rows"]:
        raise Wrong("form", "it gives rows, which cannot be written in the format asked for")
    if isinstance(result, ox.QueryBoolean):
        return write_boolean(bool(result), asked["rows"])
    names = [variable.value for variable in result.variables]
    rows = ([solution[index] for index in range(len(names))] for solution in result)
    return write_rows(names, rows, asked["rows"], max_rows=asked["max_rows"], max_bytes=asked["max_bytes"])


def _graph(found: Iterable[ox.Triple], asked: dict[str, Any]) -> Written:
    one = next((known for known in GRAPHS if known.name == asked["graphs"]), None)
    if one is None:
        raise Wrong("form", "it gives a graph, which cannot be written in the format asked for")
    limit = asked["max_rows"]
    triples = list(islice(dict.fromkeys(found), limit + 1))
    truncated = len(triples) > limit
    kept = sorted(triples[:limit], key=str)
    body = write_graph(kept, one, PREFIXES)
    while len(body) > asked["max_bytes"] and kept:
        truncated = True
        kept = kept[: len(kept) * asked["max_bytes"] // (len(body) + 1)]
        body = write_graph(kept, one, PREFIXES)
    return Written(body, len(kept), truncated)


def _syntax(said: str) -> str:
    """Return what pyoxigraph said in one line, with the place in front."""
    said = " ".join(said.split())
    match = _POSITION.match(said)
    if not match:
        return said[:_LONGEST]
    expected = said[match.end() :].replace(", [_]", "")  # how its grammar calls a blank
    if len(expected) > _LONGEST:
        expected = expected[:_LONGEST].rpartition(",")[0] + ", …"
    return f"line {match[1]}, column {match[2]}: expected {expected}"


# ------------------------------------------------------------------------------------------------------------ frames


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the next frame, None where there is none any more."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (size,) = struct.unpack(">I", head)
    body = stream.read(size)
    return body if len(body) == size else None


def write_frame(stream: BinaryIO, *parts: bytes) -> None:
    """Write one frame."""
    stream.write(struct.pack(">I", sum(map(len, parts))))
    stream.writelines(parts)
    stream.flush()


# ------------------------------------------------------------------------------------------------------------- process


def main(path: str, seconds: float, memory: int) -> None:
    """Open the store and answer until the input ends; `memory`: MiB it may take beyond what it starts with."""
    sent, wanted = sys.stdout.buffer, sys.stdin.buffer
    sys.stdout = sys.stderr  # nothing but frames goes there
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    no_network()
    store = ox.Store.read_only(path)
    _bound(memory)
    write_frame(sent, b"{}")
    while (frame := read_frame(wanted)) is not None:
        asked = json.loads(frame)
        _alarm(seconds + GRACE)
        try:
            try:
                found = answer(store, asked)
            except MemoryError:
                raise Wrong("memory", f"it needs more than {memory} MiB of memory") from None
            except OSError as error:
                raise Wrong("store", " ".join(str(error).split())[:_LONGEST]) from None
            except (ValueError, RuntimeError) as error:
                raise Wrong("evaluation", " ".join(str(error).split())[:_LONGEST]) from None
        except Wrong as wrong:
            write_frame(sent, json.dumps({"wrong": wrong.kind, "message": str(wrong)}).encode() + b"\n")
        else:
            head = json.dumps({"count": found.count, "truncated": found.truncated}).encode() + b"\n"
            write_frame(sent, head, found.body)
        _alarm(0)


def _alarm(seconds: float) -> None:
    """Have the system end this process then, whatever it is at; it does so for a SIGALRM that nobody waits for."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bound(memory: int) -> None:
    """Let this process take `memory` MiB more than it has, where the system can be told."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123 - no file, but what the system says
            pages = int(stream.read().split()[0])
        limit = pages * resource.getpagesize() + memory * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


# Numbers of the system on which the filter below runs: what the machine is called in it, and its call `socket`.
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_X32 = 0x40000000  # calls of another kind on the same machine begin here


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def no_network() -> bool:
    """Forbid this process to open a socket (Linux, seccomp); return whether that worked.

    Queries with SERVICE are refused before they get here. This is for the one that would slip through.
    """
    if not sys.platform.startswith("linux") or platform.machine() not in _MACHINES:
        return False
    machine, call = _MACHINES[platform.machine()]
    load, equal, at_least, give = 0x20, 0x15, 0x35, 0x06
    allow, refuse = 0x7FFF0000, 0x00050001  # EPERM
    steps = (
        _Step(load, 0, 0, 4),  # the machine
        _Step(equal, 0, 3, machine),
        _Step(load, 0, 0, 0),  # the call
        _Step(at_least, 1, 0, _X32),
        _Step(equal, 0, 1, call),
        _Step(give, 0, 0, refuse),
        _Step(give, 0, 0, allow),
    )
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    try:
        control = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return False
    no_new_privileges, seccomp, filter_mode = 38, 22, 2
    return bool(
        control(no_new_privileges, 1, 0, 0, 0) == 0 and control(seccomp, filter_mode, ctypes.byref(program), 0, 0) == 0
    )


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))
