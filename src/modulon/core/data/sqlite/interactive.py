"""A unit that reads before it decides: it talks to the writer thread while it holds the write lock.

The coroutine sends commands one at a time; the thread runs them inside one transaction. While others wait the
transaction may last for `deadline` seconds (50 ms unless configured); if nobody waits, for up to a second, because a
busy machine is no reason to undo what disturbs nobody.
"""

import asyncio
import queue
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from modulon.core.data.errors import DeadlineMissed
from modulon.core.data.handles import Decode
from modulon.core.data.unit import Operation

from .apply import apply
from .connection import storage_problem

PATIENCE_SECONDS: Final = 1.0


@dataclass(slots=True)
class _Command:
    """One step: operations to run, then a query or the end."""

    operations: Sequence[Operation]
    first: int
    then: tuple[str, tuple[Any, ...], Decode] | Literal["commit", "rollback"]
    result: "asyncio.Future[list[Any]]"


class Interactive:
    """Both ends of the conversation: `fetch`, `commit` and `rollback` on the loop, `serve` on the thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, deadline: float, waiting: Callable[[], bool]) -> None:
        self.started: asyncio.Future[None] = loop.create_future()
        self.events: frozenset[str] = frozenset()
        self.committed = False
        self._loop = loop
        self._deadline = deadline
        self._waiting = waiting
        self._commands = queue.SimpleQueue[_Command]()
        self._failure: Exception | None = None
        self._done = False

    async def fetch(
        self, operations: Sequence[Operation], first: int, sql: str, params: tuple[Any, ...], decode: Decode
    ) -> list[Any]:
        """Run *operations* (the first has index *first* in its unit), then the query."""
        return await self._send(operations, first, (sql, params, decode))

    async def commit(self, operations: Sequence[Operation], first: int, events: frozenset[str]) -> None:
        """Run the remaining *operations* and commit."""
        self.events = events
        await self._send(operations, first, "commit")

    def rollback(self) -> None:
        """Undo everything; nobody waits for it."""
        self._send((), 0, "rollback").cancel()

    def _send(self, operations: Sequence[Operation], first: int, then: Any) -> "asyncio.Future[list[Any]]":
        command = _Command(operations, first, then, self._loop.create_future())
        self._commands.put(command)
        if self._done:
            self._refuse_pending()
        return command.result

    # The thread's side

    def serve(self, connection: sqlite3.Connection) -> None:
        """Run the conversation. Failures of the database itself are raised; all others go to the coroutine."""
        connection.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        self._tell(self.started, None)
        try:
            while not self._step(connection, self._receive(begun)):
                pass
        except DeadlineMissed as error:
            self.fail(error)
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        self._finish()

    def fail(self, error: Exception) -> None:
        """End the conversation: whoever waits, now or later, gets *error*."""
        self._failure = error
        self._tell(self.started, error)
        self._finish()

    def _receive(self, begun: float) -> _Command:
        while True:
            elapsed = time.monotonic() - begun
            if elapsed >= PATIENCE_SECONDS or (elapsed >= self._deadline and self._waiting()):
                raise DeadlineMissed
            try:
                return self._commands.get(timeout=max(self._deadline - elapsed, 0.005))
            except queue.Empty:
                continue

    def _step(self, connection: sqlite3.Connection, command: _Command) -> bool:
        """Carry out one command; whether the conversation is over."""
        try:
            apply(connection, command.operations, command.first)
            if not isinstance(command.then, str):
                sql, params, decode = command.then
                self._tell(command.result, decode(connection.execute(sql, params)))
                return False
            connection.execute("COMMIT" if command.then == "commit" else "ROLLBACK")
            self.committed = command.then == "commit"
            self._tell(command.result, [])
        except sqlite3.Error as error:
            problem = storage_problem(error)
            self._failure = problem
            self._tell(command.result, problem)
            if problem is not error:
                raise
        except Exception as error:
            self._failure = error
            self._tell(command.result, error)
        return True

    def _finish(self) -> None:
        self._done = True
        self._refuse_pending()

    def _refuse_pending(self) -> None:
        """Answer commands that came after the end; both sides may do it, each command is answered once."""
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return
            self._tell(command.result, self._failure or DeadlineMissed())

    def _tell(self, future: "asyncio.Future[Any]", outcome: Any) -> None:
        def settle() -> None:
            if future.done():
                return
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

        try:
            self._loop.call_soon_threadsafe(settle)
        except RuntimeError:
            return  # the loop was closed: nobody waits any more
