"""What an answer cost: a price set by keyboard alone, and the sum it comes to."""

from playwright.async_api import Browser, expect

from .conftest import House
from .people import person


async def test_a_price_is_set_and_the_cost_is_told(browser: Browser, house: House) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server, "/settings/providers")
        page = me.page
        await page.get_by_role("button", name="Sim Local").click()
        await page.get_by_role("button", name="Set what sim-echo costs").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("Tokens read")).to_be_focused()
        await page.keyboard.type("100,5")
        await page.keyboard.press("Tab")
        await page.keyboard.type("-2")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Write a number from 0 on")).to_be_visible()
        await page.get_by_label("Tokens written").fill("200")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("cell", name="$100.50 / $200.00")).to_be_visible()
        await page.goto(f"{house.server.url}/")
        await me.choose_model("sim-echo")
        await me.ask("hello there")
        await me.answered("hello there")
        await page.get_by_role("button", name="Tokens and cost").click()
        cost = page.get_by_text("$0.00")
        await expect(cost.first).to_be_visible()
        assert me.complaints == []
