"""What both engines share: binding to a principal, wake-ups after a commit, and kept answers."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from modulon.sdk.identity import Principal
from modulon.sdk.storage import Database, Id, Text, rows

from . import tables
from .actor import Actor, IdempotencyKey
from .compiled import compiled
from .errors import IdempotencyMismatch
from .handles import BoundDatabase, Conversation, Source
from .unit import Unit

OnCommit = Callable[[frozenset[str]], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """A response kept beside the change it tells of."""

    digest: bytes
    status: int
    body: Any


_KEPT: Final = rows(
    Answer,
    sa.select(tables.idempotency.c.digest, tables.idempotency.c.status, tables.idempotency.c.body).where(
        tables.idempotency.c.user_id == sa.bindparam("user_id", type_=Id),
        tables.idempotency.c.key == sa.bindparam("key", type_=Text),
    ),
    unguarded="the user is the one the request was authenticated as",
)


class Engine(ABC):
    """An open database. *strict* also fails units that await something foreign (for development and tests)."""

    def __init__(self, dialect: Dialect, *, strict: bool) -> None:
        self.dialect: Final = dialect
        self.strict: Final = strict
        self._callbacks: list[OnCommit] = []

    def bind(self, principal: Principal, *, trace: str = "", idempotency: IdempotencyKey | None = None) -> Database:
        """The database as *principal* may use it; *trace* goes into the events it writes."""
        return BoundDatabase(self, Actor(principal, trace, idempotency))

    def on_commit(self, callback: OnCommit) -> Callable[[], None]:
        """Call *callback* on the event loop after each commit of this process that added events, with their types.

        Returns a function that ends it.
        """
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    async def answered(self, request: IdempotencyKey) -> Answer | None:
        """The answer kept for *request*; `IdempotencyMismatch` if its key came with another request before."""
        form = compiled(_KEPT, self.dialect)
        params = form.bind({"user_id": request.user, "key": request.key}, {})
        async with self.snapshot() as source:
            found = await source.fetch(form.sql, params, form.decode)
        if found and found[0].digest != request.digest:
            raise IdempotencyMismatch
        return found[0] if found else None

    def announce(self, events: frozenset[str]) -> None:
        """Tell the callbacks; engines call it after a commit."""
        for callback in tuple(self._callbacks):
            callback(events)

    @abstractmethod
    def snapshot(self) -> AbstractAsyncContextManager[Source]:
        """A consistent view to read from."""

    @abstractmethod
    async def submit(self, unit: Unit) -> None:
        """Carry out *unit*; returns when it is durable."""

    @abstractmethod
    async def converse(self) -> Conversation:
        """Begin an interactive unit."""

    @abstractmethod
    async def wait_for_change(self, seconds: float, seen: int | None = None) -> int:
        """Wait until anyone committed something after *seen*, a value returned before (`None`: after now), or for
        *seconds*. Returns the present value. A hint: it may wake for nothing."""

    @abstractmethod
    async def ping(self) -> None:
        """Raise `Unavailable` unless the database answers."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what is under way and free everything."""
