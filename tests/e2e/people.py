"""What a person does in the browser, step by step, by what can be seen and heard."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from playwright.async_api import Browser, BrowserContext, Error, Locator, Page, ViewportSize, expect

from tests.rig.server import PASSWORD, Server

expect.set_options(timeout=15_000)

EMAIL = "ada@example.org"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Person:
    """Someone at a page. *complaints* are what the browser's console and policies reported."""

    page: Page
    complaints: list[str]

    async def sign_in(self, server: Server | str, path: str = "/") -> None:
        """Sign in at *server*, or at a base address that leads to it, and land on *path*."""
        base = server if isinstance(server, str) else server.url
        await self.page.goto(f"{base}/signin?next={path}")
        await self.page.get_by_label("Email").fill(EMAIL)
        await self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_url(f"{base}{path}")

    @property
    def composer(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name="Message")

    @property
    def answers(self) -> Locator:
        """The articles of the thread."""
        return self.page.get_by_role("article")

    async def choose_model(self, name: str) -> None:
        """Pick a model by searching for it."""
        await self.page.get_by_role("button", name=re.compile("^Model|^Choose a model")).click()
        await self.page.get_by_role("combobox").last.fill(name)
        await expect(self.page.get_by_role("option").first).to_contain_text(name)
        await self.page.keyboard.press("Enter")
        await expect(self.page.get_by_role("button", name=f"Model: {name}")).to_be_visible()

    async def ask(self, question: str) -> None:
        """Write and send."""
        await self.composer.fill(question)
        await self.composer.press("Enter")

    async def answered(self, text: str) -> None:
        """Wait until the last answer holds *text* and is finished."""
        await expect(self.answers.last).to_contain_text(text, timeout=15_000)
        await expect(self.page.get_by_role("button", name=re.compile("^Stop"))).to_have_count(0, timeout=15_000)

    async def holds(self, condition: str) -> None:
        """Wait until *condition* is true in the page, which may be another one by then. Playwright's own waiting has it
        evaluated inside the page, whose policy forbids that unless it is true at once."""
        async with asyncio.timeout(20):
            while True:
                with suppress(Error):  # the page is being left
                    if await self.page.evaluate(condition):
                        return
                await asyncio.sleep(0.02)


@asynccontextmanager
async def person(browser: Browser, **options: object) -> AsyncIterator[Person]:
    """Somebody with a browser of their own."""
    context: BrowserContext = await browser.new_context(viewport=DESKTOP, **options)  # type: ignore[arg-type]
    try:
        yield await newcomer(context)
    finally:
        await context.close()


async def newcomer(context: BrowserContext) -> Person:
    """A new tab whose complaints are kept."""
    page = await context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return Person(page, complaints)
