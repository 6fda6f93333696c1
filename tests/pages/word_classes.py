"""Count which classes of words follow each other, for `kg/pages/word-classes.tsv`.

    python -m tests.pages.word_classes [FOLDER_OF_TEXTS ...] > kg/pages/word-classes.tsv

The table in the package was counted over the own articles and the development set.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from kg.pages.bylines import opening_end
from kg.pages.classes import word_classes
from tests.pages.rates import OWN, clean_articles

FEWEST = 2  # is added to what was counted and to what chance would give
LEAST = 0.25  # a weight nearer to 0 is left out


def table(folders: Iterable[Path]) -> list[tuple[str, str, str]]:
    """Return left class, right class and weight, sorted."""
    pairs: Counter[tuple[str, str]] = Counter()
    for _, paragraphs in clean_articles(folders):
        for paragraph in paragraphs:
            pairs.update(pairwise(kind for _, kind in word_classes(paragraph[opening_end(paragraph) :])))
    lefts: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    for (left, right), count in pairs.items():
        lefts[left] += count
        rights[right] += count
    every = sum(pairs.values())
    weights = {
        (left, right): math.log((pairs[left, right] + FEWEST) / (lefts[left] * rights[right] / every + FEWEST))
        for left in lefts
        for right in rights
    }
    return sorted((left, right, f"{weight:.1f}") for (left, right), weight in weights.items() if abs(weight) >= LEAST)


if __name__ == "__main__":
    rows = table([*OWN, *map(Path, sys.argv[1:])])
    sys.stdout.write("left\tright\tweight\n" + "".join("\t".join(row) + "\n" for row in rows))
