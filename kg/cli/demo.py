"""`kg demo`: the sample pages, all the way to database, RDF and picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import click

from kg.build import build
from kg.cli.options import workers_option
from kg.cli.progress import Progress
from kg.cli.rows import format_table
from kg.errors import WorkspaceError
from kg.io import read_pages, write_atomic
from kg.model import Page
from kg.workspace import Workspace

__all__ = ["command", "sample_pages"]

RDF, PICTURE = "union-news.ttl", "picture.html"
ROWS = 5
QUESTIONS = (("unions-by-activity", False), ("people-roles", False), ("quotes", False))  # name, with evidence


@click.command("demo")
@click.option(
    "-o", "--output", default="demo", show_default=True, metavar="FOLDER", type=click.Path(), help="Workspace to make."
)
@workers_option
def command(output: str, workers: int | None) -> None:
    """Build the sample pages that come with kg: a workspace with its database, RDF, a picture, and a few answers."""
    folder = Path(output)
    pages = list(sample_pages())
    _refuse_other_pages(folder, pages)
    with Progress() as progress:
        result = build(pages, folder, workers=workers, progress=progress)
        progress("writing RDF and picture", 0, 0)
        drawn = _outputs(folder)
    counts = result.report["counts"]
    click.echo(f"{counts['pages']} sample pages became, in {folder}:\n")
    for what, where in (
        (f"{counts['articles']} articles with {counts['statements']} statements", "pages/"),
        (f"{counts['entities']} entities and {counts['facts']} facts", "entities.jsonl, facts.jsonl"),
        ("a database that answers Cypher", "graph.kgl"),
        ("linked data", RDF),
        (f"a picture of {drawn} entities, to open in a browser", PICTURE),
        ("what was not understood, left open, or looks wrong", "report.html"),
    ):
        click.echo(f"  {what:<52}{where}")
    _answers(folder)
    click.echo(
        "\nNext:\n"
        f"  open {folder / PICTURE} in a browser, search for a union, click on a line\n"
        "  kg query --list                                        questions with a name\n"
        f"  kg query {folder} people-roles --evidence               every row with paper, line and quote\n"
        f"  kg query {folder} --cypher 'MATCH (u:TradeUnion) RETURN u.name LIMIT 5'\n"
        f"  kg find {folder} 经开区\n"
        "  kg build YOUR-PAGES -o my-workspace --home 北京市       the same with pages of your own\n"
        "  kg -h                                                  everything else"
    )


def sample_pages() -> Iterator[Page]:
    """Yield the pages in the package; their source says so, not where the package lies."""
    with as_file(files("kg") / "samples") as folder:
        for page in read_pages([str(folder)]):
            yield replace(page, source=f"kg/samples/{Path(page.source).name}")


def _refuse_other_pages(folder: Path, samples: list[Page]) -> None:
    """Raise WorkspaceError where the folder is a workspace of somebody's own pages."""
    if not (folder / "workspace.json").exists():
        return
    other = {page.id for page in Workspace.open(folder).pages()} - {page.id for page in samples}
    if other:
        raise WorkspaceError(f"{folder}: a workspace with other pages ({min(other)}); give another folder with -o")


def _outputs(folder: Path) -> int:
    """Write the RDF and the picture; return how many entities are drawn."""
    from exports import get_exporter
    from kg.graph import flow
    from kg.pictures import picture
    from kg.selection import read_selection, select

    with write_atomic(folder / RDF) as stream:
        get_exporter("turtle").write(select(flow(folder), read_selection(folder)), stream)
    drawn = picture(folder)
    drawn.save(folder / PICTURE)
    return drawn.nodes


def _answers(folder: Path) -> None:
    """Ask a few questions of the library and print the first rows of each answer."""
    from loaders import open_target
    from queries import ask, cite, get_query, without_facts

    with open_target(str(folder)) as store:
        for name, evidence in QUESTIONS:
            query = get_query(name)
            table = ask(store.query, query, {})
            shown = cite(store.query, replace(table, rows=table.rows[:ROWS])) if evidence else without_facts(table)
            click.echo(f"\n{query.title_zh} · {query.title_en}  (kg query {folder} {name})\n")
            text = format_table(replace(shown, rows=shown.rows[:ROWS]), "table")
            click.echo("".join(f"  {line}\n" for line in text.splitlines()), nl=False)
            if len(table.rows) > ROWS:
                click.echo(f"  … {len(table.rows)} rows in all")
