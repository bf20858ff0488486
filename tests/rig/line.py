"""A line between a client and a server that can be cut: connections end and new ones are refused."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 65_536


class Line:
    """Relays bytes between clients and *target*, the base address of an HTTP server."""

    def __init__(self, target: str) -> None:
        address = urlsplit(target)
        self._target = (address.hostname or "127.0.0.1", address.port or 80)
        self.url = ""
        """Base address under which the server is reached through this line."""
        self._port = 0
        self._server: asyncio.Server | None = None
        self._writers: set[StreamWriter] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"

    async def cut(self) -> int:
        """End every connection at once, as a lost network does, and refuse new ones; how many there were."""
        assert self._server is not None
        self._server.close()
        cut = list(self._writers)
        for writer in cut:
            writer.transport.abort()
        self._server = None
        return len(cut) // 2

    async def mend(self) -> None:
        """Accept connections again, at the same address."""
        await self.start()

    async def close(self) -> None:
        if self._server is not None:
            await self.cut()

    async def _relay(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pump(reader, far_writer))
                both.create_task(self._pump(far_reader, writer))
        finally:
            self._writers -= {writer, far_writer}

    async def _pump(self, source: StreamReader, sink: StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(CHUNK):
                sink.write(data)
                await sink.drain()
        with suppress(OSError):
            sink.close()


@asynccontextmanager
async def running_line(target: str) -> AsyncIterator[Line]:
    """A line to *target* for as long as the block lasts."""
    line = Line(target)
    await line.start()
    try:
        yield line
    finally:
        await line.close()
