"""The server: a socket, uvicorn on it, and an end that waits for what is being answered."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TextIO

import pyoxigraph as ox
import uvicorn

from exports.catalogue import Portal
from kg.errors import InputError, NotAvailable, StoreError
from kg.selection import Selection
from kg.serve.about import About
from kg.serve.app import Site, make_app
from kg.serve.gone import Gone
from kg.serve.log import AccessLog
from kg.serve.pool import Limits, Pool
from kg.serve.store import STORE, holding, make_store, summary_of
from kg.workspace import Workspace

__all__ = ["serve"]

_LOCAL = ("127.", "::1", "localhost")
_BACKLOG = 512
_CONNECTIONS = 500  # at once; what comes beyond gets 503
_PATIENCE = 10  # seconds for what is being answered, once the server is told to end


def serve(
    space: Workspace,
    *,
    portal: Portal,
    host: str,
    port: int,
    limits: Limits,
    url: str = "",
    origins: frozenset[str] = frozenset(),
    access_log: str = "-",
    selection: Selection | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve a workspace until the process is told to end; `say` is told where, once it answers. The base is that of
    `portal`, what the keeper decided.

    `access_log` is a file to append to, `-` for standard error, "" for none.
    """
    chosen = selection or Selection()
    gone = Gone.since(space, chosen)
    with _listening(host, port) as listener, _logging(access_log) as log:
        folder = make_store(space, base=portal.base, selection=chosen, say=say)
        with holding(folder):
            try:
                store = ox.Store.read_only(str(folder / STORE))
            except OSError as error:
                raise StoreError(f"{folder}: {error}; delete it, and it is made again") from error
            about = About(space, portal, summary_of(folder))
            site = Site(
                space=space,
                base=portal.base,
                store=store,
                about=about,
                pool=Pool(folder / STORE, limits),
                limits=limits,
                gone=gone,
                url=url,
                origins=origins,
                local=host.startswith(_LOCAL),
                host=listener.getsockname()[0],
            )
            shown = f"[{host}]" if ":" in host else host
            where = f"http://{shown}:{listener.getsockname()[1]}/"
            config = uvicorn.Config(
                AccessLog(make_app(site), log),
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_PATIENCE,
                limit_concurrency=_CONNECTIONS,
            )
            tell = partial(say, f"{about.summary.triples} triples at {where} (Ctrl-C ends it)")
            server = _Server(config, tell, site.pool.stop)
            with _quiet_end():
                server.run(sockets=[listener])
            if site.failed:
                raise site.failed[0]


class _Server(uvicorn.Server):
    """A server that tells when it answers, and ends what is being answered some time after it was told to end."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[], None], stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell, self._stop = tell, stop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # before uvicorn would cancel it, which no answer survives
        ending = asyncio.get_running_loop().call_later(_PATIENCE / 2, self._stop)
        try:
            await super().shutdown(sockets)
        finally:
            ending.cancel()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._tell()


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # TCP is named: only then does asyncio send an answer at once, and not 40 ms later, when its head was acknowledged.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        try:
            if sys.platform != "win32":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen(_BACKLOG)
        except OSError as error:
            raise NotAvailable(
                f"cannot listen at {host}, port {port}: {error.strerror or error}; give another one with --port"
            ) from error
        yield listener


@contextlib.contextmanager
def _logging(name: str) -> Iterator[TextIO | None]:
    if name in ("", "-"):
        yield sys.stderr if name else None
        return
    with contextlib.ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(name).open("a", encoding="utf-8"))
        except OSError as error:
            raise InputError(f"cannot write the log {name}: {error.strerror or error}") from error
        yield stream


@contextlib.contextmanager
def _quiet_end() -> Iterator[None]:
    """Let an end that was wished be none: uvicorn ends in order at a signal, then sends it to itself once more."""
    before = {one: signal.signal(one, lambda *_: None) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
