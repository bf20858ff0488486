"""F04, F09: bodies that lie about their size, clients that stall. Over bare sockets, on a server that listens."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from modulon.core.gateway import dispatch, patience
from modulon.core.testing import App
from modulon.sdk.testing import Client
from tests.rig.listening import Listening, listening
from tests.rig.waiting import until

LIMIT = 100_000
SOON = 0.2


@pytest.fixture
async def admin(app: App) -> Client:
    return await app.set_up()


@pytest.fixture
async def served(app: App, admin: Client, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Listening]:
    """A server whose limits are within a test's patience."""
    monkeypatch.setattr(dispatch, "JSON_LIMIT", LIMIT)
    monkeypatch.setattr(dispatch, "FACE_LIMIT", LIMIT)
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "LINGER_SECONDS", "READ_SECONDS"):
        monkeypatch.setattr(patience, name, SOON)
    async with listening(app.application) as running:
        yield running


def head(client: Client, path: str, *lines: str) -> bytes:
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    own = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1:8080", f"Cookie: {cookies}", "Sec-Fetch-Site: same-origin"]
    return "\r\n".join([*own, "Content-Type: application/json", *lines, "", ""]).encode()


async def status_of(served: Listening, data: bytes) -> int:
    wire = await served.connect()
    await wire.send(data)
    status, answer = await wire.answer()
    assert b"x-content-type-options: nosniff" in answer
    return status


@pytest.mark.parametrize("path", ["/api/keys", "/api/workspaces", "/v1/chat/completions"])
async def test_f04_one_byte_too_many_is_refused_before_it_is_read(served: Listening, admin: Client, path: str) -> None:
    # Not a byte of the body is sent: the answer comes on the strength of the length alone.
    assert await status_of(served, head(admin, path, f"Content-Length: {LIMIT + 1}")) == 413


async def test_f04_the_largest_body_is_taken(served: Listening, admin: Client) -> None:
    body = b'{"name": "x"}'.ljust(LIMIT)
    assert await status_of(served, head(admin, "/api/workspaces", f"Content-Length: {LIMIT}") + body) == 201


@pytest.mark.parametrize("path", ["/api/keys", "/v1/chat/completions"])
async def test_f04_a_body_without_a_length_is_cut_off_at_the_limit(served: Listening, admin: Client, path: str) -> None:
    wire = await served.connect()
    await wire.send(head(admin, path, "Transfer-Encoding: chunked"))
    chunk = b"1000\r\n" + b" " * 4096 + b"\r\n"
    await wire.send(chunk * (LIMIT // 4096 + 2))  # the last chunk never comes
    assert (await wire.answer())[0] == 413


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: -1",),
        ("Content-Length: +5",),
        ("Content-Length: 0x10",),
        ("Content-Length: 5, 5",),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: 99999999999999999999999999",),
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked, identity",),
        ("Content-Length : 5",),
        ("A line without a colon",),
    ],
    ids=str,
)
async def test_f04_a_length_that_is_none_is_no_request(
    served: Listening, admin: Client, lines: tuple[str, ...]
) -> None:
    assert await status_of(served, head(admin, "/api/workspaces", *lines) + b'{"na') == 400


async def test_f04_a_length_that_promises_more_is_not_waited_for(served: Listening, admin: Client) -> None:
    for path in ("/api/workspaces", "/v1/chat/completions"):
        wire = await served.connect()
        await wire.send(head(admin, path, "Content-Length: 1000") + b'{"name": "x"}')
        assert (await wire.answer())[0] == 408
        await wire.rest()
    before = (await admin.get("/api/workspaces")).json()["items"]
    assert len(before) == 1


async def test_f04_a_length_that_promises_less_leaves_no_second_request(served: Listening, admin: Client) -> None:
    """What stands beyond the length is read as another request, and is none."""
    wire = await served.connect()
    await wire.send(head(admin, "/api/workspaces", "Content-Length: 13") + b'{"name": "x"}{"name": "y"}')
    assert (await wire.answer())[0] == 400
    await wire.rest()
    assert "y" not in [one["name"] for one in (await admin.get("/api/workspaces")).json()["items"]]


async def test_f04_headers_without_end_are_refused(
    served: Listening, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "HEAD_LIMIT", 4096)
    wire = await served.connect()
    await wire.send(head(admin, "/api/me")[:-2])
    await wire.send(b"X-Long: " + b"x" * 4096)
    assert (await wire.answer())[0] == 431


async def test_f04_a_refused_upload_is_not_read_for_ever(served: Listening) -> None:
    """The answer comes at once, and the rest of what was announced holds nothing."""
    wire = await served.connect()
    await wire.send(b"POST /api/keys HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n" + b"x" * 10)
    assert (await wire.answer())[0] == 401
    await wire.rest()
    await until(lambda: served.connections == 0)


MANY = {
    "fields": b"{" + b",".join(b'"f%d":1' % number for number in range(400_000)) + b"}",
    "items": b'{"name": "x", "scopes": [' + b"1," * 1_000_000 + b"1]}",
    "nested": b'{"name": ' + b"[" + b'{"a":[1]},' * 400_000 + b"1]}",
    "a few": b"{" + b",".join(b'"f%d":1' % number for number in range(5_000)) + b"}",
}


@pytest.mark.parametrize("which", MANY)
@pytest.mark.parametrize("path", ["/api/keys", "/api/conversations", "/api/sessions"])
async def test_f04_a_million_fields_are_one_complaint(admin: Client, path: str, which: str) -> None:
    reply = await admin.post(path, content=MANY[which], headers={"content-type": "application/json"})
    assert reply.status == (422 if which == "a few" else 413)
    assert len(reply.body) < 10_000


STALLED = [
    pytest.param(b"", id="silent"),
    pytest.param(b"GET /li", id="first line"),
    pytest.param(b"GET /live HTTP/1.1\r\nHost: x\r\nX-Slow: ", id="headers"),
    pytest.param(b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{", id="body"),
]


@pytest.mark.parametrize("begun", STALLED)
async def test_f09_a_request_that_stalls_is_let_go(served: Listening, begun: bytes) -> None:
    for _ in range(50):
        await (await served.connect()).send(begun)
    await until(lambda: served.connections == 0)


async def test_f09_a_byte_now_and_then_is_stalling_too(served: Listening) -> None:
    wire = await served.connect()
    await wire.send(b"GET /live HTTP/1.1\r\nHost: x\r\nX-Slow: ")

    async def drip() -> None:
        while not wire.reader.at_eof():
            wire.writer.write(b"x")
            await asyncio.sleep(SOON / 10)

    dripping = asyncio.create_task(drip())
    assert (await wire.answer())[0] == 408
    dripping.cancel()


async def test_f09_who_does_not_read_is_let_go_and_others_are_answered(served: Listening, admin: Client) -> None:
    """Readers that never read: what waits for them is bounded, and after a while they are cut off."""
    ask = b"GET /api/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
    for _ in range(50):
        (await served.connect(window=4096)).writer.write(ask * 100)  # megabytes of answers
    assert await status_of(served, b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n") == 200
    assert (await admin.get("/api/me")).status == 200
    await until(lambda: served.connections == 0, seconds=20)
