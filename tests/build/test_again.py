"""Building again: only what changed is read, the bytes are those of a build from nothing, a kill changes nothing."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.build
from kg.build import build
from kg.model import Page
from kg.read import Reading, read_articles
from kg.workspace import Workspace
from tests.build.pages import page, pages
from tests.build.test_build import content, stamps

NOTE = "\n\n**本报讯** 大兴区总工会搬家了。\n"
RULINGS = [
    "same\t大兴区总工会\t北京市总工会\n",
    "different\t西城区总工会\t北京市总工会\n",
    "same\t月坛街道总工会\t建外街道总工会\n",
]
CORRECTIONS = ["retype\t职工运动会\t\tVenue\n", "reject\t西城区总工会\tunionOf\t西城区\n"]


def edited(one: Page) -> Page:
    return replace(one, text=one.text + NOTE)


def read_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which pages are read from now on."""
    seen: list[str] = []
    really: Callable[..., Iterator[Reading]] = read_articles

    def noting(given: Iterable[Page], **more: Any) -> Iterator[Reading]:
        every = list(given)
        seen.extend(one.id for one in every)
        return really(every, **more)

    monkeypatch.setattr(kg.build, "read_articles", noting)
    return seen


def test_only_what_changed_is_read_and_only_its_file_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    space = tmp_path / "space"
    build(pages(6), space, workers=1)
    before, seen = stamps(space), read_pages(monkeypatch)
    build([*pages(2), edited(page(2)), *pages(7)[4:]], space, workers=1)  # one edited, one gone, one new
    assert seen == ["page-002", "page-006"]
    files = {row.id: row.file for row in Workspace.open(space).rows()}
    for number in (0, 1, 4, 5):
        name = files[f"page-{number:03}"]
        assert stamps(space)[name] == before[name]
    assert len([name for name in stamps(space) if name.startswith("pages/")]) == 6


def test_other_options_read_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(pages(2), tmp_path, workers=1)
    seen = read_pages(monkeypatch)
    build(pages(2), tmp_path, workers=1, repair=False)
    assert seen == ["page-000", "page-001"]
    monkeypatch.setattr(kg.build, "extraction_hash", lambda: "of other rules")
    build(pages(2), tmp_path, workers=1, repair=False)
    assert len(seen) == 4


STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "edit", "remove", "judge", "correct", "undo"]), st.integers(0, 5)),
    min_size=1,
    max_size=5,
)


@given(STEPS)
@settings(max_examples=25, deadline=None)
def test_any_sequence_of_builds_ends_in_the_bytes_of_one_from_nothing(steps: list[tuple[str, int]]) -> None:
    held = {one.id: one for one in pages(3)}
    with tempfile.TemporaryDirectory() as folder:
        space, fresh = Path(folder) / "space", Path(folder) / "fresh"
        build(held.values(), space, workers=1)
        for what, number in steps:
            one = page(number)
            if what == "put":
                held[one.id] = one
            elif what == "edit":
                held[one.id] = edited(held.get(one.id, one))
            elif what == "remove":
                held.pop(one.id, None)
            elif what == "judge":
                _append(space / "judgements.tsv", RULINGS[number % len(RULINGS)])
            elif what == "correct":
                _append(space / "corrections.tsv", CORRECTIONS[number % len(CORRECTIONS)])
            else:
                (space / "judgements.tsv").unlink(missing_ok=True)
            build(held.values(), space, workers=1)
        fresh.mkdir()
        for name in ("ids.tsv", "judgements.tsv", "corrections.tsv"):
            if (space / name).exists():
                shutil.copy(space / name, fresh / name)
        build(held.values(), fresh, workers=1)
        assert content(fresh) == content(space)


def _append(path: Path, line: str) -> None:
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + line, encoding="utf-8")


# ---------------------------------------------------------------------------------------------------- killed

KILLED = """
import os, shutil, signal, sys, threading
from pathlib import Path
import kg.build, kg.workspace
from tests.build.test_again import second
count, log, one_at_a_time = 0, open(sys.argv[3], "w"), threading.Lock()

def watch(owner, name, stage):
    really = getattr(owner, name)
    def wrapped(*given, **more):
        global count
        with one_at_a_time:
            count += 1
            print(stage, file=log, flush=True)
            if count == int(sys.argv[2]):
                os.kill(os.getpid(), signal.SIGKILL)
        return really(*given, **more)
    setattr(owner, name, wrapped)

watch(kg.build, "read_articles", "reading")
watch(kg.workspace.Draft, "write_page", "extracting")
watch(kg.build.Run, "go", "resolving")
watch(kg.build.Ledger, "report", "reporting")
watch(kg.workspace.Draft, "write", "writing")
watch(kg.workspace, "_sync", "syncing")
watch(Path, "touch", "marking")
watch(Path, "replace", "moving")
watch(Path, "unlink", "removing")
watch(shutil, "rmtree", "clearing")
watch(kg.workspace.Draft, "remember", "remembering")
if __name__ == "__main__":
    kg.build.build(second(), sys.argv[1], workers=1)
"""


def second() -> list[Page]:
    """The pages of the second build: one is new, one edited, one gone, one as it was."""
    return [page(0), edited(page(1)), page(3)]


def killed(space: Path, after: int, log: Path) -> list[str]:
    """Build in a process that kills itself at a step; return the stages of the steps it took."""
    script = log.with_suffix(".py")
    script.write_text(KILLED, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run([sys.executable, str(script), str(space), str(after), str(log)], env=env, check=False)
    assert done.returncode == (0 if after < 0 else -9)
    return log.read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[str]]:
    """Give a workspace of three pages, the same after the second build, and the stages of the steps of that build."""
    home = tmp_path_factory.mktemp("states")
    build(pages(3), home / "first", workers=1)
    shutil.copytree(home / "first", home / "second")
    stages = killed(home / "second", -1, home / "log")
    return home / "first", home / "second", stages


ONCE = ("reading", "resolving", "reporting", "marking", "remembering")
OFTEN = ("extracting", "writing", "syncing", "moving", "removing", "clearing")


@pytest.mark.parametrize(
    ("stage", "which"), [*((name, 0) for name in ONCE), *((name, which) for name in OFTEN for which in (0, -1))]
)
def test_a_build_that_is_killed_is_made_good_by_the_next(
    states: tuple[Path, Path, list[str]], tmp_path: Path, stage: str, which: int
) -> None:
    before, after, stages = states
    steps = [number for number, name in enumerate(stages, 1) if name == stage]
    assert steps, f"no step of the build is {stage}"
    step = steps[which]
    shutil.copytree(before, tmp_path / "space")
    assert killed(tmp_path / "space", step, tmp_path / "log")[-1] == stage
    seen = [one.id for one in Workspace.open(tmp_path / "space").pages()]
    marked = step > stages.index("marking") + 1
    if marked:  # whoever reads meanwhile sees the new state, and before the mark the old one
        assert seen == ["page-000", "page-001", "page-003"]
    else:
        assert seen == ["page-000", "page-001", "page-002"]
    space = Workspace.open(tmp_path / "space")
    assert list(Workspace.open(after if marked else before).facts()) == list(space.facts())
    build(second(), tmp_path / "space", workers=1)
    assert content(tmp_path / "space") == content(after)


def test_killed_at_random_again_and_again(states: tuple[Path, Path, list[str]], tmp_path: Path) -> None:
    before, after, stages = states
    shutil.copytree(before, tmp_path / "space")
    chance = random.Random(5)
    for turn in range(4):
        script_log = tmp_path / f"log{turn}"
        step = chance.randint(1, stages.index("marking"))
        killed(tmp_path / "space", step, script_log)
    build(second(), tmp_path / "space", workers=1)
    assert content(tmp_path / "space") == content(after)
