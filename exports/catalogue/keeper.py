"""What the keeper of a portal decides, in `portal.toml` beside `checks.toml`. Nothing of it has to be there.

base = "https://example.org/kg/id/"       # what IRIs of the data start with; the site is what stands before "id/"
landing_page = "https://example.org/kg/"  # [the site]
sparql = "https://example.org/kg/sparql"  # where questions are answered [nowhere]
licence = "https://creativecommons.org/licenses/by/4.0/"  # of facts and links
frequency = "IRREG"                       # codes of the EU's lists: how often new data come,
availability = "AVAILABLE"                # how long they will be there,
themes = ["SOCI", "GOVE"]                 # what they are about
spatial = ["http://publications.europa.eu/resource/authority/country/CHN"]

[title]                                   # so too [description] and [rights]
zh = "工会新闻知识图谱"
en = "Knowledge graph of trade-union news"

[publisher]
name = "…"
iri = "https://example.org/"
type = "NonProfitOrganisation"            # a code of the ADMS list

[contact]
name = "…"
email = "kg@example.org"

[keywords]
zh = ["工会", "职工"]
en = ["trade unions"]
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from exports import DEFAULT_BASE
from exports.catalogue.terms import AVAILABILITIES, FREQUENCIES, PUBLISHERS, THEMES
from exports.xmltext import xml_text
from kg.errors import InputError, UnknownName
from kg.workspace import PORTAL

__all__ = ["Contact", "Keywords", "Portal", "Publisher", "Text", "portal_of", "read_portal"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Keywords:
    """Words to be found by, in Chinese and in English."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the portal; without an IRI it gets one in the catalogue; `type` is a code of the ADMS list."""

    name: str = "The keeper of this portal"
    iri: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask; without a name the publisher, without an address for mail through the landing page."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Portal:
    """What the keeper of a portal decides; every part has a default.

    The licence is that of facts and links: Creative Commons Attribution 4.0 where nothing else is said.
    """

    base: str = DEFAULT_BASE
    title: Text = Text("工会新闻知识图谱", "Knowledge graph of trade-union news")
    description: Text = Text(
        "由工会报刊版面得出的知识图谱：谁在何处与谁一起组织了什么活动，谁担任什么职务，谁说了什么。"
        "每条事实都附有它所依据的原句，注明报名、日期、版次和行号。",
        "What pages of Chinese trade-union newspapers say: who organised what, where and with whom, who holds which "
        "post, who was quoted. Behind every fact stands the sentence it was read from, with paper, day, page and line.",
    )
    publisher: Publisher = Publisher()
    contact: Contact = Contact()
    licence: str = "https://creativecommons.org/licenses/by/4.0/"
    rights: Text = Text(
        "许可只涵盖事实及其链接。所引原句出自各报，文章的著作权属于各报及其作者。",
        "The licence covers facts and links. The sentences quoted come from the newspapers named beside them; the "
        "texts of articles belong to the papers and their authors.",
    )
    themes: tuple[str, ...] = ("SOCI", "GOVE")
    spatial: tuple[str, ...] = ("http://publications.europa.eu/resource/authority/country/CHN",)
    frequency: str = "IRREG"
    availability: str = "AVAILABLE"
    sparql: str = ""
    landing_page: str = ""
    keywords: Keywords = Keywords(
        ("工会", "职工", "新闻", "知识图谱"), ("trade unions", "workers", "news", "knowledge graph")
    )

    @property
    def site(self) -> str:
        """The root of the portal: the base without its last `id/`."""
        return self.base.removesuffix("id/")

    @property
    def home(self) -> str:
        """The page where a reader starts."""
        return self.landing_page or self.site


def read_portal(path: str | os.PathLike[str]) -> Portal:
    """Read what the keeper decided; what the file does not say is the default.

    Raises InputError where it cannot be read, is no TOML, or a value is not what its key wants, and UnknownName for a
    key, a theme, a frequency, an availability or a type of publisher that there is not.
    """
    try:
        raw = tomllib.loads(Path(path).read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise InputError(
            f"cannot read {path}: {error.strerror or error}; name a file such as the guide shows"
        ) from error
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not TOML: {error}; the guide shows what portal.toml looks like") from None
    return Portal(**_values(path, "", raw, Portal, _READERS))


def portal_of(workspace: str | os.PathLike[str], base: str = "") -> Portal:
    """Return what the keeper decided in the portal.toml of a workspace, if it has one, with the base that is given."""
    path = Path(workspace) / PORTAL
    portal = read_portal(path) if path.exists() else Portal()
    return replace(portal, base=base or portal.base)


# ---------------------------------------------------------------- readers; each gets file, key and what stands there

Reader = Callable[[object, str, object], Any]
Value = TypeVar("Value")
_EMAIL = re.compile(r"[^\s@<>:,;\"]+@[^\s@<>:,;\"]+\.[^\s@<>:,;\"]+")


def _values(
    path: object, section: str, given: object, record: type[Any], readers: Mapping[str, Reader]
) -> dict[str, Any]:
    """Return what a section says, each value as its reader understands it; keys that the record has not are refused."""
    if not isinstance(given, dict):
        raise InputError(f"{path}: {section} = {given!r} is no section; write [{section}] and its keys below it")
    known = [field.name for field in fields(record)]
    for name in given:
        if name not in known:
            raise UnknownName(f"key in {f'[{section}] of ' if section else ''}{path}", name, known)
    where = f"{section}." if section else ""
    return {name: readers[name](path, where + name, value) for name, value in given.items()}


def _wrong(path: object, key: str, value: object, wanted: str) -> InputError:
    return InputError(f"{path}: {key} = {value!r} is wrong; write {wanted}")


def _words(path: object, key: str, value: object) -> str:
    """Return a text with something in it that every syntax can hold."""
    if not isinstance(value, str) or not value.strip() or xml_text(value) != value:
        raise _wrong(path, key, value, "a text in quotation marks, without control characters")
    return value.strip()


def _iri(path: object, key: str, value: object) -> str:
    text = _words(path, key, value)
    try:
        ox.NamedNode(text)
    except ValueError:
        text = ""
    if not re.match(r"https?://[^/]", text):
        raise _wrong(path, key, value, "an IRI that starts with https:// or http://")
    return text


def _base(path: object, key: str, value: object) -> str:
    text = _iri(path, key, value)
    if not text.endswith("/") or "#" in text:
        raise _wrong(path, key, value, f"an IRI that ends with / and has no #, such as {DEFAULT_BASE}")
    return text


def _email(path: object, key: str, value: object) -> str:
    text = _words(path, key, value)
    if not _EMAIL.fullmatch(text):
        raise _wrong(path, key, value, "an address such as kg@example.org")
    return text


def _code(kind: str, known: Mapping[str, object], start: str = "") -> Reader:
    """Return a reader of one code of a list, also where its whole IRI is given."""

    def read(path: object, key: str, value: object) -> str:
        code = _words(path, key, value).removeprefix(start)
        if code not in known:
            raise UnknownName(f"{kind} for {key} in {path}", code, known)
        return code

    return read


def _list(reader: Reader, wanted: str) -> Reader:
    """Return a reader of a list, which keeps its order and leaves out what stands there twice."""

    def read(path: object, key: str, value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _wrong(path, key, value, wanted)
        return tuple(dict.fromkeys(reader(path, key, one) for one in value))

    return read


def _some(reader: Reader, wanted: str) -> Reader:
    """Return a reader of a list with at least one value."""

    def read(path: object, key: str, value: object) -> tuple[Any, ...]:
        found: tuple[Any, ...] = _list(reader, wanted)(path, key, value)
        if not found:
            raise _wrong(path, key, value, wanted)
        return found

    return read


def _section(record: type[Any], readers: Mapping[str, Reader], needed: Iterable[str] = ()) -> Reader:
    """Return a reader of a section, in which some keys have to be."""

    def read(path: object, key: str, value: object) -> Any:
        found = _values(path, key, value, record, readers)
        for name in needed:
            if name not in found:
                raise InputError(f"{path}: [{key}] has no {name}; write {name} = … below it")
        return record(**found)

    return read


_TEXT = _section(Text, {"zh": _words, "en": _words}, ("zh", "en"))
_WORDS = _list(_words, "a list of words in quotation marks")
_READERS: Mapping[str, Reader] = {
    "base": _base,
    "title": _TEXT,
    "description": _TEXT,
    "publisher": _section(
        Publisher, {"name": _words, "iri": _iri, "type": _code("type of publisher", *PUBLISHERS)}, ("name",)
    ),
    "contact": _section(Contact, {"name": _words, "email": _email}),
    "licence": _iri,
    "rights": _TEXT,
    "themes": _some(_code("theme", *THEMES), 'a list of codes such as ["SOCI", "GOVE"]'),
    "spatial": _list(_iri, "a list of IRIs of places"),
    "frequency": _code("frequency", *FREQUENCIES),
    "availability": _code("availability", *AVAILABILITIES),
    "sparql": _iri,
    "landing_page": _iri,
    "keywords": _section(Keywords, {"zh": _WORDS, "en": _WORDS}),
}
