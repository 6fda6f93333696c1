"""union-news-kg: a knowledge graph of Chinese trade-union news, every fact with its sentence."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"

# The four siblings have plain names that a user's own module may shadow; say so here, at the first import,
# rather than fail later with an attribute error deep inside.
for _sibling in ("ontology", "loaders", "queries", "exports"):
    if not (Path(__file__).resolve().parent.parent / _sibling / "__init__.py").is_file():
        raise ImportError(
            f"union-news-kg: its package {_sibling!r} does not lie beside 'kg'; reinstall union-news-kg"
        )
