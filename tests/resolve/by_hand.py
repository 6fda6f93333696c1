"""Extractions written by hand, for tests of what comes behind extraction."""

from __future__ import annotations

from collections.abc import Mapping

from kg.ids import make_id
from kg.model import (
    Article,
    Evidence,
    Extraction,
    LocalEntity,
    Mention,
    Piece,
    Span,
    Statement,
    Status,
)
from kg.text import normal


class Writer:
    """Writes down what one article says; entities and sentences must stand in its text."""

    def __init__(
        self, text: str, *, page: str = "p1", number: int = 1, paper: str = "", issue_date: str = "", home: str = ""
    ) -> None:
        lines = text.split("\n")
        pieces = []
        at = 0
        for line in lines:
            pieces.append(Piece(at, at + len(line), at))
            at += len(line) + 1
        self.article = Article(
            id=f"{page}#{number}",
            key=make_id("article", page, text),
            page=page,
            kicker="",
            headline=lines[0],
            headline_made=False,
            byline=(),
            text=text,
            body_start=len(lines[0]) + 1 if len(lines) > 1 else 0,
            pieces=tuple(pieces),
            lines=tuple(range(1, len(lines) + 1)),
            paper=paper,
            issue_date=issue_date,
            home=home,
        )
        self._entities: dict[str, LocalEntity] = {}
        self._statements: list[Statement] = []

    def entity(self, kind: str, name: str, *aliases: str, **hints: str) -> str:
        """Add an entity and return its local id; every form of it that stands in the text is a mention."""
        mentions = []
        for form in (name, *aliases):
            at = self.article.text.find(form)
            if at >= 0:
                span = Span(self.article.key, at, at + len(form))
                mentions.append(Mention(span, kind, form, normal(form), "hand"))
        assert mentions, f"{name} does not stand in the text"
        local = make_id("local", self.article.key, kind, name)
        self._entities[local] = LocalEntity(
            local, self.article.key, kind, name, tuple(sorted(aliases)), tuple(mentions), tuple(sorted(hints.items()))
        )
        return local

    def say(
        self,
        subject: str,
        predicate: str,
        target: str,
        *,
        quote: str = "",
        status: Status = "happened",
        confidence: float = 0.8,
        rule: str = "hand",
        qualifiers: Mapping[str, str] | None = None,
    ) -> Statement:
        """Add a statement; its evidence is `quote`, or the whole text."""
        quote = quote or self.article.text
        start = self.article.text.index(quote)
        pairs = tuple(sorted((qualifiers or {}).items()))
        evidence = Evidence(
            self.article.key, start, start + len(quote), quote, ((start, start + len(quote)),), (1,), rule, confidence
        )
        flat = [part for pair in pairs for part in pair]
        name = make_id("s", self.article.key, subject, predicate, target, status, str(start), str(confidence), *flat)
        statement = Statement(name, subject, predicate, target, pairs, status, evidence)
        self._statements.append(statement)
        return statement

    def done(self) -> Extraction:
        """Return what was written."""
        return Extraction(self.article, tuple(self._entities.values()), tuple(self._statements))
