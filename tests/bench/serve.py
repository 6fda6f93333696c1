"""Jobs: questions to `kg serve` over HTTP by several clients at once, and the same questions to rdflib in memory."""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

from exports import DEFAULT_BASE, get_exporter
from tests.bench.graphs import generated
from tests.bench.measure import measured
from tests.serve.server import PREFIX, served

__all__ = ["asked", "rdflibs"]

# a question, its variable part a thing of this class
POINT = "SELECT ?property ?value {{ <{thing}> ?property ?value }}"
JOIN = (
    "SELECT ?name ?title {{ "
    "<{thing}> un:organizes ?a . ?a rdfs:label ?title . ?who un:organizes|un:participatesIn ?a ; rdfs:label ?name }}"
)
GROUP = "SELECT ?u (COUNT(?a) AS ?n) {{ ?u un:organizes ?a }} GROUP BY ?u ORDER BY DESC(?n) LIMIT 10"
SHAPES: Mapping[str, tuple[str, str]] = {
    "point look-up": (POINT, "Person"),
    "join": (JOIN, "TradeUnion"),
    "group-by": (GROUP, "TradeUnion"),
}
THINGS = 200  # different questions of a kind, one after the other


def asked(size: int, folder: str, clients: list[int], seconds: float) -> dict[str, Any]:
    """Ask a server each kind of question with so many clients, for some seconds each."""
    space, triples, things = _workspace(size, Path(folder))
    rows = []
    with served(space, "--access-log", "") as server:
        pids = [server.process.pid, *_children(server.process.pid)]
        for name, questions in _questions(things).items():
            for number in clients:
                before = _cpu(pids)
                took = asyncio.run(_load(server.url, questions, number, seconds))
                spent = _cpu(pids) - before
                rows.append({"shape": name, "clients": number, "took": sorted(took), "cpu": spent, "wall": seconds})
    return {"triples": triples, "rows": [_summed(row) for row in rows]}


def rdflibs(size: int, folder: str, seconds: float) -> dict[str, Any]:
    """Ask the same of a graph in rdflib's memory, without HTTP."""
    import rdflib

    _, triples, things = _workspace(size, Path(folder))
    graph = rdflib.Graph()
    with measured() as load:
        graph.parse(Path(folder) / "all.nt", format="nt")
    rows = []
    for name, questions in _questions(things).items():
        again, number = cycle(questions), 0
        with measured() as use:
            end = time.perf_counter() + seconds
            while time.perf_counter() < end or not number:
                list(graph.query(next(again)))
                number += 1
        rows.append({"shape": name, "requests": number, "cpu": use.cpu, "wall": use.wall})
    return {"triples": triples, "rows": rows, "load": load}


def _workspace(size: int, folder: Path) -> tuple[Path, int, Mapping[str, list[str]]]:
    """Make a workspace of the sample pages whose store holds the made-up graph instead; return it, how many triples
    there are, and things of each class."""
    from kg.build import build
    from kg.io import read_pages
    from kg.selection import Selection
    from kg.serve.store import FOLDER, fill, made_of, summary_of
    from kg.workspace import Workspace
    from tests.bench.measure import ROOT

    graph = generated(size)
    things: dict[str, list[str]] = {}
    for key, about in graph.nodes(data=True):
        things.setdefault(str(about["type"]), []).append(DEFAULT_BASE + key)
    path = folder / "ws"
    build(read_pages([str(ROOT / "kg" / "samples")]), path, workers=1)
    with (folder / "all.nt").open("wb") as stream:
        get_exporter("ntriples").write(graph, stream)
    home = path / FOLDER / made_of(Workspace.open(path), DEFAULT_BASE, Selection())
    if not home.exists():
        home.mkdir(parents=True)
        fill(graph, home, DEFAULT_BASE)
    return path, summary_of(home).triples, things


def _questions(things: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {
        name: [PREFIX + shape.format(thing=thing) for thing in things[kind][:THINGS]]
        for name, (shape, kind) in SHAPES.items()
    }


async def _load(url: str, questions: list[str], clients: int, seconds: float) -> list[float]:
    """Ask with so many clients, each its next question when it has the answer; return how long each answer took."""
    host, _, port = url.removeprefix("http://").rstrip("/").partition(":")
    took: list[float] = []
    following = cycle(questions)
    end = time.perf_counter() + seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        while (began := time.perf_counter()) < end:
            target = f"/sparql?query={quote(next(following))}"
            writer.write(f"GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: application/json\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            size = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(size)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(head.decode())
            took.append(time.perf_counter() - began)
        writer.close()

    await asyncio.gather(*(client() for _ in range(clients)))
    return took


def _summed(row: Mapping[str, Any]) -> dict[str, Any]:
    took = row["took"]
    return {
        **{name: row[name] for name in ("shape", "clients", "cpu", "wall")},
        "requests": len(took),
        "median": took[len(took) // 2],
        "p99": took[len(took) * 99 // 100],
    }


def _children(pid: int) -> list[int]:
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    return [int(word) for word in told.stdout.split()]


def _cpu(pids: list[int]) -> float:
    """Return the CPU seconds of these processes so far."""
    total = 0.0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total
