"""An open, migrated database with the tables of `notes`, on each engine in turn."""

from collections.abc import AsyncIterator

import pytest

from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate
from modulon.core.data.tests import notes


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[Engine]:
    await migrate(database_url, {"notes": notes.MIGRATIONS})
    opened = await open_database(database_url, strict=True)
    yield opened
    await opened.close()
