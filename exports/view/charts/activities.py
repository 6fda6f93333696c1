"""Figures about activities: of what kind they are, and who organises them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from exports.view.charts.news import Activity, News, Thing
from exports.view.charts.records import Choice, Figures, Row, Series, Words
from exports.view.charts.shared import ACTIVITIES, BARS, BY_STATUS, lead, narrowed, not_listed
from kg.extract import lexicon

__all__ = ["ROLES", "by_kind", "top_organisers"]

# role of an organiser -> how tables call it; a graph made by hand may have the words of the page
ROLES = {
    "host": "host",
    "主办": "host",
    "undertaker": "undertaker",
    "承办": "undertaker",
    "co-host": "co-host",
    "协办": "co-host",
}
BY_ROLE = (
    Series("host", Words("主办", "host")),
    Series("undertaker", Words("承办", "undertaker")),
    Series("co-host", Words("协办", "co-host")),
    Series("other-role", Words("未写明", "not stated")),
)
GENERAL = frozenset({"活动", "行动", "工作", "仪式"})  # heads that alone say nothing of the kind
LONGEST = 10  # characters of a head noun


def by_kind(news: News, choice: Choice) -> Figures:
    """Count activities by the head noun of their name, a word of `ontology/lexicon/heads.tsv`."""
    found = news.activities(choice, choice.among("happened", "planned"))
    groups: dict[str, list[Activity]] = defaultdict(list)
    for one in found:
        groups[_kind(one.thing)].append(one)
    bare = groups.pop("", [])
    order = sorted(groups, key=lambda kind: (-len(groups[kind]), kind))
    shown = order[: choice.top or BARS]
    rows = [_statuses(kind, Words(kind, kind), groups[kind]) for kind in shown]
    rest = [one for kind in order[len(shown) :] for one in groups[kind]]
    kinds = len(order) - len(shown)
    if rest:
        label = Words(f"其他 {kinds:,} 类", f"{kinds:,} other kinds")
        rows.append(_statuses("", label, sorted(rest, key=lambda one: (one.thing.start, one.thing.name))))
    if bare:
        rows.append(_statuses("", Words("名称不含类别词", "no such noun"), bare))
    return Figures(
        "activities-by-kind",
        "bars",
        Words("活动的类别", "Activities by kind"),
        lead(
            f"按名称的中心词（如“招聘会”“培训班”）归类，共 {len(found):,} 项活动",
            f"{len(found):,} activities by the head noun of their names, such as 招聘会 (job fair)",
            choice,
        ),
        "kind",
        Words("类别", "kind"),
        ACTIVITIES,
        *narrowed(BY_STATUS, rows),
        (),
        news.workspace,
    )


def top_organisers(news: News, choice: Choice) -> Figures:
    """Count activities by who organises them; each activity once for an organiser, in the first of its roles."""
    statuses = choice.among("happened")
    roles = {series.name: at for at, series in enumerate(BY_ROLE)}
    held: dict[str, dict[str, int]] = defaultdict(dict)
    for link in news.facts(statuses, "organizes"):
        activity = news.things[link.object]
        if choice.within(activity.start, activity.end):
            role = roles[ROLES.get(link.role, "other-role")]
            held[link.subject][link.object] = min(role, held[link.subject].get(link.object, role))
    order = sorted(held, key=lambda key: (-len(held[key]), news.things[key].name, key))
    rows = []
    for key in order[: choice.top or BARS]:
        activities = sorted(held[key], key=lambda one: (news.things[one].start, news.things[one].name, one))
        values = Counter(held[key].values())
        name = news.things[key].name
        things = tuple(news.things[one].name for one in activities)
        rows.append(Row(key, Words(name, name), tuple(values[at] for at in range(len(BY_ROLE))), things))
    notes = [not_listed(len(order) - len(rows), "个举办方", "organisers")] if len(order) > len(rows) else []
    activities_of_all = len({one for mine in held.values() for one in mine})
    return Figures(
        "top-organisers",
        "bars",
        Words("举办活动最多的单位", "Who organised most"),
        lead(
            f"{len(order):,} 个工会、企业和机构共举办 {activities_of_all:,} 项活动；联合举办的各计一次",
            f"{activities_of_all:,} activities of {len(order):,} bodies; one held jointly counts for each",
            choice,
        ),
        "organiser",
        Words("举办方", "organiser"),
        ACTIVITIES,
        *narrowed(BY_ROLE, rows),
        tuple(notes),
        news.workspace,
    )


def _statuses(key: str, label: Words, found: Sequence[Activity]) -> Row:
    counts = Counter(one.status for one in found)
    values = tuple(counts[series.name] for series in BY_STATUS)
    return Row(key, label, values, tuple(one.thing.name for one in found))


def _kind(thing: Thing) -> str:
    """Return the shortest head noun that the name ends with, or else an alias; where that is one of GENERAL, the noun
    right before it (宣讲活动), else the next longer one (慰问活动, 启动仪式), if there is any. What would end with
    a head noun if 活动 stood behind it (慰问) is of that kind.
    """
    for name in (thing.name, *thing.aliases):
        bare = name[-LONGEST * 3 :].rstrip("”’》」』）) ")
        found = _head(bare)
        if found in GENERAL:
            return _head(bare[: -len(found)]) or _head(bare, len(found) + 1) or found
        if found := found or _head(bare + "活动", 3):
            return found
    return ""


def _head(name: str, shortest: int = 2) -> str:
    heads = lexicon.heads("Activity")
    sizes = range(shortest, min(len(name), LONGEST) + 1)
    return next((name[-size:] for size in sizes if name[-size:] in heads), "")
