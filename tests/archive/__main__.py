"""A large archive of made-up union news whose truth is known, and how well a build tells what is the same in it.

python -m tests.archive make DIR --articles 20000 --seed 0
python -m tests.archive score DIR WORKSPACE
python -m tests.archive measure --articles 5000 10000 20000 40000
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.archive.make import make
from tests.archive.measure import measure
from tests.archive.score import lines, score


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the three commands, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.archive", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="write pages and truth to a folder")
    making.add_argument("folder", type=Path, metavar="DIR")
    making.add_argument("--articles", type=int, default=20_000, help="how many [20000]")
    making.add_argument("--seed", type=int, default=0, help="another seed, another archive [0]")
    scoring = commands.add_parser("score", help="compare a workspace with the truth")
    scoring.add_argument("folder", type=Path, metavar="DIR")
    scoring.add_argument("workspace", type=Path, metavar="WORKSPACE")
    measuring = commands.add_parser("measure", help="make, build and score, and print a table")
    measuring.add_argument("--articles", type=int, nargs="+", default=[5_000, 10_000, 20_000, 40_000])
    measuring.add_argument("--seed", type=int, default=0, help="another seed, another archive [0]")
    measuring.add_argument("--keep", type=Path, metavar="DIR", help="leave archives and workspaces there")
    options = parser.parse_args(arguments)
    if options.command == "make":
        if options.articles < 1:
            parser.error("there is at least one article")
        make(options.folder, options.articles, options.seed)
    elif options.command == "score":
        print("\n".join(lines(score(options.folder, options.workspace))))
    else:
        for line in measure(options.articles, options.seed, keep=options.keep):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
