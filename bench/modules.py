"""Modules loaded into a process: from a module's name to its code in memory, in the server's order."""

import importlib
import statistics
import subprocess
import sys
import time

import msgspec

from bench.command import run_command
from bench.rounds import Effort
from bench.table import Line

CHILD = "--one-process"


def load_all() -> dict[str, float]:
    """Milliseconds that each shipped module takes to load, in this process. What all of them need, the web framework
    and the core, is loaded before."""
    for shared in ("fastapi", "modulon.core.app"):
        importlib.import_module(shared)
    from modulon.core.modules.discover import discover
    from modulon.core.modules.index import read_index
    from modulon.core.modules.registry import Registry
    from modulon.core.modules.resolve import resolve

    found = discover()
    registry = Registry(read_index(found), resolve(found))
    taken: dict[str, float] = {}
    for module in registry.known:
        began = time.perf_counter()
        registry.make(module).take()
        taken[module] = (time.perf_counter() - began) * 1000
    return taken


def in_new_process() -> dict[str, float]:
    command = [sys.executable, "-m", "bench.modules", CHILD]
    done = subprocess.run(command, check=True, capture_output=True)
    return msgspec.json.decode(done.stdout, type=dict[str, float])


async def measure(effort: Effort) -> list[Line]:
    processes = [in_new_process() for _ in range(effort.rounds)]
    each = {module: statistics.median(taken[module] for taken in processes) for module in processes[0]}
    of_one = [Line(f"load: {module}", "ms", taken) for module, taken in each.items()]
    return [Line("load: median of the modules", "ms", statistics.median(each.values()), "≤ 10"), *of_one]


if __name__ == "__main__":
    if CHILD in sys.argv:
        sys.stdout.buffer.write(msgspec.json.encode(load_all()))
    else:
        run_command("Modules", measure)
