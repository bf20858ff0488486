"""Forgetting events: those that are old and that nobody is still to hear.

An event stays as long as some consumer of its type has not come to it, or keeps it as parked or as a dead letter. A
consumer that no module has any more counts only as long as it was at work within the time that events are kept.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
import structlog

from modulon.core.data.engine import Engine
from modulon.core.data.tables import dead_letters, event_cursors, event_deliveries, events
from modulon.sdk.errors import Problem
from modulon.sdk.storage import BigInteger, Integer, Statement, Text, Time, change, now, rows

from .log import READER, EventLog, Position

LOOK_SECONDS: Final = 3600.0
FIRST_LOOK_SECONDS: Final = 60.0
BATCH: Final = 2_000
"""Events that one transaction deletes at most."""

_WHY: Final = "the log belongs to core"

Listeners = Callable[[], Mapping[str, Iterable[str]]]
"""The types that each consumer of every module hears, also of modules that are disabled."""

_log = structlog.get_logger(module="core.events")


class _Cursor(NamedTuple):
    consumer: str
    xid: int
    seq: int
    updated_at: datetime


_CURSORS: Final = rows(
    _Cursor,
    sa.select(event_cursors.c.consumer, event_cursors.c.xid, event_cursors.c.seq, event_cursors.c.updated_at),
    unguarded=_WHY,
)


class Retention:
    """Deletes events that are older than *keep* and settled."""

    def __init__(self, engine: Engine, log: EventLog, listeners: Listeners, keep: timedelta) -> None:
        self._database = engine.bind(READER)
        self._log = log
        self._listeners = listeners
        self._keep = keep
        self._of_type = self._pair(events.c.type == sa.bindparam("type", type_=Text))
        self._of_none: dict[frozenset[str], tuple[Statement[int], Statement[Any]]] = {}
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look now and then."""
        self._task = asyncio.create_task(self._look_for_ever(), name="retention of events")

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def tidy(self) -> None:
        """Delete what is old and settled, in short transactions."""
        before = now() - self._keep
        async with self._database.read() as db:
            cursors = await db.all(_CURSORS)
        heard = {name: frozenset(types) for name, types in self._listeners().items()}
        nobodys = [c for c in cursors if c.consumer not in heard and c.updated_at >= before]
        types = frozenset[str]().union(*heard.values())
        for type_ in sorted(types):
            waiting = [c for c in cursors if type_ in heard.get(c.consumer, ())] + nobodys
            await self._drop(self._of_type, {"type": type_}, before, self._first(waiting))
        if types not in self._of_none:
            self._of_none = {types: self._pair(events.c.type.not_in(sorted(types)))}
        await self._drop(self._of_none[types], {}, before, self._first(nobodys))

    async def _drop(
        self, pair: tuple[Statement[int], Statement[Any]], values: dict[str, Any], before: datetime, upto: Position
    ) -> None:
        find, delete = pair
        values = {**values, "before": before, "before_xid": upto.xid, "before_seq": upto.seq + 1}
        while True:
            async with self._database.read() as db:
                last = await db.first(find, {**values, "most": BATCH})
            if last is None:
                return
            async with self._database.write() as tx:
                tx.run(delete, {**values, "last": last})

    def _pair(self, of: Any) -> tuple[Statement[int], Statement[Any]]:
        """The statement that finds the last of the next batch, and the one that deletes up to it."""
        settled = (
            of,
            events.c.created_at < sa.bindparam("before", type_=Time),
            *self._log.earlier,
            events.c.seq.not_in(sa.select(event_deliveries.c.seq)),
            events.c.seq.not_in(sa.select(dead_letters.c.seq)),
        )
        batch = sa.select(events.c.seq).where(*settled).order_by(events.c.seq)
        batch = batch.limit(sa.bindparam("most", type_=Integer))
        inner = batch.subquery()
        find = rows(int, sa.select(sa.func.max(inner.c.seq)), unguarded=_WHY)
        delete = sa.delete(events).where(*settled, events.c.seq <= sa.bindparam("last", type_=BigInteger))
        return find, change(delete, unguarded=_WHY)

    def _first(self, cursors: Iterable[_Cursor]) -> Position:
        """How far all of *cursors* have come."""
        return min((Position(c.xid, c.seq) for c in cursors), default=self._log.horizon)

    async def _look_for_ever(self) -> None:
        await asyncio.sleep(FIRST_LOOK_SECONDS)
        while True:
            try:
                await self.tidy()
            except Problem:
                _log.warning("old events could not be deleted", exc_info=True)
            await asyncio.sleep(LOOK_SECONDS)
