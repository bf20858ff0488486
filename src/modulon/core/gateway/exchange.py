"""One request and its response as they pass the gateway: adds headers, counts bytes, remembers what was sent."""

from collections.abc import MutableMapping
from typing import Any

from modulon import __version__
from modulon.sdk.errors import TooLarge
from modulon.sdk.routes import Receive, Send

from .headers import RawHeaders

_NO_STORE = (b"cache-control", b"no-store")
"""What an answer says of itself unless it says otherwise: it may hold what only this caller may see."""

_VERSION = (b"modulon-version", __version__.encode())


class Exchange:
    """Wraps `send` and `receive`. *limit* is the largest body accepted, in bytes."""

    __slots__ = (
        "_extra",
        "_head",
        "_held",
        "_limit",
        "_receive",
        "_received",
        "_send",
        "body",
        "keep",
        "status",
        "streamed",
    )

    def __init__(self, receive: Receive, send: Send, extra: RawHeaders, *, limit: int, head: bool) -> None:
        self._receive = receive
        self._send = send
        self._extra = extra
        self._limit = limit
        self._received = 0
        self._head = head
        self.status = 0
        self.streamed = False
        self.keep = False
        """Hold the answer back, until `release` or `discard`, and its body in `body`."""
        self.body = b""
        self._held: list[MutableMapping[str, Any]] = []

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Pass a message on; the head gets the security headers, a `HEAD` request loses the body."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message.get("headers", ()))
            if not any(name.lower() == b"cache-control" for name, _ in headers):
                headers.append(_NO_STORE)
            # A document that needs other rules than data brings them; two policies would both hold.
            own = {name for name, _ in headers}
            message["headers"] = [*headers, *(pair for pair in self._extra if pair[0] not in own), _VERSION]
        elif message["type"] == "http.response.body":
            if message.get("more_body"):
                self.streamed = True
            if self.keep:
                self.body += message.get("body", b"")
            if self._head:
                message["body"] = b""
        if self.keep:
            self._held.append(message)
        else:
            await self._send(message)

    async def release(self) -> None:
        """Send what was held back."""
        self.keep = False
        held, self._held = self._held, []
        for message in held:
            await self._send(message)

    def discard(self) -> None:
        """Forget what was held back: another answer is given."""
        self.keep = False
        self._held.clear()
        self.status, self.body = 0, b""

    async def receive(self) -> MutableMapping[str, Any]:
        """The next message of the request; raises `TooLarge` as soon as the limit is passed."""
        message = await self._receive()
        if message["type"] == "http.request":
            self._received += len(message.get("body", b""))
            if self._received > self._limit:
                raise TooLarge(params={"limit": self._limit})
        return message

    async def read_body(self) -> bytes:
        """The whole body."""
        parts: list[bytes] = []
        more = True
        while more:
            message = await self.receive()
            if message["type"] != "http.request":
                break
            parts.append(message.get("body", b""))
            more = message.get("more_body", False)
        return b"".join(parts)


def replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives *body* again and then goes on with the connection's own messages."""
    pending = [body]

    async def again() -> MutableMapping[str, Any]:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return again
