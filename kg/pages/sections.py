"""What stands under which headline, as the page has it: before anything that broke is put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.pages.bylines import trailing_credit
from kg.pages.joins import Edges
from kg.pages.lines import BOLD_LEVEL, Kind, Line

__all__ = ["Block", "Section", "sections"]


@dataclass(slots=True, eq=False)
class Block:
    """A line of a body. `text` is prose that may break off and go on; titles, captions and credits are not."""

    line: Line
    order: int
    prose: bool = True
    starts: bool = False  # an article begins here for certain
    caption: bool = False  # it may stand inside a sentence of others
    title: bool = False  # it looks like a title inside the article


@dataclass(slots=True, eq=False)
class Section:
    """A headline with what stands under it, or text that stands without one."""

    kicker: list[Line] = field(default_factory=list)
    headline: Line | None = None
    under: list[Line] = field(default_factory=list)  # second headline, credits, source and date
    body: list[Block] = field(default_factory=list)
    top: bool = False  # begins the page without a headline or a lead


@dataclass(slots=True)
class _Head:
    """The lines of a headline: kicker, headline and what stands below it, and lines that belong to nothing."""

    kicker: list[Line]
    headline: Line
    under: list[Line]
    loose: list[Line]


_SECOND = re.compile(r"[—－―\-]{1,3}|[（(].*[）)]$")
_NUMBERED = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]|第[一二三四五六七八九十][章节部]|[①-⑳]|Part|PART|[●■◆▲])"
)
_CAPTION = re.compile(
    r"(?:[▲△▼▽◀▶←→↑↓]|图为|上图|下图|左图|右图|图①|图片)|.*(?:[（(][^（()]{0,10}(?:摄|供图|资料图)[^)）]{0,4}[)）]|[\s\u3000]\S{2,4}[\s/／]?摄|供图)$"
)
_TITLED = re.compile(r"[\s\u3000：:！!？?]|[”》]$")
_HAN_RUN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")


class _Reader:
    """Walks down the page once and puts each line where it stands."""

    def __init__(self, lines: Sequence[Line], edges: Edges, *, repair: bool) -> None:
        self.lines = [line for line in lines if line.kind is not Kind.RULE]
        self.loose = [line for line in lines if line.kind is Kind.RULE]
        self.edges = edges
        self.repair = repair
        self.sections: list[Section] = []
        self.order = 0
        self.level = 0  # of the headline we are under
        self.led = sum(line.kind is Kind.HEADING and self._led(i) for i, line in enumerate(self.lines))
        # sentences that break off beyond doubt: where some do, short lines are likelier to be pieces than titles
        self.broken = any(
            line.kind in (Kind.BODY, Kind.LEAD)
            and len(line.text) >= 25
            and edges.edge(line.text, closed=line.closed).open
            for line in self.lines
        )
        self.briefs = (
            sum(bool(_reporters(line.text)) for line in self.lines if line.kind in (Kind.BODY, Kind.LEAD)) >= 2
        )

    def read(self) -> None:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            end = self._head_end(at)
            if end > at:
                self._open(at, end)
                at = end
                continue
            if line.kind is Kind.LEAD:
                self._lead(line)
            elif line.kind is Kind.META and not self.sections:
                self.loose.append(line)
            else:
                self._body(at)
            at += 1

    # -- heads --------------------------------------------------------------------------------------------------------

    def _head_end(self, at: int) -> int:
        """Return the end of the head that begins at `at`, or `at` where none does."""
        lines = self.lines
        if lines[at].kind not in (Kind.HEADING, Kind.SHORT):
            return at
        end = at
        marked = False  # a heading is among them
        credited = False  # a line of credits is among them
        while end < len(lines) and lines[end].kind in (Kind.HEADING, Kind.SHORT, Kind.META, Kind.CREDIT):
            marked = marked or lines[end].kind is Kind.HEADING
            credited = credited or (lines[end].kind is Kind.CREDIT and end > at)
            if end > at and lines[end].kind is Kind.SHORT and self._alone(end):
                break
            end += 1
        last = max((i for i in range(at, end) if lines[i].kind is Kind.HEADING), default=-1)
        if 0 <= last < end and (end == len(lines) or lines[end].kind is Kind.BODY):
            end = self._under_end(last + 1, end)
        follows = lines[end].kind if end < len(lines) else None
        first_heading = next((i for i in range(at, end) if lines[i].kind is Kind.HEADING), end)
        if lines[at].kind is Kind.SHORT:
            if self._continues(at) or (self.sections and _CAPTION.match(lines[at].text)):
                return at
            if not marked and not (
                follows is Kind.LEAD
                or (credited and follows is not None)
                or (not self.sections and follows is not None)
            ):
                return at
            if any(lines[i].kind in (Kind.META, Kind.CREDIT) for i in range(at, first_heading)) and marked:
                return at  # it ends what stands above
            if marked and self.sections and (first_heading - at > 2 or _CAPTION.match(lines[at].text)):
                return at
            if marked and self.sections and self._broken_off(at, first_heading):
                return at
        elif follows is None or follows is Kind.BODY:
            heading = max(i for i in range(at, end) if lines[i].kind is Kind.HEADING)
            if heading == at and self._inside(at, end):
                return at
        return end

    def _alone(self, at: int) -> bool:
        """Whether a short line between two headlines is all that stands of the first one's article."""
        if at + 1 >= len(self.lines):
            return False
        above, line, below = self.lines[at - 1 : at + 2]
        if not (above.kind is below.kind is Kind.HEADING and above.level == below.level and above.kind is Kind.HEADING):
            return False
        if _shares(line.text, self._text_below(below)):
            return False
        return bool(self.sections) or _shares(line.text, above.text)

    def _under_end(self, at: int, end: int) -> int:
        """Return where what stands below a marked headline ends, and the text begins."""
        for i in range(at, end):
            line = self.lines[i]
            if line.kind is Kind.SHORT and not _SECOND.match(line.text):
                return i
        return end

    def _led(self, at: int) -> bool:
        """Whether a lead stands below the heading at `at`."""
        for line in self.lines[at + 1 : at + 5]:
            if line.kind is Kind.LEAD:
                return True
            if line.kind not in (Kind.META, Kind.CREDIT, Kind.SHORT):
                return False
        return False

    def _continues(self, at: int) -> bool:
        """Whether a short line is a piece of the sentence that breaks off above it."""
        if not self.repair or not self.sections or not self.sections[-1].body:
            return False
        above = self.sections[-1].body[-1]
        if not above.prose:
            return False
        left = self.edges.edge(above.line.text, closed=above.line.closed)
        right = self.edges.edge(self.lines[at].text, closed=self.lines[at].closed)
        return left.open and self.edges.evidence(left, right).score >= 2.0

    def _broken_off(self, at: int, heading: int) -> bool:
        """Whether a line above a headline is a sentence that breaks off rather than a kicker."""
        text = self.lines[at].text
        return bool(re.search("[，,]", text)) and not _kindred(text, self._text_below(self.lines[heading]))

    def _inside(self, at: int, end: int) -> bool:
        """Whether the heading at `at` is a title inside the article above, not the headline of another."""
        if not self.sections or not self.sections[-1].body:
            return False
        line = self.lines[at]
        if end >= len(self.lines):
            return False
        below = self.edges.edge(self.lines[end].text, closed=self.lines[end].closed)
        if any(self.lines[i].kind is Kind.CREDIT for i in range(at + 1, end)):
            return False
        if _NUMBERED.match(line.text):
            return True
        current = self.sections[-1]
        if current.headline is None or current.headline.kind is not Kind.HEADING:
            return line.level == BOLD_LEVEL
        if line.level > self.level:
            return not below.leading or len(line.text) < 10
        return self.led >= 2 and len(line.text) <= 10 and not below.leading

    def _open(self, at: int, end: int) -> None:
        parts = self._arrange(self.lines[at:end])
        if self._is_banner(parts.headline, end):
            self._drop_empty()
            self.loose += [*parts.kicker, parts.headline, *parts.under]
            self.sections.append(Section())
            self.level = 0
            return
        self.loose += parts.loose
        self._drop_empty()
        self.sections.append(Section(parts.kicker, parts.headline, parts.under))
        self.level = parts.headline.level

    def _is_banner(self, headline: Line, end: int) -> bool:
        """Whether what looks like the headline of the lead below is a slogan or the name of a section."""
        if end >= len(self.lines) or headline.kind is not Kind.HEADING or not self._begins_brief(end):
            return False
        if _kindred(headline.text, "\n".join(line.text for line in self.lines[end : end + 3])):
            return False
        if any(line.level > headline.level and self._led(i) for i, line in enumerate(self.lines) if i >= end):
            return not self.sections
        briefs = 0
        for at in range(end, len(self.lines)):
            if self.lines[at].kind is Kind.HEADING:
                break
            briefs += self._begins_brief(at)
        return briefs >= 2 and len(headline.text) <= 6

    def _begins_brief(self, at: int) -> bool:
        """Whether an article of its own begins at a line: a lead, or a paragraph with its credit behind it."""
        line = self.lines[at]
        return line.kind is Kind.LEAD or (line.kind is Kind.BODY and self.briefs and _reporters(line.text))

    def _arrange(self, head: Sequence[Line]) -> _Head:
        """Say which line of a head is the headline, which the kicker, and which belong to nothing."""
        titles = [line for line in head if line.kind in (Kind.HEADING, Kind.SHORT)]
        headings = [line for line in titles if line.kind is Kind.HEADING]
        choice = headings or titles
        headline = choice[-1]
        if len(choice) > 1 and _SECOND.match(headline.text):
            headline = choice[-2]
        at = head.index(headline)
        under = list(head[at + 1 :])
        kicker: list[Line] = []
        loose = [line for line in head[:at] if line.kind in (Kind.META, Kind.CREDIT)]
        if not self.sections:  # credits above the first headline of a page can be of no other article
            under = [line for line in loose if line.kind is Kind.CREDIT] + under
            loose = [line for line in loose if line.kind is not Kind.CREDIT]
        for line in reversed([line for line in head[:at] if line in titles]):
            first = not self.sections and line is head[0]
            if not kicker and self._is_kicker(line, headline, at_top=first):
                kicker.append(line)
            else:
                loose.append(line)
        return _Head(kicker, headline, under, loose)

    def _is_kicker(self, line: Line, headline: Line, *, at_top: bool) -> bool:
        """Whether the line above a headline belongs to it: banners and the names of sections belong to none."""
        if line.kind is Kind.SHORT:
            return True
        if line.level >= headline.level:
            return not at_top or _shares(line.text, self._text_below(headline))
        return _kindred(line.text, self._text_below(headline))

    def _text_below(self, headline: Line) -> str:
        at = self.lines.index(headline)
        return "\n".join(line.text for line in self.lines[at : at + 3])

    def _drop_empty(self) -> None:
        """A headline without a body is no article."""
        if self.sections and not any(block.prose for block in self.sections[-1].body):
            empty = self.sections.pop()
            self.loose += [*empty.kicker, *([empty.headline] if empty.headline else []), *empty.under]
            self.loose += [block.line for block in empty.body]

    # -- bodies -------------------------------------------------------------------------------------------------------

    def _lead(self, line: Line) -> None:
        section = self.sections[-1] if self.sections else None
        if section is None or any(block.starts for block in section.body) or self._began(section):
            self._drop_empty()
            section = Section()
            self.sections.append(section)
            self.level = 0
        self._add(section, Block(line, self.order, starts=True))

    def _began(self, section: Section) -> bool:
        """Whether what stands under a headline so far is its article, rather than the end of another one's."""
        prose = [block for block in section.body if block.prose and not block.caption]
        if not prose:
            return section.top
        first = self.edges.edge(prose[0].line.text, closed=prose[0].line.closed)
        return not (self.repair and first.odd and section.headline is not None)

    def _body(self, at: int) -> None:
        line = self.lines[at]
        if not self.sections:
            self.sections.append(Section(top=True))
        elif self._after_credit(line):
            self.sections.append(Section())
        prose = line.kind in (Kind.BODY, Kind.LEAD, Kind.SHORT)
        title = line.kind is Kind.SHORT and not self._is_prose(at)
        caption = bool(_CAPTION.match(line.text))
        section = self.sections[-1]
        first = section.headline is not None and not any(block.prose and not block.caption for block in section.body)
        starts = first and not caption and line.kind is Kind.BODY and self._belongs(section, line)
        self._add(section, Block(line, self.order, prose=prose, starts=starts, caption=caption, title=title))

    def _belongs(self, section: Section, line: Line) -> bool:
        """Whether the first line below a headline is its article's, as it is unless the headline is a banner's."""
        if self.edges.edge(line.text, closed=line.closed).odd:
            return False
        return len(self.sections) > 1 or section.headline is None or _kindred(section.headline.text, line.text)

    def _is_prose(self, at: int) -> bool:
        """Whether a short line inside a body is a piece of a sentence, not a title."""
        line = self.lines[at]
        edge = self.edges.edge(line.text, closed=line.closed)
        above = next((block for block in reversed(self.sections[-1].body) if block.prose), None)
        if above is None or line.closed or edge.odd:
            return True
        if self.edges.edge(above.line.text, closed=above.line.closed).open:
            return True
        if "、" in line.text or (len(line.text) >= 14 and re.search("[，,]", line.text)):
            return True
        below = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if below is None or below.kind not in (Kind.BODY, Kind.SHORT):
            return False
        needed = 0.0 if self.broken and not _TITLED.search(line.text) else 2.0
        return self.edges.evidence(edge, self.edges.edge(below.text, closed=below.closed)).score >= needed

    def _after_credit(self, line: Line) -> bool:
        """Whether a brief ended above with its credit and another one begins."""
        section = self.sections[-1]
        if not self.briefs or line.kind is not Kind.BODY or not section.body:
            return False
        return bool(_reporters(section.body[-1].line.text)) and self.edges.edge(line.text, closed=True).leading

    def _add(self, section: Section, block: Block) -> None:
        section.body.append(block)
        self.order += 1


def _reporters(text: str) -> bool:
    return any(credit.role not in ("摄", "摄影", "供图", "图") for credit in trailing_credit(text))


def _kindred(line: str, text: str) -> bool:
    """Whether two texts speak of the same thing: they share a run of four characters, or two of three."""
    runs = [run for run in _HAN_RUN.findall(line) if len(run) >= 2]
    if any(run[i : i + 4] in text for run in runs for i in range(len(run) - 3)):
        return True
    return _common(line, text) >= 2


def _shares(line: str, text: str) -> bool:
    """Whether two texts share a run of three characters."""
    return _common(line, text) > 0


def sections(lines: Sequence[Line], edges: Edges, *, repair: bool = True) -> tuple[list[Section], list[Line]]:
    """Return the sections of a page in its order, and the lines that belong to none."""
    reader = _Reader(lines, edges, repair=repair)
    reader.read()
    reader._drop_empty()
    if repair:
        _side_by_side(reader.sections)
    return reader.sections, reader.loose


def _side_by_side(found: Sequence[Section]) -> None:
    """Headlines of two columns stand behind each other, then the two articles: give each its own."""
    for left, right in pairwise(found):
        if len(left.kicker) != 1 or left.headline is None or right.headline is not None or not right.body:
            continue
        upper, lower = left.kicker[0], left.headline
        if upper.kind is not Kind.HEADING or upper.level != lower.level or not right.body[0].starts:
            continue
        texts = ["\n".join(block.line.text for block in section.body) for section in (left, right)]
        (upper_left, upper_right), (lower_left, lower_right) = (
            [_common(line.text, text) for text in texts] for line in (upper, lower)
        )
        if lower_right >= 2 and lower_left == 0 and upper_left:
            left.kicker, left.headline, right.headline = [], upper, lower
        elif upper_right >= 2 and upper_left == 0 and lower_left:
            left.kicker, right.headline = [], upper


def _common(line: str, text: str) -> int:
    """Return how many runs of three characters two texts share."""
    return sum(run[i : i + 3] in text for run in _HAN_RUN.findall(line) for i in range(len(run) - 2))
