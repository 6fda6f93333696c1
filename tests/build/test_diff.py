"""What changed between two workspaces and why. The oracle of a cause: make that change alone, and look."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg.build
import kg.read
from kg.build import build
from kg.diff import Cause, Change, diff
from kg.errors import WorkspaceError
from kg.explain import explain_pair
from kg.extract import Keep, extract
from kg.model import Entity, Extraction, FactRow, Page
from kg.workspace import Workspace
from tests.build.pages import page
from tests.build.test_decisions import PAGES, SAME

MIRRORED = {"added": "removed", "removed": "added", "joined": "parted", "parted": "joined"}
MANY = 12
State = tuple[Mapping[str, FactRow], Mapping[str, Entity]]


@dataclass(frozen=True)
class Given:
    """All that a build is made from."""

    pages: Mapping[str, Page]
    judgements: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()

    def build(self, folder: Path, ids: Path | None = None) -> Workspace:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if ids is not None:
            shutil.copy(ids / "ids.tsv", folder)
        for name, lines in (("judgements.tsv", self.judgements), ("corrections.tsv", self.corrections)):
            (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        build(self.pages.values(), folder, workers=1)
        return Workspace.open(folder)

    def towards(self, other: Given, causes: frozenset[tuple[str, str]]) -> Given:
        """Make only some of the changes that lead to another input."""
        pages, lines = dict(self.pages), {"judgement": list(self.judgements), "correction": list(self.corrections)}
        aims = {"judgement": other.judgements, "correction": other.corrections}
        for kind, what in causes:
            sort, how = kind.split()
            if sort == "page":
                pages.pop(what, None)
                if how != "removed":
                    pages[what] = other.pages[what]
            elif how == "added":
                lines[sort].append(what)
            else:
                lines[sort].remove(what)
        ordered = {
            sort: tuple(sorted(found, key=lambda line: (line not in aims[sort], line))) for sort, found in lines.items()
        }
        return Given(pages, ordered["judgement"], ordered["correction"])


def state(space: Workspace) -> State:
    return {row.id: row for row in space.fact_rows()}, {entity.id: entity for entity in space.entities()}


def seen(change: Change, where: State) -> object:
    """Return what a change says is otherwise."""
    facts, entities = where
    if change.change != "changed":
        return change.id in (facts if change.thing == "fact" else entities)
    if change.thing == "fact":
        return facts.get(change.id)
    entity = entities.get(change.id)
    if entity is None:
        return None
    props = dict(entity.props)
    forms = {entity.name, *entity.aliases}
    told = {one.name: (one.before, one.after) for one in change.fields}
    names = {form for side in told.get("aliases", ()) for form in side} | set(told.get("name", ()))  # type: ignore[attr-defined]
    return forms & names, [props.get(name) for name in told if name not in ("name", "aliases")]


def mirrored(change: Change) -> Change:
    def turned(cause: Cause) -> Cause:
        sort, _, how = cause.kind.rpartition(" ")
        kind = f"{sort} {MIRRORED[how]}" if how in MIRRORED else cause.kind
        return replace(cause, kind=kind, effect=MIRRORED.get(cause.effect, ""))  # type: ignore[arg-type]

    return replace(
        change,
        change=MIRRORED.get(change.change, change.change),  # type: ignore[arg-type]
        name="",  # that of the later workspace
        fields=tuple(replace(one, before=one.after, after=one.before) for one in change.fields),
        causes=tuple(sorted(map(turned, change.causes))),
    )


@st.composite
def lines(draw: st.DrawFn, space: Workspace) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Draw what a person may write about a workspace."""
    judgements, corrections = [], []
    entities = [one for one in space.entities() if one.locals]
    keys = {one.id: one.key for one in entities}
    waiting = list(space.candidates())
    facts = [row.id for row in space.fact_rows() if row.predicate not in ("mentions", "onPage")]
    people = [one for one in entities if one.type == "Person"]
    bodies = [one for one in entities if one.type in ("TradeUnion", "Enterprise")]
    for _ in range(draw(st.integers(0, 2))):
        verdict = draw(st.sampled_from(("same", "same", "different")))
        if verdict == "same" and waiting:
            asked = draw(st.sampled_from(waiting))
            judgements.append(f"same\t{keys[asked.left]}\t{keys[asked.right]}\t甲\t见公司网站")
        else:
            kind = draw(st.sampled_from(("Enterprise", "Person", "Activity")))
            some = [one for one in entities if one.type == kind]
            pair = draw(st.lists(st.sampled_from(some), min_size=2, max_size=2, unique=True)) if len(some) > 1 else []
            judgements += [f"{verdict}\t{pair[0].key}\t{pair[1].key}\t乙"] if pair else []
    for _ in range(draw(st.integers(0, 2))):
        match draw(st.sampled_from(("reject", "retype", "add"))):
            case "reject":
                corrections.append(f"reject\t{draw(st.sampled_from(facts))}\t\t\t丙\t错读")
            case "retype":
                kind = draw(st.sampled_from(("Venue", "Organization")))
                corrections.append(f"retype\t{draw(st.sampled_from(bodies)).name}\t\t{kind}\t丙")
            case _:
                ends = draw(st.sampled_from(people)).key, draw(st.sampled_from(bodies)).key
                corrections.append(f"add\t{ends[0]}\thasRole title=顾问\t{ends[1]}\t丁")
    return tuple(dict.fromkeys(judgements)), tuple(dict.fromkeys(corrections))


@st.composite
def edits(draw: st.DrawFn, before: Mapping[str, Page]) -> dict[str, Page]:
    """Draw pages that differ from others in up to two of them."""
    pages = dict(before)
    for _ in range(draw(st.integers(0, 2))):
        other = page(draw(st.integers(0, MANY)))
        how = draw(st.sampled_from(("add", "remove", "replace", "append", "home", "day")))
        one = pages[draw(st.sampled_from(sorted(pages)))]
        if how == "add":
            pages[other.id] = other
        elif how != "remove":
            changes = {
                "replace": {"text": other.text},
                "append": {"text": f"{one.text}\n\n{other.text}"},
                "home": {"home": "天津市"},
                "day": {"issue_date": "2024-06-15"},
            }
            pages[one.id] = replace(one, **changes[how])
        elif len(pages) > 1:
            del pages[one.id]
    return pages


@st.composite
def kept(draw: st.DrawFn, before: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """Draw some of the lines that were there, and add others."""
    some = draw(st.lists(st.sampled_from(before), unique=True)) if before else []
    return tuple(dict.fromkeys((*some, *new)))


@settings(max_examples=15)
@given(st.data())
def test_every_difference_is_told_with_causes_that_are_true(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        some = data.draw(st.lists(st.integers(0, MANY), min_size=2, max_size=5, unique=True))
        pages = {one.id: one for one in map(page, some)}
        judgements, corrections = data.draw(lines(Given(pages).build(home / "first")))
        before = Given(pages, judgements, corrections)
        a = before.build(home / "a", ids=home / "first")
        more = data.draw(lines(a))
        after = Given(
            data.draw(edits(pages)), data.draw(kept(judgements, more[0])), data.draw(kept(corrections, more[1]))
        )
        b = after.build(home / "b", ids=home / "a")
        found, back = diff(a, b), diff(b, a)

        assert diff(a, a) == diff(b, b) == []
        by_id = {(one.thing, one.id): replace(one, name="") for one in found}
        assert {(one.thing, one.id): mirrored(one) for one in back} == by_id
        was, now = state(a), state(b)
        differ = {own for own in was[0].keys() | now[0].keys() if was[0].get(own) != now[0].get(own)}
        assert {one.id for one in found if one.thing == "fact"} == differ
        moved = {one.id for one in found if one.change != "changed" and one.thing == "entity"}
        assert moved == was[1].keys() ^ now[1].keys()

        made: dict[frozenset[tuple[str, str]], State] = {frozenset(): was}
        for change in found:
            causes = frozenset((cause.kind, cause.what) for cause in change.causes)
            if causes not in made:
                half = before.towards(after, causes)
                if not half.pages:
                    continue
                made[causes] = state(half.build(home / "x", ids=home / "a"))
            assert seen(change, made[causes]) == seen(change, now), change


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Workspace]:
    """The same two pages, in the second workspace with a judgement that joins their firms."""
    folder = tmp_path_factory.mktemp("two")
    given = Given({one.id: one for one in PAGES})
    a = given.build(folder / "a")
    return a, replace(given, judgements=(SAME.rstrip("\n"),)).build(folder / "b", ids=folder / "a")


def test_what_was_joined_says_into_what_and_by_which_line(two: tuple[Workspace, Workspace]) -> None:
    (gone,) = (one for one in diff(*two, classes=["Enterprise"]) if one.change == "removed")
    (stays,) = (one for one in diff(*two, classes=["Enterprise"]) if one.change == "changed")
    assert gone.relative == stays.id
    assert {field.name for field in stays.fields} & {"name", "aliases"}
    for one in (gone, stays):
        (cause,) = one.causes
        assert (cause.kind, cause.what, cause.effect) == ("judgement added", SAME.rstrip("\n"), "joined")
        assert len(cause.keys) == 2
    (back,) = (one for one in diff(*two[::-1], classes=["Enterprise"]) if one.change == "added")
    assert (back.id, back.relative) == (gone.id, stays.id)
    assert [cause.effect for cause in back.causes] == ["parted"]


def test_filters_keep_what_they_name(two: tuple[Workspace, Workspace]) -> None:
    everything = diff(*two)
    assert {one.thing for one in everything} == {"entity", "fact"}
    assert diff(*two, relations=["organizes"]) == [one for one in everything if one.type == "organizes"]
    assert diff(*two, classes=["Enterprise"]) == [one for one in everything if one.type == "Enterprise"]
    assert diff(*two, classes=["Venue"]) == []


def test_a_bound_and_other_rules_are_causes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page(number) for number in range(3)]
    build(pages, tmp_path / "a", workers=1)
    build(pages, tmp_path / "b", workers=1, keep=Keep(min_confidence=0.95))
    a, b = Workspace.open(tmp_path / "a"), Workspace.open(tmp_path / "b")
    found = diff(a, b)
    assert found
    assert {one.change for one in found} == {"removed"}
    assert {cause for one in found for cause in one.causes} == {Cause("options changed", "min_confidence")}

    def without_places(*given: Any, **options: Any) -> Extraction:
        found = extract(*given, **options)
        return replace(found, statements=tuple(one for one in found.statements if one.predicate != "heldAt"))

    monkeypatch.setattr(kg.build, "rules_hash", lambda: "other rules")
    build(pages, tmp_path / "c", workers=1)
    assert diff(a, Workspace.open(tmp_path / "c")) == []  # other rules, and they say the same
    monkeypatch.setattr(kg.read, "extract", without_places)
    build(pages, tmp_path / "d", workers=1, repair=False)
    found = diff(a, Workspace.open(tmp_path / "d"))
    assert {(one.change, one.type) for one in found} == {("removed", "heldAt")}
    assert {cause for one in found for cause in one.causes} == {Cause("rules changed", "rules, repair")}


def test_records_out_of_order_are_told(two: tuple[Workspace, Workspace], tmp_path: Path) -> None:
    folder = tmp_path / "c"
    shutil.copytree(two[0].path, folder)
    rows = (folder / "facts.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "facts.jsonl").write_bytes(b"".join(rows[::-1]))
    with pytest.raises(WorkspaceError, match="not in order"):
        diff(two[0], Workspace.open(folder))


def test_a_name_that_could_mean_only_one_and_now_may_mean_two(tmp_path: Path) -> None:
    def told(own: str, firm: str) -> Page:
        text = f"# 版\n\n## 讲座\n\n3月5日，{firm}举办“书香润心”读书分享会。\n"
        return Page(own, f"{own}.md", text, "鹏城工报", "2025-03-06", "1", "深圳市")

    some = {one.id: one for one in (told("a", "深圳长青医疗器械有限公司"), told("b", "长青医疗公司"))}
    a = Given(some).build(tmp_path / "a")
    (firm,) = (entity for entity in a.entities() if entity.type == "Enterprise")
    pair = explain_pair(a, "深圳长青医疗器械有限公司", "长青医疗公司")
    assert pair.same
    assert any("can be short for no other" in reason for step in pair.chain for reason in step.reasons)
    b = Given({**some, "c": told("c", "深圳长青医疗科技有限公司")}).build(tmp_path / "b", ids=tmp_path / "a")
    found = diff(a, b, classes=["Enterprise"])
    parted = [one for one in found if one.relative == firm.id]
    assert parted
    for one in found:
        assert {(cause.kind, cause.what) for cause in one.causes} == {("page added", "c")}
    assert all(cause.effect == "parted" for one in parted for cause in one.causes)
