"""Security headers, on every response."""

from collections.abc import Iterable
from typing import Final

RawHeaders = list[tuple[bytes, bytes]]

PAGE_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "media-src 'self' blob:; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types lit-html dompurify modulon"
)
"""The interface's content security policy: own scripts only, and only through Trusted Types."""

_API_CSP: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

_COMMON: Final[RawHeaders] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
_HSTS: Final = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
_PAGE: Final[RawHeaders] = [*_COMMON, (b"content-security-policy", PAGE_CSP.encode())]
_API: Final[RawHeaders] = [*_COMMON, (b"content-security-policy", _API_CSP.encode())]
_HTTPS_PAGE: Final[RawHeaders] = [*_PAGE, _HSTS]
_HTTPS_API: Final[RawHeaders] = [*_API, _HSTS]


def security_headers(*, page: bool, encrypted: bool) -> RawHeaders:
    """The headers for a page of the interface or for anything else, over HTTPS or not. Not to be changed in place."""
    if page:
        return _HTTPS_PAGE if encrypted else _PAGE
    return _HTTPS_API if encrypted else _API


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    """The first value of a header, `""` if absent. *name* is lower case."""
    for found, value in headers:
        if found == name:
            return value.decode("latin-1")
    return ""
