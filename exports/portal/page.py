"""The page of one thing: what is said of it, by relation, and the words behind each fact.

Every IRI below the thing's own lands on it: `#fact-…` and what hangs on a post, and on the page of an article
`#s-…`, `#char=…`, `#quote=…`, `#position=…` and `#graph`. What has very many facts shows EACH of a relation, and names
the others with the part of the page on which they stand in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from exports.portal.frame import Front, Links, both, link, name_of, shell, turned
from exports.portal.records import Claim, Described, Known, Passage, Value
from exports.portal.words import (
    CLASSES,
    HEADINGS,
    STATUS,
    Words,
    class_words,
    code_words,
    heading,
    property_words,
)
from exports.rdf.terms import edtf, iri_key
from kg.io.markup import Markup, element, joined, json_data
from ontology import ontology
from ontology.identifiers import exact_matches

__all__ = ["EACH", "PART", "page_of", "parts_of"]

EACH = 50  # facts of a relation that the first part of a page tells in full
PART = 200  # facts on each further part
OPEN = 12  # where there are no more facts than this, the words behind them lie open
SCHEMA = 40  # facts that the description for search engines tells at most

SAID = Words("文中所述", "What it says")

_ORDER = {key: rank for rank, key in enumerate(HEADINGS)}
_WHEN = frozenset({"start", "end", "precision", "vague", "dateText"})
_COUNT = frozenset({"countText", "countMin", "countMax", "countApproximate", "countUnit"})
_ELSEWHERE = frozenset({"headline", "kicker", "paper", "issueDate", "pageNumber"})  # stands in the head of the page
_HASHES = frozenset({"textSha256", "sha256"})
# which Chinese day: 2025-03-08 is 2025年3月8日
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)

Group = tuple[str, bool]


@dataclass(slots=True)
class _Page:
    """A page that is being made: whose, where it leads, and which anchors it has already."""

    thing: Described
    links: Links
    anchors: set[str] = field(default_factory=set)

    def anchor(self, name: str) -> dict[str, str]:
        """Return the id of an element, once: nothing where the page has it already."""
        if name in self.anchors:
            return {}
        self.anchors.add(name)
        return {"id": name}


def parts_of(thing: Described) -> int:
    """Return how many further parts the page of a thing has."""
    return len(_rest(_grouped(thing)))


def page_of(thing: Described, links: Links, front: Front, *, part: int = 0) -> str:
    """Return the page of a thing, or a further part of it, from 1."""
    page = _Page(thing, links)
    groups = _grouped(thing)
    rest = _rest(groups)
    content = _part(page, rest[part - 1], part, len(rest)) if part else _first(page, groups, rest)
    above = CLASSES.get(thing.type)
    crumbs = [(both(Words("首页", "Home")), links.site(""))]
    if above is not None:
        crumbs.append((both(above), links.site(f"browse/{thing.type}")))
    crumbs.append((name_of(_short(thing.name)), ""))
    head: list[str] = []
    if not part:
        head += [
            element("link", rel="canonical", href=links.iri(thing.key)),
            element("link", rel="alternate", type="text/turtle", href=links.data(thing.key, "ttl")),
            element("link", rel="alternate", type="application/ld+json", href=links.data(thing.key, "jsonld")),
            element("meta", name="description", content=_description(thing)),
            json_data(_schema(thing, links), "application/ld+json"),
        ]
    return shell(thing.name, content, links, front, crumbs=crumbs, head=head)


# ------------------------------------------------------------------------------------------------------------ the parts


def _grouped(thing: Described) -> dict[Group, list[Claim]]:
    """Return the claims by relation and direction, in the order of the page; the latest first, then by name."""
    found: dict[Group, list[Claim]] = {}
    for claim in thing.claims:
        # a fact from a thing to itself is told once, as one of its own
        if claim.subject.key == thing.key:
            found.setdefault((claim.predicate, True), []).append(claim)
        elif claim.object.key == thing.key:
            found.setdefault((claim.predicate, False), []).append(claim)
    for (_, forward), claims in found.items():
        claims.sort(key=lambda one: (_other(one, forward).name, one.id))
        claims.sort(key=lambda one: _other(one, forward).when or max(one.seen, default=""), reverse=True)
    last = len(_ORDER)
    return {group: found[group] for group in sorted(found, key=lambda one: (_ORDER.get(one, last), one))}


def _other(claim: Claim, forward: bool) -> Known:
    return claim.object if forward else claim.subject


def _rest(groups: Mapping[Group, Sequence[Claim]]) -> list[list[tuple[Group, Claim]]]:
    """Return what does not stand on the first part, by part."""
    left = [(group, claim) for group, claims in groups.items() for claim in claims[EACH:]]
    return [left[at : at + PART] for at in range(0, len(left), PART)]


def _first(
    page: _Page, groups: Mapping[Group, Sequence[Claim]], rest: list[list[tuple[Group, Claim]]]
) -> Iterator[str]:
    thing = page.thing
    yield from _head(page)
    where = {(group, claim.id): number for number, found in enumerate(rest, 1) for group, claim in found}
    shown = sum(not claim.inferred for (name, _), claims in groups.items() if name != "mentions" for claim in claims)
    said = list(_said(page)) if thing.type == "Article" else []
    if len(groups) > 3:
        yield _contents(groups, said=bool(said))
    yield from said or ([element("span", id="graph")] if thing.type == "Article" else [])
    for group, claims in groups.items():
        name = heading(*group)
        kept, further = claims[:EACH], claims[EACH:]
        yield element(
            "section",
            element("h2", both(name), " ", element("small", f"{len(claims):,}")),
            _facts(page, group, kept, open_=shown <= OPEN),
            *_further(page, group, further, where),
            cls="facts",
            id=_section(group),
        )
    if thing.values.get("text"):
        lines = (element("p", name_of(line)) for line in str(thing.values["text"]).splitlines() if line.strip())
        yield element("section", element("h2", both(Words("全文", "Full text"))), *lines, cls="text", id="text")
    if not groups:
        yield element("p", both(Words("没有它的事实。", "Nothing is said of it.")), cls="soft")


def _part(page: _Page, found: Sequence[tuple[Group, Claim]], part: int, parts: int) -> Iterator[str]:
    thing = page.thing
    first = page.links.page(thing.key)
    yield element("p", link(first, both(class_words(thing.type))), cls="kind")
    yield element("h1", link(first, name_of(thing.name)))
    yield _turning(page, part, parts)
    for group, some in groupby(found, key=lambda one: one[0]):
        claims = [claim for _, claim in some]
        yield element(
            "section", element("h2", both(heading(*group))), _facts(page, group, claims, open_=False), cls="facts"
        )
    yield _turning(page, part, parts)


def _turning(page: _Page, part: int, parts: int) -> Markup:
    """Return the way to the other parts."""
    key, links = page.thing.key, page.links
    near = sorted({1, *range(max(1, part - 3), min(parts, part + 3) + 1), parts})
    items = [element("a", both(Words("首部分", "First part")), href=links.page(key))]
    items += [
        element("b", str(one), aria_current="page")
        if one == part
        else element("a", str(one), href=links.part(key, one))
        for one in near
    ]
    return element("nav", *items, cls="parts", aria_label="各部分 · Parts")


def _section(group: Group) -> str:
    return f"{group[0]}-{'of' if group[1] else 'to'}"


def _contents(groups: Mapping[Group, Sequence[Claim]], *, said: bool) -> Markup:
    items = [element("li", element("a", both(SAID), href="#graph"))] if said else []
    for group, claims in groups.items():
        named = element(
            "a", both(heading(*group)), " ", element("small", f"{len(claims):,}"), href=f"#{_section(group)}"
        )
        items.append(element("li", named))
    return element("nav", element("ul", *items), cls="contents", aria_label="目录 · Contents")


def _further(
    page: _Page, group: Group, claims: Sequence[Claim], where: Mapping[tuple[Group, str], int]
) -> Iterator[Markup]:
    """Say where the other facts are told in full; the thing's own are named one by one, since their IRIs land here."""
    if not claims:
        return
    key, links = page.thing.key, page.links
    first, last = where[group, claims[0].id], where[group, claims[-1].id]
    parts = [element("a", str(one), href=links.part(key, one)) for one in sorted({first, min(first + 1, last), last})]
    said = both(Words(f"另有 {len(claims):,} 条，见第 ", f"{len(claims):,} more on part "))
    more = element("p", said, joined(parts, " … "), both(Words(" 部分", "")), cls="soft")
    yield more
    if group[1]:
        names = (
            element(
                "li",
                *_anchors(page, claim),
                element(
                    "a",
                    name_of(_short(claim.object.name, 24)),
                    href=f"{links.part(key, where[group, claim.id])}#{iri_key(claim.id)}",
                ),
                **page.anchor(claim.id),
            )
            for claim in claims
        )
        yield element("ul", *names, cls="further")
    else:
        yield joined([one for claim in claims for one in _anchors(page, claim)])


def _anchors(page: _Page, claim: Claim) -> list[str]:
    """Return what the IRIs of parts of a fact land on: its post, and on the page of an article its passages there."""
    own = claim.subject.key == page.thing.key and claim.predicate == "hasRole"
    anchors: list[str] = [_post_anchors(page, claim)] if own else []
    for passage in claim.passages:
        if passage.article.key == page.thing.key:
            anchors += _passage_anchors(page, passage)
            anchors += [element("span", **one) for one in (page.anchor(passage.statement),) if one]
    return anchors


# ------------------------------------------------------------------------------------------------------------- the head


def _head(page: _Page) -> Iterator[str]:
    thing, links = page.thing, page.links
    values = thing.values
    kind = link(links.site(f"browse/{thing.type}"), both(class_words(thing.type)))
    yield element("p", kind, cls="kind")
    if values.get("kicker"):
        yield element("p", name_of(str(values["kicker"])), cls="kicker")
    yield element("h1", name_of(thing.name))
    if thing.aliases and thing.type != "Page":
        names = joined([name_of(one) for one in thing.aliases], "、")
        yield element("p", both(Words("又称 ", "Also called ")), names, cls="aliases")
    if thing.type in ("Article", "Page"):
        yield _printed(thing)
    rows = list(_properties(thing))
    if rows:
        yield element("dl", *rows)
    iri = links.iri(thing.key)
    data = (("ttl", "Turtle"), ("jsonld", "JSON-LD"))
    yield element(
        "p",
        element("span", "IRI", cls="label"),
        element("code", iri, id="iri"),
        element("button", both(Words("复制", "Copy")), type="button", cls="copy", data_copy=iri, hidden=""),
        element("span", *(element("a", name, href=links.data(thing.key, suffix)) for suffix, name in data), cls="data"),
        cls="iri",
    )
    if thing.former:
        former = joined([element("code", one) for one in thing.former], "、")
        yield element("p", both(Words("曾用标识 ", "Former keys ")), former, cls="soft former")


def _printed(thing: Described) -> Markup:
    values = thing.values
    parts = [name_of(str(values["paper"]))] if values.get("paper") else []
    if values.get("issueDate"):
        parts.append(_day(str(values["issueDate"])))
    if values.get("pageNumber"):
        parts.append(both(Words(f"第{values['pageNumber']}版", f"page {values['pageNumber']}")))
    return element("p", *(element("span", one) for one in parts), cls="printed")


def _properties(thing: Described) -> Iterator[Markup]:
    values = thing.values
    if "start" in values:
        yield from _row(Words("时间", "When"), _when(values))
    if _COUNT & values.keys():
        yield from _row(Words("人数", "How many"), _count(values))
    for name, value in thing.properties:
        if name in _WHEN or name in _COUNT or (name in _ELSEWHERE and thing.type in ("Article", "Page")):
            continue
        if name == "text" or (name == "headlineMade" and value in (False, "false")):
            continue
        shown = [element("code", str(value), cls="hash")] if name in _HASHES else [_value(one) for one in _many(value)]
        yield from _row(property_words(name), joined(shown, "、"))
    elsewhere = _elsewhere(thing)
    if elsewhere:
        item = element("a", elsewhere.rpartition("/")[2], href=elsewhere, rel="external")
        yield from _row(Words("维基数据", "Wikidata"), item)


def _elsewhere(thing: Described) -> str:
    """Return the IRI that Wikidata has for a district, "" where none was checked."""
    code = str(thing.values.get("code", ""))
    return exact_matches().get(code, "") if thing.type == "District" and code else ""


def _row(words: Words, value: Markup) -> Iterator[Markup]:
    yield element("div", element("dt", both(words)), element("dd", value))


def _many(value: Value) -> Sequence[Value]:
    return value if isinstance(value, tuple) else (value,)


def _value(value: Value) -> Markup:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    known = code_words(text)
    if known is not None:
        return both(known)
    return _day(text) if _DAY.fullmatch(text) and len(text) == 10 else name_of(text)


def _when(values: Mapping[str, Value]) -> Markup:
    """Return when an activity took place, by words as printed and by what they mean."""
    start, end = str(values["start"]), str(values.get("end") or values["start"])
    precision, vague = str(values.get("precision", "")), values.get("vague") in (True, "true")
    length = {"year": 4, "month": 7}.get(precision, 10)
    first, last = start[:length], end[:length]
    if vague and first != last:
        meant = joined(
            (
                both(Words("在 ", "between ")),
                _day(first),
                both(Words(" 至 ", " and ")),
                _day(last),
                both(Words(" 之间", "")),
            )
        )
    elif vague:
        meant = joined((both(Words("约 ", "about ")), _day(first)))
    elif first != last:
        meant = joined((_day(first), both(Words(" 至 ", " to ")), _day(last)))
    else:
        meant = _day(first)
    notes: list[str] = []
    if values.get("dateText"):
        notes.append(element("small", both(Words("原文：", "in print: ")), name_of(str(values["dateText"]))))
    code = edtf(start, end, precision, vague)
    if code != first:
        notes.append(element("small", element("code", code)))
    return joined((meant, *notes), " ")


def _count(values: Mapping[str, Value]) -> Markup:
    least, most = values.get("countMin"), values.get("countMax")
    unit = str(values.get("countUnit", ""))
    if least is not None and least == most:
        meant = Words(f"{least}{unit}", f"{least} {unit}")
    elif least is not None and most is not None:
        meant = Words(f"{least} 至 {most}{unit}", f"{least} to {most} {unit}")
    elif least is not None:
        meant = Words(f"不少于 {least}{unit}", f"at least {least} {unit}")
    elif most is not None:
        meant = Words(f"不多于 {most}{unit}", f"at most {most} {unit}")
    else:
        meant = Words("", "")
    parts = [both(meant)] if meant.zh else []
    if values.get("countApproximate") in (True, "true"):
        parts.append(both(Words("（约数）", "(approximate)")))
    if values.get("countText"):
        parts.append(element("small", both(Words("原文：", "in print: ")), name_of(str(values["countText"]))))
    return joined(parts, " ")


def _day(text: str) -> Markup:
    """Return a day, month or year as both languages write it."""
    found = _DAY.fullmatch(text)
    if found is None:
        return name_of(text)
    year, month, day = found.groups()
    zh = f"{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")
    return element("time", element("span", zh, lang="zh"), element("span", text, lang="en"), datetime=text)


# ------------------------------------------------------------------------------------------------------------ the facts


def _facts(page: _Page, group: Group, claims: Iterable[Claim], *, open_: bool) -> Markup:
    relation, forward = group
    if relation == "mentions":
        show = _mentioned if forward else _mention
        return element("ul", *(show(page, claim) for claim in claims), cls="names" if forward else "mentions")
    return element("ol", *(_fact(page, claim, forward, open_=open_) for claim in claims))


def _mention(page: _Page, claim: Claim) -> Markup:
    """Return one of the articles that speak of a thing; the words stand on the page of the article."""
    times = both(Words(f"{claim.count:,} 处", f"{claim.count:,}×")) if claim.count > 1 else ""
    href = f"{page.links.page(claim.subject.key)}#{iri_key(claim.id)}"
    return element(
        "li", element("a", name_of(claim.subject.name), href=href), _source(claim.subject), element("small", times)
    )


def _mentioned(page: _Page, claim: Claim) -> Markup:
    """Return one of the things that an article speaks of, with the anchors of the places where it does."""
    lines = ",".join(dict.fromkeys(passage.lines for passage in claim.passages if passage.lines))
    return element(
        "li",
        *_anchors(page, claim),
        element("a", name_of(claim.object.name), href=page.links.page(claim.object.key)),
        element("small", both(class_words(claim.object.type))),
        element("small", _line_words(lines)),
        **page.anchor(claim.id),
    )


def _source(article: Known) -> Markup:
    parts = [name_of(article.paper)] if article.paper else []
    if article.when:
        parts.append(_day(article.when))
    if article.number:
        parts.append(both(Words(f"第{article.number}版", f"page {article.number}")))
    return element("small", *(element("span", one) for one in parts), cls="source")


def _fact(page: _Page, claim: Claim, forward: bool, *, open_: bool) -> Markup:
    other = _other(claim, forward)
    qualifiers = dict(claim.qualifiers)
    line: list[str] = [element("a", name_of(other.name), href=page.links.page(other.key), cls="end")]
    line += _qualified(qualifiers)
    if other.type in ("Article", "Page"):
        line.append(_source(other) if other.type == "Article" else "")
    elif other.when:
        line.append(element("small", _day(other.when)))
    line += _badges(claim)
    if claim.predicate == "hasRole":
        line.append(_seen(page, claim, forward))
    href = f"#{iri_key(claim.id)}" if forward else f"{page.links.page(claim.subject.key)}#{iri_key(claim.id)}"
    line.append(element("a", "#", href=href, cls="permalink", aria_label="此事实的链接 · Link to this fact"))
    content: list[str] = [element("p", *line)]
    if qualifiers.get("quote"):
        content.append(element("blockquote", name_of(f"“{str(qualifiers['quote']).strip('“”')}”"), cls="speech"))
    if claim.passages:
        content.append(_evidence(page, claim, open_=open_ and not claim.inferred))
    if claim.status != "happened":
        cls = f"fact {claim.status}"
    else:
        cls = "fact"
    return element("li", *content, cls=cls, **(page.anchor(claim.id) if forward else {}))


def _qualified(qualifiers: Mapping[str, Value]) -> list[str]:
    names = [name for name in ("title", "role", "honour") if qualifiers.get(name)]
    return [element("span", _value(qualifiers[name]), cls=name) for name in names]


def _badges(claim: Claim) -> list[str]:
    names = [claim.status] if claim.status in STATUS else []
    names += ["inferred"] if claim.inferred else []
    return [element("span", both(STATUS[name]), cls=f"badge {name}") for name in names]


def _seen(page: _Page, claim: Claim, forward: bool) -> Markup:
    """Return when a post was in print, with the anchors of the post, of its time and of the ends of that."""
    days = claim.seen
    anchors = _post_anchors(page, claim) if forward else Markup("")
    if not days:
        return anchors
    shown: list[str] = [_day(days[0])]
    if days[-1] != days[0]:
        shown += [both(Words(" 至 ", " to ")), _day(days[-1])]
    return element("small", anchors, both(Words("见报 ", "in print ")), *shown, cls="seen")


def _post_anchors(page: _Page, claim: Claim) -> Markup:
    names = (f"{claim.id}-post{part}" for part in ("", "-time", "-first", "-last"))
    return joined([element("span", **anchor) for name in names if (anchor := page.anchor(name))])


def _evidence(page: _Page, claim: Claim, *, open_: bool) -> Markup:
    shown = [_quote(page, claim, passage) for passage in claim.passages]
    summary = [both(Words(f"原文 {claim.count:,} 处", f"{claim.count:,} passage{'s' if claim.count > 1 else ''}"))]
    if claim.sources > 1:
        summary.append(both(Words(f"{claim.sources:,} 篇独立报道", f"{claim.sources:,} independent articles")))
    if claim.confidence < 1:
        summary.append(both(Words(f"置信度 {claim.confidence:g}", f"confidence {claim.confidence:g}")))
    if claim.count > len(shown):
        left = claim.count - len(shown)
        shown.append(
            element(
                "p", both(Words(f"另有 {left:,} 处，见数据文件。", f"{left:,} more in the data files.")), cls="soft"
            )
        )
    heads = element("summary", *(element("span", one) for one in summary))
    return element("details", heads, *shown, **({"open": ""} if open_ else {}))


def _quote(page: _Page, claim: Claim, passage: Passage) -> Markup:
    """Return the words of one statement, with where they stand; on the page of their article with their anchors."""
    article = passage.article
    words = _marked(passage.quote, (claim.subject, claim.object))
    own = article.key == page.thing.key
    anchors: list[str] = _passage_anchors(page, passage) if own else []
    if own:
        anchors += [element("span", **found) for found in (page.anchor(passage.statement),) if found]
    place = f"{page.links.page(article.key)}#char={passage.start},{passage.end}" if not own else ""
    cite: list[str] = []
    if not own:
        cite += [element("a", name_of(article.name), href=place), _source(article)]
    cite.append(_lines(passage))
    if passage.why:
        known = code_words(passage.why)
        cite.append(both(known) if known is not None else name_of(passage.why))
    return element(
        "figure", element("blockquote", *anchors, words), element("figcaption", *(element("span", one) for one in cite))
    )


def _lines(passage: Passage) -> Markup:
    return _line_words(passage.lines)


def _line_words(lines: str) -> Markup:
    """Return which lines of a page these are, as both languages count them."""
    if not lines:
        return Markup("")
    runs = lines.replace("-", "–")
    one = "line" if lines.isdecimal() else "lines"
    return both(Words(f"第 {runs.replace(',', '、')} 行", f"{one} {runs.replace(',', ', ')}"))


def _passage_anchors(page: _Page, passage: Passage) -> list[str]:
    span = f"={passage.start},{passage.end}"
    found = (page.anchor(f"{kind}{span}") for kind in ("char", "quote", "position"))
    return [element("span", **one) for one in found if one]


def _marked(quote: str, ends: Iterable[Known]) -> Markup:
    """Return a quote with the names of what it speaks of marked, where they stand in it as such."""
    names = sorted(
        {one.name for one in ends if one.type not in ("Article", "Page") and one.name}, key=lambda one: (-len(one), one)
    )
    parts: list[str] = []
    at = 0
    while found := [(where, name) for name in names if (where := quote.find(name, at)) >= 0]:
        where, name = min(found, key=lambda one: one[0])  # of those that begin here the longest, which comes first
        parts += [quote[at:where], element("b", name)]
        at = where + len(name)
    if not parts:
        return name_of(quote)
    return turned(quote, joined((*parts, quote[at:])))


# ---------------------------------------------------------------------------------------------------------- an article


def _said(page: _Page) -> Iterator[Markup]:
    """Tell what an article says, passage by passage in the order of the text; mentions are told with the mentions."""
    key = page.thing.key
    found = [
        (passage, claim)
        for claim in page.thing.claims
        if key not in (claim.subject.key, claim.object.key)
        for passage in claim.passages
        if passage.article.key == key
    ]
    found.sort(key=lambda one: (one[0].start, one[0].end, one[0].statement))
    blocks = [_block(page, list(group)) for _, group in groupby(found, key=lambda one: (one[0].start, one[0].end))]
    if blocks:
        title = element("h2", both(SAID), " ", element("small", f"{len(found):,}"))
        yield element("section", title, *blocks, cls="said", id="graph")


def _block(page: _Page, group: Sequence[tuple[Passage, Claim]]) -> Markup:
    passage = group[0][0]
    ends = [end for _, claim in group for end in (claim.subject, claim.object)]
    anchors = _passage_anchors(page, passage)
    # the figure is what an IRI of the passage lands on; the first anchor is its own
    quote = element("blockquote", *anchors, _marked(passage.quote, ends))
    statements = element("ul", *(_statement(page, passage, claim) for passage, claim in group))
    return element("figure", quote, element("figcaption", _lines(passage)), statements)


def _statement(page: _Page, passage: Passage, claim: Claim) -> Markup:
    links = page.links
    relation = ontology.relations[claim.predicate]
    qualifiers = dict(claim.qualifiers)
    more = _qualified(qualifiers)
    fact = f"{links.page(claim.subject.key)}#{iri_key(claim.id)}"
    note = (
        [both(Words(f"置信度 {passage.confidence:g}", f"confidence {passage.confidence:g}"))]
        if passage.confidence < 1
        else []
    )
    if passage.why:
        known = code_words(passage.why)
        note.append(both(known) if known is not None else name_of(passage.why))
    if passage.rule:
        note.append(element("a", passage.rule, href=links.page(f"rule/{passage.rule}"), cls="rule"))
    return element(
        "li",
        element("a", name_of(claim.subject.name), href=links.page(claim.subject.key)),
        " ",
        element("a", both(Words(relation.label_zh, relation.label_en)), href=fact, cls="relation"),
        " ",
        element("a", name_of(claim.object.name), href=links.page(claim.object.key)),
        *more,
        *_badges(claim),
        element("small", *(element("span", one) for one in note)),
        **page.anchor(passage.statement),
    )


# ------------------------------------------------------------------------------------------------- for search engines


def _description(thing: Described) -> str:
    words = class_words(thing.type)
    names = "、".join(thing.aliases[:5])
    return f"{words.zh}（{words.en}）：{thing.name}" + (f"，又称{names}" if names else "")


def _schema(thing: Described, links: Links) -> dict[str, Any]:
    """Return a thing in the words of schema.org, facts that happened only."""
    kinds = [
        iri.rpartition("/")[2] for iri in ontology.classes[thing.type].mapped if iri.startswith("https://schema.org/")
    ]
    values = thing.values
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": links.iri(thing.key),
        "@type": kinds[0] if kinds else "Thing",
        "name": thing.name,
        "url": links.iri(thing.key),
    }
    if thing.aliases and thing.type != "Page":
        found["alternateName"] = list(thing.aliases)
    if thing.type == "Activity" and "start" in values and values.get("vague") not in (True, "true"):
        length = {"year": 4, "month": 7}.get(str(values.get("precision", "")), 10)
        found["startDate"] = str(values["start"])[:length]
        found["endDate"] = str(values.get("end") or values["start"])[:length]
    if thing.type == "Article":
        found["headline"] = thing.name
        found["inLanguage"] = "zh"
    if _elsewhere(thing):
        found["sameAs"] = _elsewhere(thing)
    if values.get("issueDate"):
        found["datePublished"] = values["issueDate"]
    if values.get("paper"):
        found["isPartOf"] = {"@type": "Newspaper", "name": values["paper"]}
    told = [one for one in thing.claims if one.status == "happened" and not one.inferred]
    for (relation, forward), name in _SCHEMA.items():
        ends = [
            {"@id": links.iri(_other(one, forward).key), "name": _other(one, forward).name}
            for one in told
            if one.predicate == relation and (one.subject if forward else one.object).key == thing.key
        ]
        if ends:
            found.setdefault(name, []).extend(ends[:SCHEMA])
    return found


_SCHEMA: Mapping[Group, str] = {
    ("organizes", False): "organizer",
    ("participatesIn", False): "participant",
    ("heldAt", True): "location",
    ("heldIn", True): "location",
    ("locatedIn", True): "location",
    ("hasRole", True): "affiliation",
    ("subordinateTo", True): "parentOrganization",
    ("reportedBy", True): "author",
    ("mentions", True): "mentions",
}


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
