"""One reader of one run: it begins, is cut off and resumes, and misses nothing and sees nothing twice.

A reader is a position. What lies behind the ring comes from the journal, what lies in it from memory; whether the run
is in this process, in another one or long finished makes no other difference. Only what is journalled counts: a reader
that saw more than a later owner found in the journal gets the whole message anew.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from modulon.modules.chat.backend.schemas import MessageRead
from modulon.modules.chat.backend.service.views import whole_message
from modulon.modules.chat.backend.store import engine as journal_store
from modulon.modules.chat.backend.store import runs as store
from modulon.sdk import Context, Problem

from .answer import Answer
from .engine import RunEngine
from .vocabulary import Item, RunEnded, frame, frames, item, reset_frame, unpack

HEARTBEAT_SECONDS: Final = 15.0
CHECK_SECONDS: Final = 0.75
"""How often it is checked that the reader may still read."""

FOLLOW_SECONDS: Final = 0.05
"""How often the journal is read for a run that another process works on."""

FEW: Final = 4
"""Up to so many items are sent as they are and share their encoding; more are joined."""

ALL_ROWS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader says it has come."""

    epoch: int
    seq: int


class Follower:
    """Sends the events of *run* with *write*, which takes as long as the reader does."""

    def __init__(
        self, ctx: Context, engine: RunEngine, run: store.RunRow, write: Callable[[bytes], Awaitable[None]]
    ) -> None:
        self._ctx = ctx
        self._engine = engine
        self._journal = engine.journal
        self._run = run
        self._send = write
        self._ring = engine.ring(run.id)
        self._epoch = run.stream_epoch if self._ring is None else self._ring.epoch
        self._seq = 0
        self._over = False
        self._time = asyncio.get_running_loop().time
        self._sent_at = self._checked_at = self._time()

    def leave(self) -> None:
        """The reader has gone."""
        self._over = True
        if self._ring is not None:
            self._ring.wake()

    async def follow(self, position: Position | None) -> None:
        """Send everything after *position* until the run ends, the reader leaves, or may no longer read."""
        if position is not None:
            await self._resume(position)
        while not self._over:
            if self._time() - self._checked_at >= CHECK_SECONDS:
                await self._check()
                continue
            items = await self._next()
            if items:
                await self._send_items(items)
            elif not self._over and not await self._finished():
                await self._wait()

    async def _resume(self, position: Position) -> None:
        """Go on at *position* if everything up to there was, or will be, in the journal; else reset."""
        if position.epoch == self._epoch:
            known = await self._known(position.seq)
        else:
            known = 0 < position.epoch < self._epoch and position.seq <= await self._durable(position.epoch)
        if known:
            self._seq = position.seq
        else:
            await self._reset()

    async def _known(self, seq: int) -> bool:
        if self._ring is not None:
            return seq <= self._ring.last
        # The owner, another process, is ahead of its journal: what the reader saw of it will arrive.
        return self._run.finished_at is None or seq <= await self._durable(self._epoch)

    async def _durable(self, epoch: int) -> int:
        """The last number that *epoch* made durable; 0 if nothing is known of it any more."""
        return await self._journal.last_of(self._run.id, epoch)

    async def _next(self) -> list[Item]:
        """The items that follow, as far as they are at hand."""
        if self._ring is not None:
            items = self._ring.after(self._seq)
            if items is not None:
                return items
        chapter = await self._journal.read(self._run.id, self._seq)
        if chapter.epoch > self._epoch and not await self._cross(chapter.epoch):
            return []
        return chapter.items

    async def _cross(self, epoch: int) -> bool:
        """Another process took over in *epoch*: whether this reader saw only what it found. Else reset."""
        durable = await self._durable(self._epoch)
        self._epoch = epoch
        if self._seq <= durable:
            return True
        await self._reset()
        return False

    async def _send_items(self, items: list[Item]) -> None:
        self._seq = items[-1].seq
        if len(items) == 1:
            await self._write(frame(self._epoch, items[0]))
        elif len(items) <= FEW:
            await self._write(b"".join([frame(self._epoch, one) for one in items]))
        else:
            await self._write(frames(self._epoch, items))
        self._over = self._over or isinstance(items[-1].event, RunEnded)

    async def _finished(self) -> bool:
        """Whether nothing follows any more; says the end to a reader that has not heard it."""
        if self._ring is not None:
            # The end comes with the ring's last item. Without it this process lost the run: the reader comes back.
            self._over = self._ring.ended and self._seq == self._ring.last
        elif self._run.finished_at is not None:
            if self._seq == 0:
                await self._reset()
            else:
                await self._end(await self._message_now(), self._seq)
        return self._over

    async def _reset(self) -> None:
        """Send the whole durable message and go on behind it."""
        async with self._ctx.db.read() as db:
            rows = await db.all(journal_store.JOURNAL, {"run": self._run.id, "after": 0, "limit": ALL_ROWS})
            message = await whole_message(db, self._run.message_id)
        items = [one for row in rows for one in unpack(row.first, row.body)]
        if items and isinstance(items[-1].event, RunEnded):
            items.pop()  # it is said by itself, under its own number: readers drop what has a number they have seen
        self._seq = items[-1].seq if items else 0
        if message.status == "streaming" and message.run_id == self._run.id:
            brought = Answer.replayed(message.id, len(message.parts), [one.event for one in items])
            message = replace(message, parts=(*message.parts, *(row.read() for row in brought.rows())))
            await self._write(reset_frame(self._epoch, self._seq, message))
            return
        await self._write(reset_frame(self._epoch, self._seq, message))
        await self._end(message, self._seq + 1)

    async def _end(self, message: MessageRead, number: int) -> None:
        """Say that the run has ended, as its row tells."""
        async with self._ctx.db.read() as db:
            run = (await db.one(store.READ, {"id": self._run.id})).read()
        await self._write(frame(self._epoch, item(number, RunEnded(run, message.status, run.error))))
        self._over = True

    async def _message_now(self) -> MessageRead:
        async with self._ctx.db.read() as db:
            return await whole_message(db, self._run.message_id)

    async def _wait(self) -> None:
        """Wait for more, for the next check, or for the reader to leave."""
        if self._ring is not None:
            await self._ring.changed()
        else:
            await asyncio.sleep(FOLLOW_SECONDS)
        if self._time() - self._sent_at >= HEARTBEAT_SECONDS:
            await self._write(b": alive\n\n")

    async def _write(self, body: bytes) -> None:
        self._sent_at = self._time()
        await self._send(body)

    async def _check(self) -> None:
        """Look whether the reader's rights of now still reach the run (deleted counts as no), and who owns it."""
        self._checked_at = self._time()
        if self._engine.drained:
            self._over = True  # the reader comes back, to a process that will live
            return
        principal = self._ctx.principal
        try:
            if principal.user is None or principal.workspace is None:
                raise Problem
            ctx = await self._ctx.on_behalf_of(principal.user, principal.workspace)
            async with ctx.db.read() as db:
                self._run = await db.one(store.READ, {"id": self._run.id})
        except Problem:
            self._over = True
            return
        if self._ring is None and self._run.stream_epoch > self._epoch:
            await self._cross(self._run.stream_epoch)
