"""A server as its users start it: a process, on a free port of this machine."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.cli.run import REPOSITORY

UN = "https://w3id.org/union-news-kg/ontology#"
PREFIX = f"PREFIX un: <{UN}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass(slots=True)
class Server:
    """A server that answers, and what it said on standard error."""

    url: str
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def get(self, path: str = "", **more: object) -> httpx.Response:
        return httpx.get(self.url + path, timeout=60, **more)  # type: ignore[arg-type]

    def ask(self, query: str, accept: str = "", **more: str | list[str]) -> httpx.Response:
        headers = {"Accept": accept} if accept else {}
        return self.get("sparql", params={"query": query, **more}, headers=headers)

    def rows(self, query: str) -> list[dict[str, str]]:
        answer = self.ask(query)
        assert answer.status_code == 200, answer.text
        bindings = answer.json()["results"]["bindings"]
        return [{name: value["value"] for name, value in row.items()} for row in bindings]


@contextlib.contextmanager
def served(workspace: Path, *words: str | Path) -> Iterator[Server]:
    """Serve a workspace until the block ends."""
    command = [sys.executable, "-m", "kg", "serve", str(workspace), "--port", "0", *map(str, words)]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    said: list[str] = []
    ready = threading.Event()

    def listen() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            if " triples at http" in line:
                ready.set()
        ready.set()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        assert ready.wait(120)
        match = re.search(r" triples at (http://\S+) ", "".join(said))
        assert match, "".join(said)
        yield Server(match[1], process, said)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        thread.join(10)
        if process.stderr is not None:
            process.stderr.close()
