"""A page as it is printed becomes articles as they are read."""

from __future__ import annotations

from kg.pages.articles import Cut, cut

__all__ = ["Cut", "cut"]
