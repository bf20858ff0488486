"""Transactions on connections of the pool: for units, snapshots and interactive units."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from asyncpg import exceptions

from modulon.core.data.errors import OperationRefused
from modulon.core.data.handles import Decode
from modulon.core.data.unit import Operation

from .connection import LOST, refusal, storage_problem

ACQUIRE_SECONDS: Final = 10.0
TRIES: Final = 5


class Transaction:
    """An open transaction with the connection it holds."""

    def __init__(self, pool: Any, connection: Any, transaction: Any) -> None:
        self.connection = connection
        self._pool = pool
        self._transaction = transaction

    @classmethod
    async def begin(cls, pool: Any, **options: Any) -> "Transaction":
        """Take a connection and begin. One that turns out to be lost is replaced: nothing was sent yet.

        Waiting for a free one ends with `TimeoutError`.
        """
        for _ in range(TRIES - 1):
            try:
                return await cls._begin_once(pool, options)
            except TimeoutError:
                raise
            except LOST:
                continue
        return await cls._begin_once(pool, options)

    @classmethod
    async def _begin_once(cls, pool: Any, options: dict[str, Any]) -> "Transaction":
        connection = await pool.acquire(timeout=ACQUIRE_SECONDS)
        try:
            transaction = connection.transaction(**options)
            await transaction.start()
        except BaseException:
            connection.terminate()
            await pool.release(connection)
            raise
        return cls(pool, connection, transaction)

    async def commit(self) -> None:
        """Commit and give the connection back."""
        try:
            await self._transaction.commit()
        finally:
            await self._pool.release(self.connection)

    async def rollback(self) -> None:
        """Undo and give the connection back; one in an unknown state is closed instead."""
        try:
            await self._transaction.rollback()
        except Exception:
            self.connection.terminate()
        finally:
            await self._pool.release(self.connection)


@asynccontextmanager
async def snapshot(pool: Any) -> AsyncGenerator["Snapshot"]:
    """A consistent view: its transaction begins with the first query."""
    opened = Snapshot(pool)
    try:
        yield opened
    finally:
        if opened.transaction is not None:
            await asyncio.shield(opened.transaction.rollback())


class Snapshot:
    """What a reader sees. Made by `snapshot`."""

    def __init__(self, pool: Any) -> None:
        self.transaction: Transaction | None = None
        self._pool = pool

    async def fetch(self, sql: str, params: tuple[Any, ...], decode: Decode) -> list[Any]:
        """The rows of one query, decoded."""
        try:
            if self.transaction is None:
                self.transaction = await Transaction.begin(self._pool, isolation="repeatable_read", readonly=True)
            return decode(await self.transaction.connection.fetch(sql, *params))
        except Exception as error:
            raise storage_problem(error) from error


class Conversation:
    """An interactive unit over an open transaction. *keep* holds on to a background task until it ends."""

    def __init__(
        self,
        transaction: Transaction,
        keep: Callable[[asyncio.Task[None]], None],
        committed: Callable[[frozenset[str]], None],
    ) -> None:
        self._transaction: Transaction | None = transaction
        self._connection = transaction.connection
        self._keep = keep
        self._committed = committed

    async def fetch(
        self, operations: Sequence[Operation], first: int, sql: str, params: tuple[Any, ...], decode: Decode
    ) -> list[Any]:
        """Run *operations*, whose first has the index *first* in the unit, then the query."""
        try:
            await apply(self._connection, operations, first)
            return decode(await self._connection.fetch(sql, *params))
        except Exception as error:
            raise storage_problem(error) from error

    async def commit(self, operations: Sequence[Operation], first: int, events: frozenset[str]) -> None:
        """Run the remaining operations and commit."""
        try:
            await apply(self._connection, operations, first)
            transaction, self._transaction = self._transaction, None
            if transaction is not None:
                await transaction.commit()
        except Exception as error:
            raise storage_problem(error) from error
        self._committed(events)

    def rollback(self) -> None:
        """Undo everything in the background; after a commit there is nothing to undo."""
        if self._transaction is not None:
            self._keep(asyncio.get_running_loop().create_task(self._transaction.rollback()))
            self._transaction = None


async def apply(connection: Any, operations: Sequence[Operation], first: int = 0) -> None:
    """Run *operations* in order; *first* is the index of the first within its unit.

    Raises `OperationRefused` at the first that changes another number of rows than expected.
    """
    for index, operation in enumerate(operations, first):
        try:
            if operation.expect is None and len(operation.runs) > 1:
                await connection.executemany(operation.sql, operation.runs)
                continue
            for params in operation.runs:
                tag: str = await connection.execute(operation.sql, *params)
                if operation.expect is not None and (changed := int(tag.rpartition(" ")[2])) != operation.expect:
                    raise OperationRefused(index, "expected", f"{changed} rows in place of {operation.expect}")
        except exceptions.IntegrityConstraintViolationError as error:
            raise refusal(error, index) from None
