"""When two names count as the same: the measure of an evaluation, kept apart from how the program itself compares.

`kg.text.normal` may change with the rules; what counts as right may not change with it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["Day", "day", "fold", "near", "same_day"]

Day = tuple[int | None, int, int]  # year where it is said, month, day

_BLANK = re.compile(r"[\s\u200b\ufeff]+")
_MARKS = str.maketrans("", "", "\"'`“”‘’„‟«»‹›「」『』《》〈〉〝〞＂＇")  # a quotation mark tells no two names apart
_LIKE = str.maketrans(
    {
        **dict.fromkeys("•・‧∙●", "·"),
        **dict.fromkeys("‐‑‒–—―─﹣－~～〜", "-"),
        **dict.fromkeys(",﹑", "、"),
    }
)
_DASHES = re.compile(r"-{2,}")
_WRITTEN_OUT = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})")
_IN_FIGURES = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SHORTEST = 4  # characters of a name that may count as near to another


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return what of a name is compared: widths, case, dots, dashes and commas made alike, no blanks, no quotes."""
    plain = unicodedata.normalize("NFKC", name.translate(_MARKS)).translate(_MARKS)
    return _DASHES.sub("-", _BLANK.sub("", plain).translate(_LIKE)).lower()


@lru_cache(maxsize=65536)
def day(text: str) -> Day | None:
    """Return the first day that `text` names, None where it names none."""
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text))
    found = _WRITTEN_OUT.search(plain) or _IN_FIGURES.search(plain)
    if found is None:
        return None
    year, month, of_month = found.groups()
    return int(year) if year else None, int(month), int(of_month)


def same_day(one: str, other: str) -> bool:
    """Whether both name one day; a year that only one of them says is no difference."""
    left, right = day(one), day(other)
    if left is None or right is None or left[1:] != right[1:]:
        return False
    return left[0] is None or right[0] is None or left[0] == right[0]


def near(one: str, other: str) -> bool:
    """Whether one of two names holds the other and is at most twice as long."""
    short, long = sorted((fold(one), fold(other)), key=len)
    return len(short) >= _SHORTEST and short in long and len(long) <= 2 * len(short)
