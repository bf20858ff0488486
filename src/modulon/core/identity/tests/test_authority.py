"""The authority itself: start, stop, keys of its own, tidying up."""

import asyncio
import os
from datetime import timedelta

import pytest
import sqlalchemy as sa

from modulon.core.data.tables import api_keys, sessions
from modulon.core.identity import authority as module
from modulon.core.identity import credentials
from modulon.core.identity.authority import Authority
from modulon.core.identity.errors import KeyRefused, SessionEnded
from modulon.core.identity.parts import IDENTITY
from modulon.core.secrets import MasterKey, SecretBox
from modulon.sdk.errors import Unavailable
from modulon.sdk.identity import Principal
from modulon.sdk.storage import now, rows

from .conftest import Server, cookie

COUNTS = [
    rows(int, sa.select(sa.func.count()).select_from(table), unguarded="a test counts")
    for table in (sessions, api_keys)
]


async def counted(server: Server) -> list[int]:
    async with server.engine.bind(IDENTITY).read() as db:
        return [await db.one(count) for count in COUNTS]


async def test_it_starts_and_stops(server: Server) -> None:
    authority = Authority(server.engine, server.secrets)
    await authority.start()
    assert await authority.setup_state() == "open"
    await authority.stop()


async def test_b03_another_master_key_accepts_nothing_of_this_one(server: Server) -> None:
    member = await server.member()
    _, key = await member.create_key(name="k", scopes=["read"])
    token = cookie(await server.sign_in(), "access")
    secrets = SecretBox(MasterKey.of(os.urandom(32)))
    other = Server(server.engine, secrets, Authority(server.engine, secrets))
    with pytest.raises(SessionEnded):
        await other.authority.credentials.by_access_token(token)
    with pytest.raises(KeyRefused):
        await other.authority.credentials.by_key(key)


async def test_what_ended_long_ago_is_dropped(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    member = await server.member()
    kept, _ = await member.create_key(name="kept", scopes=["read"])
    gone, _ = await member.create_key(name="gone", scopes=["read"])
    await member.revoke_key(gone.id)
    ended = await server.principal(await server.sign_in())
    assert ended.session is not None
    await member.end_session(ended.session)
    await server.authority.tidy()
    assert await counted(server) == [2, 2]
    monkeypatch.setattr(module, "now", lambda: now() + timedelta(days=31))
    await server.authority.tidy()
    assert await counted(server) == [1, 1]
    assert [key.id for key in await member.keys()] == [kept.id]
    monkeypatch.setattr(module, "now", lambda: now() + timedelta(days=31 + 14))
    await server.authority.tidy()
    assert await counted(server) == [0, 1]


async def test_tidying_goes_on_in_the_background_also_after_a_failure(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TIDY_EVERY", 0.001)
    authority = Authority(server.engine, server.secrets)
    rounds, tidied = iter(range(10)), asyncio.Event()

    async def tidy() -> None:
        if next(rounds) == 0:
            raise Unavailable
        tidied.set()

    monkeypatch.setattr(authority, "tidy", tidy)
    await authority.start()
    async with asyncio.timeout(20):
        await tidied.wait()
    await authority.stop()


async def test_memory_of_credentials_is_bounded(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "SIZE", 1)
    member = await server.member()
    keys = [(await member.create_key(name="k", scopes=["read"]))[1] for _ in range(2)]
    await server.user("other@example.org")
    tokens = [cookie(await server.sign_in(email), "access") for email in ("user@example.org", "other@example.org")]
    for _ in range(2):
        for key, token in zip(keys, tokens, strict=True):
            assert (await server.authority.credentials.by_key(key)).kind == "key"
            assert (await server.authority.credentials.by_access_token(token)).kind == "user"
    await server.authority.credentials.settle()
    with pytest.raises(SessionEnded):
        await server.authority.credentials.by_access_token(tokens[0] + "x")


async def test_a_principal_without_subject_leaves_no_note(server: Server) -> None:
    server.authority.credentials._note_use(Principal("key"))
    assert not server.authority.credentials._noting
