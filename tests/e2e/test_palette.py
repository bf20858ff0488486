"""The palette finds conversations from every page, also where nothing else of the module has been loaded."""

from playwright.async_api import Browser, expect

from .conftest import House
from .people import person


async def test_conversations_are_found_from_the_settings(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server)
        await me.choose_model("sim-code")
        await me.ask("Where do penguins live?")
        await me.answered("fibonacci")
        await me.page.goto(f"{house.server.url}/settings/providers")
        await expect(me.page.get_by_text("Healthy")).to_be_visible()
        await me.page.keyboard.press("ControlOrMeta+k")
        await me.page.keyboard.type("penguins")
        found = me.page.get_by_role("option", name="Where do penguins live?")
        await expect(found).to_be_visible()
        await me.page.keyboard.press("Enter")
        await expect(me.answers.last).to_contain_text("fibonacci")
        assert me.complaints == []
