"""Servers that speak OpenAI's format in their own way, byte by byte."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
import structlog

from modulon.core.egress import EgressClient
from modulon.modules.providers.backend.wire import openai as wire_file
from modulon.modules.providers.backend.wire.openai import OpenAI
from modulon.sdk import Allowed, new_id
from modulon.sdk.inference import (
    Finish,
    ModelDelta,
    ModelFailed,
    ModelMessage,
    ModelRequest,
    ProviderConnection,
    TextDelta,
    Usage,
)

SSE = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
TEXT = b'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n'
STOP = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
DONE = b"data: [DONE]\n\n"

Reply = Callable[[dict[str, Any]], bytes]


@asynccontextmanager
async def serving(
    reply: Reply, *, close: bool = True
) -> AsyncIterator[tuple[ProviderConnection, list[dict[str, Any]]]]:
    """A server that answers each request with the bytes *reply* makes of its body."""
    asked: list[dict[str, Any]] = []
    left = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0]) if "content-length: " in head else 0
        body = json.loads(await reader.readexactly(length) or b"{}")
        asked.append(body)
        writer.write(reply(body))
        await writer.drain()
        if not close:
            await reader.read()  # until the client leaves
            left.set()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield ProviderConnection(new_id(), f"http://127.0.0.1:{port}", None, Allowed("127.0.0.1", port)), asked
        if not close:
            await asyncio.wait_for(left.wait(), 5)


async def said(connection: ProviderConnection) -> list[ModelDelta]:
    http = EgressClient()
    ctx: Any = SimpleNamespace(http=http, log=structlog.get_logger())
    found: list[ModelDelta] = []
    try:
        async for batch in OpenAI().stream(ctx, connection, ModelRequest("m", (ModelMessage("user", "Hi"),))):
            found += batch
    finally:
        await http.close()
    return found


def chunked(*parts: bytes) -> bytes:
    return SSE + b"transfer-encoding: chunked\r\n\r\n" + b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in (*parts, b""))


async def test_a_server_that_does_not_stream() -> None:
    body = b'{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":2}}'
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
    async with serving(lambda _: head + body) as (connection, _):
        assert await said(connection) == [TextDelta("Hi"), Usage(2, 0, 0), Finish("stop")]


async def test_a_server_that_does_not_know_stream_options_is_asked_without() -> None:
    error = b'{"error":{"message":"Unrecognized request argument supplied: stream_options"}}'

    def reply(body: dict[str, Any]) -> bytes:
        if "stream_options" in body:
            return b"HTTP/1.1 400 Bad Request\r\ncontent-length: %d\r\n\r\n" % len(error) + error
        return chunked(TEXT, STOP, DONE)

    async with serving(reply) as (connection, asked):
        assert await said(connection) == [TextDelta("Hi"), Finish("stop")]
    assert ["stream_options" in body for body in asked] == [True, False]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((TEXT, STOP), [TextDelta("Hi"), Finish("stop")]),  # no [DONE]
        ((TEXT, DONE), [TextDelta("Hi"), Finish("stop")]),  # no reason
        ((TEXT, STOP.rstrip()), [TextDelta("Hi"), Finish("stop")]),  # no line end
        ((b"\n\n: ping\n\n", TEXT + STOP + DONE, b"data: {broken"), [TextDelta("Hi"), Finish("stop")]),
    ],
)
async def test_endings_of_many_kinds(parts: Sequence[bytes], expected: list[ModelDelta]) -> None:
    async with serving(lambda _: chunked(*parts)) as (connection, _):
        assert await said(connection) == expected


async def test_a_connection_that_breaks_after_the_end_loses_nothing() -> None:
    promised = SSE + b"content-length: 10000\r\n\r\n"
    async with serving(lambda _: promised + TEXT + STOP) as (connection, _):
        assert await said(connection) == [TextDelta("Hi"), Finish("stop")]


async def test_a_connection_that_breaks_before_the_end_was_cut() -> None:
    promised = SSE + b"content-length: 10000\r\n\r\n"
    async with serving(lambda _: promised + TEXT) as (connection, _):
        with pytest.raises(ModelFailed) as caught:
            await said(connection)
    assert caught.value.fault == "network"


async def test_a_server_that_keeps_the_line_open_after_the_end_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire_file, "DRAIN", 0.01)
    promised = SSE + b"content-length: 10000\r\n\r\n"
    async with serving(lambda _: promised + TEXT + STOP + DONE, close=False) as (connection, _):
        assert await said(connection) == [TextDelta("Hi"), Finish("stop")]


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 0\r\n\r\n", "network"),
        (b"HTTP/1.1 301 Moved\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n", "bad_response"),
        (b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 13\r\n\r\n<html></html>", "overload"),
        (b"HTTP/1.1 500 Error\r\ncontent-length: 100\r\n\r\n{", "overload"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "network"),
    ],
)
async def test_what_is_no_answer(reply: bytes, fault: str) -> None:
    async with serving(lambda _: reply) as (connection, _):
        with pytest.raises(ModelFailed) as caught:
            await said(connection)
    assert caught.value.fault == fault


async def test_silence_ends_by_the_providers_own_limit() -> None:
    async with serving(lambda _: b"", close=False) as (connection, _):
        impatient = ProviderConnection(
            connection.provider_id, connection.endpoint, None, connection.allow, {"first_byte_timeout": 0.05}
        )
        with pytest.raises(ModelFailed) as caught:
            await said(impatient)
    assert caught.value.fault == "timeout"
