"""Makes archives of several sizes, builds each in a process of its own, scores it, and tells what it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.archive.make import PAGES, make
from tests.archive.score import ALL, lines, score

__all__ = ["measure"]

MORE = "\n\n**本报讯** 3月2日，北京市总工会举办第三届“匠心杯”职工技能大赛，西城区总工会主席王建国参加。\n"
ROOT = Path(__file__).parent.parent.parent
HEAD = (
    "articles",
    "characters",
    "CPU s",
    "peak MiB",
    "again s",
    "of all",
    "entities",
    "facts",
    "P",
    "R",
    "even P",
    "even R",
)

Took = tuple[float, float]  # CPU seconds, peak MiB


def measure(sizes: Sequence[int], seed: int = 0, *, keep: Path | None = None) -> Iterator[str]:
    """Yield the table, a row as soon as it is known; with `keep`, archives, workspaces and scores stay there."""
    yield "".join(f"{cell:>12}" for cell in HEAD)
    with tempfile.TemporaryDirectory(prefix="kg-archive-") as temporary:
        for size in sizes:
            folder = (keep or Path(temporary)) / f"archive-{size}"
            make(folder, size, seed)
            workspace = folder / "workspace"
            cpu, peak = build(folder / PAGES, workspace)
            (folder / "edited.jsonl").write_text(edited((folder / PAGES).read_text("utf-8")), "utf-8")
            again, _ = build(folder / "edited.jsonl", workspace)
            build(folder / PAGES, workspace)  # what is scored is the archive as it was made
            result = score(folder, workspace)
            (folder / "score.txt").write_text("\n".join(lines(result)) + "\n", encoding="utf-8")
            counts = json.loads((workspace / "report.json").read_bytes())["counts"]
            figures = result.rows[ALL]
            shares = (figures.precision, figures.recall, figures.even_precision, figures.even_recall)
            cells = (
                f"{counts['articles']:,}",
                f"{characters(folder / PAGES):,}",
                f"{cpu:.1f}",
                f"{peak:,.0f}",
                f"{again:.1f}",
                f"{again / cpu:.1%}",
                f"{counts['entities']:,}",
                f"{counts['facts']:,}",
                *(f"{share:.4f}" for share in shares),
            )
            yield "".join(f"{cell:>12}" for cell in cells)


def edited(lines: str) -> str:
    """Return the lines of an archive with one article more on the page in the middle."""
    pages = lines.splitlines(keepends=True)
    page = json.loads(pages[len(pages) // 2])
    page["text"] += MORE
    pages[len(pages) // 2] = json.dumps(page, ensure_ascii=False) + "\n"
    return "".join(pages)


def characters(pages: Path) -> int:
    """Count the characters of all pages."""
    with pages.open(encoding="utf-8") as stream:
        return sum(len(json.loads(line)["text"]) for line in stream)


def build(pages: Path, workspace: Path) -> Took:
    """Run `kg build` on its own, and return the CPU seconds and the most memory it took."""
    command = [sys.executable, "-m", "kg", "build", str(pages), "-o", str(workspace), "--workers", "1"]
    with (pages.parent / "build.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        _, status, use = os.wait4(
            process.pid, 0
        )  # tells of this process alone, which getrusage of all children does not
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, (pages.parent / "build.log").read_bytes())
    return use.ru_utime + use.ru_stime, use.ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
