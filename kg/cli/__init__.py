"""The command line: a group that imports a command only when it is called.

A command is a module here with a click command called `command`, and one line in `COMMANDS`. Commands raise
`kg.errors.KGError`; only this group turns an error into one line on stderr and an exit code.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from importlib import import_module
from typing import Any, cast

import click

import kg
from kg.errors import KGError, WorkspaceError

__all__ = ["COMMANDS", "Group", "main"]

CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 120}
BROKEN_PIPE = 141  # what a shell reports for a program that SIGPIPE ended
INTERRUPTED = 130

# name -> (where it is, what it does in one line); the line is here so that `kg -h` imports no command.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("kg.cli.demo:command", "Build the sample pages all the way to database, RDF and picture."),
    "build": ("kg.cli.build:command", "Make a workspace from pages."),
    "articles": ("kg.cli.articles:command", "Show how pages are cut into articles."),
    "extract": ("kg.cli.extract:command", "Print the entities and triples of each article."),
    "load": ("kg.cli.load:command", "Load a workspace into a database."),
    "query": ("kg.cli.query:command", "Ask a library query, or Cypher."),
    "find": ("kg.cli.find:command", "Find entities by name, alias or part of a name."),
    "export": ("kg.cli.export:command", "Write a workspace as RDF, GraphML and the like."),
    "import-rdf": ("kg.cli.import_rdf:command", "Make a workspace of RDF that was exported."),
    "ontology": ("kg.cli.ontology:command", "Write the ontology as a page to read and files to load."),
    "review": ("kg.cli.review:command", "Decide which things are the same, with their sentences before you."),
    "explain": ("kg.cli.explain:command", "Say why a thing, a fact, or a pair of names is what it is."),
    "diff": ("kg.cli.diff:command", "Say what changed between two workspaces, and why."),
    "check": ("kg.cli.check:command", "Check a workspace against the ontology and its shapes."),
    "misses": ("kg.cli.misses:command", "Rank sentences that seem to say more than was read."),
    "eval": ("kg.cli.eval:command", "Compare what was extracted with what people annotated."),
    "serve": ("kg.cli.serve:command", "Serve a workspace: SPARQL, and a page or data behind every IRI."),
    "view": ("kg.cli.view:command", "Write a picture: one HTML file that works offline."),
    "chart": ("kg.cli.chart:command", "Write charts of a workspace: HTML, SVG, PNG, or the figures."),
    "doctor": ("kg.cli.doctor:command", "Say what is installed, what is reachable, what is missing."),
}


class Group(click.Group):
    """A click group over `COMMANDS`."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the commands in the order one meets them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command called `cmd_name`; nothing else is imported."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command = cast(click.Command, getattr(import_module(module), attribute))
        command.context_settings = {**CONTEXT, **command.context_settings}
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the registry."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error becomes one line and its exit code, a reader who left becomes silence."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KGError as error:
            say(str(error))
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # Python flushes stdout once more on its way out: let that go nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(BROKEN_PIPE)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except OSError as error:
            told = ": ".join(part for part in (error.filename, error.strerror or str(error)) if part)
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            say(f"cannot write what was made: {told}; make room" if full else told)
            ctx.exit(WorkspaceError.exit_code if full else 1)
        return result

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run as a program, with UTF-8 out whatever the locale."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return super().main(*args, **kwargs)


def say(message: str) -> None:
    """Write an error as one line to stderr."""
    click.echo(f"Error: {' '.join(message.split())}", err=True)


@click.group(cls=Group, context_settings=CONTEXT)
@click.version_option(kg.__version__, prog_name="kg")
def main() -> None:
    """Turn pages of Chinese trade-union news into a knowledge graph, every fact with its sentence."""
