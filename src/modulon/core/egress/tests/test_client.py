"""What callers of the egress client may rely on."""

import asyncio
import gzip
import subprocess
import sys

import pytest

from modulon.core.egress import EgressClient
from modulon.sdk.errors import UpstreamFailed
from modulon.sdk.http import Allowed, HttpResponse, TimedOut, Unreachable

from .conftest import Canary, ClientFor


def here(canary: Canary) -> tuple[str, Allowed]:
    return f"http://127.0.0.1:{canary.port}/v1/x?y=%2F", Allowed("127.0.0.1", canary.port)


async def test_a_request_and_its_answer(canary: Canary, client: EgressClient) -> None:
    url, allow = here(canary)
    canary.reply = b"HTTP/1.1 418 Teapot\r\nX-Kind: Green\r\ncontent-length: 3\r\n\r\ntea"
    async with client.request("GET", url, headers={"x-mine": "1"}, allow=allow) as response:
        assert response.status == 418
        assert response.headers["x-kind"] == "Green"
        assert await response.read() == b"tea"
    sent = canary.requests[0].decode()
    assert sent.startswith("GET /v1/x?y=%2F HTTP/1.1\r\n")
    assert "x-mine: 1" in sent
    assert "User-Agent: Modulon/" in sent
    assert "accept-encoding" not in sent.lower()


async def test_a_body_beyond_the_limit_is_not_read(canary: Canary, client: EgressClient) -> None:
    url, allow = here(canary)
    for reply in (
        b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n" + bytes(1000),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e8\r\n" + bytes(1000) + b"\r\n0\r\n\r\n",
    ):
        canary.reply = reply
        async with client.request("GET", url, allow=allow) as response:
            with pytest.raises(UpstreamFailed, match="larger"):
                await response.read(limit=999)


async def test_a_packed_answer_counts_by_its_unpacked_size(canary: Canary, client: EgressClient) -> None:
    url, allow = here(canary)
    packed = gzip.compress(bytes(1_000_000))
    head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(packed)
    canary.reply = head + packed
    async with client.request("GET", url, allow=allow) as response:
        assert "content-length" not in response.headers
        with pytest.raises(UpstreamFailed, match="larger"):
            await response.read(limit=999_999)


async def test_an_answer_cut_short_is_an_error_after_what_arrived(canary: Canary, client: EgressClient) -> None:
    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf")
        writer.close()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    got: list[bytes] = []

    async def read_all(response: HttpResponse) -> None:
        async for chunk in response.chunks():
            got.append(chunk)  # noqa: PERF401 - what arrived before the error counts

    async with server, client.request("GET", f"http://127.0.0.1:{port}/", allow=Allowed("127.0.0.1", port)) as response:
        with pytest.raises(Unreachable):
            await read_all(response)
    assert b"".join(got) == b"half"


async def test_silence_ends_by_the_read_timeout(canary: Canary, client: EgressClient) -> None:
    url, allow = here(canary)
    canary.reply = b""
    with pytest.raises(TimedOut):
        async with client.request("GET", url, allow=allow, read_timeout=0.05):
            pass


async def test_leaving_early_closes_the_connection(canary: Canary, client: EgressClient) -> None:
    url, allow = here(canary)
    canary.reply = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nbegin"
    async with client.request("GET", url, allow=allow) as response:
        async for chunk in response.chunks():
            assert chunk == b"begin"
            break
    await asyncio.wait_for(canary.closed.wait(), 5)


async def test_no_server_and_no_name_are_said_apart(client: EgressClient, canary: Canary) -> None:
    server = await asyncio.start_server(canary.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    with pytest.raises(Unreachable) as refused:
        async with client.request("GET", f"http://127.0.0.1:{port}/", allow=Allowed("127.0.0.1", port)):
            pass
    assert refused.value.params == {"reason": "refused"}

    async def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    lost = EgressClient(lookup=unknown)
    with pytest.raises(Unreachable) as unresolved:
        async with lost.request("GET", "http://nowhere.test/"):
            pass
    await lost.close()
    assert unresolved.value.params == {"reason": "dns"}


async def test_tls_to_a_plain_server_names_tls(client: EgressClient) -> None:
    async def plain(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(Unreachable) as caught:
            async with client.request("GET", f"https://127.0.0.1:{port}/", allow=Allowed("127.0.0.1", port)):
                pass
    assert caught.value.params == {"reason": "tls"}


async def test_connections_are_kept_and_cookies_are_not(canary: Canary, client_for: ClientFor) -> None:
    client = client_for("127.0.0.1")
    canary.reply = b"HTTP/1.1 200 OK\r\nset-cookie: a=b\r\ncontent-length: 2\r\n\r\nok"
    allow = Allowed("lan.test", canary.port)
    for _ in range(3):
        async with client.request("GET", f"http://lan.test:{canary.port}/", allow=allow) as response:
            await response.read()
    assert len(canary.requests) == 3
    assert not canary.closed.is_set()
    assert all(b"cookie" not in request.lower() for request in canary.requests)


async def test_a_kept_connection_that_is_closing_is_replaced(client: EgressClient) -> None:
    served = 0

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        served += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
        writer.close()

    server = await asyncio.start_server(once, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        for _ in range(20):
            async with client.request(
                "POST", f"http://127.0.0.1:{port}/", body=b"", allow=Allowed("127.0.0.1", port)
            ) as response:
                assert await response.read() == b"ok"
    assert served == 20


def test_importing_the_client_does_not_import_aiohttp() -> None:
    code = "import sys, modulon.core.egress; sys.exit('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
