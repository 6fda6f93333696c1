"""The sample pages as a workspace, built once; who changes it takes a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.build import build
from kg.cli.demo import sample_pages


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workspace of the sample pages, for reading."""
    folder = tmp_path_factory.mktemp("demo") / "ws"
    build(sample_pages(), folder, workers=1)
    return folder


@pytest.fixture
def demo_copy(demo: Path, tmp_path: Path) -> Path:
    """Return a workspace of the sample pages to write to."""
    return Path(shutil.copytree(demo, tmp_path / "ws"))
