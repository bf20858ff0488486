"""Arabic: the page runs from right to left before anything is seen, nothing sticks out, and axe objects to nothing."""

from typing import Any

import msgspec
import pytest
from playwright.async_api import Browser, Page, expect

from tests.rig.server import PASSWORD, Server
from tools.paths import ROOT

from .conftest import House
from .pages import PAGES, public_pages
from .people import DESKTOP, EMAIL, PHONE, Person, person
from .test_accessible import looked_at

BEGUN = """(() => {
  const define = customElements.define;
  customElements.define = function (name, ...rest) {
    const { dir, lang } = document.documentElement;
    if (name === 'modulon-app') window.begun = `${dir} ${lang}`;
    return define.call(this, name, ...rest);
  };
})()"""
"""Keeps what the page was when its one element could render for the first time."""

OUTSIDE = """() => {
  const KINDS = 'button, a, input, textarea, select, h1, h2, h3, label, p, td, th, small, b, pre';
  const SCROLLING = 'nav, pre, .scroll';
  const inner = (one) => (one.shadowRoot ? deep(one.shadowRoot) : []);
  const deep = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...inner(one)]);
  const above = (one) => one.assignedSlot ?? one.parentElement ?? one.getRootNode().host ?? null;
  const within = (one, selector) => {
    for (let at = above(one); at; at = above(at)) if (at.matches(selector)) return true;
    return false;
  };
  const outside = (one) => {
    const { left, right, width } = one.getBoundingClientRect();
    return width > 1 && (left < -1 || right > innerWidth + 1);
  };
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const wrong = (one) => one.matches(KINDS) && seen(one) && outside(one) && !within(one, SCROLLING);
  const found = deep(document.body).filter(wrong);
  const { scrollWidth } = document.scrollingElement;
  const wide = scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide`] : [];
  return [...wide, ...found.map((one) => `${one.localName} "${one.textContent.trim().slice(0, 40)}"`)];
}"""
"""What can be read or pressed and lies wholly or partly beside the window, except in what scrolls by itself."""


def words(owner: str) -> dict[str, Any]:
    """The Arabic catalogue of a module, or of the shell."""
    folder = ROOT / "web" / "shell" if owner == "shell" else ROOT / "src" / "modulon" / "modules" / owner / "frontend"
    return msgspec.json.decode((folder / "locales" / "ar.json").read_bytes(), type=dict[str, Any])


async def fits(page: Page) -> list[str]:
    """What sticks out of the window of a phone, for somebody who wants no motion: else the sidebar is seen leaving."""
    await page.set_viewport_size(PHONE)
    await page.evaluate("document.fonts.ready")
    found: list[str] = await page.evaluate(OUTSIDE)
    return found


async def seen(me: Person, place: str) -> dict[str, list[str]]:
    """What is wrong with the present page, by its name."""
    found = await looked_at(me, place)
    outside = await fits(me.page)
    await me.page.set_viewport_size(DESKTOP)
    return found | ({f"{place} outside": outside} if outside else {})


async def sign_in(me: Person, server: Server) -> None:
    signin = words("accounts")["signin"]
    await me.page.goto(f"{server.url}/signin?next=/")
    await me.page.get_by_label(signin["email"]).fill(EMAIL)
    await me.page.get_by_label(signin["password"], exact=True).fill(PASSWORD)
    await me.page.keyboard.press("Enter")
    await me.page.wait_for_url(f"{server.url}/")


async def test_before_signing_in(server: Server, browser: Browser) -> None:
    async with person(browser, locale="ar-EG", reduced_motion="reduce") as me:
        await me.page.add_init_script(BEGUN)
        await me.page.goto(server.setup_link)
        await expect(me.page.get_by_label(words("accounts")["setup"]["email"])).to_be_visible()
        assert await me.page.evaluate("window.begun") == "rtl ar"
        found = await seen(me, "/setup")
        for path, address in (await public_pages(server)).items():
            await me.page.goto("about:blank")
            await me.page.goto(address)
            await expect(me.page.locator("input[type=password]").first).to_be_visible()
            found |= await seen(me, path)
        assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_after_signing_in(house: House, browser: Browser, scheme: str) -> None:
    async with person(browser, locale="ar", color_scheme=scheme, reduced_motion="reduce") as me:
        await sign_in(me, house.server)
        await ask_for_a_document(me, "أرني شيفرة وجدولًا")
        found = await seen(me, "/c/…")
        for path in PAGES:
            await me.page.goto(house.server.url + path)
            await expect(me.page.get_by_role("heading", level=1).first).to_be_visible()
            found |= await seen(me, path)
        assert found == {}
        assert me.complaints == []


async def ask_for_a_document(me: Person, question: str) -> None:
    """Ask for code, a table and a formula."""
    chat = words("chat")
    await me.page.get_by_role("button", name=chat["composer"]["model"].split("{")[0]).click()
    await me.page.get_by_role("combobox").last.fill("sim-code")
    await expect(me.page.get_by_role("option").first).to_contain_text("sim-code")
    await me.page.keyboard.press("Enter")
    composer = me.page.get_by_role("textbox", name=chat["composer"]["label"])
    await composer.fill(question)
    await composer.press("Enter")
    await expect(me.answers.last).to_contain_text("fibonacci")
    await expect(me.page.get_by_role("button", name=chat["composer"]["stop"], exact=True)).to_have_count(0)


async def test_code_keys_and_what_people_write_keep_their_direction(house: House, browser: Browser) -> None:
    directions = "(one) => getComputedStyle(one).direction"
    async with person(browser, locale="ar") as me:
        await sign_in(me, house.server)
        await ask_for_a_document(me, "أرني شيفرة وجدولًا")
        assert await me.answers.last.locator("pre").first.evaluate(directions) == "ltr"
        assert await me.answers.first.locator(".bubble").evaluate(directions) == "rtl"
        composer = me.page.get_by_role("textbox", name=words("chat")["composer"]["label"])
        assert await composer.evaluate(directions) == "rtl"
        await composer.fill("In English")
        assert await composer.evaluate(directions) == "ltr"


async def test_what_opens_on_a_phone_fits(house: House, browser: Browser) -> None:
    shell, chat = words("shell"), words("chat")
    async with person(browser, locale="ar", reduced_motion="reduce") as me:
        await sign_in(me, house.server)
        await me.page.set_viewport_size(PHONE)
        await me.page.get_by_role("button", name=shell["words"]["menu"]).click()
        await expect(me.page.get_by_role("button", name=shell["close_menu"]).first).to_be_visible()
        assert await fits(me.page) == []
        await me.page.keyboard.press("Escape")
        await me.page.get_by_role("button", name=chat["composer"]["model"].split("{")[0]).click()
        await expect(me.page.get_by_role("option").first).to_be_visible()
        assert await fits(me.page) == []
        await me.page.keyboard.press("Escape")
        await me.page.keyboard.press("Control+k")
        await expect(me.page.get_by_role("combobox", name=shell["palette"]["label"])).to_be_focused()
        assert await fits(me.page) == []
