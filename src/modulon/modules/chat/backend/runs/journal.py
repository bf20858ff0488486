"""The journal: what runs say, made durable in batches, and read again by whoever was not there.

All runs of a process share one batch, at most 150 ms after an event or as soon as one run has 4 kB: the cost of a
commit is spread over every token of every answer.
"""

import asyncio
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from modulon.modules.chat.backend.contract import RunStarted
from modulon.modules.chat.backend.store import engine as store
from modulon.sdk import Context, NotFound
from modulon.sdk.storage import now

from .live import Live
from .vocabulary import Item, pack, unpack

BATCH_SECONDS: Final = 0.1
"""With the time of a commit this stays below 150 ms."""

BATCH_BYTES: Final = 4096
READ_ROWS: Final = 64


@dataclass(frozen=True, slots=True)
class Chapter:
    """Some of a journal: its items and the epoch of the last of them."""

    items: list[Item]
    epoch: int


class Journal:
    """Writes for the incarnation *me*; *ctx* is the module's own."""

    def __init__(self, ctx: Context, me: UUID) -> None:
        self._ctx = ctx
        self._me = me
        self._dirty: dict[UUID, Live] = {}
        self._begun: list[Live] = []
        self._some = asyncio.Event()
        self._enough = asyncio.Event()

    def begin(self, live: Live) -> None:
        """Note with the next batch that work on *live* has begun."""
        self._begun.append(live)
        self.mark(live)

    def mark(self, live: Live) -> None:
        """*live* has events that are not safe yet."""
        self._dirty[live.id] = live
        self._some.set()
        if live.unsafe_bytes >= BATCH_BYTES:
            self._enough.set()

    async def work(self) -> None:
        """Write batches until cancelled."""
        while True:
            await self._some.wait()
            try:
                async with asyncio.timeout(BATCH_SECONDS):
                    await self._enough.wait()
            except TimeoutError:
                pass
            self._some.clear()
            self._enough.clear()
            await self.flush()

    async def flush(self) -> None:
        """Write what is there. What could not be written is tried again with the next batch."""
        begun, self._begun = self._begun, []
        dirty, self._dirty = self._dirty, {}
        # An answer that is complete already says so in its end; its beginning needs no unit of its own.
        await asyncio.gather(*(self._start(live) for live in begun if not live.closing))
        batch = [live for live in dirty.values() if not live.closing and not live.lost]
        if not batch:
            return
        written = asyncio.get_running_loop().create_future()
        tails = [(live, self.tail(live)) for live in batch]
        for live in batch:
            live.writing = written
            live.unsafe_bytes = 0
        try:
            await self._append(tails)
        except Exception:
            self._ctx.log.warning("journal could not be written", runs=len(batch), exc_info=True)
            for live in batch:
                self.mark(live)
            await asyncio.sleep(BATCH_SECONDS)
        finally:
            for live in batch:
                live.writing = None
            written.set_result(None)

    async def settled(self, live: Live) -> None:
        """Wait until no batch with *live* is under way; none will begin once it is closing."""
        while live.writing is not None:
            await asyncio.shield(live.writing)

    def tail(self, live: Live) -> list[Item]:
        """What of *live* is not in the journal."""
        items = live.ring.after(live.journalled)
        assert items is not None  # noqa: S101 - the ring forgets only what is journalled
        return items

    def row(self, live: Live, items: list[Item]) -> dict[str, Any]:
        """The parameters of a row with *items*."""
        return {
            "run": live.id,
            "me": self._me,
            "first": items[0].seq,
            "seq": items[-1].seq,
            "epoch": live.ring.epoch,
            "body": pack(items),
        }

    async def _start(self, live: Live) -> None:
        told = live.assignment
        params = {"run": live.id, "at": now()}
        try:
            async with self._ctx.acting_as_module(told.workspace_id).db.write() as tx:
                tx.run(store.START, {**params, "me": self._me}, expect=1)
                tx.run(store.START_STEP, params)
                tx.emit(
                    RunStarted(told.conversation_id, live.id),
                    key=str(told.conversation_id),
                    on_behalf_of=told.on_behalf_of,
                )
        except NotFound:
            if not live.closing:
                live.lose()
        except Exception:
            # The run goes on: its end says the same again.
            self._ctx.log.warning("start of a run could not be noted", run=str(live.id), exc_info=True)

    async def _append(self, tails: list[tuple[Live, list[Item]]]) -> None:
        tails = [(live, items) for live, items in tails if items]
        if not tails:
            return
        try:
            async with self._ctx.db.write() as tx:
                tx.run(store.APPEND, [self.row(live, items) for live, items in tails], expect=1)
        except NotFound:
            if len(tails) == 1:
                tails[0][0].lose()
                return
            # One of them is no longer ours: find out which, the others must not suffer.
            for one in tails:
                await self._append([one])
            return
        for live, items in tails:
            live.journalled = items[-1].seq
            live.ring.forget(live.journalled)

    async def read(self, run: UUID, after: int, limit: int = READ_ROWS) -> Chapter:
        """What the journal of *run* says after *after*, up to *limit* batches of it."""
        async with self._ctx.db.read() as db:
            rows = await db.all(store.JOURNAL, {"run": run, "after": after, "limit": limit})
        items = [one for row in rows for one in unpack(row.first, row.body) if one.seq > after]
        return Chapter(items, rows[-1].epoch if rows else 0)

    async def read_all(self, run: UUID) -> list[Item]:
        """Everything the journal of *run* says."""
        items: list[Item] = []
        while more := (await self.read(run, items[-1].seq if items else 0)).items:
            items.extend(more)
        return items

    async def last_of(self, run: UUID, epoch: int) -> int:
        """The number of the last durable event of *run* in *epoch* or before."""
        async with self._ctx.db.read() as db:
            return await db.one(store.LAST_OF_EPOCH, {"run": run, "epoch": epoch})
