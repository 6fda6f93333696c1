"""Descriptions in any order become N-Triples or N-Quads in one order, and those any other syntax.

The lines we write ourselves: sorted by subject outside of memory, put together, each triple once. Every other syntax is
made from them by pyoxigraph, which reads them as fast as they come and keeps no more than one subject.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO, cast

import pyoxigraph as ox

from exports.rdf.describe import SEP, Describer, Description
from kg.graph import Flow
from kg.io import Sorter

__all__ = ["named_rows", "plain_rows", "quad_chunks", "serialize", "triple_chunks"]

CHUNK = 1 << 16  # characters that are written at once
_IN = "\x1e"  # behind the name of a graph; sorts in front of <, and so the graph without a name comes first


def plain_rows(flow: Flow, describer: Describer) -> Iterator[Description]:
    """Describe the whole graph."""
    for node in flow.nodes():
        yield from describer.node(*node)
    for edge in flow.edges():
        yield from describer.edge(*edge)


def named_rows(flow: Flow, describer: Describer) -> Iterator[tuple[str, Description]]:
    """Describe the whole graph in the graph without a name, and what each article says in the graph of that."""
    for node in flow.nodes():
        for description in describer.node(*node):
            yield "", description
    for edge in flow.edges():
        for description in describer.edge(*edge):
            yield "", description
        yield from describer.by_article(*edge)


def triple_chunks(rows: Iterable[Description]) -> Iterator[bytes]:
    """Yield N-Triples: the lines sorted by their bytes, none twice."""
    with Sorter() as sorter:
        for subject, pairs in rows:
            sorter.add(f"{subject} {pairs}")
        yield from _chunks(_lines(sorter, " .\n"))


def quad_chunks(rows: Iterable[tuple[str, Description]]) -> Iterator[bytes]:
    """Yield N-Quads, graph by graph, the lines of each sorted by their bytes, none twice."""
    with Sorter() as sorter:
        for graph, (subject, pairs) in rows:
            sorter.add(f"{graph}{_IN}{subject} {pairs}")
        for graph, found in groupby(sorter, key=_graph):
            cut = len(graph) + 1
            yield from _chunks(_lines((row[cut:] for row in found), f" {graph} .\n" if graph else " .\n"))


def _graph(row: str) -> str:
    return row[: row.index(_IN)]


def _lines(rows: Iterable[str], close: str) -> Iterator[str]:
    """Yield the lines of each subject; `rows` are sorted, so that all that is said of one stands together."""
    subject, pairs = "", ""
    for row in rows:
        # an IRI holds no blank: what is in front of the first is the subject
        cut = row.index(" ")
        if row[:cut] == subject:
            pairs += SEP + row[cut + 1 :]
            continue
        if subject:
            yield _block(subject, pairs, close)
        subject, pairs = row[:cut], row[cut + 1 :]
    if subject:
        yield _block(subject, pairs, close)


def _block(subject: str, pairs: str, close: str) -> str:
    start = f"{subject} "
    return start + f"{close}{start}".join(sorted(set(pairs.split(SEP)))) + close


def _chunks(parts: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > CHUNK:
            yield "".join(held).encode("utf-8")
            held, size = [], 0
    yield "".join(held).encode("utf-8")


def serialize(
    chunks: Iterator[bytes],
    stream: BinaryIO,
    *,
    read_as: ox.RdfFormat,
    write_as: ox.RdfFormat,
    prefixes: dict[str, str],
) -> None:
    """Write what `chunks` of N-Triples or N-Quads say in another syntax."""
    source = io.BufferedReader(_Source(chunks), 1 << 18)
    # lenient: the terms are ours, and looking at each IRI again takes as long as all the rest
    parsed = ox.parse(cast(BinaryIO, source), format=read_as, lenient=True)
    ox.serialize(parsed, stream, format=write_as, prefixes=prefixes)


class _Source(io.RawIOBase):
    """A file that reads as pieces of bytes come."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._left = chunks, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        target = memoryview(cast(bytearray, buffer))
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = memoryview(chunk)
        size = min(len(target), len(self._left))
        target[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
