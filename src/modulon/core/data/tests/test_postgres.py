"""What is PostgreSQL's own: retries, lost connections, notifications, refusals."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from asyncpg import exceptions

from modulon.core.data.migrations import migrate
from modulon.core.data.postgres import changes, database
from modulon.core.data.postgres.connection import connect, fetch_value, storage_problem
from modulon.core.data.postgres.database import OutcomeUnknown, PostgresEngine, open_postgres
from modulon.core.data.tests import notes
from modulon.core.data.tests.notes import ADD, ADD_COUNTER, COUNT, COUNTED, MINE, TITLES, person
from modulon.core.data.unit import Operation, Unit
from modulon.sdk.errors import Invalid, StorageFull, Unavailable
from modulon.sdk.identity import Principal
from modulon.sdk.ids import new_id

pytestmark = pytest.mark.postgres
SYSTEM = Principal(kind="system", name="test")


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[PostgresEngine]:
    await migrate(postgres_url, {"notes": notes.MIGRATIONS})
    opened = await open_postgres(postgres_url, strict=True)
    yield opened
    await opened.close()


async def add(engine: PostgresEngine, title: str = "x") -> None:
    async with engine.bind(person()).write() as tx:
        tx.run(ADD, {"id": new_id(), "title": title})


async def titles(engine: PostgresEngine) -> list[str]:
    async with engine.bind(SYSTEM).read() as db:
        return await db.all(TITLES)


async def cut_connections(url: str) -> None:
    """End every connection to the database but this one, as a restart of the server does."""
    admin = await connect(url)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid()"
    )
    await admin.close()


async def test_units_that_collide_are_run_again(engine: PostgresEngine) -> None:
    system = engine.bind(SYSTEM)
    async with system.write() as tx:
        tx.run(ADD_COUNTER, [{"name": "a", "value": 0}, {"name": "b", "value": 0}])

    async def count(*names: str) -> None:
        async with system.write() as tx:
            for name in names:
                tx.run(COUNT, {"counter": name}, expect=1)

    # Opposite orders deadlock; PostgreSQL ends one of each pair and it must be run again.
    await asyncio.gather(*(count(*(("a", "b") if number % 2 else ("b", "a"))) for number in range(4)))
    async with system.read() as db:
        assert [await db.one(COUNTED, {"counter": name}) for name in "ab"] == [4, 4]


class Flaky:
    """A pool whose connections fail at the statement of that name, so often."""

    def __init__(self, pool: Any, at: str, error: Exception, times: int) -> None:
        self._pool, self._at, self._error, self.left = pool, at, error, times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)

    async def acquire(self, **options: Any) -> Any:
        self.check("acquire")
        return _FlakyConnection(await self._pool.acquire(**options), self)

    async def release(self, connection: Any) -> None:
        await self._pool.release(connection.real)

    def check(self, step: str) -> None:
        if step == self._at and self.left:
            self.left -= 1
            raise self._error


class _FlakyConnection:
    def __init__(self, connection: Any, pool: Flaky) -> None:
        self.real, self._pool = connection, pool

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def transaction(self) -> "_FlakyTransaction":
        return _FlakyTransaction(self.real.transaction(), self._pool)

    async def execute(self, sql: str, *params: Any) -> str:
        self._pool.check("execute")
        return await self.real.execute(sql, *params)


class _FlakyTransaction:
    def __init__(self, transaction: Any, pool: Flaky) -> None:
        self._transaction, self._pool = transaction, pool

    async def start(self) -> None:
        self._pool.check("begin")
        await self._transaction.start()

    async def commit(self) -> None:
        self._pool.check("commit")
        await self._transaction.commit()

    async def rollback(self) -> None:
        await self._transaction.rollback()


LOST = ConnectionResetError("lost")


@pytest.mark.parametrize(
    ("at", "error", "times", "outcome"),
    [
        ("acquire", LOST, 2, None),
        ("begin", LOST, 2, None),
        ("begin", LOST, 9, Unavailable),
        ("execute", LOST, 1, Unavailable),
        ("execute", exceptions.SerializationError("again"), 2, None),
        ("execute", exceptions.SerializationError("again"), 9, Unavailable),
        ("execute", exceptions.DiskFullError("full"), 1, StorageFull),
        ("commit", exceptions.SerializationError("again"), 1, None),
        ("commit", LOST, 1, OutcomeUnknown),
    ],
)
async def test_a_unit_is_repeated_only_where_nothing_was_done(
    postgres_url: str, at: str, error: Exception, times: int, outcome: type[Exception] | None
) -> None:
    await migrate(postgres_url, {"notes": notes.MIGRATIONS})
    engine = await open_postgres(postgres_url, strict=True)
    real = engine._pool
    engine._pool = Flaky(real, at, error, times)
    if outcome is None:
        await add(engine)
    else:
        with pytest.raises(outcome):
            await add(engine)
    engine._pool = real
    assert await titles(engine) == ([] if outcome else ["x"])
    await engine.close()


async def test_the_pool_recovers_when_the_server_ends_its_connections(
    engine: PostgresEngine, postgres_url: str
) -> None:
    await add(engine)
    await cut_connections(postgres_url)
    await add(engine, "y")
    await cut_connections(postgres_url)
    async with engine.bind(SYSTEM).read() as db:
        assert await db.all(TITLES) == ["x", "y"]


async def test_an_interactive_unit_cut_off_is_undone(engine: PostgresEngine, postgres_url: str) -> None:
    unit = await engine.converse()
    await unit.fetch((), 0, "SELECT 1", (), list)
    await cut_connections(postgres_url)
    with pytest.raises(Unavailable):
        await unit.commit([Operation("DELETE FROM notes", [()])], 0, frozenset())
    unit.rollback()
    await add(engine)


async def test_no_connection_left_is_said(engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modulon.core.data.postgres.session.ACQUIRE_SECONDS", 0.05)
    units = [await engine.converse() for _ in range(database.POOL_SIZE)]
    with pytest.raises(Unavailable):
        await engine.converse()
    with pytest.raises(Unavailable):
        async with engine.bind(person()).read() as db:
            await db.all(MINE)
    for unit in units:
        unit.rollback()
    await add(engine)


async def test_waiting_for_changes_survives_a_lost_connection(
    engine: PostgresEngine, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "RECONNECT_SECONDS", 0.01)

    async def next_change(seen: int) -> int:
        async with asyncio.timeout(10):
            while (found := await engine.wait_for_change(1, seen)) == seen:
                pass
        return found

    seen = await next_change(0)  # the listener is there
    await cut_connections(postgres_url)
    seen = await next_change(seen)  # it is there again; what was missed counts as a change
    other = await open_postgres(postgres_url, strict=True)
    await add(other)
    await next_change(seen)
    await other.close()


async def test_a_listener_that_cannot_connect_tries_again(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = asyncio.Event()

    async def refuse(_url: str) -> Any:
        tries.set()
        raise Unavailable

    monkeypatch.setattr(changes, "connect", refuse)
    monkeypatch.setattr(changes, "RECONNECT_SECONDS", 0)
    assert await engine.wait_for_change(0.05, 0) == 0
    assert tries.is_set()


async def test_a_server_that_does_not_answer_is_said() -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    with pytest.raises(Unavailable):
        await open_postgres(nowhere, strict=True)
    with pytest.raises(Unavailable):
        await connect(nowhere)


async def test_an_old_server_is_refused(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST_SERVER", 99)
    with pytest.raises(RuntimeError, match="too old"):
        await open_postgres(postgres_url, strict=True)


async def test_ping_says_when_the_pool_is_gone(postgres_url: str) -> None:
    engine = await open_postgres(postgres_url, strict=True)
    await engine.close()
    with pytest.raises(Unavailable):
        await engine.ping()


async def test_the_character_nul_is_the_callers_to_correct(engine: PostgresEngine) -> None:
    with pytest.raises(Invalid, match="NUL"):
        await add(engine, "a\0b")


async def test_a_mistake_in_a_statement_stays_what_it_is(engine: PostgresEngine) -> None:
    with pytest.raises(exceptions.UndefinedTableError):
        await engine.submit(Unit([Operation("DELETE FROM nowhere", [()])]))
    assert storage_problem(ZeroDivisionError()).args == ()


async def test_one_value_over_a_connection_of_its_own(postgres_url: str) -> None:
    assert await fetch_value(postgres_url, "SELECT 1") == 1
    assert await fetch_value(postgres_url, "SELECT 1 FROM nowhere") is None


def test_a_missing_driver_says_what_to_install() -> None:
    program = (
        "import asyncio, sys\n"
        "sys.meta_path.insert(0, type('Hide', (), {'find_spec': staticmethod(lambda name, *_: "
        "(_ for _ in ()).throw(ModuleNotFoundError(name=name)) if name == 'asyncpg' else None)}))\n"
        "from modulon.core.data.database import open_database\n"
        "try:\n"
        "    asyncio.run(open_database('postgresql://x'))\n"
        "except RuntimeError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "PostgreSQL needs its driver: pip install 'modulon[postgres]'\n"
    assert asyncpg is not None
