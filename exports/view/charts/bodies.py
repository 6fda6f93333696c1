"""Figures about bodies and facts: which union stands under which, and what the graph holds of each relation."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping, Sequence

from exports.view.charts.forest import children_of, forest
from exports.view.charts.news import Link, News
from exports.view.charts.records import STATUSES, Choice, Figures, Row, Series, Words
from exports.view.charts.shared import BY_STATUS, chosen, lead, narrowed
from ontology import ontology

__all__ = ["facts_by_relation", "union_hierarchy"]

ROWS = 30  # unions that a tree has room for
FEW = 5  # unions with nothing below them, of one union, that are drawn before those of others


def union_hierarchy(news: News, choice: Choice) -> Figures:
    """Return the unions that stand under others as a tree, each union once; the number of a row is that of all below.

    Where there are more than the chart has room for, those with most below them are drawn, and what is hidden is told
    by the row right above it: by that of the union, where nothing below it is drawn, else by one without a key.
    """
    links = chosen(news, choice, choice.among("happened"), "subordinateTo")
    placed = forest(links)
    below = children_of(placed)
    unions = {end for link in links for end in (link.subject, link.object)}
    sizes = _sizes(placed, unions)

    def rank(key: str) -> tuple[int, str, str]:
        return -sizes[key], news.things[key].name, key

    for children in below.values():
        children.sort(key=rank)
    roots = sorted((key for key in unions if key not in placed), key=rank)
    shown = _shown(roots, below, sizes, choice.top or ROWS)
    rows: list[Row] = []
    waiting: list[tuple[str, int, int]] = []  # key, or where it is empty the number hidden under above

    def open_up(keys: Sequence[str], depth: int) -> None:
        hidden = [key for key in keys if key not in shown]
        if hidden and len(hidden) < len(keys):
            waiting.append(("", depth, sum(sizes[key] + 1 for key in hidden)))
        waiting.extend((key, depth, 0) for key in reversed(keys) if key in shown)

    open_up(roots, 0)
    path: list[str] = []
    while waiting:
        key, depth, hidden = waiting.pop()
        del path[depth:]
        above = path[-1] if path else ""
        if not key:
            rows.append(Row("", Words(f"+{hidden}", f"+{hidden}"), (0,), (), depth, above, hidden=hidden))
            continue
        path.append(key)
        name = news.things[key].name
        by_name = key in placed and placed[key].inferred
        closed = 0 if any(child in shown for child in below.get(key, ())) else sizes[key]
        rows.append(Row(key, Words(name, name), (sizes[key],), (), depth, above, by_name, hidden=closed))
        open_up(below.get(key, ()), depth + 1)

    everything = {thing.key for thing in news.of("TradeUnion")}
    inferred = sum(link.inferred for link in placed.values())
    notes = []
    left = len(unions) - len(shown)
    if left:
        notes.append(
            Words(
                f"共 {len(unions):,} 家工会，画出 {len(shown):,} 家；“+n”是未画出的 {left:,} 家。",
                f"{len(shown):,} of {len(unions):,} unions are drawn; “+n” counts the other {left:,}.",
            )
        )
    if len(placed) < len(links):
        passed = len(links) - len(placed)
        notes.append(
            Words(
                f"另有 {passed:,} 条隶属关系与图中的相重或互相循环，未画出。",
                f"{passed:,} more facts give a second place or run in a circle, and are not drawn.",
            )
        )
    if everything - unions:
        alone = len(everything - unions)
        notes.append(
            Words(f"另有 {alone:,} 家工会未见上下级关系。", f"Of {alone:,} more unions no such fact is known.")
        )
    return Figures(
        "union-hierarchy",
        "tree",
        Words("工会的隶属关系", "Which union stands under which"),
        lead(
            f"{len(placed) - inferred:,} 条为原文所述（实线），{inferred:,} 条由名称推断（虚线）",
            f"{len(placed) - inferred:,} links are stated (solid), {inferred:,} inferred from names (dashed)",
            choice,
        ),
        "trade_union",
        Words("工会", "trade union"),
        Words("下级工会", "unions below"),
        (Series("below", Words("下级工会", "unions below")),),
        tuple(rows),
        tuple(notes),
        news.workspace,
    )


def _sizes(placed: Mapping[str, Link], keys: set[str]) -> Counter[str]:
    """Return how many stand under each, leaves first so that no recursion is needed."""
    open_children = Counter(link.object for link in placed.values())
    sizes: Counter[str] = Counter()
    ready = [key for key in sorted(keys) if not open_children[key]]
    while ready:
        key = ready.pop()
        if key in placed:
            above = placed[key].object
            sizes[above] += sizes[key] + 1
            open_children[above] -= 1
            if not open_children[above]:
                ready.append(above)
    return sizes


def _shown(
    roots: Sequence[str], below: Mapping[str, Sequence[str]], sizes: Mapping[str, int], room: int
) -> frozenset[str]:
    """Return about `room` unions to draw: first those with most below them, then, union by union, some of those with
    none, then the rest of these.
    """
    shown: list[str] = []
    heap = [(-sizes[key], at, key) for at, key in enumerate(roots)]
    heapq.heapify(heap)
    while heap and len(shown) < room:
        *_, key = heapq.heappop(heap)
        shown.append(key)
        for at, child in enumerate(below.get(key, ())):
            if sizes[child]:
                heapq.heappush(heap, (-sizes[child], at, child))
    parents = tuple(shown)
    found = set(shown)
    for most in (FEW, room):
        for key in parents:
            leaves = [child for child in below.get(key, ()) if not sizes[child] and child not in found]
            taken = leaves[: min(most, room - len(found))]
            if len(taken) < min(2, len(leaves)):
                break  # one of many would be any
            found.update(taken)
    for key in parents:
        hidden = [child for child in below.get(key, ()) if child not in found]
        if len(hidden) == 1 < len(below[key]) and not sizes[hidden[0]]:
            found.add(hidden[0])  # “+1” would take the same room
    return frozenset(found)


def facts_by_relation(news: News, choice: Choice) -> Figures:
    """Count the facts of each relation by status; where an article names or prints something is left out."""
    statuses = choice.among(*STATUSES)
    rows = []
    for name in news.links:
        counts = Counter(link.status for link in chosen(news, choice, statuses, name))
        relation = ontology.relations.get(name)
        label = Words(relation.label_zh, relation.label_en) if relation else Words(name, name)
        if counts:
            rows.append(Row(name, label, tuple(counts[series.name] for series in BY_STATUS)))
    rows.sort(key=lambda row: (-row.total, row.key))
    total = sum(row.total for row in rows)
    return Figures(
        "facts-by-relation",
        "bars",
        Words("图谱中的事实", "What the graph holds"),
        lead(
            f"{total:,} 条事实，按关系和状态；不含“提及”",
            f"{total:,} facts by relation and status, without mentions",
            choice,
        ),
        "relation",
        Words("关系", "relation"),
        Words("事实", "facts"),
        *narrowed(BY_STATUS, rows),
        (),
        news.workspace,
    )
