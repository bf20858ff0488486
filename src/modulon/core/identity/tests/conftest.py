"""An authority on an empty database, and people to try it with."""

import os
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from modulon.core.data.database import Engine, open_database
from modulon.core.data.migrations import migrate
from modulon.core.identity.authority import Authority
from modulon.core.identity.service import IdentityService
from modulon.core.secrets import MasterKey, SecretBox
from modulon.sdk.identity import (
    ANONYMOUS,
    SCOPES,
    SYSTEM_WORKSPACE,
    Connection,
    Principal,
    SignedIn,
    User,
)

PASSWORD = "correct horse battery staple"
BROWSER = Connection(address="127.0.0.1", encrypted=False, host="127.0.0.1:8080", user_agent="test browser")
SYSTEM = Principal(kind="system", workspace=SYSTEM_WORKSPACE, scopes=frozenset(SCOPES), admin=True, name="test")


@dataclass
class Server:
    """One process: an authority over a database. Several may share a database and a master key."""

    engine: Engine
    secrets: SecretBox
    authority: Authority

    def another(self) -> "Server":
        """Another process beside this one."""
        return Server(self.engine, self.secrets, Authority(self.engine, self.secrets))

    @property
    def anonymous(self) -> IdentityService:
        return self.authority.bound(ANONYMOUS)

    @property
    def system(self) -> IdentityService:
        return self.authority.bound(SYSTEM)

    async def user(self, email: str = "user@example.org", *, admin: bool = False) -> User:
        return await self.system.create_user(email=email, name="Someone", password=PASSWORD, admin=admin)

    async def sign_in(self, email: str = "user@example.org", connection: Connection = BROWSER) -> SignedIn:
        return await self.anonymous.sign_in(email=email, password=PASSWORD, connection=connection)

    async def principal(self, signed_in: SignedIn) -> Principal:
        return await self.authority.credentials.by_access_token(cookie(signed_in, "access"))

    async def member(self, email: str = "user@example.org", *, admin: bool = False) -> IdentityService:
        """A new user, signed in."""
        await self.user(email, admin=admin)
        return self.authority.bound(await self.principal(await self.sign_in(email)))


def cookie(signed_in: SignedIn, name: str) -> str:
    """The value of a cookie that was handed out."""
    for made in signed_in.cookies:
        pair = made.header.partition(";")[0]
        if pair.partition("=")[0].endswith(f"modulon-{name}"):
            return pair.partition("=")[2]
    raise AssertionError(name)


def cookie_header(signed_in: SignedIn) -> str:
    """What a browser sends back."""
    return "; ".join(made.header.partition(";")[0] for made in signed_in.cookies)


@pytest.fixture
async def server(database_url: str) -> AsyncIterator[Server]:
    await migrate(database_url, {})
    engine = await open_database(database_url, strict=True)
    secrets = SecretBox(MasterKey.of(os.urandom(32)))
    made = Server(engine, secrets, Authority(engine, secrets))
    try:
        yield made
        await made.authority.stop()
    finally:
        await engine.close()


@pytest.fixture
def a_second_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Move the clock that caches go by to the end of their second."""
    real = time.monotonic

    def move() -> None:
        monkeypatch.setattr(time, "monotonic", lambda: real() + 1.0)

    return move
