"""Which classes of words follow each other in a sentence.

`word-classes.tsv` holds the logarithm of how much likelier a pair of classes is than chance, counted over the articles
of the tests and the development set of union news by `python -m tests.pages.word_classes`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import rjieba

__all__ = ["follows", "word_classes"]

_MARKS = {
    "，": "，",
    ",": "，",
    "、": "、",
    "“": "“",
    "”": "”",
    "‘": "“",
    "’": "”",
    "《": "“",
    "》": "”",
} | dict.fromkeys("。！？；：!?;:", "。")
_WHOLE = frozenset({"nr", "ns", "nt", "vn"})


def word_classes(text: str) -> list[tuple[str, str]]:
    """Return the words of `text` with their classes: a letter of the tagger's, marks by themselves."""
    found = []
    for word, tag in rjieba.tag(text):
        if tag == "x" or not word.strip():
            found.append((word, _MARKS.get(word, "x")))
        elif tag == "eng":
            found.append((word, "e"))
        else:
            found.append((word, tag[:2] if tag[:2] in _WHOLE else tag[0]))
    return found


@cache
def _table() -> dict[tuple[str, str], float]:
    text = files("kg.pages").joinpath("word-classes.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return {(left, right): float(weight) for left, right, weight in rows}


def follows(left: str, right: str) -> float:
    """Return how much likelier than chance class `right` is behind class `left`, as a logarithm."""
    return _table().get((left, right), 0.0)
