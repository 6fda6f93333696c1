"""Why a triple was lost, and why one too many was made: one cause each, the earliest stage that can be blamed.

Lost, in the order in which they are looked for:

  segmentation   the article was cut so that the ends are not together, or a sentence end cuts through a name
  missed         nothing predicted looks like an end
  boundary       what was predicted for an end holds its name, or is held by it
  type           an end was found under another type
  predicate      both ends are right, and joined by another relation
  direction      both ends are right, and joined the wrong way round
  status         both ends are right, and the triple is there as planned, denied or reported
  link           both ends are right, and one of them is joined by this relation with something else
  rule           both ends are right, and nothing joins them

Spurious:

  boundary       the name of an end holds the name of an annotated thing, or is held by it
  end name       an end is no name of an annotated thing
  predicate, direction   the ends are joined in the annotation, but otherwise
  link           an annotated triple of this relation with one of the ends was lost: this one stands in its place
  unsupported    nothing like it is annotated
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.eval.names import fold
from kg.eval.records import RELATIONS, GoldTriple
from kg.eval.score import Ends, Scored, TripleVerdict
from kg.eval.texts import Text
from kg.model import ARTICLE

__all__ = ["LOST", "SPURIOUS", "Blame", "lost", "spurious", "tally"]

LOST = ("segmentation", "missed", "boundary", "type", "predicate", "direction", "status", "link", "rule")
SPURIOUS = ("boundary", "end name", "predicate", "direction", "link", "unsupported")
_ENDS = ("subject", "object")
_STAGES = ("missed", "boundary", "type")  # what may have gone wrong with an end, the earliest first


@dataclass(frozen=True, slots=True)
class Blame:
    """One triple and what is to blame; `end` is the end that failed ("subject", "object", "both", or ""), `detail` what
    was seen."""

    article: str
    triple: str
    predicate: str
    cause: str
    end: str = ""
    detail: str = ""
    rules: tuple[str, ...] = ()


def tally(blames: Iterable[Blame], causes: Sequence[str]) -> dict[str, dict[str, int]]:
    """Count by relation and cause; only relations that occur."""
    counts = Counter((blame.predicate, blame.cause) for blame in blames)
    named = {predicate for predicate, _ in counts}
    return {name: {cause: counts[name, cause] for cause in causes} for name in RELATIONS if name in named}


# ------------------------------------------------------------------------------------------------------------- lost


def lost(scored: Scored, text: Text | None = None) -> list[Blame]:
    """Return the cause of each triple that was missed; with the text of the article also what segmentation did."""
    return [_lost(scored, index, text) for index in scored.missed_triples]


def _lost(scored: Scored, index: int, text: Text | None) -> Blame:
    gold = scored.article.triples[index]

    def blame(cause: str, end: str = "", detail: str = "") -> Blame:
        return Blame(scored.article.id, str(gold), gold.predicate, cause, end, detail)

    states = [_state(scored, names, ends) for names, ends in zip(_names(gold), scored.ends[index], strict=True)]
    failed = [(end, *state) for end, state in zip(_ENDS, states, strict=True) if state is not None]
    cut = _cut_apart(scored, gold, index, text, failed=bool(failed))
    if cut is not None:
        return blame("segmentation", *cut)
    if failed:
        cause = min((state for _, state, _ in failed), key=_STAGES.index)
        which = [end for end, state, _ in failed if state == cause]
        detail = "; ".join(seen for _, state, seen in failed if state == cause and seen)
        return blame(cause, which[0] if len(which) == 1 else "both", detail)
    return blame(*_unjoined(scored, gold, index, text))


def _names(gold: GoldTriple) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return gold.subjects, gold.objects


def _state(scored: Scored, names: Sequence[str], ends: Ends) -> tuple[str, str] | None:
    """Return how an end failed and what was seen of it, None where it is right; of alternatives the best one counts."""
    if ARTICLE in names or ends & scored.found:
        return None
    things = {index: scored.article.entities[index] for index in sorted(ends)}
    for index, thing in things.items():
        for verdict in scored.entities:
            ignored = verdict.kind == "ignored" and scored.fits(thing, verdict.entity.names)
            if ignored and verdict.entity.type == thing.type:
                return None  # of a type that is not scored, and right all the same
            if ignored or verdict.gold == index:
                return "type", f"{verdict.entity.name} is a {verdict.entity.type}"
    wanted = {fold(name) for thing in things.values() for name in thing.names}
    kinds = {kind for thing in things.values() for kind in (thing.type, *thing.alt_types)}
    # one of the right type is the better witness
    for entity in sorted(scored.prediction.entities, key=lambda one: one.type not in kinds):
        if any(_contain(fold(name), want) for name in entity.names for want in wanted):
            return "boundary", f"{entity.name} ({entity.type})"
    return "missed", ""


def _contain(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and short != long and short in long


def _cut_apart(
    scored: Scored, gold: GoldTriple, index: int, text: Text | None, *, failed: bool
) -> tuple[str, str] | None:
    """Return which end segmentation took away and how, None where it is not to blame."""
    ends = scored.ends[index]
    of_article = ARTICLE in gold.subjects
    if not failed and not of_article and len(scored.prediction.parts) > 1:
        parts = [
            {v.entity.part for v in scored.entities if v.gold in end and v.kind in ("right", "optional", "duplicate")}
            for end in ends
        ]
        if not parts[0] & parts[1]:
            return "both", f"found in {', '.join(sorted(parts[0]))} and in {', '.join(sorted(parts[1]))}"
    if text is None:
        return None
    names = [[name for i in sorted(end) for name in scored.article.entities[i].names] for end in ends]
    wanted = list(zip(_ENDS, names, strict=True))[1 if of_article else 0 :]
    for end, called in wanted:
        if not text.articles(called) and text.on_page(called):
            return end, "stands in no article, or an article end cuts it"
    if not of_article and not text.articles(names[0]) & text.articles(names[1]) and all(map(text.articles, names)):
        return "both", "the ends stand in different articles"
    if failed:
        for end, called in wanted:
            if text.articles(called) and not text.sentences(called):
                return end, "a sentence end cuts through the name"
    return None


def _unjoined(scored: Scored, gold: GoldTriple, index: int, text: Text | None) -> tuple[str, str, str]:
    """Return cause, end and detail where both ends are right."""
    subject, target = scored.ends[index]
    of_article = ARTICLE in gold.subjects
    other: tuple[str, str, str] | None = None
    for verdict in scored.triples:
        triple = verdict.triple
        straight = (of_article or verdict.subject & subject) and verdict.object & target
        turned = verdict.subject & target and verdict.object & subject
        if triple.predicate == gold.predicate:
            if straight and triple.status != "happened":
                return "status", "", f"read as {triple.status}"
            if turned:
                return "direction", "", str(triple)
            if verdict.kind == "wrong" and other is None:
                if verdict.subject & subject and not of_article:
                    other = "link", "object", str(triple)
                elif verdict.object & target:
                    other = "link", "subject", str(triple)
    for verdict in scored.triples:
        triple = verdict.triple
        # a relation that the annotation holds between the two as well does not stand in the place of this one
        joined = verdict.subject & subject and verdict.object & target
        if triple.predicate != gold.predicate and joined and verdict.kind == "wrong":
            return "predicate", "", str(triple)
    if other is not None:
        return other
    if text is None or of_article:
        return "rule", "", ""
    names = [[name for i in sorted(end) for name in scored.article.entities[i].names] for end in (subject, target)]
    together = text.sentences(names[0]) & text.sentences(names[1])
    return "rule", "", "in one sentence" if together else "never in one sentence"


# --------------------------------------------------------------------------------------------------------- spurious


def spurious(scored: Scored) -> list[Blame]:
    """Return the cause of each predicted triple that is wrong."""
    return [
        Blame(
            scored.article.id,
            str(verdict.triple),
            verdict.triple.predicate,
            *_spurious(scored, verdict),
            verdict.triple.rules,
        )
        for verdict in scored.triples
        if verdict.kind == "wrong"
    ]


def _spurious(scored: Scored, verdict: TripleVerdict) -> tuple[str, str, str]:
    triple = verdict.triple
    of_article = triple.predicate == "reportedBy"
    unknown = [
        (end, name)
        for end, name, meant in zip(
            _ENDS, (triple.subject, triple.object), (verdict.subject, verdict.object), strict=True
        )
        if not meant and not (of_article and end == "subject")
    ]
    if unknown:
        which = unknown[0][0] if len(unknown) == 1 else "both"
        known = {fold(name): name for thing in scored.article.entities for name in thing.names}
        near = [known[one] for _, name in unknown for one in sorted(known) if _contain(fold(name), one)]
        return ("boundary", which, f"annotated: {near[0]}") if near else ("end name", which, "")
    pairs = (
        *zip(scored.article.triples, scored.ends, strict=True),
        *zip(scored.article.optional_triples, scored.optional_ends, strict=True),
    )
    link: tuple[str, str, str] | None = None
    for index, (gold, (subject, target)) in enumerate(pairs):
        if not of_article and verdict.subject & subject and verdict.object & target:
            return "predicate", "", f"annotated: {gold}"
        if verdict.subject & target and verdict.object & subject and gold.predicate == triple.predicate:
            return "direction", "", f"annotated: {gold}"
        in_place_of = gold.predicate == triple.predicate and index in scored.missed_triples and not of_article
        if in_place_of and link is None:
            if verdict.subject & subject:
                link = "link", "object", f"lost: {gold}"
            elif verdict.object & target:
                link = "link", "subject", f"lost: {gold}"
    return link or ("unsupported", "", "")
