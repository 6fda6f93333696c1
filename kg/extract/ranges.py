"""From a span of an article to the page it was printed on."""

from __future__ import annotations

from bisect import bisect_right

from kg.model import Article

__all__ = ["page_ranges"]


def page_ranges(article: Article, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Map `article.text[start:end]` to the page; several ranges where the page broke it."""
    ranges: list[tuple[int, int]] = []
    first = max(0, bisect_right(article.pieces, start, key=lambda piece: piece.start) - 1)
    for piece in article.pieces[first:]:
        if piece.start >= end:
            break
        low, high = max(start, piece.start), min(end, piece.end)
        if low < high:
            at = piece.page_start + low - piece.start
            if ranges and ranges[-1][1] == at:
                ranges[-1] = (ranges[-1][0], at + high - low)
            else:
                ranges.append((at, at + high - low))
    return tuple(ranges)
