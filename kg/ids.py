"""Identifiers: counted hashes of raw values, the same on every run and machine."""

from __future__ import annotations

import hashlib

__all__ = ["digest", "make_id"]


def digest(*parts: str) -> str:
    """Return 24 hex digits over `parts`, each behind its own length, so that two different lists never meet."""
    hasher = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8")
        hasher.update(len(raw).to_bytes(8, "big") + raw)
    return hasher.hexdigest()[:24]


def make_id(kind: str, *parts: str) -> str:
    """Return `kind-<24 hex digits>`; `kind` takes part in the hash."""
    return f"{kind}-{digest(kind, *parts)}"
