"""`kg query`: questions to a workspace or to a server, in Cypher or in SPARQL."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from kg.cli.rows import output_options, server_options, write_table
from loaders import is_address, open_target
from queries import FACTS, Parameter, Table, ask, cite, get_query, get_twin, library, twins, without_facts

if TYPE_CHECKING:
    from queries.triples import RunSparql

__all__ = ["command"]

AD_HOC_ROWS = 1000
SECONDS = 30.0


@click.command("query")
@click.argument("target", required=False)
@click.argument("name", required=False)
@click.option("--cypher", metavar="TEXT", help="Ask this instead of a query of the library; it may only read.")
@click.option("--sparql", is_flag=True, help="Ask the SPARQL twin of the query, over the RDF of TARGET.")
@click.option("--sparql-text", metavar="TEXT", help="Ask this SELECT or ASK of SPARQL 1.1.")
@click.option("-p", "--parameter", "given", multiple=True, metavar="KEY=VALUE", help="A parameter; may be repeated.")
@click.option(
    "--evidence", is_flag=True, help="Add paper, day of issue, page, line and quote: a row for each sentence."
)
@click.option("--list", "listing", is_flag=True, help="List the queries of the library with their parameters.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    help=f"Most rows to give [default: all; of a query of your own {AD_HOC_ROWS}].",
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
    sparql: bool,
    sparql_text: str | None,
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
    """Ask TARGET the query NAME of the library: a workspace, a Neo4j such as bolt://HOST:7687, or a SPARQL endpoint
    such as http://HOST:8000/sparql.

    \b
    kg query --list
    kg query WORKSPACE unions-by-activity
    kg query WORKSPACE activities-in-district -p district=西城区 --evidence
    kg query bolt://localhost:7687 --cypher 'MATCH (u:TradeUnion) RETURN u.name' --limit 20
    kg query http://localhost:8000/sparql unions-by-activity

    An entity is given by its name, an alias or its key; where several bear the name, they are listed. In Cypher of your
    own a parameter is JSON where it can be read so, else text; --evidence wants a column `facts` that holds the keys of
    relationships: collect(r.key) AS facts.

    An address of http or https is asked in SPARQL; so is the RDF of a workspace with --sparql or --sparql-text.
    """
    if listing:
        write_table(_listing(), format_name, output, bom=bom)
        return
    if target is None:
        raise click.UsageError("TARGET is missing: a workspace, or an address such as bolt://localhost:7687.")
    if [name, cypher, sparql_text].count(None) != 2:
        raise click.UsageError(
            "Give the NAME of a query, or --cypher TEXT, or --sparql-text TEXT; see kg query --list."
        )
    values = dict(_pair(text) for text in given)
    endpoint = target.lower().startswith(("http://", "https://"))
    if cypher is None and (endpoint or sparql or sparql_text is not None):
        if sparql_text is not None and (values or sparql):
            raise click.UsageError("--sparql-text stands alone: write the values into it.")
        table = _in_sparql(target, name, sparql_text, values, evidence=evidence, timeout=timeout, limit=limit)
    elif endpoint or sparql:
        raise click.UsageError("Cypher is for a workspace or a Neo4j; ask an address of http in SPARQL.")
    else:
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


def _in_sparql(
    target: str,
    name: str | None,
    text: str | None,
    values: Mapping[str, str],
    *,
    evidence: bool,
    timeout: float,
    limit: int | None,
) -> Table:
    """Ask a twin of the library, or a text of one's own."""
    from queries.triples import ask_sparql, cite_sparql, with_lists

    twin = None if name is None else get_twin(name)
    run = _triples(target)
    if twin is not None:
        table = ask_sparql(run, twin, values, timeout=timeout, limit=limit)
    else:
        table = run(text or "", timeout=timeout, limit=limit or AD_HOC_ROWS)
    if evidence:
        return cite_sparql(run, with_lists(table, [FACTS]) if twin is None else table, timeout=timeout)
    return table if twin is None else without_facts(table)


def _triples(target: str) -> RunSparql:
    """Return what asks TARGET in SPARQL: an endpoint, or the RDF of a workspace, which is made for it in memory."""
    from queries.triples import over_http, over_store

    if target.lower().startswith(("http://", "https://")):
        return over_http(target)
    if is_address(target):
        raise click.UsageError("SPARQL is for a workspace or an address of http; ask a Neo4j in Cypher.")
    import pyoxigraph as ox

    from exports.catalogue import portal_of
    from exports.rdf import NTriples
    from kg.graph import flow

    store = ox.Store()
    with tempfile.TemporaryFile() as file:
        NTriples().write(flow(target), file, base=portal_of(target).base)
        file.seek(0)
        store.bulk_load(file, format=ox.RdfFormat.N_TRIPLES)
    return over_store(store)


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
        (query.name, query.title_zh, query.title_en, "; ".join(map(_wanted, query.parameters)), query.name in twins())
        for query in library().values()
    ]
    return Table(("query", "zh", "en", "parameters", "sparql"), tuple(rows))


def _wanted(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f" = {json.dumps(parameter.default, ensure_ascii=False)}"
    return f"{parameter.name}: {parameter.kind}{default}"
