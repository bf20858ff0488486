"""Modules are updated, disabled and enabled under load, on two workers: no request fails."""

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.rig.modules import write_module
from tests.rig.server import Server, running_server

MODULE = "acme.swapped"
WORD = f"/api/x/{MODULE}/word"
OTHER = "/v1/models"
WORKERS = 2
REST = 0.02
"""Seconds between two requests of a client: fifty a second."""


class Clients:
    """Asks for the module and for another one all the time, each answer counted by what it was."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.answers: Counter[str] = Counter()
        self.words: set[str] = set()
        self._ending = asyncio.Event()

    async def ask(self, path: str) -> None:
        async with aiohttp.ClientSession() as session:
            while not self._ending.is_set():
                try:
                    async with session.get(f"{self._url}{path}") as reply:
                        body = await reply.text()
                        why = " disabled" if "modules.disabled" in body else ""
                        self.answers[f"{path} {reply.status}{why}"] += 1
                        if reply.status == 200 and path.endswith("/word"):
                            self.words.add(body)
                except aiohttp.ClientError as error:
                    self.answers[f"{path} {type(error).__name__}"] += 1
                await asyncio.sleep(REST)

    async def stream(self) -> None:
        """Streams that are under way when the code changes end whole, all by one code."""
        async with aiohttp.ClientSession() as session:
            while not self._ending.is_set():
                async with session.get(f"{self._url}/api/x/{MODULE}/stream") as reply:
                    if reply.status != 200:
                        await asyncio.sleep(REST)
                        continue
                    words = (await reply.text()).split()
                    self.answers["stream whole" if len(words) == 8 and len(set(words)) == 1 else "stream broken"] += 1

    def end(self) -> None:
        self._ending.set()


class Switches:
    """An administrator's program."""

    def __init__(self, server: Server, key: str) -> None:
        self._url = f"{server.url}/api/modules/{MODULE}"
        self._headers = {"Authorization": f"Bearer {key}"}

    async def update(self) -> None:
        """Take the module's code anew, and wait until both workers have it."""
        generation = (await self._call("POST", "/update"))["generation"]
        await self._settled(lambda one: one["state"] == "running" and one["generation"] == generation)

    async def switch(self, *, enabled: bool) -> None:
        """Enable or disable it, and wait until both workers have."""
        await self._call("PATCH", "", {"enabled": enabled})
        wanted = "running" if enabled else "disabled"
        await self._settled(lambda one: one["state"] == wanted)

    async def _settled(self, reached: Callable[[dict[str, Any]], bool]) -> None:
        async with asyncio.timeout(20):
            while True:
                observed = (await self._call("GET", ""))["observed"]
                if len(observed) == WORKERS and all(map(reached, observed)):
                    return
                await asyncio.sleep(0.02)

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        async with (
            aiohttp.ClientSession(headers=self._headers) as session,
            session.request(method, f"{self._url}{path}", json=body) as reply,
        ):
            assert reply.status == 200, await reply.text()
            told: dict[str, Any] = await reply.json()
            return told


@pytest.mark.parametrize("rounds", [10, pytest.param(100, marks=pytest.mark.nightly)])
async def test_modules_change_under_load_without_a_failed_request(tmp_path: Path, rounds: int) -> None:
    folder = tmp_path / "modules"
    write_module(folder, MODULE, "0")
    environment = {"MODULON_DEV": "1", "MODULON_MODULES_DIR": str(folder)}
    async with running_server(tmp_path, "--workers", str(WORKERS), environment=environment) as server:
        await server.create_user("admin@example.org", admin=True)
        switches = Switches(server, await server.create_key("admin@example.org", "admin"))
        clients = Clients(server.url)
        memory: list[int] = []
        async with asyncio.TaskGroup() as group:
            for path in (WORD, OTHER):
                group.create_task(clients.ask(path))
            group.create_task(clients.stream())
            for number in range(1, rounds + 1):
                write_module(folder, MODULE, str(number))
                await switches.update()
                await asyncio.sleep(0.2)
                await switches.switch(enabled=False)
                await switches.switch(enabled=True)
                memory.append(sum(map(_memory, _children(server.pid))))
            await asyncio.sleep(1)
            clients.end()
        assert "a worker died" not in server.log.read_text()
    allowed = {f"{WORD} 200", f"{WORD} 404 disabled", f"{OTHER} 401", "stream whole"}
    assert set(clients.answers) <= allowed, clients.answers
    assert clients.answers[f"{WORD} 404 disabled"] > 0
    assert clients.answers["stream whole"] > rounds / 2
    assert {f'"{number}"' for number in range(1, rounds + 1)} <= clients.words
    assert memory[-1] <= memory[rounds // 2] * 1.05, memory


def _children(pid: int) -> list[int]:
    """The workers of a supervisor."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _memory(pid: int) -> int:
    """Resident bytes of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
