"""One consumer: it handles events one after another and keeps its place in the same commits.

A failed event is parked with a time to try it again; later events of its key queue up behind it, all others go on.
After the last try it becomes a dead letter, and its key moves on.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
import structlog

from modulon.core.data.actor import Actor
from modulon.core.data.engine import Engine
from modulon.core.data.handles import WriteHandle
from modulon.sdk.context import Context
from modulon.sdk.errors import Conflict, Problem, StorageFull, Unavailable
from modulon.sdk.events import Delivery, Event, EventHandler
from modulon.sdk.storage import Write, now

from .cursor import CREATE, FIND, LEASE_SECONDS, MAX_PARKED, PARKED, RELEASE, TAKE, Cursor, Overtaken, Parked
from .log import READER, EventLog, Position, Record

ContextFor = Callable[[str, UUID | None], Context]
Subscription = tuple[type[Event], EventHandler[Any]]

IDLE_SECONDS: Final = 30.0
TROUBLE_SECONDS: Final = 1.0
ERROR_LENGTH: Final = 500

_log: Final = structlog.get_logger("modulon.events")


@dataclass(frozen=True, slots=True)
class Retry:
    """How often an event is tried, and how long to wait in between: doubled or more each time, with jitter.

    *handler_seconds* is how long a handler may run.
    """

    tries: int = 6
    first_seconds: float = 1.0
    factor: float = 4.0
    longest_seconds: float = 300.0
    handler_seconds: float = 60.0

    def due(self, tries: int) -> datetime:
        """When to try again after *tries* failures."""
        delay = min(self.first_seconds * self.factor ** (tries - 1), self.longest_seconds)
        return now() + timedelta(seconds=delay * random.uniform(0.8, 1.2))  # noqa: S311 - spreads retries, no secret


class _Failed(Exception):
    """The handler failed, or what it wrote was refused."""


class Consumer:
    """Handles the events of its subscriptions in this process while it holds the cursor."""

    def __init__(
        self,
        name: str,
        subscriptions: Mapping[str, Subscription],
        engine: Engine,
        log: EventLog,
        context_for: ContextFor,
        me: str,
        retry: Retry,
    ) -> None:
        self.name: Final = name
        self.types: Final = frozenset(subscriptions)
        self._module = name.rpartition(".")[0]
        self._subscriptions = subscriptions
        self._engine = engine
        self._database = engine.bind(READER)
        self._log = log
        self._context_for = context_for
        self._cursor = Cursor(name, me)
        self._retry = retry
        self._statement = log.of_types(self.types)
        self._position: Position | None = None
        self._held_until = 0.0
        self._stale = False
        self._parked: dict[int, Parked] = {}
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    def reload(self) -> None:
        """Somebody changed the cursor or what is parked: look again, after what is under way."""
        self._stale = True
        self._wake.set()

    async def create(self, position: Position) -> None:
        """Make the cursor at *position* if there is none: a new consumer hears what happens from now on."""
        async with self._database.read() as db:
            if await db.first(FIND, {"name": self.name}) is not None:
                return
        values = {"consumer": self.name, "xid": position.xid, "seq": position.seq, "holder": ""}
        try:
            async with self._database.write() as tx:
                tx.run(CREATE, {**values, "held_until": now(), "updated_at": now()})
        except Conflict:
            return  # another process was faster

    async def caught_up(self) -> bool:
        """Whether everything in the log has been handled and nothing waits for another try."""
        async with self._database.read() as db:
            known = await db.one(FIND, {"name": self.name})
            waiting = await db.first(PARKED, {"name": self.name})
        return waiting is None and not await self._log.after(known, self._statement)

    async def run(self) -> None:
        """Handle events until cancelled."""
        while True:
            self._wake.clear()
            try:
                await self._work()
                pause = self._pause()
            except Overtaken:
                pause = LEASE_SECONDS
                self._held_until = 0.0
            except Problem as problem:
                _log.warning("consumer_paused", consumer=self.name, code=problem.code)
                pause = TROUBLE_SECONDS
                self._held_until = 0.0
            await self._sleep(pause)

    async def release(self) -> None:
        """Let another process go on at once."""
        if self._holds():
            async with self._database.write() as tx:
                tx.run(RELEASE, {"name": self.name, "me": self._cursor.me})

    async def _work(self) -> None:
        """Handle everything there is: what is due again, then what is new."""
        while True:
            if not self._holds() and not await self._take():
                return
            worked = await self._handle_due()
            worked = await self._handle_new() or worked
            if not worked:
                return

    def _holds(self) -> bool:
        """Whether the lease is surely ours, and with it what we remember of the cursor."""
        return not self._stale and asyncio.get_running_loop().time() < self._held_until

    def _renewed(self) -> None:
        self._held_until = asyncio.get_running_loop().time() + LEASE_SECONDS / 2

    async def _take(self) -> bool:
        """Become the holder, unless another process is, and learn where things stand."""
        self._stale, self._held_until = False, 0.0
        async with self._database.read() as db:
            known = await db.one(FIND, {"name": self.name})
            waiting = await db.first(PARKED, {"name": self.name})
        if waiting is None and not await self._log.after(known, self._statement):
            return False  # nothing to do: no reason to write
        async with self._database.write() as tx:
            tx.run(TAKE, {"name": self.name, "me": self._cursor.me}, expect=1, otherwise=Overtaken())
        async with self._database.read() as db:
            self._position = await db.one(FIND, {"name": self.name})
            self._parked = {parked.seq: parked for parked in await db.all(PARKED, {"name": self.name})}
        self._renewed()
        return True

    def _pause(self) -> float:
        """Seconds until something is due again."""
        heads = self._heads()
        if not heads:
            return IDLE_SECONDS
        return max((min(parked.due_at for parked in heads) - now()).total_seconds(), 0.0)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(min(seconds, IDLE_SECONDS)):
                await self._wake.wait()
        except TimeoutError:
            return

    def _heads(self) -> list[Parked]:
        """The first parked event of each key: the only ones that may be tried."""
        heads: dict[str, Parked] = {}
        for parked in self._parked.values():
            heads.setdefault(parked.key, parked)
        return list(heads.values())

    async def _handle_due(self) -> bool:
        due = [parked for parked in self._heads() if parked.due_at <= now()]
        for parked in due:
            record = await self._log.one(parked.seq)
            if record is None:
                await self._give_up(parked, parked.tries, "the event is not kept any more")
                continue
            if record.type not in self.types:
                await self._give_up(parked, parked.tries, f"{self._module} does not listen to {record.type} any more")
                continue
            try:
                await self._deliver(record, lambda tx, parked=parked: self._cursor.unpark(tx, parked))
                del self._parked[parked.seq]
            except _Failed as failure:
                await self._failed_again(parked, str(failure))
        return bool(due)

    async def _failed_again(self, parked: Parked, error: str) -> None:
        tries = parked.tries + 1
        if tries >= self._retry.tries:
            await self._give_up(parked, tries, error)
            return
        async with self._database.write() as tx:
            self._cursor.keep(tx)
            postponed = self._cursor.postpone(tx, parked, tries, self._retry.due(tries), error)
        self._parked[parked.seq] = postponed

    async def _give_up(self, parked: Parked, tries: int, error: str) -> None:
        _log.error("event_given_up", consumer=self.name, seq=parked.seq, tries=tries, error=error)
        async with self._database.write() as tx:
            self._cursor.keep(tx)
            self._cursor.unpark(tx, parked)
            self._cursor.bury(tx, parked.seq, tries, error)
        del self._parked[parked.seq]

    async def _handle_new(self) -> bool:
        if self._position is None or len(self._parked) >= MAX_PARKED:
            return False
        records = await self._log.after(self._position, self._statement)
        for record in records:
            await self._handle(record, self._position)
            self._position = record.position
            self._renewed()
            if len(self._parked) >= MAX_PARKED:
                break
        return bool(records)

    async def _handle(self, record: Record, old: Position) -> None:
        """Handle *record*, or park it if it fails or its key waits."""
        if any(parked.key == record.key for parked in self._parked.values()):
            await self._park(record, old, 0, now(), "")
            return
        try:
            await self._deliver(record, lambda tx: self._cursor.advance(tx, old, record.position))
        except _Failed as failure:
            await self._park(record, old, 1, self._retry.due(1), str(failure))

    async def _park(self, record: Record, old: Position, tries: int, due_at: datetime, error: str) -> None:
        async with self._database.write() as tx:
            self._cursor.advance(tx, old, record.position)
            parked = self._cursor.park(tx, record, tries, due_at, error)
        self._parked[record.seq] = parked

    async def _deliver(self, record: Record, settle: Callable[[Write], None]) -> None:
        """Run the handler and commit its writes together with *settle*. Raises `_Failed` if that is its fault."""
        kind, handler = self._subscriptions[record.type]
        context = self._context_for(self._module, record.workspace)
        tx = WriteHandle(self._engine, Actor(context.principal, record.trace), strict=False)
        delivery = Delivery(
            f"{self.name}/{record.seq}", record.seq, record.key, record.workspace, record.actor, record.created_at
        )
        try:
            await self._run(handler, context, kind, record, tx, delivery)
            settle(tx)
            await _blaming(tx.finish())
        except BaseException:
            tx.abandon()
            raise

    async def _run(
        self,
        handler: EventHandler[Any],
        context: Context,
        kind: type[Event],
        record: Record,
        tx: Write,
        delivery: Delivery,
    ) -> None:
        try:
            event = msgspec.convert(record.payload, kind)
            async with asyncio.timeout(self._retry.handler_seconds):
                await handler(context, event, tx, delivery)
        except Exception as error:
            _log.warning("event_failed", consumer=self.name, seq=record.seq, exc_info=error)
            raise _Failed(f"{type(error).__name__}: {error}"[:ERROR_LENGTH]) from error


async def _blaming(finish: Awaitable[None]) -> None:
    """Tell the handler's faults from the database's: only the former count as a try."""
    try:
        await finish
    except (Overtaken, Unavailable, StorageFull):
        raise
    except Exception as error:
        raise _Failed(f"{type(error).__name__}: {error}"[:ERROR_LENGTH]) from error
