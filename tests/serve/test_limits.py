"""A query that takes too much is stopped, and the others do not notice."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.serve.server import ENDLESS, Server, served

LIMIT = 2.0


@pytest.fixture(scope="module")
def strict(workspace: Path) -> Iterator[Server]:
    limits = ("--timeout", LIMIT, "--max-rows", 50, "--workers", 2, "--queue", 2, "--memory", 256)
    with served(workspace, *map(str, limits)) as found:
        yield found


def idle(server: Server) -> None:
    """Wait until all workers are there again."""
    for _ in range(200):
        if server.get("health").json()["workers"]["idle"] == 2:
            return
        time.sleep(0.05)
    raise AssertionError("the workers do not come back")


def test_an_endless_query_is_stopped_while_others_are_answered(strict: Server) -> None:
    idle(strict)
    with ThreadPoolExecutor() as threads:
        began = time.monotonic()
        endless = threads.submit(strict.ask, ENDLESS)
        time.sleep(0.3)
        answered = 0
        while not endless.done():
            assert strict.ask("ASK { ?s ?p ?o }").json() == {"head": {}, "boolean": True}
            answered += 1
        took = time.monotonic() - began
    stopped = endless.result()
    assert stopped.status_code == 503
    assert stopped.text == "the query was stopped after 2 seconds; ask for less, or with LIMIT\n"
    assert LIMIT <= took < LIMIT + 3
    assert answered >= 5
    idle(strict)


def test_where_all_are_busy_and_enough_wait_the_next_is_told_when_to_come_back(strict: Server) -> None:
    idle(strict)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: strict.ask(ENDLESS), range(8)))
    assert {answer.status_code for answer in answers} == {503}
    busy = [answer for answer in answers if "too many queries" in answer.text]
    assert len(busy) >= 4
    assert {answer.headers["retry-after"] for answer in busy} == {"5"}
    idle(strict)
    assert strict.ask("ASK {}").status_code == 200


def test_rows_and_triples_are_capped_and_the_client_is_told(strict: Server) -> None:
    many = strict.ask("SELECT * { ?s ?p ?o }")
    assert many.headers["kg-truncated"] == "50"
    assert len(many.json()["results"]["bindings"]) == 50
    graph = strict.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert graph.headers["kg-truncated"] == "50"
    assert len(graph.text.splitlines()) == 50
    exact = strict.ask("SELECT * { ?s ?p ?o } LIMIT 50")
    assert "kg-truncated" not in exact.headers


GREEDY = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f } LIMIT 700000 }"  # some 270 MiB


def test_one_that_takes_too_much_memory_ends_alone(workspace: Path, server: Server) -> None:
    assert server.rows(GREEDY) == [{"n": "700000"}], "with enough of it, it is answered"
    with served(workspace, "--timeout", "300", "--workers", "2", "--memory", "128") as patient:
        greedy = patient.ask(GREEDY)
        assert greedy.status_code == 503
        assert re.match(
            r"the query (was stopped|cannot be answered): it needs more than 128 MiB of memory", greedy.text
        )
        idle(patient)
        assert patient.ask("ASK {}").status_code == 200


def test_a_query_ends_when_its_client_leaves(strict: Server) -> None:
    idle(strict)
    stopped = strict.get("health").json()["stopped"]
    with pytest.raises(httpx.TimeoutException):
        httpx.get(strict.url + "sparql", params={"query": ENDLESS}, timeout=0.3)
    idle(strict)
    assert strict.get("health").json()["stopped"] == stopped, "it did not go on to its limit"
    assert " 499 " in "".join(strict.said)
    assert "Traceback" not in "".join(strict.said)


def test_many_at_once_get_each_their_own_answer(server: Server) -> None:
    def ask(number: int) -> bool:
        answer = server.ask(f"SELECT ({number} AS ?n) {{ }}")
        return bool(answer.json()["results"]["bindings"][0]["n"]["value"] == str(number))

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(ask, range(200)))


def test_an_answer_does_not_wait_for_an_acknowledgement(server: Server) -> None:
    with httpx.Client() as client:  # one connection for all
        took = []
        for _ in range(20):
            began = time.perf_counter()
            client.get(server.url + "sparql", params={"query": "ASK {}"})
            took.append(time.perf_counter() - began)
    assert min(took) < 0.03  # each would take 0.04 s


def test_no_worker_is_left_when_the_server_ends_in_order(workspace: Path) -> None:
    with served(workspace, "--timeout", "60") as found:
        workers = children(found.process.pid)
        assert len(workers) == 2
        with ThreadPoolExecutor() as threads:
            slow = threads.submit(found.ask, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d a ?f }")
            time.sleep(0.2)
            found.process.send_signal(signal.SIGTERM)
            assert found.process.wait(30) == 0
            assert slow.result().status_code == 200  # what was being answered is answered
        assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    assert "Traceback" not in "".join(found.said)


def test_what_would_never_be_answered_does_not_keep_the_server_from_ending(workspace: Path) -> None:
    with served(workspace, "--timeout", "120") as found, ThreadPoolExecutor() as threads:
        workers = children(found.process.pid)
        slow = [threads.submit(found.ask, ENDLESS) for _ in range(3)]  # one more than there are workers
        time.sleep(1)
        found.process.send_signal(signal.SIGTERM)
        assert found.process.wait(30) == 0
        assert [one.result().status_code for one in slow] == [503] * 3
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
    assert "Traceback" not in "".join(found.said)


def test_workers_end_when_the_server_is_killed(workspace: Path) -> None:
    with served(workspace) as found:
        workers = children(found.process.pid)
        found.process.kill()
        found.process.wait()
        for _ in range(100):
            if not any(Path(f"/proc/{pid}").exists() for pid in workers):
                return
            time.sleep(0.05)
    raise AssertionError("workers are left")


def children(pid: int) -> list[int]:
    if not sys.platform.startswith("linux"):
        pytest.skip("reads /proc")
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    return [int(word) for word in told.stdout.split()]


def test_a_worker_may_not_open_a_connection() -> None:
    code = (
        "import socket\nfrom kg.serve.worker import no_network\nworked = no_network()\n"
        "try:\n    socket.socket()\nexcept PermissionError:\n    print('refused')\nelse:\n    print('open')\n"
        "print(worked)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    said, worked = done.stdout.split()
    assert said == ("refused" if worked == "True" else "open")
    if sys.platform.startswith("linux"):
        assert worked == "True", "no seccomp here? then words alone keep SERVICE out"
