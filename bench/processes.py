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


_CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
"""The cores this process may use; none where they cannot be chosen (macOS)."""


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Run the block, and the processes it starts, on one core, so that server and load do not compete.

    Does nothing where cores cannot be chosen or there is only one.
    """
    with _on(set(_CORES[core : core + 1]) if len(_CORES) > 1 else set()):
        yield


@contextmanager
def on_all_cores() -> Iterator[None]:
    """Run the block, and the processes it starts, wherever there is room: a browser is half a dozen processes, and a
    person has more than one core for them."""
    with _on(set(_CORES)):
        yield


@contextmanager
def _on(cores: set[int]) -> Iterator[None]:
    if not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
