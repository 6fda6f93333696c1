"""How good a build came out: what looks wrong, how the graph hangs together, and whether it is what was asked for.

`look` looks at the graph that a build leaves; `report_page` writes the report of a build as one web page; `Bounds` are
what an analyst asks of a build.
"""

from __future__ import annotations

from kg.quality.again import Memory, look
from kg.quality.bounds import SHARES, Bounds, Broken, read_bounds
from kg.quality.page import SHOWN, report_page
from kg.quality.records import Finding, Quote, Survey

__all__ = [
    "SHARES",
    "SHOWN",
    "Bounds",
    "Broken",
    "Finding",
    "Memory",
    "Quote",
    "Survey",
    "look",
    "read_bounds",
    "report_page",
]
