"""Rows on their way out: a table for eyes, CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

import click

from kg.io import write_atomic
from kg.text import display_width
from queries import Table

__all__ = ["FORMATS", "format_table", "output_options", "server_options", "visible", "write_table"]

FORMATS = ("table", "csv", "json")
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet runs
_GAP = "  "

Command = TypeVar("Command", bound=Callable[..., Any])


def output_options(command: Command) -> Command:
    """Add `--format`, `--bom` and `--output`."""
    for option in (
        click.option("-o", "--output", default="-", type=click.Path(), help="File to write, - for standard output."),
        click.option("--bom", is_flag=True, help="csv: mark it for spreadsheets, and let no text run as a formula."),
        click.option(
            "--format",
            "format_name",
            default="table",
            show_default=True,
            type=click.Choice(FORMATS),
            help="Form of rows.",
        ),
    ):
        command = option(command)
    return command


def server_options(command: Command) -> Command:
    """Add how to come into a Neo4j."""
    for option in (
        click.option("--database", default="", envvar="NEO4J_DATABASE", show_envvar=True, help="Database on a server."),
        click.option(
            "--password", default="", envvar="NEO4J_PASSWORD", show_envvar=True, help="Better given in the variable."
        ),
        click.option("--username", default="", envvar="NEO4J_USERNAME", show_envvar=True, help="User on a server."),
    ):
        command = option(command)
    return command


def write_table(table: Table, format_name: str, output: str, *, bom: bool = False) -> None:
    """Write `table` to a file, whole or not at all, or to standard output for `-`."""
    if bom and format_name != "csv":
        raise click.UsageError("--bom is for --format csv.")
    data = format_table(table, format_name, bom=bom).encode("utf-8", errors="backslashreplace")
    if output == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with write_atomic(output) as file:
        file.write(data)


def format_table(table: Table, format_name: str, *, bom: bool = False) -> str:
    """Return `table` as text in one of `FORMATS`."""
    match format_name:
        case "csv":
            return _csv(table, bom=bom)
        case "json":
            return _json(table)
        case _:
            return _aligned(table)


def _aligned(table: Table) -> str:
    """Columns side by side, a Chinese character being two wide, numbers to the right."""
    cells = [[visible(_text(value)) for value in row] for row in table.rows]
    head = [visible(column) for column in table.columns]
    widths = [max(map(display_width, column)) for column in zip(head, *cells, strict=True)]
    right = [bool(table.rows) and all(map(_is_number, table.column(column))) for column in table.columns]
    lines = [head, ["─" * width for width in widths], *cells]
    return "".join(
        _GAP.join(
            _pad(cell, width, to_right) for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        + "\n"
        for line in lines
    )


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _pad(cell: str, width: int, to_right: bool) -> str:
    blanks = " " * (width - display_width(cell))
    return blanks + cell if to_right else cell + blanks


def visible(text: str) -> str:
    """Return `text` on one line and without what would steer a terminal."""
    return "".join(
        " " if char in "\n\r\t" else "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") else char
        for char in text
    )


def _csv(table: Table, *, bom: bool) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value, bom=bom) for value in row] for row in table.rows)
    return (_BOM if bom else "") + text.getvalue()


def _cell(value: object, *, bom: bool) -> str:
    text = _text(value)
    return "'" + text if bom and isinstance(value, str | list) and text.startswith(_FORMULA) else text


def _json(table: Table) -> str:
    rows = [_dumps(dict(zip(table.columns, map(_finite, row), strict=True))) for row in table.rows]
    return "[" + ",".join(f"\n{row}" for row in rows) + ("\n]\n" if rows else "]\n")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple) and not any(isinstance(item, dict | list) for item in value):
        return "; ".join(map(_text, value))
    if isinstance(value, dict | list | tuple):
        return _dumps(_finite(value))
    return str(value)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _finite(value: object) -> object:
    """Return `value` with numbers that JSON does not know as text."""
    match value:
        case float() if not math.isfinite(value):
            return str(value)
        case dict():
            return {name: _finite(item) for name, item in value.items()}
        case list() | tuple():
            return [_finite(item) for item in value]
        case _:
            return value
