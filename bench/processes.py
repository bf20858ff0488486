"""CPU time and memory of a server with all its processes, and on which cores things run."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil


class ProcessTree:
    """A process and everything it started."""

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)

    def _members(self) -> Iterator[psutil.Process]:
        yield self._root
        yield from self._root.children(recursive=True)

    def cpu_seconds(self) -> float:
        """User and system time so far, children that ended included."""
        total = 0.0
        for process in self._members():
            with suppress(psutil.NoSuchProcess):
                total += sum(process.cpu_times()[:4])
        return total

    def memory_mb(self) -> float:
        """Memory in MB, what processes share counted once (PSS on Linux, elsewhere USS)."""
        total = 0
        for process in self._members():
            with suppress(psutil.NoSuchProcess):
                memory = process.memory_full_info()
                total += getattr(memory, "pss", memory.uss)
        return total / 2**20

    def threads(self) -> int:
        return sum(process.num_threads() for process in self._members())


SERVER_CORE = 0
LOAD_CORE = 1


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Run the block, and the processes it starts, on one core, so that server and load do not compete.

    Does nothing where cores cannot be chosen (macOS) or there is only one.
    """
    if not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(before)[core]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
