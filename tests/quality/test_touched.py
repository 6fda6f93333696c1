"""What has to be looked at again when something changed: all that may have changed, and little more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article, Entity, Evidence, Fact, Statement, Status
from kg.quality.findings import findings, touched
from kg.quality.records import Edge, Finding
from tests.quality.held import HeldNet, edge_of

DAYS = ("2025-03-01", "2025-03-20", "2026-03-01", "")
ARTICLES = {
    f"article-{number}": Article(f"p{number}#1", f"article-{number}", f"p{number}", "", "", False, (), "", 0, (), ())
    for number in range(len(DAYS))
}
ARTICLES = {key: replace(one, issue_date=day) for (key, one), day in zip(ARTICLES.items(), DAYS, strict=True)}
Record = TypeVar("Record", bound=Entity | Fact | Statement)
CLASSES = {"u": "TradeUnion", "e": "Enterprise", "p": "Person", "d": "District", "a": "Activity"}
IDS = ("u1", "u2", "e1", "e2", "e3", "p1", "p2", "d1", "d2", "d3", "d4", "a1")
JOINED = {
    "unionOf": ("u", "e"),
    "hasRole": ("p", "ued"),
    "subordinateTo": ("u", "u"),
    "locatedIn": ("ued", "d"),
    "organizes": ("ue", "a"),
}


@dataclass(frozen=True)
class World:
    """Things, facts by what tells them apart, and dates of the activity."""

    things: Mapping[str, Entity]
    facts: Mapping[str, Fact]
    dates: Mapping[str, Statement]

    def net(self) -> HeldNet:
        canonical = {f"local-{thing}": thing for thing in self.things}
        return HeldNet(self.things.values(), self.there(), self.dates.values(), canonical, ARTICLES)

    def there(self) -> list[Fact]:
        return [one for one in self.facts.values() if {one.subject, one.object} <= self.things.keys()]

    def edges(self) -> dict[str, tuple[Fact, Edge]]:
        return {one.id: (one, edge) for one in self.there() if (edge := edge_of(one, ARTICLES))}


def entity(own: str, kind: str, name: str) -> Entity:
    return Entity(own, own, kind, name, (), (), ())


def said(own: str, subject: str, predicate: str, article: int, line: int, start: str = "") -> Statement:
    evidence = Evidence(f"article-{article}", 0, 1, "言", ((0, 1),), (line,), "rule", 1.0)
    qualifiers = (("start", start),) if start else ()
    return Statement(own, f"local-{subject}", predicate, "", qualifiers, "happened", evidence)


@st.composite
def things(draw: st.DrawFn) -> Entity:
    own = draw(st.sampled_from(IDS))
    kind = draw(st.sampled_from([CLASSES[own[0]], CLASSES[own[0]], "Venue"]))
    return entity(own, kind, own + draw(st.sampled_from(["", "新", "联合"])))


def fact(
    subject: str, predicate: str, target: str, title: str = "", status: Status = "happened", *places: tuple[int, int]
) -> Fact:
    own = f"fact-{subject}-{predicate}-{target}-{title}-{status}"
    words = tuple(
        said(f"{own}-{number}", subject, predicate, *place) for number, place in enumerate(places or [(0, 1)])
    )
    qualifiers = (("title", title),) if title else ()
    return Fact(own, subject, predicate, target, qualifiers, status, 1.0, len(words), words)


SUSPICIOUS = [  # one finding of each kind, and what would take it away again
    *(fact("u1", "unionOf", host) for host in ("e1", "e2")),
    *(fact("p1", "hasRole", body, "主席") for body in ("u1", "e3")),
    *(fact("d1", "locatedIn", parent) for parent in ("d2", "d3")),
]


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    predicate = draw(st.sampled_from(sorted(JOINED)))
    subject, target = (draw(st.sampled_from([one for one in IDS if one[0] in ends])) for ends in JOINED[predicate])
    title = draw(st.sampled_from(["主席", "董事长"])) if predicate == "hasRole" else ""
    status: Status = draw(st.sampled_from(["happened", "happened", "planned"]))
    places = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 2)), min_size=1, max_size=3, unique=True)
    return fact(subject, predicate, target, title, status, *draw(places))


@st.composite
def dates(draw: st.DrawFn) -> Statement:
    day = draw(st.sampled_from(["2025-03-01", "2025-03-02"]))
    return said(f"date-{draw(st.integers(0, 2))}", "a1", "date", draw(st.integers(0, 3)), 1, day)


def tables(
    draw: st.DrawFn, records: st.SearchStrategy[Record], always: list[Record]
) -> tuple[dict[str, Record], dict[str, Record]]:
    """Draw records by id, and the same after few changes."""
    before = {one.id: one for one in (*always, *draw(st.lists(records, max_size=5)))}
    more = {one.id: one for one in draw(st.lists(records, max_size=3))}
    gone = draw(st.sets(st.sampled_from(sorted(before)), max_size=1)) if before else set()
    after = {own: one for own, one in before.items() if own not in gone}
    after.update(more)
    return before, after


@st.composite
def worlds(draw: st.DrawFn) -> tuple[World, World]:
    """Draw a world, and the same after few changes."""
    named, renamed = tables(draw, things(), [entity(own, CLASSES[own[0]], own) for own in IDS])
    told, retold = tables(draw, facts(), SUSPICIOUS)
    dated, redated = tables(draw, dates(), [])
    return World(named, told, dated), World(renamed, retold, redated)


def looked(world: World) -> dict[str, list[Finding]]:
    net = world.net()
    return {own: found for own in IDS if (found := findings(net, own))}


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {own for own in before.keys() | after.keys() if before.get(own) != after.get(own)}


@settings(max_examples=500)
@given(worlds())
def test_all_that_changes_is_touched(pair: tuple[World, World]) -> None:
    before, after = pair
    old, new = before.edges(), after.edges()
    changed = differing(old, new)
    edges = [table[own][1] for table in (old, new) for own in changed if own in table]
    entities = differing(before.things, after.things)
    if before.dates != after.dates:
        entities.add("a1")
    found = touched(after.net(), edges, entities)
    assert differing(looked(before), looked(after)) <= found
    kept = {own: told for own, told in looked(before).items() if own not in found}
    made = {own: told for own in found if own in IDS and (told := findings(after.net(), own))}
    assert kept | made == looked(after)


def test_one_more_member_does_not_touch_the_others() -> None:
    people = [f"p{number}" for number in range(50)]
    held = [fact(person, "hasRole", body, "主席") for person in people for body in ("e1", "e2")]
    bodies = [entity(own, "Enterprise", own) for own in ("e1", "e2", "e3")]
    net = HeldNet([*bodies, *(entity(own, "Person", own) for own in people)], held, (), {}, ARTICLES)
    new = edge_of(held[0], ARTICLES)
    assert new is not None
    assert touched(net, [new], [new.subject]) == {new.subject}
    placed = replace(new, predicate="subordinateTo", subject="e1", object="e3")
    assert touched(net, [placed], []) == {"e1"}  # nobody has a post at both
    assert touched(net, [replace(placed, object="e2")], []) == {"e1", *people}
    assert touched(net, [replace(placed, object="e2", status="planned")], []) == set()


def test_what_is_gone_has_no_findings() -> None:
    assert findings(HeldNet((), (), (), {}, ARTICLES), "e1") == []
