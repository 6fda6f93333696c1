"""The whole way, pages to workspace: the same bytes however it is run, and nothing lost when it fails."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import kg.build
import kg.workspace
from kg.build import Decided, build
from kg.check import check_graph
from kg.errors import InputError, KGError, UnknownName, WorkspaceError
from kg.graph import line_text, read_graph
from kg.io import read_pages
from kg.model import Page
from kg.quality import SHARES
from kg.read import read_articles
from kg.resolve import resolve
from kg.workspace import CHECKS, DATABASE, FILES, FORMAT, STATE, Workspace, draft
from loaders import open_target
from tests.build.pages import page, pages

COUNT = 56  # pages, for the tests of same bytes

BUILD = """
import random, sys
from kg.build import Decided, build
from tests.build.pages import pages
if __name__ == "__main__":
    given = pages(int(sys.argv[2]))
    random.Random(int(sys.argv[3])).shuffle(given)
    build(given, sys.argv[1], workers=int(sys.argv[4]))
"""


def content(folder: Path) -> Mapping[str, bytes]:
    """Return every file of a folder, and of those in it, by path; but for what a build only remembers."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != STATE
    }


def own(folder: Path) -> list[str]:
    """Return the paths of files that are not of one page."""
    return [name for name in content(folder) if not name.startswith("pages/")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace of all pages, built in this process by one worker."""
    folder = tmp_path_factory.mktemp("built") / "space"
    build(pages(COUNT), folder, workers=1)
    return folder


# ---------------------------------------------------------------------------------------------------- same bytes


def test_a_workspace_holds_its_files_and_nothing_else(built: Path) -> None:
    assert own(built) == sorted(FILES)
    files = {row.file for row in Workspace.open(built).rows()}
    assert len(files) == COUNT
    assert set(content(built)) == {*FILES, *files}


def test_shuffled_pages_and_two_workers_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    given = pages(COUNT)
    random.Random(7).shuffle(given)
    build(given, tmp_path / "other name", workers=2)
    assert content(tmp_path / "other name") == content(built)


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_another_hash_seed_gives_the_same_bytes(built: Path, tmp_path: Path, seed: str) -> None:
    script = tmp_path / "build_it.py"
    script.write_text(BUILD, encoding="utf-8")
    subprocess.run(
        [sys.executable, str(script), str(tmp_path / "space"), str(COUNT), seed, "1"],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.getcwd()},  # noqa: PTH109
    )
    assert content(tmp_path / "space") == content(built)


def test_workers_give_the_same_readings_in_the_same_order() -> None:
    given = pages(6)
    assert list(read_articles(given, workers=2)) == list(read_articles(given, workers=1))
    assert list(read_articles(given)) == list(read_articles(given, workers=1))


def test_building_in_steps_comes_to_the_same_graph(tmp_path: Path) -> None:
    build(pages(8), tmp_path / "once", workers=1)
    build(pages(3), tmp_path / "steps", workers=1)
    build(pages(8)[3:], tmp_path / "steps", workers=1, add=True)
    once, steps = content(tmp_path / "once"), content(tmp_path / "steps")
    truth = [name for name in once if name.startswith("pages/")]
    assert [steps[name] for name in truth] == [once[name] for name in truth]
    assert nodes_and_edges(tmp_path / "steps") == nodes_and_edges(tmp_path / "once")


def nodes_and_edges(folder: Path) -> tuple[list[str], list[str]]:
    graph = read_graph(folder)
    return sorted(graph.nodes), sorted(key for *_, key in graph.edges(keys=True))


# ---------------------------------------------------------------------------------------------------- what is built


def test_the_graph_of_the_workspace_keeps_the_laws(built: Path) -> None:
    assert check_graph(read_graph(built), shapes=False) == []


def test_the_graph_of_a_few_pages_keeps_the_shapes(tmp_path: Path) -> None:
    build(pages(3), tmp_path / "space", workers=1)
    assert check_graph(read_graph(tmp_path / "space")) == []


def test_one_fact_one_edge_and_every_edge_leads_to_its_words(built: Path) -> None:
    space = Workspace.open(built)
    articles = {article.key: article for article in space.articles()}
    texts = {one.id: one.text for one in space.pages()}
    graph = read_graph(built)
    assert len(graph) == len(list(space.entities()))
    assert graph.number_of_edges() == len(list(space.facts()))
    lists = ("articles", "pages", "lines", "quotes", "starts", "ends", "rules", "confidences")
    for subject, target, key, data in graph.edges(keys=True, data=True):
        assert data["key"] == key
        assert subject != target
        assert {len(data[name]) for name in lists} == {len(data["articles"])}
        order = list(zip(data["articles"], data["starts"], strict=True))
        assert order == sorted(order)
        for article, start, end, quote, where in zip(
            *(data[name] for name in ("articles", "starts", "ends", "quotes", "pages")), strict=True
        ):
            assert articles[article].text[start:end] == quote
            assert articles[article].page == where
    for statement in space.statements():
        evidence = statement.evidence
        page_text = texts[articles[evidence.article].page]
        printed = "".join(page_text[first:last] for first, last in evidence.page_ranges)
        assert printed == evidence.quote.replace("\n", "")
        numbers = [page_text.count("\n", 0, first) + 1 for first, _ in evidence.page_ranges]
        assert list(evidence.lines) == list(dict.fromkeys(numbers))


def test_what_is_written_is_what_was_read_and_resolved(tmp_path: Path) -> None:
    given = pages(4)
    build(given, tmp_path / "space", workers=1)
    space = Workspace.open(tmp_path / "space")
    readings = list(read_articles(given, workers=1))
    assert [space.page(row).extractions for row in space.rows()] == [one.extractions for one in readings]
    assert list(space.pages()) == given
    resolution = resolve((one for reading in readings for one in reading.extractions), pages=given)
    assert list(space.entities()) == list(resolution.entities)
    assert list(space.facts()) == list(resolution.facts)
    said = [one for reading in readings for extraction in reading.extractions for one in extraction.statements]
    assert list(space.statements()) == said


def test_the_embedded_database_is_made_when_something_is_asked(tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(pages(3), space, workers=1)

    def edges() -> int:
        with open_target(str(space)) as store:
            return int(str(store.query("MATCH ()-[r]->() RETURN count(r) AS n").rows[0][0]))

    assert not (space / DATABASE).exists()
    assert edges() == read_graph(space).number_of_edges() == edges()
    made = (space / DATABASE).read_bytes()
    assert not build(pages(3), space, workers=1).changed
    assert (space / DATABASE).read_bytes() == made
    build(pages(2), space, workers=1)
    assert not (space / DATABASE).exists()
    with draft(space):  # a build is at work: what is asked now is answered, and nothing is left behind
        assert edges() == read_graph(space).number_of_edges()
    assert not (space / DATABASE).exists()
    (space / DATABASE).write_bytes(made)  # of another state: a build would have removed it
    assert build(pages(3), space, workers=1).changed
    assert not (space / DATABASE).exists()


def test_the_report_counts_and_lists_what_is_open(built: Path) -> None:
    report = Workspace.open(built).report()
    counts = report["counts"]
    assert counts["pages"] == COUNT
    assert counts["entities"] == sum(report["entities"].values())
    assert counts["facts"] == sum(report["facts"].values())
    assert counts["dropped"] == counts["violations"] == 0
    for name in ("issues", "unresolved", "contradictions", "dropped", "suspicious"):
        assert len(report[name]) == counts[name]
    assert counts["reprints"] == sum(len(one["others"]) for one in report["reprints"])
    assert counts["stories"] == counts["articles"] - counts["reprints"]
    assert set(report["shares"]) == set(SHARES)
    assert all(share >= 0 for share in report["shares"].values())
    assert 0 < report["shapes"]["facts"] < counts["facts"]
    things = sum(number for kind, number in report["entities"].items() if kind not in ("Article", "Page"))
    assert report["components"]["things"] == things


def test_a_page_printed_twice_is_one_source(tmp_path: Path) -> None:
    given = [page(0), replace(page(0), id="again", issue_date="2026-01-01"), page(1)]
    report = build(given, tmp_path / "space", workers=1).report
    again = [other["article"] for one in report["reprints"] for other in one["others"]]
    assert again
    assert all(name.startswith("again#") for name in again)
    space = Workspace.open(tmp_path / "space")
    pages_of = {article.key: article.page for article in space.articles()}
    for fact in space.facts():
        pages_ = {pages_of[one.evidence.article] for one in fact.statements}
        if pages_ == {"page-000", "again"}:
            assert fact.sources < len({one.evidence.article for one in fact.statements})


def test_a_page_without_articles_makes_an_empty_graph(tmp_path: Path) -> None:
    result = build([Page("empty", "empty.md", "")], tmp_path / "space", workers=1)
    assert result.report["counts"]["articles"] == 0
    assert read_graph(tmp_path / "space").number_of_edges() == 0
    with open_target(str(tmp_path / "space")) as store:
        assert store.query("MATCH ()-[r]->() RETURN count(r) AS n").rows[0][0] == 0


@pytest.mark.parametrize(
    ("lines", "text"), [((), ""), ((7,), "7"), ((7, 8, 9), "7-9"), ((12, 20), "12,20"), ((30, 31, 12), "30-31,12")]
)
def test_lines_are_written_short(lines: tuple[int, ...], text: str) -> None:
    assert line_text(lines) == text


# ---------------------------------------------------------------------------------------------------- again


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    every = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino) for path in every}


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    assert build(pages(2), tmp_path / "space", workers=1).changed
    before = stamps(tmp_path / "space")
    again = build(pages(2)[::-1], tmp_path / "space", workers=1)
    assert not again.changed
    assert again.report == Workspace.open(tmp_path / "space").report()
    assert stamps(tmp_path / "space") == before
    assert not build(pages(1), tmp_path / "space", workers=1, add=True).changed


def test_a_damaged_workspace_is_built_again(tmp_path: Path) -> None:
    build(pages(2), tmp_path / "space", workers=1)
    whole = content(tmp_path / "space")
    for name in ("facts.jsonl", Workspace.open(tmp_path / "space").rows()[0].file):
        (tmp_path / "space" / name).unlink()
        assert build(pages(2), tmp_path / "space", workers=1).changed
        assert content(tmp_path / "space") == whole


def test_afterwards_it_holds_exactly_these_pages(tmp_path: Path) -> None:
    build(pages(4), tmp_path / "space", workers=1)
    build(pages(2), tmp_path / "space", workers=1)
    assert [one.id for one in Workspace.open(tmp_path / "space").pages()] == ["page-000", "page-001"]
    build([page(3)], tmp_path / "space", workers=1, add=True)
    assert [one.id for one in Workspace.open(tmp_path / "space").pages()] == ["page-000", "page-001", "page-003"]


def test_with_add_a_page_of_the_same_id_is_replaced(tmp_path: Path) -> None:
    build(pages(2), tmp_path / "space", workers=1)
    build(
        [replace(page(1), text="# 通知\n\n**本报讯** 大兴区总工会搬家了。\n")], tmp_path / "space", workers=1, add=True
    )
    held = {one.id: one.text for one in Workspace.open(tmp_path / "space").pages()}
    assert held == {"page-000": page(0).text, "page-001": "# 通知\n\n**本报讯** 大兴区总工会搬家了。\n"}


def test_with_add_pages_of_one_file_name_in_other_folders_stay_apart(tmp_path: Path) -> None:
    space = tmp_path / "space"
    for month in ("03", "04", "05"):
        (tmp_path / month).mkdir()
        (tmp_path / month / "p1.md").write_text(f"# 通知\n\n西城区总工会{month}月搬家了。\n", encoding="utf-8")
        build(read_pages([str(tmp_path / month)]), space, workers=1, add=True)
    assert [one.id for one in Workspace.open(space).pages()] == ["04/p1", "05/p1", "p1"]
    # the same file again, alone or with others, is the same page; edited, it takes its own place
    (tmp_path / "04" / "p1.md").write_text("# 通知\n\n西城区总工会又搬家了。\n", encoding="utf-8")
    build(read_pages([str(tmp_path / "04"), str(tmp_path / "03")]), space, workers=1, add=True)
    held = {one.id: one.text for one in Workspace.open(space).pages()}
    assert sorted(held) == ["04/p1", "05/p1", "p1"]
    assert "又搬家" in held["04/p1"]
    assert "03月" in held["p1"]


def test_ids_come_back_with_their_pages(tmp_path: Path) -> None:
    build(pages(4), tmp_path / "space", workers=1)
    before = nodes_and_edges(tmp_path / "space")
    build(pages(1), tmp_path / "space", workers=1)
    build(pages(4), tmp_path / "space", workers=1)
    assert nodes_and_edges(tmp_path / "space") == before


def test_a_table_of_ids_given_beforehand_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "space"
    folder.mkdir()
    build([page(0)], tmp_path / "other", workers=1)
    table = (tmp_path / "other" / "ids.tsv").read_text(encoding="utf-8")
    row = next(line for line in table.split("\n")[1:] if line.startswith("TradeUnion"))
    key, own, _ = row.split("\t")
    (folder / "ids.tsv").write_text(f"key\tid\treplaced_by\n{key}\tentity-of-old\t\n", encoding="utf-8")
    build([page(0)], folder, workers=1)
    assert own not in read_graph(folder)
    assert read_graph(folder).nodes["entity-of-old"]["nameKey"] == key


def test_a_broken_table_of_ids_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ids.tsv").write_text("key\tid\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"ids\.tsv"):
        build([page(0)], tmp_path, workers=1)
    assert sorted(content(tmp_path)) == ["ids.tsv"]


# ---------------------------------------------------------------------------------------------------- when it fails


def test_a_build_that_fails_leaves_the_workspace_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(pages(2), tmp_path / "space", workers=1)
    before = stamps(tmp_path / "space")
    for stage in ("read_articles", "Run", "look", "Ledger", "report_page"):
        with monkeypatch.context() as patch:
            patch.setattr(kg.build, stage, lambda *given, **more: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                build(pages(3), tmp_path / "space", workers=1)
        assert stamps(tmp_path / "space") == before


def test_a_build_that_fails_leaves_no_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.build, "Run", lambda *given, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build(pages(1), tmp_path / "a" / "b" / "space", workers=1)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_leaves_the_workspace_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(pages(2), tmp_path / "space", workers=1)
    before = stamps(tmp_path / "space")

    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(kg.workspace, "dump", full)
    with pytest.raises(WorkspaceError, match="No space left"):
        build(pages(3), tmp_path / "space", workers=1)
    assert stamps(tmp_path / "space") == before


def test_a_draft_left_by_a_killed_build_is_dropped(tmp_path: Path) -> None:
    build(pages(1), tmp_path / "space", workers=1)
    (tmp_path / "space" / ".building").mkdir()
    (tmp_path / "space" / ".building" / "index.jsonl").write_text("half", encoding="utf-8")
    assert len(list(Workspace.open(tmp_path / "space").pages())) == 1
    build(pages(2), tmp_path / "space", workers=1)
    assert own(tmp_path / "space") == sorted(FILES)


# ---------------------------------------------------------------------------------------------------- bounds

REFUSED = ["report-refused.html", "report-refused.json"]


def ask(folder: Path, bounds: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / CHECKS).write_text(bounds, encoding="utf-8")


def test_a_build_that_breaks_a_bound_replaces_nothing_and_says_why(tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(pages(2), space, workers=1)
    before = stamps(space)
    ask(space, "[minimum]\npages = 9\n[minimum.classes]\nTradeUnion = 1\n[maximum]\nviolations = 0\n")
    with pytest.raises(KGError, match=r"checks\.toml: 3 pages, at least 9; see .*report-refused\.html") as caught:
        build(pages(3), space, workers=1)
    assert caught.value.exit_code == 1
    after = stamps(space)
    assert {name: after[name] for name in before} == before
    assert sorted(after.keys() - before.keys()) == [CHECKS, *REFUSED]
    refused = json.loads((space / REFUSED[1]).read_bytes())
    assert refused["counts"]["pages"] == 3
    assert [(one["name"], one["found"], one["bound"]) for one in refused["broken"]] == [("pages", 3, 9)]
    assert "版面：3，下限 9" in (space / REFUSED[0]).read_text(encoding="utf-8")


def test_one_that_keeps_them_is_the_same_workspace_as_without(tmp_path: Path) -> None:
    ask(tmp_path / "space", "[minimum]\npages = 9\n")
    with pytest.raises(KGError, match="at least 9"):
        build(pages(2), tmp_path / "space", workers=1)
    assert sorted(content(tmp_path / "space")) == [CHECKS, *REFUSED]
    ask(tmp_path / "space", "[minimum]\npages = 2\n")
    build(pages(2), tmp_path / "space", workers=1)
    build(pages(2), tmp_path / "other", workers=1)
    (tmp_path / "space" / CHECKS).unlink()
    assert content(tmp_path / "space") == content(tmp_path / "other")


def test_what_is_there_is_held_to_new_bounds_without_building(tmp_path: Path) -> None:
    space = tmp_path / "space"
    build(pages(2), space, workers=1)
    before = stamps(space)
    ask(space, "[minimum]\npages = 3\n")
    with pytest.raises(KGError, match="2 pages, at least 3"):
        build(pages(2), space, workers=1)
    assert not build(pages(2), space, workers=1, decided=asking(tmp_path / "easy.toml", "")).changed
    after = stamps(space)
    assert {name: after[name] for name in before} == before
    assert sorted(after.keys() - before.keys()) == [CHECKS]


def asking(path: Path, bounds: str) -> Decided:
    path.write_text(bounds, encoding="utf-8")
    return Decided(checks=path)


def test_bounds_of_another_file_stand_instead(tmp_path: Path) -> None:
    ask(tmp_path / "space", "[minimum]\npages = 9\n")
    with pytest.raises(KGError, match=r"hard\.toml: 1 page"):
        build(pages(1), tmp_path / "space", workers=1, decided=asking(tmp_path / "hard.toml", "[minimum]\npages = 5\n"))
    assert build(pages(1), tmp_path / "space", workers=1, decided=asking(tmp_path / "easy.toml", "")).changed


def test_bounds_that_are_none_stop_a_build_before_it_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.build, "read_articles", lambda *given, **more: 1 / 0)
    ask(tmp_path / "space", "[minimum]\npagse = 9\n")
    with pytest.raises(UnknownName, match="did you mean pages"):
        build(pages(1), tmp_path / "space", workers=1)
    assert sorted(content(tmp_path / "space")) == [CHECKS]


# ---------------------------------------------------------------------------------------------------- who may write


def test_two_builds_at_a_time_are_refused(tmp_path: Path) -> None:
    build(pages(1), tmp_path / "space", workers=1)
    with draft(tmp_path / "space"), pytest.raises(WorkspaceError, match="another build or load is at work"):
        build(pages(2), tmp_path / "space", workers=1)
    assert build(pages(2), tmp_path / "space", workers=1).changed


def test_a_workspace_of_another_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "workspace.json").write_text('{"format": 99}\n', encoding="utf-8")
    before = stamps(tmp_path)
    with pytest.raises(WorkspaceError, match=rf"format 99.*format {FORMAT}"):
        build(pages(1), tmp_path, workers=1)
    with pytest.raises(WorkspaceError, match="format 99"):
        read_graph(tmp_path)
    assert stamps(tmp_path) == before


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", "\x00"])
def test_a_head_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "workspace.json").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"workspace\.json"):
        Workspace.open(tmp_path)


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"letter\.txt"):
        build(pages(1), tmp_path, workers=1)
    assert sorted(content(tmp_path)) == ["letter.txt"]


def test_what_the_user_put_into_a_workspace_stays(tmp_path: Path) -> None:
    build(pages(1), tmp_path / "space", workers=1)
    (tmp_path / "space" / "judgements.tsv").write_text("# mine", encoding="utf-8")
    (tmp_path / "space" / "notes").mkdir()
    build(pages(2), tmp_path / "space", workers=1)
    assert (tmp_path / "space" / "judgements.tsv").read_text(encoding="utf-8") == "# mine"
    assert (tmp_path / "space" / "notes").is_dir()


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="is a file"):
        build(pages(1), tmp_path / "file", workers=1)
    with pytest.raises(WorkspaceError, match="cannot write"):
        build(pages(1), tmp_path / "file" / "space", workers=1)


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(pages(1), tmp_path / "space", workers=1)
    before = stamps(tmp_path / "space")

    def forbidden(*given: object) -> int:  # root may write everywhere, so chmod is no test
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", forbidden)
        with pytest.raises(WorkspaceError, match="Permission denied"):
            build(pages(2), tmp_path / "space", workers=1)
    assert stamps(tmp_path / "space") == before


def test_reading_what_is_no_workspace_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="kg build"):
        Workspace.open(tmp_path / "nowhere")
    with pytest.raises(WorkspaceError, match="kg build"):
        Workspace.open(tmp_path)


def test_a_damaged_record_is_said(tmp_path: Path) -> None:
    build(pages(1), tmp_path / "space", workers=1)
    (tmp_path / "space" / "facts.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"facts\.jsonl, line 1"):
        read_graph(tmp_path / "space")
    build(pages(1), tmp_path / "space", workers=1)
    path = tmp_path / "space" / Workspace.open(tmp_path / "space").rows()[0].file
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(b'{"statement"')))
    with pytest.raises(WorkspaceError, match="not there"):
        read_graph(tmp_path / "space")
    path.write_bytes(b"half a li")
    with pytest.raises(WorkspaceError, match="no readable file of a page"):
        list(Workspace.open(tmp_path / "space").pages())
