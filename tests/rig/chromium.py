"""A browser for tests: the system's Chromium, driven by Playwright."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

from tools.chromium import find_chromium


@asynccontextmanager
async def running_browser() -> AsyncIterator[Browser]:
    """Start a headless Chromium and close it at the end."""
    async with async_playwright() as playwright:
        # As root, as in most containers, Chromium's own sandbox cannot start; tests open our pages only.
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()
