"""One process of `test_writers.py`: `python -m tests.reliability.writing URL SECONDS NAME`.

It says "ready", waits for a line, writes units one after another for that long, and prints what it did as JSON.
"""

import asyncio
import sys
import time

import msgspec

from modulon.core.data.database import open_database
from modulon.core.data.tests.notes import ADD, ADD_LINE, ADD_PAGE, NoteRenamed, person
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Database


class Report(msgspec.Struct):
    """What one process did: units it was told are durable, what failed, and its slowest unit in seconds."""

    units: int
    errors: list[str]
    slowest: float


async def write_one(db: Database, name: str) -> None:
    """A unit like that of an accepted message: five statements and an event."""
    note_id, page_id = new_id(), new_id()
    async with db.write() as tx:
        tx.run(ADD, {"id": note_id, "title": name})
        tx.run(ADD_PAGE, {"id": page_id, "note_id": note_id, "body": {"text": "hello " * 20}})
        tx.run(ADD_LINE, [{"id": new_id(), "page_id": page_id, "text": "line"} for _ in range(3)])
        tx.emit(NoteRenamed(note_id=note_id, title=name), key=str(note_id))


async def work(url: str, seconds: float, name: str) -> Report:
    engine = await open_database(url)
    await engine.ping()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    report, db = Report(0, [], 0.0), engine.bind(person())
    end = time.monotonic() + seconds
    while (begun := time.monotonic()) < end:
        try:
            await write_one(db, name)
            report.units += 1
        except Exception as error:
            report.errors.append(repr(error))
        report.slowest = max(report.slowest, time.monotonic() - begun)
    await engine.close()
    return report


if __name__ == "__main__":
    done = asyncio.run(work(sys.argv[1], float(sys.argv[2]), sys.argv[3]))
    print(msgspec.json.encode(done).decode())
