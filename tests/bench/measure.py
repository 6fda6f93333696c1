"""CPU time, wall time and memory of one piece of work, and a fresh process for each piece.

Cores are shared and noisy, so CPU time is what is compared; wall time is told beside it. A job runs in a process of its
own: nothing it imports, caches or leaves in memory is there for the next one.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Failed", "Skipped", "Use", "in_process", "kibibytes", "measured", "programs_cpu", "server_cpu"]

ROOT = Path(__file__).parent.parent.parent


class Failed(Exception):
    """A measurement ended without a figure."""


class Skipped(Exception):
    """A measurement cannot be made here, and why."""


@dataclass(slots=True)
class Use:
    """What a piece of work took: seconds, and KiB of memory in use before it and at most."""

    cpu: float = 0.0
    wall: float = 0.0
    before: int = 0
    peak: int = 0


def _cpu() -> float:
    """Return the CPU seconds of this process and of its children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def kibibytes(name: str) -> int:
    """Return VmRSS (now) or VmHWM (at most so far) of this process; where there is no /proc, what it had at most."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 1024 if sys.platform == "darwin" else most


@contextlib.contextmanager
def measured() -> Iterator[Use]:
    """Give a record that is filled in when the block ends."""
    gc.collect()
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak of what came before
    use = Use(before=kibibytes("VmRSS"))
    wall, cpu = time.perf_counter(), _cpu()
    yield use
    use.cpu, use.wall = _cpu() - cpu, time.perf_counter() - wall
    use.peak = kibibytes("VmHWM")


def server_cpu() -> float | None:
    """Return the CPU seconds so far of the programs this process started and that still run; None without /proc."""
    ticks, found = os.sysconf("SC_CLK_TCK"), False
    total = 0.0
    with contextlib.suppress(OSError):
        for children in Path("/proc/self/task").glob("*/children"):
            for pid in children.read_text(encoding="ascii").split():
                fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                total += (int(fields[11]) + int(fields[12])) / ticks
                found = True
    return total if found else None


def programs_cpu(name: str) -> float:
    """Return the CPU seconds so far of all programs below this process whose name begins so, and of children of theirs
    that have ended; 0 without /proc."""
    ticks, total = os.sysconf("SC_CLK_TCK"), 0.0
    below = [os.getpid()]
    for pid in below:
        with contextlib.suppress(OSError):
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                below.extend(map(int, children.read_text(encoding="ascii").split()))
            before, _, after = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")
            if before.partition("(")[2].startswith(name):
                total += sum(map(int, after.split()[11:15])) / ticks
    return total


def in_process(job: str, **given: Any) -> dict[str, Any]:
    """Run `module:function` of this package with `given` in a fresh process and return what it returns."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.job", job, json.dumps(given)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        said = run.stderr.strip().splitlines()
        raise Failed(f"{job}: {said[-1] if said else f'ended with {run.returncode}'}")
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    if "skipped" in answer:
        raise Skipped(answer["skipped"])
    return answer
