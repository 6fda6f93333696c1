"""Evidence for what resolve itself says: a span of an article, mapped to the lines of its page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from kg.extract.ranges import page_ranges
from kg.ids import make_id
from kg.model import Article, Evidence, Statement, Status

__all__ = ["LineStarts", "cite", "line_starts", "lines_of", "state"]

LineStarts = tuple[int, ...]


def line_starts(text: str) -> LineStarts:
    """Return the offset at which each line of a page starts."""
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return tuple(starts)


def lines_of(ranges: Iterable[tuple[int, int]], starts: LineStarts) -> tuple[int, ...]:
    """Return the lines, counted from 1, that ranges of a page stand on, in the order of the ranges."""
    lines: dict[int, None] = {}
    for first, last in ranges:
        lines |= dict.fromkeys(range(bisect_right(starts, first), bisect_right(starts, max(first, last - 1)) + 1))
    return tuple(lines)


def cite(
    article: Article,
    start: int,
    end: int,
    *,
    rule: str,
    confidence: float,
    pages: Mapping[str, LineStarts],
    why: str = "",
) -> Evidence:
    """Return the evidence that `article.text[start:end]` is; without its page in `pages` the lines are those of the
    whole article."""
    ranges = page_ranges(article, start, end)
    starts = pages.get(article.page)
    lines = article.lines
    if starts is not None:
        lines = lines_of(ranges, starts)
    return Evidence(article.key, start, end, article.text[start:end], ranges, lines, rule, confidence, why)


def state(
    subject: str,
    predicate: str,
    target: str,
    evidence: Evidence,
    *,
    qualifiers: tuple[tuple[str, str], ...] = (),
    status: Status = "happened",
) -> Statement:
    """Make a statement; its id comes from what it says and where it stands."""
    where = (evidence.article, str(evidence.start), str(evidence.end), evidence.rule)
    flat = tuple(part for pair in qualifiers for part in pair)
    return Statement(
        make_id("statement", subject, predicate, target, status, *where, *flat),
        subject,
        predicate,
        target,
        qualifiers,
        status,
        evidence,
    )
