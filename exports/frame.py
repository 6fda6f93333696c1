"""The attributes of the graph that say how it is built, beside those that the ontology gives things and facts."""

from __future__ import annotations

__all__ = ["EDGE_FRAME", "EVIDENCE", "FORMER", "NODE_FRAME"]

NODE_FRAME = frozenset({"key", "type", "workspace"})
FORMER = "formerKeys"  # on a node: retired keys that lead to it
EVIDENCE = ("articles", "pages", "lines", "quotes", "rules", "confidences", "starts", "ends")  # parallel lists
EDGE_FRAME = frozenset({"key", "type", "predicate", "status", "confidence", "sources", "workspace", *EVIDENCE})
