"""The records that flow through the pipeline. Frozen, plain, and without a rule in them.

page -> article -> sentence -> mention -> statement -> entity -> fact -> graph

Offsets are counted in code points and half-open. Lines are counted from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "ARTICLE",
    "STATUSES",
    "Article",
    "Byline",
    "Candidate",
    "Decision",
    "Entity",
    "Evidence",
    "Extraction",
    "Fact",
    "FactRow",
    "Issue",
    "Join",
    "KeyLink",
    "LocalEntity",
    "Mention",
    "Move",
    "Page",
    "Piece",
    "Span",
    "Statement",
    "Status",
    "Value",
]

Status = Literal["happened", "planned", "denied", "reported"]
STATUSES: tuple[Status, ...] = ("happened", "planned", "denied", "reported")
ARTICLE = "@article"  # what stands for the article itself where its id is not shown (kg extract)


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was delivered; `text` is never changed afterwards.

    `id` is the file name without extension (the shortest telling path where two collide), `source` says where
    it was read from, `home` is the district relative names such as 市总工会 belong to, `issue_date` is ISO 8601.
    `headline` is set for a JSON Lines record that is one article by itself.
    """

    id: str
    source: str
    text: str
    paper: str = ""
    issue_date: str = ""
    page_no: str = ""
    home: str = ""
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of article text that stands unbroken in the page: `article.text[start:end]` is
    `page.text[page_start:page_start + end - start]`."""

    start: int
    end: int
    page_start: int


@dataclass(frozen=True, slots=True)
class Byline:
    """Who reported; `role` is 记者, 通讯员, 作者, 摄 and the like, as printed."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Join:
    """Two page lines whose text was rejoined into one paragraph."""

    first: int
    second: int
    reason: str


@dataclass(frozen=True, slots=True)
class Move:
    """Page lines that were read behind line `after` rather than where they stand."""

    lines: tuple[int, ...]
    after: int
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article in reading order.

    `text` holds kicker, headline and body paragraphs, one a line ("\n" between them), without the markup of the page;
    a headline that was made (`headline_made`) is not part of it. `pieces` map it to the page: in order, not
    overlapping, and covering every character of `text` but the line breaks between paragraphs.
    `body_start` is the offset in `text` at which the first body paragraph starts.
    `id` (`page#n`) is for display; `key` is a hash of page id and content and is what statement ids are made from.
    """

    id: str
    key: str
    page: str
    kicker: str
    headline: str
    headline_made: bool
    byline: tuple[Byline, ...]
    text: str
    body_start: int
    pieces: tuple[Piece, ...]
    lines: tuple[int, ...]
    joins: tuple[Join, ...] = ()
    moves: tuple[Move, ...] = ()
    paper: str = ""
    issue_date: str = ""
    page_no: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`article.text[start:end]` of the article whose key is `article`."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed span; `surface` is the text as printed, `normal` the folded form for comparing, `rule` who found it."""

    span: Span
    type: str
    surface: str
    normal: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """What one article speaks of: the mentions inside one article that corefer.

    `name` is the fullest form in the article, `aliases` other forms it is called by there (sorted). `generic`
    marks anaphora-only or unnamed things that must not be shown as an entity of their own. `hints` are facts about
    the name that resolve needs and only the article knows, as sorted pairs: ("district", "110102") the code of the
    division the name belongs to, ("full", "北京经济技术开发区总工会") an expanded form, ("candidates", "...;...").
    """

    id: str
    article: str
    type: str
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    hints: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a claim stands: `quote == article.text[start:end]`, usually one sentence.

    `page_ranges` are the same characters in the unchanged page, several where the page broke the sentence;
    `lines` are the page lines they stand on. `why` says why an end of the claim is not in the quote
    (coreference, byline, headline), "" where both are.
    """

    article: str
    start: int
    end: int
    quote: str
    page_ranges: tuple[tuple[int, int], ...]
    lines: tuple[int, ...]
    rule: str
    confidence: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim at one place.

    `subject` is a local entity id or an article key; `object` a local entity id for a relation of the ontology, the
    value itself for a property. `qualifiers` are sorted pairs (("title", "主席"),).
    """

    id: str
    subject: str
    predicate: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]
    status: Status
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Issue:
    """Something not understood: where, what kind, and the words."""

    where: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one article."""

    article: Article
    entities: tuple[LocalEntity, ...]
    statements: tuple[Statement, ...]
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing, one node: the local entities that resolve found to be the same.

    `id` is stable and opaque, `key` the readable key the name grammar made (type, region, host, level, form), `props`
    the literal properties (sorted by name; lists as tuples), `locals` the ids of its local entities (sorted).
    """

    id: str
    key: str
    type: str
    name: str
    aliases: tuple[str, ...]
    props: tuple[tuple[str, Value], ...]
    locals: tuple[str, ...]


Value = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that may be one, and are kept apart until somebody says so; `unsure`: who could not say."""

    left: str
    right: str
    type: str
    names: tuple[str, str]
    score: float
    reasons: tuple[str, ...]
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What statements agree on; one edge in every sink, with `id` as its key.

    `statements` are sorted by (article key, start, id); `sources` counts independent articles, those that print one
    story as one; `confidence` is that of the best statement.
    """

    id: str
    subject: str
    predicate: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]
    status: Status
    confidence: float
    sources: int
    statements: tuple[Statement, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as it lies in the workspace: ids of its statements, and in `made` those that resolve made itself."""

    id: str
    subject: str
    predicate: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]
    status: Status
    confidence: float
    sources: int
    statements: tuple[str, ...]
    made: tuple[Statement, ...] = ()

    def fact(self, statements: Mapping[str, Statement]) -> Fact:
        """Return the fact with its statements, given those of the pages by id."""
        made = {one.id: one for one in self.made}
        found = tuple(made[one] if one in made else statements[one] for one in self.statements)
        return Fact(
            self.id,
            self.subject,
            self.predicate,
            self.object,
            self.qualifiers,
            self.status,
            self.confidence,
            self.sources,
            found,
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a local entity is part of an entity: its keys, the best first, and how they came about."""

    local: str
    entity: str
    keys: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyLink:
    """Two keys that a rule joined, given all the names there are; those that one local entity has are in its decision,
    those that people joined in the report."""

    left: str
    right: str
    reasons: tuple[str, ...]
