"""The first hour: from the set-up link to an answer with code and a table, by keyboard alone."""

from playwright.async_api import Browser, Page, expect

from tests.rig.provider import Provider
from tests.rig.server import PASSWORD, Server

from .people import EMAIL, person


async def tab_to(page: Page, name: str, limit: int = 60) -> None:
    """Press Tab until the focus is on what is called *name*."""
    for _ in range(limit):
        if name in await page.evaluate(FOCUSED):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{name!r} cannot be reached with Tab")


FOCUSED = """() => {
  // The words of a control in a shadow root may stand outside of it, in its host. Long texts are regions, not names.
  const chain = [document.activeElement];
  while (chain.at(-1)?.shadowRoot?.activeElement) chain.push(chain.at(-1).shadowRoot.activeElement);
  const control = chain.at(-1);
  if (control === document.body || control?.tabIndex < 0) return '';
  const names = [control?.getAttribute('aria-label'), control?.labels?.[0]?.textContent, control?.textContent];
  if (control?.querySelector('slot')) names.push(chain.at(-2)?.textContent);
  return names.map((name) => name?.trim().replace(/\\s+/g, ' ')).filter((name) => name && name.length < 120).join(' ');
}"""


async def test_from_the_link_to_an_answer_by_keyboard_alone(
    server: Server, provider: Provider, browser: Browser
) -> None:
    async with person(browser) as me:
        page = me.page
        await page.goto(server.setup_link)
        await expect(page.get_by_label("Name")).to_be_visible()
        for name, value in (("Name", "Ada"), ("Email", EMAIL), ("Password", PASSWORD)):
            await tab_to(page, name)
            await page.keyboard.type(value)
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Your recovery key, shown once")).to_be_visible()
        await tab_to(page, "I have saved it")
        await page.keyboard.press("Space")
        await tab_to(page, "Continue")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Choose a model")).to_be_visible()
        await tab_to(page, "Start with the built-in guide")
        await page.keyboard.press("Space")
        await tab_to(page, "Go on without one")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="Ready")).to_be_visible()
        await page.goto(f"{server.url}/settings/providers")
        await expect(page.get_by_role("button", name="Add provider").first).to_be_visible()
        await tab_to(page, "Add provider")
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("Address")).to_be_visible()
        for name, value in (("Name", "Sim"), ("Address", provider.url)):
            await tab_to(page, name)
            await page.keyboard.press("ControlOrMeta+a")
            await page.keyboard.type(value)
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("Healthy")).to_be_visible()
        await page.keyboard.press("ControlOrMeta+Shift+o")
        await expect(me.composer).to_be_focused()
        await tab_to(page, "Model:")
        await page.keyboard.press("Enter")
        await page.keyboard.type("sim-code")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Model: sim-code")).to_be_visible()
        await tab_to(page, "Message")
        await page.keyboard.type("Show me code and a table")
        await page.keyboard.press("Enter")
        await me.answered("fibonacci")
        await expect(page.get_by_role("table")).to_be_visible()
        await expect(page.locator("code").filter(has_text="def fibonacci").first).to_be_visible()
        await expect(page.get_by_role("link", name="Show me code and a table")).to_be_visible()
        assert me.complaints == []


async def test_the_link_works_once(server: Server, browser: Browser) -> None:
    link = server.setup_link
    await server.create_user(EMAIL, admin=True)
    async with person(browser) as me:
        await me.page.goto(link)
        await expect(me.page.get_by_label("Email")).to_be_visible()
        await expect(me.page.get_by_label("Name")).to_have_count(0)


async def test_signing_out_leaves_nothing_behind_the_back_button(server: Server, browser: Browser) -> None:
    """B11 in the browser."""
    await server.create_user(EMAIL, admin=True)
    async with person(browser) as me:
        await me.sign_in(server, "/settings/account")
        await expect(me.page.get_by_text(EMAIL).first).to_be_visible()
        await me.page.evaluate("window.private = true")
        await me.page.get_by_role("button", name="Sign out", exact=True).click()
        # Signing out loads a page that knows nothing of the old one; only then is there something to go back from.
        await me.holds("!window.private && document.readyState === 'complete'")
        await expect(me.page.get_by_label("Password", exact=True)).to_be_visible()
        await me.page.go_back()
        await expect(me.page.get_by_label("Password", exact=True)).to_be_visible()
        await expect(me.page.get_by_text(EMAIL)).to_have_count(0)
