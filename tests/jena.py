"""Apache Jena's commands as a second opinion. The jars come from Maven into .cache/jena, once."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[1]
POM = ROOT / "tests" / "poms" / "jena" / "pom.xml"
CACHE = ROOT / ".cache" / "jena"


@functools.cache
def jars() -> Path:
    """Return the folder of the jars, fetched if they are not there for this pom; skip where that cannot be done."""
    folder, mark = CACHE / "lib", CACHE / "pom.xml"
    if mark.is_file() and mark.read_bytes() == POM.read_bytes():
        return folder
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as work:
        fresh = Path(work) / "lib"
        run = subprocess.run(
            ["mvn", "-q", "-B", "-f", POM, "dependency:copy-dependencies", f"-DoutputDirectory={fresh}"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if run.returncode:
            said = (run.stdout + run.stderr).strip().splitlines()
            pytest.skip(f"jena: Maven cannot fetch its jars ({said[0] if said else 'no word why'}); allow it a network")
        shutil.rmtree(folder, ignore_errors=True)
        fresh.replace(folder)
    mark.write_bytes(POM.read_bytes())
    return folder


def jena(command: str, *arguments: str | os.PathLike[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a command of Jena by the name of its class: `riotcmd.riot`, `shacl.shacl`."""
    # one CPU and the fast compiler only: these runs are over before a JVM has warmed up
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g", "-cp", f"{jars()}/*"]
    return subprocess.run([*java, command, *arguments], capture_output=True, check=False)


def riot(path: Path, syntax: str) -> set[ox.Quad]:
    """Return what Jena reads in a file, after checking that it has nothing to say against it."""
    run = jena("riotcmd.riot", f"--syntax={syntax}", "--check", "--strict", "--output=nquads", path)
    said = run.stderr.decode()
    assert not said, said
    assert run.returncode == 0
    return set(ox.parse(run.stdout, format=ox.RdfFormat.N_QUADS))


def validate(shapes: Path, data: Path) -> bytes:
    """Return the report of Jena's SHACL as Turtle."""
    run = jena("shacl.shacl", "validate", "--shapes", shapes, "--data", data)
    assert not run.stderr, run.stderr.decode()
    return run.stdout
