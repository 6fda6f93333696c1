"""Figures as SVG: columns over time, bars beside names, a tree. What comes out is well-formed XML, whatever the names.

Only shapes, text and attributes are used, no style sheet, so that browsers, word processors and resvg draw the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exports.view.charts.looks import DARK, FONTS, LIGHT, TEXTURES, Theme
from exports.view.charts.measure import ems, fold, plain, shortened
from exports.view.charts.records import Figures, Language, Row, Words
from kg.io.markup import Markup, element, joined

__all__ = ["NARROW", "WIDE", "draw"]

WIDE, NARROW = 760, 360  # pixels across: for a desk and for a telephone
MARGIN = 16
TEXT, SMALL, TITLE = 13, 12, 19  # sizes of type in pixels
NOTHING = Words("没有可画的内容。", "There is nothing to draw.")
_NICE = (1, 2, 5)


@dataclass
class Sheet:
    """A drawing on its way: what is drawn so far, and how far down."""

    figures: Figures
    language: Language
    theme: Theme
    width: int
    y: float = 0.0
    parts: list[Markup] = field(default_factory=list)

    @property
    def narrow(self) -> bool:
        return self.width < 500

    def text(
        self,
        x: float,
        y: float,
        said: str,
        *,
        size: int = TEXT,
        tone: str = "ink",
        anchor: str = "",
        weight: str = "",
        more: Markup | None = None,
    ) -> None:
        """Write a line of text with its base line at `y`."""
        attributes = {"x": number(x), "y": number(y), "font_size": str(size), "fill": getattr(self.theme, tone)}
        if anchor:
            attributes["text_anchor"] = anchor
        if weight:
            attributes["font_weight"] = weight
        self.parts.append(element("text", said, more or Markup(), cls=f"c-{tone}", **attributes))

    def line(self, path: str, *, tone: str = "grid", width: float = 1, dashes: str = "") -> None:
        """Draw a line."""
        attributes = {"d": path, "stroke": getattr(self.theme, tone), "stroke_width": number(width), "fill": "none"}
        if dashes:
            attributes["stroke_dasharray"] = dashes
        self.parts.append(element("path", cls=f"c-{tone}", **attributes))

    def paragraph(self, said: str, *, size: int, tone: str, weight: str = "", lead: float = 1.45) -> None:
        """Write a text as wide as the sheet, broken into lines."""
        for one in fold(said, (self.width - 2 * MARGIN) / size):
            self.y += size * lead
            self.text(MARGIN, self.y, one, size=size, tone=tone, weight=weight)

    def blank(self, x: float, y: float, width: float, height: float) -> Markup:
        """Return a piece of paper, for text that lies over lines."""
        shape = zip(("x", "y", "width", "height"), map(number, (x, y, width, height)), strict=True)
        return element("rect", cls="c-paper", fill=self.theme.paper, **dict(shape))

    def swatch(self, series: str, x: float, y: float, width: float, height: float) -> Markup:
        """Return a rectangle that looks as a series does."""
        look, known = self.theme.look(series), series if series in self.theme.series else "other"
        inset = 0.5 if look.stroke != look.fill else 0.0
        box = (x + inset, y + inset, max(width - 2 * inset, 0.4), max(height - 2 * inset, 0.4))
        shape = dict(zip(("x", "y", "width", "height"), map(number, box), strict=True))
        parts = [element("rect", cls=f"s-{known}", **shape, fill=look.fill, stroke=look.stroke if inset else "none")]
        hatch = _hatch(TEXTURES.get(series, ""), *box)
        if hatch:
            parts.append(element("path", cls=f"h-{known}", d=hatch, stroke=look.hatch, stroke_width="1", fill="none"))
        return joined(parts)


def number(value: float) -> str:
    """Write a length; two digits behind the point are finer than any screen."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def draw(
    figures: Figures, *, language: Language = "zh", dark: bool = False, width: int = WIDE, inline: bool = False
) -> str:
    """Return a chart as SVG: a document of its own, with title, notes and paper, or, `inline`, only what a page that
    says these itself has to show.
    """
    sheet = Sheet(figures, language, DARK if dark else LIGHT, width)
    if not inline:
        sheet.y = MARGIN - 6
        sheet.paragraph(figures.title.said(language), size=TITLE, tone="ink", weight="700", lead=1.3)
        sheet.paragraph(figures.lead.said(language), size=TEXT, tone="soft", lead=1.6)
        sheet.y += 6
    if not figures.drawn:
        sheet.y += 40
        sheet.text(width / 2, sheet.y, NOTHING.said(language), tone="soft", anchor="middle", size=14)
        sheet.y += 30
    else:
        _legend(sheet)
        {"columns": _columns, "bars": _bars, "tree": _tree}[figures.form](sheet)
    if not inline:
        sheet.y += 6
        for note in figures.notes:
            sheet.paragraph(note.said(language), size=SMALL, tone="soft", lead=1.5)
        sheet.paragraph(source(figures).said(language), size=SMALL, tone="soft", lead=1.5)
        sheet.y += 4
    height = number(round(sheet.y + MARGIN - 4))
    attributes = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": height, "font_family": FONTS}
    title = figures.title.said(language)
    about = f"{title}。{figures.lead.zh}" if language == "zh" else f"{title}. {figures.lead.en}"
    attributes |= {"lang": language, "role": "img", "aria_label": plain(about)}
    paper = element("rect", cls="c-paper", width=str(width), height=height, fill=sheet.theme.paper)
    head = [] if inline else [element("title", title), paper]
    return element("svg", *head, *sheet.parts, xmlns="http://www.w3.org/2000/svg", **attributes)


def source(figures: Figures) -> Words:
    """Return where figures come from."""
    name = shortened(figures.workspace, 40)
    return Words(
        f"数据：{name + '，' if name else ''}union-news-kg", f"Data: {name + ', ' if name else ''}union-news-kg"
    )


def _legend(sheet: Sheet) -> None:
    """Say what each look means, where there is more than one or the one is not what the title says."""
    figures = sheet.figures
    if figures.form == "tree":
        signs = [
            ("solid", Words("原文所述", "stated in print")),
            ("dashed", Words("由名称推断", "inferred from the name")),
        ]
    elif len(figures.series) > 1:
        signs = [(one.name, one.label) for one in figures.used]
    else:
        return
    x, sheet.y = float(MARGIN), sheet.y + 20
    for name, label in signs:
        said = label.said(sheet.language)
        length = 26 + ems(said) * SMALL + 18
        if x > MARGIN and x + length - 18 > sheet.width - MARGIN:
            x, sheet.y = float(MARGIN), sheet.y + 20
        if name in ("solid", "dashed"):
            sheet.line(f"M{number(x)} {number(sheet.y - 4)}h20", tone="axis", dashes="3 3" if name == "dashed" else "")
        else:
            sheet.parts.append(sheet.swatch(name, x, sheet.y - 10, 18, 12))
        sheet.text(x + 26, sheet.y, said, size=SMALL)
        x += length
    sheet.y += 6


def _ticks(most: int, count: int) -> list[int]:
    """Return round numbers from 0 to at least `most`, about `count` steps of them."""
    most = max(most, 1)
    for power in range(19):
        for nice in _NICE:
            step = int(nice * 10**power)
            if step * count >= most:
                return list(range(0, -(-most // step) * step + 1, step))
    return [0, most]


def _told(sheet: Sheet, row: Row) -> str:
    """Return what a mark says of itself: its name, its number, and of what it is made up."""
    figures = sheet.figures
    name, colon = row.label.said(sheet.language), "：" if sheet.language == "zh" else ": "
    said = f"{name}{colon}{row.total}"
    if len(figures.series) > 1:
        parts = [
            f"{series.label.said(sheet.language)} {value}"
            for series, value in zip(figures.series, row.values, strict=True)
            if value
        ]
        said += (
            f"（{'，'.join(parts)}）" if sheet.language == "zh" and parts else f" ({', '.join(parts)})" if parts else ""
        )
    return said


# -------------------------------------------------------------------------------------------------------------- columns


def _columns(sheet: Sheet) -> None:
    rows = sheet.figures.drawn
    ticks = _ticks(max(row.total for row in rows), 4 if sheet.narrow else 6)
    gutter = ems(f"{ticks[-1]}") * SMALL + 8
    left, right = MARGIN + gutter, sheet.width - MARGIN
    height = 190 if sheet.narrow else 250
    top = sheet.y + 38
    base = top + height
    unit = sheet.figures.things.said(sheet.language)
    sheet.text(MARGIN, top - 21, f"{unit}数" if sheet.language == "zh" else unit, size=SMALL, tone="soft")
    for tick in ticks:
        y = base - height * tick / ticks[-1]
        sheet.line(f"M{number(left)} {_crisp(y)}H{number(right)}", tone="grid" if tick else "axis")
        sheet.text(left - 6, y + 4, f"{tick}", size=SMALL, tone="soft", anchor="end")
    slot = (right - left) / len(rows)
    wide = min(slot * (0.76 if slot > 6 else 0.9), 72)
    values = slot >= max(ems(f"{row.total}") for row in rows) * SMALL + 2
    for at, row in enumerate(rows):
        x, y = left + slot * at + (slot - wide) / 2, base
        parts = [element("title", _told(sheet, row))]
        if not row.total:
            continue
        for series, value in zip(sheet.figures.series, row.values, strict=True):
            if value:
                tall = height * value / ticks[-1]
                y -= tall
                gap = 1 if y + tall < base and tall > 2 else 0  # white between what is stacked
                parts.append(sheet.swatch(series.name, x, y, wide, tall - gap))
        sheet.parts.append(element("g", *parts))
        if values:
            sheet.text(x + wide / 2, y - 5, f"{row.total}", size=SMALL, anchor="middle")
    sheet.line(f"M{number(left)} {_crisp(base)}H{number(right)}", tone="axis")
    sheet.y = base + _time_axis(sheet, rows, left, slot, base)


def _time_axis(sheet: Sheet, rows: Sequence[Row], left: float, slot: float, base: float) -> float:
    """Write the periods under the axis, as many as there is room for, years in a line of their own; return how tall
    that is.
    """
    labels = [_short(row.key, sheet.language) for row in rows]
    parted = any(year for _, year in labels)
    room = max(ems(label) for label, _ in labels) * SMALL + 8
    cycle = {7: (1, 2, 3, 4, 6, 12), 6: (1, 2, 4)}.get(len(rows[0].key) if parted else 0, ())
    steps = (*cycle, *(cycle[-1] * n if cycle else n for n in (1, 2, 5, 10, 20, 25, 50, 100)))
    step = next((step for step in steps if step * slot >= room), len(rows))
    last = -room
    for at, row in enumerate(rows):
        label, _ = labels[at]
        middle = left + slot * (at + 0.5)
        phase = _phase(row.key) if parted else at
        if phase % step == 0 and middle - last >= room * 0.98:
            sheet.line(f"M{_crisp(middle)} {number(base)}v4", tone="axis")
            sheet.text(middle, base + 18, label, size=SMALL, tone="soft", anchor="middle")
            last = middle
    if not parted:
        return 26
    end, starts = -1.0, [at for at, row in enumerate(rows) if not at or row.key[:4] != rows[at - 1].key[:4]]
    for at in starts:
        x = left + slot * at
        year = labels[at][1]
        if at:
            start, down = (base, 38) if slot >= room else (base + 23, 15)
            sheet.line(f"M{_crisp(x)} {number(start)}v{down}", tone="grid")
        if x + 4 > end:
            until = next((left + slot * other for other in starts if other > at), left + slot * len(rows))
            if until - x >= ems(year) * SMALL + 4 or at == starts[-1] or x == left:
                x = min(x + 4, sheet.width - MARGIN - ems(year) * SMALL)
                if x > end:
                    sheet.text(x, base + 35, year, size=SMALL, weight="700")
                    end = x + ems(year) * SMALL + 6
    return 44


def _short(key: str, language: Language) -> tuple[str, str]:
    """Return a period as an axis writes it, and its year where that stands in a line of its own."""
    year, month = str(int(key[:4])), key[5:]
    zh = language == "zh"
    if len(key) == 4:
        return year, ""
    if "/" in key:
        return f"{year}–{int(month)}", ""
    told = f"{year}年" if zh else year
    if month.startswith("Q"):
        return (f"{month[1:]}季" if zh else month), told
    return (f"{int(month)}月" if zh else _MONTHS[int(month) - 1]), told


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _phase(key: str) -> int:
    return int(key[:4]) * 4 + int(key[6]) - 1 if key[5] == "Q" else int(key[:4]) * 12 + int(key[5:]) - 1


# ----------------------------------------------------------------------------------------------------------------- bars


def _bars(sheet: Sheet) -> None:
    rows = sheet.figures.drawn
    most = max(row.total for row in rows)
    figure = max(ems(f"{row.total:,}") for row in rows) * TEXT + 8
    nested = len({row.depth for row in rows}) > 1
    flush = min(row.depth for row in rows)
    step = 14 if max(row.depth for row in rows) <= 6 else 6
    right = sheet.width - MARGIN
    if sheet.narrow:
        room, left, height = (right - MARGIN) / TEXT, float(MARGIN), 42
    else:
        longest = max(ems(plain(row.label.said(sheet.language))) + (row.depth - flush) * step / TEXT for row in rows)
        room = min(max(longest, 4), 20)
        left, height = MARGIN + room * TEXT + 12, 26
    ticks = _ticks(most, 3 if sheet.narrow else 5)
    span = right - left - figure
    top = sheet.y + 10
    bottom = top + height * len(rows) + 4
    for tick in ticks:
        x = left + span * tick / ticks[-1]
        if tick or not sheet.narrow:
            sheet.line(f"M{_crisp(x)} {number(top)}V{number(bottom)}", tone="grid")
        sheet.text(
            x,
            bottom + 16,
            f"{tick:,}",
            size=SMALL,
            tone="soft",
            anchor="start" if sheet.narrow and not tick else "middle",
        )
    for at, row in enumerate(rows):
        y = top + height * at + 4
        indent = (row.depth - flush) * step
        name = shortened(row.label.said(sheet.language), room - indent / TEXT) or "?"
        bar = y + (20 if sheet.narrow else 2)
        weight = "700" if row.depth == flush and nested else ""
        sheet.parts.append(_name(sheet, MARGIN + indent, y + (14 if sheet.narrow else 15), name, row, weight))
        x, parts = left, [element("title", _told(sheet, row))]
        for series, value in zip(sheet.figures.series, row.values, strict=True):
            if value:
                wide = span * value / ticks[-1]
                parts.append(sheet.swatch(series.name, x, bar, max(wide - (1 if wide > 3 else 0), 1), 17))
                x += wide
        sheet.parts.append(element("g", *parts))
        said = f"{row.total:,}"
        sheet.parts.append(sheet.blank(x + 3, bar + 1, ems(said) * TEXT + 3, 15))
        sheet.text(x + 5, bar + 13, said)
        if sheet.narrow:  # names stand over the bars, so the axis is drawn beside each
            sheet.line(f"M{_crisp(left)} {number(bar - 1)}v19", tone="axis")
    if not sheet.narrow:
        sheet.line(f"M{_crisp(left)} {number(top)}V{number(bottom)}", tone="axis")
    sheet.y = bottom + 22


def _name(sheet: Sheet, x: float, y: float, name: str, row: Row, weight: str) -> Markup:
    """Return the name of a row, on paper where lines run below it, with the whole name where it is shortened."""
    attributes = {"x": number(x), "y": number(y), "font_size": str(TEXT), "fill": sheet.theme.ink}
    if weight:
        attributes["font_weight"] = weight
    label = element("text", name, cls="c-ink", **attributes)
    paper: list[Markup] = []
    if sheet.narrow:
        paper.append(sheet.blank(x - 2, y - 13, ems(name) * TEXT + 4, 17))
    return element("g", *_whole(sheet, name, row), *paper, label)


def _whole(sheet: Sheet, name: str, row: Row) -> Iterator[Markup]:
    said = row.label.said(sheet.language)
    if name != said:
        yield element("title", said)


# ----------------------------------------------------------------------------------------------------------------- tree


def _tree(sheet: Sheet) -> None:
    rows = sheet.figures.drawn
    deepest = max(row.depth for row in rows)
    height = 22
    indent = max(4.0, min(26.0, (sheet.width - 2 * MARGIN) * 0.45 / max(deepest, 1)))
    top = sheet.y + 4
    middle = [top + height * at + height / 2 for at in range(len(rows))]
    path: list[int] = []
    below: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        del path[row.depth :]
        if path:
            below.setdefault(path[-1], []).append(at)
        path.append(at)
    for above, children in below.items():
        x = MARGIN + 6 + rows[above].depth * indent
        y = middle[above] + 5
        for place, at in enumerate(children):
            stated = any(not rows[one].inferred and rows[one].key for one in children[place:])
            sheet.line(f"M{_crisp(x)} {number(y)}V{_crisp(middle[at])}", tone="axis", dashes="" if stated else "3 3")
            dashes = "3 3" if rows[at].inferred else "" if rows[at].key else "1 3"
            sheet.line(f"M{_crisp(x)} {_crisp(middle[at])}h{number(indent - 6)}", tone="axis", dashes=dashes)
            y = middle[at]
    for at, row in enumerate(rows):
        x, y = MARGIN + 6 + row.depth * indent, middle[at]
        if not row.key:
            said = Words(f"+{row.hidden:,} 家", f"+{row.hidden:,} more").said(sheet.language)
            sheet.text(x - 2, y + 4.5, said, size=SMALL, tone="soft")
            continue
        count = row.values[0]
        tail = f"下级 {count:,}" if sheet.language == "zh" else f"{count:,} below"
        tail = f"+{row.hidden:,}" if row.hidden else tail
        room = (sheet.width - MARGIN - x - 12) / TEXT - (ems(tail) + 1 if count else 0)
        name = shortened(row.label.said(sheet.language), room) or "?"
        look = {"cx": number(x), "cy": number(y), "r": "4", "stroke": sheet.theme.dot, "stroke_width": "1.5"}
        kind, fill = ("dot", sheet.theme.dot) if count else ("leaf", sheet.theme.paper)
        attributes = {"x": number(x + 11), "y": number(y + 4.5), "font_size": str(TEXT), "fill": sheet.theme.ink}
        if not row.depth:
            attributes["font_weight"] = "700"
        soft = {"fill": sheet.theme.soft, "font_size": str(SMALL), "dx": "8", "font_weight": "400"}
        more = [element("tspan", tail, cls="c-soft", **soft)] if count else []
        label = element("text", name, *more, cls="c-ink", **attributes)
        dot = element("circle", cls=f"c-{kind}", fill=fill, **look)
        sheet.parts.append(element("g", *_whole(sheet, name, row), dot, label))
    sheet.y = top + height * len(rows) + 4


# -------------------------------------------------------------------------------------------------------------- helpers


def _crisp(value: float) -> str:
    """Put a line of one pixel onto a row of pixels."""
    return number(int(value) + 0.5)


def _hatch(kind: str, x: float, y: float, width: float, height: float) -> str:
    """Return lines across a rectangle as a path; drawn out, since not every program knows patterns."""
    match kind:
        case "rising":
            return _slanted(x, y, width, height, up=True)
        case "falling":
            return _slanted(x, y, width, height, up=False)
        case "crossed":
            return _slanted(x, y, width, height, up=True) + _slanted(x, y, width, height, up=False)
        case "level":
            count = int(height // 4)
            return "".join(f"M{number(x)} {number(y + 4 * at)}h{number(width)}" for at in range(1, count + 1))
        case _:
            return ""


def _slanted(x: float, y: float, width: float, height: float, *, up: bool) -> str:
    """Return lines at 45 degrees, cut at the edges of a rectangle."""
    gap = 5.0
    lines = []
    offset = gap
    while offset < width + height:
        ax, ay = (offset, 0.0) if offset <= width else (width, offset - width)
        bx, by = (0.0, offset) if offset <= height else (offset - height, height)
        if not up:
            ay, by = height - ay, height - by
        lines.append(f"M{number(x + ax)} {number(y + ay)}L{number(x + bx)} {number(y + by)}")
        offset += gap
    return "".join(lines)
