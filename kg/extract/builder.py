"""The things of one article while they are being put together: which node a name belongs to, and what stands for it.

All offsets are into the folded text, code points, half-open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.extract.reading import DistrictHit, Reading
from kg.extract.sameness import FEW, MARKS, PARENT, Alike, same_enterprise, same_union, same_zone
from kg.extract.scene import Node, Occurrence
from kg.extract.spans import Candidate, Spans
from kg.text import normal
from ontology import divisions

__all__ = ["PAREN_ALIAS", "RELATIVE_ZONES", "Builder"]

RELATIVE_ZONES = frozenset(("开发区", "高新区", "经开区", "新区", "工业园区", "园区", "管理区", "示范区", "保税区"))
PAREN_ALIAS = re.compile(r"（(?:以下|下)?(?:统称|简称|称)(?:为)?：?[“‘]?[^“”‘’（）]{2,20}[”’]?）")
_BRANCH = ("分公司", "支公司", "支行", "分行", "营业部")
_FORM = re.compile(r"(?:工会联合会|工会委员会|总工会|分工会|分会|工会)$")
_UNION = re.compile(r"总?工会")


class Builder:
    """Nodes and their occurrences, found again by any name; `chains` and `pending` are places in front of things."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self.nodes: dict[Node, int] = {}  # with their numbers, in order
        self._made = 0
        self._by_type: dict[str, dict[Node, None]] = {}
        self._alike: dict[str, Alike[str, Node]] = {}
        self._new_names: dict[str, list[tuple[str, Node]]] = {}  # by type: those that `_alike` does not have yet
        self._unions_of: dict[Node, list[Node]] = {}  # by what they are the unions of
        self.occurrences: list[Occurrence] = []
        self._occurring: dict[Node, list[int]] = {}  # which of the occurrences are of a node
        self._marked: set[tuple[int, int, int]] = set()  # (id of a node, start, end) of its mentions
        self._covered: dict[str, bytearray] = {}  # by type, "" for all: which characters are marked
        self.by_name: dict[tuple[str, str], Node] = {}
        self.chains: list[tuple[Node, Node, int, int]] = []
        self.pending: list[tuple[Node, DistrictHit, int, int]] = []  # chains whose district has no node yet
        sure = [hit for hit in reading.districts if len(hit.codes) == 1]
        codes = [hit.codes[0] for short in (False, True) for hit in sure if hit.short is short]
        self._context = tuple(dict.fromkeys(codes))
        at_home = divisions.named(reading.article.home) if reading.article.home else ()
        self._home = at_home[0].code if at_home else None
        self._codes: dict[tuple[str, tuple[str, ...]], str] = {}  # a name and the place in front of it: what it means
        self._by_code: dict[str, Node] = {}  # the districts

    # ------------------------------------------------------------------------------------------------------- helpers

    def node(self, kind: str, name: str, *others: str) -> Node:
        """The node of this type that bears one of the names, made where there is none."""
        bearing = [n for n in (name, *others) if n]
        keys = [(kind, normal(n)) for n in bearing]
        found = next((self.by_name[key] for key in keys if key in self.by_name), None)
        if found is None:
            found = self.add(Node(kind, name))
        self.call(found, *bearing)
        for key in keys:
            self.by_name.setdefault(key, found)
        return found

    def add(self, node: Node) -> Node:
        """Take in a new node."""
        self.nodes[node] = self._made = self._made + 1
        self._by_type.setdefault(node.type, {})[node] = None
        return node

    def call(self, node: Node, *names: str) -> None:
        """Give the node further names; `also` makes it found by them."""
        for name in names:
            if name not in node.names:
                node.names.add(name)
                self._new_names.setdefault(node.type, []).append((name, node))

    def alike(self, kind: str, name: str, same: Callable[[str, str], bool]) -> Node | None:
        """The first node of the type with a name that is the same as `name`."""
        nodes: Iterable[Node] = self._by_type.get(kind, ())
        if len(self._by_type.get(kind, ())) > FEW:
            alike = self._alike.setdefault(kind, Alike(MARKS[kind]))
            for other, node in self._new_names.pop(kind, ()):
                alike.add(other, node)
            nodes = sorted((node for node in alike.near(name) if node in self.nodes), key=self.nodes.__getitem__)
        return next((node for node in nodes if any(same(name, other) for other in node.names)), None)

    def also(self, node: Node, name: str) -> None:
        """Give the node a further name, by which it is found again unless another bears it."""
        self.call(node, name)
        self.by_name.setdefault((node.type, normal(name)), node)

    def of_type(self, kind: str) -> list[Node]:
        """The nodes of a type, as they are now."""
        return list(self._by_type.get(kind, ()))

    def mark(self, node: Node, start: int, end: int, rule: str, *, named: bool = True) -> None:
        """Text[start:end] stands for the node; only what names it becomes a mention."""
        if (id(node), start, end) in self._marked:
            return
        if named:
            self._marked.add((id(node), start, end))
            node.spans.append((start, end, rule))
        self._occurring.setdefault(node, []).append(len(self.occurrences))
        self.occurrences.append(Occurrence(start, end, node, named))
        for kind in ("", node.type):
            covered = self._covered.setdefault(kind, bytearray(len(self.text)))
            covered[start:end] = b"\1" * (end - start)

    def free(self, start: int, end: int, *types: str) -> bool:
        """Whether nothing (of the types, if given) that is marked overlaps text[start:end]."""
        return all(self._covered.get(kind, b"").find(1, start, end) < 0 for kind in types or ("",))

    def in_body(self, start: int, end: int) -> bool:
        """Whether text[start:end] lies in the name of a firm or an office."""
        return not self.free(start, end, "Organization", "Enterprise")

    def slice(self, span: tuple[int, int] | None) -> str:
        """The text of a span, "" for none."""
        return "" if span is None else self.text[span[0] : span[1]]

    # ----------------------------------------------------------------------------------------------------- districts

    def districts(self, excluded: Iterable[tuple[int, int]], offices: Iterable[tuple[int, int]]) -> None:
        """Mark the districts of the text; none inside `excluded`, and no bare stem inside `offices`."""
        barred = Spans((a, b, None) for a, b in excluded)
        short_barred = Spans((a, b, None) for a, b in offices)
        previous: tuple[DistrictHit, Node] | None = None
        front: tuple[DistrictHit, Node] | None = None  # the outer place of a list: 内蒙古自治区|苏尼特右旗、巴林右旗
        for hit in self.reading.districts:
            if barred.hold(hit.start, hit.end) or (hit.short and short_barred.hold(hit.start, hit.end)):
                previous = None
                continue
            # a bare 开发区 is a place only as what a union is called after
            if hit.name in RELATIVE_ZONES and not _UNION.match(self.text, hit.end):
                continue
            node = self.district(hit)
            self.mark(node, hit.start, hit.end, "gazetteer")
            gap = self.text[previous[0].end : hit.start] if previous is not None else None
            if (
                previous is not None
                and previous[0].end == hit.start
                and self.inside(hit, previous[0], node, previous[1])
            ):
                front = previous
            elif front is None or gap != "、" or not self.inside(hit, front[0], node, front[1]):
                front = None
            if front is not None:
                self.chains.append((node, front[1], front[0].start, hit.end))
            previous = (hit, node)

    def inside(self, inner: DistrictHit, outer: DistrictHit, inner_node: Node, outer_node: Node) -> bool:
        """Whether the one district lies in the other: by their codes, else by their class words."""
        if inner_node is outer_node:
            return False
        if any(a != b and b.startswith(a) for a in outer.codes for b in inner.codes):
            return True
        return inner.name.endswith(("镇", "乡", "街道", "社区", "村")) and outer.name.endswith(
            ("区", "县", "市", "旗", "镇", "乡", "街道")
        )

    def district(self, hit: DistrictHit) -> Node:
        """The node of a district: one of the same code, where the code is clear here, else one of the same name."""
        code = self._meant(hit)
        sign = len(hit.name) == 1 and bool(code)  # 在杭举行: no name to be found again by
        if code in self._by_code:
            if not sign:
                self.also(self._by_code[code], hit.name)
            return self._by_code[code]
        node = self.node("District", divisions.by_code(code).name if sign else hit.name)
        node.code = node.code or code
        if node.code:
            self._by_code.setdefault(node.code, node)
        node.full = node.full or (divisions.by_code(code).name if code else "")
        return node

    def _meant(self, hit: DistrictHit) -> str:
        """The code of the division that the name means here, "" where it stays open."""
        if len(hit.codes) == 1:
            return hit.codes[0]
        front = self.reading.by_end.get(hit.start)
        near = front.codes if front is not None and len(front.codes) == 1 else ()
        key = (hit.name, near)
        if key not in self._codes:
            found = divisions.resolve(hit.name, (*near, *self._context), self._home)
            self._codes[key] = found[0].code if len(found) == 1 else ""
        return self._codes[key]

    def place(self, name: str, start: int, end: int, rule: str) -> Node:
        """A place that is no row of the table: a zone, a park, a community."""
        node = self.alike("District", name, same_zone)
        if node is None:
            node = self.node("District", name)
        else:
            self.also(node, name)
        self.mark(node, start, end, rule)
        return node

    # ------------------------------------------------------------------------------------------------- organisations

    def organisation(self, candidate: Candidate) -> Node:
        """The node of a union, a firm or an office, marked where the candidate stands."""
        surface = self.slice((candidate.start, candidate.end))
        name = PAREN_ALIAS.sub("", surface)
        core = PAREN_ALIAS.sub("", self.slice(candidate.core))
        if candidate.type == "Enterprise":
            node = self.enterprise(core, name) if core else self.enterprise(name)
            self.chain_to(node, candidate)
        elif candidate.type == "TradeUnion":
            node = self._union(candidate, name, core)
        else:
            node = self.node(candidate.type, name)
        self.mark(node, candidate.start, candidate.end, candidate.rule)
        if candidate.type == "Enterprise" and not name.endswith(_BRANCH) and surface.endswith(core or name):
            self._parent(node, candidate, core or name)
        return node

    def _union(self, candidate: Candidate, name: str, core: str) -> Node:
        if candidate.rule == "short":  # 宁波市总
            core = name
            name = "全国总工会" if name == "全总" else f"{name}工会"
        same = self.alike("TradeUnion", name, same_union)
        if same is not None:
            self.by_name.setdefault(("TradeUnion", normal(name)), same)
            if len(name) > len(same.name):
                same.name = name
        # X区（以下简称Y）总工会: Y总工会 is a name of it, too
        head = name[len(PAREN_ALIAS.sub("", self.slice(candidate.host))) :] if candidate.host else ""
        aliases = [self.slice(span) + head for span in candidate.other if head]
        return self.node("TradeUnion", name, *([core] if core else []), *aliases)

    def _parent(self, node: Node, candidate: Candidate, name: str) -> None:
        """X集团Y有限公司 names X集团, too, and may be called by what stands behind it."""
        parent = PARENT.match(name)
        if not parent or len(parent.group(1)) < 4 or len(parent.group(2)) < 3:
            return
        at = candidate.end - (len(self.slice(candidate.core)) or candidate.end - candidate.start)
        above = self.enterprise(parent.group(1))
        self.mark(above, at, at + len(parent.group(1)), "parent")
        if above is not node:
            self.also(node, parent.group(2))

    def chain_to(self, node: Node, candidate: Candidate) -> None:
        """The district right before the core of the name is where the thing is."""
        if candidate.core is None:
            return
        hit = self.reading.by_end.get(candidate.core[0])
        if hit is not None:
            self.pending.append((node, hit, candidate.start, candidate.end))

    def enterprise(self, name: str, *others: str) -> Node:
        """The node of a firm: one whose name is the same by its structure, made where there is none."""
        key = ("Enterprise", normal(name))
        if key in self.by_name:
            return self.node("Enterprise", name, *others)
        node = self.alike("Enterprise", name, same_enterprise)
        if node is None:
            return self.node("Enterprise", name, *others)
        self.call(node, name, *others)
        if len(name) > len(node.name) and not node.name.endswith(("有限公司", "分公司")):
            node.name = name
        self.by_name[key] = node
        return node

    def join_unions(self, node: Node) -> None:
        """A union of the same firm and form as one already known is that one, however the firm is called."""
        form = _FORM.search(node.name)
        if node.host is None or node.host.type not in ("Enterprise", "Organization", "District") or form is None:
            return
        if node.host.type == "District" and form.group() != "总工会":
            return  # a place has many unions, but one federation
        unions = self._unions_of.setdefault(node.host, [])
        called = {n + form.group() for n in node.host.names}
        others = [other for other in unions if other is not node and other.names & called]
        unions.append(node)
        if node.names & called and others:
            unions.remove(node)
            self.merge(node, min(others, key=self.nodes.__getitem__))

    def merge(self, gone: Node, kept: Node) -> None:
        """All that is of `gone` becomes of `kept`; the longer name stays."""
        if len(gone.name) > len(kept.name):
            kept.name = gone.name
        self.call(kept, *gone.names)
        kept.spans += gone.spans
        del self.nodes[gone], self._by_type[gone.type][gone]
        for name in gone.names:
            if self.by_name.get((gone.type, normal(name))) is gone:
                self.by_name[gone.type, normal(name)] = kept
        for at in self._occurring.pop(gone, ()):
            o = self.occurrences[at]
            self.occurrences[at] = Occurrence(o.start, o.end, kept, o.named)
            self._occurring.setdefault(kept, []).append(at)
