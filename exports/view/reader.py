"""The evidence reader: one page of a newspaper as it was delivered, beside the articles read from it and what they say.

`read_page` takes a page of a workspace with all that was made of it; `page` makes one HTML file of that. Nothing is
read anew: what is shown are the records of the build. All offsets count code points, half-open; those of a page are
into its unchanged text, those of mentions, sentences and statements into the text of their article. Lines count from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exports.view.model import OTHER, STYLES
from exports.view.page import assemble, asset
from kg.errors import InputError, UnknownName, WorkspaceError
from kg.extract.ranges import page_ranges
from kg.io import front_matter
from kg.io.markup import Markup
from kg.model import Article, Decision, Entity, Extraction, FactRow, Issue, LocalEntity, Page, Statement
from kg.pages.lines import Kind, read_lines
from kg.resolve.cite import line_starts
from kg.resolve.facts import INFERRED
from kg.selection import read_selection
from kg.text import sentence_spans
from kg.workspace import RESTORED, Workspace
from ontology import ontology

__all__ = ["page", "read_page", "reason_zh"]

Span = tuple[int, int]

# How a class is underlined (style, pixels), for those who cannot tell the colours, and the sign that stands for it.
MARKS: Mapping[str, tuple[str, str, str]] = {
    "TradeUnion": ("solid", "2.5px", "会"),
    "Activity": ("double", "1.5px", "动"),
    "Enterprise": ("solid", "1px", "企"),
    "Person": ("dotted", "2.5px", "人"),
    "District": ("dashed", "1.5px", "地"),
    "Venue": ("wavy", "1px", "所"),
    "Product": ("dashed", "3px", "品"),
    "Organization": ("double", "3px", "机"),
    "Date": ("dotted", "1px", "日"),
}
UNMARKED = ("solid", "1px", "…")

# What `kg extract` prints beside the classes, and properties that entities have under other names.
DATE = ("日期", "date")
PROPERTIES: Mapping[str, tuple[str, str]] = {"date": ("日期", "date"), "count": ("人数", "count")}
PARTS = {  # of a qualifier: what it is called on nodes and edges
    "approximate": "countApproximate",
    "min": "countMin",
    "max": "countMax",
    "unit": "countUnit",
}

# Why kg.pages joined or moved lines, in Chinese.
REASONS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"a sentence breaks off", "前一行句子没有说完"),
        (r"a quotation is closed", "引号在后一行才闭合"),
        (r"a title is closed", "书名号在后一行才闭合"),
        (r"a bracket is closed", "括号在后一行才闭合"),
        (r"a mark is cut in two", "省略号或破折号被断开"),
        (r"it begins with the mark that is missing", "后一行以所缺的标点开头"),
        (r"a list goes on", "并列的各项接着往下列"),
        (r"a number goes on", "数字后面接着量词"),
        (r"a word goes on", "外文单词被断开"),
        (r"it is not indented as paragraphs are", "后一行没有像段落那样缩进"),
        (r"it cannot begin a sentence", "后一行不能作句子的开头"),
        (r"its words follow", "前后两行的词语相接"),
        (r"the word (.+)\|(.+) spans the cut", r"“\1|\2”一词被断在两行"),
        (r"(.+)\|(.+) stands elsewhere on the page", r"“\1|\2”在本版别处连着出现"),
        (r"it stands between the halves of another article's sentence", "它夹在另一篇文章的断句中间"),
        (r"it stands between the halves of a sentence", "它夹在一句话的两半中间"),
        (r"two columns alternate, and it shares names with this one", "两栏交错排印，它与这一篇共有专名"),
    )
)
LEFT = {  # what a line that belongs to no article looks like
    Kind.HEADING: "banner",
    Kind.RULE: "rule",
    Kind.META: "meta",
    Kind.CREDIT: "meta",
}
SILENT = frozenset({"mentions", "onPage"})  # facts of printing: shown as marks in the text, not in the list


def reason_zh(reason: str) -> str:
    """Return in Chinese why lines were joined or moved; a reason that is not known as it is."""
    for pattern, said in REASONS:
        if found := pattern.fullmatch(reason):
            return found.expand(said)
    return reason


# ------------------------------------------------------------------------------------------------ out of the workspace


def read_page(space: Workspace, name: str) -> dict[str, Any]:
    """Return what the reader shows of the page with the id `name`, ready for JSON.

    Raises UnknownName for a page that is not there, WorkspaceError where the workspace holds no pages.
    """
    if RESTORED in space.head:
        raise WorkspaceError(
            f"{space.path}: restored from RDF, which holds no texts of pages; "
            "draw its facts without --page, or build a workspace from the pages"
        )
    rows = {row.id: row for row in space.rows()}
    if name not in rows:
        raise UnknownName("page", name, rows)
    record = space.page(rows[name])
    return _Model(record.page, record.extractions, _known(space, record.extractions)).described()


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rest of the workspace says of a page: entities by id, the entity of each local one, the fact of each
    statement, why some have none, what is withdrawn (id -> reason), what could not be read."""

    entities: Mapping[str, Entity]
    entity_of: Mapping[str, str]
    facts: Mapping[str, FactRow]
    rejected: frozenset[str]
    dropped: Mapping[str, str]
    made: Sequence[Statement]
    withdrawn: Mapping[str, str]
    notices: Sequence[str]


def _known(space: Workspace, extractions: Sequence[Extraction]) -> _Known:
    keys = {one.article.key for one in extractions}
    local_ids = {local.id for one in extractions for local in one.entities}
    own = {statement.id for one in extractions for statement in one.statements}
    entity_of = {one.local: one.entity for one in space.some("decisions.jsonl", Decision, sorted(local_ids))}
    facts: dict[str, FactRow] = {}
    made: dict[str, Statement] = {}
    rejected: set[str] = set()
    for turned_down in (False, True):
        for fact in space.facts_about(own, keys, rejected=turned_down):
            here = [one for one in fact.made if one.evidence.article in keys and one.predicate not in SILENT]
            made |= {one.id: one for one in here}
            found = own.intersection(fact.statements) | {one.id for one in here}
            facts |= dict.fromkeys(found, fact)
            rejected |= found if turned_down else set()
    ends = {end for fact in facts.values() for end in (fact.subject, fact.object)}
    entities = {
        one.id: one for one in space.some("entities.jsonl", Entity, sorted(ends.union(entity_of.values(), keys)))
    }
    withdrawn: Mapping[str, str] = {}
    notices: list[str] = []
    try:
        withdrawn = read_selection(space.path).withdrawn
    except InputError as error:  # it stops what is published; here it is told
        notices.append(str(error))
    dropped = {str(one["statement"]): str(one["why"]) for one in space.report()["dropped"]} if own else {}
    return _Known(
        entities, entity_of, facts, frozenset(rejected), dropped, tuple(made.values()), withdrawn, tuple(notices)
    )


class _Model:
    """One page, described for JSON; things that articles speak of get a number when they are first met."""

    def __init__(self, page: Page, extractions: Sequence[Extraction], known: _Known) -> None:
        self._page = page
        self._extractions = extractions
        self._known = known
        self._starts = line_starts(page.text)
        self._numbers = {one.article.key: number for number, one in enumerate(extractions)}
        self._things: dict[str, int] = {}
        self._described: list[dict[str, Any]] = []
        # article -> its mentions in order: start, end, number of the thing; what they are of, by local and entity id
        self._mentions: list[list[tuple[int, int, int]]] = []
        self._of: list[dict[str, list[int]]] = []

    def described(self) -> dict[str, Any]:
        page, known = self._page, self._known
        articles = [self._article(one) for one in self._extractions]
        made = defaultdict[str, list[Statement]](list)
        for statement in known.made:
            made[statement.evidence.article].append(statement)
        statements = [
            self._statement(statement)
            for one in self._extractions
            for statement in sorted(
                (*one.statements, *made[one.article.key]),
                key=lambda found: (found.evidence.start, found.evidence.end, found.id),
            )
        ]
        for one, article in zip(statements, _home(statements, articles), strict=True):
            one["sentence"] = article
        issues = [self._issue(number, issue) for number, one in enumerate(self._extractions) for issue in one.issues]
        predicates = sorted({str(one["predicate"]) for one in statements})
        qualifiers = sorted({str(name) for one in statements for name, _ in one["qualifiers"]})
        types = {thing["type"] for thing in self._described}
        return {
            "format": 1,
            "kind": "page",
            "id": page.id,
            "source": page.source,
            "paper": page.paper,
            "issueDate": page.issue_date,
            "pageNumber": page.page_no,
            "home": page.home,
            "text": page.text,
            "lines": _lines(page, [one.article for one in self._extractions]),
            "articles": articles,
            "things": self._described,
            "statements": statements,
            "issues": issues,
            "classes": _classes(types),
            "words": {name: _words(name) for name in (*predicates, *qualifiers)},
            "notices": list(known.notices),
        }

    def _article(self, extraction: Extraction) -> dict[str, Any]:
        article = extraction.article
        found = sorted(
            (
                (mention.span.start, mention.span.end, local)
                for local in extraction.entities
                for mention in local.mentions
            ),
            key=lambda one: (one[0], -one[1], one[2].id),
        )
        of = defaultdict[str, list[int]](list)
        mentions: list[tuple[int, int, int]] = []
        for start, end, local in found:
            of[local.id].append(len(mentions))
            if local.id in self._known.entity_of:
                of[self._known.entity_of[local.id]].append(len(mentions))
            mentions.append((start, end, self._thing(local)))
        self._mentions.append(mentions)
        self._of.append(of)
        return {
            "id": article.id,
            "key": article.key,
            "headline": article.headline,
            "headlineMade": article.headline_made,
            "byline": [{"name": one.name, "role": one.role} for one in article.byline],
            "issueDate": article.issue_date,
            "withdrawn": self._known.withdrawn.get(article.key),
            "text": article.text,
            "paragraphs": _paragraphs(article),
            "pieces": [
                [one.start, one.end, one.page_start, bisect_right(self._starts, one.page_start)]
                for one in article.pieces
            ],
            "lines": list(article.lines),
            "joins": [
                {"first": one.first, "second": one.second, "reason": one.reason, "zh": reason_zh(one.reason)}
                for one in article.joins
            ],
            "moves": [
                {"lines": list(one.lines), "after": one.after, "reason": one.reason, "zh": reason_zh(one.reason)}
                for one in article.moves
            ],
            "sentences": [list(span) for span in sentence_spans(article.text)],
            "mentions": [list(one) for one in mentions],
        }

    def _thing(self, local: LocalEntity) -> int:
        """Return the number of what a local entity is: the entity it became, or else itself."""
        entity = self._known.entities.get(self._known.entity_of.get(local.id, ""))
        own = entity.id if entity else local.id
        if own not in self._things:
            self._add(own, entity or local, key=entity.key if entity else "")
        return self._things[own]

    def _add(self, own: str, thing: Entity | LocalEntity, *, key: str) -> None:
        self._things[own] = len(self._described)
        self._described.append(
            {
                "id": own,
                "key": key,
                "type": thing.type,
                "name": thing.name,
                "aliases": list(thing.aliases),
                "resolved": isinstance(thing, Entity),
                "withdrawn": self._known.withdrawn.get(own),
            }
        )

    def _statement(self, statement: Statement) -> dict[str, Any]:
        evidence, known = statement.evidence, self._known
        number = self._numbers[evidence.article]
        fact = known.facts.get(statement.id)
        literal = statement.predicate not in ontology.relations
        ends = (
            self._end(number, statement.subject, (evidence.start, evidence.end), fact.subject if fact else ""),
            self._value(number, statement)
            if literal
            else self._end(number, statement.object, (evidence.start, evidence.end), fact.object if fact else ""),
        )
        gone = [known.withdrawn.get(end) for end in (evidence.article, *((fact.subject, fact.object) if fact else ()))]
        if statement.id in known.rejected:
            state = "rejected"
        elif any(gone):
            state = "withdrawn"
        elif statement.id in known.dropped:
            state = "dropped"
        else:
            state = "" if fact or literal else "alone"
        return {
            "id": statement.id,
            "article": number,
            "start": evidence.start,
            "end": evidence.end,
            "quote": evidence.quote,
            "ranges": [list(span) for span in evidence.page_ranges],
            "lines": list(evidence.lines),
            "subject": ends[0],
            "predicate": statement.predicate,
            "object": ends[1],
            "qualifiers": [list(pair) for pair in statement.qualifiers],
            "status": statement.status,
            "rule": evidence.rule,
            "confidence": evidence.confidence,
            "why": evidence.why,
            "inferred": INFERRED[0] in statement.qualifiers,
            "state": state,
            "dropped": known.dropped.get(statement.id, ""),
            "fact": fact.id if fact else "",
            "sources": fact.sources if fact else 0,
        }

    def _end(self, article: int, own: str, quote: Span, entity_id: str) -> dict[str, Any]:
        """Describe an end of a statement: the thing, and the mentions of it that stand in the quote (`far`: none does,
        so the nearest one before it, or else behind it)."""
        if own in self._numbers:
            return {"article": self._numbers[own]}
        entity = self._known.entities.get(entity_id or self._known.entity_of.get(own, "") or own)
        at = self._of[article].get(own, []) or self._of[article].get(entity.id if entity else "", [])
        if entity is not None and entity.id not in self._things:
            self._add(entity.id, entity, key=entity.key)
        thing = self._things[entity.id] if entity else self._mentions[article][at[0]][2] if at else -1
        mentions = self._mentions[article]
        inside = [one for one in at if quote[0] <= mentions[one][0] and mentions[one][1] <= quote[1]]
        near = [one for one in at if mentions[one][0] < quote[0]][-1:] or at[:1]
        return {"thing": thing, "mentions": inside or near, "far": not inside, "name": "" if thing >= 0 else own}

    def _value(self, article: int, statement: Statement) -> dict[str, Any]:
        """Describe a literal, and where it is printed in the quote, if it is."""
        evidence = statement.evidence
        at = evidence.quote.find(statement.object)
        span = (
            [evidence.start + at, evidence.start + at + len(statement.object)] if at >= 0 and statement.object else None
        )
        return {"value": statement.object, "span": span}

    def _issue(self, number: int, issue: Issue) -> dict[str, Any]:
        """Describe what was not understood; its place is looked up where the record does not tell it."""
        article = self._extractions[number].article
        told = issue.where.rpartition(":")[2]
        start = int(told) if told.isdecimal() else 0
        if not article.text.startswith(issue.words, start):
            start = article.text.find(issue.words)
        placed = bool(issue.words) and start >= 0
        span = (start, start + len(issue.words)) if placed else None
        ranges = page_ranges(article, *span) if span else ()
        lines = sorted({bisect_right(self._starts, first) for first, _ in ranges})
        return {
            "article": number,
            "kind": issue.kind,
            "words": issue.words,
            "span": list(span) if span else None,
            "ranges": [list(one) for one in ranges],
            "lines": lines,
        }


def _home(statements: Iterable[Mapping[str, Any]], articles: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return for each statement the number of the sentence of its article in which its quote starts."""
    starts = [[start for start, _ in article["sentences"]] for article in articles]
    return [max(0, bisect_right(starts[one["article"]], one["start"]) - 1) for one in statements]


def _paragraphs(article: Article) -> list[dict[str, Any]]:
    """Return the paragraphs of an article with their part in it: kicker, headline, what stands under it, body."""
    found: list[dict[str, Any]] = []
    at = 0
    told = article.headline_made  # a headline that was made stands nowhere in the text
    for line in article.text.split("\n"):
        start, at = at, at + len(line) + 1
        if start >= article.body_start:
            part = "body"
        elif not told and line == article.headline:
            part, told = "headline", True
        else:
            part = "kicker" if not told or article.headline_made else "under"
        if line:
            found.append({"start": start, "end": start + len(line), "part": part})
    return found


def _lines(page: Page, articles: Sequence[Article]) -> list[dict[str, Any]]:
    """Return what each line of a page is: part of an article (by number), blank, head of the file, or left over."""
    if not page.text:
        return []
    owner = {line: number for number, article in enumerate(articles) for line in article.lines}
    _, body = front_matter(page.text)
    kinds = {line.number: line.kind for line in read_lines(page.text, body)}
    found: list[dict[str, Any]] = []
    at = 0
    for number, raw in enumerate(page.text.split("\n"), 1):
        if number in owner:
            found.append({"kind": "article", "article": owner[number]})
        elif not raw or raw.isspace():
            found.append({"kind": "front" if at < body else "blank"})
        else:
            found.append({"kind": "front" if at < body else LEFT.get(kinds[number], "leftover")})
        at += len(raw) + 1
    return found


def _classes(found: Iterable[str]) -> list[dict[str, str]]:
    """Return the classes of what is marked, in the order of the legend."""
    present = set(found)
    order = [*(name for name in MARKS if name in present), *sorted(present.difference(MARKS))]
    described = []
    for name in order:
        said = ontology.classes.get(name)
        zh, en = (said.label_zh, said.label_en) if said else DATE if name == "Date" else (name, name)
        described.append({"name": name, "zh": zh, "en": en, "sign": MARKS.get(name, UNMARKED)[2]})
    return described


def _words(name: str) -> dict[str, str]:
    """Return what a relation, a property or a qualifier is called."""
    if name in PROPERTIES:
        zh, en = PROPERTIES[name]
        return {"zh": zh, "en": en}
    said = ontology.relations.get(name) or ontology.attributes.get(PARTS.get(name, name))
    return {"zh": said.label_zh, "en": said.label_en} if said else {"zh": name, "en": name}


# ------------------------------------------------------------------------------------------------------ into one file


def page(model: Mapping[str, Any]) -> str:
    """Return the reader of a page, as `read_page` describes it, as one HTML file that works offline."""
    return assemble(
        [Markup(asset("reader.html"))],
        title=" · ".join(part for part in (str(model["id"]), str(model["paper"])) if part),
        styles=[asset("reader.css"), class_styles()],
        scripts=[asset("reader.js")],
        data={"graph": model},
    )


def class_styles() -> str:
    """Return how mentions of each class are marked: dark lines on light paper, light ones on dark."""
    rules = []
    for name, (line, weight, _) in MARKS.items():
        _, fill, edge = STYLES.get(name, OTHER)
        rules.append(
            f'[data-class="{name}"] {{ --ink-light: {edge}; --ink-dark: {fill}; '
            f"--stroke: {line}; --weight: {weight}; }}"
        )
    return "\n".join(rules) + "\n"
