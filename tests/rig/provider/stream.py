"""Streaming one answer at its pace, with the faults that happen half-way."""

import asyncio
from typing import TYPE_CHECKING

from tests.rig.provider.behaviour import Behaviour
from tests.rig.provider.http import END_OF_CHUNKS, STREAM_HEAD, chunked
from tests.rig.provider.openai_format import Answer

if TYPE_CHECKING:
    from tests.rig.provider.connection import Connection

HALFWAY_KINDS = frozenset({"drop", "truncated", "stall"})


class AnswerStream:
    """Writes the pieces of *answer* that are due, then waits for the next ones."""

    def __init__(self, connection: "Connection", answer: Answer, how: Behaviour) -> None:
        self._connection = connection
        self._loop = connection.loop
        self._answer = answer
        self._how = how
        self._burst = connection.provider.burst
        self._sent = 0
        self._started = 0.0
        self._paused = False
        self._next: asyncio.Handle | None = None
        self._waiting: asyncio.Task[None] | None = None
        self._halfway = len(answer.tokens) // 2 if how.kind in HALFWAY_KINDS else None

    def start(self) -> None:
        self._started = self._loop.time()
        self._connection.write(STREAM_HEAD + chunked(self._answer.head))
        self._advance()

    def cancel(self) -> None:
        """The client left."""
        if self._next is not None:
            self._next.cancel()
        if self._waiting is not None:
            self._waiting.cancel()

    def pause(self) -> None:
        """The client reads too slowly."""
        self._paused = True

    def resume(self) -> None:
        self._paused = False
        if self._waiting is None:
            self._schedule()

    def _advance(self) -> None:
        if self._paused:
            return
        pieces = self._answer.tokens
        due = min(self._due(), len(pieces) if self._halfway is None else self._halfway)
        self._connection.write(b"".join(map(chunked, pieces[self._sent : due])))
        self._sent = due
        if due == self._halfway:
            self._misbehave()
        elif due == len(pieces):
            self._connection.write(chunked(self._answer.tail) + END_OF_CHUNKS)
            self._connection.finish("completed")
        else:
            self._schedule()

    def _due(self) -> int:
        """How many pieces should have been sent by now."""
        if self._how.rate:
            return int((self._loop.time() - self._started) * self._how.rate + 1e-6) + 1
        return self._sent + self._burst

    def _schedule(self) -> None:
        if self._next is not None:
            self._next.cancel()
        if self._how.rate:
            self._next = self._loop.call_at(self._started + self._sent / self._how.rate, self._advance)
        else:
            self._next = self._loop.call_soon(self._advance)

    def _misbehave(self) -> None:
        match self._how.kind:
            case "drop":
                self._connection.abort()
            case "truncated":
                self._connection.write(END_OF_CHUNKS)
                self._connection.finish("abandoned")
            case _:
                self._waiting = self._loop.create_task(self._wait_for_release())

    async def _wait_for_release(self) -> None:
        await self._connection.provider.released.wait()
        self._waiting = self._halfway = None
        self._advance()
