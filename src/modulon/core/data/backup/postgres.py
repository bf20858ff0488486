"""A PostgreSQL database, row by row: read at one snapshot, loaded in one transaction.

Rows travel as PostgreSQL itself copies them (`COPY`, text): canonical under the settings below, one line each, the
same on every server version. No program has to be installed for it.
"""

from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from graphlib import TopologicalSorter
from typing import Any, Final

from modulon.core.data.migrations.digest import LOCK
from modulon.core.data.migrations.history import Applied
from modulon.core.data.postgres.connection import connect, storage_problem

from .entries import Measure
from .errors import BackupRefused
from .manifest import Facts, SequenceState, TableState

_SETTINGS: Final = (
    # What takes long is no reason to end it.
    "SET statement_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
    # Values are written in one way, whatever the server's settings are.
    "SET timezone = 'UTC'",
    "SET datestyle = 'ISO, YMD'",
    "SET intervalstyle = 'postgres'",
    "SET bytea_output = 'hex'",
    "SET extra_float_digits = 1",
    "SET client_encoding = 'UTF8'",
)
_TABLES: Final = """
    SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
"""
_REFERENCES: Final = """
    SELECT own.relname, other.relname
    FROM pg_constraint AS c
    JOIN pg_class AS own ON own.oid = c.conrelid JOIN pg_class AS other ON other.oid = c.confrelid
    WHERE c.contype = 'f' AND own.relnamespace = current_schema()::regnamespace AND own.oid <> other.oid
"""
_COLUMNS: Final = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
_KEY: Final = """
    SELECT a.attname FROM pg_index AS i
    JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
    WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY array_position(i.indkey::int2[], a.attnum)
"""
_SEQUENCES: Final = """
    SELECT s.oid::regclass::text, t.relname, a.attname FROM pg_class AS s
    JOIN pg_depend AS d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    JOIN pg_class AS t ON t.oid = d.refobjid
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace ORDER BY 1
"""

Sink = Callable[[bytes], Awaitable[None]]


@asynccontextmanager
async def snapshot(url: str) -> AsyncIterator[Any]:
    """A connection that sees one moment, and keeps migrations out meanwhile."""
    connection = await connect(url)
    try:
        await prepare(connection)
        # Before the snapshot is taken: a migration that is under way shall be in it.
        await connection.execute(f"SELECT pg_advisory_lock_shared({LOCK})")
        await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection
    except OSError:
        raise  # of the file that is written, not of the database: that one's were told apart by `connect`
    except Exception as error:
        raise storage_problem(error) from error
    finally:
        # Nothing is to be committed or said goodbye to. Whoever gives up in the middle of a copy would otherwise wait
        # for the rest of it, or for an answer that does not come.
        connection.terminate()


async def prepare(connection: Any) -> None:
    """The settings of a connection that copies rows."""
    for setting in _SETTINGS:
        await connection.execute(setting)


async def facts_in(connection: Any) -> Facts:
    """What the host notes in the database. Raises `BackupRefused` if it is not Modulon's."""
    if not {"instance", "migrations", "events"} <= set(await names(connection)):
        raise BackupRefused("This is no database of Modulon, or no server has been started with it yet.")
    notes = dict(await connection.fetch("SELECT key, value FROM instance"))
    applied = await connection.fetch(
        "SELECT module, revision, checksum, min_code_version FROM migrations ORDER BY module, revision"
    )
    seq = await connection.fetchval("SELECT coalesce(max(seq), 0) FROM events")
    return Facts(seq, [Applied(*row) for row in applied], notes.get("master_key"), notes.get("recovery"))


async def names(connection: Any) -> list[str]:
    """The tables, each after those it refers to."""
    found = await connection.fetch(_TABLES)
    references = await connection.fetch(_REFERENCES)
    graph: dict[str, set[str]] = {name: set() for (name,) in sorted(found)}
    for name, other in references:
        graph[name].add(other)
    return list(TopologicalSorter(graph).static_order())


async def columns(connection: Any, table: str) -> list[str]:
    """The columns of *table* that have values of their own."""
    found = await connection.fetch(_COLUMNS, quoted(table))
    return [name for (name,) in found]


async def read_table(connection: Any, table: str, sink: Sink | None = None) -> TableState:
    """Pass every row of *table* to *sink*, in the order of its key, and say what they were."""
    own, measure, rows = await columns(connection, table), Measure(), 0

    async def take(data: bytes) -> None:
        nonlocal rows
        rows += data.count(b"\n")
        measure.add(data)
        if sink is not None:
            await sink(data)

    listed = ", ".join(map(quoted, own))
    order = ", ".join(map(quoted, await _key(connection, table) or own))
    await connection.copy_from_query(f"SELECT {listed} FROM {quoted(table)} ORDER BY {order}", output=take)  # noqa: S608 - names from the catalogue
    newest = await _newest(connection, table) if "created_at" in own else None
    return TableState(table, rows, measure.entry(table).sha256, newest, own)


async def write_table(connection: Any, table: TableState, content: AsyncIterable[bytes]) -> None:
    """Load rows that `read_table` passed on."""
    there = set(await columns(connection, table.name))
    if not set(table.columns) <= there:
        missing = ", ".join(sorted(set(table.columns) - there))
        raise BackupRefused(f"The table {table.name} of this Modulon does not have the columns {missing}.")
    await connection.copy_to_table(table.name, source=content, columns=table.columns)


async def sequences_in(connection: Any) -> list[SequenceState]:
    """Every sequence that numbers a column."""
    found = await connection.fetch(_SEQUENCES)
    states: list[SequenceState] = []
    for sequence, table, column in found:
        last, called = await connection.fetchrow(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 - quoted by PostgreSQL
        states.append(SequenceState(table, column, last, called))
    return states


async def set_sequences(connection: Any, states: Iterable[SequenceState]) -> None:
    """Let each sequence go on where it was."""
    for state in states:
        await connection.execute(
            "SELECT setval(pg_get_serial_sequence($1, $2), $3, $4)",
            quoted(state.table),
            state.column,
            state.last,
            state.called,
        )


async def sizes_in(connection: Any) -> dict[str, tuple[int | None, datetime | None]]:
    """How many rows each table has and the newest `created_at`."""
    found: dict[str, tuple[int | None, datetime | None]] = {}
    for table in await names(connection):
        newest = await _newest(connection, table) if "created_at" in await columns(connection, table) else None
        found[table] = (await connection.fetchval(f"SELECT count(*) FROM {quoted(table)}"), newest)  # noqa: S608 - as above
    return found


def quoted(name: str) -> str:
    """*name* as it stands in a statement."""
    return '"' + name.replace('"', '""') + '"'


async def _newest(connection: Any, table: str) -> datetime | None:
    return await connection.fetchval(f"SELECT max(created_at) FROM {quoted(table)}")  # noqa: S608 - as above


async def _key(connection: Any, table: str) -> list[str]:
    found = await connection.fetch(_KEY, quoted(table))
    return [name for (name,) in found]
