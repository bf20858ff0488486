"""What callers do with backups: create, verify, restore, list.

The command line calls it now; a page and a schedule can. What takes long runs in other threads, so that a server can
call it while it serves.
"""

import errno
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from modulon.core.config import Config
from modulon.core.data.database import is_sqlite, require_postgres, sqlite_path
from modulon.core.data.sqlite.copy import copy_database
from modulon.core.engine.folder import alone, working
from modulon.core.secrets.master import MasterKey
from modulon.sdk.errors import StorageFull

from . import sqlite
from .draft import Draft, Origin, draft
from .errors import BackupDamaged, BackupRefused
from .keys import unlock
from .manifest import TABLES, Manifest, TableState, check_schema
from .reading import read, read_rows
from .restoring import PostgresRestoration, Restoration, SqliteRestoration
from .scratch import scratch
from .shelf import Shelf, Shelved, look
from .threads import in_thread

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Made:
    """A new backup, and the old ones that went for it."""

    shelved: Shelved
    manifest: Manifest
    removed: list[Path]


@dataclass(frozen=True, slots=True)
class Verified:
    """A backup that was proved. *restored* tells whether it was also restored on a scratch place."""

    manifest: Manifest
    restored: bool


class Backups:
    """The backups of one configuration. *folders* has the migrations' folder of each module, core's too."""

    def __init__(self, config: Config, folders: Mapping[str, Path]) -> None:
        self._config = config
        self._folders = folders
        self._shelf = Shelf(config)

    def list(self) -> list[Shelved]:
        """Every backup in the folder, the oldest first."""
        return self._shelf.all()

    async def create(self, keep: int | None = None) -> Made:
        """Back up the server, running or not, and keep the newest *keep* backups of it (by default as configured).

        Raises `BackupRefused`, `StorageFull`, and `FolderBusy` while a restore goes on. A failure leaves no file and
        removes none.
        """
        config = self._config
        master = MasterKey.present(config)
        instance = config.data_dir / "instance_id"
        if master is None or not instance.exists():
            raise BackupRefused(f"There is nothing to back up in {config.data_dir}: no server has been started there.")
        now = datetime.now(UTC)
        kind = "sqlite" if is_sqlite(config.database) else "postgresql"
        origin = Origin(instance.read_text("ascii").strip(), now, kind, master)
        with working(config), self._shelf.making(now) as file, _full_disk_said():
            if kind == "sqlite":
                manifest = await in_thread(self._create_sqlite, file, origin)
            else:
                manifest = await self._create_postgres(file, origin)
            await in_thread(self._read_back, file)
            made = look(file)
            return Made(made, manifest, self._shelf.forget(made, keep or config.backup_keep))

    async def verify(self, file: Path, recovery_key: str | None = None) -> Verified:
        """Prove *file*: open all of it, restore it on a scratch place, compare every table. Raises `BackupDamaged`."""
        unlocked = await in_thread(unlock, file, self._config, recovery_key)
        with working(self._config), _full_disk_said():
            if unlocked.header.database == "sqlite":
                manifest = await in_thread(self._verify_sqlite, file, unlocked.key)
                return Verified(manifest, restored=True)
            manifest = await in_thread(read_rows, file, unlocked.key)
            if is_sqlite(self._config.database):
                return Verified(manifest, restored=False)
            from .loading import try_out

            check_schema(manifest, self._folders)
            restored = await try_out(self._config.database, file, unlocked.key, manifest, self._folders)
            return Verified(manifest, restored)

    @asynccontextmanager
    async def restoring(self, file: Path, recovery_key: str | None = None) -> AsyncIterator[Restoration]:
        """Prove *file* and lay everything ready; nothing changes before `carry_out` is called on what is given.

        Raises `FolderBusy` while a server runs, `BackupLocked`, `BackupDamaged`, `BackupRefused`.
        """
        config = self._config
        with alone(config), _full_disk_said():
            unlocked = await in_thread(unlock, file, config, recovery_key)
            if (unlocked.header.database == "sqlite") != is_sqlite(config.database):
                here = "SQLite" if is_sqlite(config.database) else "PostgreSQL"
                raise BackupRefused(
                    f"This backup is of a server with {unlocked.header.database}, and here {here} is configured. Set "
                    "MODULON_DATABASE_URL to a database of the same kind."
                )
            kind = SqliteRestoration if is_sqlite(config.database) else PostgresRestoration
            restoration = kind(config, file, unlocked, self._folders)
            try:
                await restoration.prepare()
                yield restoration
            finally:
                restoration.tidy()

    def _create_sqlite(self, file: Path, origin: Origin) -> Manifest:
        database = sqlite_path(self._config.database)
        if not database.exists():
            raise BackupRefused(f"There is nothing to back up: {database} does not exist.")
        with scratch(self._config.run_dir) as place, sqlite.disk_problems_said(self._config.data_dir):
            copy = place / sqlite.ENTRY
            copy_database(database, copy)
            with draft(file, origin) as begun, copy.open("rb") as content:
                begun.begin(sqlite.facts_in(copy)).add(sqlite.ENTRY, content)
                return begun.finish(sqlite.tables_in(copy), [])

    def _read_back(self, file: Path) -> None:
        """Before an older backup goes for it: what is on the disk opens."""
        try:
            read(file, unlock(file, self._config, None).key)
        except BackupDamaged as error:
            file.unlink()
            raise BackupDamaged(
                f"What was written could not be read again: the disk or the memory of this machine fails. {error} The "
                "file was removed; earlier backups are as they were."
            ) from error

    async def _create_postgres(self, file: Path, origin: Origin) -> Manifest:
        require_postgres()
        from . import postgres

        with draft(file, origin) as begun:
            async with postgres.snapshot(self._config.database) as connection:
                return await _write_postgres(begun, connection)

    def _verify_sqlite(self, file: Path, key: bytes) -> Manifest:
        with scratch(self._config.run_dir) as place, sqlite.disk_problems_said(self._config.data_dir):
            copy = place / sqlite.ENTRY

            def take(name: str, content: Iterator[bytes]) -> None:
                if name == sqlite.ENTRY:
                    sqlite.extract(content, copy)

            manifest = read(file, key, take)
            sqlite.prove(copy, manifest)
            return manifest


async def _write_postgres(begun: Draft, connection: Any) -> Manifest:
    from . import postgres

    writer = begun.begin(await postgres.facts_in(connection))
    tables: list[TableState] = []
    for name in await postgres.names(connection):
        with writer.entry(TABLES + name) as write:
            # Encrypting and writing is work for another thread.
            tables.append(await postgres.read_table(connection, name, partial(in_thread, write)))
    return begun.finish(tables, await postgres.sequences_in(connection))


@contextmanager
def _full_disk_said() -> Iterator[None]:
    try:
        yield
    except (OSError, StorageFull) as error:
        if isinstance(error, OSError) and error.errno not in _FULL:
            raise
        raise StorageFull(
            "The disk is full. Nothing was changed and no half backup was left behind; earlier backups are as they "
            "were. Free space and try again."
        ) from error
