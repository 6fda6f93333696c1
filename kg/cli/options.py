"""Options that several commands share."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from kg.extract.optional import OPTIONAL, Panel, Settings
from ontology import divisions

__all__ = [
    "SHARE",
    "Home",
    "IsoDate",
    "confidence_options",
    "pages_argument",
    "pages_options",
    "persons_option",
    "proposers_options",
    "workers_option",
]

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


class _Share(click.FloatRange):
    """A number from 0 to 1; nan, that is in no range and out of none, is refused."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if number != number:
            self.fail(f"{value} is no number from 0 to 1.", param, ctx)
        return number


SHARE = _Share(0.0, 1.0)


def confidence_options(command: Command) -> Command:
    """Add which statements to keep by how sure their rules are."""
    for option in (
        click.option(
            "--min-confidence",
            metavar="X",
            type=SHARE,
            default=0.0,
            help="Leave out what is less sure than this, from 0 to 1.",
        ),
        click.option("--weak-rules", is_flag=True, help="Keep what rules say that were wrong too often when measured."),
    ):
        command = option(command)
    return command


def proposers_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--proposer` and what the optional proposers are told; the command gets them as one `panel`, and what they
    did is said on stderr, also where the command fails.
    """

    @functools.wraps(command)
    def with_panel(
        *args: Any,
        proposer: tuple[str, ...],
        llm_url: str,
        llm_model: str,
        llm_cache: str,
        llm_timeout: float,
        **others: Any,
    ) -> None:
        key = os.environ.get(
            "KG_LLM_KEY", ""
        )  # no option: words of a command line are seen by everybody on the machine
        panel = Panel(proposer, Settings(llm_url, llm_model, key, llm_cache, llm_timeout))
        try:
            command(*args, panel=panel, **others)
        finally:
            for line in panel.said():
                click.echo(line, err=True)

    options = (
        click.option(
            "--proposer",
            multiple=True,
            metavar="NAME",
            help=f"Optional helper that adds names the rules miss: {', '.join(OPTIONAL)}. May be given several times.",
        ),
        click.option(
            "--llm-url",
            default="",
            envvar="KG_LLM_URL",
            show_envvar=True,
            help="llm: endpoint that speaks as OpenAI's does, e.g. http://localhost:8000/v1 (key: KG_LLM_KEY).",
        ),
        click.option(
            "--llm-model", default="", envvar="KG_LLM_MODEL", show_envvar=True, help="llm: name of the model."
        ),
        click.option(
            "--llm-cache",
            default="",
            metavar="FOLDER",
            type=click.Path(file_okay=False),
            help="llm: where answers are kept [default: below KG_CACHE, or the user's cache folder].",
        ),
        click.option(
            "--llm-timeout",
            default=120.0,
            show_default=True,
            metavar="SECONDS",
            type=click.FloatRange(min=0, min_open=True),
            help="llm: longest wait for one answer.",
        ),
    )
    wrapped: Callable[..., None] = with_panel
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


def persons_option(command: Command) -> Command:
    """Give a command the option that says which people are published: the parameter `persons`."""
    return click.option(
        "--persons",
        type=click.Choice(["all", "officials", "none"]),  # those of kg.selection, which is imported when it is needed
        default="all",
        show_default=True,
        help="Whom to publish; officials are those who hold or held a post.",
    )(command)
