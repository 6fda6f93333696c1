"""A workspace of any size in the form that `kg build` leaves, from the made-up graph: what exports stream from."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from kg.ids import make_id
from kg.io import write_records
from kg.model import Article, Entity, Evidence, Extraction, FactRow, Page, Statement
from kg.resolve import IdTable
from kg.workspace import FORMAT, PageRecord, PageRow
from tests.bench.graphs import WORKSPACE, generated

__all__ = ["STATEMENTS_PER_NODE", "write_space"]

STATEMENTS_PER_NODE = 3.75  # three edges, of which some are said several times

FRAME = frozenset({"key", "type", "name", "aliases", "nameKey", "workspace"})
EVIDENCE = ("articles", "starts", "ends", "quotes", "lines", "rules", "confidences")
QUALIFIERS = frozenset({"title", "role", "quote", "honour", "inferred"})


def write_space(folder: Path, size: int) -> dict[str, int]:
    """Write a workspace of `generated(size)`; return how many entities, facts and statements it holds.

    Statements of relations that rules read lie with their pages, those of mentions with their facts, as in a build.
    """
    graph = generated(size)
    folder.mkdir(parents=True)
    entities = sorted((_entity(key, data) for key, data in graph.nodes(data=True)), key=lambda one: one.id)
    by_article: dict[str, list[Statement]] = defaultdict(list)
    rows = []
    total = 0
    for subject, target, key, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2]):
        statements = _statements(subject, target, key, data)
        total += len(statements)
        made = data["predicate"] in ("mentions", "onPage")
        if not made:
            for one in statements:
                by_article[one.evidence.article].append(one)
        qualifiers = _qualifiers(data)
        ids = tuple(one.id for one in statements)
        parts = (data["status"], data["confidence"], data["sources"], ids, tuple(statements) if made else ())
        rows.append(FactRow(key, subject, data["predicate"], target, qualifiers, *parts))
    with (folder / "entities.jsonl").open("wb") as stream:
        write_records(stream, entities)
    with (folder / "facts.jsonl").open("wb") as stream:
        write_records(stream, rows)
    with (folder / "index.jsonl").open("wb") as stream:
        write_records(stream, _pages(folder, entities, by_article))
    table = IdTable({one.key: one.id for one in entities if one.type not in ("Article", "Page")})
    (folder / "ids.tsv").write_text(table.text(), encoding="utf-8", newline="\n")
    head = {"format": FORMAT, "name": WORKSPACE, "version": "bench", "made_from": "0" * 64}
    (folder / "workspace.json").write_text(json.dumps(head), encoding="utf-8")
    return {"entities": len(entities), "facts": len(rows), "statements": total}


def _entity(key: str, data: dict[str, Any]) -> Entity:
    found = tuple(sorted((name, value) for name, value in data.items() if name not in FRAME))
    return Entity(key, data["nameKey"], data["type"], data["name"], tuple(data["aliases"]), found, ())


def _qualifiers(data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    found = {name: data[name] for name in sorted(QUALIFIERS & data.keys())}
    return tuple((name, str(value).lower() if isinstance(value, bool) else value) for name, value in found.items())


def _statements(subject: str, target: str, key: str, data: dict[str, Any]) -> list[Statement]:
    found = {}
    for article, start, end, quote, lines, rule, sure in zip(*(data[name] for name in EVIDENCE), strict=True):
        name = make_id("s", key, article, str(start), str(end), rule)
        spans = ((start + 90, end + 90),)
        evidence = Evidence(article, start, end, quote, spans, (int(lines),), rule, sure)
        qualifiers = _qualifiers(data)
        found[name] = Statement(name, subject, data["predicate"], target, qualifiers, data["status"], evidence)
    return [found[name] for name in sorted(found)]


def _pages(folder: Path, entities: list[Entity], by_article: dict[str, list[Statement]]) -> list[PageRow]:
    """Write the files of pages, and return the index."""
    articles: dict[str, list[str]] = defaultdict(list)
    for one in entities:
        if one.type == "Article":
            articles[str(dict(one.props)["page"])].append(one.id)
    index = []
    for page, keys in sorted(articles.items()):
        extractions = tuple(Extraction(_article(page, key), (), tuple(by_article[key])) for key in keys)
        raw = b"".join(PageRecord(Page(page, page, ""), 0, extractions).lines())
        row = PageRow(page, page, "", len(raw))
        path = folder / row.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        index.append(row)
    return index


def _article(page: str, key: str) -> Article:
    return Article(key, key, page, "", "题", False, (), "", 0, (), ())
