"""The handles of `sdk.storage`, bound to one actor, over whatever an engine offers as transport."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.engine import Dialect

from modulon.sdk.errors import NotFound, Problem
from modulon.sdk.events import Event
from modulon.sdk.storage import Read, Statement, Write
from modulon.sdk.storage.database import Params

from .actor import Actor
from .compiled import compiled
from .errors import ForeignAwait, OperationRefused
from .unit import Operation, Unit, UnitBuilder

T = TypeVar("T")
Decode = Callable[[Iterable[Sequence[Any]]], list[Any]]
_NO_PARAMS: Params = {}


class Source(Protocol):
    """Where rows come from: a snapshot."""

    async def fetch(self, sql: str, params: tuple[Any, ...], decode: Decode) -> list[Any]:
        """The decoded rows of one query."""
        ...


class Conversation(Protocol):
    """An open transaction of an interactive unit."""

    async def fetch(
        self, operations: Sequence[Operation], first: int, sql: str, params: tuple[Any, ...], decode: Decode
    ) -> list[Any]:
        """Run *operations*, whose first has the index *first* in the unit, then the query."""
        ...

    async def commit(self, operations: Sequence[Operation], first: int, events: frozenset[str]) -> None:
        """Run the remaining operations and commit."""
        ...

    def rollback(self) -> None:
        """Undo everything; a conversation that has ended already stays as it is."""
        ...


class Transport(Protocol):
    """What an engine does for the handles."""

    @property
    def dialect(self) -> Dialect: ...

    @property
    def strict(self) -> bool: ...

    def snapshot(self) -> AbstractAsyncContextManager[Source]:
        """Open a snapshot."""
        ...

    async def submit(self, unit: Unit) -> None:
        """Carry out *unit*; returns when it is durable, raises `OperationRefused` when it was undone."""
        ...

    async def converse(self) -> Conversation:
        """Begin an interactive unit."""
        ...


class Queries:
    """The three ways to read, over `_fetch`."""

    async def _fetch(self, statement: Statement[T], params: Params) -> list[T]:
        raise NotImplementedError

    async def all(self, statement: Statement[T], params: Params | None = None) -> list[T]:
        return await self._fetch(statement, params or _NO_PARAMS)

    async def first(self, statement: Statement[T], params: Params | None = None) -> T | None:
        found = await self._fetch(statement, params or _NO_PARAMS)
        return found[0] if found else None

    async def one(self, statement: Statement[T], params: Params | None = None) -> T:
        found = await self._fetch(statement, params or _NO_PARAMS)
        if not found:
            raise NotFound
        if len(found) > 1:
            raise LookupError(f"{len(found)} rows where one was expected: {statement.construct}")
        return found[0]


class ReadHandle(Queries):
    """A snapshot bound to an actor."""

    def __init__(self, source: Source, dialect: Dialect, actor: Actor) -> None:
        self._source = source
        self._dialect = dialect
        self._reach: dict[str, Any] = dict(actor.reach())

    async def _fetch(self, statement: Statement[T], params: Params) -> list[T]:
        form = compiled(statement, self._dialect)
        return await self._source.fetch(form.sql, form.bind(params, self._reach), form.decode)


class WriteHandle(Queries):
    """One unit of work bound to an actor. The first read makes it interactive."""

    def __init__(self, transport: Transport, actor: Actor, *, strict: bool) -> None:
        self._transport = transport
        self._builder = UnitBuilder(transport.dialect, actor)
        self._conversation: Conversation | None = None
        self._sent = 0
        self._watch = AwaitWatch() if strict else None

    def run(
        self,
        statement: Statement[None],
        params: Params | Sequence[Params] = (),
        *,
        expect: int | None = None,
        otherwise: Problem | None = None,
    ) -> None:
        self._builder.run(statement, params, expect, otherwise)

    def emit(self, event: Event, *, key: str, on_behalf_of: UUID | None = None) -> None:
        self._builder.emit(event, key, on_behalf_of)

    def answer(self, status: int, body: Mapping[str, Any]) -> None:
        self._builder.answer(status, body)

    async def _fetch(self, statement: Statement[T], params: Params) -> list[T]:
        self._check_awaits()
        try:
            if self._conversation is None:
                self._conversation = await self._transport.converse()
            form, values = self._builder.query(statement, params)
            return await self._conversation.fetch(*self._unsent(), form.sql, values, form.decode)
        except OperationRefused as refused:
            raise self._builder.problem(refused) from None
        finally:
            if self._watch is not None:
                self._watch = AwaitWatch()

    async def finish(self) -> None:
        """Send what was gathered and wait until it is durable."""
        self._check_awaits()
        unit = self._builder.finish()
        try:
            if self._conversation is not None:
                await self._conversation.commit(*self._unsent(), unit.events)
            elif unit.operations:
                await self._transport.submit(unit)
        except OperationRefused as refused:
            raise self._builder.problem(refused) from None

    def abandon(self) -> None:
        """Undo an interactive unit; one that only gathered was never sent."""
        if self._conversation is not None:
            self._conversation.rollback()

    def _unsent(self) -> tuple[list[Operation], int]:
        first = self._sent
        self._sent = len(self._builder.operations)
        return self._builder.operations[first:], first

    def _check_awaits(self) -> None:
        if self._watch is not None:
            self._watch.check()


class AwaitWatch:
    """Notices that the event loop went on while a unit was open: something foreign was awaited inside it."""

    def __init__(self) -> None:
        self._turned = False
        asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._turned = True

    def check(self) -> None:
        """Raise `ForeignAwait` if the loop turned since this watch began."""
        if self._turned:
            raise ForeignAwait(
                "something other than the handle was awaited inside write(): read and compute before it, act after it"
            )


class BoundDatabase:
    """`sdk.storage.Database` for one actor."""

    def __init__(self, transport: Transport, actor: Actor) -> None:
        self._transport = transport
        self._actor = actor

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[Read]:
        async with self._transport.snapshot() as source:
            yield ReadHandle(source, self._transport.dialect, self._actor)

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Write]:
        handle = WriteHandle(self._transport, self._actor, strict=self._transport.strict)
        try:
            yield handle
            await handle.finish()
        except BaseException:
            handle.abandon()
            raise
