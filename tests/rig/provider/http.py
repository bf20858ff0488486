"""The bytes of HTTP/1.1 responses."""

from http import HTTPStatus
from typing import Final

STREAM_HEAD: Final = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)
PAGE: Final = b"<!doctype html><title>Welcome</title><p>It works.</p>"
PAGE_HEAD: Final = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n" % len(PAGE)
END_OF_CHUNKS: Final = b"0\r\n\r\n"


def chunked(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def response_head(status: int, length: int, headers: dict[str, str] | None = None) -> bytes:
    """Status line and headers of a JSON response of *length* bytes."""
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "content-type: application/json",
        f"content-length: {length}",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()
