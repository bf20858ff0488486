"""A browser for tests: the system's Chromium, driven by Playwright."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright


@asynccontextmanager
async def running_browser(executable: str) -> AsyncIterator[Browser]:
    """Start a headless Chromium and close it at the end."""
    async with async_playwright() as playwright:
        # As root, as in most containers, Chromium's own sandbox cannot start; tests open our pages only.
        browser = await playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()
