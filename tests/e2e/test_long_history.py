"""A conversation of 10,000 messages in the browser: neither what is on the page nor what is asked for grows with it."""

import re
from typing import Any
from uuid import UUID

from playwright.async_api import Browser, Request, expect

from tests.rig.corpus import lengthen
from tests.rig.waiting import until

from .conftest import House
from .people import Person, person

MESSAGES = 10_000
MOST_ROWS = 40
"""Messages in the document at once; a screen shows a handful."""

MOST_MEMORY = 40.0

BEGIN = """async () => {
  const message = { parts: [{ type: 'text', text: 'The very first words' }], model: 'sim/sim-code' };
  const body = { title: 'Long', message };
  const headers = { 'content-type': 'application/json' };
  return (await fetch('/api/conversations', { method: 'POST', headers, body: JSON.stringify(body) })).json();
}"""


async def long_conversation(me: Person, house: House) -> str:
    """Make one by repeating an exchange in the stopped server's database; returns its address."""
    await me.sign_in(house.server)
    created: dict[str, Any] = await me.page.evaluate(BEGIN)
    conversation = created["conversation"]["id"]
    address = f"{house.server.url}/c/{conversation}"
    await me.page.goto(address)
    await me.answered("fibonacci")
    await house.server.stop()
    lengthen(house.server.data_dir / "modulon.db", UUID(conversation).bytes, MESSAGES)
    await house.server.start()
    return address


async def test_ten_thousand_messages(house: House, browser: Browser) -> None:
    """Takes over 5 s: the server is stopped in between and ten thousand messages are written."""
    async with person(browser) as me:
        address = await long_conversation(me, house)
        asked: list[str] = []
        me.complaints.clear()  # the server was away for a moment
        me.page.on("request", lambda request: asked.append(_path(request)))
        await me.page.goto(address)
        await expect(me.answers.last).to_contain_text("fibonacci")
        assert await me.answers.count() <= MOST_ROWS
        assert len(windows(asked)) == 1

        await me.answers.last.hover()
        await me.page.mouse.wheel(0, -100_000)
        await until(lambda: len(windows(asked)) > 1)
        assert await me.answers.count() <= MOST_ROWS

        await me.ask("And one more")
        await me.answered("fibonacci")
        await expect(me.answers.last).to_be_in_viewport()
        assert await me.answers.count() <= MOST_ROWS
        assert await used_heap(me) <= MOST_MEMORY
        assert me.complaints == []


async def used_heap(me: Person) -> float:
    """JavaScript's heap after a collection, in megabytes."""
    session = await me.page.context.new_cdp_session(me.page)
    await session.send("HeapProfiler.enable")
    await session.send("HeapProfiler.collectGarbage")
    return float((await session.send("Runtime.getHeapUsage"))["usedSize"]) / 1e6


def windows(asked: list[str]) -> list[str]:
    """The requests for messages among *asked*."""
    return [path for path in asked if "/messages?" in path]


def _path(request: Request) -> str:
    return re.sub(r"^https?://[^/]+", "", request.url)
