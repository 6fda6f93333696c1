"""Activities: which of the names found are of one, and where these names stand again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.activities import HOLIDAY, Naming, naming, weak
from kg.extract.builder import Builder
from kg.extract.reading import everywhere
from kg.extract.sameness import FEW, Alike, marks_of_activity, same_activity
from kg.extract.scene import Node, Occurrence
from kg.extract.spans import Candidate

__all__ = ["cluster", "main_activity"]

_SESSION = re.compile(r"第?[一二三四五六七八九十\d]+届|第[一二三四五六七八九十\d]+次")
_FINAL = re.compile(r"(?<=[赛武])(?:总决赛|决赛)$")
_TO_CORE = re.compile(r"^.*(?:——|届|期|年度?|次)(?=[\u4e00-\u9fff])")
_THEME = re.compile(r"^“[^”]*”")
_WEAK_RULES = frozenset(("governed", "placed", "again"))


def cluster(builder: Builder, acts: Sequence[Candidate]) -> None:
    """Make nodes of activities: equal themes, one name the tail of the other, equal but for the edition."""
    members: dict[Node, set[Naming]] = {}
    alike = Alike[Naming, Node](marks_of_activity) if len(acts) > FEW else None
    owners: dict[int, Occurrence] = {}  # unions named, by where they end
    fronts: dict[int, int] = {}  # where what a name may begin with starts, by where it ends
    for o in builder.occurrences:
        if o.node.type == "TradeUnion" and o.named:
            owners.setdefault(o.end, o)
        if o.node.type in _MAY_OPEN and o.named:
            fronts[o.end] = min(o.start, fronts.get(o.end, o.start))
    for c in sorted(acts, key=lambda c: (-(c.end - c.start), c.start)):
        name = builder.slice((c.start, c.end))
        parts = naming(name)
        if c.other:
            parts = Naming(builder.slice(c.other[0]), parts.edition, parts.head, parts.core, parts.ceremony)
        near = members if alike is None else sorted(alike.near(parts), key=builder.nodes.__getitem__)
        node = next((n for n in near if any(same_activity(parts, other) for other in members[n])), None)
        if node is None:
            node = builder.add(Node("Activity", name))
            members[node] = set()
        if alike is not None and parts not in members[node]:
            alike.add(parts, node)
        members[node].add(parts)
        _name(builder, node, c, parts, owners.get(c.start))
        node.names.update(_fuller(builder, c, fronts))
        builder.mark(node, c.start, c.end, c.rule)
    _again(builder, list(members))
    _join_headline(builder, members)
    for node, namings in members.items():
        rules = {rule for _, _, rule in node.spans}
        plain = not any(naming.theme or naming.edition for naming in namings)
        node.weak = plain and rules <= _WEAK_RULES and all(weak(naming.head) for naming in namings)


def _join_headline(builder: Builder, members: dict[Node, set[Naming]]) -> None:
    """What only the headline names so, in short, is the event of the body with the same event word."""
    body = builder.reading.body
    for short in [node for node in members if all(end <= body for _, end, _ in node.spans)]:
        others = (node for node in members if node is not short and len(node.name) >= len(short.name))
        long = next((node for node in others if _in_short(members[short], members[node])), None)
        if long is not None:
            builder.merge(short, long)
            members[long] |= members.pop(short)


_SAME_ENDING = 6  # characters at the end of two names that tell as much as an event word of some weight


def _in_short(short: set[Naming], long: set[Naming]) -> bool:
    """Whether the one set of names has the event word of the other and no theme of its own."""
    for one in short:
        if not one.head or (one.theme and not any(_same_words(one, other) for other in long)):
            continue
        ending = one.core[-_SAME_ENDING:] if weak(one.head) else one.head
        if any(
            (other.core.endswith(ending) or (other.head and ending.endswith(other.head) and not weak(other.head)))
            and one.edition in other.edition
            for other in long
        ):
            return True
    return False


def _same_words(one: Naming, other: Naming) -> bool:
    """“书香家风”分享会 and “传家风”女职工家风分享会: the event word and two characters of the theme are the same."""
    rest = other.core.removesuffix(one.head)
    return one.head == other.head and any(one.theme[i : i + 2] in rest for i in range(len(one.theme) - 1))


def _name(builder: Builder, node: Node, c: Candidate, parts: Naming, owner: Occurrence | None) -> None:
    """Give the node the names that one mention of it yields."""
    name = builder.slice((c.start, c.end))
    node.names.add(name)
    if owner is not None and _SESSION.match(name):  # the body in front belongs to the name of its congress
        full = builder.slice((owner.start, c.end))
        node.names.add(full)
        node.name = full if len(full) > len(node.name) else node.name
    final = _FINAL.search(name)
    if final and final.start() >= 8:
        node.names.add(name[: final.start()])
    if parts.theme and not parts.ceremony and not HOLIDAY.fullmatch(parts.theme):
        node.names.add(parts.theme)


_MAY_OPEN = ("District", "TradeUnion", "Enterprise")
_SCOPE = re.compile(
    r"(?:(?<=[，。、的办行展动])[\u4e00-\u9fff]{2,3}[省市区县州]|全[国省市区县州]|\d{4}年(?:度)?|第[一二三四五六七八九十\d]+届|首届)$"
)
_LONGEST_FRONT = 40


def _fuller(builder: Builder, c: Candidate, fronts: Mapping[int, int]) -> Iterator[str]:
    """江北市|“江杯”焊工大赛, 2024年|全省|“江杯”焊工大赛: with the places, bodies and years in front of it."""
    start, floor = c.start, c.start - _LONGEST_FRONT
    while start > max(0, floor):
        scope = _SCOPE.search(builder.text, max(0, start - 8), start)
        front = fronts.get(start, scope.start() if scope is not None else start)
        if front == start:
            return
        start = front
        yield builder.slice((start, c.end))


def _again(builder: Builder, nodes: Sequence[Node]) -> None:
    """Mark the other places where a name of an activity stands, or what of it stands behind its edition."""
    called = [(node, form) for node in nodes for name in sorted(node.names) for form in _forms(name)]
    places = everywhere(builder.text, (form for _, form in called))
    for node, form in called:
        for at in places[form]:
            if builder.free(at, at + len(form), "Activity"):
                node.names.add(form)
                builder.mark(node, at, at + len(form), "again")


def _forms(name: str) -> Iterator[str]:
    core = _TO_CORE.sub("", name)
    for form in dict.fromkeys((name, core, _THEME.sub("", core))):
        if len(form) >= 6 and (form.startswith("“") == form.endswith("”") or "”" in form):
            yield form


def main_activity(builder: Builder) -> Node | None:
    """The activity the article is about: no weak one where there is another, then the first of the body."""
    body = builder.reading.body
    acts = [n for n in builder.of_type("Activity") if n.spans]
    return min(acts, key=lambda n: (n.weak, min((s < body, s) for s, _, _ in n.spans)), default=None)
