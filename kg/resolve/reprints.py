"""Which articles are one story printed again: it counts as one source, however many papers have it.

Two articles are one story when most of the shorter body stands in the longer one, run by run, and so does nearly all
that the shorter one names and counts. The first alone would take two reports after one pattern for one: the same words
about another district have other names in them. Paragraphs may be left out or turned round, headlines and bylines are
not looked at, and signs, width, blanks, traditional characters and slips of a scanner do not matter.

Of each article a sketch is kept, a few of its shingles. Sketches alone say which articles may be alike, and so in which
parts the archive falls: no story has articles of two parts. In a part articles are read from the longest body to the
shortest, and each is compared with the fullest texts of the likeliest stories. So time grows with the number of
articles, not of pairs, and after a change only the parts that it touches are read again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from zlib import crc32

from kg.extract.mend import mend
from kg.model import Article, Extraction
from kg.resolve.records import Reprint
from kg.text import Folded, fold

__all__ = ["Sketch", "again", "reprints", "sketch", "stories"]

SHINGLE = 8  # letters, that is characters and digits without signs and blanks
SHORTEST = 40  # letters; what is shorter is a caption, and captions look alike
WITHIN = 0.6  # of the shingles of the shorter body stand in the longer one
SHARED = 0.3  # of the longer body, at least: an item of a digest does not make the digest its story
NAMED = 0.95  # of the names and numbers of the shorter body stand in the longer article
COMMON = 20  # a shingle that more different sketches have is a phrase of the trade, or of a story that all papers print
TELLING = 0.25  # of the smaller sketch are shingles by which two sketches find each other
HINT = 0.5  # of the smaller sketch is in the other one, for the texts to be worth comparing
TRIED = 5  # stories an article is compared with at most, the likeliest first

# Only shingles that start with one of these go into a sketch: chosen by content, so that two texts choose the same.
# Numbers are what two reports after one pattern do not share.
_SKETCHED = re.compile(rf"(?=((?:[工的在]|(?<!\d)\d)\w{{{SHINGLE - 1}}}))")
_LETTERS = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")

Shingles = tuple[int, ...]  # hashes, in order
Load = Callable[[Collection[str]], Mapping[str, Extraction]]  # by article key, at least those asked for


@dataclass(frozen=True, slots=True)
class Sketch:
    """What finds the like of an article without its text: its key, what tells which of two is fuller or was printed
    first (the length of the body, day of issue, id), and hashes of a few shingles, in order and never none."""

    key: str
    size: int
    issue_date: str
    id: str
    shingles: Shingles


def sketch(extraction: Extraction) -> Sketch | None:
    """Return the sketch of an article, None if it is too short to be like another one or has nothing to find it by."""
    article = extraction.article
    body = _body(article)
    found = {crc32(one.encode()) for one in _SKETCHED.findall(body)} if len(body) >= SHORTEST else ()
    if not found:
        return None
    size = len(article.text) - article.body_start
    return Sketch(article.key, size, article.issue_date, article.id, tuple(sorted(found)))


def reprints(extractions: Iterable[Extraction]) -> tuple[Reprint, ...]:
    """Return the stories that several of these articles print, in the order of their first articles.

    The order in which the extractions come does not matter. First is what was issued first, of one day the one whose
    id comes first; articles without a day come last.
    """
    read = {one.article.key: one for one in extractions}
    sketches = {key: found for key, one in read.items() if (found := sketch(one))}
    return again((), {}, sketches, sketches, lambda _: read)


def again(
    before: Iterable[Reprint],
    old: Mapping[str, Sketch],
    new: Mapping[str, Sketch],
    changed: Collection[str],
    load: Load,
) -> tuple[Reprint, ...]:
    """Return what `reprints` would for an archive, given what it returned `before` some articles changed.

    `old` and `new` are the sketches then and now by article key; `changed` are the keys of all articles that came,
    went, or are read otherwise in any way, be it with the same sketch. `load` gives at least the articles asked for, by
    key: it is called once, with those of the parts that the change touches.
    """
    was, now = _Archive(old.values()), _Archive(new.values())
    moved = {state[key].shingles for state in (old, new) for key in changed if key in state}
    parts = now.parts(_disturbed(moved, was, now))
    touched = {one.shingles for part in parts for one in part}
    kept = [one for one in before if one.first in new and new[one.first].shingles not in touched]
    shared = [part for part in parts if len(part) > 1]
    read = load([one.key for part in shared for one in part]) if shared else {}
    found = (one for part in shared for one in _told(part, now, read))
    return tuple(sorted((*kept, *found), key=lambda one: _printed(new[one.first])))


def stories(found: Iterable[Reprint]) -> dict[str, str]:
    """Return article key -> key of the article that stands for the story, for all articles of some reprint."""
    return {article: one.first for one in found for article in (one.first, *one.others)}


# ------------------------------------------------------------------------------------------------- which may be alike


class _Archive:
    """The sketches of an archive, and which may be of one story.

    Articles with the same shingles are one here, so that what is printed word for word is no phrase of the trade. A
    shingle leads to all that have it; one that is common leads to the fullest of them alone, so that a story which all
    papers print, each a little changed, is found as well. Two that one of them finds so are near, if they share enough.
    Which have a shingle is looked up in all sketches when asked for: after a change few shingles are.
    """

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        self.articles: dict[Shingles, list[Sketch]] = {}  # the fullest first
        for one in sorted(sketches, key=_longest_first):
            self.articles.setdefault(one.shingles, []).append(one)
        self._order = list(self.articles)
        self._having: dict[int, list[int]] = {}
        self._near: dict[Shingles, frozenset[Shingles]] = {}

    def leads(self, some: Iterable[Shingles]) -> set[Shingles]:
        """Return what any of these shingles leads to."""
        asked = set(chain.from_iterable(some))
        self._fill(asked)
        return {self._order[at] for shingle in asked for at in self._lead(shingle)}

    def near(self, some: Collection[Shingles]) -> Mapping[Shingles, frozenset[Shingles]]:
        """Return what each of these may be of one story with; nothing where it is not of this archive."""
        asked = [one for one in some if one in self.articles and one not in self._near]
        self._fill(set(chain.from_iterable(asked)))
        self._near.update((one, self._look(one)) for one in asked)
        return {one: self._near.get(one, frozenset()) for one in some}

    def parts(self, some: Iterable[Shingles]) -> list[list[Sketch]]:
        """Return the parts of the archive that any of these are in, the articles of each from the fullest on. What may
        be of one story, directly or through others, is in one part."""
        reached: set[Shingles] = set()
        front = {one for one in some if one in self.articles}
        while front:  # all of them at once, since each step reads all sketches
            reached |= front
            front = set().union(*self.near(front).values()) - reached
        return [
            sorted((one for shingles in part for one in self.articles[shingles]), key=_longest_first)
            for part in _connected(self.near(reached))
        ]

    def _fill(self, shingles: set[int]) -> None:
        missing = {one for one in shingles if one not in self._having}
        if not missing:
            return
        self._having.update((shingle, []) for shingle in missing)
        for at, one in enumerate(self._order):
            if not missing.isdisjoint(one):
                for shingle in missing.intersection(one):
                    self._having[shingle].append(at)

    def _lead(self, shingle: int, asking: Shingles = ()) -> list[int]:
        found = self._having[shingle]
        return found if len(found) <= COMMON or self._order[found[0]] == asking else found[:1]

    def _look(self, shingles: Shingles) -> frozenset[Shingles]:
        mine = frozenset(shingles)
        hits = Counter(chain.from_iterable(self._lead(shingle, shingles) for shingle in shingles))
        found = ((self._order[at], n) for at, n in hits.items())
        return frozenset(other for other, n in found if other != shingles and _promising(mine, other, n))


def _promising(mine: frozenset[int], other: Shingles, telling: int) -> bool:
    """Whether two sketches that found each other by so many shingles share enough for their texts to be compared."""
    least = min(len(mine), len(other))
    return telling >= TELLING * least and len(mine.intersection(other)) >= HINT * least


def _disturbed(moved: set[Shingles], was: _Archive, now: _Archive) -> set[Shingles]:
    """Return what moved, and all that is near to other sketches than it was.

    Where two that did not move are no longer near, or are now, a shingle that they share leads elsewhere than it did.
    So it is one of what moved, and led to one of the two, or does now: only there has one to look.
    """
    doubtful = moved | was.leads(moved) | now.leads(moved)
    then, today = was.near(doubtful), now.near(doubtful)
    other = {one: differ for one in doubtful if (differ := then[one] ^ today[one])}
    return moved.union(other, *other.values())


def _connected(near: Mapping[Shingles, Collection[Shingles]]) -> Iterator[set[Shingles]]:
    """Yield the parts of what is near to each other."""
    left = set(near)
    while left:
        part: set[Shingles] = set()
        front = {left.pop()}
        while front:
            part |= front
            front = {other for one in front for other in near[one]} - part
        left -= part
        yield part


# -------------------------------------------------------------------------------------------------- which are one story


def _told(articles: Iterable[Sketch], archive: _Archive, read: Mapping[str, Extraction]) -> Iterator[Reprint]:
    """Yield the stories that several of these articles print: all those of a part, from the fullest on."""
    known: list[tuple[Sketch, list[tuple[Sketch, float]]]] = []  # the fullest text of a story, the others
    told: dict[Shingles, list[int]] = defaultdict(list)  # the first stories by the shingles of their fullest text
    # The fullest text of a story is asked for by each article like it, and these come one after the other.
    shingles_of = lru_cache(maxsize=512)(lambda key: _shingles(_body(read[key].article)))
    for one in articles:
        for story in _likely(one, archive, told):
            fullest, others = known[story]
            share = _share(shingles_of(one.key), shingles_of(fullest.key))
            pair = sorted((one, fullest), key=lambda article: len(shingles_of(article.key)))
            if share >= WITHIN and _names_fit(*(read[article.key] for article in pair)):
                others.append((one, share))
                break
        else:
            if len(told[one.shingles]) < TRIED:  # no article is compared with more
                told[one.shingles].append(len(known))
            known.append((one, []))
    yield from (_reprint(fullest, others) for fullest, others in known if others)


def _likely(one: Sketch, archive: _Archive, told: Mapping[Shingles, list[int]]) -> list[int]:
    """Return the stories that an article may be of, the likeliest first."""
    near = (one.shingles, *archive.near([one.shingles])[one.shingles])
    mine = frozenset(one.shingles)
    found = sorted((-len(mine.intersection(other)), story) for other in near for story in told.get(other, ()))
    return [story for _, story in found[:TRIED]]


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


def _longest_first(one: Sketch) -> tuple[int, str, str, str]:
    return -one.size, *_printed(one)


def _printed(one: Sketch) -> tuple[str, str, str]:
    return one.issue_date or "~", one.id, one.key


def _reprint(fullest: Sketch, others: Collection[tuple[Sketch, float]]) -> Reprint:
    """Order the articles of a story by when they were printed."""
    shares = {one.key: round(share, 3) for one, share in others}
    first, *later = sorted((fullest, *(one for one, _ in others)), key=_printed)
    # where the fullest text is not the first one, what is known is how the first one is like it
    alike = tuple(shares[first.key if one is fullest else one.key] for one in later)
    return Reprint(first.key, fullest.key, tuple(one.key for one in later), alike)
