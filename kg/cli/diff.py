"""`kg diff`: what changed between two workspaces, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import click

from kg.cli.rows import output_options, write_table
from kg.diff import Cause, Change, Field, diff
from kg.workspace import Workspace
from ontology import ontology
from queries import Table

__all__ = ["caused", "command"]

_SHOWN = 3  # causes in a cell
_SORTS = ("added", "changed", "removed")


@click.command("diff")
@click.argument("before")
@click.argument("after")
@click.option("--type", "classes", multiple=True, metavar="CLASS", help="Only entities of this class; may be repeated.")
@click.option(
    "--relation", "relations", multiple=True, metavar="NAME", help="Only facts of this relation; may be repeated."
)
@click.option("--summary", is_flag=True, help="Only count, by cause.")
@click.option("--exit-code", is_flag=True, help="End with 1 where anything changed.")
@output_options
def command(
    before: str,
    after: str,
    classes: tuple[str, ...],
    relations: tuple[str, ...],
    summary: bool,
    exit_code: bool,
    format_name: str,
    bom: bool,
    output: str,
) -> None:
    """Show what changed from the workspace BEFORE to the workspace AFTER: entities and facts, each with its causes.

    \b
    cp -r ws before && kg build more/ --add -o ws && kg diff before ws
    kg diff before ws --summary
    kg diff before ws --relation hasRole --format csv

    A cause is a page that was added, removed or changed, a line of judgements.tsv or corrections.tsv, the rules of kg,
    or an option of the build; "joined" and "parted" say which keys met or parted by it. A fact that has other
    qualifiers (another title) is another fact: one goes, one comes.
    """
    for option, given, known in (
        ("--type", classes, ontology.classes),
        ("--relation", relations, ontology.relations),
    ):
        if unknown := sorted(set(given) - set(known)):
            raise click.UsageError(f"{option} {unknown[0]}: there is none; there are {', '.join(sorted(known))}.")
    found = diff(Workspace.open(before), Workspace.open(after), classes=classes, relations=relations)
    if summary:
        table = _summary(found)
    else:
        table = _listed(found, plain=format_name != "json")
    write_table(table, format_name, output, bom=bom)
    if exit_code and found:
        click.get_current_context().exit(1)


def _listed(found: Sequence[Change], *, plain: bool) -> Table:
    if not plain:
        columns = ("change", "thing", "id", "type", "name", "ends", "fields", "relative", "causes")
        return Table(columns, tuple(tuple(asdict(one)[column] for column in columns) for one in found))
    rows = tuple((one.change, one.type, one.name, _what(one), _causes(one.causes), one.id) for one in found)
    return Table(("change", "type", "name", "what", "cause", "id"), rows)


def _what(one: Change) -> str:
    if one.relative:
        return f"{'now part of' if one.change == 'removed' else 'was part of'} {one.relative}"
    return "; ".join(map(_field, one.fields))


def _field(field: Field) -> str:
    if field.name == "statements" and isinstance(field.before, tuple) and isinstance(field.after, tuple):
        return f"statements +{len(field.after)} -{len(field.before)}"
    if isinstance(field.before, tuple) and isinstance(field.after, tuple):
        return " ".join((field.name, *(f"+{one}" for one in field.after), *(f"-{one}" for one in field.before)))
    return f"{field.name} {_value(field.before)} → {_value(field.after)}"


def _value(value: object) -> str:
    return "none" if value is None else str(value)


def _causes(causes: Sequence[Cause]) -> str:
    shown = [caused(cause) for cause in causes]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return "; ".join(shown[:_SHOWN]) + more


def caused(cause: Cause) -> str:
    """Say a cause in words."""
    what = f": {' '.join(cause.what.split())}" if cause.what else ""
    effect = f" ({cause.effect} {' and '.join(cause.keys)})" if cause.effect else ""
    return f"{cause.kind}{what}{effect}"


def _summary(found: Iterable[Change]) -> Table:
    """Count by cause; what has several is counted at each."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in found:
        for kind in {(cause.kind, bool(cause.effect)) for cause in one.causes}:
            counts[one.thing, f"{kind[0]}, names joined or parted" if kind[1] else kind[0], one.change] += 1
        counts[one.thing, "all", one.change] += 1
    rows = sorted({(thing, cause) for thing, cause, _ in counts}, key=lambda row: (row[0], row[1] == "all", row[1]))
    return Table(
        ("thing", "cause", *_SORTS),
        tuple((thing, cause, *(counts[thing, cause, sort] for sort in _SORTS)) for thing, cause in rows),
    )
