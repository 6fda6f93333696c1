"""Run it all: pages in, a workspace out."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice

from kg.errors import KGError
from kg.extract import extract
from kg.model import Extraction, Page
from kg.pages import Cut, cut

__all__ = ["Reading", "read_articles"]

BATCH_CHARS = 60_000  # characters that go to a worker at once: long enough to hide the hand-over, short enough to share
POOL_FROM = 200_000  # with no number of workers given, this many characters are worth starting processes


@dataclass(frozen=True, slots=True)
class Reading:
    """One page as it was read: how it was cut, and what each of its articles says."""

    cut: Cut
    extractions: tuple[Extraction, ...]


def read_page(page: Page, *, repair: bool = True) -> Reading:
    """Cut one page and extract each of its articles. A pure function: it may run in any process."""
    done = cut(page, repair=repair)
    return Reading(done, tuple(extract(article) for article in done.articles))


def read_articles(pages: Iterable[Page], *, repair: bool = True, workers: int | None = None) -> Iterator[Reading]:
    """Yield what each page says, in the order of `pages`, whatever the number of worker processes.

    With `workers=None` there are as many as there are cores, but only once enough text has come to be worth it.
    """
    stream = iter(pages)
    if workers is None:
        workers = os.cpu_count() or 1
        held: list[Page] = []
        size = 0
        while size < POOL_FROM and (page := next(stream, None)) is not None:
            held.append(page)
            size += len(page.text)
        if size < POOL_FROM:
            workers = 1
        stream = chain(held, stream)
    if workers == 1:
        for page in stream:
            yield read_page(page, repair=repair)
    else:
        yield from _read_in_pool(stream, repair=repair, workers=workers)


def _read_in_pool(pages: Iterator[Page], *, repair: bool, workers: int) -> Iterator[Reading]:
    context = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
    waiting: deque[Future[list[Reading]]] = deque()
    todo = _batches(pages)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            for batch in islice(todo, 2 * workers):
                waiting.append(pool.submit(_read_batch, batch, repair))
            while waiting:
                yield from waiting.popleft().result()
                for batch in islice(todo, 1):
                    waiting.append(pool.submit(_read_batch, batch, repair))
        except BrokenProcessPool:
            raise KGError("a worker process died (out of memory?); try again with --workers 1") from None
        finally:
            pool.shutdown(cancel_futures=True)


def _read_batch(pages: Sequence[Page], repair: bool) -> list[Reading]:
    return [read_page(page, repair=repair) for page in pages]


def _batches(pages: Iterator[Page]) -> Iterator[list[Page]]:
    batch: list[Page] = []
    size = 0
    for page in pages:
        batch.append(page)
        size += len(page.text)
        if size >= BATCH_CHARS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
