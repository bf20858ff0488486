"""Errors, named by who must act.

Each becomes an `application/problem+json` response (RFC 9457). The *detail* says what happened, what is
safe and what to do; `code` is stable and translatable (`<module>.<reason>`), with `params` for its blanks.
Modules subclass these and set `code`: `class ProviderUnknown(NotFound): code = "providers.unknown"`.

What is wrong with one field is a problem as well, so that people read it in their language and programs decide by
its code: `raise NameTaken(at="/name")`. A validator of a request may raise an `Invalid`; its field is found then.
"""

from collections.abc import Mapping
from typing import ClassVar, Final

import msgspec

NOT_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding strangers' JSON raises: not JSON, not of that shape, not UTF-8, or nested too deeply."""

Param = str | int | float | bool | None


class Problem(Exception):
    """An expected failure that a person or a program can act upon.

    *params* fill the blanks of the class's `detail` (`"At least {minimum} characters."`) and of its translations.
    *at* is the JSON pointer of the field in the request body which this is about; *fields* holds the problem of each
    of several fields. *headers* are added to the response. None may hold a secret, a stack trace or a provider's own
    words.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong"
    detail: ClassVar[str] = "The server could not finish this request. Nothing was changed; try again."

    def __init__(
        self,
        detail: str | None = None,
        *,
        params: Mapping[str, Param] | None = None,
        at: str = "",
        fields: Mapping[str, "Problem"] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.params: dict[str, Param] = dict(params or {})
        self.message = detail or _filled(type(self).detail, self.params)
        self._at = at
        self._fields = dict(fields or {})
        self.headers: dict[str, str] = dict(headers or {})
        super().__init__(self.message)

    @property
    def fields(self) -> dict[str, "Problem"]:
        """What is wrong with each field, by its JSON pointer."""
        return {self._at: self, **self._fields} if self._at else dict(self._fields)


def _filled(detail: str, params: Mapping[str, Param]) -> str:
    return detail.format(**params) if params else detail


class Invalid(Problem, ValueError):
    """The caller must correct the request. It is a `ValueError`, so that pydantic's validators may raise it."""

    status = 422
    code = "invalid"
    title = "The request is not valid"
    detail = "Some of what was sent is not valid. Nothing was changed; correct it and send it again."


class Unauthenticated(Problem):
    """The caller must say who they are."""

    status = 401
    code = "unauthenticated"
    title = "Sign in first"
    detail = "This needs a signed-in session or an API key."


class Denied(Problem):
    """The caller must ask someone who may grant it."""

    status = 403
    code = "denied"
    title = "Not allowed"
    detail = "You may see this but not do it. Ask someone who manages it."


class NotFound(Problem):
    """It is absent or not the caller's: the answer is the same."""

    status = 404
    code = "not_found"
    title = "Not found"
    detail = "There is nothing here that you may see."


class Conflict(Problem):
    """The caller must look at the present state and decide again."""

    status = 409
    code = "conflict"
    title = "Conflict"
    detail = "This does not fit the present state. Load it again and decide anew."


class Stale(Conflict):
    """Someone else changed it in between (`If-Match`)."""

    status = 412
    code = "stale"
    title = "Changed in the meantime"
    detail = "Someone changed this after you loaded it. Your change was not saved; load it again."


class TooLarge(Problem):
    """The caller must send less."""

    status = 413
    code = "too_large"
    title = "Too large"
    detail = "What was sent is larger than this server accepts. Nothing was stored."


class TooMany(Problem):
    """The caller must wait; `Retry-After` says how long."""

    status = 429
    code = "too_many"
    title = "Too many requests"
    detail = "Too many requests in a short time. Wait a little and try again."


class UpstreamFailed(Problem):
    """Another service must act: it failed, or answered with something unusable."""

    status = 502
    code = "upstream_failed"
    title = "Another service failed"
    detail = "A service this needs did not answer as expected. Nothing was lost; try again."


class Unavailable(Problem):
    """The operator must act, or time must pass."""

    status = 503
    code = "unavailable"
    title = "Not available now"
    detail = "The server cannot do this at the moment. Nothing was changed; try again shortly."


class StorageFull(Problem):
    """The operator must free space; reads go on."""

    status = 507
    code = "storage_full"
    title = "The disk is full"
    detail = "There is no space left to save this. Nothing was changed; free space and try again."
