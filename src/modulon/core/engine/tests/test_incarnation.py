"""Who lives and who is gone, on one machine and on several, on both databases."""

import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from modulon.core.data.clock import NODE_EXPIRY_SECONDS, database_now
from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate
from modulon.core.data.tables import instance, nodes
from modulon.core.engine.incarnation import Incarnation
from modulon.sdk import Principal, new_id
from modulon.sdk.storage import Id, change, now, rows

WHY = "a test looks"
NOW = rows(
    datetime, sa.select(database_now()).select_from(instance).limit(sa.literal_column("1", sa.Integer)), unguarded=WHY
)
AGE = change(
    sa.update(nodes)
    .where(nodes.c.incarnation == sa.bindparam("whose", type_=Id))
    .values(heartbeat_at=database_now(-NODE_EXPIRY_SECONDS - 1)),
    unguarded=WHY,
)


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[Engine]:
    await migrate(database_url, {})
    opened = await open_database(database_url)
    yield opened
    await opened.close()


async def test_a_process_lives_until_it_leaves(engine: Engine, tmp_path: Path) -> None:
    one, other = Incarnation(engine, tmp_path / "run"), Incarnation(engine, tmp_path / "run")
    await one.start()
    await other.start()
    everyone = {one.incarnation, other.incarnation}
    assert await one.gone(everyone) == frozenset()
    assert await other.gone(everyone) == frozenset()
    await other.stop()
    assert await one.gone(everyone) == {other.incarnation}
    await one.stop()
    assert list((tmp_path / "run").iterdir()) == []


async def test_a_killed_process_of_this_machine_is_known_at_once(engine: Engine, tmp_path: Path) -> None:
    """Its heartbeat is fresh; the kernel has freed its lock."""
    one, killed = Incarnation(engine, tmp_path / "run"), Incarnation(engine, tmp_path / "run")
    await one.start()
    await killed.start()
    lock = killed._lock
    assert lock is not None
    os.close(lock)
    assert await one.gone({killed.incarnation}) == {killed.incarnation}
    killed._lock = os.open(os.devnull, os.O_RDONLY)
    await killed.stop()
    await one.stop()


async def test_a_process_of_another_machine_is_gone_when_its_heartbeat_is_overdue(
    engine: Engine, tmp_path: Path
) -> None:
    here, there = Incarnation(engine, tmp_path / "here"), Incarnation(engine, tmp_path / "there")
    await here.start()
    await there.start()
    assert await here.gone({there.incarnation}) == frozenset()
    async with engine.bind(Principal(kind="system")).write() as tx:
        tx.run(AGE, {"whose": there.incarnation}, expect=1)
    assert await here.gone({there.incarnation}) == {there.incarnation}
    await there.stop()
    await here.stop()


async def test_nobody_holds_itself_for_gone(engine: Engine, tmp_path: Path) -> None:
    one = Incarnation(engine, tmp_path / "run")
    await one.start()
    stranger = new_id()
    assert await one.gone({one.incarnation}) == frozenset()
    assert await one.gone({one.incarnation, stranger}) == {stranger}
    await one.stop()


async def test_old_locks_are_tidied_away(engine: Engine, tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    old, young, foreign = run / f"{new_id()}.lock", run / f"{new_id()}.lock", run / "other.lock"
    for path in (old, young, foreign):
        path.touch()
    os.utime(old, (0, 0))
    one = Incarnation(engine, run)
    await one.start()
    assert not old.exists()
    assert young.exists()
    assert foreign.exists()
    await one.stop()


async def test_the_database_s_clock_is_a_clock(engine: Engine) -> None:
    async with engine.bind(Principal(kind="system")).read() as db:
        told = await db.one(NOW)
    assert abs(told - now()) < timedelta(seconds=2)
