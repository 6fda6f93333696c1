"""Compares what a build took for one thing with what the archive knows to be one.

An item is one thing in one article as one built entity has it. Two items of a class are a pair; the pair is right where
truth and build agree. Pairs are counted from the sizes of groups, never one by one.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.workspace import Workspace
from tests.archive.make import TRUTH

__all__ = ["ALL", "Figures", "Item", "Score", "figures", "lines", "score", "worst"]

ALL = "all"
CLASSES = ("TradeUnion", "Enterprise", "District", "Activity", "Person", "Venue")
NO_BYLINES = "Person, no bylines"


@dataclass(frozen=True, slots=True)
class Item:
    """A thing of truth as the build has it; `name` is how it is called there."""

    cls: str
    true: str
    built: str
    name: str
    byline: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Agreement of two partitions of the same items.

    `precision` and `recall` weigh every pair alike. `even_recall` is the mean over true things of the share of their
    pairs that were kept together, `even_precision` that over built ones; a thing of one item is in neither.
    """

    items: int
    true_things: int
    built_things: int
    true_pairs: int
    built_pairs: int
    both: int
    even_precision: float
    even_recall: float

    @property
    def precision(self) -> float:
        return self.both / self.built_pairs if self.built_pairs else 1.0

    @property
    def recall(self) -> float:
        return self.both / self.true_pairs if self.true_pairs else 1.0


@dataclass(slots=True)
class Score:
    """What a comparison found."""

    rows: dict[str, Figures]
    merges: list[tuple[int, str]]
    splits: list[tuple[int, str]]
    missed: dict[str, Counter[str]]  # class -> found, missed, open
    missed_names: Counter[tuple[str, str]] = field(default_factory=Counter)
    unmatched_pages: int = 0
    homeless: int = 0  # found, but part of no entity


def pairs(count: int) -> int:
    """How many pairs there are of so many."""
    return count * (count - 1) // 2


def figures(items: Iterable[tuple[str, str]]) -> Figures:
    """Return the agreement of true and built ids."""
    cells = Counter(items)
    true: Counter[str] = Counter()
    built: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (one, other), count in cells.items():
        true[one] += count
        built[other] += count
        kept[one] += pairs(count)
        right[other] += pairs(count)
    recalls = [kept[one] / pairs(count) for one, count in true.items() if count > 1]
    precisions = [right[one] / pairs(count) for one, count in built.items() if count > 1]
    return Figures(
        items=sum(cells.values()),
        true_things=len(true),
        built_things=len(built),
        true_pairs=sum(map(pairs, true.values())),
        built_pairs=sum(map(pairs, built.values())),
        both=sum(map(pairs, cells.values())),
        even_precision=sum(precisions) / len(precisions) if precisions else 1.0,
        even_recall=sum(recalls) / len(recalls) if recalls else 1.0,
    )


def worst(items: Sequence[Item], *, splits: bool, most: int = 20) -> list[tuple[int, str]]:
    """Return the confusions of most pairs: built things that hold several true ones, or with `splits` the reverse.

    Each says how many pairs are wrong, and of its parts the largest, by what they are called and how often.
    """
    groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item in items:
        whole, part = (item.true, item.built) if splits else (item.built, item.true)
        groups[item.cls, whole][part] += 1
        names[whole, part][item.name] += 1
    found = [
        (pairs(parts.total()) - sum(map(pairs, parts.values())), cls, whole)
        for (cls, whole), parts in groups.items()
        if len(parts) > 1
    ]
    found.sort(key=lambda row: (-row[0], row[1:]))
    rows = []
    for count, cls, whole in found[:most]:
        parts = sorted(groups[cls, whole].items(), key=lambda part: (-part[1], part[0]))
        told = " | ".join(_most(names[whole, part]) for part, _ in parts[:4])
        more = f" | and {len(parts) - 4} more" if len(parts) > 4 else ""
        true = whole if splits else ", ".join(part for part, _ in parts[:4])
        rows.append((count, f"{cls}: {told}{more}  ({true})"))
    return rows


def _most(names: Counter[str]) -> str:
    ranked = sorted(names.items(), key=lambda row: (-row[1], row[0]))
    return " ".join(f"{name} {count}" for name, count in ranked[:3])


def fold(name: str) -> str:
    """Take the width of characters and blanks out of a name: how it was printed is not what is compared here."""
    return "".join(unicodedata.normalize("NFKC", name).split())


# ------------------------------------------------------------------------------------------------------------ reading


def score(folder: Path, workspace: Path) -> Score:
    """Compare the archive in a folder with what was built from it."""
    built = Workspace.open(workspace)
    entity_of = {local: entity.id for entity in built.entities() for local in entity.locals}
    numbers: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    for article in built.articles():
        numbers[article.key] = article.id
        sizes[article.page] += 1
    found: dict[str, list[_Local]] = defaultdict(list)
    homeless = 0
    for local in built.locals():
        entity = entity_of.get(local.id, "")
        if not entity:
            homeless += local.type in CLASSES
            entity = f"? {local.id}"
        names = {local.name, *local.aliases, *(mention.surface for mention in local.mentions)}
        folded = frozenset(map(fold, names))
        found[numbers[local.article]].append(_Local(local.type, entity, local.name, fold(local.name), folded))
    true_sizes = Counter(printed.partition("#")[0] for printed, _ in read_truth(folder))
    unmatched = {page for page, size in true_sizes.items() if sizes[page] != size}

    items: list[Item] = []
    missed: dict[str, Counter[str]] = defaultdict(Counter)
    missed_names: Counter[tuple[str, str]] = Counter()
    for printed, things in read_truth(folder):
        if printed.partition("#")[0] in unmatched:
            continue
        hits = match(things, found.pop(printed, []))
        for thing, own, some in zip(things, own_names(things), hits, strict=True):
            cls = thing["class"]
            counts = missed[cls]
            if not thing.get("inside") and (some or own):
                counts["found" if some else "missed"] += 1
                if not some:
                    missed_names[cls, thing["names"][0]] += 1
            if thing.get("open"):
                counts["open"] += bool(some)
                continue
            entities = {local.entity: local.name for local in some}
            byline = bool(thing.get("byline"))
            items += [Item(cls, thing["id"], entity, name, byline) for entity, name in sorted(entities.items())]
    return Score(
        rows=_rows(items),
        merges=worst(items, splits=False),
        splits=worst(items, splits=True),
        missed=dict(missed),
        missed_names=missed_names,
        unmatched_pages=len(unmatched),
        homeless=homeless,
    )


@dataclass(frozen=True, slots=True)
class _Local:
    """What extraction took for one thing of an article."""

    cls: str
    entity: str
    name: str
    main: str
    names: frozenset[str]


def match(things: Sequence[Mapping[str, Any]], locals_: Sequence[_Local]) -> list[list[_Local]]:
    """Return which local entities stand for each thing of an article.

    A local stands for one thing: that which bears its main name, else that with which it shares most names. A name of
    two things of the article says nothing: 新城区 where those of two cities are paired. Where a thing has a local by
    main name, others that merely share a lesser name with it are slips of extraction: left out.
    """
    names = own_names(things)
    hits: list[list[_Local]] = [[] for _ in things]
    for local in locals_:
        best, rank = -1, (False, 0)
        for at, thing in enumerate(things):
            this = (local.main in names[at], len(local.names & names[at]))
            if thing["class"] == local.cls and this > rank:
                best, rank = at, this
        if best >= 0:
            hits[best].append(local)
    return [[one for one in some if one.main in name] or some for some, name in zip(hits, names, strict=True)]


def own_names(things: Sequence[Mapping[str, Any]]) -> list[frozenset[str]]:
    """Return of each thing the names that no other thing of its class bears in the article."""
    folded = [frozenset(map(fold, thing["names"])) for thing in things]
    bearers = Counter((thing["class"], name) for thing, names in zip(things, folded, strict=True) for name in names)
    return [
        frozenset(name for name in names if bearers[thing["class"], name] == 1)
        for thing, names in zip(things, folded, strict=True)
    ]


def read_truth(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each article and the things it speaks of."""
    with (folder / TRUTH).open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield row["article"], row["things"]


def _rows(items: Sequence[Item]) -> dict[str, Figures]:
    by_class: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item in items:
        key = (f"{item.cls} {item.true}", f"{item.cls} {item.built}")
        by_class[ALL].append(key)
        by_class[item.cls].append(key)
        if item.cls == "Person" and not item.byline:
            by_class[NO_BYLINES].append(key)
    return {cls: figures(by_class[cls]) for cls in [ALL, *sorted(by_class.keys() - {ALL})]}


# ----------------------------------------------------------------------------------------------------------- printing


def lines(result: Score, *, names: int = 20) -> Iterator[str]:
    """Yield what is to be read."""
    head = ("", "items", "true", "built", "P", "R", "F", "even P", "even R")
    yield _cells(head)
    for name, row in result.rows.items():
        p, r = row.precision, row.recall
        f = 2 * p * r / (p + r) if p + r else 0.0
        shares = (f"{value:.4f}" for value in (p, r, f, row.even_precision, row.even_recall))
        yield _cells((name, f"{row.items:,}", f"{row.true_things:,}", f"{row.built_things:,}", *shares))
    yield ""
    yield _cells(("extraction", "found", "missed", "share", "open"))
    for name, counts in sorted(result.missed.items()):
        found, missed = counts["found"], counts["missed"]
        yield _cells((name, f"{found:,}", f"{missed:,}", f"{found / (found + missed or 1):.3f}", f"{counts['open']:,}"))
    yield f"pages cut into another number of articles, left out: {result.unmatched_pages}"
    yield f"found, but part of no entity: {result.homeless}"
    for title, rows in (("false merges", result.merges), ("false splits", result.splits)):
        yield ""
        yield f"{title}: pairs, names and how often"
        yield from (f"{count:>8,}  {text}" for count, text in rows)
    yield ""
    yield "not found most often"
    ranked: Mapping[tuple[str, str], int] = result.missed_names
    for (cls, name), count in sorted(ranked.items(), key=lambda row: (-row[1], row[0]))[:names]:
        yield f"{count:>8,}  {cls}: {name}"


def _cells(cells: Sequence[str]) -> str:
    first, *rest = cells
    return f"{first:<20}" + "".join(f"{cell:>10}" for cell in rest)
