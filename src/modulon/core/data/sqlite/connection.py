"""Opening SQLite connections, and what SQLite's errors mean."""

import sqlite3
from pathlib import Path
from typing import Final

from modulon.core.data.errors import OperationRefused
from modulon.sdk.errors import StorageFull, Unavailable

_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=ON",
    "PRAGMA foreign_keys=ON",
    # Only outsiders (the sqlite3 shell, a backup) ever make us wait: our own processes queue at `write.lock`.
    "PRAGMA busy_timeout=10000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA journal_size_limit=67108864",
)
_IO_ERRORS: Final = frozenset(
    {
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_INTERRUPT,
    }
)


def connect(path: Path, *, cache_kib: int) -> sqlite3.Connection:
    """Open *path* in WAL mode with full durability; transactions are begun and ended by hand."""
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512, check_same_thread=False)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    connection.execute(f"PRAGMA cache_size=-{cache_kib}")
    return connection


def primary(error: sqlite3.Error) -> int:
    """The primary result code of *error* (extended codes carry it in the low byte); 0 if SQLite gave none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_broken(error: sqlite3.Error) -> bool:
    """Whether the file or the machine failed, so that the connection cannot be trusted any more."""
    return primary(error) in _IO_ERRORS


def storage_problem(error: Exception) -> Exception:
    """What the caller is told about a failure of the database itself; a mistake in a statement stays what it is."""
    if isinstance(error, sqlite3.Error):
        if primary(error) == sqlite3.SQLITE_FULL:
            return StorageFull()
        return Unavailable() if is_broken(error) else error
    return Unavailable() if isinstance(error, OSError) else error


def refusal(error: sqlite3.IntegrityError, index: int) -> Exception:
    """The operation at *index* broke a constraint."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        return OperationRefused(index, "unique", str(error))
    if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return OperationRefused(index, "reference", str(error))
    return error
