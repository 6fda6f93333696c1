"""What names say by themselves, and which union stands above which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.activities import naming
from kg.extract.relations.claim import COREFERENCE, Claim, Sentence, subjects, union_of_officer
from kg.extract.scene import Node, Occurrence, Scene

__all__ = ["names", "subordinate"]


def names(scene: Scene) -> Iterator[Claim]:
    """What names say by themselves: whose union it is, a place in front of a place, edition and series."""
    for node in scene.nodes:
        if not node.spans:
            continue
        start, end = node.first()
        if node.type == "TradeUnion" and node.host is not None and node.host is not node:
            if node.host.type in ("District", "Enterprise", "Organization", "Venue"):
                yield Claim(node, "unionOf", node.host, start, end, "union-name")
        if node.type == "Activity":
            parts = naming(max(node.names, key=lambda n: (len(n), n)))
            if parts.edition:
                yield Claim(node, "edition", parts.edition, start, end, "activity-name")
            if parts.theme:
                yield Claim(node, "series", parts.theme, start, end, "activity-name")
    seen: set[tuple[int, int]] = set()
    for inner, outer, start, end in scene.chains:
        if (id(inner), id(outer)) in seen or inner is outer:
            continue
        seen.add((id(inner), id(outer)))
        yield Claim(inner, "locatedIn", outer, start, end, "name-chain")


# 在A、B的大力指导下; 经A批准
_UNDER = re.compile(
    r"(?:(?:、|和|与|及|以及)[^，。；]{2,24})*的?(?:共同|大力|有力|精心|直接|关心)*"
    r"(?:指导|推动|领导|支持|帮助|关心|关怀|督导)(?:和[^，。]{1,6})?下"
)
_AT = re.compile(r"在[^，。]*$")
_ASKED = re.compile(r"(?:经|报经|获|报请|由)(?:[^，。；]{2,20}、)?$")
_AGREES = re.compile(r"(?:的)?(?:正式)?(?:批准|批复|同意|审批|研究同意)")
_STATED = re.compile(r"隶属于?|直属于|上级工会(?:是|为)")
_FOUNDING = re.compile(r"成立|组建|筹建|揭牌|建立|召开|选举|建会|挂牌|发起")
_FOUNDED = re.compile(r"成立|组建|筹建|揭牌|召开|选举|挂牌|发起")
_FOUNDS = re.compile(r"(?:成立|组建|筹建|建立)(?:起|起了|了|的)?$")


def subordinate(sentence: Sentence) -> Iterator[Claim]:
    """Yield which union is said to stand under which, or is founded under the guidance of which."""
    text = sentence.text
    unions = [o for o in sentence.bodies if o.node.type == "TradeUnion"]
    yield from _papers(sentence, unions)
    yield from _read_out(sentence)
    yield from _for_those_above(sentence)
    yield from _sets_up(sentence, unions)
    uppers = [o for o in unions if _guides(sentence, o)]
    if not uppers:
        for m in _STATED.finditer(text, sentence.start, sentence.end):
            lower = [o for o in unions if o.end <= m.start()]
            upper = [o for o in unions if o.start >= m.start()]
            if lower and upper:
                yield sentence.claim(lower[-1].node, "subordinateTo", upper[0].node, "subordinate-stated")
        return
    if not _FOUNDING.search(text, sentence.start, sentence.end):
        return
    for low in unions:
        if low in uppers or any(low.node is u.node for u in uppers):
            continue
        if any(low.end <= u.start and text[low.end : u.start] in ("、", "和") for u in uppers):
            continue
        front = max(sentence.start, low.start - 6)
        if _FOUNDED.search(text, low.end, sentence.end) or _FOUNDS.search(text, front, low.start):
            for u in uppers:
                yield sentence.claim(low.node, "subordinateTo", u.node, "founded-under")


_APPROVED = re.compile(r"关于(?:同意)?(?:成立|组建|筹建|建立|召开)?(?:并)?")
_PAPER = re.compile(r"(?:批复|决定|通知|函)》?")


def _papers(sentence: Sentence, unions: list[Occurrence]) -> Iterator[Claim]:
    """《A总工会关于同意成立B工会的批复》: A stands above B."""
    for upper in unions:
        about = _APPROVED.match(sentence.text, upper.end)
        lower = next((o for o in unions if about and o.start == about.end()), None)
        if lower is not None and _PAPER.search(sentence.text, lower.end, min(sentence.end, lower.end + 30)):
            if lower.node is not upper.node:
                yield sentence.claim(lower.node, "subordinateTo", upper.node, "founded-by-paper")


_READS = re.compile(r"宣读(?:了|并[^，。；《]{2,8})?[^，。；]{0,40}?(?:批复|批准文件|批准成立)")
_ABOVE = re.compile(r"(?:同志)?代表上级工会")


def _read_out(sentence: Sentence) -> Iterator[Claim]:
    """A总工会副主席甲宣读批复: what is read out founds the union of the article, or the one that it names."""
    read = _READS.search(sentence.text, sentence.start, sentence.end)
    if read is None:
        return
    reader = next((p for p in reversed(sentence.people) if p.end <= read.start()), None)
    if reader is None or re.search(r"[。；]", sentence.text[reader.end : read.start()]):
        return
    named = (o.node for o in sentence.bodies if o.node.type == "TradeUnion" and read.start() < o.start < read.end() + 4)
    upper = union_of_officer(sentence, reader) or _only_above(sentence.scene, reader.node)
    yield from _founded(sentence, upper, next(named, None), "founded-read-out")


def _only_above(scene: Scene, reader: Node) -> Node | None:
    """The one 总工会 of the article, where the reader holds a post that says no other body."""
    if scene.bodies_of.get(reader):
        return None
    unions = {id(o.node): o.node for o in scene.occurrences if o.node.name.endswith("总工会")}
    return next(iter(unions.values())) if len(unions) == 1 else None


def _for_those_above(sentence: Sentence) -> Iterator[Claim]:
    """A总工会副主席甲代表上级工会表示祝贺, where a union is founded."""
    for person in sentence.people:
        if _ABOVE.match(sentence.text, person.end):
            yield from _founded(sentence, union_of_officer(sentence, person), None, "founded-greeted")


def _founded(sentence: Sentence, upper: Node | None, lower: Node | None, rule: str) -> Iterator[Claim]:
    lower = lower or founded_union(sentence.scene)
    if upper is not None and lower is not None and upper is not lower:
        yield sentence.claim(lower, "subordinateTo", upper, rule, why=COREFERENCE)


_FOUNDING_NAME = re.compile(r"(?:成立|揭牌|第一次|第一届|首届|首次)")


def founded_union(scene: Scene) -> Node | None:
    """The union whose founding the article reports: its main activity is called after the union and the founding."""
    main = scene.main
    if main is None or not main.spans:
        return None
    for start, end, _ in main.spans:
        unions = scene.of_type["TradeUnion"].starting(start, start + 1)
        inner = next((o for o in unions if o.end <= end), None)
        if inner is not None and _FOUNDING_NAME.match(scene.reading.text, inner.end, end):
            return inner.node
    return None


_SETS_UP = re.compile(
    r"(?<!委员会)(?:组建|成立|筹建|建立)(?:起)?了(?:(?![。；，]).){0,8}$|(?:组建|成立|筹建)了覆盖[^。；，]{2,40}的[^。；，]{0,8}$"
)


def _sets_up(sentence: Sentence, unions: list[Occurrence]) -> Iterator[Claim]:
    """A总工会…组建了B工会联合会: who sets it up stands above it."""
    for lower in unions:
        sets = _SETS_UP.search(sentence.text, max(sentence.start, lower.start - 56), lower.start)
        if sets is None:
            continue
        upper = next((o for o in subjects(sentence, sets.start()) if o.node.type == "TradeUnion"), None)
        if upper is not None and upper.node is not lower.node and upper.node.name.endswith("总工会"):
            yield sentence.claim(lower.node, "subordinateTo", upper.node, "founded-by")


def _guides(sentence: Sentence, o: Occurrence) -> bool:
    """Whether the union is said to guide or to approve."""
    rest = sentence.text[o.end : o.end + 40]
    before = sentence.text[max(sentence.start, o.start - 40) : o.start]
    if _UNDER.match(rest) and _AT.search(before):
        return True
    return bool(_AGREES.match(rest) and _ASKED.search(before))
