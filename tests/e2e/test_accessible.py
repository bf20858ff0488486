"""axe finds nothing on any page, light and dark, wide and narrow; and no page asks another host for anything."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.rig.server import Server

from .conftest import House
from .people import DESKTOP, PHONE, person

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("/", "/settings/account", "/settings/appearance", "/settings/keys", "/settings/providers")
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ['violations'] });
  const where = (one) => one.nodes.map((node) => node.target.flat().join(' ')).join(' | ');
  return found.violations.map((one) => `${one.id}: ${where(one)}`);
}"""

looks = pytest.mark.parametrize(
    ("scheme", "size"),
    [("light", DESKTOP), ("dark", DESKTOP), ("light", PHONE), ("dark", PHONE)],
    ids=["light-wide", "dark-wide", "light-narrow", "dark-narrow"],
)


async def violations(page: Any) -> list[str]:
    """What axe objects to. The script comes past the page's policy, by the debugger, as axe's own tools do."""
    await page.wait_for_load_state("networkidle")
    session = await page.context.new_cdp_session(page)
    await session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found: list[str] = await page.evaluate(RUN)
    return found


@looks
async def test_pages_before_signing_in(server: Server, browser: Browser, scheme: str, size: dict[str, int]) -> None:
    async with person(browser, color_scheme=scheme) as me:
        await me.page.set_viewport_size(size)  # type: ignore[arg-type]
        await me.page.goto(server.setup_link)
        await expect(me.page.get_by_label("Email")).to_be_visible()
        assert await violations(me.page) == []
        await me.page.goto(f"{server.url}/signin")
        await expect(me.page.get_by_label("Email")).to_be_visible()
        assert await violations(me.page) == []


@looks
async def test_pages_after_signing_in(house: House, browser: Browser, scheme: str, size: dict[str, int]) -> None:
    async with person(browser, color_scheme=scheme) as me:
        await me.page.set_viewport_size(size)  # type: ignore[arg-type]
        asked: set[str] = set()
        me.page.on("request", lambda request: asked.add(request.url.split("/")[2] if "//" in request.url else ""))
        await me.sign_in(house.server)
        await me.choose_model("sim-code")
        await me.ask("Show me code and a table")
        await me.answered("fibonacci")
        found = {"conversation": await violations(me.page)}
        for path in PAGES:
            await me.page.goto(house.server.url + path)
            await expect(me.page.get_by_role("heading").first).to_be_visible()
            found[path] = await violations(me.page)
        assert {path: problems for path, problems in found.items() if problems} == {}
        assert asked - {""} == {house.server.url.split("/")[2]}
