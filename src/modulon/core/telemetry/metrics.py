"""Figures for `/metrics`: what the gateway saw. Labels come from the route table, never from a request."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"


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
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
            registry=self.registry,
        )
        self.in_flight = Gauge("modulon_requests_in_flight", "Requests being answered", registry=self.registry)
        self._counters: dict[tuple[str, int], Counter] = {}
        self._timers: dict[str, Histogram] = {}

    def observe(self, module: str, status: int, seconds: float, *, streamed: bool) -> None:
        """Count one finished request. Label look-ups are kept: they cost more than the counting."""
        key = (module, status // 100)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = self._requests.labels(module, f"{key[1]}xx")
        counter.inc()
        if not streamed:
            timer = self._timers.get(module)
            if timer is None:
                timer = self._timers[module] = self._seconds.labels(module)
            timer.observe(seconds)

    def render(self) -> bytes:
        """The exposition text."""
        return generate_latest(self.registry)
