"""Keys of what a name alone never decides: an activity is its name with organiser and time, a person is a name with a
post or a byline."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Article, LocalEntity, Statement
from kg.resolve.names import NameKey
from ontology import resource

__all__ = ["Keyed", "activity_keys", "person_keys"]

ClusterKeys = Callable[[str], Sequence[str]]  # local id -> every key of the entity it belongs to, as far as known

_FEDERATION = re.compile(r"TradeUnion\|([^|]+)\|\|总工会")  # the federation of a region, which speaks for all of it
_RESTARTING = ("期", "季", "次", "批", "轮", "场")  # editions that are counted anew every year
LONGEST = 14  # days that an activity may last for its dates to tell it from others


@dataclass(frozen=True, slots=True)
class Keyed:
    """The keys of one local entity, the best first, and why."""

    keys: tuple[str, ...]
    reasons: tuple[str, ...]


def activity_keys(
    local: LocalEntity, name: NameKey, said: Iterable[Statement], organisers: Sequence[str], cluster_keys: ClusterKeys
) -> Keyed:
    """Key an activity by its core name, when it was, and, where the name is one of many, who organised it.

    `said` are the statements on it; `organisers` the local ids of its organisers.
    """
    reasons = list(name.reasons)
    times = _times(name, said)
    if not times:
        return Keyed((f"{name.key}@{local.article}",), (*reasons, "no day, year or edition: only this article's"))
    by = sorted({key for one in organisers for key in cluster_keys(one) if "@" not in key})
    regions = {name.part("in"), *(match[1] for key in by if (match := _FEDERATION.fullmatch(key)))} - {""}
    anchors = [f"|in {code}" for code in sorted(regions)] + [f"|by {key}" for key in by]
    core = name.part("core")
    keys = [f"Activity|{core}|{time}{anchor}" for time in times for anchor in ([""] if name.part("named") else anchors)]
    if len(times) > 1:  # two events of one name and edition on one day, and nobody else's, would be strange
        keys.append(f"Activity|{core}|{' '.join(times)}")
    if not keys:
        return Keyed((f"{name.key}@{local.article}",), (*reasons, "no organiser is known: only this article's"))
    reasons += [f"time {time}" for time in times]
    reasons += [f"in {code}" for code in sorted(regions)] + [f"organised by {key}" for key in by]
    return Keyed(tuple(dict.fromkeys(keys)), tuple(reasons))


def _times(name: NameKey, said: Iterable[Statement]) -> list[str]:
    """Return what tells one occurrence from another: edition, year, day; the surest first."""
    days = sorted({day for one in said if one.predicate == "date" and (day := _day(one))})
    year, edition = name.part("year"), name.part("edition")
    times = []
    if edition:
        year = year or (days[0][:4] if days else "")
        if not edition.endswith(_RESTARTING):
            times.append(f"#{edition}")
        elif year:
            times.append(f"{year}#{edition}")
    elif year:
        times.append(year)
    return times + days[:1]


def _day(date: Statement) -> str:
    """Return the day, or the few days, that a date statement gives; "" where it gives less."""
    values = dict(date.qualifiers)
    if date.status not in ("happened", "planned") or values.get("vague") == "true":
        return ""
    start = values.get("start", "")
    end = values.get("end", "") or start
    try:
        length = (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days
    except ValueError:
        return ""
    if not 0 <= length <= LONGEST:
        return ""
    return start if end == start else f"{start}/{end}"


@cache
def _ordinary() -> frozenset[str]:
    lines = resource("lexicon/ordinary-titles.tsv").read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines[1:] if line)


def person_keys(
    local: LocalEntity,
    name: NameKey,
    said: Iterable[Statement],
    article: Article,
    types: Mapping[str, str],
    cluster_keys: ClusterKeys,
) -> Keyed:
    """Key a person by name and post, or name and byline; never by the name alone."""
    keys: dict[str, str] = {}
    for statement in said:
        values = dict(statement.qualifiers)
        if statement.predicate == "hasRole" and statement.subject == local.id:
            title = values.get("title", "")
            if not title or title in _ordinary():
                continue
            for body in cluster_keys(statement.object):
                key = f"{name.key}|{body}" + (f"|{title}" if types.get(statement.object) == "District" else "")
                keys.setdefault(key, f"{title} of {body}")
        elif statement.predicate == "reportedBy" and statement.object == local.id:
            # who writes for a paper may take its pictures as well; who sends in to it is another
            role, where = values.get("role") or "byline", article.paper or f"page {article.page}"
            keys.setdefault(f"{name.key}|{'通讯员' if '通讯员' in role else 'byline'}|{where}", f"{role} of {where}")
    if not keys:
        reason = "no post that tells people of one name apart: only this article's"
        return Keyed((f"{name.key}@{local.article}",), (*name.reasons, reason))
    ordered = sorted(keys, key=lambda key: ("@" in key, key))
    return Keyed(tuple(ordered), (*name.reasons, *(keys[key] for key in ordered)))
