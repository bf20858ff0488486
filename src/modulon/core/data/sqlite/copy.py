"""A copy of an SQLite database while others write to it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from modulon.core.durable import sync_file


def copy_database(database: Path, copy: Path) -> None:
    """Lay all that is committed in *database* into the new file *copy*, of mode 0600 and on the disk.

    SQLite's own backup, in one step: a snapshot that sees what stands in the write-ahead log, keeps nobody from
    writing, and is not begun anew by those who do. On failure nothing is left.
    """
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        with closing(open_existing(database)) as source, closing(sqlite3.connect(copy, isolation_level=None)) as target:
            # Until it is whole nobody needs it: no journal, and one flush at the end.
            target.execute("PRAGMA journal_mode=OFF")
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)
            # One file, without a log beside it; a server that opens it begins a log again.
            target.execute("PRAGMA journal_mode=DELETE")
        sync_file(copy)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def open_existing(database: Path) -> sqlite3.Connection:
    """A plain connection to *database*, which is not made if it is not there."""
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True, timeout=10)
