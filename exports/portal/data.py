"""The data of each document, cut out of the sorted lines of N-Triples, and the dumps of all of it."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from exports.rdf import NQuads, RdfXml, prefixes
from exports.rdf.describe import Describer
from exports.rdf.terms import PREFIXES, Terms
from exports.rdf.write import plain_rows, serialize, triple_chunks
from kg.graph import Flow

__all__ = ["NAME", "by_document", "syntaxes", "write_dumps", "write_lines"]

NAME = "union-news"
SUFFIXES = ("nt", "ttl", "jsonld", "nq", "trig", "rdf")
CHUNK = 1 << 18


def write_lines(flow: Flow, base: str, stream: BinaryIO) -> Iterator[bytes]:
    """Write N-Triples, and yield what was written in pieces of whole lines."""
    for chunk in triple_chunks(plain_rows(flow, Describer(Terms(base)))):
        stream.write(chunk)
        yield chunk


def by_document(chunks: Iterable[bytes], base: str) -> Iterator[tuple[str, bytes]]:
    """Yield each document, as it stands behind the base, with its lines of N-Triples.

    The lines are sorted, so a document stands together but where its IRI is the beginning of another's: `x#1`, `x-2`,
    `x>` come in this order. Held are the documents that may go on.
    """
    start = f"<{base}".encode()
    cut = len(start)
    held: list[tuple[bytes, list[bytes]]] = []  # each is the beginning of the next
    own: list[bytes] = []
    here, hash_, end = b"", b"", b""
    for chunk in chunks:
        for line in chunk.splitlines(keepends=True):
            if line.startswith((hash_, end)) and here:
                own.append(line)
                continue
            close = line.index(b">")
            part = line.find(b"#", 0, close)
            here = line[cut : close if part < 0 else part]
            hash_, end = start + here + b"#", start + here + b">"
            while held and not here.startswith(held[-1][0]):
                name, lines = held.pop()
                yield name.decode("ascii"), b"".join(lines)
            if not held or held[-1][0] != here:
                held.append((here, []))
            own = held[-1][1]
            own.append(line)
    while held:
        name, lines = held.pop()
        yield name.decode("ascii"), b"".join(lines)


def syntaxes(lines: bytes, base: str) -> dict[str, bytes]:
    """Return lines of N-Triples in the syntaxes that lie beside a page, by suffix, as dumps have them."""
    quads = list(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES, lenient=True))
    return {
        "ttl": ox.serialize(quads, format=ox.RdfFormat.TURTLE, prefixes=prefixes(base)) or b"",
        "jsonld": ox.serialize(quads, format=ox.RdfFormat.JSON_LD, prefixes=dict(PREFIXES)) or b"",
    }


def write_dumps(flow: Flow, base: str, folder: Path) -> list[Path]:
    """Write every other format beside the N-Triples in `folder`, each also packed; return all files.

    The bytes are those of `kg export`: what that makes of sorted lines is made here of the lines that are there.
    """
    lines, quads = folder / f"{NAME}.nt", folder / f"{NAME}.nq"
    with quads.open("wb") as stream:
        NQuads().write(flow, stream, base=base)
    with (folder / f"{NAME}.rdf").open("wb") as stream:
        RdfXml().write(flow, stream, base=base)
    triples, graphs = ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS
    _convert(lines, triples, folder / f"{NAME}.ttl", ox.RdfFormat.TURTLE, prefixes(base))
    _convert(lines, triples, folder / f"{NAME}.jsonld", ox.RdfFormat.JSON_LD, dict(PREFIXES))
    _convert(quads, graphs, folder / f"{NAME}.trig", ox.RdfFormat.TRIG, prefixes(base))
    found = []
    for suffix in SUFFIXES:
        path = folder / f"{NAME}.{suffix}"
        packed = path.with_name(f"{path.name}.gz")
        with path.open("rb") as plain, packed.open("wb") as target, gzip.GzipFile("", "wb", 6, target, 0) as stream:
            shutil.copyfileobj(plain, stream, CHUNK)  # without name and time: the same is packed into the same
        found += [path, packed]
    return found


def _convert(source: Path, read_as: ox.RdfFormat, target: Path, write_as: ox.RdfFormat, names: dict[str, str]) -> None:
    with source.open("rb") as lines, target.open("wb") as stream:
        read: Callable[[], bytes] = lambda: lines.read(CHUNK)  # noqa: E731
        serialize(iter(read, b""), stream, read_as=read_as, write_as=write_as, prefixes=names)
