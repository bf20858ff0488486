"""Delivering again, and what an administrator sees: with the effects of handlers counted in the database."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from modulon.core.data.database import Engine
from modulon.core.data.tests.notes import NoteRenamed
from modulon.core.events.bus import Bus
from modulon.core.events.consumer import Retry
from modulon.core.events.errors import ConsumerUnknown, EventsDenied, EventUnknown, LetterUnknown, OffsetOutside
from modulon.core.events.service import EventsManager, EventsService, Listening
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
from modulon.sdk.errors import Invalid
from modulon.sdk.eventlog import EventFilter
from modulon.sdk.identity import Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import now

NAME = "notes.count"


def service_of(engine: Engine, types: tuple[str, ...] = (NoteRenamed.type,)) -> EventsService:
    listening = {NAME: Listening("notes", types, serves=True)}
    return EventsManager(engine, lambda: listening).bound(SYSTEM)


@pytest.fixture
def log(engine: Engine) -> EventsService:
    return service_of(engine)


async def test_a_dead_letter_is_delivered_again_once(engine: Engine, bus: Bus, log: EventsService) -> None:
    broken = True
    handler = Recorder(fail=lambda _event: broken)
    bus.subscribe(NAME, NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a")
    await until(lambda: has_dead(engine))
    seq = handler.deliveries[0].seq
    (letter,) = await log.dead()
    assert (letter.consumer, letter.seq, letter.type, letter.key) == (NAME, seq, NoteRenamed.type, "k")
    assert (letter.tries, letter.error, letter.due_at) == (3, "ValueError: cannot handle a", None)
    broken = False
    await log.retry(NAME, seq)
    await until(has_counted(engine, 1))
    assert await dead(engine) == []
    for lost in (seq, 10**9):
        with pytest.raises(LetterUnknown):
            await log.retry(NAME, lost)
    assert await counted(engine) == 1


async def test_all_dead_letters_are_tried_once_more_in_their_order(
    engine: Engine, bus: Bus, log: EventsService
) -> None:
    broken = True
    handler = Recorder(fail=lambda event: broken and event.title != "good")
    bus.subscribe(NAME, NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a", "b", "good", "c")
    await bus.drained()
    broken = False
    handler.seen.clear()
    assert await log.retry_all() == 3
    await bus.drained()
    assert handler.seen == ["a", "b", "c"]
    assert await counted(engine) == 4
    assert await log.retry_all() == 0


async def test_what_waits_for_its_time_can_be_tried_at_once(engine: Engine, log: EventsService) -> None:
    bus = Bus(engine, context_for, retry=Retry(tries=3, first_seconds=60))
    broken = True
    handler = Recorder(fail=lambda _event: broken)
    bus.subscribe(NAME, NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a")
    await until(lambda: _waits(log))
    (waiting,) = await log.waiting()
    assert (waiting.tries, waiting.at) == (1, None)
    assert waiting.due_at is not None
    assert waiting.due_at > now() + timedelta(seconds=30)
    broken = False
    await log.retry(NAME, waiting.seq)
    await until(has_counted(engine, 1))
    await bus.stop()


async def _waits(log: EventsService) -> bool:
    return bool(await log.waiting())


async def test_discarding_forgets_the_letter_and_keeps_the_event(engine: Engine, bus: Bus, log: EventsService) -> None:
    handler = Recorder(fail=lambda event: event.title != "good")
    bus.subscribe(NAME, NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a", "b", "c")
    await bus.drained()
    first, *others = sorted(letter.seq for letter in await log.dead())
    await log.discard(NAME, first)
    with pytest.raises(LetterUnknown):
        await log.discard(NAME, first)
    assert (await log.one(first)).payload["title"] == "a"
    assert await log.discard_all(until=now() - timedelta(hours=1)) == 0
    assert await log.discard_all("somebody.else") == 0
    assert await log.discard_all(NAME) == len(others)
    assert await dead(engine) == []
    told = (await log.page(EventFilter(types=("core.*",)))).items
    assert [(one.payload["change"], one.payload["count"]) for one in told] == [("discard", 2), ("discard", 1)]


async def test_the_log_can_be_replayed_from_any_event(engine: Engine, bus: Bus, log: EventsService) -> None:
    handler = Recorder()
    bus.subscribe(NAME, NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a", "b")
    await tell_read(engine)
    await tell(engine, "c")
    await until(has_counted(engine, 3))
    second = handler.deliveries[1].seq
    plan = await log.plan(NAME, second)
    assert (plan.first, plan.events, plan.last) == (second, 2, handler.deliveries[2].seq)
    assert await log.replay(NAME, second) == plan
    await until(has_counted(engine, 5))
    assert handler.seen == ["a", "b", "c", "b", "c"]
    # The same event has the same id: what acts outside the database can tell.
    assert handler.deliveries[3].id == handler.deliveries[1].id
    await log.replay(NAME, handler.deliveries[0].seq)
    await until(has_counted(engine, 8))
    await bus.drained()
    assert handler.seen[5:] == ["a", "b", "c"]


async def test_a_replay_takes_along_what_waits_and_what_was_given_up(engine: Engine, log: EventsService) -> None:
    """Both would else stand there when the event fails again, and hold the consumer up for ever."""
    bus = Bus(engine, context_for, retry=QUICK)
    handler = Recorder(fail=lambda event: event.title == "bad")
    bus.subscribe(NAME, NoteRenamed, handler)
    await bus.start()
    await tell(engine, "good", "bad", "last")
    await bus.drained()
    for _ in range(2):
        handler.seen.clear()
        await log.replay(NAME, handler.deliveries[0].seq)
        async with asyncio.timeout(20):
            await bus.drained()
        assert handler.seen == ["good", "bad", "bad", "bad", "last"]
        assert len(await dead(engine)) == 1
    patient = Bus(engine, context_for, retry=Retry(tries=3, first_seconds=60))
    await bus.stop()
    patient.subscribe(NAME, NoteRenamed, handler)
    await patient.start()
    await log.replay(NAME, handler.deliveries[0].seq)
    await until(lambda: _count_waiting(log, 2))
    handler.fail = lambda _event: False
    handler.seen.clear()
    await log.replay(NAME, handler.deliveries[0].seq)
    await patient.drained()
    assert handler.seen == ["good", "bad", "last"]
    await patient.stop()


async def _count_waiting(log: EventsService, number: int) -> bool:
    return len(await log.waiting()) == number


async def test_offsets_outside_are_refused(engine: Engine, bus: Bus, log: EventsService) -> None:
    handler = Recorder()
    bus.subscribe(NAME, NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a")
    await until(has_counted(engine, 1))
    await tell_read(engine)
    last = handler.deliveries[0].seq
    for outside in (0, last + 1, last + 2, 2**53 - 1):
        with pytest.raises(OffsetOutside) as caught:
            await log.replay(NAME, outside)
        assert caught.value.params["last"] == last
    for unknown in ("notes.nobody", ""):
        with pytest.raises(ConsumerUnknown):
            await log.replay(unknown, last)
    await bus.drained()
    assert handler.seen == ["a"]


async def test_another_process_that_holds_the_consumer_acts_at_once(engine: Engine, bus: Bus) -> None:
    """Also while it is in the middle of something, which must not make it forget that it was told."""
    broken, reached, go = True, asyncio.Event(), asyncio.Event()
    handler = Recorder(fail=lambda _event: broken)

    async def slow(ctx: Any, event: NoteRenamed, tx: Any, delivery: Any) -> None:
        if event.title == "slow":
            reached.set()
            await go.wait()
        await handler(ctx, event, tx, delivery)

    bus.subscribe(NAME, NoteRenamed, slow)
    await bus.start()
    await tell(engine, "a")
    await until(lambda: has_dead(engine))
    seq, broken = handler.deliveries[0].seq, False
    await tell(engine, "slow", key="other")
    await reached.wait()
    # Asked by somebody who runs no consumers, as a command does.
    await service_of(engine).retry(NAME, seq)
    await until(lambda: bus.tail.position.seq > handler.deliveries[0].seq + 1)
    go.set()
    await until(has_counted(engine, 2), seconds=3)
    assert handler.seen[-2:] == ["slow", "a"]


async def test_an_event_nobody_listens_to_any_more_does_not_end_the_consumer(
    engine: Engine, bus: Bus, log: EventsService
) -> None:
    first = Bus(engine, context_for, retry=Retry(tries=1))
    both = Recorder(fail=lambda _event: True)
    first.subscribe(NAME, NoteRenamed, both)
    await first.start()
    await tell(engine, "a")
    await until(lambda: has_dead(engine))
    await first.stop()

    heard: list[str] = []

    async def reads(_ctx: Any, _event: Any, _tx: Any, delivery: Any) -> None:
        heard.append(delivery.key)

    from modulon.core.data.tests.notes import NoteRead

    bus.subscribe(NAME, NoteRead, reads)
    await bus.start()
    await log.retry(NAME, both.deliveries[0].seq)
    await until(lambda: has_dead(engine))
    assert "does not listen to notes.renamed any more" in (await log.dead())[0].error
    await tell_read(engine, key="still here")
    await until(lambda: heard == ["still here"])


async def test_events_are_found(engine: Engine, log: EventsService) -> None:
    workspace, user = new_id(), new_id()
    ann = Principal(kind="user", subject=user, user=user, workspace=workspace)
    await tell(engine, "a", "b", key="one")
    await tell(engine, "c", key="two", principal=ann)
    await tell_read(engine, key="three")

    async def keys(**chosen: Any) -> list[str]:
        return [one.key for one in (await log.page(EventFilter(**chosen))).items]

    assert await keys() == ["three", "two", "one", "one"]
    assert await keys(types=("notes.read",)) == ["three"]
    assert await keys(types=("notes.*",), without=("notes.read", "x.*")) == ["two", "one", "one"]
    assert await keys(types=("note.*",)) == []
    assert await keys(types=("notes_%.*", "nothing")) == []
    assert await keys(key="two") == await keys(workspace=workspace) == await keys(actor=user) == ["two"]
    assert await keys(since=now()) == []
    assert await keys(until=now()) == ["three", "two", "one", "one"]
    assert await log.types() == ["notes.read", "notes.renamed"]
    by = [(one.actor, one.workspace) for one in (await log.page(EventFilter())).items]
    assert by == [(None, None), (user, workspace), (None, None), (None, None)]
    with pytest.raises(EventUnknown):
        await log.one(10**9)


async def test_pages_go_back_and_what_is_new_comes_after_the_end(engine: Engine, log: EventsService) -> None:
    await tell(engine, *"abcde")
    first = await log.page(EventFilter(), limit=2)
    assert [one.payload["title"] for one in first.items] == ["e", "d"]
    second = await log.page(EventFilter(), before=first.next, limit=3)
    assert ([one.payload["title"] for one in second.items], second.next) == (["c", "b", "a"], None)
    assert (await log.page(EventFilter(), after=first.end)).items == []
    await tell(engine, "f", "g")
    await tell_read(engine)
    later = await log.page(EventFilter(types=(NoteRenamed.type,)), after=first.end)
    assert [one.payload["title"] for one in later.items] == ["g", "f"]
    assert (await log.page(EventFilter(), after=later.end)).items == []
    for wrong in ("", "x", "1", "1.2.3", "-1.2", "9" * 30 + ".1", "٣.٣"):
        with pytest.raises(Invalid):
            await log.page(EventFilter(), before=wrong)


async def test_consumers_and_how_far_they_are(engine: Engine, log: EventsService) -> None:
    bus, handler = Bus(engine, context_for, retry=QUICK), Recorder()
    bus.subscribe(NAME, NoteRenamed, handler)
    await bus.start()
    await tell(engine, "a")
    await until(has_counted(engine, 1))
    await bus.stop()
    await tell(engine, "b", "c")
    await tell_read(engine)
    (one,) = await log.consumers()
    assert (one.name, one.module, one.types) == (NAME, "notes", (NoteRenamed.type,))
    assert (one.seq, one.lag, one.waiting, one.dead) == (handler.deliveries[0].seq, 2, 0, 0)
    (forgotten,) = await service_of(engine, ()).consumers()
    assert (forgotten.types, forgotten.lag) == ((), 0)


async def test_nobody_else_may(engine: Engine) -> None:
    user = new_id()
    member = EventsManager(engine, dict).bound(Principal(kind="user", subject=user, user=user))
    for call in (
        member.page(EventFilter()), member.one(1), member.types(), member.consumers(), member.dead(), member.waiting(),
        member.plan(NAME, 1), member.replay(NAME, 1), member.retry(NAME, 1), member.retry_all(),
        member.discard(NAME, 1), member.discard_all(),
    ):  # fmt: skip
        with pytest.raises(EventsDenied):
            await call
