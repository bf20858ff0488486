"""The PostgreSQL engine."""

import asyncio
import random
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

import asyncpg

from modulon.core.data.compiled import POSTGRES
from modulon.core.data.engine import Engine
from modulon.core.data.handles import Conversation as AnyConversation
from modulon.core.data.handles import Source
from modulon.core.data.unit import Unit
from modulon.sdk.errors import Unavailable

from .changes import Changes
from .connection import LOST, OLDEST_SERVER, RETRIABLE, SETTINGS, Session, prepare, storage_problem
from .session import TRIES, Conversation, Transaction, apply, snapshot

# asyncpg says little about its types.
_create_pool: Final[Any] = asyncpg.create_pool

POOL_SIZE: Final = 10


class OutcomeUnknown(Unavailable):
    """The connection was lost while the commit was on its way."""

    code = "storage.outcome_unknown"
    detail = "The connection to the database was lost while saving. Look whether it was saved before you try again."


class PostgresEngine(Engine):
    """A pool of connections in READ COMMITTED, and one that listens."""

    def __init__(self, url: str, pool: Any, *, strict: bool) -> None:
        super().__init__(POSTGRES, strict=strict)
        self._pool = pool
        self._changes = Changes(url, pool)
        self._background: set[asyncio.Task[None]] = set()

    def snapshot(self) -> AbstractAsyncContextManager[Source]:
        return snapshot(self._pool)

    async def submit(self, unit: Unit) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                await self._try(unit)
            except RETRIABLE as error:
                if attempt == TRIES:
                    raise storage_problem(error) from error
                # Two units that collided must not collide again.
                await asyncio.sleep(random.uniform(0, 0.01 * 2**attempt))  # noqa: S311 - spreads retries, no secret
            except Exception as error:
                raise storage_problem(error) from error
            else:
                self._committed(unit.events)
                return

    async def converse(self) -> AnyConversation:
        try:
            transaction = await Transaction.begin(self._pool)
        except Exception as error:
            raise storage_problem(error) from error
        return Conversation(transaction, self._keep, self._committed)

    async def wait_for_change(self, seconds: float, seen: int | None = None) -> int:
        return await self._changes.wait(seconds, seen)

    async def ping(self) -> None:
        try:
            await self._pool.fetchval("SELECT 1", timeout=2)
        except Exception as error:
            raise storage_problem(error) from error

    async def close(self) -> None:
        await asyncio.gather(*self._background)
        await self._changes.close()
        await self._pool.close()

    async def _try(self, unit: Unit) -> None:
        transaction = await Transaction.begin(self._pool)
        try:
            await apply(transaction.connection, unit.operations)
        except BaseException:
            await asyncio.shield(transaction.rollback())
            raise
        try:
            await transaction.commit()
        except LOST as error:
            raise OutcomeUnknown from error

    def _committed(self, events: frozenset[str]) -> None:
        if events:
            self.announce(events)
        self._changes.tell()

    def _keep(self, task: asyncio.Task[None]) -> None:
        """Hold on to a background task until it ends."""
        self._background.add(task)
        task.add_done_callback(self._background.discard)


async def open_postgres(url: str, *, strict: bool) -> PostgresEngine:
    """Connect to *url*. Raises `Unavailable` if nobody answers, `RuntimeError` if the server is too old."""
    try:
        pool = await _create_pool(
            url,
            min_size=1,
            max_size=POOL_SIZE,
            init=prepare,
            connection_class=Session,
            server_settings=SETTINGS,
            statement_cache_size=512,
            max_cached_statement_lifetime=0,
        )
        version: int = int(await pool.fetchval("SHOW server_version_num")) // 10_000
    except Exception as error:
        raise storage_problem(error) from error
    if version < OLDEST_SERVER:
        await pool.close()
        raise RuntimeError(f"PostgreSQL {version} is too old: Modulon needs {OLDEST_SERVER} or later")
    return PostgresEngine(url, pool, strict=strict)
