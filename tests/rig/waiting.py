"""Waiting for something that nobody announces."""

import asyncio
from collections.abc import Callable


async def until(condition: Callable[[], bool], *, seconds: float = 20.0) -> None:
    """Let the event loop turn until *condition* holds. Raises `TimeoutError` after *seconds*."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the condition has no event
            await asyncio.sleep(0.001)
