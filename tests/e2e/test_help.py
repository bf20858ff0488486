"""The documentation in the browser, and the guide as the first model somebody meets."""

import re

from playwright.async_api import Browser, expect

from tests.rig.server import Server

from .people import EMAIL, Person, person
from .test_accessible import SIZES, looked_at, schemes


async def arrived(server: Server, me: Person) -> None:
    await server.create_user(EMAIL, admin=True)
    await me.sign_in(server)


async def test_without_any_provider_the_guide_answers_and_its_source_opens(server: Server, browser: Browser) -> None:
    async with person(browser) as me:
        await arrived(server, me)
        await expect(me.page.get_by_role("button", name="Model: Guide")).to_be_visible()
        await me.ask("How do I make a backup?")
        await me.answered("Source:")
        await me.answers.last.get_by_role("link", name=re.compile("Backup")).first.click()
        await me.page.wait_for_url(re.compile("/help/operate/backup"))
        await expect(me.page.get_by_role("heading", name="Backup and restore").first).to_be_visible()
        assert me.complaints == []


async def test_pages_are_listed_searched_and_show_their_pictures(server: Server, browser: Browser) -> None:
    async with person(browser) as me:
        await arrived(server, me)
        await me.page.get_by_role("link", name="Help", exact=True).click()
        pages = me.page.get_by_role("navigation", name="Pages")
        await pages.get_by_role("link", name="Conversations", exact=True).click()
        picture = me.page.get_by_role("img", name="A conversation")
        await expect(picture).to_be_visible()
        assert await picture.evaluate("(img) => img.decode().then(() => img.naturalWidth)") > 300
        await me.page.get_by_role("searchbox").fill("forgotten key")
        await me.page.get_by_role("link", name=re.compile("The key")).first.click()
        await me.page.wait_for_url(re.compile("#the-key"))
        await expect(me.page.get_by_role("heading", name="The key")).to_be_focused()
        await me.page.get_by_role("searchbox").fill("qqqqqq")
        await expect(me.page.get_by_text("Nothing found")).to_be_visible()
        await me.page.goto(f"{server.url}/help/guide/nothing")
        await expect(me.page.get_by_text("No such page").first).to_be_visible()


@schemes
async def test_help_is_accessible(server: Server, browser: Browser, scheme: str) -> None:
    async with person(browser, color_scheme=scheme) as me:
        await arrived(server, me)
        for path in ("/help", "/help/guide/conversations"):
            await me.page.goto(f"{server.url}{path}")
            await expect(
                me.page.get_by_role("link", name=re.compile("First steps|Conversations")).first
            ).to_be_visible()
            assert await looked_at(me, path) == {}
            await me.page.set_viewport_size(SIZES["wide"])


async def test_f1_opens_it(server: Server, browser: Browser) -> None:
    async with person(browser) as me:
        await arrived(server, me)
        await me.page.goto(f"{server.url}/")
        await expect(me.composer).to_be_visible()
        await me.page.keyboard.press("F1")
        await me.page.wait_for_url(f"{server.url}/help")
