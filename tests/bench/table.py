"""The figures as rows, for people and for programs."""

from __future__ import annotations

import os
import platform
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Row", "lines", "machine", "used"]


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement: `amount` of `unit` in so many CPU seconds; `beside` is the row it is compared with.

    A row without `amount` tells a time only. Memory is in MiB: `before` what was in use when the clock started.
    """

    group: str
    name: str
    cpu: float | None = None
    wall: float | None = None
    amount: int = 0
    unit: str = ""
    before: float | None = None
    peak: float | None = None
    beside: str = ""
    note: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rate(self) -> float | None:
        """How much a CPU second."""
        return self.amount / self.cpu if self.amount and self.cpu else None

    def as_json(self) -> dict[str, Any]:
        """Return all fields and the rate."""
        return {**asdict(self), "rate": self.rate}


def used(use: Mapping[str, float]) -> dict[str, Any]:
    """Return what a job measured as fields of a row."""
    return {"cpu": use["cpu"], "wall": use["wall"], "before": use["before"] / 1024, "peak": use["peak"] / 1024}


def machine() -> dict[str, Any]:
    """Return what the figures depend on beside the code."""
    names = ("kglite", "neo4j", "networkx", "pyoxigraph", "pyvis", "rdflib", "rjieba")
    versions = {name: _version(name) for name in names}
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **versions,
    }


def _version(name: str) -> str:
    from importlib.metadata import version

    return version(name)


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


HEAD = ("", "amount", "CPU s", "wall s", "per CPU s", "ratio", "peak MiB", "of it before")


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the table, each group under its name; the ratio is to the row that is marked 1."""
    cells = [HEAD, *(_cells(row, rows) for row in rows)]
    widths = [max(_width(line[i]) for line in cells) for i in range(len(HEAD))]
    yield _line(HEAD, widths)
    group = ""
    for row, line in zip(rows, cells[1:], strict=True):
        if row.group != group:
            group = row.group
            yield ""
            yield group
        yield _line(line, widths) + (f"   {row.note}" if row.note else "")


def _cells(row: Row, rows: Sequence[Row]) -> tuple[str, ...]:
    amount = f"{row.amount:,} {row.unit}" if row.amount else ""
    rate = f"{row.rate:,.0f}" if row.rate else ""
    memory = tuple("" if value is None else f"{value:,.0f}" for value in (row.peak, row.before))
    return (f"  {row.name}", amount, _seconds(row.cpu), _seconds(row.wall), rate, _ratio(row, rows), *memory)


def _ratio(row: Row, rows: Sequence[Row]) -> str:
    base = next((one for one in rows if one.group == row.group and one.name == row.beside), None)
    if base is None or not base.rate or not row.rate:
        return ""
    ratio = row.rate / base.rate
    return "1" if base is row else f"{ratio:.3f}" if ratio < 0.1 else f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}" if value < 1 else f"{value:.2f}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join([cells[0] + first, *(pad + cell for pad, cell in zip(rest, cells[1:], strict=True))]).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
