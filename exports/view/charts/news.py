"""What charts count, read out of a graph once: the things and facts they need and no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exports.view.charts.records import STATUSES, Choice
from exports.view.select import PRINTED, Graph
from kg.graph import Flow, as_flow

__all__ = ["Activity", "Link", "News", "Thing", "read"]

HELD = ("organizes", "participatesIn", "heldAt", "heldIn")  # the facts that say of an activity that it takes place
OF_PRINT = frozenset({"mentions", "onPage"})  # of what was printed where, not of what is spoken of


@dataclass(frozen=True, slots=True)
class Thing:
    """A node: what it is, what it is called, and the days of an activity or an article, where they are known."""

    key: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A fact: its ends, and of what is said of it what charts need; `days` are the issues that print it."""

    key: str
    subject: str
    object: str
    status: str
    role: str = ""
    inferred: bool = False
    sources: int = 0
    confidence: float = 0.0
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity that is chosen, with the first of STATUSES that its facts have."""

    thing: Thing
    status: str


@dataclass(frozen=True, slots=True)
class News:
    """Things by key and facts by relation, in the order of their keys."""

    workspace: str
    things: Mapping[str, Thing]
    links: Mapping[str, tuple[Link, ...]]

    def of(self, kind: str) -> Iterator[Thing]:
        """Yield the things of a class."""
        return (thing for thing in self.things.values() if thing.type == kind)

    def facts(self, statuses: frozenset[str], *relations: str) -> Iterator[Link]:
        """Yield the facts of some relations that have one of these statuses."""
        return (link for relation in relations for link in self.links.get(relation, ()) if link.status in statuses)

    def activities(self, choice: Choice, statuses: frozenset[str]) -> list[Activity]:
        """Return the activities chosen, sorted by start, name, key; those of no fact are left out."""
        known: dict[str, set[str]] = defaultdict(set)
        for link in self.facts(frozenset(STATUSES), *HELD):
            for end in (link.subject, link.object):
                known[end].add(link.status)
        found = []
        for thing in self.of("Activity"):
            status = next((one for one in STATUSES if one in known[thing.key]), "")
            if status in statuses and choice.within(thing.start, thing.end):
                found.append(Activity(thing, status))
        return sorted(found, key=lambda one: (one.thing.start, one.thing.name, one.thing.key))


def read(graph: Graph | Flow) -> News:
    """Return what there is to count in a graph, as `kg.graph` gives it."""
    flow = as_flow(graph)
    things = {key: _thing(key, data) for key, data in flow.nodes()}
    links: dict[str, list[Link]] = defaultdict(list)
    for subject, target, key, data in flow.edges():
        predicate = str(data["predicate"])
        if predicate not in OF_PRINT:
            links[predicate].append(_link(key, subject, target, data, things))
    return News(flow.workspace, things, {name: tuple(links[name]) for name in sorted(links)})


def _thing(key: str, data: Mapping[str, Any]) -> Thing:
    kind = str(data["type"])
    if kind in PRINTED:
        day = str(data.get("issueDate", ""))
        return Thing(key, kind, str(data["name"]), (), day, day)
    if kind != "Activity":
        return Thing(key, kind, str(data["name"]))
    start = str(data.get("start", ""))
    end = str(data.get("end", "")) or start
    return Thing(
        key,
        kind,
        str(data["name"]),
        tuple(map(str, data.get("aliases", ()))),
        start or end,
        end,
        bool(data.get("vague", False)),
    )


def _link(key: str, subject: str, target: str, data: Mapping[str, Any], things: Mapping[str, Thing]) -> Link:
    return Link(
        key,
        subject,
        target,
        str(data["status"]),
        str(data.get("role", "")),
        bool(data.get("inferred", False)),
        int(data.get("sources", 0)),
        float(data.get("confidence", 0.0)),
        _days(data.get("articles", ()), things),
    )


def _days(articles: Iterable[str], things: Mapping[str, Thing]) -> tuple[str, ...]:
    return tuple(sorted({things[one].start for one in articles if one in things and things[one].start}))
