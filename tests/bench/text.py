"""Jobs: cutting and extraction of pages, beside the tagging of the same text by rjieba."""

from __future__ import annotations

import cProfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import CodeType
from typing import Any

from kg.io import read_pages
from kg.model import Article, Page
from tests.bench.measure import ROOT, measured

__all__ = ["cut_pages", "extract_articles", "profile", "tag_articles"]


def _pages(sources: Sequence[str], size: int) -> list[Page]:
    """Return the pages of `sources`, repeated under other names until they hold `size` bytes; 0: each once."""
    read = list(read_pages(sources))
    held = sum(len(page.text.encode("utf-8")) for page in read)
    times = max(1, -(-size // held))
    return [replace(page, id=f"{page.id}-{i}", source=f"{page.source}-{i}") for i in range(times) for page in read]


def _articles(sources: Sequence[str], size: int) -> list[Article]:
    from kg.pages import cut

    return [article for page in _pages(sources, size) for article in cut(page).articles]


def _counts(texts: Sequence[str], pages: int) -> dict[str, int]:
    return {
        "amount": sum(map(len, texts)),
        "bytes": sum(len(text.encode("utf-8")) for text in texts),
        "pages": pages,
        "different": len(set(texts)),
    }


def cut_pages(sources: Sequence[str], size: int, warm: Sequence[str]) -> dict[str, Any]:
    """Cut each page, once `warm` has been cut: tables are read by then."""
    with measured() as start:
        from kg.pages import cut

        for page in read_pages(warm):
            cut(page)
    pages = _pages(sources, size)
    with measured() as use:
        found = sum(len(cut(page).articles) for page in pages)
    return {"use": use, "start": start, "articles": found, **_counts([page.text for page in pages], len(pages))}


def extract_articles(sources: Sequence[str], size: int, warm: Sequence[str]) -> dict[str, Any]:
    """Extract each article of the pages, once those of `warm` have been."""
    first = _articles(warm, 0)
    articles = _articles(sources, size)
    with measured() as start:
        from kg.extract import extract

        for article in first:
            extract(article)
    entities = statements = 0
    with measured() as use:
        for article in articles:
            found = extract(article)
            entities += len(found.entities)
            statements += len(found.statements)
    counts = _counts([article.text for article in articles], len({article.page for article in articles}))
    return {"use": use, "start": start, "entities": entities, "statements": statements, **counts}


def tag_articles(sources: Sequence[str], size: int, warm: Sequence[str]) -> dict[str, Any]:
    """Tag the text of each article with rjieba, once its dictionary is read."""
    import rjieba

    first = _articles(warm, 0)
    articles = _articles(sources, size)
    with measured() as start:
        for article in first:
            rjieba.tag(article.text)
    tokens = 0
    with measured() as use:
        for article in articles:
            tokens += len(rjieba.tag(article.text))
    counts = _counts([article.text for article in articles], len({article.page for article in articles}))
    return {"use": use, "start": start, "tokens": tokens, **counts}


def profile(what: str, sources: Sequence[str], size: int, top: int) -> dict[str, Any]:
    """Return the functions that take most time, their own and that of the built-ins they call."""
    from kg.extract import extract
    from kg.pages import cut

    pages = _pages(sources, size)
    articles = [article for page in pages for article in cut(page).articles]
    for article in articles[:10]:
        extract(article)
    run: Mapping[str, Callable[[], object]] = {
        "cut": lambda: [cut(page) for page in pages],
        "extract": lambda: [extract(article) for article in articles],
    }
    profiler = cProfile.Profile()
    profiler.runcall(run[what])
    entries = profiler.getstats()
    rows: list[tuple[float, dict[str, Any]]] = []
    for entry in entries:
        if isinstance(entry.code, CodeType):
            built_in = sum(call.inlinetime for call in entry.calls or () if isinstance(call.code, str))
            both = entry.inlinetime + built_in
            what_took = {"where": _where(entry.code), "calls": entry.callcount, "own": entry.inlinetime, "with": both}
            rows.append((both, what_took))
    rows.sort(key=lambda row: -row[0])
    return {"total": sum(entry.inlinetime for entry in entries), "functions": [row for _, row in rows[:top]]}


def _where(code: CodeType) -> str:
    path = Path(code.co_filename)
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    return f"{name}:{code.co_firstlineno} {code.co_qualname}"
