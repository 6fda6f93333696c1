"""`kg extract`: what was read out of each article, one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from kg.build import read_articles
from kg.cli.options import pages_argument, pages_options, workers_option
from kg.io import read_pages
from kg.model import ARTICLE, Extraction, LocalEntity, Statement
from kg.resolve.names import hints_of, name_key, near_codes

__all__ = ["command", "printed"]

FOURTH = {"hasRole": "title", "awards": "honour", "quotedIn": "quote"}  # relation -> the qualifier shown with it
HIDDEN = frozenset({"mentions", "onPage"})


@click.command("extract")
@pages_argument
@pages_options
@workers_option
@click.option("--all-statuses", is_flag=True, help="Also what is planned, denied or merely reported.")
def command(
    pages: tuple[str, ...],
    issue_date: str,
    paper: str,
    home: str,
    no_repair: bool,
    workers: int | None,
    all_statuses: bool,
) -> None:
    """Print the entities and triples of each article as JSON Lines, with the evidence of each triple.

    PAGES are files, folders, or - for standard input.
    """
    source = read_pages(pages, paper=paper, issue_date=issue_date, home=home, stdin=sys.stdin.buffer)
    for reading in read_articles(source, repair=not no_repair, workers=workers):
        for extraction in reading.extractions:
            record = printed(extraction, alone=len(reading.extractions) == 1, all_statuses=all_statuses)
            click.echo(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def printed(extraction: Extraction, *, alone: bool = False, all_statuses: bool = False) -> dict[str, Any]:
    """Return what `kg extract` prints for one article; `alone` says that it is the only one of its page.

    A triple that several sentences support is printed once, with the evidence of the surest, then the first.
    """
    article = extraction.article
    near = near_codes(extraction.entities)
    shown = {entity.id: entity for entity in extraction.entities}
    best: dict[tuple[str, ...], tuple[list[str], Statement]] = {}
    for statement in sorted(extraction.statements, key=_place):
        triple = _triple(statement, shown, article.key)
        if triple is None or (statement.status != "happened" and not all_statuses):
            continue
        kept = best.get((statement.status, *triple))
        if kept is None or statement.evidence.confidence > kept[1].evidence.confidence:
            best[statement.status, *triple] = (triple, statement)
    chosen = sorted(best.values(), key=lambda item: _place(item[1]))
    return {
        "id": article.page if alone else article.id,
        "page": article.page,
        "entities": [
            {
                "type": e.type,
                "name": e.name,
                "aliases": list(e.aliases),
                "key": name_key(e.type, e.name, hints_of(e, article.home, near)).key,
            }
            for e in sorted(extraction.entities, key=_first)
        ],
        "triples": [triple for triple, _ in chosen],
        "evidence": [_evidence(statement, status=all_statuses) for _, statement in chosen],
    }


def _triple(statement: Statement, shown: Mapping[str, LocalEntity], article: str) -> list[str] | None:
    """Return the triple in names, or None when it is a property or no triple to print."""
    if statement.predicate in HIDDEN:
        return None
    ends = []
    for end in (statement.subject, statement.object):
        if end == article:
            ends.append(ARTICLE)
        elif end in shown:
            ends.append(shown[end].name)
        else:
            return None
    qualifier = dict(statement.qualifiers).get(FOURTH.get(statement.predicate, ""), "")
    return [ends[0], statement.predicate, ends[1], *([qualifier] if qualifier else [])]


def _evidence(statement: Statement, *, status: bool) -> dict[str, Any]:
    evidence = statement.evidence
    record: dict[str, Any] = {
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "lines": list(evidence.lines),
        "page_ranges": [list(piece) for piece in evidence.page_ranges],
        "rule": evidence.rule,
        "confidence": evidence.confidence,
    }
    if evidence.why:
        record["why"] = evidence.why
    if status:
        record["status"] = statement.status
    return record


def _place(statement: Statement) -> tuple[int, int, str]:
    return statement.evidence.start, statement.evidence.end, statement.id


def _first(entity: LocalEntity) -> tuple[int, int, str]:
    spans = [(mention.span.start, mention.span.end) for mention in entity.mentions]
    return (*min(spans, default=(0, 0)), entity.id)
