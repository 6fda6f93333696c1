"""What a SPARQL query may not do, here or on a server: ask other servers, change anything.

pyoxigraph reads a query without telling what is in it, and would follow SERVICE. So the words are looked at, skipping
strings, comments, IRIs, variables and the local part of names. Its reader wants no blank behind a keyword
(`SERVICEex:a{` and `trueSERVICE<…>{` are calls to it): a prefix called `service` is refused as well.

It takes `<` for an operator where one may stand. `1<2#>` is a comparison and a comment then, and `'a'<'>#'` one of two
strings: behind such signs nobody knows without its grammar what is inside a string and what is not. Only an IRI that
goes on with `//` behind its scheme is surely one. So where an IRI that may be none holds `#` or `'`, the word SERVICE
may stand nowhere, not even in a string.

All of it takes time in proportion to the length of the query: strangers write these.
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
    | (?P<iri> <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+> )
    | (?P<quote> \"{3} | '{3} | \" | ' )
    | (?P<variable> [?$]\w+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<local> :(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
                    (?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*+)? )
    | (?P<word> \w[\w.\-]* )
    | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
# What may stand behind each opening quote, up to the closing one.
_INSIDE = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*+', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]|\\.|'(?!''))*+", re.DOTALL),
    '"': re.compile(r'(?:[^"\\\n\r]|\\.)*+', re.DOTALL),
    "'": re.compile(r"(?:[^'\\\n\r]|\\.)*+", re.DOTALL),
}
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# Two slashes stand behind no operator: this is no comparison.
_SURELY = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
# Directly behind these it is part of a name, whatever surrounds it.
_ANYWHERE = re.compile(r"(?<![?$:])service", re.IGNORECASE)


class Refused(Exception):
    """A query that is not run; the message says why."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the words of a query tell: its form, or "" where it is none that is known."""

    form: str


def look(query: str) -> Look:
    """Return the form of `query`; raise Refused where it changes something or asks another server."""
    _ask_nobody(query)
    if _ESCAPE.search(query):  # which some resolve before they read
        _ask_nobody(_resolved(query))
    form = _form(query)
    if form in UPDATES:
        raise Refused(f"{form} is refused: this only answers questions, nothing can be changed here")
    return Look(form if form in FORMS else "")


def _ask_nobody(query: str) -> None:
    """Raise Refused where SERVICE stands in a query, or may do so."""
    doubt = ""
    for kind, text, start in _tokens(query):
        if kind == "word" and "service" in text.casefold():
            why = "no other server is asked"
            if text.casefold() != "service":
                why = f"{text[:80]!r} can be read as a call to another server; give it another name"
            raise Refused(f"SERVICE is refused ({_place(query, start)}): {why}")
        if kind == "iri" and not doubt and ("#" in text or "'" in text) and not _SURELY.match(text):
            doubt = text
    if doubt and (found := _ANYWHERE.search(query)):
        raise Refused(
            f"SERVICE is refused ({_place(query, found.start())}): {doubt[:80]!r} can be read as a comparison, and the "
            "rest in another way; write out the IRI, https and all, or blanks around <"
        )


def _form(query: str) -> str:
    """Return the first word behind the declarations of prefixes, in capitals."""
    tokens = _tokens(query)
    kind, text, _ = next(tokens, _END)
    while kind:
        word = text.upper() if kind == "word" else ""
        if word == "PREFIX":
            # PREFIX name: <iri>, where the name may be missing
            kind, text, _ = next(tokens, _END)
            while kind in ("word", "local"):
                kind, text, _ = next(tokens, _END)
        elif word in ("BASE", "VERSION"):
            next(tokens, _END)
        else:
            return word
        kind, text, _ = next(tokens, _END)
    return ""


_END = ("", "", 0)


def _tokens(query: str) -> Iterator[tuple[str, str, int]]:
    at = 0
    # Behind a quote without an end, another of its kind has none up to the same place either: it was escaped for the
    # first. So no part of a query is searched for an end more than once for each kind.
    open_until = dict.fromkeys(_INSIDE, 0)
    while match := _TOKEN.match(query, at):
        kind, text = str(match.lastgroup), match[0]
        if kind == "quote":
            # three quotes that nothing ends are an empty string and the beginning of another
            for quote in dict.fromkeys((text, text[0])):
                if at < open_until[quote]:
                    continue
                inside = _INSIDE[quote].match(query, at + len(quote))
                end = inside.end() if inside else at
                if query.startswith(quote, end):
                    kind, text = "string", query[at : end + len(quote)]
                    break
                open_until[quote] = end
            else:
                kind, text = "sign", text[0]
        if kind != "blank":
            yield kind, text, at
        at += len(text)


def _resolved(query: str) -> str:
    """Return `query` with its escapes of code points resolved, which SPARQL allows anywhere."""

    def replace(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 else match[0]

    return _ESCAPE.sub(replace, query)


def _place(query: str, at: int) -> str:
    return f"line {query.count(chr(10), 0, at) + 1}, column {at - (query.rfind(chr(10), 0, at) + 1) + 1}"
