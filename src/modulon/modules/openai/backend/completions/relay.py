"""Handing a provider's answer to the client, in whichever way it came."""

from collections.abc import Sequence
from typing import Final

import msgspec

from modulon.modules.openai.backend.errors import advice_for, error_body, openai_error, status_for
from modulon.modules.openai.backend.schemas import VendorAnswer
from modulon.modules.providers.backend.contract import ModelsService
from modulon.sdk import NOT_JSON, HttpResponse, UpstreamFailed
from modulon.sdk.inference import Usage
from modulon.sdk.routes import Send

from .usage import PassingStream, usage_of

LARGEST_ANSWER: Final = 64 * 1024 * 1024
LARGEST_ERROR: Final = 1024 * 1024

_JSON: Final = (b"content-type", b"application/json")
_UNBUFFERED: Final = ((b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no"))
_vendor_answer = msgspec.json.Decoder(VendorAnswer).decode


async def relay_whole(response: HttpResponse, send: Send, models: ModelsService) -> Usage | None:
    """Pass on an answer that is not streamed; its usage. Raises `ModelFailed` for one that is no JSON."""
    body = await response.read(LARGEST_ANSWER)
    try:
        usage = usage_of(body)
    except NOT_JSON as error:
        raise models.explain(response.status, response.headers, b"") from error
    await send_json(send, response.status, body)
    return usage


async def relay_stream(response: HttpResponse, send: Send, passing: PassingStream) -> None:
    """Pass on events as they arrive."""
    kind = response.headers.get("content-type", "text/event-stream; charset=utf-8")
    head = [(b"content-type", kind.encode("latin-1")), *_UNBUFFERED]
    passing.started = True
    await send({"type": "http.response.start", "status": 200, "headers": head})
    async for piece in response.chunks():
        ready = passing.take(piece)
        if ready:
            await send({"type": "http.response.body", "body": ready, "more_body": True})
    await send({"type": "http.response.body", "body": passing.end()})


async def relay_break(failure: UpstreamFailed, send: Send, passing: PassingStream, trace: str) -> None:
    """End a stream that broke off: a last event says why, as OpenAI's own servers do."""
    told = b"\n\ndata: " + openai_error(failure, trace) + b"\n\n"
    await send({"type": "http.response.body", "body": passing.end() + told})


async def relay_error(response: HttpResponse, body: bytes, send: Send, models: ModelsService) -> None:
    """Pass on a provider's error: its words, our code, and a status that is true for the program that called. What it
    says about *its* key stays here."""
    failure = models.explain(response.status, response.headers, body)
    if response.status < 400:
        raise failure  # no error of its own that could be passed on
    try:
        said = _vendor_answer(body).error
    except NOT_JSON:
        said = None
    if said is None or not said.message or failure.fault in ("auth", "quota"):
        answer = error_body(failure.message, "upstream_error", failure.code)
    else:
        answer = error_body(said.message, said.type or "upstream_error", failure.code, param=said.param)
    headers = advice_for(failure, response.headers.get("retry-after", ""))
    await send_json(send, status_for(failure, response.status), answer, headers)


async def send_json(send: Send, status: int, body: bytes, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """A whole JSON response."""
    head = [_JSON, (b"content-length", b"%d" % len(body)), *headers]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
