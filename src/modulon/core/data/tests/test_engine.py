"""Events, kept answers and wake-ups, on both engines."""

import asyncio

import pytest
import sqlalchemy as sa

from modulon.core.data import tables
from modulon.core.data.database import Answer, Engine, IdempotencyKey, open_database
from modulon.core.data.errors import AlreadyAnswered, IdempotencyMismatch
from modulon.core.data.tests.notes import ADD, MINE, TITLES, NoteRead, NoteRenamed, person
from modulon.sdk.errors import Unavailable
from modulon.sdk.identity import Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import rows

SYSTEM = Principal(kind="system", name="test")
LOGGED = rows(
    tuple,
    sa.select(
        tables.events.c.type,
        tables.events.c.version,
        tables.events.c.key,
        tables.events.c.payload,
        tables.events.c.actor_id,
        tables.events.c.workspace_id,
        tables.events.c.trace,
    ).order_by(tables.events.c.seq),
    unguarded="a test reads the log",
)

KEPT = rows(int, sa.select(sa.func.count()).select_from(tables.idempotency), unguarded="a test counts kept answers")


async def test_events_are_written_with_the_change(engine: Engine) -> None:
    ann, note_id = person(), new_id()
    async with engine.bind(ann, trace="t-1").write() as tx:
        tx.run(ADD, {"id": note_id, "title": "x"})
        tx.emit(NoteRenamed(note_id=note_id, title="x"), key=str(note_id))
    async with engine.bind(SYSTEM).read() as db:
        payload = {"note_id": str(note_id), "title": "x"}
        expected = ("notes.renamed", 1, str(note_id), payload, ann.user, ann.workspace, "t-1")
        assert await db.all(LOGGED) == [expected]


async def test_an_undone_unit_writes_no_event(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        async with engine.bind(person()).write() as tx:
            tx.emit(NoteRead(note_id=new_id()), key="k")
            await tx.all(MINE)
            raise ZeroDivisionError
    async with engine.bind(SYSTEM).read() as db:
        assert await db.all(LOGGED) == []


async def test_callbacks_hear_the_types_of_committed_events(engine: Engine) -> None:
    heard: list[frozenset[str]] = []
    end = engine.on_commit(heard.append)
    ann = engine.bind(person())
    async with ann.write() as tx:
        tx.emit(NoteRead(note_id=new_id()), key="k")
    async with ann.write() as tx:
        await tx.all(MINE)
        tx.emit(NoteRenamed(note_id=new_id(), title="x"), key="k")
    async with ann.write() as tx:
        tx.run(ADD, {"id": new_id(), "title": "silent"})
    end()
    async with ann.write() as tx:
        tx.emit(NoteRead(note_id=new_id()), key="k")
    assert heard == [frozenset({"notes.read"}), frozenset({"notes.renamed"})]


async def test_an_answer_is_kept_with_the_change(engine: Engine) -> None:
    ann = person()
    request = IdempotencyKey(ann.user or new_id(), "key-1", b"digest")
    assert await engine.answered(request) is None
    async with engine.bind(ann, idempotency=request).write() as tx:
        tx.run(ADD, {"id": new_id(), "title": "once"})
        tx.answer(201, {"id": "x"})
    assert await engine.answered(request) == Answer(b"digest", 201, {"id": "x"})
    other = IdempotencyKey(new_id(), "key-1", b"digest")
    assert await engine.answered(other) is None


async def test_a_repeated_request_changes_nothing(engine: Engine) -> None:
    ann = person()
    request = IdempotencyKey(ann.user or new_id(), "key-1", b"digest")

    async def once() -> None:
        async with engine.bind(ann, idempotency=request).write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "once"})
            tx.answer(201, {})

    results = await asyncio.gather(*(once() for _ in range(5)), return_exceptions=True)
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, AlreadyAnswered) for result in results) == 4
    async with engine.bind(SYSTEM).read() as db:
        assert await db.all(TITLES) == ["once"]


async def test_a_key_used_for_another_request_is_refused(engine: Engine) -> None:
    ann = person()
    request = IdempotencyKey(ann.user or new_id(), "key-1", b"digest")
    async with engine.bind(ann, idempotency=request).write() as tx:
        tx.answer(200, {})
    with pytest.raises(IdempotencyMismatch):
        await engine.answered(IdempotencyKey(request.user, "key-1", b"another"))


async def test_an_answer_without_a_key_is_not_kept(engine: Engine) -> None:
    async with engine.bind(person()).write() as tx:
        tx.answer(200, {})
    async with engine.bind(SYSTEM).read() as db:
        assert await db.all(KEPT) == [0]


async def test_waiting_for_a_change_sees_another_process_commit(engine: Engine, database_url: str) -> None:
    other = await open_database(database_url)
    try:
        seen = await engine.wait_for_change(0)
        async with other.bind(person()).write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "x"})
        async with asyncio.timeout(20):
            while await engine.wait_for_change(0.5, seen) == seen:
                pass
    finally:
        await other.close()


async def test_waiting_ends_without_a_change(engine: Engine) -> None:
    seen = await engine.wait_for_change(0.2)
    assert await engine.wait_for_change(0.01, seen) >= seen


async def test_a_closed_database_takes_nothing_more(engine: Engine, database_url: str) -> None:
    closed = await open_database(database_url)
    await closed.close()
    with pytest.raises(Unavailable):
        async with closed.bind(person()).write() as tx:
            tx.run(ADD, {"id": new_id(), "title": "x"})
    with pytest.raises(Unavailable):
        async with closed.bind(person()).read() as db:
            await db.all(MINE)
    with pytest.raises(Unavailable):
        async with closed.bind(person()).write() as tx:
            await tx.all(MINE)


async def test_other_kinds_of_url_are_refused() -> None:
    with pytest.raises(ValueError, match="sqlite"):
        await open_database("mysql://somewhere")
