"""`kg doctor`: what is installed, what is reachable, what is missing."""

from __future__ import annotations

import importlib.metadata
import locale
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import click

import kg
from kg.errors import KGError

__all__ = ["Finding", "command", "findings"]

Mark = Literal["ok", "missing", "off"]  # off: not there, and not needed for the core

DISTRIBUTION = "union-news-kg"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEO4J_PORT = 7687
JAVA = 17
WAIT = 2.0  # seconds for an answer from a server


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked for, how it stands, and what to do about it."""

    what: str
    mark: Mark
    detail: str


@click.command("doctor")
def command() -> None:
    """Say what is installed, what is reachable, and what is missing; nothing is changed, and nothing downloaded.

    ok: there. missing: the core needs it. off: not there, and only needed for what the line says.
    """
    found = list(findings())
    width = max(len(one.what) for one in found)
    for one in found:
        click.echo(f"{one.mark:<8}{one.what:<{width}}  {one.detail}")
    lacking = [one.what for one in found if one.mark == "missing"]
    click.echo(f"\n{'all that the core needs is there' if not lacking else 'missing: ' + ', '.join(lacking)}")


def findings() -> Iterator[Finding]:
    """Look at one thing after the other."""
    yield Finding("kg", "ok", f"{kg.__version__} in {Path(kg.__file__).resolve().parent}")
    yield Finding(
        "python",
        "ok" if sys.version_info >= (3, 11) else "missing",
        f"{platform.python_version()}, {platform.system()}",
    )
    yield Finding("cores", "ok", f"{os.cpu_count() or 1}")
    yield _encoding()
    yield from _packages()
    yield _ontology()
    yield _samples()
    yield _font()
    yield _java()
    yield _neo4j()
    yield _model()
    yield _browser()


def _encoding() -> Finding:
    name = locale.getpreferredencoding(do_setlocale=False)
    return Finding("encoding", "ok", f"{name} here; kg writes UTF-8 everywhere")


def _packages() -> Iterator[Finding]:
    """Yield the packages that the distribution requires, and those of its extras."""
    try:
        required = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        yield Finding(DISTRIBUTION, "missing", "not installed, only its files are there; pip install -e .")
        return
    for line in sorted(required):
        name = re.match(r"[\w.-]+", line)
        extra = re.search(r"""extra == ['"]([\w-]+)""", line)
        if name is None or (extra and extra[1] == "test"):
            continue
        try:
            yield Finding(name[0], "ok", importlib.metadata.version(name[0]))
        except importlib.metadata.PackageNotFoundError:
            if extra:
                yield Finding(name[0], "off", f"extra; pip install '{DISTRIBUTION}[{extra[1]}]'")
            else:
                yield Finding(name[0], "missing", f"pip install '{line}'")


def _ontology() -> Finding:
    from ontology import ontology

    try:
        sizes = f"{len(ontology.classes)} classes, {len(ontology.relations)} relations"
    except KGError as error:
        return Finding("ontology", "missing", str(error))
    return Finding("ontology", "ok", f"{sizes}, version {ontology.version}")


def _samples() -> Finding:
    from kg.cli.demo import sample_pages

    try:
        return Finding("sample pages", "ok", f"{len(list(sample_pages()))}, for kg demo")
    except (KGError, OSError) as error:
        return Finding("sample pages", "missing", f"{error}; reinstall {DISTRIBUTION}")


def _font() -> Finding:
    """Say whether charts can be drawn as PNG."""
    from exports.view.charts import png

    if png.lacking(png.PROBE):
        return Finding("Chinese font", "off", f"not found; for kg chart as PNG {png.HELP}")
    return Finding("Chinese font", "ok", "for kg chart as PNG")


def _java() -> Finding:
    path = shutil.which("java")
    if path is None:
        return Finding("java", "off", f"not on PATH; a JDK from {JAVA} on and Maven run the tests of Neo4j and Jena")
    try:
        said = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=20, check=False).stderr
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding("java", "off", f"{path} does not run: {error}")
    version = re.search(r'version "([^"]+)"', said)
    maven = "with Maven" if shutil.which("mvn") else "no Maven (mvn), which the tests of Neo4j and Jena need"
    return Finding("java", "ok", f"{version[1] if version else 'unknown version'} at {path}, {maven}")


def _neo4j() -> Finding:
    """Say whether a server answers at NEO4J_URI, or at the usual place on this machine."""
    uri = os.environ.get("NEO4J_URI", "")
    if not uri:
        with socket.socket() as probe:
            probe.settimeout(WAIT)
            listening = probe.connect_ex(("127.0.0.1", NEO4J_PORT)) == 0
        where = f"bolt://127.0.0.1:{NEO4J_PORT}"
        if listening:
            return Finding("neo4j server", "ok", f"something listens at {where}; set NEO4J_URI to use it")
        return Finding(
            "neo4j server", "off", f"NEO4J_URI is not set, and nothing listens at {where}; for kg load neo4j"
        )
    shown = urlsplit(uri)._replace(netloc=urlsplit(uri).netloc.rpartition("@")[2]).geturl()
    from loaders import open_target

    try:
        with open_target(
            uri, username=os.environ.get("NEO4J_USERNAME", ""), password=os.environ.get("NEO4J_PASSWORD", "")
        ) as store:
            store.query("RETURN 1 AS one", timeout=WAIT)
    except KGError as error:
        return Finding("neo4j server", "off", " ".join(str(error).split()))
    return Finding("neo4j server", "ok", f"answers at {shown}")


def _model() -> Finding:
    """Say which language model is set up for `--proposer llm`, and whether something listens there; none is asked."""
    url, model, key = (os.environ.get(f"KG_LLM_{name}", "") for name in ("URL", "MODEL", "KEY"))
    if not url or not model:
        lacking = " and ".join(name for name, value in (("KG_LLM_URL", url), ("KG_LLM_MODEL", model)) if not value)
        return Finding("language model", "off", f"{lacking} not set; for --proposer llm")
    from kg.extract.optional.endpoint import Endpoint

    try:
        shown = Endpoint(url, model, key, timeout=WAIT).shown
    except KGError as error:
        return Finding("language model", "off", str(error))
    parts = urlsplit(shown)
    said = f"{model} at {shown}, {'with' if key else 'without'} a key (KG_LLM_KEY)"
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), timeout=WAIT).close()
    except OSError as error:
        return Finding("language model", "off", f"{said}: {error.strerror or error}")
    return Finding("language model", "ok", said)


def _browser() -> Finding:
    path = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        return Finding("chromium", "off", "not on PATH; only the tests of pictures need it, any browser opens them")
    return Finding("chromium", "ok", path)
