"""The work of one run: ask the model, keep what it says, write down the end."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from modulon.modules.chat.backend import errors
from modulon.modules.chat.backend.contract import RunFinished
from modulon.modules.chat.backend.settings import Settings
from modulon.modules.chat.backend.store import engine as store
from modulon.modules.chat.backend.store import messages as tree
from modulon.modules.providers.backend.contract import ModelsService, Patience
from modulon.sdk import Context, Denied, NotFound, Problem
from modulon.sdk.inference import ModelDelta, ModelFailed, Usage
from modulon.sdk.storage import now

from . import outcome
from .answer import Answer
from .journal import Journal
from .live import Live
from .outcome import Outcome
from .prompt import prompt
from .vocabulary import RunBegan, RunEnded, item

PERSISTENCE_SECONDS: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Waits between attempts to write an end down; the last one again and again."""


class Execution:
    """Carries out runs. *ctx* is the module's own; each run acts on behalf of its person."""

    def __init__(self, ctx: Context, journal: Journal, settings: Settings) -> None:
        self._ctx = ctx
        self._journal = journal
        self._settings = settings
        self._places = asyncio.Semaphore(settings.max_parallel)

    def adjust(self, settings: Settings) -> None:
        """Let other limits count, for answers that begin from now on."""
        if settings.max_parallel != self._settings.max_parallel:
            self._places = asyncio.Semaphore(settings.max_parallel)
        self._settings = settings

    async def carry_out(self, live: Live) -> None:
        """From the first question to the durable end; returns early if the run is lost to another process."""
        try:
            end = await self._answered(live)
        except asyncio.CancelledError:
            if live.lost or not live.stop:
                raise
            _forget_cancellation()
            if live.stop == "server_stopped" and not live.answer.parts:
                live.lose()  # nothing was said yet: whoever starts next asks the model anew
                return
            end = outcome.of_stop(live.stop)
        await self.finish(live, end)

    async def finish(self, live: Live, end: Outcome) -> None:
        """Write the end down, whatever it takes: text that arrived must not be lost to a busy database."""
        live.closing = True
        live.add(live.answer.close())
        if end.fault is not None:
            live.add(live.answer.add_error(end.fault))
        await self._journal.settled(live)
        attempt = 0
        while not live.lost:
            try:
                await self._write_end(live, end)
                return
            except NotFound:
                live.lose()
            except Problem:
                self._ctx.log.warning("end of a run could not be written", run=str(live.id), exc_info=True)
                await asyncio.sleep(PERSISTENCE_SECONDS[min(attempt, len(PERSISTENCE_SECONDS) - 1)])
                attempt += 1

    async def _answered(self, live: Live) -> Outcome:
        """The run's end, unless it is cancelled."""
        try:
            async with self._places, asyncio.timeout(self._settings.max_seconds):
                live.add([RunBegan(live.read("running"))])
                self._journal.begin(live)
                await self._ask(live)
            return outcome.of_answer(live.answer)
        except TimeoutError:
            return outcome.of_limit(errors.TimeLimit())
        except errors.SizeLimit as problem:
            return outcome.of_limit(problem)
        except errors.OwnerSuspended:
            return outcome.of_stop("owner_suspended")
        except Problem as problem:
            return outcome.of_problem(problem, live.answer)
        except Exception:
            self._ctx.log.exception("run failed", run=str(live.id))
            return outcome.of_problem(errors.RunFailed(), live.answer)

    async def _ask(self, live: Live) -> None:
        """Ask until an answer has begun; only one without any delta is asked for again."""
        patience = Patience()
        while True:
            try:
                await self._stream(live)
                return
            except ModelFailed as failure:
                if live.answer.parts or not await patience.waits(self._ctx, failure, run=str(live.id)):
                    raise

    async def _stream(self, live: Live) -> None:
        task = live.assignment
        # Rights are those of now, not of when the message was sent.
        try:
            ctx = await self._ctx.on_behalf_of(task.on_behalf_of, task.workspace_id)
        except Denied as problem:
            raise errors.OwnerSuspended from problem
        models = ctx.use(ModelsService)
        try:
            model = await models.resolve(task.model)
        except NotFound as problem:
            raise errors.ModelUnknown from problem
        live.answer.price = model.price
        request = await prompt(ctx, task, model.context_window, live.history)
        await self._take(live, models.stream(model, request))

    async def _take(self, live: Live, batches: AsyncGenerator[Sequence[ModelDelta]]) -> None:
        answer, limit = live.answer, self._settings.max_characters
        async with aclosing(batches) as stream:
            async for batch in stream:
                events = answer.take(batch)
                if events:
                    live.add(events)
                    self._journal.mark(live)
                if answer.size > limit:
                    raise errors.SizeLimit

    async def _write_end(self, live: Live, end: Outcome) -> None:
        task, answer = live.assignment, live.answer
        at = now()
        ended = RunEnded(replace(live.read(end.state, end.fault), finished_at=at), end.status, end.fault)
        items = [*self._journal.tail(live), item(live.ring.last + 1, ended)]
        counted = _counted(answer)
        of_run = {"run": live.id, "to_state": end.state, "at": at}
        async with self._ctx.acting_as_module(task.workspace_id).db.write() as tx:
            row = self._journal.row(live, items)
            tx.run(store.APPEND, row, expect=1)
            fault = None if end.fault is None else {"code": end.fault.code, "detail": end.fault.detail}
            tx.run(store.FINISH, {**of_run, **counted, "me": row["me"], "fault": fault}, expect=1)
            tx.run(store.FINISH_STEP, of_run)
            tx.run(store.FINISH_MESSAGE, {"message": task.message_id, "to_status": end.status, **counted}, expect=1)
            tx.run(
                tree.ADD_PART,
                [
                    {"id": p.id, "message_id": task.message_id, "index": p.index, "type": p.type, "content": p.content}
                    for p in answer.rows()
                ],
            )
            tx.emit(_fact(live, end), key=str(task.conversation_id), on_behalf_of=task.on_behalf_of)
        live.add([ended])
        live.ring.end()


def _fact(live: Live, end: Outcome) -> RunFinished:
    """What the log is told of the end."""
    task, usage = live.assignment, live.answer.usage or Usage()
    return RunFinished(
        task.conversation_id,
        task.message_id,
        live.id,
        end.state,
        task.model,
        usage.input_tokens,
        usage.output_tokens,
    )


def _counted(answer: Answer) -> dict[str, int | str | None]:
    """The figures of the run's end: what the provider counted, at the price it was asked for."""
    usage, cost = answer.usage, answer.cost
    return {
        "read": usage and usage.input_tokens,
        "written": usage and usage.output_tokens,
        "spent": cost and cost.micros,
        "money": cost and cost.currency,
    }


def _forget_cancellation() -> None:
    """The cancellation was ours and has been heeded; what follows must run to its end."""
    task = asyncio.current_task()
    while task is not None and task.cancelling():
        task.uncancel()
