"""A copy of the SQLite database before it is changed.

Plain, where a backup is encrypted: it lies beside the database that it is a copy of, and going back needs no key.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from modulon.core.data.sqlite.copy import copy_database
from modulon.core.durable import sync_folder

KEPT: Final = 5


def back_up(database: Path) -> Path | None:
    """Copy *database* to `backups/` beside it and keep the last few copies; nothing if it has no tables yet."""
    with closing(sqlite3.connect(database)) as source:
        if source.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            return None
    folder = database.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"{database.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-before-migration.db"
    unfinished = copy.with_suffix(".part")
    copy_database(database, unfinished)
    unfinished.rename(copy)
    sync_folder(folder)
    _forget_old(folder, database.stem)
    return copy


def _forget_old(folder: Path, stem: str) -> None:
    for old in sorted(folder.glob(f"{stem}-*-before-migration.db"))[:-KEPT]:
        old.unlink()
