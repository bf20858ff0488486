"""The browser among 10,000 conversations: loading the workspace, opening a conversation of 500 messages and one of
10,000, typing while an answer streams into it, memory."""

import statistics
from dataclasses import dataclass
from uuid import UUID

from playwright.async_api import Browser, CDPSession, Page

from bench.browser import Traffic, Work, ask, browsing, new_page, rest, settle
from bench.command import run_command
from bench.page import COMPOSER, POLL_MS, answered, new_chat
from bench.parts import PROVIDER_SLUG, installation, provider
from bench.processes import SERVER_CORE, on_core
from bench.rounds import Effort
from bench.table import Line
from tests.rig.corpus import lengthen, multiply
from tests.rig.server import Server

LONG = 10_000
MIDDLING = 500
CONVERSATIONS = 10_000
MODEL = "sim-n600-r200"
KEYS = "typing goes on while the answer comes in"
DEEP = """
window.deep = function* (selector, root = document) {
  for (const element of root.querySelectorAll('*')) {
    if (element.matches(selector)) yield element;
    if (element.shadowRoot) yield* deep(selector, element.shadowRoot);
  }
};
window.painted = (seen) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`not seen within 30 s; the page says: ${document.body.innerText}`)), 30000);
  (function look() {
    if (seen()) setTimeout(() => done(performance.now()));
    else requestAnimationFrame(look);
  })();
});
"""
"""Elements in any shadow root, and the moment after the frame in which something is seen."""
SOME_ANSWER = "() => painted(() => [...deep('k-markdown')].some((answer) => answer.shadowRoot?.textContent))"
WORKSPACE = "() => painted(() => window.bench.writable > 0 && [...deep('m-chat-entry')].length > 0)"
OPEN = """(link) => {
  const before = new Set(deep('k-markdown'));
  const answers = () => [...deep('k-markdown')].filter((answer) => !before.has(answer));
  const clicked = performance.now();
  link.click();
  return painted(() => answers().some((answer) => answer.shadowRoot?.textContent)).then((at) => at - clicked);
}"""
PAINT_AFTER_KEY = """() => {
  window.bench.keys = [];
  addEventListener('keydown', () => {
    const at = performance.now();
    requestAnimationFrame(() => setTimeout(() => window.bench.keys.push(performance.now() - at)));
  }, true);
}"""


@dataclass(frozen=True)
class Visit:
    """One visit with an empty cache to the long conversation, then to the middling one; milliseconds, megabytes."""

    cold: float
    scripts: float
    requests: int
    key_to_paint: float
    longest_task: float
    heap: float
    opened: float
    workspace: float


async def visit(browser: Browser, server: Server, long: str, middling: str) -> Visit:
    """Open the long conversation with an empty cache, let an answer stream in and type meanwhile, go to the other one,
    and load the workspace anew."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    await context.add_init_script(DEEP)
    await new_chat(context, server)
    headers = {"origin": server.url}
    pinned = await context.request.patch(
        f"{server.url}/api/conversations/{middling}", data={"pinned": True}, headers=headers
    )
    assert pinned.ok, await pinned.text()
    page, session = await new_page(context)
    traffic = await Traffic.of(session)
    await page.goto(f"{server.url}/c/{long}", wait_until="commit")
    cold = float(await page.evaluate(SOME_ANSWER))
    await settle(page)
    scripts, requests = traffic.bytes["Script"] / 1024, traffic.requests.total()
    key_to_paint, longest_task = await type_while_streaming(page, session)
    heap = await used_heap(session)
    await rest()
    opened = float(await page.locator(f'a[href="/c/{middling}"]').first.evaluate(OPEN))
    await rest()
    await page.goto(f"{server.url}/", wait_until="commit")
    workspace = float(await page.evaluate(WORKSPACE))
    await context.close()
    return Visit(cold, scripts, requests, key_to_paint, longest_task, heap, opened, workspace)


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
        await page.wait_for_timeout(POLL_MS)
    after = await Work.of(page, session)
    return slowest, max(after.long_tasks[len(before.long_tasks) :], default=0.0)


async def used_heap(session: CDPSession) -> float:
    """JavaScript's heap after a collection, in megabytes."""
    await ask(session, "HeapProfiler.enable")
    await ask(session, "HeapProfiler.collectGarbage")
    answer = await ask(session, "Performance.getMetrics")
    return next(float(entry["value"]) for entry in answer["metrics"] if entry["name"] == "JSHeapUsedSize") / 1e6


async def one_exchange(browser: Browser, server: Server) -> UUID:
    """A conversation with one long answer; its id."""
    context = await browser.new_context()
    address = await new_chat(context, server, model=MODEL)
    page = await context.new_page()
    await page.goto(address)
    await page.locator(COMPOSER).fill("Say something")
    await page.keyboard.press("Enter")
    await page.wait_for_timeout(1000)
    while not await answered(page):
        await page.wait_for_timeout(POLL_MS)
    await context.close()
    return UUID(address.rpartition("/")[2])


async def corpus(browser: Browser, server: Server) -> tuple[str, str]:
    """Make the history by copying exchanges; the ids of the long and of the middling conversation."""
    long, middling = await one_exchange(browser, server), await one_exchange(browser, server)
    await server.stop()
    database = server.data_dir / "modulon.db"
    multiply(database, long.bytes, CONVERSATIONS)
    lengthen(database, long.bytes, LONG)
    lengthen(database, middling.bytes, MIDDLING)
    with on_core(SERVER_CORE):
        await server.start()
    return str(long), str(middling)


async def measure(effort: Effort) -> list[Line]:
    async with provider(MODEL) as upstream, installation() as server, browsing() as browser:
        await server.add_provider(PROVIDER_SLUG, f"{upstream.url}/v1")
        long, middling = await corpus(browser, server)
        visits = [await visit(browser, server, long, middling) for _ in range(effort.rounds)]
    named = [
        (f"{LONG} messages: painted, cold cache", "ms", "cold", "≤ 1200"),
        (f"{LONG} messages: scripts of that load", "KB", "scripts", ""),
        (f"{LONG} messages: requests of that load", "", "requests", ""),
        ("key to paint while streaming, slowest", "ms", "key_to_paint", "≤ 50"),
        ("longest task while streaming", "ms", "longest_task", "≤ 50"),
        ("heap", "MB", "heap", "≤ 40"),
        (f"{MIDDLING} messages: painted after a click", "ms", "opened", "≤ 300"),
        (f"workspace of {CONVERSATIONS} conversations, warm cache", "ms", "workspace", "≤ 500"),
    ]
    return [
        Line(name, unit, statistics.median(getattr(v, field) for v in visits), asked)
        for name, unit, field, asked in named
    ]


if __name__ == "__main__":
    run_command("A long history in the browser", measure)
