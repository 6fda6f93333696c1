"""The articles of a run: what came and went with pages, and what the few others say that are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from kg.model import Article, Extraction, FactRow, Page
from kg.resolve.bodies import Reader
from kg.resolve.cite import LineStarts, line_starts
from kg.resolve.corrections import retype, written
from kg.resolve.ids import IdTable
from kg.resolve.names import near_codes
from kg.resolve.state import ArticleRow, Retyped, State
from kg.resolve.tables import Correction

__all__ = ["Articles", "Source"]


class Source:
    """What there was before a run, for the little that is asked for."""

    def read(self, page: str) -> tuple[Page, Sequence[Extraction]]:
        """Return a page as it was read, and what its articles say."""
        raise KeyError(page)

    def facts(self, ids: Collection[str]) -> Mapping[str, FactRow]:
        """Return facts as they were, by id."""
        return {}


class Articles:
    """Articles by key. `came` say something now that was not said before, `gone` said what is no longer said; one that
    says something else did both. `lines` are those of the pages that were looked at, by page id."""

    def __init__(
        self, state: State, source: Source, ids: IdTable, pages: Iterable[Page], retypings: Sequence[Correction]
    ) -> None:
        self._state, self._source, self._ids, self._retypings = state, source, ids, retypings
        self.lines: dict[str, LineStarts] = {page.id: line_starts(page.text) for page in pages}
        self.came: dict[str, Extraction] = {}
        self.gone: dict[str, Extraction] = {}
        self._unchanged: dict[str, Extraction] = {}
        self._readers: dict[str, Reader] = {}

    def take(self, came: Iterable[Extraction], gone: Iterable[Extraction]) -> None:
        """Settle which articles say something now that was not said before, and the other way round: each key once."""
        rows = self._state.articles
        new, old = ({_printed(one.article): one for one in some} for some in (came, gone))
        for name in [name for name in new if name in old and new[name] == old[name]]:
            del new[name], old[name]
        keys = sorted({one.article.key for one in chain(new.values(), old.values())})
        before = {key: self.speaker(key) for key in keys}
        for name in old:
            rows.drop(name)
        for one in new.values():
            article = one.article
            rows.put(
                ArticleRow(
                    _printed(article), article.key, article.id, article.page, article.home, near_codes(one.entities)
                )
            )
        for key in keys:
            was, now = before[key], self.speaker(key)
            if was is not None and (was != now or was.id in old):
                for row in self._state.retyped.having("article", key):
                    self._state.retyped.drop(row.id)
                self.gone[key] = old[was.id] if was.id in old else self._extraction(was)
            if now is not None and (was != now or now.id in new):
                self.came[key] = self._retype(new[now.id], note=True) if now.id in new else self._extraction(now)

    def _retype(self, extraction: Extraction, *, note: bool = False) -> Extraction:
        """Give the local entities of an article the classes that people say they are of; `note` which line did."""
        retyped, touched = retype(extraction, self._retypings, self._ids.key_of)
        for line, local in touched if note else ():
            text = written(line)
            self._state.retyped.put(Retyped(f"{text} {local}", extraction.article.key, local, text))
        return retyped

    def speaker(self, key: str) -> ArticleRow | None:
        """Return the article that speaks for all with this key."""
        return next(iter(self._state.articles.having("key", key)), None)

    def _extraction(self, row: ArticleRow) -> Extraction:
        page, extractions = self._source.read(row.page)
        self.lines.setdefault(page.id, line_starts(page.text))
        return self._retype(next(one for one in extractions if _printed(one.article) == row.id))

    def extraction(self, key: str) -> Extraction:
        """Return what the article with this key says now."""
        if key in self.came:
            return self.came[key]
        if key not in self._unchanged:
            speaker = self.speaker(key)
            if speaker is None:
                raise KeyError(key)
            self._unchanged[key] = self._extraction(speaker)
        return self._unchanged[key]

    def reader(self, key: str) -> Reader:
        """Return the reader of the article with this key."""
        if key not in self._readers:
            self._readers[key] = Reader(self.extraction(key))
        return self._readers[key]


def _printed(article: Article) -> str:
    """Return what tells an article from others that say the same."""
    return f"{article.id} {article.key}"
