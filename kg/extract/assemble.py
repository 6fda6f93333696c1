"""From things and claims to records: local entities with their mentions, statements with their evidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from kg.extract import lexicon
from kg.extract.entities import build
from kg.extract.reading import Reading, read
from kg.extract.relations import Claim, claims
from kg.extract.scene import Node, Scene
from kg.extract.spans import Spans
from kg.ids import make_id
from kg.model import Article, Evidence, Extraction, Issue, LocalEntity, Mention, Span, Statement
from kg.text import normal

__all__ = ["CONFIDENCE", "extract"]

# how often a rule was right on the project's own annotated articles, smoothed; the default serves the rest
CONFIDENCE: dict[str, float] = {}
_DEFAULT = 0.8
_KEEP_WEAK = {
    "Venue": frozenset(("heldAt", "unionOf")),
    "District": frozenset(("heldIn", "unionOf")),
    "Activity": frozenset(("organizes", "heldAt", "heldIn", "participatesIn")),
}


def extract(article: Article) -> Extraction:
    """Read one article. A pure function: the same article gives the same records, in the same order."""
    if not article.text.strip():
        return Extraction(article, (), ())
    reading = read(article)
    scene = build(reading)
    found = claims(scene)
    kept = _kept(scene, found)
    ids = _ids(article, kept)
    entities = [_entity(article, reading, node, ids) for node in kept]
    statements: dict[str, Statement] = {}
    places = {id(node): Spans(node.spans) for node in kept}
    for claim in found:
        statement = _statement(article, reading, claim, ids, places)
        if statement is not None:
            statements.setdefault(statement.id, statement)
    return Extraction(
        article,
        tuple(sorted(entities, key=lambda e: e.id)),
        tuple(sorted(statements.values(), key=lambda s: (s.evidence.start, s.evidence.end, s.id))),
        tuple(_issues(article, reading, scene, found)),
    )


def _kept(scene: Scene, found: list[Claim]) -> list[Node]:
    """Things that are worth a node: what only a weak cue proposed needs a relation that supports it."""
    support: dict[int, set[str]] = {}
    for claim in found:
        if claim.subject is not None:
            support.setdefault(id(claim.subject), set()).add(claim.predicate)
        if isinstance(claim.object, Node):
            support.setdefault(id(claim.object), set()).add(claim.predicate)
    kept = []
    for node in scene.nodes:
        if not node.spans:
            continue
        if node.weak and not support.get(id(node), set()) & _KEEP_WEAK.get(node.type, frozenset()):
            continue
        kept.append(node)
    return kept


def _ids(article: Article, nodes: list[Node]) -> dict[int, str]:
    """Local ids: article, type and name; a number behind it where one name stands for two things."""
    ids: dict[int, str] = {}
    used: dict[str, int] = {}
    for node in sorted(nodes, key=lambda n: (n.type, n.first(), n.name)):
        base = make_id("l", article.key, node.type, node.name)
        used[base] = used.get(base, 0) + 1
        ids[id(node)] = base if used[base] == 1 else make_id("l", article.key, node.type, node.name, str(used[base]))
    return ids


def _entity(article: Article, reading: Reading, node: Node, ids: dict[int, str]) -> LocalEntity:
    mentions = []
    for start, end, rule in sorted(node.spans):
        raw_start, raw_end = reading.folded.raw(start, end)
        surface = article.text[raw_start:raw_end]
        mentions.append(Mention(Span(article.key, raw_start, raw_end), node.type, surface, normal(surface), rule))
    hints = []
    if node.code:
        hints.append(("district", node.code))
    elif node.host is not None and node.host.code:
        hints.append(("district", node.host.code))
    if node.full and node.full != node.name:
        hints.append(("full", node.full))
    aliases = {name for name in node.names if name and name != node.name}
    return LocalEntity(
        ids[id(node)], article.key, node.type, node.name, tuple(sorted(aliases)), tuple(mentions), tuple(sorted(hints))
    )


def _statement(
    article: Article, reading: Reading, claim: Claim, ids: dict[int, str], places: dict[int, Spans[str]]
) -> Statement | None:
    ends = []
    for end in (claim.subject, claim.object):
        if end is None:
            ends.append(article.key)
        elif isinstance(end, str):
            ends.append(end)
        elif id(end) in ids:
            ends.append(ids[id(end)])
        else:
            return None
    start, stop = reading.folded.raw(claim.start, claim.end)
    qualifiers = tuple(sorted(claim.qualifiers))
    evidence = Evidence(
        article=article.key,
        start=start,
        end=stop,
        quote=article.text[start:stop],
        page_ranges=tuple(_page_ranges(article, start, stop)),
        lines=(),
        rule=claim.rule,
        confidence=CONFIDENCE.get(claim.rule, _DEFAULT),
        why=claim.why or _why(claim, places),
    )
    flat = [part for pair in qualifiers for part in pair]
    identity = make_id(
        "s", article.key, ends[0], claim.predicate, ends[1], claim.status, str(start), evidence.quote, *flat
    )
    return Statement(identity, ends[0], claim.predicate, ends[1], qualifiers, claim.status, evidence)


def _why(claim: Claim, places: dict[int, Spans[str]]) -> str:
    """Why an end of the claim is not in its quote, "" where both are."""
    if claim.predicate == "reportedBy" or claim.subject is None or claim.object is None:
        return "byline" if claim.predicate == "reportedBy" else ""
    for end in (claim.subject, claim.object):
        if isinstance(end, Node) and not places[id(end)].lie_in(claim.start, claim.end):
            return "coreference"
    return ""


def _page_ranges(article: Article, start: int, end: int) -> list[tuple[int, int]]:
    """Map a span of the article to the page; several ranges where the page broke it."""
    ranges: list[tuple[int, int]] = []
    first = max(0, bisect_right(article.pieces, start, key=lambda piece: piece.start) - 1)
    for piece in article.pieces[first:]:
        if piece.start >= end:
            break
        low, high = max(start, piece.start), min(end, piece.end)
        if low < high:
            at = piece.page_start + low - piece.start
            if ranges and ranges[-1][1] == at:
                ranges[-1] = (ranges[-1][0], at + high - low)
            else:
                ranges.append((at, at + high - low))
    return ranges


def _issues(article: Article, reading: Reading, scene: Scene, found: list[Claim]) -> list[Issue]:
    """Sentences with a trigger and two things in them from which no relation was read."""
    told = {(claim.start, claim.end) for claim in found}
    issues = []
    triggers = _triggers()
    for start, end in reading.sentences:
        if start < reading.body or (start, end) in told:
            continue
        first = bisect_left(scene.occurrences, start, key=lambda o: o.start)
        last = bisect_left(scene.occurrences, end, key=lambda o: o.start)
        words = [o for o in scene.occurrences[first:last] if o.end <= end and o.named]
        if len({id(o.node) for o in words}) < 2:
            continue
        hit = triggers.search(reading.text, start, end)
        if hit:
            raw = reading.folded.raw(start, end)
            issues.append(Issue(f"{article.id}:{raw[0]}", "trigger-without-statement", article.text[raw[0] : raw[1]]))
    return issues


@cache
def _triggers() -> re.Pattern[str]:
    kinds = ("organize", "hold", "attend", "award", "win", "give", "found", "support")
    return re.compile(lexicon.verb_pattern(*kinds))
