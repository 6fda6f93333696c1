"""What several charts need: the statuses as series, the line under a title, rows without what is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from exports.view.charts.news import Link, News
from exports.view.charts.records import Choice, Row, Series, Words

__all__ = ["ACTIVITIES", "BARS", "BY_STATUS", "chosen", "flat", "lead", "narrowed", "not_listed"]

BARS = 15  # bars that a chart has room for
ACTIVITIES = Words("活动", "activities")
BY_STATUS = (
    Series("happened", Words("已发生", "happened")),
    Series("planned", Words("计划中", "planned")),
    Series("reported", Words("据报道", "reported")),
    Series("denied", Words("已否认", "denied")),
)


def narrowed(series: Sequence[Series], rows: Sequence[Row]) -> tuple[tuple[Series, ...], tuple[Row, ...]]:
    """Return the first of the series and those that any row has a number of, and the rows with these only."""
    places = [at for at in range(len(series)) if not at or any(row.values[at] for row in rows)]
    kept = tuple(replace(row, values=tuple(row.values[at] for at in places)) for row in rows)
    return tuple(series[at] for at in places), kept


def chosen(news: News, choice: Choice, statuses: frozenset[str], *relations: str) -> list[Link]:
    """Return the facts of some relations that are printed on a day asked for."""
    found = news.facts(statuses, *relations)
    return [one for one in found if not choice.dated or any(choice.within(day, day) for day in one.days)]


def lead(zh: str, en: str, choice: Choice) -> Words:
    """Return the line under the title: what is counted, in which days, of which status."""
    more_zh, more_en = [], []
    if choice.dated:
        more_zh.append(f"{choice.since or '最早'} 至 {choice.until or '最近'}")
        more_en.append(f"{choice.since or 'the first'} to {choice.until or 'the last'}")
    if choice.statuses:
        labels = {one.name: one.label for one in BY_STATUS}
        more_zh.append("、".join(labels[one].zh for one in choice.statuses))
        more_en.append(", ".join(labels[one].en for one in choice.statuses))
    return Words("；".join([zh, *more_zh]), "; ".join([en, *more_en]))


def not_listed(count: int, zh: str, en: str) -> Words:
    """Return the note that something is not listed."""
    return Words(f"另有 {count:,} {zh}未列出。", f"Not listed: {count:,} more {en}.")


def flat(names: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Return names of several lists as one."""
    return tuple(name for some in names for name in some)
