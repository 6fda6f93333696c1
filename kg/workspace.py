"""The folder a build leaves: what each page says, what comes of it, the table of ids, the report.

    workspace.json      format, version, name, what it was made from, size of each file
    index.jsonl         PageRow: which pages there are, what each was read from, in which file
    pages/xx/….jsonl    one page: the page, its articles, what each speaks of, its statements (the truth: all else is
                        made from these), what was not understood; a record a line, under the name of its kind
    entities.jsonl      Entity          facts.jsonl       FactRow
    decisions.jsonl     Decision        rejected.jsonl    FactRow     (facts that corrections.tsv took out)
    links.jsonl         KeyLink         (keys that can only be one thing, given all there are)
    candidates.jsonl    Candidate       (pairs of entities that may be one, the likeliest first)
    ids.tsv             key, id, what replaced it
    report.json         what was counted, not understood, left open (of the candidates the first only), suspicious
    report.html         the same for reading
    graph.kgl           the embedded database, made when something is asked
    .state              tables that let the next build work on what changed only; without them it works on all

A build works in the hidden folder `.building`; when all is there, a mark is set and the files move to their places. A
build that fails or is killed before the mark leaves the workspace as it was; one killed behind it is finished by the
next. Files of pages that did not change are not touched. A build that does not keep the bounds of checks.toml fails as
well, and leaves report-refused.json and .html beside the workspace until one keeps them. Whatever else lies in the
folder is the user's and stays.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from kg.errors import InputError, WorkspaceError
from kg.ids import digest
from kg.io import Lines, Sorter, dump, load, mentions, read_records, write_atomic, write_records
from kg.io.tables import Tables
from kg.model import (
    Article,
    Candidate,
    Decision,
    Entity,
    Extraction,
    Fact,
    FactRow,
    Issue,
    KeyLink,
    LocalEntity,
    Page,
    Statement,
)

__all__ = [
    "CHECKS",
    "DATABASE",
    "FORMAT",
    "NAME",
    "PORTAL",
    "RESTORED",
    "STATE",
    "WITHDRAWN",
    "Draft",
    "PageRecord",
    "PageRow",
    "Workspace",
    "draft",
    "locked",
    "still",
]

FORMAT = 3  # 2: all candidates stood in report.json; 1: one file for all pages
NAME = "workspace"  # what a graph says it came from, where no name was given
DATABASE = "graph.kgl"
CHECKS = "checks.toml"  # what the analyst asks of a build
PORTAL = "portal.toml"  # what the keeper of a portal decides
WITHDRAWN = "withdraw.tsv"  # what is not to be published
RESTORED = "restored"  # in the head of a workspace that was made from RDF: there are no pages to build it again from
STATE = ".state"  # what a build remembers for the next one
_HEAD = "workspace.json"
_BUILDING = ".building"
_READY = "ready"
_LOCK = ".lock"

_GONE = "gone.json"
_INDEX = "index.jsonl"
_PAGES = "pages"
_KINDS: Mapping[str, type] = {
    "page": Page,
    "article": Article,
    "entity": LocalEntity,
    "statement": Statement,
    "issue": Issue,
}
_SYNCING = 8  # threads that wait for the disk at once
_REFUSED = ("report-refused.json", "report-refused.html")  # why the last build was turned down
# what may be there before the first build
_KEPT = frozenset({"ids.tsv", "judgements.tsv", "corrections.tsv", CHECKS, PORTAL, WITHDRAWN, *_REFUSED})
_KEPT_LINES = ("entities.jsonl", "facts.jsonl", "decisions.jsonl")
_REPORT = ("report.json", "report.html")
FILES = (
    _INDEX,
    "entities.jsonl",
    "facts.jsonl",
    "rejected.jsonl",
    "decisions.jsonl",
    "links.jsonl",
    "candidates.jsonl",
    "ids.tsv",
    *_REPORT,
    _HEAD,
)

# lines that are sorted to bring facts and statements together; no JSON holds the separator
_SEP = "\x1f"
_DIGITS = 12
_NAMED = b',"statements":['

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in the index: `source` says where it was read from, `made_from` is a hash of the page and of all that it
    was read with, `size` that of its file in bytes."""

    id: str
    source: str
    made_from: str
    size: int

    @property
    def file(self) -> str:
        """Where its file lies in the workspace; a page id may hold what no file name may."""
        name = digest(self.id)
        return f"{_PAGES}/{name[:2]}/{name}.jsonl"


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What the file of a page holds: the page, how many of its lines belong to no article, what its articles say."""

    page: Page
    leftovers: int
    extractions: tuple[Extraction, ...]

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the file."""
        yield _tagged("page", self.page)
        yield f'{{"leftovers":{self.leftovers}}}\n'.encode()
        for one in self.extractions:
            yield _tagged("article", one.article)
            yield from (_tagged("entity", local) for local in one.entities)
            yield from (_tagged("statement", statement) for statement in one.statements)
            yield from (_tagged("issue", issue) for issue in one.issues)


def _tagged(kind: str, record: object) -> bytes:
    return f'{{"{kind}":{dump(record)}}}\n'.encode()


class Workspace:
    """A finished workspace, for reading. `about` of a reader leaves out, unread, what holds none of these texts, as far
    as that is quick to see: a hint, the reader still has to look."""

    def __init__(self, path: Path, head: Mapping[str, Any]) -> None:
        self.path = path
        self.head = head

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Workspace:
        """Open the workspace in a folder; raises InputError where there is none, WorkspaceError where it is no use."""
        folder = Path(path)
        if not folder.is_dir():
            raise InputError(f"{path}: no such folder; make a workspace with kg build PAGES -o {path}")
        head = _head(folder)
        if head is None:
            raise WorkspaceError(f"{path}: no workspace; make one with kg build PAGES -o FOLDER")
        return cls(folder, head)

    @property
    def name(self) -> str:
        """What the graph says it came from."""
        return str(self.head.get("name", NAME))

    def file(self, name: str) -> Path:
        """Return where a file of the workspace lies, also while a build is moving files to their places."""
        moving = self.path / _BUILDING
        if (moving / _READY).exists() and (moving / name).exists():
            return moving / name
        return self.path / name

    def rows(self) -> list[PageRow]:
        """Return the index: a row for each page, in the order of ids."""
        return list(self._records(_INDEX, PageRow))

    def pages(self, *, about: Collection[str] = (), of: Collection[PageRow] | None = None) -> Iterator[Page]:
        """Yield the pages, in the order of ids, or those `of` some rows of the index."""
        return self._of_pages("page", Page, about, of)

    def articles(self, *, about: Collection[str] = ()) -> Iterator[Article]:
        """Yield the articles, page by page."""
        return self._of_pages("article", Article, about)

    def locals(self, *, about: Collection[str] = ()) -> Iterator[LocalEntity]:
        """Yield what each article speaks of, article by article."""
        return self._of_pages("entity", LocalEntity, about)

    def statements(self, *, about: Collection[str] = ()) -> Iterator[Statement]:
        """Yield the statements, article by article."""
        return self._of_pages("statement", Statement, about)

    def page(self, row: PageRow) -> PageRecord:
        """Return what the file of a page holds."""
        found: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
        extractions: list[Extraction] = []
        leftovers = 0

        def close() -> None:
            if found["article"]:
                parts = (tuple(found[kind]) for kind in ("entity", "statement", "issue"))
                extractions.append(Extraction(found["article"][0], *parts))

        for kind, record in self._lines(row):
            if kind == "leftovers":
                leftovers = record
                continue
            if kind == "article":
                close()
                found |= {name: [] for name in ("article", "entity", "statement", "issue")}
            found[kind].append(load(_KINDS[kind], record))
        close()
        return PageRecord(found["page"][0], leftovers, tuple(extractions))

    def _lines(
        self, row: PageRow, only: str = "", may_be: Callable[[bytes], bool] = lambda _: True
    ) -> Iterator[tuple[str, Any]]:
        """Yield kind and value of each line of the file of a page, or of those of one kind that `may_be` lets by."""
        start = f'{{"{only}":'.encode() if only else b""
        path = self.file(row.file)
        try:
            for line in path.read_bytes().splitlines():
                if (line.startswith(start) and may_be(line)) or not line.startswith(b'{"'):
                    yield next(iter(json.loads(line).items()))
        except (OSError, ValueError, AttributeError, StopIteration) as error:
            raise WorkspaceError(
                f"{path}: no readable file of a page ({error}); build {self.path} again from its pages"
            ) from error

    def _of_pages(
        self, kind: str, record: type[Record], about: Collection[str], of: Collection[PageRow] | None = None
    ) -> Iterator[Record]:
        may_be = mentions(about)
        for row in self.rows() if of is None else of:
            for _, value in self._lines(row, kind, may_be):
                try:
                    yield load(record, value)
                except InputError as error:
                    raise WorkspaceError(
                        f"{self.file(row.file)}: {error}; build {self.path} again from its pages"
                    ) from error

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield key and text of each article, in the order of keys, sorted outside of memory."""
        with Sorter() as sorter:
            for article in self.articles():
                sorter.add(f"{article.key}{_SEP}{json.dumps(article.text)}")
            for row in sorter:
                key, _, text = row.partition(_SEP)
                yield key, json.loads(text)

    def entities(self, *, about: Collection[str] = ()) -> Iterator[Entity]:
        """Yield the entities, in the order of ids."""
        return self._records("entities.jsonl", Entity, about)

    def decisions(self, *, about: Collection[str] = ()) -> Iterator[Decision]:
        """Yield why each local entity is what it is, in the order of ids."""
        return self._records("decisions.jsonl", Decision, about)

    def some(self, name: str, kind: type[Record], ids: Collection[str]) -> Iterator[Record]:
        """Yield the records of some ids from a file that is sorted by id, as far as they are there; quick."""
        with contextlib.closing(Lines(self.file(name))) as lines:
            for line in lines.pick(ids):
                try:
                    yield load(kind, line)
                except InputError as error:
                    raise WorkspaceError(
                        f"{self.file(name)}: {error}; build {self.path} again from its pages"
                    ) from error

    def links(self) -> Iterator[KeyLink]:
        """Yield the pairs of keys that rules joined, in order."""
        return self._records("links.jsonl", KeyLink)

    def candidates(self, *, about: Collection[str] = ()) -> Iterator[Candidate]:
        """Yield the pairs of entities that may be one, the likeliest first."""
        return self._records("candidates.jsonl", Candidate, about)

    def facts(self, *, rejected: bool = False) -> Iterator[Fact]:
        """Yield the facts with their statements, in the order of ids, or those that people rejected.

        Statements lie page by page, facts by id: they are brought together by sorting, in memory that does not grow
        with the workspace (temporary files take the rest).
        """
        with Sorter() as by_fact:
            with Sorter() as by_statement:
                for number, fact_line in enumerate(self._fact_lines(rejected=rejected)):
                    for one in _statement_ids(fact_line):
                        by_statement.add(f"{one}{_SEP}1{_SEP}{number:0{_DIGITS}d}")
                for one, line in self._statement_lines():
                    by_statement.add(f"{one}{_SEP}0{_SEP}{line}")
                record = holder = ""
                for row in by_statement:  # a statement, and behind it the facts that name it
                    one, kind, rest = row.split(_SEP, 2)
                    if kind == "0":
                        record, holder = rest, one
                    elif record and one == holder:
                        by_fact.add(f"{rest}{_SEP}{record}")
            named = _grouped(by_fact)
            at, found = next(named, (-1, []))
            for number, fact in enumerate(self.fact_rows(rejected=rejected)):
                statements: list[Statement] = []
                if at == number:
                    statements = [load(Statement, json.loads(line)["statement"]) for line in found]
                    at, found = next(named, (-1, []))
                try:
                    yield fact.fact({one.id: one for one in statements})
                except KeyError as missing:
                    raise WorkspaceError(
                        f"{self.path}: facts.jsonl names the statement {missing}, which is not there; "
                        "build it again from its pages"
                    ) from None

    def _fact_lines(self, *, rejected: bool) -> Iterator[bytes]:
        path = self.file("rejected.jsonl" if rejected else "facts.jsonl")
        try:
            with path.open("rb") as stream:
                yield from stream
        except OSError as error:
            raise WorkspaceError(f"cannot read {path}: {error.strerror or error}; build {self.path} again") from error

    def _statement_lines(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each statement, and its line as it stands in the file of its page."""
        start = b'{"statement":{"id":"'
        for row in self.rows():
            path = self.file(row.file)
            try:
                for line in path.read_bytes().splitlines():
                    if line.startswith(start):
                        yield line[len(start) : line.index(b'"', len(start))].decode(), line.decode()
            except (OSError, ValueError) as error:
                raise WorkspaceError(
                    f"{path}: no readable file of a page ({error}); build {self.path} again from its pages"
                ) from error

    def fact_rows(self, *, rejected: bool = False, about: Collection[str] = ()) -> Iterator[FactRow]:
        """Yield the facts, or those that people rejected, without their statements, in the order of ids."""
        return self._records("rejected.jsonl" if rejected else "facts.jsonl", FactRow, about)

    def facts_about(
        self, statements: Collection[str], articles: Collection[str], *, rejected: bool = False
    ) -> Iterator[FactRow]:
        """Yield the facts that rest on some statements, or that resolve made itself from some articles (by key), or
        those of them that people rejected, in the order of ids; all others are left unread."""
        wanted = frozenset(statements)
        keys = [key.encode("utf-8") for key in articles]
        for line in self._fact_lines(rejected=rejected):
            if wanted.isdisjoint(_statement_ids(line)) and not any(key in line for key in keys):
                continue
            try:
                yield load(FactRow, line)
            except InputError as error:
                raise WorkspaceError(f"facts of {self.path}: {error}; build it again from its pages") from error

    def ids(self) -> str:
        """Return the text of ids.tsv, "" where there is none; raises InputError where it is no text."""
        path = self.file("ids.tsv")
        try:
            return path.read_bytes().decode("utf-8") if path.exists() else ""
        except UnicodeDecodeError:
            raise InputError(f"{path}: not UTF-8; restore it from a copy, or remove it") from None

    def report(self) -> Mapping[str, Any]:
        """Return the report."""
        try:
            found: Mapping[str, Any] = json.loads(self.file("report.json").read_bytes())
        except (OSError, ValueError) as error:
            raise WorkspaceError(
                f"{self.path}: no readable report.json ({error}); build it again from its pages"
            ) from error
        return found

    def is_whole(self) -> bool:
        """Whether every file is there, as long as it was written."""
        sizes = self.head.get("files", {})
        if not all(name in sizes or name == _HEAD for name in FILES):
            return False
        return all(_is_long(self.file(name), size) for name, size in sizes.items()) and all(
            map(self.holds, self.rows())
        )

    def holds(self, row: PageRow) -> bool:
        """Whether the file of a page is there, as long as it was written."""
        return _is_long(self.file(row.file), row.size)

    def _records(self, name: str, kind: type[Record], about: Collection[str] = ()) -> Iterator[Record]:
        try:
            yield from read_records(self.file(name), kind, about=about)
        except InputError as error:
            raise WorkspaceError(f"{error}; build {self.path} again from its pages") from error


def _statement_ids(line: bytes) -> list[str]:
    """Return which statements the line of a FactRow names. A quote inside a text is escaped: this stands once."""
    start = line.find(_NAMED)
    inner = line[start + len(_NAMED) : line.find(b"]", start)] if start >= 0 else b""
    return [part.strip(b'"').decode() for part in inner.split(b",")] if inner else []


def _grouped(rows: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each fact that has any, and the lines of its statements."""
    for number, group in groupby(rows, key=lambda row: row[:_DIGITS]):
        yield int(number), [row[_DIGITS + 1 :] for row in group]


def _is_long(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _head(folder: Path) -> dict[str, Any] | None:
    """Return workspace.json, None where there is none; raises WorkspaceError for another format."""
    path = folder / _HEAD
    if not path.exists() and not (folder / _BUILDING / _READY).exists():
        return None
    moving = folder / _BUILDING / _HEAD
    try:
        head = json.loads((moving if (folder / _BUILDING / _READY).exists() and moving.exists() else path).read_bytes())
    except OSError as error:
        raise WorkspaceError(f"{folder}: cannot read {_HEAD}: {error.strerror or error}") from error
    except ValueError as error:
        raise WorkspaceError(f"{path}: not the head of a workspace ({error}); build into another folder") from error
    if not isinstance(head, dict) or "format" not in head:
        raise WorkspaceError(f"{path}: not the head of a workspace; build into another folder")
    if head["format"] != FORMAT:
        raise WorkspaceError(
            f"{folder}: a workspace of format {head['format']}, and this kg knows format {FORMAT}; "
            "build into another folder (a copy of ids.tsv in it keeps the ids), or use the version of kg that made it"
        )
    return head


# ----------------------------------------------------------------------------------------------------------- writing


class Draft:
    """The next state of a workspace, not yet in its place; `now` is the present one, if any."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = Workspace(folder, head) if (head := _head(folder)) is not None else None
        self._home = folder / _BUILDING
        self._rows: dict[str, PageRow] = {}
        self._recalled: Tables | None = None

    def begin(self) -> None:
        """Make an empty place for the draft."""
        _remove(self._home)
        self._home.mkdir()

    @contextlib.contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Give a file of the draft to write."""
        path = self._home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            yield stream

    def write(self, name: str, records: Iterable[object]) -> int:
        """Write records as JSON Lines; return how many."""
        with self.open(name) as stream:
            return write_records(stream, records)

    def change(self, name: str, changes: Mapping[str, object | None], before: Workspace | None) -> None:
        """Write a file that is sorted by id as it was `before` (None: empty), with records changed: put in by id, or
        left out (None)."""
        old = before.file(name) if before is not None else None
        with self.open(name) as stream, contextlib.closing(Lines(old)) as lines:
            for part in lines.changed(changes):
                stream.write(part)

    def recall(self, tables: Tables, resolved_by: str) -> bool:
        """Let tables show what the build that left this workspace remembered; say whether it did, by the same rules.
        They are let go of with the draft."""
        if self.now is None:
            return False
        (self.folder / f"{STATE}.part").unlink(missing_ok=True)
        self._recalled = tables
        return tables.open(self.folder / STATE, self._mark(resolved_by, self.now.head))

    def remember(self, tables: Tables, resolved_by: str, head: Mapping[str, object]) -> None:
        """Keep tables for the next build of this workspace, which is done. Without them it only takes longer."""
        try:
            tables.save(self.folder / STATE, self._mark(resolved_by, head))
        except (OSError, sqlite3.Error):
            self.forget(tables)

    def _mark(self, resolved_by: str, head: Mapping[str, object]) -> str:
        """Return what tables must fit: the rules, the pages, the ids that things have, and the files whose lines are
        kept from build to build, which nobody may have written to since."""
        written = (str((self.folder / name).stat().st_mtime_ns) for name in _KEPT_LINES)
        return " ".join((resolved_by, str(head.get("made_from")), str(head.get("ids")), *written))

    def forget(self, tables: Tables) -> None:
        """Drop what was remembered: nothing can go on from it."""
        tables.close()
        with contextlib.suppress(OSError):  # it fits no workspace from now on
            (self.folder / STATE).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of what was recalled."""
        if self._recalled is not None:
            self._recalled.close()

    def write_page(self, record: PageRecord, made_from: str) -> None:
        """Write the file of a page that is new, or was read anew."""
        raw = b"".join(record.lines())
        row = PageRow(record.page.id, record.page.source, made_from, len(raw))
        with self.open(row.file) as stream:
            stream.write(raw)
        self._rows[row.id] = row

    def keep(self, row: PageRow) -> None:
        """Keep the file of a page as it is."""
        self._rows[row.id] = row

    def commit(self, head: Mapping[str, object]) -> None:
        """Put the draft in the place of the workspace; behind this it is the workspace, whatever happens.

        Files of pages that are no longer there go, and so does the embedded database, which shows what was before.
        """
        self.write(_INDEX, (self._rows[name] for name in sorted(self._rows)))
        before = self.now.rows() if self.now is not None else []
        with self.open(_GONE) as stream:
            gone = [row.file for row in before if row.id not in self._rows]
            stream.write(json.dumps([*gone, DATABASE]).encode("utf-8"))
        sizes = {name: (self._home / name).stat().st_size for name in FILES if name != _HEAD}
        whole = {"format": FORMAT, **head, "files": sizes}
        with self.open(_HEAD) as stream:
            stream.write((json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
        with ThreadPoolExecutor(_SYNCING) as pool:
            list(pool.map(_sync, sorted(self._home.rglob("*"))))
        (self._home / _READY).touch()
        _sync(self._home)
        _finish(self.folder)
        self.accept()

    def refuse(self, report: bytes, page: bytes) -> Path:
        """Leave the report of a build that is turned down beside the workspace; return where its page lies."""
        for name, content in zip(_REFUSED, (report, page), strict=True):
            with write_atomic(self.folder / name) as stream:
                stream.write(content)
        return self.folder / _REFUSED[1]

    def accept(self) -> None:
        """Remove what `refuse` left: the workspace holds what was asked for."""
        for name in _REFUSED:
            (self.folder / name).unlink(missing_ok=True)


@contextlib.contextmanager
def still(space: Workspace) -> Iterator[bool]:
    """Hold the lock of a workspace, if it can be had, for a file made from it; say whether it can, and whether the
    workspace is still what it was when it was opened."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locked(space.path))
            same = not (space.path / _BUILDING / _READY).exists() and _head(space.path) == space.head
        except (OSError, WorkspaceError):
            same = False
        yield same


@contextlib.contextmanager
def draft(path: str | os.PathLike[str]) -> Iterator[Draft]:
    """Give a draft of the workspace at `path`, locked against other builds; what is not committed vanishes.

    Raises WorkspaceError where another build is at work, where the folder holds something else, or is not writable.
    """
    folder = Path(path)
    made = _make_folders(folder)
    try:
        with locked(folder):
            _finish(folder)
            head = _head(folder)  # also refuses a workspace of another format
            foreign = sorted(one.name for one in folder.iterdir() if one.name[0] != "." and one.name not in _KEPT)
            if head is None and foreign:
                raise WorkspaceError(
                    f"{path}: not empty and no workspace ({foreign[0]} is in it); give an empty or a new folder"
                )
            one = Draft(folder)
            try:
                yield one
            finally:
                one.close()
                _finish(folder)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        for new in reversed(made):
            with contextlib.suppress(OSError):  # a workspace is in it, or a file of somebody else's
                new.rmdir()


def _unwritable(path: object, error: OSError) -> WorkspaceError:
    return WorkspaceError(f"cannot write {path}: {error.strerror or error}; choose another folder, or make room")


def _make_folders(folder: Path) -> list[Path]:
    """Make the folder and those above it; return the ones that are new, the outermost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(f"{folder} is a file; a workspace is a folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return missing[::-1]


def _finish(folder: Path) -> None:
    """Move the files of a committed draft to their places; drop one that was never committed."""
    home = folder / _BUILDING
    if (home / _READY).exists():
        for path in sorted((home / _PAGES).rglob("*.jsonl")):
            target = folder / path.relative_to(home)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        for name in json.loads((home / _GONE).read_bytes()):
            (folder / name).unlink(missing_ok=True)
            if name.startswith(_PAGES):
                with contextlib.suppress(OSError):  # other pages are in it
                    (folder / name).parent.rmdir()
        for name in FILES:  # the head last: it is what says that the rest belongs together
            if (home / name).exists():
                (home / name).replace(folder / name)
        _sync(folder)
    _remove(home)


def _remove(folder: Path) -> None:
    if folder.exists():
        # The mark first: without it what is left is a draft again, which nobody reads.
        with contextlib.suppress(FileNotFoundError):
            (folder / _READY).unlink()
        shutil.rmtree(folder)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a workspace; the system lets go of it when the process dies.

    Raises WorkspaceError where somebody else holds it, or where it is not writable. What a load that was killed left
    half written is removed.
    """
    path = folder / _LOCK
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise _unwritable(folder, error) from error
        if not _take(handle):
            os.close(handle)
            raise WorkspaceError(f"{folder}: another build or load is at work in it; wait until it is done")
        try:
            same = os.fstat(handle).st_ino == path.stat().st_ino
        except FileNotFoundError:
            same = False
        if same:
            break
        os.close(handle)  # the one before us removed the file we were waiting for
    try:
        for part in folder.glob(f".{DATABASE}.*.part"):
            part.unlink(missing_ok=True)
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(handle)


def _take(handle: int) -> bool:
    """Lock an open file without waiting; say whether that worked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
