"""A world for each test, on each database."""

from collections.abc import AsyncIterator

import pytest

from modulon.modules.chat.tests.world import Person, Process, World, open_world


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """An empty world."""
    async with open_world(database_url) as opened:
        yield opened


@pytest.fixture
async def process(world: World) -> Process:
    """The first process of the world."""
    return await world.process()


@pytest.fixture
def person(process: Process) -> Person:
    """Somebody who uses it."""
    return process.person()
