"""Names that stand again in other forms: short names of firms, quoted names of products, zones, 曹主席."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.extract import lexicon
from kg.extract.builder import RELATIVE_ZONES, Builder
from kg.extract.reading import everywhere, known
from kg.extract.sameness import LEGAL, of_group
from kg.extract.scene import Node
from kg.extract.spans import Candidate
from kg.extract.things import When

__all__ = ["date", "product_names", "short_firms", "short_titles", "short_unions", "zone_aliases"]


def product_names(builder: Builder) -> None:
    """Mark the other places where the quoted name of a product stands alone."""
    quoted = [
        (node, f"“{name}”")
        for node in builder.of_type("Product")
        for name in sorted(node.names)
        if not name.startswith("“") and len(name) >= 2
    ]
    _mark_all(builder, quoted, "again")


_ZONE_CLASSES = ("开发区", "新区", "高新区", "园区", "工业园")
_BARE_ZONE = re.compile(r"(?<![\u4e00-\u9fff])(?:开发区|高新区|经开区|园区)(?=[\u4e00-\u9fff])")


def zone_aliases(builder: Builder) -> None:
    """Mark what stands for a place by a name given in brackets, or by 开发区 where only one is spoken of."""
    districts = builder.of_type("District")
    short = [
        (node, name)
        for node in districts
        for name in sorted(node.names)
        if name in RELATIVE_ZONES or len(name) <= 4 or not node.code
    ]
    # parks and towers that unions are called after
    sites = [n for n in builder.of_type("Venue") if any(rule == "host" for _, _, rule in n.spans)]
    short += [(node, name) for node in sites for name in sorted(node.names) if len(name) >= 4]
    _mark_all(builder, short, "alias")
    zones = [n for n in districts if n.name.endswith(_ZONE_CLASSES) and len(n.name) > 3]
    if len(zones) == 1:
        for match in _BARE_ZONE.finditer(builder.text):
            if zones[0].name.endswith(match.group()) and builder.free(*match.span()):
                builder.mark(zones[0], *match.span(), "alias")


def _mark_all(builder: Builder, named: Sequence[tuple[Node, str]], rule: str) -> None:
    """Mark every place where the name of a node stands and nothing else is marked."""
    places = everywhere(builder.text, (name for _, name in named))
    for node, name in named:
        for at in places[name]:
            if builder.free(at, at + len(name)):
                builder.mark(node, at, at + len(name), rule)


def short_firms(builder: Builder) -> None:
    """Mark the bare name a firm is called by further on (橙快出行 for 杭州橙快出行科技有限公司)."""
    common = lexicon.words("generic", "name")
    order: dict[str, int] = {}  # the districts named, by which comes first
    for hit in builder.reading.districts:
        order.setdefault(hit.name, len(order))
    called: list[tuple[Node, list[str]]] = []  # firms, and what each may be called, the longest first
    for node in builder.of_type("Enterprise"):
        stem = LEGAL.sub("", node.name)
        if stem == node.name:
            continue
        fronts = (stem[:length] for length in range(1, len(stem)))
        front = min((name for name in fronts if name in order), key=order.__getitem__, default="")
        rest = stem[len(front) :]
        shorts = (rest[:length] for length in range(len(rest), 1, -1))
        shorts = (s for s in shorts if s not in common and not of_group(s, stem))
        called.append((node, [s for s in shorts if not (len(s) == 2 and known(s))]))
    places = everywhere(builder.text, (short for _, shorts in called for short in shorts))
    for node, names in called:
        for short in names:
            if _mark_words(builder, node, short, places[short]):
                break


_SORT = ("行业工会联合会", "行业联合工会", "工会联合会", "联合工会")


def short_unions(builder: Builder, found: Iterable[Candidate]) -> None:
    """Mark 家政行业联合工会 for the one union whose name ends so: X街道家政行业联合工会."""
    names = [(node, name) for node in builder.of_type("TradeUnion") for name in sorted(node.names)]
    for c in found:
        said = builder.slice((c.start, c.end))
        if c.type != "TradeUnion" or c.kind != "generic" or not said.endswith(_SORT) or said in _SORT:
            continue
        meant = {id(node): node for node, name in names if name != said and name.endswith(said)}
        if len(meant) == 1 and builder.free(c.start, c.end):
            node = next(iter(meant.values()))
            builder.call(node, said)
            builder.mark(node, c.start, c.end, "short-name")


def _mark_words(builder: Builder, node: Node, short: str, places: Iterable[int]) -> bool:
    """Mark the short name where it stands between tokens and nothing else is marked; whether it does anywhere."""
    found = False
    for at in places:
        end = at + len(short)
        if builder.free(at, end) and builder.reading.is_boundary(at) and builder.reading.is_boundary(end):
            builder.call(node, short)
            builder.mark(node, at, end, "short-name")
            found = True
    return found


_SHORT_TITLE = re.compile(
    r"([\u4e00-\u9fff])(?:主席|书记|主任|经理|总|教授|老师|师傅|先生|女士|部长|局长|院长|校长|队长|班长|工(?=[说介表]))"
)


def short_titles(builder: Builder) -> None:
    """曹主席 stands for the one person of that family name."""
    by_family: dict[str, list[Node]] = {}
    for node in builder.of_type("Person"):
        by_family.setdefault(node.name[0], []).append(node)
    for match in _SHORT_TITLE.finditer(builder.text):
        nodes = by_family.get(match.group(1), [])
        at = match.start()
        if len(nodes) == 1 and builder.free(at, at + 1) and builder.reading.is_boundary(at):
            builder.call(nodes[0], match.group())
            builder.mark(nodes[0], at, match.end(), "short-title")


_YEAR = re.compile(r"^(?:\d{4}|[去今前明])年")
_MONTH_DAY = re.compile(r"\d+月\d+(?:日|号)?")


def date(builder: Builder, when: When) -> None:
    """Mark a printed date; it bears its name without the year, and its first day, as well."""
    name = builder.slice(when.span)
    bare = _YEAR.sub("", name)
    first = _MONTH_DAY.match(bare)
    node = builder.node("Date", name, bare, first.group() if first else "")
    builder.mark(node, *when.span, "date")
