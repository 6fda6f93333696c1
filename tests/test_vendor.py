"""What others wrote and we hand on: every file is the one its table names, with its licence, and fetches nothing."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.vendor import TABLES, renewed

PACKAGES = [
    pytest.param(table.parent, known, id=name)
    for table in TABLES
    for name, known in tomllib.loads(table.read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize(("folder", "known"), PACKAGES)
def test_files_are_those_of_the_table(folder: Path, known: dict[str, Any]) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", known["version"])
    assert "MIT" in known["licence"]
    licence = (folder / known["licence_file"]).read_text(encoding="utf-8")
    assert "Permission is hereby granted" in licence
    assert all(re.fullmatch(r"\S+ \(.+\)", one) for one in known["holds"])
    for name, file in known["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == file["sha256"]


@pytest.mark.parametrize(("table", "own"), zip(TABLES, (set(), {"serve.css", "serve.js"}), strict=True))
def test_every_file_of_others_is_listed(table: Path, own: set[str]) -> None:
    named = {"vendor.toml"}
    for known in tomllib.loads(table.read_text(encoding="utf-8")).values():
        named |= {known["licence_file"], *known["files"]}
        assert not [one for one in known["holds"] if "GPL" in one]
    assert {path.name for path in table.parent.iterdir()} - own == named


def test_a_new_version_is_written_where_it_belongs() -> None:
    text = TABLES[0].read_text(encoding="utf-8")
    known = tomllib.loads(text)["graphology"]
    new = tomllib.loads(renewed(text, "graphology", known, "9.9.9", {"graphology.umd.min.js": "ab"}))
    assert new["graphology"]["version"] == "9.9.9"
    assert new["graphology"]["files"]["graphology.umd.min.js"]["sha256"] == "ab"
    assert new["sigma"] == tomllib.loads(text)["sigma"]
