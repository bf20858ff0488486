"""An administrator sets what a module offers to be set, in a form made from what it declares."""

import re

from playwright.async_api import Browser, Locator, expect

from .conftest import House
from .people import Person, person
from .test_languages import sign_in

PAGE = "/settings/modules/chat"
DAYS = "Days that deleted conversations are kept"


def line(me: Person, label: str) -> Locator:
    """One setting's line of the form."""
    return me.page.locator("m-modules-settings .line").filter(has_text=label)


async def save(me: Person) -> None:
    await me.page.get_by_role("button", name="Save").click()


async def test_a_setting_is_changed_refused_and_taken_back(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server, PAGE)
        days = me.page.get_by_role("textbox", name=DAYS)
        await expect(days).to_have_value("30")
        await expect(me.page.get_by_role("button", name="Save")).to_be_hidden()

        await days.fill("soon")
        await save(me)
        await expect(line(me, DAYS)).to_contain_text("Write a number.")
        await days.fill("0")
        await save(me)
        await expect(line(me, DAYS)).to_contain_text("The least that is possible is 1.")
        await expect(me.page.get_by_role("alert").filter(has_text="Nothing was saved")).to_be_visible()

        await days.fill("7")
        await me.page.get_by_role("switch", name="Let the model name conversations").click()
        await expect(me.page.get_by_text("2 changes are not saved yet")).to_be_visible()
        await save(me)
        await expect(me.page.get_by_role("button", name="Save")).to_be_hidden()
        await me.page.reload()
        await expect(days).to_have_value("7")
        await expect(me.page.get_by_role("switch", name="Let the model name conversations")).not_to_be_checked()

        await line(me, DAYS).get_by_role("button", name="Default: 30").click()
        await expect(days).to_have_value("30")
        await save(me)
        await me.page.get_by_text("3 earlier changes").click()
        past = me.page.locator("m-modules-settings details li").first
        await expect(past).to_contain_text(DAYS)
        await expect(past).to_contain_text("7")
        await expect(past).to_contain_text("default")


async def test_the_form_is_left_as_it_was_when_changes_are_discarded(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server, PAGE)
        days = me.page.get_by_role("textbox", name=DAYS)
        await days.fill("9")
        await me.page.get_by_role("button", name="Discard").click()
        await expect(days).to_have_value("30")
        await expect(me.page.get_by_role("button", name="Discard")).to_be_hidden()
        assert me.complaints == []


async def test_it_speaks_the_language_of_the_page(house: House, browser: Browser) -> None:
    async with person(browser, locale="de-DE") as me:
        await sign_in(me.page, house.server.url)
        await expect(me.page).not_to_have_url(re.compile("signin"))
        await me.page.goto(f"{house.server.url}{PAGE}")
        await expect(
            me.page.get_by_role("textbox", name="Tage, die gelöschte Unterhaltungen aufbewahrt werden")
        ).to_have_value("30")
        await expect(me.page.get_by_text("Von 1 bis 3.650.")).to_be_visible()
