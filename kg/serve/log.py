"""The access log: a line for each request, in the common log format."""

from __future__ import annotations

import datetime
from typing import TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["AccessLog"]


class AccessLog:
    """Writes a line about each request that `app` answers; None writes nothing."""

    def __init__(self, app: ASGIApp, stream: TextIO | None) -> None:
        self.app, self.stream = app, stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and write what came of it."""
        if scope["type"] != "http" or self.stream is None:
            await self.app(scope, receive, send)
            return
        began = datetime.datetime.now().astimezone()
        status, size = 500, 0  # where there is no answer at all

        async def watch(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            if scope["method"] == "HEAD":
                size = 0
            self.stream.write(_line(scope, began, status, size))
            self.stream.flush()


def _line(scope: Scope, began: datetime.datetime, status: int, size: int) -> str:
    client = (scope.get("client") or ("-", 0))[0]
    target = scope.get("raw_path") or b"/"
    if scope.get("query_string"):
        target += b"?" + scope["query_string"]
    # what a client sends is no text to trust: no quotes, no line ends, no signs that move a terminal's cursor
    asked = "".join(chr(byte) if 0x20 < byte < 0x7F and byte != 0x22 else f"%{byte:02X}" for byte in target)
    when = _time(began)
    version = scope.get("http_version", "1.1")
    return f'{client} - - [{when}] "{scope["method"]} {asked} HTTP/{version}" {status} {size or "-"}\n'


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # in whatever locale


def _time(when: datetime.datetime) -> str:
    return f"{when:%d}/{_MONTHS[when.month - 1]}/{when:%Y:%H:%M:%S %z}"
