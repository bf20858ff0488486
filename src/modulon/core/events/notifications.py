"""What browsers are told: the events of a workspace whose class says `notify`, and those that are for everyone, from a
cursor on."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from modulon.sdk.events import Event

from .log import PAGE, Position, Record
from .tail import Tail

QUEUE_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class Notification:
    """One event for a browser. *cursor* is where to go on after it, *actor* the user whose act it was; *everyone* if
    others are told as well."""

    cursor: str
    everyone: bool
    actor: UUID | None
    type: str
    key: str
    payload: Any


@dataclass(frozen=True, slots=True)
class Reset:
    """The cursor is unknown or older than what is kept, or the reader was too slow: load everything anew and go on
    from *cursor*."""

    cursor: str


class Notifications:
    """Follows the log for many readers over one `Tail`. *types* are all event classes; those with `notify` count."""

    def __init__(self, tail: Tail, types: Iterable[type[Event]]) -> None:
        told = [kind for kind in types if kind.notify]
        self._tail = tail
        self._types = frozenset(kind.type for kind in told if not kind.everyone)
        self._everywhere = frozenset(kind.type for kind in told if kind.everyone)

    async def follow(self, workspace: UUID, after: str | None = None) -> AsyncGenerator[Notification | Reset]:
        """Every notification of *workspace* after the cursor *after* (`None`: from now on), without an end.

        The caller has checked that the reader may see the workspace, and ends the iteration when it may not any more.
        """
        with self._subscribed(workspace) as inbox:
            position = await self._start(after)
            if position is None:
                position = self._tail.position
                yield Reset(str(position))
            async for record in self._since(position, workspace):
                position = record.position
                yield self._notification(record)
            while (records := await inbox.next()) is not None:
                for record in records:
                    if record.position > position:
                        position = record.position
                        yield self._notification(record)
            yield Reset(str(self._tail.position))

    async def _start(self, after: str | None) -> Position | None:
        """The position *after* names; `None` if it cannot be continued."""
        if after is None:
            return self._tail.position
        try:
            position = Position.parse(after)
        except ValueError:
            return None
        oldest = await self._tail.log.beginning()
        gone = position.seq + 1 < oldest.seq
        return None if gone or position > await self._tail.log.end() else position

    async def _since(self, position: Position, workspace: UUID) -> AsyncGenerator[Record]:
        """What the log holds after *position*; later events are in the inbox already."""
        page: list[Record] | None = None
        while page is None or len(page) == PAGE:
            page = await self._tail.log.of_workspace(position, workspace, self._types, self._everywhere)
            for record in page:
                position = record.position
                yield record

    @contextmanager
    def _subscribed(self, workspace: UUID) -> "Iterator[_Inbox]":
        inbox = _Inbox(workspace, self._types, self._everywhere)
        end = self._tail.listen(inbox.put)
        try:
            yield inbox
        finally:
            end()

    def _notification(self, record: Record) -> Notification:
        everyone = record.type in self._everywhere
        return Notification(str(record.position), everyone, record.actor, record.type, record.key, record.payload)


class _Inbox:
    """A bounded queue between the tail and one reader."""

    def __init__(self, workspace: UUID, types: frozenset[str], everywhere: frozenset[str]) -> None:
        self._workspace = workspace
        self._types = types
        self._everywhere = everywhere
        self._records: list[Record] = []
        self._filled = asyncio.Event()
        self._overrun = False

    def put(self, records: Sequence[Record]) -> None:
        wanted = [record for record in records if self._wants(record)]
        if len(self._records) + len(wanted) > QUEUE_LENGTH:
            self._overrun = True
            self._records.clear()
        elif not self._overrun:
            self._records += wanted
        if wanted:
            self._filled.set()

    def _wants(self, record: Record) -> bool:
        here = record.workspace == self._workspace and record.type in self._types
        return here or record.type in self._everywhere

    async def next(self) -> list[Record] | None:
        """What came since the last call, waiting if nothing did; `None` once the reader was too slow."""
        await self._filled.wait()
        self._filled.clear()
        records, self._records = self._records, []
        return None if self._overrun else records
