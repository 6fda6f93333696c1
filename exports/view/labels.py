"""Labels of nodes: how wide a text is, and how a name is broken into lines."""

from __future__ import annotations

import unicodedata

__all__ = ["LABEL_EMS", "ems", "wrap"]

LABEL_EMS = 8  # what a line of a label holds, in full-width characters
CLOSING = "”’》】）」』、，。；：？！…,.;:?!)]}"  # no line begins with these


def ems(text: str) -> float:
    """Return about how wide a text is, in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.58 for char in text)


def wrap(name: str) -> list[str]:
    """Break a name into one or two lines for its label, shortened with an ellipsis where it is longer."""
    text = "".join(char for char in " ".join(name.split()) if unicodedata.category(char)[0] != "C")
    if ems(text) <= LABEL_EMS:
        return [text] if text else []
    first = _head(text, min(LABEL_EMS, max(ems(text) / 2, 4)))
    while len(first) < len(text) and text[len(first)] in CLOSING:
        first = text[: len(first) + 1]
    rest = text[len(first) :].strip()
    if not rest:
        return [first.strip()]
    second = rest if ems(rest) <= LABEL_EMS else _head(rest, LABEL_EMS - 1) + "…"
    return [first.strip(), second]


def _head(text: str, room: float) -> str:
    """Return the longest beginning of `text` within `room`, one character more where that fills the line."""
    width = 0.0
    for index, char in enumerate(text):
        if width >= room:
            return text[:index]
        width += ems(char)
    return text
