"""`kg review`: pairs of things that may be one, for a person to decide."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast, get_args

import click

from kg.cli.rows import visible
from kg.errors import InputError
from kg.io import dump
from kg.resolve import Ruling
from kg.resolve.linker import Verdict
from kg.review import Context, Pair, keep, pairs, read
from kg.workspace import Workspace
from ontology import ontology

__all__ = ["command"]

_ANSWERS: dict[str, Verdict] = {"s": "same", "d": "different", "u": "unsure"}


@click.command("review")
@click.argument("workspace")
@click.option("--list", "listed", is_flag=True, help="Print the pairs as JSON Lines, each with an empty verdict.")
@click.option(
    "--decide", metavar="FILE", help="Take over the verdicts of such lines, from a file or - for standard input."
)
@click.option("--type", "kinds", multiple=True, metavar="CLASS", help="Only things of this class; may be repeated.")
@click.option("--unsure", is_flag=True, help="Also the pairs that somebody was unsure of.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="Only the first N pairs.")
@click.option("--who", default="", envvar="KG_WHO", show_envvar=True, help="Who decides, for the record.")
@click.option("--judgements", metavar="FILE", help="Where verdicts go [default: judgements.tsv of WORKSPACE].")
def command(
    workspace: str,
    listed: bool,
    decide: str | None,
    kinds: tuple[str, ...],
    unsure: bool,
    limit: int | None,
    who: str,
    judgements: str | None,
) -> None:
    """Show the pairs of things in WORKSPACE that may be one, the likeliest first, and write down what you decide.

    Nothing is joined or parted before the next build: kg build --add -o WORKSPACE. A line taken out of the file is
    undone by the next build as well.

    \b
    kg review WORKSPACE                         one pair after the other
    kg review WORKSPACE --list > pairs.jsonl    without a terminal: fill in "verdict" (and "why"), then
    kg review WORKSPACE --decide pairs.jsonl
    """
    if listed and decide is not None:
        raise click.UsageError("--list prints pairs, --decide takes them over; give one of the two.")
    unknown = sorted(set(kinds) - ontology.classes.keys())
    if unknown:
        raise click.UsageError(f"--type {unknown[0]}: no such class; there are {', '.join(ontology.classes)}.")
    space = Workspace.open(workspace)
    target = Path(judgements) if judgements is not None else space.path / "judgements.tsv"
    read(target)  # raises before anybody answers, where nothing could be kept
    if decide is not None:
        with click.open_file(_there(decide), "rb") as lines:
            rulings = list(_read(lines, "standard input" if decide == "-" else decide, who))
        kept = keep(target, rulings)
        if rulings and not kept:
            click.echo(f"nothing new: {target} has these {len(rulings)} already", err=True)
        else:
            _tell(kept, target, workspace)
        return
    waiting = pairs(space, kinds=kinds, unsure=unsure, limit=limit)
    if listed:
        for pair in waiting:
            record = asdict(pair)
            head = {"verdict": "", "one": record.pop("one"), "other": record.pop("other"), "who": who, "why": ""}
            click.echo(dump(head | record))
        return
    _tell(_ask(list(waiting), who, target), target, workspace)


def _there(path: str) -> str:
    if path != "-" and not Path(path).is_file():
        raise InputError(f"{path}: no such file; give what kg review --list printed, or - for standard input")
    return path


def _read(lines: Iterable[bytes], source: str, who: str) -> Iterator[Ruling]:
    """Yield the rulings of lines whose verdict was filled in."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{source}, line {number}"
        try:
            record: Any = json.loads(line)
        except ValueError as error:
            raise InputError(f"{where}: not JSON ({error}); give what kg review --list printed") from None
        cells = record if isinstance(record, dict) else {}
        found = [cells.get(name) or "" for name in ("verdict", "one", "other", "who", "why")]
        if not all(isinstance(cell, str) and not set(cell) & set("\t\r\n") for cell in found):
            raise InputError(f"{where}: verdict, one, other, who and why must be text without tabs and line breaks")
        verdict, one, other, by, why = found
        if not verdict and cells:
            continue
        if verdict not in get_args(Verdict) or not one or not other or one == other:
            raise InputError(f"{where}: a verdict (same, different, unsure) and two things, one and other, are needed")
        yield Ruling(0, cast(Verdict, verdict), one, other, by or who, why)


def _ask(waiting: list[Pair], who: str, target: Path) -> int:
    """Show pair by pair and keep each answer at once; return how many were kept."""
    kept = 0
    for number, pair in enumerate(waiting, 1):
        click.echo(f"\n{number} of {len(waiting)}: {pair.type}, {pair.score:g}: {'; '.join(pair.reasons)}")
        for name, wording, contexts in zip(pair.names, (pair.one, pair.other), pair.contexts, strict=True):
            click.echo(
                f"  {click.style(visible(name), bold=True)}{'' if wording == name else visible(f'  [{wording}]')}"
            )
            for context in contexts:
                click.echo(f"    {visible(_where(context))}: {_marked(context)}")
        answer = _answer(
            "same, different, unsure, next, quit", type=click.Choice((*_ANSWERS, "n", "q")), default="n", otherwise="q"
        )
        if answer == "q":
            break
        if answer in _ANSWERS:
            why = _answer("why", default="", show_default=False, otherwise="")
            ruling = Ruling(0, _ANSWERS[answer], pair.one, pair.other, who, " ".join(why.split()))
            kept += keep(target, [ruling])
    if not waiting:
        click.echo("no pair is waiting", err=True)
    return kept


def _answer(question: str, *, otherwise: str, **how: Any) -> str:
    """Return what is typed, or `otherwise` where the input ends."""
    try:
        return str(click.prompt(question, **how))
    except click.Abort:
        click.echo()
        return otherwise


def _where(context: Context) -> str:
    parts = (context.paper, context.issue_date, context.article, f"line {context.lines}" if context.lines else "")
    return ", ".join(part for part in parts if part)


def _marked(context: Context) -> str:
    sentence, surface = visible(context.sentence), visible(context.surface)
    return sentence.replace(surface, click.style(surface, underline=True))


def _tell(kept: int, target: Path, workspace: str) -> None:
    if kept:
        lines = f"{kept} {'judgement' if kept == 1 else 'judgements'} written to {target}"
        click.echo(f"{lines}; kg build --add -o {workspace} applies them", err=True)
    elif sys.stdin.isatty() or sys.stderr.isatty():
        click.echo("nothing was decided", err=True)
