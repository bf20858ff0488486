"""A database is only opened with the master key it was written with."""

import asyncio
import os

import pytest

from modulon.core.data.database import open_database
from modulon.core.data.migrations import migrate
from modulon.core.secrets import MasterKey, MasterKeyError
from modulon.core.secrets.known import confirm
from modulon.sdk.identity import Principal

SYSTEM = Principal(kind="system", name="test")


async def test_the_first_key_is_noted_and_another_one_refused(database_url: str) -> None:
    await migrate(database_url, {})
    first, other = MasterKey.of(os.urandom(32)), MasterKey.of(os.urandom(32))
    engine = await open_database(database_url)
    try:
        db = engine.bind(SYSTEM)
        await asyncio.gather(*(confirm(first, db) for _ in range(8)))
        await confirm(first, db)
        with pytest.raises(MasterKeyError, match=first.id):
            await confirm(other, db)
    finally:
        await engine.close()
