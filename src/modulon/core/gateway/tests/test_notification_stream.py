"""`GET /api/events/stream`: one's own acts, in order, resumable, ended with one's rights or the process."""

import asyncio
import json
from typing import Any
from uuid import UUID

from modulon.core.testing import App
from modulon.sdk.testing import Client
from modulon.sdk.testing.client import Stream


async def begin(person: Client, title: str) -> None:
    """Do something that is told."""
    reply = await person.post("/api/conversations", {"title": title})
    assert reply.status == 201, reply.text


async def told(stream: Stream, count: int) -> tuple[list[dict[str, Any]], str]:
    """The next *count* notifications and the cursor after them."""
    text = ""
    async with asyncio.timeout(10):
        async for chunk in stream.chunks():
            text += chunk.decode()
            if text.count("event: notification") >= count:
                break
    lines = text.splitlines()
    cursors = [line.removeprefix("id: ") for line in lines if line.startswith("id: ")]
    return [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")], cursors[-1]


async def test_ones_own_acts_are_told_and_nobody_elses(app: App) -> None:
    one, two = await app.member("one@example.org"), await app.member("two@example.org")
    async with one.stream("GET", "/api/events/stream") as (start, stream):
        assert start["status"] == 200
        await begin(two, "hidden")
        await begin(one, "seen")
        found, _ = await told(stream, 1)
    assert [item["type"] for item in found] == ["chat.conversation_created"]
    assert "hidden" not in json.dumps(found)


async def test_it_goes_on_where_it_was_left(app: App) -> None:
    one = await app.member()
    async with one.stream("GET", "/api/events/stream") as (_, stream):
        await begin(one, "first")
        first, cursor = await told(stream, 1)
    await begin(one, "meanwhile")
    async with one.stream("GET", "/api/events/stream", headers={"last-event-id": cursor}) as (_, stream):
        missed, _ = await told(stream, 1)
    assert len(first) == len(missed) == 1
    assert first[0]["key"] != missed[0]["key"]


async def test_a_cursor_that_is_none_resets(app: App) -> None:
    one = await app.member()
    async with one.stream("GET", "/api/events/stream", headers={"last-event-id": "nonsense"}) as (_, stream):
        text = ""
        async with asyncio.timeout(10):
            async for chunk in stream.chunks():
                text += chunk.decode()
                if "event: reset" in text:
                    break
    assert "event: reset" in text


async def test_b10_suspension_ends_it(app: App) -> None:
    one = await app.member()
    user = UUID((await one.get("/api/me")).json()["user"]["id"])
    async with one.stream("GET", "/api/events/stream") as (_, stream):
        await app.core.resources.authority.suspend(user)
        async with asyncio.timeout(20):
            assert [chunk async for chunk in stream.chunks()]


async def test_a_stop_ends_it(app: App) -> None:
    one = await app.member()
    async with one.stream("GET", "/api/events/stream") as (_, stream):
        async with asyncio.timeout(20):
            first = await anext(stream.chunks())
            assert first.startswith(b":")
            await app.application.drain()
            assert [chunk async for chunk in stream.chunks()] == []


async def test_anonymous_hears_nothing(app: App) -> None:
    assert (await app.client().get("/api/events/stream")).status == 401
