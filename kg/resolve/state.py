"""What resolve remembers from one run to the next, so that a run costs what changed and not what there is.

Every row follows from what the articles say; none is a decision of its own. Without them all is simply resolved anew.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.io.tables import Table, Tables
from kg.resolve.joining import Body

__all__ = [
    "Added",
    "Again",
    "ArticleRow",
    "ByHand",
    "CandidateRow",
    "Coded",
    "DroppedRow",
    "EdgeRow",
    "Form",
    "Inferred",
    "KnownRow",
    "Link",
    "LocalRow",
    "Rejected",
    "ReprintRow",
    "Retyped",
    "Root",
    "SketchRow",
    "Split",
    "State",
    "StatementRow",
    "Thing",
    "UnresolvedRow",
]


class ArticleRow(NamedTuple):
    """An article as it is printed: `id` is its id (`shown`) and key. Of those with one key the first speaks for all."""

    id: str
    key: str
    shown: str
    page: str
    home: str
    near: str


class LocalRow(NamedTuple):
    """A local entity; `key` is the first of its keys, `more` are the others.

    `folded` is its name for comparing; `told` are its hints, one after the other; `code` is that of the division it is,
    or is the federation of; `bonds` are what it may share with others of its class; `organisers` are local ids;
    `mentioned`: whether it is so.
    """

    id: str
    article: str
    type: str
    name: str
    folded: str
    aliases: tuple[str, ...]
    told: tuple[str, ...]
    key: str
    more: tuple[str, ...]
    entity: str
    code: str
    mentioned: int
    bonds: tuple[str, ...]
    organisers: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """All its keys, the best first."""
        return self.key, *self.more

    @property
    def hints(self) -> tuple[tuple[str, str], ...]:
        """The hints, as a local entity has them."""
        return tuple(zip(self.told[::2], self.told[1::2], strict=True))


class Again(NamedTuple):
    """One key of a local entity that has several."""

    id: str
    key: str
    local: str


class Form(NamedTuple):
    """Another form than its name that a local entity is known by, for comparing: the `official` one, or an `alias`."""

    id: str
    form: str
    kind: str
    local: str


class Split(NamedTuple):
    """A local entity that has a key of its own, because a person says that it is not what its key says."""

    local: str


class ByHand(NamedTuple):
    """Two keys of which a person judged whether they are the same."""

    id: str
    left: str
    right: str


class Link(NamedTuple):
    """Two keys that a rule joined, in the group of bodies that it compared."""

    id: str
    group: str
    left: str
    right: str
    score: float
    reasons: tuple[str, ...]


class Root(NamedTuple):
    """The smallest key of the cluster that a key is in, for clusters of several keys."""

    key: str
    root: str


class Thing(NamedTuple):
    """An entity: its id, the smallest of its keys, and the one it is shown by."""

    id: str
    root: str
    type: str
    name: str
    key: str


class Coded(NamedTuple):
    """A district of the table, or the federation that is only its district's, and where it is mentioned first."""

    id: str
    root: str
    type: str
    code: str
    article: str
    local: str


class Inferred(NamedTuple):
    """A fact that follows from the names of two such entities, and the name it rests on."""

    id: str
    subject: str
    predicate: str
    object: str
    article: str
    local: str


class StatementRow(NamedTuple):
    """A statement of an article, as far as the fact that is made of it needs it; `seen` is the day it was in print."""

    id: str
    article: str
    fact: str
    start: int
    confidence: float
    seen: str


class DroppedRow(NamedTuple):
    """A statement no fact was made of, and why."""

    id: str
    article: str
    why: str


class EdgeRow(NamedTuple):
    """A fact that is more than a mention; `said`: its relation and subject; `first`, `last`: when it was in print."""

    id: str
    subject: str
    predicate: str
    object: str
    status: str
    sources: int
    title: str
    first: str
    last: str
    said: str


class Retyped(NamedTuple):
    """A local entity that a line of corrections.tsv gives another class; `line` is what the line says."""

    id: str
    article: str
    local: str
    line: str


class Rejected(NamedTuple):
    """A fact that a person took out, as it would be."""

    id: str
    row: str


class Added(NamedTuple):
    """A fact that only a person said."""

    id: str


class UnresolvedRow(NamedTuple):
    """A name that is tied to nothing beyond its article."""

    local: str
    entity: str
    article: str
    type: str
    name: str
    why: str
    candidates: tuple[str, ...]


class SketchRow(NamedTuple):
    """What of an article is kept to find what is like it; see `kg.resolve.reprints.Sketch`."""

    article: str
    size: int
    issue_date: str
    id: str
    shingles: tuple[int, ...]


class ReprintRow(NamedTuple):
    """A story that several articles print; see `kg.resolve.records.Reprint`."""

    first: str
    fullest: str
    others: tuple[str, ...]
    alike: tuple[float, ...]


class KnownRow(NamedTuple):
    """What candidates are looked for by: see `kg.resolve.candidates.Known`, and from `text` on its `Outline`.

    The name is that of the local entity `speaker`, as it was parsed (`key` to `official`).
    """

    id: str
    type: str
    name: str
    speaker: str
    key: str
    parts: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    scope: str
    codes: tuple[str, ...]
    official: str
    called: tuple[str, ...]
    bonds: tuple[str, ...]
    times: tuple[str, ...]
    text: str
    written: str
    folded: str
    calls: str


class CandidateRow(NamedTuple):
    """Two entities that may be one; `line` is the candidate as it is written."""

    id: str
    left: str
    right: str
    score: float
    line: str


class State(Tables):
    """The tables of resolve."""

    def __init__(self) -> None:
        self.articles = Table(ArticleRow, "key")
        self.locals = Table(LocalRow, "article", "folded", "key", "entity")
        self.again = Table(Again, "key")
        self.forms = Table(Form, "form")
        self.splits = Table(Split)
        self.by_hand = Table(ByHand)
        self.bodies = Table(Body, "by_region", "by_form", "by_brand")
        self.links = Table(Link, "group", "left", "right")
        self.roots = Table(Root, "root")
        self.things = Table(Thing, "root")
        self.coded = Table(Coded)
        self.inferred = Table(Inferred)
        self.statements = Table(StatementRow, "article", "fact")
        self.dropped = Table(DroppedRow, "article")
        self.edges = Table(EdgeRow, "subject", "object", "said")
        self.retyped = Table(Retyped, "article", "line")
        self.rejected = Table(Rejected)
        self.added = Table(Added)
        self.unresolved = Table(UnresolvedRow)
        self.sketches = Table(SketchRow)
        self.reprints = Table(ReprintRow)
        self.known = Table(KnownRow)
        self.candidates = Table(CandidateRow, "left", "right")
        super().__init__()
