"""What others wrote lies here as they published it, with its licence."""

from __future__ import annotations

import hashlib
import tomllib

import pytest

from kg.serve.vendor import ASSETS, TABLE

KNOWN = tomllib.loads(TABLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", KNOWN)
def test_the_files_are_those_that_were_published(name: str) -> None:
    known = KNOWN[name]
    for file, about in known["files"].items():
        assert hashlib.sha256((ASSETS / file).read_bytes()).hexdigest() == about["sha256"], "run: make vendor"
    assert "Permission is hereby granted" in (ASSETS / known["licence_file"]).read_text(encoding="utf-8")
    assert all(isinstance(known[word], str) and known[word] for word in ("package", "version", "licence"))
    assert not [one for one in known["holds"] if "GPL" in one]


def test_every_file_of_others_is_listed() -> None:
    own = {"serve.css", "serve.js", TABLE.name}
    listed = {file for known in KNOWN.values() for file in (*known["files"], known["licence_file"])}
    assert {path.name for path in ASSETS.iterdir()} - own == listed
