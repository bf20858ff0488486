"""What the simulated provider has seen."""

from collections import Counter
from dataclasses import dataclass, field

import msgspec


@dataclass
class Stats:
    """Counters since the start or the last reset."""

    requests: Counter[str] = field(default_factory=Counter[str])
    """Requests by path, the provider's own `/-/` paths aside."""
    models: Counter[str] = field(default_factory=Counter[str])
    completed: int = 0
    failed: int = 0
    """Answered with an error status, on purpose."""
    abandoned: int = 0
    """Answers that were not finished because the client left, or because the behaviour cuts them."""
    in_flight: int = 0
    peak_in_flight: int = 0
    last_body: bytes = b"null"
    last_authorization: str = ""

    def begin(self, model: str, body: bytes) -> None:
        self.models[model] += 1
        self.last_body = body
        self.in_flight += 1
        self.peak_in_flight = max(self.peak_in_flight, self.in_flight)

    @property
    def last_request(self) -> object:
        """The last conversation request, decoded."""
        return msgspec.json.decode(self.last_body)

    def snapshot(self) -> dict[str, object]:
        """What `/-/stats` answers."""
        return {
            "requests": dict(self.requests),
            "models": dict(self.models),
            "completed": self.completed,
            "failed": self.failed,
            "abandoned": self.abandoned,
            "in_flight": self.in_flight,
            "peak_in_flight": self.peak_in_flight,
            "last_request": self.last_request,
            "last_authorization": self.last_authorization,
        }
