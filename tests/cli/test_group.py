"""The group: light help, commands by name, errors as one line, silence for a reader who left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import kg as package
from kg.cli import COMMANDS, Group, main
from kg.errors import InputError, KGError, OntologyError, StoreError, UnknownName, WorkspaceError
from tests.build.pages import pages
from tests.cli.run import REPOSITORY, kg

HEAVY = ("pyvis", "rdflib", "neo4j", "kglite", "networkx", "pyshacl", "rjieba", "pyoxigraph")


def test_help_lists_every_command_and_imports_none() -> None:
    code = (
        "import sys; from kg.cli import main\n"
        "try: main(['-h'], prog_name='kg')\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True)
    assert done.stderr.strip() == "[]"
    for name in COMMANDS:
        assert f"\n  {name} " in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_has_help(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.help
    shown = CliRunner().invoke(main, [name, "-h"])
    assert shown.exit_code == 0
    assert "Usage:" in shown.output


def test_version_and_unknown_command() -> None:
    assert package.__version__ in CliRunner().invoke(main, ["--version"]).output
    unknown = CliRunner().invoke(main, ["nonsense"])
    assert unknown.exit_code == 2
    assert "No such command" in unknown.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KGError("a\nb"), 1),
        (UnknownName("query", "x", ["y"]), 2),
        (InputError("a\n  b"), 3),
        (OntologyError("a b"), 4),
        (StoreError("a b"), 5),
        (WorkspaceError("a b"), 6),
        (PermissionError(13, "Permission denied", "/nowhere/file"), 1),
    ],
)
def test_an_error_is_one_line_and_its_exit_code(error: Exception, code: int) -> None:
    class Failing(Group):
        def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
            return click.Command(cmd_name, callback=fails)

    def fails() -> None:
        raise error

    done = CliRunner().invoke(Failing(), ["anything"])
    assert done.exit_code == code
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


def test_a_reader_who_leaves_is_met_with_silence(tmp_path: Path) -> None:
    for page in pages(40):
        (tmp_path / f"{page.id}.md").write_text(page.text, encoding="utf-8")
    program = subprocess.Popen(
        [sys.executable, "-m", "kg", "extract", str(tmp_path), "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=REPOSITORY,
    )
    assert program.stdout is not None
    assert program.stderr is not None
    assert program.stdout.read(1) == b"{"
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(60) == 141


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("# 通知\n\n西城区总工会发布消息。\n", encoding="utf-8")
    done = kg("extract", tmp_path, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0, done.stderr
    assert "西城区总工会" in done.stdout.decode("utf-8")
