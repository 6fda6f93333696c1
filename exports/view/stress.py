"""Where nodes go: positions computed beforehand, so that a picture opens laid out and never moves by itself.

Three steps, each plain arithmetic and square roots, in a fixed order, so that the same graph gives the same numbers
everywhere: distances in the graph become distances on paper (stress, by stochastic gradient descent with pivots for
larger components); boxes of nodes with their labels are pushed apart; components are packed into one sheet.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Box", "layout"]

EXACT = 220  # up to so many nodes every pair is a term of the stress, above it pivots stand for the others
PIVOTS = 48
ROUNDS = 24  # passes over all terms
COOLING = 0.69  # how much shorter the steps are in the next pass
SETTLE = 12  # times that edges pull together and boxes push apart
PUSHES = 160  # the most passes that push boxes apart; it stops at the first in which none overlap
ROOM = 1.7  # area of a component's sheet before pushing, in areas of its boxes
GOLDEN_COS, GOLDEN_SIN = -0.7373688780783197, 0.6754902942615238  # the golden angle, spreads points evenly
GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class Box:
    """The room a node needs with its label, gap included; positions are those of box centres."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A laid out component: the corner of everything is at (0, 0)."""

    width: float
    height: float
    positions: dict[str, tuple[float, float]]


def layout(
    boxes: Mapping[str, Box], edges: Iterable[tuple[str, str]], *, aspect: float = 1.4
) -> dict[str, tuple[float, float]]:
    """Return the centre of each box, without overlaps, on a sheet about `aspect` times as wide as high.

    Neither the order of `boxes` nor that of `edges` matters.
    """
    names = sorted(boxes)
    neighbours: dict[str, set[str]] = {name: set() for name in names}
    for source, target in edges:
        if source != target:
            neighbours[source].add(target)
            neighbours[target].add(source)
    sheets = [
        _component(component, neighbours, boxes, aspect=aspect)
        for component in _components(names, neighbours)
        if len(component) > 1
    ]
    alone = [name for name in names if not neighbours[name]]
    area = sum(sheet.width * sheet.height for sheet in sheets)
    if alone:
        width = max(math.sqrt(area * aspect), math.sqrt(sum(boxes[n].width * boxes[n].height for n in alone) * aspect))
        sheets.append(_rows(alone, boxes, width))
    return _pack(sheets, aspect=aspect)


def _components(names: Sequence[str], neighbours: Mapping[str, set[str]]) -> list[list[str]]:
    """Return connected components, largest first, each sorted."""
    seen: set[str] = set()
    found: list[list[str]] = []
    for name in names:
        if name in seen:
            continue
        seen.add(name)
        component, queue = [name], [name]
        while queue:
            for neighbour in neighbours[queue.pop()]:
                if neighbour not in seen:
                    seen.add(neighbour)
                    component.append(neighbour)
                    queue.append(neighbour)
        found.append(sorted(component))
    return sorted(found, key=lambda component: (-len(component), component[0]))


def _component(
    names: Sequence[str], neighbours: Mapping[str, set[str]], boxes: Mapping[str, Box], *, aspect: float
) -> Sheet:
    """Lay out one component of two nodes or more."""
    index = {name: i for i, name in enumerate(names)}
    adjacent = [sorted(index[other] for other in neighbours[name]) for name in names]
    room = [boxes[name] for name in names]
    lengths = [
        [math.sqrt(1.0 + 0.3 * (min(len(adjacent[i]), len(adjacent[j])) - 1)) for j in adjacent[i]]
        for i in range(len(names))
    ]
    xs, ys = _spread(len(names), adjacent)
    _stress(xs, ys, _terms(adjacent, lengths))
    _turn(xs, ys)
    _scale(xs, ys, room, aspect)
    _settle(xs, ys, adjacent, room)
    left = min(x - box.width / 2 for x, box in zip(xs, room, strict=True))
    top = min(y - box.height / 2 for y, box in zip(ys, room, strict=True))
    right = max(x + box.width / 2 for x, box in zip(xs, room, strict=True))
    bottom = max(y + box.height / 2 for y, box in zip(ys, room, strict=True))
    positions = {name: (xs[i] - left, ys[i] - top) for i, name in enumerate(names)}
    return Sheet(right - left, bottom - top, positions)


def _spread(count: int, adjacent: Sequence[Sequence[int]]) -> tuple[list[float], list[float]]:
    """Put nodes on a sunflower, best connected in the middle and neighbours near each other."""
    start = max(range(count), key=lambda i: (len(adjacent[i]), -i))
    order, seen = [start], {start}
    for node in order:
        for other in adjacent[node]:
            if other not in seen:
                seen.add(other)
                order.append(other)
    xs, ys = [0.0] * count, [0.0] * count
    cos, sin = 1.0, 0.0
    for rank, node in enumerate(order):
        radius = math.sqrt(rank)
        xs[node], ys[node] = radius * cos, radius * sin
        cos, sin = cos * GOLDEN_COS - sin * GOLDEN_SIN, cos * GOLDEN_SIN + sin * GOLDEN_COS
    return xs, ys


def _distances(start: int, adjacent: Sequence[Sequence[int]], lengths: Sequence[Sequence[float]]) -> list[float]:
    """Return the length of the shortest way from `start` to every node of its component."""
    distances = [math.inf] * len(adjacent)
    distances[start] = 0.0
    queue = [(0.0, start)]
    while queue:
        distance, node = heapq.heappop(queue)
        if distance > distances[node]:
            continue
        for other, length in zip(adjacent[node], lengths[node], strict=True):
            candidate = distance + length
            if candidate < distances[other]:
                distances[other] = candidate
                heapq.heappush(queue, (candidate, other))
    return distances


def _weight(distance: float) -> float:
    """Return how much a distance matters: near ones more."""
    return 1.0 / (distance * distance)


Term = tuple[int, int, float, float, float]  # two nodes, the distance wanted, how much the first and the second yield


def _terms(adjacent: Sequence[Sequence[int]], lengths: Sequence[Sequence[float]]) -> list[Term]:
    """Return what the stress is made of: each pair, or in a large component each edge and each node with each pivot."""
    count = len(adjacent)
    if count <= EXACT:
        terms: list[Term] = []
        for i in range(count - 1):
            distances = _distances(i, adjacent, lengths)
            terms.extend(
                (i, j, distances[j], _weight(distances[j]), _weight(distances[j])) for j in range(i + 1, count)
            )
        return terms
    terms = [
        (i, j, length, _weight(length), _weight(length))
        for i in range(count)
        for j, length in zip(adjacent[i], lengths[i], strict=True)
        if i < j
    ]
    pivots = [max(range(count), key=lambda i: (len(adjacent[i]), -i))]
    tables = [_distances(pivots[0], adjacent, lengths)]
    nearest = list(tables[0])
    region = [0] * count
    while len(pivots) < PIVOTS:  # the farthest from all pivots so far
        pivots.append(max(range(count), key=lambda i: (nearest[i], -i)))
        tables.append(_distances(pivots[-1], adjacent, lengths))
        for i, distance in enumerate(tables[-1]):
            if distance < nearest[i]:
                nearest[i], region[i] = distance, len(pivots) - 1
    for p, pivot in enumerate(pivots):
        table = tables[p]
        members = sorted(table[i] for i in range(count) if region[i] == p)
        linked = set(adjacent[pivot])
        for i in range(count):
            if i == pivot or i in linked:
                continue
            # A pivot stands for the nodes of its region, but only for those on its side as seen from here.
            stands_for = sum(1 for distance in members if distance <= table[i] / 2)
            terms.append((i, pivot, table[i], max(1, stands_for) * _weight(table[i]), 0.0))
    return terms


def _stress(xs: list[float], ys: list[float], terms: Sequence[Term]) -> None:
    """Move nodes until their distances on paper are near those in the graph (Zheng, Pawar and Goodman 2018)."""
    step = 1.0 / min(yield_i for *_, yield_i, _ in terms)
    last = 0.05 / max(yield_i for *_, yield_i, _ in terms)
    count = len(terms)
    for round_number in range(ROUNDS):
        # Each pass visits all terms in another well-mixed order: a stride without a common divisor with the count.
        stride = max(1, int(count * (GOLDEN + round_number / (3 * ROUNDS)))) % count or 1
        while math.gcd(stride, count) != 1:
            stride += 1
        at = round_number % count
        for _ in range(count):
            i, j, wanted, yield_i, yield_j = terms[at]
            at = (at + stride) % count
            dx, dy = xs[i] - xs[j], ys[i] - ys[j]
            distance = math.sqrt(dx * dx + dy * dy) or 1e-9
            pull = (wanted - distance) / (2 * distance)
            move = pull * min(1.0, yield_i * step)
            xs[i] += move * dx
            ys[i] += move * dy
            if yield_j:
                move = pull * min(1.0, yield_j * step)
                xs[j] -= move * dx
                ys[j] -= move * dy
        step = max(last, step * COOLING)


def _turn(xs: list[float], ys: list[float]) -> None:
    """Turn everything around its centre so that it is widest from left to right."""
    count = len(xs)
    mid_x, mid_y = sum(xs) / count, sum(ys) / count
    for i in range(count):
        xs[i] -= mid_x
        ys[i] -= mid_y
    xx, yy = sum(x * x for x in xs), sum(y * y for y in ys)
    xy = sum(x * y for x, y in zip(xs, ys, strict=True))
    largest = (xx + yy + math.sqrt((xx - yy) ** 2 + 4 * xy * xy)) / 2
    ax, ay = (largest - yy, xy) if xx >= yy else (xy, largest - xx)  # the axis along which it is widest
    length = math.sqrt(ax * ax + ay * ay)
    if length < 1e-9:
        return
    ax, ay = ax / length, ay / length
    for i in range(count):
        xs[i], ys[i] = xs[i] * ax + ys[i] * ay, ys[i] * ax - xs[i] * ay


def _scale(xs: list[float], ys: list[float], room: Sequence[Box], aspect: float) -> None:
    """Give the component about the area its boxes need, halfway to the shape asked for."""
    width = (max(xs) - min(xs)) or 1.0
    height = (max(ys) - min(ys)) or 1.0
    area = ROOM * sum(box.width * box.height for box in room)
    bend = min(1.5, max(0.67, math.sqrt(aspect * height / width)))
    scale = math.sqrt(area / (width * height)) if len(xs) > 3 else math.sqrt(area) / max(width, height)
    for i in range(len(xs)):
        xs[i] *= scale * math.sqrt(bend)
        ys[i] *= scale / math.sqrt(bend)


def _settle(xs: list[float], ys: list[float], adjacent: Sequence[Sequence[int]], room: Sequence[Box]) -> None:
    """Let edges pull their ends together and boxes push each other apart, pushing last."""
    typical = math.sqrt(sum(box.width * box.height for box in room) / len(room))
    for turn in range(SETTLE):
        strength = 0.12 * (1 - turn / SETTLE)
        for i, others in enumerate(adjacent):
            for j in others:
                if j <= i:
                    continue
                dx, dy = xs[i] - xs[j], ys[i] - ys[j]
                distance = math.sqrt(dx * dx + dy * dy) or 1e-9
                if distance > 1.4 * typical:
                    pull = strength * (distance - 1.4 * typical) / distance
                    share = len(adjacent[j]) / (len(adjacent[i]) + len(adjacent[j]))  # the better connected moves less
                    xs[i] -= pull * share * dx
                    ys[i] -= pull * share * dy
                    xs[j] += pull * (1 - share) * dx
                    ys[j] += pull * (1 - share) * dy
        _push_apart(xs, ys, room, passes=10)
    _push_apart(xs, ys, room, passes=PUSHES)
    stretch = 1.03
    while _push_apart(xs, ys, room, passes=PUSHES):  # what is left is stuck: give everything a little more room
        for i in range(len(xs)):
            xs[i] *= stretch
            ys[i] *= stretch


def _push_apart(xs: list[float], ys: list[float], room: Sequence[Box], *, passes: int) -> bool:
    """Push overlapping boxes apart, the way that is shorter for their size; return whether some still overlap."""
    wide = max(box.width for box in room)
    high = max(box.height for box in room)
    for _ in range(passes):
        cells: dict[tuple[int, int], list[int]] = {}
        for i in range(len(xs)):
            cells.setdefault((math.floor(xs[i] / wide), math.floor(ys[i] / high)), []).append(i)
        moved = False
        for (column, row), members in cells.items():
            near = [
                j
                for cell in ((column, row + 1), (column + 1, row - 1), (column + 1, row), (column + 1, row + 1))
                for j in cells.get(cell, ())
            ]
            for rank, i in enumerate(members):
                box = room[i]
                for j in (*members[rank + 1 :], *near):
                    dx = xs[j] - xs[i]
                    over_x = (box.width + room[j].width) / 2 - abs(dx)
                    if over_x <= 1e-6:
                        continue
                    dy = ys[j] - ys[i]
                    over_y = (box.height + room[j].height) / 2 - abs(dy)
                    if over_y <= 1e-6:
                        continue
                    moved = True
                    if over_x * high < over_y * wide:
                        shift = math.copysign(over_x / 2 + 1e-3, dx or j - i)
                        xs[i] -= shift
                        xs[j] += shift
                    else:
                        shift = math.copysign(over_y / 2 + 1e-3, dy or j - i)
                        ys[i] -= shift
                        ys[j] += shift
        if not moved:
            return False
    return True


def _rows(names: Sequence[str], boxes: Mapping[str, Box], width: float) -> Sheet:
    """Put nodes without any edge into rows no wider than `width`."""
    positions: dict[str, tuple[float, float]] = {}
    x = y = high = widest = 0.0
    for name in names:
        box = boxes[name]
        if x > 0 and x + box.width > width:
            x, y, high = 0.0, y + high, 0.0
        positions[name] = (x + box.width / 2, y + box.height / 2)
        x, high = x + box.width, max(high, box.height)
        widest = max(widest, x)
    return Sheet(widest, y + high, positions)


def _pack(sheets: Sequence[Sheet], *, aspect: float) -> dict[str, tuple[float, float]]:
    """Put sheets beside and below each other, each where the whole stays smallest; the origin is the middle."""
    placed: list[tuple[float, float, Sheet]] = []
    corners = [(0.0, 0.0)]
    wide = high = 0.0
    for sheet in sheets:
        choices: list[tuple[float, float, float, float]] = []
        for x, y in corners:
            right, bottom = x + sheet.width, y + sheet.height
            if not any(
                x < px + other.width and px < right and y < py + other.height and py < bottom
                for px, py, other in placed
            ):
                choices.append((max(max(wide, right) / aspect, max(high, bottom)), y + x / aspect, x, y))
        *_, x, y = min(choices)  # below everything there is always room
        placed.append((x, y, sheet))
        corners += [(x + sheet.width, y), (x, y + sheet.height), (x + sheet.width, 0.0), (0.0, y + sheet.height)]
        wide, high = max(wide, x + sheet.width), max(high, y + sheet.height)
    return {
        name: (left + x - wide / 2, top + y - high / 2)
        for left, top, sheet in placed
        for name, (x, y) in sheet.positions.items()
    }
