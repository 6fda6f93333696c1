"""The questions of the library in SPARQL 1.1, for RDF as `kg export` writes it: a file each, complete as it stands.

    # name: quotes
    # zh: 谁说了什么
    # en: Who said what
    # parameter: person Person = "" | 人物，空为所有人 | the person; empty for all
    # column: quote | 原话 | the words
    # column: facts | 依据 | facts behind the row
    # list: facts
    PREFIX un: <https://w3id.org/union-news-kg/ontology#>
    SELECT …
      VALUES ?given_person { ""@zh }  # a name, an alias, or an IRI: <https://…>; "" for all

The head says what that of the Cypher file says, and which columns hold lists: texts with a line feed between the
items, for SPARQL has no lists. A person edits the lines VALUES ?given_… by hand; `Twin.text` fills them in.

SPARQL leaves open in which order GROUP_CONCAT takes its items. Lists whose order tells something are made from rows
that a subquery has sorted, and that order stays in Jena, rdflib and Oxigraph. The order of `facts` tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.errors import KGError, OntologyError, UnknownName
from queries.library import FACTS, Column, Parameter, Query, library, read_columns, read_head, read_parameters

__all__ = ["MISSING", "PREFIXES", "NoTwin", "Twin", "get_twin", "is_iri", "literal", "parse_twin", "term", "twins"]

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcterms": "http://purl.org/dc/terms/",
        "oa": "http://www.w3.org/ns/oa#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "un": "https://w3id.org/union-news-kg/ontology#",
    }
)
# Questions of the library without a twin, and why.
MISSING: Mapping[str, str] = MappingProxyType(
    {
        "shortest-path": "the paths of SPARQL 1.1 say whether there is a way from one thing to another, not which, nor "
        "how long it is",
    }
)

_WORDS = ("name", "zh", "en", "parameter", "column", "list")
_VALUES = re.compile(r"(?P<before>VALUES \?given_(?P<name>\w+) \{ )(?P<term>[^\n]*?)(?P<after> \}  # [^\n]*)")
_SIGNS = r"(?:[\w.~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*"
_IRI = re.compile(rf"https?://[\w.-]+(?::[0-9]{{1,5}})?(?:[/?]{_SIGNS})?(?:#{_SIGNS})?")
_ESCAPES = {
    "\\": r"\\",
    "\\u": r"\\\u0075",
    "\\U": r"\\\u0055",
    '"': r"\"",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    "\b": r"\b",
    "\f": r"\f",
}
# Some readers resolve \uXXXX before anything else, even where the backslash is escaped: so the u behind one is, too.
_SPECIAL = re.compile('\\\\[uU]?|["\x00-\x1f\x7f\ud800-\udfff]')


class NoTwin(UnknownName):
    """A question that is there in Cypher only."""

    def __init__(self, name: str) -> None:
        KGError.__init__(self, f"{name} is there in Cypher only: {MISSING[name]}; ask it without --sparql")
        self.kind, self.name = "query in SPARQL", name


@dataclass(frozen=True, slots=True)
class Twin:
    """One question in SPARQL; `sparql` is its file, `lists` are the columns that hold lists."""

    name: str
    title_zh: str
    title_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    lists: frozenset[str]
    sparql: str

    def text(self, values: Mapping[str, str | int] | None = None) -> str:
        """Return the file with `values` as its parameters; those left out get their default, or stay as they are.

        An entity is given by a name, an alias or an IRI.
        """
        given = dict(values or {})
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                raise UnknownName(f"parameter of {self.name}", name, known)

        def fill(found: re.Match[str]) -> str:
            parameter = known[found["name"]]
            value = given.get(parameter.name, parameter.default)
            return found[0] if value is None else found["before"] + term(parameter, value) + found["after"]

        return _VALUES.sub(fill, self.sparql)


@cache
def twins() -> Mapping[str, Twin]:
    """Return every question in SPARQL by name, in the order of names."""
    folder = files("queries").joinpath("sparql")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".rq")), key=lambda path: path.name)
    found = [parse_twin(path.read_text(encoding="utf-8"), path.name) for path in paths]
    return MappingProxyType({twin.name: twin for twin in found})


def get_twin(name: str) -> Twin:
    """Return the question called `name` in SPARQL."""
    if name in MISSING:
        raise NoTwin(name)
    if name not in twins():
        raise UnknownName("query in SPARQL", name, twins())
    return twins()[name]


def parse_twin(text: str, where: str) -> Twin:
    """Read a question from the text of its file; what is not said in full or as in Cypher raises OntologyError."""
    try:
        twin = _parse(text)
        query = library().get(twin.name)
        if query is None or where != f"{twin.name}.rq":
            raise ValueError(f"calls itself {twin.name}; it has the name of a Cypher file")
        _compare(twin, query)
    except ValueError as error:
        raise OntologyError(f"queries/sparql/{where}: {error}") from error
    return twin


def _parse(text: str) -> Twin:
    said, _ = read_head(text, "#", _WORDS)
    columns = read_columns(said["column"])
    parameters = read_parameters(said["parameter"])
    lists = frozenset(said["list"])
    if FACTS not in lists or not lists <= {column.name for column in columns}:
        raise ValueError(f"`list` must name columns, {FACTS} among them")
    wanted = {parameter.name for parameter in parameters}
    given = {match["name"] for match in _VALUES.finditer(text)}
    if given != wanted or text.count("VALUES ?given_") != len(list(_VALUES.finditer(text))):
        raise ValueError(
            f"head and text differ in parameters, or a line is not `VALUES ?given_name {{ term }}  # what may stand "
            f"there`: {', '.join(sorted(given ^ wanted))}"
        )
    return Twin(said["name"][0], said["zh"][0], said["en"][0], parameters, columns, lists, text)


def _compare(twin: Twin, query: Query) -> None:
    for what, mine, other in (
        ("titles", (twin.title_zh, twin.title_en), (query.title_zh, query.title_en)),
        ("parameters", twin.parameters, query.parameters),
        ("columns", twin.columns, query.columns),
    ):
        if mine != other:
            raise ValueError(f"other {what} than queries/cypher/{query.name}.cypher")


def term(parameter: Parameter, value: str | int) -> str:
    """Return a value of `parameter` as it stands in SPARQL."""
    if parameter.kind == "integer":
        return str(int(value))
    text = str(value)
    if not parameter.classes:
        return literal(text)
    return f"<{text}>" if is_iri(text) else f"{literal(text)}@zh"


def is_iri(text: str) -> bool:
    """Say whether `text` is an IRI on the web, and can stand as one in SPARQL."""
    return bool(_IRI.fullmatch(text))


def literal(text: str) -> str:
    """Return `text` as a string of SPARQL, such as no reader takes for anything else."""
    return f'"{_SPECIAL.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    signs = found[0]
    if signs >= "\ud800":  # half a character is none
        return "\ufffd"
    return _ESCAPES.get(signs) or f"\\u{ord(signs):04X}"
