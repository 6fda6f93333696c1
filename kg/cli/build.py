"""`kg build`: pages in, a workspace out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import click

from kg.build import Decided, build
from kg.cli.options import confidence_options, pages_options, proposers_options, workers_option
from kg.cli.progress import Progress
from kg.extract import Keep
from kg.extract.optional import Panel
from kg.io import read_pages
from kg.workspace import Workspace

__all__ = ["command", "summary"]

_TOLD = 10  # lines of one kind on the terminal


@click.command("build")
@click.argument("pages", nargs=-1, metavar="PAGES...")
@click.option("-o", "--output", required=True, metavar="WORKSPACE", type=click.Path(), help="Folder to make or renew.")
@click.option("--add", is_flag=True, help="Keep the pages that the workspace holds already.")
@click.option(
    "--judgements", metavar="FILE", help="What is the same and what is not [default: judgements.tsv of WORKSPACE]."
)
@click.option(
    "--corrections", metavar="FILE", help="Facts to reject or add, classes [default: corrections.tsv of WORKSPACE]."
)
@click.option(
    "--checks", metavar="FILE", help="Least numbers, greatest shares to keep [default: checks.toml of WORKSPACE]."
)
@pages_options
@confidence_options
@workers_option
@proposers_options
def command(
    pages: tuple[str, ...],
    output: str,
    add: bool,
    judgements: str | None,
    corrections: str | None,
    checks: str | None,
    issue_date: str,
    paper: str,
    home: str,
    no_repair: bool,
    weak_rules: bool,
    min_confidence: float,
    workers: int | None,
    panel: Panel,
) -> None:
    """Make a workspace from PAGES: files, folders, or - for standard input.

    Afterwards it holds exactly these pages, or with --add also those it held before: statements with their evidence,
    entities, facts, and a report of what was not understood or looks wrong (report.html). A build that fails leaves the
    workspace as it was; one that would change nothing writes nothing. With --add no PAGES are needed: what the
    workspace holds is built again, by today's rules and with what people decided since.

    A build that does not keep the bounds of checks.toml, or of the file that --checks names, fails: exit code 1, one
    line that names each bound, and the report in report-refused.html.
    """
    if not pages and not add:
        raise click.UsageError("Missing argument 'PAGES...'.")
    if not pages:
        Workspace.open(output)  # raises where there is none that could be built again
    source = read_pages(pages, paper=paper, issue_date=issue_date, home=home, stdin=sys.stdin.buffer)
    keep = Keep(weak_rules, min_confidence)
    with Progress() as progress:
        result = build(
            source,
            output,
            add=add,
            repair=not no_repair,
            workers=workers,
            keep=keep,
            panel=panel,
            decided=Decided(judgements, corrections, checks),
            progress=progress,
        )
    for lines in (_idle(result.report), _contradictions(result.report)):
        told = list(lines)
        for line in told[:_TOLD]:
            click.echo(line, err=True)
        if len(told) > _TOLD:
            click.echo(f"and {len(told) - _TOLD} more such lines; report.json has them all", err=True)
    text = summary(output, result.report)
    click.echo(text if result.changed else f"{text}; nothing changed", err=True)


def _idle(report: Mapping[str, Any]) -> Iterator[str]:
    """Say which lines that people wrote change nothing."""
    for line in report["decisions"]:
        if line["idle"]:
            yield f"{line['file']}, line {line['line']}, changes nothing: {line['idle']}"


def _contradictions(report: Mapping[str, Any]) -> Iterator[str]:
    """Say which judgements speak against each other; "same" holds."""
    for found in report["contradictions"]:
        no, chain = found["different"], found["chain"]
        why = "; ".join(f"{step['left']} is {step['right']} ({', '.join(step['reasons'])})" for step in chain)
        yield f"judgements contradict: {no['left']} is not {no['right']} ({', '.join(no['reasons'])}), but {why}"


def summary(output: str, report: Mapping[str, Mapping[str, int]]) -> str:
    """Say in one line what a workspace holds."""
    counts = report["counts"]
    parts = [_counted(counts[name], name) for name in ("pages", "articles", "statements", "entities", "facts")]
    open_ends = [
        _counted(counts[name], name)
        for name in ("issues", "unresolved", "candidates", "contradictions")
        if counts[name]
    ]
    if counts["suspicious"]:
        open_ends.append(f"{counts['suspicious']} suspicious")
    left = f"; left open, see report.html: {', '.join(open_ends)}" if open_ends else ""
    return f"{output}: {', '.join(parts)}{left}"


def _counted(number: int, things: str) -> str:
    one = "entity" if things == "entities" else things.removesuffix("s")
    return f"{number} {one if number == 1 else things}"
