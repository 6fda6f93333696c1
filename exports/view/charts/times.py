"""Figures over time: activities by when they are, articles by when they were printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from exports.view.charts.news import News
from exports.view.charts.periods import Days, Unit, days_of, unit_for
from exports.view.charts.records import Choice, Figures, Row, Series, Words
from exports.view.charts.shared import ACTIVITIES, BY_STATUS, flat, lead, narrowed

__all__ = ["articles_over_time", "over_time"]

VAGUE = Series("vague", Words("已发生，日期约略（如“近日”）", "happened, on a vague date"))
TIMES = (BY_STATUS[0], VAGUE, *BY_STATUS[1:])


def over_time(news: News, choice: Choice) -> Figures:
    """Count activities by the period in which they lie; a row aside holds those whose date tells none."""
    found = news.activities(choice, choice.among("happened", "planned"))
    dated = {one.thing.key: days for one in found if (days := days_of(one.thing.start, one.thing.end))}
    unit = unit_for(_short(dated.values()), choice.period)
    places = {key: place for key, days in dated.items() if (place := unit.place(days)) is not None}
    names = {series.name: at for at, series in enumerate(TIMES)}
    counts: dict[int | None, list[list[str]]] = defaultdict(lambda: [[] for _ in TIMES])
    for one in found:
        place = places.get(one.thing.key)
        vague = one.status == "happened" and one.thing.vague and place is not None
        counts[place][names["vague" if vague else one.status]].append(one.thing.name)
    rows = _periods(unit, counts)
    notes = []
    unknown, long = len(found) - len(dated), len(dated) - len(places)
    if None in counts:
        left = counts[None]
        rows.append(Row("", Words("日期不定", "date not known"), tuple(map(len, left)), flat(left), aside=True))
        told_zh = [f"{unknown:,} 项没有日期"] * bool(unknown) + [f"{long:,} 项的日期跨度长于一期"] * bool(long)
        told_en = [f"{unknown:,} without a date"] * bool(unknown) + [f"{long:,} dated too roughly"] * bool(long)
        notes.append(Words(f"未画出：{'，'.join(told_zh)}。", f"Not drawn: {', '.join(told_en)}."))
    if any(days[0] != days[1] and unit.at(days[0]) != unit.at(days[1]) for days in dated.values()):
        notes.append(
            Words(
                "跨期的活动计入所占天数较多的一期。", "What spans two periods counts in the one with more of its days."
            )
        )
    return Figures(
        "activities-over-time",
        "columns",
        Words("各时期的活动", "Activities over time"),
        lead(f"{unit.told.zh}统计，共 {len(found):,} 项活动", f"{len(found):,} activities, {unit.told.en}", choice),
        "period",
        Words("时期", "period"),
        ACTIVITIES,
        *narrowed(TIMES, rows),
        tuple(notes),
        news.workspace,
    )


def articles_over_time(news: News, choice: Choice) -> Figures:
    """Count articles by the period of their issue: what activities over time have to be held against."""
    found = [one for one in news.of("Article") if choice.within(one.start, one.end)]
    dated = {one.key: days for one in found if (days := days_of(one.start, one.start))}
    unit = unit_for(dated.values(), choice.period)
    counts: dict[int | None, list[list[str]]] = defaultdict(lambda: [[]])
    for one in found:
        counts[unit.at(dated[one.key][0]) if one.key in dated else None][0].append(one.name)
    rows = _periods(unit, counts)
    notes = []
    if None in counts:
        missing = len(counts[None][0])
        rows.append(Row("", Words("日期不定", "date not known"), (missing,), flat(counts[None]), aside=True))
        notes.append(Words(f"未画出：{missing:,} 篇没有出版日期。", f"Not drawn: {missing:,} without a day of issue."))
    return Figures(
        "articles-over-time",
        "columns",
        Words("各时期的报道", "Articles over time"),
        lead(
            f"{unit.told.zh}统计出版日期，共 {len(found):,} 篇，含转载",
            f"{len(found):,} articles by day of issue, {unit.told.en}, reprints included",
            choice,
        ),
        "period",
        Words("时期", "period"),
        Words("报道", "articles"),
        (Series("articles", Words("报道", "articles")),),
        tuple(rows),
        tuple(notes),
        news.workspace,
    )


def _short(known: Iterable[Days]) -> list[Days]:
    """Return the intervals no longer than a year: others would stretch the axis."""
    return [days for days in known if (days[1] - days[0]).days < 366]


def _periods(unit: Unit, counts: dict[int | None, list[list[str]]]) -> list[Row]:
    """Return a row for each period from the first to the last, also those in which nothing is."""
    known = [number for number in counts if number is not None]
    if not known:
        return []
    empty: list[list[str]] = [[] for _ in next(iter(counts.values()))]
    rows = []
    for number in range(min(known), max(known) + 1):
        found = counts.get(number, empty)
        rows.append(Row(unit.key(number), unit.label(number), tuple(map(len, found)), flat(found)))
    return rows
