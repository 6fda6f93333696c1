"""From the reading order to articles: text, and where each piece of it stands in the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.ids import make_id
from kg.io import front_matter
from kg.model import Article, Page, Piece
from kg.pages.bylines import bylines, opening_end, printed_date
from kg.pages.flow import Order, as_it_stands, put_in_order
from kg.pages.joins import Edges
from kg.pages.lines import Kind, Line, read_lines
from kg.pages.sections import Block, Section, sections

__all__ = ["Cut", "cut"]

LONGEST_MADE = 40  # characters of a headline that is made


@dataclass(frozen=True, slots=True)
class Cut:
    """A page cut into articles; `leftovers` are the numbers of the lines that belong to none, blank ones aside."""

    page: Page
    articles: tuple[Article, ...]
    leftovers: tuple[int, ...]


def cut(page: Page, *, repair: bool = True) -> Cut:
    """Cut `page` into its articles. With `repair=False` nothing is rejoined or moved."""
    _, start = front_matter(page.text)
    lines = read_lines(page.text, start)
    edges = Edges([line.text for line in lines], [line.indented for line in lines])
    if page.headline is not None:
        found = [_one(lines, page.headline)] if lines else []
    else:
        found, _ = sections(lines, edges, repair=repair)
    orders = put_in_order(found, edges) if repair else as_it_stands(found)
    articles: list[Article] = []
    keys: set[str] = set()
    for section, order in zip(found, orders, strict=True):
        if order.blocks:
            articles.append(_article(page, section, order, len(articles) + 1, keys))
    claimed = {number for article in articles for number in article.lines}
    marked = [number for number, raw in enumerate(page.text.split("\n"), 1) if raw and not raw.isspace()]
    return Cut(page, tuple(articles), tuple(number for number in marked if number not in claimed))


def _one(lines: Sequence[Line], headline: str) -> Section:
    """Make one section of a whole text that came with its headline."""
    section = Section()
    body = [line for line in lines if line.kind is not Kind.RULE]
    if body and body[0].text == headline.strip() and len(body) > 1:
        section.headline = body.pop(0)
    prose = (Kind.BODY, Kind.LEAD)
    section.body = [
        Block(line, i, prose=line.kind in prose, starts=line.kind is Kind.LEAD) for i, line in enumerate(body)
    ]
    return section


class _Text:
    """Article text under construction: runs of page characters, a line break where a paragraph ends."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self.length = 0

    def paragraph(self) -> None:
        if self._parts:
            self._parts.append("\n")
            self.length += 1

    def add(self, line: Line) -> None:
        for start, end in line.spans:
            self._parts.append(self._page[start:end])
            size = end - start
            last = self._pieces[-1] if self._pieces else None
            if last and last.end == self.length and last.page_start + last.end - last.start == start:
                self._pieces[-1] = Piece(last.start, self.length + size, last.page_start)
            else:
                self._pieces.append(Piece(self.length, self.length + size, start))
            self.length += size

    def done(self) -> tuple[str, tuple[Piece, ...]]:
        return "".join(self._parts), tuple(self._pieces)


def _article(page: Page, section: Section, order: Order, number: int, keys: set[str]) -> Article:
    head = [*section.kicker, *([section.headline] if section.headline else []), *section.under]
    text = _Text(page.text)
    for line in head:
        text.paragraph()
        text.add(line)
    body_start = 0
    paragraphs: list[str] = []
    for i, block in enumerate(order.blocks):
        joined = block.order in order.joined
        if not joined:
            text.paragraph()
        if i == 0:
            body_start = text.length
        text.add(block.line)
        if joined:
            paragraphs[-1] += block.line.text
        else:
            paragraphs.append(block.line.text)
    whole, pieces = text.done()
    headline = section.headline.text if section.headline else page.headline or ""
    return Article(
        id=f"{page.id}#{number}",
        key=_key(page, headline if page.headline else "", whole, keys),
        page=page.id,
        kicker=" ".join(line.text for line in section.kicker),
        headline=headline or _made(paragraphs),
        headline_made=not headline,
        byline=bylines((line.text for line in section.under if line.kind is Kind.CREDIT), iter(paragraphs)),
        text=whole,
        body_start=body_start,
        pieces=pieces,
        lines=tuple(line.number for line in head) + tuple(block.line.number for block in order.blocks),
        joins=tuple(order.joins),
        moves=tuple(order.moves),
        paper=page.paper,
        issue_date=page.issue_date or _printed(head, order),
        page_no=page.page_no,
        home=page.home,
    )


def _key(page: Page, headline: str, text: str, keys: set[str]) -> str:
    """Hash page and content; the same text twice on one page is told apart by counting."""
    key, count = make_id("article", page.id, headline, text), 1
    while key in keys:
        count += 1
        key = make_id("article", page.id, headline, text, str(count))
    keys.add(key)
    return key


def _printed(head: Sequence[Line], order: Order) -> str:
    """Return the date that a line of source and date says, where nothing else says it."""
    told = [line for line in [*head, *(block.line for block in order.blocks)] if line.kind is Kind.META]
    return next((date for line in told if (date := printed_date(line.text))), "")


_WHEN = re.compile(
    r"(?:近日|日前|近期|昨日|昨天|今天|当天|连日来|(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:[至—-]\d{1,2}日)?)(?:上午|下午|晚上?)?[，,]\s*"
)
_CLAUSE = re.compile(r"[，。！？；,;!?\n]|(?<=[\u3400-\u9fff])：")
_UNDERWAY = re.compile(r"(?:由|为|在|随着|作为|据|经|自|当|从|按照|根据|围绕)")


def _made(paragraphs: Sequence[str]) -> str:
    """Make a headline of the first clause that says something."""
    for paragraph in paragraphs:
        said = paragraph[opening_end(paragraph) :]
        when = _WHEN.match(said)
        said = (said[when.end() :] if when else said).strip()
        clause = ""
        for end in (*(mark.start() for mark in _CLAUSE.finditer(said)), len(said)):
            if end > LONGEST_MADE and clause:
                break
            clause = said[:end].strip()
            if len(clause) >= 8 and clause.count("“") == clause.count("”") and not _UNDERWAY.match(clause):
                break
        clause = clause.strip("“”\"'‘’ ") if clause.count("“") != clause.count("”") or '"' in clause else clause
        if clause:
            return clause if len(clause) <= LONGEST_MADE else clause[: LONGEST_MADE - 1] + "…"
    return "…"
