"""HTML of the server: a document, rows for readers without scripts, the page to ask on; `kg.io.markup` escapes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import unquote

import pyoxigraph as ox

from exports.rdf import PREFIXES
from kg.io.markup import Markup, document, element, joined, json_data
from kg.serve.accept import GRAPHS, ROWS
from kg.serve.describe import Described, key_of
from ontology import ontology
from queries.library import read_head
from queries.twins import twins

__all__ = ["LANGUAGES", "POLICY", "Example", "asset", "examples", "page_of", "query_page", "rows_page", "text_page"]

LANGUAGES = ("zh", "en")
# YASGUI has its icons in data: and moves its panels by style attributes; scripts come from files of this server only.
_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; connect-src 'self'; "
    "img-src 'self' data:; font-src data:; script-src 'self'; style-src 'self' 'unsafe-inline'"
)
POLICY = f"{_POLICY}; frame-ancestors 'none'"  # which a page cannot say of itself
_LABELS = tuple(ox.NamedNode(iri) for iri in (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel"))
NOTHING = Markup("")
_TYPE = PREFIXES["rdf"] + "type"

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("工会新闻知识图谱", "Trade-union news"),
    "ask": ("查询", "Ask"),
    "other": ("English", "中文"),
    "data": ("数据", "Data"),
    "said": ("属性", "What is said of it"),
    "incoming": ("指向它的", "What leads to it"),
    "parts": ("其中的部分", "Its parts"),
    "more": ("内容太多，只列出一部分；全部可用 SPARQL 查询。", "There is more; SPARQL gives all of it."),
    "lead": (
        "用 SPARQL 1.1 查询工会新闻中的事实；每个事实都有报纸原句作依据。此页不连接任何其他服务器。",
        "Ask in SPARQL 1.1 about facts from trade-union news; behind every fact stands the sentence of the paper. "
        "This page connects to no other server.",
    ),
    "examples": ("例子", "Examples"),
    "library": ("全部 {count} 个现成问题", "All {count} ready questions"),
    "run": ("运行", "Run"),
    "format": ("格式", "Format"),
    "limits": (
        "每次查询最多 {seconds} 秒、{rows} 行；不接受 SERVICE 与更新。",
        "A query may take {seconds} seconds and give {rows} rows; SERVICE and updates are refused.",
    ),
    "cut": ("结果只给出前 {count} 行，还有更多。", "Only the first {count} rows are here; there are more."),
    "rows": ("{count} 行", "{count} rows"),
    "nothing": ("没有结果。", "Nothing found."),
    "ontology": ("本体", "Ontology"),
}


def word(name: str, language: str, **values: object) -> str:
    """Return a word of the page in one of its languages."""
    return WORDS[name][LANGUAGES.index(language)].format(**values)


@cache
def asset(name: str) -> bytes:
    """Return a file of the pages; those of things are the portal's."""
    home = "exports" if name.startswith("portal.") else "kg.serve"
    return files(home).joinpath("assets", name).read_bytes()


# ------------------------------------------------------------------------------------------------------------- frames


def _frame(title: str, main: Iterable[str], language: str, switch: str, *head: str, wide: bool = False) -> bytes:
    """Return a whole page; `switch` is where it is found in the other language."""
    own = (
        element("title", title),
        element("link", rel="stylesheet", href="/assets/serve.css"),
        element("link", rel="icon", href="data:,"),
        *head,
    )
    ways = (
        element("a", word("ask", language), href="/"),
        element("a", word("ontology", language), href="/ontology"),
        element("a", word("other", language), id="language", href=switch),
    )
    top = element(
        "header", element("a", word("title", language), cls="home", href="/"), element("nav", joined(ways, " "))
    )
    body = (top, element("main", *main, cls="wide" if wide else ""))
    return document(own, body, policy=_POLICY, language=language).encode("utf-8")


def _other(language: str) -> str:
    return LANGUAGES[1 - LANGUAGES.index(language)]


# ----------------------------------------------------------------------------------------------------------- documents


def page_of(store: ox.Store, described: Described, base: str, language: str) -> bytes:
    """Return the page of a document: what is said of it, of its parts, and what leads to it, each thing by its name."""
    names = _Names(store, base, language, described.own)
    key = key_of(base, described.iri) or ""
    title = names.of(described.iri)
    by_subject: dict[str, list[ox.Quad]] = {}
    for quad in sorted(described.own, key=str):
        by_subject.setdefault(getattr(quad.subject, "value", ""), []).append(quad)
    links = [element("a", one.name, href=f"/data/{key}.{one.name}") for one in GRAPHS]
    parts = [
        element("h1", title),
        element("p", element("code", described.iri), cls="iri"),
        element("p", joined((word("data", language), *links), " "), cls="formats"),
    ]
    if described.truncated:
        parts.append(element("p", word("more", language), cls="note"))
    parts += [element("h2", word("said", language)), names.table(by_subject.pop(described.iri, []))]
    if by_subject:
        parts.append(element("h2", word("parts", language)))
        for iri, quads in by_subject.items():
            fragment = iri.partition("#")[2]
            parts += [element("h3", element("code", f"#{fragment}"), id=unquote(fragment)), names.table(quads)]
    if described.incoming:
        rows = [
            element("tr", element("td", names.link(quad.subject)), element("th", names.term(quad.predicate.value)))
            for quad in sorted(described.incoming, key=str)
        ]
        parts += [element("h2", word("incoming", language)), element("table", *rows)]
    alternate = [element("link", rel="alternate", type=one.media[0], href=f"/data/{key}.{one.name}") for one in GRAPHS]
    return _frame(title, parts, language, f"/page/{key}?lang={_other(language)}", *alternate)


class _Names:
    """What things and terms are called in one language, looked up once each."""

    def __init__(self, store: ox.Store, base: str, language: str, own: Iterable[ox.Quad]) -> None:
        self.store, self.base, self.language = store, base, language
        self._known: dict[str, str] = {}
        labels: dict[str, list[ox.Literal]] = {}
        for quad in own:
            if quad.predicate in _LABELS and isinstance(quad.object, ox.Literal):
                labels.setdefault(getattr(quad.subject, "value", ""), []).append(quad.object)
        for iri, found in labels.items():
            self._known[iri] = self._best(found)

    def of(self, iri: str) -> str:
        if iri not in self._known:
            self._known[iri] = self._look_up(iri)
        return self._known[iri]

    def _look_up(self, iri: str) -> str:
        for label in _LABELS:
            found = [
                quad.object
                for quad in self.store.quads_for_pattern(ox.NamedNode(iri), label, None, ox.DefaultGraph())
                if isinstance(quad.object, ox.Literal)
            ]
            if found:
                return self._best(found)
        return _short(iri, self.base)

    def _best(self, labels: Iterable[ox.Literal]) -> str:
        return min(labels, key=lambda one: (one.language != self.language, one.language != "zh", one.value)).value

    def term(self, iri: str) -> Markup:
        """Return a property or class, by its label where it is of our ontology."""
        name = iri.removeprefix(PREFIXES["un"])
        known = ontology.relations.get(name) or ontology.properties.get(name) or ontology.classes.get(name)
        label = (known.label_zh if self.language == "zh" else known.label_en) if known and name != iri else ""
        return element("span", label or _short(iri, self.base), title=iri)

    def link(self, term: object) -> Markup:
        if isinstance(term, ox.Literal):
            about = term.language or (
                "" if term.datatype.value.endswith("#string") else _short(term.datatype.value, self.base)
            )
            said = element("span", term.value, **({"lang": term.language} if term.language else {}))
            return joined((said, element("small", about)), " ") if about else said
        if not isinstance(term, ox.NamedNode):
            return joined((str(term),))
        key = key_of(self.base, term.value)
        if key is not None:
            fragment = term.value.partition("#")[2]
            href = f"/page/{key}" + (f"#{percent(unquote(fragment), safe='=,')}" if fragment else "")
            return element("a", self.of(term.value), href=href)
        if term.value.startswith(("http://", "https://")):
            return element("a", self.term(term.value), rel="noreferrer", href=term.value)
        return joined((term.value,))

    def table(self, quads: Iterable[ox.Quad]) -> Markup:
        rows: dict[str, list[Markup]] = {}
        for quad in quads:
            rows.setdefault(quad.predicate.value, []).append(self.link(quad.object))
        if not rows:
            return NOTHING
        first = sorted(rows, key=lambda iri: (iri != _TYPE, iri))
        told = (
            element("tr", element("th", self.term(iri)), element("td", joined(rows[iri], element("br"))))
            for iri in first
        )
        return element("table", *told)


def _short(iri: str, base: str) -> str:
    if iri.startswith(base):
        return unquote(iri[len(base) :])
    for prefix, space in PREFIXES.items():
        if iri.startswith(space) and len(iri) > len(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri


# ---------------------------------------------------------------------------------------------------------------- rows


def rows_page(body: bytes, base: str, language: str, *, truncated: bool) -> bytes:
    """Return rows that came as SPARQL JSON as a table, for those who ask without scripts."""
    found: Mapping[str, Any] = json.loads(body)
    title = word("ask", language)
    if "boolean" in found:
        answer = element("p", element("strong", "true" if found["boolean"] else "false"))
        return _frame(title, (element("h1", title), answer), language, "/", wide=True)
    names, rows = found["head"]["vars"], found["results"]["bindings"]
    said = word("cut" if truncated else "rows", language, count=len(rows)) if rows else word("nothing", language)
    head = element("tr", *(element("th", name) for name in names))
    lines = (element("tr", *(element("td", _cell(row.get(name), base)) for name in names)) for row in rows)
    main = (element("h1", title), element("p", said), element("table", head, *lines, cls="rows"))
    return _frame(title, main, language, "/", wide=True)


def _cell(value: Mapping[str, Any] | None, base: str) -> str:
    if value is None:
        return ""
    text = value["value"]
    if value["type"] != "uri" or not isinstance(text, str):
        return str(text)
    key = key_of(base, text)
    if key is not None:
        return element("a", _short(text, base), href=f"/page/{key}")
    if text.startswith(("http://", "https://")):
        return element("a", _short(text, base), rel="noreferrer", href=text)
    return text


def text_page(body: bytes, language: str) -> bytes:
    """Return a graph in Turtle as a page."""
    title = word("ask", language)
    main = (element("h1", title), element("pre", body.decode("utf-8")))
    return _frame(title, main, language, "/", wide=True)


# ----------------------------------------------------------------------------------------------------------- query page


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with, with a title in both languages."""

    name: str
    zh: str
    en: str
    query: str


@cache
def examples() -> tuple[Example, ...]:
    """Return the queries shown on the page: those that come with this package, and the library's that want nothing."""
    folder = files("kg.serve").joinpath("examples")
    found = []
    for path in sorted((one for one in folder.iterdir() if one.name.endswith(".rq")), key=lambda one: one.name):
        text = path.read_text(encoding="utf-8")
        said, _ = read_head(text, "#", ("name", "zh", "en"))
        found.append(Example(said["name"][0], said["zh"][0], said["en"][0], text))
    found += [
        Example(twin.name, twin.title_zh, twin.title_en, twin.sparql)
        for twin in twins().values()
        if all(one.default is not None for one in twin.parameters)  # this page does not ask for any
    ]
    return tuple(found)


_NAMES = tuple(one.name for one in (*ROWS, *GRAPHS))


def query_page(base: str, language: str, *, seconds: float, max_rows: int, example: str = "") -> bytes:
    """Return the page to ask on, with the example of this name: an editor, or a form where no scripts run."""
    chosen = examples()
    own = sum(one.name[0].isdigit() for one in chosen)  # the first ones, made for this page
    listed, folded = (
        element("ul", *(_example(one, language) for one in some), cls="examples")
        for some in (chosen[:own], chosen[own:])
    )
    library = element("details", element("summary", word("library", language, count=len(chosen) - own)), folded)
    first = next((one for one in chosen if one.name == example), chosen[0])
    formats = element("select", *(element("option", name) for name in ("html", *_NAMES)), name="format")
    settings = {
        "base": base,
        "prefixes": {**PREFIXES, "id": base},
        "first": first.name,
        "chosen": bool(example),
        "examples": {one.name: one.query for one in chosen},
        "titles": {one.name: one.zh if language == "zh" else one.en for one in chosen},
        "classes": sorted(one.iri for one in ontology.classes.values()),
        "properties": sorted(
            {
                *(one.iri for one in ontology.relations.values()),
                *(one.iri for one in ontology.properties.values()),
                *(iri for one in ontology.properties.values() for iri in one.written),
            }
        ),
        "cut": word("cut", language, count="{count}"),
    }
    limits = word("limits", language, seconds=f"{seconds:g}", rows=max_rows)
    wanted = element("label", joined((word("format", language), formats), " "))
    form = element(
        "form",
        element("textarea", first.query, name="query", rows="14", spellcheck="false", aria_label="SPARQL"),
        element("p", joined((wanted, element("button", word("run", language))), " ")),
        id="plain",
        action="/sparql",
        method="post",
        accept_charset="utf-8",
    )
    main = (
        element("p", joined((word("lead", language), limits), " ")),
        element("h2", word("examples", language)),
        listed,
        *((library,) if chosen[own:] else ()),
        form,
        element("p", id="notice", cls="note", role="status", hidden=""),
        element("div", id="yasgui"),
        element("div", json_data(settings, "application/json"), id="settings", hidden=""),
    )
    head = (
        element("link", rel="stylesheet", href="/assets/yasgui.min.css"),
        element("script", src="/assets/yasgui.min.js", defer=""),
        element("script", src="/assets/serve.js", defer=""),
    )
    return _frame(word("title", language), main, language, f"/?lang={_other(language)}", *head, wide=True)


def _example(one: Example, language: str) -> Markup:
    title = one.zh if language == "zh" else one.en
    href = f"/?lang={language}&example={percent(one.name)}"
    return element("li", element("a", title, cls="example", href=href, data_name=one.name))
