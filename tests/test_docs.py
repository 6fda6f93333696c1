"""Documents that cannot fall behind: each claim about a name is held against the program."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from exports import EXPORTERS, FOLDER_EXPORTERS
from exports.view.charts import CHARTS, png
from kg.cli import COMMANDS
from kg.extract.optional import OPTIONAL
from loaders import LOADERS
from ontology import ontology
from queries import library
from tests import reference

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
QUICK_START = (ROOT / "docs" / "zh-quickstart.md").read_text(encoding="utf-8")
PAGES = sorted(path for path in (ROOT, ROOT / "docs", ROOT / "docs" / "decisions") for path in path.glob("*.md"))


def shell_lines(text: str) -> list[str]:
    """Return the lines of fenced blocks that call kg, continued lines joined, what follows a # left out."""
    blocks = re.findall(r"^```(?:sh|console)?\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line.partition(" # ")[0].strip() for line in lines if line.startswith("kg ")]


CALLS = sorted({line for path in PAGES for line in shell_lines(path.read_text(encoding="utf-8"))})


def test_the_reference_is_what_the_program_says() -> None:
    assert reference.PATH.read_text(encoding="utf-8") == reference.reference(), "run: make docs"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_is_in_the_guide(name: str) -> None:
    assert reference.command(name).help
    assert COMMANDS[name][1].endswith(".")
    assert f"kg {name}" in GUIDE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    for parameter in reference.command(name).params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), f"kg {name}: {parameter.opts}"


def test_everything_that_has_a_name_is_in_the_reference() -> None:
    page = reference.PATH.read_text(encoding="utf-8")
    terms = [*ontology.classes, *ontology.relations, *ontology.properties]
    names = [*terms, *library(), *EXPORTERS, *FOLDER_EXPORTERS, *LOADERS, *OPTIONAL, *CHARTS]
    assert [name for name in names if f"`{name}`" not in page] == []
    assert [name for name in COMMANDS if f"### kg {name}\n" not in page] == []


@pytest.mark.parametrize("call", CALLS)
def test_every_call_shown_names_a_command_and_options_there_are(call: str) -> None:
    words = re.findall(r"'[^']*'|\"[^\"]*\"|\S+", call.partition(" | ")[0].partition(" > ")[0])
    parameters = reference.command(words[1]).params
    known = {option for parameter in parameters for option in (*parameter.opts, *parameter.secondary_opts)}
    shown = {word.partition("=")[0] for word in words[2:] if word.startswith("-") and word != "-"}
    assert shown <= known | {"-h", "--help"}


@pytest.mark.parametrize("text", [GUIDE, QUICK_START], ids=["guide", "quick start"])
def test_every_call_shown_runs_as_shown(text: str, tmp_path: Path) -> None:
    samples = sorted((ROOT / "kg" / "samples").glob("*.md"))
    for folder, chosen in (("pages", samples[1:]), ("more", samples[:1]), ("版面文件夹", samples)):
        (tmp_path / folder).mkdir()
        for sample in chosen:
            shutil.copy(sample, tmp_path / folder)
    for name in ("page.md", "版面.md"):
        shutil.copy(samples[0], tmp_path / name)
    for call in shell_lines(text):
        if (
            "bolt://" in call or "http://" in call or "--proposer" in call or call == "kg doctor"
        ):  # these ask the machine
            continue
        if call.startswith("kg chart ") and ".png" in call and png.lacking(png.PROBE):  # it needs a font
            continue
        if call.startswith("kg serve "):  # it would not end; tests/serve starts it
            continue
        words = shlex.split(call.partition(" | ")[0].partition(" > ")[0])
        done = subprocess.run(
            [sys.executable, "-m", "kg", *words[1:]], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, f"{call}\n{done.stderr}"
        assert done.stdout or "-o" in words or words[1] in {"build", "demo"}, call


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", GUIDE))))
def test_every_hyphenated_name_in_the_guide_is_known(name: str) -> None:
    assert any(name in known for known in (library(), EXPORTERS, FOLDER_EXPORTERS, CHARTS))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if "://" not in target and not (path.parent / target).exists()] == []


def test_no_tracked_text_names_a_package_index() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(encoding="utf-8")
