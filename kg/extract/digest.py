"""Short news put together in one text: where each item starts.

All offsets are into the folded text, code points, half-open.
"""

from __future__ import annotations

import re

__all__ = ["items", "signatures"]

_HEADED = re.compile(r"(?m)^ *(?:【[^【】\n]{2,30}】|[■●◆▲★□○◎▶►◇△☆] ?(?=[\u4e00-\u9fff“\d])|(?:本报|本网)讯)")
_NAME = "[\u4e00-\u9fff]{2,4}"
_SIGNED = re.compile(
    rf"(?m)(?<=[。！？”])（(?:(?:本报)?(?:记者|通讯员|特约记者) ?)?({_NAME}(?:[ 、]{_NAME}){{0,2}}) ?"
    r"(?:(?:图|文|图/文|文/图|摄|摄影报道|报道|供稿))?）$"
)


def signatures(text: str, start: int) -> list[tuple[int, int]]:
    """The names in brackets at the end of a paragraph, where at least two paragraphs end so."""
    spans = [m.span(1) for m in _SIGNED.finditer(text, start)]
    return spans if len(spans) > 1 else []


def items(text: str, start: int) -> list[int]:
    """Where the items of a digest start: at their own headings, or behind the signature of the item before. None
    where the text is one report."""
    heads = [m.start() for m in _HEADED.finditer(text, start)]
    if len(heads) > 1:
        return heads
    signed = [end for _, end in signatures(text, start)]
    return [start, *(text.index("\n", end) + 1 for end in signed if "\n" in text[end:])] if signed else []
