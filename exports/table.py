"""CSV: one table of nodes and one of edges, for spreadsheets and for tools that read nothing else.

The first columns are those that every row has, then the others by name; a list stands as JSON text. With `bom` the
tables are for spreadsheets: marked as UTF-8, and a text that a spreadsheet would run as a formula gets an apostrophe in
front.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph import Flow, as_flow

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = ["Csv"]

NODE_COLUMNS = ("key", "type", "name", "aliases")
EDGE_COLUMNS = ("key", "type", "subject", "object", "status", "confidence", "sources")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Csv:
    """Writes two tables, `nodes.csv` and `edges.csv`; lists become JSON text."""

    def write_folder(self, graph: MultiDiGraph[str] | Flow, folder: Path, *, bom: bool = False) -> None:
        """Write the whole `graph` into the empty `folder`."""
        flow = as_flow(graph)
        _write(folder / "nodes.csv", lambda: (data for _, data in flow.nodes()), NODE_COLUMNS, bom=bom)
        _write(
            folder / "edges.csv",
            lambda: ({**data, "key": key, "subject": s, "object": o} for s, o, key, data in flow.edges()),
            EDGE_COLUMNS,
            bom=bom,
        )


def _write(path: Path, rows: Callable[[], Iterable[Mapping[str, Any]]], first: tuple[str, ...], *, bom: bool) -> None:
    """Write a table; `rows` are gone through twice, since the first time tells which columns there are."""
    others = {name for row in rows() for name in row}.difference(first)
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        columns = [*first, *sorted(others)]
        writer.writerow(columns)
        writer.writerows([_cell(row.get(name, ""), bom=bom) for name in columns] for row in rows())


def _cell(value: Any, *, bom: bool) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return json.dumps(value, ensure_ascii=False)
        case str() if bom and value.startswith(FORMULA):
            return "'" + value
        case _:
            return str(value)
