"""Relations between the things of one article: frames of verbs and names, one sentence at a time.

A rule is a function that yields claims: of one sentence, or of the whole article where what it reads goes beyond one.
To add a rule, write it and put it into SENTENCE_RULES or ARTICLE_RULES. The first of equal claims at one place stays.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator

from kg.extract.confidence import STRONG, Keep
from kg.extract.relations.awarding import awards, honour_roll, pronouns
from kg.extract.relations.claim import Claim, Sentence, as_told
from kg.extract.relations.giving import paired, provides, supports
from kg.extract.relations.names import names, subordinate
from kg.extract.relations.organizing import organizer_of_report, organizes
from kg.extract.relations.placing import held, located, visited
from kg.extract.relations.posts import described, elected, roles, rolls
from kg.extract.relations.saying import measures, quoted, reported
from kg.extract.relations.taking_part import act_there, participates, present
from kg.extract.scene import Scene

__all__ = ["ARTICLE_RULES", "SENTENCE_RULES", "Claim", "claims"]

SENTENCE_RULES: tuple[Callable[[Sentence], Iterator[Claim]], ...] = (
    organizes,
    held,
    visited,
    located,
    participates,
    awards,
    pronouns,
    provides,
    supports,
    paired,
    subordinate,
    quoted,
    measures,
)
ARTICLE_RULES: tuple[Callable[[Scene], Iterator[Claim]], ...] = (
    names,
    roles,
    rolls,
    described,
    elected,
    reported,
    present,
    honour_roll,
)


def claims(scene: Scene, *, keep: Keep = STRONG) -> list[Claim]:
    """Run every rule over every sentence, then over the article; equal claims at one place are one.

    What `keep` does not allow stands in nobody's way: another rule may claim the same.
    """
    found: dict[tuple[Hashable, ...], Claim] = {}

    def add(claimed: Iterable[Claim]) -> None:
        for claim in claimed:
            if keep.allows(claim.predicate, claim.rule):
                found.setdefault(claim.key(), claim)

    sentences = list(_sentences(scene))
    for sentence in sentences:
        for sentence_rule in SENTENCE_RULES if sentence.found else ():
            add(sentence_rule(sentence))
    for article_rule in ARTICLE_RULES:
        add(article_rule(scene))
    if not any(c.predicate == "organizes" and c.object is scene.main for c in found.values()):
        add(organizer_of_report(scene, sentences))
    hosts: dict[int, set[int]] = {}  # activity -> who organises it
    for claim in found.values():
        if claim.predicate == "organizes":
            hosts.setdefault(id(claim.object), set()).add(id(claim.subject))
    add(act_there(scene, sentences, hosts))
    return [as_told(scene, claim) for claim in found.values()]


def _sentences(scene: Scene) -> Iterator[Sentence]:
    """Cut the occurrences, that stand in the order of the text, by sentences."""
    occurrences, index = scene.occurrences, 0
    for start, end in scene.reading.sentences:
        while index < len(occurrences) and occurrences[index].start < start:
            index += 1
        stop = index
        while stop < len(occurrences) and occurrences[stop].start < end:
            stop += 1
        yield Sentence(scene, start, end, [o for o in occurrences[index:stop] if o.end <= end])
