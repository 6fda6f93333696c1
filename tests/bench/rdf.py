"""Jobs: RDF of a made-up workspace, written by us and by rdflib, and whether both hold the same triples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.measure import measured

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["SUFFIX", "ours", "rdflibs", "same"]

SUFFIX = {
    "ntriples": ".nt",
    "turtle": ".ttl",
    "nquads": ".nq",
    "trig": ".trig",
    "jsonld": ".jsonld",
    "rdfxml": ".rdf",
}
PREFIX = re.compile(r"^@prefix (\w+): <([^>]*)>", re.MULTILINE)
RDFLIB = {"ntriples": "nt", "turtle": "turtle"}


def space(folder: str, statements: int) -> dict[str, Any]:
    """Make the workspace that is exported."""
    from tests.bench.space import STATEMENTS_PER_NODE, write_space

    return dict(write_space(Path(folder), max(100, round(statements / STATEMENTS_PER_NODE))))


def ours(folder: str, syntax: str, path: str) -> dict[str, Any]:
    """Write the workspace as `kg export` does, from its files: read, joined, sorted, written."""
    from exports import get_exporter
    from kg.graph import flow

    with measured() as use, Path(path).open("wb") as stream:
        get_exporter(syntax).write(flow(folder), stream)
    return {"use": use, "amount": _count(path), "file": Path(path).stat().st_size}


def rdflibs(source: str, turtle: str, syntax: str, path: str) -> dict[str, Any]:
    """Read the N-Triples in `source` into rdflib's memory, then have it write them; the two told apart.

    The prefixes are those of the file `turtle`, so that both write the same names.
    """
    import rdflib

    with measured() as load:
        graph = rdflib.Graph(bind_namespaces="none")
        graph.parse(source, format="nt")
    for prefix, iri in PREFIX.findall(Path(turtle).read_text(encoding="utf-8")):
        graph.bind(prefix, iri)
    with measured() as use:
        graph.serialize(destination=path, format=RDFLIB[syntax], encoding="utf-8")
    return {"use": use, "load": load, "amount": len(graph), "file": Path(path).stat().st_size}


def same(paths: Sequence[str]) -> dict[str, Any]:
    """Count the different triples of each file, and say whether all hold the same ones."""
    found = [set(_parsed(path)) for path in paths]
    return {"counts": [len(triples) for triples in found], "same": all(triples == found[0] for triples in found)}


def _count(path: str) -> int:
    """Count the triples of a file that we wrote, in which none stands twice."""
    if path.endswith((SUFFIX["ntriples"], SUFFIX["nquads"])):
        with Path(path).open("rb") as stream:
            return sum(1 for _ in stream)
    return sum(1 for _ in _quads(path))


def _parsed(path: str) -> Iterator[str]:
    for quad in _quads(path):
        yield str(quad.triple)


def _quads(path: str) -> Iterator[pyoxigraph.Quad]:
    import pyoxigraph as ox  # rdflib is measured without it

    with Path(path).open("rb") as stream:
        yield from ox.parse(stream, format=ox.RdfFormat.from_extension(Path(path).suffix[1:]), lenient=True)
