"""What costs a request to know its principal, and the corners that no whole application reaches easily."""

import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from modulon.core.data.database import open_database
from modulon.core.data.migrations import migrate
from modulon.core.gateway.authenticate import Authenticator
from modulon.core.identity.authority import Authority
from modulon.core.identity.errors import CrossSite, KeyInAddress, KeyRefused, SessionEnded, WorkspaceUnknown
from modulon.core.secrets import MasterKey, SecretBox
from modulon.sdk.errors import Unauthenticated
from modulon.sdk.identity import ANONYMOUS, SYSTEM_WORKSPACE, Connection, Principal
from modulon.sdk.ids import new_id

PASSWORD = "correct horse battery staple"
HTTP = Connection("127.0.0.1", encrypted=False, host="127.0.0.1:8080", user_agent="")
HTTPS = Connection("192.0.2.1", encrypted=True, host="chat.example.org", user_agent="")
SYSTEM = Principal("system", workspace=SYSTEM_WORKSPACE, admin=True, name="test")


@dataclass
class Visitor:
    """Someone with an account: the cookies of both schemes, and a key."""

    authenticate: Authenticator
    cookie: str
    secure_cookie: str
    key: str

    async def ask(self, method: str = "GET", query: bytes = b"", *, connection: Connection = HTTP,
                  optional: bool = False, **headers: str) -> Principal:  # fmt: skip
        return await self.authenticate(_scope(method, query, headers), connection, optional=optional)


def _scope(method: str, query: bytes, headers: dict[str, str]) -> dict[str, Any]:
    sent = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {"method": method, "query_string": query, "headers": sent}


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    url = f"sqlite:///{tmp_path / 'modulon.db'}"
    await migrate(url, {})
    engine = await open_database(url, strict=True)
    authority = Authority(engine, SecretBox(MasterKey.of(os.urandom(32))))
    user = await authority.bound(SYSTEM).create_user(email="a@example.org", name="A", password=PASSWORD)
    cookies: list[str] = []
    for connection in (HTTP, HTTPS):
        signed_in = await authority.bound(ANONYMOUS).sign_in(email=user.email, password=PASSWORD, connection=connection)
        cookies.append("; ".join(cookie.header.partition(";")[0] for cookie in signed_in.cookies))
    _, key = await authority.bound(SYSTEM).create_key(name="k", scopes=["read"], owner=user.id)
    yield Visitor(Authenticator(authority), cookies[0], cookies[1], key)
    await authority.stop()
    await engine.close()


async def test_a_cookie_counts_for_its_own_scheme(visitor: Visitor) -> None:
    assert (await visitor.ask(cookie=visitor.cookie)).kind == "user"
    assert (await visitor.ask(cookie=visitor.secure_cookie, connection=HTTPS)).kind == "user"
    for cookie, connection in ((visitor.cookie, HTTPS), (visitor.secure_cookie, HTTP)):
        with pytest.raises(Unauthenticated):
            await visitor.ask(cookie=cookie, connection=connection)


@pytest.mark.parametrize(
    ("connection", "origin"),
    [(HTTP, "http://127.0.0.1:8080"), (HTTPS, "https://chat.example.org")],
)
async def test_d09_the_origin_is_compared_with_scheme_and_host(
    visitor: Visitor, connection: Connection, origin: str
) -> None:
    cookie = visitor.secure_cookie if connection is HTTPS else visitor.cookie
    assert (await visitor.ask("POST", cookie=cookie, connection=connection, origin=origin)).kind == "user"
    swapped = origin.replace("https:", "ftp:").replace("http:", "https:")
    for other in (swapped, origin + ":1", origin.upper(), origin + "/", "", "null"):
        with pytest.raises(CrossSite):
            await visitor.ask("POST", cookie=cookie, connection=connection, origin=other)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "post"])
async def test_d09_everything_but_reading_is_a_write(visitor: Visitor, method: str) -> None:
    with pytest.raises(CrossSite):
        await visitor.ask(method, cookie=visitor.cookie)
    with pytest.raises(CrossSite):
        await visitor.ask(method, cookie=visitor.cookie, sec_fetch_site="same-site")
    assert (await visitor.ask(method, cookie=visitor.cookie, sec_fetch_site="same-origin")).kind == "user"
    assert (await visitor.ask(method, cookie=visitor.cookie, sec_fetch_site="none")).kind == "user"


async def test_on_public_routes_bad_credentials_are_none(visitor: Visitor) -> None:
    key = visitor.key[:-1] + ("b" if visitor.key[-1] == "a" else "a")
    attempts = (
        visitor.ask(optional=True),
        visitor.ask(optional=True, cookie="modulon-access=x"),
        visitor.ask(optional=True, authorization=f"Bearer {key}"),
        visitor.ask(optional=True, x_api_key="x"),
        visitor.ask(optional=True, cookie=visitor.cookie, modulon_workspace=str(new_id())),
    )
    for attempt in attempts:
        assert await attempt is ANONYMOUS
    assert (await visitor.ask(optional=True, cookie=visitor.cookie)).kind == "user"


async def test_without_them_other_routes_refuse(visitor: Visitor) -> None:
    with pytest.raises(Unauthenticated):
        await visitor.ask()
    with pytest.raises(SessionEnded):
        await visitor.ask(cookie="modulon-access=x")
    with pytest.raises(KeyRefused):
        await visitor.ask(x_api_key="x")
    for workspace in ("", "x", str(new_id()), str(SYSTEM_WORKSPACE), "0" * 400):
        with pytest.raises(WorkspaceUnknown):
            await visitor.ask(cookie=visitor.cookie, modulon_workspace=workspace)


async def test_a16_a_key_in_the_address_is_refused_even_where_none_is_needed(visitor: Visitor) -> None:
    query = b"a=1&q=" + visitor.key.encode()
    for optional in (False, True):
        with pytest.raises(KeyInAddress):
            await visitor.ask("GET", query, cookie=visitor.cookie, optional=optional)
    assert (await visitor.ask("GET", b"q=mdl_harmless", cookie=visitor.cookie)).kind == "user"


@pytest.mark.parametrize("credential", ["cookie", "key"])
async def test_knowing_who_asks_costs_microseconds(visitor: Visitor, credential: str) -> None:
    """Generous against the 30 µs it should cost, so that only a lost cache fails: a query costs many times more."""
    headers = {"cookie": visitor.cookie} if credential == "cookie" else {"x_api_key": visitor.key}
    scope = _scope("GET", b"", headers)
    best = min([await _seconds(lambda: visitor.authenticate(scope, HTTP)) for _ in range(20)])
    assert best < 60e-6


async def _seconds(call: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()
    for _ in range(50):
        await call()
    return (time.perf_counter() - begun) / 50
