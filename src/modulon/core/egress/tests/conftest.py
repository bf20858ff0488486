"""A listener that must not be reached, and clients whose names resolve to whatever a test says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest

from modulon.core.egress import EgressClient


@dataclass
class Canary:
    """A small HTTP server on loopback that records what reaches it."""

    port: int = 0
    requests: list[bytes] = field(default_factory=list[bytes])
    reply: bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
    closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.requests.append(head)
                writer.write(self.reply)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            self.closed.set()
            writer.close()


@pytest.fixture
async def canary() -> AsyncIterator[Canary]:
    found = Canary()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    async with server:
        yield found


@pytest.fixture
async def client() -> AsyncIterator[EgressClient]:
    """A client as the server has it, with the system's resolver."""
    made = EgressClient()
    yield made
    await made.close()


ClientFor = Callable[..., EgressClient]


@pytest.fixture
async def client_for() -> AsyncIterator[ClientFor]:
    """Clients for which every name resolves to the given addresses."""
    made: list[EgressClient] = []

    def make(*ips: str) -> EgressClient:
        async def lookup(_host: str, _port: int) -> list[str]:
            return list(ips)

        made.append(EgressClient(lookup=lookup))
        return made[-1]

    yield make
    for each in made:
        await each.close()
