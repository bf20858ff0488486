"""What the browser's own instruments say about a page."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from playwright.async_api import Browser, BrowserContext, CDPSession, Page

from bench.processes import ProcessTree, on_all_cores
from tests.rig.chromium import running_browser
from tools.chromium import find_chromium

OBSERVE = """
window.bench = { longTasks: [], frames: 0, writable: 0 };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.bench.longTasks.push(entry.duration);
}).observe({ type: 'longtask', buffered: true });
function focused(root) {
  const element = root?.activeElement;
  return element?.shadowRoot?.activeElement ? focused(element.shadowRoot) : element;
}
(function tick() {
  window.bench.frames += 1;
  if (!window.bench.writable && focused(document)?.tagName === 'TEXTAREA') window.bench.writable = performance.now();
  requestAnimationFrame(tick);
})();
"""
"""Runs before the page's own scripts. `writable` is when the frame was drawn in which the message box had the focus."""
QUIET_LOOKS = 5
QUIET_MS = 200


REST_SECONDS = 0.25
RESTING = 0.05
LONGEST_REST = 20.0


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """The system's Chromium, on all cores."""
    with on_all_cores():
        async with running_browser(find_chromium()) as browser:
            yield browser


async def rest() -> None:
    """Wait until nothing that this benchmark started computes.

    A new window makes Chromium load pages of its own (its address bar alone: 400 scripts, half a second of CPU), which
    would be measured as ours.
    """
    tree = ProcessTree(os.getpid())
    for _ in range(int(LONGEST_REST / REST_SECONDS)):
        before = tree.cpu_seconds()
        await asyncio.sleep(REST_SECONDS)
        if tree.cpu_seconds() - before < RESTING * REST_SECONDS:
            return


async def new_page(context: BrowserContext) -> tuple[Page, CDPSession]:
    """A page that is observed, in a browser at rest; durations are CPU time of the main thread."""
    await context.add_init_script(OBSERVE)
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await ask(session, "Performance.enable", timeDomain="threadTicks")
    await rest()
    return page, session


async def ask(session: CDPSession, method: str, **parameters: object) -> dict[str, Any]:
    """Send a command of the browser's protocol."""
    return cast(dict[str, Any], await session.send(method, parameters))  # pyright: ignore[reportUnknownMemberType]


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
    """What the main thread has done since the page began, in milliseconds of CPU, and frames drawn."""

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
