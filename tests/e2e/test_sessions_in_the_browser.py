"""Sessions as a browser has them: ten tabs that wake together, the way back after signing out, and cookies on this
machine, in a local network, on a public address and behind HTTPS."""

import asyncio
import ipaddress
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Response, async_playwright, expect

from modulon.core.identity.cookies import is_private
from tests.rig.nginx import https_in_front_of
from tests.rig.server import PASSWORD, Server, running_server
from tools.chromium import find_chromium

from .people import EMAIL, newcomer, person

LAN = "modulon.lan"
PUBLIC = "modulon.example.org"
TABS = 10
WAKE = "document.dispatchEvent(new Event('visibilitychange'))"


@asynccontextmanager
async def named_browser() -> AsyncIterator[Browser]:
    """A browser in whose network both names are this machine."""
    rules = ", ".join(f"MAP {name} 127.0.0.1" for name in (LAN, PUBLIC))
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", f"--host-resolver-rules={rules}"]
        browser = await playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        try:
            yield browser
        finally:
            await browser.close()


def own_addresses() -> list[str]:
    """This machine's addresses in its networks, IPv4 and IPv6, as far as it has any. Nothing is sent."""
    found: list[str] = []
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((elsewhere, 9))
                found.append(str(probe.getsockname()[0]))
        except OSError:
            continue
    return [address for address in found if not ipaddress.ip_address(address).is_loopback]


async def try_to_sign_in(page: Page, base: str) -> None:
    await page.goto(f"{base}/signin")
    await page.get_by_label("Email").fill(EMAIL)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")


async def cookie_names(context: BrowserContext) -> set[str]:
    return {str(cookie.get("name")) for cookie in await context.cookies()}


def at(server: Server, host: str) -> str:
    return f"http://{host}:{urlsplit(server.url).port}"


@pytest.mark.parametrize("host", ["127.0.0.1", LAN])
async def test_ten_tabs_that_wake_together_stay_signed_in(server: Server, host: str) -> None:
    """With the lock that tabs share (127.0.0.1), and on plain HTTP, where browsers have none."""
    await server.create_user(EMAIL, admin=True)
    async with named_browser() as browser:
        context = await browser.new_context()
        tabs = [await newcomer(context) for _ in range(TABS)]
        base = at(server, host)
        await tabs[0].sign_in(base)
        await asyncio.gather(*(tab.page.goto(base) for tab in tabs))
        for tab in tabs:
            await expect(tab.composer).to_be_visible()
        renewals: list[Response] = []
        for tab in tabs:
            tab.page.on("response", lambda r: renewals.append(r) if r.url.endswith("/sessions/refresh") else None)
        # What a browser does with a cookie whose ten minutes are over.
        await context.clear_cookies(name="modulon-access")
        await asyncio.gather(*(tab.page.evaluate(WAKE) for tab in tabs))
        for tab in tabs:
            await tab.holds("() => fetch('/api/me').then((answer) => answer.ok)")
            await expect(tab.composer).to_be_visible()
        assert 1 <= len(renewals) <= TABS
        assert {renewal.status for renewal in renewals} == {204}
        await asyncio.gather(*(tab.page.reload() for tab in tabs))
        for tab in tabs:
            await expect(tab.composer).to_be_visible()
        count = "() => fetch('/api/sessions').then((answer) => answer.json()).then((list) => list.items.length)"
        assert await tabs[0].page.evaluate(count) == 1


async def test_b11_the_way_back_after_signing_out_shows_nothing(server: Server, browser: Browser) -> None:
    await server.create_user(EMAIL, admin=True)
    async with person(browser) as me:
        other = await newcomer(me.page.context)
        await me.sign_in(server)
        await other.page.goto(server.url)
        await expect(other.composer).to_be_visible()
        await me.page.goto(f"{server.url}/settings/account")
        await expect(me.page.get_by_text(EMAIL).first).to_be_visible()
        await me.page.get_by_role("button", name="Sign out", exact=True).click()
        await me.page.wait_for_url("**/signin*")
        # The other tab hears of it, too.
        await expect(other.page.get_by_role("heading", name="Sign in")).to_be_visible()
        assert await cookie_names(me.page.context) == set()
        for _ in range(2):  # the settings, and the first page
            await me.page.go_back()
            await expect(me.page.get_by_role("heading", name="Sign in")).to_be_visible()
            assert EMAIL not in await me.page.inner_text("modulon-app")
        assert await me.page.evaluate("() => fetch('/api/me').then((answer) => answer.status)") == 401


async def test_cookies_on_this_machine_and_in_a_local_network(server: Server) -> None:
    await server.create_user(EMAIL, admin=True)
    async with named_browser() as browser:
        for host in ("127.0.0.1", "localhost", LAN):
            async with person(browser) as me:
                await me.page.goto(f"{at(server, host)}/signin")
                banner = me.page.get_by_text("This connection is not encrypted.")
                await expect(banner).to_have_count(1 if host == LAN else 0)
                await me.sign_in(at(server, host))
                await expect(me.composer).to_be_visible()
                cookies = await me.page.context.cookies()
                assert {str(cookie.get("name")) for cookie in cookies} == {"modulon-access", "modulon-refresh"}
                for cookie in cookies:
                    assert (cookie.get("httpOnly"), cookie.get("secure"), cookie.get("sameSite")) == (
                        True,
                        False,
                        "Lax",
                    )
                    assert cookie.get("domain") == host  # no other host, no subdomain


async def test_a_public_address_without_https_takes_no_password_and_says_what_to_do(server: Server) -> None:
    await server.create_user(EMAIL, admin=True)
    async with named_browser() as browser, person(browser) as me:
        await try_to_sign_in(me.page, at(server, PUBLIC))
        await expect(me.page.get_by_role("alert").first).to_contain_text("Open the server by https://")
        await expect(me.page.get_by_role("alert").first).to_contain_text("MODULON_TRUSTED_PROXIES")
        assert await cookie_names(me.page.context) == set()


async def test_this_machines_own_addresses(tmp_path: Path, browser: Browser) -> None:
    """Private ones are signed in at, with the warning; public ones are not."""
    for number, address in enumerate(own_addresses()):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with running_server(folder, "--host", address) as server, person(browser) as me:
            await server.create_user(EMAIL, admin=True)
            await try_to_sign_in(me.page, server.url)
            if is_private(address):
                await expect(me.composer).to_be_visible()
                await expect(me.page.get_by_text("This connection is not encrypted.")).to_be_visible()
                assert await cookie_names(me.page.context) == {"modulon-access", "modulon-refresh"}
            else:
                await expect(me.page.get_by_role("alert").first).to_contain_text("Open the server by https://")
                assert await cookie_names(me.page.context) == set()


@pytest.mark.parametrize("trusted", [True, False])
async def test_cookies_behind_https(tmp_path: Path, trusted: bool) -> None:
    """With the proxy named, `__Host-` cookies; without, the instruction to name it."""
    environment = {"MODULON_TRUSTED_PROXIES": '["127.0.0.1"]'} if trusted else {}
    async with (
        running_server(tmp_path, environment=environment) as server,
        https_in_front_of(server.url, tmp_path / "nginx") as port,
        named_browser() as browser,
        person(browser, ignore_https_errors=True) as me,
    ):
        await server.create_user(EMAIL, admin=True)
        base = f"https://{PUBLIC}:{port}"
        await try_to_sign_in(me.page, base)
        context = me.page.context
        if not trusted:
            await expect(me.page.get_by_role("alert").first).to_contain_text("MODULON_TRUSTED_PROXIES")
            assert await cookie_names(context) == set()
            return
        await expect(me.composer).to_be_visible()
        await expect(me.page.get_by_text("This connection is not encrypted.")).to_have_count(0)
        cookies = await context.cookies()
        assert {str(one.get("name")) for one in cookies} == {"__Host-modulon-access", "__Host-modulon-refresh"}
        assert all(one.get("secure") and one.get("httpOnly") and one.get("path") == "/" for one in cookies)
        await context.clear_cookies(name="__Host-modulon-access")
        await me.page.reload()
        await expect(me.composer).to_be_visible()
        await me.page.goto(f"{base}/settings/account")
        await me.page.get_by_role("button", name="Sign out", exact=True).click()
        await me.page.wait_for_url(re.compile("/signin"))
        assert await cookie_names(context) == set()


ELSEWHERE = (
    "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "javascript:alert(1)",
    "%2F%2Fevil.example", "/%5Cevil.example", "/.//evil.example", "http://127.0.0.1@evil.example", "\t//evil.example",
    "/\t/evil.example", "//[", "data:text/html,x", "/signin?next=//evil.example",
)  # fmt: skip


async def test_b16_after_signing_in_one_stays_on_this_server(server: Server, browser: Browser) -> None:
    """Both for somebody who signs in now, and for somebody who has already."""
    await server.create_user(EMAIL, admin=True)
    async with person(browser) as me:
        asked: list[str] = []
        me.page.on("request", lambda request: asked.append(request.url))
        await me.page.goto(f"{server.url}/signin?next={quote('//evil.example', safe='')}")
        await me.page.get_by_label("Email").fill(EMAIL)
        await me.page.get_by_label("Password", exact=True).fill(PASSWORD)
        await me.page.keyboard.press("Enter")
        await expect(me.composer).to_be_visible()
        for where in ELSEWHERE:
            for written in (where, quote(where, safe="")):
                await me.page.goto(f"{server.url}/signin?next={written}")
                await me.page.wait_for_url(re.compile(rf"^{re.escape(server.url)}/(?!signin)"))
        await me.page.goto(f"{server.url}/signin?next=/settings/keys")
        await me.page.wait_for_url(f"{server.url}/settings/keys")
        assert not [url for url in asked if not url.startswith((server.url, "data:", "blob:"))]
        assert me.complaints == []
