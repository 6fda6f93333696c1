"""Who is who: the only stage that decides sameness, from names first, reversibly, with reasons."""

from __future__ import annotations

from kg.resolve.articles import Source
from kg.resolve.ids import IdTable
from kg.resolve.linker import Contradiction, Judgement, Linker
from kg.resolve.names import NameKey, name_key
from kg.resolve.records import Dropped, Reprint, Resolution, Unresolved
from kg.resolve.resolver import Run, resolve
from kg.resolve.score import judge
from kg.resolve.state import State
from kg.resolve.tables import Correction, Outcome, Ruling, parse_corrections, parse_rulings

__all__ = [
    "Contradiction",
    "Correction",
    "Dropped",
    "IdTable",
    "Judgement",
    "Linker",
    "NameKey",
    "Outcome",
    "Reprint",
    "Resolution",
    "Ruling",
    "Run",
    "Source",
    "State",
    "Unresolved",
    "judge",
    "name_key",
    "parse_corrections",
    "parse_rulings",
    "resolve",
]
