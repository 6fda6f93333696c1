"""The lines of a page: where they stand, what is markup, and what kind of line each is by its looks alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from kg.pages.bylines import is_credit, is_lead, is_meta, trailing_credit

__all__ = ["Kind", "Line", "balance", "is_closed", "read_lines"]


class Kind(Enum):
    """What a line is by its looks; what it does on the page is decided in kg.pages.sections."""

    HEADING = "heading"  # marked as one: `#`, or all of it bold
    SHORT = "short"  # could be a headline, a kicker, a title inside an article, or a piece of a sentence
    LEAD = "lead"  # begins an article: 本报讯（记者 …）
    CREDIT = "credit"  # nothing but who wrote, photographed, edited
    META = "meta"  # nothing but source, date, page, number of clicks
    BODY = "body"
    RULE = "rule"  # a line across, a picture, a comment: nothing to read


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something on it. `spans` are the places in the page of what is no markup; `text` is those joined."""

    number: int
    spans: tuple[tuple[int, int], ...]
    text: str
    kind: Kind
    closed: bool = False  # it ends as a sentence does, or with the name of who wrote it
    level: int = 0  # of a heading
    indented: bool = False


BOLD_LEVEL = 7  # a line all in bold is a heading below all those with a mark
LONGEST_TITLE = 45

_HEADING = re.compile(r"[ \t\u3000]*(#{1,6})(?:[ \t\u3000]+(?=\S)|(?<=##)(?=[^#\s]))")
_TRAILING = re.compile(r"[ \t]+#+[ \t]*$")
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)")
_RULE = re.compile(r"[\W_]*|!\[[^\]]*\]\([^)]*\)|<!--.*-->|\|?[\s:|-]+\|?|<img\b[^>]*>")
_END = re.compile(r"[。！？!?…｡．][”’」』）)\]】》\"'·\s]*\Z|[.][”’\"')）]*\Z")
_TURN = re.compile(r"[（(](?:下转|转|详见|见|未完)[^（）()]{0,10}[）)]\s*\Z")
_SENTENCE = re.compile(
    r"[。；;]|[，,].*[，,].*[，,]|(?:介绍|表示|说|认为|指出|告诉记者|据了解|据悉|据介绍|近日|日前)[，：,:]"
)
_UNFINISHED = frozenset("的和与及在为对将把被向从由以于是并而或使给按经据其该此每第且因如若虽即则所")


def read_lines(text: str, start: int = 0) -> list[Line]:
    """Return the lines of a page that have something on them, from offset `start` on."""
    found: list[Line] = []
    at = 0
    for number, raw in enumerate(text.split("\n"), 1):
        begin, at = at, at + len(raw) + 1
        if begin < start or not raw or raw.isspace():
            continue
        found.append(_read_line(number, begin, raw))
    return found


def _read_line(number: int, offset: int, raw: str) -> Line:
    first, last = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    level = 0
    if raw[first] == "#" and (mark := _HEADING.match(raw)) and mark.end() < last:
        level, first = len(mark[1]), mark.end()
        trailing = _TRAILING.search(raw, first, last)
        last = trailing.start() if trailing else last
    spans = _without_bold(raw, first, last) if "**" in raw else [(first, last)]
    text = "".join(raw[a:b] for a, b in spans)
    if (
        not level
        and spans
        and "**" in raw
        and spans[0][0] == first + 2
        and spans[-1][1] == last - 2
        and len(spans) == 1
    ):
        level = BOLD_LEVEL if _could_be_title(text) else 0
    kind = _kind(text, level)
    return Line(
        number,
        tuple((offset + a, offset + b) for a, b in spans),
        text,
        kind,
        is_closed(text) or (kind in (Kind.BODY, Kind.LEAD) and "。" in text and bool(trailing_credit(text))),
        level if kind is Kind.HEADING else 0,
        raw.startswith(("\u3000", "    ", "\t")),
    )


def _without_bold(raw: str, first: int, last: int) -> list[tuple[int, int]]:
    """Leave out the pairs of `**` that mark bold words; those that stand for hidden letters (王**) stay."""
    marks: list[int] = []
    opened = -1
    for match in _BOLD.finditer(raw, first, last):
        a, b = match.span()
        before, after = raw[a - 1 : a] if a > first else "", raw[b : b + 1] if b < last else ""
        opens = (
            after != "" and not after.isspace() and (after.isalnum() or not before.isalnum() or after in "“‘《（(【「")
        )
        closes = before != "" and not before.isspace()
        if opened >= 0 and closes:
            marks += [opened, a]
            opened = -1
        elif opened < 0 and opens:
            opened = a
        elif opened < 0 and b == last and first == a:
            marks.append(a)
    if opened == first:  # bold that the end of a column left open
        marks.append(opened)
    spans: list[tuple[int, int]] = []
    at = first
    for mark in sorted(marks):
        if mark > at:
            spans.append((at, mark))
        at = mark + 2
    if at < last:
        spans.append((at, last))
    return spans


def _kind(text: str, level: int) -> Kind:
    if _RULE.fullmatch(text):
        return Kind.RULE
    if is_lead(text):
        return Kind.LEAD
    if is_credit(text):
        return Kind.CREDIT
    if is_meta(text):
        return Kind.META
    if level and (len(text) <= 2 * LONGEST_TITLE or not _SENTENCE.search(text)):
        return Kind.HEADING
    return Kind.SHORT if _could_be_title(text) else Kind.BODY


def _could_be_title(text: str) -> bool:
    """Whether a line has the looks of a title: short, one piece, no full stop, nothing left open."""
    return (
        len(text) <= LONGEST_TITLE
        and not _SENTENCE.search(text)
        and text[-1] not in "，、：:,…"
        and text[-1] not in _UNFINISHED
        and text[0] not in "，、：:,”’》）)！？!?|"
        and all(count == 0 for count in balance(text))
    )


PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("（", "）"))  # 「」 and 『』 are read as the first two


_CORNERS = str.maketrans("「」『』", "“”‘’")


def balance(text: str) -> tuple[int, int, int, int]:
    """How many of “ ‘ 《 （ are open at the end of `text`; negative where it closes what it did not open."""
    if "「" in text or "『" in text or "」" in text or "』" in text:
        text = text.translate(_CORNERS)
    found = []
    for opening, closing in PAIRS:
        if closing not in text and opening not in text:
            found.append(0)
            continue
        depth = lowest = 0
        for char in text:
            if char == opening:
                depth += 1
            elif char == closing:
                depth -= 1
                lowest = min(lowest, depth)
        found.append(lowest if lowest < 0 else depth)
    return found[0], found[1], found[2], found[3]


def is_closed(text: str) -> bool:
    """Whether `text` ends as a sentence does, or says on which page it goes on."""
    return bool(_END.search(text[-8:]) or _TURN.search(text[-16:]))
