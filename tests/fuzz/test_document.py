"""Requests made from our own OpenAPI document never bring the server to a failure of its own."""

import aiohttp
import pytest

from tests.fuzz.caller import Caller
from tests.rig.provider import Provider
from tests.rig.server import Server

SCOPES = ("inference", "read", "write")


@pytest.mark.parametrize("cases", [200, pytest.param(1200, marks=pytest.mark.nightly)])
@pytest.mark.parametrize("who", ["admin", "member", "anonymous"])
async def test_f08_nothing_that_fits_or_breaks_the_document_is_a_failure(
    server: Server, provider: Provider, who: str, cases: int
) -> None:
    caller = await _caller(server, provider, who)
    await caller.run(cases=cases, number=1)
    assert not caller.complaints, "\n".join(caller.complaints)
    assert caller.total >= cases
    assert "request failed" not in server.log.read_text()
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/ready") as response:
        assert response.status == 200
    # A caller whom everything is refused would prove nothing.
    statuses = caller.statuses()
    assert statuses[401 if who == "anonymous" else 200] > cases // 20


async def _caller(server: Server, provider: Provider, who: str) -> Caller:
    await server.create_user("root@example.org", admin=True)
    await server.create_user("one@example.org")
    await server.add_provider("Sim", provider.url)
    if who == "anonymous":
        return Caller(server)
    email, scopes = ("root@example.org", (*SCOPES, "admin")) if who == "admin" else ("one@example.org", SCOPES)
    caller = Caller(server, await server.create_key(email, *scopes))
    await caller.remember_own_key()
    return caller
