"""What the browser's own instruments say about a page."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, cast

from playwright.async_api import CDPSession, Page

OBSERVE = """
window.bench = { longTasks: [], frames: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.bench.longTasks.push(entry.duration);
}).observe({ type: 'longtask', buffered: true });
(function tick() { window.bench.frames += 1; requestAnimationFrame(tick); })();
"""
"""Runs before the page's own scripts."""
QUIET_LOOKS = 5
QUIET_MS = 200


async def ask(session: CDPSession, method: str) -> dict[str, Any]:
    """Send a command of the browser's protocol."""
    return cast(dict[str, Any], await session.send(method))  # pyright: ignore[reportUnknownMemberType]


@dataclass
class Traffic:
    """Requests and bytes on the wire by type of resource."""

    requests: Counter[str] = field(default_factory=Counter[str])
    bytes: Counter[str] = field(default_factory=Counter[str])
    _types: dict[str, str] = field(default_factory=dict[str, str])

    def sent(self, event: dict[str, Any]) -> None:
        kind = str(event.get("type", "Other"))
        self._types[event["requestId"]] = kind
        self.requests[kind] += 1

    def finished(self, event: dict[str, Any]) -> None:
        self.bytes[self._types.get(event["requestId"], "Other")] += int(event["encodedDataLength"])

    @classmethod
    async def of(cls, session: CDPSession) -> "Traffic":
        traffic = cls()
        session.on("Network.requestWillBeSent", traffic.sent)
        session.on("Network.loadingFinished", traffic.finished)
        await ask(session, "Network.enable")
        return traffic


@dataclass(frozen=True)
class Work:
    """What the main thread has done since the page began, in milliseconds, and frames drawn."""

    at: float
    main_thread: float
    frames: int
    long_tasks: list[float]

    @classmethod
    async def of(cls, page: Page, session: CDPSession) -> "Work":
        answer = await ask(session, "Performance.getMetrics")
        metrics = {entry["name"]: float(entry["value"]) for entry in answer["metrics"]}
        at, frames, tasks = await page.evaluate("[performance.now(), window.bench.frames, window.bench.longTasks]")
        return cls(at, metrics["TaskDuration"] * 1000, frames, tasks)


async def settle(page: Page) -> None:
    """Wait until no resource was loaded and no long task seen for a second."""
    probe = "[window.bench.longTasks.length, performance.getEntriesByType('resource').length].join()"
    last, looks = "", 0
    while looks < QUIET_LOOKS:
        await page.wait_for_timeout(QUIET_MS)
        now = await page.evaluate(probe)
        looks = looks + 1 if now == last else 0
        last = now
