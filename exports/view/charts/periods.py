"""Months, quarters and years as numbers that follow one another, and which of them an interval belongs to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from exports.view.charts.records import Period, Words

__all__ = ["Days", "Unit", "days_of", "unit_for"]

Days: TypeAlias = tuple[datetime.date, datetime.date]

MOST = {"month": 30, "quarter": 32}  # periods that can be read side by side; where there are more, longer ones
DRAWN = 400  # periods that can be drawn at all
STEPS = (1, 5, 10, 50, 100, 500, 1000, 10000)  # years
ORDER = ("month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Unit:
    """A length of time: months of a period, which divide a year or are whole years."""

    months: int

    def at(self, day: datetime.date) -> int:
        """Return the number of the period a day lies in."""
        return (day.year * 12 + day.month - 1) // self.months

    def first(self, number: int) -> datetime.date | None:
        """Return the first day of a period, None where the calendar does not reach."""
        year, month = divmod(number * self.months, 12)
        return datetime.date(year, month + 1, 1) if 1 <= year <= datetime.MAXYEAR else None

    def place(self, days: Days) -> int | None:
        """Return the period in which most of the days lie, the earlier one of two; None where an interval is longer
        than a period, so that it tells none.
        """
        start, end = days
        first, last = self.at(start), self.at(end)
        if first == last:
            return first
        if (end - start).days + 1 > self.months * 30.5 + 0.5:
            return None
        return max(range(first, last + 1), key=lambda number: (self._shared(number, days), -number))

    def _shared(self, number: int, days: Days) -> int:
        start, after = self.first(number), self.first(number + 1)
        begins = days[0] if start is None else max(start, days[0])
        ends = days[1] if after is None else min(after - datetime.timedelta(days=1), days[1])
        return (ends - begins).days

    def key(self, number: int) -> str:
        """Return how tables write a period: 2025-03, 2025-Q1, 2025, 1990/1999."""
        year, month = divmod(number * self.months, 12)
        match self.months:
            case 1:
                return f"{year:04}-{month + 1:02}"
            case 3:
                return f"{year:04}-Q{month // 3 + 1}"
            case 12:
                return f"{year:04}"
            case _:
                return f"{year:04}/{year + self.months // 12 - 1:04}"

    def label(self, number: int) -> Words:
        """Return how readers are told of a period."""
        year, month = divmod(number * self.months, 12)
        match self.months:
            case 1:
                return Words(f"{year}年{month + 1}月", f"{_MONTHS[month]} {year}")
            case 3:
                return Words(f"{year}年{month // 3 + 1}季度", f"Q{month // 3 + 1} {year}")
            case 12:
                return Words(f"{year}年", f"{year}")
            case _:
                last = year + self.months // 12 - 1
                return Words(f"{year}–{last}年", f"{year}–{last}")

    @property
    def told(self) -> Words:
        """By what the counts are, for the line under the title."""
        match self.months:
            case 1:
                return Words("按月", "by month")
            case 3:
                return Words("按季度", "by quarter")
            case 12:
                return Words("按年", "by year")
            case _:
                return Words(f"每{self.months // 12}年", f"by {self.months // 12} years")


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def days_of(start: str, end: str) -> Days | None:
    """Return an interval as two days, None where it is none."""
    try:
        days = datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)
    except ValueError:
        return None
    return days if days[0] <= days[1] else None


def unit_for(known: Iterable[Days], period: Period) -> Unit:
    """Return the unit asked for, or the shortest one in which these intervals make few enough periods."""
    ends = [day for days in known for day in days]
    if not ends:
        return Unit({"quarter": 3, "year": 12}.get(period, 1))
    first, last = min(ends), max(ends)
    units = [*((Unit(1), "month"), (Unit(3), "quarter")), *((Unit(12 * step), "year") for step in STEPS)]
    for unit, name in units:
        count = unit.at(last) - unit.at(first) + 1
        if period == "auto":
            if count <= MOST.get(name, 40):
                return unit
        elif ORDER.index(name) >= ORDER.index(period) and count <= DRAWN:
            return unit
    return units[-1][0]
