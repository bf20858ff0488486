"""A request and its response on their way through the gateway."""

from collections.abc import MutableMapping
from typing import Any

import pytest

from modulon.core.gateway.exchange import Exchange, replayed
from modulon.core.gateway.headers import security_headers
from modulon.sdk import TooLarge


def chunks(*parts: bytes) -> Any:
    pending = list(parts)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": pending.pop(0), "more_body": bool(pending)}

    return receive


async def nothing(message: MutableMapping[str, Any]) -> None: ...


async def test_a_body_is_cut_off_at_the_limit_not_after_it() -> None:
    exchange = Exchange(chunks(b"12345", b"6", b"7"), nothing, [], limit=5, head=False)
    assert (await exchange.receive())["body"] == b"12345"
    with pytest.raises(TooLarge):
        await exchange.receive()


async def test_a_body_is_read_whole_and_given_again() -> None:
    exchange = Exchange(chunks(b"ab", b"cd"), nothing, [], limit=10, head=False)
    body = await exchange.read_body()
    assert body == b"abcd"
    again = replayed(body, chunks(b"later"))
    assert (await again())["body"] == b"abcd"
    assert (await again())["body"] == b"later"


async def test_headers_are_added_and_a_head_request_has_no_body() -> None:
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    exchange = Exchange(chunks(b""), send, security_headers(page=True, encrypted=True), limit=1, head=True)
    await exchange.send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await exchange.send({"type": "http.response.body", "body": b"hi"})
    names = {name for name, _ in sent[0]["headers"]}
    assert {
        b"content-length", b"content-security-policy", b"x-content-type-options", b"referrer-policy",
        b"strict-transport-security", b"modulon-version", b"x-frame-options",
    } <= names  # fmt: skip
    assert sent[1]["body"] == b""
    assert exchange.status == 200
