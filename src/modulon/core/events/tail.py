"""The end of the log, followed once for a whole process.

Whoever waits for events is called when there are some. Wake-ups are hints: a commit of this process, a change made by
another one, and, should both be missed, a slow poll. What is read is the log.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from modulon.core.data.engine import Engine
from modulon.sdk.errors import Problem

from .log import PAGE, START, EventLog, Position, Record

SLOW_POLL_SECONDS: Final = 10.0
PENDING_SECONDS: Final = 0.02
TROUBLE_SECONDS: Final = 1.0

Listener = Callable[[Sequence[Record]], None]


class Tail:
    """Follows the log from where it ends at `start` and gives every new event to its listeners, in order."""

    def __init__(self, engine: Engine) -> None:
        self.log: Final = EventLog(engine)
        self._engine = engine
        self._position = START
        self._listeners: list[Listener] = []
        self._hint = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._unsubscribe: Callable[[], None] | None = None

    @property
    def position(self) -> Position:
        """How far it has come: the listeners were given everything up to here."""
        return self._position

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call *listener* with new events, a page at a time; returns a function that ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def start(self) -> None:
        """Begin at the present end of the log."""
        self._position = await self.log.end()
        self._unsubscribe = self._engine.on_commit(lambda _types: self._hint.set())
        self._tasks = [asyncio.create_task(self._follow()), asyncio.create_task(self._watch())]

    async def stop(self) -> None:
        """End both tasks."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        for task in self._tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _watch(self) -> None:
        """Turn changes made by other processes into hints."""
        seen: int | None = None
        while True:
            try:
                seen = await self._engine.wait_for_change(SLOW_POLL_SECONDS, seen)
            except Problem:
                await asyncio.sleep(TROUBLE_SECONDS)
            self._hint.set()

    async def _follow(self) -> None:
        while True:
            await self._hint.wait()
            self._hint.clear()
            try:
                while await self._advance() == PAGE:
                    pass
                if await self.log.pending():
                    asyncio.get_running_loop().call_later(PENDING_SECONDS, self._hint.set)
            except Problem:
                asyncio.get_running_loop().call_later(TROUBLE_SECONDS, self._hint.set)

    async def _advance(self) -> int:
        """Read one page and pass it on; its length."""
        records = await self.log.after(self._position)
        if records:
            self._position = records[-1].position
            for listener in tuple(self._listeners):
                listener(records)
        return len(records)
