"""A copy of the SQLite database before it is changed."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

KEPT: Final = 5


def back_up(database: Path) -> Path | None:
    """Copy *database* to `backups/` beside it and keep the last few copies; nothing if it has no tables yet.

    SQLite's own backup sees everything committed, whatever stands in the WAL.
    """
    with closing(sqlite3.connect(database)) as source:
        if source.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            return None
        folder = database.parent / "backups"
        folder.mkdir(exist_ok=True)
        copy = folder / f"{database.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-before-migration.db"
        unfinished = copy.with_suffix(".part")
        with closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
        unfinished.rename(copy)
    _forget_old(folder, database.stem)
    return copy


def _forget_old(folder: Path, stem: str) -> None:
    for old in sorted(folder.glob(f"{stem}-*-before-migration.db"))[:-KEPT]:
        old.unlink()
