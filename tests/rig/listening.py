"""An application of a test's own process, listening on a real socket as `modulon serve` does."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import uvicorn

from modulon.core.app import Application
from modulon.core.engine.supervisor import listen
from modulon.core.gateway.protocol import Protocol


@dataclass
class Listening:
    """Where it listens, and the server itself."""

    port: int
    server: uvicorn.Server
    wires: list["Wire"] = field(default_factory=list["Wire"])

    async def connect(self, *, window: int = 0) -> "Wire":
        """A bare connection; *window*, in bytes, is how much the kernel takes for one who does not read."""
        plain = socket.socket()
        if window:
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        plain.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", self.port))
        reader, writer = await asyncio.open_connection(sock=plain, limit=window or 2**16)
        self.wires.append(Wire(reader, writer))
        return self.wires[-1]

    async def close(self) -> None:
        """Leave, with all connections."""
        for wire in self.wires:
            wire.writer.close()
            with suppress(OSError):
                await wire.writer.wait_closed()

    @property
    def connections(self) -> int:
        """How many connections the server holds."""
        return len(self.server.server_state.connections)


@dataclass
class Wire:
    """A connection on which the test writes every byte itself."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self) -> tuple[int, bytes]:
        """The status, and the head of the next answer."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        return int(head.split(b" ", 2)[1]), head

    async def rest(self) -> bytes:
        """All that comes until the server closes."""
        return await self.reader.read()


@asynccontextmanager
async def listening(application: Application) -> AsyncIterator[Listening]:
    """Serve *application*, which is started already."""
    config = uvicorn.Config(
        application, http=Protocol, ws="none", lifespan="off", log_config=None, access_log=False,
        server_header=False, date_header=False, proxy_headers=False, timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    listener = listen("127.0.0.1", 0)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        while not server.started:  # noqa: ASYNC110 - it announces nothing
            await asyncio.sleep(0.001)
        running = Listening(listener.getsockname()[1], server)
        try:
            yield running
        finally:
            await running.close()
    finally:
        server.should_exit = True
        await serving
        listener.close()
