"""What is done from time to time: conversations that were deleted long ago are removed for good."""

import asyncio
from datetime import timedelta
from typing import Final
from weakref import WeakKeyDictionary

from modulon.modules.chat.backend.settings import Settings
from modulon.modules.chat.backend.store import conversations as store
from modulon.sdk import Context
from modulon.sdk.node import Node
from modulon.sdk.storage import now

EVERY_SECONDS: Final = 3600.0
FIRST_SECONDS: Final = 60.0
"""Not while the server starts."""

_work: WeakKeyDictionary[Node, "asyncio.Task[None]"] = WeakKeyDictionary()


async def start_housekeeping(ctx: Context) -> None:
    """Hook: begin."""
    _work[ctx.node] = asyncio.create_task(_keep(ctx))


async def stop_housekeeping(ctx: Context) -> None:
    """Hook: end."""
    task = _work.pop(ctx.node, None)
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _keep(ctx: Context) -> None:
    await asyncio.sleep(FIRST_SECONDS)
    while True:
        try:
            await purge(ctx)
        except Exception:
            ctx.log.exception("conversations deleted long ago could not be removed")
        await asyncio.sleep(EVERY_SECONDS)


async def purge(ctx: Context) -> None:
    """Remove what was deleted longer ago than the operator keeps it, a few hundred at a time."""
    kept = timedelta(days=(await ctx.settings.read(Settings)).keep_deleted_days)
    async with ctx.db.write() as tx:
        tx.run(store.PURGE, {"before": now() - kept})
