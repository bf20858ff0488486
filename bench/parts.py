"""The parts of a measurement: provider, reference proxy, Modulon. Servers get one core, everything else another."""

import asyncio
import os
import re
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.processes import LOAD_CORE, SERVER_CORE, ProcessTree, on_core
from tests.rig.ports import free_port
from tests.rig.server import Server, running_server

ADMIN = "bench@example.org"
PROVIDER_SLUG = "sim"
_URL = re.compile(r"http://\S+")


@dataclass(frozen=True)
class Target:
    """A server under load."""

    name: str
    url: str
    """Base address, without `/v1`."""
    tree: ProcessTree | None = None
    key: str = ""
    prefix: str = ""
    """What this server puts before a model's name."""


@asynccontextmanager
async def running(
    *command: str, announces: re.Pattern[str], core: int, **environment: str
) -> AsyncIterator[tuple[str, int]]:
    """Run a Python program until the block ends; yields what it announced, and its pid."""
    with on_core(core):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, *command),
            env={**os.environ, **environment},
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            if match := announces.search(line.decode()):
                yield match[0], process.pid
                break
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def provider(*models: str) -> AsyncIterator[Target]:
    """The simulated provider; it lists *models* besides one of each kind."""
    also = [word for model in models for word in ("--also", model)]
    command = ("-m", "tests.rig.provider", "--port", "0", *also)
    async with running(*command, announces=_URL, core=LOAD_CORE) as (url, _):
        yield Target("provider", url.removesuffix("/v1"))


@asynccontextmanager
async def reference(upstream: Target) -> AsyncIterator[Target]:
    options = ("--port", str(free_port()), "--loop", "uvloop", "--http", "httptools", "--no-access-log")
    command = ("-m", "uvicorn", "bench.reference.proxy:app", *options)
    async with running(*command, announces=_URL, core=SERVER_CORE, UPSTREAM=upstream.url) as (url, pid):
        yield Target("Starlette + aiohttp", url, ProcessTree(pid))


@asynccontextmanager
async def installation(*arguments: str, environment: dict[str, str] | None = None) -> AsyncIterator[Server]:
    """A fresh Modulon in a temporary folder, with an admin."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="modulon-bench-"))
        with on_core(SERVER_CORE):
            server = await stack.enter_async_context(running_server(Path(folder), *arguments, environment=environment))
        await server.create_user(ADMIN, admin=True)
        yield server


async def target_of(server: Server, upstream: Target) -> Target:
    """Add the provider to a running server and make a key for the load."""
    await server.add_provider(PROVIDER_SLUG, f"{upstream.url}/v1")
    key = await server.create_key(ADMIN, "inference", "read", "write")
    return Target("Modulon", server.url, ProcessTree(server.pid), key, f"{PROVIDER_SLUG}/")


@asynccontextmanager
async def modulon(upstream: Target, *arguments: str) -> AsyncIterator[Target]:
    async with installation(*arguments) as server:
        yield await target_of(server, upstream)
