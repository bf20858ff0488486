"""What a module does with its rows: read a snapshot, write one unit.

Handles are bound to the context's principal. They fill the guards' parameters and refuse what the principal may
not touch; there is no other way to rows.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar
from uuid import UUID

from modulon.sdk.errors import Problem
from modulon.sdk.events import Event

from .statements import Statement

T = TypeVar("T")
Params = Mapping[str, Any]


class Read(Protocol):
    """A consistent snapshot."""

    async def all(self, statement: Statement[T], params: Params | None = None) -> list[T]:
        """Every row, in the statement's order."""
        ...

    async def first(self, statement: Statement[T], params: Params | None = None) -> T | None:
        """The first row or nothing."""
        ...

    async def one(self, statement: Statement[T], params: Params | None = None) -> T:
        """The only row; `NotFound` if there is none (absent and not yours are the same)."""
        ...


class Write(Read, Protocol):
    """One unit of work, all or nothing, durable when the block ends without an error.

    `run` and `emit` only gather; they are sent in one go at the end. Reading inside makes the unit interactive: it
    holds the database's one writer (SQLite) or a transaction (PostgreSQL) for at most 50 ms, so hot paths do not.
    Nothing but this handle may be awaited inside.
    """

    def run(
        self,
        statement: Statement[None],
        params: Params | Sequence[Params] = (),
        *,
        expect: int | None = None,
        otherwise: Problem | None = None,
    ) -> None:
        """Add a statement. If it does not change *expect* rows the unit is undone and *otherwise* is raised
        (`NotFound` unless given). A sequence of parameters runs it once for each."""
        ...

    def emit(self, event: Event, *, key: str, on_behalf_of: UUID | None = None) -> None:
        """Add a fact to the event log. Consumers see the events of one *key* in order.

        A module that acts as itself may say for whom: that person counts as the actor and is told of it.
        """
        ...

    def answer(self, status: int, body: Mapping[str, Any]) -> None:
        """Keep the response beside the change, so that a repeated `Idempotency-Key` gets the same answer."""
        ...


class Database(Protocol):
    """Entry to a module's rows, bound to one principal."""

    def read(self) -> AbstractAsyncContextManager[Read]:
        """Open a snapshot."""
        ...

    def write(self) -> AbstractAsyncContextManager[Write]:
        """Open a unit of work. Only in `service.py`."""
        ...
