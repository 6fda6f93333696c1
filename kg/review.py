"""Pairs of things that may be one, with the sentences a person needs to decide, and the file the decision goes to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.extract.ranges import page_ranges
from kg.graph import line_text
from kg.io import read_utf8, write_atomic
from kg.model import Article, Entity, LocalEntity
from kg.resolve import Ruling, name_key, parse_rulings
from kg.resolve.cite import line_starts, lines_of
from kg.resolve.tables import JUDGEMENTS
from kg.text import normal, sentence_spans
from kg.workspace import Workspace

__all__ = ["Context", "Pair", "keep", "pairs", "read"]

SHOWN = 2  # sentences of each side, from as many articles
_CONTEXT = frozenset({"Activity", "Person"})  # a name alone tells none of these


@dataclass(frozen=True, slots=True)
class Context:
    """One sentence that names the thing: where it stands (`lines` as 7-9,12), and the words that name it."""

    article: str
    paper: str
    issue_date: str
    lines: str
    sentence: str
    surface: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that may be one. `one` and `other` are what a line of judgements.tsv should call them."""

    one: str
    other: str
    type: str
    names: tuple[str, str]
    score: float
    reasons: tuple[str, ...]
    unsure: str
    contexts: tuple[tuple[Context, ...], tuple[Context, ...]]


def pairs(
    space: Workspace, *, kinds: Iterable[str] = (), unsure: bool = False, limit: int | None = None
) -> Iterator[Pair]:
    """Yield the candidate pairs of a workspace, the likeliest first; with `unsure` also those that somebody looked at
    and could not decide. `kinds`: only of these classes, none stand for all."""
    wanted = frozenset(kinds)
    found = [one for one in space.candidates() if (not wanted or one.type in wanted) and (unsure or not one.unsure)][
        :limit
    ]
    called = Counter((entity.type, normal(entity.name)) for entity in space.entities())
    ends = {end for one in found for end in (one.left, one.right)}
    entities = {entity.id: entity for entity in space.entities() if entity.id in ends}
    contexts = _contexts(space, entities)
    for one in found:
        left, right = entities[one.left], entities[one.right]
        yield Pair(
            _wording(left, called),
            _wording(right, called),
            one.type,
            (left.name, right.name),
            one.score,
            one.reasons,
            one.unsure,
            (contexts[left.id], contexts[right.id]),
        )


def _wording(entity: Entity, called: Mapping[tuple[str, str], int]) -> str:
    """Return the name where it tells the thing, in this article and in others to come; else the key."""
    region = name_key(entity.type, entity.name).part("region")
    alone = called[entity.type, normal(entity.name)] == 1
    tells = entity.type not in _CONTEXT and alone and not region.endswith("?")
    return entity.name if tells else entity.key


def _contexts(space: Workspace, entities: Mapping[str, Entity]) -> dict[str, tuple[Context, ...]]:
    """Return for each entity sentences from the first articles that name it."""
    of_local = {local: entity.id for entity in entities.values() for local in entity.locals}
    locals_: dict[str, list[LocalEntity]] = defaultdict(list)
    for local in space.locals():
        owner = of_local.get(local.id)
        if owner is not None and local.mentions:
            locals_[owner].append(local)
    chosen = {
        owner: sorted(found, key=lambda local: (local.article, local.id))[:SHOWN] for owner, found in locals_.items()
    }
    needed = {local.article for found in chosen.values() for local in found}
    articles = {article.key: article for article in space.articles() if article.key in needed}
    pages = {article.page for article in articles.values()}
    lines = {page.id: line_starts(page.text) for page in space.pages() if page.id in pages}
    return {
        owner: tuple(
            _context(articles[local.article], local, lines[articles[local.article].page])
            for local in chosen.get(owner, ())
        )
        for owner in entities
    }


def _context(article: Article, local: LocalEntity, starts: tuple[int, ...]) -> Context:
    mention = min(local.mentions, key=lambda one: (one.span.start < article.body_start, one.span))
    start, end = next(
        (span for span in sentence_spans(article.text) if span[0] <= mention.span.start < span[1]),
        (mention.span.start, mention.span.end),
    )
    where = line_text(lines_of(page_ranges(article, start, end), starts))
    return Context(article.id, article.paper, article.issue_date, where, article.text[start:end], mention.surface)


def read(path: Path) -> str:
    """Return the text of a file of judgements, its head alone where there is none yet. Raises InputError."""
    if not path.exists():
        return "\t".join(JUDGEMENTS) + "\n"
    text = read_utf8(path)
    parse_rulings(text, source=str(path))
    return text


def keep(path: Path, rulings: Iterable[Ruling]) -> int:
    """Write rulings behind the lines of a file of judgements, made where it is missing; return how many lines changed.

    A ruling on a pair that was judged before takes the place of that line; comments stay. Raises InputError where the
    file is none.
    """
    text = read(path)
    lines = text.splitlines()
    judged = {frozenset((one.one, one.other)): one for one in parse_rulings(text, source=str(path))}
    changed = 0
    for ruling in rulings:
        before = judged.get(frozenset((ruling.one, ruling.other)))
        if before is not None and replace(ruling, line=before.line, one=before.one, other=before.other) == before:
            continue
        if before is not None:
            lines[before.line - 1] = ruling.text()
            new = replace(ruling, line=before.line)
        else:
            lines.append(ruling.text())
            new = replace(ruling, line=len(lines))
        judged[frozenset((ruling.one, ruling.other))] = new
        changed += 1
    if changed:
        whole = "".join(f"{line}\n" for line in lines)
        parse_rulings(whole, source=str(path))  # what is written can be read again
        with write_atomic(path) as stream:
            stream.write(whole.encode("utf-8"))
    return changed
