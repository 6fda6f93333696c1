"""`kg view`: a picture of a workspace, or of a part of it, or a page beside what was read from it, in one HTML file."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from kg.io import write_atomic

if TYPE_CHECKING:
    from exports.view.select import Graph, Selection

__all__ = ["command"]

LIMIT = 1500  # nodes; drawing more of them helps nobody
SECONDS = 30.0  # for the answer to a question


@click.command("view")
@click.argument("workspace", type=click.Path())
@click.option("-o", "--output", required=True, type=click.Path(), help="HTML file to write, - for standard output.")
@click.option("--around", metavar="NAME", help="Only this entity (name, alias or key) and what is near it.")
@click.option("--depth", type=click.IntRange(min=0), help="With --around: how many facts away.  [default: 1]")
@click.option("--query", "query", metavar="NAME", help="Only the facts behind the answer to a question of the library.")
@click.option(
    "-p",
    "--parameter",
    "parameters",
    multiple=True,
    metavar="KEY=VALUE",
    help="With --query: a parameter; may be repeated.",
)
@click.option("--page", metavar="ID", help="No picture: this page, its articles, and what they say.")
@click.option("--articles", is_flag=True, help="Draw articles and pages too; else they stand in the evidence only.")
@click.option("--limit", default=LIMIT, show_default=True, type=click.IntRange(min=1), help="Entities drawn at most.")
def command(
    workspace: str,
    output: str,
    around: str | None,
    depth: int | None,
    query: str | None,
    parameters: tuple[str, ...],
    page: str | None,
    articles: bool,
    limit: int,
) -> None:
    """Draw WORKSPACE as one HTML file that works offline: search, legend, and the quotes behind every line.

    With --page: a page as it was delivered beside the articles read from it, with what was joined and moved, the names
    marked, and every statement with its quote.

    Positions are computed beforehand; the same workspace gives the same bytes. Where there are more entities than
    --limit the best connected are drawn, and both the page and the command say how many are left out.
    """
    if sum(option is not None for option in (around, query, page)) > 1:
        raise click.UsageError("--around, --query and --page each choose a part of the graph; give one of them.")
    if depth is not None and around is None:
        raise click.UsageError("--depth says how far from NAME; give --around NAME.")
    if parameters and query is None:
        raise click.UsageError("-p is a parameter of a question; give --query NAME.")

    if page is not None:
        given = click.get_current_context().get_parameter_source
        if articles or given("limit") is not ParameterSource.DEFAULT:
            raise click.UsageError("--page shows a page whole, not a picture; leave out --articles and --limit.")
        _read(workspace, page, output)
        return

    from exports.view import focused, select
    from kg.graph import read_graph

    graph = read_graph(workspace)
    if around is not None:
        title, selection = _around(
            graph, workspace, around, depth=1 if depth is None else depth, articles=articles, limit=limit
        )
    elif query is not None:
        title, selection = _query(graph, workspace, query, parameters, limit=limit)
    else:
        title, selection = "", select.everything(graph, articles=articles, limit=limit)
    if output == "-":
        focused.write(graph, selection, sys.stdout.buffer, title=title)
    else:
        with write_atomic(output) as stream:
            focused.write(graph, selection, stream, title=title)
    drawn = len(selection.nodes)
    click.echo(f"{output}: {drawn} entities and {len(selection.edges)} relations drawn", err=True)
    if selection.left_out:
        click.echo(
            f"{output}: {selection.left_out} entities are left out, the less connected ones; draw a part with --around "
            f"NAME, --query NAME or --page ID, or more with --limit {drawn + selection.left_out}",
            err=True,
        )


def _around(
    graph: Graph, workspace: str, name: str, *, depth: int, articles: bool, limit: int
) -> tuple[str, Selection]:
    from exports.view import select
    from loaders import open_target
    from queries import resolve

    with open_target(workspace) as store:
        hit = resolve(store.query, name)
    return hit.name, select.around(graph, [hit.key], depth, articles=articles, limit=limit)


def _query(graph: Graph, workspace: str, name: str, parameters: Iterable[str], *, limit: int) -> tuple[str, Selection]:
    from exports.view import select
    from loaders import open_target
    from queries import FACTS, ask, get_query

    question = get_query(name)
    values: dict[str, object] = {}
    for parameter in parameters:
        key, sign, value = parameter.partition("=")
        if not sign:
            raise click.UsageError(f"-p {parameter}: written as KEY=VALUE.")
        values[key] = value
    with open_target(workspace) as store:
        answer = ask(store.query, question, values, timeout=SECONDS)
    keys = {str(key) for row in answer.column(FACTS) if isinstance(row, tuple | list) for key in row}
    asked = "，".join(f"{key}={value}" for key, value in sorted(values.items()))
    return f"{question.title_zh}（{asked}）" if asked else question.title_zh, select.of_facts(graph, keys, limit=limit)


def _read(workspace: str, name: str, output: str) -> None:
    """Write the reader of a page, by its id, the name of its file without extension."""
    from exports.view import reader
    from kg.workspace import Workspace

    model = reader.read_page(Workspace.open(workspace), name)
    content = reader.page(model).encode("utf-8")
    if output == "-":
        sys.stdout.buffer.write(content)
    else:
        with write_atomic(output) as stream:
            stream.write(content)
    articles, statements, issues = (len(model[part]) for part in ("articles", "statements", "issues"))
    click.echo(f"{output}: {articles} articles, {statements} statements, {issues} not understood", err=True)
