"""`write.lock`: one writer at a time among all processes that have the database open."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class WriteLock:
    """An exclusive `flock` beside the database, behind a second one for its turn. The kernel frees both when their
    holder dies.

    Waiting here in place of SQLite's own busy handler, which polls, gives every process its turn: with 8 processes
    `busy_timeout` alone starved two of them and failed four writes. One lock alone lets the process that has just
    written take it again before those that wait are awake. The turn is taken while somebody else still writes, so a
    process that comes back stands behind at least the one that has the turn.
    """

    def __init__(self, database: Path) -> None:
        self._file, self._turn = (_opened(database.with_name(name)) for name in ("write.lock", "write.turn"))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock, waiting for it as long as needed."""
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        finally:
            fcntl.flock(self._turn, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._file)
        os.close(self._turn)


def _opened(file: Path) -> int:
    return os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
