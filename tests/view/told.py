"""What the page of a whole graph holds, read as its scripts read it, but apart from them."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

from tests.view.test_html import Reader

__all__ = ["edges_of", "told_of"]


def told_of(text: str) -> dict[str, Any]:
    """Return what is told of things when they are chosen: the compressed part of a page."""
    packed = next(one for one in Reader(text).texts("text/plain") if one.startswith("H4sI"))
    return dict(json.loads(gzip.decompress(base64.b64decode(packed, validate=True))))


def edges_of(shown: dict[str, Any], told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the edges as a focused page has them, out of the table of what is drawn and what is told of all."""
    strings, lines = told["strings"], shown["lines"]
    relations = [one["name"] for one in shown["relations"]]
    keys = [node["id"] for node in shown["nodes"]]
    assert shown["edges"]["columns"] == ["id", "from", "to", "relation", "line", "confidence", "sources"]
    rows = [
        [key, keys[u], keys[v], relations[relation], lines[line], confidence, sources]
        for key, u, v, relation, line, confidence, sources in shown["edges"]["rows"]
    ]
    drawn = len(rows)
    rows += [[row[0], *(strings[at] for at in row[1:5]), *row[5:]] for row in told["others"]]
    edges = []
    for number, (row, (status, values, evidence)) in enumerate(zip(rows, told["edges"], strict=True)):
        edge = dict(zip(shown["edges"]["columns"], row, strict=True))
        said = [
            {
                **dict(
                    zip(("article", "page", "lines", "quote", "rule"), (strings[at] for at in one[:5]), strict=True)
                ),
                "confidence": one[5],
                "why": strings[one[6]],
                **({"marks": one[7]} if one[7] else {}),
            }
            for one in evidence
        ]
        edges.append({**edge, "status": strings[status], "values": values, "evidence": said, "drawn": number < drawn})
    return edges
