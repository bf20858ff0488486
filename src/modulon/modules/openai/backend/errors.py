"""Errors in the form OpenAI's clients expect, which choose their exception by the status."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from modulon.sdk import Problem

_TYPES: Final[Mapping[int, str]] = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    429: "rate_limit_error",
}


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
