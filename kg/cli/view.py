"""`kg view`: a picture of a workspace, or of a part of it, or a page beside what was read from it, in one HTML file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from exports.view.sheet import Sheet
    from kg.selection import Persons

__all__ = ["command"]

LIMIT = 50_000  # that of kg.pictures, which is imported when it is needed


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
@click.option(
    "--portal",
    default="",
    metavar="WHERE",
    help="Where names lead: the base of the IRIs of a portal, or its folder as seen from the picture. "
    "[default: the base in portal.toml]",
)
@click.option(
    "--persons",
    type=click.Choice(["all", "officials", "none"]),
    help="For a picture to hand on: leave out what withdraw.tsv names, and all people but these. [default: leave out "
    "nothing]",
)
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
    portal: str,
    persons: Persons | None,
) -> None:
    """Draw WORKSPACE as one HTML file that works offline: search, legend, and the quotes behind every line.

    Without --around or --query it is the whole graph, by district and community, with a slider over the dates of
    activities, filters, shortest paths and more (press ? in it). Positions are computed beforehand; the same workspace
    gives the same bytes. Where there are more entities than --limit the best connected are drawn, and both the page
    and the command say how many are left out.

    With --page: a page as it was delivered beside the articles read from it, with what was joined and moved, the names
    marked, and every statement with its quote.
    """
    if sum(option is not None for option in (around, query, page)) > 1:
        raise click.UsageError("--around, --query and --page each choose what is shown; give one of them.")
    if depth is not None and around is None:
        raise click.UsageError("--depth says how far from NAME; give --around NAME.")
    if parameters and query is None:
        raise click.UsageError("-p is a parameter of a question; give --query NAME.")
    if articles and query is not None:
        raise click.UsageError("--query draws the facts behind an answer, whatever they join; leave out --articles.")
    values = dict(map(_value, parameters))
    if page is not None:
        _read(workspace, page, output)
        return

    from kg.pictures import FOCUSED, picture

    made = picture(
        workspace,
        around=around,
        depth=1 if depth is None else depth,
        query=query,
        parameters=values,
        articles=articles,
        limit=limit,
        portal=portal,
        persons=persons,
    )
    _write(made, output)
    click.echo(f"{output}: {made.summary}", err=True)
    if made.kind == "whole" and (around is not None or query is not None):
        click.echo(
            f"{output}: more than {FOCUSED} entities, so it is drawn as a whole graph is; a smaller part is easier to "
            "read: give --depth 1, or --limit",
            err=True,
        )
    if made.left_out:
        click.echo(
            f"{output}: {made.left_out} entities are left out, the less connected ones; draw a part with --around "
            f"NAME or --query NAME, or more with --limit {made.nodes + made.left_out}",
            err=True,
        )


def _read(workspace: str, name: str, output: str) -> None:
    """Write the reader of a page."""
    given = click.get_current_context().get_parameter_source
    for option in ("articles", "limit", "portal", "persons"):
        if given(option) is not ParameterSource.DEFAULT:
            raise click.UsageError(f"--page shows a page whole, not a picture; leave out --{option}.")
    from kg.pictures import reader

    made = reader(workspace, name)
    _write(made, output)
    click.echo(f"{output}: {made.summary}", err=True)


def _value(parameter: str) -> tuple[str, object]:
    key, sign, value = parameter.partition("=")
    if not sign:
        raise click.UsageError(f"-p {parameter}: written as KEY=VALUE.")
    return key, value


def _write(made: Sheet, output: str) -> None:
    if output == "-":
        sys.stdout.buffer.write(made.html.encode("utf-8"))
    else:
        made.save(output)
