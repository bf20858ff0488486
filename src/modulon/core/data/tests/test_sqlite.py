"""What is SQLite's own: group commit, the interactive deadline, a full disk, I/O errors."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modulon.core.data.database import sqlite_path
from modulon.core.data.errors import DeadlineMissed
from modulon.core.data.migrations import migrate
from modulon.core.data.sqlite.connection import connect, storage_problem
from modulon.core.data.sqlite.database import SqliteEngine
from modulon.core.data.sqlite.lock import WriteLock
from modulon.core.data.tests import notes
from modulon.core.data.tests.notes import ADD, MINE, TITLES, person
from modulon.core.data.unit import Operation, Unit
from modulon.sdk.errors import StorageFull, Unavailable
from modulon.sdk.identity import Principal
from modulon.sdk.ids import new_id

SYSTEM = Principal(kind="system", name="test")


@pytest.fixture
async def engine(sqlite_url: str) -> AsyncIterator[SqliteEngine]:
    await migrate(sqlite_url, {"notes": notes.MIGRATIONS})
    opened = SqliteEngine(sqlite_path(sqlite_url), strict=True, deadline=0.02)
    yield opened
    await opened.close()


@pytest.fixture
async def patient(sqlite_url: str) -> AsyncIterator[SqliteEngine]:
    """An engine that no busy machine hurries."""
    await migrate(sqlite_url, {"notes": notes.MIGRATIONS})
    opened = SqliteEngine(sqlite_path(sqlite_url), strict=True, deadline=10)
    yield opened
    await opened.close()


async def add(engine: SqliteEngine, title: str = "x") -> None:
    async with engine.bind(person()).write() as tx:
        tx.run(ADD, {"id": new_id(), "title": title})


async def titles(engine: SqliteEngine) -> list[str]:
    async with engine.bind(SYSTEM).read() as db:
        return await db.all(TITLES)


async def commits(engine: SqliteEngine) -> int:
    """Commits so far, as SQLite counts them in the file's header."""
    return await engine.wait_for_change(0)


async def test_units_that_wait_share_one_commit(engine: SqliteEngine) -> None:
    lock = WriteLock(engine.path)
    before = await commits(engine)
    with lock.held():
        waiting = [asyncio.create_task(add(engine, str(number))) for number in range(65)]
        await asyncio.sleep(0)  # every task has submitted its unit; the writer waits for the lock with the first
    await asyncio.gather(*waiting)
    lock.close()
    assert len(await titles(engine)) == 65
    assert await commits(engine) > before


async def test_a_batch_holds_at_most_64_units(engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[frozenset[str]] = []
    engine.on_commit(announced.append)
    lock = WriteLock(engine.path)

    async def tell() -> None:
        async with engine.bind(person()).write() as tx:
            tx.emit(notes.NoteRead(note_id=new_id()), key="k")

    monkeypatch.setattr("modulon.core.data.sqlite.writer.MAX_BATCH_SECONDS", 60)
    with lock.held():
        waiting = [asyncio.create_task(tell()) for _ in range(130)]
        await asyncio.sleep(0)
    await asyncio.gather(*waiting)
    lock.close()
    # One announcement a commit: 64 + 64 + 2.
    assert len(announced) == 3


async def test_a_batch_takes_nothing_more_when_it_is_old(engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[frozenset[str]] = []
    engine.on_commit(announced.append)
    monkeypatch.setattr("modulon.core.data.sqlite.writer.MAX_BATCH_SECONDS", 0)

    async def tell() -> None:
        async with engine.bind(person()).write() as tx:
            tx.emit(notes.NoteRead(note_id=new_id()), key="k")

    await asyncio.gather(*(tell() for _ in range(5)))
    assert len(announced) == 5


async def test_an_interactive_unit_may_not_keep_others_waiting(engine: SqliteEngine) -> None:
    relaxed = SqliteEngine(engine.path, strict=False, deadline=0.02)
    ann = relaxed.bind(person())
    with pytest.raises(DeadlineMissed):
        async with ann.write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "slow"})
            await tx.all(MINE)
            await add(relaxed, "waited")  # waits for the writer, which this very unit holds
    assert await titles(relaxed) == ["waited"]
    await relaxed.close()


async def test_an_interactive_unit_nobody_waits_for_ends_after_a_second(
    engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("modulon.core.data.sqlite.interactive.PATIENCE_SECONDS", 0.05)
    relaxed = SqliteEngine(engine.path, strict=False)
    unit = await relaxed.converse()
    await engine.submit(Unit([]))  # another process gets its turn once the unit was given up
    with pytest.raises(DeadlineMissed):
        await unit.commit((), 0, frozenset())
    await relaxed.close()


async def test_a_unit_that_is_late_but_in_nobodys_way_is_committed(engine: SqliteEngine) -> None:
    unit = await engine.converse()
    await unit.fetch((), 0, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
                     " SELECT count(*) FROM n", (), list)  # fmt: skip
    await unit.commit((), 0, frozenset())


async def test_interactive_units_and_batches_take_turns(patient: SqliteEngine) -> None:
    async def interactive() -> None:
        async with patient.bind(person()).write() as tx:
            await tx.all(MINE)
            tx.run(ADD, {"id": new_id(), "title": "y"})

    await asyncio.gather(*(add(patient) if number % 2 else interactive() for number in range(20)))
    assert len(await titles(patient)) == 20


async def test_a_full_disk_is_said_and_reading_goes_on(engine: SqliteEngine) -> None:
    await add(engine, "kept")
    pages = connect(engine.path, cache_kib=100)
    used = pages.execute("PRAGMA page_count").fetchone()[0]
    pages.close()
    await engine.submit(Unit([Operation("SELECT 1", [()])]))
    limit = Unit([Operation(f"PRAGMA max_page_count={used + 2}", [()])])
    await engine.submit(limit)
    with pytest.raises(StorageFull):
        async with engine.bind(person()).write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "x" * 100_000})
    with pytest.raises(StorageFull):
        async with engine.bind(person()).write() as tx:
            await tx.all(MINE)
            tx.run(ADD, {"id": new_id(), "title": "x" * 100_000})
    assert await titles(engine) == ["kept"]
    await engine.submit(Unit([Operation("PRAGMA max_page_count=1000000", [()])]))
    await add(engine, "later")
    assert await titles(engine) == ["kept", "later"]


class BrokenDisk:
    """A connection whose next statement fails as if the disk did."""

    def __init__(self, connection: sqlite3.Connection, at: str) -> None:
        self._connection = connection
        self._at = at

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, params: tuple[object, ...] = ()) -> sqlite3.Cursor:
        if sql.startswith(self._at):
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
            raise error
        return self._connection.execute(sql, params)

    def close(self) -> None:
        self._connection.close()


@pytest.mark.parametrize("at", ["BEGIN", "INSERT", "COMMIT"])
async def test_after_an_io_error_the_writer_opens_the_file_anew(
    engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    opened: list[str] = []

    def open_broken_first(path: Path, *, cache_kib: int) -> sqlite3.Connection:
        opened.append(at)
        real = connect(path, cache_kib=cache_kib)
        return BrokenDisk(real, at) if len(opened) == 1 else real  # type: ignore[return-value]

    monkeypatch.setattr("modulon.core.data.sqlite.writer.connect", open_broken_first)
    fresh = SqliteEngine(engine.path, strict=True)
    results = await asyncio.gather(*(add(fresh, "lost") for _ in range(3)), return_exceptions=True)
    assert any(isinstance(result, Unavailable) for result in results)
    lost = sum(isinstance(result, Unavailable) for result in results)
    await add(fresh, "kept")
    assert len(await titles(fresh)) == 4 - lost
    assert len(opened) == 2
    await fresh.close()


@pytest.mark.parametrize("at", ["BEGIN", "SELECT", "COMMIT"])
async def test_an_interactive_unit_says_that_the_disk_failed(
    engine: SqliteEngine, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    opened: list[str] = []

    def open_broken_first(path: Path, *, cache_kib: int) -> sqlite3.Connection:
        opened.append(at)
        real = connect(path, cache_kib=cache_kib)
        return BrokenDisk(real, at) if len(opened) == 1 else real  # type: ignore[return-value]

    monkeypatch.setattr("modulon.core.data.sqlite.writer.connect", open_broken_first)
    fresh = SqliteEngine(engine.path, strict=True)
    with pytest.raises(Unavailable):
        async with fresh.bind(person()).write() as tx:
            await tx.all(MINE)
            tx.run(ADD, {"id": new_id(), "title": "lost"})
    await add(fresh, "kept")
    assert await titles(fresh) == ["kept"]
    await fresh.close()


async def test_a_mistake_in_a_statement_stays_what_it_is(engine: SqliteEngine) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await engine.submit(Unit([Operation("DELETE FROM nowhere", [()])]))
    unit = await engine.converse()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await unit.fetch((), 0, "SELECT * FROM nowhere", (), list)
    async with engine.snapshot() as source:
        with pytest.raises(sqlite3.OperationalError, match="no such table"):
            await source.fetch("SELECT * FROM nowhere", (), list)
        with pytest.raises(ZeroDivisionError):
            await source.fetch("SELECT 1", (), lambda _rows: [1 // 0])
    await add(engine)


async def test_readers_cannot_write(engine: SqliteEngine) -> None:
    async with engine.snapshot() as source:
        with pytest.raises(Unavailable):
            await source.fetch("DELETE FROM notes", (), list)


async def test_more_readers_than_threads_take_turns(engine: SqliteEngine) -> None:
    await add(engine)
    assert await asyncio.gather(*(titles(engine) for _ in range(20))) == [["x"]] * 20


async def test_a_caller_that_gave_up_waiting_for_the_writer_frees_it(engine: SqliteEngine) -> None:
    lock = WriteLock(engine.path)

    async def interactive() -> None:
        async with engine.bind(person()).write() as tx:
            await tx.all(MINE)

    with lock.held():
        task = asyncio.create_task(interactive())
        await asyncio.sleep(0)
        plain = asyncio.create_task(add(engine, "cancelled"))
        await asyncio.sleep(0)
        task.cancel()
        plain.cancel()
        results = await asyncio.gather(task, plain, return_exceptions=True)
    lock.close()
    assert [type(result) for result in results] == [asyncio.CancelledError] * 2
    await add(engine, "after")
    assert "after" in await titles(engine)


def test_results_for_a_loop_that_is_gone_are_dropped(sqlite_url: str) -> None:
    path = sqlite_path(sqlite_url)
    lock: list[WriteLock] = []
    engines: list[SqliteEngine] = []

    async def leave_behind() -> None:
        engine = SqliteEngine(path, strict=True)
        engines.append(engine)
        lock.append(WriteLock(path))

    asyncio.run(leave_behind())
    lock[0].close()
    engine = engines[0]
    engine._writer._deliver(lambda: None)
    engine._writer._queue.put(None)
    engine._writer._thread.join()


def test_what_sqlite_says_becomes_what_a_person_can_act_on() -> None:
    full = sqlite3.OperationalError("full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    broken = sqlite3.OperationalError("broken")
    broken.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    mistake = sqlite3.OperationalError("mistake")
    assert isinstance(storage_problem(full), StorageFull)
    assert isinstance(storage_problem(broken), Unavailable)
    assert storage_problem(mistake) is mistake
