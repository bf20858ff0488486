"""Errors as `application/problem+json` (RFC 9457): what happened, what is safe, what to do."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from modulon.sdk.errors import Invalid, Problem
from modulon.sdk.module import ProblemShape
from modulon.sdk.routes import Send

COMPLAINTS: Final = 20
POINTER_LIMIT: Final = 200
"""How much is said about a body that is wrong in many places."""


def problem_json(problem: Problem, trace: str) -> bytes:
    """The body of a problem response."""
    body: dict[str, Any] = {
        "type": f"urn:modulon:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.message,
        "code": problem.code,
        "trace": trace,
    }
    if problem.params:
        body["params"] = problem.params
    if problem.fields:
        body["fields"] = problem.fields
    return msgspec.json.encode(body)


async def send_problem(send: Send, problem: Problem, trace: str, shape: ProblemShape | None = None) -> None:
    """Answer with *problem*, in our form or in that of a compatible face."""
    body = shape(problem, trace) if shape else problem_json(problem, trace)
    headers = [
        (b"content-type", b"application/json" if shape else b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *((name.lower().encode(), value.encode()) for name, value in problem.headers.items()),
    ]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def invalid_request(errors: Sequence[Mapping[str, Any]]) -> Invalid:
    """Pydantic's complaints as one problem with a JSON pointer for each field.

    The rejected values are left out: they may be secrets. So are all complaints but the first ones.
    """
    fields = {
        _pointer(error.get("loc", ()))[:POINTER_LIMIT]: str(error.get("msg", "not valid"))
        for error in errors[:COMPLAINTS]
    }
    return Invalid(fields=fields)


def _pointer(location: Sequence[Any]) -> str:
    parts = [str(part) for part in location]
    if parts and parts[0] == "body":
        parts = parts[1:]
    return "/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in parts)
