"""The newest run events of one run in memory, and who waits for more.

Whoever falls behind the ring reads the journal; so a slow reader costs a position, not a queue.
"""

import asyncio
from typing import Final

from .vocabulary import Item, RunEvent, item

KEPT_ITEMS: Final = 512
"""How many items stay after they are in the journal."""


class Ring:
    """Items with consecutive numbers, the last of them `last`. *epoch* is the stream's, *last* what came before."""

    def __init__(self, epoch: int, last: int = 0) -> None:
        self.epoch = epoch
        self.last = last
        self.ended = False
        """No more items will come: the run is finished, or this process no longer owns it."""
        self._items: list[Item] = []
        self._waiters: list[asyncio.Future[None]] = []

    def append(self, events: list[RunEvent]) -> int:
        """Number and encode *events* and wake the followers; how many bytes they are."""
        size = 0
        last = self.last
        for event in events:
            last += 1
            one = item(last, event)
            size += len(one.data)
            self._items.append(one)
        self.last = last
        self.wake()
        return size

    def after(self, seq: int) -> list[Item] | None:
        """The items after *seq*; `None` if some of them are no longer in memory."""
        behind = self.last - seq
        if behind <= 0:
            return []
        return self._items[-behind:] if behind <= len(self._items) else None

    def forget(self, journalled: int) -> None:
        """Let go of old items, those up to *journalled* being safe."""
        spare = min(len(self._items) - KEPT_ITEMS, journalled - (self.last - len(self._items)))
        # Not at each batch: moving the list costs more than keeping a few items too many.
        if spare > KEPT_ITEMS:
            del self._items[:spare]

    def end(self) -> None:
        """Say that no more items will come."""
        self.ended = True
        self.wake()

    def changed(self) -> "asyncio.Future[None]":
        """A future that ends with the next `append`, `end` or `wake`."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        return waiter

    def wake(self) -> None:
        """Let the followers look."""
        waiters = self._waiters
        if waiters:
            self._waiters = []
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(None)
