"""`kg load`: a workspace into a database."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from kg.cli.progress import Progress
from kg.cli.rows import server_options
from loaders import BATCH, LOADERS, LoadReport, Store, check_address, get_loader

__all__ = ["command", "said"]


@click.command("load")
@click.argument("loader", metavar="DATABASE", type=click.Choice(list(LOADERS)))
@click.argument("workspace", type=click.Path())
@click.option("--uri", default="", envvar="NEO4J_URI", show_envvar=True, help="neo4j: its address, bolt://HOST:7687.")
@server_options
@click.option("--name", default="", help="What the nodes say they came from [default: the name of the folder].")
@click.option("--batch", default=BATCH, show_default=True, type=click.IntRange(min=1), help="Rows in one transaction.")
@click.option("--dry-run", is_flag=True, help="Only count what would change; write nothing.")
def command(
    loader: str,
    workspace: str,
    uri: str,
    username: str,
    password: str,
    database: str,
    name: str,
    batch: int,
    dry_run: bool,
) -> None:
    """Load WORKSPACE into DATABASE: neo4j, or embedded to make the database inside the workspace anew.

    What is in the database already is left as it is; loading twice changes nothing, and a load that was killed is
    finished by the next. Facts that this workspace no longer holds are removed: those that bear its name, so give the
    same --name when the folder has moved. In a Neo4j that others use too, their nodes, labels, relationships and
    properties stay; an entity of ours that is to go but bears any of these stays with its key and name only.
    """
    from kg.graph import read_graph
    from kg.workspace import DATABASE, Workspace, locked

    space = Workspace.open(workspace)
    with ExitStack() as stack:
        if loader == "embedded":
            if not dry_run:
                stack.enter_context(locked(space.path))
            store: Store = get_loader("embedded")(space.file(DATABASE))
            name = space.name
        else:
            check_address(uri)
            store = get_loader(loader)(uri, username=username, password=password, database=database)
            name = name or Path(workspace).resolve().name
        stack.enter_context(store)
        graph = read_graph(workspace)
        progress = stack.enter_context(Progress())
        report = store.load(graph, workspace=name, batch=batch, dry_run=dry_run, progress=progress)
    click.echo(said(report, dry_run=dry_run))


def said(report: LoadReport, *, dry_run: bool = False) -> str:
    """Say in a few lines what a load did, or would do."""
    lines = [
        f"nodes: {report.nodes_added} added, {report.nodes_changed} changed, {report.nodes_unchanged} unchanged, "
        f"{report.nodes_removed} removed",
        f"edges: {report.edges_added} added, {report.edges_changed} changed, {report.edges_unchanged} unchanged, "
        f"{report.edges_removed} removed",
    ]
    if report.nodes_kept:
        lines.append(f"kept for what others put there: {report.nodes_kept} nodes that are no longer in the workspace")
    if report.edges_marked:
        lines.append(f"removed with properties that others put there: {report.edges_marked} edges")
    if not report.changes:
        lines.append("nothing to change" if dry_run else "nothing changed")
    elif dry_run:
        lines.append("dry run: nothing was written")
    return "\n".join(lines)
