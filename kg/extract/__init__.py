"""Extraction: article -> local entities and statements, by rules that explain themselves.

The order of work: `reading` makes the text ready, proposers give typed spans, `spans.arbitrate` picks, `entities.build`
clusters them into the things of the article, `relations.claims` reads the relations, and this module turns both into
records whose evidence cites the article as printed.
"""

from __future__ import annotations

from kg.extract.assemble import extract
from kg.extract.confidence import STRONG, Keep
from kg.extract.misses import Miss, misses

__all__ = ["STRONG", "Keep", "Miss", "extract", "misses"]
