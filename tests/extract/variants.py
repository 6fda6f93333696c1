"""One text in other clothes: as other presses, web pages and scanners print it.

`python -m tests.extract.variants` tells what is lost in each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path

from opencc import OpenCC

from kg.cli.extract import printed
from kg.extract import extract
from kg.model import Page
from kg.pages import cut
from kg.text import normal

__all__ = ["VARIANTS", "Kept", "kept", "tuned"]

GOLD = Path(__file__).parent.parent / "gold"
_HAN = "\u3400-\u9fff"
_NARROW = dict(zip("，：；！？（）", ",:;!?()", strict=True))
_WIDE = {narrow: sign for sign, narrow in _NARROW.items()}


@cache
def tuned() -> dict[str, str]:
    """The texts that rules are made on, by id."""
    articles = json.loads((GOLD / "gold.json").read_text(encoding="utf-8"))["articles"]
    names = [article["id"] for article in articles if article["split"] == "tune"]
    return {name: (GOLD / "texts" / f"{name}.txt").read_text(encoding="utf-8") for name in names}


# ----------------------------------------------------------------------------------------------------------- variants


def _body(text: str, change: Callable[[str], str]) -> str:
    """Change every line but headings and empty ones."""
    return "\n".join(line if not line or line.startswith("#") else change(line) for line in text.split("\n"))


def _narrow(text: str) -> str:
    return text.translate(str.maketrans("，：；！？（）", ",:;!?()"))


def _narrow_stops(text: str) -> str:
    return re.sub(rf"(?<=[{_HAN}”）])。", ".", _narrow(text))


def _wide(text: str) -> str:
    wide = text.translate(str.maketrans(",:;!?()", "，：；！？（）"))
    return _body(wide, lambda line: re.sub("[A-Za-z0-9]", lambda char: chr(ord(char.group()) + 0xFEE0), line))


def _mixed(text: str) -> str:
    """Every second sign in the other width."""
    turn = count()
    other = {**_NARROW, **_WIDE}
    signs = "".join(map(re.escape, other))
    return re.sub(f"[{signs}]", lambda sign: other[sign.group()] if next(turn) % 2 else sign.group(), text)


def _corners(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "「」『』"))


def _straight(text: str) -> str:
    return text.translate(str.maketrans("“”", '""'))


def _no_blanks(text: str) -> str:
    return _body(text, lambda line: re.sub("[ \u3000]", "", line))


def _stray_blanks(text: str) -> str:
    """A blank behind every eleventh Chinese character that another follows."""
    turn = count(1)
    return _body(
        text, lambda line: re.sub(rf"(?<=[{_HAN}])(?=[{_HAN}])", lambda _: "" if next(turn) % 11 else " ", line)
    )


def _spaced(text: str) -> str:
    return _body(text, lambda line: re.sub(rf"(?<=[{_HAN}])(?=[{_HAN}])", " ", line))


_TAKEN_FOR = dict(zip("已己末未工日01", "己已未末エ曰Ol", strict=True))


def _slips(text: str) -> str:
    """Every third of the characters that a scanner confuses is taken for the other, wherever it stands."""
    turn = count()

    def other(match: re.Match[str]) -> str:
        return match.group() if next(turn) % 3 else _TAKEN_FOR[match.group()]

    confused = "|".join((*"已己末未工日", "(?<=[0-9])[01]", "[01](?=[0-9])"))
    return _body(text, lambda line: re.sub(confused, other, line))


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def _traditional(text: str) -> str:
    converted: str = _to_traditional().convert(text)
    return converted


def _one_paragraph(text: str) -> str:
    heads = [line for line in text.split("\n") if line.startswith("#")]
    body = [line for line in text.split("\n") if line and not line.startswith("#")]
    return "\n\n".join([*heads, "".join(body)]) + "\n"


def _line_by_sentence(text: str) -> str:
    return _body(text, lambda line: re.sub(rf"(?<=[。！？])(?=[{_HAN}“])", "\n\n", line))


VARIANTS: Mapping[str, Callable[[str], str]] = {
    "signs of one column": _narrow,
    "signs of one column, full stops too": _narrow_stops,
    "signs, letters and digits of two columns": _wide,
    "every second sign in the other width": _mixed,
    "corner brackets for quotation marks": _corners,
    "straight quotation marks": _straight,
    "no blanks": _no_blanks,
    "stray blanks": _stray_blanks,
    "a blank between all characters": _spaced,
    "slips of a scanner": _slips,
    "traditional characters": _traditional,
    "all in one paragraph": _one_paragraph,
    "one line a sentence": _line_by_sentence,
}


# ------------------------------------------------------------------------------------------------------ what they lose


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def _name(name: str) -> str:
    """A name, however its text is printed."""
    plain: str = _to_simplified().convert(normal(name))
    return plain.replace('"', "")


@cache
def _read(name: str, text: str) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    entities: set[tuple[str, ...]] = set()
    triples: set[tuple[str, ...]] = set()
    for article in cut(Page(name, name, text)).articles:
        record = printed(extract(article))
        entities |= {(entity["type"], _name(entity["name"])) for entity in record["entities"]}
        triples |= {(_name(one[0]), one[1], _name(one[2])) for one in record["triples"]}
    return entities, triples


class Kept:
    """How many of the entities and triples of plain texts are read out of the changed ones, and how many are new."""

    def __init__(self) -> None:
        self.plain, self.same, self.new = [0, 0], [0, 0], [0, 0]

    def add(self, name: str, plain: str, changed: str) -> None:
        """Read both texts and count."""
        for kind, (one, two) in enumerate(zip(_read(name, plain), _read(name, changed), strict=True)):
            self.plain[kind] += len(one)
            self.same[kind] += len(one & two)
            self.new[kind] += len(two - one)

    def shares(self) -> Iterator[float]:
        """Entities kept, new ones, triples kept, new ones, as shares of what the plain texts give."""
        for plain, same, new in zip(self.plain, self.same, self.new, strict=True):
            yield same / plain
            yield new / plain


def kept(change: Callable[[str], str], texts: Mapping[str, str]) -> Kept:
    """Compare the changed texts with the plain ones."""
    result = Kept()
    for name, text in texts.items():
        result.add(name, text, change(text))
    return result


if __name__ == "__main__":
    print("| printed with | entities kept | new | triples kept | new |\n| --- | --- | --- | --- | --- |")
    for what, change in VARIANTS.items():
        print(f"| {what} | " + " | ".join(f"{share:.1%}" for share in kept(change, tuned()).shares()) + " |")
