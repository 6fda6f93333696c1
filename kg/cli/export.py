"""`kg export`: a workspace as RDF, as GraphML, as a folder of tables, or as a portal."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import click

import kg
from exports import DEFAULT_BASE, EXPORTERS, FOLDER_EXPORTERS, get_exporter, get_folder_exporter
from exports.folder import write_folder_atomic
from kg.cli.options import IsoDate
from kg.io import write_atomic
from kg.workspace import PORTAL as PORTAL_FILE
from kg.workspace import Workspace

__all__ = ["command"]

PORTAL = "portal"
FORMATS = (*EXPORTERS, *FOLDER_EXPORTERS, PORTAL)


@click.command("export")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("workspace", type=click.Path())
@click.option(
    "-o",
    "--output",
    default="-",
    type=click.Path(),
    help="File to write, - for standard output; csv and portal need a folder.",
)
@click.option(
    "--base", default="", help=f"What the IRIs of RDF start with [default: that of portal.toml, or {DEFAULT_BASE}]."
)
@click.option("--issued", default="", type=IsoDate(), help="portal: day of issue [default: that of SOURCE_DATE_EPOCH].")
@click.option("--texts", is_flag=True, help="Publish the full texts of articles as well: is that yours to do?")
@click.option("--bom", is_flag=True, help="csv: mark the tables for spreadsheets, and let no text run as a formula.")
def command(format_name: str, workspace: str, output: str, base: str, issued: str, texts: bool, bom: bool) -> None:
    """Write WORKSPACE as FORMAT, replaced whole or not at all.

    \b
    turtle ntriples jsonld rdfxml   RDF, one graph
    trig nquads                     RDF, and one named graph for each article
    graphml                         for Gephi, yEd, networkx
    csv                             a folder with nodes.csv and edges.csv
    portal                          a folder for a web server: a page for each IRI, all data, ontology, catalogue

    The same workspace gives the same bytes. Facts that were only planned, denied or reported are written as un:Fact
    with their status, never as plain triples.
    """
    from kg.graph import flow

    if bom and format_name not in FOLDER_EXPORTERS:
        raise click.UsageError("--bom is for csv; RDF and GraphML are always UTF-8 without it.")
    if issued and format_name != PORTAL:
        raise click.UsageError("--issued is for portal: other formats hold no date of their own.")
    if output == "-" and (format_name == PORTAL or format_name in FOLDER_EXPORTERS):
        raise click.UsageError(f"{format_name} is a folder; name one with -o.")
    if format_name == PORTAL:
        write_site(workspace, output, base=base, issued=issued, texts=texts)
        return
    base = base or DEFAULT_BASE
    if format_name in FOLDER_EXPORTERS:
        graph = flow(workspace, texts=texts)
        with write_folder_atomic(output) as folder:
            get_folder_exporter(format_name).write_folder(graph, folder, bom=bom)
        return
    exporter = get_exporter(format_name)
    graph = flow(workspace, texts=texts)
    if output == "-":
        exporter.write(graph, sys.stdout.buffer, base=base)
    else:
        with write_atomic(output) as stream:
            exporter.write(graph, stream, base=base)


def write_site(workspace: str, output: str, *, base: str, issued: str, texts: bool) -> None:
    """Write the portal of a workspace, by what its keeper decided in portal.toml, into the folder `output`.

    What the catalogue there said before is taken up: what did not change keeps its dates.
    """
    from exports.catalogue import Build, Portal, day_of_issue, read_portal
    from exports.portal import write_portal
    from kg.graph import flow

    space = Workspace.open(workspace)
    kept = space.file(PORTAL_FILE)
    portal = read_portal(kept) if kept.exists() else Portal()
    before = Path(output) / "catalogue" / "catalogue.ttl"
    with write_folder_atomic(output) as folder:
        write_portal(
            flow(workspace, texts=texts),
            folder,
            portal=replace(portal, base=base or portal.base),
            build=Build(kg.__version__, len(space.rows()), tuple(space.head.get("proposers", ()))),
            issued=day_of_issue(issued, os.environ.get("SOURCE_DATE_EPOCH")),
            previous=before.read_bytes() if before.is_file() else None,
        )
