"""Run one action with core started, for commands. Works beside a running server: both write through one lock."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from modulon.core.config import load_config
from modulon.core.engine.boot import Boot, context_as_system
from modulon.core.telemetry.logs import configure_logs
from modulon.sdk.context import Context

T = TypeVar("T")


def run_as_system(module: str, action: Callable[[Context], Awaitable[T]]) -> T:
    """Start core, run *action* as the system in *module*'s name, stop core."""
    configure_logs("warning", pretty=False)
    return asyncio.run(_run(module, action))


async def _run(module: str, action: Callable[[Context], Awaitable[T]]) -> T:
    boot = Boot(load_config())
    core = await boot.start()
    try:
        return await action(context_as_system(core, module, "cli"))
    finally:
        await boot.stop()
