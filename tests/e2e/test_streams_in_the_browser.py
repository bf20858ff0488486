"""Reload, a second tab, a cut network and a killed server while an answer streams: exact text, nothing twice."""

import asyncio
import re
from typing import Any

from playwright.async_api import Browser, Route, expect

from tests.rig.line import running_line
from tests.rig.provider.text import tokens

from .conftest import House
from .people import Person, newcomer, person

TOKENS = 400
MODEL = f"sim-n{TOKENS}-r40"
"""Ten seconds: there is time for what happens meanwhile on a busy machine too."""
WHOLE = "".join(tokens(TOKENS))


async def begin(me: Person, house: House, base: str = "") -> str:
    """Ask a slow model and wait for the first words; the conversation's address. *base* is where the server is met."""
    base = base or house.server.url
    await me.sign_in(base)
    created: dict[str, Any] = await me.page.evaluate(CREATE, f"sim/{MODEL}")
    address = f"{base}/c/{created['conversation']['id']}"
    await me.page.goto(address)
    await expect(me.answers.last).to_contain_text("Result")
    return address


CREATE = """async (model) => {
  const body = { message: { parts: [{ type: 'text', text: 'Go on' }], model } };
  const headers = { 'content-type': 'application/json' };
  return (await fetch('/api/conversations', { method: 'POST', headers, body: JSON.stringify(body) })).json();
}"""

SAVED = """async (id) => {
  const page = await (await fetch(`/api/conversations/${id}/messages`)).json();
  const last = page.items.at(-1);
  return [last.status, last.parts.filter((part) => part.type === 'text').map((part) => part.text).join('')];
}"""

BRANCH = """async (id) => {
  const page = await (await fetch(`/api/conversations/${id}/messages`)).json();
  return page.items.map((message) => [message.role, message.model.split('/').at(-1)]);
}"""

SHOWN = "(article) => article.innerText.replace(/\\s+/g, ' ')"


async def saved(me: Person) -> list[str]:
    """Status and text of the last message as the server keeps it."""
    found: list[str] = await me.page.evaluate(SAVED, me.page.url.rpartition("/")[2])
    return found


async def shown(me: Person) -> str:
    """The last answer as one reads it."""
    text: str = await me.answers.last.evaluate(SHOWN)
    return text


async def finished(me: Person) -> None:
    await expect(me.page.get_by_role("button", name=re.compile("^Stop"))).to_have_count(0, timeout=40_000)
    await expect(me.answers.last.get_by_role("button", name="Answer again")).to_be_visible(timeout=20_000)


async def test_reload_and_a_second_tab(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        address = await begin(me, house)
        second = await newcomer(me.page.context)
        await second.page.goto(address)
        await me.page.reload()
        for one in (me, second):
            await finished(one)
            assert await saved(one) == ["complete", WHOLE]
        assert await shown(me) == await shown(second)
        whole = await shown(me)
        await me.page.reload()
        await finished(me)
        assert await shown(me) == whole
        assert me.complaints == second.complaints == []


async def test_a_cut_network(house: House, browser: Browser) -> None:
    """Every connection is torn twice while the answer streams; in between nobody is there to connect to."""
    async with running_line(house.server.url) as line, person(browser) as me:
        await begin(me, house, line.url)
        for words in ("Result", "inline code"):
            await expect(me.answers.last).to_contain_text(words)
            assert await line.cut() > 0
            await expect(me.page.get_by_text(re.compile("connection", re.IGNORECASE)).first).to_be_visible()
            await line.mend()
        await finished(me)
        assert await saved(me) == ["complete", WHOLE]
        whole = await shown(me)
        await me.page.reload()
        await finished(me)
        assert await shown(me) == whole


async def test_a_browser_without_network(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await begin(me, house)
        await me.page.context.set_offline(True)
        await expect(me.page.get_by_text(re.compile("offline|connection", re.IGNORECASE)).first).to_be_visible()
        await me.page.context.set_offline(False)
        await finished(me)
        assert await saved(me) == ["complete", WHOLE]


async def test_a_killed_server(house: House, browser: Browser) -> None:
    """The page may have been ahead of the journal; afterwards it shows exactly what was journalled, and says so."""
    async with person(browser) as me:
        await begin(me, house)
        await expect(me.answers.last).to_contain_text("inline code")
        await house.server.kill()
        await house.server.start()
        go_on = me.page.get_by_role("button", name="Continue")
        await expect(go_on).to_be_visible(timeout=20_000)
        status, text = await saved(me)
        assert status == "interrupted"
        assert text
        assert WHOLE.startswith(text)
        interrupted = await shown(me)
        await me.page.reload()
        await expect(go_on).to_be_visible()
        assert await shown(me) == interrupted
        await go_on.click()
        await expect(go_on).to_have_count(0)
        await finished(me)
        assert (await saved(me))[1].startswith(text)


async def test_stop_keeps_what_was_written(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await begin(me, house)
        await me.page.get_by_role("button", name=re.compile("^Stop")).click()
        await finished(me)
        status, text = await saved(me)
        assert status == "cancelled"
        assert text
        assert WHOLE.startswith(text)
        assert len(text) < len(WHOLE)


async def test_what_is_sent_before_the_conversation_has_arrived_follows_it_to_its_model(
    browser: Browser, house: House
) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server)
        model = "sim-fast"
        created: dict[str, Any] = await me.page.evaluate(CREATE, f"sim/{model}")
        address = f"{house.server.url}/c/{created['conversation']['id']}"
        await me.page.goto(address)
        await finished(me)
        arrive = asyncio.Event()

        async def late(route: Route) -> None:
            await arrive.wait()
            await route.continue_()

        await me.page.route(re.compile(r"/api/conversations/[^?]+/messages\?"), late)
        await me.page.reload(wait_until="commit")
        await me.composer.fill("And then?")
        await me.page.keyboard.press("Enter")
        arrive.set()
        await expect(me.answers).to_have_count(4)
        await finished(me)
        branch = await me.page.evaluate(BRANCH, me.page.url.rpartition("/")[2])
        assert [role for role, _ in branch] == ["user", "assistant"] * 2
        assert {used for role, used in branch if role == "assistant"} == {model}
