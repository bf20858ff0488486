"""An administrator sees what runs and why something does not, and switches it; everybody's page follows."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.rig.modules import BREAKS, write_acme, write_module
from tests.rig.server import Server, running_server

from .conftest import House
from .people import DESKTOP, EMAIL, PHONE, Person, person
from .test_accessible import looked_at, schemes

PAGE = "/settings/modules"


@pytest.fixture
async def workshop(tmp_path: Path) -> AsyncIterator[Server]:
    """A server for whoever writes modules, with a folder of them."""
    folder = write_acme(tmp_path / "modules")
    async with running_server(tmp_path, "--dev", "--modules-dir", str(folder)) as server:
        await server.create_user(EMAIL, admin=True)
        yield server


def row(me: Person, name: str) -> Locator:
    """The row of one module."""
    return me.page.get_by_role("row").filter(has=me.page.get_by_role("button", name=re.compile(rf"^{name} \d")))


async def act(me: Person, name: str, what: str) -> None:
    """Choose something from a module's menu."""
    await me.page.get_by_role("button", name=f"Actions for {name}").click()
    await me.page.get_by_role("menuitem", name=what).click()


async def agree(me: Person, question: str, about: str, answer: str) -> None:
    """Read the question and give an answer."""
    dialog = me.page.get_by_role("dialog", name=question)
    await expect(dialog).to_contain_text(about)
    await me.page.get_by_role("button", name=answer, exact=True).click()
    await expect(dialog).to_have_count(0)


async def test_one_module_is_switched_off_and_on(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server, PAGE)
        await expect(row(me, "OpenAI interface")).to_contain_text("Running")
        await act(me, "OpenAI interface", "Disable")
        await agree(me, "Disable OpenAI interface?", "What it keeps stays", "Disable")
        await expect(row(me, "OpenAI interface")).to_contain_text("Disabled")
        await expect(me.page.get_by_role("button", name="Off 1")).to_be_visible()
        await me.page.get_by_role("button", name="Off 1").click()
        await expect(row(me, "Chat")).to_have_count(0)
        await act(me, "OpenAI interface", "Enable")
        await expect(me.page.get_by_text("No module is switched off.")).to_be_visible()
        await me.page.get_by_role("button", name="Show all").click()
        await expect(row(me, "OpenAI interface")).to_contain_text("Running")
        assert me.complaints == []


async def test_what_others_need_stops_and_comes_back_with_them(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server)
        await me.choose_model("sim-echo")
        await me.ask("Remember the rivers")
        await me.answered("rivers")
        conversation = me.page.url
        await me.page.goto(house.server.url + PAGE)
        await act(me, "Providers", "Disable")
        about = "Chat and OpenAI interface need it and stop as well."
        await agree(me, "Disable Providers?", about, "Disable all 3")
        for name in ("Providers", "Chat", "OpenAI interface"):
            await expect(row(me, name)).to_contain_text("Disabled")
        await me.page.goto(conversation)
        await expect(me.composer).to_have_count(0)
        await me.page.goto(house.server.url + PAGE)
        await act(me, "Chat", "Enable")
        await agree(me, "Enable Chat?", "It needs Providers, which is disabled.", "Enable all 2")
        await expect(row(me, "Chat")).to_contain_text("Running")
        await expect(row(me, "OpenAI interface")).to_contain_text("Disabled")
        await me.page.goto(conversation)
        await expect(me.answers.last).to_contain_text("rivers")


async def test_a_second_administrator_sees_it_at_once(house: House, browser: Browser) -> None:
    async with person(browser) as me, person(browser) as other:
        await me.sign_in(house.server, PAGE)
        await other.sign_in(house.server, PAGE)
        await expect(row(other, "Guide")).to_contain_text("Running")
        await act(me, "Guide", "Disable")
        await agree(me, "Disable Guide?", "gone for everyone at once", "Disable")
        await expect(row(other, "Guide")).to_contain_text("Disabled")
        await row(other, "Guide").get_by_role("button").first.click()
        await expect(other.page.get_by_text("Last switched by you on")).to_be_visible()
        await house.server.command("module", "enable", "guide")
        for one in (me, other):
            await expect(row(one, "Guide")).to_contain_text("Running")
        await expect(other.page.get_by_text("from the command line")).to_be_visible()


async def test_the_keyboard_alone_is_enough(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server, PAGE)
        await me.page.get_by_role("searchbox", name="Search modules").focus()
        await me.page.keyboard.type("openai")
        await expect(me.page.get_by_role("button", name=re.compile("^Actions for"))).to_have_count(1)
        opener = row(me, "OpenAI interface").get_by_role("button").first
        for _ in range(10):
            if await opener.evaluate("(element) => element.matches(':focus')"):
                break
            await me.page.keyboard.press("Tab")
        await expect(opener).to_be_focused()
        await me.page.keyboard.press("Enter")
        await expect(opener).to_have_attribute("aria-expanded", "true")
        await expect(me.page.get_by_role("heading", name="Needs", exact=True)).to_be_visible()
        await me.page.keyboard.press("Enter")
        await expect(opener).to_have_attribute("aria-expanded", "false")
        await me.page.keyboard.press("Tab")
        await me.page.keyboard.press("Enter")
        await expect(me.page.get_by_role("menu")).to_be_visible()
        await me.page.keyboard.press("End")
        await me.page.keyboard.press("Enter")
        await expect(me.page.get_by_role("button", name="Cancel")).to_be_focused()
        await me.page.keyboard.press("Tab")
        await me.page.keyboard.press("Enter")
        await expect(row(me, "OpenAI interface")).to_contain_text("Disabled")


async def test_without_the_switch_for_development_code_is_not_taken_anew(house: House, browser: Browser) -> None:
    async with person(browser) as me:
        await me.sign_in(house.server, PAGE)
        await act(me, "Chat", "Load again")
        await expect(me.page.get_by_role("alert").first).to_contain_text(
            "Install the new version of chat and start the server again"
        )


async def test_what_cannot_run_says_why_and_runs_once_it_is_mended(
    workshop: Server, browser: Browser, tmp_path: Path
) -> None:
    async with person(browser) as me:
        await me.sign_in(workshop, PAGE)
        await me.page.get_by_role("button", name="Needs you 3").click()
        for name in ("CRM link", "Reports", "Dice"):
            await expect(row(me, name)).to_contain_text("Cannot run")
        await expect(me.page.get_by_text("It needs Chat >=9, but 1.0.0 is there.")).to_be_visible()
        chain = me.page.get_by_role("list", name="From this module to the cause").get_by_role("listitem")
        await expect(chain).to_have_text(["Reports", "CRM link"])
        await me.page.get_by_text("Last traceback").click()
        traceback = me.page.get_by_role("group", name="Last traceback")
        await expect(traceback).to_contain_text("No module named 'a_library_that_is_not_installed'")
        await expect(traceback).to_be_in_viewport()
        write_module(tmp_path / "modules", "acme.crm", "yes", name="CRM link", version="1.7.4")
        await act(me, "CRM link", "Load again")
        await expect(me.page.get_by_text("CRM link 1.7.4 was loaded from its folder")).to_be_visible()
        await me.page.get_by_role("button", name=re.compile("^All")).click()
        for name in ("CRM link", "Reports"):
            await expect(row(me, name)).to_contain_text("Running")
        write_module(tmp_path / "modules", "acme.crm", "no", name="CRM link", version="1.8.0", more=BREAKS)
        await act(me, "CRM link", "Load again")
        await expect(me.page.get_by_text("CRM link goes on with the code it had.")).to_be_visible()
        await expect(row(me, "CRM link")).to_contain_text("1.7.4")


@schemes
async def test_axe_finds_nothing_wrong_with_open_rows(workshop: Server, browser: Browser, scheme: str) -> None:
    async with person(browser, color_scheme=scheme, reduced_motion="reduce") as me:
        await me.sign_in(workshop, PAGE)
        for name in ("Chat", "Tickets"):
            await row(me, name).get_by_role("button").first.click()
        await me.page.get_by_text("Last traceback").click()
        assert await looked_at(me, PAGE) == {}
        for size in (PHONE, DESKTOP):
            await me.page.set_viewport_size(size)
            await me.holds("document.documentElement.scrollWidth <= innerWidth")
            page = me.page.locator("m-modules-page .page")
            assert await page.evaluate("(element) => element.scrollWidth <= element.clientWidth")
        await act(me, "Providers", "Disable")
        await expect(me.page.get_by_role("dialog")).to_be_visible()
        assert await looked_at(me, "the question") == {}
