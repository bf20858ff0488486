"""Watch the event log from a test."""

import asyncio
from dataclasses import dataclass, field

from modulon.sdk.context import Context
from modulon.sdk.events import Delivery, Event
from modulon.sdk.storage.database import Write


@dataclass
class EventProbe:
    """An event handler that remembers what it was given; subscribe it with `module.on(EventType)(probe.handle)`."""

    seen: list[tuple[Event, Delivery]] = field(default_factory=list[tuple[Event, Delivery]])
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def handle(self, ctx: Context, event: Event, tx: Write, delivery: Delivery) -> None:
        """Remember one event."""
        del ctx, tx
        async with self._arrived:
            self.seen.append((event, delivery))
            self._arrived.notify_all()

    async def wait_for(self, count: int, seconds: float = 5.0) -> list[Event]:
        """The first *count* events, waiting for them at most *seconds*."""
        async with asyncio.timeout(seconds), self._arrived:
            await self._arrived.wait_for(lambda: len(self.seen) >= count)
        return [event for event, _ in self.seen[:count]]
