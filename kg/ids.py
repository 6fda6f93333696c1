"""Identifiers: counted hashes of raw values, the same on every run and machine."""

from __future__ import annotations

import hashlib
import struct

__all__ = ["digest", "make_id"]

_LENGTH = struct.Struct(">Q").pack
_ENCODE = str.encode  # to UTF-8


def digest(*parts: str) -> str:
    """Return 24 hex digits over `parts`, each behind its own length, so that two different lists never meet."""
    counted = [_LENGTH(len(raw)) + raw for raw in map(_ENCODE, parts)]
    return hashlib.sha256(b"".join(counted)).hexdigest()[:24]


def make_id(kind: str, *parts: str) -> str:
    """Return `kind-<24 hex digits>`; `kind` takes part in the hash."""
    return f"{kind}-{digest(kind, *parts)}"
