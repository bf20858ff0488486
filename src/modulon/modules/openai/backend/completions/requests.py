"""A request as it came in: its head is read, its body changed only where it must be."""

from typing import Any

import msgspec

from modulon.modules.openai.backend.errors import RequestInvalid
from modulon.modules.openai.backend.schemas import Asked
from modulon.sdk import NOT_JSON
from modulon.sdk.routes import Receive

_asked = msgspec.json.Decoder(Asked).decode
_fields = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_encode = msgspec.json.Encoder().encode


async def read_body(receive: Receive) -> bytes:
    """The whole body of a request."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts = [body]
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
    return b"".join(parts)


def head_of(body: bytes) -> Asked:
    """What the request asks for. Raises `RequestInvalid`."""
    try:
        return _asked(body)
    except NOT_JSON as error:
        raise RequestInvalid from error


def is_whole(body: bytes) -> bool:
    """Whether the answer to this request comes in one piece; an unreadable one gets its error that way too."""
    try:
        return not _asked(body).streamed
    except NOT_JSON:
        return True


def asking_for_usage(body: bytes) -> bytes:
    """The body with `include_usage` added; other stream options stay."""
    fields = _fields(body)
    given: Any = msgspec.json.decode(fields["stream_options"]) if "stream_options" in fields else None
    options: dict[str, Any] = {**(given or {}), "include_usage": True}
    fields["stream_options"] = msgspec.Raw(_encode(options))
    return _encode(fields)
