"""Consumers are killed again and again: every event takes its effect, and takes it once."""

import asyncio
import subprocess
import sys

import pytest

from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate
from modulon.core.data.tests import notes
from modulon.core.data.tests.notes import ADD_COUNTER, COUNTED, NoteRenamed
from modulon.core.events.tests.helpers import SYSTEM, until
from modulon.sdk.ids import new_id

COUNTERS = 5
FORTY = [pytest.param(10, id=f"ten, {turn}", marks=pytest.mark.nightly) for turn in range(4)]
"""Forty kills; each is followed by a lease of 8 s, so that ten at a time stay below the limit of one test."""


def consumer(url: str) -> "subprocess.Popen[str]":
    """A process that handles events, once it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.consuming", url], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


async def counts(engine: Engine) -> list[int]:
    async with engine.bind(SYSTEM).read() as db:
        return [await db.one(COUNTED, {"counter": str(number)}) for number in range(COUNTERS)]


async def tell_on(engine: Engine, events: int) -> None:
    for number in range(events):
        counter = str(number % COUNTERS)
        async with engine.bind(SYSTEM).write() as tx:
            tx.emit(NoteRenamed(note_id=new_id(), title=counter), key=counter)


@pytest.mark.parametrize("kills", [2, *FORTY])
async def test_killed_consumers_lose_and_repeat_nothing(database_url: str, kills: int) -> None:
    """Takes over 5 s: the successor of a killed process waits until its lease of the cursor has run out."""
    await migrate(database_url, {"notes": notes.MIGRATIONS})
    engine = await open_database(database_url)
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(ADD_COUNTER, [{"name": str(number), "value": 0} for number in range(COUNTERS)])
    kill(await asyncio.to_thread(consumer, database_url))  # makes the cursor: what follows is heard by all successors
    told = 0
    for _ in range(kills):
        running = await asyncio.to_thread(consumer, database_url)
        try:
            telling, before = asyncio.create_task(tell_on(engine, 50)), sum(await counts(engine))
            await until(lambda before=before: _moved(engine, before), seconds=30)  # it is in the midst of its work
        finally:
            kill(running)
        await telling
        told += 50
    last = await asyncio.to_thread(consumer, database_url)
    try:
        await until(lambda: _reached(engine, told), seconds=60)
    finally:
        kill(last)
    assert await counts(engine) == [told // COUNTERS] * COUNTERS
    await engine.close()


async def _moved(engine: Engine, before: int) -> bool:
    return sum(await counts(engine)) > before


async def _reached(engine: Engine, number: int) -> bool:
    return sum(await counts(engine)) >= number
