"""Apache Jena's commands as a second opinion. The jars come from Maven into .cache/jena, once."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pyoxigraph as ox

from tests.maven import java


def jena(command: str, *arguments: str | os.PathLike[str]) -> subprocess.CompletedProcess[bytes]:
    """Run a command of Jena by the name of its class: `riotcmd.riot`, `shacl.shacl`."""
    return java("jena", command, *arguments)


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
