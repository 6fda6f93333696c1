"""What looks wrong with one thing, and which things to look at again when something changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

from kg.model import Statement
from kg.quality.net import FEW, Net, day, quote_of
from kg.quality.records import Edge, Finding, Hub, Quote
from ontology import resource

__all__ = ["KINDS", "findings", "hub_finding", "in_order", "sole_title", "touched"]

KINDS = ("union-of-two", "posts-at-once", "two-parents", "two-dates", "hub")

PARTS = ("locatedIn", "subordinateTo", "unionOf")  # a body and one it belongs to may share their head
SLACK = 31  # days: a post was held also some time before and after the day on which it was in print


def findings(net: Net, entity: str) -> list[Finding]:
    """Return what looks wrong with a thing, of all kinds but hubs; nothing for one that is not there."""
    return [
        *_union_of_two(net, entity),
        *_posts_at_once(net, entity),
        *_two_parents(net, entity),
        *_two_dates(net, entity),
    ]


def touched(net: Net, edges: Iterable[Edge], entities: Iterable[str]) -> set[str]:
    """Return the things whose findings may have become others, so that all others keep theirs.

    `net` is as it is now. `edges` are those that came, went or changed, as they were and as they are; `entities` the
    things that came, went, or changed name, class or dates. An edge or a date has changed also where only the words
    behind it did, or how their article is shown.
    """
    edges, found = list(edges), set[str]()
    districts = Counter(edge for edge in edges if edge.predicate == "locatedIn")
    if any(times != 2 for times in districts.values()):  # not just as it was
        found.update(net.several("locatedIn", "District"))  # all of these few: what lies around them may have changed
    for edge in edges:
        if edge.status == "happened":
            found.add(edge.subject)
            if edge.predicate in PARTS:
                found.update(_heads_of_both(net, edge.subject, edge.object))
    for entity in entities:
        found.add(entity)
        found.update(
            edge.subject for relation in ("unionOf", "hasRole", "locatedIn") for edge in net.to(relation, entity)
        )
    return found


def _heads_of_both(net: Net, part: str, whole: str) -> Iterator[str]:
    for person in {edge.subject for edge in net.to("hasRole", part)}:
        if any(edge.object == whole for edge in net.of("hasRole", person)):
            yield person


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by kind, in the order of `KINDS`, and by entity; those of one kind on one entity, and hubs, stay in
    the order in which they come."""
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.entity if one.kind != "hub" else "")))


def hub_finding(net: Net, hub: Hub) -> Finding:
    """Return what is told of a hub: how many neighbours, how many times the mean, and its best proven edges."""
    edges = sorted(net.at(hub.entity), key=lambda edge: (-edge.sources, edge.id))[:FEW]
    return _finding(net, "hub", hub.entity, (str(hub.degree), f"{hub.times:.0f}"), _quotes(net, edges))


def _finding(net: Net, kind: str, entity: str, values: Iterable[str], evidence: Iterable[Quote]) -> Finding:
    return Finding(kind, entity, *net.thing(entity), tuple(values), tuple(evidence))


def _quotes(net: Net, edges: Iterable[Edge]) -> Iterator[Quote]:
    ids = [edge.id for edge in edges]
    quotes = net.quotes(ids)
    for fact in ids:
        yield from quotes[fact]


def _class(net: Net, entity: str) -> str:
    return net.thing(entity)[0]


def _name(net: Net, entity: str) -> str:
    return net.thing(entity)[1]


def _several(net: Net, predicate: str, subject: str, kind: str) -> list[Edge]:
    """Return the edges of one relation from a thing of one class, where there are several."""
    edges = net.of(predicate, subject)
    return list(edges) if len(edges) > 1 and _class(net, subject) == kind else []


def _union_of_two(net: Net, union: str) -> Iterator[Finding]:
    """Unions of several enterprises, but for those that say so: 联合工会, 工会联合会."""
    edges = _several(net, "unionOf", union, "TradeUnion")
    hosts = [edge for edge in edges if _class(net, edge.object) == "Enterprise"]
    if len({edge.object for edge in hosts}) > 1 and "联合" not in _name(net, union):
        names = dict.fromkeys(_name(net, edge.object) for edge in hosts)
        yield _finding(net, "union-of-two", union, names, _quotes(net, hosts))


def _posts_at_once(net: Net, person: str) -> Iterator[Finding]:
    """People who head two bodies at one time, by posts of one kind, where neither body belongs to the other."""
    heads: dict[str, list[Edge]] = defaultdict(list)
    for edge in _several(net, "hasRole", person, "Person"):
        if kind := sole_title(edge.title):
            heads[kind].append(edge)
    for _, posts in sorted(heads.items()):
        pairs = [pair for pair in combinations(posts, 2) if _clash(net, *pair)]
        clashing = {edge.id: edge for pair in pairs for edge in pair}
        if clashing:
            values = (_name(net, edge.object) + edge.title for edge in clashing.values())
            yield _finding(net, "posts-at-once", person, values, _quotes(net, clashing.values()))


def _clash(net: Net, one: Edge, other: Edge) -> bool:
    if one.object == other.object or not _at_once(one, other):
        return False
    return not (_belongs(net, one.object, other.object) or _belongs(net, other.object, one.object))


def _at_once(one: Edge, other: Edge) -> bool:
    """Whether two posts may have been held at one time, as also those of which no day is known."""
    begin, end = day(max(one.first, other.first)), day(min(one.last, other.last))
    return begin is None or end is None or (begin - end).days <= SLACK


def _belongs(net: Net, part: str, whole: str) -> bool:
    return any(edge.object == whole for relation in PARTS for edge in net.of(relation, part))


def _two_parents(net: Net, district: str) -> Iterator[Finding]:
    """Districts that lie in two others of which neither lies in the other."""
    edges = _several(net, "locatedIn", district, "District")
    inside = {edge.object: _around(net, edge.object) for edge in edges}
    apart = [
        edge
        for edge in edges
        if any(other not in inside[edge.object] and edge.object not in inside[other] for other in inside)
    ]
    if apart:
        names = dict.fromkeys(_name(net, edge.object) for edge in apart)
        yield _finding(net, "two-parents", district, names, _quotes(net, apart))


def _around(net: Net, district: str) -> set[str]:
    """Return a district and all that it lies in."""
    found = {district}
    todo = [district]
    while todo:
        above = {edge.object for edge in net.of("locatedIn", todo.pop())} - found
        found |= above
        todo.extend(above)
    return found


def _two_dates(net: Net, activity: str) -> Iterator[Finding]:
    """Activities with days that do not meet."""
    said = sorted(net.dates(activity), key=lambda one: one.id, reverse=True)
    times = {_span(one): one for one in said}
    if len(times) > 1 and max(first for first, _ in times) > min(last for _, last in times):
        values = (first if first == last else f"{first}/{last}" for first, last in sorted(times))
        quotes = (quote_of("date", times[span], net.shown(times[span].evidence.article)) for span in sorted(times))
        yield _finding(net, "two-dates", activity, values, quotes)


def _span(date: Statement) -> tuple[str, str]:
    values = dict(date.qualifiers)
    return values["start"], values.get("end", "") or values["start"]


@cache
def _sole_titles() -> tuple[str, ...]:
    lines = resource("lexicon/sole-titles.tsv").read_text(encoding="utf-8").split("\n")
    return tuple(sorted((line for line in lines[1:] if line), key=lambda title: (-len(title), title)))


def sole_title(title: str) -> str:
    """Return the kind of a post that a body has once, 主席 for 工会主席; "" for others and for deputies."""
    if "副" in title or "兼职" in title:
        return ""
    return next((kind for kind in _sole_titles() if title.endswith(kind)), "")
