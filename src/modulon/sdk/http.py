"""Outbound HTTP. Everything that leaves the machine goes through this one client and its address guard."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from .errors import UpstreamFailed


@dataclass(frozen=True, slots=True)
class Allowed:
    """An exact host and port that an admin has approved although its address is private."""

    host: str
    port: int


class AddressRefused(UpstreamFailed):
    """The address guard refused: private, reserved, or a scheme or port that is never needed."""

    code = "egress.refused"
    title = "This address may not be reached"
    detail = "The address belongs to a private or reserved network. An admin can allow one exact host and port."


class Unreachable(UpstreamFailed):
    """No connection, or it broke: name resolution, refusal, TLS, reset."""

    code = "egress.unreachable"
    title = "No connection"
    detail = "The other server could not be reached. Check its address and that it is running."


class TimedOut(UpstreamFailed):
    """No answer in time."""

    code = "egress.timed_out"
    title = "No answer in time"
    detail = "The other server did not answer in time. Try again."


class HttpResponse(Protocol):
    """A response whose head has arrived. The body is read once, whole or in chunks."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Names in lower case."""
        ...

    async def read(self, limit: int = 8 * 1024 * 1024) -> bytes:
        """The whole body; `UpstreamFailed` beyond *limit* bytes."""
        ...

    def chunks(self) -> AsyncIterator[bytes]:
        """The body as it arrives. Ends without an error only if it arrived whole; else raises `Unreachable`."""
        ...


class HttpClient(Protocol):
    """The egress client."""

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        allow: Allowed | None = None,
        connect_timeout: float = 10.0,
        read_timeout: float = 300.0,
        idle_timeout: float | None = None,
    ) -> AbstractAsyncContextManager[HttpResponse]:
        """Send a request. Timeouts are in seconds: *read_timeout* until the head and until the first chunk,
        *idle_timeout* between two chunks, the same if it is not given. Redirects are not followed.

        Raises `AddressRefused`, `Unreachable`, `TimedOut`.
        """
        ...
