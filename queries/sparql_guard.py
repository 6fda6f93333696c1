"""What a SPARQL query may not do, here or on a server: ask other servers, change anything.

pyoxigraph reads a query without telling what is in it, and would follow SERVICE. So the words are looked at, skipping
strings, comments, IRIs, variables and the local part of names. Its reader wants no blank behind a keyword
(`SERVICEex:a{` and `trueSERVICE<…>{` are calls to it), and takes `<` for an operator where one may stand: what such a
reading could hide is refused as well, at the price of refusing a prefix called `service`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["FORMS", "UPDATES", "Look", "Refused", "look"]

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES = frozenset({"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"})

_TOKEN = re.compile(
    r"""
      (?P<blank> \s+ | \#[^\n\r]* )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string> \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                | \"(?:[^"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<local> :(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])* )
    | (?P<word> \w[\w.\-]* )
    | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# An operator, the end of a filter, SERVICE and the comment behind it, read as one IRI: `?a<?b)SERVICE#>`.
_HIDDEN = re.compile(r"\).*service.*#", re.IGNORECASE | re.DOTALL)


class Refused(Exception):
    """A query that is not run; the message says why."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the words of a query tell: its form, or "" where it is none that is known."""

    form: str


def look(query: str) -> Look:
    """Return the form of `query`; raise Refused where it changes something or asks another server."""
    for reading in (query, _resolved(query)):
        for kind, text, start in _tokens(reading):
            if (kind == "word" and "service" in text.casefold()) or (kind == "iri" and _HIDDEN.search(text)):
                why = "no other server is asked"
                if text.casefold() != "service":
                    why = f"{text[:80]!r} can be read as a call to another server; give it another name"
                raise Refused(f"SERVICE is refused ({_place(reading, start)}): {why}")
    form = _form(query)
    if form in UPDATES:
        raise Refused(f"{form} is refused: this only answers questions, nothing can be changed here")
    return Look(form if form in FORMS else "")


def _form(query: str) -> str:
    """Return the first word behind the declarations of prefixes, in capitals."""
    found = list(_tokens(query))
    at = 0
    while at < len(found):
        kind, text, _ = found[at]
        word = text.upper() if kind == "word" else ""
        if word == "PREFIX":
            # PREFIX name: <iri>, where the name may be missing
            at += 1
            while at < len(found) and found[at][0] in ("word", "local"):
                at += 1
            at += 1
        elif word in ("BASE", "VERSION"):
            at += 2
        else:
            return word
    return ""


def _tokens(query: str) -> Iterator[tuple[str, str, int]]:
    for match in _TOKEN.finditer(query):
        kind = str(match.lastgroup)
        if kind != "blank":
            yield kind, match[0], match.start()


def _resolved(query: str) -> str:
    """Return `query` with its escapes of code points resolved, which SPARQL allows anywhere."""

    def replace(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 else match[0]

    return _ESCAPE.sub(replace, query)


def _place(query: str, at: int) -> str:
    return f"line {query.count(chr(10), 0, at) + 1}, column {at - (query.rfind(chr(10), 0, at) + 1) + 1}"
