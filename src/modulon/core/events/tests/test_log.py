"""The log's order, its tail, and what browsers are told."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate
from modulon.core.data.tests.notes import NoteRead, NoteRenamed, person
from modulon.core.data.unit import Operation, Unit
from modulon.core.events import notifications
from modulon.core.events.log import START, EventLog, Position
from modulon.core.events.notifications import Notification, Notifications, Reset
from modulon.core.events.tail import Tail
from modulon.core.events.tests.helpers import tell, tell_read, until
from modulon.sdk.errors import Unavailable

INSERT = (
    "INSERT INTO events (type, version, key, payload, trace, created_at)"
    " VALUES ('notes.renamed', 1, 'k', jsonb_build_object('title', $1::text), '', now())"
)


@pytest.fixture
async def tail(engine: Engine) -> AsyncIterator[Tail]:
    made = Tail(engine)
    await made.start()
    yield made
    await made.stop()


def heard(tail: Tail) -> list[str]:
    titles: list[str] = []
    tail.listen(lambda records: titles.extend(record.payload["title"] for record in records))
    return titles


def test_a_position_is_text_and_back() -> None:
    assert Position.parse(str(Position(7, 9))) == Position(7, 9)
    with pytest.raises(ValueError, match="invalid literal"):
        Position.parse("seven.9")


async def test_pages_follow_each_other(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modulon.core.events.log.PAGE", 2)
    log = EventLog(engine)
    assert (await log.end(), await log.beginning()) == (START, START)
    await tell(engine, "a", "b", "c")
    first = await log.after(START)
    second = await log.after(first[-1].position)
    assert [record.payload["title"] for record in first + second] == ["a", "b", "c"]
    assert await log.end() == second[-1].position
    assert await log.beginning() == first[0].position
    assert (await log.one(first[0].seq)) == first[0]
    assert await log.one(10**9) is None


async def test_the_tail_hears_this_process_and_others(engine: Engine, tail: Tail, database_url: str) -> None:
    titles = heard(tail)
    await tell(engine, "mine")
    other = await open_database(database_url)
    await tell(other, "theirs")
    await until(lambda: titles == ["mine", "theirs"])
    await other.close()


async def test_the_tail_reads_more_than_a_page(engine: Engine, tail: Tail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modulon.core.events.log.PAGE", 2)
    monkeypatch.setattr("modulon.core.events.tail.PAGE", 2)
    titles = heard(tail)
    await tell(engine, *"abcde")
    await until(lambda: titles == [*"abcde"])


async def test_the_tail_outlives_trouble(engine: Engine, tail: Tail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modulon.core.events.tail.TROUBLE_SECONDS", 0.01)
    titles, after, left = heard(tail), tail.log.after, 2

    async def troubled(position: Position) -> Any:
        nonlocal left
        if left:
            left -= 1
            raise Unavailable
        return await after(position)

    monkeypatch.setattr(tail.log, "after", troubled)
    await tell(engine, "a")
    await until(lambda: titles == ["a"])


@pytest.mark.postgres
async def test_commits_out_of_order_are_not_skipped(postgres_url: str) -> None:
    """A transaction takes its number first and commits last: a reader in between must come back for it."""
    await migrate(postgres_url, {})
    engine = await open_database(postgres_url)
    tail = Tail(engine)
    await tail.start()
    titles = heard(tail)
    slow, quick = await asyncpg.connect(postgres_url), await asyncpg.connect(postgres_url)
    late = slow.transaction()
    await late.start()
    await slow.execute(INSERT, "late")
    await quick.execute(INSERT, "early")
    await tell(engine, "mine")
    assert await tail.log.pending()
    assert await tail.log.after(START) == []
    assert titles == []
    await late.commit()
    await until(lambda: len(titles) == 3)
    assert sorted(titles) == ["early", "late", "mine"]
    assert not await tail.log.pending()
    await asyncio.gather(slow.close(), quick.close())
    await tail.stop()
    await engine.close()


@pytest.mark.postgres
async def test_many_writers_with_random_commits_lose_nothing(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # These writers notify nobody: the slow poll finds what they wrote.
    monkeypatch.setattr("modulon.core.events.tail.SLOW_POLL_SECONDS", 0.02)
    await migrate(postgres_url, {})
    engine = await open_database(postgres_url)
    tail = Tail(engine)
    await tail.start()
    titles = heard(tail)

    async def writer(name: int) -> None:
        connection = await asyncpg.connect(postgres_url)
        for number in range(20):
            async with connection.transaction():
                await connection.execute(INSERT, f"{name}.{number}")
                await connection.execute("SELECT pg_sleep(random() / 100)")
        await connection.close()

    await asyncio.gather(*(writer(name) for name in range(6)))
    await until(lambda: len(titles) >= 120)
    assert len(titles) == len(set(titles)) == 120
    await tail.stop()
    await engine.close()


# Notifications


async def following(tail: Tail, workspace: Any, after: str | None = None) -> AsyncIterator[Any]:
    return Notifications(tail, [NoteRenamed, NoteRead]).follow(workspace, after)


async def next_of(stream: AsyncIterator[Any]) -> Any:
    async with asyncio.timeout(10):
        return await anext(stream)


async def test_a_browser_is_told_of_its_workspace_alone(engine: Engine, tail: Tail) -> None:
    ann, ben = person(), person()
    stream = await following(tail, ann.workspace)
    told = asyncio.create_task(next_of(stream))
    await asyncio.sleep(0)
    await tell(engine, "not yours", principal=ben)
    await tell_read(engine)  # its class does not say `notify`
    await tell(engine, "yours", key="n1", principal=ann)
    found = await told
    assert isinstance(found, Notification)
    assert (found.type, found.key, found.payload["title"], found.actor) == ("notes.renamed", "n1", "yours", ann.user)
    await stream.aclose()  # type: ignore[attr-defined]


async def test_it_goes_on_from_its_cursor(engine: Engine, tail: Tail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modulon.core.events.log.PAGE", 2)
    monkeypatch.setattr("modulon.core.events.notifications.PAGE", 2)
    ann = person()
    await tell(engine, *"abcde", principal=ann)
    await until(lambda: tail.position > START)
    stream = await following(tail, ann.workspace, str(START))
    found = [await next_of(stream) for _ in range(5)]
    assert [notification.payload["title"] for notification in found] == [*"abcde"]
    await tell(engine, "f", principal=ann)
    assert (await next_of(stream)).payload["title"] == "f"
    again = await following(tail, ann.workspace, found[3].cursor)
    assert [(await next_of(again)).payload["title"] for _ in range(2)] == ["e", "f"]


@pytest.mark.parametrize("cursor", ["nonsense", "99999999.1"])
async def test_a_cursor_that_means_nothing_is_answered_by_a_reset(engine: Engine, tail: Tail, cursor: str) -> None:
    ann = person()
    stream = await following(tail, ann.workspace, cursor)
    assert isinstance(await next_of(stream), Reset)


async def test_a_cursor_older_than_what_is_kept_is_answered_by_a_reset(engine: Engine, tail: Tail) -> None:
    ann = person()
    await tell(engine, "a", "b", "c", principal=ann)
    await until(lambda: tail.position > START)
    await engine.submit(Unit([Operation("DELETE FROM events WHERE seq < 3", [()])]))
    stream = await following(tail, ann.workspace, str(START))
    reset = await next_of(stream)
    assert reset == Reset(str(tail.position))
    await tell(engine, "d", principal=ann)
    assert (await next_of(stream)).payload["title"] == "d"


async def test_a_reader_that_is_too_slow_starts_anew(
    engine: Engine, tail: Tail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "QUEUE_LENGTH", 2)
    ann = person()
    stream = await following(tail, ann.workspace)
    first = asyncio.create_task(next_of(stream))
    await asyncio.sleep(0)
    await tell(engine, "a", principal=ann)
    assert (await first).payload["title"] == "a"
    await tell(engine, *"bcd", principal=ann)
    await until(lambda: tail.position.seq >= 4)
    assert isinstance(await next_of(stream), Reset)
    with pytest.raises(StopAsyncIteration):
        await next_of(stream)
