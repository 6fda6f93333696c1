"""Web pages put together from text: everything is escaped here, and nowhere else.

`element` escapes whatever is not `Markup`, and only what this module returns is; so text from a page never becomes a
tag. Characters that HTML must not hold (controls, lone surrogates) become U+FFFD,
ends of lines become line feeds, as a parser would have it.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable
from typing import Any

__all__ = ["Markup", "digest", "document", "element", "joined", "json_data", "style"]

VOID = frozenset({"br", "input", "link", "meta", "wbr"})
_BARRED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SPECIAL = re.compile("[<>&\"']")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def escaped(text: str) -> str:
    """Return text as it may stand in HTML, between tags or between quotes."""
    if _BARRED.search(text):
        text = _BARRED.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return html.escape(text) if _SPECIAL.search(text) else text


def element(tag: str, *content: str, cls: str = "", **attributes: str) -> Markup:
    """Return an element; whatever is not made here is escaped.

    An underscore in the name of an attribute stands for a hyphen, one at its end for nothing: `for_`, `aria_label`.
    """
    opening = f"<{tag}"
    if cls:
        opening += f' class="{escaped(cls)}"'
    for name, value in attributes.items():
        opening += f' {name.rstrip("_").replace("_", "-")}="{escaped(value)}"'
    if tag in VOID:
        return Markup(f"{opening}>")
    inner = "".join([one if isinstance(one, Markup) else escaped(one) for one in content])
    return Markup(f"{opening}>{inner}</{tag}>")


def joined(parts: Iterable[str], between: str = "") -> Markup:
    """Return `parts` one after the other; what is not markup is escaped, also what stands between."""
    return Markup(escaped(between).join([one if isinstance(one, Markup) else escaped(one) for one in parts]))


def document(head: Iterable[str], body: Iterable[str], *, policy: str, language: str = "zh") -> str:
    """Return a page; `policy` is its Content-Security-Policy."""
    opening = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        *head,
    )
    return f"<!doctype html>\n{element('html', opening, element('body', *body), lang=language)}\n"


def style(text: str) -> Markup:
    """Return a style sheet of ours inside the page; the policy has to name its `digest`."""
    return Markup(f"<style>{text}</style>")


def digest(text: str) -> str:
    """Return a style or script of ours as a Content-Security-Policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def json_data(value: Any, kind: str, name: str = "") -> Markup:
    """Return data inside the page, of the media type `kind`, found by the id `name`; no parser of HTML finds a tag in
    it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    named = f' id="{escaped(name)}"' if name else ""
    return Markup(f'<script type="{escaped(kind)}"{named}>{_BARRED.sub(_unicode, text)}</script>')


def _unicode(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
