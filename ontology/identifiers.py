"""What districts are called elsewhere: `lexicon/identifiers.tsv`, each row checked by code and name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

__all__ = ["exact_matches"]

TABLE = Path(__file__).with_name("lexicon") / "identifiers.tsv"


@cache
def exact_matches() -> Mapping[str, str]:
    """Return the IRI of the same division in Wikidata by its code; most codes have none."""
    _, *rows = TABLE.read_text(encoding="utf-8").splitlines()
    return MappingProxyType({code: iri for code, _, iri in (row.split("\t") for row in rows)})
