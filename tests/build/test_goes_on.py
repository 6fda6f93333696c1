"""A build goes on from what the last one left: it works on what changed only, and the bytes are those of one that has
nothing to go on from. Where what was remembered is of no use, it has nothing to go on from either."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import kg.build
from kg.build import build
from kg.errors import KGError
from kg.extract import STRONG, Keep
from kg.model import Page
from kg.report import Ledger
from kg.resolve import Run
from kg.workspace import CHECKS, STATE, Draft, PageRow, Workspace
from tests.archive.make import make_pages
from tests.build.pages import page, pages
from tests.build.test_again import edited, read_pages
from tests.build.test_build import content

COUNT = 40  # pages of the archive


@cache
def archive() -> tuple[Page, ...]:
    """Return the first pages of an invented archive."""
    return tuple(Page(**record) for record, _ in islice(make_pages(300, seed=5), COUNT))


@dataclass
class Seen:
    """What builds do: of each run whether it goes on from another, and the run; the pages that are opened."""

    kept: list[bool] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    by_resolve: list[str] = field(default_factory=list)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Note what builds do from now on."""
    seen, lines, go = Seen(), Workspace._lines, Run.go

    def run_of(*given: Any, **more: Any) -> Run:
        seen.kept.append(given[0].kept)
        seen.runs.append(Run(*given, **more))
        return seen.runs[-1]

    def lines_of(space: Workspace, row: PageRow, *more: Any) -> Iterator[tuple[str, Any]]:
        seen.opened.append(row.id)
        return lines(space, row, *more)

    def going(run: Run) -> None:
        go(run)
        seen.by_resolve = list(seen.opened)

    monkeypatch.setattr(kg.build, "Run", run_of)
    monkeypatch.setattr(Run, "go", going)
    monkeypatch.setattr(Workspace, "_lines", lines_of)
    return seen


def forgetful(space: Path, other: Path) -> Path:
    """Copy a workspace, but for what it remembers."""
    shutil.copytree(space, other, ignore=shutil.ignore_patterns(STATE))
    return other


# ---------------------------------------------------------------------------------------------------- the law


def change(chance: random.Random, held: dict[str, Page]) -> None:
    """Change the pages in one way, as those who keep an archive do."""
    pool, one = archive(), chance.choice([*held.values()])
    paragraphs, other = one.text.split("\n\n"), chance.choice(pool)
    match chance.choice(["add", "add", "remove", "insert", "insert", "cut", "shuffle", "again", "elsewhere"]):
        case "add":
            held.setdefault(other.id, other)
        case "remove":
            del held[one.id]
        case "insert":
            paragraphs.insert(chance.randrange(len(paragraphs) + 1), chance.choice(other.text.split("\n\n")))
            held[one.id] = replace(one, text="\n\n".join(paragraphs))
        case "cut":
            held[one.id] = replace(one, text="\n\n".join(paragraphs[:-1]))
        case "shuffle":
            chance.shuffle(paragraphs)
            held[one.id] = replace(one, text="\n\n".join(paragraphs))
        case "again":
            held[one.id] = replace(one, text=other.text)
        case "elsewhere":
            held[one.id] = replace(one, issue_date=other.issue_date, paper=other.paper, home=other.home)


@pytest.mark.parametrize(("seed", "keep"), [(1, STRONG), (2, STRONG), (3, Keep(min_confidence=0.95))])
def test_each_step_comes_to_the_bytes_of_a_build_that_goes_on_from_nothing(
    tmp_path: Path, seen: Seen, seed: int, keep: Keep
) -> None:
    chance, space = random.Random(seed), tmp_path / "space"
    held = {one.id: one for one in archive()[: COUNT * 3 // 4]}
    build(held.values(), space, workers=1, keep=keep)
    for step in range(6):
        for _ in range(chance.choice([1, 2, 5])):
            change(chance, held)
        if step < 5:
            other = forgetful(space, tmp_path / f"other {step}")  # that keeps what was read
        else:
            other = tmp_path / "fresh"
            other.mkdir()
            shutil.copy(space / "ids.tsv", other / "ids.tsv")
        seen.kept.clear()
        assert build(held.values(), space, workers=1, keep=keep).changed
        build(held.values(), other, workers=1, keep=keep)
        assert seen.kept == [True, False]
        assert content(space) == content(other), f"seed {seed}, step {step}"
    kept = Workspace.open(space).report()["facts"]
    assert ("unionOf" in kept) == (keep == STRONG)  # some say it, none surely enough


# ---------------------------------------------------------------------------------------------------- what it costs


def test_after_an_edit_resolve_opens_few_pages_and_a_build_never_all(tmp_path: Path, seen: Seen) -> None:
    whole = tmp_path / "whole"
    build(archive(), whole, workers=1)
    for number in (3, 17, 38):
        one = archive()[number]
        shutil.copytree(whole, tmp_path / one.id)
        cut = replace(one, text=one.text.rpartition("\n\n")[0])
        seen.opened.clear()
        build([cut if page is one else page for page in archive()], tmp_path / one.id, workers=1)
        # the page as it was; who speaks for a name that lost its speaker; stories like those that came and went
        assert one.id in seen.by_resolve
        assert len(seen.by_resolve) <= COUNT / 4
        # and those with the specimens that are held to the laws of the graph, a few for each kind of thing and fact
        assert len(set(seen.opened)) < COUNT


def test_pages_that_are_read_anew_and_say_the_same_change_nothing(
    tmp_path: Path, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(pages(6), tmp_path, workers=1)
    before = content(tmp_path)
    monkeypatch.setattr(kg.build, "extraction_hash", lambda: "of other rules")
    seen.kept.clear()
    read = read_pages(monkeypatch)
    assert build(pages(6), tmp_path, workers=1).changed
    assert (len(read), seen.kept) == (6, [True])
    changes = seen.runs[-1].changes
    assert (changes.facts, changes.decisions) == ({}, {})
    assert {one.type for one in changes.entities.values() if one} == {"Page"}
    after = content(tmp_path)
    assert {name for name in before if before[name] != after[name]} == {"index.jsonl", "workspace.json"}


# ---------------------------------------------------------------------------------------------------- of no use


def torn(state: Path) -> None:
    """Write over the page where the local entities begin; the tables and the mark can be read as ever."""
    with contextlib.closing(sqlite3.connect(state)) as file:
        ((root,),) = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'LocalRow'")
        ((size,),) = file.execute("PRAGMA page_size")
    raw = state.read_bytes()
    state.write_bytes(raw[: (root - 1) * size] + b"\xff" * size + raw[root * size :])


def without(*tables: str) -> Callable[[Path], None]:
    def drop(state: Path) -> None:
        with contextlib.closing(sqlite3.connect(state)) as file:
            for name in tables:
                file.execute(f"DROP TABLE {name}")

    return drop


NO_USE: dict[str, tuple[Callable[[Path], Any], list[bool]]] = {
    "gone": (Path.unlink, [False]),
    "garbage": (lambda state: state.write_bytes(b"\xff" * state.stat().st_size), [False]),
    "cut short": (lambda state: state.write_bytes(state.read_bytes()[: state.stat().st_size // 2]), [False]),
    "torn": (torn, [True, False]),
    "of another schema, seen first": (without("ArticleRow"), [True, False]),
    "of another schema, seen last": (without("Total"), [True, False]),  # counted when all is resolved
}


def second() -> list[Page]:
    """Return the pages of the next build: one edited, one gone, one new."""
    return [page(0), edited(page(1)), *pages(8)[3:]]


@pytest.mark.parametrize("what", NO_USE)
def test_without_what_was_remembered_a_build_comes_to_the_same(
    tmp_path: Path, seen: Seen, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    space = tmp_path / "space"
    build(pages(7), space, workers=1)
    other = forgetful(space, tmp_path / "other")
    spoil, kept = NO_USE[what]
    spoil(space / STATE)
    read = read_pages(monkeypatch)
    seen.kept.clear()
    build(second(), space, workers=1)
    assert seen.kept == kept
    assert read == ["page-001", "page-007"]  # each once, also where all is resolved twice
    build(second(), other, workers=1)
    assert content(space) == content(other)
    seen.kept.clear()
    build(pages(3), space, workers=1)
    assert seen.kept == [True]
    build(pages(3), other, workers=1)
    assert content(space) == content(other)


def test_nothing_goes_on_from_files_that_somebody_wrote_to(tmp_path: Path, seen: Seen) -> None:
    space = tmp_path / "space"
    build(pages(7), space, workers=1)
    other = forgetful(space, tmp_path / "other")
    file = space / "entities.jsonl"
    file.write_bytes(file.read_bytes().replace("总工会".encode(), "总公会".encode()))
    seen.kept.clear()
    build(second(), space, workers=1)
    assert seen.kept == [False]
    build(second(), other, workers=1)
    assert content(space) == content(other)


def test_what_other_rules_remembered_is_of_no_use(tmp_path: Path, seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(kg.build, "rules_hash", lambda: "other rules")
        build(pages(3), tmp_path / "space", workers=1)
    build(second(), tmp_path / "space", workers=1)
    assert seen.kept == [False, False]
    build(second(), forgetful(tmp_path / "space", tmp_path / "other"), workers=1)
    assert content(tmp_path / "space") == content(tmp_path / "other")


def test_what_was_remembered_of_other_ids_is_of_no_use(
    tmp_path: Path, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = tmp_path / "space"
    build(pages(3), space, workers=1)
    ids = (space / "ids.tsv").read_text(encoding="utf-8")
    (space / "ids.tsv").write_text(ids.replace("\tentity-", "\tthing-"), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Draft, "remember", lambda *_: None)  # as if it were killed before
        build(pages(3), space, workers=1)
    build(second(), space, workers=1)
    assert seen.kept == [False, False, False]
    build(second(), forgetful(space, tmp_path / "other"), workers=1)
    assert content(space) == content(tmp_path / "other")


def test_a_build_that_cannot_remember_is_done_all_the_same(
    tmp_path: Path, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = tmp_path / "space"
    build(pages(3), space, workers=1)
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        patch.setattr(Ledger, "save", full)
        assert build(second(), space, workers=1).changed
    assert not (space / STATE).exists()
    build(pages(3), space, workers=1)
    assert seen.kept == [False, True, False]


def test_the_build_after_one_that_was_refused_goes_on_from_the_one_before(tmp_path: Path, seen: Seen) -> None:
    space = tmp_path / "space"
    build(pages(3), space, workers=1)
    (space / CHECKS).write_text("[minimum]\npages = 3\n", encoding="utf-8")
    other = forgetful(space, tmp_path / "other")
    for folder in (space, other):
        with pytest.raises(KGError, match="2 pages, at least 3"):
            build(pages(2), folder, workers=1)
        (folder / CHECKS).unlink()
        build(second(), folder, workers=1)
    assert seen.kept == [False, True, True, False, False]
    assert content(space) == content(other)
