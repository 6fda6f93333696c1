"""The wheel as a stranger gets it: in a fresh environment, from another folder, beside other packages."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import live

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("exports", "kg", "loaders", "ontology", "queries")


def run(words: Sequence[str | Path], *, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a program in `cwd`, with nothing of this repository on its path."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment | {"PYTHONUTF8": "1"} | more,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def make_environment(folder: Path) -> Path:
    """Make an empty environment and return its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return next(path for path in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if path.exists())


def install(python: Path, *words: str | Path) -> None:
    """Install into that environment with the pip of this one."""
    done = run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--python", python, "install", *words],
        cwd=python.parent,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT], cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a fresh environment with the pinned dependencies and the wheel."""
    made = make_environment(tmp_path_factory.mktemp("fresh") / "venv")
    try:
        install(made, "--require-hashes", "-r", ROOT / "requirements" / "base.txt")
    except RuntimeError as error:
        if live.required():
            raise
        pytest.skip(f"pip could not get the pinned dependencies; is the package index reachable? {error}")
    install(made, "--no-deps", wheel)
    return made


def foreign_wheel(folder: Path, source: str) -> Path:
    """Write the wheel of someone else's distribution called `queries`."""
    path = folder / "queries-1.0-py3-none-any.whl"
    info = "queries-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("queries/__init__.py", source)
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: queries\nVersion: 1.0\n")
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(
            f"{info}/RECORD", f"queries/__init__.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n"
        )
    return path


def test_the_wheel_holds_the_five_packages_whole_and_nothing_else(wheel: Path) -> None:
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    sources = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert shipped == sources
    assert {f"{package}/py.typed" for package in PACKAGES} <= shipped
    assert {"ontology/union-news.ttl", "ontology/shapes.ttl"} <= shipped


def test_the_environment_is_complete(python: Path) -> None:
    done = run([sys.executable, "-m", "pip", "--python", python, "check"], cwd=python.parent)
    assert done.returncode == 0, done.stdout


def test_demo_runs_from_another_folder(python: Path, tmp_path: Path) -> None:
    kg = python.with_name("kg.exe" if os.name == "nt" else "kg")
    done = run([kg, "demo", "-o", "sample"], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "sample" / "workspace.json").is_file()
    asked = run([kg, "query", "sample", "unions-by-activity", "--format", "csv"], cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert len(asked.stdout.splitlines()) > 1


def test_data_files_are_read_from_the_installed_packages(python: Path, tmp_path: Path) -> None:
    code = (
        "import kg\n"
        "from ontology import ontology\n"
        "from queries import library\n"
        "print(kg.__file__, len(ontology.classes), 'unions-by-activity' in library())"
    )
    done = run([python, "-c", code], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    where, classes, known = done.stdout.split()
    assert Path(where).is_relative_to(python.parent.parent)
    assert (classes, known) == ("10", "True")


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the wheel alone: `import kg` needs no library."""
    made = make_environment(tmp_path_factory.mktemp("bare") / "venv")
    install(made, "--no-deps", wheel)
    return made


def test_a_module_of_the_same_name_in_the_users_folder_is_named(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "queries.py").write_text("SELECT = 1\n", encoding="utf-8")
    done = run([bare, "-c", "import kg"], cwd=tmp_path)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("ImportError: union-news-kg: its package 'queries' is shadowed by ")
    assert str(tmp_path / "queries.py") in last


def test_a_module_already_imported_is_named(bare: Path, tmp_path: Path) -> None:
    done = run(
        [bare, "-c", "import sys, types; sys.modules['queries'] = types.ModuleType('queries'); import kg"], cwd=tmp_path
    )
    assert done.stderr.splitlines()[-1].startswith("ImportError: union-news-kg: its package 'queries' is shadowed by ")


def test_another_distribution_of_the_same_name_is_named(bare: Path, wheel: Path, tmp_path: Path) -> None:
    install(bare, "--no-deps", foreign_wheel(tmp_path, "def connect(): ...\n"))
    done = run([bare, "-c", "import kg"], cwd=tmp_path)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith("ImportError: union-news-kg: its package 'queries' was overwritten by another distribution")
    install(bare, "--no-deps", "--force-reinstall", wheel)
    assert run([bare, "-c", "import kg"], cwd=tmp_path).returncode == 0
