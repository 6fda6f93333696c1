"""`kg extract`: what was read out of each article, one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from kg.cli.options import confidence_options, pages_argument, pages_options, proposers_options, workers_option
from kg.extract import Keep
from kg.extract.optional import Panel
from kg.io import read_pages
from kg.model import ARTICLE, Extraction, LocalEntity, Statement
from kg.read import read_articles
from kg.resolve.names import hints_of, name_key, near_codes

__all__ = ["command", "printed"]

FOURTH = {"hasRole": "title", "awards": "honour", "quotedIn": "quote"}  # relation -> the qualifier shown with it
HIDDEN = frozenset({"mentions", "onPage"})


@click.command("extract")
@pages_argument
@pages_options
@confidence_options
@workers_option
@proposers_options
@click.option("--all-statuses", is_flag=True, help="Also what is planned, denied or merely reported.")
@click.option("--rules", "show_rules", is_flag=True, help="Also say of each entity which rules found its names.")
def command(
    pages: tuple[str, ...],
    issue_date: str,
    paper: str,
    home: str,
    no_repair: bool,
    weak_rules: bool,
    min_confidence: float,
    workers: int | None,
    panel: Panel,
    all_statuses: bool,
    show_rules: bool,
) -> None:
    """Print the entities and triples of each article as JSON Lines, with the evidence of each triple.

    PAGES are files, folders, or - for standard input.
    """
    source = read_pages(pages, paper=paper, issue_date=issue_date, home=home, stdin=sys.stdin.buffer)
    keep = Keep(weak_rules, min_confidence)
    for reading in read_articles(source, repair=not no_repair, workers=workers, keep=keep, panel=panel):
        alone = len(reading.extractions) == 1
        for extraction in reading.extractions:
            record = printed(extraction, alone=alone, all_statuses=all_statuses, rules=show_rules)
            click.echo(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def printed(
    extraction: Extraction, *, alone: bool = False, all_statuses: bool = False, rules: bool = False
) -> dict[str, Any]:
    """Return what `kg extract` prints for one article; `alone` says that it is the only one of its page.

    A triple that several sentences support is printed once, with the evidence of the surest, then the first; all rules
    that read it are among its evidence. `rules` adds to each entity which rules found its names.
    """
    article = extraction.article
    near = near_codes(extraction.entities)
    shown = {entity.id: entity for entity in extraction.entities}
    told: dict[tuple[str, ...], tuple[list[str], list[Statement]]] = {}
    for statement in sorted(extraction.statements, key=_place):
        triple = _triple(statement, shown, article.key)
        if triple is None or (statement.status != "happened" and not all_statuses):
            continue
        told.setdefault((statement.status, *triple), (triple, []))[1].append(statement)
    return {
        "id": article.page if alone else article.id,
        "page": article.page,
        "entities": [
            {
                "type": e.type,
                "name": e.name,
                "aliases": list(e.aliases),
                "key": name_key(e.type, e.name, hints_of(e.hints, article.home, near)).key,
                **({"rules": sorted({mention.rule for mention in e.mentions})} if rules else {}),
            }
            for e in sorted(extraction.entities, key=_first)
        ],
        "triples": [triple for triple, _ in told.values()],
        "evidence": [_evidence(statements, status=all_statuses) for _, statements in told.values()],
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


def _evidence(statements: Sequence[Statement], *, status: bool) -> dict[str, Any]:
    """Return the evidence of the surest, the first of those in the order given."""
    statement = max(statements, key=lambda one: one.evidence.confidence)
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
    rules = sorted({one.evidence.rule for one in statements})
    if len(rules) > 1:
        record["rules"] = rules
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
