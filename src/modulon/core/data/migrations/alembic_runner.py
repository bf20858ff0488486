"""Running migrations with Alembic: a version table for each module, one transaction for all.

Imported only when there is something to do: Alembic costs a quarter of a second.
"""

import asyncio
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from modulon import __version__
from modulon.core.data import tables
from modulon.core.data.sqlite.lock import WriteLock

from .backup import back_up
from .digest import KEY, LOCK
from .files import migration_files
from .history import check_history, note_applied
from .refused import MigrationRefused


async def migrate_sqlite(path: Path, folders: Mapping[str, Path], digest: str) -> list[str]:
    """Migrate the file at *path* in a thread, holding the write lock, after a backup of what is there."""
    return await asyncio.to_thread(_migrate_sqlite, path, folders, digest)


def _migrate_sqlite(path: Path, folders: Mapping[str, Path], digest: str) -> list[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = WriteLock(path)
    engine = _sqlite_engine(path)
    try:
        with lock.held():
            with engine.connect() as connection:
                if _seen_meanwhile(connection, digest):
                    return []
            back_up(path)
            with engine.begin() as connection:
                applied = _upgrade_all(connection, folders, digest)
                _check_references(connection)
            return applied
    finally:
        engine.dispose()
        lock.close()


async def migrate_postgres(url: str, folders: Mapping[str, Path], digest: str) -> list[str]:
    """Migrate a PostgreSQL database, holding an advisory lock until the transaction ends."""
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(sa.make_url(url).set(drivername="postgresql+asyncpg"), poolclass=sa.NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            if await connection.run_sync(_seen_meanwhile, digest):
                return []
            return await connection.run_sync(_upgrade_all, folders, digest)
    finally:
        await engine.dispose()


def build(connection: Connection, folders: Mapping[str, Path], revisions: Mapping[str, str]) -> None:
    """Make the tables of each module as they were at its revision in *revisions*; others are not made."""
    tables.migrations.create(connection)
    for module, folder in folders.items():
        if module in revisions:
            _upgrade(connection, module, folder, revisions[module])


def _sqlite_engine(path: Path) -> Engine:
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.NullPool)

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        # Transactions are begun by us. References are checked at the end: a table copied to be altered is dropped
        # in between, which with foreign_keys=ON would delete every row that points to it.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=OFF")

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


def _seen_meanwhile(connection: Connection, digest: str) -> bool:
    """Whether another process did the same work while we waited for the lock."""
    if not sa.inspect(connection).has_table(tables.instance.name):
        return False
    query = sa.select(tables.instance.c.value).where(tables.instance.c.key == KEY)
    return connection.execute(query).scalar() == digest


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        names = ", ".join(sorted({str(row[0]) for row in broken}))
        raise MigrationRefused(
            f"The migrations would leave rows that point to nothing in: {names}. Nothing was changed."
        )


def _upgrade_all(connection: Connection, folders: Mapping[str, Path], digest: str) -> list[str]:
    tables.migrations.create(connection, checkfirst=True)
    check_history(connection, folders, __version__)
    applied = [name for module, folder in folders.items() for name in _upgrade(connection, module, folder)]
    connection.execute(sa.delete(tables.instance).where(tables.instance.c.key == KEY))
    connection.execute(sa.insert(tables.instance).values(key=KEY, value=digest))
    return applied


def _upgrade(connection: Connection, module: str, folder: Path, target: str = "head") -> list[str]:
    """Apply one module's new migrations, up to *target*, and return their names."""
    files = {file.name[:4]: file for file in migration_files(folder)}
    if not files:
        return []
    script = ScriptDirectory(str(folder), version_locations=[str(folder)])
    _check_chain(module, files, script)
    applied: list[str] = []

    def steps(current: tuple[str, ...], _context: Any) -> Any:
        if any(revision not in files for revision in current):
            return []  # a newer Modulon was here; `check_history` found that this one may still work with it
        return script._upgrade_revs(target, current)  # pyright: ignore[reportPrivateUsage, reportArgumentType]

    def note(*, step: Any, **_: Any) -> None:
        revision = str(step.up_revision_id)
        minimum = str(getattr(step.up_revision.module, "min_code_version", "0"))
        note_applied(connection, module, revision, files[revision], minimum)
        applied.append(f"{module}/{revision}")

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(
            connection=connection, version_table=f"alembic_{module}", on_version_apply=cast(Any, note)
        )
        environment.run_migrations()
    return applied


def _check_chain(module: str, files: Mapping[str, Path], script: ScriptDirectory) -> None:
    """Each file names itself by its number and follows the one before."""
    expected = dict(zip(files, (None, *files), strict=False))
    # The public ways to them first link them up, and warn or fail in words of Alembic's if they cannot.
    scripts = script._load_revisions()  # pyright: ignore[reportPrivateUsage]
    found = {found.revision: found.down_revision for found in scripts}
    if found != expected:
        raise MigrationRefused(
            f"{module}: `revision` must be the number a migration's file name begins with, `down_revision` that of the"
            f" one before; found {found} in place of {expected}."
        )
