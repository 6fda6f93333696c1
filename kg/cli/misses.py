"""`kg misses`: sentences that seem to say a relation that no rule read, the likeliest first."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import click

from kg.cli.options import pages_argument, pages_options
from kg.cli.rows import format_table
from kg.extract import Miss, misses
from kg.graph import line_text
from kg.io import read_pages
from kg.model import Article, Page
from kg.pages import cut
from kg.resolve.cite import line_starts, lines_of
from queries import Table

__all__ = ["command"]


@click.command("misses")
@pages_argument
@pages_options
@click.option("--all", "every", is_flag=True, help="Also sentences from which some relation was read.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Only the first N.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(("table", "jsonl")),
    default="table",
    show_default=True,
    help="A table for eyes, or one JSON object a line.",
)
def command(
    pages: tuple[str, ...],
    issue_date: str,
    paper: str,
    home: str,
    no_repair: bool,
    every: bool,
    limit: int | None,
    format_name: str,
) -> None:
    """Rank the sentences of PAGES that seem to say a relation that was not read: what a new rule might read.

    Such a sentence has a trigger (主办, 授予, …) and names two things that the ontology allows a relation between, and
    the article says nothing of the two. The score, 5 at most, adds up: 2 where the trigger speaks of the relation, else
    1; a quarter for each thing named, 1 at most; 10 / (10 + characters between trigger and things); and 1 where nothing
    was read out of the sentence at all.
    """
    source = read_pages(pages, paper=paper, issue_date=issue_date, home=home, stdin=sys.stdin.buffer)
    found = [record for page in source for record in _records(page, repair=not no_repair, every=every)]
    ranked = sorted(found, key=lambda one: -one["score"])[:limit]
    if format_name == "table":
        click.echo(format_table(_table(ranked), "table"), nl=False)
        return
    for record in ranked:
        click.echo(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def _records(page: Page, *, repair: bool, every: bool) -> Iterator[dict[str, Any]]:
    starts = line_starts(page.text)
    for article in cut(page, repair=repair).articles:
        for one in misses(article):
            if one.silent or every:
                yield _record(article, one, lines_of(one.page_ranges, starts))


def _record(article: Article, one: Miss, lines: Iterable[int]) -> dict[str, Any]:
    return {
        "page": article.page,
        "article": article.id,
        "lines": list(lines),
        "start": one.start,
        "end": one.end,
        "score": one.score,
        "trigger": one.trigger,
        "relation": one.relation,
        "subject": asdict(one.subject),
        "object": asdict(one.object),
        "entities": [asdict(thing) for thing in one.things],
        "silent": one.silent,
        "sentence": one.quote,
    }


def _table(records: Iterable[dict[str, Any]]) -> Table:
    def shown(thing: dict[str, str]) -> str:
        return f"{thing['name']} ({thing['type']})"

    rows = [
        (
            one["score"],
            one["page"],
            line_text(one["lines"]),
            one["trigger"],
            f"{shown(one['subject'])} {one['relation']} {shown(one['object'])}",
            one["sentence"],
        )
        for one in records
    ]
    return Table(("score", "page", "lines", "trigger", "candidate", "sentence"), tuple(rows))
