"""R24: what a probe sees of a server whose event loop is blocked."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from tests.rig.conversing import Chatter, Told, set_up
from tests.rig.provider import Provider, answer_text
from tests.rig.server import Server, running_server
from tests.rig.waiting import until

MANIFEST = """[module]
id = "acme.hanger"
name = "Hanger"
version = "1.0.0"
description = "Blocks the event loop"
author = "Acme"
type = "plugin"
api = "1"
"""
BACKEND = """import time
from pathlib import Path

from modulon.sdk import Module

module = Module()


@module.post("/x/acme.hanger/hang", policy="admin")
async def hang(until: str) -> dict[str, str]:
    \"\"\"Block the loop until a file is there.\"\"\"
    while not Path(until).exists():
        time.sleep(0.01)
    return {}
"""
PROBE = aiohttp.ClientTimeout(total=2)


def hanger(folder: Path) -> Path:
    """A folder with a module that blocks the loop of the process it is called in."""
    backend = folder / "modules" / "acme_hanger" / "backend"
    backend.mkdir(parents=True)
    (backend.parent / "module.toml").write_text(MANIFEST)
    (backend / "__init__.py").write_text(BACKEND)
    return folder / "modules"


async def live(server: Server) -> int:
    """What a probe with a time limit gets; 0 if that is nothing."""
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(connector=connector, timeout=PROBE) as session:
        try:
            async with session.get(f"{server.url}/live") as response:
                return response.status
        except (TimeoutError, aiohttp.ClientError):
            return 0


async def hang(one: Chatter, until_there: Path) -> None:
    await one.call("POST", f"/api/x/acme.hanger/hang?until={until_there}")


async def test_r24_a_blocked_loop_fails_its_probe_and_is_told_of(tmp_path: Path, provider: Provider) -> None:
    """Takes as long as the loop may be blocked before it is told of."""
    arguments = ("--dev", "--modules-dir", str(hanger(tmp_path)))
    async with running_server(tmp_path, *arguments) as server, set_up(server, provider.url) as one:
        assert await live(server) == 200
        released = tmp_path / "released"
        hanging = asyncio.create_task(hang(one, released))
        try:
            async with asyncio.timeout(20):
                while await live(server) != 0:
                    pass  # the request that hangs is on its way
            await until(lambda: "the event loop is blocked" in server.log.read_text())
            assert "acme_hanger" in server.log.read_text(), "where it hangs"
            assert await live(server) == 0
        finally:
            released.touch()
        await hanging
        assert await live(server) == 200
        await until(lambda: "the event loop turns again" in server.log.read_text())


@pytest.mark.nightly
async def test_r24_a_worker_past_hope_is_replaced(tmp_path: Path, provider: Provider) -> None:
    """The other worker goes on answering probes, so nobody outside would notice. Takes half a minute: so long a worker
    may hang."""
    arguments = ("--workers", "2", "--dev", "--modules-dir", str(hanger(tmp_path)))
    async with running_server(tmp_path, *arguments) as server, set_up(server, provider.url) as one:
        with pytest.raises(aiohttp.ClientError):
            await hang(one, tmp_path / "never")
        log = server.log.read_text()
        assert "the event loop is blocked and this process ends" in log
        await until(lambda: "a worker died and is started again" in server.log.read_text())
        told = await one.begin("Hello", "sim/sim-fast-n20")
        assert (await one.follow(told["run"]["id"], Told())).text == answer_text(20)
