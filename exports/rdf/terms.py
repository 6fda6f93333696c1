"""Terms as they stand in N-Triples: IRIs, and literals with what must be escaped."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from urllib.parse import quote as percent

import pyoxigraph as ox

from exports import DEFAULT_BASE
from kg.errors import InputError, OntologyError
from ontology import NAMESPACE

__all__ = ["EDTF", "LANGUAGE", "PREFIXES", "Terms", "check_base", "date", "decimal", "edtf", "iri_key", "term"]

PREFIXES: Mapping[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "un": NAMESPACE,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"  # Extended Date/Time Format, ISO 8601-2:2019; Library of Congress
LANGUAGE = "zh"  # of names: they are as Chinese papers print them

_SAFE = re.compile(r"[A-Za-z0-9._~-]+")
# N-Triples wants these escaped, and canonical N-Triples every control character; a lone surrogate is no character
_SPECIAL = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff]')
_ESCAPES = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
# how much of a date is given, by its form
_CALENDAR = (
    (re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), "", "date"),
    (re.compile(r"\d{4}-\d\d", re.ASCII), "-01", "gYearMonth"),
    (re.compile(r"\d{4}", re.ASCII), "-01-01", "gYear"),
)


def term(name: str) -> str:
    """Return `prefix:local` of one of PREFIXES as an IRI in angle brackets."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


_DATATYPES = {name: f"^^{term(f'xsd:{name}')}" for name in ("date", "gYearMonth", "gYear")}


def check_base(base: str) -> None:
    """Raise InputError where `base` cannot start the IRIs of things."""
    try:
        ox.NamedNode(base)
    except ValueError as error:
        raise InputError(
            f"{base!r} is no IRI to start others with: {error}; give one such as {DEFAULT_BASE}"
        ) from error
    if not base.endswith("/") or "#" in base:  # what is behind # is left for parts of things
        raise InputError(f"{base!r} cannot start the IRIs of things: let it end with / and have no #")


def iri_key(key: str) -> str:
    """Return a key as it stands behind the base: NFC, everything but letters, digits and -._~ percent-encoded."""
    return key if _SAFE.fullmatch(key) else percent(unicodedata.normalize("NFC", key), safe="")


def date(key: str, name: str, text: str) -> str:
    """Return a day, a month or a year, whichever `text` gives, as a literal; OntologyError where it gives none."""
    found = _date(text)
    if not found:
        raise OntologyError(f"{key}: {name} cannot be {text!r}; a date is written 2025-03-01, 2025-03 or 2025")
    return found


@lru_cache(maxsize=1 << 14)
def _date(text: str) -> str:
    for form, rest, datatype in _CALENDAR:
        if form.fullmatch(text):
            try:
                datetime.date.fromisoformat(text + rest)
            except ValueError:
                break
            return f'"{text}"{_DATATYPES[datatype]}'
    return ""


def edtf(start: str, end: str, precision: str, vague: bool) -> str:
    """Return when something took place in EDTF: as exact as the text gives it.

    A day is 2025-03-01, a month 2025-03, days on end 2025-03-01/2025-03-05; a vague word such as 近日 means one day out
    of an interval, [2025-02-22..2025-03-01] (ISO 8601-2, "one of a set").
    """
    length = {"year": 4, "month": 7}.get(precision, 10)
    if vague:
        return f"[{start}..{end}]" if end != start else f"{start}~"
    first, last = start[:length], end[:length]
    return first if first == last else f"{first}/{last}"


class Terms:
    """Makes the terms of one export: `base` starts the IRIs of things, `clean` is applied to the text of literals."""

    def __init__(self, base: str, clean: Callable[[str], str] | None = None) -> None:
        """Raise InputError where `base` cannot start IRIs."""
        check_base(base)
        self.base, self._clean = base, clean

    def open(self, key: str) -> str:
        """Return the IRI of `key` with the bracket in front only, for a fragment to follow."""
        return f"<{self.base}{iri_key(key)}"

    def iri(self, key: str) -> str:
        """Return the IRI of `key`."""
        return f"<{self.base}{iri_key(key)}>"

    def text(self, value: str) -> str:
        """Return a plain literal."""
        if self._clean is not None:
            value = self._clean(value)
        return f'"{_SPECIAL.sub(_escape, value)}"' if _SPECIAL.search(value) else f'"{value}"'

    def name(self, value: str) -> str:
        """Return a literal in the language of names."""
        return f"{self.text(value)}@{LANGUAGE}"


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if char >= "\ud800":
        return "\ufffd"
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


@lru_cache(maxsize=1 << 12)
def decimal(value: float) -> str:
    """Return a number as xsd:decimal; "" where it is none."""
    try:
        number = Decimal(str(value)).normalize()
    except InvalidOperation:
        return ""
    if not number.is_finite():
        return ""
    text = format(number, "f")
    return f'"{text if "." in text else f"{text}.0"}"^^{term("xsd:decimal")}'
