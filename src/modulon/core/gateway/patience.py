"""How long and how much a connection may take: a client that stalls is let go, whatever it is in the middle of.

Nothing here costs a request that arrives and leaves in one piece: timers run only for what is incomplete.
"""

import asyncio
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from modulon.sdk.errors import Problem
from modulon.sdk.ids import new_id

from .headers import security_headers
from .problems import problem_json

HEAD_LIMIT: Final = 64 * 1024
"""Bytes of a request's first line and headers."""

HEAD_SECONDS: Final = 20.0
"""From the connection, or the first byte of a later request, to the end of its headers."""

BODY_SECONDS: Final = 30.0
BODY_RATE: Final = 1024
"""A body is given up when less than this many bytes a second came in that time."""

LINGER_SECONDS: Final = 5.0
"""How long the rest of a body is read and dropped after its answer, so that the client comes to read the answer."""

READ_SECONDS: Final = 60.0
"""How long a client may leave more than the transport's buffer unread; it can come back and resume."""


class Malformed(Problem):
    """Not HTTP, or not as we accept it."""

    status = 400
    code = "malformed"
    title = "Not a valid request"
    detail = "What was sent is no valid HTTP request. Nothing was changed."


class HeadTooLarge(Problem):
    """More headers than anyone needs."""

    status = 431
    code = "head_too_large"
    title = "Headers too large"
    detail = "The headers of this request are larger than this server accepts. Nothing was changed."


class TooSlow(Problem):
    """The request did not arrive in time."""

    status = 408
    code = "too_slow"
    title = "The request took too long"
    detail = "The request did not arrive in time. Nothing was changed; try again."


class PatientProtocol(HttpToolsProtocol):
    """One connection, with limits to what it may keep waiting."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._in_head = True
        self._in_body = False
        self._head_bytes = 0
        self._body_bytes = 0
        self._waiting: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    # What comes in ------------------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._wait(HEAD_SECONDS, self._head_is_late)

    def data_received(self, data: bytes) -> None:
        headless = self._in_head
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_LIMIT:
                self._refuse(HeadTooLarge())
            elif self._waiting is None:
                self._wait(HEAD_SECONDS, self._head_is_late)
        elif self._in_body:
            self._body_bytes += len(data)
            if headless or self._waiting is None:
                self._wait(BODY_SECONDS, self._body_is_late)
        elif self._waiting is not None:
            self._stop_waiting()

    def on_message_begin(self) -> None:
        self._in_head, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_head, self._in_body, self._body_bytes = False, True, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_body = False
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._in_body and not self.transport.is_closing():
            self._wait(LINGER_SECONDS, self.transport.close)

    def _head_is_late(self) -> None:
        self._refuse(TooSlow()) if self._head_bytes else self.transport.close()

    def _body_is_late(self) -> None:
        if self.cycle.response_complete:
            self.transport.close()
        elif self.flow.read_paused or self._body_bytes >= BODY_SECONDS * BODY_RATE:
            self._body_bytes = 0
            self._wait(BODY_SECONDS, self._body_is_late)
        elif self.cycle.response_started:
            self.transport.abort()
        else:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            self._refuse(TooSlow())

    # What goes out ------------------------------------------------------------------------------------------------

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)
        self._unset_keepalive_if_required()
        if self._unread is not None:
            self._unread.cancel()

    def send_400_response(self, msg: str) -> None:
        """uvicorn's answer to what it cannot read, in our form."""
        self._refuse(Malformed())

    def _refuse(self, problem: Problem) -> None:
        """Answer without the application and close."""
        body = problem_json(problem, new_id().hex)
        headers = [
            (b"content-type", b"application/problem+json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"connection", b"close"),
            *security_headers(page=False, encrypted=False),
        ]
        head = f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}\r\n".encode()
        self.transport.write(head + b"".join(b"%b: %b\r\n" % pair for pair in headers) + b"\r\n" + body)
        self.transport.close()

    def _wait(self, seconds: float, then: Any) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(seconds, then)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
