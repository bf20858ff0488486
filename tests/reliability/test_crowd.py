"""F09: slow readers of streams and slow-loris, hundreds of each at once, on a whole server."""

import asyncio
import os
import re
import socket
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import pytest

from tests.rig.conversing import Chatter, Told, set_up
from tests.rig.provider import Provider, answer_text
from tests.rig.server import Server
from tests.rig.waiting import until

TOKENS = 20_000
"""Of the answer that nobody reads: some megabytes of events for each reader."""
WINDOW = 4096
EACH = 300 * 1024
"""Bytes of memory that one who stalls may cost: what the transport holds back, and the request itself."""
SLACK = 64 * 1024 * 1024


class Crowd:
    """Connections that take nothing and say nothing."""

    def __init__(self, server: Server) -> None:
        where = urlsplit(server.url)
        self._address = (where.hostname, where.port)
        self._host = where.netloc
        self._sockets: list[socket.socket] = []

    async def read_slowly(self, path: str, headers: dict[str, str]) -> None:
        """Ask for a stream and never read it."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        await self._send(f"GET {path} HTTP/1.1\r\nHost: {self._host}\r\n{lines}\r\n")

    async def ask_slowly(self) -> None:
        """Begin a request that never becomes one."""
        await self._send(f"POST /api/conversations HTTP/1.1\r\nHost: {self._host}\r\nX-Slow: ")

    async def _send(self, text: str) -> None:
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
        one.setblocking(False)
        self._sockets.append(one)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(one, self._address)
        await loop.sock_sendall(one, text.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._sockets:
            one.close()


def descriptors(server: Server) -> int:
    return len(os.listdir(f"/proc/{server.pid}/fd"))


def connections(server: Server) -> int:
    """How many sockets the server holds."""
    held = 0
    for one in Path(f"/proc/{server.pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            held += one.readlink().name.startswith("socket:")
    return held


def memory(server: Server) -> int:
    """Bytes that the server has in memory."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{server.pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024


async def served(one: Chatter) -> None:
    """Somebody else works meanwhile: 100 requests and ten whole answers."""
    for _ in range(100):
        assert (await one.call("GET", "/api/me"))["user"]["email"]
    begun = await asyncio.gather(*(one.begin("Hello", "sim/sim-fast-n20") for _ in range(10)))
    for told in await asyncio.gather(*(one.follow(made["run"]["id"], Told()) for made in begun)):
        assert told.text == answer_text(20)


@pytest.mark.parametrize("each", [100, pytest.param(500, marks=pytest.mark.nightly)])
async def test_f09_a_crowd_that_stalls_costs_little_and_leaves_nothing(
    server: Server, provider: Provider, each: int
) -> None:
    """Five hundred are waited for until the server has let go of all of them by itself; a hundred leave."""
    async with set_up(server, provider.url) as one:
        await served(one)
        long = await one.begin("Count", f"sim/sim-fast-n{TOKENS}")
        await one.follow(long["run"]["id"], Told())
        held, opened, before = connections(server), descriptors(server), memory(server)
        running = await one.begin("Count", f"sim/sim-fast-n{TOKENS}-r2000")
        with Crowd(server) as crowd:
            for number in range(each):
                run = (long, running)[number % 2]["run"]["id"]
                await crowd.read_slowly(f"/api/runs/{run}/events", one.headers)
                await crowd.ask_slowly()
            await until(lambda: connections(server) >= 2 * each)
            await served(one)
            assert memory(server) - before < 2 * each * EACH + SLACK
            if each == 500:
                await until(lambda: connections(server) <= held, seconds=120)
                await served(one)
        await until(lambda: descriptors(server) <= opened)
        assert memory(server) - before < 2 * each * EACH + SLACK
