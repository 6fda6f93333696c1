"""`kg check`: a workspace against the ontology and its shapes."""

from __future__ import annotations

import click

from exports import DEFAULT_BASE
from kg.errors import KGError

__all__ = ["command"]


@click.command("check")
@click.argument("workspace", type=click.Path())
@click.option("--no-shapes", is_flag=True, help="Only the laws of the graph: fast, also on a large one.")
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="What the IRIs in messages start with.")
def command(workspace: str, no_shapes: bool, base: str) -> None:
    """Check WORKSPACE: classes, relations, evidence, then the SHACL shapes on its RDF.

    Each violation is a line: where, which law or shape, what is wrong, the value. Exit code 1 where there is any.
    """
    from kg.check import check_graph
    from kg.graph import read_graph

    graph = read_graph(workspace)
    found = check_graph(graph, shapes=not no_shapes, base=base)
    for violation in found:
        fields = (violation.where, violation.law, violation.message, violation.value)
        click.echo("\t".join(" ".join(field.split()) for field in fields))
    if found:
        raise KGError(
            f"{workspace}: {len(found)} violations, each a line above; build the workspace again, or report them"
        )
    click.echo(f"{workspace}: {len(graph)} entities and {graph.number_of_edges()} facts, no violations", err=True)
