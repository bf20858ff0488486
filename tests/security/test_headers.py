"""D08 to D11: what other sites may do with ours, and the headers on every answer there is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from modulon.core.modules.discover import discover
from modulon.core.modules.index import IndexedRoute, build_index
from modulon.core.testing import PASSWORD, App, open_app
from modulon.sdk import new_id
from modulon.sdk.testing import Client, Reply
from tests.rig.listening import listening
from tests.security.observatory import directives, score

ROUTES = [route for module in build_index(discover()).modules for route in module.routes]
WRITES = [route for route in ROUTES if route.method not in ("GET", "HEAD")]
NEEDED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
OWN = "http://127.0.0.1:8080"
FOREIGN = [
    "https://evil.example",
    "null",
    "http://sub.127.0.0.1:8080",
    "http://127.0.0.1:8080.evil.example",
    "http://evil.example/127.0.0.1:8080",
    "http://127.0.0.1:8081",
    "http://127.0.0.1",
    "https://127.0.0.1:8080",
    "http://evil127.0.0.1:8080",
    "http://127.0.0.1:8080@evil.example",
    "file://",
    "",
]
PAGES = ["/", "/signin", "/settings/keys", "/settings/providers", "/setup", "/c/x", "/api/docs"]
READS = [("GET", "/api/me"), ("OPTIONS", "/api/me"), ("OPTIONS", "/v1/chat/completions"), ("GET", "/")]
FORMS = {
    "form": ("application/x-www-form-urlencoded", b'{"name":"x=","ignored":"y"}'),
    "text": ("text/plain", b'{"name":"x"}'),
    "multipart": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nx\r\n',
    ),
    "JSON": ("application/json", b'{"name":"x"}'),
    "no type": ("", b'{"name":"x"}'),
}


def address(route: IndexedRoute) -> str:
    path = route.path if route.path.startswith("/v1") else f"/api{route.path}"
    return "/".join(str(new_id()) if part.startswith("{") else part for part in path.split("/"))


def assert_guarded(reply: Reply, what: str) -> None:
    assert {name: reply.headers.get(name) for name in NEEDED} == NEEDED, what
    policy = directives(reply.headers["content-security-policy"])
    assert policy["default-src"] == ["'none'"], what
    assert policy["frame-ancestors"] == ["'none'"], what
    assert "cache-control" in reply.headers, what
    names = [name for name, _ in reply.raw_headers if name != "set-cookie"]
    assert len(names) == len(set(names)), f"{what}: a header twice: {names}"


@pytest.fixture
async def member(app: App) -> Client:
    return await app.member()


async def test_d11_headers_are_on_every_answer_of_every_route(app: App, member: Client) -> None:
    nobody = app.client()
    for client in (member, nobody):
        for route in sorted(ROUTES, key=lambda route: route.path == "/sessions/current"):
            assert_guarded(await client.request(route.method, address(route)), f"{route.method} {route.path}")
    for path in ("/", "/c/x", "/live", "/ready", "/startup", "/metrics", "/api/nothing", "/nothing", "/assets/no.js"):
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
            assert_guarded(await nobody.request(method, path), f"{method} {path}")


async def test_d11_headers_are_on_streams_and_documents(app: App) -> None:
    member = await app.member("streams@example.org")
    for path in ("/api/openapi.json", "/api/docs"):
        assert_guarded(await member.get(path), path)
    async with member.stream("GET", "/api/events/stream") as (start, _):
        raw = tuple((name.decode(), value.decode()) for name, value in start["headers"])
        assert_guarded(Reply(start["status"], dict(raw), raw, b""), "the stream")


async def test_d11_headers_are_on_what_is_no_http(app: App) -> None:
    async with listening(app.application) as served:
        for sent in (b"nonsense", b"GET / HTTP/9.9", b"GET /\x00 HTTP/1.1\r\nHost: x", b"\x16\x03\x01"):
            wire = await served.connect()
            await wire.send(sent + b"\r\n\r\n")
            status, head = await wire.answer()
            assert status == 400
            lines = [line.decode().split(": ", 1) for line in head.split(b"\r\n")[1:] if line]
            raw = tuple((name, value) for name, value in lines)
            assert_guarded(Reply(400, dict(raw), raw, b""), repr(sent))


async def test_d11_the_observatory_gives_at_least_120(app: App, encrypted: Client) -> None:
    page = await encrypted.get("/")
    assert page.headers["strict-transport-security"]
    signed = await encrypted.post("/api/sessions", {"email": "tls@example.org", "password": PASSWORD})
    cookies = [value for name, value in signed.raw_headers if name == "set-cookie"]
    assert len(cookies) == 2
    assert score(page.headers, cookies) >= 120
    for worse in ("content-security-policy", "cross-origin-resource-policy", "strict-transport-security"):
        fewer = {name: value for name, value in page.headers.items() if name != worse}
        assert score(fewer, cookies) < 120


@pytest.fixture
async def encrypted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    """A browser that comes over HTTPS through a proxy which we believe."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "tls-state"))
    monkeypatch.setenv("MODULON_TRUSTED_PROXIES", '["127.0.0.1"]')
    async with open_app(tmp_path / "tls") as app:
        await app.create_user("tls@example.org")
        client = app.client()
        client.host = "chat.example.org"
        client.headers = {"x-forwarded-proto": "https", "origin": "https://chat.example.org"}
        yield client


async def test_d08_no_other_origin_may_read(member: Client) -> None:
    for origin in FOREIGN:
        for method, path in READS:
            asked = {
                "origin": origin,
                "sec-fetch-site": "cross-site",
                "access-control-request-method": "POST",
                "access-control-request-headers": "authorization, content-type",
            }
            reply = await member.request(method, path, headers=asked)
            allowed = [name for name in reply.headers if name.startswith("access-control-")]
            assert not allowed, f"{origin}: {method} {path}: {allowed}"


@pytest.mark.parametrize("kind", FORMS)
async def test_d09_no_other_site_writes_with_our_cookies(member: Client, kind: str) -> None:
    before = (await member.get("/api/workspaces")).text
    content_type, content = FORMS[kind]
    for origin in FOREIGN:
        headers = {"origin": origin, "content-type": content_type}
        older = Client(member.app, cookies=dict(member.cookies), same_origin=False)
        reply = await older.post("/api/workspaces", content=content, headers=headers)
        assert reply.status == 403, f"an old browser at {origin}: {reply.status}"
        for site in ("cross-site", "same-site", "none-of-these"):
            reply = await member.post(
                "/api/workspaces", content=content, headers={**headers, "origin": OWN, "sec-fetch-site": site}
            )
            assert reply.status == 403, f"{site}: {reply.status}"
    assert (await member.get("/api/workspaces")).text == before


async def test_d09_it_is_so_on_every_route_that_writes(member: Client) -> None:
    for route in WRITES:
        reply = await member.request(
            route.method, address(route), content=b"{}", headers={"origin": FOREIGN[0], "sec-fetch-site": "cross-site"}
        )
        assert reply.status == 403, f"{route.method} {route.path}: {reply.status}"
        bare = Client(member.app, cookies=dict(member.cookies), same_origin=False)
        reply = await bare.request(route.method, address(route), content=b"{}")
        assert reply.status == 403, f"without Origin: {route.method} {route.path}: {reply.status}"


@pytest.mark.parametrize("path", PAGES)
async def test_d10_no_page_can_be_framed(app: App, path: str) -> None:
    reply = await app.client().get(path)
    assert reply.status == 200
    assert directives(reply.headers["content-security-policy"])["frame-ancestors"] == ["'none'"]
    assert reply.headers["x-frame-options"] == "DENY"
