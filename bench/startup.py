"""From starting the server to its first answer, and what it costs while nobody uses it."""

import asyncio
import statistics
import time
from dataclasses import dataclass

from bench.command import run_command
from bench.parts import installation, provider, reference
from bench.processes import SERVER_CORE, ProcessTree, on_core
from bench.rounds import Effort
from bench.table import Line
from tests.rig.server import Server

IDLE_SECONDS = 10.0
SETTLE_SECONDS = 2.0
"""After the start, before memory is read: what a start leaves behind is freed by then."""


@dataclass(frozen=True)
class Start:
    seconds: float
    cpu_seconds: float


async def timed_start(server: Server) -> Start:
    """Start a stopped server; seconds until it serves."""
    started = time.perf_counter()
    with on_core(SERVER_CORE):
        await server.start()
    return Start(time.perf_counter() - started, ProcessTree(server.pid).cpu_seconds())


async def bare_start() -> tuple[float, float]:
    """Seconds until the bare proxy serves, and its memory in MB."""
    async with provider() as upstream:
        started = time.perf_counter()
        async with reference(upstream) as bare:
            seconds = time.perf_counter() - started
            assert bare.tree is not None
            return seconds, bare.tree.memory_mb()


async def idle_cpu(tree: ProcessTree) -> float:
    """Percent of a core that a server takes while nobody asks it anything."""
    before = tree.cpu_seconds()
    await asyncio.sleep(IDLE_SECONDS)
    return (tree.cpu_seconds() - before) / IDLE_SECONDS * 100


async def measure(effort: Effort) -> list[Line]:
    starts: list[Start] = []
    bare_seconds, bare_memory = await bare_start()
    before = time.perf_counter()
    async with installation() as server:
        first_seconds = time.perf_counter() - before
        for _ in range(effort.rounds):
            await server.stop()
            starts.append(await timed_start(server))
        await asyncio.sleep(SETTLE_SECONDS)
        tree = ProcessTree(server.pid)
        memory, idle = tree.memory_mb(), await idle_cpu(tree)
    seconds = [start.seconds for start in starts]
    median = statistics.median(seconds)
    return [
        Line("first start, migrations and first user included", "s", first_seconds, "≤ 4"),
        Line("start", "s", median, "≤ 0.8", bare_seconds, (max(seconds) - min(seconds)) / 2 / median),
        Line("start: CPU", "s", statistics.median(start.cpu_seconds for start in starts)),
        Line("memory, idle", "MB", memory, "≤ 110", bare_memory),
        Line("CPU, idle", "% of a core", idle, "≤ 1"),
    ]


if __name__ == "__main__":
    run_command("Start and rest", measure)
