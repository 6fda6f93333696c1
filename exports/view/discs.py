"""Discs on a plane: pushed apart, put round a hub, packed, turned towards what they are tied to.

Only additions, multiplications, divisions and square roots of numpy, sums along the first axis and sums in the order
of an index: all of them give the same bits on every machine. So there is no angle anywhere; directions come from
halving the quarters of a circle again and again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Floats",
    "Ints",
    "directions",
    "enclosing",
    "even",
    "falls",
    "overlap",
    "pack",
    "rings",
    "separate",
    "squeeze",
]

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

PASSES = 10  # pushes between two searches for the pairs that are near each other
PATIENCE = 12  # searches before the limit gives way
DENSE = 200  # up to so many discs all pairs are looked at
CANDIDATES = 4096  # places that are looked at together when discs are packed
GREEDY = 150  # so many discs look for the best place between others, the smaller ones for one outside
ALIKE = 0.7  # of the radius of the largest disc that is left: which is next is a matter of ties
EXCHANGED = 60  # so many, the larger ones, may change places afterwards
SAME = 0.85  # of the radius of one another has at least, with which it does
SWEEPS = 6  # over all pairs of those
SIDES = 96  # from which they come
LARGE = 4  # discs so many times larger than the median are compared with all others one by one
MANY = 12000  # more discs are not given as much time to find their place
SWOLLEN = (1.3, 1.2, 1.1, 1.05, *[1.0] * 6)  # times its size that a disc is taken for, one after the other, to spread
SHRINK = 0.06  # of the radius of a group, at first, where it is made smaller
FULL = 0.7  # share of a disc that discs in it take where they are still easily moved
GOLDEN = 0.6180339887498949  # of a turn: points on a spiral that go on by it are evenly spread


def _compass() -> Floats:
    """Return 1,024 unit vectors round the circle, and the first one again."""
    quarter = np.array([[1.0, 0.0], [0.0, 1.0]])
    for _ in range(8):
        middle = quarter[:-1] + quarter[1:]
        middle /= np.sqrt(middle[:, :1] * middle[:, :1] + middle[:, 1:] * middle[:, 1:])
        halved = np.empty((len(quarter) + len(middle), 2))
        halved[::2], halved[1::2] = quarter, middle
        quarter = halved
    quarters = [quarter[:-1]]
    for _ in range(3):
        last = quarters[-1]
        quarters.append(np.stack([-last[:, 1], last[:, 0]], axis=1))
    return np.concatenate([*quarters, quarter[:1]])


COMPASS = _compass()


def directions(turns: Floats) -> tuple[Floats, Floats]:
    """Return unit vectors for turns, 0 to 1 for once round; only nearly evenly spread within one of 1,024 parts."""
    at = (turns - np.floor(turns)) * 1024
    low = np.minimum(np.floor(at), 1023).astype(np.int64)
    rest = at - low
    x = COMPASS[low, 0] * (1 - rest) + COMPASS[low + 1, 0] * rest
    y = COMPASS[low, 1] * (1 - rest) + COMPASS[low + 1, 1] * rest
    length = np.sqrt(x * x + y * y)
    return x / length, y / length


def rings(middle: float, radii: Sequence[float], *, side: bool = False) -> tuple[Floats, Floats, float]:
    """Put discs on rings round a disc of radius `middle` at (0, 0), the first of `radii` innermost.

    Returns where they are and the radius of it all. Give the larger ones first, or rings get too wide. With `side`
    those of a ring stand side by side rather than all round.
    """
    turns: list[float] = []
    away: list[float] = []
    edge, done, lap = middle, 0, 0
    while done < len(radii):
        size = radii[done]
        distance = edge + size
        room = _room(distance, size)
        count = min(len(radii) - done, room)
        start = 0.25 + 0.5 * (lap % 2) / count
        turns += [start + i / (room if side else count) for i in range(count)]
        away += [distance] * count
        edge, done, lap = edge + 2 * size, done + count, lap + 1
    x, y = directions(np.array(turns))
    distances = np.array(away)
    return x * distances, y * distances, edge


def _room(distance: float, size: float) -> int:
    """Return how many discs of one size fit on a ring of this radius."""
    count = max(1, math.floor(3.1415926 * distance / size))
    while count > 1:
        x, y = directions(np.array([1.0 / count]))
        dx, dy = float(x[0]) - 1.0, float(y[0])
        if math.sqrt(dx * dx + dy * dy) * distance >= 2.0002 * size:
            break
        count -= 1
    return count


def _near(x: Floats, y: Floats, radii: Floats, reach: float) -> tuple[Ints, Ints]:
    """Return the pairs of discs less than `reach` apart, first ends sorted; linear where few are much larger."""
    count = len(x)
    usual = LARGE * float(np.sort(radii)[count // 2]) if count > DENSE else -1.0
    small = np.nonzero(radii <= usual)[0]
    large = np.nonzero(radii > usual)[0]
    firsts: list[Ints] = []
    seconds: list[Ints] = []
    for one in large.tolist():  # against all that are small, and the large ones behind it
        dx, dy, room = x - x[one], y - y[one], radii + (radii[one] + reach)
        hit = (dx * dx + dy * dy < room * room) & ((radii <= usual) | (np.arange(count) > one))
        others = np.nonzero(hit)[0]
        firsts.append(np.full(len(others), one, dtype=np.int64))
        seconds.append(others)
    if len(small):
        width = 2 * float(radii[small].max()) + reach
        column = np.floor((x[small] - x[small].min()) / width).astype(np.int64)
        row = np.floor((y[small] - y[small].min()) / width).astype(np.int64)
        columns = int(column.max()) + 3
        cell = row * columns + column
        order = np.argsort(cell, kind="stable")
        cell, small = cell[order], small[order]
        for step in (0, 1, columns - 1, columns, columns + 1):
            low = np.searchsorted(cell, cell + step, side="left")
            high = np.searchsorted(cell, cell + step, side="right")
            if step == 0:
                low = np.arange(1, len(cell) + 1)
            much = np.maximum(high - low, 0)
            first = np.repeat(np.arange(len(cell)), much)
            second = np.arange(len(first)) - np.repeat(np.cumsum(much) - much, much) + np.repeat(low, much)
            a, b = small[first], small[second]
            dx, dy, room = x[a] - x[b], y[a] - y[b], radii[a] + radii[b] + reach
            hit = dx * dx + dy * dy < room * room
            firsts.append(a[hit])
            seconds.append(b[hit])
    return np.concatenate(firsts), np.concatenate(seconds)


def overlap(x: Floats, y: Floats, radii: Floats) -> float:
    """Return how far the two discs that overlap most do so; 0 where none do."""
    first, second = _near(x, y, radii, 0.0)
    if not len(first):
        return 0.0
    dx, dy = x[second] - x[first], y[second] - y[first]
    return max(0.0, float((radii[first] + radii[second] - np.sqrt(dx * dx + dy * dy)).max()))


def separate(x: Floats, y: Floats, radii: Floats, limit: float, *, tolerance: float) -> tuple[Floats, Floats]:
    """Push discs apart until none overlap by more than `tolerance`, as long as possible within `limit` of (0, 0)."""
    x, y = x.copy(), y.copy()
    count = len(x)
    if count < 2:
        return x, y
    typical = float(np.sort(radii)[count // 2])
    mass = radii * radii
    for search in range(10 * PATIENCE):
        first, second = _near(x, y, radii, typical)
        touch = radii[first] + radii[second]
        share = mass[second] / (mass[first] + mass[second])
        if not len(first) or float((touch - _apart(x, y, first, second)).max()) <= tolerance:
            return x, y
        for _ in range(PASSES):
            if not _push(x, y, first, second, touch, share):
                break
            _hold(x, y, radii, limit)
        if search >= PATIENCE:
            limit *= 1.02
    while overlap(x, y, radii) > tolerance:  # stuck: more room for everything
        x *= 1.03
        y *= 1.03
    return x, y


def _apart(x: Floats, y: Floats, first: Ints, second: Ints) -> Floats:
    """Return the distances of pairs of centres."""
    dx, dy = x[second] - x[first], y[second] - y[first]
    return np.sqrt(dx * dx + dy * dy)


def _push(x: Floats, y: Floats, first: Ints, second: Ints, touch: Floats, share: Floats) -> bool:
    """Move pairs that are nearer than `touch` apart, the first by its share; return whether there were any."""
    dx, dy = x[second] - x[first], y[second] - y[first]
    distance = np.sqrt(dx * dx + dy * dy)
    over = touch - distance
    hit = np.nonzero(over > 0)[0]
    if not len(hit):
        return False
    same = distance[hit] < 1e-9  # two in one place: any direction will do, so long as it is always the same
    gone = np.where(same, 1.0, distance[hit])
    push = 0.8 * over[hit]
    ux = np.where(same, 1.0, dx[hit] / gone) * push
    uy = np.where(same, 0.5, dy[hit] / gone) * push
    one, two, part = first[hit], second[hit], share[hit]
    x += np.bincount(two, (1 - part) * ux, len(x)) - np.bincount(one, part * ux, len(x))
    y += np.bincount(two, (1 - part) * uy, len(x)) - np.bincount(one, part * uy, len(x))
    return True


def _hold(x: Floats, y: Floats, radii: Floats, limit: Floats | float, wide: float = 1.0) -> None:
    """Move what stands out of the disc of radius `limit` round (0, 0), stretched by `wide`, back into it."""
    sx, sy = x / wide, y * wide
    away = np.sqrt(sx * sx + sy * sy)
    most = np.maximum(limit - radii, 0.0)
    back = np.where(away > most, most / np.maximum(away, 1e-9), 1.0)
    x *= back
    y *= back


def squeeze(
    x: Floats, y: Floats, radii: Floats, group: Ints, *, tolerance: float, aspect: float = 1.0
) -> tuple[Floats, Floats]:
    """Move the discs of each group nearer together, round (0, 0), as long as they can be pushed apart again.

    `group` numbers groups from 0, each of which has a plane of its own. Groups are worked on together, since numpy
    takes as long for a few numbers as for a thousand.
    """
    x, y = x.copy(), y.copy()
    groups = int(group.max()) + 1
    wide = math.sqrt(aspect)
    step = np.full(groups, SHRINK)
    reach = np.zeros(groups)
    np.maximum.at(reach, group, np.sqrt(x * x / (wide * wide) + y * y * (wide * wide)) + radii)
    goal = np.sqrt(np.bincount(group, radii * radii, groups) / FULL)
    np.maximum.at(goal, group, radii)
    while True:
        active = (step > SHRINK / 5) & (reach > goal * (1 + SHRINK / 5))
        some = np.nonzero(active[group])[0]
        if not len(some):
            return x, y
        mine, room = group[some], radii[some]
        searches = 3 if len(some) > MANY else 12
        wanted = np.maximum(reach * (1 - step), goal)
        scale, limit = (wanted / reach)[mine], wanted[mine]
        tx, ty = x[some] * scale, y[some] * scale
        worst = _settle(tx, ty, room, mine, limit, wide, [1.0] * searches)
        fits = worst <= tolerance
        kept = fits[mine]
        x[some[kept]], y[some[kept]] = tx[kept], ty[kept]
        fits = np.concatenate([fits, np.zeros(groups - len(fits), dtype=bool)])
        reach = np.where(active & fits, wanted, reach)
        step = np.where(active & ~fits, step / 2, step)


def even(x: Floats, y: Floats, radii: Floats, group: Ints, *, tolerance: float) -> tuple[Floats, Floats]:
    """Let the discs of each group spread over the disc round it, so that what is crowded moves into what is empty.

    A group that would end with discs overlapping by more than `tolerance` stays as it is.
    """
    groups = int(group.max()) + 1
    reach = np.zeros(groups)
    np.maximum.at(reach, group, np.sqrt(x * x + y * y) + radii)
    tx, ty = x.copy(), y.copy()
    worst = _settle(tx, ty, radii, group, reach[group], 1.0, SWOLLEN)
    fits = (worst <= tolerance)[group]
    return np.where(fits, tx, x), np.where(fits, ty, y)


def _settle(
    x: Floats, y: Floats, radii: Floats, group: Ints, limit: Floats, wide: float, swollen: Sequence[float]
) -> Floats:
    """Push the discs of groups apart, each within its limit, as if they were so many times as large, one time after the
    other; return how far discs overlap at most in each group.
    """
    pitch = 4 * float(limit.max())
    mass = radii * radii
    reach = float(np.sort(radii)[len(radii) // 2])
    worst = np.zeros(int(group.max()) + 1)
    for factor in swollen:
        first, second = _near(x + pitch * group, y, radii * factor, reach)
        touch = (radii[first] + radii[second]) * factor
        share = mass[second] / (mass[first] + mass[second])
        for _ in range(PASSES):
            if not _push(x, y, first, second, touch, share):
                break
            _hold(x, y, radii, limit, wide)
    first, second = _near(x + pitch * group, y, radii, 0.0)
    np.maximum.at(worst, group[first], radii[first] + radii[second] - _apart(x, y, first, second))
    return worst


def enclosing(x: Floats, y: Floats, radii: Floats) -> tuple[float, float, float]:
    """Return about the smallest disc round some discs: its centre and radius (Badoiu and Clarkson 2003)."""
    cx = float((x.min() + x.max()) / 2)
    cy = float((y.min() + y.max()) / 2)
    best = (math.inf, cx, cy)
    for step in range(1, 60):
        dx, dy = x - cx, y - cy
        distance = np.sqrt(dx * dx + dy * dy)
        reach = distance + radii
        far = int(np.argmax(reach))
        best = min(best, (float(reach[far]), cx, cy))
        if distance[far] <= 0:
            break
        shift = float(reach[far] / distance[far]) / (step + 4)
        cx += float(dx[far]) * shift
        cy += float(dy[far]) * shift
    radius, cx, cy = best
    return cx, cy, radius


def pack(
    radii: Floats, ties: Sequence[tuple[int, int, float]], *, tolerance: float, aspect: float = 1.0
) -> tuple[Floats, Floats]:
    """Put discs beside each other, those that are tied near each other; (0, 0) is about the middle.

    They overlap by no more than `tolerance`. The largest goes first; each next one where it touches two others, near the middle and near what it is tied to.
    Where there are many, the smaller ones fall on the rest, each from the side from which it comes to lie best. `ties`
    are pairs of discs with a weight, `aspect` is the width of the whole for a height of 1.
    """
    count = len(radii)
    x, y = np.zeros(count), np.zeros(count)
    order = _order(radii, ties)
    rank = {one: i for i, one in enumerate(order)}
    size = radii[order]
    tied: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for a, b, weight in ties:
        a, b = sorted((rank[a], rank[b]))
        if a != b:
            tied[b].append((a, weight))
    wide = math.sqrt(aspect)
    for i in range(1, count):
        greedy = i < GREEDY
        cx, cy = (_places if greedy else falls)(x[:i], y[:i], size[:i], float(size[i]))
        sx, sy = cx / wide, cy * wide
        cost = np.sqrt(sx * sx + sy * sy)
        total = sum(weight for _, weight in tied[i])
        for a, weight in sorted(tied[i]):
            dx, dy = (cx - x[a]) / wide, (cy - y[a]) * wide
            cost = cost + (weight / total) * np.sqrt(dx * dx + dy * dy)
        ranked = np.argsort(cost, kind="stable")
        for start in range(0, len(cost), CANDIDATES):
            some = ranked[start : start + CANDIDATES]
            free = np.ones(len(some), dtype=bool)
            for j in range(i if greedy else 0):
                dx, dy, room = cx[some] - x[j], cy[some] - y[j], (size[i] + size[j]) * (1 - 1e-9)
                free &= dx * dx + dy * dy >= room * room
            found = np.nonzero(free)[0]
            if len(found):
                x[i], y[i] = cx[some[found[0]]], cy[some[found[0]]]
                break
    if _exchange(x, y, size, tied, wide):
        x, y = separate(x, y, size, math.inf, tolerance=tolerance)
    back = [rank[i] for i in range(count)]
    return x[back], y[back]


def _exchange(x: Floats, y: Floats, size: Floats, tied: Sequence[Sequence[tuple[int, float]]], wide: float) -> bool:
    """Exchange discs of about the same size where their ties get shorter; return whether any were, and may overlap."""
    count = min(len(x), EXCHANGED)
    near: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for b in range(count):
        for a, weight in tied[b]:
            near[a].append((b, weight))
            near[b].append((a, weight))
    at = list(zip((x[:count] / wide).tolist(), (y[:count] * wide).tolist(), strict=True))
    radii = size[:count].tolist()

    def cost(one: int, place: tuple[float, float], other: int) -> float:
        total = 0.0
        for a, weight in near[one]:
            if a != other:
                dx, dy = at[a][0] - place[0], at[a][1] - place[1]
                total += weight * math.sqrt(dx * dx + dy * dy)
        return total

    ever = False
    for _ in range(SWEEPS):
        better = False
        for i in range(count):
            for j in range(i + 1, count):
                if radii[j] < SAME * radii[i]:
                    continue
                before = cost(i, at[i], j) + cost(j, at[j], i)
                if cost(i, at[j], j) + cost(j, at[i], i) < 0.999 * before:
                    at[i], at[j] = at[j], at[i]
                    x[[i, j]], y[[i, j]] = x[[j, i]], y[[j, i]]
                    better = ever = True
        if not better:
            break
    return ever


def _order(radii: Floats, ties: Sequence[tuple[int, int, float]]) -> list[int]:
    """Return in which order to pack discs: the larger first, of about one size the one most tied to those before."""
    count = len(radii)
    near: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for a, b, weight in ties:
        near[a].append((b, weight))
        near[b].append((a, weight))
    size = radii.tolist()
    left = sorted(range(count), key=lambda i: (-size[i], i))
    pull = [0.0] * count
    order: list[int] = []
    while left and len(order) < GREEDY:
        alike = [i for i in left if size[i] >= ALIKE * size[left[0]]]
        chosen = min(alike, key=lambda i: (-pull[i], -size[i], i))
        left.remove(chosen)
        order.append(chosen)
        for other, weight in sorted(near[chosen]):
            pull[other] += weight
    return order + left


def falls(x: Floats, y: Floats, size: Floats, radius: float) -> tuple[Floats, Floats]:
    """Return where a disc comes to rest on others if it falls towards (0, 0), from the right and from other sides."""
    ux, uy = directions(np.arange(SIDES, dtype=np.float64) / SIDES)
    along = x[:, None] * ux + y[:, None] * uy
    aside = x[:, None] * uy - y[:, None] * ux
    reach = (size + radius)[:, None]
    square = reach * reach - aside * aside
    stop = np.where(square > 0, along + np.sqrt(np.maximum(square, 0.0)), 0.0)
    away = np.maximum(stop.max(axis=0), 0.0)
    return ux * away, uy * away


def _places(x: Floats, y: Floats, size: Floats, radius: float) -> tuple[Floats, Floats]:
    """Return where a disc touches two others, and some places where it touches one."""
    reach = size + radius
    ux, uy = directions(np.arange(12) / 12)
    xs = [(x[:, None] + reach[:, None] * ux).ravel()]
    ys = [(y[:, None] + reach[:, None] * uy).ravel()]
    if len(x) > 1:
        a, b = np.triu_indices(len(x), 1)
        dx, dy = x[b] - x[a], y[b] - y[a]
        square = dx * dx + dy * dy
        near = np.nonzero(square < (reach[a] + reach[b]) * (reach[a] + reach[b]))[0]
        a, b, dx, dy, square = a[near], b[near], dx[near], dy[near], square[near]
        along = (square + reach[a] * reach[a] - reach[b] * reach[b]) / (2 * square)
        aside = np.sqrt(np.maximum(reach[a] * reach[a] / square - along * along, 0.0))
        for sign in (1.0, -1.0):
            xs.append(x[a] + along * dx - sign * aside * dy)
            ys.append(y[a] + along * dy + sign * aside * dx)
    return np.concatenate(xs), np.concatenate(ys)
