"""The sample pages, built once, and one server over them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.build import build
from kg.io import read_pages
from tests.cli.run import REPOSITORY
from tests.serve.server import Server, served


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve") / "ws"
    build(read_pages([str(REPOSITORY / "kg" / "samples")]), folder, workers=1)
    return folder


@pytest.fixture(scope="session")
def server(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("log") / "access.log"
    with served(workspace, "--open-origin", "https://example.org", "--access-log", log) as found:
        yield found
