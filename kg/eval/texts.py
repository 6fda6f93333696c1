"""Where names stand in the text of an annotated article, as it is cut: which articles, which sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.errors import InputError
from kg.eval.names import fold
from kg.eval.records import GoldArticle
from kg.io import read_pages
from kg.model import Page
from kg.pages import cut
from kg.text import fold as fold_text
from kg.text import sentences

__all__ = ["Text", "read_texts"]


class Text:
    """One page as it is cut. Names are compared as they are scored: without blanks and quotation marks."""

    def __init__(self, page: Page) -> None:
        self._page = fold(page.text)
        self._articles: list[str] = []
        self._sentences: list[list[str]] = []
        for article in cut(page).articles:
            plain = fold_text(article.text).text
            self._articles.append(fold("\n".join((article.text, *(credit.name for credit in article.byline)))))
            self._sentences.append([fold(plain[start:end]) for start, end in sentences(plain)])

    def on_page(self, names: Iterable[str]) -> bool:
        """Whether one of the names stands on the page at all."""
        return any(fold(name) in self._page for name in names)

    def articles(self, names: Iterable[str]) -> frozenset[int]:
        """Return the articles that hold one of the names."""
        called = [fold(name) for name in names]
        return frozenset(i for i, text in enumerate(self._articles) if any(name in text for name in called))

    def sentences(self, names: Iterable[str]) -> frozenset[tuple[int, int]]:
        """Return the sentences, as article and place in it, that hold one of the names whole."""
        called = [fold(name) for name in names]
        return frozenset(
            (i, place)
            for i, article in enumerate(self._sentences)
            for place, sentence in enumerate(article)
            if any(name in sentence for name in called)
        )


def read_texts(folder: str, articles: Sequence[GoldArticle]) -> Mapping[str, Text]:
    """Read the texts of the articles from a folder, each named by its id. Raises InputError where there is none."""
    wanted = {article.id for article in articles}
    found = {page.id: Text(page) for page in read_pages([folder]) if page.id in wanted}
    if not found:
        raise InputError(
            f"{folder}: no text is named by an id of the gold, such as {min(wanted)}.txt; check the folder"
        )
    return found
