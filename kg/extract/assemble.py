"""From things and claims to records: local entities with their mentions, statements with their evidence."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.confidence import FROM_OUTSIDE, STRONG, Keep, confidence_of
from kg.extract.entities import build
from kg.extract.misses import find
from kg.extract.optional import Helper
from kg.extract.optional.fit import additions
from kg.extract.ranges import page_ranges
from kg.extract.reading import Reading, read
from kg.extract.relations import Claim, claims
from kg.extract.scene import Node, Scene
from kg.extract.spans import Spans
from kg.ids import make_id
from kg.model import Article, Evidence, Extraction, Issue, LocalEntity, Mention, Span, Statement
from kg.text import normal

__all__ = ["extract"]

_FEW = 16  # mentions of which each can be looked at
_KEEP_WEAK = {
    "Venue": frozenset(("heldAt", "unionOf")),
    "District": frozenset(("heldIn", "unionOf")),
    "Activity": frozenset(("organizes", "heldAt", "heldIn", "participatesIn")),
}


def extract(article: Article, *, keep: Keep = STRONG, helpers: Sequence[Helper] = ()) -> Extraction:
    """Read one article and keep the statements that `keep` allows.

    `helpers` are optional proposers; what they give is added to what the rules find.
    A pure function: the same article gives the same records, in the same order.
    """
    if not article.text.strip():
        return Extraction(article, (), ())
    reading = read(article)
    scene = build(reading, [helper.propose for helper in helpers])
    found = claims(scene, keep=keep)
    for helper in helpers:
        found.extend(additions(found, helper.claims(scene), keep=keep))
    kept = _kept(scene, found)
    ids = _ids(article, kept)
    entities = [_entity(article, reading, node, ids) for node in kept]
    statements: dict[str, Statement] = {}
    places = {id(node): Spans(node.spans) for node in kept if len(node.spans) > _FEW}
    guesses = _guesses(kept) if helpers else {}
    for claim in found:
        statement = _statement(article, reading, claim, ids, places, keep, guesses)
        if statement is not None:
            statements.setdefault(statement.id, statement)
    return Extraction(
        article,
        tuple(sorted(entities, key=lambda e: e.id)),
        tuple(sorted(statements.values(), key=lambda s: (s.evidence.start, s.evidence.end))),  # else as they were read
        (*_issues(article, scene, found), *(one for helper in helpers for one in helper.issues(reading))),
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
    article: Article,
    reading: Reading,
    claim: Claim,
    ids: dict[int, str],
    places: dict[int, Spans[str]],
    keep: Keep,
    guesses: dict[int, float],
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
    sure = min(
        confidence_of(claim.predicate, claim.rule),
        *(guesses.get(id(end), 1.0) for end in (claim.subject, claim.object)),
    )
    if sure < keep.min_confidence:
        return None
    evidence = Evidence(
        article=article.key,
        start=start,
        end=stop,
        quote=article.text[start:stop],
        page_ranges=page_ranges(article, start, stop),
        lines=(),
        rule=claim.rule,
        confidence=sure,
        why=claim.why or _why(claim, places),
    )
    flat = [part for pair in qualifiers for part in pair]
    identity = make_id(
        "s", article.key, ends[0], claim.predicate, ends[1], claim.status, str(start), evidence.quote, *flat
    )
    return Statement(identity, ends[0], claim.predicate, ends[1], qualifiers, claim.status, evidence)


def _guesses(kept: list[Node]) -> dict[int, float]:
    """How sure a statement can be at most with these ends: names that only an optional proposer found are guesses."""
    rules = ((id(node), {rule for _, _, rule in node.spans}) for node in kept)
    return {one: max(FROM_OUTSIDE[rule] for rule in found) for one, found in rules if found <= FROM_OUTSIDE.keys()}


def _why(claim: Claim, places: dict[int, Spans[str]]) -> str:
    """Why an end of the claim is not in its quote, "" where both are."""
    if claim.predicate == "reportedBy" or claim.subject is None or claim.object is None:
        return "byline" if claim.predicate == "reportedBy" else ""
    for end in (claim.subject, claim.object):
        if isinstance(end, Node) and not _in_quote(claim, end, places):
            return "coreference"
    return ""


def _in_quote(claim: Claim, node: Node, places: dict[int, Spans[str]]) -> bool:
    """Whether a mention of the node lies in the quote of the claim; `places`: the mentions of those that have many."""
    if id(node) in places:
        return places[id(node)].lie_in(claim.start, claim.end)
    return any(claim.start <= start and end <= claim.end for start, end, _ in node.spans)


def _issues(article: Article, scene: Scene, found: list[Claim]) -> list[Issue]:
    """Sentences that seem to say a relation, and from which none was read."""
    return [
        Issue(f"{article.id}:{one.start}", "trigger-without-statement", one.quote)
        for one in find(scene, found, silent=True)
    ]
