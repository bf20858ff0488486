"""Clients that leave before their answer has ended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from modulon.sdk.routes import Receive


@asynccontextmanager
async def unless_client_leaves(receive: Receive) -> AsyncIterator[None]:
    """Run the block until its end or until the client disconnects, which cancels it at once and is no error."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - a request is served by a task
    left = False

    async def watch() -> None:
        nonlocal left
        while not left:
            message = await receive()
            left = message["type"] == "http.disconnect"
        task.cancel()

    watching = asyncio.create_task(watch())
    try:
        yield
    except asyncio.CancelledError:
        if not left:
            raise
        task.uncancel()
    finally:
        watching.cancel()
