"""Where in its sentence a statement names its two ends: the mentions of both, as the page's own record has them."""

from __future__ import annotations

from collections.abc import Mapping

from exports.view.select import Graph, Selection
from kg.workspace import Workspace

__all__ = ["Marks", "marks_of"]

Marks = Mapping[str, list[list[int]]]


def marks_of(space: Workspace, graph: Graph, selection: Selection) -> Marks:
    """Return spans in the quote of each statement behind the edges of a selection, by the id of the statement.

    A span is [start, end] in code points, half-open, within the quote. Only the pages the edges stand on are read.
    Statements that were made from names or added by hand are not there: nothing in a text was read for them.
    """
    wanted: set[str] = set()
    pages: set[str] = set()
    for *_, key, data in graph.edges(keys=True, data=True):
        if key in selection.edges or data["predicate"] in ("quotedIn", "reportedBy"):
            wanted.update(data.get("statements", ()))
            pages.update(data.get("pages", ()))
    found: dict[str, list[list[int]]] = {}
    for row in space.rows():
        if row.id not in pages:
            continue
        for extraction in space.page(row).extractions:
            spans = {
                local.id: [(one.span.start, one.span.end) for one in local.mentions] for local in extraction.entities
            }
            for said in extraction.statements:
                if said.id in wanted:
                    start, end = said.evidence.start, said.evidence.end
                    marks = {
                        (left - start, right - start)
                        for local in (said.subject, said.object)
                        for left, right in spans.get(local, ())
                        if start <= left and right <= end
                    }
                    if marks:
                        found[said.id] = [list(one) for one in sorted(marks)]
    return found
