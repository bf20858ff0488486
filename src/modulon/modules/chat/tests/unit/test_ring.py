"""The newest events in memory."""

import asyncio

from modulon.modules.chat.backend.runs.ring import KEPT_ITEMS, Ring
from modulon.modules.chat.backend.runs.vocabulary import PartDelta


async def test_items_are_numbered_on_from_what_came_before() -> None:
    ring = Ring(epoch=2, last=10)
    ring.append([PartDelta(0, "a"), PartDelta(0, "b")])

    assert ring.last == 12
    assert [one.seq for one in ring.after(10) or []] == [11, 12]
    assert [one.seq for one in ring.after(11) or []] == [12]
    assert ring.after(12) == []
    assert ring.after(9) is None, "that is in the journal"


async def test_a_waiter_wakes_once() -> None:
    ring = Ring(1)
    waiting = ring.changed()
    assert not waiting.done()
    ring.append([PartDelta(0, "a")])
    await waiting
    again = ring.changed()
    ring.end()
    await again
    assert ring.ended


async def test_a_waiter_that_left_harms_nobody() -> None:
    ring = Ring(1)
    left, stays = ring.changed(), ring.changed()
    left.cancel()
    ring.wake()
    async with asyncio.timeout(1):
        await stays


def test_only_what_is_safe_is_forgotten() -> None:
    ring = Ring(1)
    for number in range(3 * KEPT_ITEMS):
        ring.append([PartDelta(0, str(number))])

    ring.forget(journalled=0)
    assert len(ring.after(0) or []) == 3 * KEPT_ITEMS

    ring.forget(journalled=2 * KEPT_ITEMS)
    assert ring.after(2 * KEPT_ITEMS - 1) is None
    assert len(ring.after(2 * KEPT_ITEMS) or []) == KEPT_ITEMS
