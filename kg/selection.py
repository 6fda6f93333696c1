"""What of a graph may be published: which people, and what was withdrawn. A flow goes in, a flow comes out.

>>> from kg.selection import read_selection, select
>>> public = select(flow("workspace"), read_selection("workspace", persons="officials"))

Two rules decide:

- **people**: all, those who hold or held a post (a hasRole fact that happened), or none;
- **withdrawal**: `withdraw.tsv` of the workspace takes things, articles and pages out, with a reason.

Who is dropped leaves with all facts, and the name leaves with him: it stands in no headline, no quotation, no evidence.
The workspace itself stays as it is, and so does what its keeper asks of it or loads from it.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from ahocorasick_rs import AhoCorasick

from kg.errors import InputError
from kg.extract.mend import simplified
from kg.graph import Edge, Flow, Node, as_flow
from kg.io import read_utf8
from kg.model import Entity
from kg.resolve import IdTable
from kg.resolve.tables import rows
from kg.text import normal
from kg.workspace import WITHDRAWN, Workspace

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = ["PERSONS", "Persons", "Selection", "Withdrawal", "parse_withdrawals", "read_selection", "select"]

Persons = Literal["all", "officials", "none"]
PERSONS: tuple[Persons, ...] = get_args(Persons)
COLUMNS = ("id", "reason")
MASK = "○"
_SHOWN = 4

# attributes of an edge that are lists, one item a statement
_PARALLEL = (
    "statements",
    "articles",
    "pages",
    "lines",
    "ranges",
    "quotes",
    "starts",
    "ends",
    "rules",
    "confidences",
    "whys",
)
# of an article or a page: its own words, or made of them, or of the name of a file
_PRINTED = ("name", "headline", "kicker", "text", "nameKey", "page", "source")
_TOLD = ("dateText", "countText", "series", "edition")  # of anything else: as an article prints them
_SAID = ("quote", "honour", "title", "role")  # of a fact


@dataclass(frozen=True, slots=True)
class Selection:
    """What is published: which `persons`, and nothing of what was `withdrawn` (key -> reason)."""

    persons: Persons = "all"
    withdrawn: Mapping[str, str] = field(default_factory=dict)

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self.persons == "all" and not self.withdrawn

    def gone(self, key: str) -> str | None:
        """Return why a thing, an article or a page was withdrawn, None where it was not: a page of it is to say 410."""
        return self.withdrawn.get(key)


# -------------------------------------------------------------------------------------------------------- withdraw.tsv


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A line of withdraw.tsv: what is withdrawn, by id, key or name, and why. `line` counts from 1."""

    line: int
    what: str
    reason: str


def parse_withdrawals(text: str, *, source: str = WITHDRAWN) -> tuple[Withdrawal, ...]:
    """Read the lines of a file of withdrawals. Raises InputError for one that is none, with its number."""
    found = []
    for number, cells in rows(text, COLUMNS):
        if len(cells) != len(COLUMNS) or not all(cells):
            raise InputError(f"{source}, line {number}: not an id, key or name, and a reason, parted by a tab")
        found.append(Withdrawal(number, *cells))
    return tuple(found)


def read_selection(path: str | os.PathLike[str], *, persons: Persons = "all") -> Selection:
    """Return what of a workspace is to be published, by its withdraw.tsv, if it has any.

    A page takes its articles with it, and everything the ids it had before. Raises InputError for a line that names
    nothing, or may name several things.
    """
    space = Workspace.open(path)
    file = space.path / WITHDRAWN
    if not file.exists():
        return Selection(persons)
    lines = parse_withdrawals(read_utf8(file), source=str(file))
    return Selection(persons, _withdrawn(space, lines, str(file)) if lines else {})


def _withdrawn(space: Workspace, lines: Iterable[Withdrawal], source: str) -> dict[str, str]:
    """Return the ids that lines withdraw, with the reasons."""
    text = space.ids()
    table = IdTable.parse(text, source=str(space.file("ids.tsv"))) if text else IdTable()
    lines = tuple(lines)
    named = _named(space, {line.what for line in lines}, table)
    reasons: dict[str, str] = {}
    for line in lines:
        found = named[line.what]
        if not found:
            raise InputError(
                f"{source}, line {line.line}: nothing is called {line.what}; write an id, or take the line out"
            )
        if len(found) > 1:
            some = " or ".join(sorted(found)[:_SHOWN])
            raise InputError(f"{source}, line {line.line}: {line.what} may be several: write {some}")
        for own in found:
            reasons.setdefault(own, line.reason)
    leads = defaultdict[str, list[str]](list)
    for retired in table.replaced:
        leads[table.successor(retired)].append(retired)
    for own in tuple(reasons):
        for retired in leads.get(own, ()):
            reasons.setdefault(retired, reasons[own])
    pages: dict[str, str] = {}
    for entity in space.entities():
        if entity.type == "Page" and entity.id in reasons:
            pages |= dict.fromkeys(_called(entity), reasons[entity.id])
    for entity in space.entities() if pages else ():
        if entity.type == "Article" and (page := dict(entity.props).get("page")) in pages:
            reasons.setdefault(entity.id, pages[str(page)])
    return reasons


def _named(space: Workspace, wanted: Collection[str], table: IdTable) -> Mapping[str, set[str]]:
    """Return for each text the ids it may mean: by id or key one thing; by name, or else alias, all that bear it."""
    sure: dict[str, set[str]] = defaultdict(set)
    for text in wanted:
        own = table.successor(text if table.key_of(text) else table.ids.get(text, ""))
        if own:
            sure[text].add(own)
    forms: dict[str, list[str]] = defaultdict(list)
    for text in wanted:
        kind, mark, rest = text.partition(":")
        forms[normal(text)].append(text)
        if mark:
            forms[f"{kind}:{normal(rest)}"].append(text)
    named: dict[str, set[str]] = defaultdict(set)
    alias: dict[str, set[str]] = defaultdict(set)
    for entity in space.entities():
        for text in (entity.id, entity.key, _shown(entity)):
            if text in wanted:
                sure[text].add(entity.id)
        for names, found in (((entity.name,), named), (entity.aliases, alias)):
            for form in map(normal, names):
                for text in (*forms.get(form, ()), *forms.get(f"{entity.type}:{form}", ())):
                    found[text].add(entity.id)
    return {text: sure.get(text) or named.get(text) or alias.get(text) or set() for text in wanted}


def _shown(entity: Entity) -> str:
    """Return the id under which commands show an article, "" for anything else."""
    props = dict(entity.props)
    return f"{props.get('page')}#{props.get('number')}" if entity.type == "Article" else ""


def _called(page: Entity) -> tuple[str, ...]:
    """Return the texts by which articles may name their page."""
    return (page.id, page.name, *page.aliases, page.key.removeprefix("Page|"))


# ------------------------------------------------------------------------------------------------------------ selecting


def select(graph: MultiDiGraph[str] | Flow, selection: Selection) -> Flow:
    """Return what of a graph is to be published; of everything, the flow itself.

    - A dropped person goes with all facts. The name, of two characters or more, and the aliases are masked by ○ in
      headlines and in what was said; a sentence of evidence that holds one is left out ("", its place stays). Names of
      other things that hold a name stay (a studio may be called after somebody), unless they are that name. Where
      somebody who stays has the same name, it is masked in the articles that speak of who is dropped, and only there.
    - A withdrawn article goes with its statements. A fact that has no statement left goes; any other keeps the highest
      confidence and at most as many sources as articles that remain. What has no fact left because of it goes too.

    The result flows as the graph does. What is looked at beforehand, in up to three passes, leaves in memory ids of
    people, of what lost a fact, and of articles with page and day, and the names of people: no text.
    """
    flow = as_flow(graph)
    if selection.everything:
        return flow
    choice = _Choice(flow, selection)
    return Flow(flow.workspace, choice.nodes, choice.edges)


class _Choice:
    """What is left out of a flow, and the names that are masked."""

    def __init__(self, flow: Flow, selection: Selection) -> None:
        self._flow, self._selection = flow, selection
        self._people: dict[str, tuple[str, ...]] = {}  # the names of each
        self._days: dict[str, str] = {}  # article -> day of issue, where articles may be withdrawn
        self._withdrawn = self._look_at_nodes()
        officials, touched = self._look_at_edges()
        dropped = self._withdrawn & self._people.keys()
        if selection.persons != "all":
            dropped |= self._people.keys() - (officials if selection.persons == "officials" else set())
        self._gone = self._withdrawn | dropped
        stay = self._names_that_stay()
        shared = {key: both for key in dropped if (both := stay.intersection(self._people[key]))}
        where, alive = self._look_again(shared, touched)
        self._gone |= touched - alive
        names = {name for key in self._gone for name in self._people.get(key, ())}
        self._mask = _Mask(names - self._names_that_stay(), where)

    def _names_that_stay(self) -> set[str]:
        return {name for key, names in self._people.items() if key not in self._gone for name in names}

    def _look_at_nodes(self) -> set[str]:
        """Learn who there is; return what was withdrawn, be it under an id that it had before, or with its page."""
        asked = self._selection.withdrawn
        withdrawn: set[str] = set()
        pages: set[str] = set()
        page_of: dict[str, str] = {}
        for key, data in self._flow.nodes():
            kind = data["type"]
            if kind == "Person":
                self._people[key] = tuple({form for name in _names(data) if len(form := _fold(name)) > 1})
            if not asked:
                continue
            if key in asked or any(former in asked for former in data.get("formerKeys", ())):
                withdrawn.add(key)
                if kind == "Page":
                    pages.update((key, *_names(data), str(data.get("nameKey", "")).removeprefix("Page|")))
            if kind == "Article":
                page_of[key] = sys.intern(str(data.get("page", "")))
                self._days[key] = sys.intern(str(data.get("issueDate", "")))
        return withdrawn | {article for article, page in page_of.items() if page and page in pages}

    def _look_at_edges(self) -> tuple[set[str], set[str]]:
        """Return who holds a post, and what lost a fact by withdrawal."""
        officials: set[str] = set()
        touched: set[str] = set()
        if self._withdrawn or self._selection.persons == "officials":
            for subject, target, _, data in self._flow.edges():
                if self._is_lost(subject, target, data):
                    touched.update((subject, target))
                elif data["predicate"] == "hasRole" and data["status"] == "happened":
                    officials.add(subject)
        return officials, touched - self._withdrawn

    def _is_lost(self, subject: str, target: str, data: Mapping[str, Any]) -> bool:
        """Whether withdrawal leaves nothing of a fact."""
        if not self._withdrawn:
            return False
        articles = data.get("articles", ())
        return (
            subject in self._withdrawn
            or target in self._withdrawn
            or (bool(articles) and self._withdrawn.issuperset(articles))
        )

    def _look_again(
        self, shared: Mapping[str, Collection[str]], touched: Collection[str]
    ) -> tuple[Mapping[str, set[str]], set[str]]:
        """Return in which articles a name means somebody who is dropped, of names that others have too; and which of
        the things that lost a fact have others."""
        where: dict[str, set[str]] = {name: set() for names in shared.values() for name in names}
        alive: set[str] = set()
        if not shared and not touched:
            return where, alive
        for subject, target, _, data in self._flow.edges():
            for person in (subject, target):
                for name in shared.get(person, ()):
                    where[name].update(data.get("articles", ()), (subject, target))
            if subject in self._gone or target in self._gone or self._is_lost(subject, target, data):
                continue
            alive.update(end for end in (subject, target) if end in touched)
        return where, alive

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes that stay, without the names of those that do not."""
        for key, data in self._flow.nodes():
            if key not in self._gone:
                yield key, self._node(key, data)

    def _node(self, key: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        changed: dict[str, Any] = {}
        kind = data["type"]
        texts: tuple[str, ...] = _TOLD
        articles: tuple[str, ...] = ()
        if kind in ("Article", "Page"):  # a page may be called after its file, and that after somebody
            texts, articles = _PRINTED, (key,)
            changed["aliases"] = [self._mask.text(alias, articles) for alias in data.get("aliases", ())]
        else:
            if kind != "Person" and self._mask.is_name(data["name"]):
                texts = (*texts, "name", "nameKey")
            changed["aliases"] = [
                alias for alias in data.get("aliases", ()) if kind == "Person" or not self._mask.is_name(alias)
            ]
            if len(changed["aliases"]) < len(data.get("aliases", ())):
                texts = (*texts, "nameKey")
        for name in texts:
            if name in data:
                changed[name] = self._mask.text(str(data[name]), articles)
        name_key = str(changed.get("nameKey", data.get("nameKey", "")))
        if name_key.partition("@")[2] in self._withdrawn:  # a name that is known in one article only
            changed["nameKey"] = name_key.partition("@")[0]
        return {name: changed.get(name, value) for name, value in data.items()}

    def edges(self) -> Iterator[Edge]:
        """Yield the edges that stay, with the statements that do."""
        for subject, target, key, data in self._flow.edges():
            if subject in self._gone or target in self._gone or self._is_lost(subject, target, data):
                continue
            yield subject, target, key, self._edge(data)

    def _edge(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        articles: Sequence[str] = data.get("articles", ())
        if self._withdrawn and not self._withdrawn.isdisjoint(articles):
            data = self._without(data, articles)
            articles = data["articles"]
        if not self._mask:
            return data
        changed: dict[str, Any] = {}
        for name in ("quotes", "whys"):
            if name in data:
                pairs = zip(data[name], articles, strict=True)
                changed[name] = ["" if self._mask.hits(text, (article,)) else text for text, article in pairs]
        if "pages" in data:
            changed["pages"] = [self._mask.text(page, ()) for page in data["pages"]]
        for name in _SAID:
            if isinstance(text := data.get(name), str):
                changed[name] = self._mask.text(text, articles)
        return {**data, **changed}

    def _without(self, data: Mapping[str, Any], articles: Sequence[str]) -> dict[str, Any]:
        """Return a fact without the statements of withdrawn articles; some are left."""
        keep = [at for at, article in enumerate(articles) if article not in self._withdrawn]
        lists = {name: [data[name][at] for at in keep] for name in _PARALLEL if data.get(name)}
        changed: dict[str, Any] = {**data, **lists}
        changed["confidence"] = max(lists["confidences"])
        changed["sources"] = min(data["sources"], len(set(lists["articles"])))
        if "seen" in data:
            went = {self._days.get(article) for article in self._withdrawn.intersection(articles)}
            went -= {self._days.get(article) for article in lists["articles"]}
            changed["seen"] = [day for day in data["seen"] if day not in went]
            if not changed["seen"]:
                del changed["seen"]
        return changed


# -------------------------------------------------------------------------------------------------------------- masking


class _Mask:
    """Finds names in texts: some in all texts, others in those of some articles only."""

    def __init__(self, everywhere: Collection[str], where: Mapping[str, Collection[str]]) -> None:
        self._everywhere, self._where = frozenset(everywhere), where
        self._names = sorted({*everywhere, *where})
        self._automaton = AhoCorasick(self._names) if self._names else None

    def __bool__(self) -> bool:
        return self._automaton is not None

    def is_name(self, text: str) -> bool:
        """Whether a text is one of the names that nobody has who stays, and nothing else."""
        return bool(self._everywhere) and _fold(text) in self._everywhere

    def hits(self, text: str, articles: Collection[str]) -> bool:
        """Whether a text out of some articles holds one of the names."""
        return bool(text) and self._automaton is not None and any(True for _ in self._found(_fold(text), articles))

    def text(self, text: str, articles: Collection[str]) -> str:
        """Return a text out of some articles with a circle for each character of the names."""
        if not text or self._automaton is None:
            return text
        found = list(self._found(_fold(text), articles))
        if not found:
            return text
        chars = list(text)
        places = [at for at, char in enumerate(text.translate(_FOLDING)) if not _GAP.match(char)]
        for start, end in found:
            for at in places[start:end]:
                chars[at] = MASK
        return "".join(chars)

    def _found(self, folded: str, articles: Collection[str]) -> Iterator[tuple[int, int]]:
        assert self._automaton is not None
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            name = self._names[index]
            if name in self._everywhere or any(article in self._where[name] for article in articles):
                yield start, end


def _names(data: Mapping[str, Any]) -> Iterator[str]:
    yield str(data["name"])
    yield from data.get("aliases", ())


class _Folding(dict[int, str]):
    """How each character is compared: simplified, of one width and case, each for one."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "•・‧∙●":
            folded = "·"
        elif "\ud800" <= char <= "\udfff":
            folded = char  # no character
        else:
            folded = simplified(unicodedata.normalize("NFKC", char).lower())
        self[code] = folded if len(folded) == 1 else char
        return self[code]


_FOLDING = _Folding()
# 王　明 is called 王明: blanks, and marks that nobody sees (all of category Cf, variation selectors, joiners)
_GAP = re.compile(
    r"[\s\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)


def _fold(text: str) -> str:
    """Return a text as names are compared: no blanks, each other character for one."""
    return _GAP.sub("", text.translate(_FOLDING))
