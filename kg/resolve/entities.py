"""Entities: what a cluster of local entities is called, and what is known of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.ids import make_id
from kg.model import Article, Entity, LocalEntity, Page, Statement, Value
from kg.resolve.names import NameKey, name_key
from kg.resolve.state import LocalRow
from ontology import divisions

__all__ = ["aliases_of", "article_entity", "best_name", "literal_props", "page_entity", "page_id", "points"]

_POINTING = re.compile(r"^[该本此其这那]")
_PRECISIONS = ("day", "month", "year", "interval")
_PEOPLE = re.compile(r"人|名|位|员")


def best_name(kind: str, named: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """Return the fullest official form among the names of one entity, each with the hints of its article."""
    printed = {name: name_key(kind, name, hints) for name, hints in named}
    if kind == "District":
        return _district_name(printed)
    by_itself = [name for name in printed if name_key(kind, name).scope != "article"]
    if not by_itself:
        # only relative or ambiguous forms (市总工会, 经开区总工会): say in full what the article meant
        official = max((key.official for key in printed.values()), key=lambda name: (len(name), name))
        longest = _longest(printed)
        return official if len(official) >= len(longest) else longest
    return _longest(by_itself)


def _longest(names: Iterable[str]) -> str:
    return min(names, key=lambda name: (-len(name), name))


def _district_name(printed: Mapping[str, NameKey]) -> str:
    official = next((key.official for _, key in sorted(printed.items()) if key.official), "")
    if not official:
        return _longest(printed)
    if official in printed:
        return official
    # the table says 黄村地区 where everybody, and the aliases of the table, say 黄村镇
    codes = {key.part("code") for key in printed.values()}
    endings = {name[at:] for name in printed if name[-1] in "镇乡" for at in range(len(name) - 1)}
    towns = [name for name in endings if any(one.code in codes for one in divisions.named(name))]
    return _longest(towns) if towns else official


def points(form: str) -> bool:
    """Tell whether a form only points (该公司), and calls nothing by a name."""
    return bool(_POINTING.match(form))


def aliases_of(name: str, locals_: Iterable[LocalEntity | LocalRow]) -> tuple[str, ...]:
    """Return every other form the entity is called by, sorted; what only points (该公司) is none."""
    forms = {form for local in locals_ for form in (local.name, *local.aliases)}
    return tuple(sorted(form for form in forms - {name} if form and not points(form)))


def literal_props(statements: Sequence[Statement]) -> dict[str, Value]:
    """Return what the property statements on an activity come to: of each property the surest statement's value."""
    props: dict[str, Value] = {}
    for predicate in ("series", "edition"):
        if found := _best(statements, predicate, _sure):
            props[predicate] = found.object
    if found := _best(statements, "date", _exact):
        values = dict(found.qualifiers)
        props["dateText"] = found.object
        props |= {name: values[name] for name in ("start", "end", "precision") if values.get(name)}
        props["vague"] = values.get("vague") == "true"
    if found := _best(statements, "count", _of_people):
        values = dict(found.qualifiers)
        props["countText"] = found.object
        props |= {attribute: int(values[name]) for name, attribute in _BOUNDS.items() if values.get(name)}
        props["countApproximate"] = values.get("approximate") == "true"
        if values.get("unit"):
            props["countUnit"] = values["unit"]
    return props


_BOUNDS = {"min": "countMin", "max": "countMax"}
Rank = tuple[float | str, ...]


def _best(statements: Sequence[Statement], predicate: str, rank: Callable[[Statement], Rank]) -> Statement | None:
    return min((one for one in statements if one.predicate == predicate), key=rank, default=None)


def _sure(statement: Statement) -> Rank:
    evidence = statement.evidence
    told = statement.status != "happened"
    return (told, -evidence.confidence, statement.object, evidence.article, evidence.start, statement.id)


def _exact(statement: Statement) -> Rank:
    values = dict(statement.qualifiers)
    precision = values.get("precision", "")
    rank = _PRECISIONS.index(precision) if precision in _PRECISIONS else len(_PRECISIONS)
    return (statement.status != "happened", values.get("vague") == "true", rank, *_sure(statement))


def _of_people(statement: Statement) -> Rank:
    return (not _PEOPLE.search(dict(statement.qualifiers).get("unit", "")), *_sure(statement))


def article_entity(article: Article) -> Entity:
    """Return the node of an article; its id is the article's key."""
    props: dict[str, Value] = {
        "headline": article.headline,
        "headlineMade": article.headline_made,
        "page": article.page,
        "textSha256": _sha256(article.text),  # offsets of evidence point into this text
    }
    may_lack = {
        "kicker": article.kicker,
        "issueDate": article.issue_date,
        "paper": article.paper,
        "pageNumber": article.page_no,
    }
    props |= {name: value for name, value in may_lack.items() if value}
    number = article.id.rpartition("#")[2]
    if number.isdecimal() and "#" in article.id:
        props["number"] = int(number)
    name = article.headline or article.id
    return Entity(article.key, article.key, "Article", name, (), _sorted(props), ())


def page_id(page: str) -> str:
    """Return the id of the node of the page called `page`."""
    return make_id("page", page)


def page_entity(page: Page | None, article: Article | None = None) -> Entity:
    """Return the node of a page, from the page itself or, where that is not at hand, from one of its articles."""
    props: dict[str, Value] = {}
    if page is not None:
        name, known = page.id, (page.paper, page.issue_date, page.page_no)
        props["source"] = page.source
        props["sha256"] = _sha256(page.text)
    elif article is not None:
        name, known = article.page, (article.paper, article.issue_date, article.page_no)
    else:
        raise ValueError("neither a page nor an article of it")
    props |= {key: value for key, value in zip(("paper", "issueDate", "pageNumber"), known, strict=True) if value}
    paper, issued, number = known
    shown = " ".join(part for part in (paper, issued, f"第{number}版" if number else "") if part) if issued else name
    return Entity(page_id(name), f"Page|{name}", "Page", shown, (name,) if shown != name else (), _sorted(props), ())


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _sorted(props: Mapping[str, Value]) -> tuple[tuple[str, Value], ...]:
    return tuple(sorted(props.items()))
