"""What looks wrong is found, with the words behind it; what only looks like it is not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from kg.model import Extraction
from kg.quality import Finding, Survey
from kg.quality.findings import sole_title
from kg.quality.whole import HUB
from kg.resolve import resolve
from tests.quality.held import survey
from tests.resolve.by_hand import Writer


def look(*extractions: Extraction) -> Survey:
    resolution = resolve(extractions)
    articles = [one.article for one in extractions]
    statements = [said for one in extractions for said in one.statements]
    return survey(resolution, statements, articles)


def told(found: Iterable[Finding]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.kind, one.name, one.values) for one in found]


def union_of(*hosts: str, union: str = "京华工会") -> Extraction:
    writer = Writer(f"短讯\n{union}是{'、'.join(hosts)}的工会。", page="p7", home="北京市")
    own = writer.entity("TradeUnion", union)
    for host in hosts:
        writer.say(own, "unionOf", writer.entity("Enterprise", host), quote=f"{union}是{'、'.join(hosts)}的工会。")
    return writer.done()


def test_a_union_of_two_enterprises() -> None:
    found = look(union_of("北京晨星机械有限公司", "北京远帆物流有限公司")).suspicious
    ((kind, name, values),) = told(found)
    assert (kind, name) == ("union-of-two", "京华工会")
    assert set(values) == {"北京晨星机械有限公司", "北京远帆物流有限公司"}
    assert {(one.article, one.page, one.lines) for one in found[0].evidence} == {("p7#1", "p7", "1")}
    assert {one.quote for one in found[0].evidence} == {"京华工会是北京晨星机械有限公司、北京远帆物流有限公司的工会。"}
    assert all(one.fact.startswith("fact-") for one in found[0].evidence)


def test_a_union_of_one_or_of_many_by_name_is_none() -> None:
    assert look(union_of("北京晨星机械有限公司")).suspicious == ()
    joint = union_of("北京晨星机械有限公司", "北京远帆物流有限公司", union="望京商圈工会联合会")
    assert look(joint).suspicious == ()


def posts(*held: tuple[str, str], day: str = "2025-03-01", page: str = "p1") -> Extraction:
    listed = "、".join(f"{body}{title}" for body, title in held)
    writer = Writer(f"短讯\n{listed}王建国出席。", page=page, issue_date=day, home="北京市")
    person = writer.entity("Person", "王建国")
    for body, title in held:
        kind = "TradeUnion" if body.endswith("工会") else "Enterprise"
        writer.say(person, "hasRole", writer.entity(kind, body), qualifiers={"title": title})
    return writer.done()


FIRM, OTHER = "北京晨星机械有限公司", "北京远帆物流有限公司"


@pytest.mark.parametrize(
    ("held", "suspicious"),
    [
        ([(FIRM, "董事长"), (OTHER, "董事长")], True),
        ([(FIRM, "董事长"), (OTHER, "总经理")], False),
        ([(FIRM, "副董事长"), (OTHER, "董事长")], False),
        ([(FIRM, "职工"), (OTHER, "职工")], False),
        ([(FIRM, "董事长")], False),
    ],
)
def test_two_posts_of_one_kind_at_once(held: list[tuple[str, str]], suspicious: bool) -> None:
    found = look(posts(*held)).suspicious
    assert [one.kind for one in found] == (["posts-at-once"] if suspicious else [])
    if found:
        assert set(found[0].values) == {f"{FIRM}董事长", f"{OTHER}董事长"}
        assert len(found[0].evidence) == 2


@pytest.mark.parametrize(("day", "suspicious"), [("2025-03-20", True), ("2026-03-01", False), ("", True)])
def test_posts_at_other_times_are_a_career(day: str, suspicious: bool) -> None:
    # a third post of the same title of neither kind ties the two articles together: the same person in both
    link = (f"{FIRM}工会", "委员会主任委员")
    early = posts((FIRM, "董事长"), link)
    late = posts((OTHER, "董事长"), link, day=day, page="p2")
    found = look(early, late).suspicious
    assert [one.kind for one in found] == (["posts-at-once"] if suspicious else [])


def test_the_head_of_a_body_and_of_its_union_is_no_wonder() -> None:
    writer = Writer(f"短讯\n{FIRM}工会主席、{FIRM}主席王建国出席。", issue_date="2025-03-01")
    person = writer.entity("Person", "王建国")
    firm, union = writer.entity("Enterprise", FIRM), writer.entity("TradeUnion", f"{FIRM}工会")
    writer.say(person, "hasRole", firm, qualifiers={"title": "主席"})
    writer.say(person, "hasRole", union, qualifiers={"title": "主席"})
    assert [one.kind for one in look(writer.done()).suspicious] == ["posts-at-once"]
    writer.say(union, "unionOf", firm)
    assert look(writer.done()).suspicious == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("主席", "主席"),
        ("工会主席", "主席"),
        ("副主席", ""),
        ("党组书记", "书记"),
        ("职工", ""),
        ("", ""),
        ("总经理", "总经理"),
    ],
)
def test_posts_that_a_body_has_once(title: str, kind: str) -> None:
    assert sole_title(title) == kind


def district(*pairs: tuple[str, str]) -> Extraction:
    writer = Writer("短讯\n" + "。".join(f"{low}在{high}" for low, high in pairs))
    for low, high in pairs:
        writer.say(writer.entity("District", low), "locatedIn", writer.entity("District", high))
    return writer.done()


def test_a_district_in_two_parents() -> None:
    (found,) = look(district(("月坛街道", "西城区"), ("月坛街道", "朝阳区"))).suspicious
    assert (found.kind, found.name, set(found.values)) == ("two-parents", "月坛街道", {"西城区", "朝阳区"})
    assert look(district(("月坛街道", "西城区"), ("月坛街道", "北京市"), ("西城区", "北京市"))).suspicious == ()


@pytest.mark.parametrize(
    ("days", "suspicious"),
    [
        ([("2025-03-01", ""), ("2025-03-05", "")], True),
        ([("2025-03-01", "2025-03-06"), ("2025-03-05", "")], False),
        ([("2025-03-01", ""), ("2025-03-01", "2025-03-02")], False),
        ([("2025-03-01", ""), ("2025-03", "")], False),
        ([("2025-03-01", "")], False),
    ],
)
def test_an_activity_with_two_dates(days: list[tuple[str, str]], suspicious: bool) -> None:
    writer = Writer("短讯\n职工运动会举行。")
    activity = writer.entity("Activity", "职工运动会")
    for start, end in days:
        more = {"end": end} if end else {}
        writer.say(activity, "date", start, qualifiers={"start": start, **more})
    found = look(writer.done()).suspicious
    assert told(found) == ([("two-dates", "职工运动会", ("2025-03-01", "2025-03-05"))] if suspicious else [])
    if found:
        assert [one.fact for one in found[0].evidence] == ["date", "date"]


def test_a_hub_stands_out_of_its_class() -> None:
    names = [f"北京{chr(0x4E00 + number)}星机械有限公司" for number in range(3 * HUB)]
    writer = Writer("短讯\n" + "、".join(f"{name}的{name}工会" for name in names) + "都属于京华商圈工会联合会")
    federation = writer.entity("TradeUnion", "京华商圈工会联合会")
    for name in names:
        writer.say(writer.entity("TradeUnion", f"{name}工会"), "subordinateTo", federation, quote=f"{name}工会")
    (found,) = look(writer.done()).suspicious
    assert (found.kind, found.name, found.values[0]) == ("hub", "京华商圈工会联合会", str(3 * HUB))
    assert 0 < len(found.evidence) < 10


def test_a_sound_graph_has_no_violations() -> None:
    shapes = look(union_of("北京晨星机械有限公司")).shapes
    assert shapes.violations == ()
    assert shapes.entities > 0
    assert shapes.facts > 0
