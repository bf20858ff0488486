"""Events are forgotten once they are old and nobody is still to hear them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from modulon.core.data.database import Engine
from modulon.core.data.tables import events
from modulon.core.data.tests.notes import NoteRead, NoteRenamed
from modulon.core.events import retention
from modulon.core.events.bus import Bus
from modulon.core.events.retention import Retention
from modulon.core.events.tests.helpers import SYSTEM, Recorder, counted, has_counted, has_dead, tell, tell_read, until
from modulon.sdk.storage import Time, change, now, rows

KEEP = timedelta(days=30)
_KINDS = rows(str, sa.select(events.c.type).order_by(events.c.seq), unguarded="a test")
_AGE = change(sa.update(events).values(created_at=sa.bindparam("then", type_=Time)), unguarded="a test")


async def kinds(engine: Engine) -> list[str]:
    """The types in the log, in order."""
    async with engine.bind(SYSTEM).read() as db:
        return await db.all(_KINDS)


async def age(engine: Engine) -> None:
    """Everything in the log happened long ago."""
    async with engine.bind(SYSTEM).write() as tx:
        tx.run(_AGE, {"then": now() - KEEP - timedelta(days=1)})


def keeper(engine: Engine, bus: Bus, **heard: str) -> Retention:
    """Retention where each consumer hears one type."""
    listeners = {name.replace("_", "."): [kind] for name, kind in heard.items()}
    return Retention(engine, bus.tail.log, lambda: listeners, KEEP)


async def test_what_is_old_and_handled_goes_and_what_is_new_stays(engine: Engine, bus: Bus) -> None:
    bus.subscribe("notes.count", NoteRenamed, Recorder())
    await bus.start()
    await tell(engine, "a", "b")
    await tell_read(engine)
    await until(has_counted(engine, 2))
    await age(engine)
    await tell(engine, "c")
    await until(has_counted(engine, 3))
    await keeper(engine, bus, notes_count=NoteRenamed.type).tidy()
    # What nobody listens to goes by its age alone.
    assert await kinds(engine) == [NoteRenamed.type]
    await tell(engine, "d")
    await until(has_counted(engine, 4))


async def test_what_somebody_is_still_to_hear_stays(engine: Engine, bus: Bus) -> None:
    bus.subscribe("notes.count", NoteRenamed, Recorder())
    await bus.start()
    await bus.detach("notes")
    await tell(engine, "missed")
    await tell_read(engine)
    await age(engine)
    await keeper(engine, bus, notes_count=NoteRenamed.type).tidy()
    assert await kinds(engine) == [NoteRenamed.type]
    bus.subscribe("notes.count", NoteRenamed, Recorder())
    await bus.attach()
    await until(has_counted(engine, 1))
    await keeper(engine, bus, notes_count=NoteRenamed.type).tidy()
    assert await kinds(engine) == []


async def test_a_consumer_that_no_module_has_counts_while_it_was_lately_at_work(engine: Engine, bus: Bus) -> None:
    bus.subscribe("gone.count", NoteRead, Recorder())  # type: ignore[arg-type]
    await bus.start()
    await bus.detach("gone")
    await tell_read(engine)
    await age(engine)
    await keeper(engine, bus).tidy()
    assert await kinds(engine) == [NoteRead.type]
    await Retention(engine, bus.tail.log, dict, timedelta(0)).tidy()
    assert await kinds(engine) == []


async def test_a_dead_letter_keeps_its_event(engine: Engine, bus: Bus) -> None:
    bus.subscribe("notes.count", NoteRenamed, Recorder(lambda event: event.title == "poison"))
    await bus.start()
    await tell(engine, "poison", "good", key="one")
    await until(lambda: has_dead(engine))
    await until(has_counted(engine, 1))
    await bus.drained()
    await age(engine)
    await keeper(engine, bus, notes_count=NoteRenamed.type).tidy()
    assert await kinds(engine) == [NoteRenamed.type]
    assert await counted(engine) == 1


async def test_many_go_in_batches(engine: Engine, bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 7)
    await bus.start()
    await tell(engine, *map(str, range(50)))
    await age(engine)
    await keeper(engine, bus).tidy()
    assert await kinds(engine) == []
