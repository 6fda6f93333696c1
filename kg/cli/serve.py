"""`kg serve`: a workspace on the network, for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from exports import DEFAULT_BASE
from kg.cli.options import persons_option

if TYPE_CHECKING:
    from kg.selection import Persons

__all__ = ["command"]


@click.command("serve")
@click.argument("workspace", type=click.Path())
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 for everybody.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 for a free one.")
@click.option(
    "--base", help=f"What the IRIs of the data start with.  [default: that of portal.toml, or {DEFAULT_BASE}]"
)
@persons_option
@click.option("--url", default="", help="Where others see the server, e.g. https://data.example.org/, behind a proxy.")
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(min=0, min_open=True),
    help="Most seconds a query may take.",
)
@click.option(
    "--max-rows", default=10_000, show_default=True, type=click.IntRange(min=1), help="Most rows it may give."
)
@click.option(
    "--max-bytes", default=32 * 2**20, show_default=True, type=click.IntRange(min=1024), help="Most bytes it may give."
)
@click.option(
    "--memory", default=1024, show_default=True, type=click.IntRange(min=64), help="Most MiB that a query may take."
)
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(min=1), help="Queries that are answered at once."
)
@click.option("--queue", default=32, show_default=True, type=click.IntRange(min=0), help="Queries that may wait.")
@click.option(
    "--open-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin read here (CORS), e.g. https://example.org; '*' for all. May be given again.",
)
@click.option(
    "--access-log",
    default="-",
    show_default=True,
    type=click.Path(dir_okay=False),
    help="File to append to; - for standard error, '' for none.",
)
def command(
    workspace: str,
    host: str,
    port: int,
    base: str | None,
    persons: Persons,
    url: str,
    timeout: float,
    max_rows: int,
    max_bytes: int,
    memory: int,
    workers: int,
    queue: int,
    origins: tuple[str, ...],
    access_log: str,
) -> None:
    """Serve WORKSPACE for reading: a page to ask on at /, SPARQL 1.1 at /sparql, a document behind every IRI.

    \b
    /              the query page                 /sparql            GET, POST
    /id/KEY        leads to page or data          /page/KEY          for people
    /data/KEY.ttl  also nt jsonld rdf trig nq     /ontology          also .ttl .rdf .jsonld .nt
    /catalogue     DCAT-AP                        /.well-known/void  how much there is of what
    /health        JSON

    What is served is the workspace as it is now, in a store inside it that is made once (.rdf, which may be deleted).
    """
    from exports.catalogue import portal_of
    from kg.selection import read_selection
    from kg.serve.pool import Limits
    from kg.serve.run import serve
    from kg.workspace import Workspace

    if url:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
            raise click.UsageError(f"--url {url}: an address such as https://data.example.org/ is wanted.")
        url = f"{parts.scheme}://{parts.netloc}/"
    space = Workspace.open(workspace)
    serve(
        space,
        portal=portal_of(space.path, base or ""),
        host=host,
        port=port,
        limits=Limits(timeout, max_rows, max_bytes, memory, workers, queue),
        url=url,
        origins=frozenset(origins),
        access_log=access_log,
        selection=read_selection(workspace, persons=persons),
        say=lambda text: click.echo(text, err=True),
    )
