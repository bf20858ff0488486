"""An administrator follows what happens, and mends what could not be delivered."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, expect

from tests.rig.conversing import Chatter
from tests.rig.modules import write_module
from tests.rig.server import Server, running_server
from tests.rig.waiting import until

from .people import DESKTOP, EMAIL, PHONE, Person, person
from .test_accessible import looked_at, schemes

PAGE = "/settings/events"
CONSUMER = "acme.picky.bears_it"
_PICKY = """
import pathlib

@module.on(WorkspaceCreated)
async def bears_it(ctx: Context, event: WorkspaceCreated, tx: Write, delivery: Delivery) -> None:
    if pathlib.Path({broken!r}).exists():
        raise ValueError("cannot bear it")
    with open({handled!r}, "a") as file:
        file.write(str(delivery.seq) + "\\n")
"""


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A server with a module that fails while the file `broken` is there, and notes in `handled` what it handled."""
    more = _PICKY.format(broken=str(tmp_path / "broken"), handled=str(tmp_path / "handled"))
    (tmp_path / "modules").mkdir()
    write_module(tmp_path / "modules", "acme.picky", "here", more=more)
    async with running_server(tmp_path, "--dev", "--modules-dir", str(tmp_path / "modules")) as running:
        await running.create_user(EMAIL, admin=True)
        yield running


async def make_workspace(server: Server, name: str) -> None:
    """Have something happen of which the module hears."""
    key = await server.create_key(EMAIL, "read", "write")
    async with aiohttp.ClientSession() as session:
        await Chatter(server, session, {"authorization": f"Bearer {key}"}).call(
            "POST", "/api/workspaces", {"name": name}
        )


async def gives_up(me: Person, server: Server, tmp_path: Path) -> None:
    """Break the module, have an event for it, and try until it is given up."""
    await make_workspace(server, "Handled")
    await until((tmp_path / "handled").exists)
    (tmp_path / "broken").touch()
    await make_workspace(server, "Not handled")
    try_now = me.page.get_by_role("button", name=re.compile("^Try now"))
    letter = me.page.get_by_role("button", name=re.compile(f"^Retry event .* for {CONSUMER}"))
    await expect(try_now).to_be_visible(timeout=20_000)
    while not await letter.is_visible():
        if await try_now.is_visible() and await try_now.is_enabled():
            await try_now.click()
        await me.page.wait_for_timeout(200)


async def test_a_dead_letter_is_seen_and_delivered_after_mending(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    async with person(browser) as me:
        await me.sign_in(server, PAGE)
        await gives_up(me, server, tmp_path)
        await expect(me.page.get_by_text("6 tries, the last on")).to_contain_text("ValueError: cannot bear it")
        await me.page.get_by_role("button", name=re.compile("^Look at event")).click()
        inspector = me.page.locator("m-events-event")
        await expect(inspector).to_contain_text("identity.workspace_created")
        await expect(inspector.get_by_role("region", name="Payload")).to_contain_text('"workspace_id"')
        await me.page.keyboard.press("Escape")
        await expect(inspector).to_have_count(0)
        assert len((tmp_path / "handled").read_text().split()) == 1
        (tmp_path / "broken").unlink()
        await me.page.get_by_role("button", name=re.compile("^Retry event")).click()
        await expect(me.page.get_by_text("There are none. Every event was handled")).to_be_visible()
        assert len((tmp_path / "handled").read_text().split()) == 2
        await expect(me.page.get_by_role("row").filter(has_text="core.deliveries_changed").first).to_be_visible()
        assert me.complaints == []


async def test_discarding_asks_first_and_replaying_says_what_it_does(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    async with person(browser) as me:
        await me.sign_in(server, PAGE)
        await gives_up(me, server, tmp_path)
        (tmp_path / "broken").unlink()
        discard = me.page.get_by_role("button", name=re.compile("^Discard event"))
        for answer, left in (("Cancel", 1), ("Discard", 0)):
            await discard.click()
            await expect(me.page.get_by_role("dialog", name="Discard this dead letter?")).to_contain_text(
                "This cannot be undone"
            )
            await me.page.get_by_role("button", name=answer, exact=True).click()
            await expect(discard).to_have_count(left)
        await me.page.get_by_role("button", name=f"Deliver again to {CONSUMER}").click()
        dialog = me.page.get_by_role("dialog", name=f"Deliver again to {CONSUMER}")
        await expect(me.page.get_by_text("1 event is delivered again.")).to_be_visible()
        box = me.page.get_by_role("textbox", name="From event number")
        await box.fill("99999")
        await expect(me.page.get_by_text("Choose a number between them")).to_be_visible()
        await box.fill("1")
        await expect(me.page.get_by_text("2 events are delivered again.")).to_be_visible()
        await box.press("Enter")
        await expect(me.page.get_by_text(f"2 events are delivered to {CONSUMER} again.")).to_be_visible()
        await expect(dialog).to_have_count(0)
        await until(lambda: len((tmp_path / "handled").read_text().split()) == 3)


async def test_it_follows_what_happens_and_is_filtered(server: Server, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(server, PAGE)
        await make_workspace(server, "First")
        rows = me.page.locator("m-events-page .log tbody tr")
        await expect(rows.first).to_be_visible()
        box = me.page.get_by_role("searchbox", name="Filter events")
        await box.fill("type:identity.workspace_created")
        await expect(rows).to_have_count(1)
        await make_workspace(server, "Second")
        await expect(rows).to_have_count(2)
        await rows.last.get_by_role("button").click()
        await make_workspace(server, "Third")
        await me.page.get_by_role("button", name="1 new event").click()
        await expect(rows).to_have_count(3)
        await me.page.get_by_role("button", name="Pause").click()
        await expect(me.page.get_by_text("Paused")).to_be_visible()
        await box.fill("nonsense:x")
        await expect(me.page.get_by_text("“nonsense:x” is no filter.")).to_be_visible()
        await box.fill("type:nothing.at_all")
        await expect(me.page.get_by_text("Nothing in the log meets these conditions.")).to_be_visible()


@schemes
async def test_axe_finds_nothing_wrong_with_an_open_event(server: Server, browser: Browser, scheme: str) -> None:
    async with person(browser, color_scheme=scheme, reduced_motion="reduce") as me:
        await me.sign_in(server, PAGE)
        rows = me.page.locator("m-events-page .log tbody tr")
        await rows.first.get_by_role("button").click()
        assert await looked_at(me, PAGE) == {}
        for size in (PHONE, DESKTOP):
            await me.page.set_viewport_size(size)
            await me.holds("document.documentElement.scrollWidth <= innerWidth")
            page = me.page.locator("m-events-page .page")
            assert await page.evaluate("(element) => element.scrollWidth <= element.clientWidth")
