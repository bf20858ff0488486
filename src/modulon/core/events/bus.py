"""The bus: every consumer of this process, woken when events of its types were added to the log."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from modulon.core.data.engine import Engine
from modulon.sdk.errors import Problem
from modulon.sdk.eventlog import DeliveriesChanged
from modulon.sdk.events import E, EventHandler
from modulon.sdk.ids import new_id

from .consumer import Consumer, ContextFor, Retry, Subscription
from .log import Record
from .tail import Tail

DRAIN_LOOK_SECONDS: Final = 0.02


class Bus:
    """Delivers events to handlers: at least once, in order for each key, with database effects exactly once.

    *context_for* makes the context a module acts in, for a workspace. Consumers subscribed before `start` begin with
    it, others with `attach`.
    """

    def __init__(self, engine: Engine, context_for: ContextFor, *, retry: Retry | None = None) -> None:
        self.tail: Final = Tail(engine)
        self._engine = engine
        self._context_for = context_for
        self._retry = retry or Retry()
        self._me = str(new_id())
        self._subscriptions: dict[str, dict[str, Subscription]] = {}
        self._following = False
        self._running: dict[str, tuple[Consumer, asyncio.Task[None]]] = {}

    def subscribe(self, consumer: str, event_type: type[E], handler: EventHandler[E]) -> None:
        """Give every *event_type* to *handler*. *consumer* is `<module>.<name>` and keeps its place in the log under
        that name; one consumer may handle several types, in their common order."""
        kinds = self._subscriptions.setdefault(consumer, {})
        if event_type.type in kinds:
            raise ValueError(f"{consumer} handles {event_type.type} already")
        kinds[event_type.type] = (event_type, handler)

    async def start(self) -> None:
        """Begin to deliver; what failed half-way is taken up where it was. A consumer that was never there before hears
        what happens from now on."""
        if not self._following:
            await self.tail.start()
            self._following = True
            self.tail.listen(self._wake)
        await self.attach()

    async def attach(self) -> None:
        """Begin to deliver to consumers that were subscribed since. One that was detached goes on where it was."""
        for name, kinds in list(self._subscriptions.items()):
            if name in self._running:
                continue
            consumer = Consumer(name, kinds, self._engine, self.tail.log, self._context_for, self._me, self._retry)
            await consumer.create(self.tail.position)
            self._running[name] = consumer, asyncio.create_task(consumer.run(), name=name)

    async def detach(self, module: str) -> None:
        """Deliver nothing more to the consumers of *module*; what happens meanwhile waits for them in the log."""
        names = [name for name in self._subscriptions if name.rpartition(".")[0] == module]
        for name in names:
            del self._subscriptions[name]
        await self._end([name for name in names if name in self._running])

    async def stop(self) -> None:
        """Stop delivering and let other processes take over. What was under way is delivered again."""
        await self._end(list(self._running))
        await self.tail.stop()

    async def _end(self, names: Sequence[str]) -> None:
        ended = [self._running.pop(name) for name in names]
        for _, task in ended:
            task.cancel()
        await asyncio.gather(*(task for _, task in ended), return_exceptions=True)
        for consumer, _ in ended:
            with suppress(Problem):  # the lease ends by itself
                await consumer.release()

    async def drained(self) -> None:
        """Wait until every consumer has handled what the log holds. For tests and for a stop in good order."""
        for consumer, _ in list(self._running.values()):
            while not await consumer.caught_up():
                consumer.wake()
                await asyncio.sleep(DRAIN_LOOK_SECONDS)

    def _wake(self, records: Sequence[Record]) -> None:
        for record in records:
            if record.type == DeliveriesChanged.type and record.key in self._running:
                self._running[record.key][0].reload()
        types = {record.type for record in records}
        for consumer, _ in self._running.values():
            if consumer.types & types:
                consumer.wake()
