"""Errors in the form OpenAI's clients expect, which choose their exception by the status."""

import math
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from modulon.sdk import Problem
from modulon.sdk.inference import ModelFailed, ModelFault

_TYPES: Final[Mapping[int, str]] = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    429: "rate_limit_error",
}


_STATUS: Final[Mapping[ModelFault, int]] = {
    "auth": 502,
    "quota": 429,
    "rate": 429,
    "overload": 503,
    "context": 400,
    "policy": 400,
    "network": 502,
    "timeout": 504,
    "bad_response": 502,
    "unknown_model": 404,
}
"""What a failure of the provider is to the program that called. A key that the provider refuses is not the
program's: with 401 it would throw its own away."""


def status_for(failure: ModelFailed, told: int = 0) -> int:
    """The status to answer with; *told* is the provider's own, kept where it says the same."""
    expected = _STATUS[failure.fault]
    if failure.fault == "bad_response" and told in (400, 422):
        return told  # the request itself was refused
    return told if told // 100 == expected // 100 == 5 else expected


def advice_for(failure: ModelFailed, retry_after: str = "") -> list[tuple[bytes, bytes]]:
    """Headers that say whether and when asking again is of use; OpenAI's clients heed both."""
    headers: list[tuple[bytes, bytes]] = []
    if failure.retry_after is not None and not retry_after:
        retry_after = str(math.ceil(failure.retry_after))
    if retry_after.isascii() and retry_after.isprintable() and retry_after:
        headers.append((b"retry-after", retry_after.encode("latin-1")))
    if not failure.retry:
        headers.append((b"x-should-retry", b"false"))
    return headers


class RequestInvalid(Problem):
    """The program that calls must be corrected."""

    status = 400
    code = "openai.request_invalid"
    title = "The request is not valid"
    detail = "The body must be a JSON object with a `model` and what the model is to answer."


def openai_error(problem: Problem, trace: str) -> bytes:
    """The body for *problem*, with our code. The trace finds the request in the server's log."""
    kind = _TYPES.get(problem.status, "server_error" if problem.status >= 500 else "invalid_request_error")
    return error_body(problem.message, kind, problem.code, trace=trace)


def error_body(message: str, kind: str, code: str, *, param: Any = None, trace: str = "") -> bytes:
    """`{"error": {"message", "type", "param", "code"}}`."""
    error: dict[str, Any] = {"message": message, "type": kind, "param": param, "code": code}
    if trace:
        error["trace"] = trace
    return msgspec.json.encode({"error": error})
