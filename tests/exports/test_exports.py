"""What every exporter keeps: the same bytes for the same graph, whatever the order, the hash seed or the machine."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from exports import EXPORTERS, FOLDER_EXPORTERS, get_exporter, get_folder_exporter
from kg.errors import UnknownName
from tests.exports.graphs import sample

ROOT = Path(__file__).parents[2]

# prints a digest for each exporter of the graph put together in the order of the given seed
SCRIPT = """
import hashlib, io, sys, tempfile
from pathlib import Path
from exports import EXPORTERS, FOLDER_EXPORTERS, get_exporter, get_folder_exporter
from tests.exports.graphs import sample
graph = sample(int(sys.argv[1]))
for name in EXPORTERS:
    stream = io.BytesIO()
    get_exporter(name).write(graph, stream)
    print(name, hashlib.sha256(stream.getvalue()).hexdigest())
for name in FOLDER_EXPORTERS:
    with tempfile.TemporaryDirectory() as folder:
        get_folder_exporter(name).write_folder(graph, Path(folder))
        for path in sorted(Path(folder).iterdir()):
            print(name, path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def export(name: str, seed: int | None = None) -> bytes:
    stream = io.BytesIO()
    get_exporter(name).write(sample(seed), stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", EXPORTERS)
def test_order_of_insertion_does_not_matter(name: str) -> None:
    assert len({export(name, seed) for seed in (None, 1, 2, 3)}) == 1


@pytest.mark.parametrize("name", FOLDER_EXPORTERS)
def test_order_of_insertion_does_not_matter_in_a_folder(name: str, tmp_path: Path) -> None:
    found = set()
    for seed in (1, 2, 3):
        folder = tmp_path / str(seed)
        folder.mkdir()
        get_folder_exporter(name).write_folder(sample(seed), folder)
        found.add(tuple((path.name, path.read_bytes()) for path in sorted(folder.iterdir())))
    assert len(found) == 1


def test_hash_seed_does_not_matter() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(seed)],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in (1, 42)
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].splitlines()) >= len(EXPORTERS) + len(FOLDER_EXPORTERS)


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_exporter_leaves_graph_and_stream_as_they_were(name: str) -> None:
    graph, stream = sample(), io.BytesIO()
    before = {key: dict(data) for key, data in graph.nodes(data=True)}
    get_exporter(name).write(graph, stream)
    assert not stream.closed
    assert {key: dict(data) for key, data in graph.nodes(data=True)} == before
    assert hashlib.sha256(export(name)).digest() == hashlib.sha256(stream.getvalue()).digest()


def test_an_unknown_exporter_names_near_ones() -> None:
    with pytest.raises(UnknownName, match=r"no exporter called 'turtel'; did you mean turtle"):
        get_exporter("turtel")
    with pytest.raises(UnknownName, match=r"no exporter into a folder called 'cvs'; did you mean csv"):
        get_folder_exporter("cvs")


@pytest.mark.parametrize("name", [name for name in EXPORTERS if name != "graphml"])
def test_an_edge_needs_no_attribute_for_its_own_key(name: str) -> None:
    graph = sample()
    for *_, data in graph.edges(data=True):
        del data["key"]
    stream = io.BytesIO()
    get_exporter(name).write(graph, stream)
    assert stream.getvalue() == export(name)
