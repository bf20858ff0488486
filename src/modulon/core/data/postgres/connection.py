"""Connections to PostgreSQL: settings, type codecs, and what its errors mean."""

from typing import Any, Final
from uuid import UUID

import asyncpg
from asyncpg import exceptions

from modulon.core.data.errors import OperationRefused
from modulon.sdk.errors import Invalid, StorageFull, Unavailable

APPLICATION: Final = "modulon"
OLDEST_SERVER: Final = 14
SETTINGS: Final = {
    "application_name": APPLICATION,
    # A transaction left open holds back every reader of the event log.
    "idle_in_transaction_session_timeout": "10000",
    "timezone": "UTC",
}
LOST: Final = (
    exceptions.PostgresConnectionError,
    exceptions.InterfaceError,
    exceptions.InternalClientError,  # what a connection says that is just being closed by the server
    exceptions.AdminShutdownError,
    exceptions.CrashShutdownError,
    exceptions.IdleInTransactionSessionTimeoutError,
    OSError,
    TimeoutError,
)
"""The connection is gone or could not be made."""

RETRIABLE: Final = (exceptions.SerializationError, exceptions.DeadlockDetectedError)
"""The server undid the transaction so that another could go on: run it again."""

_NOT_AVAILABLE: Final = (
    *LOST,
    *RETRIABLE,
    exceptions.CannotConnectNowError,
    exceptions.TooManyConnectionsError,
    exceptions.ReadOnlySQLTransactionError,
    exceptions.QueryCanceledError,
    exceptions.OutOfMemoryError,
)


# asyncpg says little about its types.
_connect: Final[Any] = asyncpg.connect


class Session(asyncpg.Connection):
    """A pooled connection. Nothing here changes a session's state, so nothing is reset when it goes back."""

    def get_reset_query(self) -> str:
        return ""


async def prepare(connection: Any) -> None:
    """Set the codecs: JSON passes as text, for `sdk.storage.Json` encodes and decodes; ids are plain `UUID`s."""
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=str, format="text")
    await connection.set_type_codec(
        "uuid", schema="pg_catalog", encoder=_uuid_bytes, decoder=_uuid_from, format="binary"
    )


def _uuid_bytes(value: UUID) -> bytes:
    return value.bytes


def _uuid_from(value: bytes) -> UUID:
    return UUID(bytes=bytes(value))


async def connect(url: str) -> Any:
    """One connection outside the pool, as everything else sees it."""
    try:
        connection = await _connect(url, server_settings=SETTINGS, timeout=10)
        await prepare(connection)
    except Exception as error:
        raise storage_problem(error) from error
    return connection


async def fetch_value(url: str, query: str, *params: Any) -> Any:
    """The first value a query answers over a connection of its own; `None` if its table does not exist."""
    connection = await connect(url)
    try:
        return await connection.fetchval(query, *params)
    except exceptions.UndefinedTableError:
        return None
    finally:
        await connection.close()


def storage_problem(error: Exception) -> Exception:
    """What the caller is told about a failure of the database itself; a mistake in a statement stays what it is."""
    if isinstance(error, exceptions.DiskFullError):
        return StorageFull()
    if isinstance(error, exceptions.CharacterNotInRepertoireError | exceptions.UntranslatableCharacterError):
        return Invalid("The text holds the character NUL, which cannot be stored. Remove it and send the rest again.")
    return Unavailable() if isinstance(error, _NOT_AVAILABLE) else error


def refusal(error: exceptions.IntegrityConstraintViolationError, index: int) -> Exception:
    """The operation at *index* broke a constraint."""
    if isinstance(error, exceptions.UniqueViolationError):
        return OperationRefused(index, "unique", str(error))
    if isinstance(error, exceptions.ForeignKeyViolationError):
        return OperationRefused(index, "reference", str(error))
    return error
