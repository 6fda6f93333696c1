"""`kg find`: entities by name, alias, part of a name."""

from __future__ import annotations

import click

from kg.cli.rows import output_options, server_options, write_table
from loaders import open_target
from ontology import ontology
from queries import Table, find, resolve

__all__ = ["command"]


@click.command("find")
@click.argument("target")
@click.argument("name")
@click.option(
    "--type", "classes", multiple=True, help="Only entities of this class, such as TradeUnion; may be repeated."
)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="Most entities to give.")
@click.option(
    "--timeout", default=30.0, show_default=True, type=click.FloatRange(min=0, min_open=True), help="Seconds."
)
@output_options
@server_options
def command(
    target: str,
    name: str,
    classes: tuple[str, ...],
    limit: int,
    timeout: float,
    format_name: str,
    bom: bool,
    output: str,
    username: str,
    password: str,
    database: str,
) -> None:
    """Find entities in TARGET, a workspace or an address such as bolt://HOST:7687, by NAME, alias or part of a name.

    NAME may also be a key, and one that was retired when its entity was found to be the same as another.

    Best first: those that bear the name, then those that have it as an alias, then those whose name begins with it or
    holds it. Where there is none, names that come near are shown.
    """
    unknown = sorted(set(classes) - ontology.classes.keys())
    if unknown:
        raise click.UsageError(f"--type {unknown[0]}: no such class; there are {', '.join(ontology.classes)}.")
    with open_target(target, username=username, password=password, database=database) as store:
        hits = find(store.query, name, classes=classes, limit=limit + 1, timeout=timeout)
        if not hits:
            resolve(store.query, name, classes=classes, timeout=timeout)  # raises, with names that come near
    rows = tuple((hit.name, hit.type, list(hit.aliases), hit.how, hit.key) for hit in hits[:limit])
    write_table(Table(("name", "type", "aliases", "match", "key"), rows), format_name, output, bom=bom)
    if len(hits) > limit:
        click.echo(f"only the first {limit} entities; --limit gives more", err=True)
