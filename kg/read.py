"""Pages to what their articles say: cutting and extracting, page by page, in one process or several."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Any

from kg.errors import KGError
from kg.extract import STRONG, Keep, extract
from kg.extract.optional import Helper, Panel
from kg.model import Extraction, Page
from kg.pages import Cut, cut
from kg.resolve.cite import LineStarts, line_starts, lines_of

__all__ = ["Reading", "read_articles", "read_page"]

BATCH_CHARS = 60_000  # characters that go to a worker at once: long enough to hide the hand-over, short enough to share
POOL_FROM = 200_000  # with no number of workers given, this many characters are worth starting processes
SLOWER = 10  # optional proposers: they take at least this many times as long, so batches and threshold are so much less

Spent = Mapping[str, Counter[str]]  # what optional proposers did, by name


@dataclass(frozen=True, slots=True)
class Reading:
    """One page as it was read: how it was cut, and what each of its articles says."""

    cut: Cut
    extractions: tuple[Extraction, ...]


def read_page(page: Page, *, repair: bool = True, keep: Keep = STRONG, helpers: Sequence[Helper] = ()) -> Reading:
    """Cut one page and extract each of its articles. A pure function: it may run in any process."""
    done = cut(page, repair=repair)
    starts = line_starts(page.text)
    found = (extract(article, keep=keep, helpers=helpers) for article in done.articles)
    return Reading(done, tuple(_with_lines(extraction, starts) for extraction in found))


def _with_lines(extraction: Extraction, starts: LineStarts) -> Extraction:
    """Say on which lines of the page each evidence stands: an article alone does not know."""
    statements = tuple(
        replace(one, evidence=replace(one.evidence, lines=lines_of(one.evidence.page_ranges, starts)))
        for one in extraction.statements
    )
    return replace(extraction, statements=statements)


def read_articles(
    pages: Iterable[Page],
    *,
    repair: bool = True,
    workers: int | None = None,
    keep: Keep = STRONG,
    panel: Panel | None = None,
) -> Iterator[Reading]:
    """Yield what each page says, in the order of `pages`, whatever the number of worker processes.

    With `workers=None` there are as many as there are cores, but only once enough text has come to be worth it.
    `panel` holds the optional proposers that take part; each process makes its own, and what they did is added to it.
    """
    panel = panel or Panel()
    helpers = panel.helpers()  # also in front of a pool: what is not there is told before any process starts
    worth = POOL_FROM // SLOWER if helpers else POOL_FROM
    stream = iter(pages)
    if workers is None:
        workers = os.cpu_count() or 1
        held: list[Page] = []
        size = 0
        while size < worth and (page := next(stream, None)) is not None:
            held.append(page)
            size += len(page.text)
        if size < worth:
            workers = 1
        stream = chain(held, stream)
    read_one = partial(read_page, repair=repair, keep=keep)
    if workers == 1:
        for page in stream:
            try:
                reading = read_one(page, helpers=helpers)
            finally:
                panel.add(panel.collect())
            yield reading
    else:
        yield from _read_in_pool(stream, read_one, workers=workers, panel=panel)


def _read_in_pool(
    pages: Iterator[Page], read_one: Callable[..., Reading], *, workers: int, panel: Panel
) -> Iterator[Reading]:
    context = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
    waiting: deque[Future[tuple[list[Reading], Spent]]] = deque()
    todo = _batches(pages, BATCH_CHARS // SLOWER if panel.names else BATCH_CHARS)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(panel, read_one)) as pool:
        try:
            for batch in islice(todo, 2 * workers):
                waiting.append(pool.submit(_read_batch, batch))
            while waiting:
                readings, spent = waiting.popleft().result()
                panel.add(spent)
                yield from readings
                for batch in islice(todo, 1):
                    waiting.append(pool.submit(_read_batch, batch))
        except BrokenProcessPool:
            raise KGError("a worker process died (out of memory?); try again with --workers 1") from None
        finally:
            pool.shutdown(cancel_futures=True)


_WORKER: dict[str, Any] = {}


def _start(panel: Panel, read_one: Callable[..., Reading]) -> None:
    """Keep in a worker what is the same for all its batches: the helpers are made by the first, and once."""
    _WORKER["panel"], _WORKER["read_one"] = panel, read_one


def _read_batch(pages: Sequence[Page]) -> tuple[list[Reading], Spent]:
    panel: Panel = _WORKER["panel"]
    helpers = panel.helpers()
    return [_WORKER["read_one"](page, helpers=helpers) for page in pages], panel.collect()


def _batches(pages: Iterator[Page], chars: int) -> Iterator[list[Page]]:
    batch: list[Page] = []
    size = 0
    for page in pages:
        batch.append(page)
        size += len(page.text)
        if size >= chars:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
