"""Puts titles and messages into the index of words: soon after they are written, not while they are.

Accepting a message and writing down an answer must cost nothing more for it. What is not in the index yet is marked,
so that a killed process, another one, or what was there before there was an index are one and the same case.
"""

import asyncio
import hashlib
from itertools import groupby
from typing import Final
from uuid import UUID
from weakref import WeakKeyDictionary

from modulon.modules.chat.backend.runs.engine import engine_of
from modulon.modules.chat.backend.store import search as store
from modulon.sdk import Context, Problem, Write
from modulon.sdk.node import Node
from modulon.sdk.storage.search import fold

TICK_SECONDS: Final = 0.75
BATCH: Final = 32
"""Messages in one unit: others who write wait no longer than for a few milliseconds."""

_work: WeakKeyDictionary[Node, "asyncio.Task[None]"] = WeakKeyDictionary()


def scope_of(owner: UUID, workspace: UUID) -> str:
    """The word that marks a person's rows of one workspace: a search reads past nobody else's."""
    return "o" + hashlib.sha256(owner.bytes + workspace.bytes).hexdigest()[:20]


async def start_indexing(ctx: Context) -> None:
    """Hook: keep the index in this process."""
    _work[ctx.node] = asyncio.create_task(_keep(ctx))


async def stop_indexing(ctx: Context) -> None:
    """Hook: end it; the next process goes on."""
    task = _work.pop(ctx.node, None)
    if task is not None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _keep(ctx: Context) -> None:
    while True:
        try:
            # While answers are being written one batch at a time has to do.
            more = True
            while more:
                more = await index_some(ctx) and not engine_of(ctx).busy
        except Problem:
            ctx.log.debug("another process was quicker")
        except Exception:
            ctx.log.exception("the index of words could not be kept")
        await asyncio.sleep(TICK_SECONDS)


async def index_all(ctx: Context) -> None:
    """Until nothing is left; for tests and for after an import."""
    while await index_some(ctx):
        pass


async def index_some(ctx: Context) -> bool:
    """One batch; whether there may be more."""
    async with ctx.db.read() as db:
        titles = await db.all(store.UNREAD_TITLES, {"limit": BATCH})
        found = await db.all(store.UNREAD, {"limit": BATCH})
    messages = [list(rows) for _, rows in groupby(found, key=lambda row: row.message_id)]
    if not titles and not messages:
        return False
    async with ctx.db.write() as tx:
        for one in titles:
            tx.run(store.READ_TITLE, {"conversation": one.conversation_id, "as_read": one.title}, expect=1)
            tx.run(store.FORGET_TITLE, {"conversation": one.conversation_id})
            words = fold(one.title, scope_of(one.owner_id, one.workspace_id))
            tx.run(store.ADD, {"conversation": one.conversation_id, "message": None, "words": words})
        for rows in messages:
            _index(tx, rows)
    return len(titles) == BATCH or len(messages) == BATCH


def _index(tx: Write, rows: list[store.Unread]) -> None:
    """One message: all of its texts are one row."""
    one = rows[0]
    text = "\n".join(row.content["text"] for row in rows if row.content is not None)
    tx.run(store.READ, {"message": one.message_id}, expect=1)
    tx.run(store.FORGET, {"message": one.message_id, "conversation": one.conversation_id})
    if text:
        words = fold(text, scope_of(one.owner_id, one.workspace_id))
        tx.run(store.ADD, {"conversation": one.conversation_id, "message": one.message_id, "words": words})
