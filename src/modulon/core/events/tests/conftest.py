"""An open database on each engine in turn, and a bus over it."""

from collections.abc import AsyncIterator, Callable

import pytest

from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate
from modulon.core.data.tests import notes
from modulon.core.data.tests.notes import ADD_COUNTER
from modulon.core.events.bus import Bus
from modulon.core.events.tests.helpers import QUICK, SYSTEM, context_for

MakeBus = Callable[[], Bus]


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[Engine]:
    await migrate(database_url, {"notes": notes.MIGRATIONS})
    opened = await open_database(database_url, strict=True)
    yield opened
    await opened.close()


@pytest.fixture
async def bus(engine: Engine) -> AsyncIterator[Bus]:
    """A bus to subscribe to and start."""
    made = Bus(engine, context_for, retry=QUICK)
    yield made
    await made.stop()


@pytest.fixture(autouse=True)
async def counter(engine: Engine) -> None:
    """What `Recorder` counts up."""
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(ADD_COUNTER, {"name": "handled", "value": 0})
