"""What changed between two graphs: the triples that came and those that went, as sorted N-Triples.

Both ends are read as lines sorted by their bytes, as `kg export ntriples` writes them, side by side: nothing is held.
The old lines without those removed, and with those added, are the new ones byte for byte.

Where something was withdrawn in between, telling what went would publish it once more: then the texts among what went
are told by the SHA-256 of their lines only.
"""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO, cast

from exports import DEFAULT_BASE
from exports.rdf.describe import Describer
from exports.rdf.terms import Terms
from exports.rdf.write import plain_rows, triple_chunks
from kg.errors import InputError
from kg.graph import Flow

__all__ = ["DUMPS", "Delta", "Tally", "apply", "delta", "lines", "read_lines", "write_delta"]

DUMPS = ("dumps/union-news.nt", "dumps/union-news.nt.gz")  # where a portal keeps its N-Triples
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many triples there are, and the checksum of their lines."""

    triples: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Delta:
    """The two ends, and what lies between them; of what was removed `withheld` lines are told by their hash."""

    old: Tally
    new: Tally
    added: Tally
    removed: Tally
    withheld: int = 0


class _Count:
    """Counts lines, and writes them where they are to be written: in full, or texts by their hash."""

    def __init__(self, stream: BinaryIO | None = None, hashes: BinaryIO | None = None) -> None:
        self._stream, self._hashes, self._hash, self._lines = stream, hashes, hashlib.sha256(), 0
        self.withheld = 0

    def take(self, line: bytes) -> None:
        self._lines += 1
        self._hash.update(line)
        if self._hashes is not None and _is_text(line):
            self._hashes.write(f"{hashlib.sha256(line).hexdigest()}\n".encode("ascii"))
            self.withheld += 1
        elif self._stream is not None:
            self._stream.write(line)

    def tally(self) -> Tally:
        return Tally(self._lines, self._hash.hexdigest())


def _is_text(line: bytes) -> bool:
    """Whether the object of a triple is a literal: no IRI holds a blank."""
    return line.split(b" ", 2)[-1].startswith(b'"')


def delta(
    old: Iterable[bytes],
    new: Iterable[bytes],
    added: BinaryIO,
    removed: BinaryIO,
    hashes: BinaryIO | None = None,
) -> Delta:
    """Write what is in `new` only, and what is in `old` only; both are sorted lines, none twice.

    With `hashes` the removed lines that end in a text go there by their SHA-256, and not into `removed`.
    """
    came, went, before, after = _Count(added), _Count(removed, hashes), _Count(), _Count()
    olds, news = iter(old), iter(new)
    one, other = next(olds, None), next(news, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one < other):
            assert one is not None
            went.take(one)
        elif one is None or other < one:
            came.take(other)
        here = one is not None and (other is None or one <= other)
        there = other is not None and (one is None or other <= one)
        if here:
            before.take(cast(bytes, one))
            one = next(olds, None)
        if there:
            after.take(cast(bytes, other))
            other = next(news, None)
    return Delta(before.tally(), after.tally(), came.tally(), went.tally(), went.withheld)


def write_delta(
    old: Iterable[bytes], new: Iterable[bytes], folder: Path, *, base: str, withhold: bool = False
) -> Delta:
    """Write `added.nt`, `removed.nt` and `delta.json` (numbers and checksums of all ends) into `folder`.

    `withhold` where not all may be told that went: its texts then stand in `removed.sha256`, as hashes of their lines.
    """
    with ExitStack() as stack:
        names = ("added.nt", "removed.nt", *(("removed.sha256",) if withhold else ()))
        found = delta(old, new, *(stack.enter_context((folder / name).open("wb")) for name in names))
    text = json.dumps({"base": base, **asdict(found)}, ensure_ascii=False, indent=1) + "\n"
    (folder / "delta.json").write_text(text, encoding="utf-8", newline="\n")
    return found


def apply(
    old: Iterable[bytes], removed: Iterable[bytes], added: Iterable[bytes], hashes: Iterable[bytes] = ()
) -> Iterator[bytes]:
    """Yield the new lines, given the old ones and what `delta` wrote; raises InputError where these do not fit."""
    return heapq.merge(_without(old, removed, {line.strip() for line in hashes}), added)


def _without(lines: Iterable[bytes], removed: Iterable[bytes], hashes: set[bytes]) -> Iterator[bytes]:
    going = iter(removed)
    gone = next(going, None)
    for line in lines:
        if line == gone:
            gone = next(going, None)
        elif hashes and (found := hashlib.sha256(line).hexdigest().encode("ascii")) in hashes:
            hashes.discard(found)
        else:
            yield line
    if gone is not None:
        raise InputError(f"not a delta of this graph: {gone.decode('utf-8', 'replace').strip()} is not in it")
    if hashes:
        raise InputError(f"not a delta of this graph: {len(hashes)} lines of removed.sha256 are not in it")


def lines(flow: Flow, *, base: str = DEFAULT_BASE) -> Iterator[bytes]:
    """Yield the N-Triples of a graph line by line, sorted."""
    for chunk in triple_chunks(plain_rows(flow, Describer(Terms(base)))):
        yield from chunk.splitlines(keepends=True)


def read_lines(path: str | os.PathLike[str]) -> Iterator[bytes]:
    """Yield the lines of a dump as N-Triples, packed by gzip or not, or of that in the folder of a portal.

    Raises InputError where there is none, and, with its number, at a line that is no triple or not in order.
    """
    file = Path(path)
    if file.is_dir():
        found = next((file / name for name in DUMPS if (file / name).is_file()), None)
        if found is None:
            raise InputError(f"{path}: neither a workspace nor a portal (no {DUMPS[0]}); name one, or N-Triples")
        file = found
    before = b""
    try:
        with file.open("rb") as raw:
            packed = raw.peek(2)[:2] == _GZIP
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
            for number, line in enumerate(stream, 1):
                if not line.endswith(b"\n"):
                    line += b"\n"
                if not line.startswith(b"<") or not line.endswith(b" .\n"):
                    raise InputError(f"{file}, line {number}: no triple; give what kg export ntriples wrote")
                if line <= before:
                    raise InputError(
                        f"{file}, line {number}: not behind the line above by its bytes; LC_ALL=C sort -u sorts so"
                    )
                yield line
                before = line
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot read {file}: {getattr(error, 'strerror', None) or error}") from error
