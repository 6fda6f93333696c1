"""Colours and textures: those of Okabe and Ito, by day and by night, and a texture each, so that no colour is needed.

Every mark carries its colours as attributes, which every program that reads SVG knows, and a class, by which a page
can change them for the night.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["DARK", "FONTS", "LIGHT", "TEXTURES", "Look", "Theme", "night"]

# Families with Chinese characters of all systems; a program takes the first that it has.
FONTS = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Source Han Sans CN', 'PingFang SC', "
    "'Hiragino Sans GB', 'Microsoft YaHei', 'WenQuanYi Micro Hei', 'WenQuanYi Zen Hei', 'Droid Sans Fallback', "
    "'SimHei', 'SimSun', sans-serif"
)

TEXTURES: Mapping[str, str] = {  # series -> how it is hatched, beside its colour
    "vague": "rising",
    "planned": "falling",
    "reported": "level",
    "denied": "crossed",
    "by-organiser": "rising",
    "undertaker": "rising",
    "co-host": "falling",
    "other-role": "level",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is filled, outlined, and hatched."""

    fill: str
    stroke: str
    hatch: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one kind of light: of paper, text, lines, and series."""

    paper: str
    ink: str
    soft: str
    grid: str
    axis: str
    dot: str
    series: Mapping[str, Look]
    other: Look

    def look(self, series: str) -> Look:
        """Return how a series looks."""
        return self.series.get(series, self.other)


_BLUE, _PALE = Look("#0072b2", "#0072b2", "#0072b2"), Look("#d6ebf8", "#0072b2", "#0072b2")
LIGHT = Theme(
    paper="#ffffff",
    ink="#1f2328",
    soft="#57606a",
    grid="#e3e7eb",
    axis="#6e7781",
    dot="#d55e00",
    series={
        "vague": _PALE,
        "by-organiser": _PALE,
        "planned": Look("#fff4ea", "#d55e00", "#d55e00"),
        "reported": Look("#f7f0a8", "#7a7000", "#7a7000"),
        "denied": Look("#f3dfe9", "#8c4a6e", "#8c4a6e"),
        "undertaker": Look("#f2c560", "#946600", "#946600"),
        "co-host": Look("#bfe8dc", "#00664a", "#00664a"),
        "other-role": Look("#ededed", "#6e7781", "#b4bac1"),
    },
    other=_BLUE,
)

_SKY, _DEEP = Look("#56b4e9", "#56b4e9", "#56b4e9"), Look("#17384f", "#56b4e9", "#56b4e9")
DARK = Theme(
    paper="#0f1419",
    ink="#e6edf3",
    soft="#9aa7b4",
    grid="#2a323b",
    axis="#76828e",
    dot="#ff9c57",
    series={
        "vague": _DEEP,
        "by-organiser": _DEEP,
        "planned": Look("#33210f", "#ff9c57", "#ff9c57"),
        "reported": Look("#38350f", "#f0e442", "#f0e442"),
        "denied": Look("#3a2231", "#e29dc2", "#e29dc2"),
        "undertaker": Look("#6b4c07", "#e6b13c", "#e6b13c"),
        "co-host": Look("#0b4536", "#35c9a0", "#35c9a0"),
        "other-role": Look("#2a323b", "#9aa7b4", "#5f6b77"),
    },
    other=_SKY,
)


def night(theme: Theme = DARK) -> str:
    """Return the rules of style that give what is drawn the colours of a theme."""
    rules = [
        f".c-paper{{fill:{theme.paper}}}",
        f".c-ink{{fill:{theme.ink}}}",
        f".c-soft{{fill:{theme.soft}}}",
        f".c-dot{{fill:{theme.dot};stroke:{theme.dot}}}",
        f".c-leaf{{fill:{theme.paper};stroke:{theme.dot}}}",
        f".c-grid{{stroke:{theme.grid}}}",
        f".c-axis{{stroke:{theme.axis}}}",
        f".s-other{{fill:{theme.other.fill};stroke:{theme.other.stroke}}}",
        f".h-other{{stroke:{theme.other.hatch}}}",
    ]
    for name, look in theme.series.items():
        rules += [f".s-{name}{{fill:{look.fill};stroke:{look.stroke}}}", f".h-{name}{{stroke:{look.hatch}}}"]
    return "".join(rules)
