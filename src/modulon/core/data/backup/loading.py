"""A PostgreSQL database from a backup, in one transaction: the present tables are kept in a schema beside it."""

import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from modulon.core.data.postgres.connection import connect, storage_problem

from .container import chunks
from .entries import entries
from .errors import BackupRefused
from .manifest import TABLES, Manifest, check_tables
from .postgres import names, prepare, quoted, read_table, set_sequences, write_table
from .threads import in_thread

_LIVING: Final = """
    SELECT count(*) FROM nodes WHERE heartbeat_at >= clock_timestamp() - interval '8 seconds'
"""
"""Who counts as running: see `core/engine/incarnation.py`."""

# Transaction ids of another server, or of another time, say nothing here, and consumers stand between them: each
# stretch of the log between two consumers gets a small number of its own, so that all events of before are behind
# those to come, and none changes the side of a consumer.
_RENUMBER: Final = (
    """
    UPDATE events SET xid = (1 + (
        SELECT count(*) FROM (SELECT DISTINCT xid, seq FROM event_cursors) AS c
        WHERE (c.xid::text::xid8, c.seq) < (events.xid, events.seq)
    ))::text::xid8
    """,
    """
    UPDATE event_cursors AS c SET xid = r.place,
        seq = coalesce((SELECT max(seq) FROM events WHERE events.xid = r.place::text::xid8), c.seq)
    FROM (SELECT consumer, dense_rank() OVER (ORDER BY xid, seq) AS place FROM event_cursors) AS r
    WHERE r.consumer = c.consumer
    """,
    "UPDATE event_deliveries AS d SET xid = e.xid::text::bigint FROM events AS e WHERE e.seq = d.seq",
)


async def load(
    url: str, file: Path, key: bytes, manifest: Manifest, folders: Mapping[str, Path], *, keep_in: str
) -> bool:
    """Make the database at *url* the one in *file*; tables that are there go into the schema *keep_in*.

    All or nothing. Returns whether there were tables to keep. Raises `BackupRefused` while a server runs with it.
    """
    from sqlalchemy.ext.asyncio import create_async_engine

    from modulon.core.data.migrations.alembic_runner import build
    from modulon.core.data.migrations.digest import LOCK

    engine = create_async_engine(sa.make_url(url).set(drivername="postgresql+asyncpg"), poolclass=sa.NullPool)
    try:
        async with _said(), engine.begin() as connection:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
            raw: Any = (await connection.get_raw_connection()).driver_connection
            await prepare(raw)
            kept = await _set_aside(raw, keep_in)
            await connection.run_sync(build, folders, manifest.revisions)
            await _fill(raw, file, key, manifest)
            return kept
    finally:
        await engine.dispose()


async def try_out(url: str, file: Path, key: bytes, manifest: Manifest, folders: Mapping[str, Path]) -> bool:
    """Load *file* into a database made for it on the server of *url*, and drop that. Whether one could be made."""
    from asyncpg import InsufficientPrivilegeError

    name = f"modulon_verify_{secrets.token_hex(8)}"
    admin = await connect(url)
    try:
        try:
            await admin.execute(f"CREATE DATABASE {name}")
        except InsufficientPrivilegeError:
            return False
        try:
            trial = sa.make_url(url).set(database=name).render_as_string(hide_password=False)
            await load(trial, file, key, manifest, folders, keep_in="kept")
        finally:
            await admin.execute(f"DROP DATABASE {name}")
    finally:
        await admin.close()
    return True


async def _set_aside(raw: Any, schema: str) -> bool:
    """Move the present tables into *schema*, if there are any."""
    present = await names(raw)
    if not present:
        return False
    if not {"instance", "migrations", "nodes"} <= set(present):
        raise BackupRefused("The database holds tables that are not Modulon's. Nothing was changed; use an empty one.")
    # From here on, a server that starts waits until this is over.
    await raw.execute("LOCK TABLE nodes IN ACCESS EXCLUSIVE MODE")
    if await raw.fetchval(_LIVING):
        raise BackupRefused(
            "A server works with this database, or was killed a moment ago. Nothing was changed; stop it, or try again "
            "in 8 seconds."
        )
    await raw.execute(f"CREATE SCHEMA {quoted(schema)}")
    for table in present:
        await raw.execute(f"ALTER TABLE {quoted(table)} SET SCHEMA {quoted(schema)}")
    return True


async def _fill(raw: Any, file: Path, key: bytes, manifest: Manifest) -> None:
    tables = {table.name: table for table in manifest.tables}
    made = await names(raw)
    if unknown := sorted(tables.keys() - made):
        raise BackupRefused(f"This Modulon has no module with the tables {', '.join(unknown)}. Nothing was changed.")
    await raw.execute(f"TRUNCATE {', '.join(map(quoted, made))}")
    with file.open("rb") as content:
        for name, frames in entries(chunks(content, key)):
            if name.startswith(TABLES):
                await write_table(raw, tables[name.removeprefix(TABLES)], _pieces(frames))
            else:
                async for _ in _pieces(frames):
                    pass
    await set_sequences(raw, manifest.sequences)
    check_tables(manifest, [await read_table(raw, table) for table in made if table in tables])
    for statement in _RENUMBER:
        await raw.execute(statement)


async def _pieces(frames: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Decrypting is work for another thread."""
    while (piece := await in_thread(next, frames, None)) is not None:
        yield piece


@asynccontextmanager
async def _said() -> AsyncIterator[None]:
    from asyncpg import InsufficientPrivilegeError

    try:
        yield
    except InsufficientPrivilegeError as error:
        raise BackupRefused(
            f"The database does not allow it ({error}). Nothing was changed. Restore into an empty database, or give "
            "the user the right to create schemas in this one."
        ) from error
    except BackupRefused:
        raise
    except Exception as error:
        raise storage_problem(error) from error
