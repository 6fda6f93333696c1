"""How wide a text is, without asking a font: good enough to break lines and to keep labels apart."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["ems", "fold", "plain", "shortened"]

SLIM = frozenset("iIjl.,:;|!'`()[]{}·ftr ")
BROAD = frozenset("mwMW@%—…")
CLOSING = "”’》】）」』、，。；：？！…,.;:?!)]}%"  # no line begins with these
ROOM = 5000  # characters of a name that are looked at; more are never shown
_PIECES = re.compile(r"[^\s\u1100-\uffff\U00010000-\U0010ffff]+|\s+|.", re.DOTALL)


def ems(text: str) -> float:
    """Return about how wide a text is, in full-width characters; rather more than less."""
    return sum(map(_width, text))


def _width(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    if char in SLIM:
        return 0.36
    if char in BROAD:
        return 0.95
    return 0.7 if char.isupper() else 0.58


def plain(text: str) -> str:
    """Return a text on one line, without characters that steer or cannot be seen."""
    return "".join(char for char in " ".join(text[:ROOM].split()) if unicodedata.category(char)[0] != "C")


def shortened(text: str, room: float) -> str:
    """Return a text as one line, cut with an ellipsis where it is wider than `room` full-width characters."""
    line = plain(text)
    if ems(line) <= room:
        return line
    width = 0.0
    for at, char in enumerate(line):
        width += _width(char)
        if width > room - 1:
            return line[:at].rstrip() + "…"
    return line


def fold(text: str, room: float) -> list[str]:
    """Break a text into lines of at most `room` full-width characters, between words or Chinese characters."""
    lines = [""]
    for piece in _PIECES.findall(plain(text)):
        if ems(lines[-1] + piece.rstrip()) <= room or (piece in CLOSING and lines[-1]):
            lines[-1] += piece
        elif piece.strip():
            lines.append(piece)
    return [line.strip() for line in lines if line.strip()]
