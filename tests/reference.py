"""Write docs/reference.md from what the program itself says: commands, ontology, queries, exporters, loaders, errors.

`python -m tests.reference` (or `make docs`) writes it; `tests/test_docs.py` compares the bytes.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import click
import networkx as nx

from exports import EXPORTERS, FOLDER_EXPORTERS
from exports.view.charts import CHARTS, Choice
from exports.view.charts.news import read
from kg import errors
from kg.cli import COMMANDS, main
from kg.extract.optional import OPTIONAL
from loaders import LOADERS
from ontology import ontology
from queries import FACTS, library, twins
from queries.twins import MISSING

PATH = Path(__file__).resolve().parent.parent / "docs" / "reference.md"


def cell(text: str) -> str:
    """Return text as one cell of a table."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    columns = list(head)
    yield "| " + " | ".join(columns) + " |"
    yield "| " + " | ".join("---" for _ in columns) + " |"
    for row in rows:
        yield "| " + " | ".join(cell(value) or "–" for value in row) + " |"
    yield ""


def code(words: Iterable[str]) -> str:
    """Return names as code, sorted, commas between them."""
    return ", ".join(f"`{word}`" for word in sorted(words))


def summary(target: str) -> str:
    """Return the first sentence of the docstring of `module:attribute`."""
    module, _, attribute = target.partition(":")
    prose = inspect.getdoc(getattr(import_module(module), attribute)) or ""
    return prose.partition("\n\n")[0]


def command(name: str) -> click.Command:
    """Return the click command called `name`."""
    context = click.Context(main, info_name="kg")
    found = main.get_command(context, name)
    if found is None:
        raise errors.UnknownName("command", name, COMMANDS)
    return found


def prose(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text; those that click is not to wrap become blocks."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        fixed = paragraph.startswith("\b\n")
        yield from ("```", *paragraph.splitlines()[1:], "```") if fixed else paragraph.splitlines()
        yield ""


def commands() -> Iterator[str]:
    yield "## Commands"
    yield ""
    for name in COMMANDS:
        found = command(name)
        context = click.Context(found, info_name=f"kg {name}")
        usage = " ".join(piece for piece in found.collect_usage_pieces(context))
        yield f"### kg {name}"
        yield ""
        yield f"`kg {name} {usage}`"
        yield ""
        yield from prose(found.help or "")
        rows = [record for parameter in found.params if (record := parameter.get_help_record(context)) and record[1]]
        if rows:
            yield from table(("option", ""), ((f"`{option}`", text) for option, text in rows))


def classes() -> Iterator[str]:
    yield "## Classes"
    yield ""
    yield "Each is a label in Neo4j (beside `Entity`) and a class in RDF."
    yield ""
    yield from table(
        ("class", "中文", "English", "what it is"),
        (
            (f"`{name}`", known.label_zh, known.label_en, known.comment_en)
            for name, known in sorted(ontology.classes.items())
        ),
    )


def relations() -> Iterator[str]:
    yield "## Relations"
    yield ""
    yield from table(
        ("relation", "Neo4j", "from", "to", "qualifiers", "中文", "English"),
        (
            (
                f"`{name}`",
                f"`{known.neo4j}`",
                code(known.domain),
                "any" if known.range == set(ontology.classes) else code(known.range),
                code(known.qualifiers),
                known.label_zh,
                known.label_en,
            )
            for name, known in sorted(ontology.relations.items())
        ),
    )


def properties() -> Iterator[str]:
    yield "## Properties"
    yield ""
    yield from table(
        ("property", "of", "datatype", "中文", "English"),
        (
            (
                f"`{name}`",
                "any class" if known.domain == set(ontology.classes) else code(known.domain),
                f"`{known.datatype.rpartition('#')[2]}`" + (", many" if known.many else ""),
                known.label_zh,
                known.label_en,
            )
            for name, known in sorted(ontology.properties.items())
        ),
    )


def registry(title: str, lead: str, entries: Mapping[str, str]) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield lead
    yield ""
    yield from table(("name", ""), ((f"`{name}`", summary(target)) for name, target in entries.items()))


def charts() -> Iterator[str]:
    yield "## Charts"
    yield ""
    yield "What `kg chart` draws."
    yield ""
    empty = read(nx.MultiDiGraph())
    made = {name: count(empty, Choice()) for name, count in CHARTS.items()}
    yield from table(
        ("chart", "中文", "English", "what it counts"),
        (
            (f"`{name}`", made[name].title.zh, made[name].title.en, (inspect.getdoc(count) or "").partition("\n\n")[0])
            for name, count in CHARTS.items()
        ),
    )


def queries() -> Iterator[str]:
    yield "## Queries"
    yield ""
    yield "`kg query TARGET NAME -p PARAMETER=VALUE`. A parameter without a default must be given."
    yield ""
    yield "With `--sparql`, and at a SPARQL endpoint, the twin is asked; a parameter is a line `VALUES ?given_…` there."
    yield ""
    for name, known in library().items():
        yield f"### `{name}`"
        yield ""
        yield f"{known.title_en} / {known.title_zh}"
        yield ""
        if name in twins():
            yield f"In SPARQL: [{name}.rq](../queries/sparql/{name}.rq)"
        else:
            yield f"In Cypher only: {MISSING[name]}."
        yield ""
        if known.parameters:
            yield from table(
                ("parameter", "is", "default", ""),
                (
                    (f"`{wanted.name}`", wanted.kind, default(wanted.default), f"{wanted.en} / {wanted.zh}")
                    for wanted in known.parameters
                ),
            )
        given = [column for column in known.columns if column.name != FACTS]
        yield from table(("column", ""), ((f"`{column.name}`", f"{column.en} / {column.zh}") for column in given))


def default(value: str | int | None) -> str:
    """Return a default as it is shown."""
    if value is None:
        return "must be given"
    return f"`{value}`" if value != "" else "empty"


def exits() -> Iterator[str]:
    yield "## Exit codes"
    yield ""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.KGError)]
    meanings = {kind.exit_code: "" for kind in kinds}
    for kind in kinds:
        meanings[kind.exit_code] = f"{meanings[kind.exit_code]} {inspect.getdoc(kind)}".strip()
    meanings |= {
        0: "All went well.",
        1: "A check failed.",
        2: "Wrong usage, an unknown name, or something optional that is not installed or not set up.",
    }
    yield from table(("code", "what happened"), ((str(number), meanings[number]) for number in sorted(meanings)))


def reference() -> str:
    """Return the whole page."""
    lines = [
        "# Reference",
        "",
        "Written by `make docs`; do not edit. The [guide](guide.md) shows how the pieces are used.",
        "",
        *commands(),
        *classes(),
        *relations(),
        *properties(),
        *queries(),
        *registry("Optional proposers", "`kg extract --proposer NAME`, `kg build --proposer NAME`", OPTIONAL),
        *registry("Formats", "`kg export NAME WORKSPACE -o FILE`", EXPORTERS),
        *registry("Formats of several files", "`kg export NAME WORKSPACE -o FOLDER`", FOLDER_EXPORTERS),
        *charts(),
        *registry("Stores", "What a graph can be loaded into and asked in.", LOADERS),
        *exits(),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    PATH.write_bytes(reference().encode("utf-8"))
