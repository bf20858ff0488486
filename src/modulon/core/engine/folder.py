"""Who works in the data folder: many servers and commands at once, or one restore alone.

A lock that the kernel frees when its holder dies, held from before the database is looked at.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from modulon.core.config import Config
from modulon.core.data.backup.replacing import NOTE, STAGED, finish
from modulon.core.data.database import is_sqlite, sqlite_path

PATIENCE: Final = 10.0
"""Seconds that a start waits for a restore to end."""


class FolderBusy(RuntimeError):
    """Others work in the data folder in a way that this cannot go beside."""


@contextmanager
def working(config: Config, *, patience: float = PATIENCE) -> Iterator[None]:
    """Work in the data folder beside others. A restore that was interrupted is finished first.

    Raises `FolderBusy` if a restore goes on and does not end within *patience* seconds.
    """
    busy = FolderBusy(f"A backup is being restored in {config.data_dir}. Nothing was changed; wait until that is done.")
    with _lock(config) as lock:
        _take(lock, fcntl.LOCK_SH, patience, busy)
        while (config.data_dir / NOTE).exists():
            # Given back first: two that each held their share and wanted it whole would wait for ever.
            fcntl.flock(lock, fcntl.LOCK_UN)
            _take(lock, fcntl.LOCK_EX, patience, busy)
            finish(config.data_dir)
            fcntl.flock(lock, fcntl.LOCK_SH)
        _tidy(config)
        yield


@contextmanager
def alone(config: Config) -> Iterator[None]:
    """Have the data folder for oneself. Raises `FolderBusy` if a server or a command works in it."""
    with _lock(config) as lock:
        _take(
            lock,
            fcntl.LOCK_EX,
            0,
            FolderBusy(f"A server or another command works in {config.data_dir}. Nothing was changed; stop it first."),
        )
        finish(config.data_dir)
        _tidy(config)
        yield


@contextmanager
def _lock(config: Config) -> Iterator[int]:
    for folder in (config.data_dir, config.run_dir):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(config.run_dir / "folder.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)


def _take(lock: int, how: int, patience: float, busy: FolderBusy) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise busy from None
            time.sleep(0.05)
        else:
            return


def _tidy(config: Config) -> None:
    """Remove restored files that never took their place: their restore ended before it had changed anything."""
    folders = {config.data_dir}
    if is_sqlite(config.database):
        folders.add(sqlite_path(config.database).resolve().parent)
    for folder in folders:
        for left in folder.glob(f"*{STAGED}"):
            left.unlink(missing_ok=True)
