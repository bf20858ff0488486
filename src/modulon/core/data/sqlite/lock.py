"""`write.lock`: one writer at a time among all processes that have the database open."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class WriteLock:
    """An exclusive `flock` beside the database. The kernel frees it when its holder dies.

    Waiting here in place of SQLite's own busy handler, which polls, gives every process its turn: with 8 processes
    `busy_timeout` alone starved two of them and failed four writes.
    """

    def __init__(self, database: Path) -> None:
        self._file = os.open(database.with_name("write.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock, waiting for it as long as needed."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._file)
