"""Running units and snapshots on a connection of the pool."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from typing import Any, Final

from asyncpg import exceptions

from modulon.core.data.errors import OperationRefused
from modulon.core.data.handles import Decode
from modulon.core.data.unit import Operation

from .connection import refusal, storage_problem

ACQUIRE_SECONDS: Final = 10.0


class Snapshot:
    """A consistent view: the transaction begins with the first query."""

    def __init__(self, pool: Any, stack: AsyncExitStack) -> None:
        self._pool = pool
        self._stack = stack
        self._connection: Any = None

    async def fetch(self, sql: str, params: tuple[Any, ...], decode: Decode) -> list[Any]:
        """The rows of one query, decoded."""
        try:
            if self._connection is None:
                connection = await self._stack.enter_async_context(self._pool.acquire(timeout=ACQUIRE_SECONDS))
                await self._stack.enter_async_context(
                    connection.transaction(isolation="repeatable_read", readonly=True)
                )
                self._connection = connection
            return decode(await self._connection.fetch(sql, *params))
        except Exception as error:
            raise storage_problem(error) from error


class Conversation:
    """An open transaction of an interactive unit; it holds one connection of the pool."""

    def __init__(
        self, pool: Any, keep: Callable[[asyncio.Task[None]], None], committed: Callable[[frozenset[str]], None]
    ):
        self._pool = pool
        self._keep = keep
        self._committed = committed
        self._connection: Any = None
        self._transaction: Any = None

    async def begin(self) -> None:
        """Take a connection and begin."""
        try:
            self._connection = await self._pool.acquire(timeout=ACQUIRE_SECONDS)
            self._transaction = self._connection.transaction()
            await self._transaction.start()
        except BaseException as error:
            await self._release()
            raise storage_problem(error) if isinstance(error, Exception) else error from error

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
            await self._transaction.commit()
        except Exception as error:
            raise storage_problem(error) from error
        self._transaction = None
        await self._release()
        self._committed(events)

    def rollback(self) -> None:
        """Undo everything in the background; after a commit there is nothing to undo."""
        if self._transaction is not None:
            self._keep(asyncio.get_running_loop().create_task(self._undo()))

    async def _undo(self) -> None:
        try:
            await self._transaction.rollback()
        except Exception:
            self._connection.terminate()  # a connection in an unknown state is of no use to the next
        finally:
            self._transaction = None
            await self._release()

    async def _release(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await self._pool.release(connection)


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
