"""Runs that lost their process: asked again if nothing had been said, else interrupted with every word kept."""

import asyncio
from collections.abc import Callable, Collection
from uuid import UUID

from modulon.modules.chat.backend.store import engine as store
from modulon.sdk import Context, NotFound

from . import outcome
from .answer import Answer
from .execution import Execution
from .journal import Journal
from .live import Live
from .vocabulary import Item


class Recovery:
    """Takes over for this process. *adopt* begins work on a run."""

    def __init__(self, ctx: Context, journal: Journal, execution: Execution, adopt: Callable[[Live], None]) -> None:
        self._ctx = ctx
        self._journal = journal
        self._execution = execution
        self._adopt = adopt
        self._missing: set[UUID] = set()

    async def sweep(self, live: Collection[UUID]) -> None:
        """Look for unfinished runs without a living owner, *live* being those in this process."""
        async with self._ctx.db.read() as db:
            held = await db.all(store.UNFINISHED)
        gone = await self._ctx.node.gone({one.owner for one in held})
        left = [one for one in held if one.owner in gone]
        await asyncio.gather(*(self._take_over(one) for one in left))
        await self._pick_up({one.id for one in held if one.owner == self._ctx.node.incarnation} - set(live))

    async def _pick_up(self, mine: set[UUID]) -> None:
        """Begin runs that were accepted here but not begun: the request broke off between the two. One that is
        missing only once may be on its way."""
        for run in mine & self._missing:
            await self._resume(run, "")
        self._missing = mine

    async def _take_over(self, held: store.Held) -> None:
        """Make the run ours; somebody else may be quicker."""
        me = self._ctx.node.incarnation
        try:
            async with self._ctx.db.write() as tx:
                tx.run(store.TAKE_OVER, {"run": held.id, "gone": held.owner, "me": me}, expect=1)
        except NotFound:
            return
        await self._resume(held.id, held.stop)

    async def _resume(self, run: UUID, stop: str) -> None:
        """Go on where the journal ends."""
        async with self._ctx.db.read() as db:
            assignment = await db.first(store.ASSIGNMENT, {"run": run})
        if assignment is None:
            return
        items = await self._journal.read_all(run)
        live = Live(assignment, items[-1].seq if items else 0)
        live.answer = _answer(assignment, items)
        self._ctx.log.info("run taken over", run=str(run), kept=live.answer.size)
        if live.answer.parts or stop:
            live.stop = stop or "server_stopped"
            await self._execution.finish(live, outcome.of_stop(live.stop))
        else:
            self._adopt(live)


def _answer(assignment: store.Assignment, items: list[Item]) -> Answer:
    return Answer.replayed(assignment.message_id, assignment.first_index, [one.event for one in items])
