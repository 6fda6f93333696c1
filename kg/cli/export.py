"""`kg export`: a workspace as RDF, as GraphML, or as a folder of tables."""

from __future__ import annotations

import sys

import click

from exports import DEFAULT_BASE, EXPORTERS, FOLDER_EXPORTERS, get_exporter, get_folder_exporter
from exports.folder import write_folder_atomic
from kg.io import write_atomic

__all__ = ["command"]

FORMATS = (*EXPORTERS, *FOLDER_EXPORTERS)


@click.command("export")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("workspace", type=click.Path())
@click.option(
    "-o", "--output", default="-", type=click.Path(), help="File to write, - for standard output; csv needs a folder."
)
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="What the IRIs of RDF start with.")
@click.option("--texts", is_flag=True, help="Publish the full texts of articles as well: is that yours to do?")
@click.option("--bom", is_flag=True, help="csv: mark the tables for spreadsheets, and let no text run as a formula.")
def command(format_name: str, workspace: str, output: str, base: str, texts: bool, bom: bool) -> None:
    """Write WORKSPACE as FORMAT, replaced whole or not at all.

    \b
    turtle ntriples jsonld rdfxml   RDF, one graph
    trig nquads                     RDF, and one named graph for each article
    graphml                         for Gephi, yEd, networkx
    csv                             a folder with nodes.csv and edges.csv

    The same workspace gives the same bytes. Facts that were only planned, denied or reported are written as un:Fact
    with their status, never as plain triples.
    """
    from kg.graph import flow

    if bom and format_name not in FOLDER_EXPORTERS:
        raise click.UsageError("--bom is for csv; RDF and GraphML are always UTF-8 without it.")
    if format_name in FOLDER_EXPORTERS:
        if output == "-":
            raise click.UsageError(f"{format_name} is a folder; name one with -o.")
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
