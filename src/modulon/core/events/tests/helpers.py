"""What the tests of events share."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast
from uuid import UUID, uuid5

import sqlalchemy as sa

from modulon.core.data.database import Engine
from modulon.core.data.tables import dead_letters
from modulon.core.data.tests.notes import COUNT, COUNTED, NoteRead, NoteRenamed
from modulon.core.events.consumer import Retry
from modulon.sdk.context import Context
from modulon.sdk.events import Delivery
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal
from modulon.sdk.ids import new_id
from modulon.sdk.storage import Write, rows

SYSTEM = Principal(kind="system", name="test")
QUICK = Retry(tries=3, first_seconds=0.0, handler_seconds=5.0)


class ModuleContext:
    """The part of a context that delivery needs."""

    def __init__(self, module: str, workspace: UUID | None) -> None:
        self.module = module
        self.principal = Principal(kind="module", subject=uuid5(SYSTEM_WORKSPACE, module), workspace=workspace)


def context_for(module: str, workspace: UUID | None) -> Context:
    return cast(Context, ModuleContext(module, workspace))


async def tell(engine: Engine, *titles: str, key: str = "k", principal: Principal = SYSTEM) -> None:
    """One unit that tells of a renaming for each of *titles*."""
    async with engine.bind(principal).write() as tx:
        for title in titles:
            tx.emit(NoteRenamed(note_id=new_id(), title=title), key=key)


async def tell_read(engine: Engine, key: str = "k") -> None:
    async with engine.bind(SYSTEM).write() as tx:
        tx.emit(NoteRead(note_id=new_id()), key=key)


async def until(condition: Callable[[], bool | Awaitable[bool]], seconds: float = 10.0) -> None:
    """Wait until *condition* holds."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.005)


DEAD = rows(tuple, sa.select(dead_letters.c.consumer, dead_letters.c.tries, dead_letters.c.error), unguarded="a test")


class Recorder:
    """A handler that counts in the database and remembers what it was given; *fail* decides what goes wrong."""

    def __init__(self, fail: Callable[[NoteRenamed], bool] = lambda _event: False) -> None:
        self.seen: list[str] = []
        self.deliveries: list[Delivery] = []
        self.contexts: list[Context] = []
        self.fail = fail

    async def __call__(self, ctx: Context, event: NoteRenamed, tx: Write, delivery: Delivery) -> None:
        self.seen.append(event.title)
        self.deliveries.append(delivery)
        self.contexts.append(ctx)
        tx.run(COUNT, {"counter": "handled"}, expect=1)
        if self.fail(event):
            raise ValueError(f"cannot handle {event.title}")


async def counted(engine: Engine) -> int:
    async with engine.bind(SYSTEM).read() as db:
        return await db.one(COUNTED, {"counter": "handled"})


def has_counted(engine: Engine, number: int) -> Callable[[], Any]:
    async def check() -> bool:
        return await counted(engine) >= number

    return check


async def dead(engine: Engine) -> list[tuple[Any, ...]]:
    async with engine.bind(SYSTEM).read() as db:
        return await db.all(DEAD)


async def has_dead(engine: Engine) -> bool:
    return bool(await dead(engine))
