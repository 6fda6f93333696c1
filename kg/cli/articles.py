"""`kg articles`: how pages were cut, one article a line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO

import click

from kg.cli.options import pages_argument, pages_options
from kg.io import read_pages, write_atomic
from kg.model import Article
from kg.pages import Cut, cut

__all__ = ["command", "leftovers", "printed"]


@click.command("articles")
@pages_argument
@pages_options
@click.option(
    "--leftovers",
    "leftovers_file",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Also write the lines that belong to no article, as JSON Lines.",
)
def command(
    pages: tuple[str, ...],
    issue_date: str,
    paper: str,
    home: str,
    no_repair: bool,
    leftovers_file: str | None,
) -> None:
    """Show how pages are cut into articles, as JSON Lines.

    PAGES are files (Markdown, text, HTML, JSON Lines), folders, or - for standard input. Line numbers count from 1;
    joins are lines whose text was one sentence, moves are lines read behind another one than where they stand.
    """
    source = read_pages(pages, paper=paper, issue_date=issue_date, home=home, stdin=sys.stdin.buffer)
    with ExitStack() as stack:
        rest = stack.enter_context(_leftovers_stream(leftovers_file)) if leftovers_file else None
        for page in source:
            done = cut(page, repair=not no_repair)
            for article in done.articles:
                click.echo(_json(printed(article)))
            if rest is not None:
                rest.writelines(_json(record).encode() + b"\n" for record in leftovers(done))


@contextmanager
def _leftovers_stream(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    with write_atomic(os.fspath(path)) as stream:
        yield stream


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def printed(article: Article) -> dict[str, Any]:
    """Return what `kg articles` prints for one article."""
    return {
        "id": article.id,
        "page": article.page,
        "headline": article.headline,
        "headline_made": article.headline_made,
        "kicker": article.kicker,
        "byline": [{"name": credit.name, "role": credit.role} for credit in article.byline],
        "lines": list(article.lines),
        "joins": [[join.first, join.second, join.reason] for join in article.joins],
        "moves": [{"lines": list(move.lines), "after": move.after, "reason": move.reason} for move in article.moves],
        "text": article.text,
    }


def leftovers(done: Cut) -> list[dict[str, Any]]:
    """Return the lines of a page that belong to no article."""
    lines = done.page.text.split("\n")
    return [{"page": done.page.id, "line": number, "text": lines[number - 1]} for number in done.leftovers]
