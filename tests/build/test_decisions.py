"""What people decided lies beside a workspace: read by every build, undone by taking the line out."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pytest

from kg.build import Decided, build
from kg.errors import InputError
from kg.explain import explain_pair, explain_thing
from kg.model import Entity, Page
from kg.resolve import IdTable
from kg.workspace import STATE, Workspace
from loaders import open_target

FULL = "# 版\n\n## 参观\n\n3月2日，北京亦庄盛元投资开发集团有限公司举办“匠心杯”技能大赛。\n"
SHORT = "# 版\n\n## 讲座\n\n3月5日，盛元集团举办“书香润心”读书分享会，工会主席王建国参加。\n"
PAGES = [
    Page("a", "a.md", FULL, issue_date="2025-03-03"),
    Page("b", "b.md", SHORT, issue_date="2025-03-06"),
]
SAME = "same\t盛元集团\t北京亦庄盛元投资开发集团有限公司\t李编辑\t见公司网站\n"


@pytest.fixture
def space(tmp_path: Path) -> Path:
    folder = tmp_path / "space"
    build(PAGES, folder, workers=1)
    return folder


def firms(folder: Path) -> list[Entity]:
    return [entity for entity in Workspace.open(folder).entities() if entity.type == "Enterprise"]


def content(folder: Path) -> dict[str, bytes]:
    own = {"ids.tsv", "workspace.json", "judgements.tsv", "corrections.tsv", STATE}
    return {
        path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in own
    }


def test_a_judgement_joins_and_taking_it_back_parts_again(space: Path) -> None:
    before, ids = content(space), [firm.id for firm in firms(space)]
    assert len(ids) == 2
    (space / "judgements.tsv").write_text(SAME, encoding="utf-8")
    result = build((), space, add=True, workers=1)
    assert result.changed
    (firm,) = firms(space)
    assert firm.name == "北京亦庄盛元投资开发集团有限公司"
    assert "盛元集团" in firm.aliases
    assert firm.id in ids
    (told,) = result.report["decisions"]
    assert (told["line"], told["reason"], told["idle"]) == (1, "judged by 李编辑: 见公司网站", "")
    assert not build((), space, add=True, workers=1).changed
    (space / "judgements.tsv").unlink()
    assert build((), space, add=True, workers=1).changed
    assert content(space) == before
    assert [firm.id for firm in firms(space)] == ids


def test_what_waits_lies_in_a_file_of_its_own_and_the_first_in_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.report.SHOWN", 1)
    others = [replace(one, id=f"{one.id}2", text=one.text.replace("盛元", "晨星")) for one in PAGES]
    result = build([*PAGES, *others], tmp_path / "space", workers=1)
    waiting = list(Workspace.open(tmp_path / "space").candidates())
    assert result.report["counts"]["candidates"] == len(waiting) > 1
    assert waiting == sorted(waiting, key=lambda one: (-one.score, one.left, one.right))
    (shown,) = result.report["candidates"]
    assert shown == asdict(waiting[0])


def test_decisions_in_another_file_count_as_well(space: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text(SAME, encoding="utf-8")
    build((), space, add=True, workers=1, decided=Decided(judgements=mine))
    assert len(firms(space)) == 1
    with pytest.raises(InputError, match=r"cannot read .*gone\.tsv"):
        build((), space, add=True, workers=1, decided=Decided(corrections=tmp_path / "gone.tsv"))
    assert len(firms(space)) == 1


def test_a_rejected_fact_leaves_every_store_and_is_kept_for_the_record(space: Path) -> None:
    fact = next(one for one in Workspace.open(space).facts() if one.predicate == "organizes")
    (space / "corrections.tsv").write_text(f"reject\t{fact.id}\t\t\t李编辑\t错读\n", encoding="utf-8")
    report = build((), space, add=True, workers=1).report
    assert report["counts"]["rejected"] == 1
    there = Workspace.open(space)
    assert fact.id not in {one.id for one in there.facts()}
    assert [one.id for one in there.facts(rejected=True)] == [fact.id]
    with open_target(str(space)) as store:
        found = store.query("MATCH ()-[r]->() WHERE r.key = $key RETURN count(r) AS n", {"key": fact.id})
    assert found.rows == ((0,),)


def test_a_line_that_is_none_leaves_the_workspace_as_it_was(space: Path) -> None:
    before = content(space)
    (space / "corrections.tsv").write_text("reject\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"corrections\.tsv, line 1"):
        build((), space, add=True, workers=1)
    (space / "corrections.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="not UTF-8"):
        build((), space, add=True, workers=1)
    assert content(space) == before


def test_every_local_entity_has_its_decision(space: Path) -> None:
    there = Workspace.open(space)
    decided = {one.local: one for one in there.decisions()}
    assert set(decided) == {local.id for local in there.locals() if local.type != "Date"}
    keys = {entity.id: entity.key for entity in there.entities()}
    for one in decided.values():
        assert one.reasons
        assert one.keys[0].split("|")[0] == keys[one.entity].split("|")[0]


def organised(folder: Path) -> set[str]:
    there = Workspace.open(folder)
    names = {one.id: one.name for one in there.entities()}
    return {names[one.object] for one in there.facts() if one.predicate == "organizes"}


def test_a_rejected_fact_stays_out_when_an_end_of_it_becomes_one_with_another(space: Path) -> None:
    names = {one.id: one.name for one in Workspace.open(space).entities()}
    facts = {names[one.object]: one.id for one in Workspace.open(space).facts() if one.predicate == "organizes"}
    ids = {}
    for event in facts:  # whichever of the two firms keeps its id
        (space / "judgements.tsv").unlink(missing_ok=True)
        (space / "corrections.tsv").write_text(f"reject\t{facts[event]}\t\t\t李编辑\t错读\n", encoding="utf-8")
        build((), space, add=True, workers=1)
        assert organised(space) == facts.keys() - {event}
        (space / "judgements.tsv").write_text(SAME, encoding="utf-8")
        report = build((), space, add=True, workers=1).report
        assert organised(space) == facts.keys() - {event}
        assert report["counts"]["idle_decisions"] == 0
        (ids[event],) = (one.id for one in Workspace.open(space).facts(rejected=True))
    assert [event for event in facts if ids[event] != facts[event]]  # one of them had got another id


def test_a_line_may_name_what_gets_its_id_in_this_very_build(space: Path, tmp_path: Path) -> None:
    one, other = (firm.id for firm in firms(space))
    first = tmp_path / "first"
    first.mkdir()
    (first / "judgements.tsv").write_text(f"same\t{one}\t{other}\t李编辑\t见公司网站\n", encoding="utf-8")
    build(PAGES, first, workers=1)
    assert len(firms(first)) == 1
    assert not build(PAGES, first, workers=1).changed
    second = tmp_path / "second"
    second.mkdir()
    (second / "corrections.tsv").write_text(f"retype\t{one}\t\tVenue\t李编辑\t\n", encoding="utf-8")
    build(PAGES, second, workers=1)
    assert [firm.id for firm in firms(second)] == [other]


def test_what_was_split_leads_to_the_whole_once_it_is_part_of_it_again(tmp_path: Path) -> None:
    folder, names = tmp_path / "space", ("西城区总工会", "北京市西城区总工会")
    texts = [f"# 版\n\n## 讲座\n\n3月5日，{name}举办法律讲座。\n" for name in names]
    build([Page(f"p{number}", f"p{number}.md", text) for number, text in enumerate(texts)], folder, workers=1)

    def unions() -> list[str]:
        return [one.id for one in Workspace.open(folder).entities() if one.type == "TradeUnion"]

    (whole,) = unions()
    (folder / "judgements.tsv").write_text("\t".join(("different", *names, "李编辑", "")) + "\n", encoding="utf-8")
    build((), folder, add=True, workers=1)
    (part,) = set(unions()) - {whole}
    assert explain_pair(Workspace.open(folder), *names).reasons[-1] == "and a person told them apart"
    (folder / "judgements.tsv").unlink()
    build((), folder, add=True, workers=1)
    assert unions() == [whole]
    assert IdTable.parse(Workspace.open(folder).ids()).successor(part) == whole


def test_a_line_that_changes_nothing_is_told_where_it_is_asked_for(space: Path) -> None:
    (space / "judgements.tsv").write_text("same\t盛元集团\t无此公司\t李编辑\t\n", encoding="utf-8")
    build((), space, add=True, workers=1)
    (line,) = explain_thing(Workspace.open(space), "盛元集团").people
    assert (line.line, line.idle) == (1, "nothing is called 无此公司")
