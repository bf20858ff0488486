"""One keep-alive HTTP/1.1 connection to the simulated provider.

An `asyncio.Protocol` on httptools rather than an ASGI application: a load test must not measure the provider.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, cast

import httptools
import msgspec

from tests.rig.provider.faults import BAD_REQUEST, KEY_REFUSED, UNKNOWN_PATH, Fault
from tests.rig.provider.http import PAGE, PAGE_HEAD, STREAM_HEAD, response_head
from tests.rig.provider.stream import AnswerStream

if TYPE_CHECKING:
    from tests.rig.provider.server import Provider


class Connection(asyncio.Protocol):
    """Parses requests and writes answers."""

    def __init__(self, provider: "Provider", open_connections: set["Connection"]) -> None:
        self.provider = provider
        self.loop = asyncio.get_running_loop()
        self._open = open_connections
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._path = ""
        self._authorization = ""
        self._body: list[bytes] = []
        self._answering = False
        self._stream: AnswerStream | None = None
        self._timer: asyncio.TimerHandle | None = None

    # asyncio's callbacks

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports do not inherit from asyncio.Transport
        self._transport = cast(asyncio.Transport, transport)
        self._open.add(self)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._refuse(BAD_REQUEST)
            self.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._open.discard(self)
        if self._timer is not None:
            self._timer.cancel()
        if self._stream is not None:
            self._stream.cancel()
        self.finish("abandoned")

    def pause_writing(self) -> None:
        if self._stream is not None:
            self._stream.pause()

    def resume_writing(self) -> None:
        if self._stream is not None:
            self._stream.resume()

    # httptools' callbacks

    def on_message_begin(self) -> None:
        self._body = []
        self._authorization = ""

    def on_url(self, url: bytes) -> None:
        self._path = httptools.parse_url(url).path.decode()

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"authorization":
            self._authorization = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        if not self._path.startswith("/-/"):
            self.provider.stats.requests[self._path] += 1
            self.provider.stats.last_authorization = self._authorization
        match self._path:
            case "/v1/chat/completions":
                self._converse(b"".join(self._body))
            case "/v1/models" if self.provider.key and self._authorization != f"Bearer {self.provider.key}":
                self._refuse(KEY_REFUSED)
            case "/v1/models":
                self._reply(200, self.provider.models())
            case "/page/models":
                self.write(PAGE_HEAD + PAGE)
            case "/-/stats":
                self._reply(200, self.provider.stats.snapshot())
            case "/-/release":
                self.provider.release()
                self._reply(200, {})
            case "/-/reset":
                self.provider.reset()
                self._reply(200, {})
            case _:
                self._refuse(UNKNOWN_PATH)

    # answers

    def _converse(self, body: bytes) -> None:
        provider = self.provider
        try:
            request, how = provider.prepare(body)
        except (msgspec.DecodeError, msgspec.ValidationError):
            self._refuse(BAD_REQUEST)
            return
        self._answering = True
        provider.stats.begin(request.model, body)
        if isinstance(how, Fault):
            self.finish("failed")
            self._refuse(how)
        elif how.kind == "html":
            self.write(PAGE_HEAD + PAGE)
            self.finish("failed")
        elif how.kind == "mute":
            self.write(STREAM_HEAD)
        elif how.kind != "hang":
            answer = provider.answer(body, request, how)
            if request.stream:
                self._stream = AnswerStream(self, answer, how)
                self._later(how.delay, self._stream.start)
            else:
                pace = how.tokens / how.rate if how.rate else 0.0
                self._later(how.delay + pace, lambda: self._send_whole(answer.whole, how.kind))

    def _send_whole(self, body: bytes, kind: str) -> None:
        half = body[: len(body) // 2]
        if kind in {"drop", "truncated"}:
            self.write(response_head(200, len(body)) + half)
            self.abort()
            return
        sent = half if kind == "malformed" else body
        self.write(response_head(200, len(sent)) + sent)
        self.finish("completed")

    def _later(self, seconds: float, action: Callable[[], None]) -> None:
        if seconds > 0:
            self._timer = self.loop.call_later(seconds, action)
        else:
            action()

    def _refuse(self, fault: Fault) -> None:
        self._reply(fault.status, fault.body, fault.headers)

    def _reply(self, status: int, value: object, headers: dict[str, str] | None = None) -> None:
        body = msgspec.json.encode(value)
        self.write(response_head(status, len(body), headers) + body)

    def write(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def abort(self) -> None:
        """Cut the connection without a goodbye."""
        if self._transport is not None:
            self._transport.abort()

    def finish(self, outcome: Literal["completed", "failed", "abandoned"]) -> None:
        """Count the answer in progress, if there is one, once."""
        if not self._answering:
            return
        self._answering = False
        self._stream = None
        stats = self.provider.stats
        stats.in_flight -= 1
        match outcome:
            case "completed":
                stats.completed += 1
            case "failed":
                stats.failed += 1
            case "abandoned":
                stats.abandoned += 1
