"""`GET /runs/{run_id}/events`: plain ASGI around a follower."""

import asyncio
from collections.abc import Callable
from typing import Final
from uuid import UUID

from modulon.modules.chat.backend.errors import RunUnknown
from modulon.modules.chat.backend.store import runs as store
from modulon.sdk import Context
from modulon.sdk.routes import Receive, Scope, Send

from .engine import engine_of
from .follower import Follower, Position

_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def run_events(ctx: Context, scope: Scope, receive: Receive, send: Send) -> None:
    """Follow a run to its end. `Last-Event-ID` (or `?after=`) says what was seen already.

    Answers 404 for a run that is absent or not the reader's, before anything of it is looked at.
    """

    async def write(body: bytes) -> None:
        await send({"type": "http.response.body", "body": body, "more_body": True})

    run_id = _run_id(scope)
    engine = engine_of(ctx)
    run = engine.begun_by(ctx.principal, run_id) or await _read(ctx, run_id)
    follower = Follower(ctx, engine, run, write)
    gone = asyncio.create_task(_disconnected(receive, follower.leave))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await follower.follow(_position(scope))
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)


async def _read(ctx: Context, run_id: UUID) -> store.RunRow:
    async with ctx.db.read() as db:
        run = await db.first(store.READ, {"id": run_id})
    if run is None:
        raise RunUnknown
    return run


def _run_id(scope: Scope) -> UUID:
    try:
        return UUID(scope["path_params"]["run_id"])
    except ValueError:
        raise RunUnknown from None


def _position(scope: Scope) -> Position | None:
    """What the reader says it has seen. What makes no sense is no position of any epoch and leads to a reset."""
    text = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"last-event-id"), "")
    if not text:
        fields = scope["query_string"].decode("latin-1").split("&")
        text = next((field.removeprefix("after=") for field in fields if field.startswith("after=")), "")
    if not text:
        return None
    epoch, _, seq = text.partition(".")
    if len(text) <= 40 and epoch.isascii() and epoch.isdecimal() and seq.isascii() and seq.isdecimal():
        return Position(int(epoch), int(seq))
    return Position(0, 0)


async def _disconnected(receive: Receive, leave: Callable[[], None]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    leave()
