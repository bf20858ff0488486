"""The one writer thread of a process.

It takes units from a queue, runs up to 64 of them in one transaction, each inside a savepoint, commits once, and
only then tells the callers: one flush to disk serves all of them (group commit). A unit that fails is undone alone.
An interactive unit, which reads before it decides, is a batch of its own with a deadline.
"""

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from modulon.core.data.unit import Unit
from modulon.sdk.errors import Unavailable

from .apply import apply_isolated
from .connection import connect, primary, storage_problem
from .interactive import Interactive
from .lock import WriteLock

MAX_UNITS: Final = 64
MAX_BATCH_SECONDS: Final = 0.02
CACHE_KIB: Final = 16_000

Future = asyncio.Future[None]
Submission = tuple[Unit, Future]
Result = tuple[Submission, Exception | None]


class Writer:
    """Owns the thread, its connection and the queue. `submit` and `interactive` are called on *loop*.

    *announce* is called on the loop, after a commit, with the types of the events that were added to the log.
    """

    def __init__(
        self,
        path: Path,
        loop: asyncio.AbstractEventLoop,
        announce: Callable[[frozenset[str]], None],
        deadline: float,
    ) -> None:
        self._path = path
        self._loop = loop
        self._announce = announce
        self._deadline = deadline
        self._lock = WriteLock(path)
        self._queue = queue.SimpleQueue[Submission | Interactive | None]()
        self._kept: Interactive | None = None
        self._connection: sqlite3.Connection | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="modulon-writer", daemon=True)
        self._thread.start()

    def submit(self, unit: Unit) -> Future:
        """Queue *unit*; the future ends when it is on disk."""
        self._refuse_if_closed()
        future: Future = self._loop.create_future()
        self._queue.put((unit, future))
        return future

    def interactive(self) -> Interactive:
        """Queue an interactive unit; wait for its `started`."""
        self._refuse_if_closed()
        unit = Interactive(self._loop, self._deadline, waiting=lambda: not self._queue.empty())
        self._queue.put(unit)
        return unit

    async def close(self) -> None:
        """Finish what is queued, then end the thread."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise Unavailable("The server is shutting down. Nothing was changed; try again shortly.")

    def _work(self) -> None:
        while (job := self._kept or self._queue.get()) is not None:
            self._kept = None
            if isinstance(job, Interactive):
                self._serve(job)
            else:
                self._run_batch(job)
        if self._connection is not None:
            self._connection.close()
        self._lock.close()

    def _run_batch(self, first: Submission) -> None:
        batch = [first]
        try:
            with self._lock.held():
                results = self._transaction(self._open(), batch)
        except Exception as error:  # whatever it is, this thread goes on: everyone else depends on it
            # Nothing of this batch was committed, whichever unit was at fault.
            problem = storage_problem(error)
            results = [(submission, problem) for submission in batch]
            self._reopen_after(error)
        self._deliver(lambda: self._resolve(results))

    def _transaction(self, connection: sqlite3.Connection, batch: list[Submission]) -> list[Result]:
        """Run and commit *batch*, to which waiting units are added until it is large or old enough."""
        end = time.monotonic() + MAX_BATCH_SECONDS
        results: list[Result] = []
        connection.execute("BEGIN IMMEDIATE")
        try:
            submission: Submission | None = batch[0]
            while submission is not None:
                results.append((submission, apply_isolated(connection, submission[0])))
                submission = None
                if len(batch) < MAX_UNITS and time.monotonic() < end and (submission := self._next()) is not None:
                    batch.append(submission)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return results

    def _next(self) -> Submission | None:
        """A unit that waits already. What is not a plain unit ends the batch and is kept for the next turn."""
        try:
            job = self._queue.get_nowait()
        except queue.Empty:
            return None
        if isinstance(job, Interactive):
            self._kept = job
            return None
        if job is None:
            self._queue.put(None)
        return job

    def _serve(self, unit: Interactive) -> None:
        try:
            with self._lock.held():
                unit.serve(self._open())
        except Exception as error:
            unit.fail(storage_problem(error))
            self._reopen_after(error)
        if unit.committed:
            self._deliver(lambda: self._announce(unit.events))

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connect(self._path, cache_kib=CACHE_KIB)
        return self._connection

    def _reopen_after(self, error: Exception) -> None:
        """After an I/O error the connection's state cannot be trusted: the next batch opens a new one."""
        if isinstance(error, sqlite3.Error) and primary(error) == sqlite3.SQLITE_FULL:
            return
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _deliver(self, callback: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(callback)
        except RuntimeError:
            return  # the loop was closed: nobody waits any more

    def _resolve(self, results: Sequence[Result]) -> None:
        announced: set[str] = set()
        for (unit, future), error in results:
            if error is None:
                announced |= unit.events
            if future.done():
                continue
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)
        if announced:
            self._announce(frozenset(announced))
