"""A whole server, started and killed."""

from pathlib import Path
from signal import SIGTERM

import aiohttp
import pytest

from tests.rig.provider import Provider
from tests.rig.server import PASSWORD, Server, ServerFailed, running_server


async def status(server: Server, path: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(server.url + path) as response:
        return response.status


async def test_it_serves_and_prints_one_set_up_link(server: Server) -> None:
    assert await status(server, "/ready") == 200
    assert server.setup_link.startswith(f"{server.url}/setup#token=")
    assert server.setup_link.endswith(server.setup_token)


async def test_it_keeps_its_address_and_data_when_killed(server: Server) -> None:
    before = server.url
    await server.create_user("ada@example.org", admin=True)
    await server.kill()
    await server.start()
    assert server.url == before
    body = {"email": "ada@example.org", "password": PASSWORD}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/api/sessions", json=body, headers={"origin": server.url}) as response,
    ):
        assert response.status == 201, await response.text()


async def test_it_stops_when_asked(server: Server) -> None:
    # uvicorn, once done, hands the signal on to the default handler, as a service manager expects.
    assert await server.stop() in {0, -SIGTERM}
    assert "Traceback" not in server.log.read_text()


async def test_users_keys_and_providers_are_made_by_command(server: Server, provider: Provider) -> None:
    await server.create_user("ada@example.org", admin=True)
    await server.add_provider("sim", provider.url)
    key = await server.create_key("ada@example.org")
    async with (
        aiohttp.ClientSession(headers={"authorization": f"Bearer {key}"}) as session,
        session.get(f"{server.url}/v1/models") as response,
    ):
        listed = await response.json()
    assert "sim/sim-fast" in {model["id"] for model in listed["data"]}


async def test_a_command_that_fails_says_why(server: Server) -> None:
    with pytest.raises(ServerFailed, match=r"nobody@example\.org"):
        await server.create_key("nobody@example.org")


async def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(ServerFailed, match=r"(?s)stopped while starting.*--no-such-option"):
        async with running_server(tmp_path, "--no-such-option"):
            pass
