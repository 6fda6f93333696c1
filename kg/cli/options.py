"""Options that several commands share."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

import click

from ontology import divisions

__all__ = ["Home", "IsoDate", "confidence_options", "pages_argument", "pages_options", "workers_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


class IsoDate(click.ParamType[str]):
    """A day written 2025-03-01, or nothing; the value stays text."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the day as it was written, or end with what was expected."""
        text = str(value)
        try:
            return "" if not text else datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            self.fail(f"{text!r} is not a day written as YYYY-MM-DD", param, ctx)


class Home(click.ParamType[str]):
    """The name of a division, or nothing; the value stays text."""

    name = "DIVISION"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as it was written, or end with what was expected."""
        text = str(value)
        if text and not divisions.named(text):
            self.fail(f"{text!r} is no division; write one name, as in 北京市", param, ctx)
        return text


def pages_argument(command: Command) -> Command:
    """Add the argument PAGES... (files, folders, `-` for standard input)."""
    return click.argument("pages", nargs=-1, required=True, metavar="PAGES...")(command)


def pages_options(command: Command) -> Command:
    """Add what a page may not say of itself: its day, its paper, where relative names belong; and `--no-repair`."""
    for option in (
        click.option("--no-repair", is_flag=True, help="Take each page as it is, rejoin nothing."),
        click.option(
            "--home", default="", type=Home(), help="District that names such as 市总工会 belong to, e.g. 北京市."
        ),
        click.option("--paper", default="", help="Name of the newspaper."),
        click.option("--issue-date", default="", type=IsoDate(), help="Day of issue of pages that do not say it."),
    ):
        command = option(command)
    return command


def workers_option(command: Command) -> Command:
    """Add `--workers`; the output does not depend on it."""
    option = click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(min=1),
        default=None,
        help="Processes for extraction [default: by cores].",
    )
    return option(command)


def confidence_options(command: Command) -> Command:
    """Add which statements to keep by how sure their rules are."""
    for option in (
        click.option(
            "--min-confidence",
            metavar="X",
            type=click.FloatRange(0.0, 1.0),
            default=0.0,
            help="Leave out what is less sure than this, from 0 to 1.",
        ),
        click.option("--weak-rules", is_flag=True, help="Keep what rules say that were wrong too often when measured."),
    ):
        command = option(command)
    return command
