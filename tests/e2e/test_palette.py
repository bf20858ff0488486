"""The palette finds conversations from every page, also where nothing else of the module has been loaded."""

import asyncio

from playwright.async_api import Browser, expect

from .conftest import House
from .people import Person, person


async def indexed(me: Person, url: str, word: str) -> None:
    """Wait until what was written is found: the index of words is up to a second behind."""
    async with asyncio.timeout(10):
        while word not in await (await me.page.request.get(f"{url}/api/conversations/search?q={word}")).text():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def test_conversations_are_found_from_the_settings(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server)
        await me.choose_model("sim-code")
        await me.ask("Where do penguins live?")
        await me.answered("fibonacci")
        await indexed(me, house.server.url, "penguins")
        await me.page.goto(f"{house.server.url}/settings/providers")
        await expect(me.page.get_by_text("Healthy")).to_be_visible()
        await me.page.keyboard.press("ControlOrMeta+k")
        await me.page.keyboard.type("penguins")
        found = me.page.get_by_role("option", name="Where do penguins live?")
        await expect(found).to_be_visible()
        await me.page.keyboard.press("Enter")
        await expect(me.answers.last).to_contain_text("fibonacci")
        assert me.complaints == []


async def test_the_documentation_is_found_from_every_page(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server, "/settings/account")
        await me.page.keyboard.press("ControlOrMeta+k")
        await me.page.keyboard.type("recovery key")
        passages = me.page.get_by_role("group", name="Help").get_by_role("option")
        await expect(passages.filter(has_text="recovery key").first).to_be_visible()
        title = await passages.first.locator("b").inner_text()
        await passages.first.click()
        await expect(me.page.get_by_role("heading", name=title, exact=True).first).to_be_visible()
        assert "/help/" in me.page.url
