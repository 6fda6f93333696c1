"""Where the nodes of a whole graph go: districts are discs, in each of them communities, in each of them nodes.

1. Nodes are parted by district (`exports.view.regions`), those of a district into communities
   (`exports.view.communities`).
2. In a community, a node that has but one neighbour stands with others of its kind on rings round that neighbour. What
   is left is laid out by forces (Fruchterman and Reingold 1991), charged by the room each needs, spread evenly over a
   disc, and pushed apart until nothing overlaps.
3. Discs are packed, communities in a district and districts on the sheet, near to what they have facts in common with,
   and turned so that such ties are short.

The same graph gives the same numbers everywhere: nodes and edges are taken in the order of keys, nothing is drawn by
lot, and arithmetic is that of `exports.view.discs`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exports.view.communities import SMALL, Edge, partition
from exports.view.discs import GOLDEN, Floats, Ints, directions, enclosing, even, falls, pack, rings, separate, squeeze

__all__ = ["Plan", "Region", "plan"]

GAP = 0.9  # between two nodes, in radii of a typical node
STAR = 3  # so many nodes with one neighbour only go on rings round it
STEPS = 90  # of the forces
BLOCK = 192  # nodes whose forces are summed up together, so that the arrays stay in the cache of the processor
FULL = 0.66  # share of a community's disc that its nodes take with their gaps
EVEN = 0.75  # how much of its own distance from the middle a node gives up for an even spread
PULL = 0.3  # of the middle, beside the push of all others
TURNS = 3  # times that discs are turned towards each other


@dataclass(frozen=True, slots=True)
class Region:
    """A disc of the picture, and who is in it.

    `name` is the key of a district, "" for what is in none, and for a community that of its district, a slash and a
    number; `members` are keys of nodes, those in most edges first. A community's `parent` is the place of its district
    in `Plan.districts`, that of a district is -1.
    """

    name: str
    members: tuple[str, ...]
    x: float
    y: float
    radius: float
    parent: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The centre of each node, in the units of the radii given, y downwards and (0, 0) in the middle; and the discs."""

    positions: dict[str, tuple[float, float]]
    communities: tuple[Region, ...]
    districts: tuple[Region, ...]


def plan(
    sizes: Mapping[str, float],
    edges: Iterable[tuple[str, str]],
    districts: Mapping[str, str],
    *,
    aspect: float = 1.4,
) -> Plan:
    """Return where nodes go: `sizes` are their radii, `districts` the key of the district of each, where it is known.

    Both ends of an edge have to be in `sizes`; KeyError else. Nodes do not overlap, nor do the discs of communities,
    nor those of districts; each disc holds what is in it. The sheet is about `aspect` times as wide as high. The order
    in which anything is given does not matter.
    """
    names = sorted(sizes)
    if not names:
        return Plan({}, (), ())
    return _Sheet(names, sizes, edges, districts).plan(aspect)


class _Sheet:
    """One sheet in the making; nodes are numbers in the order of their keys."""

    def __init__(
        self,
        names: Sequence[str],
        sizes: Mapping[str, float],
        edges: Iterable[tuple[str, str]],
        districts: Mapping[str, str],
    ) -> None:
        self.names = names
        count = len(names)
        self.radii = np.array([sizes[name] for name in names], dtype=np.float64)
        index = {name: i for i, name in enumerate(names)}
        codes = sorted(min(a, b) * count + max(a, b) for a, b in ((index[u], index[v]) for u, v in edges) if a != b)
        unique, weights = np.unique(np.array(codes, dtype=np.int64), return_counts=True)
        self.ends: Ints = np.stack([unique // count, unique % count])
        self.weights: Ints = weights.astype(np.int64)
        self.degree = np.bincount(self.ends.ravel(), np.concatenate([weights, weights]), count)
        keys = [districts.get(name, "") for name in names]
        self.keys = sorted(set(keys))
        number = {key: i for i, key in enumerate(self.keys)}
        self.district = np.array([number[key] for key in keys], dtype=np.int64)
        self.typical = float(np.sort(self.radii)[count // 2]) or 1.0
        self.gap = GAP * self.typical
        self.x, self.y = np.zeros(count), np.zeros(count)  # from the centre of the community

    def plan(self, aspect: float) -> Plan:
        """Lay out, from the inside outwards."""
        groups: list[Ints] = []
        parents: list[int] = []
        for number, (nodes, edges) in enumerate(self._by_district()):
            for part, loose, inner in _parted(len(nodes), edges):
                self._community(nodes, part, loose, inner)
                groups.append(nodes[[*part, *(node for piece in loose for node in piece)]])
                parents.append(number)
        community = np.zeros(len(self.names), dtype=np.int64)
        for i, nodes in enumerate(groups):
            community[nodes] = i
            self._centre(nodes)
        room = self.radii + self.gap / 2
        self.x, self.y = squeeze(self.x, self.y, room, community, tolerance=self.gap / 8)
        for nodes in groups:
            self._centre(nodes)
        self.x, self.y = even(self.x, self.y, room, community, tolerance=self.gap / 8)
        radii = np.array([self._centre(nodes) for nodes in groups])
        return self._packed(groups, np.array(parents, dtype=np.int64), community, radii, aspect)

    def _centre(self, nodes: Ints) -> float:
        """Move nodes so that the disc round them is round (0, 0), and return its radius."""
        cx, cy, radius = enclosing(self.x[nodes], self.y[nodes], self.radii[nodes])
        self.x[nodes] -= cx
        self.y[nodes] -= cy
        return radius

    def _by_district(self) -> list[tuple[Ints, list[Edge]]]:
        """Return the nodes of each district, and the edges between them by their places in it."""
        order = np.argsort(self.district, kind="stable")
        bounds = np.searchsorted(self.district[order], np.arange(len(self.keys) + 1))
        place = np.zeros(len(order), dtype=np.int64)
        place[order] = np.arange(len(order)) - bounds[self.district[order]]
        a, b = self.ends
        inner = np.nonzero(self.district[a] == self.district[b])[0]
        inner = inner[np.argsort(self.district[a[inner]], kind="stable")]
        cut = np.searchsorted(self.district[a[inner]], np.arange(len(self.keys) + 1))
        rows = np.stack([place[a[inner]], place[b[inner]], self.weights[inner]], axis=1).tolist()
        return [
            (order[bounds[i] : bounds[i + 1]], [(one, two, weight) for one, two, weight in rows[cut[i] : cut[i + 1]]])
            for i in range(len(self.keys))
        ]

    # ------------------------------------------------------------------------------------------- inside communities

    def _community(
        self, nodes: Ints, part: Sequence[int], loose: Sequence[Sequence[int]], edges: Sequence[Edge]
    ) -> None:
        """Lay out a community: `part`, which hangs together, and loose pieces, both by places in `nodes`."""
        degree = Counter(end for a, b, _ in edges for end in (a, b))
        clumps = _stars(part, edges)
        core = len(clumps)
        clumps += [sorted(piece, key=lambda node: (-degree[node], node)) for piece in loose]
        room = self._clumps(nodes, clumps, loose=core)
        area = room * room
        x, y = np.zeros(len(clumps)), np.zeros(len(clumps))
        inner = 0.0
        if part:
            place = {clump[0]: i for i, clump in enumerate(clumps[:core])}
            kept = [(place[a], place[b]) for a, b, _ in edges if a in place and b in place]
            inner = float(np.cumsum(area[:core])[-1])
            x[:core], y[:core] = _even(*_forces(room[:core], kept), room[:core], math.sqrt(inner / FULL))
        if loose:  # on a spiral round the rest, the larger pieces first
            order = sorted(range(core, len(clumps)), key=lambda i: (-room[i], i))
            filled = np.cumsum(area[order])
            away = np.sqrt((inner + filled - area[order] / 2) / FULL)
            away[0] = 0.0 if not part else away[0]
            ux, uy = directions(np.arange(len(order), dtype=np.float64) * GOLDEN)
            x[order], y[order] = ux * away, uy * away
        limit = max(math.sqrt(float(np.cumsum(area)[-1]) / FULL), float(room.max()))
        x, y = separate(x, y, room, limit, tolerance=self.gap / 8)
        for clump, cx, cy in zip(clumps, x.tolist(), y.tolist(), strict=True):
            self.x[nodes[clump]] += cx
            self.y[nodes[clump]] += cy

    def _clumps(self, nodes: Ints, clumps: Sequence[list[int]], loose: int) -> Floats:
        """Put the nodes of each clump round its first, relative to the middle of it, and return the room each needs.

        Those from `loose` on have no ties outside, so small ones may stand as narrow as they can.
        """
        half = self.gap / 2
        room: list[float] = []
        for i, (hub, *others) in enumerate(clumps):
            self.x[nodes[hub]] = self.y[nodes[hub]] = 0.0
            reach = float(self.radii[nodes[hub]]) + half
            if others:
                others.sort(key=lambda node: (-self.radii[nodes[node]], node))
                around = [float(self.radii[nodes[node]]) + half for node in others]
                narrow = i >= loose and len(others) <= STAR
                self.x[nodes[others]], self.y[nodes[others]], reach = rings(reach, around, side=narrow)
                if narrow:
                    reach = self._centre(nodes[[hub, *others]]) + half
            room.append(reach)
        return np.array(room)

    # ------------------------------------------------------------------------------------------------ discs on discs

    def _packed(self, groups: Sequence[Ints], parents: Ints, community: Ints, radii: Floats, aspect: float) -> Plan:
        """Pack communities into districts and districts into the sheet; turn both; and write it all down."""
        inner: list[list[tuple[int, int, float]]] = [[] for _ in self.keys]
        first = np.searchsorted(parents, np.arange(len(self.keys))).tolist()
        for a, b, weight in self._ties(community):
            if parents[a] == parents[b]:
                base = first[parents[a]]
                inner[parents[a]].append((a - base, b - base, weight))
        radii = radii + self.gap / 2
        room = radii + self.gap / 2
        x, y = np.zeros(len(groups)), np.zeros(len(groups))
        wide = np.zeros(len(self.keys))
        own = [np.nonzero(parents == i)[0] for i in range(len(self.keys))]
        for i, some in enumerate(own):
            x[some], y[some] = pack(room[some], inner[i], tolerance=self.gap / 2)
            _centred(x, y, room, some)
        x, y = squeeze(x, y, room, parents, tolerance=self.gap / 2)
        x, y = even(x, y, room, parents, tolerance=self.gap / 2)
        for i, some in enumerate(own):
            wide[i] = _centred(x, y, radii, some) + self.gap
        px, py = self._sheet(wide, aspect)
        for _ in range(TURNS):
            turn = self._turns(self.district, px, py, x[community] + self.x, y[community] + self.y)
            x, y = _turned(turn[:, parents], x, y)
            self.x, self.y = _turned(turn[:, self.district], self.x, self.y)
        for _ in range(TURNS):
            turn = self._turns(community, px[parents] + x, py[parents] + y, self.x, self.y)
            self.x, self.y = _turned(turn[:, community], self.x, self.y)
        self.x += px[self.district] + x[community]
        self.y += py[self.district] + y[community]
        return self._written(groups, parents, community, (px[parents] + x, py[parents] + y, radii), (px, py, wide))

    def _sheet(self, wide: Floats, aspect: float) -> tuple[Floats, Floats]:
        """Pack districts of these radii; what is in no district has its place to the right of all the others."""
        room = wide + self.gap
        x, y = np.zeros(len(wide)), np.zeros(len(wide))
        beside = self.keys[0] == "" and len(wide) > 1
        known = slice(1 if beside else 0, None)
        if beside:  # the box of the others, with a square beside it, is to have the aspect
            square, area = 2 * float(room[0]), 5 * float(np.cumsum(room[1:] * room[1:])[-1])
            height = (square + math.sqrt(square * square + 4 * aspect * area)) / (2 * aspect)
            aspect = min(max(area / (height * height), 0.7), aspect)
        ties = [(a, b, weight) for a, b, weight in self._ties(self.district) if a or not beside]
        start = known.start
        kx, ky = pack(
            room[known], [(a - start, b - start, weight) for a, b, weight in ties], tolerance=self.gap, aspect=aspect
        )
        _centre_box(kx, ky, wide[known])
        alone = np.zeros(len(kx), dtype=np.int64)
        kx, ky = squeeze(kx, ky, room[known], alone, tolerance=self.gap, aspect=aspect)
        _centre_box(kx, ky, wide[known])
        x[known], y[known] = kx, ky
        if beside:
            from_right, _ = falls(kx, ky, room[known], float(room[0]))
            x[0] = from_right[0]
            _centre_box(x, y, wide)
        return x, y

    def _turns(self, label: Ints, cx: Floats, cy: Floats, dx: Floats, dy: Floats) -> Floats:
        """Return how each group is best turned, and turned over or not, so that its edges to others are short.

        `label` is the group of each node, `cx` and `cy` are the centres of groups, `dx` and `dy` tell where a node is
        from there. A column of what is returned is a matrix by rows. The best turn is the one of Procrustes.
        """
        across = np.nonzero(label[self.ends[0]] != label[self.ends[1]])[0]
        one = np.concatenate([self.ends[0, across], self.ends[1, across]])
        two = np.concatenate([self.ends[1, across], self.ends[0, across]])
        mine, theirs = label[one], label[two]
        tx = cx[theirs] + dx[two] - cx[mine]
        ty = cy[theirs] + dy[two] - cy[mine]
        weight = np.concatenate([self.weights[across], self.weights[across]]) / np.sqrt(tx * tx + ty * ty + 1e-9)
        ahead, aside = tx * weight, ty * weight
        groups = len(cx)
        xx, yy = np.bincount(mine, dx[one] * ahead, groups), np.bincount(mine, dy[one] * aside, groups)
        xy, yx = np.bincount(mine, dx[one] * aside, groups), np.bincount(mine, dy[one] * ahead, groups)
        straight = np.sqrt((xx + yy) * (xx + yy) + (xy - yx) * (xy - yx))
        mirrored = np.sqrt((yy - xx) * (yy - xx) + (xy + yx) * (xy + yx))
        over = mirrored > 1.001 * straight
        length = np.where(over, mirrored, straight)
        none = length < 1e-9
        length = np.where(none, 1.0, length)
        cos = np.where(none, 1.0, np.where(over, yy - xx, xx + yy) / length)
        sin = np.where(none, 0.0, np.where(over, -xy - yx, xy - yx) / length)
        side = np.where(over, -1.0, 1.0)
        return np.stack([cos * side, -sin, sin * side, cos])

    def _ties(self, label: Ints) -> list[tuple[int, int, float]]:
        """Return which groups have edges in common, and the square root of how many."""
        a, b = label[self.ends[0]], label[self.ends[1]]
        code = np.minimum(a, b) * (int(label.max()) + 1) + np.maximum(a, b)
        unique, back = np.unique(code, return_inverse=True)
        total = np.sqrt(np.bincount(back, self.weights, len(unique)))
        pairs = zip(unique.tolist(), total.tolist(), strict=True)
        size = int(label.max()) + 1
        return [(one // size, one % size, weight) for one, weight in pairs if one // size != one % size]

    def _written(
        self,
        groups: Sequence[Ints],
        parents: Ints,
        community: Ints,
        inner: tuple[Floats, Floats, Floats],
        outer: tuple[Floats, Floats, Floats],
    ) -> Plan:
        """Write down where everything is."""
        names, degree = self.names, self.degree.tolist()
        order = sorted(range(len(names)), key=lambda i: (-degree[i], i))
        members: list[list[str]] = [[] for _ in groups]
        of_district: list[list[str]] = [[] for _ in self.keys]
        for i in order:
            members[community[i]].append(names[i])
            of_district[self.district[i]].append(names[i])
        seen: Counter[int] = Counter()
        communities: list[Region] = []
        for i, (x, y, radius) in enumerate(zip(*(values.tolist() for values in inner), strict=True)):
            parent = int(parents[i])
            seen[parent] += 1
            name = f"{self.keys[parent]}/{seen[parent]}"
            communities.append(Region(name, tuple(members[i]), x, y, radius, parent))
        districts = [
            Region(self.keys[i], tuple(of_district[i]), x, y, radius, -1)
            for i, (x, y, radius) in enumerate(zip(*(values.tolist() for values in outer), strict=True))
        ]
        positions = dict(zip(names, zip(self.x.tolist(), self.y.tolist(), strict=True), strict=True))
        return Plan(positions, tuple(communities), tuple(districts))


def _centred(x: Floats, y: Floats, radii: Floats, some: Ints) -> float:
    """Move some discs so that the disc round them is round (0, 0), and return its radius."""
    cx, cy, radius = enclosing(x[some], y[some], radii[some])
    x[some] -= cx
    y[some] -= cy
    return radius


def _centre_box(x: Floats, y: Floats, radii: Floats) -> None:
    """Move discs so that the middle of the box round them is (0, 0)."""
    x -= (float((x - radii).min()) + float((x + radii).max())) / 2
    y -= (float((y - radii).min()) + float((y + radii).max())) / 2


def _turned(turn: Floats, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    return turn[0] * x + turn[1] * y, turn[2] * x + turn[3] * y


def _parted(count: int, edges: Sequence[Edge]) -> list[tuple[list[int], list[list[int]], list[Edge]]]:
    """Part the nodes 0 to `count` - 1 of a district: communities, loose pieces that go with each, edges inside it.

    Many loose pieces are a community by themselves, few go with the largest.
    """
    found, loose = partition(count, edges)
    pieces: list[list[list[int]]] = [[] for _ in found]
    if found and sum(map(len, loose)) < SMALL:
        pieces[0] = loose
    elif loose:
        found.append([])
        pieces.append(loose)
    of = {node: i for i, part in enumerate(found) for one in (part, *pieces[i]) for node in one}
    inner: list[list[Edge]] = [[] for _ in found]
    for edge in edges:
        if of[edge[0]] == of[edge[1]]:
            inner[of[edge[0]]].append(edge)
    return list(zip(found, pieces, inner, strict=True))


def _stars(part: Sequence[int], edges: Sequence[Edge]) -> list[list[int]]:
    """Return clumps of some nodes: those with one neighbour only behind that, where it has several such, else each
    alone.
    """
    neighbours: dict[int, list[int]] = {node: [] for node in part}
    for a, b, _ in edges:
        if a in neighbours:
            neighbours[a].append(b)
            neighbours[b].append(a)
    leaves: dict[int, list[int]] = {}
    for node in part:
        if len(neighbours[node]) == 1 and len(neighbours[neighbours[node][0]]) > 1:
            leaves.setdefault(neighbours[node][0], []).append(node)
    behind = {hub: found for hub, found in leaves.items() if len(found) >= STAR}
    hidden = {leaf for found in behind.values() for leaf in found}
    return [[node, *behind.get(node, ())] for node in part if node not in hidden]


def _start(room: Floats, edges: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    """Put nodes where forces begin: rings of those equally far from the best connected one, each in the sector of the
    node it was reached from, a sector as wide as what it holds needs.
    """
    count = len(room)
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for a, b in edges:
        neighbours[a].append(b)
        neighbours[b].append(a)
    root = min(range(count), key=lambda i: (-len(neighbours[i]), i))
    order, parent = [root], {root: -1}
    level = [0] * count
    for node in order:
        for other in sorted(neighbours[node], key=lambda i: (len(neighbours[i]), i)):
            if other not in parent:
                parent[other] = node
                level[other] = level[node] + 1
                order.append(other)
    area = (room * room).tolist()
    held = list(area)
    for node in reversed(order[1:]):
        held[parent[node]] += held[node]
    turn, taken = [0.0] * count, [0.0] * count
    share = [0.0] * count
    share[root] = 1.0
    for node in order[1:]:
        above = parent[node]
        share[node] = share[above] * held[node] / (held[above] - area[above])
        turn[node] = turn[above] + taken[above]
        taken[above] += share[node]
    within = [0.0] * (max(level) + 2)
    for node in order:
        within[level[node] + 1] += area[node]
    inner = np.cumsum(np.array(within))
    rings_of = np.array(level)
    away = np.sqrt((inner[rings_of] + inner[rings_of + 1]) / 2 / FULL)
    away[root] = 0.0
    ux, uy = directions(np.array(turn) + np.array(share) / 2)
    return ux * away, uy * away


def _forces(room: Floats, edges: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    """Lay out connected nodes by forces: edges pull, nodes push each other by the area they need."""
    count = len(room)
    if count == 1:
        return np.zeros(1), np.zeros(1)
    x, y = _start(room, edges)
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    a, b = ends[:, 0], ends[:, 1]
    area = room * room
    total = float(np.cumsum(area)[-1])
    size = total / FULL / count  # of the disc, for each node
    reach = math.sqrt(total / FULL)
    spring = room[a] + room[b]
    charge = (area * (count / total)).astype(np.float32)
    for step in range(STEPS):
        fx, fy = _pushed(x.astype(np.float32), y.astype(np.float32), charge)
        fx, fy = fx * size - PULL * x, fy * size - PULL * y
        dx, dy = x[b] - x[a], y[b] - y[a]
        pull = np.sqrt(dx * dx + dy * dy) / spring
        dx *= pull
        dy *= pull
        fx += np.bincount(a, dx, count) - np.bincount(b, dx, count)
        fy += np.bincount(a, dy, count) - np.bincount(b, dy, count)
        length = np.sqrt(fx * fx + fy * fy) + 1e-9
        heat = reach * (0.1 * (1 - step / STEPS) + 0.002)
        step_size = np.minimum(length, heat) / length
        x += fx * step_size
        y += fy * step_size
    return x, y


def _pushed(x: NDArray[np.float32], y: NDArray[np.float32], charge: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Return the force on each node: that of each other one, its charge by the distance."""
    fx, fy = np.empty(len(x)), np.empty(len(x))
    for start in range(0, len(x), BLOCK):
        some = slice(start, start + BLOCK)
        dx = x[some] - x[:, None]
        dy = y[some] - y[:, None]
        force = dx * dx
        force += dy * dy
        force += np.float32(1e-3)
        np.divide(charge[:, None], force, out=force)
        dx *= force
        dy *= force
        fx[some] = dx.sum(axis=0)
        fy[some] = dy.sum(axis=0)
    return fx, fy


def _even(x: Floats, y: Floats, room: Floats, limit: float) -> tuple[Floats, Floats]:
    """Spread nodes over a disc: turn and stretch the whole until it is as wide as high, then move each outwards or
    inwards to about where its rank by distance belongs. Directions stay, so neighbours do.
    """
    if len(x) < 3:
        return x, y
    area = room * room
    total = float(np.cumsum(area)[-1])
    x = x - float(np.cumsum(x * area)[-1]) / total
    y = y - float(np.cumsum(y * area)[-1]) / total
    xx, yy, xy = (float(np.cumsum(one * area)[-1]) / total for one in (x * x, y * y, x * y))
    half = (xx + yy) / 2
    root = math.sqrt((xx - yy) * (xx - yy) / 4 + xy * xy)
    ax, ay = (half + root - yy, xy) if xx >= yy else (xy, half + root - xx)
    length = math.sqrt(ax * ax + ay * ay)
    ax, ay = (ax / length, ay / length) if length > 1e-9 else (1.0, 0.0)
    along, aside = x * ax + y * ay, y * ax - x * ay
    along = along / math.sqrt(max(half + root, 1e-9))
    aside = aside / math.sqrt(max(half - root, (half + root) / 64, 1e-9))
    distance = np.sqrt(along * along + aside * aside)
    order = np.argsort(distance, kind="stable")
    filled = np.cumsum(area[order])
    wanted = np.empty(len(x))
    wanted[order] = limit * np.sqrt((filled - area[order] / 2) / total)
    scale = limit / 2  # an even disc has half its radius as the deviation along either axis
    goal = EVEN * wanted + (1 - EVEN) * np.minimum(distance * scale, limit)
    goal /= np.where(distance > 1e-9, distance, 1.0)
    return along * goal, aside * goal
