"""Closed-loop load: each client does one thing, waits until it is done, and does it again."""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bench.client import Broken, Connection, connect
from bench.processes import ProcessTree

PAUSE_AFTER_ERROR = 0.01
"""Seconds; a server that refuses everything shall not be measured by how fast it refuses."""


@dataclass(frozen=True)
class Done:
    """One finished exchange; times in milliseconds."""

    latency: float
    first: float = 0.0
    """Until the first token."""


Action = Callable[[Connection], Awaitable[Done]]


@dataclass
class Tally:
    """What a target did in one or more rounds."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    done: list[Done] = field(default_factory=list[Done])
    errors: Counter[str] = field(default_factory=Counter[str])

    @property
    def per_second(self) -> float:
        return len(self.done) / self.seconds

    @property
    def cpu_ms(self) -> float:
        """CPU per exchange, in milliseconds."""
        return self.cpu_seconds * 1000 / len(self.done)

    def latency(self, share: float = 0.5) -> float:
        return percentile([one.latency for one in self.done], share)

    def first(self, share: float = 0.5) -> float:
        return percentile([one.first for one in self.done], share)

    def check(self, name: str) -> None:
        """A figure from failed exchanges is no figure. Raises `Broken`."""
        if self.errors or not self.done:
            raise Broken(f"{name}: {len(self.done)} done, errors: {dict(self.errors)}")


def percentile(values: Sequence[float], share: float) -> float:
    if share == 0.5:
        return statistics.median(values)
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def _client(url: str, action: Action, tally: Tally, deadline: float) -> None:
    connection: Connection | None = None
    while time.perf_counter() < deadline:
        try:
            connection = connection or await connect(url)
            tally.done.append(await action(connection))
        except (OSError, TimeoutError, Broken) as error:
            tally.errors[f"{type(error).__name__}: {error}"] += 1
            if connection is not None:
                connection.close()
            connection = None
            await asyncio.sleep(PAUSE_AFTER_ERROR)
    if connection is not None:
        connection.close()


async def run_round(url: str, action: Action, *, clients: int, seconds: float, tree: ProcessTree | None) -> Tally:
    """Let *clients* repeat *action* for *seconds*; *tree* is the server whose CPU is counted."""
    tally = Tally()
    cpu_before = tree.cpu_seconds() if tree else 0.0
    started = time.perf_counter()
    await asyncio.gather(*(_client(url, action, tally, started + seconds) for _ in range(clients)))
    tally.seconds = time.perf_counter() - started
    tally.cpu_seconds = tree.cpu_seconds() - cpu_before if tree else 0.0
    return tally
