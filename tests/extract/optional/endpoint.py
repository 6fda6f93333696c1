"""A small real server on this machine that speaks as OpenAI's does, and misbehaves as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Model", "answer", "content", "serve", "status"]

Reply = Callable[["Handler", dict[str, Any]], None]


class Model(ThreadingHTTPServer):
    """Gives the replies it was made with, in turn, the last one for ever; keeps what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *replies: Reply) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies = list(replies)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.lock = threading.Lock()
        self.ended = threading.Event()  # lets a reply that hangs go

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.asked.append(body)
            self.server.headers.append(dict(self.headers))
            self.server.paths.append(self.path)
            reply = self.server.replies.pop(0) if len(self.server.replies) > 1 else self.server.replies[0]
        reply(self, body)

    def send(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def content(text: str | None) -> Reply:
    """Reply with these words of the model."""

    def reply(handler: Handler, _body: dict[str, Any]) -> None:
        message = {"role": "assistant", "content": text}
        told = {"choices": [{"message": message}], "usage": {"prompt_tokens": 700, "completion_tokens": 30}}
        handler.send(200, json.dumps(told).encode(), Content_Type="application/json")

    return reply


def answer(entities: list[dict[str, Any]], relations: list[dict[str, Any]] | None = None) -> Reply:
    """Reply with names and relations as JSON."""
    return content(json.dumps({"entities": entities, "relations": relations or []}, ensure_ascii=False))


def status(code: int, body: bytes = b"", **headers: str) -> Reply:
    """Reply with an HTTP status."""
    return lambda handler, _body: handler.send(code, body, **headers)


@contextmanager
def serve(*replies: Reply) -> Iterator[Model]:
    """Run the server while the block lasts."""
    with Model(*replies) as model:
        thread = threading.Thread(target=model.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield model
        finally:
            model.ended.set()
            model.shutdown()
            thread.join()
