"""The browser with a conversation of 10,000 messages among 10,000 others: opening, typing while it streams, memory."""

import statistics
from dataclasses import dataclass
from uuid import UUID

from playwright.async_api import Browser, CDPSession, Page

from bench.browser import OBSERVE, Work, ask
from bench.command import run_command
from bench.page import COMPOSER, answered, new_chat
from bench.parts import PROVIDER_SLUG, installation, provider
from bench.rounds import Effort
from bench.table import Line
from tests.rig.chromium import running_browser
from tests.rig.corpus import lengthen, multiply
from tests.rig.server import Server
from tools.chromium import find_chromium

MESSAGES = 10_000
CONVERSATIONS = 10_000
MODEL = "sim-n600-r200"
KEYS = "typing goes on while the answer comes in"
PAINTED = """() => new Promise((done) => {
  requestAnimationFrame(() => setTimeout(() => done(performance.now())));
})"""
PAINT_AFTER_KEY = """() => {
  window.bench.keys = [];
  addEventListener('keydown', () => {
    const at = performance.now();
    requestAnimationFrame(() => setTimeout(() => window.bench.keys.push(performance.now() - at)));
  }, true);
}"""


@dataclass(frozen=True)
class Visit:
    """One visit to the long conversation; milliseconds, megabytes."""

    painted: float
    key_to_paint: float
    longest_task: float
    heap: float


async def visit(browser: Browser, server: Server, conversation: str) -> Visit:
    """Open the conversation with an empty cache, let an answer stream in and type meanwhile."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    await context.add_init_script(OBSERVE)
    await new_chat(context, server)
    page = await context.new_page()
    session = await context.new_cdp_session(page)
    await ask(session, "Performance.enable")
    await page.goto(f"{server.url}/c/{conversation}", wait_until="commit")
    await page.locator("article").last.wait_for()
    painted = float(await page.evaluate(PAINTED))
    keys, longest = await type_while_streaming(page, session)
    heap = await used_heap(session)
    await context.close()
    return Visit(painted, keys, longest, heap)


async def type_while_streaming(page: Page, session: CDPSession) -> tuple[float, float]:
    """Send a message, type the next one while the answer comes in; the slowest key and the longest task."""
    await page.locator(COMPOSER).click()
    await page.keyboard.insert_text("Go on")
    before = await Work.of(page, session)
    await page.keyboard.press("Enter")
    await page.evaluate(PAINT_AFTER_KEY)
    await page.keyboard.type(KEYS, delay=40)
    slowest = max(await page.evaluate("window.bench.keys"))
    while not await answered(page):
        await page.wait_for_timeout(100)
    after = await Work.of(page, session)
    return slowest, max(after.long_tasks[len(before.long_tasks) :], default=0.0)


async def used_heap(session: CDPSession) -> float:
    """JavaScript's heap after a collection, in megabytes."""
    await ask(session, "HeapProfiler.enable")
    await ask(session, "HeapProfiler.collectGarbage")
    answer = await ask(session, "Performance.getMetrics")
    return next(float(entry["value"]) for entry in answer["metrics"] if entry["name"] == "JSHeapUsedSize") / 1e6


async def long_conversation(browser: Browser, server: Server) -> str:
    """Make the corpus by copying one exchange; the id of the long conversation."""
    context = await browser.new_context()
    address = await new_chat(context, server, model=MODEL)
    page = await context.new_page()
    await page.goto(address)
    await page.locator(COMPOSER).fill("Say something")
    await page.keyboard.press("Enter")
    await page.wait_for_timeout(1000)
    while not await answered(page):
        await page.wait_for_timeout(100)
    await context.close()
    conversation = UUID(address.rpartition("/")[2])
    await server.stop()
    database = server.data_dir / "modulon.db"
    multiply(database, conversation.bytes, CONVERSATIONS)
    lengthen(database, conversation.bytes, MESSAGES)
    await server.start()
    return str(conversation)


async def measure(effort: Effort) -> list[Line]:
    async with provider(MODEL) as upstream, installation() as server, running_browser(find_chromium()) as browser:
        await server.add_provider(PROVIDER_SLUG, f"{upstream.url}/v1")
        conversation = await long_conversation(browser, server)
        visits = [await visit(browser, server, conversation) for _ in range(effort.rounds)]
    named = [
        ("opened and painted, cold cache", "ms", "painted", "≤ 1200"),
        ("key to paint while streaming, slowest", "ms", "key_to_paint", "≤ 50"),
        ("longest task while streaming", "ms", "longest_task", "≤ 50"),
        ("heap", "MB", "heap", "≤ 40"),
    ]
    return [
        Line(name, unit, statistics.median(getattr(v, field) for v in visits), asked)
        for name, unit, field, asked in named
    ]


if __name__ == "__main__":
    run_command(f"A conversation of {MESSAGES} messages in the browser", measure)
