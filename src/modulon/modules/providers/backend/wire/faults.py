"""What an error of an OpenAI-compatible provider means: who can do what about it.

Providers agree on little but the status, so the code and, last, the words of the message are looked at as well.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, cast

import msgspec

from modulon.modules.providers.backend import errors
from modulon.modules.providers.backend.errors import ProviderFailed
from modulon.sdk import NOT_JSON, UpstreamFailed
from modulon.sdk.http import AddressRefused, TimedOut
from modulon.sdk.inference import ModelFailed

LARGEST_ERROR: Final = 1024 * 1024

_QUOTA: Final = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "quota_exceeded"})
_CONTEXT: Final = re.compile(
    r"context.?(length|window|size|overflow)|maximum (context|prompt|model) length|maximum context|too many tokens|"
    r"prompt is too (long|large)|prompt is longer than|input (is|length).*(too long|exceeds)|request too large|"
    r"exceeds? the (model|available|maximum|context)|reduce the length|tokens?.*must be <=|"
    r"length is \d+ while limit is|number of tokens to keep|input token count|too large for model",
    re.IGNORECASE,
)
_POLICY: Final = re.compile(r"content.?(policy|filter|management)|moderation|safety|flagged", re.IGNORECASE)
_NO_MODEL: Final = re.compile(r"model.*(not|n't|un).*(exist|found|available|support|known)|no.*model", re.IGNORECASE)

_BY_STATUS: Final[Mapping[int, type[ProviderFailed]]] = {
    401: errors.KeyRefused,
    402: errors.QuotaExhausted,
    403: errors.KeyRefused,
    408: errors.NoAnswer,
    413: errors.ContextTooLong,
    429: errors.RateLimited,
    504: errors.NoAnswer,
}


_BY_REASON: Final[Mapping[str, type[ProviderFailed]]] = {
    "dns": errors.HostUnknown,
    "tls": errors.CertificateRefused,
}


class VendorError(msgspec.Struct, frozen=True):
    """What could be read of an error body."""

    message: str = ""
    code: str = ""
    status: int = 0

    @classmethod
    def of(cls, found: object) -> "VendorError":
        """From `{"error": {"message", "type", "code"}}` and its many relatives."""
        if isinstance(found, Mapping):
            body = cast(Mapping[str, Any], found)
            inner = body.get("error", body)
            if isinstance(inner, Mapping):
                return cls._of_fields(cast(Mapping[str, Any], inner))
            return cls(message=str(inner))
        return cls(message=str(found))

    @classmethod
    def _of_fields(cls, fields: Mapping[str, Any]) -> "VendorError":
        message = fields.get("message") or fields.get("detail") or ""
        code = fields.get("code")
        status = code if isinstance(code, int) and not isinstance(code, bool) else 0
        kind = fields.get("type") if code is None or status else code
        return cls(str(message), str(kind or ""), status)


def read_error(body: bytes) -> VendorError:
    """The error in a response's body; an unreadable one is an error without words."""
    try:
        return VendorError.of(msgspec.json.decode(body))
    except NOT_JSON:
        return VendorError()


def fault_of(status: int, headers: Mapping[str, str], found: VendorError) -> ProviderFailed:
    """The failure that a status and an error body tell of."""
    wait = retry_after(headers)
    kind = _kind(status, found) if status >= 300 else _unreadable(headers)
    return kind(retry_after=wait) if kind.again else kind()


def _unreadable(headers: Mapping[str, str]) -> type[ProviderFailed]:
    """What an answer is that says it is fine and cannot be read."""
    return errors.WrongAddress if is_web_page(headers) else errors.BadResponse


def _kind(status: int, found: VendorError) -> type[ProviderFailed]:
    if found.code in _QUOTA:
        return errors.QuotaExhausted
    if status in (400, 413, 422) or (status == 500 and "context" in found.code):
        return _refusal(found)
    if status == 403 and _POLICY.search(f"{found.code} {found.message}"):
        return errors.ContentRefused
    if status == 404:
        said = f"{found.code} {found.message}"
        return errors.ModelNotOffered if "model" in found.code or _NO_MODEL.search(said) else errors.WrongAddress
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:
        return errors.Overloaded
    # A redirect is not followed, lest the key go elsewhere: the address is not the provider's own.
    return errors.RequestRefused if status >= 400 and status != 405 else errors.WrongAddress


def _refusal(found: VendorError) -> type[ProviderFailed]:
    """What a refused request was refused for."""
    said = f"{found.code} {found.message}"
    if _CONTEXT.search(said):
        return errors.ContextTooLong
    if _POLICY.search(said):
        return errors.ContentRefused
    return errors.ModelNotOffered if _NO_MODEL.search(said) else errors.RequestRefused


def fault_of_connection(problem: UpstreamFailed) -> ModelFailed:
    """The failure that the egress client tells of."""
    if isinstance(problem, ModelFailed):
        return problem
    if isinstance(problem, TimedOut):
        return errors.NoAnswer()
    if isinstance(problem, AddressRefused):
        return errors.AddressForbidden(problem.message)
    return _BY_REASON.get(str(problem.params.get("reason")), errors.ConnectionFailed)()


def is_web_page(headers: Mapping[str, str]) -> bool:
    """Whether an answer is meant for people."""
    return headers.get("content-type", "").startswith("text/html")


def not_a_web_page(headers: Mapping[str, str]) -> None:
    """Refuse an answer that is meant for people. Raises `WrongAddress`."""
    if is_web_page(headers):
        raise errors.WrongAddress


def retry_after(headers: Mapping[str, str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float | None:
    """Seconds to wait (RFC 9110 `Retry-After`, in seconds or as a date; OpenAI's in milliseconds)."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after", "")
        if not value:
            return None
        if value.replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, (parsedate_to_datetime(value) - now()).total_seconds())
    except (ValueError, TypeError):
        return None
