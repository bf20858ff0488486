"""The one place that opens connections: aiohttp, with a resolver and a socket factory that ask the guard.

Imported at the first request, not at start.
"""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import lru_cache, partial
from typing import Any, Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from modulon import __version__
from modulon.sdk.errors import UpstreamFailed
from modulon.sdk.http import AddressRefused, TimedOut, Unreachable

from .guard import may_connect, permitted
from .urls import Address

Lookup = Callable[[str, int], Awaitable[list[str]]]
"""Resolves a name; raises `OSError`. The port is a hint for the system's resolver."""

KEEP_ALIVE: Final = 15.0
"""Seconds an idle connection is kept: less than most servers do, so that they seldom close it under a request."""

FAILURES: Final = (aiohttp.ClientError, OSError, TimeoutError)

_User_Agent = f"Modulon/{__version__}"


class ResponseTooLarge(UpstreamFailed):
    """The body is longer than the caller reads."""

    code = "egress.too_large"
    title = "The answer is too large"
    detail = "The other server's answer is larger than this server reads. Nothing of it was used."


class GuardedSocket(socket.socket):
    """Every connection of this server is one of these: the tests look for any other."""


async def system_lookup(host: str, port: int) -> list[str]:
    """The addresses the operating system gives for a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for _, _, _, _, address in found))


def open_session(*, allowed: bool, lookup: Lookup) -> aiohttp.ClientSession:
    """A session whose connections go to public addresses, or with *allowed* to private ones as well.

    The two kinds never share a session: a kept connection to a private address would answer everybody.
    """
    connector = aiohttp.TCPConnector(
        resolver=_Resolver(allowed=allowed, lookup=lookup),
        socket_factory=partial(_guarded_socket, allowed),
        limit=0,
        keepalive_timeout=KEEP_ALIVE,
        ttl_dns_cache=30,
    )
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": _User_Agent},
        # No `Accept-Encoding` unless the caller sends one: what nobody asked for need not be unpacked.
        skip_auto_headers=("Accept", "Accept-Encoding"),
        timeout=aiohttp.ClientTimeout(total=None),
        trust_env=False,
    )


class _Resolver(AbstractResolver):
    """Resolves once and passes on only addresses that may be connected to."""

    def __init__(self, *, allowed: bool, lookup: Lookup) -> None:
        self._allowed = allowed
        self._lookup = lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=ip,
                port=port,
                family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for ip in permitted(await self._lookup(host, port), allowed=self._allowed)
        ]

    async def close(self) -> None:
        """Nothing is held."""


def _guarded_socket(
    allowed: bool,
    info: tuple[int, int, int, str, tuple[Any, ...]],
) -> socket.socket:
    """The socket for an address about to be connected to: the guard's last word, whatever came before."""
    family, kind, protocol, _, address = info
    if not may_connect(str(address[0]), allowed=allowed):
        raise PermissionError(errno.EPERM, "address refused")
    return GuardedSocket(family, kind, protocol)


@lru_cache(maxsize=1024)
def url_of(address: Address) -> URL:
    """The client's URL, built from the parts that were checked."""
    return URL.build(
        scheme=address.scheme,
        host=address.host,
        port=address.port,
        path=address.path,
        query_string=address.query,
        encoded=True,
    )


@lru_cache(maxsize=64)
def timeout_of(connect: float, read: float) -> aiohttp.ClientTimeout:
    """*connect* covers resolving and connecting, *read* the time to the head and between two chunks; in seconds."""
    return aiohttp.ClientTimeout(total=None, connect=connect, sock_connect=connect, sock_read=read)


class Response:
    """The contract's `HttpResponse`."""

    __slots__ = ("_headers", "_idle", "_raw", "status")

    def __init__(self, raw: aiohttp.ClientResponse, idle: float | None = None) -> None:
        self._raw = raw
        self._idle = idle
        self._headers: dict[str, str] | None = None
        self.status = raw.status

    @property
    def headers(self) -> Mapping[str, str]:
        if self._headers is None:
            found = {name.lower(): value for name, value in self._raw.headers.items()}
            if found.pop("content-encoding", None) is not None:
                found.pop("content-length", None)  # the body is unpacked already
            self._headers = found
        return self._headers

    async def read(self, limit: int = 8 * 1024 * 1024) -> bytes:
        if (self._raw.content_length or 0) > limit:
            raise ResponseTooLarge(params={"limit": limit})
        parts: list[bytes] = []
        size = 0
        async for chunk in self.chunks():
            size += len(chunk)
            if size > limit:
                raise ResponseTooLarge(params={"limit": limit})
            parts.append(chunk)
        return b"".join(parts)

    async def chunks(self) -> AsyncIterator[bytes]:
        content = self._raw.content
        try:
            while chunk := await content.readany():
                if self._idle is not None:
                    self._expect_more(self._idle)
                    self._idle = None
                yield chunk
        except FAILURES as error:
            raise translated(error) from error

    def _expect_more(self, idle: float) -> None:
        """From now on the connection may be silent for *idle* seconds: set once, so that a chunk costs nothing."""
        connection = self._raw.connection
        if connection is not None and connection.protocol is not None:
            connection.protocol.read_timeout = idle


def never_sent(error: BaseException) -> bool:
    """Whether the request could not be written whole, because its connection was closing."""
    return isinstance(error, aiohttp.ClientConnectionResetError) or isinstance(
        error.__cause__, aiohttp.ClientConnectionResetError
    )


def translated(error: BaseException) -> UpstreamFailed:
    """A failure of the client in the contract's words; none of them repeats what the other side sent."""
    if isinstance(error, AddressRefused):
        return error
    if isinstance(error, TimeoutError):
        return TimedOut()
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Unreachable("The host's name is not known here. Check how it is written.", params={"reason": "dns"})
    if isinstance(error, aiohttp.ClientSSLError):
        return Unreachable(
            "The other server's certificate is not trusted, or it does not speak TLS on this port.",
            params={"reason": "tls"},
        )
    if isinstance(error, aiohttp.ClientConnectorError):
        return Unreachable(params={"reason": "refused"})
    return Unreachable("The connection to the other server broke.", params={"reason": "broken"})
