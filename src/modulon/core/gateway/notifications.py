"""`GET /api/events/stream`: what happens in the caller's workspace, as server-sent events."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Final, Protocol
from uuid import UUID

import msgspec

from modulon.core.events.notifications import Notification, Notifications, Reset
from modulon.sdk.context import Context
from modulon.sdk.errors import Problem
from modulon.sdk.identity import Principal
from modulon.sdk.routes import Receive, Scope, Send

from .headers import header

HEARTBEAT: Final = 15.0
RECHECK: Final = 0.5
"""Seconds between comments that keep the connection open, and between looks at the caller's rights."""

_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Rights(Protocol):
    """Where the rights of a person are looked up anew."""

    async def recheck(self, principal: Principal) -> None:
        """Raises a `Problem` once they are gone."""
        ...


class NotificationStream:
    """Serves the stream. *ready* gives the notifications once all event types are known."""

    def __init__(self, ready: Callable[[], Awaitable[Notifications]], rights: Rights) -> None:
        self._ready = ready
        self._rights = rights
        self._ending = asyncio.Event()

    def end(self) -> None:
        """End every open stream: the process is about to stop, and browsers come back to the next one."""
        self._ending.set()

    async def answer(self, ctx: Context, scope: Scope, receive: Receive, send: Send) -> None:
        """Follow the log until the caller leaves or may not any more. Beside what is for everyone, only what the
        caller's own acts brought about is told: other members of a workspace have private rows there too."""
        notifications = await self._ready()
        user, workspace = ctx.principal.user, ctx.principal.workspace
        assert user is not None  # noqa: S101 - the route's policy is `signed-in`
        assert workspace is not None  # noqa: S101
        after = header(scope["headers"], b"last-event-id") or None
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": b": open\n\n", "more_body": True})
        async with asyncio.TaskGroup() as group:
            told = group.create_task(self._tell(notifications.follow(workspace, after), user, send))
            checked = group.create_task(self._watch(ctx.principal, send))
            left = group.create_task(_left(receive))
            ended = group.create_task(self._ending.wait())
            await asyncio.wait((told, checked, left, ended), return_when=asyncio.FIRST_COMPLETED)
            for task in (told, checked, left, ended):
                task.cancel()
        await send({"type": "http.response.body", "body": b""})

    async def _tell(self, items: AsyncIterator[Notification | Reset], user: UUID, send: Send) -> None:
        async for item in items:
            if isinstance(item, Notification) and not item.everyone and item.actor != user:
                continue
            await send({"type": "http.response.body", "body": _frame(item), "more_body": True})

    async def _watch(self, principal: Principal, send: Send) -> None:
        """Keep the connection open, and end it within a second of the caller's rights or session."""
        silent = 0.0
        with suppress(Problem):
            while True:
                await asyncio.sleep(RECHECK)
                await self._rights.recheck(principal)
                silent += RECHECK
                if silent >= HEARTBEAT:
                    silent = 0.0
                    await send({"type": "http.response.body", "body": b": still here\n\n", "more_body": True})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _frame(item: Notification | Reset) -> bytes:
    if isinstance(item, Reset):
        return f"id: {item.cursor}\nevent: reset\ndata: {{}}\n\n".encode()
    data = msgspec.json.encode({"type": item.type, "key": item.key, "payload": item.payload}).decode()
    return f"id: {item.cursor}\nevent: notification\ndata: {data}\n\n".encode()
