"""A conversation whose model is gone: it says so, and by whom it goes on, until the person or the model decides."""

import aiohttp
from playwright.async_api import Browser, expect

from tests.rig.conversing import Chatter

from .conftest import House
from .people import EMAIL, person
from .test_accessible import looked_at


async def test_a_conversation_says_that_its_model_is_gone_and_what_answers_instead(
    house: House, browser: Browser
) -> None:
    server = house.server
    old = await server.add_provider("Old", house.provider.url)
    key = await server.create_key(EMAIL, "read", "write", "admin")
    async with aiohttp.ClientSession() as session, person(browser) as me:
        admin = Chatter(server, session, {"authorization": f"Bearer {key}"})

        async def switch(*, on: bool) -> None:
            await admin.call("PATCH", f"/api/providers/{old['id']}", {"enabled": on})
            await me.page.reload()

        begun = await admin.begin("Hello", "old/sim-code")
        await me.sign_in(server, f"/c/{begun['conversation']['id']}")
        chosen = me.page.get_by_role("button", name="Model: ")
        note = me.page.get_by_role("status").filter(has_text="is no longer available")
        await me.answered("fibonacci")
        await expect(chosen).to_have_accessible_name("Model: sim-code")
        await expect(note).to_have_count(0)

        await switch(on=False)
        await expect(note).to_have_text("sim-code is no longer available; the next answer comes from sim-401.")
        await expect(chosen).to_have_accessible_name("Model: sim-401")
        await expect(me.composer).to_have_accessible_description(await note.inner_text())
        await expect(me.page.get_by_role("dialog")).to_have_count(0)
        assert await looked_at(me, "gone") == {}

        await switch(on=True)
        await expect(chosen).to_have_accessible_name("Model: sim-code")
        await expect(note).to_have_count(0)

        await switch(on=False)
        await expect(note).to_be_visible()
        await me.choose_model("sim-echo")
        await expect(note).to_have_count(0)
        await me.ask("and now")
        await me.answered("and now")
        await me.page.reload()
        await expect(chosen).to_have_accessible_name("Model: sim-echo")
        await expect(note).to_have_count(0)
        assert me.complaints == []


async def test_a_list_that_could_not_be_loaded_tells_nothing_of_a_model(house: House, browser: Browser) -> None:
    server = house.server
    key = await server.create_key(EMAIL, "read", "write", "admin")
    async with aiohttp.ClientSession() as session, person(browser) as me:
        begun = await Chatter(server, session, {"authorization": f"Bearer {key}"}).begin("Hello", "sim/sim-echo")
        await me.page.route("**/api/models*", lambda route: route.abort())
        await me.sign_in(server, f"/c/{begun['conversation']['id']}")
        await me.answered("Hello")
        await expect(me.page.get_by_role("button", name="Model: sim-echo")).to_be_visible()
        await expect(me.page.get_by_role("status").filter(has_text="available")).to_have_count(0)
        await me.ask("once more")
        await me.answered("once more")
