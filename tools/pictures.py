"""Take the pictures of the guide from the running product: `python -m tools.pictures`.

A fresh installation, a simulated provider and a browser are started, and a person's first steps are walked. Run it
after the interface has changed, and look at what it took.
"""

import asyncio
import tempfile
from pathlib import Path
from typing import Final, Literal

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from tests.rig.chromium import running_browser
from tests.rig.modules import write_acme, write_module
from tests.rig.provider import running_provider
from tests.rig.server import PASSWORD, Server, running_server
from tools.chromium import find_chromium
from tools.paths import ROOT

FOLDER: Final = ROOT / "docs" / "guide" / "images"
DESKTOP: Final = ViewportSize(width=1440, height=960)
ASIDE: Final = (1420, 450)
"""A place for the pointer where it touches nothing."""
PHONE: Final = ViewportSize(width=390, height=844)
LOOKS: Final[tuple[tuple[str, ViewportSize, Literal["light", "dark"]], ...]] = (
    ("chat-dark", DESKTOP, "dark"),
    ("chat-phone", PHONE, "light"),
)
QUESTION: Final = "Show me some code, a table and a formula"
EARLIER: Final = (
    "Rivers in Norway one can swim in",
    "Plan a week of vegetarian dinners",
    "Explain group commit",
)
FAILS: Final = """
@module.on(WorkspaceCreated)
async def index(ctx: Context, event: WorkspaceCreated, tx: Write, delivery: Delivery) -> None:
    raise LookupError("the column text is missing")
"""


async def take(page: Page, name: str) -> None:
    """Save what the page shows, once fonts and images are there and nothing moves."""
    await page.evaluate("document.fonts.ready")
    await page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))")
    await page.mouse.move(*ASIDE)
    await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide")


async def people(page: Page, server: Server) -> None:
    """Everyone who may sign in, with someone invited."""
    for name in ("Grace Hopper", "Edsger Dijkstra"):
        email = f"{name.partition(' ')[0].lower()}@example.org"
        await server.command("user", "create", "--email", email, "--name", name, "--password-stdin", stdin=PASSWORD)
    await page.goto(f"{server.url}/settings/people")
    await page.get_by_role("button", name="Invite").click()
    await page.get_by_label("Email").fill("barbara@example.org")
    await page.get_by_role("button", name="Make the link").click()
    await page.get_by_role("button", name="Done").click()
    await page.get_by_role("button", name="Actions for Grace Hopper").click()
    await take(page, "people")


async def set_up(page: Page, server: Server, provider: str) -> None:
    """The three steps of the set-up, from the link to the first page."""
    await page.goto(server.setup_link)
    await page.get_by_label("Name").fill("Ada Lovelace")
    await page.get_by_label("Email").fill("ada@example.org")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await take(page, "setup-account")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_label("I have saved it").check()
    await take(page, "setup-recovery")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("button", name="Choose", exact=True).click()
    await page.get_by_label("Name").fill("Simulated")
    await page.get_by_role("textbox", name="Address").fill(provider)
    await take(page, "setup-model")
    await page.get_by_role("button", name="Add and check").click()
    await page.get_by_role("button", name="Continue with Simulated").click()
    await page.get_by_text("looks after the server").first.wait_for()
    await take(page, "setup-ready")
    await page.get_by_role("button", name="Open Modulon").click()


async def choose_model(page: Page, name: str) -> None:
    """Choose a model below the message box."""
    await page.get_by_role("textbox", name="Message", exact=True).focus()
    await page.keyboard.press("Control+Shift+M")
    await page.get_by_label("Search models").fill(name)
    await page.get_by_role("option", name=name).first.click()


async def ask(page: Page, text: str) -> None:
    """Send a message and wait until the answer is complete."""
    await page.get_by_role("textbox", name="Message", exact=True).fill(text)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Answer again").last.wait_for()


async def finished(page: Page) -> None:
    """Wait until formula and code have their looks, and the list knows that the answer is complete."""
    await page.locator(".katex").first.wait_for()
    await page.locator("pre span.k").first.wait_for()
    await page.get_by_role("img", name="Still writing").first.wait_for(state="hidden")


async def chat(page: Page) -> None:
    """A few conversations, the last one with code and a table; then its branches."""
    await choose_model(page, "sim-echo")
    for text in EARLIER:
        await ask(page, text)
        await page.keyboard.press("Control+Shift+O")
    await choose_model(page, "sim-code")
    await ask(page, QUESTION)
    await finished(page)
    await take(page, "chat")
    await page.keyboard.press("Control+Shift+M")
    await take(page, "models")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Control+K")
    await page.get_by_role("option", name="New chat").wait_for()
    await take(page, "palette")
    await page.keyboard.press("Escape")


async def branch(page: Page) -> None:
    """An answer with a second version."""
    await choose_model(page, "sim-echo")
    await page.get_by_role("button", name="Answer again").last.click()
    await page.get_by_text("2 / 2").wait_for()
    await page.get_by_role("button", name="Answer again").last.wait_for()
    await take(page, "branches")


async def interrupt(page: Page, server: Server) -> None:
    """An answer whose server was killed half-way through."""
    await page.keyboard.press("Control+Shift+O")
    await choose_model(page, "sim-slow")
    await page.get_by_role("textbox", name="Message", exact=True).fill(QUESTION)
    await page.keyboard.press("Enter")
    await page.get_by_text("inline code").wait_for()
    await server.kill()
    await server.start()
    await page.get_by_text("The server stopped while").wait_for()
    await take(page, "interrupted")


async def post(page: Page, path: str, body: dict[str, object]) -> None:
    """Create something as the page itself would."""
    send = """async ([path, body]) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
        if (!answer.ok) throw new Error(await answer.text());
    }"""
    await page.evaluate(send, [path, body])


async def settings(page: Page, server: Server) -> None:
    """Providers, one of which does not answer, and API keys."""
    await post(page, "/api/providers", {"name": "Ollama", "type": "openai", "endpoint": "http://127.0.0.1:11434/v1"})
    await post(page, "/api/keys", {"name": "Laptop", "scopes": ["inference"]})
    await page.goto(f"{server.url}/settings/providers")
    await page.get_by_text("Simulated").first.wait_for()
    await take(page, "providers")
    await page.goto(f"{server.url}/settings/keys")
    await page.get_by_text("Laptop", exact=True).wait_for()
    await take(page, "keys")


async def modules(browser: Browser, folder: Path) -> None:
    """What runs, on a server that has modules of somebody's own, one of them opened and one broken."""
    own = write_acme(folder / "modules")
    async with running_server(folder, "--dev", "--modules-dir", str(own)) as server:
        page = await administrator(browser, server, "/settings/modules")
        await page.get_by_role("button", name="Tickets 3.0.2").click()
        await page.get_by_role("heading", name="Needed by").scroll_into_view_if_needed()
        await take(page, "modules")
        await page.context.close()


async def administrator(browser: Browser, server: Server, path: str) -> Page:
    """A page of the server, as its first administrator sees it."""
    await server.create_user("ada@example.org", admin=True)
    context = await browser.new_context(viewport=DESKTOP, color_scheme="light")
    page = await context.new_page()
    await page.goto(f"{server.url}/signin?next={path}")
    await page.get_by_label("Email").fill("ada@example.org")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    return page


async def events(browser: Browser, folder: Path) -> None:
    """The event log, on a server with a module that gives an event up, which stands open."""
    write_module(folder / "modules", "acme.search", "", name="Search", more=FAILS)
    async with running_server(folder, "--dev", "--modules-dir", str(folder / "modules")) as server:
        page = await administrator(browser, server, "/settings/events")
        await page.get_by_role("heading", name="Consumers").wait_for()
        for name in ("Research", "Garden"):
            await post(page, "/api/workspaces", {"name": name})
        retry = page.get_by_role("button", name="Try now").first
        while not await page.get_by_role("button", name="Look at").first.is_visible() or await retry.is_visible():
            if await retry.is_visible() and await retry.is_enabled():
                await retry.click()
            await page.wait_for_timeout(300)
        await page.get_by_role("button", name="identity.workspace_created").first.click()
        await page.get_by_role("heading", name="Payload").wait_for()
        await page.locator("k-toast").first.wait_for(state="detached")
        await take(page, "events")
        await page.context.close()


async def other_looks(browser: Browser, signed_in: BrowserContext, address: str) -> None:
    """The same conversation in the dark theme and on a phone."""
    cookies = await signed_in.storage_state()
    for name, viewport, scheme in LOOKS:
        context = await browser.new_context(viewport=viewport, color_scheme=scheme, storage_state=cookies)
        page = await context.new_page()
        await page.goto(address)
        await finished(page)
        await take(page, name)
        await context.close()


async def walk(folder: Path) -> None:
    """Everything, in the order in which a person would do it."""
    async with (
        running_provider() as provider,
        running_server(folder) as server,
        running_browser(find_chromium()) as browser,
    ):
        context = await browser.new_context(viewport=DESKTOP, color_scheme="light")
        page = await context.new_page()
        await set_up(page, server, provider.url)
        await chat(page)
        await other_looks(browser, context, page.url)
        await branch(page)
        await interrupt(page, server)
        await settings(page, server)
        await people(page, server)
        await modules(browser, folder / "acme")
        await events(browser, folder / "search")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(walk(Path(folder)))


if __name__ == "__main__":
    main()
