"""Delivery: at least once, in order for each key, database effects exactly once."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa

from modulon.core.data.database import Engine
from modulon.core.data.tables import event_deliveries
from modulon.core.data.tests.notes import COUNT, COUNTED, NoteRead, NoteRenamed, person
from modulon.core.events.bus import Bus
from modulon.core.events.consumer import Retry
from modulon.core.events.tests.helpers import (
    QUICK,
    SYSTEM,
    Recorder,
    context_for,
    counted,
    dead,
    has_counted,
    has_dead,
    tell,
    tell_read,
    until,
)
from modulon.sdk.context import Context
from modulon.sdk.errors import Unavailable
from modulon.sdk.events import Delivery
from modulon.sdk.storage import Write, rows

PARKED = rows(int, sa.select(sa.func.count()).select_from(event_deliveries), unguarded="a test")


async def test_events_are_handled_in_order_with_their_effects(engine: Engine, bus: Bus) -> None:
    handler, ann = Recorder(), person()
    bus.subscribe("notes.count", NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a", "b", principal=ann)
    await tell(engine, "c", principal=ann)
    await until(has_counted(engine, 3))
    assert handler.seen == ["a", "b", "c"]
    first = handler.deliveries[0]
    assert (first.key, first.workspace, first.actor) == ("k", ann.workspace, ann.user)
    assert first.id == f"notes.count/{first.seq}"
    assert handler.contexts[0].module == "notes"
    assert handler.contexts[0].principal.workspace == ann.workspace


async def test_a_new_consumer_hears_what_happens_from_now_on(engine: Engine, bus: Bus) -> None:
    handler = Recorder()
    bus.subscribe("notes.count", NoteRenamed, handler)
    await tell(engine, "before")
    await bus.start()
    await tell(engine, "after")
    await until(has_counted(engine, 1))
    assert handler.seen == ["after"]


async def test_a_known_consumer_goes_on_where_it_was(engine: Engine, bus: Bus) -> None:
    first, handler = Bus(engine, context_for, retry=QUICK), Recorder()
    first.subscribe("notes.count", NoteRenamed, Recorder())
    await first.start()
    await tell(engine, "a")
    await until(has_counted(engine, 1))
    await first.stop()
    await tell(engine, "missed")
    bus.subscribe("notes.count", NoteRenamed, handler)
    await bus.start()
    await until(has_counted(engine, 2))
    assert handler.seen == ["missed"]


async def test_consumers_hear_only_their_types_and_each_all_of_them(engine: Engine, bus: Bus) -> None:
    renamed, both = Recorder(), Recorder()
    read: list[str] = []

    async def on_read(_ctx: Context, _event: NoteRead, tx: Write, delivery: Delivery) -> None:
        read.append(delivery.key)
        tx.run(COUNT, {"counter": "handled"}, expect=1)

    bus.subscribe("notes.count", NoteRenamed, renamed)
    bus.subscribe("notes.both", NoteRenamed, both)
    bus.subscribe("notes.both", NoteRead, on_read)
    with pytest.raises(ValueError, match="already"):
        bus.subscribe("notes.both", NoteRead, on_read)
    await bus.start()
    await tell(engine, "a")
    await tell_read(engine, key="r")
    await until(has_counted(engine, 3))
    assert (renamed.seen, both.seen, read) == (["a"], ["a"], ["r"])


async def test_a_failure_is_tried_again_and_takes_effect_once(engine: Engine, bus: Bus) -> None:
    failures = iter([True, True, False])
    handler = Recorder(fail=lambda _event: next(failures))
    bus.subscribe("notes.count", NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a")
    await until(has_counted(engine, 1))
    assert handler.seen == ["a", "a", "a"]
    assert len({delivery.id for delivery in handler.deliveries}) == 1
    assert await dead(engine) == []


async def test_a_poisoned_event_becomes_a_dead_letter_and_its_key_goes_on(engine: Engine, bus: Bus) -> None:
    handler = Recorder(fail=lambda event: event.title == "poison")
    bus.subscribe("notes.count", NoteRenamed, handler)
    await bus.start()
    await tell(engine, "poison", "same key")
    await tell(engine, "other key", key="other")
    await until(has_counted(engine, 2))
    assert handler.seen.count("poison") == QUICK.tries
    assert handler.seen.index("same key") > handler.seen.index("poison") + QUICK.tries - 1
    assert await dead(engine) == [("notes.count", QUICK.tries, "ValueError: cannot handle poison")]
    async with engine.bind(SYSTEM).read() as db:
        assert await db.one(PARKED) == 0


async def test_other_keys_do_not_wait_for_a_failing_one(engine: Engine) -> None:
    slow = Bus(engine, context_for, retry=Retry(tries=3, first_seconds=60))
    handler = Recorder(fail=lambda event: event.title == "bad")
    slow.subscribe("notes.count", NoteRenamed, handler)
    await slow.start()
    await tell(engine, "bad", "behind it")
    await tell(engine, "good", key="other")
    await until(has_counted(engine, 1))
    assert handler.seen == ["bad", "good"]
    await slow.stop()


async def test_what_a_handler_writes_may_be_refused(engine: Engine, bus: Bus) -> None:
    async def wrong(_ctx: Context, _event: NoteRenamed, tx: Write, _delivery: Delivery) -> None:
        tx.run(COUNT, {"counter": "handled"}, expect=1)
        tx.run(COUNT, {"counter": "absent"}, expect=1)

    bus.subscribe("notes.wrong", NoteRenamed, wrong)
    await bus.start()
    await tell(engine, "a")
    await until(lambda: has_dead(engine))
    assert (await dead(engine))[0][2].startswith("NotFound")
    assert await counted(engine) == 0


async def test_a_handler_may_read_in_its_unit(engine: Engine, bus: Bus) -> None:
    found: list[int] = []

    async def reading(_ctx: Context, _event: NoteRenamed, tx: Write, _delivery: Delivery) -> None:
        tx.run(COUNT, {"counter": "handled"}, expect=1)
        found.append(await tx.one(COUNTED, {"counter": "handled"}))

    bus.subscribe("notes.reading", NoteRenamed, reading)
    await bus.start()
    await tell(engine, "a")
    await until(has_counted(engine, 1))
    assert found == [1]


async def test_a_stuck_handler_is_given_up(engine: Engine) -> None:
    bus = Bus(engine, context_for, retry=Retry(tries=1, first_seconds=0, handler_seconds=0.01))

    async def stuck(_ctx: Context, _event: NoteRenamed, _tx: Write, _delivery: Delivery) -> None:
        await asyncio.Event().wait()

    bus.subscribe("notes.stuck", NoteRenamed, stuck)
    await bus.start()
    await tell(engine, "a")
    await until(lambda: has_dead(engine))
    await bus.stop()


async def test_two_processes_share_the_work_and_no_effect_happens_twice(engine: Engine) -> None:
    buses = [Bus(engine, context_for, retry=QUICK) for _ in range(2)]
    handlers = [Recorder(), Recorder()]
    for bus, handler in zip(buses, handlers, strict=True):
        bus.subscribe("notes.count", NoteRenamed, handler)
    await asyncio.gather(*(bus.start() for bus in buses))
    for number in range(20):
        await tell(engine, str(number), key=str(number % 3))
    await until(has_counted(engine, 20))
    for bus in buses:
        await bus.stop()
    assert await counted(engine) == 20
    assert {*handlers[0].seen, *handlers[1].seen} == {str(number) for number in range(20)}


async def test_a_consumer_killed_in_between_leaves_no_half_effect(engine: Engine, bus: Bus) -> None:
    reached, handler = asyncio.Event(), Recorder()

    async def killed(_ctx: Context, _event: NoteRenamed, tx: Write, _delivery: Delivery) -> None:
        tx.run(COUNT, {"counter": "handled"}, expect=1)
        await tx.one(COUNTED, {"counter": "handled"})
        reached.set()
        await asyncio.Event().wait()

    first = Bus(engine, context_for, retry=QUICK)
    first.subscribe("notes.count", NoteRenamed, killed)
    await first.start()
    await tell(engine, "a")
    await reached.wait()
    await first.stop()
    assert await counted(engine) == 0
    bus.subscribe("notes.count", NoteRenamed, handler)
    await bus.start()
    await until(has_counted(engine, 1))
    assert handler.seen == ["a"]


async def test_trouble_with_the_database_is_not_the_handlers_fault(
    engine: Engine, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("modulon.core.events.consumer.TROUBLE_SECONDS", 0.01)
    handler, submit, left = Recorder(), engine.submit, 3

    async def troubled(unit: Any) -> None:
        nonlocal left
        if left and any("UPDATE counters" in operation.sql for operation in unit.operations):
            left -= 1
            raise Unavailable
        await submit(unit)

    monkeypatch.setattr(engine, "submit", troubled)
    bus.subscribe("notes.count", NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a")
    await until(has_counted(engine, 1))
    assert handler.seen == ["a"] * 4
    assert await dead(engine) == []
