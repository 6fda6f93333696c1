"""Speech, dates and counts of one sentence, and who reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import things
from kg.extract.relations.claim import Claim, Qualifiers, Sentence, patterns, status_of
from kg.extract.scene import Node, Scene

__all__ = ["measures", "quoted", "reported"]

_SPEECH_END = re.compile(r"[。！？，]$")
_TAKES_PART = re.compile(r"参加|参与|参赛|出席|到场|参训")


def quoted(sentence: Sentence) -> Iterator[Claim]:
    """Who said what: the speech next to a verb of speaking, and the second part of an interrupted one."""
    text, scene = sentence.text, sentence.scene
    if not sentence.people:
        return
    speeches = [
        (a, b)
        for a, b in scene.reading.quotes_in(sentence.start, sentence.end)
        if text[a - 1] == "“" and (b - a >= 14 or _SPEECH_END.search(text[a:b]))
    ]
    said: dict[str, Node] = {}
    for person in sentence.people:
        if not speeches or scene.reading.in_quote(person.start, person.end):
            continue
        if patterns()["say"].match(text, person.end) is None:
            continue
        for a, b in speeches:
            if 0 <= person.start - b <= 40 or 0 <= a - person.end <= 40:
                said.setdefault(text[a:b], person.node)
    for words, speaker in said.items():
        yield sentence.claim(speaker, "quotedIn", None, "speech", qualifiers=(("quote", words),))


def measures(sentence: Sentence) -> Iterator[Claim]:
    """Yield the first date and the first count of participants beside an activity."""
    text = sentence.text
    if not sentence.acts:
        return
    act = next((a for a in sentence.acts if a.named), sentence.acts[0])
    for when in sentence.scene.dates_by_place.starting(sentence.start, sentence.end):
        low, high = when.span
        if high <= sentence.end and low < act.start + 60:
            status = status_of(text, sentence.start, max(act.end, when.span[1]))
            yield sentence.claim(act.node, "date", text[low:high], "date-of-activity", status, _date_qualifiers(when))
            break
    if not _TAKES_PART.search(text, sentence.start, sentence.end):
        return
    for count in things.counts(text, sentence.start, sentence.end):
        if count.unit in ("名", "人", "人次", "位"):
            words = text[count.span[0] : count.span[1]]
            yield sentence.claim(act.node, "count", words, "count-of-activity", qualifiers=_count_qualifiers(count))
            break


def _date_qualifiers(when: things.When) -> Qualifiers:
    pairs = [("precision", when.precision), ("vague", "true" if when.vague else "false")]
    pairs += [(name, day) for name, day in (("start", when.start), ("end", when.end)) if day]
    return tuple(sorted(pairs))


def _count_qualifiers(count: things.Count) -> Qualifiers:
    pairs = [("approximate", "true" if count.approximate else "false"), ("unit", count.unit)]
    pairs += [(name, str(bound)) for name, bound in (("min", count.low), ("max", count.high)) if bound is not None]
    return tuple(sorted(pairs))


def reported(scene: Scene) -> Iterator[Claim]:
    """Yield the names of the byline and of credit lines, with their roles as printed."""
    for person, credit in scene.credits:
        start, _ = scene.reading.sentence_of(credit.start)
        role = (("role", credit.role),)
        yield Claim(None, "reportedBy", person, min(start, credit.start), credit.end, "byline", qualifiers=role)
