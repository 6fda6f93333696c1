"""The grammar of names."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["NameKey", "fold", "name_key"]


@dataclass(frozen=True, slots=True)
class NameKey:
    """What a name comes down to: equal keys, one thing."""

    key: str
    parts: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]


def fold(name: str) -> str:
    """Return the form for comparing."""
    return "".join(unicodedata.normalize("NFKC", name).split()).lower()


def name_key(kind: str, name: str, hints: Mapping[str, str] | None = None) -> NameKey:
    """Return the key of a name of a thing of class `kind`."""
    return NameKey(f"{kind}|{fold(name)}", (), ())
