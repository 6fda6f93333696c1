"""What a query from outside may not do: read files or addresses, call procedures that are not listed.

Two engines lie behind one door, and their readers of Cypher differ in small things: one takes back-ticked words for
keywords, one turns `\\uXXXX` into characters before it reads anything. So the words are looked at rather than the
grammar, in the text as it is and in the text with those escapes resolved, and a query must pass in both readings.
Words in strings and comments are skipped. Writing is the stores' own business: they open databases for reading only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import StoreError

__all__ = ["PROCEDURES", "Token", "check", "check_procedure", "tokens"]

# Procedures that only look, by the names of both engines.
PROCEDURES = frozenset(
    {
        "db.constraints",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.indexes",
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
        # algorithms of the embedded engine; they read the graph in memory
        "betweenness",
        "closeness",
        "clustering_coefficient",
        "connected_components",
        "degree",
        "diameter",
        "eccentricity",
        "k_core",
        "label_propagation",
        "leiden",
        "list_procedures",
        "louvain",
        "pagerank",
        "triangle_count",
    }
)

# The first part of the name of a function in a namespace; others may come from plugins and reach anywhere.
_NAMESPACES = frozenset({"date", "datetime", "db", "duration", "localdatetime", "localtime", "point", "time", "vector"})

# What may stand behind a name that is `call`.
_BEHIND_A_NAME = re.compile(
    "and|as|asc|ascending|call|contains|create|delete|desc|descending|detach|else|end|ends|foreach|having|in|is|limit|"
    "match|merge|not|offset|on|optional|or|order|over|remove|return|set|skip|starts|then|union|unwind|use|when|where|"
    "with|xor|yield",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"[\n\r]")
_ESCAPE = re.compile(r"\\(?P<back>\\)|\\u+(?P<code>[0-9A-Fa-f]{4})")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a word in back-ticks (`quoted`), a string (its text left out) or a sign, with where it starts."""

    kind: str  # word, string, sign
    text: str
    start: int
    quoted: bool = False

    def is_word(self, word: str) -> bool:
        """Say whether it is this word, in back-ticks or not, in whatever case."""
        return self.kind == "word" and self.text.casefold() == word


def check(cypher: str) -> None:
    """Raise StoreError where `cypher` loads files, calls what is not listed, or is not one whole statement."""
    readings = {cypher, _resolved(cypher)}
    for reading in sorted(readings):
        _check(list(tokens(reading)))


def check_procedure(name: str) -> None:
    """Raise StoreError where the procedure `name` is not listed."""
    if name.lower() not in PROCEDURES:
        raise StoreError(f"refused: procedure {name} is not listed as one that only looks")


def tokens(cypher: str) -> Iterator[Token]:
    """Cut `cypher` into tokens, without blanks and comments; what is left open at the end raises StoreError."""
    at, end = 0, len(cypher)
    while at < end:
        sign = cypher[at]
        if cypher.startswith("//", at):
            at = _line_end(cypher, at)
        elif cypher.startswith("/*", at):
            close = cypher.find("*/", at + 2)
            if close < 0:
                raise StoreError(f"refused: the comment that opens at character {at + 1} is not closed")
            at = close + 2
        elif sign in "'\"":
            stop = _string_end(cypher, at)
            yield Token("string", "", at)
            at = stop
        elif sign == "`":
            text, stop = _ticked(cypher, at)
            yield Token("word", text, at, quoted=True)
            at = stop
        elif sign == "_" or sign.isalnum():
            stop = at + 1
            while stop < end and (cypher[stop] == "_" or cypher[stop].isalnum()):
                stop += 1
            yield Token("word", cypher[at:stop], at)
            at = stop
        else:
            if not sign.isspace() and sign.isprintable():
                yield Token("sign", sign, at)
            at += 1


def _resolved(cypher: str) -> str:
    r"""Return `cypher` with `\uXXXX` resolved, a doubled backslash left alone, as one engine does before reading."""

    def replace(match: re.Match[str]) -> str:
        return match[0] if match["back"] else chr(int(match["code"], 16))

    return _ESCAPE.sub(replace, cypher)


def _line_end(cypher: str, at: int) -> int:
    """Return where the comment ends: a line feed for one engine, a carriage return as well for the other."""
    end = _LINE_END.search(cypher, at)
    return end.start() if end else len(cypher)


def _string_end(cypher: str, start: int) -> int:
    quote, at = cypher[start], start + 1
    while at < len(cypher):
        if cypher[at] == "\\":
            at += 2
        elif cypher[at] == quote:
            return at + 1
        else:
            at += 1
    raise StoreError(f"refused: the string that opens at character {start + 1} is not closed")


def _ticked(cypher: str, start: int) -> tuple[str, int]:
    at = start + 1
    while True:
        close = cypher.find("`", at)
        if close < 0:
            raise StoreError(f"refused: the back-tick at character {start + 1} is not closed")
        if cypher.startswith("``", close):
            at = close + 2
            continue
        return cypher[start + 1 : close].replace("``", "`"), close + 1


def _check(found: list[Token]) -> None:
    if not found:
        raise StoreError("refused: there is no query in it")
    if found[0].is_word("explain") or found[0].is_word("profile"):
        raise StoreError(f"refused: {found[0].text.upper()} in front; give the query alone")
    for at, token in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        if token.is_word("load") and following is not None and following.is_word("csv"):
            raise StoreError(
                f"refused: LOAD CSV at character {token.start + 1} reads files and addresses; load data with kg build"
            )
        if token.is_word("call") and not token.quoted:
            _check_call(found, at)
        _check_function(found, at)


def _check_call(found: list[Token], at: int) -> None:
    """Raise StoreError where the CALL at `at` calls a procedure that is not listed; subqueries are fine."""
    if at + 1 == len(found) or found[at + 1].kind != "word":
        return  # CALL {, CALL (, or a name
    following = found[at + 1]
    dotted = at + 2 < len(found) and found[at + 2].text == "."
    if not following.quoted and not dotted and _BEHIND_A_NAME.fullmatch(following.text):
        return
    name, stop = following.text, at + 2
    while stop + 1 < len(found) and found[stop].text == "." and found[stop + 1].kind == "word":
        name, stop = f"{name}.{found[stop + 1].text}", stop + 2
    check_procedure(name)


def _check_function(found: list[Token], at: int) -> None:
    """Raise StoreError where a function with a dotted name ends at `at` and its namespace is not a built-in one."""
    if found[at].kind != "word" or at + 1 == len(found) or found[at + 1].text != "(":
        return
    first = at
    while first >= 2 and found[first - 1].text == "." and found[first - 2].kind == "word":
        first -= 2
    if first == at or (first and found[first - 1].is_word("call")):
        return
    if found[first].text.lower() not in _NAMESPACES:
        name = ".".join(token.text for token in found[first : at + 1 : 2])
        raise StoreError(f"refused: function {name} is not built in, and a plugin may reach anywhere")
