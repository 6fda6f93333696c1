"""Text without meaning: folding to one form, sentence ends, quotations. All offsets are code points, half-open.

Folding keeps a one-to-one map to the text as printed, so that whatever is found in the folded text can be cited
from the printed one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

__all__ = ["Folded", "display_width", "fold", "normal", "quotations", "sentence_spans", "sentences"]

# Chinese punctuation is the one form inside the extractor; letters and digits are folded to ASCII.
_TO_WIDE = {
    ",": "，",
    ":": "：",
    ";": "；",
    "!": "！",
    "?": "？",
    "(": "（",
    ")": "）",
    "﹑": "、",
    "｡": "。",
    "､": "、",
}
_QUOTES = {"「": "“", "」": "”", "『": "‘", "』": "’", "〝": "“", "〞": "”", "＂": '"'}
_DOTS = {"•": "·", "・": "·", "‧": "·", "∙": "·", "●": "·"}
_BARS = {"丨": "|", "│": "|", "︱": "|"}
_SPACES = {"\u3000": " ", "\u00a0": " ", "\t": " ", "\u2003": " ", "\u2002": " ", "\u200b": " ", "\ufeff": " "}


@cache
def _table() -> dict[int, str]:
    table = {ord(a): b for part in (_TO_WIDE, _QUOTES, _DOTS, _BARS, _SPACES) for a, b in part.items()}
    for code in range(0xFF01, 0xFF5F):  # full-width ASCII: letters, digits and the signs that are not punctuation here
        plain = chr(code - 0xFEE0)
        if chr(code) not in "，：；！？（）" and ord(plain) not in table:
            table[code] = plain
    return table


_NUMBER_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_NUMBER_COLON = re.compile(r"(?<=\d)：(?=\d)")
# what stored pages hide: 县总工会*组书记, 建*百年
_HIDDEN = re.compile(r"\*(?=[组委员工校支总课史费章徽旗建])|(?<=[建入爱跟听全从])\*")
# a full stop of one column; not in 一.名称 at the head of a line, nor in ellipses, numbers and Latin names
_STOP = re.compile(r"(?m)(?<=[\u3400-\u9fff”’）》])(?<!^[一二三四五六七八九十])\.(?=[\u3400-\u9fff“‘（《” \n]|$)")
_GAP = re.compile(r" +")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text`: folded, with blanks kept only between two Chinese characters; `offsets[i]`: where character i of it
    stands in the printed text."""

    text: str
    offsets: tuple[int, ...]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the folded text to the printed text; an empty span maps to an empty one."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else (self.offsets[-1] + 1 if self.offsets else 0)
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def at(self, raw: int) -> int:
        """The folded offset of the last character at or before printed offset `raw`."""
        return max(0, bisect_right(self.offsets, raw) - 1)


def fold(text: str) -> Folded:
    """Fold `text` to the form of the rules: Chinese punctuation, ASCII letters and digits, paired quotes."""
    wide = text.replace("\r", "\n").translate(_table())
    wide = _NUMBER_COLON.sub(":", _NUMBER_COMMA.sub(",", wide))
    if "." in wide:
        wide = _STOP.sub("。", wide)
    if "*" in wide:
        wide = _HIDDEN.sub("党", wide)
    if '"' in wide:
        wide = "\n".join(_pair(line) for line in wide.split("\n"))
    if " " not in wide:
        return Folded(wide, tuple(range(len(wide))))
    parts: list[str] = []
    offsets: list[int] = []
    last = 0
    for gap in _GAP.finditer(wide):
        start, end = gap.span()
        parts.append(wide[last:start])
        offsets.extend(range(last, start))
        before, after = wide[start - 1 : start], wide[end : end + 1]
        if _HAN.match(before) and _HAN.match(after):
            parts.append(" ")
            offsets.append(start)
        last = end
    parts.append(wide[last:])
    offsets.extend(range(last, len(wide)))
    return Folded("".join(parts), tuple(offsets))


def _pair(line: str) -> str:
    """Turn straight quotes into opening and closing ones, in turn within one line."""
    pieces = line.split('"')
    return "".join(piece + ("“" if i % 2 == 0 else "”") for i, piece in enumerate(pieces[:-1])) + pieces[-1]


_MARKS = re.compile(r"[。！？!?\n“”]")
_LONGEST_QUOTATION = 400


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut folded `text` into sentences: at 。！？ and line ends, never inside “…” (an unclosed quotation ends with
    its paragraph, one over 400 characters is cut like plain text). Blanks around a sentence are left out."""
    spans: list[tuple[int, int]] = []
    start = 0
    closes_at = -1  # end of the quotation we are in
    for mark in _MARKS.finditer(text):
        at, sign = mark.start(), mark.group()
        if at < closes_at and sign != "\n":
            continue
        if sign == "“":
            close = text.find("”", at)
            if close >= 0 and close - at <= _LONGEST_QUOTATION and text.find("\n", at, close) < 0:
                closes_at = close
            continue
        end = at + 1
        if sign == "”":
            # “…。” ends a sentence only if nothing goes on behind it: 他说 and the like belong to the quotation
            if at != closes_at or text[at - 1 : at] not in "。！？!?…" or not text[end : end + 1]:
                continue
            if text[end : end + 1] != "\n" and text[end : end + 1] != "“":
                continue
        elif sign in "。！？!?":
            while text[end : end + 1] in ("”", "’", "）", "。", "！", "？") and text[end : end + 1]:
                end += 1
        if end > start:
            _add(text, spans, start, at if sign == "\n" else end)
        start = max(start, end)
    _add(text, spans, start, len(text))
    return spans


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text` as it is printed, as offsets in it."""
    folded = fold(text)
    return (folded.raw(*span) for span in sentences(folded.text))


def _add(text: str, spans: list[tuple[int, int]], start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


_QUOTATION = re.compile(r"“([^“”\n]{1,400})”|‘([^‘’\n]{1,60})’|《([^《》\n]{1,60})》")


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans inside “”, and outside them ‘’ and 《》, without the marks."""
    return [(m.start() + 1, m.end() - 1) for m in _QUOTATION.finditer(text)]


_DROP = re.compile(r"[\s\u200b\ufeff“”‘’\"'《》〈〉「」『』`]+")
_DASH = re.compile(r"[-‐‑‒–—―─﹣－~～〜]+")


@lru_cache(maxsize=16384)
def normal(name: str) -> str:
    """The form names are compared in: NFKC, no blanks or quotation marks, one dash, lower case."""
    return _DASH.sub("-", _DROP.sub("", unicodedata.normalize("NFKC", name).translate(_DOT_TABLE))).lower()


_DOT_TABLE = {ord(a): b for a, b in _DOTS.items()}


def display_width(text: str) -> int:
    """Columns of a terminal: two for a wide character, none for a combining one."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
