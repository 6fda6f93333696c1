"""HTML of the server: a document, rows for readers without scripts, the page to ask on. All text passes `_text`."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import unquote

import pyoxigraph as ox

from exports.rdf import PREFIXES
from kg.serve.accept import GRAPHS, ROWS
from kg.serve.describe import Described, key_of
from ontology import ontology

__all__ = ["LANGUAGES", "POLICY", "Example", "asset", "examples", "page_of", "query_page", "rows_page", "text_page"]

LANGUAGES = ("zh", "en")
# YASGUI has its icons in data: and moves its panels by style attributes; scripts come from files of this server only.
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'; "
    "img-src 'self' data:; font-src data:; script-src 'self'; style-src 'self' 'unsafe-inline'"
)
_LABELS = tuple(
    ox.NamedNode(iri) for iri in (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel", PREFIXES["un"] + "name")
)
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


def _text(value: object) -> str:
    return html.escape(str(value), quote=True)


@cache
def asset(name: str) -> bytes:
    """Return a file of the pages."""
    return files("kg.serve").joinpath("assets", name).read_bytes()


# ------------------------------------------------------------------------------------------------------------- frames


def _frame(title: str, main: str, language: str, switch: str, *, head: str = "", wide: bool = False) -> bytes:
    """Return a whole page; `switch` is where it is found in the other language."""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{_text(title)}</title>\n'
        f'<link rel="stylesheet" href="/assets/serve.css">\n<link rel="icon" href="data:,">\n{head}</head>\n'
        f'<body{" class=wide" if wide else ""}>\n<header><a class="home" href="/">{_text(word("title", language))}</a>'
        f'<nav><a href="/">{_text(word("ask", language))}</a> <a href="/ontology">{_text(word("ontology", language))}'
        f"</a> "
        f'<a id="language" href="{_text(switch)}">{_text(word("other", language))}</a></nav></header>\n'
        f"<main>\n{main}</main>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


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
    parts = [f"<h1>{_text(title)}</h1>\n", f'<p class="iri"><code>{_text(described.iri)}</code></p>\n']
    links = " ".join(f'<a href="/data/{_text(key)}.{one.name}">{one.name}</a>' for one in GRAPHS)
    parts.append(f'<p class="formats">{_text(word("data", language))} {links}</p>\n')
    if described.truncated:
        parts.append(f'<p class="note">{_text(word("more", language))}</p>\n')
    parts.append(f"<h2>{_text(word('said', language))}</h2>\n{names.table(by_subject.pop(described.iri, []))}")
    if by_subject:
        parts.append(f"<h2>{_text(word('parts', language))}</h2>\n")
        for iri, quads in by_subject.items():
            fragment = iri.partition("#")[2]
            parts.append(f'<h3 id="{_text(unquote(fragment))}"><code>#{_text(fragment)}</code></h3>\n')
            parts.append(names.table(quads))
    if described.incoming:
        parts.append(f"<h2>{_text(word('incoming', language))}</h2>\n<table>\n")
        for quad in sorted(described.incoming, key=str):
            link, relation = names.link(quad.subject), names.term(quad.predicate.value)
            parts.append(f"<tr><td>{link}</td><th>{relation}</th></tr>\n")
        parts.append("</table>\n")
    alternate = "".join(
        f'<link rel="alternate" type="{one.media[0]}" href="/data/{_text(key)}.{one.name}">\n' for one in GRAPHS
    )
    return _frame(title, "".join(parts), language, f"/page/{key}?lang={_other(language)}", head=alternate)


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

    def term(self, iri: str) -> str:
        """Return a property or class, by its label where it is of our ontology."""
        name = iri.removeprefix(PREFIXES["un"])
        known = ontology.relations.get(name) or ontology.properties.get(name) or ontology.classes.get(name)
        label = (known.label_zh if self.language == "zh" else known.label_en) if known and name != iri else ""
        return f'<span title="{_text(iri)}">{_text(label or _short(iri, self.base))}</span>'

    def link(self, term: object) -> str:
        if isinstance(term, ox.Literal):
            about = term.language or (
                "" if term.datatype.value.endswith("#string") else _short(term.datatype.value, self.base)
            )
            lang = f' lang="{_text(term.language)}"' if term.language else ""
            return f"<span{lang}>{_text(term.value)}</span>" + (f" <small>{_text(about)}</small>" if about else "")
        if not isinstance(term, ox.NamedNode):
            return _text(term)
        key = key_of(self.base, term.value)
        if key is not None:
            fragment = term.value.partition("#")[2]
            href = f"/page/{key}" + (f"#{percent(unquote(fragment), safe='=,')}" if fragment else "")
            return f'<a href="{_text(href)}">{_text(self.of(term.value))}</a>'
        if term.value.startswith(("http://", "https://")):
            return f'<a rel="noreferrer" href="{_text(term.value)}">{self.term(term.value)}</a>'
        return _text(term.value)

    def table(self, quads: Iterable[ox.Quad]) -> str:
        rows: dict[str, list[str]] = {}
        for quad in quads:
            rows.setdefault(quad.predicate.value, []).append(self.link(quad.object))
        if not rows:
            return ""
        first = sorted(rows, key=lambda iri: (iri != _TYPE, iri))
        told = "".join(f"<tr><th>{self.term(iri)}</th><td>{'<br>'.join(rows[iri])}</td></tr>\n" for iri in first)
        return f"<table>\n{told}</table>\n"


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
        main = f"<h1>{_text(title)}</h1>\n<p><strong>{'true' if found['boolean'] else 'false'}</strong></p>\n"
        return _frame(title, main, language, "/", wide=True)
    names, rows = found["head"]["vars"], found["results"]["bindings"]
    said = word("cut" if truncated else "rows", language, count=len(rows)) if rows else word("nothing", language)
    parts = [f"<h1>{_text(title)}</h1>\n<p>{_text(said)}</p>\n<table class='rows'>\n<tr>"]
    parts += [f"<th>{_text(name)}</th>" for name in names]
    parts.append("</tr>\n")
    for row in rows:
        parts.append("<tr>" + "".join(f"<td>{_cell(row.get(name), base)}</td>" for name in names) + "</tr>\n")
    parts.append("</table>\n")
    return _frame(title, "".join(parts), language, "/", wide=True)


def _cell(value: Mapping[str, Any] | None, base: str) -> str:
    if value is None:
        return ""
    text = value["value"]
    if value["type"] != "uri" or not isinstance(text, str):
        return _text(text)
    key = key_of(base, text)
    if key is not None:
        return f'<a href="/page/{_text(key)}">{_text(_short(text, base))}</a>'
    if text.startswith(("http://", "https://")):
        return f'<a rel="noreferrer" href="{_text(text)}">{_text(_short(text, base))}</a>'
    return _text(text)


def text_page(body: bytes, language: str) -> bytes:
    """Return a graph in Turtle as a page."""
    title = word("ask", language)
    main = f"<h1>{_text(title)}</h1>\n<pre>{_text(body.decode('utf-8'))}</pre>\n"
    return _frame(title, main, language, "/", wide=True)


# ----------------------------------------------------------------------------------------------------------- query page


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with, with a title in both languages."""

    name: str
    zh: str
    en: str
    query: str


_HEAD = re.compile(r"#\s*(zh|en|parameter|name|column|facts):\s*(.*)")


@cache
def examples() -> tuple[Example, ...]:
    """Return the queries shown on the page: those that come with this package, and the library's that want nothing."""
    folders = (files("kg.serve").joinpath("examples"), files("queries").joinpath("sparql"))
    found = []
    for folder in folders:
        if folder.is_dir():
            paths = sorted((one for one in folder.iterdir() if one.name.endswith(".rq")), key=lambda one: one.name)
            found += [_example(one.name.removesuffix(".rq"), one.read_text(encoding="utf-8")) for one in paths]
    return tuple(one for one in found if one is not None)


def _example(name: str, text: str) -> Example | None:
    said = [_HEAD.match(line) for line in text.splitlines() if line.startswith("#")]
    head = {match[1]: match[2].strip() for match in said if match}
    if any(match[1] == "parameter" and "=" not in match[2].partition("|")[0] for match in said if match):
        return None  # it must be given something, which this page does not ask for
    return Example(name, head.get("zh", name), head.get("en", name), text)


def query_page(base: str, language: str, *, seconds: float, max_rows: int, example: str = "") -> bytes:
    """Return the page to ask on, with the example of this name: an editor, or a form where no scripts run."""
    chosen = examples()
    own = sum(one.name[0].isdigit() for one in chosen)  # the first ones, made for this page
    listed, folded = (
        "".join(
            f'<li><a class="example" href="/?lang={language}&amp;example={_text(one.name)}" '
            f'data-name="{_text(one.name)}">{_text(one.zh if language == "zh" else one.en)}</a></li>\n'
            for one in some
        )
        for some in (chosen[:own], chosen[own:])
    )
    if folded:
        folded = (
            f"<details><summary>{_text(word('library', language, count=len(chosen) - own))}</summary>\n"
            f"<ul class='examples'>\n{folded}</ul>\n</details>\n"
        )
    first = next((one for one in chosen if one.name == example), chosen[0])
    choices = "".join(f"<option>{one.name}</option>" for one in (*ROWS, *GRAPHS))
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
    main = (
        f"<p>{_text(word('lead', language))} {_text(word('limits', language, seconds=f'{seconds:g}', rows=max_rows))}"
        f"</p>\n<h2>{_text(word('examples', language))}</h2>\n<ul class='examples'>\n{listed}</ul>\n{folded}"
        '<form id="plain" action="/sparql" method="post" accept-charset="utf-8">\n'
        f'<textarea name="query" rows="14" spellcheck="false" aria-label="SPARQL">{_text(first.query)}</textarea>\n'
        f'<p><label>{_text(word("format", language))} <select name="format"><option>html</option>{choices}</select>'
        f"</label> <button>{_text(word('run', language))}</button></p>\n</form>\n"
        '<p id="notice" class="note" role="status" hidden></p>\n<div id="yasgui"></div>\n'
        f'<script type="application/json" id="settings">{_json(settings)}</script>\n'
    )
    head = (
        '<link rel="stylesheet" href="/assets/yasgui.min.css">\n<script src="/assets/yasgui.min.js" defer></script>\n'
        '<script src="/assets/serve.js" defer></script>\n'
    )
    return _frame(word("title", language), main, language, f"/?lang={_other(language)}", head=head, wide=True)


def _json(value: object) -> str:
    """Return JSON that no HTML parser can end or open a tag in."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
