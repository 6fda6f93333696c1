"""The proposers: what finds spans. To add one, write a function from a Draft to candidates and name it in PROPOSERS.

They run in this order, each sees what those before it found, and the arbiter picks from all of it together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kg.extract import activities, lexicon, organisations, people, places, things
from kg.extract.optional.fit import fitting
from kg.extract.reading import Reading
from kg.extract.spans import BODIES, Candidate, Credit, Draft, Proposer

__all__ = ["PROPOSERS", "propose"]


def _organisations(draft: Draft) -> list[Candidate]:
    reading = draft.reading
    found = [
        c for c in organisations.agreed(reading, list(organisations.propose(reading))) if not _in_title(reading, c)
    ]
    return [*found, *_coordinated(reading, [c for c in found if c.kind != "generic"])]


def _zones(draft: Draft) -> Iterable[Candidate]:
    yield from organisations.zones(draft.reading)
    yield from organisations.communities(draft.reading)


def _persons(draft: Draft) -> Iterable[Candidate]:
    return people.persons(draft.reading, _of(draft, *BODIES), draft.credits)


def _venues(draft: Draft) -> Iterable[Candidate]:
    return places.propose(draft.reading, [c for c in _of(draft, *BODIES) if c.kind != "generic"])


def _products(draft: Draft) -> Iterable[Candidate]:
    return things.products(draft.reading)


_LEADING = ("name", "relative")  # 随州市总工会|职工运动会, 市总工会|职工运动会


def _activities(draft: Draft) -> Iterable[Candidate]:
    sure = [c for c in _of(draft, *BODIES) if c.kind in _LEADING and c.score >= 0.7]
    return activities.propose(draft.reading, [(c.start, c.end) for c in sure])


PROPOSERS: dict[str, Proposer] = {
    "organisations": _organisations,
    "zones": _zones,
    "persons": _persons,
    "venues": _venues,
    "products": _products,
    "activities": _activities,
}


def propose(reading: Reading, credited: Sequence[Credit], optional: Sequence[Proposer] = ()) -> list[Candidate]:
    """Run all proposers, then the `optional` ones; `credited`: the names of the byline, that are persons as well."""
    draft = Draft(reading, tuple(credited), [])
    for proposer in PROPOSERS.values():
        draft.found.extend(proposer(draft))
    for proposer in optional:
        draft.found.extend(fitting(draft, proposer(draft)))
    return draft.found


def _of(draft: Draft, *types: str) -> list[Candidate]:
    return [c for c in draft.found if c.type in types]


_PAPER = re.compile(r"关于.*(?:批复|决定)$")
_FULL = ("有限公司", "有限责任公司")


def _in_title(reading: Reading, candidate: Candidate) -> bool:
    """Whether the span is a part of a quoted title (“浙江省工会工作的实践与创新”): no name is taken out of one."""
    quote = reading.in_quote(candidate.start, candidate.end)
    if quote is None or quote == (candidate.start, candidate.end):
        return False
    if candidate.type == "Enterprise" and reading.text.endswith(_FULL, candidate.start, candidate.end):
        return False  # 《关于同意X有限公司…的批复》: a firm's full name is one anywhere
    if candidate.type == "TradeUnion" and _PAPER.search(reading.text, *quote):
        return False  # 《A总工会关于同意成立B工会的批复》
    return quote[1] - quote[0] <= 40 and not re.search(r"[，。！？；]", reading.text[quote[0] : quote[1]])


_LEVEL = re.compile(r"(社区|村|街道|镇|乡|公司|集团)$")


def _coordinated(reading: Reading, bodies: Sequence[Candidate]) -> Iterator[Candidate]:
    """北关东路社区、拱辰北大街社区工会联合会: the head word serves both."""
    text = reading.text
    for body in bodies:
        if body.type != "TradeUnion" or body.kind != "name" or body.host is None:
            continue
        level = _LEVEL.search(text[body.host[0] : body.host[1]])
        if level is None or text[body.start - 1 : body.start] not in "、和":
            continue
        end = body.start - 1
        left = re.search(rf"[\u4e00-\u9fff]{{2,10}}{level.group()}$", text[max(0, body.start - 14) : end])
        if left is None:
            continue
        start = end - len(left.group())
        for i in range(reading.token_at(end - 1), -1, -1):
            if reading.starts[i] < start:
                break
            if reading.words[i] in lexicon.words("stop") or reading.tags[i] in ("uj", "p", "c", "ul", "v"):
                start = reading.starts[i] + len(reading.words[i])
                break
        if end - start >= len(level.group()) + 2 and not any(b.start <= start < b.end for b in bodies):
            yield Candidate(start, end, "TradeUnion", "coordinated", 0.8, host=(start, end))
