"""Running `kg` as its users do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner

from kg.cli import main

REPOSITORY = Path(__file__).resolve().parents[2]


def kg(*words: str | Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    env: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
    command = [sys.executable, "-m", "kg", *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, env=env, check=False, timeout=300)


def invoke(*words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in this process: faster, and a traceback would come up here as itself."""
    done = CliRunner().invoke(main, [*map(str, words)], input=stdin, catch_exceptions=False)
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout_bytes, done.stderr_bytes)


def one_line(done: subprocess.CompletedProcess[bytes], code: int) -> str:
    """Check that the program ended with `code` and one line of error, and return that line."""
    assert done.returncode == code, done.stderr.decode()
    assert done.stdout == b""
    lines = done.stderr.decode("utf-8").splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("Error: ")
    return lines[0]
