"""`kg chart`: charts of a workspace, all on one page or one of them as a drawing or its figures."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import IsoDate
from kg.cli.rows import write_table
from kg.io import write_atomic

if TYPE_CHECKING:
    from exports.view.charts import Chart, Language, Period

__all__ = ["command"]

PICTURES = ("html", "svg", "png")
TABLES = ("csv", "json")
STATUSES = ("happened", "planned", "reported", "denied", "all")


@click.command("chart")
@click.argument("workspace", type=click.Path())
@click.argument("name", required=False)
@click.option("-o", "--output", required=True, type=click.Path(), help="File to write, - for standard output.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*PICTURES, *TABLES]),
    help="Form of the file [default: as its name ends; html on standard output].",
)
@click.option("--lang", "language", default="zh", show_default=True, type=click.Choice(["zh", "en"]), help="Language.")
@click.option("--dark", is_flag=True, help="Light on dark; an html page follows the reader's system without it.")
@click.option(
    "--top", metavar="N", type=click.IntRange(min=1), help="Rows at most [default: what fits; in csv and json all]."
)
@click.option(
    "--status", type=click.Choice(STATUSES), help="Count facts of this status only [default: what fits the chart]."
)
@click.option("--from", "since", default="", type=IsoDate(), help="Count from this day on.")
@click.option("--to", "until", default="", type=IsoDate(), help="Count up to this day.")
@click.option(
    "--period",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "month", "quarter", "year"]),
    help="Over time: how long a period is; auto goes by the span.",
)
@click.option("--width", metavar="PX", type=click.IntRange(16, 16384), help="png: how many pixels across.")
@click.option(
    "--scale", metavar="X", type=click.FloatRange(0.1, 16), help="png: pixels for one of the drawing  [default: 2]"
)
@click.option("--bom", is_flag=True, help="csv: mark it for spreadsheets, and let no text run as a formula.")
def command(
    workspace: str,
    name: str | None,
    output: str,
    format_name: str | None,
    language: Language,
    dark: bool,
    top: int | None,
    status: str | None,
    since: str,
    until: str,
    period: Period,
    width: int | None,
    scale: float | None,
    bom: bool,
) -> None:
    """Draw the chart NAME of WORKSPACE; without NAME all of them, on one HTML page.

    \b
    activities-over-time     by month, quarter or year
    activities-by-kind       by the head noun of their names
    activities-by-district   districts with those inside them
    top-organisers           who organised most, and in which role
    union-hierarchy          which union stands under which
    articles-over-time       how much was printed at all
    facts-by-relation        what the graph holds

    The same workspace gives the same bytes; a PNG does on one machine, since it is drawn with the fonts that are there.
    """
    form = format_name or _by_name(output)
    if name is None and form != "html":
        raise click.UsageError(f"{form} holds one chart; give its NAME, or write html.")
    if form != "png" and (width or scale):
        raise click.UsageError("--width and --scale are for png; the other forms have no pixels.")
    if width and scale:
        raise click.UsageError("--width and --scale both say how large; give one of them.")
    if since and until and since > until:
        raise click.UsageError(f"--from {since} is after --to {until}.")
    if bom and form != "csv":
        raise click.UsageError("--bom is for csv.")

    from exports.view.charts import ALL, CHARTS, Choice, charts, page
    from exports.view.charts import STATUSES as KNOWN
    from kg.graph import flow

    statuses = () if status is None else KNOWN if status == "all" else (status,)
    choice = Choice(statuses, since, until, period, top or (ALL if form in TABLES else 0))
    made = charts(flow(workspace), [name] if name else CHARTS, choice, language=language, dark=dark)
    match form:
        case "html":
            _write(page(made).encode("utf-8"), output)
        case "svg":
            _write(made[0].svg().encode("utf-8"), output)
        case "png":
            _write(_png(made[0], width, scale), output)
        case _:
            write_table(made[0].table(), form, output, bom=bom)


def _by_name(output: str) -> str:
    suffix = Path(output).suffix.lower().removeprefix(".")
    if output == "-" or suffix == "htm":
        return "html"
    if suffix not in (*PICTURES, *TABLES):
        raise click.UsageError(f"{output}: name a file that ends in {', .'.join(('.html', *PICTURES[1:], *TABLES))}.")
    return suffix


def _png(chart: Chart, width: int | None, scale: float | None) -> bytes:
    from exports.view.charts import png

    made = chart.png(width=width, scale=scale or 2.0)
    missing = png.lacking(chart.svg())
    if missing:
        said = " ".join(f"{char} (U+{ord(char):04X})" for char in missing[:5])
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        click.echo(f"no font here has {said}{more}; boxes are drawn instead", err=True)
    return made


def _write(data: bytes, output: str) -> None:
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        with write_atomic(output) as stream:
            stream.write(data)
