"""What all pages of the portal share: head, name of the site, search, language, where one is, and the foot.

Each page holds both languages; two radio buttons in front of everything choose one, by style alone. Scripts only
remember that choice, copy, and search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from exports.portal.words import Words
from kg.io.markup import Markup, document, element, joined

__all__ = ["Front", "Links", "both", "link", "name_of", "shell", "turned"]

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none'"


# what is written from the right, and marks that turn the direction
_TURNED = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)

NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Front:
    """What pages say of the portal: `licence` is the IRI of that of the data, `sparql` where questions are answered."""

    title: Words
    description: Words = NOTHING
    rights: Words = NOTHING
    licence: str = ""
    publisher: str = ""
    sparql: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page leads: functions that give what stands in href.

    `iri` names a key, `page` leads to its page, `part` to a further part of a long one, `data` to its file with this
    suffix (ttl, jsonld). `asset` is a file of `exports/assets`. `site` leads to a page of the site by name ("" home,
    "search", "browse/CLASS", "ontology", "dumps", "catalogue"); it gives "" for what is not there.
    """

    iri: Callable[[str], str]
    page: Callable[[str], str]
    part: Callable[[str, int], str]
    data: Callable[[str, str], str]
    asset: Callable[[str], str]
    site: Callable[[str], str]


def both(words: Words) -> Markup:
    """Return words in both languages, of which style shows one."""
    if words.zh == words.en:
        return element("span", words.zh)
    return joined((element("span", words.zh, lang="zh"), element("span", words.en, lang="en")))


def link(href: str, *content: str, cls: str = "") -> Markup:
    """Return a link, or what it would hold where it leads nowhere."""
    if href:
        return element("a", *content, cls=cls, href=href)
    return element("span", *content, cls=cls) if cls else joined(content)


def name_of(text: str) -> Markup:
    """Return a name; where it has a mark that turns writing around, or is written so, this does not reach out of it."""
    return turned(text, joined((text,)))


def turned(text: str, content: Markup) -> Markup:
    """Return what `text` became, by itself where it turns the direction of writing."""
    return element("bdi", content) if not text.isascii() and _TURNED.search(text) else content


def shell(
    title: str,
    content: Iterable[str],
    links: Links,
    front: Front,
    *,
    crumbs: Sequence[tuple[str, str]] = (),
    head: Iterable[str] = (),
    home: bool = False,
) -> str:
    """Return a page: `crumbs` are what stands above it, each with where it leads; `home` is the first page."""
    site = f"{front.title.zh} · {front.title.en}"
    inside = (
        element("title", site if home else f"{title} · {front.title.zh}"),
        element("link", rel="stylesheet", href=links.asset("portal.css")),
        element("script", src=links.asset("portal.js"), defer=""),
        *head,
    )
    search = links.site("search")
    top = element(
        "header",
        link(links.site(""), both(front.title), cls="site"),
        _search_form(search) if search and not home else "",
        element(
            "span",
            element("label", "中文", for_="zh"),
            element("label", "English", for_="en", lang="en"),
            cls="languages",
        ),
        cls="top",
    )
    body = (
        element("input", type="radio", name="language", id="zh", checked="", aria_label="中文"),
        element("input", type="radio", name="language", id="en", aria_label="English"),
        element("a", both(Words("跳到正文", "Skip to content")), cls="skip", href="#main"),
        top,
        _crumbs(crumbs) if crumbs else "",
        element("main", *content, id="main"),
        _foot(links, front),
    )
    return document(inside, body, policy=POLICY)


def _search_form(action: str) -> Markup:
    return element(
        "form",
        element("input", type="search", name="q", aria_label="查找 · Search", placeholder="名称或别名 name"),
        element("button", both(Words("查找", "Search"))),
        action=action,
        method="get",
        role="search",
    )


def _crumbs(crumbs: Sequence[tuple[str, str]]) -> Markup:
    items = [element("li", link(href, text)) for text, href in crumbs[:-1]]
    items.append(element("li", crumbs[-1][0], aria_current="page"))
    return element("nav", element("ol", *items), cls="crumbs", aria_label="位置 · Breadcrumbs")


def _foot(links: Links, front: Front) -> Markup:
    places = (
        ("ontology", Words("本体", "Ontology")),
        ("dumps", Words("全部数据", "All data")),
        ("catalogue", Words("数据目录", "Catalogue")),
    )
    items = [link(href, both(words)) for name, words in places if (href := links.site(name))]
    if front.licence:
        items.append(element("a", both(Words("数据许可", "Licence of the data")), href=front.licence, rel="license"))
    if front.publisher:
        items.append(name_of(front.publisher))
    if front.issued:
        items.append(element("time", front.issued, datetime=front.issued))
    return element("footer", *(element("span", item) for item in items))
