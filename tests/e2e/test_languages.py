"""Every language there is a catalogue of can be chosen, by the person or by their browser, and is spoken everywhere."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.rig.server import PASSWORD

from .conftest import House
from .pages import PAGES
from .people import DESKTOP, EMAIL, PHONE, person

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = sorted(path.stem for path in (ROOT / "web" / "shell" / "locales").glob("*.json"))
MODULES = sorted(path.parent.name for path in (ROOT / "src" / "modulon" / "modules").glob("*/module.toml"))
KEY = re.compile(rf"\b(?:shell|{'|'.join(MODULES)})\.[a-z_]+")
SPOKEN = """() => {
  const found = [];
  const look = (root) => {
    for (const element of root.querySelectorAll(':not(script, style)')) {
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) found.push(element.getAttribute(name) ?? '');
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return found;
}"""
WIDER = "() => document.documentElement.scrollWidth - innerWidth"


async def keys_shown(page: Page) -> list[str]:
    """Names of messages that stand on the page, or are spoken, where their text should."""
    spoken: list[str] = await page.evaluate(SPOKEN)
    return [text for text in spoken if KEY.search(text)]


async def sign_in(page: Page, url: str, password: str = PASSWORD) -> None:
    """Sign in on a page whose words are not known."""
    await page.goto(f"{url}/signin")
    await page.locator("input[type=email]").fill(EMAIL)
    await page.locator("input[type=password]").fill(password)
    await page.keyboard.press("Enter")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_page_shows_the_name_of_a_message(house: House, browser: Browser, language: str) -> None:
    async with person(browser, locale=language) as me:
        page = me.page
        await sign_in(page, house.server.url)
        await page.wait_for_url(f"{house.server.url}/")
        found: dict[str, object] = {}
        for path in PAGES:
            await page.goto(house.server.url + path)
            await expect(page.get_by_role("heading", level=1).first).to_be_visible()
            await expect(page.locator("html")).to_have_attribute("lang", language)
            for size in (DESKTOP, PHONE):
                await page.set_viewport_size(size)
                found[f"{path} {size['width']} keys"] = await keys_shown(page)
                found[f"{path} {size['width']} wider"] = await page.evaluate(WIDER)
        assert {where: what for where, what in found.items() if what} == {}


async def test_a_german_browser_is_spoken_to_in_german(house: House, browser: Browser) -> None:
    async with person(browser, locale="de-AT") as me:
        page = me.page
        await sign_in(page, house.server.url, "not the password")
        await expect(page.get_by_text("E-Mail oder Passwort stimmt nicht.")).to_be_visible()
        await expect(page.locator("html")).to_have_attribute("lang", "de")
        await sign_in(page, house.server.url)
        await expect(page.get_by_role("button", name=re.compile("^Neuer Chat"))).to_be_visible()
        await expect(page.get_by_role("link", name="Einstellungen")).to_be_visible()
        await page.get_by_role("button", name=re.compile("^Modell")).click()
        await page.get_by_role("combobox").last.fill("sim-401")
        await expect(page.get_by_role("option").first).to_contain_text("sim-401")
        await page.keyboard.press("Enter")
        await page.get_by_role("textbox", name="Nachricht").fill("Hallo")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Der Anbieter hat seinen Schlüssel abgelehnt.")).to_be_visible()
        await page.goto(f"{house.server.url}/settings/people")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Personen")
        await expect(page.get_by_text(re.compile("^vor [0-9]+ Sekunden?|^jetzt$"))).to_be_visible()


async def test_a_chosen_language_follows_the_person(house: House, browser: Browser) -> None:
    async with person(browser, locale="en-GB") as me, person(browser, locale="en-GB") as elsewhere:
        await me.sign_in(house.server, "/settings/preferences")
        choice = me.page.get_by_label("Language", exact=True)
        offered = await choice.locator("option").evaluate_all("options => options.map((one) => one.value)")
        assert sorted(offered) == ["", *LANGUAGES]
        await choice.select_option("de")
        await expect(me.page.get_by_role("heading", level=1)).to_have_text("Persönliches")
        await expect(me.page.locator("html")).to_have_attribute("lang", "de")
        await elsewhere.sign_in(house.server)
        await expect(elsewhere.page.get_by_role("link", name="Einstellungen")).to_be_visible()
        await me.page.get_by_label("Sprache", exact=True).select_option("")
        await expect(me.page.get_by_role("heading", level=1)).to_have_text("Preferences")
        await expect(elsewhere.page.locator("html")).to_have_attribute("lang", "en")
