"""GraphML: networkx's own writer, for Gephi, yEd, igraph and networkx itself.

A list becomes JSON text, since GraphML has only single values. What XML cannot hold (most control characters) becomes
U+FFFD. `plain` does both, and reading the file back gives its result.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import networkx as nx

from exports import DEFAULT_BASE
from exports.xmltext import EscapingStream, xml_text
from kg.errors import InputError
from kg.graph import Flow, as_graph

__all__ = ["GraphML", "plain"]


class GraphML:
    """Writes GraphML, for Gephi, yEd, igraph and networkx; lists become JSON text."""

    def write(self, graph: nx.MultiDiGraph[str] | Flow, stream: BinaryIO, *, base: str = DEFAULT_BASE) -> None:
        """Write the whole `graph`; `base` plays no part, since GraphML knows no IRIs."""
        # not write_graphml: that is another writer with other bytes where lxml happens to be installed
        nx.write_graphml_xml(plain(as_graph(graph)), EscapingStream(stream))


def plain(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return `graph` in sorted order with single values only."""
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in sorted(graph):
        result.add_node(xml_text(node), **_plain(graph.nodes[node]))
    for subject, target, key, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: (edge[2], edge[:2])):
        edge = xml_text(subject), xml_text(target), xml_text(key)
        result.add_edge(*edge)
        result.edges[edge].update(_plain(data))  # not **, for an attribute is called key
    return result


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _single(name, data[name]) for name in sorted(data)}


def _single(name: str, value: Any) -> str | int | float | bool:
    match value:
        case str():
            return xml_text(value)
        case bool() | int() | float():
            return value
        case list() | tuple():
            return xml_text(json.dumps(value, ensure_ascii=False))
        case _:
            raise InputError(f"{name}: GraphML cannot hold a {type(value).__name__}; make it text, a number or a list")
