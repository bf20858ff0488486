"""The first load of the chat page with a cold cache, and the main thread while an answer streams in."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from playwright.async_api import Browser, BrowserContext, CDPSession, Page

from bench.browser import Traffic, Work, browsing, new_page, rest, settle
from bench.command import run_command
from bench.parts import ADMIN, PROVIDER_SLUG, installation, provider
from bench.rounds import Effort
from bench.table import Line
from tests.rig.provider import answer_text
from tests.rig.server import PASSWORD, Server

TOKENS = 600
PACE = 200
MODEL = f"sim-echo-r{PACE}"
COMPOSER = "textarea"
LAST_WORD = "THE-LAST-WORD"
POLL_MS = 100
PROMPT = f"{answer_text(TOKENS)} {LAST_WORD}"


@dataclass(frozen=True)
class Visit:
    """One visit with an empty cache: a new chat, and an answer in a conversation afterwards."""

    usable: float
    main_thread: float
    scripts_kb: float
    total_kb: float
    requests: int
    stream_main_thread: float
    stream_longest_task: float
    stream_frames: float


async def new_chat(context: BrowserContext, server: Server, model: str = MODEL) -> str:
    """Sign the browser in, open a conversation with the paced *model*, and return its address."""
    signed_in = await context.request.post(
        f"{server.url}/api/sessions", data={"email": ADMIN, "password": PASSWORD}, headers={"origin": server.url}
    )
    assert signed_in.ok, await signed_in.text()
    opened = await context.request.post(
        f"{server.url}/api/conversations",
        data={"title": "A conversation", "model": f"{PROVIDER_SLUG}/{model}"},
        headers={"origin": server.url},
    )
    assert opened.ok, await opened.text()
    return f"{server.url}/c/{(await opened.json())['conversation']['id']}"


async def writable(page: Page) -> float:
    """Milliseconds from the beginning of the page until its message box had the focus."""
    while not (at := float(await page.evaluate("window.bench?.writable ?? 0"))):
        await page.wait_for_timeout(POLL_MS)
    return at


async def visit(browser: Browser, server: Server) -> Visit:
    """Load the page into a new profile, then let an answer stream into a conversation."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    conversation = await new_chat(context, server)
    page, session = await new_page(context)
    traffic = await Traffic.of(session)
    await page.goto(f"{server.url}/", wait_until="commit")
    usable = await writable(page)
    await settle(page)
    loaded, scripts, everything = await Work.of(page, session), traffic.bytes["Script"], traffic.bytes.total()
    requests = traffic.requests.total()
    await page.goto(conversation)
    await writable(page)
    await settle(page)
    before, after = await stream(page, session)
    await context.close()
    return Visit(
        usable=usable,
        main_thread=loaded.main_thread,
        scripts_kb=scripts / 1024,
        total_kb=everything / 1024,
        requests=requests,
        stream_main_thread=(after.main_thread - before.main_thread) / 1000,
        stream_longest_task=max(after.long_tasks[len(before.long_tasks) :], default=0.0),
        stream_frames=(after.frames - before.frames) / ((after.at - before.at) / 1000),
    )


async def answered(page: Page) -> bool:
    """Whether the conversation on the page ends with a complete answer."""
    address = page.url.replace("/c/", "/api/conversations/")
    newest = await page.request.get(f"{address}/messages?limit=1")
    items = (await newest.json())["items"]
    return bool(items) and (items[-1]["role"], items[-1]["status"]) == ("assistant", "complete")


async def stream(page: Page, session: CDPSession) -> tuple[Work, Work]:
    """Send the prompt and wait until the answer, which repeats it, is on the page; the work before and after.

    The thread is a window that lets go of rows out of sight: first the server says that the answer is complete, and
    what then shows the last word is the answer.
    """
    await page.locator(COMPOSER).click()
    await page.keyboard.insert_text(PROMPT)
    await rest()
    before = await Work.of(page, session)
    await page.keyboard.press("Enter")
    while not await answered(page):  # asked outside the page, whose main thread is being measured
        await page.wait_for_timeout(POLL_MS)
    await page.get_by_text(LAST_WORD).last.wait_for()
    return before, await Work.of(page, session)


async def measure(effort: Effort) -> list[Line]:
    async with provider(MODEL) as upstream, installation() as server, browsing() as browser:
        await server.add_provider(PROVIDER_SLUG, f"{upstream.url}/v1")
        visits = [await visit(browser, server) for _ in range(effort.rounds)]

    def median(figure: Callable[[Visit], float]) -> float:
        return statistics.median(map(figure, visits))

    return [
        Line("first load: message box usable", "ms", median(lambda v: v.usable), "≤ 600"),
        Line("first load: main thread, CPU", "ms", median(lambda v: v.main_thread), "≤ 300"),
        Line("first load: scripts", "KB", median(lambda v: v.scripts_kb), "≤ 80"),
        Line("first load: all", "KB", median(lambda v: v.total_kb)),
        Line("first load: requests", "", median(lambda v: v.requests), "≤ 12"),
        Line(f"{TOKENS} tokens at {PACE}/s: main thread, CPU", "s", median(lambda v: v.stream_main_thread), "≤ 0.6"),
        Line(f"{TOKENS} tokens at {PACE}/s: longest task", "ms", median(lambda v: v.stream_longest_task), "≤ 16"),
        Line(f"{TOKENS} tokens at {PACE}/s: frames", "1/s", median(lambda v: v.stream_frames), "≥ 58"),
    ]


if __name__ == "__main__":
    run_command("The chat page", measure)
