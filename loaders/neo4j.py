"""Neo4j 5: the graph, beside whatever else the database holds.

Ours on a shared database are nodes labelled `Entity` that bear our `workspace`, relationships that bear a `key` and our
`workspace`, and on both the properties the ontology names. All else is others' and is neither changed nor removed.

A node that left the graph goes, unless others put a label, a property or a relationship on it: then it stays, without
its class and all that was ours but key and name, so that they can see what theirs hung on. A relationship whose fact
left the graph always goes, since while it stood it would say what nobody says any more; how many of these bore
properties of others is told.

Nothing is written that is there already: each load compares first. Each batch is a transaction that leaves whole nodes
and edges, so a load that was killed is finished by the next.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import neo4j
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable
from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from kg.errors import StoreError
from loaders.store import (
    BATCH,
    ENTITY,
    EdgeRow,
    LoadReport,
    NodeRow,
    Progress,
    batches,
    edge_properties,
    edge_rows,
    node_properties,
    node_rows,
    same,
)
from ontology import ontology
from queries.guard import check, check_procedure
from queries.table import Table

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Neo4jStore"]

_CONNECT_SECONDS = 10.0
_RETRY_SECONDS = 15.0
_FETCH = 1000
_MAY_SHOW = frozenset({"ShowConstraints", "ShowFunctions", "ShowIndexes", "ShowProcedures"})
_STUB = frozenset({"key", "name", "workspace"})  # what stays of a node that only others still need

_NODES = f"UNWIND $keys AS key MATCH (n:{ENTITY} {{key: key}}) RETURN key, labels(n) AS labels, properties(n) AS held"
_EDGES = (
    f"MATCH (s:{ENTITY})-[r:{{kind}}]->(o:{ENTITY}) WHERE r.workspace = $workspace AND r.key IS NOT NULL "
    "RETURN r.key AS key, s.key AS subject, o.key AS object, elementId(r) AS id, properties(r) AS held"
)
_OURS = f"MATCH (n:{ENTITY}) WHERE n.workspace = $workspace AND n.key IS NOT NULL RETURN n.key AS key"
# Of nodes that left the graph: what they bear, and whether somebody else's relationship ends at them.
_LEFT = f"""\
UNWIND $keys AS key
MATCH (n:{ENTITY} {{key: key}})
OPTIONAL MATCH (n)-[r]-()
WHERE NOT coalesce(r.workspace = $workspace AND r.key IS NOT NULL AND type(r) IN $types, false)
WITH key, n, count(r) AS others, min(CASE WHEN r.key IS NOT NULL AND type(r) IN $types THEN r.workspace END) AS heir
RETURN key, labels(n) AS labels, keys(n) AS names, others, heir
"""


class Neo4jStore:
    """A Neo4j database at an address; what is not given is read from NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE."""

    def __init__(self, uri: str = "", *, username: str = "", password: str = "", database: str = "") -> None:
        self._uri = uri or os.environ.get("NEO4J_URI", "")
        if not self._uri:
            raise StoreError("no address of a Neo4j; give --uri bolt://HOST:7687 or set NEO4J_URI")
        self._username = username or os.environ.get("NEO4J_USERNAME", "") or "neo4j"
        password = password or os.environ.get("NEO4J_PASSWORD", "")
        self._database = database or os.environ.get("NEO4J_DATABASE", "") or None
        with self._errors():
            self._driver = neo4j.GraphDatabase.driver(
                self._uri,
                auth=(self._username, password) if password else None,
                notifications_min_severity="OFF",
                connection_timeout=_CONNECT_SECONDS,
                connection_acquisition_timeout=_CONNECT_SECONDS * 2,
                max_transaction_retry_time=_RETRY_SECONDS,
                user_agent="union-news-kg",
            )
        try:
            with self._errors():
                self._driver.verify_connectivity()
        except StoreError:
            self.close()
            raise

    def load(
        self,
        graph: nx.MultiDiGraph[str],
        *,
        workspace: str,
        batch: int = BATCH,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> LoadReport:
        """Make what the database holds of `workspace` equal `graph`.

        A dry run only counts, in a session in which the server lets nothing be written. Raises StoreError.
        """
        nodes, edges = node_rows(graph, workspace), edge_rows(graph, workspace)
        say = progress or (lambda *_: None)
        mode = neo4j.READ_ACCESS if dry_run else neo4j.WRITE_ACCESS
        with self._errors(), self._driver.session(database=self._database, default_access_mode=mode) as session:
            writer = _Writer(session, workspace, batch, say, dry_run=dry_run)
            writer.constraints()
            # Edges go before the nodes they hang on, and come after them.
            left_edges, new_edges, edge_counts = _compare_edges(session, edges, workspace)
            writer.remove_edges(left_edges)
            node_counts = writer.nodes(nodes)
            writer.edges(new_edges)
            left_counts = writer.remove_nodes({row.key for row in nodes})
        return LoadReport(**edge_counts, **(node_counts + left_counts))

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
        happened: bool = False,
    ) -> Table:
        """Answer `cypher` in a session for reading; its plan is looked through before it runs.

        `happened` is of no use here: Neo4j minds the conditions on a path while it looks for the path.
        """
        check(cypher)
        values = dict(parameters or {})
        fetch = _FETCH if limit is None else min(limit + 1, _FETCH)
        with (
            self._errors(timeout),
            self._driver.session(
                database=self._database, default_access_mode=neo4j.READ_ACCESS, fetch_size=fetch
            ) as session,
        ):
            _check_plan(session.run(neo4j.Query(f"EXPLAIN {cypher}", timeout=timeout), values).consume())
            result = session.run(neo4j.Query(cypher, timeout=timeout), values)
            columns = tuple(result.keys())
            rows: list[tuple[object, ...]] = []
            truncated = False
            for record in result:
                if limit is not None and len(rows) == limit:
                    truncated = True
                    break
                rows.append(tuple(_value(value) for value in record.values()))
            result.consume()
        return Table(columns, tuple(rows), truncated)

    def nodes(self) -> Iterator[NodeRow]:
        """Yield the nodes of ours in the order of keys, with the labels and properties that are ours."""
        text = f"MATCH (n:{ENTITY}) WHERE n.key IS NOT NULL AND n.workspace IS NOT NULL RETURN n ORDER BY n.key"
        for (node,) in self._stream(text):
            labels = sorted(node.labels & ontology.classes.keys())
            if labels:
                yield NodeRow(node["key"], labels[0], _ours(dict(node), node_properties(labels[0])))

    def edges(self) -> Iterator[EdgeRow]:
        """Yield the relationships of ours in the order of keys, with the properties that are ours."""
        types = "|".join(ontology.neo4j_types)
        text = (
            f"MATCH (s:{ENTITY})-[r:{types}]->(o:{ENTITY}) WHERE r.key IS NOT NULL AND r.workspace IS NOT NULL "
            "RETURN r, s.key, o.key ORDER BY r.key, r.workspace"
        )
        for edge, subject, obj in self._stream(text):
            yield EdgeRow(edge["key"], edge.type, subject, obj, _ours(dict(edge), edge_properties(edge.type)))

    def close(self) -> None:
        """Close the connections."""
        self._driver.close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _stream(self, text: str) -> Iterator[tuple[Any, ...]]:
        with (
            self._errors(),
            self._driver.session(database=self._database, default_access_mode=neo4j.READ_ACCESS) as session,
        ):
            for record in session.run(text):
                yield tuple(record.values())

    @contextmanager
    def _errors(self, timeout: float | None = None) -> Iterator[None]:
        """Turn what the driver raises into one line that says what to do."""
        try:
            yield
        except AuthError as error:
            raise StoreError(
                f"{self._uri}: user {self._username} or the password is wrong; set NEO4J_USERNAME and NEO4J_PASSWORD"
            ) from error
        except ServiceUnavailable as error:
            raise StoreError(
                f"{self._uri}: no Neo4j answers there; start it, or give another address (--uri, NEO4J_URI)"
            ) from error
        except Neo4jError as error:
            raise StoreError(self._said(error, timeout)) from error
        except (OverflowError, UnicodeEncodeError) as error:
            raise StoreError(f"a parameter is no value for a database: {_one_line(str(error))}") from error
        except (DriverError, ConfigurationError, ValueError, OSError) as error:
            raise StoreError(f"{self._uri}: {_one_line(str(error))}") from error

    def _said(self, error: Neo4jError, timeout: float | None) -> str:
        code = error.code or ""
        if "TimedOut" in code:
            after = "" if timeout is None else f" after {timeout:g} s"
            return f"stopped{after}; ask for less, or give it longer with --timeout"
        if code.endswith("Statement.AccessMode"):
            return "refused: the query writes, and queries may only read"
        if code.endswith("DatabaseNotFound"):
            return f"{self._uri}: no database called {self._database}; name one with --database or NEO4J_DATABASE"
        if code.endswith("AuthenticationRateLimit"):
            return f"{self._uri}: too many wrong passwords of {self._username}; wait a little and try again"
        if code.endswith("CredentialsExpired"):
            return f"{self._uri}: the password of {self._username} must be changed first; do so in cypher-shell"
        return f"{self._uri}: {_one_line(error.message or str(error))}"


class _Writer:
    """The writing half of a load; a dry run reads the same and writes nothing."""

    def __init__(
        self, session: neo4j.Session, workspace: str, batch: int, progress: Progress, *, dry_run: bool
    ) -> None:
        self._session, self._workspace, self._batch = session, workspace, batch
        self._progress, self._dry_run = progress, dry_run

    def constraints(self) -> None:
        """Make keys unique: of all nodes, and of relationships of a type within a workspace."""
        if self._dry_run:
            return
        rules = [f"CREATE CONSTRAINT kg_entity_key IF NOT EXISTS FOR (n:{ENTITY}) REQUIRE n.key IS UNIQUE"]
        rules += [
            f"CREATE CONSTRAINT kg_{kind.lower()}_key IF NOT EXISTS "
            f"FOR ()-[r:{kind}]-() REQUIRE (r.key, r.workspace) IS UNIQUE"
            for kind in ontology.neo4j_types
        ]
        for rule in rules:
            self._session.run(rule).consume()
        self._session.run("CALL db.awaitIndexes(300)").consume()

    def nodes(self, rows: list[NodeRow]) -> Counter[str]:
        """Write the nodes that are new or differ; return how many were which."""
        added = changed = done = 0
        own = {label: node_properties(label, rows) for label in ontology.classes}
        for part in batches(rows, self._batch):
            held = {record["key"]: record for record in self._session.run(_NODES, {"keys": [*map(_key, part)]})}
            to_write: list[tuple[NodeRow, dict[str, Any]]] = []
            for row in part:
                record = held.get(row.key)
                if record is None:
                    added += 1
                    to_write.append((row, dict(row.properties)))
                    continue
                others = sorted(set(record["labels"]) & ontology.classes.keys() - {row.label})
                names = own[row.label].union(*(own[label] for label in others))
                ours = _ours(record["held"], names)
                if others or row.label not in record["labels"] or not same(ours, row.properties):
                    changed += 1
                    to_write.append((row, dict.fromkeys(ours, None) | dict(row.properties)))
            self._write_nodes(to_write)
            self._progress("nodes", done := done + len(part), len(rows))
        return Counter(nodes_added=added, nodes_changed=changed, nodes_unchanged=len(rows) - added - changed)

    def edges(self, rows: list[tuple[EdgeRow, dict[str, Any]]]) -> None:
        """Write edges, each with the properties to set; None removes one."""
        done = 0
        for kind, group in groupby(sorted(rows, key=lambda pair: pair[0].type), key=lambda pair: pair[0].type):
            for part in batches(list(group), self._batch):
                values = [
                    {"key": row.key, "subject": row.subject, "object": row.object, "properties": properties}
                    for row, properties in part
                ]
                written = self._write(
                    f"UNWIND $rows AS row "
                    f"MATCH (s:{ENTITY} {{key: row.subject}}) MATCH (o:{ENTITY} {{key: row.object}}) "
                    f"MERGE (s)-[r:{kind} {{key: row.key, workspace: $workspace}}]->(o) SET r += row.properties "
                    "RETURN count(r) AS n",
                    rows=values,
                    workspace=self._workspace,
                )
                if not self._dry_run and written != len(part):
                    raise StoreError("nodes vanished while edges were written: somebody else writes there; load again")
                self._progress("edges", done := done + len(part), len(rows))

    def remove_edges(self, ids: Sequence[str]) -> None:
        """Remove edges by the ids the server gave them."""
        for part in batches(ids, self._batch):
            self._write(
                "UNWIND $ids AS id MATCH ()-[r]->() WHERE elementId(r) = id AND r.workspace = $workspace "
                "DELETE r RETURN count(*) AS n",
                ids=list(part),
                workspace=self._workspace,
            )

    def remove_nodes(self, present: set[str]) -> Counter[str]:
        """Remove nodes of ours that left the graph; return how many went, how many others still need, and how many of
        these changed: they lost what was ours, or became those of another workspace."""
        found = self._session.run(_OURS, {"workspace": self._workspace})
        left = sorted({record["key"] for record in found} - present)
        counts: Counter[str] = Counter()
        for part in batches(left, self._batch):
            records = self._session.run(
                _LEFT, {"keys": list(part), "workspace": self._workspace, "types": list(ontology.neo4j_types)}
            )
            gone, heirs, strip = [], [], []
            for record in records:
                labels = set(record["labels"]) & ontology.classes.keys()
                own = node_properties(next(iter(sorted(labels)), "")).union(*map(node_properties, labels))
                foreign = set(record["names"]) - own or set(record["labels"]) - labels - {ENTITY}
                if not foreign and not record["others"]:
                    gone.append(record["key"])
                elif record["heir"] is not None:
                    heirs.append({"key": record["key"], "workspace": record["heir"]})
                elif labels or set(record["names"]) & own - _STUB:
                    strip.append({"key": record["key"], "properties": dict.fromkeys(own - _STUB, None)})
            counts.update(
                nodes_removed=len(gone), nodes_kept=len(part) - len(gone), nodes_changed=len(heirs) + len(strip)
            )
            self._remove_nodes(gone, heirs, strip)
        return counts

    def _remove_nodes(self, gone: list[str], heirs: list[dict[str, Any]], strip: list[dict[str, Any]]) -> None:
        match = f"UNWIND $rows AS row MATCH (n:{ENTITY} {{key: row.key}}) "
        if gone:
            self._write(match + "DELETE n RETURN count(*) AS n", rows=[{"key": key} for key in gone])
        if heirs:
            self._write(match + "SET n.workspace = row.workspace RETURN count(*) AS n", rows=heirs)
        if strip:
            labels = "".join(f":{label}" for label in ontology.classes)
            self._write(match + f"SET n += row.properties REMOVE n{labels} RETURN count(*) AS n", rows=strip)

    def _write_nodes(self, rows: list[tuple[NodeRow, dict[str, Any]]]) -> None:
        for label, group in groupby(sorted(rows, key=lambda pair: pair[0].label), key=lambda pair: pair[0].label):
            others = "".join(f":{other}" for other in ontology.classes if other != label)
            self._write(
                f"UNWIND $rows AS row MERGE (n:{ENTITY} {{key: row.key}}) "
                f"SET n += row.properties SET n:{label} REMOVE n{others} RETURN count(n) AS n",
                rows=[{"key": row.key, "properties": properties} for row, properties in group],
            )

    def _write(self, text: str, **parameters: object) -> int:
        """Run a statement in a transaction of its own, again where the server says to; return its count."""
        if self._dry_run:
            return 0

        def work(transaction: neo4j.ManagedTransaction) -> int:
            count: int = transaction.run(text, parameters).single(strict=True)["n"]
            return count

        return self._session.execute_write(work)


def _compare_edges(
    session: neo4j.Session, rows: list[EdgeRow], workspace: str
) -> tuple[list[str], list[tuple[EdgeRow, dict[str, Any]]], dict[str, int]]:
    """Return the ids of edges to remove, the edges to write with what to set, and the counts."""
    by_type: dict[str, dict[str, EdgeRow]] = {kind: {} for kind in ontology.neo4j_types}
    for wanted in rows:
        by_type[wanted.type][wanted.key] = wanted
    everywhere = {wanted.key for wanted in rows}
    remove: list[str] = []
    write: list[tuple[EdgeRow, dict[str, Any]]] = []
    removed = marked = moved = changed = unchanged = 0
    for kind, missing in by_type.items():
        own = edge_properties(kind, missing.values())
        for record in session.run(_EDGES.format(kind=kind), {"workspace": workspace}):
            row = missing.get(record["key"])
            if row is None or (row.subject, row.object) != (record["subject"], record["object"]):
                remove.append(record["id"])
                marked += not record["held"].keys() <= own
                if record["key"] in everywhere:
                    moved += 1  # it is written anew elsewhere
                else:
                    removed += 1
                continue
            del missing[record["key"]]
            ours = _ours(record["held"], own)
            if same(ours, row.properties):
                unchanged += 1
            else:
                changed += 1
                write.append((row, dict.fromkeys(ours, None) | dict(row.properties)))
        write.extend((row, dict(row.properties)) for row in missing.values())
    added = len(rows) - unchanged - changed - moved
    counts = {
        "edges_added": added,
        "edges_changed": changed + moved,
        "edges_unchanged": unchanged,
        "edges_removed": removed,
        "edges_marked": marked,
    }
    return remove, write, counts


def _check_plan(summary: neo4j.ResultSummary) -> None:
    """Raise StoreError where a plan writes, reads files, shows the server's inside or calls what is not listed."""
    plans = [summary.plan] if summary.plan else []
    while plans:
        plan = plans.pop()
        plans.extend(plan.get("children", ()))
        operator = str(plan.get("operatorType", "")).partition("@")[0]
        if operator == "LoadCSV":
            raise StoreError("refused: LOAD CSV reads files and addresses; load data with kg build")
        if operator == "ProcedureCall":
            check_procedure(plan.get("args", {}).get("Details", "").partition("(")[0].strip())
        if operator.startswith(("Show", "Terminate")) and operator not in _MAY_SHOW:
            raise StoreError("refused: the query asks about the server rather than the graph")
    if summary.query_type != "r":
        raise StoreError("refused: the query writes or administers, and queries may only read")


def _ours(held: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: held[name] for name in sorted(names) if name in held}


def _key(row: NodeRow) -> str:
    return row.key


def _value(value: Any) -> object:
    """Return a value of the driver as plain lists, mappings and scalars."""
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": _value(dict(value))}
    if isinstance(value, Relationship):
        return {"type": value.type, "properties": _value(dict(value))}
    if isinstance(value, Path):
        return {
            "nodes": [_value(node) for node in value.nodes],
            "relationships": [_value(edge) for edge in value.relationships],
        }
    if isinstance(value, Date | Time | DateTime | Duration):
        return value.iso_format()
    if isinstance(value, Point):
        return [float(number) for number in value]
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _value(value[name]) for name in sorted(value, key=str)}
    return value


def _one_line(text: str) -> str:
    return " ".join(text.split())
