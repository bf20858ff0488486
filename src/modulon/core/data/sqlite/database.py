"""The SQLite engine."""

import asyncio
import sqlite3
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final

from modulon.core.data.compiled import SQLITE
from modulon.core.data.engine import Engine
from modulon.core.data.handles import Conversation, Source
from modulon.core.data.unit import Unit

from .reader import Reader, ReaderPool
from .writer import Writer

DEADLINE_SECONDS: Final = 0.05
POLL_SECONDS: Final = 0.1


class SqliteEngine(Engine):
    """One file, one writer thread, a few reader threads. Must be made on the event loop that uses it.

    *deadline* is how long an interactive unit may keep others waiting, in seconds.
    """

    def __init__(self, path: Path, *, strict: bool, deadline: float = DEADLINE_SECONDS) -> None:
        super().__init__(SQLITE, strict=strict)
        path.parent.mkdir(parents=True, exist_ok=True)
        loop = asyncio.get_running_loop()
        self.path: Final = path
        self._loop = loop
        self._writer = Writer(path, loop, self.announce, deadline)
        self._readers = ReaderPool(path, loop)
        self._watcher: Reader | None = None

    def snapshot(self) -> AbstractAsyncContextManager[Source]:
        return self._readers.snapshot()

    async def submit(self, unit: Unit) -> None:
        await self._writer.submit(unit)

    async def converse(self) -> Conversation:
        unit = self._writer.interactive()
        try:
            await unit.started
        except BaseException:
            unit.rollback()
            raise
        return unit

    async def wait_for_change(self, seconds: float, seen: int | None = None) -> int:
        end = self._loop.time() + seconds
        current = await self._version()
        seen = current if seen is None else seen
        while current == seen and (left := end - self._loop.time()) > 0:
            await asyncio.sleep(min(POLL_SECONDS, left))
            current = await self._version()
        return current

    async def ping(self) -> None:
        async with self.snapshot() as source:
            await source.fetch("SELECT 1", (), list)

    async def close(self) -> None:
        await self._writer.close()
        await self._readers.close()
        if self._watcher is not None:
            await self._watcher.close()

    async def _version(self) -> int:
        """SQLite's count of others' commits, as one connection that never writes sees it."""
        if self._watcher is None:
            self._watcher = Reader(self.path, self._loop)
        return await self._watcher.run(_data_version)


def _data_version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA data_version").fetchone()[0]
