"""Reader threads: a small pool, each with a connection of its own. WAL lets them read while the writer writes."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from modulon.core.data.handles import Decode
from modulon.sdk.errors import Unavailable

from .connection import connect, storage_problem

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], Any]

READERS: Final = 4
KEPT_SECONDS: Final = 0.05
"""How long a reader that nobody uses may keep its last transaction open."""

CACHE_KIB: Final = 4_000


class Reader:
    """A thread that runs one piece of work after another on its connection."""

    def __init__(self, path: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._path = path
        self._loop = loop
        self._queue = queue.SimpleQueue[tuple[Work, "asyncio.Future[Any] | None"] | None]()
        self._thread = threading.Thread(target=self._serve, name="modulon-reader", daemon=True)
        self._thread.start()

    def run(self, work: Callable[[sqlite3.Connection], T]) -> "asyncio.Future[T]":
        """Queue *work*; the future has its result."""
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put((work, future))
        return future

    def run_unheard(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Queue *work* that nobody waits for: waking the loop for it would cost more than the work."""
        self._queue.put((work, None))

    async def close(self) -> None:
        """Finish what is queued, then end the thread."""
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _serve(self) -> None:
        connection: sqlite3.Connection | None = None
        while (job := self._queue.get()) is not None:
            work, future = job
            try:
                if connection is None:
                    connection = connect(self._path, cache_kib=CACHE_KIB)
                    connection.execute("PRAGMA query_only=ON")
                outcome, failed = work(connection), False
            except sqlite3.Error as error:
                outcome, failed = storage_problem(error), True
            except Exception as error:
                outcome, failed = error, True
            if future is not None:
                self._tell(future, outcome, failed)
        if connection is not None:
            connection.close()

    def _tell(self, future: "asyncio.Future[Any]", outcome: Any, failed: bool) -> None:
        def settle() -> None:
            if not future.done():
                (future.set_exception if failed else future.set_result)(outcome)

        try:
            self._loop.call_soon_threadsafe(settle)
        except RuntimeError:
            return  # the loop was closed: nobody waits any more


class Snapshot:
    """A consistent view: the transaction begins with the first query and holds one reader until the end."""

    def __init__(self, pool: "ReaderPool") -> None:
        self._pool = pool
        self._reader: Reader | None = None

    async def fetch(self, sql: str, params: tuple[Any, ...], decode: Decode) -> list[Any]:
        """The rows of one query, decoded."""
        begin = self._reader is None
        if self._reader is None:
            self._reader = await self._pool.take()

        def query(connection: sqlite3.Connection) -> list[Any]:
            if begin:
                _end(connection)
                connection.execute("BEGIN")
            return decode(connection.execute(sql, params))

        return await self._reader.run(query)

    def end(self) -> None:
        """Give the reader back. Its transaction ends with the next one's first query, or shortly after by itself:
        waking the thread for that alone would cost as much as the query did."""
        if self._reader is not None:
            self._pool.give(self._reader)
            self._reader = None


def _end(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


class ReaderPool:
    """Up to *size* readers, started when they are needed. The last one used is used again: its cache is warm."""

    def __init__(self, path: Path, loop: asyncio.AbstractEventLoop, size: int = READERS) -> None:
        self._path = path
        self._loop = loop
        self._all: list[Reader] = []
        self._idle: list[Reader] = []
        self._free = asyncio.Semaphore(size)
        self._closed = False
        self._tidying: asyncio.TimerHandle | None = None
        self._fresh: set[Reader] = set()

    @asynccontextmanager
    async def snapshot(self) -> AsyncGenerator[Snapshot]:
        """Open a snapshot."""
        snapshot = Snapshot(self)
        try:
            yield snapshot
        finally:
            snapshot.end()

    async def take(self) -> Reader:
        """A reader for the caller alone, to be given back; waits while all are busy."""
        await self._free.acquire()
        if self._closed:
            self._free.release()
            raise Unavailable("The server is shutting down. Try again shortly.")
        return self._idle.pop() if self._idle else self._start()

    def give(self, reader: Reader) -> None:
        self._idle.append(reader)
        self._fresh.add(reader)
        self._free.release()
        if self._tidying is None:
            self._tidying = self._loop.call_later(KEPT_SECONDS, self._tidy)

    def _tidy(self) -> None:
        """End what readers left open: an old snapshot keeps the write-ahead log from being emptied."""
        self._tidying = None
        for reader in self._idle:
            if reader in self._fresh:
                reader.run_unheard(_end)
        self._fresh.clear()

    async def close(self) -> None:
        """End every thread."""
        self._closed = True
        if self._tidying is not None:
            self._tidying.cancel()
        for reader in self._all:
            await reader.close()

    def _start(self) -> Reader:
        reader = Reader(self._path, self._loop)
        self._all.append(reader)
        return reader
