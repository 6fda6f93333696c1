"""Out of the graph of union-news-kg, into the formats of others: a name stands for a module, imported when asked for.

An exporter writes a graph, as `kg.graph` holds it or lets it flow, into an open binary stream; the command opens
files. A folder exporter writes several files into an empty folder. The same graph gives the same bytes, in whatever
order it was put together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from kg.errors import UnknownName

if TYPE_CHECKING:
    from networkx import MultiDiGraph

    from kg.graph import Flow

__all__ = [
    "DEFAULT_BASE",
    "EXPORTERS",
    "FOLDER_EXPORTERS",
    "Exporter",
    "FolderExporter",
    "get_exporter",
    "get_folder_exporter",
]

DEFAULT_BASE = "https://w3id.org/union-news-kg/id/"  # what the IRIs of entities, facts and evidence start with

EXPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "turtle": "exports.rdf:Turtle",
        "ntriples": "exports.rdf:NTriples",
        "trig": "exports.rdf:TriG",
        "nquads": "exports.rdf:NQuads",
        "jsonld": "exports.rdf:JsonLd",
        "rdfxml": "exports.rdf:RdfXml",
        "graphml": "exports.graphml:GraphML",
    }
)

FOLDER_EXPORTERS: Mapping[str, str] = MappingProxyType({"csv": "exports.table:Csv"})


class Exporter(Protocol):
    """Writes a graph into one stream."""

    def write(self, graph: MultiDiGraph[str] | Flow, stream: BinaryIO, *, base: str = DEFAULT_BASE) -> None:
        """Write the whole `graph`; `base` is what IRIs start with, in formats that have any."""


class FolderExporter(Protocol):
    """Writes a graph into a folder."""

    def write_folder(self, graph: MultiDiGraph[str] | Flow, folder: Path, *, bom: bool = False) -> None:
        """Write the whole `graph` into the empty `folder`; `bom` marks tables as UTF-8 for spreadsheets."""


def get_exporter(name: str) -> Exporter:
    """Import and make the exporter called `name`; nothing else is imported."""
    return cast(Exporter, _make("exporter", name, EXPORTERS))


def get_folder_exporter(name: str) -> FolderExporter:
    """Import and make the exporter into a folder called `name`; nothing else is imported."""
    return cast(FolderExporter, _make("exporter into a folder", name, FOLDER_EXPORTERS))


def _make(kind: str, name: str, registry: Mapping[str, str]) -> object:
    if name not in registry:
        raise UnknownName(kind, name, registry)
    module, _, attribute = registry[name].partition(":")
    make: Callable[[], object] = getattr(import_module(module), attribute)
    return make()
