"""Processes that answer queries: one ends, and another takes its place, where an answer takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kg
from kg.errors import StoreError

__all__ = ["Answer", "Busy", "Died", "Limits", "Pool", "TooLong", "WrongQuery"]

# What a worker is started with: no module of the folder one stands in, and this package, wherever it lies.
_START = "import sys; sys.path.append(sys.argv.pop(1)); from kg.serve.worker import main; " + (
    "main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]))"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many at once."""

    timeout: float = 30.0  # seconds
    max_rows: int = 10_000
    max_bytes: int = 32 * 2**20
    memory: int = 1024  # MiB
    workers: int = 2
    queue: int = 32  # queries that wait for a worker


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker found."""

    body: bytes
    count: int
    truncated: bool


class Busy(Exception):
    """All workers have something to do, and enough others wait."""


class TooLong(Exception):
    """The query was stopped at its limit of time."""


class Died(Exception):
    """The worker ended in the middle of the query; the message says why, as far as that is known."""


class WrongQuery(Exception):
    """The worker says what is wrong with a query; `kind` is that of `kg.serve.worker.Wrong`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Pool:
    """A number of workers over the store at `path`."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.path, self.limits = path, limits
        self.waiting = 0
        self.stopped = 0  # queries that took too long
        self._free: asyncio.LifoQueue[asyncio.subprocess.Process | None] = asyncio.LifoQueue()
        self._closing = False
        self._all: set[asyncio.subprocess.Process] = set()
        self._starting: set[asyncio.Task[None]] = set()

    @property
    def idle(self) -> int:
        """How many workers have nothing to do."""
        return self._free.qsize()

    async def start(self) -> None:
        """Start all workers; raises StoreError where one cannot open the store."""
        await asyncio.gather(*(self._add() for _ in range(self.limits.workers)))

    def stop(self) -> None:
        """End what is being answered: who asked, and who waits, is told that the server is busy."""
        self._closing = True
        for process in self._all:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        for _ in range(self.waiting):
            self._free.put_nowait(None)

    async def close(self) -> None:
        """End all workers."""
        self.stop()
        for task in self._starting:
            task.cancel()
        for process in list(self._all):
            await self._end(process)

    async def ask(self, asked: dict[str, Any]) -> Answer:
        """Have a free worker answer, or wait for one; where the caller is cancelled the query is ended."""
        process = await self._take()
        try:
            async with asyncio.timeout(self.limits.timeout):
                frame = await _exchange(process, json.dumps(asked).encode())
        except TimeoutError:
            self.stopped += 1
            self._replace(process)
            raise TooLong from None
        except asyncio.IncompleteReadError:
            if self._closing:
                raise Busy from None
            await process.wait()
            self._replace(process)
            raise Died(_why(process.returncode, self.limits)) from None
        except BaseException:
            self._replace(process)
            raise
        self._free.put_nowait(process)
        head, _, body = frame.partition(b"\n")
        told = json.loads(head)
        if "wrong" in told:
            raise WrongQuery(told["wrong"], told["message"])
        return Answer(body, told["count"], told["truncated"])

    async def _take(self) -> asyncio.subprocess.Process:
        """Return a worker that lives; raise Busy where too many wait already, or none gets free in time."""
        while True:
            if self._closing or (self._free.empty() and self.waiting >= self.limits.queue):
                raise Busy
            self.waiting += 1
            try:
                async with asyncio.timeout(self.limits.timeout):
                    process = await self._free.get()
            except TimeoutError:
                raise Busy from None
            finally:
                self.waiting -= 1
            if process is None or self._closing:
                raise Busy
            if process.returncode is None:
                return process
            self._replace(process)  # it was ended from outside

    def _replace(self, process: asyncio.subprocess.Process) -> None:
        """End a worker and start another, without waiting for either."""

        async def replace() -> None:
            await self._end(process)
            while True:
                try:
                    await self._add()
                except StoreError:
                    await asyncio.sleep(1)
                else:
                    return

        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if self._closing:
            return
        task = asyncio.get_running_loop().create_task(replace())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _add(self) -> None:
        home = str(Path(kg.__file__).resolve().parent.parent)
        given = (str(self.path), str(self.limits.timeout), str(self.limits.memory))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _START, home, *given),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # what a system says of an end that was wished
        )
        self._all.add(process)
        try:
            await _read(process)
        except asyncio.IncompleteReadError:
            await self._end(process)
            raise StoreError(f"{self.path}: cannot be opened for queries; delete it, and it is made again") from None
        except BaseException:
            await self._end(process)
            raise
        self._free.put_nowait(process)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        self._all.discard(process)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _exchange(process: asyncio.subprocess.Process, frame: bytes) -> bytes:
    assert process.stdin is not None
    process.stdin.write(struct.pack(">I", len(frame)) + frame)
    with contextlib.suppress(ConnectionError):  # it has ended, which reading tells
        await process.stdin.drain()
    return await _read(process)


async def _read(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None
    (size,) = struct.unpack(">I", await process.stdout.readexactly(4))
    return await process.stdout.readexactly(size)


def _why(code: int | None, limits: Limits) -> str:
    """Return why a worker ended, from what the system says of it."""
    if code is not None and -code in (signal.SIGSEGV, getattr(signal, "SIGBUS", 0)):
        return "it is nested too deeply"
    if code is not None and -code in (signal.SIGABRT, getattr(signal, "SIGKILL", 0)):
        return f"it needs more than {limits.memory} MiB of memory"
    return f"its process ended ({code})"
