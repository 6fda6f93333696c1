"""What names say by themselves, and which union stands above which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.activities import naming
from kg.extract.relations.claim import Claim, Sentence
from kg.extract.scene import Occurrence, Scene

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
_FOUNDING = re.compile(r"成立|组建|筹建|揭牌|建立|召开|选举|建会|挂牌")
_FOUNDED = re.compile(r"成立|组建|筹建|揭牌|召开|选举|挂牌")
_FOUNDS = re.compile(r"(?:成立|组建|筹建|建立)(?:了)?$")


def subordinate(sentence: Sentence) -> Iterator[Claim]:
    """Yield which union is said to stand under which, or is founded under the guidance of which."""
    text = sentence.text
    unions = [o for o in sentence.bodies if o.node.type == "TradeUnion"]
    yield from _papers(sentence, unions)
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


def _guides(sentence: Sentence, o: Occurrence) -> bool:
    """Whether the union is said to guide or to approve."""
    rest = sentence.text[o.end : o.end + 40]
    before = sentence.text[max(sentence.start, o.start - 40) : o.start]
    if _UNDER.match(rest) and _AT.search(before):
        return True
    return bool(_AGREES.match(rest) and _ASKED.search(before))
