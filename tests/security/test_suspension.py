"""B10 and B01 on a real server of several processes: who is suspended stops everywhere, and of many first
administrators there is one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.rig.conversing import Chatter, Refused, Told, set_up
from tests.rig.provider import Provider
from tests.rig.server import PASSWORD, Server, running_server
from tests.rig.waiting import until

STREAMS = 8
"""Enough for every one of the workers to hold some."""

MEMBER = "member@example.org"


@asynccontextmanager
async def signed_in(server: Server) -> AsyncIterator[tuple[Chatter, dict[str, Any]]]:
    """The member's browser, every request on a connection of its own, and who they are."""
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    origin = {"origin": server.url, "sec-fetch-site": "same-origin"}
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        browser = Chatter(server, session, origin)
        await browser.call("POST", "/api/sessions", {"email": MEMBER, "password": PASSWORD})
        yield browser, (await browser.call("GET", "/api/me"))["user"]


async def notified(member: Chatter, opened: list[int]) -> None:
    """Follow the notifications until the server ends them; *opened* counts those that have begun."""
    async with member.session.get(f"{member.server.url}/api/events/stream") as response:
        opened.append(response.status)
        async for _ in response.content.iter_any():
            pass


async def refused_everywhere(member: Chatter, key: str) -> None:
    """Whichever worker takes the connection: the session, its renewal and the key are dead."""
    program = Chatter(member.server, member.session, {"authorization": f"Bearer {key}"})
    tries: list[Callable[[], Awaitable[Any]]] = [
        lambda: member.call("GET", "/api/me"),
        lambda: member.call("POST", "/api/sessions/refresh"),
        lambda: program.call("GET", "/v1/models"),
        lambda: program.call("GET", "/api/conversations"),
    ]
    for attempt in [*tries] * STREAMS:
        with pytest.raises(Refused) as refusal:
            await attempt()
        assert refusal.value.status == 401


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("how", ["suspend", "delete"])
async def test_b10_all_of_someone_stops_in_every_process(
    tmp_path: Path, provider: Provider, workers: str, how: str
) -> None:
    """Sessions, keys, streams of notifications and of a run, and the run. (5 s: what a loaded machine may take; on a
    quiet one it is below 1 s.)"""
    async with running_server(tmp_path, "--workers", workers) as server, set_up(server, provider.url) as admin:
        await server.create_user(MEMBER)
        async with signed_in(server) as (member, user):
            key = (await member.call("POST", "/api/keys", {"name": "k", "scopes": ["inference", "read"]}))["key"]
            begun = await member.begin("Hello", "sim/sim-stall")
            opened: list[int] = []
            told = [Told() for _ in range(STREAMS)]
            streams = [asyncio.create_task(member.follow_once(begun["run"]["id"], one)) for one in told]
            streams += [asyncio.create_task(notified(member, opened)) for _ in range(STREAMS)]
            await until(lambda: len(opened) >= STREAMS and all(one.text for one in told))
            if how == "suspend":
                await admin.call("POST", f"/api/users/{user['id']}/suspend")
            else:
                await admin.call("DELETE", f"/api/users/{user['id']}")
            ended, open_ = await asyncio.wait(streams, timeout=20)
            assert not open_, f"{len(open_)} of {2 * STREAMS} streams stayed open"
            assert not [stream for stream in ended if stream.exception()]
            await refused_everywhere(member, key)
            # The provider's connection is closed: nothing is asked of it for somebody who may not ask.
            await until(lambda: provider.stats.in_flight == 0)


async def test_b10_a_restored_person_signs_in_again_and_finds_the_run_stopped(
    tmp_path: Path, provider: Provider
) -> None:
    async with running_server(tmp_path, "--workers", "2") as server, set_up(server, provider.url) as admin:
        await server.create_user(MEMBER)
        async with signed_in(server) as (member, user):
            begun = await member.begin("Hello", "sim/sim-stall")
            await admin.call("POST", f"/api/users/{user['id']}/suspend")
            with pytest.raises(Refused):
                await member.call("POST", "/api/sessions", {"email": MEMBER, "password": PASSWORD})
            await admin.call("POST", f"/api/users/{user['id']}/restore")
            with pytest.raises(Refused):  # sessions of before stay ended
                await member.call("POST", "/api/sessions/refresh")
            await member.call("POST", "/api/sessions", {"email": MEMBER, "password": PASSWORD})
            run = await member.follow(begun["run"]["id"], Told(), seconds=20)
            assert run.ended is not None
            assert run.ended["run"]["error"]["code"] == "chat.owner_suspended"


async def test_b01_of_200_first_sign_ups_at_four_workers_one_succeeds(tmp_path: Path) -> None:
    async with running_server(tmp_path, "--workers", "4") as server:
        await until(lambda: bool(server.setup_token))
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:

            async def sign_up(number: int) -> int:
                person = {"name": "A", "email": f"a{number}@example.org", "password": PASSWORD}
                origin = {"origin": server.url}
                url = f"{server.url}/api/setup"
                async with session.post(url, json={"token": server.setup_token, **person}, headers=origin) as response:
                    await response.read()
                    return response.status

            statuses = await asyncio.gather(*map(sign_up, range(200)))
        assert sorted(set(statuses)) in ([201, 409], [201, 403, 409], [201, 403])
        assert statuses.count(201) == 1
        winner = f"a{statuses.index(201)}@example.org"
        client = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        async with client:
            admin = Chatter(server, client, {"origin": server.url})
            await admin.call("POST", "/api/sessions", {"email": winner, "password": PASSWORD})
            people = (await admin.call("GET", "/api/users"))["items"]
        assert [(one["email"], one["admin"]) for one in people] == [(winner, True)]
