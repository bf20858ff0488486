"""The run engine of one process: starts runs, stops them, takes over those of processes that are gone."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final
from uuid import UUID
from weakref import WeakKeyDictionary

from modulon.modules.chat.backend.settings import Settings
from modulon.modules.chat.backend.store import engine as store
from modulon.modules.chat.backend.store.engine import Assignment
from modulon.modules.chat.backend.store.runs import RunRow
from modulon.sdk import Context, Unavailable
from modulon.sdk.identity import Principal
from modulon.sdk.inference import ModelMessage
from modulon.sdk.node import Node
from modulon.sdk.storage import now

from .execution import Execution
from .journal import Journal
from .live import Live
from .recovery import Recovery
from .ring import Ring

CONTROL_SECONDS: Final = 0.075
"""How often an owner looks whether another process wants one of its runs stopped."""

TICK_SECONDS: Final = 0.25
"""How often followers look whether they may still read, and whether it is time for a heartbeat."""

MISS_SECONDS: Final = 0.5
"""How often an owner looks whether its runs are still there: with their person they are deleted by any process."""

SWEEP_SECONDS: Final = 2.0
PRUNE_SECONDS: Final = 60.0
JOURNAL_KEPT: Final = timedelta(minutes=15)
"""How long a finished run's events can be replayed; after that its message is sent whole."""

_engines: WeakKeyDictionary[Node, "RunEngine"] = WeakKeyDictionary()


def engine_of(ctx: Context) -> "RunEngine":
    """The engine of the process *ctx* belongs to; `Unavailable` before it runs and after it has stopped."""
    engine = _engines.get(ctx.node)
    if engine is None:
        raise Unavailable
    return engine


async def start_engine(ctx: Context) -> None:
    """Hook: build the engine of this process and take up what others left."""
    engine = _engines[ctx.node] = RunEngine(ctx, await ctx.settings.read(Settings))
    engine.start_work()


async def adjust_engine(ctx: Context) -> None:
    """Hook: other limits count from now on."""
    engine = _engines.get(ctx.node)
    if engine is not None:
        engine.adjust(await ctx.settings.read(Settings))


async def drain_engine(ctx: Context) -> None:
    """Hook: let running answers finish for a little, interrupt the rest."""
    engine = _engines.get(ctx.node)
    if engine is not None:
        await engine.drain()


async def stop_engine(ctx: Context) -> None:
    """Hook: end the engine."""
    await drain_engine(ctx)
    _engines.pop(ctx.node, None)


class RunEngine:
    """Owns the live runs of this process. *ctx* is the module's own context."""

    def __init__(self, ctx: Context, settings: Settings) -> None:
        self.me = ctx.node.incarnation
        self.journal = Journal(ctx, self.me)
        self._ctx = ctx
        self._settings = settings
        self._execution = Execution(ctx, self.journal, settings)
        self._recovery = Recovery(ctx, self.journal, self._execution, self._adopt)
        self._live: dict[UUID, Live] = {}
        self._work: list[asyncio.Task[None]] = []
        self._draining = False
        self.drained = False
        """All runs of this process have ended: readers had better go to another one."""

    def start_work(self) -> None:
        """Begin the background work."""
        self._work = [
            asyncio.create_task(self.journal.work()),
            asyncio.create_task(self._every(CONTROL_SECONDS, self._heed_others)),
            asyncio.create_task(self._every(TICK_SECONDS, self._tick)),
            asyncio.create_task(self._every(MISS_SECONDS, self._miss_deleted)),
            asyncio.create_task(self._every(SWEEP_SECONDS, self._sweep)),
            asyncio.create_task(self._every(PRUNE_SECONDS, self._prune)),
        ]

    def start(self, assignment: Assignment, history: list[ModelMessage] | None = None) -> None:
        """Work on a run that was just accepted here; *history* is what the model is told, if that is known already.
        While draining it waits for the next process instead."""
        if not self._draining:
            self._adopt(Live(assignment, history=history))

    def interrupt(self, run: UUID, reason: str) -> bool:
        """Stop *run* because of *reason*; whether it is in this process."""
        live = self._live.get(run)
        if live is not None:
            live.interrupt(reason)
        return live is not None

    @property
    def busy(self) -> bool:
        """Whether answers are being written in this process."""
        return bool(self._live)

    def stop_in(self, conversation: UUID) -> None:
        """The conversation was deleted and may be restored: end its runs in good order."""
        for live in tuple(self._live.values()):
            if live.assignment.conversation_id == conversation:
                live.interrupt("cancelled")

    def drop(self, conversation: UUID) -> None:
        """The conversation is gone for ever: end its runs without a trace."""
        for live in tuple(self._live.values()):
            if live.assignment.conversation_id == conversation:
                live.lose()

    def begun_by(self, principal: Principal, run: UUID) -> RunRow | None:
        """The row of *run* if it is in this process on behalf of *principal*, in the same workspace.

        Who begins a run may follow it: that was checked when it was accepted, in the database, and is again while it
        is followed. It saves the most frequent reader a query.
        """
        live = self._live.get(run)
        if live is None or live.lost:
            return None
        told = live.assignment
        mine = (told.on_behalf_of, told.workspace_id) == (principal.user, principal.workspace)
        return live.row() if mine else None

    def ring(self, run: UUID) -> Ring | None:
        """The ring of *run*, if it is in this process."""
        live = self._live.get(run)
        return live.ring if live is not None else None

    async def ended(self, run: UUID, seconds: float) -> None:
        """Wait until *run* has ended in this process, at most *seconds*."""
        live = self._live.get(run)
        if live is not None and live.task is not None:
            await asyncio.wait([live.task], timeout=seconds)

    def adjust(self, settings: Settings) -> None:
        """Let other limits count, for answers that begin from now on."""
        self._settings = settings
        self._execution.adjust(settings)

    async def drain(self) -> None:
        """Take nothing new; give running answers their time, interrupt the rest, write everything down."""
        self._draining = True
        tasks = [live.task for live in self._live.values() if live.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=self._settings.drain_seconds)
        for live in tuple(self._live.values()):
            live.interrupt("server_stopped")
        if tasks:
            await asyncio.wait(tasks, timeout=5)
        self.drained = True
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    def _adopt(self, live: Live) -> None:
        """Carry out *live* in a task of its own."""
        if live.id in self._live:
            return
        self._live[live.id] = live
        live.task = asyncio.create_task(self._execution.carry_out(live))
        live.task.add_done_callback(lambda task: self._ended(live, task))

    def _ended(self, live: Live, task: "asyncio.Task[None]") -> None:
        self._live.pop(live.id, None)
        live.ring.end()
        if not task.cancelled() and (error := task.exception()) is not None:
            self._ctx.log.error("run broke off", run=str(live.id), error=repr(error))

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except Exception:
                self._ctx.log.warning("background work failed", work=work.__name__, exc_info=True)
            await asyncio.sleep(seconds)

    async def _heed_others(self) -> None:
        """Stop what another process, or a suspension, asks to stop."""
        if not self._live:
            return
        async with self._ctx.db.read() as db:
            asked = await db.all(store.TO_STOP, {"me": self.me})
        for held in asked:
            self.interrupt(held.id, held.stop)

    async def _miss_deleted(self) -> None:
        """End the work on runs whose rows are gone: nobody may be asked anything for them any more."""
        known = tuple(self._live.values())
        if not known:
            return
        async with self._ctx.db.read() as db:
            mine = set(await db.all(store.MINE, {"me": self.me}))
        for live in known:
            # One that is ending may have its last row written already.
            if live.id not in mine and not live.closing:
                live.lose()

    async def _tick(self) -> None:
        for live in self._live.values():
            live.ring.wake()

    async def _sweep(self) -> None:
        if not self._draining:
            await self._recovery.sweep(self._live.keys())

    async def _prune(self) -> None:
        """Delete journals that nobody resumes from any more."""
        before = now() - JOURNAL_KEPT
        async with self._ctx.db.write() as tx:
            tx.run(store.PRUNE, {"before": before})
