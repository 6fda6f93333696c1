"""The overview of a whole graph: each district a disc, the relations between two of them a line, as SVG.

It lies under the picture that sigma draws, whose regions it shows; where there is no WebGL, or no script runs, it is
the picture. Scripts find discs by their number (`data-region`) and move `#discs` with the picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from exports.view.labels import ems
from kg.io.markup import Markup, element

__all__ = ["LEAST", "overview"]

LEAST = 1 / 40  # radius of a disc that can be seen and named, in sides of the whole picture; less where there are many


def overview(
    districts: Sequence[Mapping[str, Any]], communities: Sequence[Mapping[str, Any]], links: Sequence[Sequence[int]]
) -> Markup:
    """Return the SVG of regions given by x, y, radius (of districts also name and size), and of links
    [district, district, relations]; coordinates are those of the picture, y downwards."""
    left, top, width, height = _frame(districts)
    least = min(LEAST, 0.2 / math.sqrt(len(districts) or 1)) * max(width, height)
    most = max((link[2] for link in links), default=1)
    lines = [
        element(
            "line",
            x1=_n(districts[one]["x"]), y1=_n(districts[one]["y"]),
            x2=_n(districts[other]["x"]), y2=_n(districts[other]["y"]),
            stroke_width=_n(least * (0.06 + 0.5 * math.sqrt(count / most))),
        )
        for one, other, count in links
    ]  # fmt: skip
    discs = [_disc(region, at, least) for at, region in enumerate(districts)]
    inner = [_disc(region, at, 0) for at, region in enumerate(communities)]
    names = [name for region in districts for name in _name(region, least)]
    return element(
        "svg",
        element(
            "g",
            element("g", *lines, cls="links"),
            element("g", *discs, cls="districts"),
            element("g", *inner, cls="communities"),
            id="discs",
        ),
        element("g", *names, cls="names"),
        id="regions",
        viewBox=f"{_n(left)} {_n(top)} {_n(width)} {_n(height)}",
        role="img",
        aria_label="各地区概览",
    )


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _frame(districts: Sequence[Mapping[str, Any]]) -> tuple[float, float, float, float]:
    if not districts:
        return 0, 0, 100, 100
    left = min(one["x"] - one["radius"] for one in districts)
    top = min(one["y"] - one["radius"] for one in districts)
    right = max(one["x"] + one["radius"] for one in districts)
    bottom = max(one["y"] + one["radius"] for one in districts)
    room = 0.03 * max(right - left, bottom - top, 100)
    return left - room, top - room, right - left + 2 * room, bottom - top + 2 * room


def _disc(region: Mapping[str, Any], number: int, least: float) -> Markup:
    return element(
        "circle",
        cx=_n(region["x"]), cy=_n(region["y"]), r=_n(max(region["radius"], least)),
        data_region=str(number), cls=f"tint-{region['tint']}",
    )  # fmt: skip


def _name(region: Mapping[str, Any], least: float) -> list[Markup]:
    """Return the name of a district in its disc, on up to three lines, with its number of things below."""
    radius = max(float(region["radius"]), least)
    name = " ".join(str(region["name"] or "地区不详").split())[:24]
    rows = min(3, max(1, math.ceil(ems(name) / 5)))
    length = math.ceil(len(name) / rows)
    lines = [name[at : at + length] for at in range(0, len(name), length)]
    size = min(1.6 * radius / max(ems(line) for line in lines), 1.5 * radius / (len(lines) + 1), 1.4 * least)
    top = float(region["y"]) - size * 1.2 * len(lines) / 2
    said = [*((line, size) for line in lines), (f"{region['size']:,}", size * 0.7)]
    return [
        element("text", text, x=_n(region["x"]), y=_n(top + size * (1.2 * row + 0.6)), font_size=_n(height))
        for row, (text, height) in enumerate(said)
    ]
