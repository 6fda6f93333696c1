"""`kg export`: a workspace as RDF, as GraphML, or as a folder of tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports import DEFAULT_BASE, EXPORTERS, FOLDER_EXPORTERS, get_exporter, get_folder_exporter
from exports.folder import write_folder_atomic
from kg.cli.options import persons_option
from kg.io import write_atomic

if TYPE_CHECKING:
    from kg.graph import Flow
    from kg.selection import Persons

__all__ = ["command"]

DELTA = "delta"
FORMATS = (*EXPORTERS, *FOLDER_EXPORTERS, DELTA)


@click.command("export")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("workspace", type=click.Path())
@click.option(
    "-o",
    "--output",
    default="-",
    type=click.Path(),
    help="File to write, - for standard output; csv and delta need a folder.",
)
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="What the IRIs of RDF start with.")
@click.option("--texts", is_flag=True, help="Publish the full texts of articles as well: is that yours to do?")
@persons_option
@click.option("--since", metavar="OLD", type=click.Path(), help="delta: a workspace, an N-Triples dump, or a portal.")
@click.option("--bom", is_flag=True, help="csv: mark the tables for spreadsheets, and let no text run as a formula.")
def command(
    format_name: str,
    workspace: str,
    output: str,
    base: str,
    texts: bool,
    persons: Persons,
    since: str | None,
    bom: bool,
) -> None:
    """Write WORKSPACE as FORMAT, replaced whole or not at all.

    \b
    turtle ntriples jsonld rdfxml   RDF, one graph
    trig nquads                     RDF, and one named graph for each article
    graphml                         for Gephi, yEd, networkx
    csv                             a folder with nodes.csv and edges.csv
    delta                           a folder with what came and what went since OLD, as N-Triples

    The same workspace gives the same bytes. Facts that were only planned, denied or reported are written as un:Fact
    with their status, never as plain triples. What withdraw.tsv of the workspace names is left out.

    Of a delta the old triples without those of removed.nt, and with those of added.nt, are the new ones byte for byte.
    """
    from kg.graph import flow
    from kg.selection import read_selection, select

    def published(path: str) -> Flow:
        return select(flow(path, texts=texts), read_selection(path, persons=persons))

    if bom and format_name not in FOLDER_EXPORTERS:
        raise click.UsageError("--bom is for csv; RDF and GraphML are always UTF-8 without it.")
    if (since is not None) != (format_name == DELTA):
        raise click.UsageError("A delta is what changed --since OLD; name an older workspace, dump or portal.")
    if output == "-" and format_name in (*FOLDER_EXPORTERS, DELTA):
        raise click.UsageError(f"{format_name} is a folder; name one with -o.")
    if since is not None:
        _delta(since, workspace, output, base, published)
        return
    if format_name in FOLDER_EXPORTERS:
        graph = published(workspace)
        with write_folder_atomic(output) as folder:
            get_folder_exporter(format_name).write_folder(graph, folder, bom=bom)
        return
    exporter = get_exporter(format_name)
    graph = published(workspace)
    if output == "-":
        exporter.write(graph, sys.stdout.buffer, base=base)
    else:
        with write_atomic(output) as stream:
            exporter.write(graph, stream, base=base)


def _delta(since: str, workspace: str, output: str, base: str, published: Callable[[str], Flow]) -> None:
    """Write a folder with what came and what went, and a summary with counts and checksums of both ends."""
    from exports.rdf import delta

    old = delta.lines(published(since), base=base) if _is_workspace(since) else delta.read_lines(since)
    with write_folder_atomic(output) as folder:
        with (folder / "added.nt").open("wb") as added, (folder / "removed.nt").open("wb") as removed:
            found = delta.delta(old, delta.lines(published(workspace), base=base), added, removed)
        text = json.dumps({"base": base, **asdict(found)}, ensure_ascii=False, indent=1) + "\n"
        (folder / "delta.json").write_text(text, encoding="utf-8")
    click.echo(
        f"{output}: {found.added.triples} triples added, {found.removed.triples} removed, "
        f"{found.old.triples} before, {found.new.triples} now",
        err=True,
    )


def _is_workspace(path: str) -> bool:
    return (Path(path) / "workspace.json").exists()
