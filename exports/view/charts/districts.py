"""Figures by place: in which districts activities are held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from exports.view.charts.activities import ROLES
from exports.view.charts.forest import children_of, forest
from exports.view.charts.news import Activity, Link, News
from exports.view.charts.records import Choice, Figures, Row, Series, Words
from exports.view.charts.shared import ACTIVITIES, BARS, flat, lead, not_listed

__all__ = ["by_district"]

SERIES = (
    Series("stated", Words("写明举办地点", "place is stated")),
    Series("by-organiser", Words("未写明，按举办方所在地", "not stated: where its organisers are")),
)


def by_district(news: News, choice: Choice) -> Figures:
    """Count activities by district, those of the districts inside included, nested as the districts are.

    Where no district is known from the place, it is that of the organisers: of the hosts, where any are named.
    """
    statuses = choice.among("happened")
    found = news.activities(choice, statuses)
    counts, nowhere = _counted(news, found, statuses)
    tree = forest(
        link
        for link in news.facts(frozenset({"happened"}), "locatedIn")
        if {link.subject, link.object} <= counts.keys()
    )
    ordered = sorted(counts, key=lambda key: (-sum(map(len, counts[key])), news.things[key].name, key))
    depth = _depths(ordered, {child: link.object for child, link in tree.items()})
    shown = frozenset(sorted(ordered, key=lambda key: (-sum(map(len, counts[key])), depth[key]))[: choice.top or BARS])
    below = children_of(tree)
    ranks = {key: rank for rank, key in enumerate(ordered)}
    rows: list[Row] = []
    waiting = [key for key in reversed(ordered) if key not in tree]
    while waiting:
        key = waiting.pop()
        if key not in shown:
            continue
        name = news.things[key].name
        above = tree[key].object if key in tree else ""
        values = tuple(map(len, counts[key]))
        rows.append(Row(key, Words(name, name), values, flat(counts[key]), depth[key], above))
        waiting += sorted(below[key], key=ranks.__getitem__, reverse=True)
    around = _around(rows)
    rows = [replace(row, aside=row.key in around) for row in rows]
    notes = []
    if any(row.depth for row in rows):
        notes.append(Words("上级地区含所辖地区。", "A district includes those inside it."))
    notes += [
        Words(
            f"{row.label.zh}共 {row.total:,} 项，各行均在其内。",
            f"{row.label.en} has {row.total:,}; all rows lie in it.",
        )
        for row in rows
        if row.aside
    ]
    if nowhere:
        notes.append(Words(f"另有 {nowhere:,} 项地区不明。", f"Of {nowhere:,} more no district is known."))
    if len(rows) < len(counts):
        notes.append(not_listed(len(counts) - len(rows), "个地区", "districts"))
    return Figures(
        "activities-by-district",
        "bars",
        Words("各地的活动", "Activities by district"),
        lead(
            f"{len(found) - nowhere:,} 项活动的举办地",
            f"Where {len(found) - nowhere:,} activities were held",
            choice,
        ),
        "district",
        Words("地区", "district"),
        ACTIVITIES,
        SERIES,
        tuple(rows),
        tuple(notes),
        news.workspace,
    )


def _counted(news: News, found: Iterable[Activity], statuses: frozenset[str]) -> tuple[dict[str, list[list[str]]], int]:
    """Return the names of activities in each district, for both series, and how many are in none that is known."""
    inside: dict[str, list[str]] = defaultdict(list)
    for link in news.facts(frozenset({"happened"}), "locatedIn"):
        inside[link.subject].append(link.object)
    home: dict[str, list[str]] = defaultdict(list, {key: list(above) for key, above in inside.items()})
    for link in news.facts(frozenset({"happened"}), "unionOf"):
        home[link.subject].append(link.object)
    held: dict[str, list[str]] = defaultdict(list)
    for link in news.facts(statuses, "heldIn", "heldAt"):
        held[link.subject].append(link.object)
    hosts: dict[str, list[Link]] = defaultdict(list)
    for link in news.facts(statuses, "organizes"):
        hosts[link.object].append(link)

    counts: dict[str, list[list[str]]] = defaultdict(lambda: [[], []])
    nowhere = 0
    for one in found:
        key = one.thing.key
        at, districts = 0, _districts(news, held[key], inside)
        if not districts:
            leading = [link.subject for link in hosts[key] if ROLES.get(link.role) == "host"]
            at, districts = 1, _districts(news, leading or [link.subject for link in hosts[key]], home)
        for district in districts:
            counts[district][at].append(one.thing.name)
        nowhere += not districts
    return counts, nowhere


def _around(rows: Sequence[Row]) -> frozenset[str]:
    """Return the districts that hold all others: their bars would tell nothing and dwarf the others."""
    found: set[str] = set()
    for row, after in pairwise(rows):
        if row.depth != len(found) or after.depth != row.depth + 1 or sum(one.depth == row.depth for one in rows) > 1:
            break
        found.add(row.key)
    return frozenset(found)


def _districts(news: News, start: Iterable[str], above: dict[str, list[str]]) -> list[str]:
    """Return the districts among things and all that is around them."""
    seen = dict.fromkeys(start)
    waiting = list(seen)
    while waiting:
        for one in above.get(waiting.pop(), ()):
            if one not in seen:
                seen[one] = None
                waiting.append(one)
    return [key for key in seen if news.things[key].type == "District"]


def _depths(keys: Iterable[str], above: dict[str, str]) -> dict[str, int]:
    depths: dict[str, int] = {}
    for key in keys:
        way = [key]
        while way[-1] in above and way[-1] not in depths:
            way.append(above[way[-1]])
        top = depths.setdefault(way[-1], 0)
        for step, one in enumerate(reversed(way)):
            depths[one] = top + step
    return depths
