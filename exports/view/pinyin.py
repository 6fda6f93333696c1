"""How Chinese characters are read, so that a name is found by the letters of its pinyin: jwzgh finds 建外总工会."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["readings"]


def readings(names: Iterable[str]) -> dict[str, str]:
    """Return the characters of `names` that are read in pinyin, each with its readings, without tones.

    Several readings are separated by a space, the commonest first: 长 is "chang zhang". Which of them a name wants
    is left to the search, which takes any (a name is found by a reading it has not rather than not at all).
    """
    from pypinyin import Style, pinyin  # its tables take a while, and only pictures need them

    chars = sorted({char for name in names for char in name if "\u3400" <= char <= "\u9fff"})
    found: dict[str, str] = {}
    for char in chars:
        (read,) = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore") or ([],)
        letters = dict.fromkeys(one.replace("ü", "v") for one in read if one.isascii() or "ü" in one)
        if letters:
            found[char] = " ".join(letters)
    return found
