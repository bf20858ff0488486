"""The bus: every consumer of this process, woken when events of its types were added to the log."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from modulon.core.data.engine import Engine
from modulon.sdk.errors import NotFound, Problem
from modulon.sdk.events import E, EventHandler
from modulon.sdk.ids import new_id
from modulon.sdk.storage import now

from .consumer import Consumer, ContextFor, Retry, Subscription
from .cursor import EXHUME, MOVE, PARK
from .log import READER, Position, Record
from .tail import Tail

DRAIN_LOOK_SECONDS: Final = 0.02


class Bus:
    """Delivers events to handlers: at least once, in order for each key, with database effects exactly once.

    *context_for* makes the context a module acts in, for a workspace. Subscribe before `start`.
    """

    def __init__(self, engine: Engine, context_for: ContextFor, *, retry: Retry | None = None) -> None:
        self.tail: Final = Tail(engine)
        self._engine = engine
        self._context_for = context_for
        self._retry = retry or Retry()
        self._me = str(new_id())
        self._subscriptions: dict[str, dict[str, Subscription]] = {}
        self._consumers: list[Consumer] = []
        self._tasks: list[asyncio.Task[None]] = []

    def subscribe(self, consumer: str, event_type: type[E], handler: EventHandler[E]) -> None:
        """Give every *event_type* to *handler*. *consumer* is `<module>.<name>` and keeps its place in the log under
        that name; one consumer may handle several types, in their common order."""
        kinds = self._subscriptions.setdefault(consumer, {})
        if event_type.type in kinds:
            raise ValueError(f"{consumer} handles {event_type.type} already")
        kinds[event_type.type] = (event_type, handler)

    async def start(self) -> None:
        """Begin to deliver. A consumer that was never there before hears what happens from now on."""
        await self.tail.start()
        self.tail.listen(self._wake)
        for name, kinds in self._subscriptions.items():
            consumer = Consumer(name, kinds, self._engine, self.tail.log, self._context_for, self._me, self._retry)
            await consumer.create(self.tail.position)
            self._consumers.append(consumer)
        self._tasks = [asyncio.create_task(consumer.run(), name=consumer.name) for consumer in self._consumers]

    async def stop(self) -> None:
        """Stop delivering and let other processes take over. What was under way is delivered again."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        for consumer in self._consumers:
            with suppress(Problem):  # the lease ends by itself
                await consumer.release()
        await self.tail.stop()

    async def drained(self) -> None:
        """Wait until every consumer has handled what the log holds. For tests and for a stop in good order."""
        for consumer in self._consumers:
            while not await consumer.caught_up():
                consumer.wake()
                await asyncio.sleep(DRAIN_LOOK_SECONDS)

    async def replay(self, consumer: str, position: Position) -> None:
        """Deliver everything after *position* again to *consumer*."""
        async with self._engine.bind(READER).write() as tx:
            values = {"new_xid": position.xid, "new_seq": position.seq, "at": now()}
            tx.run(MOVE, {"name": consumer, **values}, expect=1)
        self._reload(consumer)

    async def revive(self, consumer: str, seq: int) -> None:
        """Deliver a dead letter again. Raises `NotFound` if there is no such letter or its event is gone."""
        record = await self.tail.log.one(seq)
        if record is None:
            raise NotFound
        values = {"xid": record.xid, "seq": seq, "key": record.key, "tries": 0, "due_at": now(), "error": ""}
        async with self._engine.bind(READER).write() as tx:
            tx.run(EXHUME, {"name": consumer, "dead_seq": seq}, expect=1)
            tx.run(PARK, {"consumer": consumer, **values})
        self._reload(consumer)

    def _reload(self, name: str) -> None:
        """A consumer held by this process looks again at once, one held elsewhere within half a minute."""
        for consumer in self._consumers:
            if consumer.name == name:
                consumer.reload()

    def _wake(self, records: Sequence[Record]) -> None:
        types = {record.type for record in records}
        for consumer in self._consumers:
            if consumer.types & types:
                consumer.wake()
