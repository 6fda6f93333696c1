"""Ready questions: a Cypher file each, with a head of comments that says what it asks, wants and gives.

    // name: quotes
    // zh: 谁说了什么
    // en: Who said what
    // parameter: person Person = "" | 人物，空为所有人 | the person; empty for all
    // column: quote | 原话 | the words
    // column: facts | 依据 | facts behind the row

A parameter's type is `text`, `integer`, `date` (YYYY-MM-DD), or the classes its entity may have, `/` between them
(`Entity` for any). An entity is named by the user; the query gets its key as `$person_key`, "" where it is left out.
A parameter without a default must be given. The last column is always `facts`: the keys of the edges behind the row.
`// facts: happened` says that the query asks about nothing but facts that happened, so that a store may leave others
out of its sight.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.errors import OntologyError, UnknownName
from ontology import ontology

__all__ = [
    "FACTS",
    "SCALARS",
    "Column",
    "Parameter",
    "Query",
    "get_query",
    "library",
    "parse",
    "read_columns",
    "read_head",
    "read_parameters",
]

FACTS = "facts"
SCALARS = ("text", "integer", "date")

_WORDS = ("name", "zh", "en", "facts", "parameter", "column")
_PARAMETER = re.compile(r"(?P<name>\w+)\s+(?P<kind>[\w/]+)(?:\s*=\s*(?P<default>\S.*))?")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query wants; `kind` is text, integer, date, or the classes of an entity; None: it must be given."""

    name: str
    kind: str
    default: str | int | None
    zh: str
    en: str

    @property
    def classes(self) -> frozenset[str]:
        """The classes its entity may have; none where it is no entity."""
        if self.kind in SCALARS:
            return frozenset()
        return frozenset(ontology.classes) if self.kind == "Entity" else frozenset(self.kind.split("/"))

    @property
    def variable(self) -> str:
        """What it is called in the Cypher text, without the dollar."""
        return f"{self.name}_key" if self.classes else self.name


@dataclass(frozen=True, slots=True)
class Column:
    """What a query gives, and what that is in both languages."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Query:
    """One question, ready to be asked."""

    name: str
    title_zh: str
    title_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cypher: str
    happened: bool = False  # it asks about nothing but what happened


@cache
def library() -> Mapping[str, Query]:
    """Return every question by name, in the order of names."""
    folder = files("queries").joinpath("cypher")
    found = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".cypher"):
            query = parse(path.read_text(encoding="utf-8"), path.name)
            if f"{query.name}.cypher" != path.name:
                raise OntologyError(f"queries/cypher/{path.name}: calls itself {query.name}; rename one of them")
            found[query.name] = query
    return MappingProxyType(found)


def get_query(name: str) -> Query:
    """Return the question called `name`."""
    if name not in library():
        raise UnknownName("query", name, library())
    return library()[name]


def parse(text: str, where: str) -> Query:
    """Read a question from the text of its file; a head that does not say all raises OntologyError."""
    try:
        return _parse(text)
    except ValueError as error:
        raise OntologyError(f"queries/cypher/{where}: {error}") from error


def read_head(text: str, mark: str, words: Sequence[str]) -> tuple[dict[str, list[str]], str]:
    """Part the text of a file into what its head says, by word, and what comes behind; each line of the head begins
    with `mark`. A head that is none raises ValueError."""
    lines = text.splitlines(keepends=True)
    split = next((at for at, line in enumerate(lines) if not line.startswith(mark)), len(lines))
    said: dict[str, list[str]] = {word: [] for word in words}
    for line in lines[:split]:
        word, colon, rest = line.removeprefix(mark).strip().partition(":")
        if not colon or word not in said:
            raise ValueError(f"a line of the head is not `{mark} word: text`: {line.strip()}")
        said[word].append(rest.strip())
    for word in ("name", "zh", "en"):
        if len(said[word]) != 1 or not said[word][0]:
            raise ValueError(f"the head must say {word} once")
    return said, "".join(lines[split:]).strip()


def read_columns(said: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns that a head tells of; ValueError where the last is not `facts`."""
    columns = tuple(Column(*_three(text)) for text in said)
    if not columns or columns[-1].name != FACTS:
        raise ValueError(f"the last column must be {FACTS}")
    return columns


def read_parameters(said: Sequence[str]) -> tuple[Parameter, ...]:
    """Return the parameters that a head tells of; ValueError where one is not said in full."""
    return tuple(_parameters(said))


def _parse(text: str) -> Query:
    said, cypher = read_head(text, "//", _WORDS)
    columns = read_columns(said["column"])
    parameters = read_parameters(said["parameter"])
    wanted = {parameter.variable for parameter in parameters}
    used = set(re.findall(r"\$(\w+)", cypher))
    if wanted != used:
        raise ValueError(f"head and text differ in parameters: {', '.join(sorted(wanted ^ used))}")
    if said["facts"] not in ([], ["happened"]):
        raise ValueError("facts may only be: happened")
    happened = bool(said["facts"])
    return Query(said["name"][0], said["zh"][0], said["en"][0], parameters, columns, cypher, happened)


def _parameters(said: Sequence[str]) -> Iterator[Parameter]:
    for text in said:
        declared, zh, en = _three(text)
        match = _PARAMETER.fullmatch(declared)
        if not match:
            raise ValueError(f"a parameter is `name type [= default] | zh | en`: {text}")
        kind = match["kind"]
        unknown = set() if kind in (*SCALARS, "Entity") else set(kind.split("/")) - set(ontology.classes)
        if unknown:
            raise ValueError(f"parameter {match['name']}: no type {', '.join(sorted(unknown))}")
        default = None if match["default"] is None else json.loads(match["default"])
        if default is not None and not isinstance(default, int if kind == "integer" else str):
            raise ValueError(f"parameter {match['name']}: {default!r} is no {kind}")
        yield Parameter(match["name"], kind, default, zh, en)


def _three(text: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 3 or not all(parts):
        raise ValueError(f"three parts with | between them are wanted: {text}")
    return parts[0], parts[1], parts[2]
