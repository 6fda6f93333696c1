"""`kg export`: a workspace as RDF, as GraphML, as a folder of tables, as what changed, or as a portal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports import DEFAULT_BASE, EXPORTERS, FOLDER_EXPORTERS, get_exporter, get_folder_exporter
from exports.folder import write_folder_atomic
from kg.cli.options import IsoDate, persons_option
from kg.io import write_atomic
from kg.workspace import Workspace

if TYPE_CHECKING:
    from exports.catalogue import Portal
    from kg.graph import Flow
    from kg.selection import Persons, Selection

__all__ = ["command"]

DELTA, PORTAL = "delta", "portal"
FOLDERS = (*FOLDER_EXPORTERS, DELTA, PORTAL)
FORMATS = (*EXPORTERS, *FOLDERS)


@click.command("export")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("workspace", type=click.Path())
@click.option(
    "-o",
    "--output",
    default="-",
    type=click.Path(),
    help="File to write, - for standard output; csv, delta and portal need a folder.",
)
@click.option(
    "--base", default="", help=f"What the IRIs of RDF start with [default: that of portal.toml, or {DEFAULT_BASE}]."
)
@click.option("--issued", default="", type=IsoDate(), help="portal: day of issue [default: that of SOURCE_DATE_EPOCH].")
@click.option("--texts", is_flag=True, help="Publish the full texts of articles as well: is that yours to do?")
@persons_option
@click.option(
    "--since", metavar="OLD", type=click.Path(), help="delta, portal: an older workspace, N-Triples dump, or portal."
)
@click.option("--bom", is_flag=True, help="csv: mark the tables for spreadsheets, and let no text run as a formula.")
def command(
    format_name: str,
    workspace: str,
    output: str,
    base: str,
    issued: str,
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
    portal                          a folder for a web server: a page for each IRI, all data, ontology, catalogue

    The same workspace gives the same bytes. Facts that were only planned, denied or reported are written as un:Fact
    with their status, never as plain triples. What withdraw.tsv of the workspace names is left out.

    Of a delta the old triples without those of removed.nt, and with those of added.nt, are the new ones byte for byte.
    """
    from exports.catalogue import portal_of
    from kg.graph import flow
    from kg.selection import read_selection, select

    if bom and format_name not in FOLDER_EXPORTERS:
        raise click.UsageError("--bom is for csv; RDF and GraphML are always UTF-8 without it.")
    if issued and format_name != PORTAL:
        raise click.UsageError("--issued is for portal: other formats hold no date of their own.")
    if since is None and format_name == DELTA:
        raise click.UsageError("A delta is what changed --since OLD; name an older workspace, dump or portal.")
    if since is not None and format_name not in (DELTA, PORTAL):
        raise click.UsageError("--since is for delta and portal: other formats hold what there is now.")
    if output == "-" and format_name in FOLDERS:
        raise click.UsageError(f"{format_name} is a folder; name one with -o.")

    selection = read_selection(workspace, persons=persons)

    def published(path: str) -> Flow:
        chosen = selection if path == workspace else read_selection(path, persons=persons)
        return select(flow(path, texts=texts), chosen)

    portal = portal_of(workspace, base)
    base = portal.base
    if since is not None and format_name == DELTA:
        from exports.rdf.delta import lines, write_delta

        with write_folder_atomic(output) as folder:
            before, now = _old(since, published, base), lines(published(workspace), base=base)
            found = write_delta(before, now, folder, base=base, withhold=not selection.everything)
        click.echo(
            f"{output}: {found.added.triples} triples added, {found.removed.triples} removed, "
            f"{found.old.triples} before, {found.new.triples} now",
            err=True,
        )
    elif format_name == PORTAL:
        old = None if since is None else _old(since, published, base)
        _site(workspace, output, portal, published(workspace), selection, issued, old)
    elif format_name in FOLDER_EXPORTERS:
        graph = published(workspace)
        with write_folder_atomic(output) as folder:
            get_folder_exporter(format_name).write_folder(graph, folder, bom=bom)
    else:
        exporter = get_exporter(format_name)
        graph = published(workspace)
        if output == "-":
            exporter.write(graph, sys.stdout.buffer, base=base)
        else:
            with write_atomic(output) as stream:
                exporter.write(graph, stream, base=base)


def _old(since: str, published: Callable[[str], Flow], base: str) -> Iterator[bytes]:
    """Return the N-Triples of an older workspace, dump or portal."""
    from exports.rdf import delta

    if (Path(since) / "workspace.json").exists():
        return delta.lines(published(since), base=base)
    return delta.read_lines(since)


def _site(
    workspace: str,
    output: str,
    portal: Portal,
    graph: Flow,
    selection: Selection,
    issued: str,
    old: Iterator[bytes] | None,
) -> None:
    """Write the portal of a workspace into the folder `output`.

    What the portal there said before is taken up: what did not change keeps its dates.
    """
    from exports.catalogue import build_of, day_of_issue
    from exports.portal import write_portal

    with write_folder_atomic(output) as folder:
        write_portal(
            graph,
            folder,
            portal=portal,
            build=build_of(Workspace.open(workspace)),
            issued=day_of_issue(issued, os.environ.get("SOURCE_DATE_EPOCH")),
            before=Path(output),
            since=old,
            withhold=not selection.everything,
            gone=selection.withdrawn,
        )
