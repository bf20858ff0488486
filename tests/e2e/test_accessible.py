"""axe finds nothing on any page, light and dark, wide and narrow; and no page asks another host for anything."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.rig.server import Server

from .conftest import House
from .pages import PAGES, public_pages
from .people import DESKTOP, PHONE, Person, person

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ['violations'] });
  const where = (one) => one.nodes.map((node) => node.target.flat().join(' ')).join(' | ');
  return found.violations.map((one) => `${one.id}: ${where(one)}`);
}"""

SETTLED = """async () => {
  await document.fonts.ready;
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
}"""

SIZES: dict[str, ViewportSize] = {"wide": DESKTOP, "narrow": PHONE}
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


async def violations(page: Any) -> list[str]:
    """What axe objects to. The script comes past the page's policy, by the debugger, as axe's own tools do."""
    await page.evaluate(SETTLED)
    session = await page.context.new_cdp_session(page)
    await session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found: list[str] = await page.evaluate(RUN)
    return found


async def looked_at(me: Person, path: str) -> dict[str, list[str]]:
    """What axe objects to on the present page, wide and narrow, by the page's name."""
    found: dict[str, list[str]] = {}
    for name, size in SIZES.items():
        await me.page.set_viewport_size(size)
        found[f"{path} {name}"] = await violations(me.page)
    return {where: problems for where, problems in found.items() if problems}


@schemes
async def test_pages_before_signing_in(server: Server, browser: Browser, scheme: str) -> None:
    async with person(browser, color_scheme=scheme) as me:
        await me.page.goto(server.setup_link)
        await expect(me.page.get_by_label("Email")).to_be_visible()
        found = await looked_at(me, "/setup")
        for path, address in (await public_pages(server)).items():
            await me.page.goto("about:blank")
            await me.page.goto(address)
            await expect(me.page.locator("input[type=password]").first).to_be_visible()
            found |= await looked_at(me, path)
        assert found == {}


@schemes
async def test_pages_after_signing_in(house: House, browser: Browser, scheme: str) -> None:
    async with person(browser, color_scheme=scheme) as me:
        asked: set[str] = set()
        me.page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
        await me.sign_in(house.server)
        await me.choose_model("sim-code")
        await me.ask("Show me code and a table")
        await me.answered("fibonacci")
        found = await looked_at(me, "/c/…")
        for path in PAGES:
            await me.page.set_viewport_size(DESKTOP)
            await me.page.goto(house.server.url + path)
            await expect(me.page.get_by_role("heading", level=1).first).to_be_visible()
            found |= await looked_at(me, path)
        assert found == {}
        assert asked - {""} == {urlsplit(house.server.url).netloc}
