"""Runs: read, stop."""

from uuid import UUID

from modulon.modules.chat.backend.errors import RunUnknown
from modulon.modules.chat.backend.runs.engine import engine_of
from modulon.modules.chat.backend.schemas import RunRead
from modulon.modules.chat.backend.store import runs as store
from modulon.sdk import Context, Denied, NotFound

STOP_SECONDS = 2.0
"""How long a stop waits for the end to be written down before it answers with what is so far."""


async def read_run(ctx: Context, run_id: UUID) -> RunRead:
    """One run."""
    async with ctx.db.read() as db:
        found = await db.first(store.READ, {"id": run_id})
    if found is None:
        raise RunUnknown
    return found.read()


async def stop_run(ctx: Context, run_id: UUID) -> RunRead:
    """Stop a run. Its provider hears of it at once if the run is in this process, else within 100 ms.

    A run that has ended stays as it is; who may only read gets `Denied`. All text that arrived is kept.
    """
    run = await read_run(ctx, run_id)
    if run.finished_at is not None:
        return run
    try:
        async with ctx.db.write() as tx:
            tx.run(store.ASK_TO_STOP, {"id": run_id, "reason": "cancelled"}, expect=1)
    except NotFound:
        run = await read_run(ctx, run_id)
        if run.finished_at is None:
            raise Denied from None
        return run
    engine = engine_of(ctx)
    if engine.interrupt(run_id, "cancelled"):
        await engine.ended(run_id, STOP_SECONDS)
    return await read_run(ctx, run_id)
