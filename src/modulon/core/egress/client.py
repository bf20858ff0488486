"""The egress client: the contract's `HttpClient`."""

import asyncio
import importlib
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from types import TracebackType
from typing import TYPE_CHECKING, Any

from modulon.sdk.http import Allowed, HttpResponse

from .guard import check_address, is_allowed
from .urls import parse

if TYPE_CHECKING:
    import aiohttp

    from .session import Lookup


class EgressClient:
    """Opens every connection that leaves this server.

    Names are resolved once; each address is checked against the guard, and the checked address is the one connected
    to. Redirects are not followed, cookies not kept, proxies of the environment not used. *lookup* replaces the
    system's resolver in tests.
    """

    def __init__(self, *, lookup: "Lookup | None" = None) -> None:
        self._lookup = lookup
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def start(self) -> None:
        """Nothing is loaded or opened before the first request."""

    async def close(self) -> None:
        """Close all connections."""
        sessions = list(self._sessions.values())
        self._sessions.clear()
        await asyncio.gather(*(session.close() for session in sessions))

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
        """Send a request; see the contract."""
        return _Exchange(self, method, url, headers, body, allow, (connect_timeout, read_timeout), idle_timeout)

    async def session(self, *, allowed: bool) -> "aiohttp.ClientSession":
        """The session for public addresses, or the one for those an admin allowed."""
        found = self._sessions.get(allowed)
        if found is None:
            # Importing aiohttp takes 0.1 s: not on the event loop.
            module = await asyncio.to_thread(importlib.import_module, f"{__package__}.session")
            found = self._sessions.get(allowed)
            if found is None:
                lookup = self._lookup or module.system_lookup
                found = self._sessions[allowed] = module.open_session(allowed=allowed, lookup=lookup)
        return found


class _Exchange(AbstractAsyncContextManager[HttpResponse]):
    """One request and its response."""

    __slots__ = ("_allow", "_body", "_client", "_headers", "_idle", "_method", "_raw", "_timeouts", "_url")

    def __init__(
        self,
        client: EgressClient,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        body: bytes | None,
        allow: Allowed | None,
        timeouts: tuple[float, float],
        idle: float | None,
    ) -> None:
        self._client = client
        self._method = method
        self._url = url
        self._headers = headers
        self._body = body
        self._allow = allow
        self._timeouts = timeouts
        self._idle = idle
        self._raw: Any = None

    async def __aenter__(self) -> HttpResponse:
        address = parse(self._url)
        allowed = is_allowed(address, self._allow)
        check_address(address, allowed=allowed)
        session = await self._client.session(allowed=allowed)
        from . import session as http  # aiohttp is loaded by now

        url, timeout = http.url_of(address), http.timeout_of(*self._timeouts)
        # The end of a kept connection may have arrived and not been looked at yet: a turn of the loop does. Later it
        # could not be told whether the request was lost, since it is written at once (from Python 3.12 on).
        await asyncio.sleep(0)
        for again in (True, False):
            try:
                self._raw = await session.request(
                    self._method,
                    url,
                    headers=self._headers,
                    data=self._body,
                    allow_redirects=False,
                    timeout=timeout,
                )
                break
            except http.FAILURES as error:
                # A kept connection that the other side was closing: the request never left whole, so it is sent anew.
                if not (again and http.never_sent(error)):
                    raise http.translated(error) from error
        return http.Response(self._raw, self._idle)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        # A body not read to its end closes the connection, which is how the other side learns that it may stop.
        if error is None:
            self._raw.release()
        else:
            self._raw.close()
