"""Figures for `/metrics` and the page of modules: what the gateway saw. Labels come from the route table, never from a
request."""

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Bounds of the histogram of times, in seconds."""

CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"


@dataclass(slots=True)
class Figures:
    """What this process saw of one module since its start: *requests*, those of them that failed by a fault of the
    server (5xx), and how long those took that are no streams."""

    requests: int = 0
    errors: int = 0
    _times: list[int] = field(default_factory=lambda: [0] * (len(_BUCKETS) + 1))

    def add(self, status: int, seconds: float, *, streamed: bool) -> None:
        """Count one finished request."""
        self.requests += 1
        self.errors += status >= 500
        if not streamed:
            self._times[bisect_left(_BUCKETS, seconds)] += 1

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 requests were answered: the bound of the histogram's step, 0.0 if there were
        none."""
        wanted, seen = sum(self._times) * 0.95, 0
        for bound, count in zip((*_BUCKETS, _BUCKETS[-1]), self._times, strict=True):
            seen += count
            if seen and seen >= wanted:
                return float(bound)
        return 0.0


class Metrics:
    """The gateway's figures in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "modulon_requests_total",
            "Requests by module and class of status",
            ["module", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "modulon_request_seconds",
            "Time to the end of the response, streams excluded",
            ["module"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.in_flight = Gauge("modulon_requests_in_flight", "Requests being answered", registry=self.registry)
        self._counters: dict[tuple[str, int], Counter] = {}
        self._timers: dict[str, Histogram] = {}
        self._figures: dict[str, Figures] = {}

    def observe(self, module: str, status: int, seconds: float, *, streamed: bool) -> None:
        """Count one finished request. Label look-ups are kept: they cost more than the counting."""
        key = (module, status // 100)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = self._requests.labels(module, f"{key[1]}xx")
        counter.inc()
        figures = self._figures.get(module)
        if figures is None:
            figures = self._figures[module] = Figures()
        figures.add(status, seconds, streamed=streamed)
        if not streamed:
            timer = self._timers.get(module)
            if timer is None:
                timer = self._timers[module] = self._seconds.labels(module)
            timer.observe(seconds)

    def of(self, module: str) -> Figures:
        """What was seen of one module."""
        return self._figures.get(module) or Figures()

    def render(self) -> bytes:
        """The exposition text."""
        return generate_latest(self.registry)
