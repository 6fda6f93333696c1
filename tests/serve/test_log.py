"""The access log: a line for each request, that programs for such logs can read."""

from __future__ import annotations

import datetime
import re
import socket
import time
from pathlib import Path

from tests.serve.server import Server, served

LINE = re.compile(
    r'(\S+) - - \[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "(\S+) (\S+) HTTP/1\.1" (\d{3}) (\d+|-)'
)


def raw(server: Server, request: bytes) -> bytes:
    host, _, port = server.url.removeprefix("http://").rstrip("/").partition(":")
    with socket.create_connection((host, int(port)), 10) as connection:
        connection.sendall(request)
        return connection.recv(65536)


def test_each_request_is_a_line(workspace: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with served(workspace, "--access-log", log) as server:
        size = len(server.get("sparql", params={"query": "ASK {}"}).content)
        server.get("id/nothing")
        raw(server, b'GET /"quoted"\x1b[31m%0Aforged HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n')
        server.get("health")
        for _ in range(100):
            if len(log.read_text().splitlines()) >= 3:
                break
            time.sleep(0.05)
    lines = log.read_text(encoding="utf-8").splitlines()
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), lines
    first, second = found[0], found[1]
    assert first is not None
    assert second is not None
    assert first.groups()[2:] == ("GET", "/sparql?query=ASK+%7B%7D", "200", str(size))
    assert (second[4], second[5]) == ("/id/nothing", "404")
    when = datetime.datetime.strptime(first[2], "%d/%b/%Y:%H:%M:%S %z")
    assert abs((datetime.datetime.now(datetime.UTC) - when).total_seconds()) < 60
    assert "\x1b" not in log.read_text(encoding="utf-8")


def test_it_goes_to_standard_error_and_can_be_left_out(workspace: Path) -> None:
    with served(workspace) as server:
        server.get("id/nothing")
    assert any('"GET /id/nothing HTTP/1.1" 404' in line for line in server.said)
    with served(workspace, "--access-log", "") as server:
        server.get("id/nothing")
    assert not any("GET" in line for line in server.said)
