"""A search index for pages without a server: names in blocks, and the pairs of characters in them in buckets.

What a reader types is cut into pairs of characters; a bucket says which names hold a pair; the script loads the buckets
of the pairs, keeps the names that hold all, and loads their blocks. All files are scripts that hand over data, since a
page opened from a disk may load no other. Names are numbered by how many facts they have, so that the first ones found
are the ones most wanted; a pair that very many names hold leads to the first MOST of them.

The script (`exports/assets/portal.js`) folds, pairs and hashes as is done here.
"""

from __future__ import annotations

import json
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

__all__ = ["BLOCK", "MOST", "Entry", "folded", "index_files", "pairs_of"]

BLOCK = 400  # names in one file
MOST = 4000  # names that a pair leads to
EACH = 120  # names for each bucket, about
BUCKETS = 2048  # at most
LONG = 80  # characters of a name that can be searched
FIRST, LAST = "\x02", "\x03"  # in front of a name, and behind it


class Entry(NamedTuple):
    """A name to be found: `weight` ranks it, `class_` is the place of its class among those given."""

    weight: int
    name: str
    aliases: tuple[str, ...]
    class_: int
    folder: str
    hint: str


def folded(text: str) -> str:
    """Return text as it is compared: width and case gone, blanks too."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def pairs_of(text: str) -> set[str]:
    """Return the pairs of characters in a name, with the marks of its ends."""
    whole = FIRST + folded(text)[:LONG] + LAST
    return {whole[at : at + 2] for at in range(len(whole) - 1)}


def bucket_of(pair: str, buckets: int) -> int:
    """Return which bucket tells of a pair."""
    return (ord(pair[0]) * 31 + ord(pair[1])) % buckets


def index_files(entries: Iterable[Entry], classes: Sequence[tuple[str, str]], things: str) -> Iterator[tuple[str, str]]:
    """Yield the files of the index, name and content.

    `classes` are what each class is called in both languages, `things` is the folder that holds those of entries.
    """
    ranked = sorted(entries, key=lambda one: (-one.weight, one.name, one.folder))
    found: dict[str, array[int]] = {}
    for number, entry in enumerate(ranked):
        for pair in sorted(set().union(*(pairs_of(name) for name in (entry.name, *entry.aliases)))):
            numbers = found.setdefault(pair, array("L"))
            if len(numbers) <= MOST:
                numbers.append(number)
    buckets = 1
    while buckets < BUCKETS and buckets * EACH < len(ranked):
        buckets *= 2
    filled: list[dict[str, list[int]]] = [{} for _ in range(buckets)]
    for pair in sorted(found):
        filled[bucket_of(pair, buckets)][pair] = _steps(found.pop(pair))
    head: dict[str, Any] = {"buckets": buckets, "block": BLOCK, "count": len(ranked), "most": MOST, "things": things}
    head["classes"] = [*map(list, classes)]
    yield "index.js", f"portalIndex.head({_json(head)});\n"
    for number, bucket in enumerate(filled):
        yield f"pairs-{number}.js", f"portalIndex.pairs({number},{_json(bucket)});\n"
    for number in range(0, len(ranked), BLOCK):
        block = [
            [one.name, list(one.aliases), one.class_, one.folder, one.hint] for one in ranked[number : number + BLOCK]
        ]
        yield f"names-{number // BLOCK}.js", f"portalIndex.names({number // BLOCK},{_json(block)});\n"


def _steps(numbers: Iterable[int]) -> list[int]:
    """Return ascending numbers as steps from one to the next, which are shorter to write."""
    steps = []
    last = 0
    for number in numbers:
        steps.append(number - last)
        last = number
    return steps


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode("utf-8", "replace").decode("utf-8")
