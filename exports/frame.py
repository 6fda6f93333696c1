"""The attributes of the graph that say how it is built, beside those that the ontology gives things and facts."""

from __future__ import annotations

__all__ = ["CITED", "EDGE_FRAME", "EVIDENCE", "FORMER", "NODE_FRAME"]

NODE_FRAME = frozenset({"key", "type", "workspace"})
FORMER = "formerKeys"  # on a node: retired keys that lead to it
EVIDENCE = ("articles", "pages", "lines", "quotes", "rules", "confidences", "starts", "ends")  # parallel lists
CITED = ("statements", "ranges", "whys")  # parallel as well, where the graph comes from a workspace
EDGE_FRAME = frozenset({"key", "type", "predicate", "status", "confidence", "sources", "workspace", *EVIDENCE, *CITED})
