"""Run it all: pages in, a workspace out."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import kg
from kg.errors import InputError, KGError, WorkspaceError
from kg.extract import STRONG, Keep
from kg.extract.optional import Panel
from kg.io import dump, read_utf8
from kg.model import Extraction, FactRow, Page
from kg.quality import Bounds, look, read_bounds, report_page
from kg.read import Reading, read_articles
from kg.report import Ledger
from kg.resolve import Correction, IdTable, Ruling, Run, Source, parse_corrections, parse_rulings
from kg.resolve.tables import wording
from kg.workspace import CHECKS, NAME, RESTORED, Draft, PageRecord, PageRow, Workspace, draft

__all__ = ["BuildReport", "Decided", "Progress", "build", "rules_hash"]

Line = TypeVar("Line")
Progress = Callable[[str, int, int], None]  # which stage, how many are done, of how many (0: not known)


@dataclass(frozen=True, slots=True)
class Decided:
    """Files of what people decided, and of what they ask of a build; None: those of the workspace, if it has any."""

    judgements: str | os.PathLike[str] | None = None
    corrections: str | os.PathLike[str] | None = None
    checks: str | os.PathLike[str] | None = None


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
    replaced). What people decided is read from judgements.tsv, corrections.tsv and checks.toml of the workspace, unless
    `decided` names other files. Only pages that are new, or were read by other rules, are read, and only what these and
    the lines of people touch is resolved again. Facts less sure than `keep` allows are left out; entities and
    statements do not depend on that bound, so that ids do not. A build that fails leaves it as it was; where nothing
    changed, nothing is written.
    The optional proposers of `panel` are a part of what it is made from.

    A build that does not keep the bounds of checks.toml raises KGError, and leaves its report in report-refused.html
    and .json. Bounds are no part of what a workspace is made from; one that would not change is held to them as well.
    """
    tell = progress or (lambda *_: None)
    panel = panel or Panel()
    panel.helpers()  # what is not there is told before a page is read
    given: dict[str, Page] = {}
    for page in pages:
        given[page.id] = page
        tell("reading", len(given), 0)
    with _uncollected(), draft(workspace) as work:
        if work.now is not None and RESTORED in work.now.head:
            raise WorkspaceError(
                f"{workspace}: restored from RDF, with no pages to build it again from; build into another folder"
            )
        reading = f"{extraction_hash()} repair={repair} weak={keep.weak_rules} with={json.dumps(panel.identities())}"
        kept: dict[str, PageRow] = {}  # pages that stay, without a look at them
        if add and work.now is not None:
            given = _settled(work.now, given.values())
            kept, others = _kept(work.now, given, _sha256(reading.encode()))
            given |= others
        made = decided or Decided()
        hold = partial(_hold, work, _bounds(work, made.checks))
        rulings = _decided(work, made.judgements, "judgements.tsv", parse_rulings)
        corrections = _decided(work, made.corrections, "corrections.tsv", parse_corrections)
        pages_from = {
            name: kept[name].made_from if name in kept else _sha256(reading.encode() + _line(given[name]))
            for name in sorted(given.keys() | kept.keys())
        }
        retypings = [(line.subject, line.object) for line in corrections if line.action == "retype"]
        resolved_by = _sha256(repr((rules_hash(), keep.min_confidence, retypings)).encode())
        by_people = _sha256(repr((rulings, corrections)).encode())
        made_from = _sha256("\n".join((resolved_by, by_people, *pages_from.values())).encode())
        whole = work.now is not None and _is_whole(work.now)
        if work.now is not None and whole and work.now.head.get("made_from") == made_from:
            report = work.now.report()
            hold(report)
            work.accept()
            return BuildReport(False, report)
        work.begin()
        read = partial(
            read_articles, repair=repair, workers=workers, keep=replace(keep, min_confidence=0.0), panel=panel
        )
        fresh = _read_anew(work, given, pages_from, read, tell)
        run_of = partial(Run, rulings=rulings, corrections=corrections, min_confidence=keep.min_confidence)
        come_to = partial(_come_to, work, pages_from, fresh, run_of, hold, tell)
        table, ledger = _id_table(work), Ledger()
        goes_on = whole and work.recall(ledger, resolved_by)
        try:
            ids, report = come_to(table, ledger, work.now if goes_on else None)
        except sqlite3.DatabaseError:
            if not goes_on:
                raise
            work.forget(ledger)  # it is damaged; what was written from it is written again
            ledger = Ledger()
            ids, report = come_to(table, ledger, None)
        if any(ids.key_of(own) and not table.key_of(own) for own in _ids_named(rulings, corrections)):
            work.forget(ledger)  # a line names by its id what has it since just now
            ledger = Ledger()
            ids, report = come_to(ids, ledger, None)
        text = ids.text().encode("utf-8")
        with work.open("ids.tsv") as stream:
            stream.write(text)
        head = {
            "name": NAME,
            "version": kg.__version__,
            "made_from": made_from,
            "read_by": _sha256(reading.encode()),
            "rules": rules_hash(),
            "options": {
                "repair": repair,
                "weak_rules": keep.weak_rules,
                "min_confidence": keep.min_confidence,
            },
            "proposers": panel.identities(),
            "ids": _sha256(text),
            "counts": report["counts"],
        }
        work.commit(head)
        work.remember(ledger, resolved_by, head)
        return BuildReport(True, report)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector out: records are not circular, and looking over all of them again and again costs a
    sixth of a build."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _settled(now: Workspace, given: Iterable[Page]) -> dict[str, Page]:
    """Return the pages that are added under ids that are theirs beside those the workspace holds.

    A page that is held from the same file keeps its id, whatever else was named in this call. One that would take the
    place of a page from another file is called by more of its path, as it would be had both been given together.
    """
    held = {row.id: row for row in now.rows()}
    files = {Path(row.source).absolute(): row.id for row in held.values() if _is_of_file(row)}
    settled: dict[str, Page] = {}
    for page in given:
        name, file = page.id, Path(page.source).absolute()
        there = held.get(name)
        if _is_of_file(page) and file in files:
            name = files[file]
        elif (
            there is not None
            and _is_of_file(page)
            and _is_of_file(there)
            and next(now.pages(of=[there])).text != page.text
        ):
            parts = file.with_suffix("").parts
            for depth in range(name.count("/") + 2, len(parts) + 1):
                name = "/".join(parts[-depth:])
                if name not in held and name not in settled:
                    break
        settled[name] = replace(page, id=name)
    return settled


def _kept(now: Workspace, given: Container[str], read_by: str) -> tuple[dict[str, PageRow], dict[str, Page]]:
    """Return what a workspace holds beside the pages that are given: rows of those that may stay as they are, and the
    pages that have to be read again, because they were read otherwise, or their files are not whole."""
    others = [row for row in now.rows() if row.id not in given]
    same = now.head.get("read_by") == read_by
    kept = {row.id: row for row in others if same and now.holds(row)}
    return kept, {page.id: page for page in now.pages(of=[row for row in others if row.id not in kept])}


def _is_of_file(page: Page | PageRow) -> bool:
    """Whether the id of a page comes from the name of its file."""
    return f"/{Path(page.source).with_suffix('').as_posix()}".endswith(f"/{page.id}")


class _Earlier(Source):
    """What a workspace says that a build goes on from."""

    def __init__(self, space: Workspace) -> None:
        self._space = space
        self._rows = {row.id: row for row in space.rows()}
        self._read: dict[str, PageRecord] = {}

    def read(self, page: str) -> tuple[Page, Sequence[Extraction]]:
        """Return a page and what its articles say."""
        if page not in self._read:
            self._read[page] = self._space.page(self._rows[page])
        return self._read[page].page, self._read[page].extractions

    def facts(self, ids: Collection[str]) -> Mapping[str, FactRow]:
        """Return facts by id."""
        return {row.id: row for row in self._space.some("facts.jsonl", FactRow, ids)}


def _read_anew(
    work: Draft,
    given: Mapping[str, Page],
    made_from: Mapping[str, str],
    read: Callable[[Iterable[Page]], Iterator[Reading]],
    tell: Progress,
) -> dict[str, PageRecord]:
    """Read the pages that changed, return them by id, and keep the files of the others."""
    now = work.now
    rows = {row.id: row for row in now.rows()} if now is not None else {}
    held = {row.id for row in rows.values() if made_from.get(row.id) == row.made_from and now and now.holds(row)}
    todo = [given[name] for name in made_from if name not in held]
    for name in held:
        work.keep(rows[name])
    fresh: dict[str, PageRecord] = {}
    for page, reading in zip(todo, read(todo), strict=True):
        fresh[page.id] = PageRecord(page, len(reading.cut.leftovers), reading.extractions)
        work.write_page(fresh[page.id], made_from[page.id])
        tell("extracting", len(fresh), len(todo))
    return fresh


def _come_to(
    work: Draft,
    pages: Collection[str],
    fresh: Mapping[str, PageRecord],
    run_of: Callable[..., Run],
    hold: Callable[[Mapping[str, Any]], None],
    tell: Progress,
    table: IdTable,
    ledger: Ledger,
    before: Workspace | None,
) -> tuple[IdTable, Mapping[str, Any]]:
    """Find and write what the pages come to, going on from what the ledger remembers of `before`. Where there is
    nothing to go on from, all of them are news, not only those that were read anew, `fresh`. Return the
    table of ids as it is then, and the report."""
    if before is not None:
        came = list(fresh.values())
        held = set(pages) - fresh.keys()
        gone = [before.page(row) for row in before.rows() if row.id not in held]
    else:
        now = work.now
        rows = {row.id: row for row in now.rows()} if now is not None else {}
        came = [fresh[name] if name in fresh or now is None else now.page(rows[name]) for name in pages]
        gone = []
    tell("resolving", 0, 0)
    run = run_of(
        ledger,
        ids=table,
        came=[one for record in came for one in record.extractions],
        gone=[one for record in gone for one in record.extractions],
        pages=[record.page for record in came],
        pages_gone=[record.page.id for record in gone],
        source=_Earlier(before) if before is not None else None,
    )
    run.go()
    tell("checking", 0, 0)
    seen = look(ledger, run, before)
    ledger.add(came, gone, run, before)
    report = ledger.report(run, seen)
    hold(report)
    _write(work, run, report, before)
    return run.ids, report


def _write(work: Draft, run: Run, report: Mapping[str, Any], before: Workspace | None) -> None:
    """Write what the statements come to: where there was something to go on from, with the records that changed."""
    changes: tuple[tuple[str, Mapping[str, object | None]], ...] = (
        ("entities.jsonl", run.changes.entities),
        ("facts.jsonl", run.changes.facts),
        ("decisions.jsonl", run.changes.decisions),
    )
    for name, changed in changes:
        work.change(name, changed, before)
    work.write("rejected.jsonl", run.rejected())
    work.write("links.jsonl", run.links())
    with work.open("candidates.jsonl") as stream:
        stream.writelines(f"{line}\n".encode() for line in run.candidates)
    with work.open("report.json") as stream:
        stream.write(_report_text(report))
    with work.open("report.html") as stream:
        stream.write(report_page(report).encode("utf-8"))


def _bounds(work: Draft, named: str | os.PathLike[str] | None) -> Bounds:
    """Read the bounds: of the file that was named, else of that of the workspace, if it has any."""
    path = Path(named) if named is not None else work.folder / CHECKS
    return read_bounds(path) if named is not None or path.exists() else Bounds()


def _hold(work: Draft, bounds: Bounds, report: Mapping[str, Any]) -> None:
    """Raise KGError where the report does not keep the bounds, and leave it where the analyst finds it."""
    broken = bounds.broken(report)
    if not broken:
        return
    refused = {"broken": [asdict(one) for one in broken], **report}
    page = work.refuse(_report_text(refused), report_page(report, broken=broken).encode("utf-8"))
    raise KGError(
        f"{work.folder} stays as it was, for this build breaks {bounds.source}: {'; '.join(map(str, broken))}; "
        f"see {page}, then mend the input or the bounds"
    )


def _report_text(report: Mapping[str, Any]) -> bytes:
    """Write a report as JSON, each entry of it on a line of its own: to be read, and not too slowly written."""
    return (
        "{\n" + ",\n".join(f" {_compact(name)}: {_entries(value)}" for name, value in report.items()) + "\n}\n"
    ).encode()


def _entries(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(map(_compact, value)) + "\n ]"
    if isinstance(value, dict) and value:
        return "{\n  " + ",\n  ".join(f"{_compact(key)}: {_compact(entry)}" for key, entry in value.items()) + "\n }"
    return _compact(value)


_compact = partial(json.dumps, ensure_ascii=False)


def _line(record: object) -> bytes:
    return dump(record).encode("utf-8") + b"\n"


def _ids_named(rulings: Iterable[Ruling], corrections: Iterable[Correction]) -> set[str]:
    """Return the ids by which lines of people name things."""
    texts = {text for line in rulings for text in (line.one, line.other)}
    texts |= {text for line in corrections for text in (line.subject, line.object)}
    return {words.text for words in map(wording, texts) if words.how == "id"}


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
    return parse(read_utf8(path), source=str(path))


def _is_whole(now: Workspace) -> bool:
    """Whether a workspace is what its build left, and ids.tsv with it."""
    return now.is_whole() and now.head.get("ids") == _sha256(now.ids().encode("utf-8"))


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@cache
def rules_hash() -> str:
    """Hash the program and its tables: whatever may make the same pages come out otherwise."""
    return _hash_of("kg", "ontology")


@cache
def extraction_hash() -> str:
    """Hash what cuts and extracts: whatever may make the same page say something else."""
    names = ("model.py", "text.py", "ids.py", "read.py", "resolve/cite.py", "pages", "extract")
    return _hash_of(*(f"kg/{name}" for name in names), "ontology")


def _hash_of(*names: str) -> str:
    home = Path(kg.__file__).resolve().parent.parent
    hasher = hashlib.sha256(kg.__version__.encode())
    for path in sorted(path for name in names for path in (home / name, *(home / name).rglob("*"))):
        if path.is_file() and path.suffix in _RULES and "samples" not in path.parts:
            name = path.relative_to(home).as_posix()
            hasher.update(f"{name} {_sha256(path.read_bytes())}\n".encode())
    return hasher.hexdigest()


_RULES = frozenset({".py", ".tsv", ".txt", ".gz", ".ttl"})
