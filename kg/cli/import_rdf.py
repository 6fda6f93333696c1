"""`kg import-rdf`: RDF that was exported, back into a workspace."""

from __future__ import annotations

import click

from exports import DEFAULT_BASE
from kg.cli.progress import Progress

__all__ = ["command"]


@click.command("import-rdf")
@click.argument("file", type=click.Path())
@click.option("-o", "--output", required=True, metavar="WORKSPACE", type=click.Path(), help="Folder to make.")
def command(file: str, output: str) -> None:
    """Make a workspace of FILE, RDF that kg export wrote: .trig .nq .nt .ttl .jsonld .rdf, packed (.gz) or not.

    Entities, facts and statements are there again, and export, query, find, view and load work on them; exported again
    they are the same bytes. There are no pages, so that kg build has nothing to do there.
    """
    from kg.restore import restore

    with Progress() as progress:
        found = restore(file, output, progress=progress)
    counts = found.counts
    told = ", ".join(f"{counts[name]} {name}" for name in ("articles", "statements", "entities", "facts"))
    base = "" if found.base == DEFAULT_BASE else f"; export it with --base {found.base} to get the same IRIs"
    click.echo(f"{output}: {told}{base}", err=True)
