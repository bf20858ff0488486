"""What makes the interface fast, as counts: requests of the first load, and nothing kept of pages one has left."""

from typing import Any

from playwright.async_api import Browser, CDPSession, Page, Request, expect

from tests.rig.waiting import until

from .conftest import House
from .people import Person, person

MOST_REQUESTS = 12
STREAM = "/api/events/stream"
ROUNDS = 50
LEFT_OVER = 50
"""Nodes that may differ after 50 rounds, one a round: what leaks, leaks a page of hundreds each time."""


async def test_the_first_load_of_the_chat_is_twelve_requests(house: House, browser: Browser) -> None:
    """Beside them the stream of notifications, which is open for as long as the page is."""
    async with person(browser) as me:
        await me.sign_in(house.server)
        context = await browser.new_context(storage_state=await me.page.context.storage_state())
        page = await context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(_path(request)))
        await page.goto(house.server.url)
        await expect(page.get_by_role("button", name="Model: sim")).to_be_visible()
        await until(lambda: {STREAM, "/api/folders"} <= set(asked))
        asked.remove(STREAM)
        assert len(asked) <= MOST_REQUESTS, asked
        await context.close()


async def test_nothing_is_left_of_pages_that_were_left(house: House, browser: Browser) -> None:
    """Takes over 5 s: a hundred and ten pages are opened."""
    async with person(browser) as me:
        await me.sign_in(house.server)
        await me.choose_model("sim-code")
        await me.ask("Show me code and a table")
        await me.answered("fibonacci")
        session = await me.page.context.new_cdp_session(me.page)
        await rounds(me, 5)
        before = await nodes(session)
        await rounds(me, ROUNDS)
        assert await nodes(session) - before <= LEFT_OVER
        assert me.complaints == []


async def rounds(me: Person, count: int) -> None:
    """Go to the list of conversations and back to the conversation, *count* times."""
    conversation = me.page.url
    for _ in range(count):
        await go(me.page, "/conversations")
        await expect(me.page.get_by_role("searchbox")).to_be_visible()
        await go(me.page, conversation)
        await expect(me.answers.last).to_contain_text("fibonacci")


async def go(page: Page, address: str) -> None:
    """As a link of the application does."""
    await page.evaluate(
        """(to) => {
          const link = document.body.appendChild(Object.assign(document.createElement('a'), { href: to }));
          link.click();
          link.remove();
        }""",
        address,
    )


async def nodes(session: CDPSession) -> int:
    """Nodes that are alive after a collection, in the document or not."""
    await session.send("HeapProfiler.enable")
    await session.send("HeapProfiler.collectGarbage")
    counters: dict[str, Any] = await session.send("Memory.getDOMCounters")
    return int(counters["nodes"])


def _path(request: Request) -> str:
    return "/" + request.url.split("/", 3)[3].partition("?")[0]
