"""What a backup needs of an SQLite file: what it holds, and the proof that a restored one holds the same."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from modulon.core.data.migrations.history import Applied
from modulon.core.data.sqlite.connection import is_broken, storage_problem
from modulon.core.data.sqlite.copy import open_existing
from modulon.core.durable import sync_file
from modulon.core.engine.disk import is_full
from modulon.sdk.errors import StorageFull
from modulon.sdk.storage.types import EPOCH, MICROSECOND

from .errors import BackupDamaged, BackupRefused
from .manifest import Facts, Manifest, TableState, check_tables

ENTRY: Final = "modulon.db"
_BATCH: Final = 500

_encode = msgspec.msgpack.Encoder().encode


def facts_in(file: Path) -> Facts:
    """What the host notes in *file*. Raises `BackupRefused` if it is no database of Modulon."""
    with _read(file) as connection:
        try:
            notes = dict(connection.execute("SELECT key, value FROM instance"))
            seq = connection.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0]
            applied = connection.execute(
                "SELECT module, revision, checksum, min_code_version FROM migrations ORDER BY module, revision"
            )
            migrations = [Applied(*row) for row in applied]
        except sqlite3.OperationalError as error:
            raise BackupRefused(f"This is no database of Modulon ({error}).") from error
    return Facts(seq, migrations, notes.get("master_key"), notes.get("recovery"))


def tables_in(file: Path) -> list[TableState]:
    """Every table, row by row."""
    with _read(file) as connection:
        # Text as bytes: that is faster, and whatever stands there can be hashed.
        connection.text_factory = bytes
        return [_table(connection, name, order) for name, order in _names(connection)]


def sizes_in(file: Path) -> dict[str, tuple[int | None, datetime | None]] | None:
    """How many rows each table has and the newest `created_at`; `None` if *file* cannot be read."""
    if not file.exists():
        return {}
    found: dict[str, tuple[int | None, datetime | None]] = {}
    try:
        with _read(file) as connection:
            for name, _ in _names(connection):
                newest = "max(created_at)" if "created_at" in _columns(connection, name) else "NULL"
                rows, at = connection.execute(f"SELECT count(*), {newest} FROM {_quoted(name)}").fetchone()  # noqa: S608 - names of tables
                found[name] = (rows, _time(at))
    except sqlite3.Error:
        return None
    return found


def extract(content: Iterable[bytes], file: Path) -> None:
    """Write *content* into the new *file*, of mode 0600 and on the disk."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as target:
        for piece in content:
            target.write(piece)
    sync_file(file)


def prove(file: Path, manifest: Manifest) -> None:
    """Raise `BackupDamaged` unless the database in *file* is sound and has the rows that *manifest* lists."""
    try:
        with _read(file) as connection:
            said = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(3)")]
        if said != ["ok"]:
            raise BackupDamaged(f"SQLite finds the restored database damaged: {'; '.join(said)}.")
        check_tables(manifest, tables_in(file))
    except sqlite3.DatabaseError as error:
        raise BackupDamaged(f"SQLite cannot read the restored database: {error}.") from error


@contextmanager
def disk_problems_said(folder: Path) -> Iterator[None]:
    """Failures of SQLite as the problems that callers know; *folder* is where it writes."""
    try:
        yield
    except sqlite3.Error as error:
        # Where not even its shared memory finds room, SQLite speaks of an I/O error.
        if is_broken(error) and is_full(folder):
            raise StorageFull from error
        raise storage_problem(error) from error


@contextmanager
def _read(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_existing(file)) as connection:
        connection.execute("PRAGMA query_only=ON")
        yield connection


def _names(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Each table with the order of its rows; not SQLite's own, nor those of indexes of words, made from others."""
    found = [
        (_text(name), _text(sql))
        for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite#_%' ESCAPE '#'"
        )
    ]
    virtual = tuple(name for name, sql in found if sql.upper().startswith("CREATE VIRTUAL"))
    own = [(name, sql) for name, sql in found if name not in virtual and not name.startswith(_shadows(virtual))]
    return sorted((name, "1" if "WITHOUT ROWID" in sql.upper() else "rowid") for name, sql in own)


def _shadows(virtual: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{name}_" for name in virtual)


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [_text(row[1]) for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]


def _table(connection: sqlite3.Connection, name: str, order: str) -> TableState:
    columns = _columns(connection, name)
    at = columns.index("created_at") if "created_at" in columns else None
    rows, newest, digest = 0, None, hashlib.sha256()
    cursor = connection.execute(f"SELECT * FROM {_quoted(name)} ORDER BY {order}")  # noqa: S608 - names of tables
    while batch := cursor.fetchmany(_BATCH):
        rows += len(batch)
        digest.update(b"".join(map(_encode, batch)))
        if at is not None:
            newest = max(filter(None, (newest, *(row[at] for row in batch))), default=None)
    return TableState(name, rows, digest.hexdigest(), _time(newest), columns)


def _time(value: Any) -> datetime | None:
    return EPOCH + value * MICROSECOND if isinstance(value, int) else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_text: Final[Callable[[Any], str]] = lambda value: value.decode() if isinstance(value, bytes) else str(value)  # noqa: E731
