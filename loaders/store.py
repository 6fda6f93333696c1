"""What every store can do, and the rows a graph becomes before it goes into one."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

from kg.errors import StoreError
from ontology import ontology
from queries.table import Table

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "BATCH",
    "ENTITY",
    "EdgeRow",
    "LoadReport",
    "NodeRow",
    "Progress",
    "Property",
    "Store",
    "batches",
    "edge_properties",
    "edge_rows",
    "node_properties",
    "node_rows",
    "plain",
    "same",
]

ENTITY = "Entity"  # the label that every node of ours bears beside that of its class
BATCH = 5000

Property = str | int | float | bool | list[str] | list[bool] | list[int | float]
Progress = Callable[[str, int, int], None]  # what is written, how many are done, of how many

_NODE = frozenset({"key", "name", "aliases", "nameKey", "workspace"})
_EDGE = frozenset({"key", "workspace", "predicate", "status", "confidence", "sources"}) | frozenset(
    {"articles", "pages", "lines", "starts", "ends", "quotes", "rules", "confidences", "whys", "statements", "ranges"}
)
_RESERVED = frozenset({"id", "title", "type"})  # what one engine keeps for itself on nodes
_INT_BITS = 63

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class NodeRow:
    """A node as it stands in a store; the class is its label beside `Entity`."""

    key: str
    label: str
    properties: Mapping[str, Property]


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """A relationship as it stands in a store; subject and object are keys of nodes."""

    key: str
    type: str
    subject: str
    object: str
    properties: Mapping[str, Property]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, or in a dry run would do.

    `nodes_kept` counts nodes no longer in the graph that stay because of what others put there, `edges_marked` edges
    that went although others had put properties on them.
    """

    nodes_added: int = 0
    nodes_changed: int = 0
    nodes_unchanged: int = 0
    nodes_removed: int = 0
    nodes_kept: int = 0
    edges_added: int = 0
    edges_changed: int = 0
    edges_unchanged: int = 0
    edges_removed: int = 0
    edges_marked: int = 0

    @property
    def changes(self) -> int:
        """How many nodes and edges were written or removed."""
        quiet = {"nodes_unchanged", "nodes_kept", "edges_unchanged", "edges_marked"}
        return sum(getattr(self, field.name) for field in fields(self) if field.name not in quiet)


class Store(Protocol):
    """A database that holds the graph; a context manager, since something is held open."""

    def load(
        self,
        graph: nx.MultiDiGraph[str],
        *,
        workspace: str,
        batch: int = BATCH,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Make what the store holds of `workspace` equal `graph`, writing only what differs; a dry run only counts."""

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
        happened: bool = False,
    ) -> Table:
        """Answer `cypher`, reading only; see `queries.Run` for what the options mean."""

    def nodes(self) -> Iterator[NodeRow]:
        """Yield the nodes that were loaded, in the order of keys."""

    def edges(self) -> Iterator[EdgeRow]:
        """Yield the relationships that were loaded, in the order of keys."""

    def close(self) -> None:
        """Let go of what is held open."""

    def __enter__(self) -> Self:
        """Return the store."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""


def node_rows(graph: nx.MultiDiGraph[str], workspace: str) -> list[NodeRow]:
    """Return the nodes of `graph` in the order of keys; a class the ontology does not know raises StoreError."""
    rows = []
    for key in sorted(graph.nodes):
        attributes = graph.nodes[key]
        label = str(attributes.get("type"))
        if label not in ontology.classes:
            raise StoreError(f"node {key}: {label} is no class of the ontology; build the workspace again")
        rows.append(NodeRow(key, label, _properties(f"node {key}", key, attributes, workspace, _RESERVED)))
    return rows


def edge_rows(graph: nx.MultiDiGraph[str], workspace: str) -> list[EdgeRow]:
    """Return the edges of `graph` in the order of keys; a type the ontology does not know raises StoreError."""
    rows = []
    for subject, obj, key, attributes in graph.edges(keys=True, data=True):
        kind = str(attributes.get("type"))
        if kind not in ontology.neo4j_types:
            raise StoreError(f"edge {key}: {kind} is no relation of the ontology; build the workspace again")
        # title is a qualifier here
        reserved = _RESERVED - {"title"}
        rows.append(EdgeRow(key, kind, subject, obj, _properties(f"edge {key}", key, attributes, workspace, reserved)))
    rows.sort(key=lambda row: row.key)
    for before, after in pairwise(rows):
        if before.key == after.key:
            raise StoreError(f"edge {after.key} stands twice in the graph; a fact is one edge")
    return rows


def _properties(
    where: str, key: str, attributes: Mapping[str, object], workspace: str, reserved: Collection[str]
) -> dict[str, Property]:
    found: dict[str, Property] = {}
    for name in sorted(attributes):
        value = attributes[name]
        if name == "type" or value is None:
            continue
        if name in reserved:
            raise StoreError(f"{where}: no property may be called {name}")
        found[name] = plain(value, f"{where}: {name}")
    found["key"] = key
    found["workspace"] = workspace
    return found


def plain(value: object, where: str) -> Property:
    """Return `value` as both engines keep it: text, a number, a truth value, or a list of one kind of these."""
    if isinstance(value, str | bool):
        return value
    if not isinstance(value, list | tuple):
        return _number(value, where)
    kinds = set(map(type, value))
    if kinds <= {str} or kinds <= {bool}:
        return list(value)
    if not kinds <= {int, float}:
        raise StoreError(f"{where}: a list must hold texts, numbers or truth values, and one kind of these only")
    numbers = [_number(item, where) for item in value]
    return [float(item) for item in numbers] if kinds == {int, float} else numbers


def _number(value: object, where: str) -> int | float:
    if isinstance(value, int):
        if value.bit_length() > _INT_BITS:
            raise StoreError(f"{where}: {value} is too large a number for a database")
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise StoreError(f"{where}: {value!r} cannot be kept in a database")


def node_properties(label: str, rows: Iterable[NodeRow] = ()) -> frozenset[str]:
    """Return the properties that are ours on nodes of a class: what the ontology gives them, and what `rows` hold."""
    declared = {name for name, prop in ontology.attributes.items() if label in prop.domain}
    seen = {name for row in rows if row.label == label for name in row.properties}
    return _NODE | declared | seen


def edge_properties(kind: str, rows: Iterable[EdgeRow] = ()) -> frozenset[str]:
    """Return the properties that are ours on relationships of a type."""
    qualifiers = {ontology.properties[name].attribute for name in ontology.neo4j_types[kind].qualifiers}
    seen = {name for row in rows if row.type == kind for name in row.properties}
    return _EDGE | qualifiers | seen


def same(left: Mapping[str, object], right: Mapping[str, object]) -> bool:
    """Say whether two sets of properties are the same, 1 and 1.0 and True being different."""
    return left == right and all(_kinds(left[name]) == _kinds(value) for name, value in right.items())


def _kinds(value: object) -> object:
    return [*map(type, value)] if isinstance(value, list) else type(value)


def batches(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    """Cut `rows` into lists of `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
