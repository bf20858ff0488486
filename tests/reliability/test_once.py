"""R09 with several processes: one key, whichever of them a repetition comes to."""

import asyncio
from pathlib import Path

import aiohttp
import msgspec
import pytest

from tests.rig.conversing import Chatter, Refused, set_up
from tests.rig.provider import Provider
from tests.rig.server import running_server


@pytest.mark.parametrize("times", [200, pytest.param(1000, marks=pytest.mark.nightly)])
async def test_r09_the_same_key_in_two_processes_is_one_message(tmp_path: Path, provider: Provider, times: int) -> None:
    """Every request on a connection of its own, so that both workers get some; then another body under the key."""
    connector = aiohttp.TCPConnector(limit=times, force_close=True)
    async with (
        running_server(tmp_path, "--workers", "2") as server,
        set_up(server, provider.url) as one,
        aiohttp.ClientSession(connector=connector) as session,
    ):
        many = Chatter(server, session, one.headers)
        answers = await asyncio.gather(*(many.begin("Once", "sim/sim-fast-n20", "once") for _ in range(times)))
        assert len({msgspec.json.encode(answer, order="deterministic") for answer in answers}) == 1
        found = (await many.call("GET", "/api/conversations"))["items"]
        assert [item["id"] for item in found] == [answers[0]["conversation"]["id"]]
        page = await many.call("GET", f"/api/conversations/{found[0]['id']}/messages")
        assert [item["role"] for item in page["items"]] == ["user", "assistant"]
        for _ in range(8):
            with pytest.raises(Refused) as refusal:
                await many.begin("Twice", "sim/sim-fast-n20", "once")
            assert refusal.value.status == 409
        assert len((await many.call("GET", "/api/conversations"))["items"]) == 1
