"""Every language there is a catalogue of can be chosen, by the person or by their browser, and is spoken everywhere."""

import functools
import re
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from modulon.core.modules.discover import discover
from modulon.core.modules.index import build_index
from modulon.sdk.events import Event
from tests.rig.conversing import Chatter
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


@functools.cache
def names_of_events() -> frozenset[str]:
    """Types and consumers of events look like names of messages; on the page of events they are what is meant."""
    index = build_index(discover())
    consumers = {consumer for module in index.modules for consumer, _ in module.listeners}
    kinds, types = [Event], set[str]()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        types |= {kind.type} if "type" in vars(kind) else set()
    return frozenset(consumers | types)


async def keys_shown(page: Page) -> list[str]:
    """Names of messages that stand on the page, or are spoken, where their text should."""
    spoken: list[str] = await page.evaluate(SPOKEN)
    return [text for text in spoken if set(KEY.findall(text)) - names_of_events()]


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


ZERO_WIDTH = "\u200b"
FIELDS = {
    "de": {
        "invited": "Ein anderes Konto hat diese E-Mail-Adresse.",
        "address": "Schreibe die Adresse als http://host:port/pfad",
        "provider": "Das fehlt.",
        "create": "Neuer Arbeitsbereich",
        "workspace": "Ein anderer deiner Arbeitsbereiche heißt schon so.",
        "joining": "Ein Name fehlt.",
        "gone": "Der Anbieter war nicht erreichbar",
        "browser": "Schreibe eine E-Mail-Adresse",
    },
    "ar": {
        "invited": "لحساب آخر",
        "address": "اكتب العنوان بالشكل",
        "provider": "هذا ناقص.",
        "create": "مساحة عمل جديدة",
        "workspace": "لديك مساحة عمل أخرى بهذا الاسم.",
        "joining": "الاسم ناقص.",
        "gone": "تعذّر الوصول إلى المزوّد",
        "browser": "اكتب عنوان بريد إلكتروني",
    },
}
"""How what is wrong in a form begins, and what opens one."""


async def say(page: Page, told: str, **values: str) -> None:
    """Fill in fields by name, send, and be told *told*."""
    for name, value in values.items():
        await page.locator(f"input[name={name}]:visible").fill(value)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(told).first).to_be_visible()


@pytest.mark.parametrize("language", FIELDS)
async def test_what_is_wrong_in_a_form_is_said_in_the_language(house: House, browser: Browser, language: str) -> None:
    told, url = FIELDS[language], house.server.url
    key = await house.server.create_key(EMAIL, "read", "write", "admin")
    async with aiohttp.ClientSession() as session, person(browser, locale=language) as me, person(browser) as english:
        page = me.page
        admin = Chatter(house.server, session, {"authorization": f"Bearer {key}"})
        await sign_in(page, url)
        await page.wait_for_url(f"{url}/")

        await page.goto(f"{url}/settings/people")
        await page.locator("k-header k-button[variant=primary]").click()
        await say(page, told["invited"], email=EMAIL)

        await page.goto(f"{url}/settings/providers")
        await page.locator("k-header k-button[variant=primary]").click()
        await say(page, told["address"], name="Odd", endpoint="http://one two/v1")
        await say(page, told["provider"], name=ZERO_WIDTH, endpoint="http://127.0.0.1:9/v1")

        await admin.call("POST", "/api/workspaces", {"name": "Lab"})
        await page.goto(url)
        await page.locator("m-workspaces-switcher > k-menu button").first.click()
        await page.get_by_role("menuitem", name=told["create"]).click()
        await say(page, told["workspace"], name="Lab")

        invitation = await admin.call("POST", "/api/invitations", {"email": "bo@example.org", "admin": False})
        await page.goto(f"{url}/join#token={invitation['token']}")
        await say(page, told["joining"], name=ZERO_WIDTH, password=PASSWORD)

        # The browser is English, the person is not: what it finds wrong by itself is said in their language.
        await english.sign_in(house.server, "/settings/preferences")
        await english.page.get_by_label("Language", exact=True).select_option(language)
        await expect(english.page.locator("html")).to_have_attribute("lang", language)
        await english.page.goto(f"{url}/settings/people")
        await english.page.locator("k-header k-button[variant=primary]").click()
        await english.page.locator("input[name=email]").fill("nobody")
        said = await english.page.locator("k-field[name=email]").evaluate("field => field.validationMessage")
        assert said.startswith(told["browser"])


@pytest.mark.parametrize("language", FIELDS)
async def test_why_a_model_cannot_be_used_is_said_in_the_language(
    house: House, browser: Browser, language: str
) -> None:
    key = await house.server.create_key(EMAIL, "read", "write", "admin")
    async with aiohttp.ClientSession() as session, person(browser, locale=language) as me:
        admin = Chatter(house.server, session, {"authorization": f"Bearer {key}"})
        (provider,) = (await admin.call("GET", "/api/providers"))["items"]
        await admin.call("PATCH", f"/api/providers/{provider['id']}", {"endpoint": "http://127.0.0.1:9/v1"})
        await admin.call("POST", f"/api/providers/{provider['id']}/test")
        await sign_in(me.page, house.server.url)
        await me.page.locator("m-chat-models button").first.click()
        await me.page.get_by_role("combobox").last.fill("sim-echo")
        await expect(me.page.get_by_role("option").first).to_contain_text(FIELDS[language]["gone"])


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
