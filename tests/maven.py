"""Programs in Java that tests ask for a second opinion: their jars come from Maven into .cache/, once for each pom."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@functools.cache
def jars(name: str) -> Path:
    """Return the folder of the jars that tests/poms/`name` asks for.

    They are fetched where they are not there for this pom; the test is skipped where that cannot be done.
    """
    pom, cache = ROOT / "tests" / "poms" / name / "pom.xml", ROOT / ".cache" / name
    folder, mark = cache / "lib", cache / "pom.xml"
    if mark.is_file() and mark.read_bytes() == pom.read_bytes():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        fresh = Path(work) / "lib"
        run = subprocess.run(
            ["mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={fresh}"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if run.returncode:
            said = (run.stdout + run.stderr).strip().splitlines()
            pytest.skip(
                f"{name}: Maven cannot fetch its jars ({said[0] if said else 'no word why'}); allow it a network"
            )
        shutil.rmtree(folder, ignore_errors=True)
        fresh.replace(folder)
    mark.write_bytes(pom.read_bytes())
    return folder


def java(name: str, main: str, *arguments: str | os.PathLike[str]) -> subprocess.CompletedProcess[bytes]:
    """Run the class `main` out of the jars of `name`."""
    # one CPU and the fast compiler only: these runs are over before a JVM has warmed up
    options = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g", "-Dfile.encoding=UTF-8"]
    return subprocess.run([*options, "-cp", f"{jars(name)}/*", main, *arguments], capture_output=True, check=False)
