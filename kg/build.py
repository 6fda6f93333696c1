"""Run it all: pages in, a workspace out."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

import kg
from kg.errors import InputError, KGError
from kg.extract import STRONG, Keep, extract
from kg.extract.optional import Helper, Panel
from kg.graph import build_graph
from kg.io import dump
from kg.model import Extraction, Page
from kg.pages import Cut, cut
from kg.resolve import IdTable, Resolution, parse_corrections, parse_rulings, resolve
from kg.resolve.cite import LineStarts, line_starts, lines_of
from kg.workspace import DATABASE, NAME, Decision, Draft, FactRow, Workspace, draft
from loaders import get_loader

__all__ = ["BuildReport", "Decided", "Progress", "Reading", "build", "read_articles", "rules_hash"]

BATCH_CHARS = 60_000  # characters that go to a worker at once: long enough to hide the hand-over, short enough to share
POOL_FROM = 200_000  # with no number of workers given, this many characters are worth starting processes
SLOWER = 10  # optional proposers: they take at least this many times as long, so batches and threshold are so much less

Line = TypeVar("Line")
Spent = Mapping[str, Counter[str]]  # what optional proposers did, by name
Progress = Callable[[str, int, int], None]  # which stage, how many are done, of how many (0: not known)


# ----------------------------------------------------------------------------------------------------------- reading


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


# ---------------------------------------------------------------------------------------------------------- building


@dataclass(frozen=True, slots=True)
class Decided:
    """Files of what people decided; None: those of the workspace, if it has any."""

    judgements: str | os.PathLike[str] | None = None
    corrections: str | os.PathLike[str] | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; `changed` is False where the workspace already held just this."""

    changed: bool
    report: Mapping[str, Any]


def build(
    pages: Iterable[Page],
    workspace: str | os.PathLike[str],
    *,
    add: bool = False,
    repair: bool = True,
    workers: int | None = None,
    keep: Keep = STRONG,
    panel: Panel | None = None,
    decided: Decided | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Make `workspace` hold exactly `pages`, or with `add` also those it holds already (a page of the same id is
    replaced). What people decided is read from judgements.tsv and corrections.tsv of the workspace, unless `decided`
    names other files. Facts less sure than `keep` allows are left out; entities and statements do not depend on that
    bound, so that ids do not. A build that fails leaves it as it was; where nothing changed, nothing is written.
    The optional proposers of `panel` are a part of what it is made from.
    """
    tell = progress or (lambda *_: None)
    panel = panel or Panel()
    panel.helpers()  # what is not there is told before a page is read
    given: dict[str, Page] = {}
    for page in pages:
        given[page.id] = page
        tell("reading", len(given), 0)
    with draft(workspace) as work:
        if add and work.now is not None:
            given = {page.id: page for page in work.now.pages()} | given
        ordered = [given[name] for name in sorted(given)]
        made = decided or Decided()
        rulings = _decided(work, made.judgements, "judgements.tsv", parse_rulings)
        corrections = _decided(work, made.corrections, "corrections.tsv", parse_corrections)
        by_people = _sha256(repr((rulings, corrections)).encode("utf-8"))
        options = f"repair={repair} keep={keep} proposers={json.dumps(panel.identities())} by_people={by_people}"
        made_from = _input_hash(ordered, options)
        if work.now is not None and _is_current(work.now, made_from):
            return BuildReport(False, work.now.report())
        read = partial(read_articles, repair=repair, workers=workers, panel=panel)
        join = partial(resolve, ids=_id_table(work), pages=ordered, rulings=rulings, corrections=corrections)
        done = _build(work, ordered, made_from, read=read, join=join, keep=keep, panel=panel, tell=tell)
        return BuildReport(True, done)


def _build(
    work: Draft,
    pages: Sequence[Page],
    made_from: str,
    *,
    read: Callable[..., Iterator[Reading]],
    join: Callable[[Iterable[Extraction]], Resolution],
    keep: Keep,
    panel: Panel,
    tell: Progress,
) -> dict[str, Any]:
    work.begin()
    work.write("pages.jsonl", pages)
    extractions: list[Extraction] = []
    leftovers = 0
    with (
        work.open("articles.jsonl") as articles,
        work.open("mentions.jsonl") as mentions,
        work.open("statements.jsonl") as statements,
    ):
        every = replace(keep, min_confidence=0.0)
        for done, reading in enumerate(read(pages, keep=every), 1):
            leftovers += len(reading.cut.leftovers)
            for extraction in reading.extractions:
                extractions.append(extraction)
                articles.write(_line(extraction.article))
                mentions.writelines(map(_line, extraction.entities))
                statements.writelines(map(_line, extraction.statements))
            tell("extracting", done, len(pages))

    tell("resolving", 0, 0)
    resolution = join(extractions)
    sure = tuple(fact for fact in resolution.facts if fact.confidence >= keep.min_confidence)
    resolution = replace(resolution, facts=sure)
    extracted = {one.id for extraction in extractions for one in extraction.statements}
    work.write("entities.jsonl", resolution.entities)
    work.write("facts.jsonl", (FactRow.of(fact, extracted.__contains__) for fact in resolution.facts))
    work.write("rejected.jsonl", (FactRow.of(fact, extracted.__contains__) for fact in resolution.rejected))
    work.write(
        "decisions.jsonl",
        (
            Decision(local, resolution.canonical[local], keys, resolution.reasons[local])
            for local, keys in resolution.keys.items()
        ),
    )
    with work.open("ids.tsv") as stream:
        stream.write(resolution.ids.text().encode("utf-8"))

    tell("storing", 0, 0)
    graph = build_graph(resolution, (one.article for one in extractions), workspace=NAME)
    with get_loader("embedded")(work.path / DATABASE) as store:
        store.load(graph, workspace=NAME)

    report = _report(pages, leftovers, extractions, resolution)
    with work.open("report.json") as stream:
        stream.write((json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    work.commit(
        {
            "name": NAME,
            "version": kg.__version__,
            "made_from": made_from,
            "proposers": panel.identities(),
            "ids": _sha256(resolution.ids.text().encode("utf-8")),
            "counts": report["counts"],
        }
    )
    return report


def _line(record: object) -> bytes:
    return dump(record).encode("utf-8") + b"\n"


def _id_table(work: Draft) -> IdTable:
    path = work.folder / "ids.tsv"
    if not path.exists():
        return IdTable()
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; restore it from a copy, or remove it") from None
    return IdTable.parse(text, source=str(path))


def _decided(
    work: Draft, named: str | os.PathLike[str] | None, name: str, parse: Callable[..., tuple[Line, ...]]
) -> tuple[Line, ...]:
    """Read a file of what people decided: the one that was named, else that of the workspace, if it has any."""
    path = Path(named) if named is not None else work.folder / name
    if named is None and not path.exists():
        return ()
    try:
        return parse(path.read_bytes().decode("utf-8"), source=str(path))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save it as UTF-8 text") from None


def _is_current(now: Workspace, made_from: str) -> bool:
    same = now.head.get("made_from") == made_from and now.is_whole()
    return same and now.head.get("ids") == _sha256(now.ids().encode("utf-8"))


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def _input_hash(pages: Iterable[Page], options: str) -> str:
    """Hash all that a build is made from: pages, rules, and options: how, with whom, and what people decided."""
    hasher = hashlib.sha256(f"{rules_hash()} {options}\n".encode())
    for page in pages:
        hasher.update(_sha256(_line(page)).encode())
    return hasher.hexdigest()


@cache
def rules_hash() -> str:
    """Hash the program and its tables: whatever may make the same pages come out otherwise."""
    home = Path(kg.__file__).resolve().parent.parent
    hasher = hashlib.sha256(kg.__version__.encode())
    for package in ("kg", "ontology", "loaders"):
        for path in sorted((home / package).rglob("*")):
            if path.is_file() and path.suffix in _RULES and "samples" not in path.parts:
                name = path.relative_to(home).as_posix()
                hasher.update(f"{name} {_sha256(path.read_bytes())}\n".encode())
    return hasher.hexdigest()


_RULES = frozenset({".py", ".tsv", ".txt", ".gz", ".ttl"})


def _report(
    pages: Sequence[Page], leftovers: int, extractions: Sequence[Extraction], resolution: Resolution
) -> dict[str, Any]:
    """Say what was counted, what was not understood, and what was left open."""
    shown = {one.article.key: one.article.id for one in extractions}
    issues = sorted(
        {(issue.kind, issue.where, issue.words) for extraction in extractions for issue in extraction.issues}
    )
    relations = Counter(fact.predicate for fact in resolution.facts)
    counts = {
        "pages": len(pages),
        "leftover_lines": leftovers,
        "articles": len(extractions),
        "mentions": sum(len(local.mentions) for one in extractions for local in one.entities),
        "local_entities": sum(len(one.entities) for one in extractions),
        "statements": sum(len(one.statements) for one in extractions),
        "entities": len(resolution.entities),
        "facts": len(resolution.facts),
        "issues": len(issues),
        "unresolved": len(resolution.unresolved),
        "candidates": len(resolution.candidates),
        "contradictions": len(resolution.contradictions),
        "overruled": len(resolution.overruled),
        "rejected": len(resolution.rejected),
        "idle_decisions": sum(bool(one.idle) for one in resolution.outcomes),
        "dropped": len(resolution.dropped),
    }
    return {
        "counts": counts,
        "entities": dict(sorted(Counter(entity.type for entity in resolution.entities).items())),
        "facts": dict(sorted(relations.items())),
        "statuses": dict(sorted(Counter(fact.status for fact in resolution.facts).items())),
        "rules": dict(sorted(Counter(said.evidence.rule for one in extractions for said in one.statements).items())),
        "issues": [{"kind": kind, "where": where, "words": words} for kind, where, words in issues],
        "unresolved": [
            {"article": shown[one.article], **{k: v for k, v in asdict(one).items() if k != "article"}}
            for one in resolution.unresolved
        ],
        "candidates": [asdict(one) for one in resolution.candidates],
        "contradictions": [asdict(one) for one in resolution.contradictions],
        "overruled": [asdict(one) for one in resolution.overruled],
        "decisions": [asdict(one) for one in resolution.outcomes],
        "dropped": [asdict(one) for one in resolution.dropped],
    }
