"""`kg query`: questions to a workspace or to a server."""

from __future__ import annotations

import json

import click

from kg.cli.rows import output_options, server_options, write_table
from loaders import open_target
from queries import Parameter, Table, ask, cite, get_query, library, without_facts

__all__ = ["command"]

AD_HOC_ROWS = 1000
SECONDS = 30.0


@click.command("query")
@click.argument("target", required=False)
@click.argument("name", required=False)
@click.option("--cypher", metavar="TEXT", help="Ask this instead of a query of the library; it may only read.")
@click.option("-p", "--parameter", "given", multiple=True, metavar="KEY=VALUE", help="A parameter; may be repeated.")
@click.option(
    "--evidence", is_flag=True, help="Add paper, day of issue, page, line and quote: a row for each sentence."
)
@click.option("--list", "listing", is_flag=True, help="List the queries of the library with their parameters.")
@click.option(
    "--limit", type=click.IntRange(min=1), help=f"Most rows to give [default: all; with --cypher {AD_HOC_ROWS}]."
)
@click.option(
    "--timeout",
    default=SECONDS,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="Most seconds to take.",
)
@output_options
@server_options
def command(
    target: str | None,
    name: str | None,
    cypher: str | None,
    given: tuple[str, ...],
    evidence: bool,
    listing: bool,
    limit: int | None,
    timeout: float,
    format_name: str,
    bom: bool,
    output: str,
    username: str,
    password: str,
    database: str,
) -> None:
    """Ask TARGET, a workspace or an address such as bolt://HOST:7687, the query NAME of the library.

    \b
    kg query --list
    kg query WORKSPACE unions-by-activity
    kg query WORKSPACE activities-in-district -p district=西城区 --evidence
    kg query bolt://localhost:7687 --cypher 'MATCH (u:TradeUnion) RETURN u.name' --limit 20

    An entity is given by its name, an alias or its key; where several bear the name, they are listed. In Cypher of your
    own a parameter is JSON where it can be read so, else text; --evidence wants a column `facts` that holds the keys of
    relationships: collect(r.key) AS facts.
    """
    if listing:
        write_table(_listing(), format_name, output, bom=bom)
        return
    if target is None:
        raise click.UsageError("TARGET is missing: a workspace, or an address such as bolt://localhost:7687.")
    if (name is None) == (cypher is None):
        raise click.UsageError("Give the NAME of a query, or --cypher TEXT; kg query --list shows the names.")
    values = dict(_pair(text) for text in given)
    query = None if name is None else get_query(name)
    with open_target(target, username=username, password=password, database=database) as store:
        if query is not None:
            table = ask(store.query, query, values, timeout=timeout, limit=limit)
        else:
            parameters = {key: _json(value) for key, value in values.items()}
            table = store.query(cypher or "", parameters, timeout=timeout, limit=limit or AD_HOC_ROWS)
        if evidence:
            table = cite(store.query, table, timeout=timeout)
        elif query is not None:
            table = without_facts(table)
    write_table(table, format_name, output, bom=bom)
    if table.truncated:
        click.echo(f"only the first {limit or AD_HOC_ROWS} rows of the answer; --limit gives more", err=True)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise click.UsageError(f"-p {text}: a parameter is written KEY=VALUE.")
    return key.strip(), value


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _listing() -> Table:
    rows = [
        (query.name, query.title_zh, query.title_en, "; ".join(map(_wanted, query.parameters)))
        for query in library().values()
    ]
    return Table(("query", "zh", "en", "parameters"), tuple(rows))


def _wanted(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f" = {json.dumps(parameter.default, ensure_ascii=False)}"
    return f"{parameter.name}: {parameter.kind}{default}"
