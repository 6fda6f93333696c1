"""Which district each node of a picture belongs to: the region in which it is drawn.

A region is a district of county level (区, 县, 县级市, 旗) or a development zone; streets, towns and villages lie in
theirs. Where no county is known, it is the city or the province. What is said of a node itself counts first, then what
it belongs to, then the higher union, and what it merely has to do with comes last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from exports.view.select import Graph, printed
from kg.errors import OntologyError
from ontology.divisions import by_code

__all__ = ["districts_of"]

ROUNDS = 4  # steps from a node that is placed to one that is placed because of it, for each kind of evidence

# How good a reason a relation is to place one end where the other is, the best 0.
ITSELF, PART_OF, BELOW, WIDE, LOOSE, LOOSEST = range(6)

# relation -> how good a reason it is for its subject, and for its object; None where it is none
REASONS: Mapping[str, tuple[int | None, int | None]] = {
    "locatedIn": (ITSELF, None),
    "heldIn": (ITSELF, None),
    "unionOf": (PART_OF, PART_OF),  # of a district: the union's own
    "hasRole": (PART_OF, LOOSE),
    "organizes": (LOOSE, PART_OF),
    "heldAt": (PART_OF, LOOSE),
    "provides": (LOOSE, PART_OF),
    "subordinateTo": (BELOW, LOOSE),
    "participatesIn": (LOOSE, LOOSE),
    "awards": (LOOSE, LOOSE),
}
OF_A_DISTRICT = ("unionOf", "hasRole")  # what belongs to a district is in it, however large that is


def districts_of(graph: Graph, nodes: Iterable[str]) -> dict[str, str]:
    """Return the key of the District in which each of `nodes` is drawn, "" where nothing tells.

    All of the graph counts as evidence, whatever `nodes` are; facts that are denied do not. Most facts win, of as many
    the smaller district, then the lower key; the order of nodes and edges does not matter. Takes time by the number of
    edges.
    """
    placer = _Placer(graph)
    placer.run()
    return {node: placer.region.get(node) or placer.of_article(node) for node in nodes}


class _Placer:
    """Places all nodes of a graph, round by round; who is placed stays there."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.region: dict[str, str] = {}
        self.wide: dict[str, bool] = {}  # of each District: whether it is larger than a county
        # of nodes not placed yet: how good a reason, and the node or district that is one
        self.reasons: dict[str, list[tuple[int, str]]] = {}

    def run(self) -> None:
        """Place what can be placed, best reasons first."""
        self._place_districts()
        for u, v, data in self.graph.edges(data=True):
            if data.get("status") != "denied":
                for node, reason, other in self._reasons(u, v, str(data["predicate"])):
                    if node not in self.region:
                        self.reasons.setdefault(node, []).append((reason, other))
        for worst in (ITSELF, PART_OF, BELOW, WIDE, LOOSE, LOOSEST):
            for _ in range(ROUNDS):
                found = {node: region for node in self.reasons if (region := self._vote(node, worst))}
                if not found:
                    break
                self.region.update(found)
                for node in found:
                    del self.reasons[node]

    def of_article(self, node: str) -> str:
        """Return where most of what an article speaks of is; "" for all that is no article."""
        if not printed(self.graph, node):
            return ""
        spoken = (v for _, v, data in self.graph.out_edges(node, data=True) if data["predicate"] == "mentions")
        return self._most(self.region[one] for one in spoken if one in self.region)

    # ------------------------------------------------------------------------------------------------- the evidence

    def _reasons(self, u: str, v: str, relation: str) -> Iterator[tuple[str, int, str]]:
        """Yield who may be placed because of a fact, how good a reason that is, and because of whom."""
        for node, other, reason in zip((u, v), (v, u), REASONS.get(relation, (None, None)), strict=True):
            if reason is None or (node == v and v in self.wide and relation != "unionOf"):
                continue  # bodies and events do not tell where a district lies, its own unions do
            if other in self.wide and node == u:
                reason = ITSELF if not self.wide[other] or relation in OF_A_DISTRICT else WIDE
            yield node, reason, other

    def _vote(self, node: str, worst: int) -> str:
        """Return where the best reasons up to `worst` put a node, as far as they are placed themselves."""
        best = worst + 1
        votes: list[str] = []
        for reason, other in self.reasons[node]:
            region = self.region.get(other)
            if region is None or reason > best or reason > worst:
                continue
            if self.wide[region]:  # the federation of a city has unions below it, and gives honours, in all districts
                reason = {BELOW: WIDE, LOOSE: LOOSEST}.get(reason, reason)
                if reason > worst or reason > best:
                    continue
            if reason < best:
                best, votes = reason, []
            votes.append(region)
        return self._most(votes)

    def _most(self, regions: Iterable[str]) -> str:
        """Return what most are, of as many the smaller one, then the one with the lower key; "" for none."""
        votes = Counter(regions)
        return min(votes, key=lambda region: (-votes[region], self.wide[region], region), default="")

    # ------------------------------------------------------------------------------------------------ the districts

    def _place_districts(self) -> None:
        """Place districts that are regions or lie in one; streets whose county is not in the graph are left."""
        found = {node: data for node, data in self.graph.nodes(data=True) if data["type"] == "District"}
        codes = {node: _code(data) for node, data in found.items()}
        self.wide = {node: own and len(code) < 6 and code.isdecimal() for node, (code, own) in codes.items()}
        county = {node for node in found if _is_county(found[node], *codes[node])}
        with_code = {code: node for node, (code, own) in sorted(codes.items(), reverse=True) if own and code}
        around: dict[str, list[str]] = {}
        for node in found:
            for _, v, data in self.graph.out_edges(node, data=True):
                if data["predicate"] == "locatedIn" and data.get("status") != "denied" and v in found:
                    around.setdefault(node, []).append(v)
        for node in found:
            if node in county or self.wide[node]:
                self.region[node] = node
        for node in found:
            if node not in self.region:
                code, _ = codes[node]
                mine = with_code.get(code[:6]) if len(code) >= 6 else None
                if mine in county or (mine := self._above(node, around, county)):
                    self.region[node] = str(mine)
                else:
                    above = [(WIDE, v) for v in around.get(node, ()) if self.wide[v]]
                    above += [(WIDE, with_code[code[:size]]) for size in (4, 2) if code[:size] in with_code][:1]
                    self.reasons[node] = above

    def _above(self, node: str, around: Mapping[str, Collection[str]], county: Collection[str]) -> str:
        """Return the county that the nearest districts round this one are, or lie in."""
        seen, ring = {node}, [node]
        while ring:
            ring = [other for one in ring for other in around.get(one, ()) if other not in seen]
            if reached := [one for one in ring if one in county]:
                return self._most(reached)
            seen.update(ring)
            ring = sorted(set(ring))
        return ""


def _code(data: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the code of a District, and whether it is its own; of what no table knows it is that of what is round it.

    `kg.resolve` writes the key of a name as District, code and what is in no table, with bars between them.
    """
    parts = str(data.get("nameKey", "")).partition("@")[0].split("|")
    code = str(data.get("code", "")) or (parts[1] if len(parts) == 3 else "")
    if len(code) == 6 and code.endswith("00"):  # as GB/T 2260 fills up what is larger than a county
        code = code[:2] if code.endswith("0000") else code[:4]
    return code, not (len(parts) == 3 and parts[2])


def _is_county(data: Mapping[str, Any], code: str, own: bool) -> bool:
    """Whether a District is a county, or a zone that is spoken of like one, but no street, town, farm or village."""
    name = str(data["name"])
    if not own or not code:
        return name.endswith(("区", "县", "旗")) and not name.endswith(("社区", "小区", "片区", "街区", "校区"))
    try:
        level = by_code(code).level
    except OntologyError:
        level = "zone" if "-" in code else "county" if len(code) == 6 else ""
    return level == "county" or (level == "zone" and name.endswith("区"))
