"""Wake-ups across processes: one debounced NOTIFY after commits, one connection that listens."""

import asyncio
from contextlib import suppress
from typing import Any, Final

from .connection import connect

CHANNEL: Final = "modulon_changes"
DEBOUNCE_SECONDS: Final = 0.02
RECONNECT_SECONDS: Final = 1.0


class Changes:
    """Counts commits it was told of. The count is a hint; the tables are the truth."""

    def __init__(self, url: str, pool: Any) -> None:
        self._url = url
        self._pool = pool
        self._count = 0
        self._waiting: set[asyncio.Future[None]] = set()
        self._listener: asyncio.Task[None] | None = None
        self._notifier: asyncio.Task[None] | None = None
        self._lost = asyncio.Event()

    def tell(self) -> None:
        """Notify every process soon, this one included; many commits within 20 ms make one notification."""
        if self._notifier is None or self._notifier.done():
            self._notifier = asyncio.get_running_loop().create_task(self._notify())

    async def wait(self, seconds: float, seen: int | None) -> int:
        """Wait until the count is another than *seen* (`None`: than now), or for *seconds*."""
        if self._listener is None:
            self._listener = asyncio.get_running_loop().create_task(self._listen())
        if seen is None or seen == self._count:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait((future,), timeout=seconds)
            finally:
                self._waiting.discard(future)
        return self._count

    async def close(self) -> None:
        """Send what is due and end both tasks."""
        if self._notifier is not None:
            await self._notifier
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener

    async def _notify(self) -> None:
        await asyncio.sleep(DEBOUNCE_SECONDS)
        # Without it others find the change at their slow poll.
        with suppress(Exception):
            await self._pool.execute(f"NOTIFY {CHANNEL}")

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_once()
            except asyncio.CancelledError:
                raise
            except Exception:
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_once(self) -> None:
        """Listen until the connection is lost. What was missed before counts as one change."""
        connection = await connect(self._url)
        try:
            self._lost.clear()
            connection.add_termination_listener(self._note_lost)
            await connection.add_listener(CHANNEL, self._count_one)
            self._count_one()
            await self._lost.wait()
        finally:
            connection.terminate()

    def _note_lost(self, _connection: Any) -> None:
        self._lost.set()

    def _count_one(self, *_notification: Any) -> None:
        self._count += 1
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
