"""Which articles are one story printed again: it counts as one source, however many papers have it.

Two articles are one story when most of the shorter body stands in the longer one, run by run, and so does nearly all
that the shorter one names and counts. The first alone would take two reports after one pattern for one: the same words
about another district have other names in them. Paragraphs may be left out or turned round, headlines and bylines are
not looked at, and signs, width, blanks, traditional characters and slips of a scanner do not matter.

Articles are read from the longest body to the shortest, and each is compared only with the fullest text of a story, and
only where they share some rare shingles: time grows with the number of articles, not of pairs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from kg.extract.mend import mend
from kg.model import Article, Extraction
from kg.resolve.records import Reprint
from kg.text import Folded, fold

__all__ = ["reprints", "stories"]

SHINGLE = 8  # letters, that is characters and digits without signs and blanks
SHORTEST = 40  # letters; what is shorter is a caption, and captions look alike
WITHIN = 0.6  # of the shingles of the shorter body stand in the longer one
SHARED = 0.3  # of the longer body, at least: an item of a digest does not make the digest its story
NAMED = 0.95  # of the names and numbers of the shorter body stand in the longer article
COMMON = 50  # a shingle that so many stories have is a phrase of the trade
HINT = 0.35  # of the rare shingles in the index that two bodies share for it to be worth comparing them
TRIED = 5  # stories an article is compared with at most, the likeliest first

# Only shingles that start with one of these go into the index: chosen by content, so that two texts choose the same.
_INDEXED = re.compile(rf"(?=([工的在]\w{{{SHINGLE - 1}}}))")
_LETTERS = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")


def reprints(extractions: Iterable[Extraction]) -> tuple[Reprint, ...]:
    """Return the stories that several of these articles print, in the order of their first articles.

    The order in which the extractions come does not matter. First is what was issued first, of one day the one whose
    id comes first; articles without a day come last.
    """
    known: list[tuple[Extraction, list[tuple[Extraction, float]]]] = []  # the fullest text of a story, the others
    sizes: list[int] = []
    index: dict[str, list[int]] = {}
    # The fullest text of a story is asked for by each article like it, and these come one after the other.
    shingles_of = lru_cache(maxsize=512)(lambda story: _shingles(_body(known[story][0].article)))
    for extraction in sorted(extractions, key=_longest_first):
        body = _body(extraction.article)
        if len(body) < SHORTEST:
            continue
        picks = set(_INDEXED.findall(body))
        rare = [found for pick in picks if len(found := index.get(pick, ())) < COMMON]
        hits = Counter(story for found in rare for story in found)
        likely = sorted((-n, story) for story, n in hits.items() if n >= HINT * min(len(rare), sizes[story]))
        mine = _shingles(body) if likely else set()
        for _, story in likely[:TRIED]:
            fullest, others = known[story]
            theirs = shingles_of(story)
            share = _share(mine, theirs)
            pair = (extraction, fullest) if len(mine) <= len(theirs) else (fullest, extraction)
            if share >= WITHIN and _names_fit(*pair):
                others.append((extraction, share))
                break
        else:
            for pick in picks:
                found = index.setdefault(pick, [])
                if len(found) < COMMON:
                    found.append(len(known))
            known.append((extraction, []))
            sizes.append(len(picks))
    printed = sorted(_reprint(fullest, others) for fullest, others in known if others)
    return tuple(reprint for _, reprint in printed)


def stories(found: Iterable[Reprint]) -> dict[str, str]:
    """Return article key -> key of the article that stands for the story, for all articles of some reprint."""
    return {article: one.first for one in found for article in (one.first, *one.others)}


def _body(article: Article) -> str:
    """Return the letters of the body, as it was meant."""
    folded = mend(fold(article.text))
    return _letters(folded.text[_start(article, folded) :])


def _start(article: Article, folded: Folded) -> int:
    return folded.at(article.body_start) if article.body_start else 0


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text))


def _shingles(body: str) -> set[str]:
    return {body[at : at + SHINGLE] for at in range(len(body) - SHINGLE + 1)}


def _share(one: set[str], other: set[str]) -> float:
    """Return the share of the smaller set that is in the larger one; 0 where that is next to nothing of the larger."""
    small, large = sorted((one, other), key=len)
    both = len(small & large)
    return both / len(small) if both >= SHARED * len(large) else 0.0


def _names_fit(shorter: Extraction, longer: Extraction) -> bool:
    """Whether nearly all that the body of one article names and counts stands in the other article."""
    article = shorter.article
    folded, other = mend(fold(article.text)), mend(fold(longer.article.text))
    spans = {
        (folded.at(mention.span.start), folded.at(mention.span.end - 1) + 1)
        for local in shorter.entities
        if local.type != "Date"  # its numbers are looked at
        for mention in local.mentions
        if mention.span.start >= article.body_start
    }
    names = {_letters(folded.text[start:end]) for start, end in spans} - {one.name for one in article.byline}
    numbers = set(_DIGITS.findall(folded.text, _start(article, folded)))
    letters = _letters(other.text)
    missing = sum(name not in letters for name in names) + len(numbers.difference(_DIGITS.findall(other.text)))
    return missing <= (1 - NAMED) * (len(names) + len(numbers))


def _longest_first(extraction: Extraction) -> tuple[int, str, str]:
    article = extraction.article
    return article.body_start - len(article.text), *_printed(article)


def _printed(article: Article) -> tuple[str, str]:
    return article.issue_date or "~", article.id


def _reprint(fullest: Extraction, others: Iterable[tuple[Extraction, float]]) -> tuple[tuple[str, str], Reprint]:
    """Order the articles of a story by when they were printed; in front of it stands what orders the stories."""
    shares = {one.article.key: round(share, 3) for one, share in others}
    first, *later = sorted((fullest.article, *(one.article for one, _ in others)), key=_printed)
    # where the fullest text is not the first one, what is known is how the first one is like it
    alike = tuple(shares[first.key if one is fullest.article else one.key] for one in later)
    return _printed(first), Reprint(first.key, fullest.article.key, tuple(one.key for one in later), alike)
