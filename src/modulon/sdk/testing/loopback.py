"""A loop-back: a module in this process whose every call is packed to bytes and unpacked again.

Whatever could not cross a process boundary (an open file, a row object, a private exception) fails here, so that the
contract stays one that isolated modules can keep.
"""

import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar, cast, get_type_hints
from uuid import UUID

import msgspec

from modulon.sdk.context import Context, Log
from modulon.sdk.errors import Problem
from modulon.sdk.events import Event
from modulon.sdk.filters import FilterPoint
from modulon.sdk.http import HttpClient
from modulon.sdk.identity import Connection, Identity, Principal
from modulon.sdk.node import Node
from modulon.sdk.secrets import Secrets
from modulon.sdk.settings import SettingsStore
from modulon.sdk.storage import Database, Read, Statement, Write
from modulon.sdk.storage.database import Params

T = TypeVar("T")
_UUID = 1


def pack(value: Any) -> bytes:
    """Pack plain data; raises `TypeError` for anything else."""
    return msgspec.msgpack.encode(_plain(value))


def unpack(data: bytes) -> Any:
    """The inverse of `pack`: tuples come back as lists, records as mappings."""
    return msgspec.msgpack.decode(data, ext_hook=_restore)


def crossed(value: Any) -> Any:
    """*value* after a crossing."""
    return unpack(pack(value))


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return msgspec.msgpack.Ext(_UUID, value.bytes)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in cast("Sequence[Any]", value)]
    return value


def _restore(code: int, data: memoryview) -> Any:
    if code != _UUID:
        raise ValueError(f"unknown extension {code}")
    return UUID(bytes=bytes(data))


class Loopback:
    """A `Boundary` for the modules in *modules*; *calls* counts the crossings, so that a test sees there were some."""

    def __init__(self, modules: set[str]) -> None:
        self._modules = modules
        self.calls = 0

    def context(self, ctx: Context) -> Context:
        """A context whose services are reached through packed calls."""
        return cast("Context", _Context(ctx, self)) if ctx.module in self._modules else ctx

    def application(self, module: str, app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """The application with each ASGI message packed; the context is left beside them."""
        if module not in self._modules:
            return app

        async def call(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
            context = scope["modulon.context"]
            kept = {k: v for k, v in scope.items() if k not in ("modulon.context", "state", "app", "extensions")}
            inner = crossed(kept) | {"modulon.context": context}
            inner["headers"] = [tuple(pair) for pair in inner["headers"]]

            async def packed_receive() -> Any:
                return self.cross(await receive())

            async def packed_send(message: Any) -> None:
                await send(self.cross(message))

            await app(inner, packed_receive, packed_send)

        return call

    def cross(self, value: Any) -> Any:
        """Pack and unpack, counted."""
        self.calls += 1
        return crossed(value)


class _Context:
    """`Context` over the loop-back."""

    def __init__(self, inner: Context, loop: Loopback) -> None:
        self._inner = inner
        self._loop = loop
        self.module = inner.module
        self.trace = inner.trace

    @property
    def principal(self) -> Principal:
        return _typed(Principal, self._inner.principal)

    @property
    def connection(self) -> Connection:
        return _typed(Connection, self._inner.connection)

    @property
    def db(self) -> Database:
        return cast("Database", _Database(self._inner.db, self._loop))

    @property
    def http(self) -> HttpClient:
        return self._inner.http

    @property
    def secrets(self) -> Secrets:
        return cast("Secrets", _Service(self._inner.secrets, Secrets, self._loop))

    @property
    def settings(self) -> SettingsStore:
        return self._inner.settings

    @property
    def identity(self) -> Identity:
        return cast("Identity", _Service(self._inner.identity, Identity, self._loop))

    @property
    def node(self) -> Node:
        return self._inner.node

    @property
    def log(self) -> Log:
        return self._inner.log

    def use(self, service: type[T]) -> T:
        return cast("T", _Service(self._inner.use(service), service, self._loop))

    def implementations(self, point: type[T]) -> Mapping[str, T]:
        return self._inner.implementations(point)

    async def filter(self, point: FilterPoint[T], value: T) -> T:
        return _typed(point.value, await self._inner.filter(point, _typed(point.value, value)))

    def acting_as_module(self, workspace: UUID | None = None) -> Context:
        return cast("Context", _Context(self._inner.acting_as_module(workspace), self._loop))

    async def on_behalf_of(self, user: UUID, workspace: UUID) -> Context:
        return cast("Context", _Context(await self._inner.on_behalf_of(user, workspace), self._loop))


def _typed(kind: type[T], value: T) -> T:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=kind)


class _Service:
    """A service whose methods' arguments and results are packed, with the types the protocol states."""

    def __init__(self, inner: object, protocol: type[Any], loop: Loopback) -> None:
        self._inner = inner
        self._protocol = protocol
        self._loop = loop

    def __getattr__(self, name: str) -> Any:
        hints = get_type_hints(getattr(self._protocol, name))
        result_type = hints.pop("return")
        method = getattr(self._inner, name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            given = dict(zip(hints, args, strict=False)) | kwargs
            sent = {key: _typed(hints[key], value) for key, value in given.items()}
            self._loop.calls += 1
            try:
                result = await method(**sent)
            except Problem as problem:
                raise _rebuilt(problem) from None
            return None if result_type is type(None) else _typed(result_type, result)

        return call


def _rebuilt(problem: Problem) -> Problem:
    """A problem as it looks on the other side: matched by its code, never by its class."""
    fields = {
        pointer: _told(wrong)(str(wrong.message), params=crossed(wrong.params))
        for pointer, wrong in problem.fields.items()
    }
    return _told(problem)(
        str(problem.message), params=crossed(problem.params), fields=fields, headers=crossed(problem.headers)
    )


def _told(problem: Problem) -> type[Problem]:
    return type("RemoteProblem", (_public_base(problem),), {"code": problem.code, "title": problem.title})


def _public_base(problem: Problem) -> type[Problem]:
    return next(kind for kind in type(problem).__mro__ if kind.__module__ == "modulon.sdk.errors")


class _Read:
    def __init__(self, inner: Read, loop: Loopback) -> None:
        self._inner = inner
        self._loop = loop

    async def all(self, statement: Statement[T], params: Params | None = None) -> list[T]:
        return [_record(row) for row in await self._inner.all(statement, self._loop.cross(params or {}))]

    async def first(self, statement: Statement[T], params: Params | None = None) -> T | None:
        row = await self._inner.first(statement, self._loop.cross(params or {}))
        return None if row is None else _record(row)

    async def one(self, statement: Statement[T], params: Params | None = None) -> T:
        return _record(await self._inner.one(statement, self._loop.cross(params or {})))


class _Write(_Read):
    def __init__(self, inner: Write, loop: Loopback) -> None:
        super().__init__(inner, loop)
        self._write = inner

    def run(
        self,
        statement: Statement[None],
        params: Params | Sequence[Params] = (),
        *,
        expect: int | None = None,
        otherwise: Problem | None = None,
    ) -> None:
        sent = self._loop.cross(params)
        self._write.run(statement, sent, expect=expect, otherwise=_rebuilt(otherwise) if otherwise else None)

    def emit(self, event: Event, *, key: str, on_behalf_of: UUID | None = None) -> None:
        self._write.emit(_typed(type(event), event), key=key, on_behalf_of=on_behalf_of)

    def answer(self, status: int, body: Mapping[str, Any]) -> None:
        self._write.answer(status, self._loop.cross(body))


class _Database:
    def __init__(self, inner: Database, loop: Loopback) -> None:
        self._inner = inner
        self._loop = loop

    def read(self) -> AbstractAsyncContextManager[Read]:
        return self._open(self._inner.read(), _Read)

    def write(self) -> AbstractAsyncContextManager[Write]:
        return self._open(self._inner.write(), _Write)

    @asynccontextmanager
    async def _open(self, inner: AbstractAsyncContextManager[Any], kind: type[_Read]) -> AsyncIterator[Any]:
        async with inner as handle:
            yield kind(handle, self._loop)


def _record(row: T) -> T:
    """A row after a crossing: a record of plain fields, or a plain value."""
    if not dataclasses.is_dataclass(row):
        return crossed(row)
    names = [field.name for field in dataclasses.fields(row)]
    values = crossed([getattr(row, name) for name in names])
    return type(row)(*values)
