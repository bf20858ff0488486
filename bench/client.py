"""An HTTP/1.1 client that costs little, so that a load test measures the server."""

import asyncio
import time
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

import httptools
import msgspec


class Broken(Exception):
    """The answer was not what was asked for; the message names the kind of failure."""


@dataclass
class Reply:
    """One answer."""

    status: int
    body: bytes
    first_at: float
    """`time.perf_counter()` when the marker first appeared; 0 if it never did."""

    def expect(self, status: int) -> "Reply":
        if self.status != status:
            raise Broken(f"http {self.status}: {self.body[:200].decode(errors='replace')}")
        return self


class Connection(asyncio.Protocol):
    """One keep-alive connection; one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._done: asyncio.Future[Reply] | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._marker = b""
        self._first_at = 0.0
        self._body: list[bytes] = []

    async def ask(self, request: bytes, *, marker: bytes = b"", seconds: float = 60.0) -> Reply:
        """Send *request* and wait for the whole answer. Raises `OSError`, `TimeoutError`, `Broken`."""
        if self._transport is None:
            raise ConnectionError("disconnected")
        self._marker, self._first_at, self._body = marker, 0.0, []
        self._done = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        async with asyncio.timeout(seconds):
            return await self._done

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    # asyncio's callbacks

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio.Transport
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._fail(ConnectionError("disconnected"))

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(Broken(f"no HTTP: {error}"))

    # httptools' callbacks

    def on_body(self, body: bytes) -> None:
        self._body.append(body)
        if not self._first_at and self._marker and self._marker in body:
            self._first_at = time.perf_counter()

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        # The parser stops for good after an answer that closes the connection.
        self._parser = httptools.HttpResponseParser(self)
        if self._done is not None and not self._done.done():
            self._done.set_result(Reply(status, b"".join(self._body), self._first_at))

    def _fail(self, error: Exception) -> None:
        if self._done is not None and not self._done.done():
            self._done.set_exception(error)


async def connect(url: str) -> Connection:
    """Connect to the host and port of *url*."""
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(Connection, parts.hostname or "127.0.0.1", parts.port or 80)
    return connection


def request_bytes(method: str, url: str, *, key: str = "", body: object = None) -> bytes:
    """The bytes of a request, made once and sent many times."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    content = b"" if body is None else msgspec.json.encode(body)
    lines = [f"{method} {target} HTTP/1.1", f"host: {parts.netloc}", "accept: */*"]
    if key:
        lines.append(f"authorization: Bearer {key}")
    if content or method != "GET":
        lines += ["content-type: application/json", f"content-length: {len(content)}"]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode() + content
