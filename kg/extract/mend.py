"""Text as it was meant: traditional characters read as simplified ones, slips of a scanner repaired, blanks closed.

Only the text that rules compare is changed, and its offsets still point into the article as printed; quotes and
surfaces stay what the paper has. Each step is taken only where the text itself gives reason to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.extract import lexicon
from kg.text import Folded

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["mend", "simplified"]


def mend(folded: Folded) -> Folded:
    """Return the text without what a printer's tradition or a scanner put into it."""
    text = _without_slips(_simplified(folded.text))
    return _without_stray_blanks(Folded(text, folded.offsets))


# ---------------------------------------------------------------------------------------------- traditional characters

# frequent ones that simplified text never has
_TRADITIONAL = re.compile("[會區縣國業員產記參與舉辦動這來時個為說對學過發職織聯書長關開們後]")
_OFTEN = 50  # one of them in as many characters makes a text traditional; in such text every fourth character is


def _simplified(text: str) -> str:
    """Text in simplified characters, each where the traditional one stood."""
    found = sum(1 for _ in _TRADITIONAL.finditer(text))
    if found < 3 or found * _OFTEN < len(text):
        return text
    return "\n".join(map(simplified, text.split("\n")))


def simplified(line: str) -> str:
    """Return a line in simplified characters, each where the traditional one stood, whatever the line looks like."""
    converter = _converter()
    simplified: str = converter.convert(line)
    if len(simplified) == len(line):
        return simplified
    alone = (converter.convert(char) for char in line)  # a phrase changed the length: character by character
    return "".join(new if len(new) == 1 else old for new, old in zip(alone, line, strict=True))


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # only traditional text needs it

    return OpenCC("t2s")


# --------------------------------------------------------------------------------------------------------------- slips

# a number with a letter in it: 30l室, and with one in front before what only numbers stand before: O5年, l日
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.])(?:[0-9][0-9,.]*[OolI][0-9OolI,.]*(?![A-Za-z0-9])|"
    r"(?:[OolI]+(?=[0-9])|[lI](?=[月日号]))[0-9OolI,.]*(?=[年月日号时点分名人家余个届多万千百亿场次元岁项件份%]))"
)
_LETTERS = re.compile("[OolI]")
_DIGITS = str.maketrans("OolI", "0011")
_DAY = re.compile(r"(?<=\d)曰(?![“：])")
_CONFUSED = re.compile("[曰己已巳末未]")
_KANA = re.compile("[ぁ-ゖァ-ヺ]")


@cache
def _slips() -> tuple[AhoCorasick, list[str]]:
    """Words with one character taken for another, and what each means; what looks so and is right means itself."""
    rows = lexicon.rows("slips")
    return AhoCorasick([row[0] for row in rows], matchkind=MatchKind.LeftmostLongest), [row[1] for row in rows]


def _without_slips(text: str) -> str:
    if _LETTERS.search(text):
        text = _NUMBER.sub(lambda number: number.group().translate(_DIGITS), text)
    if "エ" in text and set(_KANA.findall(text)) == {"エ"}:
        text = text.replace("エ", "工")
    if _CONFUSED.search(text) is None:
        return text
    text = _DAY.sub("日", text)
    slips, meant = _slips()
    parts, last = [], 0
    for index, start, end in slips.find_matches_as_indexes(text):
        parts += [text[last:start], meant[index]]
        last = end
    return "".join((*parts, text[last:]))


# -------------------------------------------------------------------------------------------------------------- blanks

_HAN = "\u3400-\u9fff"
_PIECE = re.compile(rf"[{_HAN}]+")
_LAST_PIECE = re.compile(rf"[{_HAN}]+$")
_CREDIT = re.compile("记者|通讯员|作者|撰稿|撰文|采写|实习生|摄影|供图|供稿|报道|[图文摄]/|/[图文摄]")
_SPACED = 0.4  # share of the characters of a line that stand alone in one that is spaced out
_STRAY = (3, 100)  # as many stray blanks in all, and one in as many characters, tell that all are


def _without_stray_blanks(folded: Folded) -> Folded:
    """Close the gaps that a scanner saw inside sentences: 总 工会, 举 办. Names in a row stay apart.

    Folded text has no blanks but those between two Chinese characters.
    """
    text = folded.text
    gaps = [gap.start() for gap in re.finditer(" ", text)]
    if len(gaps) < _STRAY[0]:
        return folded
    stray: set[int] = set()
    sure = 0  # of them, in running text
    start = 0
    for line in text.split("\n"):
        here = gaps[bisect_left(gaps, start) : bisect_left(gaps, start + len(line))]
        if len(here) <= _SPACED * (len(line) - len(here)):
            here = [at for at in here if not _parts_names(text, at, start, start + len(line))]
        stray.update(here)
        sure += len(here) if _RUNNING.search(line) else 0
        start += len(line) + 1
    if sure < _STRAY[0] or sure * _STRAY[1] < len(text):
        return folded
    keep = [at not in stray for at in range(len(text))]
    return Folded("".join(compress(text, keep)), tuple(compress(folded.offsets, keep)))


_RUNNING = re.compile("[。，；！？]")
_ODDS = 1.0  # of the characters of a name against those of other words, a logarithm
_LONG = 9  # characters that are more than a name
_NEAR = 14  # characters around a word for reporters in which names are set apart by blanks


def _parts_names(text: str, at: int, start: int, end: int) -> bool:
    """Whether the blank stands between a name and another name, or a word for reporters."""
    left, right = _LAST_PIECE.search(text, max(start, at - _LONG), at), _PIECE.match(text, at + 1, min(end, at + _LONG))
    if left is None or right is None or len(left.group()) == 1 or not _is_name(right.group()):
        return False
    return _is_name(left.group()) or _CREDIT.search(text, max(start, at - _NEAR), min(end, at + _NEAR)) is not None


def _is_name(piece: str) -> bool:
    """Whether the piece can be a person's name, or a word for reporters."""
    return _CREDIT.search(piece) is not None or lexicon.name_odds(piece) > _ODDS
