"""`kg ontology`: the ontology as a folder that any web server can publish."""

from __future__ import annotations

import click

from exports.folder import write_folder_atomic

__all__ = ["command"]


@click.command("ontology")
@click.option("-o", "--output", required=True, type=click.Path(), help="Folder to write.")
def command(output: str) -> None:
    """Write the ontology as a folder for a web server: a page to read, and files for machines.

    \b
    index.html                       every class, relation and property, in Chinese and English
    union-news.ttl .rdf .jsonld .nt  the ontology in four syntaxes of RDF
    shapes.ttl                       what data must hold, in SHACL
    context.jsonld                   names for JSON-LD

    The folder is replaced whole or not at all, and has the same bytes every time.
    """
    from exports.ontology_page import write_ontology

    with write_folder_atomic(output) as folder:
        write_ontology(folder)
