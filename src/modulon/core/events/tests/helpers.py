"""What the tests of events share."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast
from uuid import UUID, uuid5

from modulon.core.data.database import Engine
from modulon.core.data.tests.notes import NoteRead, NoteRenamed
from modulon.core.events.consumer import Retry
from modulon.sdk.context import Context
from modulon.sdk.identity import SYSTEM_WORKSPACE, Principal
from modulon.sdk.ids import new_id

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
