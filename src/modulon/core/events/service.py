"""The contract's `Events`: what an administrator sees of the log and its consumers, and delivering again.

What is changed here is told by an event in the same commit: whichever process holds the consumer hears it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from modulon.core.data.engine import Engine
from modulon.core.data.tables import dead_letters, event_deliveries, events
from modulon.sdk.eventlog import (
    Change,
    ConsumerView,
    DeliveriesChanged,
    EventFilter,
    EventPage,
    LoggedEvent,
    ReplayPlan,
    Undelivered,
)
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal
from modulon.sdk.storage import Write, now

from . import store
from .cursor import EXHUME, FIND, MOVE, PARK
from .errors import (
    ChangedMeanwhile,
    ConsumerUnknown,
    EventsDenied,
    EventUnknown,
    LetterUnknown,
    OffsetOutside,
    PositionInvalid,
)
from .log import START, EventLog, Position, Record

COUNT_LIMIT: Final = 10_000
"""Counting goes so far: beyond, it matters to nobody and costs."""
AT_A_TIME: Final = 500
"""Dead letters that are tried once more by one call: half of what a consumer lets wait before it holds up the rest."""

_POSITION: Final = re.compile(r"[0-9]{1,18}\.[0-9]{1,18}")


class Listening(NamedTuple):
    """What a consumer is, from its module's index: known also while the module does not run."""

    module: str
    types: tuple[str, ...]
    serves: bool


class EventsManager:
    """Shared by all requests of this process; *listening* tells of every consumer of the modules that were found."""

    def __init__(self, engine: Engine, listening: Callable[[], Mapping[str, Listening]]) -> None:
        self.engine = engine
        self.log = EventLog(engine)
        self.listening = listening
        self.letters = store.letters(self.log.xid)

    def bound(self, principal: Principal) -> "EventsService":
        """The log as *principal* may see it."""
        return EventsService(self, principal)


class EventsService:
    """The contract's `Events` for one *principal*."""

    def __init__(self, manager: EventsManager, principal: Principal) -> None:
        self._manager = manager
        self._log = manager.log
        self._database = manager.engine.bind(principal)
        self._principal = principal

    async def page(
        self, chosen: EventFilter, *, before: str | None = None, after: str | None = None, limit: int = 100
    ) -> EventPage:
        """Events newest first, between two positions."""
        self._admit()
        conditions = _conditions(chosen)
        lower, upper = _position(after) or START, _position(before)
        end = await self._log.end()
        found = await self._log.newest(conditions, lower, upper, limit + 1)
        shown = found[:limit]
        more = str(shown[-1].position) if len(found) > limit else None
        newest = max([end, *(record.position for record in shown[:1])])  # some may have come since the end was read
        return EventPage([_logged(record) for record in shown], more, str(newest))

    async def one(self, seq: int) -> LoggedEvent:
        """One of them."""
        self._admit()
        record = await self._log.one(seq)
        if record is None:
            raise EventUnknown
        return _logged(record)

    async def types(self) -> Sequence[str]:
        """The types that stand in the log."""
        self._admit()
        return await self._log.types()

    async def consumers(self) -> Sequence[ConsumerView]:
        """Every consumer that has a place in the log."""
        self._admit()
        async with self._database.read() as db:
            cursors = await db.all(store.CURSORS)
        return [await self._view(row) for row in cursors]

    async def dead(self, consumer: str | None = None, *, limit: int = 200) -> Sequence[Undelivered]:
        """Dead letters, newest first."""
        self._admit()
        async with self._database.read() as db:
            return await db.all(store.DEAD, {"consumer": store.of(consumer), "limit": limit})

    async def waiting(self, consumer: str | None = None, *, limit: int = 200) -> Sequence[Undelivered]:
        """What is tried again by itself, in the order of the log."""
        self._admit()
        async with self._database.read() as db:
            return await db.all(store.WAITING, {"consumer": store.of(consumer), "limit": limit})

    async def plan(self, consumer: str, seq: int) -> ReplayPlan:
        """What `replay` would do."""
        return (await self._plan(consumer, seq))[0]

    async def replay(self, consumer: str, seq: int) -> ReplayPlan:
        """Deliver everything from event *seq* on again."""
        plan, start = await self._plan(consumer, seq)
        later = (*self._log.later, events.c.type.in_(sorted(self._listening(consumer).types)))
        forget = {"consumer": consumer, "xid": start.xid, "seq": start.seq}
        move = {"name": consumer, "new_xid": start.xid, "new_seq": start.seq, "at": now()}
        async with self._database.write() as tx:
            # What waits or was given up from there on comes again with the rest; it must not stand there twice.
            for table in (event_deliveries, dead_letters):
                tx.run(store.after_all_of(table, later), forget)
            tx.run(MOVE, move, expect=1, otherwise=ConsumerUnknown())
            self._tell(tx, consumer, "replay", plan.first, plan.events)
        return plan

    async def retry(self, consumer: str, seq: int) -> None:
        """Try a dead letter once more, or at once what waits for another try."""
        self._admit()
        record = await self._log.one(seq)
        if record is None:
            raise LetterUnknown
        try:
            async with self._database.write() as tx:
                self._revive(tx, store.Letter(consumer, seq, record.xid, record.key), LetterUnknown())
                self._tell(tx, consumer, "retry", seq, 1)
        except LetterUnknown:
            async with self._database.write() as tx:
                hurry = {"name": consumer, "parked_seq": seq, "at": now()}
                tx.run(store.HURRY, hurry, expect=1, otherwise=LetterUnknown())
                self._tell(tx, consumer, "retry", seq, 1)

    async def retry_all(self, consumer: str | None = None) -> int:
        """Try dead letters once more, the oldest first."""
        self._admit()
        async with self._database.read() as db:
            found = await db.all(self._manager.letters, {"consumer": store.of(consumer), "limit": AT_A_TIME})
        if found:
            async with self._database.write() as tx:
                for letter in found:
                    self._revive(tx, letter, ChangedMeanwhile())
                for name in sorted({letter.consumer for letter in found}):
                    own = [letter.seq for letter in found if letter.consumer == name]
                    self._tell(tx, name, "retry", own[0], len(own))
        return len(found)

    async def discard(self, consumer: str, seq: int) -> None:
        """Forget a dead letter; the event stays in the log."""
        self._admit()
        async with self._database.write() as tx:
            tx.run(EXHUME, {"name": consumer, "dead_seq": seq}, expect=1, otherwise=LetterUnknown())
            self._tell(tx, consumer, "discard", seq, 1)

    async def discard_all(self, consumer: str | None = None, *, until: datetime | None = None) -> int:
        """Forget dead letters that were given up by *until*."""
        self._admit()
        when = until or now()
        async with self._database.read() as db:
            found = await db.all(store.GIVEN_UP, {"consumer": store.of(consumer), "until": when})
        async with self._database.write() as tx:
            for name, first, count in found:
                discard = {"consumer": name, "until": when}
                tx.run(store.DISCARD_UNTIL, discard, expect=count, otherwise=ChangedMeanwhile())
                self._tell(tx, name, "discard", first, count)
        return sum(count for _, _, count in found)

    def _admit(self) -> None:
        if not (self._principal.admin or self._principal.kind == "system"):
            raise EventsDenied

    def _listening(self, consumer: str) -> Listening:
        known = self._manager.listening().get(consumer)
        return known or Listening(consumer.rpartition(".")[0], (), serves=False)

    async def _view(self, row: store.CursorRow) -> ConsumerView:
        known = self._listening(row.name)
        return ConsumerView(
            name=row.name,
            module=known.module,
            types=known.types,
            serves=known.serves,
            seq=row.seq,
            lag=await self._log.count(Position(row.xid, row.seq), known.types, COUNT_LIMIT) if known.types else 0,
            waiting=row.waiting,
            dead=row.dead,
            updated_at=row.updated_at,
        )

    async def _plan(self, consumer: str, seq: int) -> tuple[ReplayPlan, Position]:
        """What to deliver again, and the position before its first event."""
        self._admit()
        async with self._database.read() as db:
            there = await db.first(FIND, {"name": consumer})
        types = self._listening(consumer).types
        if there is None or not types:
            raise ConsumerUnknown
        oldest = await self._log.beginning()
        first = await self._log.at_or_after(seq) if oldest.seq <= seq <= there.seq else None
        if first is None or first.position > there:
            params = {"consumer": consumer, "first": oldest.seq, "last": there.seq}
            raise OffsetOutside(params=params, at="/seq")
        start = Position(first.xid, first.seq - 1)
        count = await self._log.count(start, types, COUNT_LIMIT)
        return ReplayPlan(consumer, first.seq, there.seq, count), start

    @staticmethod
    def _revive(tx: Write, letter: store.Letter, otherwise: LetterUnknown | ChangedMeanwhile) -> None:
        tx.run(EXHUME, {"name": letter.consumer, "dead_seq": letter.seq}, expect=1, otherwise=otherwise)
        parked = {"seq": letter.seq, "xid": letter.xid, "key": letter.key, "tries": 0, "due_at": now(), "error": ""}
        tx.run(PARK, {"consumer": letter.consumer, **parked})

    @staticmethod
    def _tell(tx: Write, consumer: str, change: Change, seq: int, count: int) -> None:
        tx.emit(DeliveriesChanged(consumer=consumer, change=change, seq=seq, count=count), key=consumer)


def _position(text: str | None) -> Position | None:
    if text is None:
        return None
    if _POSITION.fullmatch(text) is None:
        raise PositionInvalid
    return Position.parse(text)


def _conditions(chosen: EventFilter) -> list[sa.ColumnElement[bool]]:
    """What an event must meet to be one of the chosen."""
    column = events.c
    found: list[sa.ColumnElement[bool]] = []
    if chosen.types:
        found.append(_of_types(chosen.types))
    if chosen.without:
        found.append(sa.not_(_of_types(chosen.without)))
    if chosen.key is not None:
        found.append(column.key == chosen.key)
    if chosen.workspace is not None:
        found.append(column.workspace_id == chosen.workspace)
    if chosen.actor is not None:
        found.append(column.actor_id == chosen.actor)
    if chosen.since is not None:
        found.append(column.created_at >= chosen.since)
    if chosen.until is not None:
        found.append(column.created_at < chosen.until)
    return found


def _of_types(names: Iterable[str]) -> sa.ColumnElement[bool]:
    """The type is one of *names*, or begins as those do that end in `.*`."""
    exact = sorted(name for name in names if not name.endswith(".*"))
    begun = sorted(name[:-1] for name in names if name.endswith(".*"))
    kind = events.c.type
    return sa.or_(*([kind.in_(exact)] if exact else []), *(kind.startswith(one, autoescape=True) for one in begun))


def _unless_system(owner: UUID | None) -> UUID | None:
    """Rows of the system itself have an owner and a workspace like all; here there is nobody, and the whole server."""
    return None if owner == SYSTEM_WORKSPACE else owner


def _logged(record: Record) -> LoggedEvent:
    return LoggedEvent(
        seq=record.seq,
        position=str(record.position),
        type=record.type,
        version=record.version,
        key=record.key,
        payload=record.payload,
        actor=_unless_system(record.actor),
        workspace=_unless_system(record.workspace),
        trace=record.trace,
        created_at=record.created_at,
    )
