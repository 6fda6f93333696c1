"""Articles written by hand, and what was read out of them, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pytest

from kg.extract import Keep, extract
from kg.ids import make_id
from kg.model import ARTICLE, Article, Byline, Extraction, LocalEntity, Piece, Statement

__all__ = ["Found", "article", "found", "gap", "page_text"]

Paragraph = str | Sequence[str]  # a sequence: the paragraph as the page broke it
Triple = tuple[str, str, str]


def gap(reason: str) -> pytest.MarkDecorator:
    """Mark a row of a table that the rules do not read yet; the day they do, the row says so by failing."""
    return pytest.mark.xfail(strict=True, reason=reason)


def _parts(paragraph: Paragraph) -> tuple[str, ...]:
    return (paragraph,) if isinstance(paragraph, str) else tuple(paragraph)


def page_text(*paragraphs: Paragraph, headline: str = "", kicker: str = "") -> str:
    """The page that `article` pretends its text was cut from: headings marked, an empty line between paragraphs."""
    heads = [f"## {line}" for line in (kicker, headline) if line]
    return "\n\n".join([*heads, *(part for paragraph in paragraphs for part in _parts(paragraph))]) + "\n"


def article(
    *paragraphs: Paragraph,
    headline: str = "",
    kicker: str = "",
    issue_date: str = "",
    home: str = "",
    byline: tuple[Byline, ...] = (),
) -> Article:
    """An article of these paragraphs; `pieces` map its text to `page_text` of the same arguments."""
    text, pieces, lines = "", [], []
    at, line = 0, 1
    for mark, paragraph in [*[("## ", h) for h in (kicker, headline) if h], *[("", p) for p in paragraphs]]:
        text += "\n" if text else ""
        for part in _parts(paragraph):
            at += len(mark)
            if part:
                pieces.append(Piece(len(text), len(text) + len(part), at))
                lines.append(line)
            text += part
            at += len(part) + 2
            line += 2 + part.count("\n")
    heads = [h for h in (kicker, headline) if h]
    return Article(
        id="p#1",
        key=make_id("article", kicker, headline, text),
        page="p",
        kicker=kicker,
        headline=headline,
        headline_made=not headline,
        byline=byline,
        text=text,
        body_start=min(sum(len(h) + 1 for h in heads), len(text)),
        pieces=tuple(pieces),
        lines=tuple(lines),
        issue_date=issue_date,
        home=home,
    )


@dataclass(frozen=True)
class Found:
    """What was read out of one article, by the names of things instead of their ids."""

    extraction: Extraction

    @cached_property
    def by_id(self) -> dict[str, LocalEntity]:
        return {entity.id: entity for entity in self.extraction.entities}

    def entities(self, kind: str) -> set[str]:
        """The names of all things of this type."""
        return {entity.name for entity in self.extraction.entities if entity.type == kind}

    def typed(self, *kinds: str) -> set[tuple[str, str]]:
        """Type and name of all things, of these types only where any are given."""
        return {(e.type, e.name) for e in self.extraction.entities if not kinds or e.type in kinds}

    def entity(self, name: str, kind: str = "") -> LocalEntity:
        """The one thing that is called `name`, or has it as an alias."""
        hits = [
            e
            for e in self.extraction.entities
            if (e.name == name or name in e.aliases) and (not kind or e.type == kind)
        ]
        assert len(hits) == 1, f"{len(hits)} things called {name} among {sorted(self.typed())}"
        return hits[0]

    def surfaces(self, name: str, kind: str = "") -> list[str]:
        """The words that stand for the thing called `name`, in their order."""
        return [m.surface for m in sorted(self.entity(name, kind).mentions, key=lambda m: m.span)]

    def _end(self, end: str) -> str:
        if end == self.extraction.article.key:
            return ARTICLE
        return self.by_id[end].name if end in self.by_id else end

    def statements(self, predicate: str, *, status: str = "") -> list[Statement]:
        return [
            s for s in self.extraction.statements if s.predicate == predicate and (not status or s.status == status)
        ]

    def triples(self, *predicates: str, status: str = "happened") -> set[Triple]:
        """Subject, predicate and object by name, of these relations only where any are given."""
        return {
            (self._end(s.subject), s.predicate, self._end(s.object))
            for s in self.extraction.statements
            if s.status == status and (not predicates or s.predicate in predicates)
        }

    def pairs(self, predicate: str, *, status: str = "happened") -> set[tuple[str, str]]:
        """Subject and object of one relation by name."""
        return {(s, o) for s, _, o in self.triples(predicate, status=status)}

    def qualified(self, predicate: str, qualifier: str, *, status: str = "happened") -> set[tuple[str, str, str]]:
        """Subject, object and the value of one qualifier ("" where it is missing), of one relation."""
        return {
            (self._end(s.subject), self._end(s.object), dict(s.qualifiers).get(qualifier, ""))
            for s in self.statements(predicate, status=status)
        }


def found(
    *paragraphs: Paragraph,
    headline: str = "",
    kicker: str = "",
    issue_date: str = "",
    home: str = "",
    byline: tuple[Byline, ...] = (),
) -> Found:
    """Read an article of these paragraphs, by all rules: those that are weak by today's count as well."""
    source = article(*paragraphs, headline=headline, kicker=kicker, issue_date=issue_date, home=home, byline=byline)
    return Found(extract(source, keep=Keep(weak_rules=True)))
