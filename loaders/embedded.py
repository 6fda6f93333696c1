"""The embedded database: one file in the workspace, made by kglite, with no server beside it.

kglite is pinned exactly and its file is never the truth: it is made anew from the graph, and may be thrown away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import kglite

from kg.errors import StoreError
from kg.io import write_atomic
from loaders.store import (
    BATCH,
    ENTITY,
    EdgeRow,
    LoadReport,
    NodeRow,
    Progress,
    batches,
    edge_rows,
    node_rows,
    same,
)
from queries.guard import check
from queries.table import Table

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["EmbeddedStore"]

_OWN_FIELDS = ("id", "title", "type")  # what kglite adds to the properties of a node


class EmbeddedStore:
    """The graph in a file at `path`; the file is read when something is asked, and written whole or not at all.

    Without a path there is no file, and what is loaded vanishes with the store.
    """

    def __init__(self, path: str | Path | None) -> None:
        self._path = Path(path) if path is not None else None
        self._graph: kglite.KnowledgeGraph | None = None
        self._happened: kglite.KnowledgeGraph | None = None  # the same without facts that did not happen
        kglite.set_query_warning_policy("silent")  # an unknown label is no error, here as in Neo4j

    def load(
        self,
        graph: nx.MultiDiGraph[str],
        *,
        workspace: str,
        batch: int = BATCH,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Make the file hold `graph` and nothing else; where it does so already, it is left alone."""
        nodes, edges = node_rows(graph, workspace), edge_rows(graph, workspace)
        report = self._compare(nodes, edges)
        if dry_run or (not report.changes and self._path is not None and self._path.is_file()):
            return report
        made = _build(nodes, edges, batch, progress or (lambda *_: None))
        if self._path is not None:
            with write_atomic(self._path) as stream:
                stream.write(made.to_bytes())
        self._graph, self._happened = made, None
        return report

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
        happened: bool = False,
    ) -> Table:
        """Answer `cypher` on a frozen copy, which cannot be written to; LOAD CSV and the like are refused before.

        kglite looks for a shortest path first and minds the conditions on it afterwards, so that a denied fact could
        hide the path around it. Where `happened`, it therefore looks through a copy without such facts.
        """
        check(cypher)
        view = self._ask(cypher, parameters, timeout, limit, happened=happened)
        columns = tuple(view.columns)
        rows = tuple(tuple(_value(row[column]) for column in columns) for row in view)
        return Table(columns, rows[:limit], limit is not None and len(rows) > limit)

    def nodes(self) -> Iterator[NodeRow]:
        """Yield the nodes of the file in the order of keys."""
        for row in self._ask(
            f"MATCH (n:{ENTITY}) RETURN n.key AS key, labels(n) AS labels, properties(n) AS properties ORDER BY key"
        ):
            (label,) = (label for label in row["labels"] if label != ENTITY)
            kept = {name: value for name, value in row["properties"].items() if name not in _OWN_FIELDS}
            yield NodeRow(row["key"], label, kept)

    def edges(self) -> Iterator[EdgeRow]:
        """Yield the relationships of the file in the order of keys."""
        for row in self._ask(
            f"MATCH (s:{ENTITY})-[r]->(o:{ENTITY}) RETURN r.key AS key, type(r) AS type, s.key AS subject, "
            "o.key AS object, properties(r) AS properties ORDER BY key"
        ):
            kept = row["properties"]
            kept.pop("type", None)
            yield EdgeRow(row["key"], row["type"], row["subject"], row["object"], kept)

    def close(self) -> None:
        """Let go of the graph in memory."""
        self._graph = self._happened = None

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _ask(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        timeout: float | None = None,
        limit: int | None = None,
        *,
        happened: bool = False,
    ) -> kglite.ResultView:
        """Run `cypher` on a frozen copy; one row more than `limit` shows that there are more."""
        graph = self._only_happened() if happened else self._open()
        try:
            view = graph.freeze().cypher(
                cypher,
                params=dict(parameters or {}),
                timeout_ms=0 if timeout is None else max(1, int(timeout * 1000)),
                row_limit=None if limit is None else limit + 1,
            )
        except kglite.CypherTimeoutError as error:
            raise StoreError(f"stopped after {timeout:g} s; ask for less, or give it longer with --timeout") from error
        except kglite.ReadOnlyError as error:
            raise StoreError("refused: the query writes, and queries may only read") from error
        except (OverflowError, TypeError) as error:
            raise StoreError(f"a parameter is no value for a database: {_one_line(error)}") from error
        except (kglite.KgError, ValueError) as error:
            raise StoreError(_one_line(error)) from error
        if not isinstance(view, kglite.ResultView):
            raise StoreError("refused: the query formats its answer itself; leave FORMAT away")
        return view

    def _open(self) -> kglite.KnowledgeGraph:
        """Return the graph of the file, an empty one where there is no file."""
        if self._graph is None:
            if self._path is not None and self._path.is_file():
                self._graph = _read(self._path)
            else:
                self._graph = kglite.KnowledgeGraph()
        return self._graph

    def _only_happened(self) -> kglite.KnowledgeGraph:
        """Return a copy of the graph without facts that were planned, denied or merely reported."""
        if self._happened is None:
            self._happened = self._open().copy()
            self._happened.cypher("MATCH ()-[r]->() WHERE r.status <> 'happened' DELETE r")
        return self._happened

    def _compare(self, nodes: list[NodeRow], edges: list[EdgeRow]) -> LoadReport:
        """Count what differs between the file and the rows; a file that cannot be read counts as empty."""
        try:
            held_nodes = {row.key: row for row in self.nodes()}
            held_edges = {row.key: row for row in self.edges()}
        except StoreError:
            self._graph, held_nodes, held_edges = kglite.KnowledgeGraph(), {}, {}
        same_nodes = sum(_same_node(held_nodes.get(row.key), row) for row in nodes)
        same_edges = sum(_same_edge(held_edges.get(row.key), row) for row in edges)
        old_nodes = sum(row.key in held_nodes for row in nodes)
        old_edges = sum(row.key in held_edges for row in edges)
        return LoadReport(
            nodes_added=len(nodes) - old_nodes,
            nodes_changed=old_nodes - same_nodes,
            nodes_unchanged=same_nodes,
            nodes_removed=len(held_nodes) - old_nodes,
            edges_added=len(edges) - old_edges,
            edges_changed=old_edges - same_edges,
            edges_unchanged=same_edges,
            edges_removed=len(held_edges) - old_edges,
        )


def _read(path: Path) -> kglite.KnowledgeGraph:
    try:
        return kglite.from_bytes(path.read_bytes())
    except (kglite.KgError, OSError, ValueError) as error:
        raise StoreError(
            f"{path}: not a database of kglite {kglite.__version__} ({_one_line(error)}); run kg build again"
        ) from error


def _build(nodes: list[NodeRow], edges: list[EdgeRow], batch: int, progress: Progress) -> kglite.KnowledgeGraph:
    """Put all rows into an empty graph, in an order that depends on nothing but the rows."""
    made = kglite.KnowledgeGraph()
    labels = {row.key: row.label for row in nodes}
    done = 0
    for label, group in groupby(sorted(nodes, key=lambda row: (row.label, row.key)), key=lambda row: row.label):
        made.cypher(f"CREATE INDEX FOR (n:{label}) ON (n.key)")
        for part in batches(list(group), batch):
            rows = [{"key": row.key, "properties": dict(row.properties)} for row in part]
            made.cypher(
                f"UNWIND $rows AS row CREATE (n:{label}:{ENTITY} {{key: row.key}}) SET n += row.properties",
                params={"rows": rows},
            )
            progress("nodes", done := done + len(part), len(nodes))

    def place(row: EdgeRow) -> tuple[str, str, str]:
        return row.type, labels[row.subject], labels[row.object]

    done = 0
    for (kind, subject, obj), grouped in groupby(sorted(edges, key=lambda row: (place(row), row.key)), key=place):
        for some in batches(list(grouped), batch):
            made.cypher(
                f"UNWIND $rows AS row MATCH (s:{subject} {{key: row.subject}}) MATCH (o:{obj} {{key: row.object}}) "
                f"CREATE (s)-[r:{kind} {{key: row.key}}]->(o) SET r += row.properties",
                params={
                    "rows": [
                        {
                            "key": row.key,
                            "subject": row.subject,
                            "object": row.object,
                            "properties": dict(row.properties),
                        }
                        for row in some
                    ]
                },
            )
            progress("edges", done := done + len(some), len(edges))
    return made


def _same_node(held: NodeRow | None, row: NodeRow) -> bool:
    return held is not None and held.label == row.label and same(held.properties, row.properties)


def _same_edge(held: EdgeRow | None, row: EdgeRow) -> bool:
    return (
        held is not None
        and (held.type, held.subject, held.object) == (row.type, row.subject, row.object)
        and same(held.properties, row.properties)
    )


def _value(value: Any) -> object:
    """Return a value of kglite as the other stores give it."""
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == {"nodes", "relationships"}:
            return {name: [_value(item) for item in items] for name, items in value.items()}
        if value.keys() == {"id", "labels", "properties"}:
            kept = {name: item for name, item in value["properties"].items() if name not in _OWN_FIELDS}
            return {"labels": sorted(value["labels"]), "properties": _value(kept)}
        if value.keys() == {"id", "start", "end", "type", "properties"}:
            return {"type": value["type"], "properties": _value(value["properties"])}
        return {str(name): _value(value[name]) for name in sorted(value, key=str)}
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
