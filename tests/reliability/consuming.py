"""One process of `test_consumers.py`: `python -m tests.reliability.consuming URL`. It handles events until killed."""

import asyncio
import sys

from modulon.core.data.database import open_database
from modulon.core.data.tests.notes import COUNT, COUNTED, NoteRenamed
from modulon.core.events.bus import Bus
from modulon.core.events.tests.helpers import context_for
from modulon.sdk.context import Context
from modulon.sdk.events import Delivery
from modulon.sdk.storage import Write


async def count(_ctx: Context, event: NoteRenamed, tx: Write, _delivery: Delivery) -> None:
    """Count the event in the counter it names; every third time with a read in the middle."""
    tx.run(COUNT, {"counter": event.title}, expect=1)
    if event.note_id.int % 3 == 0:
        await tx.one(COUNTED, {"counter": event.title})


async def main(url: str) -> None:
    engine = await open_database(url)
    bus = Bus(engine, context_for)
    bus.subscribe("notes.count", NoteRenamed, count)
    await bus.start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
